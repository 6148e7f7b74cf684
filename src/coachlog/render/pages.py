"""Whole screens: today, a session, an action, a person, a plan."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import (
    Action,
    Answer,
    Contact,
    Draft,
    Event,
    EventKind,
    NoteOutcome,
    Plan,
    Promise,
    Record,
    Session,
    SessionStatus,
)
from coachlog.render import look, tables
from coachlog.render.columns import Columns
from coachlog.render.words import every, withheld
from coachlog.render.words import value as value
from coachlog.text import clean, first_name, plural, times

if TYPE_CHECKING:
    from coachlog.interview import Conversation
    from coachlog.model.sets import LearningSet, Meeting, Slot

SOON_DAYS = 7
ROWS = 23  # of 24: the prompt below takes one
MOST_PROMISES, MOST_PEOPLE = 5, 6


def today(
    drafts: Sequence[Draft],
    forms: Sequence[str],
    promises: Sequence[Action],
    contacts: Sequence[Contact],
    day: date,
    width: int,
    to_review: int = 0,
) -> Group:
    """Return the day at a glance: drafts, what is due within a week, who to talk to next.

    It fits a screen of 24 lines with up to three drafts or forms; blank lines give way first.
    `to_review` is how many goals wait for their review.
    """
    sections: list[tuple[str, list[Text | Columns]]] = []
    if drafts or forms:
        listed: list[Text | Columns] = [tables.drafts(drafts, day)] if drafts else []
        sections.append(("Go on with", [*listed, *map(_form, forms)]))
    promised = _due_soon(promises, day, width)
    if to_review:
        words = f"{plural(to_review, 'goal')} to review: coachlog goal list"
        promised.append(Text(words, style=look.QUIET))
    sections.append(("Promises", promised))
    sections.append(("Who to talk to next", _who_next(contacts, day, width)))
    heights = [body.height() if isinstance(body, Columns) else 1 for _, b in sections for body in b]
    airy = 1 + sum(heights) + 2 * len(sections) <= ROWS
    parts: list[RenderableType] = [Text(dates.long(day), style="bold")]
    for heading, bodies in sections:
        parts += [""] if airy else []
        parts += [look.heading(heading), *map(look.Indented, bodies)]
    return Group(*parts)


def _due_soon(promises: Sequence[Action], day: date, width: int) -> list[Text | Columns]:
    near = [a for a in promises if a.due and (a.due - day).days <= SOON_DAYS][:MOST_PROMISES]
    if near:
        shown: list[Text | Columns] = [tables.one_line_each(near, day, width - 2)]
    else:
        shown = [Text("Nothing is due in the next seven days.")]
    if later := len(promises) - len(near):
        shown.append(Text(f"{later} more open: coachlog action list", style=look.QUIET))
    return shown


def _form(command: str) -> Text:
    words = Text("A form is not stored yet: ")
    return words.append_text(look.typed(command, look.QUIET))


def _who_next(contacts: Sequence[Contact], day: date, width: int) -> list[Text | Columns]:
    if not contacts:
        return [Text("Nobody yet: coachlog session new", style=look.QUIET)]
    ordered = next_first(contacts, day)
    shown: list[Text | Columns] = [tables.people(ordered[:MOST_PEOPLE], day, width - 2)]
    if (left := len(ordered) - MOST_PEOPLE) > 0:
        shown.append(Text(f"{left} more: coachlog person list", style=look.QUIET))
    return shown


def next_first(contacts: Sequence[Contact], day: date) -> list[Contact]:
    """Return people by how late the next talk is; without a rhythm, longest unseen first.

    Those who are away come last, the one back first before the others.
    """
    order = ["red", "amber", "in time", None, "paused"]

    def key(contact: Contact) -> tuple[int, date, str]:
        who, last = contact.person, contact.last_held
        state = rules.rhythm(last, who.every_days, day, who.paused_until)
        following = rules.next_talk(last, who.every_days, who.paused_until) or last or date.min
        if state == "paused":
            following = who.paused_until or following
        return order.index(state), following, who.name

    return sorted(contacts, key=key)


def session(found: Session, day: date, width: int) -> Group:
    """Return a session as a page: what was asked and said, then what was promised."""
    who = " with " + ", ".join(found.people) if found.people else ""
    who = f": {found.set}" if found.set else who
    facts = [dates.long(found.held_on)]
    if found.status is SessionStatus.DRAFT:
        facts = [f"a draft, begun {dates.short(found.held_on, day)}"]
    facts += [look.cancelled(found)] if found.cancelled_by else []
    facts += [plural(found.minutes, "minute")] if found.minutes else []
    facts += [", ".join(found.tags)] if found.tags else []
    parts: list[RenderableType] = [
        Text(clean(f"{found.title}{who}"), style="bold"),
        Text(clean(f"Session {found.id} · {' · '.join(facts)}"), style=look.QUIET),
    ]
    if found.set and found.people:
        parts.append(Text(clean(f"Present: {', '.join(found.people)}"), style=look.QUIET))
    parts += _said(found.answers)
    for slot in found.slots:
        parts += ["", *_slot(slot, day, width)]
    in_slots = {action.id for slot in found.slots for action in slot.actions}
    if rest := [action for action in found.actions if action.id not in in_slots]:
        shown = tables.actions(rest, day, width - 2, person=found.set is not None)
        parts += ["", look.heading("Promises"), look.Indented(shown)]
    return Group(*parts)


def _said(answers: Sequence[Answer]) -> list[RenderableType]:
    """Return what was asked and said, under the heading of each stage."""
    parts: list[RenderableType] = []
    stage = None
    for answer in answers:
        if answer.stage != stage:
            stage = answer.stage
            parts += ["", look.heading(answer.stage_title or stage)]
        parts.append(look.Indented(_asked(answer)))
        parts.append(look.Indented(look.typed(value(answer)), 4))
    return parts


def _slot(slot: "Slot", day: date, width: int) -> list[RenderableType]:
    """Return one slot of a meeting: who presented what, then as a session has it."""
    title = look.typed(f"Slot {slot.number} · {slot.presenter}", "bold")
    if slot.minutes:
        title.append(f"  {plural(slot.minutes, 'minute')}", style=look.QUIET)
    parts: list[RenderableType] = [title]
    if slot.issue:
        parts.append(look.Indented(look.typed(slot.issue)))
    parts += [look.Indented(part) if part else part for part in _said(slot.answers)]
    if slot.actions:
        shown = tables.actions(slot.actions, day, width - 4, person=False)
        parts += ["", look.Indented(look.heading("Promises")), look.Indented(shown, 4)]
    return parts


def _asked(answer: Answer) -> Text:
    question = look.typed(answer.question, look.QUIET)
    return question.append("  private", style=look.SOON) if answer.private else question


def action(found: Action, day: date) -> Group:
    """Return one action with all that happened to it."""
    facts: list[tuple[str, Text]] = [
        ("who", look.owner(found)),
        ("by", look.due(found, day)),
    ]
    if found.original_due and found.original_due != found.due:
        facts.append(("first agreed", Text(dates.short(found.original_due, day))))
    for name, words in (
        ("with", found.person),
        ("done when", found.done_when),
        ("support", found.support),
        ("if-then", found.if_then),
        ("sure", f"{found.confidence} of 10" if found.confidence else None),
        ("private", "yes: left out of plans and exports" if found.private else None),
        ("from", f"session {found.session}" if found.session else None),
        ("carried", _carried(found)),
    ):
        if words:
            facts.append((name, look.typed(words)))
    grid = Columns("", "")
    for name, cell in facts:
        grid.add_row(Text(name, style=look.QUIET), cell)
    log = Columns("", "")
    for event in found.events:
        log.add_row(
            Text(dates.short(event.on, day), style=look.QUIET), look.typed(_event(event, found))
        )
    title = Text(f"{found.id}  ", style="bold").append_text(look.typed(found.what, "bold"))
    return Group(title, look.Indented(grid), "", look.heading("History"), look.Indented(log))


def _carried(found: Action) -> str | None:
    """Return how often an action was carried; its history shows the same, one by one."""
    if not found.carried:
        return None
    return f"{times(found.carried)}: it came back in a talk and stayed open"


def _event(event: Event, found: Action) -> str:
    words = event.kind.value
    if event.fate:
        from coachlog.rules.corrections import FATES, stood  # only where something was corrected

        was = stood(found, event)
        words += f" from {FATES[was]}" if was in FATES else ""
        words += f" to {FATES[event.fate]}"
    if event.due:
        words += (
            f" to {dates.short(event.due)}"
            if words == "moved"
            else f", by {dates.short(event.due)}"
        )
    if event.kind is EventKind.MOVED and event.session:
        words += " in a talk, carried"
    return f"{words}: {event.note}" if event.note else words


def person(found: Contact, actions: Sequence[Action], day: date, width: int) -> Group:
    """Return one person: who they are, when last seen, what is open between you."""
    who = found.person
    facts = [who.relationship.value, who.role, who.team]
    facts += [every(who.every_days)] if who.every_days else []
    facts += ["archived"] if who.archived else []
    seen = Text(f"Last talk: {look.ago(found.last_held, day)}")
    if state := look.rhythm(who, found.last_held, day):
        seen.append("  ").append_text(state)
    parts: list[RenderableType] = [
        look.typed(who.name, "bold"),
        look.typed(" · ".join(fact for fact in facts if fact), look.QUIET),
        seen,
        "",
        look.heading("Open promises"),
        look.Indented(
            tables.actions(actions, day, width - 2, person=False)
            if actions
            else Text("None.", style=look.QUIET)
        ),
    ]
    return Group(*parts)


def plan(found: Plan, day: date, width: int) -> Group:
    """Return a person's plan for the screen."""
    parts: list[RenderableType] = [
        look.typed(f"Plan with {found.person.name}", "bold"),
        Text(
            " · ".join(
                words
                for words in (
                    f"agreed {dates.medium(found.agreed_on)}" if found.agreed_on else "",
                    f"review {dates.medium(found.review_on)}" if found.review_on else "",
                )
                if words
            )
            or "no session yet",
            style=look.QUIET,
        ),
        "",
    ]
    if found.goals:
        from coachlog.render import goals

        parts += [*goals.planned(found.goals, day), ""]
    if found.actions:
        parts.append(tables.actions(found.actions, day, width, person=False))
    else:
        parts.append(Text("No actions.", style=look.QUIET))
    if left := found.withheld + found.goals_withheld:
        parts += ["", Text(withheld(left), style=look.QUIET)]
    return Group(*parts)


