"""One screen about a person, to read in the minute before you meet."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.model.actions import Action
from coachlog.model.brief import LATEST_TALKS, Brief
from coachlog.model.goals import Goal, GoalScale
from coachlog.model.measures import MeasureReading
from coachlog.model.people import Direction, Person
from coachlog.model.sessions import Answer
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.company import describe_company
from coachlog.phrasing.owners import describe_owner_since
from coachlog.phrasing.relationships import describe_relationship
from coachlog.phrasing.values import (
    describe_last_talk,
    describe_rhythm,
    format_action_moves,
    phrase_measure_name,
)
from coachlog.rules import disclosure
from coachlog.rules.directions import find_direction
from coachlog.rules.goals import ATTAINMENT_WORDS
from coachlog.rules.rhythm import has_rhythm
from coachlog.screens import styling
from coachlog.screens.lists import format_short_due
from coachlog.screens.notes import NOTE_KIND_WORDS
from coachlog.screens.own_moves import build_moves_section, build_support_section
from coachlog.screens.promise_rows import render_promise_rows
from coachlog.screens.sections import (
    INDENT,
    Lines,
    Section,
    hang_text,
    join_parts,
    lay_out_sections,
    render_command_line,
    render_rows,
    wrap_text,
)
from coachlog.screens.texts import Text
from coachlog.text import (
    clean_line,
    clean_paragraphs,
    clean_text,
    extract_first_name,
    format_count,
)

MOST_ANSWERS, MOST_PROMISES = 4, 8
NOT_YET_SAID, TO_BRING = "Not yet said", "To bring"


class _BriefLeast(NamedTuple):
    """Lines of an answer at most, and rows that are shown however small the screen is."""

    answer_lines: int
    answers: int
    promises: int
    others: int = 1


_LEASTS = (
    _BriefLeast(1000, 2, 3),
    _BriefLeast(8, 2, 3),
    _BriefLeast(4, 2, 3),
    _BriefLeast(4, 1, 2),
    _BriefLeast(2, 1, 1, others=0),
)
"""Tried one after the other until the page fits: long answers are cut before rows give way."""

_PROMISES_RANK, _OTHERS_RANK = 1, 2
"""What gives way first where room is short."""


def render_brief(brief: Brief, today: date, width: int, height: int) -> Text:
    """Return what to know before the next conversation, on `height` lines if these hold the least.

    Words are wrapped and never cut, but for an answer of many lines. Empty sections are left out;
    where room is short, rows give way, and their section says how many there are.
    """
    head = list(_render_brief_head(brief, today, width))
    others_withheld = brief.withheld - brief.own_notes
    end = []
    for words in styling.render_withheld(others_withheld):
        end += wrap_text(words, width)
    room = height - len(head) - len(end)
    lines: Lines = []
    for least in _LEASTS:
        sections = _build_brief_sections(brief, today, width - INDENT, least)
        lines = lay_out_sections(sections, room)
        if len(lines) <= room:
            break
    if not lines:
        command = f"coachlog log {clean_text(brief.person.slug)}"
        words = Text(f"Nothing yet. To start: {command}", style=styling.QUIET)
        lines = wrap_text(words, width)
    return Text("\n").join([*head, *lines, *end])


def _render_brief_head(brief: Brief, today: date, width: int) -> Iterator[Text]:
    """Yield who it is and when the next conversation is due, on as few lines as hold it."""
    last_held = brief.last_session.held_on if brief.last_session else None
    line = _format_brief_name(brief.person)
    last_talk = describe_last_talk(last_held, brief.last_met, today)
    rhythm = _format_brief_rhythm(brief.person, last_held, today)
    offer = Text(_describe_wellbeing_offer(brief, today), style=styling.QUIET)
    parts = ((Text(last_talk), " · "), (rhythm, "; "), (offer, " · "))
    for part, separator in parts:
        if line.cell_len + len(separator) + part.cell_len > width:
            yield from wrap_text(line, width)
            line = part
        elif part:
            line.append(separator).append_text(part)
    yield from wrap_text(line, width)
    if brief.cancelled:
        heading = "Cancelled since" if last_held else "Cancelled"
        words = f"{heading}: {_join_cancelled_talks(brief, today)}"
        yield from wrap_text(Text(words), width)


def _describe_wellbeing_offer(brief: Brief, today: date) -> str:
    """Return when wellbeing was last offered; `not yet` only of those whom it is for you to ask.

    With somebody new, or archived, nothing is missing.
    """
    if brief.wellbeing_offered is not None:
        day = dates.format_short_day(brief.wellbeing_offered, today)
        return f"wellbeing last offered on {day}"
    if brief.last_session is None or brief.person.archived:
        return ""
    if find_direction(brief.person.relationship) is not Direction.TEAM:
        return ""
    if brief.has_older_talks:
        return f"wellbeing not offered in your last {LATEST_TALKS} conversations"
    return "wellbeing not offered yet"


def _format_brief_name(person: Person) -> Text:
    line = Text().append(clean_line(person.name), style="bold")
    line.append(f" · {describe_relationship(person.relationship)}", style=styling.QUIET)
    if person.archived:
        line.append(" · archived", style=styling.QUIET)
    return line


def _format_brief_rhythm(person: Person, last_held: date | None, today: date) -> Text:
    """Return the rhythm and when the next conversation is due; empty without a rhythm."""
    state = styling.format_rhythm(person, last_held, today)
    if has_rhythm(person) and state:
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


def _build_brief_sections(
    brief: Brief, today: date, width: int, least: _BriefLeast
) -> list[Section]:
    """Return the sections that have rows, in the order in which one reads them."""
    slug = clean_text(brief.person.slug)
    promises = _build_promise_section(brief, today, width, least.promises)
    support = build_support_section(brief.supports, slug, width)
    past = [
        _build_answer_section(brief, today, width, least),
        _build_two_section(brief, today, width, least),
        _build_days_section(brief, today, width),
    ]
    standing = [
        _build_list_section(
            "Measures", _list_measure_cells(brief, today), f"progress {slug}", width
        )._replace(least=least.others),
        _build_list_section(
            "Goals", _list_goal_cells(brief, today), f"goal list {slug}", width
        )._replace(least=least.others),
    ]
    notes = _build_notes_section(brief, today, width)
    first = _build_first_section(brief, today, width)
    sections = [first, *past, promises, support, *standing, notes]
    if brief.moves is not None:
        # It is the owner who is asked here: what they bring comes before what was said.
        is_first = brief.last_session is None
        moves = build_moves_section(brief.moves, today, width, is_first=is_first)
        sections = [promises, support, notes, moves, *past, *standing]
    return [section for section in sections if section.rows or section.render_more(0)]


def _build_first_section(brief: Brief, today: date, width: int) -> Section:
    """Return what to ask first: the promise and the goal that have waited longest."""
    rows = []
    for action in brief.actions:
        if action.id == brief.ask_first.action:
            words = Text(f"Promise {action.id}: ")
            words.append_text(_mark_private_line(action.what, action.private))
            parts = (
                words,
                _format_brief_owner(action, today),
                format_short_due(action, today),
                Text(format_action_moves(action)),
            )
            rows.append(wrap_text(join_parts(parts), width))
    for goal in brief.goals:
        if goal.id == brief.ask_first.goal:
            number, title, standing = _format_brief_goal(goal, today)
            words = Text(f"Goal {number}: ").append_text(title)
            rows.append(wrap_text(join_parts((words, standing)), width))
    return Section("Ask first", rows, least=len(rows))


def _build_answer_section(
    brief: Brief, today: date, width: int, least: _BriefLeast
) -> Section:
    """Return the answers of the last session; without any, its heading still says when it was."""
    session = brief.last_session
    if session is None:
        return Section("", [])
    measures = {measure.measure for measure in brief.measures}
    answers = [answer for answer in brief.answers if answer.measure not in measures]
    show_command = f"coachlog session show {session.id}"
    rows, is_cut = _render_answer_rows(answers, width, least)

    def render_more(row_count: int) -> Lines:
        lines: Lines = []
        others = len(rows) - row_count
        if others > 0:
            lines += render_command_line(f"{others} more", show_command, width)
        elif is_cut:
            lines += render_command_line("In full", show_command, width)
        if brief.own_notes:
            notes = format_count(brief.own_notes, "private note")
            pronoun = "it" if brief.own_notes == 1 else "them"
            words = f"{notes} to yourself; to see {pronoun}, add --private"
            lines.append(Text(words, style=styling.QUIET))
        return lines

    day = dates.format_short_day(session.held_on, today)
    company = describe_company(session, brief.person.id)
    return Section(
        f"Last time: {' '.join(filter(None, (session.title, company)))}, {day}",
        rows or [_describe_bare_session(brief, width)],
        render_more,
        least=least.answers,
        most=MOST_ANSWERS,
        rank=_PROMISES_RANK,
    )


def _render_answer_rows(
    answers: Sequence[Answer], width: int, least: _BriefLeast
) -> tuple[list[Lines], bool]:
    """Return each answer below its question, and whether one of them was cut."""
    rows = []
    is_cut = False
    for answer in answers:
        question = styling.format_typed_words(
            clean_line(answer.question), styling.QUIET
        )
        # Two cells are left for the sign that a line is not the last.
        answer_lines = _render_answer_lines(answer, width - 2)
        if len(answer_lines) > least.answer_lines:
            is_cut = True
            answer_lines = answer_lines[: least.answer_lines]
            answer_lines[-1].append(" …")
        rows.append([*wrap_text(question, width), *answer_lines])
    return rows, is_cut


def _build_two_section(
    brief: Brief, today: date, width: int, least: _BriefLeast
) -> Section:
    """Return what was said in the last talk of two, where one of three came after it."""
    talk = brief.last_of_two
    if talk is None:
        return Section("", [])
    show_command = f"coachlog session show {talk.session.id}"
    answers = [answer for answer in talk.answers if answer.measure is None]
    rows, is_cut = _render_answer_rows(answers, width, least)

    def render_more(row_count: int) -> Lines:
        others = len(rows) - row_count
        if others > 0:
            return render_command_line(f"{others} more", show_command, width)
        if is_cut or not rows:
            return render_command_line("In full", show_command, width)
        return []

    day = dates.format_short_day(talk.session.held_on, today)
    return Section(
        f"The two of you: {talk.session.title}, {day}",
        rows,
        render_more,
        least=min(least.answers, len(rows)),
        most=MOST_ANSWERS,
        rank=_PROMISES_RANK,
    )


def _build_days_section(brief: Brief, today: date, width: int) -> Section:
    """Return the days to come that were agreed: `Mon 14 Dec  When will you next speak?`."""
    cells = [
        [
            Text(dates.format_short_day(agreed.on, today)),
            styling.format_typed_words(clean_line(agreed.question), styling.QUIET),
        ]
        for agreed in brief.agreed_days
    ]
    rows = render_rows(cells, width)
    return Section("Agreed days", rows, least=len(rows))


def _describe_bare_session(brief: Brief, width: int) -> Lines:
    """Return what there is of a conversation without answers: `2 promises, nothing else written`.

    Nothing where some of it is shown in another place, or is left out.
    """
    session = brief.last_session
    if session is None or not session.action_count or brief.answers:
        return []
    words = format_count(session.action_count, "promise")
    if not brief.withheld:
        words += ", nothing else written"
    return wrap_text(Text(words, style=styling.QUIET), width)


def _render_answer_lines(answer: Answer, width: int) -> Lines:
    """Return an answer line by line as it was typed, but for blank lines; lists stay lists."""
    words = clean_paragraphs(describe_answer(answer)).expandtabs(4)
    typed_lines = [line for line in words.split("\n") if line.strip()]
    lines = []
    for number, typed_line in enumerate(typed_lines):
        lead, line = "", styling.format_typed_words(typed_line)
        if len(typed_lines) > 1:
            lead, line = _split_list_mark(typed_line)
        if number == 0 and disclosure.is_private(answer):
            mark = "(health) " if answer.health else "(private) "
            line = Text().append(mark, style=styling.SOON).append_text(line)
        lines += hang_text(f"  {lead}", line, width)
    return lines


def _split_list_mark(line: str) -> tuple[str, Text]:
    """Return the blanks and the mark of a list before the words of a line, and its words."""
    # Imported here because it compiles patterns, and most answers have one line.
    from coachlog.bullets import strip_first_mark

    words = strip_first_mark(line)
    if not words:
        words = line.lstrip()
    return line[: len(line) - len(words)], styling.format_typed_words(words)


def _build_promise_section(
    brief: Brief, today: date, width: int, least: int
) -> Section:
    """Return the open promises, the owner's first, without the one to ask about first."""
    actions = [
        action for action in brief.actions if action.id != brief.ask_first.action
    ]
    rows = render_promise_rows(
        actions,
        today,
        width,
        format_words=lambda action: _mark_private_line(action.what, action.private),
        format_name=lambda action: _format_brief_owner(action, today),
    )
    command = f"coachlog action list -p {clean_text(brief.person.slug)}"

    def render_more(row_count: int) -> Lines:
        others = len(rows) - row_count
        return render_command_line(f"{others} more", command, width) if others else []

    return Section(
        "Promises",
        rows,
        render_more,
        least=least,
        most=MOST_PROMISES,
        rank=_PROMISES_RANK,
    )


