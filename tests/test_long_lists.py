"""Lists of any size: read, laid out and written in batches, all of one state of the journal."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console as RichConsole
from sqlcipher3 import dbapi2

from coachlog.model.actions import Action
from coachlog.model.batches import BATCH_SIZE, Batches, CountedBatches, convert_batches
from coachlog.screens.columns import Columns
from coachlog.screens.texts import Text
from coachlog.services import promises
from coachlog.services.desk import Desk
from coachlog.store.database import Journal
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.store.writing import action_changes
from coachlog.terminal.record_console import RecordConsole
from conftest import Run
from shared_builds import once
from store_builders import NOW, TODAY, fill

SESSIONS = 1_000


# Batches


class Source:
    """Numbers in batches of two, and how often they were read from the start."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.reads = 0

    def read(self):  # type: ignore[no-untyped-def]
        self.reads += 1
        for start in range(0, self.count, 2):
            yield [*range(start, min(start + 2, self.count))]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 9])
def test_batches_give_the_same_values_each_time(count: int) -> None:
    source = Source(count)
    batches = Batches(source.read)
    for _ in range(3):
        assert [*batches] == [*range(count)]
    assert bool(batches) is (count > 0)
    # What one batch holds is kept.
    assert source.reads == (1 if count <= 2 else 3)


def test_values_left_halfway_are_read_from_the_start_again() -> None:
    batches = Batches(Source(9).read)
    assert any(value == 1 for value in batches)
    assert [*batches] == [*range(9)]


@pytest.mark.parametrize("count", [0, 2, 9])
def test_values_are_counted_whether_they_were_gone_through_or_not(count: int) -> None:
    counted = CountedBatches(Source(count).read, lambda values: sum(map(bool, values)))
    assert counted.total == max(0, count - 1)
    assert [*counted] == [*range(count)]
    assert counted.total == max(0, count - 1)


def test_what_values_become_is_not_kept_either() -> None:
    doubled = convert_batches(Batches(Source(9).read), lambda value: 2 * value)
    assert [*doubled] == [*doubled] == [*range(0, 18, 2)]


# Tables


def render(console_class: type[RichConsole], table: Columns, width: int) -> list[str]:
    """Return a table as it is printed whole, and as its parts are printed."""
    outputs = []
    for parts in ([table], [*table.split()]):
        file = StringIO()
        console = console_class(file=file, width=width, force_terminal=True)
        for part in parts:
            console.print(part)
        outputs.append(file.getvalue())
    return outputs


