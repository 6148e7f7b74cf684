"""Replies to a pulse: their codes, and the rule that keeps a single one from being seen.

A code is twelve characters of Crockford's base32, five bits each, in groups of four:

    TTNN NNNA CCCC

T, 10 bits, is the tag of the pulse, so that a reply for another one is told from a damaged one.
N, 25 bits, is random, so that a code read twice counts once: among 50 replies two have the same one
once in 27,000 pulses. A, 5 bits, holds both answers, covered by a pad made of the key, T and N:
equal answers look different on every slip. C, 20 bits, is a keyed checksum of all before it: a
damaged or made-up code passes once in 1.3 million times (2**-20, and 25 of 32 values of A mean
something). The key is in the page and in the journal, so this is no secret writing.

The other end is `render/sheet/page.js`; a test in a browser holds both together.
"""

import hmac
import re
from collections.abc import Iterable, Sequence

from coachlog.errors import Invalid
from coachlog.model.pulse import Answers, Counts, Given, Key, Reply
from coachlog.text import clean, fold, plural, short

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TAG, NONCE, CHECK = 2, 5, 4
LENGTH = TAG + NONCE + 1 + CHECK
GROUP = 4
VALUES = range(1, 6)
NEEDED = 5
"""How many replies have to wait together before they are taken into the results."""

STATEMENTS = (
    "When my manager says something will be done, I can rely on it.",
    "My manager keeps the rules that are set for all of us.",
)
LONGEST = 200
"""Characters of a statement, at most."""

_ALIKE = str.maketrans("OIL", "011", "- \t\xa0")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_AROUND = "-.:!?()[]{}<>*•·'\"“”‘’`"


# Codes


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


def slip(typed: str) -> Answers:
    """Return what a paper slip says, typed as two numbers; `Invalid` if it is not two of 1 to 5."""
    said = re.fullmatch(r"\s*([1-5])[\s,;/-]*([1-5])\s*", clean(typed))
    if said is None:
        raise Invalid(
            f"“{short(typed, 40)}” is no paper slip. Nothing was added.",
            'A slip has two numbers from 1 to 5, the first statement\'s first: --paper "4 5"',
        )
    return int(said[1]), int(said[2])


def statements(given: Sequence[str]) -> tuple[str, ...]:
    """Return the two statements of a new pulse, the usual ones if none are given.

    `Invalid` if they are not two different ones of 1 to 200 characters.
    """
    if not given:
        return STATEMENTS
    if len(given) != len(STATEMENTS):
        were = "was" if len(given) == 1 else "were"
        raise Invalid(
            f"A pulse has two statements; {len(given)} {were} given.",
            "Give --statement twice, or not at all for the usual two.",
        )
    for number, words in enumerate(given, start=1):
        if not words:
            raise Invalid(f"Statement {number} is empty.")
        if len(words) > LONGEST:
            raise Invalid(f"Statement {number} has {len(words)} characters; {LONGEST} fit.")
    if fold(given[0]) == fold(given[1]):
        raise Invalid("Both statements are the same.")
    return tuple(given)


# Counts


def nothing() -> Counts:
    """Return the counts of a pulse that nobody has replied to."""
    none: Given = ((0,) * len(VALUES),) * len(STATEMENTS)
    return Counts(none, none)


def take(counts: Counts, replies: Iterable[Answers]) -> Counts:
    """Return the counts with more replies, which wait until five or more wait together.

    Then all of them are taken into the results at once. So every result is of five replies or
    more, and differs from the one before it by five or more: nobody's reply is the difference.
    """
    waiting = [list(values) for values in counts.waiting]
    for answers in replies:
        for values, answer in zip(waiting, answers, strict=True):
            values[answer - 1] += 1
    grown = tuple(map(tuple, waiting))
    if sum(grown[0]) < NEEDED:
        return Counts(counts.shown, grown)
    return Counts(tuple(map(_sums, counts.shown, grown)), nothing().waiting)


def _sums(some: Sequence[int], others: Sequence[int]) -> tuple[int, ...]:
    return tuple(map(sum, zip(some, others, strict=True)))


def mean(counts: Sequence[int]) -> float:
    """Return the mean of the values 1 to 5 given so often, to one decimal, halves upwards."""
    total = sum(value * count for value, count in zip(VALUES, counts, strict=True))
    many = sum(counts)
    return (20 * total + many) // (2 * many) / 10


def standing(replies: int, shown: int) -> str:
    """Return in words how many replies came and how many the results are of."""
    if not shown:
        return f"{replies} of {NEEDED} replies needed."
    waiting = replies - shown
    if not waiting:
        return f"The results are of {shown} replies."
    others = "The other waits" if waiting == 1 else f"The other {waiting} wait"
    return (
        f"{replies} replies came; the results are of {shown}. {others} until "
        f"{NEEDED - waiting} more {'is' if NEEDED - waiting == 1 else 'are'} in, "
        "so that nobody's can be worked out."
    )
