"""What comes back first: open promises, and notes that were parked for the talk."""

from collections.abc import Iterator, Mapping
from datetime import date

from coachlog import dates
from coachlog.interview import keys
from coachlog.interview.conversation import ME, THEM, Conversation, Question
from coachlog.model import Action, AnswerValue, EventKind, Note, NoteOutcome, PromptKind
from coachlog.model.records import ReviewOutcome
from coachlog.text import format_count, format_times


def build_review_questions(
    talk: Conversation, action: Action, answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    outcome = keys.build_review_key(action.id, "outcome")
    whose = action.person.name if action.person else None
    them = (whose if talk.set else talk.them) or "they"
    who = "You" if action.owner == ME else them if action.owner == THEM else action.owner
    yield Question(
        outcome,
        f"{who}: {action.what}",
        PromptKind.CHOICE,
        private=action.private,
        help=_phrase_action_due(action, talk.today),
        offers_skip=False,
        options=("still open", "done", "moved to another date", "dropped"),
        values=(ReviewOutcome.OPEN, ReviewOutcome.DONE, ReviewOutcome.MOVED, ReviewOutcome.DROPPED),
    )
    if answers.get(outcome) == ReviewOutcome.MOVED:
        yield Question(
            keys.build_review_key(action.id, "due"),
            "Moved to when?",
            PromptKind.DATE,
            required=True,
            base=talk.today,
            since=None if talk.every_field else talk.today,
        )
    passed = action.due is not None and action.due < talk.today
    closed = answers.get(outcome) in (ReviewOutcome.DONE, ReviewOutcome.DROPPED)
    moved = answers.get(outcome) == ReviewOutcome.MOVED
    if (closed and (passed or talk.every_field)) or (moved and talk.every_field):
        yield Question(
            keys.build_review_key(action.id, "on"),
            "On which day?",
            PromptKind.DATE,
            help="Enter means the day of the talk.",
            base=talk.today,
            ahead=False,
            since=None if talk.every_field else min(_find_made_day(action), talk.today),
            until=talk.today,
        )


def build_note_question(talk: Conversation, note: Note) -> Question:
    return Question(
        keys.build_note_key(note.id),
        note.words,
        PromptKind.CHOICE,
        help=f"Parked on {dates.format_short_day(note.written_on, talk.today)}.",
        offers_skip=False,
        options=("keep for next time", "talked about", "drop it"),
        values=(NoteOutcome.KEEP, NoteOutcome.TALKED, NoteOutcome.DROP),
    )


def _find_made_day(action: Action) -> date:
    return next((event.on for event in action.events if event.kind is EventKind.MADE), date.min)


def _phrase_action_due(action: Action, today: date) -> str:
    parts = ["No date was agreed."]
    if action.due:
        late = (today - action.due).days
        overdue = f", {format_count(late, 'day')} overdue" if late > 0 else ""
        parts = [f"By {dates.format_short_day(action.due, today)}{overdue}."]
    if action.carried:
        parts.append(f"Carried over {format_times(action.carried)}.")
    return " ".join(parts)
