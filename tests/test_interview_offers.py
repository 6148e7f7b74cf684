"""An earlier answer that stands in the first promise: taken, changed or left out, never lost."""

from datetime import date

import pytest

from coachlog.interview.conversation import Conversation
from coachlog.interview.walk import Walk
from coachlog.model.answers import AnswerValue
from coachlog.model.templates import Occurrence
from coachlog.templates import library

MONDAY = date(2026, 11, 23)
FIRST_PLAN = library.read_template_file(
    library.find_builtin_folder() / "first-plan.toml", builtin=True
)
DO, WHAT = "one-thing.do", "promise.steps.1.what"


def build_walk(answers: dict[str, AnswerValue], *, is_again: bool | None) -> Walk:
    talk = Conversation(FIRST_PLAN, MONDAY, MONDAY, MONDAY, is_again=is_again)
    return Walk(talk, dict(answers))


def go_on(walk: Walk, **replies: AnswerValue) -> None:
    """Answer up to the end: as told, with what is offered there, or with nothing."""
    while (question := walk.next()) is not None:
        name = question.key.replace(".", "_").replace("-", "_")
        reply = replies.get(name, walk.get_offered_answer(question))
        walk.put(question, reply)


def go_back_to(walk: Walk, key: str) -> None:
    while (question := walk.back()) is not None:
        if question.key == key:
            return


def offer(walk: Walk) -> AnswerValue:
    return {question.key: question.offered for question in walk.list_questions()}[WHAT]


@pytest.mark.parametrize("answer", [None, "Ask one"])
def test_an_answer_is_offered_as_the_first_promise(answer: str | None) -> None:
    walk = build_walk({}, is_again=False)
    go_on(walk, one_thing_do=answer)
    assert [promise.what for promise in walk.build_record().promises] == (
        [answer] if answer else []
    )
    assert offer(walk) == answer
    assert walk.answers.get("promise.steps.2.what") is None


def test_a_file_says_what_it_says() -> None:
    """Where answers are typed field by field, nothing is put in for anybody."""
    talk = Conversation(FIRST_PLAN, MONDAY, MONDAY, MONDAY, every_field=True)
    assert offer(Walk(talk, {DO: "Ask one"})) is None


def test_with_the_answer_the_offer_changes() -> None:
    walk = build_walk({}, is_again=False)
    go_on(walk, one_thing_do="Ask one")
    go_back_to(walk, DO)
    go_on(walk, one_thing_do="Ask two")
    assert [promise.what for promise in walk.build_record().promises] == ["Ask two"]


@pytest.mark.parametrize("words", ["Ask one, and wait", None])
def test_what_was_typed_in_its_place_stays(words: str | None) -> None:
    walk = build_walk({}, is_again=False)
    go_on(walk, one_thing_do="Ask one", promise_steps_1_what=words)
    go_back_to(walk, DO)
    go_on(walk, one_thing_do="Ask two")
    promises = [promise.what for promise in walk.build_record().promises]
    assert promises == ([words] if words else [])


@pytest.mark.parametrize("occurrence", Occurrence)
def test_a_talk_asks_what_is_for_its_time_and_counts_no_other_part(
    occurrence: Occurrence,
) -> None:
    walk = build_walk({}, is_again=occurrence is Occurrence.AGAIN)
    asked = {question.key for question in walk.list_questions()}
    for name, prompt in FIRST_PLAN.prompts.items():
        if prompt.only and prompt.only is not occurrence:
            assert name not in asked
        elif prompt.only:
            assert name in asked
    ids = [stage.id for stage in walk.talk.stages]
    expected = {
        Occurrence.FIRST: ["heard", "one-thing", "way", "promise"],
        Occurrence.AGAIN: ["since", "promise"],
    }
    assert ids == expected[occurrence]


def test_a_file_may_answer_either() -> None:
    asked = {
        question.key for question in build_walk({}, is_again=None).list_questions()
    }
    assert {DO, "since.came"} <= asked
