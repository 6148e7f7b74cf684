"""A change of mind before saving: an answer is asked again, and what hangs on it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from coachlog.interview.back import BACK
from coachlog.interview.changes import change_answer, list_changeable_answers
from coachlog.interview.checks import check_answer
from coachlog.interview.conversation import Conversation, Question
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.actions import Action
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.references import PersonRef
from coachlog.model.templates import Template, TemplateAudience
from coachlog.templates.library import (
    find_builtin_folder,
    list_template_files,
    read_template_file,
)
from meeting_templates import ward_leads
from test_interview_typed_promises import TALK

PROMPTS = list_template_files(find_builtin_folder())
PRIYA = PersonRef(1, "Priya Shah")
OPEN_ACTIONS = (
    Action(1, "", PRIYA, None, "Draft it", "them", date(2026, 11, 20)),
    Action(2, "", PRIYA, None, "Ask HR", "me", None),
)


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


# Every template there is


class Talker:
    """Answers any question as somebody might, or skips it; what is offered, Enter agrees to."""

    def __init__(self, seed: int, agrees: bool = False) -> None:
        self.random = Random(seed)
        self.agrees = agrees

    def ask(self, question: Question, walk: Walk) -> Any:
        offered = walk.get_offered_answer(question)
        if self.agrees or (offered is not None and self.random.random() < 0.7):
            value = question.default if offered is None else offered
        else:
            value = self.make_answer(question)
        return check_answer(question, value)

    def make_answer(self, question: Question) -> Any:
        options = list(question.values or question.options)
        if question.default is not None and self.random.random() < 0.5:
            return question.default
        if not question.required and self.random.random() < 0.3:
            return None
        if question.kind is PromptKind.CHOICES:
            return options[: max(2, question.low)]
        if options:
            return self.random.choice(options)
        if question.kind in (PromptKind.SCALE, PromptKind.NUMBER):
            return self.random.randint(question.low, question.high)
        if question.kind is PromptKind.YESNO:
            return self.random.random() < 0.5
        if question.kind is PromptKind.DATE:
            return str(question.until or question.since or question.base)
        return self.random.choice(["Ann", "The rota", "me: ring HR by fri", "A\nB"])


def build_talk(template: Template, every_field: bool = False) -> Conversation:
    learning_set = None
    if template.audience is TemplateAudience.GROUP:
        learning_set = ward_leads()
    is_pair = template.audience is TemplateAudience.ONE_TO_ONE
    return replace(
        TALK,
        template=template,
        them="Priya Shah" if is_pair else None,
        set=learning_set,
        open_actions=OPEN_ACTIONS if is_pair else (),
        every_field=every_field,
        promise_names=None if learning_set else TALK.promise_names,
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: path.stem)
def test_to_agree_again_changes_nothing(path: Path, seed: int) -> None:
    walk = Walk(build_talk(read_template_file(path, builtin=True)))
    saved: dict[str, AnswerValue] = {}
    save = build_save(walk, saved)
    run_interview(walk, Talker(seed), save)
    before = walk.build_record()
    for answer in list_changeable_answers(walk):
        change_answer(walk, answer.key, Talker(seed, agrees=True), save)
        assert walk.build_record() == before, answer
    assert Walk(walk.talk, saved).build_record() == before


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: path.stem)
def test_any_answer_of_any_conversation_can_be_changed(path: Path, seed: int) -> None:
    walk = Walk(build_talk(read_template_file(path, builtin=True)))
    saved: dict[str, AnswerValue] = {}
    save = build_save(walk, saved)
    talker = Talker(seed)
    run_interview(walk, talker, save)
    for _ in range(12):
        answer = talker.random.choice(list_changeable_answers(walk))
        change_answer(walk, answer.key, talker, save)
        assert walk.next() is None
        assert Walk(walk.talk, dict(saved)).build_record() == walk.build_record()
