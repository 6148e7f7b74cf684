"""One conversation as a page, and what is about to be saved of one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model import Answer, NoteOutcome, Promise, Session, SessionStatus
from coachlog.phrasing.answers import answer_words
from coachlog.screens import lists, styling
from coachlog.screens.columns import Columns
from coachlog.text import clean, first_name, plural

if TYPE_CHECKING:
    from coachlog.interview import Conversation
    from coachlog.model.records import Record
    from coachlog.model.sets import LearningSet, Meeting, Slot


def session(found: Session, day: date, width: int) -> Group:
    """Return a session as a page: what was asked and said, then what was promised."""
    between = ": " if found.set else " with "
    who = f"{between}{found.with_whom}" if found.with_whom else ""
    facts = [dates.long(found.held_on)]
    if found.status is SessionStatus.DRAFT:
        facts = [f"a draft, begun {dates.short(found.held_on, day)}"]
    facts += [styling.cancelled(found)] if found.cancelled_by else []
    facts += [plural(found.minutes, "minute")] if found.minutes else []
    facts += [", ".join(found.tags)] if found.tags else []
    parts: list[RenderableType] = [
        Text(clean(f"{found.title}{who}"), style="bold"),
        Text(clean(f"Session {found.id} · {' · '.join(facts)}"), style=styling.QUIET),
    ]
    if found.set and found.people:
        present = ", ".join(who.name for who in found.people)
        parts.append(Text(clean(f"Present: {present}"), style=styling.QUIET))
    parts += _said(found.answers)
    for slot in found.slots:
        parts += ["", *_slot(slot, day, width)]
    in_slots = {action.id for slot in found.slots for action in slot.actions}
    if rest := [action for action in found.actions if action.id not in in_slots]:
        shown = lists.actions(rest, day, width - 2, person=found.set is not None)
        parts += ["", styling.heading("Promises"), styling.Indented(shown)]
    return Group(*parts)


def _said(answers: Sequence[Answer]) -> list[RenderableType]:
    """Return what was asked and said, under the heading of each stage."""
    parts: list[RenderableType] = []
    stage = None
    for answer in answers:
        if answer.stage != stage:
            stage = answer.stage
            parts += ["", styling.heading(answer.stage_title or stage)]
        parts.append(styling.Indented(_asked(answer)))
        parts.append(styling.Indented(styling.typed(answer_words(answer)), 4))
    return parts


def _slot(slot: "Slot", day: date, width: int) -> list[RenderableType]:
    """Return one slot of a meeting: who presented what, then as a session has it."""
    title = styling.typed(f"Slot {slot.number} · {slot.presenter.name}", "bold")
    if slot.minutes:
        title.append(f"  {plural(slot.minutes, 'minute')}", style=styling.QUIET)
    parts: list[RenderableType] = [title]
    if slot.issue:
        parts.append(styling.Indented(styling.typed(slot.issue)))
    parts += [styling.Indented(part) if part else part for part in _said(slot.answers)]
    if slot.actions:
        shown = lists.actions(slot.actions, day, width - 4, person=False)
        parts += ["", styling.Indented(styling.heading("Promises")), styling.Indented(shown, 4)]
    return parts


def _asked(answer: Answer) -> Text:
    question = styling.typed(answer.question, styling.QUIET)
    return question.append("  private", style=styling.SOON) if answer.private else question


_BECAME = {
    NoteOutcome.TALKED: "talked about",
    NoteOutcome.KEEP: "kept for next time",
    NoteOutcome.DROP: "dropped",
}


def summary(record: "Record", talk: "Conversation") -> Group:
    """Return what is about to be saved: how much was answered, and each promise."""
    turns = record.meeting.turns if record.meeting else ()
    answers = [*record.answers, *(answer for turn in turns for answer in turn.answers)]
    answered = sum(answer.value is not None for answer in answers)
    private = sum(answer.value is not None and answer.private for answer in answers)
    line = f"{plural(answered, 'answer')}, {len(answers) - answered} skipped"
    line += f", {private} private" if private else ""
    parts: list[RenderableType] = [styling.Indented(Text(line, style=styling.QUIET))]
    if record.reviews:
        outcomes = Counter(str(review.outcome) for review in record.reviews)
        outcomes["still open"] = outcomes.pop("open", 0)
        told = ", ".join(f"{count} {word}" for word, count in outcomes.items() if count)
        parts.append(styling.Indented(Text(f"From last time: {told}")))
    if record.notes:
        counts = Counter(_BECAME[outcome] for _, outcome in record.notes)
        told = ", ".join(f"{count} {words}" for words, count in counts.items())
        parts.append(styling.Indented(Text(f"Parked notes: {told}")))
    if record.corrections:
        from coachlog.interview import corrections

        told = corrections.changed(record.corrections)
        parts.append(styling.Indented(Text(f"Promises corrected: {told}")))
    if record.meeting and talk.set:
        parts.append(styling.Indented(_turns(record.meeting, talk.set)))
    if promised := [*_promised(record, talk)]:
        made = Columns("", "", "")
        for them, promise in promised:
            who = {"me": "you", "them": first_name(them or "them")}.get(promise.owner)
            made.add_row(
                styling.typed(who or promise.owner, "bold" if promise.owner == "me" else ""),
                styling.typed(promise.what),
                Text(f"by {dates.long(promise.due)}" if promise.due else "no date"),
            )
        parts.append(styling.Indented(made))
    else:
        parts.append(styling.Indented(Text("No new promises.", style=styling.QUIET)))
    return Group(*parts)


def _promised(record: "Record", talk: "Conversation") -> Iterator[tuple[str | None, Promise]]:
    """Yield each promise with the name of the one who is meant by `them`."""
    yield from ((talk.them, promise) for promise in record.promises)
    if record.meeting and talk.set:
        names = {one.person: one.name for one in talk.set.members}
        told = [
            *record.meeting.promises,
            *(p for turn in record.meeting.turns for p in turn.promises),
        ]
        yield from ((names.get(person), promise) for person, promise in told)


def _turns(meeting: "Meeting", of: "LearningSet") -> Columns:
    """Return who came, and slot by slot who presented what."""
    names = {one.id: "you" if one.person is None else one.name for one in of.members}
    made = Columns("", "", "")
    made.add_row("here", styling.typed(", ".join(names[id] for id in meeting.present)))
    for number, turn in enumerate(meeting.turns, start=1):
        minutes = Text(plural(turn.minutes, "minute") if turn.minutes else "", style=styling.QUIET)
        words = f"{names[turn.member]}: {turn.issue}" if turn.issue else names[turn.member]
        made.add_row(f"slot {number}", styling.typed(words), minutes)
    return made
