"""One screen about a person, for the minute before the door opens."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Action, Answer, Goal, GoalScale, Note, Person, Session
from coachlog.model.brief import Brief, MeasureReading
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.values import describe_rhythm, describe_withheld, phrase_measure_name
from coachlog.rules import disclosure
from coachlog.screens import styling
from coachlog.screens.columns import COLUMN_GAP, Columns
from coachlog.screens.lists import NARROW_WIDTH, format_short_due
from coachlog.text import clean_line, clean_text, extract_first_name, shorten_text

BRIEF_HEIGHT = 22  # of 24: the prompt below takes one, and what was typed above another
INDENT = 2
NAME_LENGTH = 40  # characters, so that the first line keeps room for what changes


class _BriefSection(NamedTuple):
    """Rows under a heading; the column `wide` is cut where room is short.

    `more` is the command that shows those left out where there are more than `most`. A row takes
    `each` lines; without a `wide` column its cells are as they are to be.
    """

    heading: str
    rows: list[list[Text]]
    more_command: str
    wide_column: int | None
    most_rows: int = BRIEF_HEIGHT
    lines_per_row: int = 1


def render_brief(brief: Brief, today: date, width: int) -> Group:
    """Return what to know before the next talk, in as many lines as a screen of 24 has room for.

    A section without content is left out. The longest one gives way first, and says how many rows
    it holds back.
    """
    parts: list[RenderableType] = list(_render_brief_head(brief, today, width))
    sections = list(_build_brief_sections(brief, today, width))
    room = BRIEF_HEIGHT - len(parts) - bool(brief.withheld)
    counts = _share_out_rows(sections, room)
    heights = sum(_count_section_lines(*one) for one in zip(sections, counts, strict=True))
    if brief.answers:
        spare = room - heights
        sections[0], taken = _fit_answers(sections[0], counts[0], width - INDENT, spare)
        heights += taken
    airy = heights + len(sections) <= room
    for section, count in zip(sections, counts, strict=True):
        parts += [""] if airy else []
        parts.append(_truncate_line(styling.format_heading(section.heading), width))
        if section.rows:
            parts.append(
                styling.IndentedBody(_render_section_rows(section, count, width - INDENT), INDENT)
            )
    if not sections:
        words = f"Nothing yet. Begin: coachlog session new {clean_text(brief.person.slug)}"
        parts.append(Text(words, style=styling.QUIET))
    if brief.withheld:
        parts.append(Text(describe_withheld(brief.withheld), style=styling.QUIET))
    return Group(*parts)


def _render_brief_head(brief: Brief, today: date, width: int) -> Iterator[Text]:
    """Yield who it is and when the next talk is due: one line, or more where one is too narrow."""
    who = brief.person
    held = brief.last_session.held_on if brief.last_session else None
    name = styling.format_typed_words(shorten_text(who.name, NAME_LENGTH), "bold")
    name.append(f" · {who.relationship.value}", style=styling.QUIET)
    name.append(" · archived" if who.archived else "", style=styling.QUIET)
    row = _truncate_line(name, width)
    since = "no talk yet" if held is None else f"last talk {dates.format_days_ago(held, today)}"
    state = styling.format_rhythm(who, held, today)
    if who.every_days and state:
        state = Text(f"{describe_rhythm(who.every_days)}: ").append_text(state)
    for part, mark in ((Text(since), " · "), (state, "; ")):
        if row.cell_len + len(mark) + part.cell_len > width:
            yield row
            row = part
        elif part:
            row.append(mark).append_text(part)
    yield row
    if brief.cancelled:
        since = "Cancelled since" if held else "Cancelled"
        told = "; ".join(_format_cancelled_talk(one, who, today) for one in brief.cancelled)
        yield _truncate_line(Text(f"{since}: {told}"), width)


def _format_cancelled_talk(session: Session, person: Person, today: date) -> str:
    by = "you" if session.cancelled_by == "me" else clean_text(extract_first_name(person.name))
    return f"{dates.format_short_day(session.held_on, today)}, by {by}"


def _build_brief_sections(brief: Brief, today: date, width: int) -> Iterator[_BriefSection]:
    slug = clean_text(brief.person.slug)
    if last := brief.last_session:
        said = [_format_brief_answer(one) for one in brief.answers]
        heading = f"Last time: {last.title}, {dates.format_short_day(last.held_on, today)}"
        yield _BriefSection(
            heading, said, f"session show {last.id}", None, 4, 1 + (width < NARROW_WIDTH)
        )
    if brief.actions:
        rows = [_format_brief_promise(one, today, width) for one in brief.actions]
        yield _BriefSection("Promises", rows, f"action list -p {slug}", wide_column=2, most_rows=6)
    if brief.measures:
        held = last.held_on if last else None
        rows = [_format_brief_measure(one, held, today) for one in brief.measures]
        yield _BriefSection("Measures", rows, f"progress {slug}", wide_column=2)
    if brief.goals:
        rows = [_format_brief_goal(one, today) for one in brief.goals]
        yield _BriefSection("Goals", rows, f"goal list {slug}", wide_column=1)
    if brief.notes:
        rows = [_format_brief_note(one, today) for one in brief.notes]
        yield _BriefSection("For next time", rows, f"person note {slug} --list", wide_column=1)


def _format_brief_answer(answer: Answer) -> list[Text]:
    said = styling.format_typed_words(clean_line(describe_answer(answer)))
    if disclosure.is_private(answer):
        said = Text("(health) " if answer.health else "(private) ", style=styling.SOON) + said
    return [styling.format_typed_words(clean_line(answer.question), styling.QUIET), said]


def _fit_answers(
    section: _BriefSection, count: int, room: int, spare_lines: int
) -> tuple[_BriefSection, int]:
    """Return the section with its answers made to fit, and how many of the spare lines that took.

    What does not fit on a line gets a second one while there are any, answers before questions;
    where they stand side by side, it is the question that is cut.
    """
    rows = section.rows
    if section.lines_per_row > 1:
        below = [[_stack_answer_lines(question, answer, room)] for question, answer in rows]
        return section._replace(rows=below), 0
    asked = max(question.cell_len for question, _ in rows[:count])
    said = max(answer.cell_len for _, answer in rows[:count])
    asked = min(asked, max(room * 3 // 10, min(room * 2 // 5, room - COLUMN_GAP - said)))
    free = room - COLUMN_GAP - asked
    long = [n for n, (q, a) in enumerate(rows[:count]) if q.cell_len > asked or a.cell_len > free]
    tall = sorted(long, key=lambda n: rows[n][1].cell_len <= free)[: max(0, spare_lines)]
    made = [
        [
            _break_into_lines(1 + (n in tall), question, asked),
            _break_into_lines(1 + (n in tall), answer, free),
        ]
        for n, (question, answer) in enumerate(rows)
    ]
    return section._replace(rows=made), len(tall)


def _stack_answer_lines(question: Text, answer: Text, room: int) -> Text:
    return Text("\n  ").join([_truncate_line(question, room), _truncate_line(answer, room - 2)])


def _break_into_lines(line_count: int, words: Text, width: int) -> Text:
    """Return words on one line or two, the first broken at a space where there is one."""
    if line_count == 1 or words.cell_len <= width:
        return _truncate_line(words, width)
    first = words.copy()
    first.truncate(width)
    end = len(first.plain.rstrip())
    at = words.plain.rfind(" ", 1, end + 1)
    head, rest = words.divide([at if at > 0 else end])
    if at > 0:
        _, rest = rest.divide([1])
    return Text("\n").join([head, _truncate_line(rest, width)])


def _format_brief_promise(action: Action, today: date, width: int) -> list[Text]:
    who = styling.format_action_owner(action)
    if action.owner != "me":
        who = _truncate_line(
            styling.format_typed_words(clean_line(extract_first_name(who.plain))), 12
        )
    return [
        Text(str(action.id)),
        who,
        _mark_private_line(action.what, action.private),
        format_short_due(action, today)
        if width < NARROW_WIDTH
        else styling.format_action_due(action, today),
    ]


def _format_brief_measure(
    measure: MeasureReading, last_held: date | None, today: date
) -> list[Text]:
    number = f"{measure.value} of {measure.high}"
    name = phrase_measure_name(measure.measure)
    return [
        _mark_private_line(name, measure.private),
        Text(number),
        _format_measure_change(measure, last_held, today),
    ]


def _format_measure_change(measure: MeasureReading, last_held: date | None, today: date) -> Text:
    """Return how a measure went since it was asked before, in words after an arrow."""
    at = "" if measure.on == last_held else f", asked {dates.format_short_day(measure.on, today)}"
    if measure.before is None or measure.before_on is None:
        return Text(f"the first time{at}", style=styling.QUIET)
    change = measure.value - measure.before
    word = f"↑ up {change}" if change > 0 else f"↓ down {-change}" if change else "→ the same"
    if measure.before_on == measure.on:
        return Text(f"{word} in that talk{at}")
    words = "as on" if not change else "since"
    return Text(f"{word} {words} {dates.format_short_day(measure.before_on, today)}{at}")


def _format_brief_goal(goal: Goal, today: date) -> list[Text]:
    """Return a goal with where it is, and that its review is due."""
    levels = goal.scale is GoalScale.ATTAINMENT
    where = "not rated yet"
    if goal.now is not None:
        where = rules.ATTAINMENT_WORDS[goal.now] if levels else f"now {goal.now}"
    if goal.target is not None:
        where += (
            f", target: {rules.ATTAINMENT_WORDS[goal.target]}"
            if levels
            else f", target {goal.target}"
        )
    told = Text(where)
    if goal.review_on and goal.review_on < today:
        told.append(
            f", review was due {dates.format_short_day(goal.review_on, today)}", style=styling.SOON
        )
    return [Text(str(goal.id)), _mark_private_line(goal.title, goal.private), told]


def _format_brief_note(note: Note, today: date) -> list[Text]:
    parked = Text(f"parked {dates.format_short_day(note.written_on, today)}", style=styling.QUIET)
    return [Text(str(note.id)), styling.format_typed_words(clean_line(note.words)), parked]


def _mark_private_line(words: str, private: bool) -> Text:
    shown = styling.format_typed_words(clean_line(words))
    return Text("(private) ", style=styling.SOON) + shown if private else shown


def _share_out_rows(sections: Sequence[_BriefSection], room: int) -> list[int]:
    """Return how many rows each section shows, so that all of them fit the room."""
    counts = [_count_rows_shown(one, one.most_rows) for one in sections]
    while sum(_count_section_lines(*one) for one in zip(sections, counts, strict=True)) > room:
        longest = max(range(len(counts)), key=lambda n: (counts[n] > 1, counts[n], n))
        if counts[longest] < 2:
            break
        counts[longest] -= 1
    return counts


def _count_rows_shown(section: _BriefSection, limit: int) -> int:
    """Return how many rows to show of at most so many: the line for one more is that row itself."""
    return len(section.rows) if len(section.rows) <= limit + 1 else limit


def _count_section_lines(section: _BriefSection, row_count: int) -> int:
    return 1 + row_count * section.lines_per_row + (row_count < len(section.rows))


def _render_section_rows(section: _BriefSection, row_count: int, room: int) -> Columns:
    """Return the rows to show, each on one line, and how to see the others."""
    rows, left = section.rows[:row_count], len(section.rows) - row_count
    columns = range(len(section.rows[0]))
    if section.wide_column is None:
        made = Columns(*[""] * len(columns))
        for row in rows:
            made.add_row(*row)
        return _add_more_line(made, section, left, room)
    others = [max(row[n].cell_len for row in rows) for n in columns if n != section.wide_column]
    free = max(12, room - sum(others) - COLUMN_GAP * len(others))
    made = Columns(*[""] * len(columns))
    for row in rows:
        made.add_row(
            *(_truncate_line(row[n], free) if n == section.wide_column else row[n] for n in columns)
        )
    return _add_more_line(made, section, left, room)


def _add_more_line(table: Columns, section: _BriefSection, rows_left: int, room: int) -> Columns:
    if rows_left:
        table.add_line(
            _truncate_line(
                Text(f"{rows_left} more: coachlog {section.more_command}", style=styling.QUIET),
                room,
            )
        )
    return table


def _truncate_line(words: Text, width: int) -> Text:
    words.truncate(width, overflow="ellipsis")
    return words


def render_parked_notes(notes: Sequence[Note], today: date) -> Columns:
    """Return parked notes one a row, with the numbers that take them away."""
    made = Columns("#", "for next time", "parked", right=("#",), wide="for next time")
    for note in notes:
        day = Text(dates.format_short_day(note.written_on, today), style=styling.QUIET)
        made.add_row(str(note.id), styling.format_typed_words(note.words), day)
    return made
