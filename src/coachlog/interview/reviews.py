"""What comes back first: open promises, and notes that were parked for the talk."""

from collections.abc import Iterator, Mapping
from datetime import date

from coachlog import dates
from coachlog.interview import keys
from coachlog.interview.conversation import ME, THEM, Conversation, Question
from coachlog.model import Action, EventKind, Kind, Note, NoteOutcome, Value
from coachlog.model.records import Outcome
from coachlog.text import plural, times


def review_questions(
    talk: Conversation, action: Action, answers: Mapping[str, Value]
) -> Iterator[Question]:
    outcome = keys.review(action.id, "outcome")
    whose = action.person.name if action.person else None
    them = (whose if talk.set else talk.them) or "they"
    who = "You" if action.owner == ME else them if action.owner == THEM else action.owner
    yield Question(
        outcome,
        f"{who}: {action.what}",
        Kind.CHOICE,
        private=action.private,
        help=_since(action, talk.today),
        skip=False,
        options=("still open", "done", "moved to another date", "dropped"),
        values=(Outcome.OPEN, Outcome.DONE, Outcome.MOVED, Outcome.DROPPED),
    )
    if answers.get(outcome) == Outcome.MOVED:
        yield Question(
            keys.review(action.id, "due"),
            "Moved to when?",
            Kind.DATE,
            required=True,
            base=talk.today,
            since=None if talk.every_field else talk.today,
        )
    passed = action.due is not None and action.due < talk.today
    closed = answers.get(outcome) in (Outcome.DONE, Outcome.DROPPED)
    moved = answers.get(outcome) == Outcome.MOVED
    if (closed and (passed or talk.every_field)) or (moved and talk.every_field):
        yield Question(
            keys.review(action.id, "on"),
            "On which day?",
            Kind.DATE,
            help="Enter means the day of the talk.",
            base=talk.today,
            ahead=False,
            since=None if talk.every_field else min(_made_on(action), talk.today),
            until=talk.today,
        )


def note_question(talk: Conversation, note: Note) -> Question:
    return Question(
        keys.note(note.id),
        note.words,
        Kind.CHOICE,
        help=f"Parked on {dates.short(note.written_on, talk.today)}.",
        skip=False,
        options=("keep for next time", "talked about", "drop it"),
        values=(NoteOutcome.KEEP, NoteOutcome.TALKED, NoteOutcome.DROP),
    )


def _made_on(action: Action) -> date:
    return next((event.on for event in action.events if event.kind is EventKind.MADE), date.min)


def _since(action: Action, today: date) -> str:
    parts = ["No date was agreed."]
    if action.due:
        late = (today - action.due).days
        overdue = f", {plural(late, 'day')} overdue" if late > 0 else ""
        parts = [f"By {dates.short(action.due, today)}{overdue}."]
    if action.carried:
        parts.append(f"Carried over {times(action.carried)}.")
    return " ".join(parts)
