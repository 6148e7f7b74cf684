"""One screen about a person, to read in the minute before you meet."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Action, Answer, Goal, GoalScale, Note, Person, Session
from coachlog.model.brief import Brief, MeasureReading
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.owners import describe_owner_since
from coachlog.phrasing.values import describe_rhythm, phrase_measure_name
from coachlog.rules import disclosure
from coachlog.screens import styling
from coachlog.screens.columns import COLUMN_GAP, Columns
from coachlog.screens.lists import format_short_due
from coachlog.screens.notes import NOTE_KIND_WORDS
from coachlog.text import clean_line, clean_text, extract_first_name, shorten_text

BRIEF_HEIGHT = 22
"""Lines, of the 24 of a small terminal: the prompt takes one, and the command above another."""

INDENT = 2
NAME_LENGTH = 40
"""Characters of a name, so that the first line has room for the rest."""

OWNER_WIDTH = 12
LEAST_WIDE_COLUMN = 12


class _BriefSection(NamedTuple):
    """Rows under a heading; the column numbered `wide_column` is cut where room is short.

    `more_command` shows the rows left out once there are more than `most_rows`. Without a
    `wide_column` the cells have been fitted already.
    """

    heading: str
    rows: list[list[Text]]
    more_command: str
    wide_column: int | None
    most_rows: int = BRIEF_HEIGHT
    lines_per_row: int = 1


def render_brief(brief: Brief, today: date, width: int) -> Group:
    """Return what to know before the next conversation, in no more than `BRIEF_HEIGHT` lines.

    Empty sections are left out. The longest one gives way first, and says how many rows it holds
    back.
    """
    parts: list[RenderableType] = list(_render_brief_head(brief, today, width))
    sections = _build_brief_sections(brief, today, width)
    room = BRIEF_HEIGHT - len(parts) - bool(brief.withheld)
    counts = _share_out_rows(sections, room)
    height = _count_all_lines(sections, counts)
    if brief.answers:
        spare_lines = room - height
        sections[0], lines_used = _fit_answers(
            sections[0], counts[0], width - INDENT, spare_lines
        )
        height += lines_used
    has_blank_lines = height + len(sections) <= room
    for section, count in zip(sections, counts, strict=True):
        if has_blank_lines:
            parts.append("")
        parts.append(_truncate_line(styling.format_heading(section.heading), width))
        if section.rows:
            table = _render_section_rows(section, count, width - INDENT)
            parts.append(styling.IndentedBody(table, INDENT))
    if not sections:
        command = f"coachlog session new {clean_text(brief.person.slug)}"
        parts.append(Text(f"Nothing yet. To start: {command}", style=styling.QUIET))
    return Group(*parts, *styling.render_withheld(brief.withheld))


def _render_brief_head(brief: Brief, today: date, width: int) -> Iterator[Text]:
    """Yield who it is and when the next conversation is due, on as few lines as hold it."""
    last_held = brief.last_session.held_on if brief.last_session else None
    line = _truncate_line(_format_brief_name(brief.person), width)
    last_met = "not met yet"
    if last_held:
        last_met = f"last met {dates.format_days_ago(last_held, today)}"
    rhythm = _format_brief_rhythm(brief.person, last_held, today)
    for part, separator in ((Text(last_met), " · "), (rhythm, "; ")):
        if line.cell_len + len(separator) + part.cell_len > width:
            yield line
            line = part
        elif part:
            line.append(separator).append_text(part)
    yield line
    if brief.cancelled:
        heading = "Cancelled since" if last_held else "Cancelled"
        yield _truncate_line(
            Text(f"{heading}: {_join_cancelled_talks(brief, today)}"), width
        )


def _format_brief_name(person: Person) -> Text:
    line = styling.format_typed_words(shorten_text(person.name, NAME_LENGTH), "bold")
    line.append(f" · {person.relationship.value}", style=styling.QUIET)
    if person.archived:
        line.append(" · archived", style=styling.QUIET)
    return line


def _format_brief_rhythm(person: Person, last_held: date | None, today: date) -> Text:
    """Return the rhythm and when the next conversation is due; empty without a rhythm."""
    state = styling.format_rhythm(person, last_held, today)
    if rules.has_rhythm(person) and state:
        return Text(f"{describe_rhythm(person)}: ").append_text(state)
    return state


def _join_cancelled_talks(brief: Brief, today: date) -> str:
    """Return when each was cancelled and by whom: `Fri 4 Dec, by you; Mon 7 Dec, by Amy`."""
    talks = []
    for session in brief.cancelled:
        name = "you"
        if session.cancelled_by != "me":
            name = clean_text(extract_first_name(brief.person.name))
        talks.append(f"{dates.format_short_day(session.held_on, today)}, by {name}")
    return "; ".join(talks)


def _build_brief_sections(brief: Brief, today: date, width: int) -> list[_BriefSection]:
    """Return the sections that have rows; the one with the latest answers comes first."""
    slug = clean_text(brief.person.slug)
    last_held = brief.last_session.held_on if brief.last_session else None
    sections = []
    if brief.last_session:
        sections.append(
            _build_answer_section(brief.last_session, brief.answers, today, width)
        )
    promises = _BriefSection(
        heading="Promises",
        rows=[_format_brief_promise(action, today, width) for action in brief.actions],
        more_command=f"action list -p {slug}",
        wide_column=2,
        most_rows=6,
    )
    measures = _BriefSection(
        heading="Measures",
        rows=[
            _format_brief_measure(measure, last_held, today)
            for measure in brief.measures
        ],
        more_command=f"progress {slug}",
        wide_column=2,
    )
    goals = _BriefSection(
        heading="Goals",
        rows=[_format_brief_goal(goal, today) for goal in brief.goals],
        more_command=f"goal list {slug}",
        wide_column=1,
    )
    notes = _BriefSection(
        heading="Not yet said",
        rows=[_format_brief_note(note, today) for note in brief.notes],
        more_command=f"note {slug} --list",
        wide_column=2,
    )
    return sections + [
        section for section in (promises, measures, goals, notes) if section.rows
    ]


def _build_answer_section(
    session: Session, answers: Sequence[Answer], today: date, width: int
) -> _BriefSection:
    """Return the answers of the last session; without any, its heading still says when it was."""
    return _BriefSection(
        heading=f"Last time: {session.title}, {dates.format_short_day(session.held_on, today)}",
        rows=[_format_brief_answer(answer) for answer in answers],
        more_command=f"session show {session.id}",
        wide_column=None,
        most_rows=4,
        # On a narrow screen the answer goes below its question.
        lines_per_row=2 if width < styling.NARROW_WIDTH else 1,
    )


def _format_brief_answer(answer: Answer) -> list[Text]:
    words = styling.format_typed_words(clean_line(describe_answer(answer)))
    if disclosure.is_private(answer):
        mark = "(health) " if answer.health else "(private) "
        words = Text(mark, style=styling.SOON) + words
    return [
        styling.format_typed_words(clean_line(answer.question), styling.QUIET),
        words,
    ]


def _fit_answers(
    section: _BriefSection, row_count: int, room: int, spare_lines: int
) -> tuple[_BriefSection, int]:
    """Return the section with its answers fitted, and how many spare lines that took.

    What is too long for one line gets a second while there are any, answers before questions. Side
    by side, the question gives way to the answer.
    """
    rows = []
    if section.lines_per_row > 1:
        for question, answer in section.rows:
            lines = [_truncate_line(question, room), _truncate_line(answer, room - 2)]
            rows.append([Text("\n  ").join(lines)])
        return section._replace(rows=rows), 0
    question_width = _fit_question_width(section.rows[:row_count], room)
    answer_width = room - COLUMN_GAP - question_width
    long_answers, long_questions = [], []
    for number, (question, answer) in enumerate(section.rows[:row_count]):
        if answer.cell_len > answer_width:
            long_answers.append(number)
        elif question.cell_len > question_width:
            long_questions.append(number)
    two_line_rows = (long_answers + long_questions)[: max(0, spare_lines)]
    for number, (question, answer) in enumerate(section.rows):
        fit = _break_into_two_lines if number in two_line_rows else _truncate_line
        rows.append([fit(question, question_width), fit(answer, answer_width)])
    return section._replace(rows=rows), len(two_line_rows)


def _fit_question_width(rows: Sequence[list[Text]], room: int) -> int:
    """Return the cells for the questions: 30 to 40 per cent of the room, if they need it."""
    longest_question = max(question.cell_len for question, _ in rows)
    longest_answer = max(answer.cell_len for _, answer in rows)
    beside_answers = room - COLUMN_GAP - longest_answer
    widest = max(room * 3 // 10, min(room * 2 // 5, beside_answers))
    return min(longest_question, widest)


def _break_into_two_lines(words: Text, width: int) -> Text:
    """Return words on two lines if they need them, broken at a space where there is one."""
    if words.cell_len <= width:
        return words
    first_line = words.copy()
    first_line.truncate(width)
    end = len(first_line.plain.rstrip())
    space = words.plain.rfind(" ", 1, end + 1)
    if space < 1:
        first, rest = words.divide([end])
    else:
        first, _, rest = words.divide([space, space + 1])
    return Text("\n").join([first, _truncate_line(rest, width)])


def _format_brief_promise(action: Action, today: date, width: int) -> list[Text]:
    owner = styling.name_action_owner(action)
    if action.owner != "me":
        first_name = clean_line(extract_first_name(owner.plain))
        owner = _truncate_line(styling.format_typed_words(first_name), OWNER_WIDTH)
    owner.append(describe_owner_since(action, today), style=styling.QUIET)
    due = styling.format_action_due(action, today)
    if width < styling.NARROW_WIDTH:
        due = format_short_due(action, today)
    return [
        Text(str(action.id)),
        owner,
        _mark_private_line(action.what, action.private),
        due,
    ]


def _format_brief_measure(
    measure: MeasureReading, last_held: date | None, today: date
) -> list[Text]:
    return [
        _mark_private_line(phrase_measure_name(measure.measure), measure.private),
        Text(f"{measure.value} of {measure.high}"),
        _format_value_before(measure, last_held, today),
    ]


def _format_value_before(
    measure: MeasureReading, last_held: date | None, today: date
) -> Text:
    """Return when a measure was asked, if not last time, and what it was before.

    `asked Tue 1 Dec; was 4 on Fri 6 Nov`. Two values make no trend, so no change is spoken of.
    """
    facts = []
    if measure.on != last_held:
        facts.append(f"asked {dates.format_short_day(measure.on, today)}")
    if measure.before is None or measure.before_on is None:
        return Text("; ".join(["first answer", *facts]), style=styling.QUIET)
    day = f"on {dates.format_short_day(measure.before_on, today)}"
    if measure.before_on == measure.on:
        day = "earlier the same day"
    facts.append(f"was {measure.before} {day}")
    return Text("; ".join(facts))


def _format_brief_goal(goal: Goal, today: date) -> list[Text]:
    """Return the cells of a goal: its number, its title, where it is and an overdue review."""
    standing = Text(_format_goal_now(goal) + _format_goal_target(goal))
    if goal.review_on and goal.review_on < today:
        day = dates.format_short_day(goal.review_on, today)
        standing.append(f", review was due {day}", style=styling.SOON)
    return [Text(str(goal.id)), _mark_private_line(goal.title, goal.private), standing]


def _format_goal_now(goal: Goal) -> str:
    if goal.now is None:
        return "not rated yet"
    if goal.scale is GoalScale.ATTAINMENT:
        return rules.ATTAINMENT_WORDS[goal.now]
    return f"now {goal.now}"


def _format_goal_target(goal: Goal) -> str:
    if goal.target is None:
        return ""
    if goal.scale is GoalScale.ATTAINMENT:
        return f", target: {rules.ATTAINMENT_WORDS[goal.target]}"
    return f", target {goal.target}"


def _format_brief_note(note: Note, today: date) -> list[Text]:
    day = dates.format_short_day(note.written_on, today)
    return [
        Text(str(note.id)),
        Text(NOTE_KIND_WORDS[note.kind], style=styling.QUIET),
        styling.format_typed_words(clean_line(note.words)),
        Text(day, style=styling.QUIET),
    ]


def _mark_private_line(words: str, private: bool) -> Text:
    line = styling.format_typed_words(clean_line(words))
    return Text("(private) ", style=styling.SOON) + line if private else line


def _share_out_rows(sections: Sequence[_BriefSection], room: int) -> list[int]:
    """Return how many rows each section shows so that all of them fit the room, if they can."""
    counts = []
    for section in sections:
        row_count = len(section.rows)
        # A single further row takes no more room than the line that would mention it.
        if row_count > section.most_rows + 1:
            row_count = section.most_rows
        counts.append(row_count)
    while _count_all_lines(sections, counts) > room:
        longest = max(range(len(counts)), key=lambda number: (counts[number], number))
        # One row of each section stays, even if they do not fit.
        if counts[longest] < 2:
            break
        counts[longest] -= 1
    return counts


def _count_all_lines(sections: Sequence[_BriefSection], counts: Sequence[int]) -> int:
    """Return how many lines the sections take with so many rows each, without blank lines."""
    lines = 0
    for section, row_count in zip(sections, counts, strict=True):
        has_more = row_count < len(section.rows)
        lines += 1 + row_count * section.lines_per_row + has_more
    return lines


def _render_section_rows(section: _BriefSection, row_count: int, room: int) -> Columns:
    """Return the first rows, each on one line, and how to see the others."""
    rows = section.rows[:row_count]
    column_count = len(rows[0])
    if section.wide_column is not None:
        _cut_wide_column(rows, section.wide_column, room)
    table = Columns(*[""] * column_count)
    for row in rows:
        table.add_row(*row)
    others = len(section.rows) - row_count
    if others:
        words = Text(
            f"{others} more: coachlog {section.more_command}", style=styling.QUIET
        )
        table.add_line(_truncate_line(words, room))
    return table


def _cut_wide_column(rows: Sequence[list[Text]], wide_column: int, room: int) -> None:
    """Cut the cells of the wide column to what the other columns leave of the room."""
    used_width = 0
    for number, column in enumerate(zip(*rows, strict=True)):
        if number != wide_column:
            used_width += max(cell.cell_len for cell in column) + COLUMN_GAP
    for row in rows:
        _truncate_line(row[wide_column], max(LEAST_WIDE_COLUMN, room - used_width))


def _truncate_line(words: Text, width: int) -> Text:
    words.truncate(width, overflow="ellipsis")
    return words
