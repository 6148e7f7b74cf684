"""The figures on one screen: promises kept, people, measures, months and days, themes."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from coachlog import dates
from coachlog.model.progress import (
    EncounterTotals,
    PersonProgress,
    Progress,
    ProgressView,
    Theme,
)
from coachlog.phrasing.other_talks import list_other_talks
from coachlog.phrasing.ratios import DIRECTION_WORDS, OWN_PLAN_WORDS
from coachlog.screens import styling
from coachlog.screens.charts import Marks
from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.fairness import list_time_remarks, render_time_fairness
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.lists import format_owner_with_person
from coachlog.screens.ratios import (
    NamedTally,
    describe_none_due,
    format_tally,
    render_both_ratios,
    render_ratio_remarks,
)
from coachlog.screens.renderables import Group, Page, Renderable
from coachlog.screens.session_charts import (
    format_cancellation_counts,
    render_session_charts,
)
from coachlog.screens.texts import Text
from coachlog.screens.trends import render_measures, render_trends
from coachlog.text import clean_text, format_count, format_times, shorten_text

PERIOD_NOTE = (
    "Conversations held and promises first due in this period; "
    "open and overdue as of today."
)
FEW_PROMISES = 5
FEW_PROMISES_NOTE = (
    "With five or more dated promises, these counts begin to show a pattern."
)
LONGEST_NAME = 40
MOST_THEMES = 8
_COUNT_COLUMNS = ("held", "minutes", "open", "overdue", "done")
_PEOPLE_COLUMNS = ("with", *_COUNT_COLUMNS, "talked")
_NARROW_PEOPLE_COLUMNS = ("with", "held", "open", "overdue", "done")


def render_progress(
    view: ProgressView, today: date, width: int, *, marks: Marks = Marks.BLOCKS
) -> Group | Page:
    """Return the figures, or the ledger or the one measure if the view holds that."""
    one_person = view.is_of_one_person
    if view.ledger is not None:
        from coachlog.screens.ledger import render_ledger

        ledger = view.ledger
        return Page(
            lambda: chain(
                _render_progress_head(view.figures, one_person),
                _render_progress_ratios(view.figures, today, width),
                render_ledger(ledger, today, width),
            )
        )
    if view.measure is not None:
        return _render_measure_progress(view.figures, view.measure, width, marks=marks)
    return _render_figures(
        view.figures, today, width, one_person=one_person, marks=marks
    )


def _render_figures(
    progress: Progress, today: date, width: int, *, one_person: bool, marks: Marks
) -> Group:
    """Return the owner's promises before everybody else's, then people and conversations."""
    parts: list[Renderable] = [
        *_render_progress_head(progress, one_person),
        *_render_progress_ratios(progress, today, width),
        *_render_carried_promises(progress, today),
        "",
    ]
    if progress.people:
        parts.append(_render_people_figures(progress, today, width))
        parts += _render_time_or_start(progress, one_person)
    else:
        parts.append(
            Text("Nobody yet. To start: coachlog log NAME", style=styling.QUIET)
        )
    if one_person:
        trends, withheld = progress.measures, progress.withheld
        parts += render_measures("Measures", trends, withheld, width, marks=marks)
    parts += render_session_charts(progress, today, width, marks)
    parts += _render_themes(progress.themes)
    return Group(*parts)


def _render_time_or_start(progress: Progress, one_person: bool) -> Iterator[Renderable]:
    """Yield how time was shared lately; before the first conversation, how to begin."""
    if progress.first_held is not None:
        yield from render_time_fairness(progress.people, one_person)
        return
    name = progress.people[0].person.slug if one_person else "NAME"
    words = f"No conversations yet. To start: coachlog log {clean_text(name)}"
    yield Text(words, style=styling.QUIET)


def _render_measure_progress(
    progress: Progress, name: str, width: int, *, marks: Marks
) -> Group:
    """Return one measure, a line for each person and range, by name."""
    parts: list[Renderable] = [
        styling.format_typed_words(name, "bold"),
        *styling.render_period(progress.since, progress.until),
        "",
    ]
    if progress.measures:
        names = [
            trend.person.name if trend.person else "alone"
            for trend in progress.measures
        ]
        parts.append(
            render_trends("with", names, progress.measures, width, marks=marks)
        )
    elif progress.since or progress.until:
        parts.append(Text("No values in that period.", style=styling.QUIET))
    elif not progress.withheld:
        parts.append(
            Text(f"No values yet for {clean_text(name)}.", style=styling.QUIET)
        )
    return Group(*parts, *styling.render_withheld(progress.withheld))


def _render_progress_head(progress: Progress, one_person: bool) -> list[Renderable]:
    """Return whose figures these are and for what period; nothing for everyone and all time."""
    parts: list[Renderable] = []
    if one_person and progress.people:
        parts.append(styling.format_typed_words(progress.people[0].person.name, "bold"))
    if progress.since or progress.until:
        parts += styling.render_period(progress.since, progress.until)
        parts.append(render_sentence(PERIOD_NOTE, styling.QUIET))
    if parts:
        parts.append("")
    return parts


def _has_few_promises(progress: Progress) -> bool:
    """Return whether there are promises with a date, but too few to say how they are kept."""
    count = sum(tally.promise_count for tally in (progress.me, progress.them))
    is_of_all_time = not (progress.since or progress.until)
    return is_of_all_time and 0 < count < FEW_PROMISES


def _render_progress_ratios(
    progress: Progress, today: date, width: int
) -> Iterator[Renderable]:
    correction_words = ""
    if progress.me_corrected and progress.corrected_on:
        day = dates.format_short_day(progress.corrected_on, today)
        tally = format_tally(progress.me_corrected)
        correction_words = (
            f"You later corrected some of these, last on {day}. With your corrections: "
            f"{tally}."
        )
    yield from render_both_ratios(
        progress.me,
        progress.them,
        width,
        correction_words,
        _list_direction_rows(progress),
        describe_none_due(
            [progress.me, progress.them],
            [progress.me_caveats, progress.them_caveats],
            in_period=progress.since is not None or progress.until is not None,
            has_others=any(row.open or row.done for row in progress.people),
        ),
    )
    if _has_few_promises(progress):
        yield render_sentence(FEW_PROMISES_NOTE, styling.QUIET)
    yield from render_ratio_remarks("yours", progress.me_slips, progress.me_caveats)
    yield from render_ratio_remarks(
        "theirs", progress.them_slips, progress.them_caveats
    )
    if progress.comparison is not None:
        # Imported only where there is a period: no other screen pays for it.
        from coachlog.screens.comparison import render_period_comparison

        yield from render_period_comparison(progress.comparison, today, width)


def _list_direction_rows(progress: Progress) -> list[NamedTally]:
    """Return the owner's promises by direction; no rows where there are none in any."""
    rows = []
    for direction, tally in progress.directions or ():
        rows.append((Text(f"  {DIRECTION_WORDS[direction]}"), tally))
    if progress.own_plan and any(progress.own_plan):
        rows.append((Text(f"  {OWN_PLAN_WORDS}"), progress.own_plan))
    if not any(any(tally) for _, tally in rows):
        return []
    return rows


