"""The report of a programme in words, table by table, as a screen and a page both print it."""

from collections.abc import Iterator, Mapping, Sequence

from coachlog.model.programme import GroupFigures, ProgrammeReport
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.programme import describe_sum
from coachlog.rules.programme_closing import OTHER_GROUP
from coachlog.rules.programme_publication import COUNT_STEP, SMALLEST_COUNT
from coachlog.rules.programme_vector import (
    BUILTIN_TEMPLATES,
    OWN_TEMPLATE,
    name_template_indicator,
)
from coachlog.text import format_count

HIDDEN = "hidden"
"""The one mark for all that is not printed: too few, too many, none, or spoilt."""
ALL_SHOWN = "those shown"
ALL_HIDDEN = "All of it is hidden."

_DIRECTIONS = {
    "to_team": "to the team",
    "across": "to colleagues",
    "upwards": "upwards",
}

SINGLE_HOLDER = (
    "This programme has one holder: the coordinator can read each manager's numbers, which are not "
    "cut in half."
)
HIDDEN_NOTE = (
    f"“{HIDDEN}” stands for whatever is not printed: few managers, none, nearly all, or a sum "
    "that would give somebody's own number away."
)
ROUNDING_NOTE = (
    f"Counts of managers are rounded to the nearest {COUNT_STEP}. Sums are exact, but nobody "
    "counts in one with more than its cap."
)
TOTAL_NOTE = (
    f"“{ALL_SHOWN}” adds up what is printed above it, and nothing of what is hidden. Groups are in "
    "alphabetical order: this is not a ranking."
)


class ReportTable(NamedTuple):
    """A table of a report: a row for each group, and one for all of them.

    Its cells are those of `columns`, after the name of the row. The last row is of all groups, if
    `has_total`. It has no rows if all of it is hidden, and its remark then says so.
    """

    title: str
    remark: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    has_total: bool

    @property
    def has_words(self) -> bool:
        """Return whether its cells are words, not figures."""
        return len(self.columns) == 1


class ReportPart(NamedTuple):
    """A part of a report under its heading: what it says before its tables, and these."""

    heading: str
    words: tuple[str, ...]
    tables: tuple[ReportTable, ...] = ()


class _Column(NamedTuple):
    """A column: a sum or count by its name or, with `counted`, the share of it."""

    title: str
    name: str
    counted: str = ""


_CONVERSATIONS = (
    _Column("conversations", "conversations"),
    _Column("with minutes noted", "conversations_with_minutes"),
    _Column("minutes of these", "minutes"),
)
_RHYTHM = (
    _Column("weeks", "weeks_due"),
    _Column("on time", "weeks_on_time", "weeks_due"),
)
_SLIPS = (
    _Column("days in all", "days_past_first_date"),
    _Column("none late", "slip_none"),
    _Column("up to a week", "slip_week"),
    _Column("up to a month", "slip_month"),
    _Column("longer", "slip_longer"),
)
_OTHERS = (
    _Column("set meetings", "set_meetings"),
    _Column("thanks said", "thanks"),
    _Column("spoken to", "met"),
)
_MEASURES = (
    _Column("went up", "measure_up"),
    _Column("no clear change", "measure_same"),
    _Column("went down", "measure_down"),
)


def list_report_parts(quarter_report: ProgrammeReport) -> list[ReportPart]:
    """Return a report, part by part: the response first, what is not known last."""
    return [
        _build_response_part(quarter_report),
        ReportPart(
            "Level 1: reaction",
            ("What managers think of the programme was not asked: it is not known.",),
        ),
        _build_learning_part(quarter_report),
        _build_behaviour_part(quarter_report),
        ReportPart(
            "Level 4: results",
            (
                "Whether patients or staff are better off is in no journal: it is not known. Nor "
                "is what would have happened without the programme.",
            ),
        ),
        ReportPart(
            "What is not known",
            tuple(_list_unknowns(quarter_report)),
            tuple(_build_spoilt_tables(quarter_report)),
        ),
    ]


def describe_report(quarter_report: ProgrammeReport) -> str:
    """Return what a report is about, after its title: `by region`."""
    return (
        f"By {quarter_report.programme.breakdown.value}. Figures of the managers who sent theirs, "
        "under Kirkpatrick's four levels"
    )