_BECAME = {
    NoteOutcome.TALKED: "talked about",
    NoteOutcome.KEEP: "kept for next time",
    NoteOutcome.DROP: "dropped",
}


def summary(record: Record, talk: "Conversation") -> Group:
    """Return what is about to be saved: how much was answered, and each promise."""
    turns = record.meeting.turns if record.meeting else ()
    answers = [*record.answers, *(answer for turn in turns for answer in turn.answers)]
    answered = sum(answer.value is not None for answer in answers)
    private = sum(answer.value is not None and answer.private for answer in answers)
    line = f"{plural(answered, 'answer')}, {len(answers) - answered} skipped"
    line += f", {private} private" if private else ""
    parts: list[RenderableType] = [look.Indented(Text(line, style=look.QUIET))]
    if record.reviews:
        outcomes = Counter(str(review.outcome) for review in record.reviews)
        outcomes["still open"] = outcomes.pop("open", 0)
        told = ", ".join(f"{count} {word}" for word, count in outcomes.items() if count)
        parts.append(look.Indented(Text(f"From last time: {told}")))
    if record.notes:
        counts = Counter(_BECAME[outcome] for _, outcome in record.notes)
        told = ", ".join(f"{count} {words}" for words, count in counts.items())
        parts.append(look.Indented(Text(f"Parked notes: {told}")))
    if record.corrections:
        from coachlog.interview import corrections

        told = corrections.changed(record.corrections)
        parts.append(look.Indented(Text(f"Promises corrected: {told}")))
    if record.meeting and talk.set:
        parts.append(look.Indented(_turns(record.meeting, talk.set)))
    if promised := [*_promised(record, talk)]:
        made = Columns("", "", "")
        for them, promise in promised:
            who = {"me": "you", "them": first_name(them or "them")}.get(promise.owner)
            made.add_row(
                look.typed(who or promise.owner, "bold" if promise.owner == "me" else ""),
                look.typed(promise.what),
                Text(f"by {dates.long(promise.due)}" if promise.due else "no date"),
            )
        parts.append(look.Indented(made))
    else:
        parts.append(look.Indented(Text("No new promises.", style=look.QUIET)))
    return Group(*parts)


def _promised(record: Record, talk: "Conversation") -> Iterator[tuple[str | None, Promise]]:
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
    made.add_row("here", look.typed(", ".join(names[id] for id in meeting.present)))
    for number, turn in enumerate(meeting.turns, start=1):
        minutes = Text(plural(turn.minutes, "minute") if turn.minutes else "", style=look.QUIET)
        words = f"{names[turn.member]}: {turn.issue}" if turn.issue else names[turn.member]
        made.add_row(f"slot {number}", look.typed(words), minutes)
    return made
