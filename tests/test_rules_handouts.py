"""What of a slot is the presenter's to take away."""

import pytest

from coachlog.model import Action, Answer, MemberRef, PersonRef, PromptKind
from coachlog.model.sets import Slot
from coachlog.rules import handouts


def asked(question: str, by: str | None = None) -> Answer:
    value: list[dict[str, str | None]] = [{"question": question, "by": by, "tag": "open"}]
    return Answer("ask", "asked", "Which?", PromptKind.QUESTIONS, value)


@pytest.mark.parametrize(
    ("told", "bare"),
    [
        pytest.param(asked("What now?", "Ben Cole"), "What now?", id="a-member"),
        pytest.param(asked("Bob: what now?"), "what now?", id="a-guest"),
        pytest.param(asked("Mary Ann O’Neil: what?"), "what?", id="three-words"),
        pytest.param(asked("At 10:30 sharp?"), "At 10:30 sharp?", id="a-time"),
        pytest.param(asked("Bob:"), "Bob:", id="nothing-behind-it"),
    ],
)
def test_a_question_goes_without_who_asked(told: Answer, bare: str) -> None:
    (found,) = handouts.remove_asker_names([told])
    assert found.value == [{"question": bare, "by": None, "tag": "open"}]


ANN, BEN = PersonRef(1, "Ann Obi"), PersonRef(2, "Ben Cole")


def promise(id: int, owner: str, person: PersonRef | None) -> Action:
    return Action(id, f"u{id}", person, 1, "x", owner)


@pytest.mark.parametrize(
    ("presenter", "own"),
    [
        pytest.param(MemberRef(7, 1, "Ann Obi"), [1], id="a-member"),
        pytest.param(MemberRef(7, 2, "Ann Obi"), [2], id="by-number-not-by-name"),
        pytest.param(MemberRef(7, None, "Sam"), [4], id="me"),
    ],
)
def test_of_the_promises_the_presenters_own(presenter: MemberRef, own: list[int]) -> None:
    told = (
        promise(1, "them", ANN),
        promise(2, "them", BEN),
        promise(3, "me", ANN),
        promise(4, "me", None),
    )
    slot = Slot(1, "u", 1, presenter, actions=told)
    assert [one.id for one in handouts.list_presenter_actions(slot)] == own
