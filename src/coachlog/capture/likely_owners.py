"""Whose words are likely to be that do not say it as the rules have it: `she might send it`."""

from typing import NamedTuple

from coachlog.capture.owner_names import OwnerNames
from coachlog.capture.values import ME, Owner
from coachlog.capture.words import (
    COMMAND_VERBS,
    OTHER_SUBJECTS,
    STATE_OF_THINGS,
    TASK_VERBS,
    is_past,
    split_first_words,
    split_table,
)

_LONGEST_NAME = 3
_REACH = 9
_DASHES = ("-", "–", "—")
_MODALS = split_table(
    "can could should must may might would ought needs need has have is"
)
_BE = split_table("is are 's 're")
_HAVE = ("has", "have", "'s")
_AGREED = split_table("agreed promised offered volunteered")
_SHORT_WOULD = split_table("she'd he'd they'd she'll he'll they'll")
_NOT_AFTER_VERBS = split_table("for from of and & or in on with by at to the")
_ENDINGS = ("'s", "'re")


class LikelyOwner(NamedTuple):
    """Whose words are likely to be, and the words: without a name only where a dash follows it.

    `may_tell` says that they may as well tell how it is or was: `Dana did the list`.
    """

    owner: Owner
    words: str
    may_tell: bool = False


def find_likely_owner(words: str, names: OwnerNames) -> LikelyOwner | None:
    """Return who is the subject of a verb that may be a promise; None for nobody known.

    Nobody is ever certain: `Dana books the room`, `she should send it`, `Dana - send it`.
    """
    parts = words.split(maxsplit=_REACH)[:_REACH]
    for size in range(1, min(_LONGEST_NAME, len(parts) - 1) + 1):
        name, ending = _split_ending(" ".join(parts[:size]))
        owner = names.find_owner(name)
        if owner is None or owner == ME:
            continue
        if parts[size] in _DASHES and not ending:
            return _read_after_dash(owner, words, size)
        verbs = split_first_words(" ".join(parts[size:]))
        verbs = [ending, *verbs] if ending else verbs
        if _is_promising(verbs):
            return LikelyOwner(owner, words)
        if _is_telling(verbs):
            return LikelyOwner(owner, words, may_tell=True)
    return None


def is_third_person(words: str) -> bool:
    """Return whether somebody seems to do what words say, or to have done it.

    `Sarah books the room`, `Sarah booked the room`, but not `room booked for tue`.
    """
    first_words = split_first_words(words)
    if not first_words or first_words[0] in COMMAND_VERBS:
        return False
    if not first_words[0][:1].isalpha():
        return False
    if len(first_words) > 2 and is_past(first_words[1]):
        return first_words[2] not in _NOT_AFTER_VERBS - {"the"}
    return any(_is_doing(first_words[place:]) for place in (1, 2))


def _split_ending(name: str) -> tuple[str, str]:
    """Return a name without the short `is` that it ends with, and that."""
    folded = name.replace("’", "'").casefold()
    for ending in _ENDINGS:
        if folded.endswith(ending):
            return name[: -len(ending)], ending
    return name, ""


def _is_promising(verbs: list[str]) -> bool:
    """Return whether words after a name may say what that person will do."""
    verb, rest = verbs[0] if verbs else "", verbs[1:]
    if verb in _BE and _has_ending(rest[:1], "ing"):
        return True
    if verb in _MODALS and _is_verb(rest[1:] if rest[:1] == ["to"] else rest):
        return True
    return _is_agreed(verbs) or _is_doing(verbs)


def _read_after_dash(owner: Owner, words: str, size: int) -> LikelyOwner | None:
    """Return the owner before a dash, with the words after it; None where there are none."""
    rest = words.split(maxsplit=size + 1)[size + 1 :]
    first_words = split_first_words(rest[0]) if rest else []
    if not first_words or not first_words[0]:
        return None
    return LikelyOwner(owner, rest[0], may_tell=first_words[0] not in TASK_VERBS)


def _is_telling(verbs: list[str]) -> bool:
    """Return whether words after a name begin with a verb that tells what somebody did or does."""
    if verbs[:1] == ["'s"]:
        return bool(verbs[1:]) and is_past(verbs[1])
    if not verbs or verbs[0] in _MODALS:
        return False
    is_verb = verbs[0] in STATE_OF_THINGS or is_past(verbs[0])
    return is_verb or _has_ending(verbs[:1], "s")


def _is_agreed(verbs: list[str]) -> bool:
    """Return whether words are `agreed to send it`, `has promised to` or `said she'd`."""
    if verbs[:1] == ["said"]:
        return _is_said(verbs[1:])
    if verbs and verbs[0] in _HAVE:
        verbs = verbs[1:]
    return (
        not _AGREED.isdisjoint(verbs[:1])
        and verbs[1:2] == ["to"]
        and _is_verb(verbs[2:])
    )


def _is_said(verbs: list[str]) -> bool:
    """Return whether words after `said` are `she'd send it` or `she will send it`."""
    if verbs[:1] == ["that"]:
        verbs = verbs[1:]
    if verbs[:1] and verbs[0] in _SHORT_WOULD:
        return _is_verb(verbs[1:])
    if OTHER_SUBJECTS.isdisjoint(verbs[:1]):
        return False
    return verbs[1:2] in (["would"], ["will"]) and _is_verb(verbs[2:])


def _is_verb(verbs: list[str]) -> bool:
    return bool(verbs) and verbs[0] in COMMAND_VERBS


def _is_doing(verbs: list[str]) -> bool:
    """Return whether words begin with `books`, `booking` or `book`, and what is booked."""
    if len(verbs) < 2 or (verbs[1] in _NOT_AFTER_VERBS and verbs[1] != "the"):
        return False
    if verbs[0] in TASK_VERBS:
        return True
    return _has_ending(verbs[:1], "s") or _has_ending(verbs[:1], "ing")


def _has_ending(verbs: list[str], ending: str) -> bool:
    """Return whether the first word is a verb with an ending that says what to do without it."""
    if not verbs or not verbs[0].endswith(ending) or verbs[0] in STATE_OF_THINGS:
        return False
    stem = verbs[0].removesuffix(ending)
    bases = {stem, stem.removesuffix("e"), f"{stem}e", stem[:-1]}
    if stem.endswith("ie"):
        bases.add(f"{stem[:-2]}y")
    return not bases.isdisjoint(COMMAND_VERBS)
