"""Histories taken back step by step and brought back, and kills in the middle of either."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

import coachlog
from coachlog.errors import Refusal
from coachlog.model.actions import Promise
from coachlog.model.people import Relationship
from coachlog.store.database import Journal
from coachlog.store.row_watch import RowWatch
from coachlog.store.writing import person_changes
from conftest import Run
from store_builders import NOW, hold, with_promise
from test_small_changes import (
    Act,
    Draws,
    describe_outcome,
    draw_action_change,
    draw_goal_change,
    draw_note_change,
    draw_session_change,
)
from undo_histories import (
    count_missed_states,
    list_commands_run,
    list_differences,
    read_state,
)

HERE = Path(__file__).parent
SOURCE = str(Path(coachlog.__file__).parents[1])
PATHS = os.pathsep.join([str(HERE), str(HERE.parent), SOURCE])
KINDS = (draw_action_change, draw_goal_change, draw_note_change, draw_session_change)


def list_random_changes(
    journal: Journal, seed: int, count: int
) -> Iterator[Callable[[], object]]:
    draws = Draws(seed)
    for _ in range(count):
        acts: list[Act] = [
            draws.pick(*KINDS)(draws) for _ in range(draws.pick(1, 1, 2))
        ]

        def change(acts: list[Act] = acts) -> str:
            return describe_outcome(journal, NOW, acts)

        yield change


def fill(home: Path) -> Journal:
    journal = with_promise(home)
    with journal.change(NOW) as change:
        person_changes.insert_person(change, "Bo Ek", Relationship.PEER)
        person_changes.insert_person(change, "Dana Cole", Relationship.MANAGER)
    journal.begin_undo_entry()
    return journal


def test_changes_are_taken_back_and_brought_back_one_by_one(home: Path) -> None:
    journal = fill(home)
    changes = list_random_changes(journal, 7, 120)
    count, failures = count_missed_states(journal, changes, Random(1))
    assert failures == []
    assert count > 25


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_200_changes_are_taken_back_and_brought_back(home: Path, seed: int) -> None:
    journal = fill(home)
    changes = list_random_changes(journal, seed, 600)
    count, failures = count_missed_states(journal, changes, Random(seed))
    assert failures == []
    assert count >= 200


def test_commands_are_taken_back_and_brought_back_one_by_one(
    run: Run, home: Path
) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    codes: list[int] = []
    commands = list_commands_run(run, 3, 40, codes)
    count, failures = count_missed_states(Journal(home), commands, Random(1))
    assert failures == []
    assert count > 15


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_200_commands_are_taken_back_and_brought_back(
    run: Run, home: Path, seed: int
) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    codes: list[int] = []
    commands = list_commands_run(run, seed, 480, codes)
    count, failures = count_missed_states(Journal(home), commands, Random(seed))
    assert failures == []
    assert count >= 200


def test_a_table_that_is_not_watched_is_noticed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above can fail."""
    is_undoable = RowWatch._is_undoable
    monkeypatch.setattr(
        RowWatch,
        "_is_undoable",
        lambda self, table: table != "action_event" and is_undoable(self, table),
    )
    journal = fill(home)
    changes = list_random_changes(journal, 7, 120)
    with pytest.raises(Refusal, match=r"was changed since|belongs to"):
        count_missed_states(journal, changes, Random(1))


# Killed


def count_half_done(home: Path, trials: int, *flags: str) -> int:
    """Kill `trials` processes that take back and bring back; return after how many it is neither.

    What is there has to be the state before or after, whole.
    """
    journal = fill(home)
    before = read_state(journal)
    with journal.change(NOW) as change:
        for number in range(40):
            hold(change, Promise(f"Ring {number}", "me"), person=1, tags=[f"t{number}"])
    after = read_state(journal)
    chance = random.Random(2026)
    half_done = 0
    ward = subprocess.Popen(
        [sys.executable, str(HERE / "undoer.py"), str(home), *flags],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": PATHS},
    )
    assert ward.stdin is not None
    assert ward.stdout is not None
    for _ in range(trials):
        ward.stdin.write(b"next\n")
        ward.stdin.flush()
        pid = int(ward.stdout.readline())
        time.sleep(chance.uniform(0.0, 0.15))
        os.kill(pid, signal.SIGKILL)
        assert ward.stdout.readline() == b"dead\n"
        states = (before, after)
        half_done += all(list_differences(journal, state) for state in states)
    ward.communicate()
    assert half_done or not journal.has_damage()
    return half_done


def test_killed_while_it_takes_back_it_is_done_or_not(home: Path) -> None:
    assert count_half_done(home, 20) == 0


@pytest.mark.long
def test_killed_200_times_it_is_done_or_not(home: Path) -> None:
    assert count_half_done(home, 200) == 0


def test_what_is_committed_in_between_is_noticed(home: Path) -> None:
    """The test above can fail."""
    # On a busy machine, twenty kills may all come too early or too late.
    homes = [home.with_name(f"home-{number}") for number in range(5)]
    assert any(count_half_done(home, 20, "--commit-each-step") for home in homes)
