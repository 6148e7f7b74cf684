"""Which question comes next: a pure sequence, given the answers so far."""

from collections.abc import Iterator, Mapping

from coachlog.interview.conversation import MAX_MINUTES, Conversation, Question, Scope
from coachlog.interview.keys import HELD_ON, MINUTES
from coachlog.interview.meeting import build_meeting_questions
from coachlog.interview.note_questions import (
    build_note_question,
    list_returning_notes,
)
from coachlog.interview.reviews import (
    build_review_questions,
    find_earliest_talk_day,
    list_reviewable_actions,
)
from coachlog.interview.stages import build_stage_questions
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.text import format_count


def build_conversation_questions(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    """Yield the questions of a conversation in order, as the answers so far make them apply.

    The caller puts each answer into `answers` before it asks for the next question.
    """
    for action in list_reviewable_actions(talk, answers):
        yield from build_review_questions(talk, action, answers)
    for note in list_returning_notes(talk):
        yield build_note_question(talk, note)
    if talk.set:
        yield from build_meeting_questions(talk, answers)
    else:
        scope = Scope(them=talk.them)
        yield from build_stage_questions(talk, talk.template.stages, answers, scope)
    earliest_day, reason = find_earliest_talk_day(talk, answers)
    yield Question(
        HELD_ON,
        _phrase_day_question(talk),
        PromptKind.DATE,
        required=True,
        base=talk.latest_day,
        ahead=False,
        since=earliest_day,
        since_reason=reason,
        until=talk.latest_day,
        default=talk.began_on.isoformat(),
    )
    planned = format_count(talk.template.minutes, "minute")
    yield Question(
        MINUTES,
        "How many minutes did it take?",
        PromptKind.NUMBER,
        help=f"Planned: {planned}. Enter leaves it blank.",
        low=1,
        high=MAX_MINUTES,
    )


def _phrase_day_question(talk: Conversation) -> str:
    if talk.set:
        return "When did you meet?"
    if talk.them is None:
        return "Which day was this?"
    return "When did you talk?"
