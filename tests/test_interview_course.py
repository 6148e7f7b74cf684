"""A walk goes on from question to question; it begins again only where an answer calls for it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from coachlog.errors import InvalidInput
from coachlog.interview import walk as walks
from coachlog.interview.conversation import Conversation, Question
from coachlog.interview.keys import HELD_ON
from coachlog.interview.sequence import build_conversation_questions
from coachlog.interview.walk import Walk
from coachlog.model.actions import Event, EventKind
from coachlog.model.answers import AnswerValue
from coachlog.templates.library import read_template_file
from test_answers_file import MONDAY, conversation, recorded
from test_interview_changes import PROMPTS, Talker, build_talk


def find_unanswered(walk: Walk) -> Question | None:
    """Return the first question without an answer, with all of them built from the beginning."""
    for question in build_conversation_questions(walk.talk, walk.answers):
        if question.key not in walk.answers:
            return question
    return None


class ChangingTalker(Talker):
    """Answers as somebody might who often goes back, or thinks again of an earlier answer."""

    def take_step(self, walk: Walk, question: Question) -> None:
        if self.random.random() < 0.75 or not walk.answers:
            walk.put(question, self.ask(question, walk))
            return
        keys = self.random.sample(list(walk.answers), 1)
        choices: list[Callable[[], object]] = [
            walk.back,
            walk.recheck,
            lambda: walk.put_aside(keys),
            lambda: walk.drop_answers(keys),
            lambda: walk.restore_answers(dict(list(walk.answers.items())[:-2])),
            lambda: walk.set_answer(HELD_ON, "2026-11-20"),
            lambda: self.answer_ahead(walk),
        ]
        self.random.choice(choices)()

    def ask(self, question: Question, walk: Walk) -> Any:
        try:
            return super().ask(question, walk)
        except InvalidInput:
            return None

    def answer_ahead(self, walk: Walk) -> None:
        later = [q for q in walk.list_questions() if q.key not in walk.answers]
        for question in self.random.sample(later, min(2, len(later))):
            walk.set_answer(question.key, self.ask(question, walk))


@pytest.mark.parametrize("every_field", [False, True])
@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: path.stem)
def test_the_next_question_is_that_of_all_answers_so_far(
    path: Path, every_field: bool
) -> None:
    """Through answers, steps back, answers ahead and second thoughts, in every template."""
    walk = Walk(build_talk(read_template_file(path, builtin=True), every_field))
    talker = ChangingTalker(Random(path.stem).randrange(99))
    for _ in range(150):
        question = walk.next()
        assert question == find_unanswered(walk)
        if question is None:
            walk.back()
        else:
            talker.take_step(walk, question)


@pytest.fixture
def count_built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list in which each question is noted when a walk builds it."""
    built: list[str] = []

    def build(
        talk: Conversation, answers: Mapping[str, AnswerValue]
    ) -> Iterator[Question]:
        for question in build_conversation_questions(talk, answers):
            built.append(question.key)
            yield question

    monkeypatch.setattr(walks, "build_conversation_questions", build)
    return built


def list_file_rows(count: int) -> list[dict[str, Any]]:
    return [{"what": f"Send rota {n}", "owner": "me"} for n in range(count)]


@pytest.mark.parametrize("count", [3, 60])
def test_a_file_builds_each_question_three_times(
    count_built: list[str], count: int
) -> None:
    """As it is read, once more when the day is known, and for the record; not for each answer."""
    record = recorded({"held_on": "2026-11-20", "actions": list_file_rows(count)})
    assert len(record.promises) == count
    assert len(count_built) <= 3 * len(set(count_built)) + 3


def test_a_conversation_goes_on_without_a_new_beginning(count_built: list[str]) -> None:
    walk = Walk(conversation())
    talker = ChangingTalker(5)
    while (question := walk.next()) is not None and question.key != HELD_ON:
        walk.put(question, talker.ask(question, walk))
    assert len(count_built) == len(set(count_built)) > 10


def test_a_day_brings_up_the_promises_that_were_open_on_it() -> None:
    """What is asked first depends on what is asked nearly last."""
    made = Event(datetime(2026, 11, 23, tzinfo=UTC), MONDAY, EventKind.MADE)
    talk = conversation()
    action = talk.open_actions[0]._replace(events=(made,))
    walk = Walk(replace(talk, open_actions=(action,)))
    talker, asked = ChangingTalker(5), list[str]()
    while (question := walk.next()) is not None:
        asked.append(question.key)
        is_day = question.key == HELD_ON
        walk.put(question, str(MONDAY) if is_day else talker.ask(question, walk))
    assert asked[0] != "review.3.outcome"
    assert asked[asked.index(HELD_ON) + 1] == "review.3.outcome"
