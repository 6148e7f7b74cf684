"""Puts single rows of a damaged journal back as the newest good backup has them.

All of it happens in one transaction. The rows are written past the watch, which refuses to touch
what is damaged; their sums and the totals of their tables are written here instead.
"""

from collections.abc import Collection, Iterator, Sequence

from coachlog.errors import Refusal
from coachlog.model.findings import Finding, FindingKind, LocatedFinding, Remedy
from coachlog.named_tuples import NamedTuple
from coachlog.rules.lost_rows import MODULUS, guess_original_sums
from coachlog.rules.tombstones import build_tombstone_digest
from coachlog.store.connections import Connection, DriverError
from coachlog.store.hanging_rows import HangingRow, list_hanging_rows
from coachlog.store.journal_head import JournalHead
from coachlog.store.journal_state import (
    UNWATCHED_TABLES,
    TableTotal,
    read_state,
    write_state,
)
from coachlog.store.row_checks import is_about_search, read_totals
from coachlog.store.row_evidence import (
    Evidence,
    RowKey,
    RowSums,
    WholeRow,
    add_up_rows,
)
from coachlog.store.rows import UnreadableValue
from coachlog.store.search_index import rebuild_index
from coachlog.store.state_rebuilding import rebuild_state
from coachlog.store.story_following import follow_stories, list_promises_to_follow
from coachlog.store.table_classes import UNDO_TABLES
from coachlog.store.table_columns import SUM_COLUMN, TableColumns, list_tables
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import log_change

_MENDED_BEFORE = (FindingKind.STATE, FindingKind.LOST_CHANGES)
"""What is settled by mending what the journal says about itself, and by writing its head."""


class MendChoice(NamedTuple):
    """What was chosen for a finding: it is taken as it is, or else mended."""

    located: LocatedFinding
    is_accepted: bool


class UnmendableFinding(Exception):
    """A finding that cannot be mended like this: `reason` is in words, after a colon."""

    def __init__(self, located: LocatedFinding, reason: str) -> None:
        super().__init__(reason)
        self.located = located
        self.reason = reason


def mend_state(
    connection: Connection, copy: Connection | None, head: JournalHead | None
) -> None:
    """Write anew what a journal says about itself, if that is damaged and can be worked out."""
    try:
        read_state(connection)
    except UnreadableValue:
        state = rebuild_state(connection, copy, head)
        if state is None:
            raise
        connection.execute("DELETE FROM journal_state")
        write_state(connection, state)


def mend_rows(
    change: Change,
    copy: Connection | None,
    choices: Sequence[MendChoice],
    erased_digests: Collection[str] = (),
) -> None:
    """Carry out what was chosen for each finding, with the sums and totals that follow from it.

    `erased_digests` are tombstones that are kept elsewhere: what was erased does not come back.
    Raises `UnmendableFinding` for one that cannot be, and Refusal if the journal is no longer as it
    was shown: then the transaction is to be undone.
    """
    _carry_out(
        change,
        copy,
        [
            choice
            for choice in choices
            if choice.located.finding.kind not in _MENDED_BEFORE
        ],
        erased_digests,
    )
    # Last, as the log may be among what was mended.
    if not all(choice.is_accepted for choice in choices):
        log_change(change, "journal.mended")
    if any(choice.is_accepted for choice in choices):
        log_change(change, "journal.accepted")


def _carry_out(
    change: Change,
    copy: Connection | None,
    choices: Sequence[MendChoice],
    erased_digests: Collection[str],
) -> None:
    connection = change.connection
    rows = connection.execute("SELECT digest FROM tombstone").fetchall()
    digests = {*erased_digests, *(digest for (digest,) in rows)}
    evidence = Evidence(connection, copy)
    _require_as_shown(evidence, choices)
    pointers = {*list_hanging_rows(connection)}
    _mend_tables(connection, evidence, choices, digests)
    tables = list_tables(connection)
    for choice in choices:
        finding = choice.located.finding
        if _is_about_totals(finding, tables):
            _renew_total(connection, evidence, finding)
    _follow_stories(connection, choices)
    for table in UNDO_TABLES:
        change.watch.empty_table(table)
    _require_no_new_pointers(connection, pointers, choices)
    # The rows were written past the watch that keeps it in step.
    rebuild_index(connection)


def _mend_tables(
    connection: Connection,
    evidence: Evidence,
    choices: Sequence[MendChoice],
    digests: Collection[str],
) -> None:
    for table in list_tables(connection):
        table_choices = [c for c in choices if c.located.finding.table == table]
        if table_choices:
            # SQLite refuses to remove a row that its index does not have.
            _renew_indexes(connection, table, table_choices)
            _TableMend(connection, evidence, table, digests).run(table_choices)


def _follow_stories(connection: Connection, choices: Sequence[MendChoice]) -> None:
    numbers = list_promises_to_follow(
        choice.located for choice in choices if not choice.is_accepted
    )
    if numbers:
        follow_stories(connection, numbers)


