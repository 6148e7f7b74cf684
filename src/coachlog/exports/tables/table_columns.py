"""The columns of each exported table, by the names that the fields have in `--json`.

Names are the contract of the file: columns can be added at the end, none renamed or removed.
"""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

from coachlog.model.references import MemberRef, PersonRef
from coachlog.model.tables import TableKind
from coachlog.text import clean_line

Value = object
Column = Callable[[Any], Value]

LIST_SEPARATOR = "; "
"""What is between the names, numbers or tags of one cell."""


def _build_own_columns(*names: str) -> dict[str, Column]:
    """Return columns that are fields of the value itself, by their own names."""
    return {name: attrgetter(name) for name in names}


def _build_reference_columns(name: str) -> dict[str, Column]:
    """Return the columns of a reference: what it is called, and its number."""
    return {
        name: lambda value: _get_part(getattr(value, name), "name"),
        f"{name}_id": lambda value: _get_part(getattr(value, name), "id"),
    }


def _get_part(reference: Any, part: str) -> Value:
    return None if reference is None else getattr(reference, part)


def _get_person_number(reference: PersonRef | MemberRef) -> int | None:
    """Return the number of a person, None for the owner of the journal among a set's members."""
    return reference.person if isinstance(reference, MemberRef) else reference.id


def _join_values(values: Iterable[object]) -> str:
    return LIST_SEPARATOR.join(clean_line(str(value)) for value in values)


TABLE_COLUMNS: dict[TableKind, Mapping[str, Column]] = {
    TableKind.SESSIONS: {
        **_build_own_columns("id", "uid", "status", "template", "title"),
        **_build_own_columns("held_on", "minutes"),
        "people": lambda session: _join_values(
            person.name for person in session.people
        ),
        "people_ids": lambda session: _join_values(
            filter(None, map(_get_person_number, session.people))
        ),
        **_build_reference_columns("set"),
        "tags": lambda session: _join_values(session.tags),
        **_build_own_columns("cancelled_by"),
    },
    TableKind.ACTIONS: {
        **_build_own_columns("id", "uid"),
        **_build_reference_columns("person"),
        **_build_own_columns("session"),
        **_build_reference_columns("set"),
        **_build_own_columns("what", "owner", "due", "original_due", "done_when"),
        **_build_own_columns("support", "if_then", "confidence", "private", "status"),
        **_build_own_columns("closed_on", "carried", "goal"),
    },
    TableKind.GOALS: {
        **_build_own_columns("id", "uid"),
        **_build_reference_columns("person"),
        **_build_own_columns("title", "why", "success", "scale", "baseline", "now"),
        **_build_own_columns("target"),
        "levels": lambda goal: "\n".join(map(clean_line, goal.levels)),
        **_build_own_columns("weight", "review_on", "private", "status"),
        **_build_own_columns("opened_on", "closed_on"),
        "actions": lambda goal: _join_values(goal.actions),
    },
    TableKind.MEASURES: {
        **_build_own_columns("measure", "value", "low", "high", "on"),
        **_build_reference_columns("person"),
        **_build_own_columns("session", "private"),
    },
    TableKind.NOTES: {
        **_build_own_columns("id", "kind", "words", "link", "written_on"),
        **_build_own_columns("status", "said_on"),
        **_build_reference_columns("person"),
    },
}
"""Each column's name with what its cells hold, in the order of the file."""