def _format_brief_owner(action: Action, today: date) -> Text:
    """Return who owns a promise, by first name, and since when if it was handed to them."""
    owner = styling.name_action_owner(action)
    if action.owner != "me":
        owner = Text(clean_line(extract_first_name(owner.plain)))
    return owner.append(describe_owner_since(action, today), style=styling.QUIET)


def _build_list_section(
    heading: str, cells: Sequence[Sequence[Text]], command: str, width: int
) -> Section:
    """Return a section of short rows, which give way before answers and promises do."""
    rows = render_rows(cells, width, has_numbers=heading != "Measures")

    def render_more(row_count: int) -> Lines:
        others = len(rows) - row_count
        if not others:
            return []
        words = f"{others} more" if row_count else str(others)
        return render_command_line(words, f"coachlog {command}", width)

    return Section(heading, rows, render_more, rank=_OTHERS_RANK)


def _build_notes_section(brief: Brief, today: date, width: int) -> Section:
    """Return what is not yet said; beside the heading is the command that clears it."""
    slug = clean_text(brief.person.slug)
    heading = NOT_YET_SAID if brief.moves is None else TO_BRING
    section = _build_list_section(
        heading, _list_note_cells(brief, today), f"note {slug} --list", width
    )
    if not brief.notes:
        return section
    number = "ID"
    if len(brief.notes) == 1:
        number = str(brief.notes[0].id)
    aside = f"once said: coachlog note --said {number}"
    if len(heading) + len(" · ") + len(aside) <= width:
        return section._replace(aside=aside)
    return section._replace(
        render_more=lambda row_count: [
            *section.render_more(row_count),
            *render_command_line("once said", f"coachlog note --said {number}", width),
        ]
    )


