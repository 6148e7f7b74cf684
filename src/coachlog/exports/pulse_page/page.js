"use strict";
// How a code is made; coachlog's pulses.py says what is in it and why, and reads it.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const VALUES = 5;

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

function turned(word, by) {
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
      words[n] = n < 16 ? view.getUint32(at + n * 4) : extended(words, n);
    }
    mix(state, words);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, n) => digest.setUint32(n * 4, word));
  return new Uint8Array(digest.buffer);
}

function extended(words, n) {
  const a = words[n - 15], b = words[n - 2];
  const low = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
  const high = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
  return words[n - 16] + low + words[n - 7] + high;
}

function mix(state, words) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let n = 0; n < 64; n++) {
    const high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + high + ((e & f) ^ (~e & g)) + ROUNDS[n] + words[n]) | 0;
    const low = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, n) => { state[n] += word; });
}

function hmac(key, message) {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? sha256(key) : key);
  const inner = sha256(Uint8Array.from([...block.map((byte) => byte ^ 0x36), ...message]));
  return sha256(Uint8Array.from([...block.map((byte) => byte ^ 0x5c), ...inner]));
}

function bytesOf(text) {
  return new TextEncoder().encode(text);
}

function bits(secret, purpose, head) {
  return Array.from(hmac(bytesOf(secret), bytesOf(purpose + " " + head)), (byte) => byte & 31);
}

function makeCode(tag, secret, nonce, answers) {
  let head = tag + nonce;
  const held = (answers[0] - 1) * VALUES + answers[1] - 1;
  head += ALPHABET[held ^ bits(secret, "pad", head)[0]];
  const check = bits(secret, "check", head).slice(0, 4).map((n) => ALPHABET[n]).join("");
  return (head + check).match(/.{4}/g).join("-");
}

function newNonce() {
  return Array.from(crypto.getRandomValues(new Uint8Array(5)), (byte) => ALPHABET[byte & 31]).join("");
}

// The page

const sheet = document.getElementById("sheet");
const told = document.getElementById("told");
const made = document.getElementById("made");
const code = document.getElementById("code");
const copied = document.getElementById("copied");
let madeOf = "";

function chosen() {
  return [1, 2].map((number) => {
    const radio = sheet.querySelector("input[name=statement-" + number + "]:checked");
    return radio ? Number(radio.value) : 0;
  });
}

function ask(number) {
  told.textContent = "Choose a number for " + (number === 1 ? "the first" : "the second") + " statement as well.";
  sheet.querySelector("input[name=statement-" + number + "]").focus();
}

// The same choice keeps its code: whoever presses twice still has one reply.
function show(answers) {
  if (madeOf !== String(answers)) {
    code.textContent = makeCode(sheet.dataset.tag, sheet.dataset.secret, newNonce(), answers);
    madeOf = String(answers);
  }
  told.textContent = "";
  copied.textContent = "";
  made.hidden = false;
  document.getElementById("made-title").focus();
}

sheet.addEventListener("submit", (event) => {
  event.preventDefault();
  const answers = chosen();
  const open = answers.indexOf(0);
  if (answers.every((answer) => answer === 0)) {
    told.textContent = "Choose a number for each statement first.";
    sheet.querySelector("input").focus();
  } else if (open >= 0) {
    ask(open + 1);
  } else {
    show(answers);
  }
});

sheet.addEventListener("change", () => {
  told.textContent = "";
  if (madeOf && madeOf !== String(chosen())) {
    made.hidden = true;
    code.textContent = madeOf = "";
    told.textContent = "You changed your reply. Make a new code, and hand in only that one.";
  }
});

document.getElementById("copy").addEventListener("click", async () => {
  const range = document.createRange();
  range.selectNodeContents(code);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  try {
    await navigator.clipboard.writeText(code.textContent);
    copied.textContent = "Copied.";
  } catch {
    copied.textContent = document.execCommand("copy") ? "Copied." : "It is marked: copy it with your keyboard or by hand.";
  }
});

// Some browsers bring a page back as it was left: on a shared computer, nobody is to find a reply.
addEventListener("pageshow", () => {
  sheet.reset();
  made.hidden = true;
  code.textContent = madeOf = "";
});