def list_report_notes(quarter_report: ProgrammeReport) -> list[str]:
    """Return how a report is to be read."""
    notes = [HIDDEN_NOTE, ROUNDING_NOTE]
    if len(quarter_report.groups) > 1:
        notes.append(TOTAL_NOTE)
    if not quarter_report.programme.is_split:
        notes.insert(0, SINGLE_HOLDER)
    return notes


def _build_response_part(quarter_report: ProgrammeReport) -> ReportPart:
    invited = quarter_report.invited
    rows = [
        (
            group.group,
            _describe_response(quarter_report, group, invited.get(group.group)),
        )
        for group in quarter_report.groups
    ]
    has_total = len(rows) > 1
    if has_total:
        total, all_invited = quarter_report.total, quarter_report.total_invited
        rows.append((ALL_SHOWN, _describe_response(quarter_report, total, all_invited)))
    table = ReportTable(
        "", "", ("contributed", "asked", "response"), tuple(rows), has_total
    )
    tables = (table, *_build_small_group_tables(quarter_report))
    return ReportPart("Response", tuple(_list_response_words(quarter_report)), tables)


def _build_small_group_tables(
    quarter_report: ProgrammeReport,
) -> Iterator[ReportTable]:
    """Yield a table of the groups that are not shown by themselves, if there are any."""
    if not quarter_report.small_groups:
        return
    remark = "They are in no figure."
    if any(group.group == OTHER_GROUP for group in quarter_report.groups):
        remark = f"They are in “{OTHER_GROUP}”, together."
    rows = tuple((name, (HIDDEN,)) for name in quarter_report.small_groups)
    title = f"Groups with fewer than {SMALLEST_COUNT} contributions"
    yield ReportTable(title, remark, ("contributed",), rows, has_total=False)


def _list_response_words(quarter_report: ProgrammeReport) -> Iterator[str]:
    """Yield which groups are shown, and how much was left out."""
    yield f"Only groups in which {SMALLEST_COUNT} or more managers contributed are shown."
    if quarter_report.omitted:
        files = format_count(quarter_report.omitted, "file")
        were = "was" if quarter_report.omitted == 1 else "were"
        yield f"{files} could not be used, and {were} left out."


def _describe_response(
    quarter_report: ProgrammeReport, group: GroupFigures, invited: int | None
) -> tuple[str, ...]:
    """Return how many contributed, of how many asked, and the share, in whole tens."""
    if invited is None:
        return (f"about {group.contributions}", "not known", "not known")
    share = quarter_report.responses.get(group.group, 0)
    return (
        f"about {group.contributions}",
        f"{invited:,}",
        f"at least {share}%" if share else "under 10%",
    )


def _build_learning_part(quarter_report: ProgrammeReport) -> ReportPart:
    table = _build_group_table(
        quarter_report,
        "Measures",
        "Managers with at least one measure that did so, by coachlog's rule for trends. Each "
        "chooses what to measure; with several measures, one can be in several columns.",
        _MEASURES,
    )
    return ReportPart("Level 2: learning", (), (table,))


def _build_behaviour_part(quarter_report: ProgrammeReport) -> ReportPart:
    first_date = [
        _Column(title, f"first_date_kept_{ending}", f"first_date_counted_{ending}")
        for ending, title in _DIRECTIONS.items()
    ]
    as_agreed = [
        _Column(title, f"as_agreed_kept_{ending}", f"as_agreed_counted_{ending}")
        for ending, title in _DIRECTIONS.items()
    ]
    tables = [
        _build_group_table(quarter_report, "Conversations", "", _CONVERSATIONS),
        _build_group_table(
            quarter_report,
            "Conversations on time",
            "Weeks, for each person with a rhythm; and how many of them ended on time.",
            _RHYTHM,
        ),
        _build_group_table(
            quarter_report,
            "Promises kept by their first date",
            "Managers' own promises, by the direction in which they were made.",
            first_date,
        ),
        _build_group_table(
            quarter_report,
            "Promises kept as agreed",
            "The same promises, but a new date counts as well if it was agreed in time.",
            as_agreed,
        ),
        _build_group_table(
            quarter_report,
            "How late",
            "Days past the first date, all together; then managers, by how late their late "
            "promises typically were.",
            _SLIPS,
        ),
        _build_group_table(
            quarter_report,
            "Other contact",
            "Last, the days on which managers spoke to somebody outside a conversation, for each "
            "person.",
            _OTHERS,
        ),
        _build_used_templates_table(quarter_report),
    ]
    return ReportPart("Level 3: behaviour", (), tuple(tables))