def _require_as_shown(evidence: Evidence, choices: Sequence[MendChoice]) -> None:
    """Raise Refusal if a finding, or what the backup has there, is not what the owner saw."""
    for choice in choices:
        if evidence.locate(choice.located.finding) != choice.located:
            raise Refusal(
                "The journal was changed meanwhile. Nothing was mended.",
                "Try again: coachlog check --mend",
            )


def _renew_indexes(
    connection: Connection, table: str, choices: Sequence[MendChoice]
) -> None:
    try:
        connection.execute(f'REINDEX "{table}"')
    except DriverError as error:
        if "constraint failed" not in str(error):
            raise
        reason = "another entry has what no two may have"
        raise UnmendableFinding(choices[0].located, reason) from None


def _is_about_totals(finding: Finding, tables: Sequence[str]) -> bool:
    """Return whether a total is damaged, or is that of a table that there is not."""
    if finding.table == "table_sum":
        return finding.kind is FindingKind.ROW
    return finding.table not in tables and not is_about_search(finding)


class _TableMend:
    """Mends one table: its rows first, then its total."""

    def __init__(
        self,
        connection: Connection,
        evidence: Evidence,
        table: str,
        erased_digests: Collection[str],
    ) -> None:
        self._connection = connection
        self._erased_digests = erased_digests
        self._evidence = evidence
        self._table = table
        self._columns = TableColumns(connection, table)
        self._new_sums: dict[RowKey, int] = {}
        """The sums that damaged rows get, by the keys that they had."""
        self._kept_sums: dict[RowKey, int] = {}
        self._let_go_keys: list[RowKey] = []
        self._returned = TableTotal()
        """What rows that were lost, or are as they were earlier, add to the total."""

    def run(self, choices: Sequence[MendChoice]) -> None:
        """Carry out what was chosen for this table."""
        if self._table in (*UNDO_TABLES, *UNWATCHED_TABLES):
            return
        present = dict(self._evidence.scan_present(self._table))
        takes_total = False
        for choice in choices:
            try:
                takes_total |= self._mend(choice)
            except DriverError as error:
                if "constraint failed" not in str(error):
                    raise
                reason = "something else has taken its place"
                raise UnmendableFinding(choice.located, reason) from None
        expected = dict(read_totals(self._connection)).get(self._table)
        if takes_total:
            _write_total(self._connection, self._table, self._add_up_anew())
        elif expected is not None:
            self._adjust_total(present, expected)

    def _mend(self, choice: MendChoice) -> bool:
        """Carry out one choice; return whether the total is that of the rows there are now."""
        located = choice.located
        finding = located.finding
        if finding.kind is FindingKind.INDEX:
            return False
        if finding.key is None:
            if choice.is_accepted or not located.kept_rows:
                return True
            for kept_row in located.kept_rows:
                self._return_row(located, kept_row.place.key)
            # Of rows that were changed since the backup, the sums are others than were lost.
            return not all(kept_row.is_certain for kept_row in located.kept_rows)
        present = self._evidence.read_present(self._table, finding.key)
        assert present is not None
        if choice.is_accepted:
            self._write_sum(present)
            return False
        if located.remedy is Remedy.LET_GO:
            self._remove(present.key)
            self._let_go_keys.append(present.key)
            return False
        if located.remedy is Remedy.UNLINK:
            self._unlink(finding, present.key)
            return False
        kept = self._evidence.find_counterpart(self._table, present)
        assert kept is not None
        self._replace_row(located, present, kept)
        return False

    def _unlink(self, finding: Finding, key: RowKey) -> None:
        for link in self._evidence.list_links(finding):
            self._connection.execute(
                f'UPDATE "{self._table}" SET "{link.column}" = NULL '
                f"WHERE {self._columns.key_condition}",
                key,
            )
        unlinked = self._evidence.read_present(self._table, key)
        assert unlinked is not None
        self._write_sum(unlinked)

    def _write_sum(self, present: WholeRow) -> None:
        self._connection.execute(
            f'UPDATE "{self._table}" SET {SUM_COLUMN} = ? '
            f"WHERE {self._columns.key_condition}",
            (present.computed_sum, *present.key),
        )
        self._new_sums[present.key] = present.computed_sum

    def _replace_row(
        self, located: LocatedFinding, present: WholeRow, kept: WholeRow
    ) -> None:
        if located.deleted_at is not None:
            kept = self._evidence.mark_deleted(self._table, kept, located.deleted_at)
        self._remove(present.key)
        self._insert(located, kept)
        self._new_sums[present.key] = kept.computed_sum
        self._kept_sums[present.key] = kept.computed_sum

    def _return_row(self, located: LocatedFinding, key: RowKey) -> None:
        kept = self._evidence.read_kept(self._table, key)
        assert kept is not None
        present = self._evidence.read_present(self._table, key)
        if present is not None:
            self._remove(key)
            self._returned = self._returned.subtract(present.computed_sum)
        self._insert(located, kept)
        self._returned = self._returned.add(kept.computed_sum)

    def _remove(self, key: RowKey) -> None:
        self._connection.execute(
            f'DELETE FROM "{self._table}" WHERE {self._columns.key_condition}', key
        )

    def _insert(self, located: LocatedFinding, kept: WholeRow) -> None:
        """Put a row of the backup in; raises `UnmendableFinding` for one that was erased."""
        fields = dict(zip(self._columns.names, kept.values, strict=True))
        uid = fields.get("uid")
        digest = build_tombstone_digest(self._table, str(uid))
        if digest in self._erased_digests:
            raise UnmendableFinding(located, "it was erased since")
        names = ", ".join(f'"{name}"' for name in (*fields, SUM_COLUMN))
        places = ", ".join("?" for _ in (*fields, SUM_COLUMN))
        self._connection.execute(
            f'INSERT INTO "{self._table}" ({names}) VALUES ({places})',
            (*kept.values, kept.computed_sum),
        )

    def _adjust_total(
        self, present: dict[RowKey, RowSums], expected: TableTotal
    ) -> None:
        """Put the new sums of damaged rows in the place of those that they had."""
        originals = self._guess_originals(present, expected)
        total = expected.total
        for key, new_sum in self._new_sums.items():
            # One that is sound by its sum had a value that is not of its kind.
            total += new_sum - originals.get(key, present[key].computed_sum)
        new_total = TableTotal(expected.row_count, total % MODULUS)
        for key in self._let_go_keys:
            new_total = new_total.subtract(present[key].computed_sum)
        _write_total(self._connection, self._table, new_total)

    def _guess_originals(
        self, present: dict[RowKey, RowSums], expected: TableTotal
    ) -> dict[RowKey, int]:
        """Return the sums that damaged rows had: what the total lacks without them.

        Where no choice of sums makes up for it, something else is missing as well, and has to be
        found by the next look.
        """
        damaged: dict[RowKey, RowSums] = {}
        rest: dict[RowKey, RowSums] = {}
        for key, sums in present.items():
            is_damaged = sums.stored_sum != sums.computed_sum
            (damaged if is_damaged else rest)[key] = sums
        lacking = expected.total - add_up_rows(rest).total - self._returned.total
        possible_sums = [
            tuple(self._list_possible_sums(key, sums)) for key, sums in damaged.items()
        ]
        originals = guess_original_sums(possible_sums, lacking)
        if originals is None:
            originals = tuple(sums[0] for sums in possible_sums)
        return dict(zip(damaged, originals, strict=True))

    def _list_possible_sums(self, key: RowKey, sums: RowSums) -> Iterator[int]:
        """Yield the sums that a damaged row may have had, the most likely first."""
        kept_sum = self._kept_sums.get(key)
        if kept_sum == sums.computed_sum:
            yield kept_sum  # only the sum stored with it was damaged
        if isinstance(sums.stored_sum, int):
            yield sums.stored_sum
        if kept_sum is not None:
            yield kept_sum
        yield sums.computed_sum

    def _add_up_anew(self) -> TableTotal:
        sums = self._connection.execute(f'SELECT {SUM_COLUMN} FROM "{self._table}"')
        return TableTotal().add_all([row_sum for (row_sum,) in sums])


