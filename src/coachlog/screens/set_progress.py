"""The figures of an action learning set as a screen: promises, turns, questions, measures."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model.set_progress import (
    Held,
    MemberFigures,
    Questions,
    SetFigures,
    SetProgressView,
)
from coachlog.model.sets import Role
from coachlog.phrasing.values import withheld
from coachlog.rules import turns
from coachlog.screens import charts, styling
from coachlog.screens.columns import Columns, sentence
from coachlog.screens.ledger import ledger
from coachlog.screens.ratios import ratios, yours_and_theirs
from coachlog.screens.trends import trends
from coachlog.text import plural, short

MOST_MEETINGS = 12
LONGEST_BAR, SHORTEST_BAR = 20, 5
NUMBERS = ("asked", "tagged", "open", "closed", "leading")
LONGEST_NAME = 30

UNDER_HALF = "less than half the usual share of turns"


def page(view: SetProgressView, today: date, width: int, *, ascii: bool = False) -> Group:
    """Return the figures of a set or, where it is wanted, its ledger, mine first."""
    found = view.figures
    if view.ledger is not None:
        top = (*_head(found), "", *yours_and_theirs(found.me, found.them, width))
        return Group(*top, *ledger(view.ledger, today, width))
    return Group(
        *_head(found),
        *_promises(found, width),
        *_turns(found, width, ascii),
        *_questions(found, today, width, ascii),
        *_measures(found, width, ascii),
    )


def _head(found: SetFigures) -> Iterator[RenderableType]:
    """Yield which set this is, how large, and how often it met since when."""
    held = found.meetings
    words = plural(len(held), "meeting") if held else "no meeting"
    if found.since or found.until:
        words += "" if held else " in that time"
    else:
        words += f" since {dates.medium(held[0].held_on)}" if held else " yet"
    line = styling.typed(found.name, "bold")
    line.append(f" · {plural(found.members, 'member')} · {words}", style=styling.QUIET)
    yield sentence(line)
    yield from styling.period(found.since, found.until)
    if found.since or found.until:
        yield sentence("Meetings held, promises first due in it.", styling.QUIET)


def _promises(found: SetFigures, width: int) -> Iterator[RenderableType]:
    """Yield how promises were kept by the set as a whole, then by each, the owner first."""
    yield ""
    rows = [(Text("the set", style="bold"), found.promises)]
    rows += [
        (_name(member), member.promises)
        for member in found.people
        if _is_current(member) or any(member.promises)
    ]
    yield ratios(rows, width, wide=True)
    if not found.promises.decided:
        yield Text("No promise has come due yet.", style=styling.QUIET)


def _turns(found: SetFigures, width: int, ascii: bool) -> Iterator[RenderableType]:
    """Yield how often each member presented, at how many meetings, for how long."""
    listed = [one for one in found.people if one.turns or _is_current(one)]
    if not found.meetings or not listed:
        return
    yield ""
    yield styling.heading("Turns as presenter")
    most = max(one.turns for one in listed)
    made = Columns(
        "", "turns", "at meetings", "minutes", "", right=("turns", "at meetings", "minutes")
    )
    rows = [
        [
            _name(one),
            *map(Text, (str(one.turns), str(one.present), str(one.minutes or styling.NONE))),
        ]
        for one in listed
    ]
    room = min(LONGEST_BAR, max(2, width - 2 - made.taken(rows)))
    for one, row in zip(listed, rows, strict=True):
        bar = charts.bar(one.turns, most, room, ascii=ascii)
        made.add_row(*row, Text(bar, style=styling.GOOD))
        if one.under_half:
            made.add_line(Text(f"  {UNDER_HALF}", style=styling.SOON))
    yield styling.Indented(made)
    yield from map(styling.Indented, _fairness(listed))


def _fairness(listed: Sequence[MemberFigures]) -> Iterator[RenderableType]:
    """Yield what the turns say of everyone, unless a row says it already."""
    flags = [one.under_half for one in listed]
    if all(flag is None for flag in flags):
        yield sentence(
            f"Too early to compare: that takes {turns.MEMBERS} members who were at "
            f"{turns.MEETINGS} meetings each.",
            styling.QUIET,
        )
    elif not any(flags):
        yield sentence("Nobody had less than half the usual share.", styling.QUIET)


def _questions(found: SetFigures, today: date, width: int, ascii: bool) -> Iterator[RenderableType]:
    """Yield how many questions were open, meeting by meeting, the last ones where they are many."""
    if not found.meetings:
        return
    yield ""
    yield styling.heading("Questions by meeting")
    asked = [meeting for meeting in found.meetings if meeting.questions.asked]
    if not asked:
        yield styling.Indented(Text("None was written down yet.", style=styling.QUIET))
        return
    shown = found.meetings[-MOST_MEETINGS:]
    yield styling.Indented(_by_meeting(shown, today, width - 2, ascii))
    if len(shown) < len(found.meetings):
        words = f"The last {len(shown)} of {plural(len(found.meetings), 'meeting')} are shown."
        yield styling.Indented(Text(words, style=styling.QUIET))
    yield styling.Indented(sentence(_in_all(asked)))
    if words := _untagged(asked, width - 2):
        yield styling.Indented(sentence(words, styling.QUIET))


def _by_meeting(shown: Sequence[Held], today: date, width: int, ascii: bool) -> Columns:
    """Return meetings one a row, with a bar where there is room; the narrowest tell least."""
    columns = ["#", "held", *NUMBERS, "open share"]
    for least in ("tagged", "leading", "closed"):
        if _meetings(shown, columns, today).fits(width):
            break
        columns.remove(least)
    taken = Columns(*columns, "").taken(_rows(shown, columns, today))
    room = min(LONGEST_BAR, width - taken)
    return _meetings(shown, columns, today, room if room >= SHORTEST_BAR else 0, ascii)


def _meetings(
    shown: Sequence[Held],
    columns: Sequence[str],
    today: date,
    room: int = 0,
    ascii: bool = False,
) -> Columns:
    """Return meetings in these columns, and in one of bars if they have room."""
    made = Columns(*columns, *([""] if room else []), right=("#", *NUMBERS))
    for meeting, row in zip(shown, _rows(shown, columns, today), strict=True):
        bar = Text(_bar(meeting.questions, room, ascii), style=styling.GOOD)
        made.add_row(*row, *([bar] if room else []))
    return made


def _rows(shown: Sequence[Held], columns: Sequence[str], today: date) -> list[list[Text]]:
    """Return the cells of each meeting, without its bar."""
    rows = []
    for meeting in shown:
        found = meeting.questions
        cells = {name: Text(str(getattr(found, name) or styling.NONE)) for name in NUMBERS}
        cells |= {
            "#": Text(str(meeting.session)),
            "held": Text(dates.short(meeting.held_on, today)),
            "open share": _open_share(found),
        }
        rows.append([cells[name] for name in columns])
    return rows


def _open_share(found: Questions) -> Text:
    if not found.tagged:
        return Text(styling.NONE, style=styling.QUIET)
    return styling.portion(found.open, found.tagged)


def _bar(found: Questions, room: int, ascii: bool) -> str:
    """Return the open share as a bar, `room` being all of it; none for fewer than five tagged."""
    if found.tagged < styling.FEWEST:
        return ""
    return charts.bar(found.open, found.tagged, room, ascii=ascii)


def _in_all(asked: Sequence[Held]) -> Text:
    """Return the open share of all meetings."""
    counts = [meeting.questions for meeting in asked]
    tagged = sum(one.tagged for one in counts)
    if not tagged:
        return Text("None is tagged yet as open, closed or leading.", style=styling.QUIET)
    words = Text("Open in all: ").append_text(
        styling.portion(sum(one.open for one in counts), tagged)
    )
    return words.append(" of those tagged")


def _untagged(asked: Sequence[Held], width: int) -> str:
    """Return how many questions are not tagged, and what to type, in one piece; '' if all are."""
    left = [one for one in asked if one.questions.tagged < one.questions.asked]
    if not left:
        return ""
    count = sum(one.questions.asked - one.questions.tagged for one in left)
    where = f" in {len(left)} meetings" if len(left) > 1 else ""
    are = "is" if count == 1 else "are"
    latest = "; the latest" if len(left) > 1 else ""
    command = f"coachlog session edit {left[-1].session}"
    words = f"{plural(count, 'question')}{where} {are} not tagged yet{latest}:"
    return words + (" " if len(words) + 1 + len(command) <= width else "\n") + command


def _measures(found: SetFigures, width: int, ascii: bool) -> Iterator[RenderableType]:
    """Yield what the set measured of itself over the meetings."""
    if not (found.measures or found.withheld):
        return
    yield ""
    yield styling.heading("Measures of the set")
    if found.measures:
        names = [one.measure for one in found.measures]
        shown = trends("measure", names, found.measures, width - 2, ascii=ascii)
        yield styling.Indented(shown)
    if found.withheld:
        yield styling.Indented(Text(withheld(found.withheld), style=styling.QUIET))


def _is_current(one: MemberFigures) -> bool:
    return one.member.role is Role.MEMBER and one.member.left_on is None


def _name(one: MemberFigures) -> Text:
    """Return how a member is called, quiet for who has left."""
    name = "you" if one.member.person is None else short(one.member.name, LONGEST_NAME)
    if one.member.left_on is not None:
        return styling.typed(f"{name} (left)", styling.QUIET)
    if one.member.role is not Role.MEMBER:
        name = f"{name} ({one.member.role.value})"
    return styling.typed(name, "bold" if one.member.person is None else "")
