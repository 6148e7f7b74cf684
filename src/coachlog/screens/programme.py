"""Programmes on the screen: what joining means, what leaves, what was sent, and reports."""

from collections.abc import Mapping, Sequence

from coachlog import dates
from coachlog.model.programme import (
    NUMBER_START,
    Membership,
    OmittedFile,
    PreparedContribution,
    Programme,
    ProgrammeReport,
    SentContribution,
    shorten_number,
)
from coachlog.phrasing.programme import (
    LEAVING_ALONG,
    describe_cut,
    describe_number,
    format_number_value,
    list_joining_words,
)
from coachlog.phrasing.programme_report import (
    HIDDEN,
    SINGLE_HOLDER,
    ReportPart,
    ReportTable,
    describe_report,
    list_report_notes,
    list_report_parts,
)
from coachlog.rules.programme_vector import (
    BUILTIN_TEMPLATES,
    INDICATORS,
    NUMBERS,
    name_template_indicator,
)
from coachlog.screens import styling
from coachlog.screens.columns import (
    WIDEST_SENTENCE,
    Columns,
    render_facts,
    render_sentence,
)
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.texts import Text
from coachlog.text import format_count

_TEMPLATE_NUMBERS = frozenset(map(name_template_indicator, BUILTIN_TEMPLATES))
_MOST_NAMES = 3
_NAMES_WIDTH = 44
"""As wide as a window of 60 cells leaves for the first of the two columns."""
_MOST_OMITTED = 20
"""How many of the files that are left out a screen names: all of them are in the list."""


def render_joining(programme: Programme) -> Group:
    """Return what to know before joining a programme, and every number that would leave."""
    title = styling.format_typed_words(programme.name, "bold")
    title.append(f" · programme {programme.code}", style=styling.QUIET)
    parts: list[Renderable] = [title, ""]
    parts.append(_format_heading("The numbers, and the most that counts of each"))
    table = Columns("number", "cap", right=("cap",), wide="number", widest=100)
    for name in NUMBERS:
        if name not in _TEMPLATE_NUMBERS:
            cap = "yes or no" if name in INDICATORS else f"{programme.caps[name]:,}"
            table.add_row(describe_number(name), Text(cap, style=styling.QUIET))
    table.add_row(
        "for each of these templates, that you used it:",
        Text("yes or no", style=styling.QUIET),
    )
    for line in _wrap_template_names():
        table.add_row(line)
    parts += [IndentedBody(table), ""]
    # Last, right above the question: what is further up has left a small window.
    for words in list_joining_words(programme):
        parts += [render_sentence(words), ""]
    return Group(*parts)


def _wrap_template_names() -> list[str]:
    """Return the ids of the templates in short lines: a pipe has no width to wrap them to."""
    from textwrap import wrap

    return wrap(", ".join(BUILTIN_TEMPLATES), _NAMES_WIDTH, break_on_hyphens=False)


def render_contribution(prepared: PreparedContribution) -> Group:
    """Return every line of a contribution as it would leave, and what its files are called."""
    programme = prepared.membership.programme
    title = Text(f"{prepared.quarter}", style="bold")
    title.append(" for ").append_text(styling.format_typed_words(programme.name))
    places = ", ".join(
        f"{breakdown.value} {place}"
        for breakdown, place in prepared.membership.places.items()
    )
    facts = [
        ("your id", Text(prepared.membership.member)),
        ("you are in", styling.format_typed_words(places)),
        ("files", Text("\n".join(_list_file_names(prepared)))),
    ]
    parts: list[Renderable] = [title, "", render_facts(facts), ""]
    parts.append(_render_numbers(prepared))
    remarks = _list_contribution_remarks(prepared)
    return Group(*parts, *(render_sentence(words) for words in remarks))


def _list_file_names(prepared: PreparedContribution) -> list[str]:
    """Return how the files are called; what stands in the middle is drawn when they are written."""
    stem = f"coachlog-{prepared.quarter}-{'x' * NUMBER_START}"
    programme = prepared.membership.programme
    if not programme.is_split:
        return [f"{stem}.age, for the coordinator"]
    return [f"{stem}-{holder.value}.age" for holder in programme.keys]


