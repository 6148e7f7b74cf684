"""Work beside a question: all of it is done, and a fault in it says nothing over the question."""

from threading import Event

import pytest

from coachlog.terminal.idle_work import IdleWork
from waiting import LIMIT


def test_a_job_that_fails_says_nothing_and_stops_no_other(
    capfd: pytest.CaptureFixture[str],
) -> None:
    is_done = Event()

    def fail() -> None:
        raise ImportError("no such module")

    work = IdleWork()
    work.add(fail)
    work.add(is_done.set)
    work.start()
    assert is_done.wait(LIMIT)
    assert capfd.readouterr() == ("", "")


def test_nothing_is_done_before_the_question_is_there() -> None:
    is_done = Event()
    work = IdleWork()
    work.add(is_done.set)
    assert not is_done.is_set()
    work.start()
    assert is_done.wait(LIMIT)
