"""What is typed while coachlog starts: kept for the first prompt, and shown nowhere else."""

import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from screen import ENTER, own_template
from windows import SOURCE, Own

from coachlog.__main__ import will_ask
from waiting import wait_until

LOCAL_MODES = 3


def read_new_modes() -> list[object]:
    """Return the modes of a terminal that nobody has used yet."""
    ours, theirs = pty.openpty()
    try:
        return termios.tcgetattr(theirs)
    finally:
        os.close(ours)
        os.close(theirs)


class Start:
    """coachlog from its very first instruction, in a window of its own."""

    def __init__(self, home: Path, *args: str, **variables: str) -> None:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": SOURCE,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "COACHLOG_HOME": str(home),
        }
        command = [sys.executable, "-m", "coachlog", *args]
        self.before = read_new_modes()
        self.window = Own(command, environment | variables, 80, 40)
        self.shown = ""

    @property
    def echoes(self) -> bool:
        return bool(termios.tcgetattr(self.window.fd)[LOCAL_MODES] & termios.ECHO)

    def type(self, keys: str) -> None:
        os.write(self.window.fd, keys.encode())

    def read(self) -> None:
        if select.select([self.window.fd], [], [], 0.02)[0]:
            try:
                self.shown += os.read(self.window.fd, 65536).decode()
            except OSError:  # it has ended
                time.sleep(0.02)

    def sees(self, words: str) -> None:
        wait_until(lambda: words in self.shown, lambda: self.shown, self.read)

    def ends(self) -> int:
        wait_until(
            lambda: self.window.ended() is not None, lambda: self.shown, self.read
        )
        code = self.window.ended()
        assert code is not None
        return code


@contextmanager
def start(home: Path, *args: str, **variables: str) -> Iterator[Start]:
    """Start coachlog, and end it."""
    started = Start(home, *args, **variables)
    try:
        yield started
    finally:
        if started.window.ended() is None:
            started.window.signal(signal.SIGKILL)
        started.window.close()


@pytest.fixture
def own(home: Path) -> Path:
    """A home with a conversation of one question."""
    own_template(home, 'id = "one"\nask = "The question?"\nkind = "line"')
    return home


ASKING = ("session", "new", "-t", "own")


def test_type_ahead_answers_the_first_prompts_and_is_not_echoed_before(
    own: Path,
) -> None:
    with start(own, *ASKING) as run:
        wait_until(lambda: not run.echoes, lambda: run.shown)
        assert run.shown == ""
        run.type(f"Samantha{ENTER}an answer{ENTER}")
        run.sees("The question?")
        run.sees("an answer")
        before_question, _, _ = run.shown.partition("What is your own name?")
        assert "Samantha" not in before_question
        assert "an answer" not in run.shown.partition("The question?")[0]
        run.sees("Ready to save")
        run.type("\x03")
        assert run.ends() == 130
        assert termios.tcgetattr(run.window.fd) == run.before


def test_a_run_that_is_ended_before_its_first_prompt_leaves_the_terminal_as_it_was(
    own: Path,
) -> None:
    with start(own, *ASKING) as run:
        wait_until(lambda: not run.echoes, lambda: run.shown)
        run.window.signal(signal.SIGTERM)
        assert run.ends() in (-signal.SIGTERM, 130)
        assert termios.tcgetattr(run.window.fd) == run.before


def test_a_run_that_fails_leaves_the_terminal_as_it_was(own: Path) -> None:
    with start(own, "session", "new", "-t", "nonsense") as run:
        assert run.ends() != 0
        assert termios.tcgetattr(run.window.fd) == run.before


def test_lines_are_typed_in_sight(own: Path) -> None:
    with start(own, *ASKING, ACCESSIBLE="1") as run:
        run.type("Samantha\n")
        run.sees("The question?")
        assert "Samantha" in run.shown.partition("What is your own name?")[0]
        assert run.echoes


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("log priya", True),
        ("session new", True),
        ("session resume 3", True),
        ("log priya -", False),
        ("session new priya --answers -", False),
        ("session new --help", False),
        ("session list", False),
        ("action done", False),
        ("", False),
    ],
)
def test_only_a_command_that_asks_hides_what_is_typed_at_once(
    words: str, asks: bool
) -> None:
    assert will_ask(words.split()) == asks


@pytest.mark.parametrize("command", ["action list", "session list", "--version", ""])
def test_a_command_that_reads_loads_nothing_for_it(home: Path, command: str) -> None:
    code = (
        "import sys; from coachlog import __main__\n"
        "try: __main__.main()\n"
        "except SystemExit: pass\n"
        "assert 'coachlog.terminal.echo' not in sys.modules"
    )
    subprocess.run(
        [sys.executable, "-c", code, *command.split()],
        env={"PYTHONPATH": SOURCE, "COACHLOG_HOME": str(home)},
        check=True,
        capture_output=True,
    )
