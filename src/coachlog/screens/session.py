"""One conversation as a page, and what is about to be saved of one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model import Answer, NoteOutcome, Promise, Session, SessionStatus
from coachlog.phrasing.answers import describe_answer
from coachlog.screens import lists, styling
from coachlog.screens.columns import Columns
from coachlog.text import clean_text, extract_first_name, format_count

if TYPE_CHECKING:
    from coachlog.interview import Conversation
    from coachlog.model.records import SessionRecord
    from coachlog.model.sets import LearningSet, MeetingRecord, Slot


def render_session(session: Session, today: date, width: int) -> Group:
    """Return a session as a page: what was asked and said, then what was promised."""
    between = ": " if session.set else " with "
    who = f"{between}{session.with_whom}" if session.with_whom else ""
    facts = [dates.format_long_day(session.held_on)]
    if session.status is SessionStatus.DRAFT:
        facts = [f"a draft, begun {dates.format_short_day(session.held_on, today)}"]
    facts += [styling.format_cancellation(session)] if session.cancelled_by else []
    facts += [format_count(session.minutes, "minute")] if session.minutes else []
    facts += [", ".join(session.tags)] if session.tags else []
    parts: list[RenderableType] = [
        Text(clean_text(f"{session.title}{who}"), style="bold"),
        Text(clean_text(f"Session {session.id} · {' · '.join(facts)}"), style=styling.QUIET),
    ]
    if session.set and session.people:
        present = ", ".join(who.name for who in session.people)
        parts.append(Text(clean_text(f"Present: {present}"), style=styling.QUIET))
    parts += _render_session_answers(session.answers)
    for slot in session.slots:
        parts += ["", *_render_session_slot(slot, today, width)]
    in_slots = {action.id for slot in session.slots for action in slot.actions}
    if rest := [action for action in session.actions if action.id not in in_slots]:
        shown = lists.render_actions(rest, today, width - 2, with_person=session.set is not None)
        parts += ["", styling.format_heading("Promises"), styling.IndentedBody(shown)]
    return Group(*parts)


def _render_session_answers(answers: Sequence[Answer]) -> list[RenderableType]:
    """Return what was asked and said, under the heading of each stage."""
    parts: list[RenderableType] = []
    stage = None
    for answer in answers:
        if answer.stage != stage:
            stage = answer.stage
            parts += ["", styling.format_heading(answer.stage_title or stage)]
        parts.append(styling.IndentedBody(_format_session_question(answer)))
        parts.append(styling.IndentedBody(styling.format_typed_words(describe_answer(answer)), 4))
    return parts


def _render_session_slot(slot: "Slot", today: date, width: int) -> list[RenderableType]:
    """Return one slot of a meeting: who presented what, then as a session has it."""
    title = styling.format_typed_words(f"Slot {slot.number} · {slot.presenter.name}", "bold")
    if slot.minutes:
        title.append(f"  {format_count(slot.minutes, 'minute')}", style=styling.QUIET)
    parts: list[RenderableType] = [title]
    if slot.issue:
        parts.append(styling.IndentedBody(styling.format_typed_words(slot.issue)))
    parts += [
        styling.IndentedBody(part) if part else part
        for part in _render_session_answers(slot.answers)
    ]
    if slot.actions:
        shown = lists.render_actions(slot.actions, today, width - 4, with_person=False)
        parts += [
            "",
            styling.IndentedBody(styling.format_heading("Promises")),
            styling.IndentedBody(shown, 4),
        ]
    return parts


def _format_session_question(answer: Answer) -> Text:
    question = styling.format_typed_words(answer.question, styling.QUIET)
    return question.append("  private", style=styling.SOON) if answer.private else question


_NOTE_OUTCOME_WORDS = {
    NoteOutcome.TALKED: "talked about",
    NoteOutcome.KEEP: "kept for next time",
    NoteOutcome.DROP: "dropped",
}


def render_record_summary(record: "SessionRecord", conversation: "Conversation") -> Group:
    """Return what is about to be saved: how much was answered, and each promise."""
    turns = record.meeting.slots if record.meeting else ()
    answers = [*record.answers, *(answer for turn in turns for answer in turn.answers)]
    answered = sum(answer.value is not None for answer in answers)
    private = sum(answer.value is not None and answer.private for answer in answers)
    line = f"{format_count(answered, 'answer')}, {len(answers) - answered} skipped"
    line += f", {private} private" if private else ""
    parts: list[RenderableType] = [styling.IndentedBody(Text(line, style=styling.QUIET))]
    if record.reviews:
        outcomes = Counter(str(review.outcome) for review in record.reviews)
        outcomes["still open"] = outcomes.pop("open", 0)
        told = ", ".join(f"{count} {word}" for word, count in outcomes.items() if count)
        parts.append(styling.IndentedBody(Text(f"From last time: {told}")))
    if record.notes:
        counts = Counter(_NOTE_OUTCOME_WORDS[outcome] for _, outcome in record.notes)
        told = ", ".join(f"{count} {words}" for words, count in counts.items())
        parts.append(styling.IndentedBody(Text(f"Parked notes: {told}")))
    if record.corrections:
        from coachlog.interview import corrections

        told = corrections.phrase_corrected_fates(record.corrections)
        parts.append(styling.IndentedBody(Text(f"Promises corrected: {told}")))
    if record.meeting and conversation.set:
        parts.append(styling.IndentedBody(_render_meeting_turns(record.meeting, conversation.set)))
    if promised := [*_collect_record_promises(record, conversation)]:
        made = Columns("", "", "")
        for them, promise in promised:
            who = {"me": "you", "them": extract_first_name(them or "them")}.get(promise.owner)
            made.add_row(
                styling.format_typed_words(
                    who or promise.owner, "bold" if promise.owner == "me" else ""
                ),
                styling.format_typed_words(promise.what),
                Text(f"by {dates.format_long_day(promise.due)}" if promise.due else "no date"),
            )
        parts.append(styling.IndentedBody(made))
    else:
        parts.append(styling.IndentedBody(Text("No new promises.", style=styling.QUIET)))
    return Group(*parts)


def _collect_record_promises(
    record: "SessionRecord", conversation: "Conversation"
) -> Iterator[tuple[str | None, Promise]]:
    """Yield each promise with the name of the one who is meant by `them`."""
    yield from ((conversation.them, promise) for promise in record.promises)
    if record.meeting and conversation.set:
        names = {one.person: one.name for one in conversation.set.members}
        told = [
            *record.meeting.promises,
            *(p for turn in record.meeting.slots for p in turn.promises),
        ]
        yield from ((names.get(person), promise) for person, promise in told)


def _render_meeting_turns(meeting: "MeetingRecord", learning_set: "LearningSet") -> Columns:
    """Return who came, and slot by slot who presented what."""
    names = {one.id: "you" if one.person is None else one.name for one in learning_set.members}
    made = Columns("", "", "")
    made.add_row("here", styling.format_typed_words(", ".join(names[id] for id in meeting.present)))
    for number, turn in enumerate(meeting.slots, start=1):
        minutes = Text(
            format_count(turn.minutes, "minute") if turn.minutes else "", style=styling.QUIET
        )
        words = f"{names[turn.member]}: {turn.issue}" if turn.issue else names[turn.member]
        made.add_row(f"slot {number}", styling.format_typed_words(words), minutes)
    return made
