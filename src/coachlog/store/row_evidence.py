"""What speaks for and against a damaged row: its own sum, and what the newest good backup has.

The sum that is stored with a row tells whether the backup has what was written last, or something
that was changed since: the backup's row has that sum, or it has not.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from typing import Any

from coachlog.model.findings import (
    BackupRow,
    ColumnDifference,
    ColumnValue,
    Finding,
    FindingKind,
    KeptRow,
    LocatedFinding,
    Remedy,
    RowPlace,
)
from coachlog.named_tuples import NamedTuple
from coachlog.rules import disclosure
from coachlog.rules.lost_rows import is_flipped_bit, pick_lost_rows
from coachlog.store.connections import Connection, DriverError
from coachlog.store.examination import list_value_findings
from coachlog.store.hanging_rows import HangingRow, list_hanging_rows
from coachlog.store.integrity import list_integrity_findings
from coachlog.store.journal_state import (
    TOTALS_TABLE,
    UNWATCHED_TABLES,
    TableTotal,
    read_state,
)
from coachlog.store.row_checks import is_harmless, read_totals, reading_any_text
from coachlog.store.row_places import read_place
from coachlog.store.row_sums import RowSummer
from coachlog.store.table_classes import TABLE_CLASSES, UNDO_TABLES, TableClass
from coachlog.store.table_columns import TableColumns, list_tables

RowKey = tuple[Any, ...]
_TOTAL_KINDS = (
    FindingKind.MISSING_ROWS,
    FindingKind.EXTRA_ROWS,
    FindingKind.EARLIER_ROWS,
)


class WholeRow(NamedTuple):
    """The key and the values of a row, the sum stored with it, and the sum of what it holds."""

    key: RowKey
    values: tuple[Any, ...]
    stored_sum: Any
    computed_sum: int


class RowSums(NamedTuple):
    """The sum stored with a row, and the sum of what it holds."""

    stored_sum: Any
    computed_sum: int


class Evidence:
    """Evidence about the rows of a journal, and of a backup of it, which may be missing.

    Raises `UnreadableValue` where the journal says nothing sound about itself, as no sum can be
    computed then.
    """

    def __init__(
        self,
        connection: Connection,
        copy: Connection | None,
    ) -> None:
        self._connection = connection
        self._copy = copy
        self._summer = RowSummer(read_state(connection).sum_key)
        self._scans: dict[tuple[bool, str], dict[RowKey, RowSums]] = {}

    def locate(self, finding: Finding) -> LocatedFinding:
        """Return a finding with what it belongs to, what the backup has, and what helps."""
        try:
            if _is_derived(self._connection, finding):
                return LocatedFinding(
                    finding, self._find_place(finding), remedy=Remedy.RENEW
                )
            if finding.kind in _TOTAL_KINDS:
                return self._locate_total(finding)
            if finding.kind in (FindingKind.ROW, FindingKind.VALUE) and finding.key:
                return self._locate_row(finding)
            if finding.kind is FindingKind.POINTER and finding.key:
                return self._locate_hanging_row(finding)
        except (DriverError, UnicodeEncodeError, ValueError):
            pass  # it cannot be read, or found by its key
        return LocatedFinding(finding, self._find_place(finding))

    def _locate_hanging_row(self, finding: Finding) -> LocatedFinding:
        """Return a row that refers to what is not there; one reference helps it at a time."""
        located = LocatedFinding(finding, self._find_place(finding))
        for link in self.list_links(finding):
            remedy = Remedy.UNLINK if link.can_stand_alone else Remedy.LET_GO
            return located._replace(remedy=remedy, lost=(link.parent, link.parent_id))
        return located

    def list_links(self, finding: Finding) -> list[HangingRow]:
        """Return by what a row refers to others that are not there.

        First come those that cost the row, as nothing else helps then.
        """
        links = [
            link
            for link in self._hanging_rows
            if (link.table, link.key) == (finding.table, finding.key)
        ]
        return sorted(links, key=lambda link: link.can_stand_alone)

    def _list_hanging_places(
        self, table: str, kept_keys: Sequence[RowKey]
    ) -> tuple[RowPlace, ...]:
        """Return what refers to rows of a table that neither it nor the backup has."""
        return tuple(
            read_place(self._connection, link.table, link.key)
            for link in self._hanging_rows
            if link.parent == table and (link.parent_id,) not in kept_keys
        )

    @cached_property
    def _hanging_rows(self) -> tuple[HangingRow, ...]:
        rows = list_hanging_rows(self._connection)
        return tuple(row for row in rows if row.table not in UNDO_TABLES)

    def _find_place(self, finding: Finding) -> Any:
        if finding.table is None or finding.key is None:
            return None
        return read_place(self._connection, finding.table, finding.key)

    # One row

    def _locate_row(self, finding: Finding) -> LocatedFinding:
        assert finding.table is not None
        assert finding.key is not None
        located = LocatedFinding(finding, self._find_place(finding))
        present = self.read_present(finding.table, finding.key)
        if present is None:
            return located
        located = located._replace(is_acceptable=self._is_acceptable(finding, present))
        kept = self.find_counterpart(finding.table, present)
        if kept is None:
            remedy = Remedy.ACCEPT if located.is_acceptable else Remedy.RESTORE
            backup = BackupRow.UNKNOWN if self._copy is None else BackupRow.ABSENT
            values: tuple[ColumnValue, ...] = ()
            if located.is_acceptable:
                values = self._list_values(finding.table, present)
            return located._replace(backup=backup, remedy=remedy, values=values)
        backup, remedy = _judge_counterpart(finding, present, kept)
        differences = self._list_differences(finding.table, present, kept)
        deleted_at = None
        if backup is not BackupRow.AS_WRITTEN:
            deleted_at = self._find_deletion(finding, kept)
        if deleted_at is not None:
            # The same as now, it may be damaged into what it was before.
            backup, remedy = BackupRow.OTHER, Remedy.OFFER
        return located._replace(
            backup=backup,
            remedy=remedy,
            differences=differences,
            deleted_at=deleted_at,
        )

    def _find_deletion(self, finding: Finding, kept: WholeRow) -> str | None:
        """Return when a row was deleted by the audit log, though it is not in the backup.

        The log does not tell what undo took back, so after an undo it says nothing.
        """
        assert finding.table is not None
        names = TableColumns(self._connection, finding.table).names
        fields = dict(zip(names, kept.values, strict=True))
        if fields.get("deleted_at", "") is not None:
            return None
        deletion = f"{finding.table}.deleted"
        row = self._connection.execute(
            "SELECT kind, at FROM event WHERE row_id = ? AND kind IN (?, ?) "
            "OR kind LIKE 'undo.%' ORDER BY id DESC LIMIT 1",
            (*kept.key, deletion, f"{finding.table}.restored"),
        ).fetchone()
        return str(row[1]) if row and row[0] == deletion else None

    def mark_deleted(self, table: str, kept: WholeRow, deleted_at: str) -> WholeRow:
        """Return a row of the backup as one that was deleted since."""
        names = TableColumns(self._connection, table).names
        fields = dict(zip(names, kept.values, strict=True)) | {"deleted_at": deleted_at}
        values = (*fields.values(),)
        row_sum = self._summer.sum_row(table, values)
        return kept._replace(values=values, computed_sum=row_sum)

    def read_present(self, table: str, key: RowKey) -> WholeRow | None:
        """Return a row of the journal, whatever it holds; None if it is not there."""
        return self._read_row(self._connection, table, key)

    def read_kept(self, table: str, key: RowKey) -> WholeRow | None:
        """Return a row of the backup; None if it is not there."""
        return self._read_row(self._copy, table, key) if self._copy else None

    def find_counterpart(self, table: str, present: WholeRow) -> WholeRow | None:
        """Return the row that the backup has in a row's place, even where its key is damaged."""
        kept = self.read_kept(table, present.key)
        if kept is not None or self._copy is None:
            return kept
        present_keys = self.scan_present(table)
        for key, sums in self.scan_kept(table).items():
            if sums.computed_sum == present.stored_sum and key not in present_keys:
                return self.read_kept(table, key)
        return None

    def _read_row(
        self, connection: Connection, table: str, key: RowKey
    ) -> WholeRow | None:
        columns = TableColumns(connection, table)
        with reading_any_text(connection):
            row = connection.execute(
                f"{columns.select_sql} WHERE {columns.key_condition}", key
            ).fetchone()
        if row is None:
            return None
        _, *values, row_sum = row
        return WholeRow(
            columns.get_key(values),
            tuple(values),
            row_sum,
            self._summer.sum_row(table, values),
        )

    def _is_acceptable(self, finding: Finding, present: WholeRow) -> bool:
        """Return whether nothing is wrong with a row but that its sum is that of something else."""
        if finding.kind is not FindingKind.ROW or finding.table in self._spoilt_tables:
            return False
        if (finding.table, finding.key) in self._odd_rows | self._dangling_rows:
            return False
        with suppress(UnicodeEncodeError):
            return all(
                value.encode() is not None
                for value in present.values
                if isinstance(value, str)
            )
        return False

    @cached_property
    def _spoilt_tables(self) -> set[str | None]:
        """The tables in which SQLite finds a value that it would have refused."""
        findings = list_integrity_findings(self._connection)
        return {
            finding.table for finding in findings if finding.kind is FindingKind.VALUE
        }

    @cached_property
    def _odd_rows(self) -> set[tuple[str | None, Any]]:
        """The rows with a value that is not of its kind, by table and key."""
        return {(odd.table, odd.key) for odd in list_value_findings(self._connection)}

    @cached_property
    def _dangling_rows(self) -> set[tuple[str | None, Any]]:
        """The rows that refer to others that are not there, by table and key."""
        return {(row.table, row.key) for row in self._hanging_rows}

    def _list_differences(
        self, table: str, present: WholeRow, kept: WholeRow
    ) -> tuple[ColumnDifference, ...]:
        rows = self._connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        types = {row[1]: row[2] for row in rows}
        is_undoable = TABLE_CLASSES.get(table) is TableClass.UNDOABLE
        names = TableColumns(self._connection, table).names
        return tuple(
            self._compare_values(
                table,
                name,
                types[name] if is_undoable else "",
                (present_value, kept_value),
            )
            for name, present_value, kept_value in zip(
                names, present.values, kept.values, strict=True
            )
            if (type(present_value), present_value) != (type(kept_value), kept_value)
        )

    def _list_values(self, table: str, present: WholeRow) -> tuple[ColumnValue, ...]:
        """Return what a row has that nothing is wrong with; of words, only in which columns."""
        rows = self._connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        types = {row[1]: row[2] for row in rows}
        is_undoable = TABLE_CLASSES.get(table) is TableClass.UNDOABLE
        names = TableColumns(self._connection, table).names
        values = []
        for name, value in zip(names, present.values, strict=True):
            if value is None or name in _UNSTATED_COLUMNS or name.endswith("_id"):
                continue
            if disclosure.may_say_column(types[name], is_undoable=is_undoable):
                values.append(ColumnValue(name, True, value))
            elif name not in _SECRECY_COLUMNS:
                values.append(ColumnValue(name))
        return tuple(values)

    def _compare_values(
        self, table: str, name: str, column_type: str, values: tuple[Any, Any]
    ) -> ColumnDifference:
        present, kept = values
        if disclosure.may_say_column(column_type, is_undoable=bool(column_type)):
            is_odd = not self._is_of_type(table, name, column_type, present)
            return ColumnDifference(
                name, True, None if is_odd else present, kept, is_odd=is_odd
            )
        if name in _SECRECY_COLUMNS:
            return ColumnDifference(_SECRECY_COLUMNS[name])
        are_words = isinstance(present, str) and isinstance(kept, str)
        if not are_words or len(present) != len(kept):
            return ColumnDifference(name)
        pairs = zip(present, kept, strict=True)
        count = sum(one != other for one, other in pairs)
        return ColumnDifference(name, differing_count=count, character_count=len(kept))

    def _is_of_type(
        self, table: str, name: str, column_type: str, value: object
    ) -> bool:
        """Return whether a value of the journal is what its column holds, and so no words."""
        if value is None:
            return True
        if column_type == "INTEGER":
            return isinstance(value, int)
        if column_type == "VARCHAR(16)":
            # A state is known from the backup, where all of them are sound.
            return self._is_known_state(table, name, value)
        if not isinstance(value, str):
            return False
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return False
        return True

    def _is_known_state(self, table: str, name: str, value: object) -> bool:
        if self._copy is None or not isinstance(value, str):
            return False
        try:
            value.encode()
        except UnicodeEncodeError:
            # What is no text any more is in no table.
            return False
        row = self._copy.execute(
            f'SELECT 1 FROM "{table}" WHERE "{name}" = ? LIMIT 1', (value,)
        ).fetchone()
        return row is not None

    # All rows of a table

    def _locate_total(self, finding: Finding) -> LocatedFinding:
        table = finding.table
        assert table is not None
        expected = dict(read_totals(self._connection)).get(table)
        present = self.scan_present(table)
        total = add_up_rows(present)
        if expected is None or _is_total_damaged(expected, total):
            return LocatedFinding(finding, remedy=Remedy.RENEW)
        located = LocatedFinding(finding, is_acceptable=True, remedy=Remedy.ACCEPT)
        keys: tuple[RowKey, ...] = ()
        if self._copy is not None:
            keys, is_certain = self._find_lacking_rows(finding, expected, total)
        if finding.kind is FindingKind.MISSING_ROWS:
            hanging = self._list_hanging_places(table, keys)
            located = located._replace(hanging=hanging)
        if self._copy is None or not keys:
            return located
        return located._replace(
            kept_rows=tuple(
                KeptRow(read_place(self._copy, table, key), is_certain) for key in keys
            ),
            backup=BackupRow.AS_WRITTEN if is_certain else BackupRow.OTHER,
            remedy=Remedy.PUT_BACK if is_certain else Remedy.OFFER,
        )

    def _find_lacking_rows(
        self, finding: Finding, expected: TableTotal, total: TableTotal
    ) -> tuple[tuple[RowKey, ...], bool]:
        """Return the keys of the rows that the backup has and a table lacks, if that is certain."""
        assert finding.table is not None
        present = self.scan_present(finding.table)
        kept = self.scan_kept(finding.table)
        lacking = expected.total - total.total
        if finding.kind is FindingKind.EARLIER_ROWS:
            return pick_lost_rows(_subtract_sums(kept, present), 1, lacking) or (), True
        candidates = {
            key: sums.computed_sum for key, sums in kept.items() if key not in present
        }
        count = expected.row_count - total.row_count
        if count < 1:
            return (), False
        keys = pick_lost_rows(candidates, count, lacking)
        if keys is not None:
            return keys, True
        # Changed since the backup, as far as anybody can tell.
        return (tuple(candidates), False) if len(candidates) == count else ((), False)

    def scan_present(self, table: str) -> Mapping[RowKey, RowSums]:
        """Return the sums of all rows of a table of the journal, by their keys."""
        return self._scan(self._connection, table, is_copy=False)

    def scan_kept(self, table: str) -> Mapping[RowKey, RowSums]:
        """Return the sums of all rows of a table of the backup, as the journal would sum them."""
        return self._scan(self._copy, table, is_copy=True) if self._copy else {}

    def _scan(
        self, connection: Connection, table: str, *, is_copy: bool
    ) -> dict[RowKey, RowSums]:
        place = is_copy, table
        if place not in self._scans:
            columns = TableColumns(connection, table)
            with reading_any_text(connection):
                self._scans[place] = {
                    columns.get_key(row[1:-1]): RowSums(
                        row[-1], self._summer.sum_row(table, row[1:-1])
                    )
                    for row in connection.execute(columns.select_sql)
                }
        return self._scans[place]


