"""Damage is found: every bit of a row, every lost or foreign log; and where there is none, silence.

`check` is run in this process; a journal is damaged in the bytes of its file.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from damage import Damage, Place, build_random_flips, find_places, flip_bit
from marked_journal import write_marked_journal
from sqlcipher3 import dbapi2
from test_damage import LINES, CommandServer

from coachlog.errors import CoachlogError, DamagedJournal, Refusal
from coachlog.store import examination
from coachlog.store.database import Journal
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.store.writing import action_changes
from shared_builds import once
from store_builders import NOW, TODAY

CHUNKS = 4
UNSUMMED = {"sqlite_master", "sqlite_sequence"}
"""Tables of SQLite's own: a flip there is found, or has no effect."""


UNDAMAGED = Damage("nothing", lambda data: data)


@pytest.fixture(scope="session")
def marked(year: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(
        tmp_path_factory, "marked", lambda home: write_marked_journal(year, home)
    )


# Flipped bits


def list_row_flips(marked: Path, count: int) -> list[Damage]:
    """Return flips in the bytes of live rows and of their cells, the same in every run."""
    chance = random.Random(20)
    places = [
        place
        for place in find_places(marked / JOURNAL_FILE)
        if place.kind not in ("file header", "page header", "schema")
        and place.name.partition(".")[0] not in UNSUMMED
    ]
    kinds = sorted({place.kind for place in places})
    flips = []
    for number in range(count):
        kind = kinds[number % len(kinds)]
        place: Place = chance.choice([place for place in places if place.kind == kind])
        byte = chance.randrange(place.start, place.stop)
        flips.append(flip_bit(byte, chance.randrange(8), f"{place.kind} {place.name}"))
    return flips


def test_an_undamaged_journal_is_sound(marked: Path, home: Path) -> None:
    """Otherwise, the tests below would test nothing."""
    shutil.copytree(marked, home)
    assert not is_found(home)


def is_found(home: Path) -> bool:
    """Return whether `check` finds anything, or the journal cannot be opened at all."""
    try:
        return bool(Journal(home).examine().findings)
    except CoachlogError:
        return True


def put_damaged(marked: Path, home: Path, damage: Damage) -> None:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    (home / JOURNAL_FILE).touch(mode=0o600)
    data = damage.damage((marked / JOURNAL_FILE).read_bytes())
    (home / JOURNAL_FILE).write_bytes(data)


def list_overlooked(marked: Path, home: Path, flips: Sequence[Damage]) -> list[str]:
    """Return the flips that `check` overlooks, although they change what is in a row.

    Where a number is the key of a table, its row has a byte of which SQLite takes no notice.
    """
    overlooked = []
    for flip in flips:
        put_damaged(marked, home, flip)
        if not is_found(home) and dump_rows(home) != dump_rows(marked):
            overlooked.append(flip.name)
    return overlooked


def dump_rows(home: Path) -> list[list[tuple[object, ...]]]:
    with closing(dbapi2.connect(home / JOURNAL_FILE)) as db:
        names = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        tables = sorted(name for (name,) in names.fetchall())
        db.text_factory = bytes
        return [db.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_flipped_bit_of_a_row_is_found(
    marked: Path, tmp_path: Path, chunk: int
) -> None:
    flips = list_row_flips(marked, 40)[chunk::CHUNKS]
    assert list_overlooked(marked, tmp_path / "home", flips) == []


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_flipped_bit_of_a_row_is_found(
    marked: Path, tmp_path: Path, chunk: int
) -> None:
    flips = list_row_flips(marked, 300)[chunk::CHUNKS]
    assert list_overlooked(marked, tmp_path / "home", flips) == []


def test_without_the_sums_flipped_bits_are_overlooked(
    marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above can fail: they do where no sum is looked at."""
    monkeypatch.setattr(examination, "list_row_findings", lambda *_: iter(()))
    flips = list_row_flips(marked, 40)
    assert len(list_overlooked(marked, tmp_path / "home", flips)) > 4


def list_effects(
    server: CommandServer, marked: Path, home: Path, flips: Sequence[Damage]
) -> list[str]:
    """Return the flips that `check` overlooks, although a command then says something else."""
    effects = []
    for flip in flips:
        put_damaged(marked, home, flip)
        if is_found(home):
            continue
        put_damaged(marked, home, flip)
        damaged_answers = server.run(home, LINES)
        put_damaged(marked, home, UNDAMAGED)
        if server.run(home, LINES) != damaged_answers:
            effects.append(flip.name)
    return effects


@pytest.fixture(scope="module")
def server() -> Iterator[CommandServer]:
    server = CommandServer()
    yield server
    server.close()


@pytest.mark.parametrize(
    "count",
    [24, pytest.param(300, marks=[pytest.mark.long, pytest.mark.timeout(1800)])],
)
def test_a_flipped_bit_elsewhere_is_found_or_changes_nothing(
    server: CommandServer, marked: Path, tmp_path: Path, count: int
) -> None:
    flips = build_random_flips((marked / JOURNAL_FILE).read_bytes(), count, seed=21)
    assert list_effects(server, marked, tmp_path / "home", flips) == []


# The log


def note(home: Path, words: str) -> None:
    with Journal(home).change(NOW) as change:
        action_changes.insert_action_note(change, 100, words, on=TODAY)


def leave_log(marked: Path, home: Path, change_count: int) -> bytes:
    """Make changes that stay in the log, as after a kill; return the bytes of the log."""
    shutil.copytree(marked, home, dirs_exist_ok=True)
    # While another connection is open, the last change does not end the log.
    with closing(dbapi2.connect(home / JOURNAL_FILE, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM session").fetchone()
        for number in range(change_count):
            note(home, f"note {number}")
        log = (home / f"{JOURNAL_FILE}-wal").read_bytes()
        data = (home / JOURNAL_FILE).read_bytes()
    (home / JOURNAL_FILE).write_bytes(data)
    (home / f"{JOURNAL_FILE}-wal").write_bytes(log)
    (home / f"{JOURNAL_FILE}-shm").unlink(missing_ok=True)
    return log


def lose(_log: bytes, _other: bytes) -> bytes:
    return b""


def flip(log: bytes, _other: bytes) -> bytes:
    middle = len(log) // 2
    return log[:middle] + bytes([log[middle] ^ 1]) + log[middle + 1 :]


def truncate(log: bytes, _other: bytes) -> bytes:
    return log[: len(log) // 2]


def take_another(_log: bytes, other: bytes) -> bytes:
    return other


LOG_FAULTS = (lose, flip, truncate, take_another)


@pytest.mark.parametrize("fault", LOG_FAULTS)
def test_a_damaged_log_is_noticed(
    marked: Path, home: Path, tmp_path: Path, fault: Callable[[bytes, bytes], bytes]
) -> None:
    other_log = leave_log(marked, tmp_path / "other", 2)
    log = leave_log(marked, home, 5)
    (home / f"{JOURNAL_FILE}-wal").write_bytes(fault(log, other_log))
    assert is_found(home)
    with pytest.raises((Refusal, DamagedJournal)):
        note(home, "one more")


def test_a_replayed_log_is_noticed(marked: Path, home: Path) -> None:
    """An older log of the same journal is put beside it: SQLite takes it for the newest."""
    older_log = leave_log(marked, home, 2)
    for number in range(4):
        note(home, f"later {number}")
    with closing(dbapi2.connect(home / JOURNAL_FILE, isolation_level=None)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for suffix in ("-wal", "-shm"):
        Path(f"{home / JOURNAL_FILE}{suffix}").unlink(missing_ok=True)
    (home / f"{JOURNAL_FILE}-wal").write_bytes(older_log)
    remarks: list[str] = []
    with Journal(home, tell=remarks.append).read():
        pass
    (words,) = remarks
    assert "is older than the journal" in words
    # So nothing is lost, and nothing is refused.
    assert not is_found(home)
    note(home, "one more")


def test_a_log_as_it_was_left_is_no_damage(marked: Path, home: Path) -> None:
    """Otherwise the tests above would test nothing."""
    leave_log(marked, home, 5)
    assert not is_found(home)
    note(home, "one more")


# No false alarm


WRITER = """
import sys
from datetime import date, datetime, UTC
from pathlib import Path
from coachlog.store.database import Journal
from coachlog.errors import JournalLocked
from coachlog.store.writing import action_changes
remarks = []
home, count = Path(sys.argv[1]), int(sys.argv[2])
for number in range(count):
    journal = Journal(home, tell=remarks.append)
    try:
        with journal.change(datetime.now(UTC)) as change:
            action_changes.insert_action_note(change, 100, "half", on=date(2026, 11, 23))
        with journal.read():
            pass
    except JournalLocked:
        continue
    except Exception as error:
        remarks.append(f"{type(error).__name__}: {error}")
    for remark in remarks:
        print(remark, flush=True)
    remarks.clear()
    print(".", flush=True)
"""


def run_writers(home: Path, changes: int, kills: int) -> tuple[int, list[str]]:
    """Let eight processes change a journal, some of them killed; return how often, and alarms."""
    chance = random.Random(22)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}

    def start(count: int) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", WRITER, str(home), str(count)],
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    lefts = [changes // 8] * 8
    writers = [start(count) for count in lefts]
    lines: list[str] = []
    for _ in range(kills):
        time.sleep(chance.uniform(0.5, 1.5))
        number = chance.randrange(len(writers))
        writers[number].send_signal(signal.SIGKILL)
        # Cut off in the midst of a line, what it said last is no alarm.
        said = writers[number].communicate()[0].rpartition("\n")[0].split("\n")
        lines += said
        # Another one goes on where it was.
        lefts[number] = max(lefts[number] - said.count("."), 1)
        writers[number] = start(lefts[number])
    for writer in writers:
        lines += writer.communicate()[0].split("\n")
    return lines.count("."), [line for line in lines if line not in ("", ".")]


@pytest.mark.parametrize(
    ("changes", "kills"),
    [
        (200, 3),
        pytest.param(10_000, 60, marks=[pytest.mark.long, pytest.mark.timeout(3600)]),
    ],
)
def test_clean_changes_and_kills_raise_no_alarm(
    marked: Path, home: Path, changes: int, kills: int
) -> None:
    shutil.copytree(marked, home)
    made, alarms = run_writers(home, changes, kills)
    assert alarms == []
    assert made > changes // 2
    assert Journal(home).examine().findings == ()
    assert not list((home / "backups").glob("coachlog-log-*"))
