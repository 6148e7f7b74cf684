"""Promises by their service: which are listed, and what a change comes to."""

from datetime import date
from typing import Any

import pytest

from coachlog.errors import InvalidInput, NotFound, Refusal
from coachlog.model.actions import ActionStatus
from coachlog.model.people import Relationship
from coachlog.services import goals, people, promises
from coachlog.services.desk import Desk
from coachlog.services.goal_options import GoalOptions
from coachlog.services.people import PersonOptions
from coachlog.services.promise_options import PromiseOptions
from coachlog.services.results import Result
from coachlog.terminal.console import Console
from conftest import TODAY

YESTERDAY, FRIDAY = date(2026, 11, 22), date(2026, 11, 27)


@pytest.fixture
def desk(console: Console) -> Desk:
    """Four promises: 1 mine; 2 Priya's; 3 Tom Ng's, in Priya's plan; 4 Tom Reed's, in his own."""
    desk = console.desk
    for name in ("Priya Shah", "Tom Reed"):
        people.add_person(desk, PersonOptions(name, Relationship.REPORT))
    people.edit_person(desk, "me", PersonOptions(name="Ada Obi"))
    for plan, what, owner, due in (
        (None, "Ask for money", "me", "yesterday"),
        ("priya", "Draft the agenda", "them", "fri"),
        ("priya", "Book the room", "Tom Ng", None),
        ("tom", "Write the rota", "them", None),
    ):
        options = PromiseOptions(what=what, owner=owner, due=due)
        promises.add_action(desk, [plan] if plan else [], options, on=desk.today)
    return desk


def make_earlier(desk: Desk, id: int) -> None:
    """Let a promise have been made the day before, so that it can have been closed then."""
    with desk.change() as change:
        change.db_session.connection().exec_driver_sql(
            'UPDATE action_event SET "on" = ? WHERE action_id = ?',
            (YESTERDAY.isoformat(), id),
        )


def list_ids(desk: Desk, **filters: Any) -> list[int]:
    with promises.open_actions(desk, **filters) as actions:
        return [action.id for action in actions]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        pytest.param({}, [1, 2, 3, 4], id="all"),
        pytest.param({"name": "priya"}, [2, 3], id="in-one-plan"),
        pytest.param({"owner": "me"}, [1], id="mine"),
        pytest.param({"owner": "ADA OBI"}, [1], id="mine-by-my-name"),
        pytest.param({"owner": "them"}, [2, 4], id="of-whose-plan-it-is"),
        pytest.param({"owner": "tom"}, [3, 4], id="by-name-in-any-plan"),
        pytest.param({"owner": "reed"}, [4], id="by-a-later-word"),
        pytest.param({"owner": "eed"}, [], id="by-the-beginning-of-a-word-only"),
        pytest.param({"overdue": True}, [1], id="overdue"),
        pytest.param({"due_before": FRIDAY}, [1], id="before-a-day"),
        pytest.param(
            {"owner": "them", "due_before": date(2026, 11, 28)}, [2], id="both"
        ),
    ],
)
def test_which_promises_are_listed(
    desk: Desk, filters: dict[str, object], ids: list[int]
) -> None:
    assert list_ids(desk, **filters) == ids


def test_closed_promises_are_listed_last_and_only_if_wanted(desk: Desk) -> None:
    promises.complete_actions(desk, [1], on=TODAY)
    assert list_ids(desk) == [2, 3, 4]
    assert list_ids(desk, include_closed=True) == [2, 3, 4, 1]


def test_an_owner_without_letters_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="Whose promises"):
        list_ids(desk, owner=" ")


def test_completing_says_what_was_closed_and_how_to_open_it_again(desk: Desk) -> None:
    for id in (2, 3):
        make_earlier(desk, id)
    assert promises.complete_actions(desk, [2, 3, 2], on=YESTERDAY) == Result(
        "Done on Sunday 22 November 2026: 2 Draft the agenda; 3 Book the room. "
        "To undo: coachlog undo"
    )
    assert promises.load_action(desk, 2).status is ActionStatus.DONE
    assert promises.load_action(desk, 2).closed_on == YESTERDAY


def test_nothing_is_completed_if_one_cannot_be(desk: Desk) -> None:
    with pytest.raises(NotFound):
        promises.complete_actions(desk, [2, 99], on=TODAY)
    assert promises.load_action(desk, 2).status is ActionStatus.OPEN


def test_a_date_that_had_passed_when_it_was_agreed_is_a_slip(desk: Desk) -> None:
    """It would count as missed at once, and no later move could mend that."""
    before = promises.load_action(desk, 2)
    with pytest.raises(Refusal) as refused:
        promises.move_actions(desk, [2], "yesterday", on=TODAY)
    assert refused.value.message == (
        "Sunday 22 November 2026 is before the day on which it was agreed, "
        "Monday 23 November 2026. Nothing was changed."
    )
    assert promises.load_action(desk, 2) == before


@pytest.mark.parametrize(
    ("options", "fields"),
    [
        pytest.param(PromiseOptions(what="Send it"), {"what": "Send it"}, id="words"),
        pytest.param(PromiseOptions(owner="me"), {"owner": "me"}, id="owner"),
        pytest.param(PromiseOptions(private=True), {"private": True}, id="private"),
        pytest.param(PromiseOptions(goal=1), {"goal": 1}, id="goal"),
        pytest.param(
            PromiseOptions(support=" a  room ", confidence=7),
            {"support": "a room", "confidence": 7},
            id="details",
        ),
    ],
)
def test_an_edit_changes_what_the_options_say_and_nothing_else(
    desk: Desk, options: PromiseOptions, fields: dict[str, object]
) -> None:
    goals.add_goal(desk, "priya", GoalOptions(title="Run the huddle"))
    before = promises.load_action(desk, 2)
    promises.edit_action(desk, 2, options)
    after = promises.load_action_page(desk, 2, private=True).action
    assert after._replace(events=()) == before._replace(events=(), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        pytest.param(PromiseOptions(what=""), InvalidInput, id="without-words"),
        pytest.param(PromiseOptions(owner="them"), Refusal, id="as-it-is"),
        pytest.param(
            PromiseOptions(), InvalidInput, id="nothing-said-and-nobody-to-ask"
        ),
    ],
)
def test_an_edit_that_is_none(
    desk: Desk, options: PromiseOptions, error: type[Exception]
) -> None:
    with pytest.raises(error):
        promises.edit_action(desk, 2, options)
