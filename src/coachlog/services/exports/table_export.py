"""A whole table of the journal as a CSV file, read and written in batches."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from coachlog.errors import InvalidInput, Refusal
from coachlog.exports.tables.csv_lines import write_csv_pieces
from coachlog.model.tables import TableKind
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing import values
from coachlog.rules import disclosure
from coachlog.rules.disclosure import Audience
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    Target,
    refuse_reserved_name,
    refuse_taken_path,
)
from coachlog.services.exports.export_log import record_table_export
from coachlog.services.exports.plain_files import (
    PLAIN_FILE,
    require_suffix,
)
from coachlog.services.results import Result
from coachlog.text import clean_text, format_count

if TYPE_CHECKING:
    from coachlog.store.database import Connection

SUFFIX = ".csv"

_Batches = Iterator[Sequence[Any]]

_NAMED_TABLES = ("person", "learning_set", "setting")
"""Whom a row can be about."""
_TALK_TABLES = ("session", "session_person", "meeting")
_SHOWN_TABLES: dict[TableKind, tuple[str, ...]] = {
    TableKind.SESSIONS: (
        *(*_TALK_TABLES, "participant", "session_tag", "set_member", "tag"),
    ),
    TableKind.ACTIONS: ("action", "set_action", "session"),
    TableKind.GOALS: ("goal", "goal_action", "rating"),
    TableKind.MEASURES: (*_TALK_TABLES, "answer"),
    TableKind.NOTES: ("note",),
}
"""The tables of the journal that each table is made of."""

_ROW_NOUNS = {
    TableKind.SESSIONS: ("conversation", "conversations"),
    TableKind.ACTIONS: ("promise", "promises"),
    TableKind.GOALS: ("goal", "goals"),
    TableKind.MEASURES: ("value", "values"),
    TableKind.NOTES: ("note", "notes"),
}
"""What a row of each table is called on screens, for one of them and for several."""


class TableRequest(NamedTuple):
    """Which table, with private words or not, whether it begins with a mark, and whether to ask."""

    name: str | None
    private: bool = False
    mark: bool = False
    yes: bool = False


class TableStream:
    """A table on its way out: its `pieces`, and what is known once they were gone through."""

    def __init__(self, kind: TableKind, batches: _Batches, request: TableRequest):
        self.kind = kind
        self.rows = 0
        self._private = request.private
        self._left_out = self._veiled = self._of_sets = self._private_rows = 0
        self.pieces = write_csv_pieces(kind, self._admit(batches), mark=request.mark)

    def _admit(self, batches: _Batches) -> _Batches:
        """Yield what may be in a file, batch by batch, and count it."""
        admit = _ADMISSIONS.get(self.kind)
        for batch in batches:
            admitted = admit(self, batch) if admit else batch
            self.rows += len(admitted)
            yield admitted

    def _leave_out(self, batch: Sequence[Any]) -> Sequence[Any]:
        """Return what this audience sees, without the rest: it would be a row of no words."""
        split = disclosure.split_entries(
            batch, Audience.OWNER_IN_FILE, private=self._private
        )
        self._left_out += split.withheld
        for entry in split.visible_entries:
            if disclosure.judge_access(entry, Audience.OWNER_IN_FILE) != "shown":
                self._private_rows += 1
        return split.visible_entries

    def _veil(self, batch: Sequence[Any]) -> Sequence[Any]:
        """Return every entry, without its words where this audience may not see them."""
        entries = [
            disclosure.veil_entry(entry, Audience.OWNER_IN_FILE, private=self._private)
            for entry in batch
        ]
        self._of_sets += sum(getattr(entry, "set", None) is not None for entry in batch)
        veiled_count = disclosure.count_veiled_entries(entries)
        self._veiled += veiled_count
        self._private_rows += disclosure.count_private_entries(entries) - veiled_count
        return entries

    @property
    def summary(self) -> str:
        """Return how many rows there are: `214 promises`."""
        return format_count(self.rows, *_ROW_NOUNS[self.kind])

    def list_remarks(self) -> Iterator[str]:
        """Yield what to know about the words in the table, or not in it."""
        if self._private and self._private_rows:
            entries = format_count(
                self._private_rows, "private entry", "private entries"
            )
            yield f"This table includes {entries}."
        if self._left_out:
            yield values.describe_withheld(self._left_out)
        if self._veiled:
            yield values.describe_veiled(self._veiled)
        if self._of_sets:
            promises = format_count(self._of_sets, "promise")
            yield f"The words of {promises} made in a set are not in it: they are the set's."


_ADMISSIONS: dict[TableKind, Callable[[TableStream, Sequence[Any]], Sequence[Any]]] = {
    TableKind.ACTIONS: TableStream._veil,
    TableKind.GOALS: TableStream._veil,
    TableKind.MEASURES: TableStream._leave_out,
    TableKind.NOTES: TableStream._leave_out,
}
"""What becomes of the rows that are not for everyone; a conversation has no words of its own.

