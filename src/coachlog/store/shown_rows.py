"""Verifies the rows that are shown or handed over, so that nobody relies on a damaged one.

Lists and figures are not verified: they would have to read all there is.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from coachlog.model.references import PersonRef
from coachlog.store.connections import Connection
from coachlog.store.row_sums import RowSummer
from coachlog.store.rows import DamagedRow, UnreadableValue

if TYPE_CHECKING:
    from coachlog.model.actions import Action
    from coachlog.model.sessions import Session

_SUM_COLUMN = "row_sum"

_Selection = tuple[str, str, Collection[int]]
"""A table, a column of it, and the numbers in that by which rows are found."""


def require_sound_entries(
    connection: Connection,
    *,
    sessions: Iterable[int] = (),
    actions: Iterable[int] = (),
    goals: Iterable[int] = (),
    people: Iterable[int] = (),
    talks: Iterable[int] = (),
) -> None:
    """Raise `DamagedRow` if a row of these is not as it was written, and so should not be shown.

    That is for conversations all that was answered in them, for promises and goals their story. Of
    `talks`, which are conversations too, only their days and titles are shown.
    Raises `UnreadableValue` if the journal says nothing sound about itself.
    """
    row = connection.execute("SELECT sum_key FROM journal_state").fetchone()
    try:
        summer = RowSummer(row[0])
    except (TypeError, ValueError):
        raise UnreadableValue from None
    whole_sessions = list(sessions)
    selections = _list_selections(
        whole_sessions,
        [*whole_sessions, *talks],
        list(actions),
        list(goals),
        list(people),
    )
    for table, column, ids in selections:
        if ids:
            _require_sound_rows(connection, summer, table, column, ids)


def _list_selections(
    sessions: list[int],
    talks: list[int],
    actions: list[int],
    goals: list[int],
    people: list[int],
) -> Iterator[_Selection]:
    yield "session", "id", talks
    yield "answer", "session_id", sessions
    yield "slot", "session_id", sessions
    yield "session_person", "session_id", sessions
    yield "action", "id", actions
    yield "action_event", "action_id", actions
    yield "goal", "id", goals
    yield "rating", "goal_id", goals
    yield "person", "id", people


def _require_sound_rows(
    connection: Connection,
    summer: RowSummer,
    table: str,
    column: str,
    ids: Collection[int],
) -> None:
    """Raise `DamagedRow` for the first row found that is not as it was written."""
    numbers = ", ".join(map(str, ids))
    rows = connection.execute(
        f'SELECT * FROM "{table}" WHERE "{column}" IN ({numbers})'
    )
    names = [part[0] for part in rows.description]
    # Last in every table, but for columns that a later migration adds.
    place = names.index(_SUM_COLUMN)
    for row in rows:
        values = row[:place] + row[place + 1 :]
        if summer.sum_row(table, values) != row[place]:
            raise _build_row_error(connection, table, values)


def _build_row_error(
    connection: Connection, table: str, values: tuple[object, ...]
) -> DamagedRow:
    """Return the error for a damaged row; raises `UnreadableValue` if it may be sound.

    It may be where the key of all sums is not as it was written.
    """
    # Imported here, as few rows are damaged.
    from coachlog.store.journal_state import read_state
    from coachlog.store.table_columns import TableColumns

    read_state(connection)
    return DamagedRow(table, TableColumns(connection, table).get_key(values))


def require_sound_promises(connection: Connection, actions: Iterable["Action"]) -> None:
    """Raise `DamagedRow` if a row of these promises is, or of the talks that they are from."""
    shown_actions = [*actions]
    require_sound_entries(
        connection,
        actions=[action.id for action in shown_actions],
        talks={action.session for action in shown_actions if action.session},
    )


def require_sound_sessions(
    connection: Connection, sessions: Iterable["Session"]
) -> None:
    """Raise `DamagedRow` if a row of these conversations, or of what was promised in them, is."""
    shown_sessions = [*sessions]
    require_sound_entries(
        connection,
        sessions=[session.id for session in shown_sessions],
        actions=[action.id for session in shown_sessions for action in session.actions],
        people=[
            person.id
            for session in shown_sessions
            for person in session.people
            if isinstance(person, PersonRef)
        ],
    )