def _render_carried_promises(progress: Progress, today: date) -> list[Renderable]:
    if not progress.carried:
        return []
    table = Columns("#", "promise", "who", "", right=("#",), wide="promise")
    for action in progress.carried:
        table.add_row(
            str(action.id),
            styling.format_promise_words(action),
            format_owner_with_person(action, today),
            f"carried over {format_times(action.carried)}",
        )
    return [
        "",
        styling.format_heading("Carried over three times or more"),
        IndentedBody(table),
        IndentedBody(Text("Three ways forward:")),
        IndentedBody(_render_ways_out(progress)),
    ]


def _render_ways_out(progress: Progress) -> Columns:
    """Return the commands, ready to type where there is only one promise."""
    number, name = "NUMBER", "NAME"
    if len(progress.carried) == 1:
        action = progress.carried[0]
        slugs = {row.person.id: row.person.slug for row in progress.people}
        number, name = str(action.id), ""
        if action.person:
            name = slugs.get(action.person.id, "")
    ways = (
        ("break it down", f"coachlog action add {clean_text(name)}".rstrip()),
        ("agree a new date", f"coachlog action move {number} --to DATE"),
        ("drop it", f"coachlog action drop {number}"),
    )
    table = Columns("", "")
    for words, command in ways:
        table.add_row(Text(words), Text(command, style=styling.QUIET))
    return table


