"""What of a slot, or of a conversation, is whose to take away."""

from datetime import date

import pytest

from coachlog.model.actions import Action
from coachlog.model.answers import PromptKind
from coachlog.model.references import MemberRef, PersonRef, SetRef
from coachlog.model.sessions import Answer, Session, SessionStatus
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


PRIVATE = promise(2, "me", ANN)._replace(private=True)
IN_SET = promise(3, "me", None)._replace(set=SetRef(1, "Ward leads"), private=True)
CHECK = Answer("next", "check", "Check?", PromptKind.TEXT, "x", private=True, key=True)


@pytest.mark.parametrize(
    ("picks", "seen"),
    [
        pytest.param([], ["1"], id="nothing"),
        pytest.param(["2"], ["1", "2"], id="a-private-promise"),
        pytest.param(["next.check"], ["1", "next.check"], id="a-private-answer"),
        pytest.param(["3"], ["1"], id="never-what-is-a-set-s"),
    ],
)
def test_of_what_is_left_out_only_what_was_picked_is_handed_over(
    picks: list[str], seen: list[str]
) -> None:
    session = Session(
        *(1, "u", SessionStatus.HELD, "quick", "Quick note", date(2026, 11, 23), None),
        people=(ANN,),
        answers=(CHECK,),
        actions=(promise(1, "them", ANN), PRIVATE, IN_SET),
    )
    page = handouts.select_session_page(session, "Sam", picks=picks)
    entries: list[Action | Answer] = [*page.actions, *page.answers]
    assert [handouts.name_outcome_pick(entry) for entry in entries] == seen
    left_out = {handouts.name_outcome_pick(entry) for entry in page.left_out}
    assert left_out == {"1", "2", "3", "next.check"} - set(seen)
    tickable = map(handouts.name_outcome_pick, handouts.list_outcome_picks(page))
    assert set(tickable) == left_out - {"3"}