Promises and goals stay as rows, because figures add up over them.
"""


def _find_reader(kind: TableKind) -> "Callable[[Connection], _Batches]":
    """Return the function that reads a table."""
    from coachlog.store.reading import table_queries

    readers: dict[TableKind, Callable[[Connection], _Batches]] = {
        TableKind.SESSIONS: table_queries.read_table_sessions,
        TableKind.ACTIONS: table_queries.read_table_actions,
        TableKind.GOALS: table_queries.read_table_goals,
        TableKind.MEASURES: table_queries.read_table_measures,
        TableKind.NOTES: table_queries.read_table_notes,
    }
    return readers[kind]


@contextmanager
def open_table(desk: Desk, request: TableRequest) -> Iterator[TableStream]:
    """Yield a table to be printed, all of one state of the journal; the export is noted first.

    Raises InvalidInput if there is no such table.
    """
    kind = _choose_table(desk, request.name)
    desk.require_output()
    with _read_table(desk, kind, request) as stream:
        record_table_export(desk)
        yield stream


def write_table(desk: Desk, request: TableRequest, target: Target) -> Result:
    """Write a table to a file; return how many rows it has, and who can read it.

    Raises InvalidInput if there is no such table or the file cannot be CSV, Refusal if the file
    exists or the owner does not agree to private words, and StorageFailure if it cannot be written.
    """
    from coachlog import files

    kind = _choose_table(desk, request.name)
    path = target.path
    assert path is not None
    refuse_reserved_name(path)
    require_suffix(target, SUFFIX, "A table is written as CSV")
    refuse_taken_path(target)
    _agree_to_private_rows(desk, kind, request, target)
    with (
        _read_table(desk, kind, request) as stream,
        files.stage_files({path: stream.pieces}, force=target.force) as publish,
    ):
        record_table_export(desk)
        publish()
    message = f"Wrote {target.output}: {stream.summary}, as csv. "
    message += f"It opens in a spreadsheet.\n{PLAIN_FILE}"
    return Result(message, tuple(stream.list_remarks()))


@contextmanager
def _read_table(
    desk: Desk, kind: TableKind, request: TableRequest
) -> Iterator[TableStream]:
    read = _find_reader(kind)
    from coachlog.store.shown_rows import require_sound_tables

    with desk.read() as db:
        # Before any of it is printed: a part of a table would look like the whole of it.
        require_sound_tables(db, (*_SHOWN_TABLES[kind], *_NAMED_TABLES))
        yield TableStream(kind, read(db), request)


_OTHER_NAMES = {"promises": "actions", "conversations": "sessions"}
"""What tables are called on screens."""


def _choose_table(desk: Desk, name: str | None) -> TableKind:
    """Return the table of this name, or the one that is picked from a list.

    Raises InvalidInput for no name where nobody can be asked, and for one that no table has.
    """
    names = ", ".join(TableKind)
    if name is None:
        if not desk.interactive:
            raise InvalidInput("Which table?", f"Add one of: {names}")
        rows = [(kind.value, kind) for kind in TableKind]
        chosen = desk.asker.choose("Which table?", rows)
        if not isinstance(chosen, TableKind):
            raise Refusal("Nothing was written.")
        return chosen
    word = name.casefold()
    for kind in TableKind:
        if _OTHER_NAMES.get(word, word) == kind.value:
            return kind
    raise InvalidInput(
        f"There is no table “{clean_text(name)}”.", f"The tables are: {names}."
    )


def _agree_to_private_rows(
    desk: Desk, kind: TableKind, request: TableRequest, target: Target
) -> None:
    """Ask once more about private words in a file; raises Refusal if the owner does not agree.

    Where nobody can be asked, --private has said it.
    """
    has_words = kind in _ADMISSIONS
    if not (request.private and has_words) or request.yes or not desk.interactive:
        return
    noun = _ROW_NOUNS[kind][1]
    if not desk.asker.agrees(
        f"This includes the words of private {noun}. Write it to {target.output}?"
    ):
        raise Refusal("Nothing was written.")
