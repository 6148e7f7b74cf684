"""What the owner learned: which answers say so, and each question once."""

from datetime import date

import pytest

from coachlog.model.answers import PromptKind
from coachlog.model.own_plans import Lesson
from coachlog.model.sessions import Answer
from coachlog.rules.lessons import is_learned, keep_latest_lessons


def build_answer(name: str, measure: str | None = None) -> Answer:
    stage, prompt = name.split(".")
    return Answer(stage, prompt, "What?", PromptKind.TEXT, "words", measure=measure)


def build_lesson(id: int, day: int, template: str, name: str = "a.b") -> Lesson:
    on = date(2026, 11, day)
    return Lesson(id, id, template.title(), on, build_answer(name), template)


@pytest.mark.parametrize(
    ("template", "name", "expected"),
    [
        ("three-way", "learning.keep", True),
        ("three-way", "change.different", True),
        ("three-way", "start.stays", False),
        ("three-way", "support.each", False),
        ("coached", "heard.keep", True),
        ("coached", "bring.topic", False),
        ("first-plan", "one-thing.do", True),
        ("first-plan", "way.then", False),
        ("first-plan", "since.hindered", True),
        ("my-own", "start.stays", True),
    ],
)
def test_what_frames_a_conversation_is_not_learned_in_it(
    template: str, name: str, expected: bool
) -> None:
    assert is_learned(template, build_answer(name)) == expected
    assert not is_learned(template, build_answer(name, measure="confidence"))


def test_each_question_is_there_once_with_the_days_of_earlier_answers() -> None:
    newest, other, older, oldest = (
        build_lesson(4, 20, "first-plan"),
        build_lesson(3, 18, "first-plan", "a.c"),
        build_lesson(2, 13, "first-plan"),
        build_lesson(1, 6, "first-plan"),
    )
    assert keep_latest_lessons([newest, other, older, oldest]) == [
        newest._replace(earlier=(older.on, oldest.on)),
        other,
    ]


def test_the_same_question_of_another_template_is_another() -> None:
    lessons = [build_lesson(2, 20, "gibbs"), build_lesson(1, 13, "what3")]
    assert keep_latest_lessons(lessons) == lessons


def test_coaching_every_week_does_not_push_out_the_course() -> None:
    """Four templates are kept, however often each was held; the fifth is too long ago."""
    coached = [build_lesson(20 - day, 28 - day, "coached") for day in range(10)]
    others = [
        build_lesson(number, 10 - number, template)
        for number, template in enumerate(("first-plan", "gibbs", "what3", "shadow"))
    ]
    kept = keep_latest_lessons([*coached, *others])
    assert [lesson.template for lesson in kept] == [
        "coached",
        "first-plan",
        "gibbs",
        "what3",
    ]
