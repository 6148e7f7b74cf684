"""How rows become model values: a SELECT list is made of the model's own fields.

How a value is read follows from the type that the model gives its field. A new stored field
therefore needs no word here or in `reading`: the model, the table and a migration do.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from enum import EnumMeta
from functools import cache, cached_property
from itertools import repeat
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, Generic, NamedTuple, TypeVar

from coachlog.model import (
    Action,
    Answer,
    AnswerValue,
    Draft,
    Event,
    Goal,
    MemberRef,
    Note,
    Person,
    PersonRef,
    Rating,
    Session,
    SetRef,
)

Model = TypeVar("Model", bound=NamedTuple)
ColumnReader = Callable[..., Any]


@cache
def parse_stored_date(value: str | None) -> date | None:
    """Return a stored date."""
    return date.fromisoformat(value) if value else None


def parse_stored_moment(value: str) -> datetime:
    """Return a stored moment, which is in UTC."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


def parse_stored_texts(value: str | None) -> tuple[str, ...]:
    """Return a stored JSON list of texts."""
    return tuple(parse_stored_json(value)) if value else ()


def parse_stored_json(value: str) -> Any:
    """Return stored JSON; words without an escape and numbers, nearly all of it, at once.

    Loading `json` takes longer than reading a person's answers.
    """
    if value[:1] == value[-1:] == '"' and len(value) > 1 and "\\" not in value:
        return value[1:-1]
    if value.isascii() and value.isdigit():
        return int(value)
    import json

    return json.loads(value)


@cache
def build_person_ref(id: int | None, name: str | None) -> PersonRef | None:
    """Return the person of two columns; None where there is nobody."""
    return None if id is None or name is None else PersonRef(id, name)


@cache
def build_set_ref(id: int | None, name: str | None) -> SetRef | None:
    """Return the action learning set of two columns; None where there is none."""
    return None if id is None or name is None else SetRef(id, name)


def _build_session_people(id: int | None, name: str | None) -> tuple[PersonRef, ...]:
    """Return whom a session was with; those present of a set are read elsewhere."""
    person = build_person_ref(id, name)
    return (person,) if person else ()


AS_STORED = None
"""In place of a reader: SQLite gives the value as it is."""

_COLUMN_READERS: dict[Any, ColumnReader | None] = {
    int: AS_STORED,
    str: AS_STORED,
    bool: bool,
    date: parse_stored_date,
    datetime: parse_stored_moment,
    tuple[str, ...]: parse_stored_texts,
    AnswerValue: parse_stored_json,
    PersonRef: build_person_ref,
    MemberRef: MemberRef,
    SetRef: build_set_ref,
}
"""How a value is read, by the type of its field: a reference from several columns, ids and a name.

Enums need no row.
"""


def choose_column_reader(annotation: Any) -> ColumnReader | None:
    """Return what makes a stored value one of this type, or None; AS_STORED where nothing does.

    `TypeError` for a type that no column is read as.
    """
    if annotation in _COLUMN_READERS:
        return _COLUMN_READERS[annotation]
    required = _strip_none(annotation)
    if isinstance(required, EnumMeta):
        kind: Any = required
        return cache(lambda stored: None if stored is None else kind(stored))
    if required in _COLUMN_READERS:
        return _COLUMN_READERS[required]
    raise TypeError(f"no column is read as {annotation}; say how in {__name__}")


def _strip_none(annotation: Any) -> Any:
    """Return the `X` of `X | None`; any other type as it is."""
    if isinstance(annotation, UnionType):
        rest = [part for part in annotation.__args__ if part is not NoneType]
        return rest[0] if len(rest) == 1 else annotation
    return annotation


