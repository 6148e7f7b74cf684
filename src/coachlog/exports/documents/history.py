"""A person's history as a markdown page, the oldest first; without Rich."""

from collections.abc import Iterator
from datetime import date

from coachlog import dates
from coachlog.exports.markup import escape, heading
from coachlog.model import Action, Answer, SessionStatus
from coachlog.model.history import Episode, History
from coachlog.phrasing import timeline
from coachlog.phrasing.values import value
from coachlog.rules import disclosure
from coachlog.text import clean, plural


def page(found: History, today: date, *, full: bool = False) -> str:
    """Return the history as a page: a heading for each year and each talk."""
    begin = f"As of {dates.medium(today)} · {timeline.heading(found)}"
    blocks = [f"# History: {heading(found.person.name)}", begin]
    parts = list(timeline.parts(found, today))
    for part in parts:
        blocks += _blocks(part, found, today, full)
    if not parts:
        blocks.append("Nothing yet.")
    if private := timeline.private(found):
        blocks.append(f"*Includes {plural(private, 'private entry', 'private entries')}.*")
    return "\n\n".join(blocks) + "\n"


def _blocks(part: timeline.Part, found: History, today: date, full: bool) -> Iterator[str]:
    match part:
        case timeline.Year():
            yield f"## {part.year}"
        case timeline.Gap():
            yield f"*— {part.words} —*"
        case timeline.Happening():
            facts = f" ({escape(part.facts)})" if part.facts else ""
            facts += " (private)" if part.private else ""
            note = f"<br>{_lines(part.note)}" if part.note else ""
            yield f"{_day(part.on)} · {part.what}: **{escape(part.typed)}**{facts}{note}"
        case timeline.Promised():
            yield f"{_day(part.on)} · Promised by {_promise(part.action, found, today)}"
        case Episode():
            yield from _talk(part, found, today, full)


def _talk(told: Episode, found: History, today: date, full: bool) -> Iterator[str]:
    session = told.session
    if session.status is SessionStatus.CANCELLED:
        by = timeline.cancelled(told, found.person.name, found.me or "me")
        yield f"{_day(session.held_on)} · {escape(by)}"
        return
    yield f"### {_day(session.held_on)}: {heading(session.title)}"
    yield f"*{escape(timeline.facts(told))}*"
    if told.measures:
        yield f"Measures: {escape(timeline.measures(told.measures))}"
    if rows := [_answer(answer) for answer in timeline.answers(told, full=full)]:
        yield "\n".join(rows)
    if session.actions:
        yield "Promises:"
        yield "\n".join(f"- {_promise(action, found, today)}" for action in timeline.promises(told))


def _answer(answer: Answer) -> str:
    private = " (private)" if disclosure.is_private(answer) else ""
    return f"- *{escape(answer.question)}*{private}<br>{_lines(value(answer))}"


def _promise(action: Action, found: History, today: date) -> str:
    owner = timeline.owner(action, found.me or "Me")
    private = " (private)" if action.private else ""
    words = timeline.fate(action, today, years=True)[1]
    return f"**{escape(owner)}**: {escape(action.what)}{private} — {words}"


def _day(day: date) -> str:
    """Return a day in a year that stands in a heading above."""
    return f"{day.day} {dates.MONTHS[day.month - 1]}"


def _lines(words: str) -> str:
    return "<br>".join(escape(row) for row in clean(words).split("\n") if row.strip())
