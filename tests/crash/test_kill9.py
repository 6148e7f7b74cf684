"""Killed at any moment, a journal holds every answer that was acknowledged, and goes on."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nursery
import pytest

import coachlog
from coachlog.store.database import Journal
from store_builders import NOW, hold
from waiting import LIMIT

HERE = Path(__file__).parent
SOURCE = str(Path(coachlog.__file__).parents[1])
PATHS = os.pathsep.join([str(HERE), str(HERE.parent), SOURCE])


class Nursery:
    """A process that raises writing processes, each to be killed by us."""

    def __init__(self, *flags: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "nursery.py"), *flags],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": PATHS},
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._into, self._out = self._process.stdin, self._process.stdout.fileno()
        self._read = b""
        assert self._line() == "ready"

    def close(self) -> None:
        self._process.communicate(timeout=LIMIT)

    def life(self, home: Path, number: int, steps: int, seconds: float) -> int:
        """Return the last step acknowledged by a process killed so long after so many steps."""
        self._into.write(f"{home} {number}\n".encode())
        self._into.flush()
        _, _, pid = (self._line() or "").partition("pid ")
        for _ in range(steps):
            number = int((self._line() or "").removeprefix("ack "))
        end = time.monotonic() + seconds
        while line := self._line(end):
            number = int(line.removeprefix("ack "))
        os.kill(int(pid), signal.SIGKILL)
        while (line := self._line() or "").startswith("ack "):
            number = int(line.removeprefix("ack "))
        assert line == f"dead {-signal.SIGKILL}", "it fell over by itself"
        return number

    def _line(self, end: float | None = None) -> str | None:
        """Return the next line, or None if it has not come by `end`."""
        while b"\n" not in self._read:
            left = None if end is None else max(0.0, end - time.monotonic())
            if not select.select([self._out], [], [], left)[0]:
                return None
            self._read += os.read(self._out, 65536)
        line, _, self._read = self._read.partition(b"\n")
        return line.decode()


@pytest.fixture
def nurses() -> Iterator[list[Nursery]]:
    raised: list[Nursery] = []
    yield raised
    for one in raised:
        one.close()


def trials(
    ward: Nursery, folder: Path, count: int, seed: int = 2026
) -> Iterator[tuple[int, int]]:
    """Kill a process per trial and yield what it acknowledged last and what the journal holds.

    Every fifth trial starts in a new home, so that some are killed while the journal is made.
    """
    chance, home, number = random.Random(seed), folder, 0
    for trial in range(count):
        if trial % 5 == 0:
            home, number = folder / str(trial), 0
        acknowledged = ward.life(
            home, number, chance.randrange(6), chance.uniform(0.0, 0.02)
        )
        there = nursery.found(home)
        number = next(
            (
                n
                for n in range(acknowledged + 2, -1, -1)
                if nursery.expected(n) == there
            ),
            -1,
        )
        yield acknowledged, number


def lost(outcomes: Iterator[tuple[int, int]]) -> int:
    """Return in how many trials the journal had less than what was acknowledged, or other things.

    What was being saved when the end came may be there or not, as a whole; nothing else.
    """
    return sum(
        number not in (acknowledged, acknowledged + 1)
        for acknowledged, number in outcomes
    )


def survive(ward: Nursery, folder: Path, count: int) -> None:
    outcomes = list(trials(ward, folder, count))
    assert lost(iter(outcomes)) == 0
    assert any(
        number == acknowledged + 1 for acknowledged, number in outcomes
    )  # cut mid-step
    for home in folder.iterdir():
        with Journal(home).change(NOW, create=True) as change:
            hold(change)


def test_50_processes_killed_at_any_moment_lose_no_answer(
    nurses: list[Nursery], tmp_path: Path
) -> None:
    nurses.append(Nursery())
    survive(nurses[0], tmp_path, 50)


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_1000_processes_killed_at_any_moment_lose_no_answer(
    nurses: list[Nursery], tmp_path: Path
) -> None:
    nurses.append(Nursery())
    survive(nurses[0], tmp_path, 1000)


def test_answers_acknowledged_before_they_are_saved_would_be_noticed(
    nurses: list[Nursery], tmp_path: Path
) -> None:
    """The tests above can fail: the same trials find a saver that speaks too early."""
    nurses.append(Nursery("--too-early"))
    caught = next(
        (
            (acknowledged, number)
            for acknowledged, number in trials(nurses[0], tmp_path, 300)
            if number == acknowledged - 1
        ),
        None,
    )
    assert caught is not None