class RowReader(Generic[Model]):
    """One model's SELECT list and how its values are read.

    `expressions` says where a field is when it is not a column of that name in `table`; for a
    reference it gives several, the name last. `readers` says how a field is read of which more
    than its type has to be known; `later` names the fields that other questions fill in.
    """

    def __init__(
        self,
        model: type[Model],
        table: str,
        *,
        deferred_fields: tuple[str, ...] = (),
        readers: dict[str, ColumnReader] | None = None,
        **expressions: str | tuple[str, ...],
    ) -> None:
        self.model = model
        self.names = names = tuple(name for name in model._fields if name not in deferred_fields)
        self._make: Any = model._make
        self._readers = readers or {}
        self._deferred_values = [model._field_defaults[name] for name in deferred_fields]
        self._sort_values = itemgetter(*map([*names, *deferred_fields].index, model._fields))
        columns: list[str] = []
        self._spans: list[slice] = []
        for name in names:
            expression = expressions.get(name, f'{table}."{name}"')
            begin = len(columns)
            columns += [expression] if isinstance(expression, str) else expression
            self._spans.append(slice(begin, len(columns)))
        self.columns = ", ".join(columns)
        self.width = len(columns)

    @cached_property
    def _column_readers(self) -> list[tuple[ColumnReader | None, slice]]:
        """Return how each field is read, and from which columns; made when first asked for."""
        types = self.model.__annotations__
        read = [self._readers.get(name) or choose_column_reader(types[name]) for name in self.names]
        return [*zip(read, self._spans, strict=True)]

    def read(self, row: Sequence[Any]) -> Model:
        """Return the model value in the first columns of a row."""
        return self.read_all([row])[0]

    def read_all(self, rows: Iterable[Sequence[Any]]) -> list[Model]:
        """Return the model values of many rows: column by column takes half as long."""
        columns = [*zip(*rows, strict=True)]
        if not columns:
            return []
        values: list[Iterable[Any]] = [
            map(read, *columns[span]) if read else columns[span.start]
            for read, span in self._column_readers
        ]
        values += map(repeat, self._deferred_values)
        return [*map(self._make, zip(*self._sort_values(values), strict=False))]


PERSON_READER = RowReader(Person, "person", archived="person.archived_at IS NOT NULL")
SESSION_READER = RowReader(
    Session,
    "session",
    deferred_fields=("answers", "actions", "tags", "slots"),
    readers={"people": _build_session_people},
    people=("session.person_id", "person.name"),
    deleted="session.deleted_at IS NOT NULL",
    set=(
        "(SELECT set_id FROM meeting WHERE meeting.session_id = session.id)",
        "(SELECT learning_set.name FROM meeting JOIN learning_set "
        "ON learning_set.id = meeting.set_id WHERE meeting.session_id = session.id)",
    ),
    action_count="(SELECT count(*) FROM action WHERE action.session_id = session.id "
    "AND action.deleted_at IS session.deleted_at)",
)
ANSWER_READER = RowReader(Answer, "answer")
ACTION_READER = RowReader(
    Action,
    "action",
    deferred_fields=("events",),
    person=("action.person_id", "person.name"),
    session="action.session_id",
    goal="(SELECT goal_id FROM goal_action WHERE action_id = action.id)",
    set=(
        "(SELECT set_id FROM set_action WHERE set_action.action_id = action.id)",
        "(SELECT learning_set.name FROM set_action JOIN learning_set "
        "ON learning_set.id = set_action.set_id WHERE set_action.action_id = action.id)",
    ),
)
GOAL_READER = RowReader(
    Goal,
    "goal",
    deferred_fields=("ratings", "actions"),
    person=("goal.person_id", "person.name"),
    now='(SELECT value FROM rating WHERE goal_id = goal.id ORDER BY "on" DESC, id DESC LIMIT 1)',
)
RATING_READER = RowReader(Rating, "rating")
NOTE_READER = RowReader(Note, "note")
EVENT_READER = RowReader(Event, "action_event", session="action_event.session_id")
DRAFT_READER = RowReader(
    Draft,
    "session",
    deferred_fields=("person", "steps"),
    session="draft.session_id",
    begun_on="session.held_on",
    template_text="draft.template_text",
    updated_at="draft.updated_at",
    tags="draft.tags",
    set=(
        "(SELECT set_id FROM meeting WHERE meeting.session_id = session.id)",
        "(SELECT name FROM meeting JOIN learning_set ON learning_set.id = meeting.set_id "
        "WHERE meeting.session_id = session.id)",
    ),
    half="CASE WHEN draft.half_key IS NULL THEN NULL "
    "ELSE json_array(draft.half_key, draft.half_text) END",
)
