"""Verifies the rows that are shown or handed over, so that nobody relies on a damaged one.

Lists and figures are not verified: they would have to read all there is.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coachlog.model.references import PersonRef
from coachlog.store.connections import Connection
from coachlog.store.row_sums import RowSummer
from coachlog.store.rows import DamagedRow, UnreadableValue

if TYPE_CHECKING:
    from coachlog.model.actions import Action
    from coachlog.model.sessions import Session

_BATCH_SIZE = 1_000
_SUM_COLUMN = "row_sum"
_NAMED_TABLES = {
    "person_id": "person",
    "owner_id": "person",
    "set_id": "learning_set",
    "tag_id": "tag",
}
"""The tables whose rows are shown by their names, by the columns that refer to them."""
_SESSION_TABLES = ("answer", "slot", "participant", "session_tag", "recurrence")


def require_sound_entries(
    connection: Connection,
    *,
    sessions: Iterable[int] = (),
    drafts: Iterable[int] = (),
    talks: Iterable[int] = (),
    answers: Iterable[int] = (),
    actions: Iterable[int] = (),
    goals: Iterable[int] = (),
    notes: Iterable[int] = (),
    sets: Iterable[int] = (),
    people: Iterable[int] = (),
    contacts: Iterable[int] = (),
) -> None:
    """Raise `DamagedRow` if a row of these is not as it was written, and so should not be shown.

    That is for conversations all that was answered in them, for `drafts` what was typed so far, for
    promises and goals their story, for sets their meetings, and for all of these who and which set
    it is with. Of `talks`, which are conversations too, only their days, titles and people are
    shown; of `contacts`, who are people too, what is open and when they were last met. Who the
    owner is, is always looked at. Raises `UnreadableValue` if the journal says nothing sound about
    itself.
    """
    rows = _ShownRows(connection)
    rows.verify_table("setting")
    shown_actions = {*actions}
    shown_people = {*people}
    for person_id in contacts:
        shown_people.add(person_id)
        shown_actions.update(_read_open_actions(connection, person_id))
        rows.verify("encounter", "id", _read_last_encounter(connection, person_id))
    rows.verify("action", "id", shown_actions)
    for table in ("action_event", "set_action", "goal_action"):
        rows.verify(table, "action_id", shown_actions)
    shown_sets = {*sets}
    whole_sessions = {*sessions}
    meetings = _read_meeting_sessions(connection, shown_sets)
    shown_talks = {*talks, *whole_sessions, *meetings}
    rows.verify("session", "id", shown_talks)
    for table in ("session_person", "meeting"):
        rows.verify(table, "session_id", shown_talks)
    for table in _SESSION_TABLES:
        rows.verify(table, "session_id", whole_sessions)
    if shown_drafts := {*drafts}:
        for table in ("draft", "draft_step"):
            rows.verify(table, "session_id", shown_drafts)
    rows.verify("answer", "id", {*answers})
    rows.verify("goal", "id", shown_goals := {*goals})
    for table in ("rating", "goal_action"):
        rows.verify(table, "goal_id", shown_goals)
    rows.verify("note", "id", {*notes})
    rows.verify_names(shown_people, shown_sets)


def _read_meeting_sessions(connection: Connection, sets: Collection[int]) -> list[int]:
    if not sets:
        return []
    rows = connection.execute(
        f"SELECT session_id FROM meeting WHERE set_id IN ({_list_in_sql(sets)})"
    )
    return [id for (id,) in rows]


def _list_in_sql(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _read_open_actions(connection: Connection, person_id: int) -> list[int]:
    """Return the promises that are open with a person, as an index has them.

    A damaged row could not be among those that are shown, but the index still has it.
    """
    rows = connection.execute(
        "SELECT id FROM action WHERE person_id = ? AND status = 'open'", (person_id,)
    )
    return [id for (id,) in rows]


def _read_last_encounter(connection: Connection, person_id: int) -> list[int]:
    """Return the last encounter with a person; none if there was none."""
    rows = connection.execute(
        'SELECT id FROM encounter WHERE person_id = ? ORDER BY "on" DESC LIMIT 1',
        (person_id,),
    )
    return [id for (id,) in rows]


def require_sound_tables(connection: Connection, tables: Iterable[str]) -> None:
    """Raise `DamagedRow` if a row of these tables is not as it was written.

    Of answers, only those are looked at that measure something.
    """
    rows = _ShownRows(connection)
    for table in tables:
        # The sign keeps SQLite from reading the measure from an index instead of the row.
        rows.verify_where(table, "+measure NOT NULL" if table == "answer" else "1")


def require_sound_hits(
    connection: Connection, ids: Mapping[str, Collection[int]]
) -> None:
    """Raise `DamagedRow` if a row of these, by table, is damaged, or one that it is shown with.

    With a conversation, those are the others in it and its set, with a promise its set.
    """
    rows = _ShownRows(connection)
    for table, row_ids in ids.items():
        rows.verify(table, "id", row_ids)
    for table in ("session_person", "meeting"):
        rows.verify(table, "session_id", ids.get("session", ()))
    rows.verify("set_action", "action_id", ids.get("action", ()))
    rows.verify_names((), ())


def require_sound_names(connection: Connection) -> None:
    """Raise `DamagedRow` if a row by which people and sets are found by name is damaged.

    Asked where nobody was found, it tells a damaged name from one that is not there.
    """
    rows = _ShownRows(connection)
    for table in ("person", "person_handle", "learning_set", "setting"):
        rows.verify_table(table)


def require_sound_promises(connection: Connection, actions: Iterable["Action"]) -> None:
    """Raise `DamagedRow` if a row of these promises is, or of the talks that they are from."""
    shown_actions = [*actions]
    require_sound_entries(
        connection,
        actions=[action.id for action in shown_actions],
        talks=list_action_sessions(shown_actions),
    )


def list_action_sessions(actions: Iterable["Action"]) -> set[int]:
    """Return the numbers of the conversations in which promises were made."""
    return {action.session for action in actions if action.session}


def require_sound_sessions(
    connection: Connection, sessions: Iterable["Session"], *, sets: Iterable[int] = ()
) -> None:
    """Raise `DamagedRow` if a row of these conversations, or of what was promised in them, is.

    So too for a row that tells when `sets` met.
    """
    shown_sessions = [*sessions]
    require_sound_entries(
        connection,
        sessions=[session.id for session in shown_sessions],
        drafts=[
            session.id for session in shown_sessions if session.status.value == "draft"
        ],
        actions=[action.id for session in shown_sessions for action in session.actions],
        sets=sets,
        people=[
            person.id
            for session in shown_sessions
            for person in session.people
            if isinstance(person, PersonRef)
        ],
    )


def require_sound_support(connection: Connection, set_id: int) -> None:
    """Raise `DamagedRow` if an offer, an ask or a check-in of a set is not as it was written.

    So too for an answer of its meetings, which can tell who helped.
    """
    rows = _ShownRows(connection)
    for table in ("set_support", "set_check_in"):
        rows.verify(table, "set_id", [set_id])
    rows.verify("answer", "session_id", _read_meeting_sessions(connection, [set_id]))


class _ShownRows:
    """Verifies rows, and keeps what they refer to.

    Raises `UnreadableValue` if the journal says nothing sound about itself.
    """

    def __init__(self, connection: Connection) -> None:
        self._named_ids: dict[str, set[int]] = {
            table: set() for table in _NAMED_TABLES.values()
        }
        self._connection = connection
        row = connection.execute("SELECT sum_key FROM journal_state").fetchone()
        try:
            self._summer = RowSummer(row[0])
        except (TypeError, ValueError):
            raise UnreadableValue from None

    def verify(self, table: str, column: str, ids: Collection[int]) -> None:
        """Raise `DamagedRow` for a damaged row that has one of these numbers in a column."""
        if ids:
            self.verify_where(table, f"{column} IN ({_list_in_sql(ids)})")

    def verify_table(self, table: str) -> None:
        """Raise `DamagedRow` for a damaged row of a table in which there are few."""
        self.verify_where(table, "1")

    def verify_names(self, people: Iterable[int], sets: Iterable[int]) -> None:
        """Raise `DamagedRow` for a damaged row of these, or of what was referred to."""
        shown_sets = self._named_ids["learning_set"].union(sets)
        self.verify("learning_set", "id", shown_sets)
        self.verify("set_member", "set_id", shown_sets)
        self.verify("tag", "id", self._named_ids["tag"])
        self.verify("person", "id", self._named_ids["person"].union(people))

    def verify_where(self, table: str, condition: str) -> None:
        """Raise `DamagedRow` for a damaged row of a table that meets a condition."""
        cursor = self._connection.execute(
            f"SELECT '{table}', * FROM \"{table}\" WHERE {condition}"
        )
        names = [part[0] for part in cursor.description]
        while rows := cursor.fetchmany(_BATCH_SIZE):
            self._verify_batch(table, names, rows)

    def _verify_batch(
        self, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]
    ) -> None:
        names = [*columns]
        place = names.index(_SUM_COLUMN)
        if place != len(names) - 1:
            # Columns that a later migration adds come after it.
            rows = [(*row[:place], *row[place + 1 :], row[place]) for row in rows]
            names.append(names.pop(place))
        sums = self._summer.sum_stored_rows(rows)
        for row, row_sum in zip(rows, sums, strict=True):
            if row[-1] != row_sum:
                raise _build_row_error(self._connection, table, row[1:-1])
        for place, name in enumerate(names):
            if name in _NAMED_TABLES:
                ids = {row[place] for row in rows} - {None}
                self._named_ids[_NAMED_TABLES[name]].update(ids)


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