@pytest.mark.parametrize("console_class", [RichConsole, RecordConsole])
@pytest.mark.parametrize("width", [40, 80, 140])
def test_a_table_in_parts_is_as_wide_as_the_whole(
    console_class: type[RichConsole], width: int
) -> None:
    """A long word in the last part makes all parts wider."""

    def build_rows(number: int) -> list[list[Text | str]]:
        words = "rota " * (number // 100) + "x" * (number // 40)
        return [
            [str(number), Text(words, style="dim"), Text("you", style="bold")],
            [Text("moved in a conversation", style="dim")],
        ]

    table = Columns("#", "promise", "who", right=("#",), wide="promise")
    table.add_rows(
        Batches(lambda: (range(n, n + 250) for n in range(0, 750, 250))), build_rows
    )
    in_memory = Columns("#", "promise", "who", right=("#",), wide="promise")
    for number in range(750):
        row, line = build_rows(number)
        in_memory.add_row(*row)
        in_memory.add_line(Text(str(line[0]), style="dim"))
    whole, in_parts = render(console_class, table, width)
    assert whole == in_parts
    assert render(console_class, in_memory, width) == [whole, in_parts]


# Journals


@pytest.fixture
def long_home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of a thousand conversations of one's own, to change."""
    source = once(tmp_path_factory, "long-lists", partial(fill, sessions=SESSIONS))
    home = tmp_path / "long home"
    home.mkdir()
    shutil.copy(source / JOURNAL_FILE, home)
    return home


def spoil_action(home: Path, condition: str) -> None:
    with closing(dbapi2.connect(str(home / JOURNAL_FILE))) as db:
        db.execute(f"UPDATE action SET due = 'no date' WHERE {condition}")
        db.commit()


@pytest.mark.parametrize(
    "line", ["action list --all --json", "action list --all", "progress --ledger"]
)
def test_a_fault_at_the_start_prints_nothing_but_the_error(
    long_home: Path, run: Run, line: str
) -> None:
    spoil_action(long_home, "1")
    ended = run("--home", str(long_home), *line.split())
    assert ended.code == 1
    assert ended.out == ""
    assert "is damaged" in ended.err


@pytest.mark.parametrize("line", ["action list --all --json", "action list --all"])
def test_a_fault_in_the_midst_ends_the_list_there(
    long_home: Path, run: Run, line: str
) -> None:
    """What came is not a whole document, and the exit code says that it is not all."""
    oldest = "closed_on = (SELECT min(closed_on) FROM action)"
    spoil_action(long_home, oldest)
    ended = run("--home", str(long_home), *line.split())
    assert ended.code == 1
    assert "is damaged" in ended.err
    assert ended.out != ""
    assert not ended.out.endswith("]\n}\n")


def coachlog(home: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "coachlog", "--home", str(home), *words]


@pytest.mark.parametrize("words", [("--json",), ()])
def test_a_reader_that_has_read_enough_ends_a_list_quietly(
    long_home: Path, words: tuple[str, ...]
) -> None:
    with subprocess.Popen(
        coachlog(long_home, "action", "list", "--all", *words),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        assert listing.stdout.read(100) != b""
        listing.stdout.close()
        assert listing.stderr.read() == b""
        assert listing.wait() == 1
    assert [path.name for path in long_home.iterdir()] == [JOURNAL_FILE]


def test_a_list_is_of_one_state_while_others_write(long_home: Path) -> None:
    desk = Desk(long_home, lambda: NOW, "Europe/London")
    with promises.open_actions(desk, include_closed=True) as actions:
        before = [action.id for action in actions]
        halfway = iter(actions)
        ids = [next(halfway).id for _ in range(BATCH_SIZE + 1)]
        with Journal(long_home).change(NOW) as change:
            for id in before[-3:]:
                action_changes.reopen_action_row(change, id, on=TODAY)
        ids += [action.id for action in halfway]
        assert ids == before == [action.id for action in actions]
    with promises.open_actions(desk, include_closed=True) as actions:
        assert {*before[-3:]} < {action.id for action in _take_open(actions)}
    names = {path.name for path in long_home.iterdir()}
    assert not {f"{JOURNAL_FILE}-wal", f"{JOURNAL_FILE}-shm"} & names


def _take_open(actions: Batches[Action]) -> list[Action]:
    return [action for action in actions if action.closed_on is None]


# Memory

PEAK = """
import sys
from coachlog.cli import run
assert run() == 0
# Not of `getrusage`: a process begins there with the memory of the one that started it.
with open("/proc/self/status") as file:
    fields = dict(line.split(":", 1) for line in file)
print(int(fields["VmHWM"].split()[0]) // 1024, file=sys.stderr)
"""


def measure_peak(home: Path, line: str) -> int:
    """Return the memory that a command takes at most, in megabytes."""
    listing = subprocess.run(
        [sys.executable, "-c", PEAK, *line.split()],
        env=os.environ | {"COACHLOG_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    return int(listing.stderr.splitlines()[-1])


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere peaks are in bytes")
@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("session list --all --json", 8),
        ("export table measures", 8),
        ("export table actions", 8),
        ("export table sessions", 8),
        # SQLite puts the numbers of promises in order in memory.
        ("action list --all --json", 12),
        ("session list --all", 8),
        ("action list --all", 12),
        # The figures above a ledger keep the promises that were moved.
        ("progress --ledger --json", 24),
    ],
)
def test_a_list_ten_times_as_long_takes_no_more_memory(
    tmp_path_factory: pytest.TempPathFactory, line: str, more: int
) -> None:
    small, big = (
        once(tmp_path_factory, f"journal-{size}", partial(fill, sessions=size))
        for size in (1_000, 10_000)
    )
    assert measure_peak(big, line) <= measure_peak(small, line) + more
