"""What the owner learned: which answers say it, and the same question answered more than once."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from coachlog.model.sessions import Answer

if TYPE_CHECKING:
    from coachlog.model.own_plans import Lesson

COACHED_TEMPLATE = "coached"
"""The conversation with one other person in which it is the owner who learns."""

_MOST_TEMPLATES = 4
"""What was learned in the last conversations by so many templates is kept."""

_LEARNING_STAGES = {
    COACHED_TEMPLATE: ("heard",),
    "first-plan": ("heard", "one-thing", "since"),
    "three-way": ("learning", "change"),
    "workshop": ("day", "since"),
}
"""Where only some stages are about what was learned: by template."""


def is_learned(template: str, answer: Answer) -> bool:
    """Return whether an answer that is quoted says what was learned: no measure, and no frame."""
    if answer.measure is not None:
        return False
    stages = _LEARNING_STAGES.get(template)
    return stages is None or answer.stage in stages


def keep_latest_lessons(lessons: "Iterable[Lesson]") -> "list[Lesson]":
    """Return each question once, with its newest answer and the days of the earlier ones.

    The lessons come newest first and stay so. Those of many templates ago are left out.
    """
    templates: dict[str, None] = {}
    latest: dict[tuple[str, str, str], Lesson] = {}
    for lesson in lessons:
        templates.setdefault(lesson.template)
        if [*templates].index(lesson.template) >= _MOST_TEMPLATES:
            continue
        question = (lesson.template, lesson.answer.stage, lesson.answer.prompt)
        newer = latest.get(question)
        if newer is None:
            latest[question] = lesson
        else:
            latest[question] = newer._replace(earlier=(*newer.earlier, lesson.on))
    return [*latest.values()]