def _render_numbers(prepared: PreparedContribution) -> Columns:
    caps = prepared.membership.programme.caps
    table = Columns("leaves", "what it is", "", right=("leaves", ""), wide="what it is")
    for name in NUMBERS:
        value = prepared.numbers.get(name, 0)
        sent_value = min(value, caps[name])
        cut = f"you have {value:,}" if describe_cut(value, caps[name]) else ""
        style = "" if sent_value else styling.QUIET
        table.add_row(
            Text(format_number_value(name, sent_value), style=style),
            Text(describe_number(name), style=style),
            Text(cut, style=styling.SOON),
        )
    return table


def _list_contribution_remarks(prepared: PreparedContribution) -> list[str]:
    caps = prepared.membership.programme.caps
    remarks = ["", *LEAVING_ALONG]
    if any(value > caps[name] for name, value in prepared.numbers.items()):
        remarks.append("What you have more of is sent as its cap: nobody stands out.")
    if not prepared.membership.programme.is_split:
        remarks.append(SINGLE_HOLDER)
    if prepared.is_long_before_joining:
        joined_on = dates.format_medium_day(prepared.first_joined_on)
        remarks.append(
            f"You joined on {joined_on}, long after this quarter: perhaps it is closed by now, or "
            "was never asked for. It is sent all the same."
        )
    elif prepared.is_before_joining:
        remarks.append("You joined after this quarter: it is sent all the same.")
    if prepared.settles_on is not None:
        day = dates.format_medium_day(prepared.settles_on)
        remarks.append(
            f"Promises count as they stand today, and from {day} on as they stood then: sent "
            "before and after, these numbers may differ."
        )
    if prepared.is_empty:
        remarks.append(
            f"Your journal has nothing of {prepared.quarter}: every number is 0 or no, and only "
            "that you took part is said."
        )
    if prepared.edition > 1:
        remarks.append(
            f"You have sent {prepared.quarter} before. This one counts in its place, unless the "
            "quarter is closed by then."
        )
    return remarks


def render_memberships(
    memberships: Sequence[Membership], sent: Sequence[SentContribution]
) -> Group:
    """Return the programmes that were joined, each with what was sent to it."""
    parts: list[Renderable] = []
    for membership in memberships:
        programme = membership.programme
        title = styling.format_typed_words(programme.name, "bold")
        title.append(f" · {programme.code}", style=styling.QUIET)
        places = ", ".join(
            f"{breakdown.value} {place}"
            for breakdown, place in membership.places.items()
        )
        left_on = membership.left_on
        facts = [
            ("joined", Text(dates.format_medium_day(membership.joined_on))),
            ("left", Text(dates.format_medium_day(left_on) if left_on else "")),
            ("your id", Text(membership.member)),
            ("you are in", styling.format_typed_words(places)),
            ("read by", Text(_describe_holders(programme))),
        ]
        parts += [title, IndentedBody(render_facts(facts))]
        parts.append(IndentedBody(_render_sent(membership, sent)))
        parts.append("")
    return Group(*parts)


def _describe_holders(programme: Programme) -> str:
    if programme.is_split:
        return "nobody alone: two holders have half of each number"
    return "the coordinator: it has one holder"


def _render_sent(membership: Membership, sent: Sequence[SentContribution]) -> Columns:
    own = [each for each in sent if each.membership_id == membership.id]
    if not own:
        return render_sentence("Nothing was sent yet.", styling.QUIET)
    # By its number a holder says which file they mean: the names of the files have it.
    table = Columns("sent", "edition", "on", "number", "", right=("edition",))
    for each in own:
        day = dates.format_medium_day(each.made_on)
        number = shorten_number(each.number)
        mark = "replaced" if _is_replaced(each, sent) else ""
        table.add_row(
            each.quarter,
            str(each.edition),
            day,
            number,
            Text(mark, style=styling.QUIET),
        )
    return table


def _is_replaced(
    contribution: SentContribution, sent: Sequence[SentContribution]
) -> bool:
    """Return whether the same quarter was sent to the same programme again, later."""
    return any(
        each.programme == contribution.programme
        and each.quarter == contribution.quarter
        and each.edition > contribution.edition
        for each in sent
    )


