"""The codes of replies to a pulse: made, checked, found in pasted text.

A code is twelve characters of Crockford's base32, five bits each, in groups of four:

    TTNN NNNA CCCC

T, 10 bits, is the tag of the pulse, so that a reply for another one is told from a damaged one.
N, 25 bits, is random, so that a code read twice counts once: among 50 replies two have the same one
once in 27,000 pulses. A, 5 bits, holds both answers, covered by a pad made of the key, T and N:
equal answers look different on every slip. C, 20 bits, is a keyed checksum of all before it: a
damaged or made-up code passes once in 1.3 million times (2**-20, and 25 of 32 values of A mean
something). The key is in the page and in the journal, so this is no secret writing.

The other end is `exports/pulse_page/page.js`; a test in a browser holds both together.
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


_ALIKE_CHARACTERS = str.maketrans("OIL", "011", "- \t\xa0")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_SURROUNDING_CHARACTERS = "-.:!?()[]{}<>*•·'\"“”‘’`"


def format_reply_code(key: PulseKey, nonce: str, answers: ReplyValues) -> str:
    """Return the code of one reply, as the page makes it: `K7QF-3MZD-2X8R`."""
    head = key.tag + nonce
    first, second = answers
    held = (first - 1) * len(REPLY_VALUES) + second - 1
    head += CODE_ALPHABET[held ^ _derive_code_numbers(key, "pad", head)[0]]
    code = head + "".join(
        CODE_ALPHABET[n] for n in _derive_code_numbers(key, "check", head)[:CHECK_LENGTH]
    )
    return "-".join(code[at : at + GROUP_LENGTH] for at in range(0, CODE_LENGTH, GROUP_LENGTH))


def parse_reply_code(text: str, keys: Sequence[PulseKey]) -> Reply:
    """Return the reply that a code holds, whichever of these pulses it is for.

    Case, spaces and hyphens do not matter; O is read as 0, I and L as 1. `Invalid` says why a code
    is none, and never what it holds.
    """
    code = clean_text(text).translate(_DASHES).upper().translate(_ALIKE_CHARACTERS)
    if strange := [character for character in code if character not in CODE_ALPHABET]:
        raise InvalidInput(f"has “{strange[0]}”, which is in no code")
    if len(code) != CODE_LENGTH:
        raise InvalidInput(f"has {format_count(len(code), 'character')}; a code has {CODE_LENGTH}")
    possible = [key for key in keys if key.tag == code[:TAG_LENGTH]]
    if not possible:
        raise InvalidInput("is for a pulse that is not in this journal, or begins wrongly")
    for key in possible:
        if answers := _open_reply_code(code, key):
            return Reply(key.pulse, code[TAG_LENGTH : TAG_LENGTH + NONCE_LENGTH], answers)
    raise InvalidInput("is damaged or made up")


def _open_reply_code(code: str, key: PulseKey) -> ReplyValues | None:
    """Return both answers in a code; None if it was not made with this key."""
    sealed = TAG_LENGTH + NONCE_LENGTH
    held = CODE_ALPHABET.index(code[sealed]) ^ _derive_code_numbers(key, "pad", code[:sealed])[0]
    first, second = (part + 1 for part in divmod(held, len(REPLY_VALUES)))
    if first not in REPLY_VALUES:
        return None
    made = format_reply_code(key, code[TAG_LENGTH:sealed], (first, second)).replace("-", "")
    return (first, second) if hmac.compare_digest(made, code) else None


def _derive_code_numbers(key: PulseKey, purpose: str, head: str) -> list[int]:
    """Return numbers of five bits that nobody can tell without the key."""
    made = hmac.digest(key.secret.encode(), f"{purpose} {head}".encode(), "sha256")
    return [byte & 31 for byte in made]


def split_reply_codes(text: str) -> list[str]:
    """Return the codes in typed or pasted text, as they were typed.

    One a line, or with spaces or commas between; a code may itself be in groups.
    """
    rows = re.split(r"[\n,;]", clean_text(text).translate(_DASHES))
    return [code for row in rows for code in _split_code_row(row)]


def _split_code_row(row: str) -> list[str]:
    words = [word for part in row.split() if (word := part.strip(_SURROUNDING_CHARACTERS))]
    if len("".join(words).replace("-", "")) == CODE_LENGTH:
        return [" ".join(words)]
    found: list[list[str]] = []
    for word in words:
        group = len(word) <= GROUP_LENGTH
        if (
            group
            and found
            and 0 < len(found[-1]) < CODE_LENGTH // GROUP_LENGTH
            and len(found[-1][-1]) <= GROUP_LENGTH
        ):
            found[-1].append(word)
        else:
            found.append([word])
    return [" ".join(groups) for groups in found]
