"""The questions that come first: open promises, and notes parked for this conversation."""

from collections.abc import Iterator, Mapping
from datetime import date

from coachlog import dates
from coachlog.interview.conversation import ME, THEM, Conversation, Question
from coachlog.interview.keys import build_note_key, build_review_key
from coachlog.model import Action, AnswerValue, Note, NoteOutcome, PromptKind
from coachlog.model.records import ReviewOutcome
from coachlog.phrasing.values import describe_due_day
from coachlog.rules import count_days_overdue, find_promise_day
from coachlog.text import format_count, format_times

_OUTCOME_LABELS = {
    ReviewOutcome.OPEN: "still open",
    ReviewOutcome.DONE: "done",
    ReviewOutcome.MOVED: "moved to another date",
    ReviewOutcome.DROPPED: "dropped",
}


def build_review_questions(
    talk: Conversation, action: Action, answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    """Yield the question of what happened to a promise, then those about dates this calls for."""
    outcome_key = build_review_key(action.id, "outcome")
    yield Question(
        outcome_key,
        f"{_name_action_owner(talk, action)}: {action.what}",
        PromptKind.CHOICE,
        private=action.private,
        help=_phrase_action_due(action, talk.today),
        offers_skip=False,
        options=tuple(_OUTCOME_LABELS.values()),
        values=tuple(_OUTCOME_LABELS),
    )
    outcome = answers.get(outcome_key)
    if outcome == ReviewOutcome.MOVED:
        yield Question(
            build_review_key(action.id, "due"),
            "Moved to when?",
            PromptKind.DATE,
            required=True,
            base=talk.today,
            since=None if talk.every_field else talk.today,
            is_due=True,
        )
    if _asks_closing_day(talk, action, outcome):
        earliest_day = min(find_promise_day(action), talk.today)
        yield Question(
            build_review_key(action.id, "on"),
            "On which day?",
            PromptKind.DATE,
            help="Enter means the day of the conversation.",
            base=talk.today,
            ahead=False,
            since=None if talk.every_field else earliest_day,
            until=talk.today,
        )


def _asks_closing_day(talk: Conversation, action: Action, outcome: AnswerValue) -> bool:
    """Return whether to ask on which day the outcome came about.

    A person is asked only where the day decides whether the promise was kept: it was closed after
    its first date had passed. A file may give the day in any case.
    """
    is_closed = outcome in (ReviewOutcome.DONE, ReviewOutcome.DROPPED)
    if talk.every_field:
        return is_closed or outcome == ReviewOutcome.MOVED
    if action.original_due is None:
        return False
    return is_closed and action.original_due < talk.today


def build_note_question(talk: Conversation, note: Note) -> Question:
    """Return the question of what to do with a parked note."""
    return Question(
        build_note_key(note.id),
        note.words,
        PromptKind.CHOICE,
        help=f"Parked on {dates.format_short_day(note.written_on, talk.today)}.",
        offers_skip=False,
        options=("keep for next time", "talked about", "drop it"),
        values=(NoteOutcome.KEEP, NoteOutcome.TALKED, NoteOutcome.DROP),
    )


def _name_action_owner(talk: Conversation, action: Action) -> str:
    if action.owner == ME:
        return "You"
    if action.owner != THEM:
        return action.owner
    # In a set, `them` is whoever made this promise, not one person for the whole meeting.
    name = talk.them
    if talk.set:
        name = action.person.name if action.person else None
    return name or "they"


def _phrase_action_due(action: Action, today: date) -> str:
    sentence = "No date was agreed."
    if action.due:
        days_overdue = count_days_overdue(action, today)
        sentence = f"By {describe_due_day(action, today)}"
        if days_overdue:
            sentence += f", {format_count(days_overdue, 'day')} overdue"
        sentence += "."
    if action.carried:
        sentence += f" Carried over {format_times(action.carried)}."
    return sentence