def _list_measure_cells(brief: Brief, today: date) -> list[list[Text]]:
    last_held = brief.last_session.held_on if brief.last_session else None
    return [
        _format_brief_measure(measure, last_held, today) for measure in brief.measures
    ]


def _list_goal_cells(brief: Brief, today: date) -> list[list[Text]]:
    """Return the open goals, without the one to ask about first."""
    return [
        _format_brief_goal(goal, today)
        for goal in brief.goals
        if goal.id != brief.ask_first.goal
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
        return ATTAINMENT_WORDS[goal.now]
    return f"now {goal.now}"


def _format_goal_target(goal: Goal) -> str:
    if goal.target is None:
        return ""
    if goal.scale is GoalScale.ATTAINMENT:
        return f", target: {ATTAINMENT_WORDS[goal.target]}"
    return f", target {goal.target}"


def _list_note_cells(brief: Brief, today: date) -> list[list[Text]]:
    """Return what is to be said to the person: to raise, thanks, what was seen."""
    cells = []
    for note in brief.notes:
        day = dates.format_short_day(note.written_on, today)
        cells.append(
            [
                Text(str(note.id)),
                Text(NOTE_KIND_WORDS[note.kind], style=styling.QUIET),
                styling.format_typed_words(clean_line(note.words)),
                Text(day, style=styling.QUIET),
            ]
        )
    return cells


def _mark_private_line(words: str, private: bool) -> Text:
    line = styling.format_typed_words(clean_line(words))
    return Text("(private) ", style=styling.SOON) + line if private else line
