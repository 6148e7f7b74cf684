"""A look at a journal that changes nothing on the disk: no upgrade, no log, no file beside it.

Everything is judged in a copy in memory. What is in the log is joined with it before: SQLite itself
would write to the log's index, and put the log into the journal at the end.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from coachlog.errors import JournalLocked
from coachlog.files import open_part_file
from coachlog.named_tuples import NamedTuple
from coachlog.store.backups import upgrade_copy
from coachlog.store.connections import (
    Connection,
    DriverError,
    connect_file,
    open_file,
    open_memory,
)
from coachlog.store.file_checks import read_joined_image
from coachlog.store.head_guard import count_lost_changes, read_state_head
from coachlog.store.journal_files import JOURNAL_FILE, JournalFiles
from coachlog.store.journal_head import (
    HeadVerdict,
    JournalHead,
    judge_head,
    read_head,
)
from coachlog.store.lost_log import LogVerdict, describe_stray_log, judge_log
from coachlog.store.opening import JournalOpener
from coachlog.store.row_checks import is_about_search, is_harmless, list_undo_findings
from coachlog.store.rows import UnreadableValue

_MEMORY_FOLDER = Path("/dev/shm")
"""The folder of Linux that is kept in memory: what is written there, no disk sees."""
_WITHOUT_LOG = b"\1\1"
"""What the header of a database says in its bytes 18 and 19 if it has no write-ahead log."""
_LOOKS = 5
"""How often a journal is copied that another process is writing to at the same time."""


class JournalLook(NamedTuple):
    """What was seen in a journal: whether anything is damaged, its schema, and its last change.

    `changed_at` is None in a journal without any change, and in a damaged one. `lost_count` is how
    many changes its head knows of that are not in it, as `count_lost_changes` returns it;
    `is_moved` tells whether the head is that of another journal. `stray_log` says what there is to
    say of a log that is not the journal's, without which it was looked at.
    """

    has_damage: bool
    version: int
    changed_at: datetime | None = None
    lost_count: int | None = None
    has_undo_damage: bool = False
    """Whether what `undo` keeps is damaged, which can be emptied."""
    is_moved: bool = False
    has_search_damage: bool = False
    """Whether the index of `search` is damaged, which can be made anew."""
    stray_log: str | None = None


def look_at_journal(
    files: JournalFiles, opener: JournalOpener, migrations: Path
) -> JournalLook:
    """Return what is to be seen in a journal, each of its values looked at.

    Raises as `JournalOpener`, and `JournalLocked` if another process goes on writing to it, or if
    the system has no memory to join its log in.
    """
    look = _look_once(files, opener, migrations)
    # A write within one tick of the disk's clock changes no time, and tears the copy all the same.
    if look.has_damage:
        look = _look_once(files, opener, migrations)
    return look


def _look_once(
    files: JournalFiles, opener: JournalOpener, migrations: Path
) -> JournalLook:
    opener.require_whole_file()
    # Before the journal, as a change in between is none that is lost.
    head = read_head(files.head)
    with open_memory() as connection:
        stray_log = _copy_quiet_journal(files, connection, head)
        version = opener.read_judged_version(connection)
        if not _can_upgrade(connection, migrations, version):
            return JournalLook(True, version)
        from coachlog.store.examination import list_findings

        findings = [*list_findings(connection, migrations)]
        if not all(map(is_harmless, findings)):
            return JournalLook(True, version)
        state_head = read_state_head(connection)
        return JournalLook(
            False,
            version,
            _read_last_change(connection),
            count_lost_changes(head, state_head),
            next(list_undo_findings(connection), None) is not None,
            state_head is not None
            and judge_head(head, state_head) is HeadVerdict.MOVED,
            any(map(is_about_search, findings)),
            stray_log,
        )


def _can_upgrade(connection: Connection, migrations: Path, version: int) -> bool:
    """Return whether the copy takes all later steps of the schema; a sound journal does."""
    try:
        upgrade_copy(connection, migrations, version)
    except (DriverError, UnreadableValue, UnicodeDecodeError):
        return False
    return True


def _read_last_change(connection: Connection) -> datetime | None:
    (moment,) = connection.execute("SELECT max(at) FROM event").fetchone()
    if moment is None:
        return None
    from datetime import UTC

    # Stored without its zone, which is always UTC.
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def _copy_quiet_journal(
    files: JournalFiles, target: Connection, head: JournalHead | None
) -> str | None:
    """Copy a journal into a database in memory at a moment at which nobody writes to it.

    Returns what there is to say of a log that is not the journal's, and is not in the copy.
    """
    for _ in range(_LOOKS):
        before = _read_stamps(files)
        words = None
        with _open_untouched(files) as connection:
            source = connection
            with open_file(files.journal, "ro&immutable=1") as alone:
                if files.has_log() and _is_log_stray(files, head, alone, connection):
                    source, words = alone, describe_stray_log(files)
                source.backup(target)
        if _read_stamps(files) == before:
            return words
    raise JournalLocked(
        "Another coachlog is writing to the journal all the time, so it was not looked at.",
        "Try again in a moment.",
    )


def _is_log_stray(
    files: JournalFiles, head: JournalHead | None, alone: Connection, joined: Connection
) -> bool:
    verdict = judge_log(files.log, head, alone, joined)
    with suppress(DriverError):
        joined.execute("ROLLBACK")
    return verdict is LogVerdict.STRAY


def _read_stamps(files: JournalFiles) -> list[tuple[int, ...]]:
    """Return what changes with any change: of the journal and of its log, if there is one."""
    stamps: list[tuple[int, ...]] = []
    for path in (files.real_journal, files.log):
        try:
            status = path.stat()
        except FileNotFoundError:
            stamps.append(())
        else:
            stamps.append((status.st_ino, status.st_size, status.st_mtime_ns))
    return stamps


@contextmanager
def _open_untouched(files: JournalFiles) -> Iterator[Connection]:
    """Yield a connection to a journal that takes it as unchanging."""
    if not files.has_log():
        with closing(connect_file(files.journal, "ro&immutable=1")) as connection:
            yield connection
        return
    if not _MEMORY_FOLDER.is_dir():
        raise _build_unjoined_error(files)
    image = bytearray(read_joined_image(files.real_journal, files.log))
    # Of a file with a log, SQLite would create one beside it.
    image[18:20] = _WITHOUT_LOG
    with (
        open_part_file(_MEMORY_FOLDER / JOURNAL_FILE) as part,
        part.path.open("wb", buffering=0) as joined_copy,
        closing(connect_file(part.path, "ro")) as connection,
    ):
        # Both have opened it. Without a name it ends with this process, however that ends, so
        # only now is anything of the journal written to it.
        part.path.unlink()
        try:
            joined_copy.write(image)
        except OSError:  # no memory left
            raise _build_unjoined_error(files) from None
        yield connection


def _build_unjoined_error(files: JournalFiles) -> JournalLocked:
    return JournalLocked(
        f"{files.log.name} beside the journal still holds changes that a run left there, so it was "
        "not looked at.",
        "Any command that reads puts them in their place: `coachlog person list`.",
    )
