"""The figures of an action learning set: promises, turns, questions, measures."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from coachlog import dates
from coachlog.model.set_progress import (
    MeetingFigures,
    MemberFigures,
    SetFigures,
    SetProgressView,
)
from coachlog.model.sets import SetRole
from coachlog.phrasing.ratios import RATIO_NOTE
from coachlog.rules import turns
from coachlog.rules.chance import FEWEST_FOR_PERCENT
from coachlog.screens import styling
from coachlog.screens.charts import Marks, draw_bar
from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.ledger import render_ledger
from coachlog.screens.ratios import (
    describe_none_due,
    has_ratio,
    render_both_ratios,
    render_ratio_remarks,
    render_ratios,
)
from coachlog.screens.renderables import Group, Page, Renderable
from coachlog.screens.texts import Text
from coachlog.screens.trends import render_measures
from coachlog.screens.widths import LEAST_TABLE_WIDTH
from coachlog.text import format_count, shorten_text

MOST_MEETINGS = 12
LONGEST_BAR, SHORTEST_BAR = 20, 5
QUESTION_COUNTS = ("asked", "tagged", "open", "closed", "leading")
LONGEST_NAME = 30


def render_set_progress(
    view: SetProgressView, today: date, width: int, *, marks: Marks = Marks.BLOCKS
) -> Group | Page:
    """Return the figures of a set or, if the view holds it, its ledger, the owner's first."""
    figures = view.figures
    if view.ledger is not None:
        ledger = view.ledger
        return Page(
            lambda: chain(
                _render_set_head(figures),
                [""],
                render_both_ratios(
                    figures.me,
                    figures.them,
                    width,
                    none_due_words=_describe_none_due_in_set(figures),
                ),
                _render_set_remarks(figures),
                _render_set_comparison(figures, today, width),
                render_ledger(ledger, today, width),
            )
        )
    heading = "Measures of the set"
    return Group(
        *_render_set_head(figures),
        *_render_set_promises(figures, width),
        *_render_set_comparison(figures, today, width),
        *_render_presenter_turns(figures, width, marks),
        *_render_set_questions(figures, today, width, marks),
        *render_measures(
            heading, figures.measures, figures.withheld, width, marks=marks
        ),
    )


def _render_set_head(figures: SetFigures) -> Iterator[Renderable]:
    """Yield the set's name, its size, how often it met, and over what period."""
    line = styling.format_typed_words(figures.name, "bold")
    facts = f" · {format_count(figures.members, 'member')} · {_format_meeting_count(figures)}"
    yield render_sentence(line.append(facts, style=styling.QUIET))
    yield from styling.render_period(figures.since, figures.until)
    if figures.since or figures.until:
        note = "Meetings held and promises first due in this period."
        yield render_sentence(note, styling.QUIET)


def _format_meeting_count(figures: SetFigures) -> str:
    """Return how often a set met: `12 meetings since 1 May 2026`; in a period the number alone."""
    meetings = figures.meetings
    in_period = figures.since or figures.until
    if not meetings:
        return "no meeting in that period" if in_period else "no meeting yet"
    words = format_count(len(meetings), "meeting")
    if not in_period:
        words += f" since {dates.format_medium_day(meetings[0].held_on)}"
    return words


def _render_set_promises(figures: SetFigures, width: int) -> Iterator[Renderable]:
    """Yield how promises were kept by the set as a whole, then by each member."""
    yield ""
    rows = [(Text("the set", style="bold"), figures.promises)]
    for member in figures.people:
        if _is_current_member(member) or any(member.promises):
            rows.append((_format_member_name(member), member.promises))
    yield render_ratios(rows, width, wide_names=True)
    if any(has_ratio(tally) for _, tally in rows):
        yield render_sentence(RATIO_NOTE, styling.QUIET)
    if words := _describe_none_due_in_set(figures):
        yield Text(words, style=styling.QUIET)
    yield from _render_set_remarks(figures)


def _describe_none_due_in_set(figures: SetFigures) -> str:
    return describe_none_due(
        [figures.promises],
        [figures.me_caveats, figures.them_caveats],
        in_period=figures.since is not None or figures.until is not None,
    )


def _render_set_remarks(figures: SetFigures) -> Iterator[Renderable]:
    """Yield what is said beside the ratios: of the owner's promises, then of everybody else's."""
    yield from render_ratio_remarks("yours", figures.me_slips, figures.me_caveats)
    yield from render_ratio_remarks("theirs", figures.them_slips, figures.them_caveats)