def _render_people_figures(progress: Progress, today: date, width: int) -> Columns:
    """Return each person's conversations, minutes and promises, by name and never by rank.

    Then come the conversations alone, in sets and with archived people, so that columns add up.
    """
    columns: Sequence[str] = _PEOPLE_COLUMNS
    if styling.leaves_out_columns(width):
        columns = _NARROW_PEOPLE_COLUMNS
    left_out = [name for name in _PEOPLE_COLUMNS if name not in columns]
    table = Columns(*columns, right=_COUNT_COLUMNS, wide="with")
    for row in progress.people:
        table.add_named_row(_build_person_cells(row, today))
        for line in _list_person_remarks(row):
            table.add_line(line)
    for cells in _list_other_figures(progress):
        table.add_named_row(cells)
    for line in _list_table_notes(progress, columns):
        table.add_line(line)
    table.add_left_out(left_out)
    return table


def _list_table_notes(progress: Progress, columns: Sequence[str]) -> Iterator[Text]:
    """Yield what stands below the table: what its minutes say, and who was only spoken to."""
    row_with_gaps = next(filter(_has_minutes_unknown, progress.people), None)
    if row_with_gaps and "minutes" in columns:
        yield _explain_minutes(row_with_gaps)
    rows_show_all = progress.met.people == sum(row.met > 0 for row in progress.people)
    if progress.met.people > 1 or not rows_show_all:
        yield _format_encounter_totals(progress.met)


def _has_minutes_unknown(row: PersonProgress) -> bool:
    return row.minutes is not None and row.minutes_noted < row.sessions


def _explain_minutes(row: PersonProgress) -> Text:
    """Return what the counts behind minutes say, by the example of a row that has them."""
    minutes = styling.format_minutes(row.minutes, row.minutes_noted, row.sessions).plain
    words = f"minutes {minutes}: noted for {row.minutes_noted} of {row.sessions} conversations"
    return Text(words, style=styling.QUIET)


def _format_encounter_totals(totals: EncounterTotals) -> Text:
    days = format_count(totals.days, "day")
    people = format_count(totals.people, "person", "people")
    return Text(f"spoken to, no conversation: {days}, {people}", style=styling.QUIET)


def _build_person_cells(row: PersonProgress, today: date) -> dict[str, Text]:
    name = shorten_text(row.person.name, LONGEST_NAME)
    return {
        "with": styling.format_typed_words(name),
        "held": Text(str(row.sessions)),
        "minutes": styling.format_minutes(row.minutes, row.minutes_noted, row.sessions),
        "open": Text(str(row.open)),
        "overdue": Text(str(row.overdue), style=styling.BAD if row.overdue else ""),
        "done": Text(str(row.done)),
        "talked": Text(dates.format_days_ago(row.last_held, today)),
    }


def _list_person_remarks(row: PersonProgress) -> Iterator[Text]:
    """Yield further remarks on a person, a line each."""
    yield from list_time_remarks(row)
    cancelled = format_cancellation_counts(row.cancelled_by_me, row.cancelled_by_them)
    if cancelled:
        yield Text(f"  cancelled: {cancelled}", style=styling.QUIET)
    if row.met:
        days = format_count(row.met, "day")
        yield Text(f"  spoken to, no conversation: {days}", style=styling.QUIET)


def _list_other_figures(progress: Progress) -> Iterator[dict[str, Text]]:
    """Yield the cells of what is not with one active person: alone, in sets, archived."""
    for name, totals in list_other_talks(progress):
        minutes = styling.format_minutes(
            totals.minutes, totals.minutes_noted, totals.sessions
        )
        yield {
            "with": Text(name, style=styling.QUIET),
            "held": Text(str(totals.sessions), style=styling.QUIET),
            "minutes": Text(minutes.plain, style=styling.QUIET),
        }


def _render_themes(themes: Sequence[Theme]) -> list[Renderable]:
    """Return what came up in two conversations or more: a tag used once is not a theme."""
    repeated = [theme for theme in themes if theme.sessions > 1]
    if not repeated:
        return []
    table = Columns("", "")
    for theme in repeated[:MOST_THEMES]:
        words = Text(f"in {theme.sessions} of the last {theme.of}")
        table.add_row(styling.format_typed_words(theme.tag), words)
    return ["", styling.format_heading("Themes"), IndentedBody(table)]
