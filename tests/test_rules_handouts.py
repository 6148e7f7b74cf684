"""What of a slot is the presenter's to take away."""

import pytest

from coachlog.model import Action, Answer, MemberRef, PersonRef, PromptKind
from coachlog.model.sets import Slot
from coachlog.rules import handouts


def question_answer(question: str, by: str | None = None) -> Answer:
    value: list[dict[str, str | None]] = [
        {"question": question, "by": by, "tag": "open"}
    ]
    return Answer("ask", "asked", "Which?", PromptKind.QUESTIONS, value)


@pytest.mark.parametrize(
    ("answer", "bare"),
    [
        pytest.param(
            question_answer("What now?", "Ben Cole"), "What now?", id="a-member"
        ),
        pytest.param(question_answer("Bob: what now?"), "what now?", id="a-guest"),
        pytest.param(
            question_answer("Mary Ann O’Neil: what?"), "what?", id="three-words"
        ),
        pytest.param(
            question_answer("At 10:30 sharp?"), "At 10:30 sharp?", id="a-time"
        ),
        pytest.param(question_answer("Bob:"), "Bob:", id="nothing-behind-it"),
    ],
)
def test_a_question_goes_without_who_asked(answer: Answer, bare: str) -> None:
    (bare_answer,) = handouts.remove_asker_names([answer])
    assert bare_answer.value == [{"question": bare, "by": None, "tag": "open"}]


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
def test_of_the_promises_the_presenters_own(
    presenter: MemberRef, own: list[int]
) -> None:
    actions = (
        promise(1, "them", ANN),
        promise(2, "them", BEN),
        promise(3, "me", ANN),
        promise(4, "me", None),
    )
    slot = Slot(1, "u", 1, presenter, actions=actions)
    assert [action.id for action in handouts.list_presenter_actions(slot)] == own
