"""The figures as a screen: promises kept, people, measures, months and days, themes."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model import Action
from coachlog.model.progress import PersonProgress, Progress, ProgressView, Theme
from coachlog.phrasing.values import describe_withheld
from coachlog.rules import figures
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.ledger import format_promise_words, render_ledger
from coachlog.screens.ratios import NARROW_WIDTH, format_tally, render_both_ratios
from coachlog.screens.session_charts import format_cancellation_counts, render_session_charts
from coachlog.screens.trends import render_trends
from coachlog.text import clean_text, extract_first_name, format_times, shorten_text

PERIOD_NOTE = "Talks held, promises first due; open, overdue as of today."
UNDER_HALF_TIME = "less than half the usual time"


def render_progress(view: ProgressView, today: date, width: int, *, ascii: bool = False) -> Group:
    """Return the figures, the ledger where it is wanted, or one measure where that is."""
    alone = view.is_of_one_person
    if view.ledger is not None:
        top = (
            *_render_progress_head(view.figures, alone),
            *_render_progress_ratios(view.figures, today, width),
        )
        return Group(*top, *render_ledger(view.ledger, today, width))
    if view.measure is not None:
        return _render_measure_progress(view.figures, view.measure, width, ascii=ascii)
    return _render_figures(view.figures, today, width, one_person=alone, ascii=ascii)


def _render_figures(
    progress: Progress, today: date, width: int, *, one_person: bool, ascii: bool
) -> Group:
    """Return the figures: my promises before theirs, then people and talks.

    `alone` is for one person, with measures.
    """
    parts: list[RenderableType] = [
        *_render_progress_head(progress, one_person),
        *_render_progress_ratios(progress, today, width),
    ]
    parts += _render_carried_promises(progress)
    if progress.people:
        parts += [
            "",
            _render_people_figures(progress, today, width),
            *_render_time_fairness(progress.people, one_person),
        ]
    else:
        parts += ["", Text("Nobody yet: coachlog session new", style=styling.QUIET)]
    if one_person:
        parts += _render_progress_measures(progress, width, ascii=ascii)
    parts += render_session_charts(progress, today, width, ascii)
    parts += _render_themes(progress.themes)
    return Group(*parts)


def _render_measure_progress(progress: Progress, name: str, width: int, *, ascii: bool) -> Group:
    """Return one measure, a line for each person and range, by name."""
    parts: list[RenderableType] = [
        styling.format_typed_words(name, "bold"),
        *styling.render_period(progress.since, progress.until),
        "",
    ]
    if progress.measures:
        names = [one.person.name if one.person else "alone" for one in progress.measures]
        parts.append(render_trends("with", names, progress.measures, width, ascii=ascii))
    elif progress.since or progress.until:
        parts.append(Text("No values in that time.", style=styling.QUIET))
    elif not progress.withheld:
        parts.append(Text(f"No values yet for {clean_text(name)}.", style=styling.QUIET))
    return Group(*parts, *_render_withheld_count(progress))


def _render_progress_head(progress: Progress, one_person: bool) -> list[RenderableType]:
    """Return whose figures these are and of what time, where that has to be said."""
    parts: list[RenderableType] = []
    if one_person and progress.people:
        parts.append(styling.format_typed_words(progress.people[0].person.name, "bold"))
    if progress.since or progress.until:
        parts += [
            *styling.render_period(progress.since, progress.until),
            Text(PERIOD_NOTE, style=styling.QUIET),
        ]
    return [*parts, ""] if parts else []


def _render_progress_ratios(
    progress: Progress, today: date, width: int
) -> Iterator[RenderableType]:
    corrected = ""
    if progress.me_corrected and progress.corrected_on:
        on = dates.format_short_day(progress.corrected_on, today)
        corrected = f"As you corrected them, last on {on}: {format_tally(progress.me_corrected)}."
    return render_both_ratios(progress.me, progress.them, width, corrected)


def _render_carried_promises(progress: Progress) -> list[RenderableType]:
    if not progress.carried:
        return []
    made = Columns("#", "promise", "who", "", right=("#",), wide="promise")
    for action in progress.carried:
        cells = (
            str(action.id),
            format_promise_words(action),
            _format_carried_owner(action),
            f"carried {format_times(action.carried)}",
        )
        made.add_row(*cells)
    return [
        "",
        styling.format_heading("Carried three times or more"),
        styling.IndentedBody(made),
        styling.IndentedBody(Text("Three ways out:")),
        styling.IndentedBody(_render_ways_out(progress)),
    ]


def _render_ways_out(progress: Progress) -> Columns:
    """Return the commands, ready to type where only one promise is meant."""
    number, name = "NUMBER", "NAME"
    if len(progress.carried) == 1:
        action = progress.carried[0]
        slugs = {one.person.id: one.person.slug for one in progress.people}
        number, name = str(action.id), slugs.get(action.person.id, "") if action.person else ""
    made = Columns("", "")
    for words, command in (
        ("break it down", f"coachlog action add {clean_text(name)}".rstrip()),
        ("agree a new date", f"coachlog action move {number} --to DATE"),
        ("let it go", f"coachlog action drop {number}"),
    ):
        made.add_row(Text(words), Text(command, style=styling.QUIET))
    return made


def _render_people_figures(progress: Progress, today: date, width: int) -> Columns:
    """Return each person's sessions, minutes and promises, by name and never by rank.

    Then come the talks alone, in sets and with people put aside, so that the columns add up.
    """
    columns = ["with", "sessions", "minutes", "open", "overdue", "done", "last talk"]
    if width < NARROW_WIDTH:
        columns = ["with", "sessions", "open", "overdue", "done"]
    made = Columns(*columns, right=("sessions", "minutes", "open", "overdue", "done"), wide="with")
    for row in progress.people:
        cells = {
            "with": styling.format_typed_words(shorten_text(row.person.name, 40)),
            "sessions": Text(str(row.sessions)),
            "minutes": Text(str(row.minutes)),
            "open": Text(str(row.open)),
            "overdue": Text(str(row.overdue), style=styling.BAD if row.overdue else ""),
            "done": Text(str(row.done)),
            "last talk": Text(dates.format_days_ago(row.last_held, today)),
        }
        made.add_row(*(cells[name] for name in columns))
        if row.under_half:
            made.add_line(
                Text(f"  {UNDER_HALF_TIME}, over {figures.FAIRNESS_DAYS} days", style=styling.SOON)
            )
        if words := format_cancellation_counts(row.cancelled_by_me, row.cancelled_by_them):
            made.add_line(Text(f"  cancelled: {words}", style=styling.QUIET))
    archived = f"archived ({progress.archived.people})" if progress.archived else ""
    in_sets = f"in sets ({progress.sets.sets})" if progress.sets else ""
    for name, rest in (
        ("alone", progress.alone),
        (in_sets, progress.sets),
        (archived, progress.archived),
    ):
        if rest and rest.sessions:
            counts = {"with": name, "sessions": str(rest.sessions), "minutes": str(rest.minutes)}
            made.add_row(*(Text(counts.get(name, ""), style=styling.QUIET) for name in columns))
    return made


def _render_time_fairness(people: Sequence[PersonProgress], one_person: bool) -> Iterator[Text]:
    """Yield what the last 90 days say of everyone's share, unless a row says it already."""
    flags = [row.under_half for row in people]
    if any(flags):
        return
    if all(flag is None for flag in flags):
        few = "too few people of one relationship to compare"
        words = "nothing to compare with" if one_person else few
    elif one_person:
        words = "not less than half of what is usual"
    else:
        words = "nobody had less than half of what is usual"
    yield Text(f"Last {figures.FAIRNESS_DAYS} days: {words}.", style=styling.QUIET)


