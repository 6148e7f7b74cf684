"""Examines a journal as far as it can be read, and says of each finding what it belongs to."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from coachlog.errors import DamagedJournal
from coachlog.model.findings import (
    BackupRow,
    Finding,
    FindingKind,
    GoodBackup,
    JournalReport,
    LocatedFinding,
)
from coachlog.store.backup_files import describe_backup_file
from coachlog.store.backups import (
    find_newest_good_backup,
    read_good_version,
    upgrade_copy,
)
from coachlog.store.connections import (
    DAMAGE_CODES,
    Connection,
    DriverError,
    connect_file,
    open_file,
    open_memory,
)
from coachlog.store.examination import list_findings
from coachlog.store.head_guard import count_lost_changes, read_state_head
from coachlog.store.journal_files import JournalFiles
from coachlog.store.journal_head import HeadVerdict, judge_head, read_head
from coachlog.store.opening import JournalOpener
from coachlog.store.row_checks import is_about_undo
from coachlog.store.row_places import read_place
from coachlog.store.schema import find_newest_version
from coachlog.store.table_columns import TableColumns, list_tables


def examine_journal(
    journal_files: JournalFiles,
    opener: JournalOpener,
    migrations: Path,
    today: date | None = None,
) -> JournalReport:
    """Return what is wrong with a journal, with what the newest good backup has in its place.

    One that cannot be opened as usual is read as far as it goes. Raises a driver error if another
    process keeps it busy, and `StorageFailure` if the disk refuses.
    """
    head = read_head(journal_files.head)
    row_counts: list[int] = []
    connection, reason = _open_whatever_it_is(journal_files, opener)
    if connection is None:
        findings: tuple[Finding, ...] = (Finding(FindingKind.FILE),)
        backup = _find_backup(journal_files, migrations, today)
        located = tuple(LocatedFinding(finding) for finding in findings)
        return JournalReport(located, backup=backup, reason=reason)
    with closing(connection):
        connection.execute("BEGIN")
        state_head = _read_state_head(connection)
        verdict = HeadVerdict.UNKNOWN
        if state_head is not None:
            verdict = judge_head(head, state_head)
        findings = (*list_findings(connection, migrations, row_counts.append),)
        if reason is not None and not findings:
            findings = (Finding(FindingKind.FILE),)
        lost_count = count_lost_changes(head, state_head)
        if lost_count is not None:
            findings = (
                Finding(FindingKind.LOST_CHANGES, row_count=lost_count),
                *findings,
            )
        backup = _find_backup(journal_files, migrations, today) if findings else None
        kept_log = journal_files.find_kept_log()
        return JournalReport(
            (*_locate_findings(connection, findings, backup, migrations),),
            sum(row_counts),
            len(row_counts),
            backup,
            reason,
            verdict is HeadVerdict.MOVED,
            kept_log=str(kept_log) if kept_log else None,
            is_acceptable=reason is None and _is_acceptable(verdict, findings),
        )


def _is_acceptable(verdict: HeadVerdict, findings: tuple[Finding, ...]) -> bool:
    """Return whether only its head, and what undo keeps, speaks against changing a journal."""
    is_head_wrong = verdict in (
        HeadVerdict.MOVED,
        HeadVerdict.REPLACED,
        HeadVerdict.AHEAD,
    )
    return is_head_wrong and all(map(_is_harmless, findings))


def _is_harmless(finding: Finding) -> bool:
    """Return whether a journal with such a finding can be changed as it is."""
    return finding.kind is FindingKind.LOST_CHANGES or is_about_undo(finding)


def _open_whatever_it_is(
    journal_files: JournalFiles, opener: JournalOpener
) -> tuple[Connection | None, str | None]:
    """Return a connection to a journal, and why it is not one that can be opened as usual.

    The connection is None where SQLite takes the file for no database at all.
    """
    try:
        return opener.open_to_read(), None
    except DamagedJournal as error:
        reason = error.message
    except UnicodeDecodeError:
        reason = f"{journal_files.journal} is damaged."
    except DriverError as error:
        if getattr(error, "sqlite_errorname", "") not in DAMAGE_CODES:
            raise
        reason = f"{journal_files.journal} is damaged."
    # Nothing is written to it, nor beside it.
    for mode in ("ro", "ro&immutable=1"):
        connection = connect_file(journal_files.journal, mode)
        with suppress(DriverError, UnicodeDecodeError):
            connection.execute("PRAGMA trusted_schema=OFF")
            # SQLite takes an empty file for an empty database.
            if list_tables(connection):
                return connection, reason
        connection.close()
    return None, reason


def _read_state_head(connection: Connection) -> Any:
    with suppress(DriverError, UnicodeDecodeError):
        return read_state_head(connection)
    return None


def _find_backup(
    journal_files: JournalFiles, migrations: Path, today: date | None
) -> GoodBackup | None:
    path = find_newest_good_backup(journal_files, None, migrations, today)
    if path is None:
        return None
    return GoodBackup(str(path), describe_backup_file(path).made_on)


def _locate_findings(
    connection: Connection,
    findings: tuple[Finding, ...],
    backup: GoodBackup | None,
    migrations: Path,
) -> Iterator[LocatedFinding]:
    """Yield each finding with what it belongs to, and what the backup has in its place."""
    if not findings:
        return
    with _open_backup(backup, migrations) as copy:
        for finding in findings:
            if finding.table is None or finding.key is None:
                yield LocatedFinding(finding)
                continue
            place = read_place(connection, finding.table, finding.key)
            yield LocatedFinding(
                finding, place, _compare_row(connection, copy, finding)
            )


@contextmanager
def _open_backup(
    backup: GoodBackup | None, migrations: Path
) -> Iterator[Connection | None]:
    """Yield a backup to read in, of the newest schema; None where there is none."""
    if backup is None:
        yield None
        return
    with open_file(Path(backup.path), "ro&immutable=1") as copy:
        version = read_good_version(Path(backup.path))
        if version == find_newest_version(migrations):
            yield copy
            return
        with open_memory() as connection:
            copy.backup(connection)
            upgrade_copy(connection, migrations, version or 0)
            yield connection


def _compare_row(
    connection: Connection, copy: Connection | None, finding: Finding
) -> BackupRow:
    if copy is None or finding.table is None:
        return BackupRow.UNKNOWN
    kept_row = _read_octets(copy, finding.table, finding.key)
    if kept_row is None:
        return BackupRow.ABSENT
    if kept_row == _read_octets(connection, finding.table, finding.key):
        return BackupRow.SAME
    return BackupRow.OTHER


def _read_octets(
    connection: Connection, table: str, key: Any
) -> tuple[Any, ...] | None:
    """Return the values of a row without its sum, whatever they are; None if it is not there."""
    factory: Any = connection.text_factory
    try:
        columns = TableColumns(connection, table)
        connection.text_factory = bytes
        names = ", ".join(f'"{name}"' for name in columns.names)
        row: tuple[Any, ...] | None = connection.execute(
            f'SELECT {names} FROM "{table}" WHERE {columns.key_condition}', key
        ).fetchone()
        return row
    except DriverError:
        return None
    finally:
        connection.text_factory = factory