def _render_set_comparison(
    figures: SetFigures, today: date, width: int
) -> Iterator[Renderable]:
    if figures.comparison is not None:
        # Imported only where there is a period: no other screen pays for it.
        from coachlog.screens.comparison import render_period_comparison

        yield from render_period_comparison(figures.comparison, today, width)


def _render_presenter_turns(
    figures: SetFigures, width: int, marks: Marks
) -> Iterator[Renderable]:
    """Yield how often each member presented, at how many meetings, for how long."""
    members = [
        member
        for member in figures.people
        if member.turns or _is_current_member(member)
    ]
    if not figures.meetings or not members:
        return
    yield ""
    yield styling.format_heading("Turns as presenter")
    yield IndentedBody(_build_turn_table(members, width - 2, marks))
    yield from map(IndentedBody, _render_turn_fairness(members))


def _build_turn_table(
    members: Sequence[MemberFigures], width: int, marks: Marks
) -> Columns:
    counts = ("turns", "at meetings", "minutes")
    table = Columns("", *counts, "", right=counts)
    rows = []
    for member in members:
        row = [
            _format_member_name(member),
            Text(str(member.turns)),
            Text(str(member.present)),
        ]
        minutes = styling.format_minutes(
            member.minutes, member.minutes_noted, member.turns
        )
        rows.append([*row, minutes])
    room = min(LONGEST_BAR, max(2, width - table.measure_width(rows)))
    most_turns = max(member.turns for member in members)
    for member, row in zip(members, rows, strict=True):
        bar = draw_bar(member.turns, most_turns, room, marks=marks)
        table.add_row(*row, Text(bar, style=styling.GOOD))
        remark = _phrase_turn_remark(member)
        if remark:
            table.add_line(Text(f"  {remark}", style=styling.SOON))
    return table


def _phrase_turn_remark(member: MemberFigures) -> str:
    """Return that a member had under half the usual turns, or none, with both numbers; else ''.

    The usual number is what their meetings come to at the usual share.
    """
    if member.usual_share is None or (member.turns and not member.under_half):
        return ""
    usual_turns = round(member.usual_share * member.present, 1)
    turn_count = format_count(member.turns, "turn") if member.turns else "no turn"
    meetings = format_count(member.present, "meeting")
    words = f"{turn_count} at {meetings}, usual {usual_turns:g}"
    # Where most had none, none is not under half of the usual share.
    return f"less than half: {words}" if member.under_half else words


def _render_turn_fairness(members: Sequence[MemberFigures]) -> Iterator[Renderable]:
    """Yield how fairly turns were shared, unless a row has said that somebody had too few."""
    if any(map(_phrase_turn_remark, members)):
        return
    count = sum(member.under_half is not None for member in members)
    if count == 0:
        yield render_sentence(
            f"Too early to compare: this needs {turns.FEWEST_MEMBERS} members with "
            f"{turns.FEWEST_MEETINGS} meetings each.",
            styling.QUIET,
        )
        return
    yield render_sentence(
        f"Each of the {count} members who can be compared had at least half the usual "
        "share.",
        styling.QUIET,
    )


def _render_set_questions(
    figures: SetFigures, today: date, width: int, marks: Marks
) -> Iterator[Renderable]:
    """Yield how many questions were open, meeting by meeting, for the latest meetings."""
    if not figures.meetings:
        return
    yield ""
    yield styling.format_heading("Questions by meeting")
    with_questions = [
        meeting for meeting in figures.meetings if meeting.questions.asked
    ]
    if not with_questions:
        words = "No questions have been recorded yet."
        yield IndentedBody(Text(words, style=styling.QUIET))
        return
    latest = figures.meetings[-MOST_MEETINGS:]
    yield IndentedBody(_render_question_meetings(latest, today, width - 2, marks))
    earlier = styling.render_earlier(len(latest), len(figures.meetings), "meetings")
    yield from map(IndentedBody, earlier)
    yield IndentedBody(render_sentence(_format_overall_share(with_questions)))
    hint = _format_untagged_hint(with_questions, width - 2)
    if hint:
        yield IndentedBody(render_sentence(hint, styling.QUIET))


