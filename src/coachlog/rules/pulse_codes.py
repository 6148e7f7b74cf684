"""The codes of replies to a pulse: formatting, checking, finding them in pasted text.

A code is twelve characters of Crockford's base32, five bits each, in groups of four:

    TTNN NNNA CCCC

T, 10 bits, is the tag of the pulse: it tells a reply to another pulse from a damaged code.
N, 25 bits, is random, so that a code entered twice counts once: among 50 replies, two have the same
N once in 27,000 pulses. A, 5 bits, holds both answers, masked by a pad derived from the key, T and
N, so that equal answers look different on every slip. C, 20 bits, is a keyed checksum of the rest:
a damaged or made-up code passes once in 1.3 million times (2**-20, as 25 of the 32 values of A are
valid). The key is in the page and in the journal, so the codes are not a secret cipher.

`exports/pulse_page/page.js` makes the codes; a test in a browser checks that the two agree.
"""

import hmac
import re
from collections.abc import Sequence

from coachlog.errors import InvalidInput
from coachlog.model.pulse import PulseKey, Reply, ReplyValues
from coachlog.rules.pulse_results import REPLY_VALUES
from coachlog.text import clean_text, format_count

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TAG_LENGTH, NONCE_LENGTH, CHECK_LENGTH = 2, 5, 4
CODE_LENGTH = TAG_LENGTH + NONCE_LENGTH + 1 + CHECK_LENGTH
GROUP_LENGTH = 4

# The alphabet has no O, I or L because people read them as digits, and type them as such.
_ALIKE_CHARACTERS = str.maketrans("OIL", "011", "- \t\xa0")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_SURROUNDING_CHARACTERS = "-.:!?()[]{}<>*•·'\"“”‘’`"


def format_reply_code(key: PulseKey, nonce: str, answers: ReplyValues) -> str:
    """Return the code of one reply, as the page makes it: `K7QF-3MZD-2X8R`."""
    head = key.tag + nonce
    first, second = answers
    packed_answers = (first - 1) * len(REPLY_VALUES) + second - 1
    pad = _derive_code_numbers(key, "pad", head)[0]
    head += CODE_ALPHABET[packed_answers ^ pad]
    check_numbers = _derive_code_numbers(key, "check", head)[:CHECK_LENGTH]
    code = head + "".join(CODE_ALPHABET[number] for number in check_numbers)
    groups = [
        code[start : start + GROUP_LENGTH]
        for start in range(0, CODE_LENGTH, GROUP_LENGTH)
    ]
    return "-".join(groups)


def parse_reply_code(text: str, keys: Sequence[PulseKey]) -> Reply:
    """Return the reply in a code, for whichever of these pulses it belongs to.

    Case, spaces and hyphens do not matter; O is read as 0, I and L as 1. Raises InvalidInput if the
    code cannot be used; the message goes after the code and never gives away the answers.
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
            "is for a pulse that is not in this journal, or its first two characters are wrong"
        )
    nonce = code[TAG_LENGTH : TAG_LENGTH + NONCE_LENGTH]
    for key in possible_keys:
        answers = _open_reply_code(code, nonce, key)
        if answers:
            return Reply(key.pulse, nonce, answers)
    raise InvalidInput("is damaged or made up")


def _open_reply_code(code: str, nonce: str, key: PulseKey) -> ReplyValues | None:
    """Return both answers in a code; None if it was not made with this key."""
    pad = _derive_code_numbers(key, "pad", key.tag + nonce)[0]
    masked_answers = CODE_ALPHABET.index(code[TAG_LENGTH + NONCE_LENGTH])
    first, second = divmod(masked_answers ^ pad, len(REPLY_VALUES))
    answers = first + 1, second + 1
    if answers[0] not in REPLY_VALUES:
        return None
    expected_code = format_reply_code(key, nonce, answers).replace("-", "")
    return answers if hmac.compare_digest(expected_code, code) else None


def _derive_code_numbers(key: PulseKey, purpose: str, head: str) -> list[int]:
    """Return numbers of five bits that nobody can work out without the key."""
    digest = hmac.digest(key.secret.encode(), f"{purpose} {head}".encode(), "sha256")
    return [byte & 31 for byte in digest]


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
