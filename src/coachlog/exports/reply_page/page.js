"use strict";
// How a code is made. coachlog's rules/reply_codes.py reads it, and explains what is in it and why.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 12;

// SHA-256 (FIPS 180-4): a page opened from a file does not have crypto.subtle in every browser.
const ROUNDS = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];
const START = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

function rotateRight(word, by) {
  return (word >>> by) | (word << (32 - by));
}

function sha256(bytes) {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, bytes.length * 8);
  const state = Uint32Array.from(START);
  const words = new Uint32Array(64);
  for (let at = 0; at < padded.length; at += 64) {
    for (let n = 0; n < 64; n++) {
      words[n] = n < 16 ? view.getUint32(at + n * 4) : extendWords(words, n);
    }
    mixBlock(state, words);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, n) => digest.setUint32(n * 4, word));
  return new Uint8Array(digest.buffer);
}

function extendWords(words, n) {
  const a = words[n - 15], b = words[n - 2];
  const low = rotateRight(a, 7) ^ rotateRight(a, 18) ^ (a >>> 3);
  const high = rotateRight(b, 17) ^ rotateRight(b, 19) ^ (b >>> 10);
  return words[n - 16] + low + words[n - 7] + high;
}

function mixBlock(state, words) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let n = 0; n < 64; n++) {
    const high = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
    const first = (h + high + ((e & f) ^ (~e & g)) + ROUNDS[n] + words[n]) | 0;
    const low = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
    const second = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, n) => { state[n] += word; });
}

function hmac(key, message) {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? sha256(key) : key);
  const inner = sha256(Uint8Array.from([...block.map((byte) => byte ^ 0x36), ...message]));
  return sha256(Uint8Array.from([...block.map((byte) => byte ^ 0x5c), ...inner]));
}

function encodeText(text) {
  return new TextEncoder().encode(text);
}

function deriveNumbers(secret, purpose, head) {
  return Array.from(hmac(encodeText(secret), encodeText(purpose + " " + head)), (byte) => byte & 31);
}

// The numbers of five bits that stand for these answers together.
function packAnswers(answers, choices) {
  const packed = answers.reduce((sum, answer, n) => sum * choices[n] + answer - 1, 0);
  const all = choices.reduce((product, count) => product * count, 1);
  return all <= 32 ? [packed] : [packed >> 5, packed & 31];
}

function makeCode(tag, secret, nonce, answers, choices) {
  let head = tag + nonce;
  const pad = deriveNumbers(secret, "pad", head);
  head += packAnswers(answers, choices).map((digit, n) => ALPHABET[digit ^ pad[n]]).join("");
  const check = deriveNumbers(secret, "check", head).slice(0, CODE_LENGTH - head.length);
  return (head + check.map((n) => ALPHABET[n]).join("")).match(/.{4}/g).join("-");
}

function newNonce() {
  return Array.from(crypto.getRandomValues(new Uint8Array(5)), (byte) => ALPHABET[byte & 31]).join("");
}

// The page

const sheet = document.getElementById("sheet");
const warning = document.getElementById("warning");
const result = document.getElementById("result");
const code = document.getElementById("code");
const copied = document.getElementById("copied");
let codedAnswers = "";

const questions = Array.from(sheet.querySelectorAll("fieldset"));
const choices = questions.map((question) => question.querySelectorAll("input").length);

// The answers by their numbers, 0 where none is chosen.
function readAnswers() {
  return questions.map((question) => {
    const radio = question.querySelector("input:checked");
    return radio ? Number(radio.value) : 0;
  });
}

function askForAnswer(question, words) {
  warning.textContent = words;
  question.querySelector("input").focus();
}

// The same choice keeps its code: anyone who presses twice still has one reply.
function showCode(answers) {
  if (codedAnswers !== String(answers)) {
    code.textContent = makeCode(sheet.dataset.tag, sheet.dataset.secret, newNonce(), answers, choices);
    codedAnswers = String(answers);
  }
  warning.textContent = "";
  copied.textContent = "";
  result.hidden = false;
  document.getElementById("result-title").focus();
}

function removeCode() {
  result.hidden = true;
  code.textContent = codedAnswers = "";
}

sheet.addEventListener("submit", (event) => {
  event.preventDefault();
  const answers = readAnswers();
  const firstGap = answers.indexOf(0);
  if (answers.every((answer) => answer === 0)) {
    askForAnswer(questions[0], sheet.dataset.empty);
  } else if (firstGap >= 0) {
    askForAnswer(questions[firstGap], questions[firstGap].dataset.gap);
  } else {
    showCode(answers);
  }
});

sheet.addEventListener("change", () => {
  warning.textContent = "";
  if (codedAnswers && codedAnswers !== String(readAnswers())) {
    removeCode();
    warning.textContent = "You changed your reply. Make a new code and hand in only that one.";
  }
});

document.getElementById("copy").addEventListener("click", async () => {
  const range = document.createRange();
  range.selectNodeContents(code);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  let isCopied = true;
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    isCopied = document.execCommand("copy");
  }
  copied.textContent = isCopied ? "Copied." : "The code is selected: copy it with your keyboard, or write it down.";
});

// Some browsers bring a page back as it was left: on a shared computer, nobody should find a reply.
addEventListener("pageshow", () => {
  sheet.reset();
  removeCode();
});
