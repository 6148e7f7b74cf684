"""Whole screens: today, a session, an action, a person, a plan, a template, progress."""

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
    Kind,
    Plan,
    Progress,
    Record,
    Session,
    SessionStatus,
    Tally,
)
from coachlog.render import look, tables
from coachlog.render.columns import Columns
from coachlog.text import clean, first_name, plural

if TYPE_CHECKING:
    from coachlog.interview import Conversation

SOON_DAYS = 7


def today(
    drafts: Sequence[Draft],
    forms: Sequence[str],
    promises: Sequence[Action],
    contacts: Sequence[Contact],
    day: date,
    width: int,
) -> Group:
    """Return the day at a glance: drafts, what is due within a week, who to talk to next."""
    parts: list[RenderableType] = [Text(dates.long(day), style="bold")]
    if drafts or forms:
        parts += ["", look.heading("Go on with")]
        parts += [look.Indented(tables.drafts(drafts, day))] if drafts else []
        parts += [look.Indented(_form(command)) for command in forms]
    parts += ["", look.heading("Promises")]
    near = [a for a in promises if a.due and (a.due - day).days <= SOON_DAYS]
    later = len(promises) - len(near)
    if near:
        parts.append(look.Indented(tables.actions(near, day, width - 2)))
    else:
        parts.append(look.Indented(Text("Nothing is due in the next seven days.")))
    if later:
        more = f"{later} more open: coachlog action list"
        parts.append(look.Indented(Text(more, style=look.QUIET)))
    parts += ["", look.heading("Who to talk to next")]
    parts.append(look.Indented(_who_next(contacts, day, width)))
    return Group(*parts)


def _form(command: str) -> Text:
    words = Text("A form is not stored yet: ")
    return words.append_text(look.typed(command, look.QUIET))


def _who_next(contacts: Sequence[Contact], day: date, width: int) -> RenderableType:
    if not contacts:
        return Text("Nobody yet: coachlog session new", style=look.QUIET)
    ordered = next_first(contacts, day)
    return tables.people(ordered[:8], day, width - 2)


def next_first(contacts: Sequence[Contact], day: date) -> list[Contact]:
    """Return people by how late the next talk is; without a rhythm, longest unseen first."""
    order = ["red", "amber", "in time", None]

    def key(contact: Contact) -> tuple[int, date, str]:
        last, every = contact.last_held, contact.person.every_days
        following = rules.next_talk(last, every) or last or date.min
        return order.index(rules.rhythm(last, every, day)), following, contact.person.name

    return sorted(contacts, key=key)


def session(found: Session, day: date, width: int) -> Group:
    """Return a session as a page: what was asked and said, then what was promised."""
    who = " with " + ", ".join(found.people) if found.people else ""
    facts = [dates.long(found.held_on)]
    if found.status is SessionStatus.DRAFT:
        facts = [f"a draft, begun {dates.short(found.held_on, day)}"]
    facts += [plural(found.minutes, "minute")] if found.minutes else []
    facts += [", ".join(found.tags)] if found.tags else []
    parts: list[RenderableType] = [
        Text(clean(f"{found.title}{who}"), style="bold"),
        Text(clean(f"Session {found.id} · {' · '.join(facts)}"), style=look.QUIET),
    ]
    stage = None
    for answer in found.answers:
        if answer.stage != stage:
            stage = answer.stage
            parts += ["", look.heading(answer.stage_title or stage)]
        parts.append(look.Indented(_asked(answer)))
        parts.append(look.Indented(look.typed(value(answer)), 4))
    if found.actions:
        shown = tables.actions(found.actions, day, width - 2, person=False)
        parts += ["", look.heading("Promises"), look.Indented(shown)]
    return Group(*parts)


def _asked(answer: Answer) -> Text:
    question = look.typed(answer.question, look.QUIET)
    return question.append("  private", style=look.SOON) if answer.private else question


def value(answer: Answer) -> str:
    """Return an answer in words: a scale with its end, a date in full, a list with commas."""
    said = answer.value
    if said is None:
        return ""
    if isinstance(said, bool):
        return "yes" if said else "no"
    if answer.kind is Kind.SCALE:
        return f"{said} of {answer.high}"
    if answer.kind is Kind.DATE:
        return dates.long(date.fromisoformat(str(said)))
    return ", ".join(said) if isinstance(said, list) else str(said)


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
    ):
        if words:
            facts.append((name, look.typed(words)))
    grid = Columns("", "")
    for name, cell in facts:
        grid.add_row(Text(name, style=look.QUIET), cell)
    log = Columns("", "")
    for event in found.events:
        log.add_row(Text(dates.short(event.on, day), style=look.QUIET), look.typed(_event(event)))
    title = Text(f"{found.id}  ", style="bold").append_text(look.typed(found.what, "bold"))
    return Group(title, look.Indented(grid), "", look.heading("History"), look.Indented(log))


