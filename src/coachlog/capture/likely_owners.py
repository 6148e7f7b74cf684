"""Whose words are likely to be that do not say it as the rules have it: `she might send it`."""

from coachlog.capture.folded_words import FoldedWords, split_first_words
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
    split_table,
)
from coachlog.named_tuples import NamedTuple
from coachlog.patterns import compile_later
from coachlog.text import fold_text

_LONGEST_NAME = 3
_REACH = 9
_DASHES = ("-", "–", "—")
_MODALS = split_table(
    "can could should must may might would ought needs need has have is"
)
_BE = split_table("is are 's 're")
_HAVE = ("has", "have", "'s")
_AGREED = ("agreed to", "promised to", "offered to", "volunteered to")
_SAID_THEY_WOULD = (
    *("she'd", "he'd", "they'd", "she'll", "he'll", "they'll"),
    *(f"{subject} would" for subject in OTHER_SUBJECTS),
    *(f"{subject} will" for subject in OTHER_SUBJECTS),
)
_NOT_AFTER_VERBS = split_table("for from of and & or in on with by at to")
_ENDINGS = ("'s", "'re")
_NOUN_VERBS = split_table(
    "call chase check contact draft email fill find fix forward invite look message move order "
    "phone plan practise present print record register reply report request research review run "
    "schedule set share show sign start talk text try update upload visit watch work"
)
# “Test results” is no verb.
_GIVING_VERBS = COMMAND_VERBS - {"test", "scan"}
_REQUESTS = COMMAND_VERBS | split_table("let keep come copy lend ping update cc")
_DELEGATIONS = split_table(
    "ask tell get remind invite encourage nudge chase make check ensure see find remember"
)
"""After one of these, somebody is asked by me."""
_TO_ME = compile_later(
    r"^\S+ (?:(?:it|them|this|that|her|him) )?(?:me|us)\b(?! and )|\b(?:to|with|for) me\b(?! and )"
    r"|\b(?:to|with) us\b"
)
_COUNTRY = compile_later(r"\bUSA?\b ?")
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
        if ending:
            verbs = FoldedWords((ending, *verbs))
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
    first = first_words.first
    if first in COMMAND_VERBS or not first[:1].isalpha():
        return False
    if _is_bare_deed(words):
        return True
    if len(first_words) > 2 and is_past(first_words.second):
        return first_words.get_word(2) not in _NOT_AFTER_VERBS
    return _is_doing(first_words.rest) or _is_doing(first_words.rest.rest)


def lacks_subject(words: str) -> bool:
    """Return whether words say what somebody else will do, but not who: `sends rota`, `ring me`."""
    return asks_something_of_them(words) or _begins_in_third_person(words)


def asks_something_of_them(words: str) -> bool:
    """Return whether words ask somebody to do something for me: `let me know`, `send it to us`.

    `Ask her to ring me` is what I do.
    """
    folded = fold_text(_COUNTRY.sub("", words[:_REQUEST_REACH]))
    first_words = split_first_words(folded)
    if first_words.first not in _REQUESTS:
        return False
    if first_words.first in _DELEGATIONS and first_words.second not in ("me", "us"):
        return first_words.begins_with("get back") and " to me" in folded
    return _TO_ME.search(folded) is not None


def find_giver(words: str, names: OwnerNames) -> LikelyOwner | None:
    """Return from whom something is to come: `rota from Priya`; None where it need not come.

    Whoever is unknown is `ME`, as is whoever gives `results`.
    """
    first_words = split_first_words(words)
    is_command = first_words.first in _GIVING_VERBS
    is_from_someone = "from" in first_words[1:] and first_words.first != "from"
    if is_from_someone and (first_words.second == "from" or not is_command):
        place = first_words.index("from")
        parts = words.split(maxsplit=_REACH)[place + 1 : _REACH]
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
    first = split_first_words(words).first
    return first not in COMMAND_VERBS | GROUPS and _has_ending(first, "s")


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


def _is_promising(verbs: FoldedWords) -> bool:
    """Return whether words after a name may say what that person will do."""
    if verbs.first in _BE and _has_ending(verbs.second, "ing"):
        return True
    if verbs.first in _MODALS and _is_verb(verbs.rest.skip_phrase("to")):
        return True
    return _is_agreed(verbs) or _is_doing(verbs)


def _read_after_dash(owner: Owner, words: str, size: int) -> LikelyOwner | None:
    """Return the owner before a dash, with the words after it; None where there are none."""
    rest = "".join(words.split(maxsplit=size + 1)[size + 1 :])
    first = split_first_words(rest).first
    if not first:
        return None
    return LikelyOwner(owner, rest, may_tell=first not in TASK_VERBS)


def _is_telling(verbs: FoldedWords) -> bool:
    """Return whether words after a name begin with a verb that tells what somebody did or does."""
    verb = verbs.first
    if verb == "'s":
        return is_past(verbs.second)
    if verb in _MODALS:
        return False
    return verb in STATE_OF_THINGS or is_past(verb) or _has_ending(verb, "s")


def _is_agreed(verbs: FoldedWords) -> bool:
    """Return whether words are `agreed to send it`, `has promised to` or `said she'd`."""
    if verbs.first == "said":
        deed = verbs.rest.skip_phrase("that").read_after(*_SAID_THEY_WOULD)
    else:
        deed = verbs.skip_phrase(*_HAVE).read_after(*_AGREED)
    return _is_verb(deed)


def _is_verb(verbs: FoldedWords) -> bool:
    return verbs.first in COMMAND_VERBS


def _is_doing(verbs: FoldedWords) -> bool:
    """Return whether words begin with `books`, `booking` or `book`, and what is booked."""
    if len(verbs) < 2 or verbs.second in _NOT_AFTER_VERBS:
        return False
    verb = verbs.first
    return verb in TASK_VERBS or _has_ending(verb, "s") or _has_ending(verb, "ing")


def _has_ending(verb: str, ending: str) -> bool:
    """Return whether a verb has an ending, and without it says what to do."""
    if not verb.endswith(ending) or verb in STATE_OF_THINGS:
        return False
    stem = verb.removesuffix(ending)
    bases = {stem, stem.removesuffix("e"), f"{stem}e", stem[:-1]}
    if stem.endswith("ie"):
        bases.add(f"{stem[:-2]}y")
    return not bases.isdisjoint(COMMAND_VERBS)
