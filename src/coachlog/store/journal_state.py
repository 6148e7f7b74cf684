"""What a journal says about itself: which one it is, and how often it has been changed."""

from collections.abc import Mapping, Sequence
from os import urandom

from coachlog.named_tuples import NamedTuple
from coachlog.store.connections import Connection
from coachlog.store.row_store import generate_uid
from coachlog.store.row_sums import TOTAL_MODULUS, RowSummer
from coachlog.store.rows import UnreadableValue
from coachlog.store.table_columns import TableColumns, list_tables

STATE_TABLE, TOTALS_TABLE = "journal_state", "table_sum"
UNWATCHED_TABLES = (STATE_TABLE, TOTALS_TABLE)
"""What is written at the end of each change, about all that it has changed."""

RESTORED_TOKEN = "restored"
"""The token of a draft that came with a backup: no window that was open then may write to it."""

_KEY_BYTES = 32
_EPOCH_BYTES = 8
_STATE_SQL = (
    "SELECT id, uid, sum_key, epoch, change_count, changed_on, row_sum "
    "FROM {journal}.journal_state"
)


class JournalState(NamedTuple):
    """The one row of `journal_state`; `changed_on` is an ISO date, None in a new journal.

    It is the local day of the last change, but stays as it is while the backup of a day is missing.
    """

    uid: str
    sum_key: str
    epoch: str
    change_count: int
    changed_on: str | None = None

    def compute_sum(self) -> int:
        """Return the sum of the row; raises `ValueError` if its key is not one."""
        return RowSummer(self.sum_key).sum_row(STATE_TABLE, (1, *self))


class TableTotal(NamedTuple):
    """How many rows there are, or have come, and what their sums add up to."""

    row_count: int = 0
    total: int = 0

    def add(self, row_sum: int) -> "TableTotal":
        """Return the total with one more row."""
        return TableTotal(self.row_count + 1, (self.total + row_sum) % TOTAL_MODULUS)

    def add_all(self, row_sums: Sequence[int]) -> "TableTotal":
        """Return the total with more rows."""
        return TableTotal(
            self.row_count + len(row_sums), (self.total + sum(row_sums)) % TOTAL_MODULUS
        )

    def subtract(self, row_sum: int) -> "TableTotal":
        """Return the total with one row less."""
        return TableTotal(self.row_count - 1, (self.total - row_sum) % TOTAL_MODULUS)


def read_state(connection: Connection, journal: str = "main") -> JournalState:
    """Return what a journal on the connection says about itself.

    Raises `UnreadableValue` if that is missing, or not as it was written.
    """
    rows = connection.execute(_STATE_SQL.format(journal=journal)).fetchall()
    if len(rows) != 1:
        raise UnreadableValue
    id, *values, row_sum = rows[0]
    state = JournalState(*values)
    try:
        is_sound = id == 1 and state.compute_sum() == row_sum
    except (ValueError, TypeError):
        is_sound = False
    if not is_sound:
        raise UnreadableValue
    return state


def write_state(connection: Connection, state: JournalState) -> None:
    """Put what a journal says about itself in the place of what it said before."""
    connection.execute(
        "INSERT OR REPLACE INTO journal_state "
        "(id, uid, sum_key, epoch, change_count, changed_on, row_sum) "
        "VALUES (1, ?, ?, ?, ?, ?, ?)",
        (*state, state.compute_sum()),
    )


def advance_state(
    connection: Connection,
    state: JournalState,
    totals: Mapping[str, TableTotal],
    changed_on: str | None,
) -> JournalState:
    """Count one more change, in which rows of these tables came and went; return the new state."""
    for table, (row_count, total) in totals.items():
        connection.execute(
            "UPDATE table_sum SET row_count = row_count + ?, total = (total + ?) % ? "
            "WHERE table_name = ?",
            (row_count, total, TOTAL_MODULUS, table),
        )
    new_state = state._replace(
        change_count=state.change_count + 1, changed_on=changed_on
    )
    write_state(connection, new_state)
    return new_state


def generate_epoch() -> str:
    """Return a new random epoch."""
    return urandom(_EPOCH_BYTES).hex()


def seal_journal(connection: Connection) -> None:
    """Write the sum of every row anew, and the totals; a new journal gets an id and a key.

    For a journal whose schema has just been brought to this version, and which was sound before:
    whatever is damaged would be taken for sound afterwards.
    """
    if not connection.execute("SELECT 1 FROM journal_state").fetchall():
        write_state(
            connection,
            JournalState(
                generate_uid(), urandom(_KEY_BYTES).hex(), generate_epoch(), 0
            ),
        )
    (key,) = connection.execute("SELECT sum_key FROM journal_state").fetchone()
    summer = RowSummer(key)
    connection.create_function(
        "sum_row", -1, lambda table, *values: summer.sum_row(table, values)
    )
    connection.execute("DELETE FROM table_sum")
    for table in list_tables(connection):
        if table not in UNWATCHED_TABLES:
            _seal_table(connection, TableColumns(connection, table))


def _seal_table(connection: Connection, columns: TableColumns) -> None:
    names = ", ".join(f'"{name}"' for name in columns.names)
    connection.execute(
        f"UPDATE \"{columns.table}\" SET row_sum = sum_row('{columns.table}', {names})"
    )
    table_total = TableTotal()
    for (row_sum,) in connection.execute(f'SELECT row_sum FROM "{columns.table}"'):
        table_total = table_total.add(row_sum)
    connection.execute(
        "INSERT INTO table_sum (table_name, row_count, total) VALUES (?, ?, ?)",
        (columns.table, *table_total),
    )