_UNSTATED_COLUMNS = ("id", "uid", "created_at", "updated_at")
"""What a row has for coachlog alone: a person cannot tell whether it is right."""
_SECRECY_COLUMNS = {"private": "private", "health": "private"}
"""Marks of secrecy, by one name: whether something is about health is not for everyone's eyes."""


def add_up_rows(rows: Mapping[RowKey, RowSums]) -> TableTotal:
    """Return how many rows there are, and what the sums of what they hold add up to."""
    return TableTotal().add_all([sums.computed_sum for sums in rows.values()])


def _subtract_sums(
    kept: Mapping[RowKey, RowSums], present: Mapping[RowKey, RowSums]
) -> dict[RowKey, int]:
    """Return by how much the sums of rows differ that are other ones in the backup."""
    return {
        key: sums.computed_sum - present[key].computed_sum
        for key, sums in kept.items()
        if key in present and present[key].computed_sum != sums.computed_sum
    }


def _is_derived(connection: Connection, finding: Finding) -> bool:
    """Return whether what is damaged can be worked out from the rows, or is not needed."""
    if is_harmless(finding) or finding.kind is FindingKind.INDEX:
        return True
    if finding.table == TOTALS_TABLE:
        return finding.kind is FindingKind.ROW
    is_about_rows = (
        finding.kind in _TOTAL_KINDS and finding.table not in UNWATCHED_TABLES
    )
    return is_about_rows and finding.table not in list_tables(connection)


def _is_total_damaged(expected: TableTotal, total: TableTotal) -> bool:
    """Return whether the stored total is what is damaged, and not the rows."""
    if expected.row_count != total.row_count:
        return expected.total == total.total
    return is_flipped_bit(expected.total, total.total)


def _judge_counterpart(
    finding: Finding, present: WholeRow, kept: WholeRow
) -> tuple[BackupRow, Remedy]:
    """Return what the backup's row is to a damaged one, and what helps."""
    if present.computed_sum == kept.computed_sum:
        is_about_sum = finding.kind is FindingKind.ROW
        return BackupRow.SAME, Remedy.PUT_BACK if is_about_sum else Remedy.RESTORE
    if kept.computed_sum == present.stored_sum:
        return BackupRow.AS_WRITTEN, Remedy.PUT_BACK
    return BackupRow.OTHER, Remedy.OFFER
