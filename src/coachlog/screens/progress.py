"""The figures as a screen: promises kept, people, measures, months and days, themes."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model import Action
from coachlog.model.progress import PersonProgress, Progress, ProgressView, Theme
from coachlog.phrasing.values import withheld
from coachlog.rules import figures
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.ledger import ledger, what
from coachlog.screens.ratios import NARROW, shares, yours_and_theirs
from coachlog.screens.session_charts import by_whom, talks
from coachlog.screens.trends import trends
from coachlog.text import clean, first_name, short, times

OF_A_PERIOD = "Talks held, promises first due; open, overdue as of today."
UNDER_HALF = "less than half the usual time"


def page(view: ProgressView, today: date, width: int, *, ascii: bool = False) -> Group:
    """Return the figures, the ledger where it is wanted, or one measure where that is."""
    alone = view.is_of_one_person
    if view.ledger is not None:
        top = (*_head(view.figures, alone), *_ratios(view.figures, today, width))
        return Group(*top, *ledger(view.ledger, today, width))
    if view.measure is not None:
        return _measure(view.figures, view.measure, width, ascii=ascii)
    return _figures(view.figures, today, width, alone=alone, ascii=ascii)


def _figures(found: Progress, today: date, width: int, *, alone: bool, ascii: bool) -> Group:
    """Return the figures: my promises before theirs, then people and talks.

    `alone` is for one person, with measures.
    """
    parts: list[RenderableType] = [*_head(found, alone), *_ratios(found, today, width)]
    parts += _carried(found)
    if found.people:
        parts += ["", _people(found, today, width), *_fairness(found.people, alone)]
    else:
        parts += ["", Text("Nobody yet: coachlog session new", style=styling.QUIET)]
    if alone:
        parts += _measures(found, width, ascii=ascii)
    parts += talks(found, today, width, ascii)
    parts += _themes(found.themes)
    return Group(*parts)


def _measure(found: Progress, name: str, width: int, *, ascii: bool) -> Group:
    """Return one measure, a line for each person and range, by name."""
    parts: list[RenderableType] = [
        styling.typed(name, "bold"),
        *styling.period(found.since, found.until),
        "",
    ]
    if found.measures:
        names = [one.person.name if one.person else "alone" for one in found.measures]
        parts.append(trends("with", names, found.measures, width, ascii=ascii))
    elif found.since or found.until:
        parts.append(Text("No values in that time.", style=styling.QUIET))
    elif not found.withheld:
        parts.append(Text(f"No values yet for {clean(name)}.", style=styling.QUIET))
    return Group(*parts, *_withheld(found))


def _head(found: Progress, alone: bool) -> list[RenderableType]:
    """Return whose figures these are and of what time, where that has to be said."""
    parts: list[RenderableType] = []
    if alone and found.people:
        parts.append(styling.typed(found.people[0].person.name, "bold"))
    if found.since or found.until:
        parts += [*styling.period(found.since, found.until), Text(OF_A_PERIOD, style=styling.QUIET)]
    return [*parts, ""] if parts else []


def _ratios(found: Progress, today: date, width: int) -> Iterator[RenderableType]:
    corrected = ""
    if found.me_corrected and found.corrected_on:
        on = dates.short(found.corrected_on, today)
        corrected = f"As you corrected them, last on {on}: {shares(found.me_corrected)}."
    return yours_and_theirs(found.me, found.them, width, corrected)


def _carried(found: Progress) -> list[RenderableType]:
    if not found.carried:
        return []
    made = Columns("#", "promise", "who", "", right=("#",), wide="promise")
    for action in found.carried:
        cells = (str(action.id), what(action), _whose(action), f"carried {times(action.carried)}")
        made.add_row(*cells)
    return [
        "",
        styling.heading("Carried three times or more"),
        styling.Indented(made),
        styling.Indented(Text("Three ways out:")),
        styling.Indented(_ways_out(found)),
    ]


def _ways_out(found: Progress) -> Columns:
    """Return the commands, ready to type where only one promise is meant."""
    number, name = "NUMBER", "NAME"
    if len(found.carried) == 1:
        action = found.carried[0]
        slugs = {one.person.id: one.person.slug for one in found.people}
        number, name = str(action.id), slugs.get(action.person.id, "") if action.person else ""
    made = Columns("", "")
    for words, command in (
        ("break it down", f"coachlog action add {clean(name)}".rstrip()),
        ("agree a new date", f"coachlog action move {number} --to DATE"),
        ("let it go", f"coachlog action drop {number}"),
    ):
        made.add_row(Text(words), Text(command, style=styling.QUIET))
    return made


def _people(found: Progress, today: date, width: int) -> Columns:
    """Return each person's sessions, minutes and promises, by name and never by rank.

    Then come the talks alone, in sets and with people put aside, so that the columns add up.
    """
    columns = ["with", "sessions", "minutes", "open", "overdue", "done", "last talk"]
    if width < NARROW:
        columns = ["with", "sessions", "open", "overdue", "done"]
    made = Columns(*columns, right=("sessions", "minutes", "open", "overdue", "done"), wide="with")
    for row in found.people:
        cells = {
            "with": styling.typed(short(row.person.name, 40)),
            "sessions": Text(str(row.sessions)),
            "minutes": Text(str(row.minutes)),
            "open": Text(str(row.open)),
            "overdue": Text(str(row.overdue), style=styling.BAD if row.overdue else ""),
            "done": Text(str(row.done)),
            "last talk": Text(dates.ago(row.last_held, today)),
        }
        made.add_row(*(cells[name] for name in columns))
        if row.under_half:
            made.add_line(
                Text(f"  {UNDER_HALF}, over {figures.FAIRNESS_DAYS} days", style=styling.SOON)
            )
        if words := by_whom(row.cancelled_by_me, row.cancelled_by_them):
            made.add_line(Text(f"  cancelled: {words}", style=styling.QUIET))
    archived = f"archived ({found.archived.people})" if found.archived else ""
    in_sets = f"in sets ({found.sets.sets})" if found.sets else ""
    for name, rest in (
        ("alone", found.alone),
        (in_sets, found.sets),
        (archived, found.archived),
    ):
        if rest and rest.sessions:
            counts = {"with": name, "sessions": str(rest.sessions), "minutes": str(rest.minutes)}
            made.add_row(*(Text(counts.get(name, ""), style=styling.QUIET) for name in columns))
    return made


def _fairness(found: Sequence[PersonProgress], alone: bool) -> Iterator[Text]:
    """Yield what the last 90 days say of everyone's share, unless a row says it already."""
    flags = [row.under_half for row in found]
    if any(flags):
        return
    if all(flag is None for flag in flags):
        few = "too few people of one relationship to compare"
        words = "nothing to compare with" if alone else few
    elif alone:
        words = "not less than half of what is usual"
    else:
        words = "nobody had less than half of what is usual"
    yield Text(f"Last {figures.FAIRNESS_DAYS} days: {words}.", style=styling.QUIET)


