"""The figures of an action learning set as a screen: promises, turns, questions, measures."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model.set_progress import (
    MeetingFigures,
    MemberFigures,
    QuestionCounts,
    SetFigures,
    SetProgressView,
)
from coachlog.model.sets import SetRole
from coachlog.phrasing.values import describe_withheld
from coachlog.rules import turns
from coachlog.screens import charts, styling
from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.ledger import render_ledger
from coachlog.screens.ratios import render_both_ratios, render_ratios
from coachlog.screens.trends import render_trends
from coachlog.text import format_count, shorten_text

MOST_MEETINGS = 12
LONGEST_BAR, SHORTEST_BAR = 20, 5
QUESTION_COUNTS = ("asked", "tagged", "open", "closed", "leading")
LONGEST_NAME = 30

UNDER_HALF_TURNS = "less than half the usual share of turns"


def render_set_progress(
    view: SetProgressView, today: date, width: int, *, ascii: bool = False
) -> Group:
    """Return the figures of a set or, where it is wanted, its ledger, mine first."""
    found = view.figures
    if view.ledger is not None:
        top = (*_render_set_head(found), "", *render_both_ratios(found.me, found.them, width))
        return Group(*top, *render_ledger(view.ledger, today, width))
    return Group(
        *_render_set_head(found),
        *_render_set_promises(found, width),
        *_render_presenter_turns(found, width, ascii),
        *_render_set_questions(found, today, width, ascii),
        *_render_set_measures(found, width, ascii),
    )


def _render_set_head(figures: SetFigures) -> Iterator[RenderableType]:
    """Yield which set this is, how large, and how often it met since when."""
    held = figures.meetings
    words = format_count(len(held), "meeting") if held else "no meeting"
    if figures.since or figures.until:
        words += "" if held else " in that time"
    else:
        words += f" since {dates.format_medium_day(held[0].held_on)}" if held else " yet"
    line = styling.format_typed_words(figures.name, "bold")
    line.append(f" · {format_count(figures.members, 'member')} · {words}", style=styling.QUIET)
    yield render_sentence(line)
    yield from styling.render_period(figures.since, figures.until)
    if figures.since or figures.until:
        yield render_sentence("Meetings held, promises first due in it.", styling.QUIET)


def _render_set_promises(figures: SetFigures, width: int) -> Iterator[RenderableType]:
    """Yield how promises were kept by the set as a whole, then by each, the owner first."""
    yield ""
    rows = [(Text("the set", style="bold"), figures.promises)]
    rows += [
        (_format_member_name(member), member.promises)
        for member in figures.people
        if _is_current_member(member) or any(member.promises)
    ]
    yield render_ratios(rows, width, wide_names=True)
    if not figures.promises.decided_count:
        yield Text("No promise has come due yet.", style=styling.QUIET)


def _render_presenter_turns(
    figures: SetFigures, width: int, ascii: bool
) -> Iterator[RenderableType]:
    """Yield how often each member presented, at how many meetings, for how long."""
    listed = [one for one in figures.people if one.turns or _is_current_member(one)]
    if not figures.meetings or not listed:
        return
    yield ""
    yield styling.format_heading("Turns as presenter")
    most = max(one.turns for one in listed)
    made = Columns(
        "", "turns", "at meetings", "minutes", "", right=("turns", "at meetings", "minutes")
    )
    rows = [
        [
            _format_member_name(one),
            *map(Text, (str(one.turns), str(one.present), str(one.minutes or styling.NO_NUMBER))),
        ]
        for one in listed
    ]
    room = min(LONGEST_BAR, max(2, width - 2 - made.measure_width(rows)))
    for one, row in zip(listed, rows, strict=True):
        bar = charts.draw_bar(one.turns, most, room, ascii=ascii)
        made.add_row(*row, Text(bar, style=styling.GOOD))
        if one.under_half:
            made.add_line(Text(f"  {UNDER_HALF_TURNS}", style=styling.SOON))
    yield styling.IndentedBody(made)
    yield from map(styling.IndentedBody, _render_turn_fairness(listed))


def _render_turn_fairness(members: Sequence[MemberFigures]) -> Iterator[RenderableType]:
    """Yield what the turns say of everyone, unless a row says it already."""
    flags = [one.under_half for one in members]
    if all(flag is None for flag in flags):
        yield render_sentence(
            f"Too early to compare: that takes {turns.FEWEST_MEMBERS} members who were at "
            f"{turns.FEWEST_MEETINGS} meetings each.",
            styling.QUIET,
        )
    elif not any(flags):
        yield render_sentence("Nobody had less than half the usual share.", styling.QUIET)


def _render_set_questions(
    figures: SetFigures, today: date, width: int, ascii: bool
) -> Iterator[RenderableType]:
    """Yield how many questions were open, meeting by meeting, the last ones where they are many."""
    if not figures.meetings:
        return
    yield ""
    yield styling.format_heading("Questions by meeting")
    asked = [meeting for meeting in figures.meetings if meeting.questions.asked]
    if not asked:
        yield styling.IndentedBody(Text("None was written down yet.", style=styling.QUIET))
        return
    shown = figures.meetings[-MOST_MEETINGS:]
    yield styling.IndentedBody(_render_question_meetings(shown, today, width - 2, ascii))
    if len(shown) < len(figures.meetings):
        words = (
            f"The last {len(shown)} of {format_count(len(figures.meetings), 'meeting')} are shown."
        )
        yield styling.IndentedBody(Text(words, style=styling.QUIET))
    yield styling.IndentedBody(render_sentence(_format_overall_share(asked)))
    if words := _format_untagged_hint(asked, width - 2):
        yield styling.IndentedBody(render_sentence(words, styling.QUIET))


def _render_question_meetings(
    meetings: Sequence[MeetingFigures], today: date, width: int, ascii: bool
) -> Columns:
    """Return meetings one a row, with a bar where there is room; the narrowest tell least."""
    columns = ["#", "held", *QUESTION_COUNTS, "open share"]
    for least in ("tagged", "leading", "closed"):
        if _build_meeting_table(meetings, columns, today).fits(width):
            break
        columns.remove(least)
    taken = Columns(*columns, "").measure_width(_build_meeting_rows(meetings, columns, today))
    room = min(LONGEST_BAR, width - taken)
    return _build_meeting_table(
        meetings, columns, today, room if room >= SHORTEST_BAR else 0, ascii
    )


def _build_meeting_table(
    meetings: Sequence[MeetingFigures],
    columns: Sequence[str],
    today: date,
    room: int = 0,
    ascii: bool = False,
) -> Columns:
    """Return meetings in these columns, and in one of bars if they have room."""
    made = Columns(*columns, *([""] if room else []), right=("#", *QUESTION_COUNTS))
    for meeting, row in zip(meetings, _build_meeting_rows(meetings, columns, today), strict=True):
        bar = Text(_draw_open_share(meeting.questions, room, ascii), style=styling.GOOD)
        made.add_row(*row, *([bar] if room else []))
    return made


def _build_meeting_rows(
    meetings: Sequence[MeetingFigures], columns: Sequence[str], today: date
) -> list[list[Text]]:
    """Return the cells of each meeting, without its bar."""
    rows = []
    for meeting in meetings:
        found = meeting.questions
        cells = {
            name: Text(str(getattr(found, name) or styling.NO_NUMBER)) for name in QUESTION_COUNTS
        }
        cells |= {
            "#": Text(str(meeting.session)),
            "held": Text(dates.format_short_day(meeting.held_on, today)),
            "open share": _format_open_share(found),
        }
        rows.append([cells[name] for name in columns])
    return rows


def _format_open_share(questions: QuestionCounts) -> Text:
    if not questions.tagged:
        return Text(styling.NO_NUMBER, style=styling.QUIET)
    return styling.format_portion(questions.open, questions.tagged)


def _draw_open_share(questions: QuestionCounts, room: int, ascii: bool) -> str:
    """Return the open share as a bar, `room` being all of it; none for fewer than five tagged."""
    if questions.tagged < styling.FEWEST_FOR_PERCENT:
        return ""
    return charts.draw_bar(questions.open, questions.tagged, room, ascii=ascii)


def _format_overall_share(meetings: Sequence[MeetingFigures]) -> Text:
    """Return the open share of all meetings."""
    counts = [meeting.questions for meeting in meetings]
    tagged = sum(one.tagged for one in counts)
    if not tagged:
        return Text("None is tagged yet as open, closed or leading.", style=styling.QUIET)
    words = Text("Open in all: ").append_text(
        styling.format_portion(sum(one.open for one in counts), tagged)
    )
    return words.append(" of those tagged")


def _format_untagged_hint(meetings: Sequence[MeetingFigures], width: int) -> str:
    """Return how many questions are not tagged, and what to type, in one piece; '' if all are."""
    left = [one for one in meetings if one.questions.tagged < one.questions.asked]
    if not left:
        return ""
    count = sum(one.questions.asked - one.questions.tagged for one in left)
    where = f" in {len(left)} meetings" if len(left) > 1 else ""
    are = "is" if count == 1 else "are"
    latest = "; the latest" if len(left) > 1 else ""
    command = f"coachlog session edit {left[-1].session}"
    words = f"{format_count(count, 'question')}{where} {are} not tagged yet{latest}:"
    return words + (" " if len(words) + 1 + len(command) <= width else "\n") + command


def _render_set_measures(figures: SetFigures, width: int, ascii: bool) -> Iterator[RenderableType]:
    """Yield what the set measured of itself over the meetings."""
    if not (figures.measures or figures.withheld):
        return
    yield ""
    yield styling.format_heading("Measures of the set")
    if figures.measures:
        names = [one.measure for one in figures.measures]
        shown = render_trends("measure", names, figures.measures, width - 2, ascii=ascii)
        yield styling.IndentedBody(shown)
    if figures.withheld:
        yield styling.IndentedBody(Text(describe_withheld(figures.withheld), style=styling.QUIET))


def _is_current_member(member_figures: MemberFigures) -> bool:
    return member_figures.member.role is SetRole.MEMBER and member_figures.member.left_on is None


def _format_member_name(member_figures: MemberFigures) -> Text:
    """Return how a member is called, quiet for who has left."""
    name = (
        "you"
        if member_figures.member.person is None
        else shorten_text(member_figures.member.name, LONGEST_NAME)
    )
    if member_figures.member.left_on is not None:
        return styling.format_typed_words(f"{name} (left)", styling.QUIET)
    if member_figures.member.role is not SetRole.MEMBER:
        name = f"{name} ({member_figures.member.role.value})"
    return styling.format_typed_words(name, "bold" if member_figures.member.person is None else "")
