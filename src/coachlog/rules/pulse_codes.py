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

from coachlog.errors import Invalid
from coachlog.model.pulse import Answers, Key, Reply
from coachlog.rules.pulse_results import VALUES
from coachlog.text import clean, plural

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TAG, NONCE, CHECK = 2, 5, 4
LENGTH = TAG + NONCE + 1 + CHECK
GROUP = 4


_ALIKE = str.maketrans("OIL", "011", "- \t\xa0")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_AROUND = "-.:!?()[]{}<>*•·'\"“”‘’`"


def write(key: Key, nonce: str, answers: Answers) -> str:
    """Return the code of one reply, as the page makes it: `K7QF-3MZD-2X8R`."""
    head = key.tag + nonce
    first, second = answers
    held = (first - 1) * len(VALUES) + second - 1
    head += ALPHABET[held ^ _bits(key, "pad", head)[0]]
    code = head + "".join(ALPHABET[n] for n in _bits(key, "check", head)[:CHECK])
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read(typed: str, keys: Sequence[Key]) -> Reply:
    """Return the reply that a code holds, whichever of these pulses it is for.

    Case, spaces and hyphens do not matter; O is read as 0, I and L as 1. `Invalid` says why a code
    is none, and never what it holds.
    """
    code = clean(typed).translate(_DASHES).upper().translate(_ALIKE)
    if strange := [character for character in code if character not in ALPHABET]:
        raise Invalid(f"has “{strange[0]}”, which is in no code")
    if len(code) != LENGTH:
        raise Invalid(f"has {plural(len(code), 'character')}; a code has {LENGTH}")
    possible = [key for key in keys if key.tag == code[:TAG]]
    if not possible:
        raise Invalid("is for a pulse that is not in this journal, or begins wrongly")
    for key in possible:
        if answers := _opened(code, key):
            return Reply(key.pulse, code[TAG : TAG + NONCE], answers)
    raise Invalid("is damaged or made up")


def _opened(code: str, key: Key) -> Answers | None:
    """Return both answers in a code; None if it was not made with this key."""
    sealed = TAG + NONCE
    held = ALPHABET.index(code[sealed]) ^ _bits(key, "pad", code[:sealed])[0]
    first, second = (part + 1 for part in divmod(held, len(VALUES)))
    if first not in VALUES:
        return None
    made = write(key, code[TAG:sealed], (first, second)).replace("-", "")
    return (first, second) if hmac.compare_digest(made, code) else None


def _bits(key: Key, purpose: str, head: str) -> list[int]:
    """Return numbers of five bits that nobody can tell without the key."""
    made = hmac.digest(key.secret.encode(), f"{purpose} {head}".encode(), "sha256")
    return [byte & 31 for byte in made]


def split(text: str) -> list[str]:
    """Return the codes in typed or pasted text, as they were typed.

    One a line, or with spaces or commas between; a code may itself be in groups.
    """
    rows = re.split(r"[\n,;]", clean(text).translate(_DASHES))
    return [code for row in rows for code in _in_row(row)]


def _in_row(row: str) -> list[str]:
    words = [word for part in row.split() if (word := part.strip(_AROUND))]
    if len("".join(words).replace("-", "")) == LENGTH:
        return [" ".join(words)]
    found: list[list[str]] = []
    for word in words:
        group = len(word) <= GROUP
        if group and found and 0 < len(found[-1]) < LENGTH // GROUP and len(found[-1][-1]) <= GROUP:
            found[-1].append(word)
        else:
            found.append([word])
    return [" ".join(groups) for groups in found]
