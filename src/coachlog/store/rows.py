"""Turns rows into model values, with a SELECT list built from the model's own fields.

The type that the model gives a field decides how its column is read, so a new stored field needs
no change here or in `reading`: only in the model, the table and a migration.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from enum import EnumMeta
from functools import cache, cached_property, partial
from itertools import repeat
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar

from coachlog.model.references import MemberRef, PersonRef, SetRef
from coachlog.named_tuples import NamedTuple

Model = TypeVar("Model", bound=NamedTuple)
ColumnReader = Callable[..., Any]


class UnreadableValue(ValueError):
    """A stored value is not of the kind that its column holds; it is not quoted."""


class DamagedRow(UnreadableValue):
    """A row is not as it was written: which one, by the name of its table and by its key."""

    def __init__(self, table: str, key: tuple[Any, ...]) -> None:
        super().__init__()
        self.table = table
        self.key = key


@cache
def parse_stored_date(value: str | None) -> date | None:
    """Return the date in a column, or None for NULL."""
    if not value:
        return None
    return date.fromisoformat(value)


def parse_stored_moment(value: str) -> datetime:
    """Return the moment in a column, in UTC: the column itself holds no offset."""
    return datetime.fromisoformat(f"{value}+00:00")


def parse_stored_texts(value: str | None) -> tuple[str, ...]:
    """Return the texts of a JSON list in a column; none for NULL."""
    if not value:
        return ()
    return tuple(parse_stored_json(value))


def parse_stored_json(value: str) -> Any:
    """Return the value of a JSON column."""
    # Nearly every value is a plain text or a number, and loading `json` takes longer than reading
    # all of a person's answers.
    is_text = len(value) > 1 and value[0] == value[-1] == '"'
    if is_text and "\\" not in value:
        return value[1:-1]
    if value.isascii() and value.isdigit():
        return int(value)
    import json

    return json.loads(value)


@cache
def build_person_ref(id: int | None, name: str | None) -> PersonRef | None:
    """Return the person in two columns, or None where there is nobody."""
    if id is None or name is None:
        return None
    return PersonRef(id, name)


@cache
def build_set_ref(id: int | None, name: str | None) -> SetRef | None:
    """Return the action learning set in two columns, or None where there is none."""
    if id is None or name is None:
        return None
    return SetRef(id, name)


AS_STORED = None
"""In place of a reader: the value SQLite returns is already the right one."""

_COLUMN_READERS: dict[Any, ColumnReader | None] = {
    int: AS_STORED,
    str: AS_STORED,
    bool: bool,
    date: parse_stored_date,
    datetime: parse_stored_moment,
    tuple[str, ...]: parse_stored_texts,
    PersonRef: build_person_ref,
    MemberRef: MemberRef,
    SetRef: build_set_ref,
}
"""How a value is read, by the type of its field. Enums need no entry.

A reference takes several columns: its ids, then its name.
"""


def choose_column_reader(annotation: Any) -> ColumnReader | None:
    """Return the function that turns a stored value into one of this type, or AS_STORED.

    NULL becomes None. Raises `TypeError` for a type that has no entry in `_COLUMN_READERS`.
    """
    if annotation in _COLUMN_READERS:
        return _COLUMN_READERS[annotation]
    required_type = strip_none(annotation)
    if isinstance(required_type, EnumMeta):
        return _build_enum_reader(required_type)
    if required_type in _COLUMN_READERS:
        return _COLUMN_READERS[required_type]
    raise TypeError(
        f"no column is read as {annotation}; add it to _COLUMN_READERS in {__name__}"
    )


def _build_enum_reader(enum_class: Any) -> ColumnReader:
    @cache
    def read_member(value: str | None) -> Any:
        if value is None:
            return None
        return enum_class(value)

    return read_member


def strip_none(annotation: Any) -> Any:
    """Return the `X` of `X | None`, and any other type unchanged."""
    if not isinstance(annotation, UnionType):
        return annotation
    alternatives = [part for part in annotation.__args__ if part is not NoneType]
    if len(alternatives) > 1:
        return annotation
    return alternatives[0]


def list_stored_types(annotation: Any) -> set[type]:
    """Return the types that SQLite returns for a field that is kept as it is stored."""
    if isinstance(annotation, UnionType):
        return set(annotation.__args__)
    return {annotation}


class RowReader(Generic[Model]):
    """One model's SELECT list, and how its values are read from the rows.

    `expressions` gives the SQL of a field that is not a column of that name in `table`: several
    for a reference, the name last. `readers` gives the function for a field whose type alone does
    not decide how it is read. `deferred_fields` are those that other queries fill in.
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
        self.names = names = tuple(
            name for name in model._fields if name not in deferred_fields
        )
        # As `_make` of the model does, but without a function in Python for each row.
        self._make: Any = partial(tuple.__new__, model)
        self._readers = readers or {}
        self._deferred_values = [
            model._field_defaults[name] for name in deferred_fields
        ]
        # The deferred values are read last; this puts all values back in the model's own order.
        order_read = [*names, *deferred_fields]
        self._sort_values = itemgetter(*map(order_read.index, model._fields))
        columns: list[str] = []
        self.expressions: dict[str, tuple[str, ...]] = {}
        self._spans: list[slice] = []
        for name in names:
            expression = expressions.get(name, f'{table}."{name}"')
            first_column = len(columns)
            if isinstance(expression, str):
                columns.append(expression)
            else:
                columns.extend(expression)
            self.expressions[name] = tuple(columns[first_column:])
            self._spans.append(slice(first_column, len(columns)))
        self.columns = ", ".join(columns)
        self.width = len(columns)

    @cached_property
    def _column_readers(
        self,
    ) -> list[tuple[ColumnReader | None, set[type], slice]]:
        """Return how each field is read, the types its column may hold, and its columns."""
        # Built when a row is first read: a command imports many readers and uses few.
        annotations = [self.model.__annotations__[name] for name in self.names]
        readers = [
            self._readers.get(name) or choose_column_reader(annotation)
            for name, annotation in zip(self.names, annotations, strict=True)
        ]
        types = [
            list_stored_types(annotation) if reader is AS_STORED else set()
            for reader, annotation in zip(readers, annotations, strict=True)
        ]
        return [*zip(readers, types, self._spans, strict=True)]

    def read(self, row: Sequence[Any]) -> Model:
        """Return the model value in the first columns of a row."""
        return self.read_all([row])[0]

    def read_all(self, rows: Iterable[Sequence[Any]]) -> list[Model]:
        """Return the model values in the first columns of many rows, in the order of the rows.

        Raises `UnreadableValue` for a value that is not of the kind that its field holds.
        """
        # Column by column takes half as long as row by row.
        columns = [*zip(*rows, strict=True)]
        if not columns:
            return []
        values: list[Iterable[Any]] = []
        for reader, types, span in self._column_readers:
            if types and not types.issuperset(map(type, columns[span.start])):
                raise UnreadableValue
            values.append(
                map(reader, *columns[span]) if reader else columns[span.start]
            )
        values += map(repeat, self._deferred_values)
        try:
            return [*map(self._make, zip(*self._sort_values(values), strict=False))]
        except (ValueError, TypeError):
            raise UnreadableValue from None