def _render_question_meetings(
    meetings: Sequence[MeetingFigures], today: date, width: int, marks: Marks
) -> Columns:
    """Return meetings one per row, with a bar if it fits, and fewer columns if they do not."""
    columns = ["#", "held", *QUESTION_COUNTS, "share open"]
    for spare_column in ("tagged", "leading", "closed"):
        table = _build_meeting_table(meetings, columns, today)
        if width < LEAST_TABLE_WIDTH or table.fits(width):
            break
        columns.remove(spare_column)
    rows = _build_meeting_rows(meetings, columns, today)
    room = min(LONGEST_BAR, width - Columns(*columns, "").measure_width(rows))
    if room < SHORTEST_BAR:
        room = 0
    table = _build_meeting_table(meetings, columns, today, room, marks)
    table.add_left_out([name for name in QUESTION_COUNTS if name not in columns])
    return table


def _build_meeting_table(
    meetings: Sequence[MeetingFigures],
    columns: Sequence[str],
    today: date,
    bar_room: int = 0,
    marks: Marks = Marks.BLOCKS,
) -> Columns:
    """Return meetings in these columns, and one more for bars if those have room."""
    headings = [*columns, ""] if bar_room else columns
    table = Columns(*headings, right=("#", *QUESTION_COUNTS))
    for meeting, row in zip(
        meetings, _build_meeting_rows(meetings, columns, today), strict=True
    ):
        questions = meeting.questions
        # Too few tagged questions have no percentage, and so no bar either.
        if bar_room and questions.tagged >= FEWEST_FOR_PERCENT:
            bar = draw_bar(questions.open, questions.tagged, bar_room, marks=marks)
            row.append(Text(bar, style=styling.GOOD))
        table.add_row(*row)
    return table


def _build_meeting_rows(
    meetings: Sequence[MeetingFigures], columns: Sequence[str], today: date
) -> list[list[Text]]:
    """Return the cells of each meeting, without its bar."""
    rows = []
    for meeting in meetings:
        questions = meeting.questions
        cells = {
            "#": Text(str(meeting.session)),
            "held": Text(dates.format_short_day(meeting.held_on, today)),
            "share open": styling.format_share(questions.open, questions.tagged),
        }
        for name in QUESTION_COUNTS:
            cells[name] = styling.format_number(getattr(questions, name))
        rows.append([cells[name] for name in columns])
    return rows


def _format_overall_share(meetings: Sequence[MeetingFigures]) -> Text:
    """Return the open share of all meetings together."""
    tagged_count = sum(meeting.questions.tagged for meeting in meetings)
    if not tagged_count:
        words = "None has been tagged yet as open, closed or leading."
        return Text(words, style=styling.QUIET)
    open_count = sum(meeting.questions.open for meeting in meetings)
    share = styling.format_share(open_count, tagged_count)
    return Text("Open overall: ").append_text(share).append(" of those tagged")


def _format_untagged_hint(meetings: Sequence[MeetingFigures], width: int) -> str:
    """Return how many questions are not tagged, and what to type; '' if all are.

    The command is kept in one piece, so that it can be copied.
    """
    untagged = []
    count = 0
    for meeting in meetings:
        missing = meeting.questions.asked - meeting.questions.tagged
        if missing:
            untagged.append(meeting)
            count += missing
    if not untagged:
        return ""
    verb = "is" if count == 1 else "are"
    words = format_count(count, "question")
    if len(untagged) > 1:
        words += f" in {len(untagged)} meetings {verb} not tagged yet; for the latest:"
    else:
        words += f" {verb} not tagged yet:"
    command = f"coachlog session edit {untagged[-1].session}"
    line = f"{words} {command}"
    return line if len(line) <= width else f"{words}\n{command}"


def _is_current_member(figures: MemberFigures) -> bool:
    return figures.member.role is SetRole.MEMBER and figures.member.left_on is None


def _format_member_name(figures: MemberFigures) -> Text:
    """Return the name of a member, dim for somebody who has left."""
    member = figures.member
    name, style = shorten_text(member.name, LONGEST_NAME), ""
    if member.person is None:
        name, style = "you", "bold"
    if member.left_on is not None:
        return styling.format_typed_words(f"{name} (left)", styling.QUIET)
    if member.role is not SetRole.MEMBER:
        name = f"{name} ({member.role.value})"
    return styling.format_typed_words(name, style)
