"""What a set does between two meetings: its buddies, what is asked for, what is offered."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.model.set_support import SetSupport, SupportKind, SupportLine
from coachlog.phrasing.set_support import describe_helps, name_buddies
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.texts import Text
from coachlog.text import clean_line, format_count

_CONFIDENTIAL = (
    "This stays in the set. Pairs change with each meeting; who helped is one number "
    "for the whole set."
)
_HEADINGS = {SupportKind.ASK: "Asked for", SupportKind.OFFER: "Offered"}


def render_set_support(support: SetSupport, today: date) -> Group:
    """Return the pairs of buddies, the asks and offers, and how often somebody helped."""
    since = "Support before the first meeting"
    heading = "Buddies until the next meeting"
    if support.last_held is not None:
        since = f"Support after {format_count(support.meetings, 'meeting')}"
        day = dates.format_short_day(support.last_held, today)
        heading = f"Buddies since the meeting of {day}: agree a new day"
    return Group(
        styling.format_typed_words(support.set.name, "bold"),
        Text(since, style=styling.QUIET),
        "",
        styling.format_heading(heading),
        IndentedBody(_render_pairs(support, today)),
        *_render_lines(support, SupportKind.ASK, today),
        *_render_lines(support, SupportKind.OFFER, today),
        "",
        render_sentence(describe_helps(support.helped)),
        render_sentence(_CONFIDENTIAL, styling.QUIET),
    )


def _render_pairs(support: SetSupport, today: date) -> Columns | Text:
    if not support.pairs:
        return Text("Nobody: it takes two members.", style=styling.QUIET)
    table = Columns("", "", wide="")
    for pair in support.pairs:
        day = "no day to check in"
        if pair.check_in is not None:
            day = f"check in {dates.format_short_day(pair.check_in, today)}"
        table.add_row(name_buddies(pair.refs), Text(day, style=styling.QUIET))
    return table


def _render_lines(
    support: SetSupport, kind: SupportKind, today: date
) -> Iterator[Renderable]:
    """Yield the offers, or the asks, each with its number, whose it is, and since when."""
    yield ""
    yield styling.format_heading(_HEADINGS[kind])
    lines = support.list_lines(kind)
    if not lines:
        command = f"coachlog set support {support.set.slug} --{kind.value} TEXT"
        words = f"None. To add one: {command}"
        yield IndentedBody(render_sentence(words, styling.QUIET))
        return
    yield IndentedBody(_build_line_table(lines, today))


def _build_line_table(lines: Sequence[SupportLine], today: date) -> Columns:
    table = Columns("#", "what", "who", "since", right=("#",), wide="what")
    for line in lines:
        name = "you" if line.member.person is None else clean_line(line.member.name)
        since = dates.format_short_day(line.written_on, today)
        if line.done_on is not None:
            since += f", closed {dates.format_short_day(line.done_on, today)}"
        table.add_row(str(line.id), styling.format_typed_words(line.words), name, since)
    return table