def _build_group_table(
    quarter_report: ProgrammeReport, title: str, remark: str, columns: Sequence[_Column]
) -> ReportTable:
    rows = [
        (group.group, tuple(_format_group_cell(group, column) for column in columns))
        for group in quarter_report.groups
    ]
    has_total = len(rows) > 1
    if has_total:
        cells = tuple(
            _format_group_cell(quarter_report.total, column) for column in columns
        )
        rows.append((ALL_SHOWN, cells))
    titles = tuple(column.title for column in columns)
    return _fold_hidden(ReportTable(title, remark, titles, tuple(rows), has_total))


def _fold_hidden(table: ReportTable) -> ReportTable:
    """Return a table without its rows if nothing is to be seen in them."""
    if any(cell != HIDDEN for _, cells in table.rows for cell in cells):
        return table
    return table._replace(remark=ALL_HIDDEN, rows=(), has_total=False)


def _format_group_cell(group: GroupFigures, column: _Column) -> str:
    figures = _list_printed(group)
    value = figures.get(column.name)
    if value is None:
        return HIDDEN
    if not column.counted:
        return f"{value:,}"
    percent = group.percents.get(column.name)
    if percent is None:
        return HIDDEN
    return f"{percent}% of {figures[column.counted]:,}"


def _list_printed(group: GroupFigures) -> Mapping[str, int]:
    return {**group.magnitudes, **group.counts}


def _build_used_templates_table(quarter_report: ProgrammeReport) -> ReportTable:
    groups = [*quarter_report.groups]
    rows = [(group.group, (_describe_templates(group),)) for group in groups]
    has_total = len(rows) > 1
    if has_total:
        rows.append((ALL_SHOWN, (_describe_templates(quarter_report.total),)))
    remark = "Managers who used each template."
    return _fold_hidden(
        ReportTable("Guided conversations", remark, ("used",), tuple(rows), has_total)
    )


def _describe_templates(group: GroupFigures) -> str:
    names = {name_template_indicator(id): id for id in BUILTIN_TEMPLATES}
    names[OWN_TEMPLATE] = "one of their own"
    used = [
        f"{words} {group.counts[name]}"
        for name, words in names.items()
        if name in group.counts
    ]
    if not used:
        return HIDDEN
    words = ", ".join(used)
    hidden_count = len(names) - len(used)
    return f"{words}; {hidden_count} more: {HIDDEN}" if hidden_count else words


def _build_spoilt_tables(quarter_report: ProgrammeReport) -> Iterator[ReportTable]:
    """Yield a table of the sums that cannot be, if there are any."""
    rows = tuple(
        (group.group, ("; ".join(map(describe_sum, group.spoilt)),))
        for group in quarter_report.groups
        if group.spoilt
    )
    if rows:
        remark = (
            "Sums that are larger than these managers can have together, and so are hidden: a "
            "contribution, or a file of sums, was not as coachlog writes it."
        )
        yield ReportTable("Spoilt", remark, ("spoilt",), rows, has_total=False)


def _list_unknowns(quarter_report: ProgrammeReport) -> Iterator[str]:
    is_split = quarter_report.programme.is_split
    yield "Whether those who did not answer are like those who did."
    yield "The figures of small groups: they are hidden, so that nobody is exposed."
    yield (
        "What came late, was damaged"
        f"{', or lacked a half' if is_split else ''} when the quarter was closed: it is in no "
        "figure of any quarter."
    )
    yield "Conversations that nobody wrote down."
    yield "Conversations about health: if the template asks about it, they are in no figure."
    if not is_split:
        yield "Whether a number is true: a lie within its cap cannot be seen."
        return
    yield (
        "Whether a number is true. A lie within a cap cannot be seen. Nor, as halves are noise, "
        "can one above it by somebody who changes the program, unless a sum becomes impossible. "
        "So it is among honest members that no sum gives anybody's number away."
    )
