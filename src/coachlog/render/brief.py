"""One screen about a person, for the minute before the door opens."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model import Action, Answer, Brief, Goal, GoalScale, Measured, Note
from coachlog.render import look
from coachlog.render.columns import GAP, Columns
from coachlog.render.pages import value
from coachlog.text import clean, first_name, line, plural, short

ROWS = 22  # of 24: the prompt below takes one, and what was typed above another
INDENT = 2
NAME = 40  # characters, so that the first line keeps room for what changes


class _Section(NamedTuple):
    """Rows under a heading; the column `wide` is cut where room is short.

    `more` is the command that shows those left out where there are more than `most`.
    """

    heading: str
    rows: list[list[Text]]
    more: str
    wide: int
    most: int = ROWS


def brief(found: Brief, today: date, width: int) -> Group:
    """Return what to know before the next talk, in as many lines as a screen of 24 has room for.

    A section without content is left out. The longest one gives way first, and says how many rows
    it holds back.
    """
    parts: list[RenderableType] = list(_head(found, today, width))
    sections = list(_sections(found, today, width))
    room = ROWS - len(parts) - bool(found.withheld)
    counts = _shares(sections, room)
    heights = sum(_height(*one) for one in zip(sections, counts, strict=True))
    airy = heights + len(sections) <= room
    for section, count in zip(sections, counts, strict=True):
        parts += [""] if airy else []
        parts.append(_cut(look.heading(section.heading), width))
        if section.rows:
            parts.append(look.Indented(_grid(section, count, width - INDENT), INDENT))
    if not sections:
        words = f"Nothing yet. Begin: coachlog session new {clean(found.person.slug)}"
        parts.append(Text(words, style=look.QUIET))
    if found.withheld:
        words = f"{plural(found.withheld, 'private entry', 'private entries')} left out: --private"
        parts.append(Text(words, style=look.QUIET))
    return Group(*parts)


def _head(found: Brief, today: date, width: int) -> Iterator[Text]:
    """Yield who it is and when the next talk is due: one line, or more where one is too narrow."""
    who = found.person
    held = found.last_session.held_on if found.last_session else None
    name = look.typed(short(who.name, NAME), "bold")
    name.append(f" · {who.relationship.value}", style=look.QUIET)
    name.append(" · archived" if who.archived else "", style=look.QUIET)
    row = _cut(name, width)
    since = "no talk yet" if held is None else f"last talk {look.ago(held, today)}"
    state = look.rhythm(who, held, today)
    if who.every_days:
        state = Text(f"every {plural(who.every_days, 'day')}: ").append_text(state)
    for part, mark in ((Text(since), " · "), (state, "; ")):
        if row.cell_len + len(mark) + part.cell_len > width:
            yield row
            row = part
        elif part:
            row.append(mark).append_text(part)
    yield row


def _sections(found: Brief, today: date, width: int) -> Iterator[_Section]:
    slug = clean(found.person.slug)
    if last := found.last_session:
        said = [_answer(one, width * 2 // 5) for one in found.answers]
        heading = f"Last time: {last.title}, {dates.short(last.held_on, today)}"
        yield _Section(heading, said, f"session show {last.id}", wide=1, most=4)
    if found.actions:
        rows = [_promise(one, today) for one in found.actions]
        yield _Section("Promises", rows, f"action list -p {slug}", wide=2, most=6)
    if found.measures:
        held = last.held_on if last else None
        rows = [_measure(one, held, today) for one in found.measures]
        yield _Section("Measures", rows, f"progress {slug}", wide=2)
    if found.goals:
        yield _Section("Goals", list(map(_goal, found.goals)), f"goal list {slug}", wide=1)
    if found.notes:
        rows = [_note(one, today) for one in found.notes]
        yield _Section("For next time", rows, f"person note {slug} --list", wide=1)


def _answer(answer: Answer, room: int) -> list[Text]:
    said = look.typed(line(value(answer)))
    if answer.private or answer.health:
        said = Text("(health) " if answer.health else "(private) ", style=look.SOON) + said
    return [_cut(look.typed(line(answer.question), look.QUIET), room), said]


def _promise(action: Action, today: date) -> list[Text]:
    who = look.owner(action)
    if action.owner != "me":
        who = look.typed(short(first_name(who.plain), 12))
    return [
        Text(str(action.id)),
        who,
        _marked(action.what, action.private),
        look.due(action, today),
    ]


def _measure(found: Measured, held: date | None, today: date) -> list[Text]:
    number = f"{found.value} of {found.high}"
    return [_marked(found.measure, found.private), Text(number), _direction(found, held, today)]


def _direction(found: Measured, held: date | None, today: date) -> Text:
    """Return how a measure went since it was asked before, in words after an arrow."""
    at = "" if found.on == held else f", asked {dates.short(found.on, today)}"
    if found.before is None or found.before_on is None:
        return Text(f"the first time{at}", style=look.QUIET)
    change = found.value - found.before
    word = f"↑ up {change}" if change > 0 else f"↓ down {-change}" if change else "→ the same"
    if found.before_on == found.on:
        return Text(f"{word} in that talk{at}")
    words = "as on" if not change else "since"
    return Text(f"{word} {words} {dates.short(found.before_on, today)}{at}")


def _goal(goal: Goal) -> list[Text]:
    now = "not rated yet" if goal.now is None else f"now {_rated(goal, goal.now)}"
    target = "" if goal.target is None else f", target {_rated(goal, goal.target)}"
    return [Text(str(goal.id)), _marked(goal.title, goal.private), Text(now + target)]


def _rated(goal: Goal, number: int) -> str:
    return f"{number:+d}" if goal.scale is GoalScale.ATTAINMENT and number else str(number)


def _note(note: Note, today: date) -> list[Text]:
    parked = Text(f"parked {dates.short(note.written_on, today)}", style=look.QUIET)
    return [Text(str(note.id)), look.typed(line(note.words)), parked]


def _marked(words: str, private: bool) -> Text:
    shown = look.typed(line(words))
    return Text("(private) ", style=look.SOON) + shown if private else shown


def _shares(sections: Sequence[_Section], room: int) -> list[int]:
    """Return how many rows each section shows, so that all of them fit the room."""
    counts = [_most(one, one.most) for one in sections]
    while sum(_height(*one) for one in zip(sections, counts, strict=True)) > room:
        longest = max(range(len(counts)), key=lambda n: (counts[n], n))
        if counts[longest] < 2:
            break
        counts[longest] -= 1
    return counts


def _most(section: _Section, most: int) -> int:
    """Return how many rows to show of at most so many: the line for one more is that row itself."""
    return len(section.rows) if len(section.rows) <= most + 1 else most


def _height(section: _Section, count: int) -> int:
    return 1 + count + (count < len(section.rows))


def _grid(section: _Section, count: int, room: int) -> Columns:
    """Return the rows to show, each on one line, and how to see the others."""
    rows, left = section.rows[:count], len(section.rows) - count
    columns = range(len(section.rows[0]))
    others = [max(row[n].cell_len for row in rows) for n in columns if n != section.wide]
    free = max(12, room - sum(others) - GAP * len(others))
    made = Columns(*[""] * len(columns))
    for row in rows:
        made.add_row(*(_cut(row[n], free) if n == section.wide else row[n] for n in columns))
    if left:
        made.add_line(_cut(Text(f"{left} more: coachlog {section.more}", style=look.QUIET), room))
    return made


def _cut(words: Text, width: int) -> Text:
    words.truncate(width, overflow="ellipsis")
    return words


def notes(parked: Sequence[Note], today: date) -> Columns:
    """Return parked notes one a row, with the numbers that take them away."""
    made = Columns("#", "for next time", "parked", right=("#",), wide="for next time")
    for note in parked:
        day = Text(dates.short(note.written_on, today), style=look.QUIET)
        made.add_row(str(note.id), look.typed(note.words), day)
    return made
