"""The codes of replies to a survey: formatting, checking, finding them in pasted text.

A code is twelve characters of Crockford's base32, five bits each, in groups of four. That of a
pulse, and of a workshop with few themes, is the first; where the answers do not fit into five bits,
it is the second:

    TTNN NNNA CCCC    TTNN NNNA ACCC

T, 10 bits, is the tag of the survey: it tells a reply to another one from a damaged code.
N, 25 bits, is random, so that a code entered twice counts once: among 50 replies, two have the same
N once in 27,000 surveys. A, 5 or 10 bits, holds all answers, masked by a pad derived from the key,
T and N, so that equal answers look different on every slip. C, 20 or 15 bits, is a keyed checksum
of the rest: a damaged or made-up code passes once in 1.3 million times for a pulse (2**-20, as 25
of the 32 values of A are valid), once in 280,000 for twelve themes (2**-15, as 120 of 1,024 are).
The key is in the page and in the journal, so the codes are not a secret cipher.

`exports/reply_page/page.js` makes the codes; a test in a browser checks that the two agree.
"""

import hmac
import re
from collections.abc import Sequence
from math import prod

from coachlog.errors import InvalidInput
from coachlog.model.replies import Reply, ReplyKey, ReplyValues
from coachlog.text import clean_text, format_count

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TAG_LENGTH, NONCE_LENGTH = 2, 5
HEAD_LENGTH = TAG_LENGTH + NONCE_LENGTH
CODE_LENGTH = 12
GROUP_LENGTH = 4
BASE = len(CODE_ALPHABET)

# The alphabet has no O, I or L because people read them as digits, and type them as such.
_ALIKE_CHARACTERS = str.maketrans("OIL", "011", "- \t\xa0")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_SURROUNDING_CHARACTERS = "-.:!?()[]{}<>*•·'\"“”‘’`"


def format_reply_code(key: ReplyKey, nonce: str, answers: ReplyValues) -> str:
    """Return the code of one reply, as the page makes it: `K7QF-3MZD-2X8R`."""
    head = key.tag + nonce
    pad = _derive_code_numbers(key, "pad", head)
    digits = _pack_answers(answers, key.choices)
    head += "".join(
        CODE_ALPHABET[digit ^ pad[place]] for place, digit in enumerate(digits)
    )
    check_numbers = _derive_code_numbers(key, "check", head)
    code = head + "".join(CODE_ALPHABET[number] for number in check_numbers)
    groups = [
        code[start : start + GROUP_LENGTH]
        for start in range(0, CODE_LENGTH, GROUP_LENGTH)
    ]
    return "-".join(groups)


def parse_reply_code(text: str, keys: Sequence[ReplyKey], noun: str = "pulse") -> Reply:
    """Return the reply in a code, for whichever of these surveys it belongs to.

    Case, spaces and hyphens do not matter; O is read as 0, I and L as 1. Raises InvalidInput if the
    code cannot be used; the message goes after the code and never gives away the answers. `noun`
    names the surveys in it.
    """
    code = clean_text(text).translate(_DASHES).upper().translate(_ALIKE_CHARACTERS)
    for character in code:
        if character not in CODE_ALPHABET:
            raise InvalidInput(f"contains “{character}”, which is not used in codes")
    if len(code) != CODE_LENGTH:
        length = format_count(len(code), "character")
        raise InvalidInput(f"has {length}; a code has {CODE_LENGTH}")
    possible_keys = [key for key in keys if key.tag == code[:TAG_LENGTH]]
    if not possible_keys:
        raise InvalidInput(
            f"is for a {noun} that is not in this journal, or its first two characters are wrong"
        )
    nonce = code[TAG_LENGTH:HEAD_LENGTH]
    for key in possible_keys:
        answers = _open_reply_code(code, nonce, key)
        if answers:
            return Reply(key.survey, nonce, answers)
    raise InvalidInput("is damaged or made up")


def _open_reply_code(code: str, nonce: str, key: ReplyKey) -> ReplyValues | None:
    """Return the answers in a code; None if it was not made with this key."""
    pad = _derive_code_numbers(key, "pad", key.tag + nonce)
    packed_answers = 0
    for place in range(_count_answer_digits(key.choices)):
        digit = CODE_ALPHABET.index(code[HEAD_LENGTH + place]) ^ pad[place]
        packed_answers = packed_answers * BASE + digit
    if packed_answers >= prod(key.choices):
        return None
    answers = _unpack_answers(packed_answers, key.choices)
    expected_code = format_reply_code(key, nonce, answers).replace("-", "")
    return answers if hmac.compare_digest(expected_code, code) else None


def _count_answer_digits(choices: Sequence[int]) -> int:
    """Return how many characters of a code hold the answers to questions with so many choices."""
    return 1 if prod(choices) <= BASE else 2


def _pack_answers(answers: ReplyValues, choices: Sequence[int]) -> list[int]:
    """Return the numbers of five bits that stand for these answers together."""
    packed_answers = 0
    for answer, choice_count in zip(answers, choices, strict=True):
        packed_answers = packed_answers * choice_count + answer - 1
    if _count_answer_digits(choices) == 1:
        return [packed_answers]
    return [*divmod(packed_answers, BASE)]


def _unpack_answers(packed_answers: int, choices: Sequence[int]) -> ReplyValues:
    answers: list[int] = []
    for choice_count in reversed(choices):
        packed_answers, answer = divmod(packed_answers, choice_count)
        answers.insert(0, answer + 1)
    return tuple(answers)


def _derive_code_numbers(key: ReplyKey, purpose: str, head: str) -> list[int]:
    """Return numbers of five bits that nobody can work out without the key.

    For a checksum, as many as the code has room for after `head`.
    """
    digest = hmac.digest(key.secret.encode(), f"{purpose} {head}".encode(), "sha256")
    return [byte & 31 for byte in digest[: CODE_LENGTH - len(head)]]


def split_reply_codes(text: str) -> list[str]:
    """Return the codes in typed or pasted text, as they were typed.

    There may be one on each line, or several with spaces or commas between them; a code may itself
    be in groups.
    """
    codes = []
    for row in re.split(r"[\n,;]", clean_text(text).translate(_DASHES)):
        codes += _split_code_row(row)
    return codes


def _split_code_row(row: str) -> list[str]:
    words = [part.strip(_SURROUNDING_CHARACTERS) for part in row.split()]
    words = list(filter(None, words))
    if len("".join(words).replace("-", "")) == CODE_LENGTH:
        return [" ".join(words)]
    codes: list[list[str]] = []
    for word in words:
        if codes and _continues_code(codes[-1], word):
            codes[-1].append(word)
        else:
            codes.append([word])
    return [" ".join(groups) for groups in codes]


def _continues_code(groups: Sequence[str], word: str) -> bool:
    """Return whether a word is the next group of a code that has these groups so far."""
    if len(groups) == CODE_LENGTH // GROUP_LENGTH:
        return False
    return len(word) <= GROUP_LENGTH and len(groups[-1]) <= GROUP_LENGTH
