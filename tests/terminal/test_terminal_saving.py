"""Half-typed text is saved while it is typed, and no key waits for that."""

import os
import signal
import termios
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from drafts import half, held
from screen import CTRL_C, ENTER, Screen, coachlog, own_template
from windows import SOURCE

from coachlog.store.database import Journal
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.store.reading import session_queries
from conftest import NOW

QUESTION = 'id = "first"\nask = "The first question?"\nkind = "line"'
REMARK = "From now on, only you can read it."
LONG = "A sentence that is long enough to be half-typed for a while."
GATE = """
import importlib.util, sys, time
from pathlib import Path

class Gate:
    def find_spec(self, name, path=None, target=None):
        if name != "sqlmodel":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        run = spec.loader.exec_module
        def run_later(module):
            while not Path({gate!r}).exists():
                time.sleep(0.01)
            run(module)
        spec.loader.exec_module = run_later
        return spec

sys.meta_path.insert(0, Gate())
"""
"""Python runs this when it starts; SQLModel then loads no further until there is a file."""


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    """The file without which SQLModel does not finish loading."""
    return tmp_path / "gate"


@contextmanager
def slow_start(home: Path, gate: Path) -> Iterator[Screen]:
    """Come to the first question of a coachlog in which SQLModel waits for the gate."""
    folder = gate.parent / "slow"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(GATE.format(gate=str(gate)))
    own_template(home, QUESTION)
    with coachlog(
        *("session", "new", "-t", "own"),
        home=home,
        variables={"PYTHONPATH": os.pathsep.join([str(folder), SOURCE])},
    ) as screen:
        screen.answer("What is your own name?").asks("The first question?")
        yield screen


def test_what_is_typed_at_the_very_first_question_is_saved(home: Path) -> None:
    own_template(home, QUESTION)
    with coachlog("session", "new", "-t", "own", home=home, own=True) as screen:
        screen.answer("What is your own name?").asks("The first question?")
        screen.type("Half a sen")
        screen.until(lambda: half(home) == "Half a sen", "half-typed text saved")
        screen.type("tence").until(lambda: half(home) == "Half a sentence", "the rest")
        screen.kill(signal.SIGKILL)
        screen.ends()
    assert half(home) == "Half a sentence"


def test_keys_are_seen_while_what_saves_them_still_loads(
    home: Path, gate: Path
) -> None:
    with slow_start(home, gate) as screen:
        for number in range(1, len(LONG) + 1):
            screen.type(LONG[number - 1]).sees(LONG[:number].rstrip())
            time.sleep(0.01)  # saves come due between keys, as a person types them
        assert half(home) is None
        gate.touch()
        screen.until(lambda: half(home) == LONG, "half-typed text saved")


def test_an_answer_waits_for_what_saves_it_and_is_no_longer_half_typed(
    home: Path, gate: Path
) -> None:
    with slow_start(home, gate) as screen:
        screen.type("Half").sees("Half").type(" a sentence", ENTER)
        gate.touch()
        screen.asks("Ready to save").type(CTRL_C)
        assert screen.ends() == 130
    with Journal(home).read() as db:
        draft = session_queries.read_draft(db, 1)
    assert draft.steps["s.first"] == "Half a sentence"
    assert not draft.half


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_second_signal_does_not_end_the_saving_that_the_first_began(
    home: Path, gate: Path, number: signal.Signals
) -> None:
    with slow_start(home, gate) as screen:
        screen.type("Half a sen").sees("Half a sen").kill(number)
        screen.until(
            lambda: termios.tcgetattr(screen.fd)[3] & termios.ICANON,
            "the end of the field",
        )
        screen.kill(number).kill(number)
        gate.touch()
        screen.ends()
    assert half(home) == "Half a sen"


def test_a_window_closed_while_another_process_writes_keeps_its_text(
    home: Path,
) -> None:
    own_template(home, QUESTION)
    with coachlog("session", "new", "-t", "own", home=home) as screen:
        screen.answer("What is your own name?").asks("The first question?").type("Half")
        screen.until(lambda: half(home) == "Half", "the first half saved")
        with closing(held(home)):
            screen.type(" a sen").sees("Not saved yet").hang_up()
            time.sleep(1)  # so long does the other process go on
        screen.ends()
    assert half(home) == "Half a sen"


def test_what_saving_has_to_say_is_said_after_the_field(home: Path) -> None:
    """The first change of a conversation may be that of a half-typed text."""
    own_template(home, QUESTION)
    with Journal(home).change(NOW, create=True):
        pass
    (home / JOURNAL_FILE).chmod(0o644)
    with coachlog("session", "new", "-t", "own", home=home) as screen:
        screen.answer("What is your own name?").asks("The first question?").type("Half")
        screen.until(lambda: half(home) == "Half", "half-typed text saved")
        screen.type(" a sentence").sees("›  Half a sentence")
        assert REMARK not in " ".join(screen.text.split())
        screen.type(ENTER).asks("Ready to save")
        assert REMARK in " ".join(screen.text.split())
