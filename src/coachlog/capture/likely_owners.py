"""Whose words are likely to be that do not say it as the rules have it: `she might send it`."""

import re
from typing import NamedTuple

from coachlog.capture.owner_names import OwnerNames
from coachlog.capture.values import ME, Owner
from coachlog.capture.words import (
    COMMAND_VERBS,
    GROUPS,
    OTHER_SUBJECTS,
    STATE_OF_THINGS,
    TASK_VERBS,
    TOPICS,
    is_past,
    split_first_words,
    split_table,
)
from coachlog.text import fold_text

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
_NOUN_VERBS = split_table(
    "call chase check contact draft email fill find fix forward invite look message move order "
    "phone plan practise present print record register reply report request research review run "
    "schedule set share show sign start talk text try update upload visit watch work"
)
_REQUESTS = COMMAND_VERBS | split_table("let keep come copy lend ping update cc")
_DELEGATIONS = split_table(
    "ask tell get remind invite encourage nudge chase make check ensure see find remember"
)
"""After one of these, somebody is asked by me."""
_TO_ME = re.compile(
    r"^\S+ (?:(?:it|them|this|that|her|him) )?(?:me|us)\b(?! and )|\b(?:to|with|for) me\b(?! and )"
    r"|\b(?:to|with) us\b"
)
_COUNTRY = re.compile(r"\bUSA?\b ?")
_REQUEST_REACH = 400
_GIVEN = split_table(
    "answer answers reply response responses feedback result results news decision verdict "
    "approval confirmation permission go-ahead outcome quote quotes"
)
"""What comes from somebody else."""
_EDGES = " .,;:!?()[]*_"


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
    if _is_bare_deed(words):
        return True
    if len(first_words) > 2 and is_past(first_words[1]):
        return first_words[2] not in _NOT_AFTER_VERBS - {"the"}
    return any(_is_doing(first_words[place:]) for place in (1, 2))


def lacks_subject(words: str) -> bool:
    """Return whether words say what somebody else will do, but not who: `sends rota`, `ring me`."""
    return asks_something_of_them(words) or _begins_in_third_person(words)


def asks_something_of_them(words: str) -> bool:
    """Return whether words ask somebody to do something for me: `let me know`, `send it to us`.

    `Ask her to ring me` is what I do.
    """
    folded = fold_text(_COUNTRY.sub("", words[:_REQUEST_REACH]))
    first_words = split_first_words(folded)
    if not first_words or first_words[0] not in _REQUESTS:
        return False
    if first_words[0] in _DELEGATIONS and first_words[1:2] not in (["me"], ["us"]):
        return first_words[:2] == ["get", "back"] and " to me" in folded
    return _TO_ME.search(folded) is not None


def find_giver(words: str, names: OwnerNames) -> LikelyOwner | None:
    """Return from whom something is to come: `rota from Priya`; None where it need not come.

    Whoever is unknown is `ME`, as is whoever gives `results`.
    """
    first_words = split_first_words(words)
    from_place = first_words.index("from") if "from" in first_words else 0
    # “Test results” is no verb.
    is_command = bool(first_words) and first_words[0] in COMMAND_VERBS - {
        "test",
        "scan",
    }
    if from_place and (from_place == 1 or not is_command):
        parts = words.split(maxsplit=_REACH)[from_place + 1 : _REACH]
        return LikelyOwner(_find_first_name(parts, names), words)
    if is_command or _GIVEN.isdisjoint(first_words[:3]):
        return None
    return LikelyOwner(ME, words)


def _find_first_name(parts: list[str], names: OwnerNames) -> Owner:
    """Return who is named by the first words; `ME` for nobody known."""
    for size in range(min(_LONGEST_NAME, len(parts)), 0, -1):
        owner = names.find_owner(" ".join(parts[:size]).strip(_EDGES))
        if owner is not None:
            return owner
    return ME


def _begins_in_third_person(words: str) -> bool:
    """Return whether words begin with a verb that leaves out its subject: `sends rota`."""
    first_words = split_first_words(words)
    if not first_words or first_words[0] in COMMAND_VERBS | GROUPS:
        return False
    return _has_ending(first_words, "s")


def _is_bare_deed(words: str) -> bool:
    """Return whether words are somebody and a verb, and nothing else: `Kim ring`.

    `Rota check` is a noun: a verb that may be one counts only after what may be a name.
    """
    parts = words.split(maxsplit=_LONGEST_NAME)
    if len(parts) != 2:
        return False
    subject, verb = split_first_words(words)
    if verb not in TASK_VERBS or subject in TOPICS:
        return False
    return verb not in _NOUN_VERBS or parts[0][0].isupper()


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
