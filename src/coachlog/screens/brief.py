"""One screen about a person, for the minute before the door opens."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Action, Answer, Goal, GoalScale, Note, Person, Session
from coachlog.model.brief import Brief, Measured
from coachlog.phrasing.answers import answer_words
from coachlog.phrasing.values import every, measure_name, withheld
from coachlog.rules import disclosure
from coachlog.screens import styling
from coachlog.screens.columns import GAP, Columns
from coachlog.screens.lists import NARROW, short_due
from coachlog.text import clean, first_name, line, short

ROWS = 22  # of 24: the prompt below takes one, and what was typed above another
INDENT = 2
NAME = 40  # characters, so that the first line keeps room for what changes


class _Section(NamedTuple):
    """Rows under a heading; the column `wide` is cut where room is short.

    `more` is the command that shows those left out where there are more than `most`. A row takes
    `each` lines; without a `wide` column its cells are as they are to be.
    """

    heading: str
    rows: list[list[Text]]
    more: str
    wide: int | None
    most: int = ROWS
    each: int = 1


def page(found: Brief, today: date, width: int) -> Group:
    """Return what to know before the next talk, in as many lines as a screen of 24 has room for.

    A section without content is left out. The longest one gives way first, and says how many rows
    it holds back.
    """
    parts: list[RenderableType] = list(_head(found, today, width))
    sections = list(_sections(found, today, width))
    room = ROWS - len(parts) - bool(found.withheld)
    counts = _shares(sections, room)
    heights = sum(_height(*one) for one in zip(sections, counts, strict=True))
    if found.answers:
        spare = room - heights
        sections[0], taken = _with_answers(sections[0], counts[0], width - INDENT, spare)
        heights += taken
    airy = heights + len(sections) <= room
    for section, count in zip(sections, counts, strict=True):
        parts += [""] if airy else []
        parts.append(_cut(styling.heading(section.heading), width))
        if section.rows:
            parts.append(styling.Indented(_grid(section, count, width - INDENT), INDENT))
    if not sections:
        words = f"Nothing yet. Begin: coachlog session new {clean(found.person.slug)}"
        parts.append(Text(words, style=styling.QUIET))
    if found.withheld:
        parts.append(Text(withheld(found.withheld), style=styling.QUIET))
    return Group(*parts)


def _head(found: Brief, today: date, width: int) -> Iterator[Text]:
    """Yield who it is and when the next talk is due: one line, or more where one is too narrow."""
    who = found.person
    held = found.last_session.held_on if found.last_session else None
    name = styling.typed(short(who.name, NAME), "bold")
    name.append(f" · {who.relationship.value}", style=styling.QUIET)
    name.append(" · archived" if who.archived else "", style=styling.QUIET)
    row = _cut(name, width)
    since = "no talk yet" if held is None else f"last talk {dates.ago(held, today)}"
    state = styling.rhythm(who, held, today)
    if who.every_days and state:
        state = Text(f"{every(who.every_days)}: ").append_text(state)
    for part, mark in ((Text(since), " · "), (state, "; ")):
        if row.cell_len + len(mark) + part.cell_len > width:
            yield row
            row = part
        elif part:
            row.append(mark).append_text(part)
    yield row
    if found.cancelled:
        since = "Cancelled since" if held else "Cancelled"
        told = "; ".join(_cancelled(one, who, today) for one in found.cancelled)
        yield _cut(Text(f"{since}: {told}"), width)


def _cancelled(talk: Session, who: Person, today: date) -> str:
    by = "you" if talk.cancelled_by == "me" else clean(first_name(who.name))
    return f"{dates.short(talk.held_on, today)}, by {by}"


def _sections(found: Brief, today: date, width: int) -> Iterator[_Section]:
    slug = clean(found.person.slug)
    if last := found.last_session:
        said = [_answer(one) for one in found.answers]
        heading = f"Last time: {last.title}, {dates.short(last.held_on, today)}"
        yield _Section(heading, said, f"session show {last.id}", None, 4, 1 + (width < NARROW))
    if found.actions:
        rows = [_promise(one, today, width) for one in found.actions]
        yield _Section("Promises", rows, f"action list -p {slug}", wide=2, most=6)
    if found.measures:
        held = last.held_on if last else None
        rows = [_measure(one, held, today) for one in found.measures]
        yield _Section("Measures", rows, f"progress {slug}", wide=2)
    if found.goals:
        rows = [_goal(one, today) for one in found.goals]
        yield _Section("Goals", rows, f"goal list {slug}", wide=1)
    if found.notes:
        rows = [_note(one, today) for one in found.notes]
        yield _Section("For next time", rows, f"person note {slug} --list", wide=1)


def _answer(answer: Answer) -> list[Text]:
    said = styling.typed(line(answer_words(answer)))
    if disclosure.is_private(answer):
        said = Text("(health) " if answer.health else "(private) ", style=styling.SOON) + said
    return [styling.typed(line(answer.question), styling.QUIET), said]


def _with_answers(section: _Section, count: int, room: int, spare: int) -> tuple[_Section, int]:
    """Return the section with its answers made to fit, and how many of the spare lines that took.

    What does not fit on a line gets a second one while there are any, answers before questions;
    where they stand side by side, it is the question that is cut.
    """
    rows = section.rows
    if section.each > 1:
        below = [[_below(question, answer, room)] for question, answer in rows]
        return section._replace(rows=below), 0
    asked = max(question.cell_len for question, _ in rows[:count])
    said = max(answer.cell_len for _, answer in rows[:count])
    asked = min(asked, max(room * 3 // 10, min(room * 2 // 5, room - GAP - said)))
    free = room - GAP - asked
    long = [n for n, (q, a) in enumerate(rows[:count]) if q.cell_len > asked or a.cell_len > free]
    tall = sorted(long, key=lambda n: rows[n][1].cell_len <= free)[: max(0, spare)]
    made = [
        [_on(1 + (n in tall), question, asked), _on(1 + (n in tall), answer, free)]
        for n, (question, answer) in enumerate(rows)
    ]
    return section._replace(rows=made), len(tall)


def _below(question: Text, answer: Text, room: int) -> Text:
    return Text("\n  ").join([_cut(question, room), _cut(answer, room - 2)])


def _on(lines: int, words: Text, width: int) -> Text:
    """Return words on one line or two, the first broken at a space where there is one."""
    if lines == 1 or words.cell_len <= width:
        return _cut(words, width)
    first = words.copy()
    first.truncate(width)
    end = len(first.plain.rstrip())
    at = words.plain.rfind(" ", 1, end + 1)
    head, rest = words.divide([at if at > 0 else end])
    if at > 0:
        _, rest = rest.divide([1])
    return Text("\n").join([head, _cut(rest, width)])


def _promise(action: Action, today: date, width: int) -> list[Text]:
    who = styling.owner(action)
    if action.owner != "me":
        who = _cut(styling.typed(line(first_name(who.plain))), 12)
    return [
        Text(str(action.id)),
        who,
        _marked(action.what, action.private),
        short_due(action, today) if width < NARROW else styling.due(action, today),
    ]


def _measure(found: Measured, held: date | None, today: date) -> list[Text]:
    number = f"{found.value} of {found.high}"
    name = measure_name(found.measure)
    return [_marked(name, found.private), Text(number), _direction(found, held, today)]


def _direction(found: Measured, held: date | None, today: date) -> Text:
    """Return how a measure went since it was asked before, in words after an arrow."""
    at = "" if found.on == held else f", asked {dates.short(found.on, today)}"
    if found.before is None or found.before_on is None:
        return Text(f"the first time{at}", style=styling.QUIET)
    change = found.value - found.before
    word = f"↑ up {change}" if change > 0 else f"↓ down {-change}" if change else "→ the same"
    if found.before_on == found.on:
        return Text(f"{word} in that talk{at}")
    words = "as on" if not change else "since"
    return Text(f"{word} {words} {dates.short(found.before_on, today)}{at}")


def _goal(goal: Goal, today: date) -> list[Text]:
    """Return a goal with where it is, and that its review is due."""
    levels = goal.scale is GoalScale.ATTAINMENT
    where = "not rated yet"
    if goal.now is not None:
        where = rules.ATTAINED[goal.now] if levels else f"now {goal.now}"
    if goal.target is not None:
        where += f", target: {rules.ATTAINED[goal.target]}" if levels else f", target {goal.target}"
    told = Text(where)
    if goal.review_on and goal.review_on < today:
        told.append(f", review was due {dates.short(goal.review_on, today)}", style=styling.SOON)
    return [Text(str(goal.id)), _marked(goal.title, goal.private), told]


def _note(note: Note, today: date) -> list[Text]:
    parked = Text(f"parked {dates.short(note.written_on, today)}", style=styling.QUIET)
    return [Text(str(note.id)), styling.typed(line(note.words)), parked]


def _marked(words: str, private: bool) -> Text:
    shown = styling.typed(line(words))
    return Text("(private) ", style=styling.SOON) + shown if private else shown


def _shares(sections: Sequence[_Section], room: int) -> list[int]:
    """Return how many rows each section shows, so that all of them fit the room."""
    counts = [_most(one, one.most) for one in sections]
    while sum(_height(*one) for one in zip(sections, counts, strict=True)) > room:
        longest = max(range(len(counts)), key=lambda n: (counts[n] > 1, counts[n], n))
        if counts[longest] < 2:
            break
        counts[longest] -= 1
    return counts


def _most(section: _Section, most: int) -> int:
    """Return how many rows to show of at most so many: the line for one more is that row itself."""
    return len(section.rows) if len(section.rows) <= most + 1 else most


def _height(section: _Section, count: int) -> int:
    return 1 + count * section.each + (count < len(section.rows))


def _grid(section: _Section, count: int, room: int) -> Columns:
    """Return the rows to show, each on one line, and how to see the others."""
    rows, left = section.rows[:count], len(section.rows) - count
    columns = range(len(section.rows[0]))
    if section.wide is None:
        made = Columns(*[""] * len(columns))
        for row in rows:
            made.add_row(*row)
        return _with_more(made, section, left, room)
    others = [max(row[n].cell_len for row in rows) for n in columns if n != section.wide]
    free = max(12, room - sum(others) - GAP * len(others))
    made = Columns(*[""] * len(columns))
    for row in rows:
        made.add_row(*(_cut(row[n], free) if n == section.wide else row[n] for n in columns))
    return _with_more(made, section, left, room)


def _with_more(made: Columns, section: _Section, left: int, room: int) -> Columns:
    if left:
        made.add_line(
            _cut(Text(f"{left} more: coachlog {section.more}", style=styling.QUIET), room)
        )
    return made


def _cut(words: Text, width: int) -> Text:
    words.truncate(width, overflow="ellipsis")
    return words


def notes(parked: Sequence[Note], today: date) -> Columns:
    """Return parked notes one a row, with the numbers that take them away."""
    made = Columns("#", "for next time", "parked", right=("#",), wide="for next time")
    for note in parked:
        day = Text(dates.short(note.written_on, today), style=styling.QUIET)
        made.add_row(str(note.id), styling.typed(note.words), day)
    return made