def _measures(found: Progress, width: int, *, ascii: bool) -> list[RenderableType]:
    if not (found.measures or found.withheld):
        return []
    parts: list[RenderableType] = ["", styling.heading("Measures")]
    if found.measures:
        names = [one.measure for one in found.measures]
        shown = trends("measure", names, found.measures, width - 2, ascii=ascii)
        parts.append(styling.Indented(shown))
    return [*parts, *map(styling.Indented, _withheld(found))]


def _withheld(found: Progress) -> list[RenderableType]:
    if not found.withheld:
        return []
    return [Text(withheld(found.withheld), style=styling.QUIET)]


def _themes(found: Sequence[Theme]) -> list[RenderableType]:
    """Return what came up in two talks or more: a tag of a single one is no theme."""
    found = [theme for theme in found if theme.sessions > 1]
    if not found:
        return []
    made = Columns("", "")
    for theme in found[:8]:
        made.add_row(styling.typed(theme.tag), Text(f"in {theme.sessions} of the last {theme.of}"))
    return ["", styling.heading("Themes"), styling.Indented(made)]


def _whose(action: Action) -> Text:
    whose = styling.owner(action)
    if action.person and action.owner != "them":
        whose.append(f" (with {clean(first_name(action.person.name))})", style=styling.QUIET)
    return whose