def _renew_total(connection: Connection, evidence: Evidence, finding: Finding) -> None:
    """Write the total of a table anew, or remove that of a table that there is not."""
    table = finding.key[0] if finding.key else finding.table
    connection.execute("DELETE FROM table_sum WHERE table_name IS ?", (table,))
    if table in list_tables(connection):
        _write_total(connection, table, add_up_rows(evidence.scan_present(table)))


def _write_total(connection: Connection, table: str, total: TableTotal) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO table_sum (table_name, row_count, total) VALUES (?, ?, ?)",
        (table, *total),
    )


def _require_no_new_pointers(
    connection: Connection,
    pointers: set[HangingRow],
    choices: Sequence[MendChoice],
) -> None:
    """Raise `UnmendableFinding` if a row that was put back refers to one that is not there.

    What refers to a row that was let go is left to the next look.
    """
    let_go = {
        (choice.located.finding.table, *(choice.located.finding.key or ()))
        for choice in choices
        if choice.located.remedy is Remedy.LET_GO
    }
    for row in {*list_hanging_rows(connection)} - pointers:
        if row.table in UNDO_TABLES or (row.parent, row.parent_id) in let_go:
            continue
        reason = "it refers to something that is not there"
        for choice in choices:
            is_of_table = choice.located.finding.table == row.table
            if is_of_table and row.key in _list_mended_keys(choice.located):
                raise UnmendableFinding(choice.located, reason)
        raise UnmendableFinding(choices[0].located, reason)


def _list_mended_keys(located: LocatedFinding) -> Iterator[RowKey]:
    for kept_row in located.kept_rows:
        yield kept_row.place.key
    yield located.finding.key or ()