def _render_progress_measures(
    progress: Progress, width: int, *, ascii: bool
) -> list[RenderableType]:
    if not (progress.measures or progress.withheld):
        return []
    parts: list[RenderableType] = ["", styling.format_heading("Measures")]
    if progress.measures:
        names = [one.measure for one in progress.measures]
        shown = render_trends("measure", names, progress.measures, width - 2, ascii=ascii)
        parts.append(styling.IndentedBody(shown))
    return [*parts, *map(styling.IndentedBody, _render_withheld_count(progress))]


def _render_withheld_count(progress: Progress) -> list[RenderableType]:
    if not progress.withheld:
        return []
    return [Text(describe_withheld(progress.withheld), style=styling.QUIET)]


def _render_themes(themes: Sequence[Theme]) -> list[RenderableType]:
    """Return what came up in two talks or more: a tag of a single one is no theme."""
    themes = [theme for theme in themes if theme.sessions > 1]
    if not themes:
        return []
    made = Columns("", "")
    for theme in themes[:8]:
        made.add_row(
            styling.format_typed_words(theme.tag),
            Text(f"in {theme.sessions} of the last {theme.of}"),
        )
    return ["", styling.format_heading("Themes"), styling.IndentedBody(made)]


def _format_carried_owner(action: Action) -> Text:
    whose = styling.format_action_owner(action)
    if action.person and action.owner != "them":
        whose.append(
            f" (with {clean_text(extract_first_name(action.person.name))})", style=styling.QUIET
        )
    return whose
