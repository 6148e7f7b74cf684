"""Examines a journal as far as it can be read, and says of each finding what it belongs to."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

from coachlog.errors import DamagedJournal
from coachlog.model.findings import (
    BackupRow,
    Finding,
    FindingKind,
    GoodBackup,
    JournalReport,
    LocatedFinding,
    Remedy,
)
from coachlog.store.backup_files import describe_backup_file
from coachlog.store.backups import open_upgraded_backup
from coachlog.store.connections import (
    Connection,
    DriverError,
    connect_file,
    is_damage_error,
)
from coachlog.store.examination import list_findings
from coachlog.store.good_backups import (
    build_restore_command,
    find_newest_good_copy,
    read_backup_head,
)
from coachlog.store.head_guard import count_lost_changes, read_state_head
from coachlog.store.journal_files import JournalFiles
from coachlog.store.journal_head import (
    HeadVerdict,
    JournalHead,
    judge_head,
    read_head,
)
from coachlog.store.journal_state import read_state
from coachlog.store.opening import JournalOpener
from coachlog.store.row_checks import is_harmless
from coachlog.store.row_evidence import Evidence
from coachlog.store.rows import UnreadableValue
from coachlog.store.state_rebuilding import rebuild_state
from coachlog.store.table_columns import list_tables


def examine_journal(
    journal_files: JournalFiles,
    opener: JournalOpener,
    migrations: Path,
    today: date | None = None,
    second_folder: Path | None = None,
) -> JournalReport:
    """Return what is wrong with a journal, with what the newest good backup has in its place.

    That is beside it or in its second place, `second_folder`. A journal that cannot be opened as
    usual is read as far as it goes. Raises a driver error if another process keeps it busy, and
    `StorageFailure` if the disk refuses.
    """
    head = read_head(journal_files.head)
    row_counts: list[int] = []
    connection, reason = _open_whatever_it_is(journal_files, opener)
    if connection is None:
        findings: tuple[Finding, ...] = (Finding(FindingKind.FILE),)
        backup = _find_backup(journal_files, second_folder, migrations, today)
        located = tuple(LocatedFinding(finding) for finding in findings)
        return JournalReport(located, backup=backup, reason=reason)
    with closing(connection):
        connection.execute("BEGIN")
        findings = (*list_findings(connection, migrations, row_counts.append),)
        if reason is not None and not findings:
            findings = (Finding(FindingKind.FILE),)
        state_head = _read_state_head(connection, findings)
        verdict = judge_head(head, state_head) if state_head else HeadVerdict.UNKNOWN
        findings = (
            *_list_head_findings(head, state_head),
            *_leave_out_consequences(findings),
        )
        backup = None
        if findings:
            uid = _read_uid(connection)
            backup = _find_backup(journal_files, second_folder, migrations, today, uid)
        with _open_backup(backup, migrations) as copy:
            located = (*_locate_findings(connection, findings, copy, head),)
        located = tuple(
            _locate_lost_changes(lost, backup, head, state_head) for lost in located
        )
        kept_log = journal_files.find_kept_log()
        return JournalReport(
            located,
            sum(row_counts),
            len(row_counts),
            backup,
            reason,
            verdict is HeadVerdict.MOVED,
            kept_log=str(kept_log) if kept_log else None,
            is_acceptable=reason is None and _is_acceptable(verdict, findings),
        )


def _list_head_findings(
    head: JournalHead | None, state_head: JournalHead | None
) -> Iterator[Finding]:
    lost_count = count_lost_changes(head, state_head)
    if lost_count is not None:
        yield Finding(FindingKind.LOST_CHANGES, row_count=lost_count)


def _is_acceptable(verdict: HeadVerdict, findings: tuple[Finding, ...]) -> bool:
    """Return whether nothing that anybody wrote speaks against changing a journal."""
    is_head_wrong = verdict in (
        HeadVerdict.MOVED,
        HeadVerdict.REPLACED,
        HeadVerdict.AHEAD,
    )
    return is_head_wrong and all(map(_leaves_changeable, findings))


def _leaves_changeable(finding: Finding) -> bool:
    """Return whether a journal with such a finding can be changed as it is."""
    return finding.kind is FindingKind.LOST_CHANGES or is_harmless(finding)


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
        if not is_damage_error(error):
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


def _read_state_head(
    connection: Connection, findings: Sequence[Finding]
) -> JournalHead | None:
    """Return how far a journal has come; None while what it says about itself is damaged."""
    if any(finding.kind is FindingKind.STATE for finding in findings):
        return None
    with suppress(DriverError, UnicodeDecodeError):
        return read_state_head(connection)
    return None


def _find_backup(
    journal_files: JournalFiles,
    second_folder: Path | None,
    migrations: Path,
    today: date | None,
    uid: str | None = None,
) -> GoodBackup | None:
    path = find_newest_good_copy(journal_files, second_folder, migrations, today, uid)
    if path is None:
        return None
    command = build_restore_command(path, journal_files)
    return GoodBackup(str(path), describe_backup_file(path).made_on, command)


def _locate_lost_changes(
    located: LocatedFinding,
    backup: GoodBackup | None,
    head: JournalHead | None,
    state_head: JournalHead | None,
) -> LocatedFinding:
    """Return a finding of lost changes with whether a backup has them; any other as it is.

    It has all of them if it is as far as the head, and some if it is further than the journal.
    """
    if located.finding.kind is not FindingKind.LOST_CHANGES or backup is None:
        return located
    backup_head = read_backup_head(Path(backup.path))
    has_row = BackupRow.ABSENT
    if backup_head is not None and head is not None and state_head is not None:
        if backup_head == head:
            has_row = BackupRow.AS_WRITTEN
        elif count_lost_changes(backup_head, state_head) is not None:
            is_of_head = backup_head.epoch == head.epoch
            has_row = BackupRow.OTHER if is_of_head else BackupRow.ABSENT
    return located._replace(backup=has_row)


def _read_uid(connection: Connection) -> str | None:
    with suppress(DriverError, UnicodeDecodeError, UnreadableValue):
        return read_state(connection).uid
    return None


def _leave_out_consequences(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield what is wrong, but not what follows from a damaged row of the same table.

    An index then does not fit it, or SQLite would refuse to store its values.
    """
    damaged_tables = {finding.table for finding in findings if finding.key}
    for finding in findings:
        is_of_index = finding.kind is FindingKind.INDEX
        is_of_some_row = finding.kind is FindingKind.VALUE and finding.key is None
        if not (is_of_index or is_of_some_row) or finding.table not in damaged_tables:
            yield finding


def _locate_findings(
    connection: Connection,
    findings: Sequence[Finding],
    copy: Connection | None,
    head: JournalHead | None,
) -> Iterator[LocatedFinding]:
    """Yield each finding with what it belongs to, and what the backup has in its place."""
    evidence = None
    with suppress(UnreadableValue, DriverError, ValueError):
        evidence = Evidence(connection, copy)
    for finding in findings:
        if finding.kind is FindingKind.LOST_CHANGES:
            yield LocatedFinding(finding, remedy=Remedy.HEAD)
        elif finding.kind is FindingKind.STATE:
            is_known = rebuild_state(connection, copy, head) is not None
            yield LocatedFinding(
                finding, remedy=Remedy.RENEW if is_known else Remedy.RESTORE
            )
        elif evidence is None:
            yield LocatedFinding(finding)
        else:
            yield evidence.locate(finding)


@contextmanager
def _open_backup(
    backup: GoodBackup | None, migrations: Path
) -> Iterator[Connection | None]:
    """Yield a backup to read in, of the newest schema; None where there is none."""
    if backup is None:
        yield None
        return
    with open_upgraded_backup(Path(backup.path), migrations) as copy:
        yield copy