def _event(event: Event) -> str:
    words = event.kind.value
    if event.due:
        words += (
            f" to {dates.short(event.due)}"
            if words == "moved"
            else f", by {dates.short(event.due)}"
        )
    return f"{words}: {event.note}" if event.note else words


def person(found: Contact, actions: Sequence[Action], day: date, width: int) -> Group:
    """Return one person: who they are, when last seen, what is open between you."""
    who = found.person
    facts = [who.relationship.value, who.role, who.team]
    facts += [f"every {plural(who.every_days, 'day')}"] if who.every_days else []
    facts += ["archived"] if who.archived else []
    seen = Text(f"Last talk: {look.ago(found.last_held, day)}  ")
    seen.append_text(look.rhythm(found.last_held, who.every_days, day))
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
    if found.actions:
        parts.append(tables.actions(found.actions, day, width, person=False))
    else:
        parts.append(Text("No actions.", style=look.QUIET))
    if found.withheld:
        left = f"{plural(found.withheld, 'private action')} not shown."
        parts += ["", Text(left, style=look.QUIET)]
    return Group(*parts)


def summary(record: Record, talk: "Conversation") -> Group:
    """Return what is about to be saved: how much was answered, and each promise."""
    answered = sum(answer.value is not None for answer in record.answers)
    private = sum(answer.value is not None and answer.private for answer in record.answers)
    line = f"{plural(answered, 'answer')}, {len(record.answers) - answered} skipped"
    line += f", {private} private" if private else ""
    parts: list[RenderableType] = [look.Indented(Text(line, style=look.QUIET))]
    if record.reviews:
        outcomes = Counter(str(review.outcome) for review in record.reviews)
        outcomes["still open"] = outcomes.pop("open", 0)
        told = ", ".join(f"{count} {word}" for word, count in outcomes.items() if count)
        parts.append(look.Indented(Text(f"From last time: {told}")))
    if record.promises:
        made = Columns("", "", "")
        for promise in record.promises:
            who = {"me": "you", "them": first_name(talk.them or "them")}.get(promise.owner)
            made.add_row(
                look.typed(who or promise.owner, "bold" if promise.owner == "me" else ""),
                look.typed(promise.what),
                Text(f"by {dates.long(promise.due)}" if promise.due else "no date"),
            )
        parts.append(look.Indented(made))
    else:
        parts.append(look.Indented(Text("No new promises.", style=look.QUIET)))
    return Group(*parts)


def progress(found: Progress, day: date, width: int) -> Group:
    """Return the figures: my promises before theirs, then each person."""
    made = Columns("promises kept", "by the first date", "or a re-agreed one", "not due yet")
    for name, tally in (("yours", found.me), ("theirs", found.them)):
        made.add_row(
            Text(name, style="bold" if name == "yours" else ""),
            look.ratio(tally.strict, tally, tally.kept),
            look.ratio(tally.honoured, tally, tally.kept + tally.kept_as_reagreed),
            Text(str(tally.pending) if tally.pending else "–"),
        )
    parts: list[RenderableType] = [made, *_fates(found), ""]
    if found.people:
        parts.append(tables.progress(found.people, day, width))
    else:
        parts.append(Text("Nobody yet: coachlog session new", style=look.QUIET))
    return Group(*parts)


def _fates(found: Progress) -> Iterator[Text]:
    for name, tally in (("Yours", found.me), ("Theirs", found.them)):
        if tally.decided:
            yield Text(f"{name}: {_fate_words(tally)}.", style=look.QUIET)
    if not (found.me.decided or found.them.decided):
        yield Text("No promise has come due yet.", style=look.QUIET)


def _fate_words(tally: Tally) -> str:
    parts = (
        (tally.kept, "kept"),
        (tally.kept_as_reagreed, "kept as re-agreed"),
        (tally.kept_late, "kept late"),
        (tally.missed, "missed"),
        (tally.released, "released, not counted"),
    )
    return ", ".join(f"{number} {words}" for number, words in parts if number)
