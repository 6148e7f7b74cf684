"""A change of mind before saving: an answer is asked again, and what hangs on it."""

from typing import Any

import pytest

from coachlog.interview import (
    BACK,
    Question,
    Walk,
    change_answer,
    check_answer,
    list_changeable_answers,
    run_interview,
)
from coachlog.model import AnswerValue
from test_interview_typed_promises import TALK


class Person:
    """Answers by key, once each; else with what is offered, as Enter does."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said
        self.asked: list[str] = []

    def ask(self, question: Question, walk: Walk) -> Any:
        self.asked.append(question.key)
        value = self.said.pop(question.key, walk.get_offered_answer(question))
        if value is BACK:
            return BACK
        if value is None:
            value = question.default
        if value is None and question.required:
            value = question.values[0]
        return check_answer(question, value)


def hold_two() -> tuple[Walk, dict[str, AnswerValue]]:
    """Return a walk to its end, with two promises and one after them, and what is saved of it."""
    person = Person(
        {
            "a.steps.1.what": "Priya: draft it by fri",
            "a.steps.2.what": "me: send the rota by 1 dec",
            "a.steps.3.what": "Book a room",
        }
    )
    walk = Walk(TALK)
    saved: dict[str, AnswerValue] = {}
    run_interview(walk, person, build_save(walk, saved))
    return walk, saved


def build_save(walk: Walk, saved: dict[str, AnswerValue]) -> Any:
    def save(key: str, value: AnswerValue) -> None:
        for outdated_key in walk.list_outdated_keys(key, value):
            saved.pop(outdated_key, None)
        saved[key] = value

    return save


def change(
    walk: Walk, saved: dict[str, AnswerValue], key: str, said: dict[str, Any]
) -> Person:
    person = Person(said)
    change_answer(walk, key, person, build_save(walk, saved))
    assert walk.next() is None
    # Whoever resumes now finds the same conversation.
    assert Walk(TALK, dict(saved)).build_record() == walk.build_record()
    return person


def list_promises(walk: Walk) -> list[tuple[str, str]]:
    return [(promise.owner, promise.what) for promise in walk.build_record().promises]


def test_every_answer_is_listed_with_its_question() -> None:
    walk, _ = hold_two()
    labels = dict(list_changeable_answers(walk))
    assert labels["a.steps.1.owner"].endswith("› Priya Shah")
    assert labels["a.steps.2.due"] == "By when? › Tuesday 1 December 2026"
    assert labels["a.steps.4.what"].endswith("› skipped")
    assert labels["minutes"].endswith("› skipped")


def test_one_answer_is_asked_again_and_nothing_else() -> None:
    walk, saved = hold_two()
    person = change(walk, saved, "a.steps.2.due", {"a.steps.2.due": "2026-12-04"})
    assert person.asked == ["a.steps.2.due"]
    assert [str(promise.due) for promise in walk.build_record().promises] == [
        *("2026-11-27", "2026-12-04", "None")
    ]
    person = change(walk, saved, "minutes", {"minutes": 25})
    assert person.asked == ["minutes"]
    assert walk.build_record().minutes == 25


def test_other_words_of_a_promise_are_read_anew() -> None:
    walk, saved = hold_two()
    words = "me: draft it by mon"
    person = change(walk, saved, "a.steps.1.what", {"a.steps.1.what": words})
    assert person.asked[:3] == ["a.steps.1.what", "a.steps.1.owner", "a.steps.1.due"]
    assert not any(key.startswith("a.steps.2") for key in person.asked)
    assert list_promises(walk)[0] == ("me", "draft it")
    assert str(walk.build_record().promises[0].due) == "2026-11-30"


def test_going_back_changes_nothing() -> None:
    walk, saved = hold_two()
    before = walk.build_record(), dict(saved)
    for answer in list_changeable_answers(walk):
        person = change(walk, saved, answer.key, {answer.key: BACK})
        assert person.asked == [answer.key]
        assert (walk.build_record(), saved) == before


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_promise_that_is_skipped_now_leaves_the_others(number: int) -> None:
    walk, saved = hold_two()
    others = list_promises(walk)
    del others[number - 1]
    change(walk, saved, f"a.steps.{number}.what", {f"a.steps.{number}.what": None})
    assert list_promises(walk) == others
    key = "a.steps.3.what"
    assert key in [answer.key for answer in list_changeable_answers(walk)]
    change(walk, saved, key, {key: "me: ring HR by fri"})
    assert list_promises(walk) == [*others, ("me", "ring HR")]


def test_a_question_that_is_due_only_now_is_asked() -> None:
    walk, saved = hold_two()
    key = "a.steps.4.what"
    person = change(walk, saved, key, {key: "Priya: tell Dana", "a.steps.4.due": "fri"})
    assert person.asked[0] == key
    assert "a.steps.4.owner" in person.asked
    assert list_promises(walk)[3] == ("them", "tell Dana")