def render_omitted_files(
    omitted: Sequence[OmittedFile], heading: str = "Left out"
) -> Group:
    """Return what counts in no quarter, with the reason of each; a few of very many."""
    parts: list[Renderable] = [
        _format_heading(f"{heading}: {format_count(len(omitted), 'file')}")
    ]
    table = Columns("", "", wide="")
    for file in omitted[:_MOST_OMITTED]:
        table.add_row(
            styling.format_typed_words(file.name), Text(file.reason, style=styling.SOON)
        )
    parts.append(IndentedBody(table))
    if len(omitted) > _MOST_OMITTED:
        words = f"and {len(omitted) - _MOST_OMITTED:,} more"
        parts.append(IndentedBody(render_sentence(words, styling.QUIET)))
    return Group(*parts)


def render_group_sizes(
    members: Mapping[str, int], groups: Mapping[str, str] | None = None
) -> Group:
    """Return how many managers each group has and, with `groups`, in which one they count."""
    more = ("counts in",) if groups is not None else ()
    table = Columns("group", "managers", *more, right=("managers",))
    for name, count in members.items():
        cells = [Text(f"{count:,}")]
        if groups is not None:
            words = groups[name] or "no figure: too few"
            cells.append(styling.format_typed_words(words, styling.QUIET))
        table.add_row(styling.format_typed_words(name), *cells)
    return Group(_format_heading("Managers in each group"), IndentedBody(table))


def render_other_quarters(names_by_quarter: Mapping[str, Sequence[str]]) -> Group:
    """Return which other quarters a folder has files of, how many, and the names of some."""
    table = Columns("quarter", "files", "named", right=("files",), wide="named")
    for quarter, names in names_by_quarter.items():
        shown_names = ", ".join(names[:_MOST_NAMES])
        if len(names) > _MOST_NAMES:
            shown_names += f" and {len(names) - _MOST_NAMES:,} more"
        table.add_row(
            quarter,
            f"{len(names):,}",
            styling.format_typed_words(shown_names, styling.QUIET),
        )
    heading = _format_heading("In the folder, but of other quarters")
    return Group(heading, IndentedBody(table))


def render_report(quarter_report: ProgrammeReport) -> Group:
    """Return a report: the response first, Kirkpatrick's levels, what is not known last."""
    title = styling.format_typed_words(quarter_report.programme.name, "bold")
    title.append(f", {quarter_report.quarter}", style="bold")
    closed_on = dates.format_medium_day(quarter_report.closed_on)
    parts: list[Renderable] = [
        title,
        render_sentence(
            f"{describe_report(quarter_report)}. Closed on {closed_on}.", styling.QUIET
        ),
        "",
    ]
    first_part, *others = list_report_parts(quarter_report)
    parts += _render_report_part(first_part, quarter_report)
    for note in list_report_notes(quarter_report):
        parts.append(render_sentence(note, styling.QUIET))
    parts.append("")
    for part in others:
        parts += _render_report_part(part, quarter_report)
    if not quarter_report.programme.is_split:
        parts.append(render_sentence(SINGLE_HOLDER, "bold"))
    return Group(*parts)


def _render_report_part(
    part: ReportPart, quarter_report: ProgrammeReport
) -> list[Renderable]:
    parts: list[Renderable] = [_format_heading(part.heading)]
    if len(part.words) > 1:
        bullets = Columns("", "", wide="", widest=WIDEST_SENTENCE)
        for words in part.words:
            bullets.add_row("-", words)
        parts.append(IndentedBody(bullets))
    else:
        parts += [IndentedBody(render_sentence(words)) for words in part.words]
    for table in part.tables:
        if table.title:
            parts += ["", IndentedBody(Text(table.title, style="bold"))]
        if table.remark:
            parts.append(IndentedBody(render_sentence(table.remark, styling.QUIET)))
        if table.rows:
            breakdown = quarter_report.programme.breakdown.value
            parts.append(IndentedBody(_render_report_table(table, breakdown)))
    parts.append("")
    return parts


def _render_report_table(table: ReportTable, breakdown: str) -> Columns:
    wide = table.columns[0] if table.has_words else breakdown
    right = () if table.has_words else table.columns
    columns = Columns(breakdown, *table.columns, right=right, wide=wide, widest=100)
    last = len(table.rows) - 1
    for number, (name, cells) in enumerate(table.rows):
        is_total = table.has_total and number == last
        columns.add_row(
            styling.format_typed_words(name, "bold" if is_total else ""),
            *(
                Text(cell, style=styling.QUIET if cell == HIDDEN else "")
                for cell in cells
            ),
        )
    return columns


def _format_heading(words: str) -> Text:
    return Text(words, style="bold cyan")
