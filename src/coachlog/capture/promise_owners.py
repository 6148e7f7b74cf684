"""Whose a promise is, by how its words begin: `Priya: ...`, `Priya to ...`, `I will ...`."""

from coachlog.capture.likely_owners import find_giver, find_likely_owner, lacks_subject
from coachlog.capture.owner_hints import hints_at_someone
from coachlog.capture.owner_labels import read_label
from coachlog.capture.owner_names import OwnerNames
from coachlog.capture.owner_subjects import (
    OwnerReading,
    read_deed,
    read_first_person,
    read_subject,
)
from coachlog.capture.values import ME, Owner
from coachlog.capture.words import begins_with_command, is_short_for_will, is_statement
from coachlog.patterns import compile_later

_CLAUSE_END = compile_later(r"[.!?;,]\s+|\s[–—-]\s")
_CLAUSE_REACH = 400
_MOST_CLAUSES = 3


def read_promise_owner(words: str, names: OwnerNames) -> OwnerReading:
    """Return whose the words are, as far as they say so."""
    reading = read_leading_owner(words, names)
    if reading is not None:
        return reading
    if is_short_for_will(words):
        return OwnerReading(ME, words.split(maxsplit=1)[1])
    likely_owner = find_likely_owner(words, names)
    if likely_owner is None or likely_owner.may_tell:
        clause_owner = _find_clause_owner(words, names)
        if clause_owner is not None:
            return OwnerReading(clause_owner, words, is_sure=False, has_clause=True)
    if likely_owner is not None:
        owner, rest, may_tell = likely_owner
        return OwnerReading(owner, rest, is_sure=False, may_tell=may_tell)
    return _read_without_subject(words, names)


def read_leading_owner(words: str, names: OwnerNames) -> OwnerReading | None:
    """Return whom the first words name: `Priya: ...`, `I will ...`; None where they name nobody."""
    reading = read_label(words, names) or read_first_person(words)
    return reading or read_subject(words, names)


def _read_without_subject(words: str, names: OwnerNames) -> OwnerReading:
    """Return whose words are that name nobody who does something.

    What is asked of somebody, or said to be done, is the other's where there is only one.
    """
    if lacks_subject(words):
        partner = names.find_owner("they")
        return OwnerReading(partner or ME, words, is_sure=False)
    giver = find_giver(words, names)
    if giver is not None:
        return OwnerReading(giver.owner, words, is_sure=False)
    return OwnerReading(ME, words, is_sure=not hints_at_someone(words, names))


def _find_clause_owner(words: str, names: OwnerNames) -> Owner | None:
    """Return whose a clause after the first is that says who does what; None if there is none."""
    if begins_with_command(words) and not is_statement(words):
        return None
    ends = list(_CLAUSE_END.finditer(words, max(0, len(words) - _CLAUSE_REACH)))
    for end in reversed(ends[-_MOST_CLAUSES:]):
        reading = read_deed(words[end.end() :], names)
        if reading is not None:
            return reading.owner
    return None
