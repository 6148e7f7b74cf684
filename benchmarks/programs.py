"""Runs one line of one source tree on a journal of its own: its time, instructions and memory."""

import os
import re
import resource
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from cases import ACTIONS_A_SESSION, Case
from first_prompt import time_first_prompt
from rounds import TODAY, Key

START = """import sys
sys.path.insert(0, {code!r})
from coachlog.__main__ import main
"""
RUN = f"{START}main()\n"
"""What the program does that pip makes for an entry point."""
WEIGH = f"""{START}try:
    main()
finally:
    with open('/proc/self/status') as status, open({{report!r}}, 'w') as report:
        report.write(status.read())
"""
KB_A_MB = 1024
SETTINGS = ("COACHLOG_", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
"""Without compiled files every start would be a first one: 3.4 times as long."""


class Source(NamedTuple):
    """A version of coachlog: what it is called in tables, and its `src`."""

    name: str
    code: Path


class Cost(NamedTuple):
    """What a line takes: seconds of the processor, and memory in MB."""

    seconds: float
    memory: float


class LineFailed(Exception):
    """A line ended with an error: its time says nothing."""


def choose_settings(**more: str) -> dict[str, str]:
    """Return the environment without what would change how coachlog runs."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(SETTINGS)}
    return plain | more


def make_journal(source: Source, sessions: int, folder: Path, kept: Path) -> Path:
    """Return a journal to work on, in `folder`: a copy of the one in `kept`, made if need be."""
    name = f"{source.name}-{sessions}"
    original = kept / name
    if not original.exists():
        subprocess.run(
            [
                sys.executable,
                Path(__file__).with_name("journal.py"),
                original,
                str(sessions),
            ],
            env=choose_settings(PYTHONPATH=str(source.code)),
            check=True,
        )
    return shutil.copytree(original, folder / name)


def run_line(
    line: list[str],
    settings: Mapping[str, str],
    typed: str = "",
    folder: Path | None = None,
) -> str:
    """Run a line whose output goes nowhere; return what it says on stderr, or raise LineFailed."""
    run = subprocess.run(
        line,
        env=settings,
        input=typed,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if run.returncode:
        typed = shlex.join(word for word in line if "\n" not in word)
        raise LineFailed(f"{typed} ended with {run.returncode}: {run.stderr}")
    return run.stderr


def time_line(
    line: list[str],
    settings: Mapping[str, str],
    typed: str = "",
    folder: Path | None = None,
) -> float:
    """Return the seconds that a line takes."""
    began = time.perf_counter()
    run_line(line, settings, typed, folder)
    return time.perf_counter() - began


def time_bare() -> float:
    """Return the seconds of a Python that does nothing."""
    return time_line([sys.executable, "-c", "pass"], choose_settings())


class Program:
    """One case, run by one source on one journal."""

    def __init__(self, case: Case, source: Source, home: Path, sessions: int) -> None:
        self.case = case
        self.home = home
        self._source = source
        self._sessions = sessions
        self._runs = 0
        self.settings = choose_settings(COACHLOG_HOME=str(home))
        if case.shell:
            self.settings["_COACHLOG_COMPLETE"] = case.shell
        self._report = home.with_suffix(".status")

    def time(self) -> float:
        """Return its seconds."""
        return time_line(self._prepare(), self.settings, self.case.typed)

    def time_first_prompt(self) -> float:
        """Return the seconds until it asks something."""
        return time_first_prompt(self._prepare(), self.settings)

    def count_instructions(self) -> float:
        """Return how many millions of instructions it takes, by callgrind, once it is warm."""
        run_line(self._prepare(), self.settings, self.case.typed)
        counting = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
        line = [*counting, *self._prepare()]
        said = run_line(line, self.settings | {"PYTHONHASHSEED": "0"}, self.case.typed)
        collected = said.rpartition("Collected :")[2].split()[0]
        return int(collected) / 1e6

    def weigh(self) -> Cost:
        """Return what it takes of the processor, and the most memory that it has at a time.

        It reports its memory itself, at its end: what the system says of a child is at least what
        its parent had when it started it.
        """
        line = self._prepare(WEIGH)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run_line(line, self.settings, self.case.typed)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        status = dict(
            row.split(":", 1) for row in self._report.read_text().splitlines()
        )
        return Cost(seconds, int(status["VmHWM"].split()[0]) / KB_A_MB)

    def _prepare(self, code: str = RUN) -> list[str]:
        """Return its line, after what has to be undone for it to work."""
        if self.case.undo:
            # It may have nothing to undo yet.
            with suppress(LineFailed):
                run_line(self.build_line(self.case.undo), self.settings)
        self._runs += 1
        return self.build_line(self.case.words, code)

    def build_line(self, words: str, code: str = RUN) -> list[str]:
        """Return the line of a process for what is typed after `coachlog`."""
        typed = words.format(
            action=self._sessions * ACTIONS_A_SESSION,
            other=self._sessions * ACTIONS_A_SESSION - 1,
            session=self._sessions,
            day=TODAY - timedelta(self._runs),
        )
        program = code.format(code=str(self._source.code), report=str(self._report))
        return [sys.executable, "-c", program, *shlex.split(typed)]


class Bench(NamedTuple):
    """A journal of one size for each source, and what is measured on it."""

    sessions: int
    rounds: int
    homes: dict[Source, Path]
    pattern: str

    @property
    def size(self) -> str:
        """Return what stands above its tables."""
        return f"{self.sessions:,} sessions"

    @property
    def columns(self) -> list[str]:
        """Return the names of its sources."""
        return [source.name for source in self.homes]

    def build_programs(self, cases: Sequence[Case]) -> dict[Key, Program]:
        """Return each case that is asked for, run by each source."""
        return {
            Key(case.title, source.name): Program(case, source, home, self.sessions)
            for case in cases
            if re.search(self.pattern, case.title)
            for source, home in self.homes.items()
        }
