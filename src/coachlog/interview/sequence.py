"""Which question comes next: a pure sequence, given the answers so far."""

from collections.abc import Iterator, Mapping

from coachlog.interview import meeting
from coachlog.interview.conversation import MAX_MINUTES, Conversation, Question, Scope
from coachlog.interview.keys import HELD_ON, MINUTES
from coachlog.interview.reviews import note_question, review_questions
from coachlog.interview.stages import stage_questions
from coachlog.model import (
    Kind,
    Value,
)
from coachlog.text import plural


def questions(talk: Conversation, answers: Mapping[str, Value]) -> Iterator[Question]:
    """Yield the questions of a conversation in order, as the answers so far make them apply.

    The caller puts each answer into `answers` before it asks for the next question.
    """
    for action in talk.promises:
        yield from review_questions(talk, action, answers)
    for note in talk.notes:
        yield note_question(talk, note)
    if talk.set:
        yield from meeting.questions(talk, answers)
    else:
        whole = Scope(them=talk.them)
        yield from stage_questions(talk, talk.template.stages, answers, whole)
    yield Question(
        HELD_ON,
        "When did you meet?" if talk.set else _WHEN[talk.them is not None],
        Kind.DATE,
        required=True,
        base=talk.latest,
        ahead=False,
        until=talk.latest,
        default=talk.began.isoformat(),
    )
    planned = plural(talk.template.minutes, "minute")
    yield Question(
        MINUTES,
        "How many minutes did it take?",
        Kind.NUMBER,
        help=f"{planned} were planned. Enter leaves it open.",
        low=1,
        high=MAX_MINUTES,
    )


_WHEN = {True: "When did you talk?", False: "Which day was this?"}
