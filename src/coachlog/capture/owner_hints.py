"""Words that hint at somebody besides me, without saying for certain whose a promise is."""

import re

from coachlog.capture.folded_words import FoldedWords, split_first_words
from coachlog.capture.likely_owners import is_third_person
from coachlog.capture.negations import is_denial
from coachlog.capture.owner_labels import has_label
from coachlog.capture.owner_names import MY_WORDS, OwnerNames
from coachlog.capture.owner_subjects import LONGEST_SUBJECT
from coachlog.capture.values import ME
from coachlog.capture.words import (
    ARTICLES,
    ASKING_WORDS,
    CONTRACTIONS,
    GROUPS,
    MODALS,
    OTHER_SUBJECTS,
    SPEAKERS,
    begins_with_command,
    is_reported_promise,
    is_statement,
)
from coachlog.names.spelling import is_bare_title
from coachlog.patterns import compile_later
from coachlog.text import fold_text

_CONNECTED = compile_later(r" (?:by|for|with) | [–—-] |[,;/@\[(] ?")
_DASH = compile_later(r" [–—-] ")
_JOINTS = ("and", "&", "+", "/", "or")
NO_NAMES = ("urgent", "important", "priority", "asap", "high", "low", "optional")
"""In a bracket, one of these is neither a name nor how it will be seen that it is done."""
_MYSELF = SPEAKERS | MY_WORDS
_SOMEONE = GROUPS | OTHER_SUBJECTS | CONTRACTIONS
_SUBJECT_LINKS = MODALS | {"will"}
_TAIL_REACH = 60
_SECOND_OWNER = compile_later(
    r"(?:\band|\bbut|\bthen|[,;&]) (?P<name>\w{1,40})(?: will| to|['’]ll)\b",
    re.IGNORECASE,
)
OWNER_REACH = 1000
"""So many characters of a line are searched for who will do something."""


def names_second_owner(words: str, names: OwnerNames) -> bool:
    """Return whether somebody else follows in the same words: `... and I will send it`."""
    for match in _SECOND_OWNER.finditer(words[:OWNER_REACH]):
        name = fold_text(match["name"])
        if name in MY_WORDS or _is_someone(name, names):
            return True
    return False


def looks_like_name(words: str) -> bool:
    """Return whether words, alone in a bracket, look like those of a name: `Kim`, `Kim & Ali`."""
    parts = [part for part in words.split() if fold_text(part) not in _JOINTS]
    if not 1 <= len(parts) <= LONGEST_SUBJECT:
        return False
    first = fold_text(parts[0])
    if first in GROUPS:
        return len(parts) == 1
    if first in NO_NAMES or is_statement(words) or begins_with_command(words):
        return False
    return all(part[0].isupper() for part in parts)


def mentions_someone(words: str, names: OwnerNames) -> bool:
    """Return whether there is somebody among the first words, by name or as `she` or `we`."""
    first_words = split_first_words(words)
    return any(_is_someone(word, names) for word in first_words)


def hints_at_someone(words: str, names: OwnerNames) -> bool:
    """Return whether words without an owner may be somebody else's, or no promise of mine."""
    first_words = split_first_words(words)
    if "due" in first_words[-1:]:
        # “Appraisal due by fri” says when, and not who.
        return True
    if first_words.first in _MYSELF:
        has_company = first_words.second in ("and", "&", "+")
        return has_company or is_reported_promise(words) or is_statement(words)
    if is_denial(words) or is_third_person(words):
        return True
    if _names_someone_first(first_words.first, names):
        return True
    return _names_someone_within(words, names)


def _names_someone_first(first: str, names: OwnerNames) -> bool:
    """Return whether the first word is somebody, or leaves open who."""
    is_open = first in ASKING_WORDS or first.endswith("'ll")
    return is_open or _is_someone(first, names)


def _names_someone_within(words: str, names: OwnerNames) -> bool:
    """Return whether somebody stands before a colon or a dash, at the end, or before a `to`."""
    if has_label(words) or ends_with_someone(words, names):
        return True
    if begins_with_command(words):
        return False
    first_words = split_first_words(words)
    return _has_other_subject(first_words, names) or _names_before_dash(words, names)


def _names_before_dash(words: str, names: OwnerNames) -> bool:
    """Return whether a dash stands after somebody's name: `action for Priya - send it`."""
    match = _DASH.search(words[:_TAIL_REACH])
    return match is not None and mentions_someone(words[: match.start()], names)


def _is_someone(word: str, names: OwnerNames) -> bool:
    if word in _SOMEONE:
        return True
    bare_word = word.lstrip("@").removesuffix("'s")
    return names.names_someone(bare_word) or is_bare_title(bare_word)


def _has_other_subject(first_words: FoldedWords, names: OwnerNames) -> bool:
    """Return whether a `to` or a `must` follows what is not a verb of mine."""
    for place, word in enumerate(first_words[1 : LONGEST_SUBJECT + 1], start=1):
        if word in _SUBJECT_LINKS:
            return True
        if word == "to":
            return not _is_direction(first_words, place, names)
    return False


def _is_direction(first_words: FoldedWords, place: int, names: OwnerNames) -> bool:
    """Return whether `to` points at somebody or something, as in `pass the list to Dana`."""
    goal = first_words.get_word(place + 1)
    if goal in ARTICLES or names.names_someone(goal):
        return True
    return not ARTICLES.isdisjoint(first_words[1:place])


def ends_with_someone(words: str, names: OwnerNames) -> bool:
    """Return whether words end with somebody's name as minutes have it: `(Priya)`, `– Priya`."""
    tail = words[-_TAIL_REACH:]
    connections = list(_CONNECTED.finditer(tail))
    if "@" in words and _has_handle(words, names):
        return True
    for connection in connections[-3:]:
        if connection[0] in (" for ", " with "):
            continue
        name = tail[connection.end() :].strip(" .)]")
        if names.find_owner(name) not in (None, ME):
            return True
    return False


def _has_handle(words: str, names: OwnerNames) -> bool:
    """Return whether somebody is called by `@Priya`."""
    handles = re.findall(r"(?:^|\s)@(\w{1,40})", words)
    return any(names.names_someone(fold_text(handle)) for handle in handles)
