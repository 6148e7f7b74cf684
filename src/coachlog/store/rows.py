"""How rows become model values: a SELECT list is made of the model's own fields.

A new stored field therefore needs no word in `reading`: the model, the table and a migration do.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from itertools import repeat
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from coachlog.model import (
    Action,
    ActionStatus,
    Answer,
    Draft,
    Event,
    EventKind,
    Fate,
    Goal,
    GoalScale,
    GoalStatus,
    Kind,
    Note,
    NoteKind,
    Person,
    Rating,
    Relationship,
    Session,
    SessionStatus,
)

Made = TypeVar("Made", bound=NamedTuple)
Reader = Callable[[Any], Any]


@cache
def day(value: str | None) -> date | None:
    """Return a stored date."""
    return date.fromisoformat(value) if value else None


def moment(value: str) -> datetime:
    """Return a stored moment, which is in UTC."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


def texts(value: str | None) -> tuple[str, ...]:
    """Return a stored JSON list of texts."""
    return tuple(parsed(value)) if value else ()


def parsed(value: str) -> Any:
    """Return stored JSON; words without an escape and numbers, nearly all of it, at once.

    Loading `json` takes longer than reading a person's answers.
    """
    if value[:1] == value[-1:] == '"' and len(value) > 1 and "\\" not in value:
        return value[1:-1]
    if value.isascii() and value.isdigit():
        return int(value)
    import json

    return json.loads(value)


_EVERYWHERE: dict[str, Reader] = {
    **dict.fromkeys(("due", "original_due", "closed_on", "held_on", "begun_on", "on"), day),
    **dict.fromkeys(("review_on", "paused_until", "opened_on", "written_on"), day),
    **dict.fromkeys(("joined_on", "left_on", "rules_agreed_on"), day),
    **dict.fromkeys(("private", "key", "health", "archived", "deleted"), bool),
    **dict.fromkeys(("at", "updated_at"), moment),
    **dict.fromkeys(("options", "tags", "levels"), texts),
    "relationship": cache(Relationship),
}


class Shape(Generic[Made]):
    """One model's SELECT list and how its values are read.

    `expressions` says where a field is when it is not a column of that name in `table`; `later`
    names the fields that other questions fill in.
    """

    def __init__(
        self,
        kind: type[Made],
        table: str,
        *,
        later: tuple[str, ...] = (),
        readers: dict[str, Reader] | None = None,
        **expressions: str,
    ) -> None:
        self._kind: Any = kind
        names = [name for name in kind._fields if name not in later]
        known = _EVERYWHERE | (readers or {})
        self._readers = [(n, known[name]) for n, name in enumerate(names) if name in known]
        self._rest = [kind._field_defaults[name] for name in later]
        self._in_order = itemgetter(*map([*names, *later].index, kind._fields))
        self.columns = ", ".join(expressions.get(n, f'{table}."{n}"') for n in names)
        self.width = len(names)

    def read(self, row: Sequence[Any]) -> Made:
        """Return the model value in the first columns of a row."""
        return self.all([row])[0]

    def all(self, rows: Iterable[Sequence[Any]]) -> list[Made]:
        """Return the model values of many rows: column by column takes half as long."""
        columns: list[Any] = [*zip(*rows, strict=True)][: self.width]
        if not columns:
            return []
        for n, read in self._readers:
            columns[n] = map(read, columns[n])
        columns += map(repeat, self._rest)
        return [*map(self._kind._make, zip(*self._in_order(columns), strict=False))]


PERSON = Shape(Person, "person", archived="person.archived_at IS NOT NULL")
SESSION = Shape(
    Session,
    "session",
    later=("answers", "actions", "tags", "slots"),
    readers={"status": cache(SessionStatus), "people": lambda name: (name,) if name else ()},
    people="person.name",
    deleted="session.deleted_at IS NOT NULL",
    set="(SELECT learning_set.name FROM meeting JOIN learning_set "
    "ON learning_set.id = meeting.set_id WHERE meeting.session_id = session.id)",
    action_count="(SELECT count(*) FROM action WHERE action.session_id = session.id "
    "AND action.deleted_at IS session.deleted_at)",
)
ANSWER = Shape(Answer, "answer", readers={"kind": cache(Kind), "value": parsed})
ACTION = Shape(
    Action,
    "action",
    later=("events",),
    readers={"status": cache(ActionStatus)},
    person="person.name",
    session="action.session_id",
    goal="(SELECT goal_id FROM goal_action WHERE action_id = action.id)",
    set="(SELECT learning_set.name FROM set_action JOIN learning_set "
    "ON learning_set.id = set_action.set_id WHERE set_action.action_id = action.id)",
)
GOAL = Shape(
    Goal,
    "goal",
    later=("ratings", "actions"),
    readers={"scale": GoalScale, "status": GoalStatus},
    person="person.name",
    now='(SELECT value FROM rating WHERE goal_id = goal.id ORDER BY "on" DESC, id DESC LIMIT 1)',
)
RATING = Shape(Rating, "rating")
NOTE = Shape(Note, "note", readers={"kind": cache(NoteKind)})
EVENT = Shape(
    *(Event, "action_event"),
    readers={"kind": cache(EventKind), "fate": lambda value: Fate(value) if value else None},
    session="action_event.session_id",
)
DRAFT = Shape(
    Draft,
    "session",
    later=("person", "steps"),
    readers={"half": texts},
    session="draft.session_id",
    begun_on="session.held_on",
    template_text="draft.template_text",
    updated_at="draft.updated_at",
    tags="draft.tags",
    set="(SELECT name FROM meeting JOIN learning_set ON learning_set.id = meeting.set_id "
    "WHERE meeting.session_id = session.id)",
    half="CASE WHEN draft.half_key IS NULL THEN NULL "
    "ELSE json_array(draft.half_key, draft.half_text) END",
)
