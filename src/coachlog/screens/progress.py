"""The figures as screens: promises kept, people, months, the year, themes, measures, the ledger."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Action, ActionStatus, Fate
from coachlog.model.progress import Decided, Month, PersonProgress, Progress, Tally, Theme, Trend
from coachlog.phrasing.values import withheld
from coachlog.rules import corrections, figures
from coachlog.screens import charts, look
from coachlog.screens.columns import Columns
from coachlog.text import clean, first_name, plural, short, times

NARROW = 76
MOST_MONTHS = 24
MOST_VALUES = 24
"""How many of the last values a sparkline shows, at most."""
CELLS_OF_A_MONTH = 30
"""Cells that a month takes without its bars."""

FATES = corrections.FATES | {Fate.RELEASED: "released, not counted"}
OF_A_PERIOD = "Talks held, promises first due; open, overdue as of today."
UNDER_HALF = "less than half the usual time"


def progress(
    found: Progress, today: date, width: int, *, alone: bool = False, ascii: bool = False
) -> Group:
    """Return the figures: my promises before theirs, then people and talks.

    `alone` is for one person, with measures.
    """
    parts: list[RenderableType] = [*_head(found, alone), *_ratios(found, today, width)]
    parts += _carried(found)
    if found.people:
        parts += ["", _people(found, today, width), *_fairness(found.people, alone)]
    else:
        parts += ["", Text("Nobody yet: coachlog session new", style=look.QUIET)]
    if alone:
        parts += _measures(found, width, ascii=ascii)
    parts += _talks(found, today, width, ascii)
    parts += _themes(found.themes)
    return Group(*parts)


def measure(found: Progress, name: str, width: int, *, ascii: bool = False) -> Group:
    """Return one measure, a line for each person and range, by name."""
    parts: list[RenderableType] = [look.typed(name, "bold"), *period(found.since, found.until), ""]
    if found.measures:
        names = [one.person.name if one.person else "alone" for one in found.measures]
        parts.append(trends("with", names, found.measures, width, ascii=ascii))
    elif found.since or found.until:
        parts.append(Text("No values in that time.", style=look.QUIET))
    elif not found.withheld:
        parts.append(Text(f"No values yet for {clean(name)}.", style=look.QUIET))
    return Group(*parts, *_withheld(found))


def ledger(
    found: Progress, decided: Sequence[Decided], today: date, width: int, *, alone: bool = False
) -> Group:
    """Return every promise that counts with its fate and why, then sums that equal the ratios.

    What the owner corrected comes first, then what was missed.
    """
    parts: list[RenderableType] = [*_head(found, alone), *_ratios(found, today, width)]
    for name, owner in (("Yours", "me"), ("Theirs", "them")):
        listed = [one for one in decided if one.action.owner == owner]
        listed.sort(key=lambda one: (not _differs(one), corrections.WORST_FIRST.index(one.fate)))
        parts += ["", look.heading(name)]
        if listed:
            parts += [look.Indented(with_why(listed, today, width - 2)), *_sums(listed)]
        else:
            parts.append(look.Indented(Text("None has come due yet.", style=look.QUIET)))
    return Group(*parts)


def why(one: Decided, today: date) -> str:
    """Return why a promise has its fate, each date once: `3 days after Fri 12 Jun`."""
    action = one.action
    assert action.original_due is not None
    first = dates.short(action.original_due, today)
    in_force, too_late = rules.agreed(action.original_due, rules.moves(action))
    closed = action.closed_on or today
    how = "still open " if action.status is ActionStatus.OPEN else ""
    how = "dropped " if action.status is ActionStatus.DROPPED else how
    if one.fate is Fate.KEPT:
        return _apart(closed, action.original_due, first)
    if too_late:
        words = _apart(closed, in_force, dates.short(in_force, today))
        return f"moved too late, on {dates.short(too_late, today)}; {how or 'done '}{words}"
    if in_force != action.original_due:
        moved = f"moved in time from {first} to {dates.short(in_force, today)}"
        return f"{moved}; {how or 'done '}{_apart(closed, in_force, '')}"
    return how + _apart(closed, in_force, first)


def _apart(day: date, due: date, named: str) -> str:
    """Return how far a day is from the date due: `3 days after Fri 12 Jun`, or without its name."""
    days = (day - due).days
    if days == 0:
        return f"on {named}" if named else "on that day"
    side = "after" if days > 0 else "before"
    return f"{plural(abs(days), 'day')} {side} {named}".rstrip()


# The parts


def _head(found: Progress, alone: bool) -> list[RenderableType]:
    """Return whose figures these are and of what time, where that has to be said."""
    parts: list[RenderableType] = []
    if alone and found.people:
        parts.append(look.typed(found.people[0].person.name, "bold"))
    if found.since or found.until:
        parts += [*period(found.since, found.until), Text(OF_A_PERIOD, style=look.QUIET)]
    return [*parts, ""] if parts else []


def period(since: date | None, until: date | None) -> list[RenderableType]:
    """Return the period that figures are of in words, if they are of one."""
    if not (since or until):
        return []
    words = f"from {dates.medium(since)} " if since else ""
    words += f"to {dates.medium(until)} " if until else "on "
    return [Text(f"{words[0].upper()}{words[1:].rstrip()}", style=look.QUIET)]


def _ratios(found: Progress, today: date, width: int) -> list[RenderableType]:
    heads = ("promises kept", "by the first date", "or a re-agreed one", "not due yet")
    made = Columns(
        *(heads if width >= NARROW else ("kept", "first date", "or re-agreed", "not due"))
    )
    for name, tally in (("yours", found.me), ("theirs", found.them)):
        made.add_row(
            Text(name, style="bold" if name == "yours" else ""),
            look.ratio(tally.strict, tally, tally.kept),
            look.ratio(tally.honoured, tally, tally.kept + tally.kept_as_reagreed),
            Text(str(tally.pending or look.NONE)),
        )
    return [made, *_fates(found, today)]


def _fates(found: Progress, today: date) -> Iterator[RenderableType]:
    for name, tally in (("Yours", found.me), ("Theirs", found.them)):
        if tally.decided:
            yield sentence(f"{name}: {_fate_words(tally)}.", look.QUIET)
        if name == "Yours" and found.me_corrected and found.corrected_on:
            on = dates.short(found.corrected_on, today)
            words = f"As you corrected them, last on {on}: {shares(found.me_corrected)}."
            yield sentence(words, look.QUIET)
    if not (found.me.decided or found.them.decided):
        yield Text("No promise has come due yet.", style=look.QUIET)


def sentence(words: str, style: str = "") -> Columns:
    """Return words whose lines end where they end: Rich leaves the blank where it breaks them."""
    made = Columns("")
    made.add_row(Text(words, style=style))
    return made


def _fate_words(tally: Tally) -> str:
    counts = tally._asdict()
    return ", ".join(f"{counts[fate]} {words}" for fate, words in FATES.items() if counts[fate])


def shares(tally: Tally) -> str:
    """Return fates and ratios: `8 kept, 1 missed: 89% (8 of 9) by the first date`.

    The share by a re-agreed date follows where it is another one.
    """
    words = _fate_words(tally)
    if tally.decided:
        words += f": {look.ratio(tally.strict, tally, tally.kept).plain} by the first date"
    if tally.kept_as_reagreed:
        count = tally.kept + tally.kept_as_reagreed
        words += f", {look.ratio(tally.honoured, tally, count).plain} or a re-agreed one"
    return words or "none that count"


def _carried(found: Progress) -> list[RenderableType]:
    if not found.carried:
        return []
    made = Columns("#", "promise", "who", "", right=("#",), wide="promise")
    for action in found.carried:
        cells = (str(action.id), _what(action), _whose(action), f"carried {times(action.carried)}")
        made.add_row(*cells)
    return [
        "",
        look.heading("Carried three times or more"),
        look.Indented(made),
        look.Indented(Text("Three ways out:")),
        look.Indented(_ways_out(found)),
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
        made.add_row(Text(words), Text(command, style=look.QUIET))
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
            "with": look.typed(short(row.person.name, 40)),
            "sessions": Text(str(row.sessions)),
            "minutes": Text(str(row.minutes)),
            "open": Text(str(row.open)),
            "overdue": Text(str(row.overdue), style=look.BAD if row.overdue else ""),
            "done": Text(str(row.done)),
            "last talk": Text(look.ago(row.last_held, today)),
        }
        made.add_row(*(cells[name] for name in columns))
        if row.under_half:
            made.add_line(
                Text(f"  {UNDER_HALF}, over {figures.FAIRNESS_DAYS} days", style=look.SOON)
            )
        if words := _by_whom(row.cancelled_by_me, row.cancelled_by_them):
            made.add_line(Text(f"  cancelled: {words}", style=look.QUIET))
    archived = f"archived ({found.archived.people})" if found.archived else ""
    in_sets = f"in sets ({found.sets.sets})" if found.sets else ""
    for name, rest in (
        ("alone", found.alone),
        (in_sets, found.sets),
        (archived, found.archived),
    ):
        if rest and rest.sessions:
            counts = {"with": name, "sessions": str(rest.sessions), "minutes": str(rest.minutes)}
            made.add_row(*(Text(counts.get(name, ""), style=look.QUIET) for name in columns))
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
    yield Text(f"Last {figures.FAIRNESS_DAYS} days: {words}.", style=look.QUIET)


def _by_whom(by_me: int, by_them: int) -> str:
    """Return how many talks were cancelled by whom: `1 by you, 2 by them`; '' for none."""
    parts = ((by_me, "by you"), (by_them, "by them"))
    return ", ".join(f"{count} {words}" for count, words in parts if count)


def _measures(found: Progress, width: int, *, ascii: bool) -> list[RenderableType]:
    if not (found.measures or found.withheld):
        return []
    parts: list[RenderableType] = ["", look.heading("Measures")]
    if found.measures:
        names = [one.measure for one in found.measures]
        shown = trends("measure", names, found.measures, width - 2, ascii=ascii)
        parts.append(look.Indented(shown))
    return [*parts, *map(look.Indented, _withheld(found))]


def trends(
    heading: str, names: Sequence[str], found: Sequence[Trend], width: int, *, ascii: bool
) -> Columns:
    """Return trends one a row, the last values of each as a sparkline."""
    made = Columns(
        *(heading, "scale", "first", "latest", "change", "n", "over time"),
        right=("first", "latest", "n"),
        wide=heading,
    )
    rows = [
        [
            look.typed(short(name, 40)),
            Text(f"{one.low} to {one.high}", style=look.QUIET),
            Text(str(one.first)),
            Text(str(one.latest)),
            Text(look.NONE if one.change is None else f"{one.change:+d}" if one.change else "none"),
            Text(str(one.n)),
        ]
        for name, one in zip(names, found, strict=True)
    ]
    room = min(MOST_VALUES, width - made.taken(rows))
    for row, one in zip(rows, found, strict=True):
        values = [point.value for point in one.points]
        made.add_row(
            *row, Text(charts.latest(values, one.low, one.high, max(2, room), ascii=ascii))
        )
    return made


def _withheld(found: Progress) -> list[RenderableType]:
    if not found.withheld:
        return []
    return [Text(withheld(found.withheld), style=look.QUIET)]


def _talks(found: Progress, today: date, width: int, ascii: bool) -> list[RenderableType]:
    """Return the months as bars, the days as a calendar and what they add up to."""
    if not found.days:
        return []
    return [
        "",
        look.heading("Month by month"),
        *map(look.Indented, _month_by_month(found, width - 2, ascii)),
        "",
        look.heading("Day by day"),
        *map(look.Indented, _calendar(found, today, width - 2, ascii)),
    ]


def _month_by_month(found: Progress, width: int, ascii: bool) -> Iterator[RenderableType]:
    """Yield the months asked for, at most 24; those of the year from the first one with a talk."""
    months = found.months
    if not (found.since or found.until):
        begun = (number for number, month in enumerate(months) if any(month[1:]))
        months = months[next(begun, -1) :]
    shown = months[-MOST_MONTHS:]
    yield _months(shown, width, ascii)
    if len(shown) < len(months):
        words = f"The last {len(shown)} of {plural(len(months), 'month')} are shown."
        yield Text(words, style=look.QUIET)


def _months(shown: Sequence[Month], width: int, ascii: bool) -> Columns:
    most = max(month.sessions for month in shown)
    longest = max(month.minutes for month in shown)
    cancelled = [_by_whom(month.cancelled_by_me, month.cancelled_by_them) for month in shown]
    told = ["cancelled"] if any(cancelled) else []
    taken = CELLS_OF_A_MONTH + (2 + max(map(len, (*told, *cancelled))) if told else 0)
    room = min(20, max(4, (width - taken) // 2))
    made = Columns("", "talks", "", "minutes", "", *told, right=("talks", "minutes"))
    for month, words in zip(shown, cancelled, strict=True):
        year, number = map(int, month.month.split("-"))
        made.add_row(
            Text(f"{dates.MONTHS[number - 1][:3]} {year}"),
            Text(str(month.sessions)),
            Text(charts.bar(month.sessions, most, room, ascii=ascii), style=look.GOOD),
            Text(str(month.minutes)),
            Text(charts.bar(month.minutes, longest, room, ascii=ascii), style=look.GOOD),
            *([Text(words, style=look.QUIET)] if told else []),
        )
    return made


def _calendar(found: Progress, today: date, width: int, ascii: bool) -> Iterator[Text]:
    since, until = figures.period(found.since, found.until, today, found.first_held)
    counts = {day.date: day.sessions for day in found.days}
    for row in charts.calendar(counts, since, until, width, ascii=ascii):
        yield Text(row, no_wrap=True)
    shown, weeks = charts.weeks_shown(since, until, width)
    yield Text(charts.legend(ascii=ascii), style=look.QUIET)
    yield Text(_year_words(found, since, until))
    if shown < weeks:
        yield Text(f"The last {shown} of {plural(weeks, 'week')} are shown.", style=look.QUIET)


def _year_words(found: Progress, since: date, until: date) -> str:
    """Return `41 talks since 1 December 2025, 6 weeks without any`.

    Weeks count from the first talk there ever was: before it there was no journal.
    """
    held = sum(day.sessions for day in found.days)
    asked = found.since or found.until
    span = "in that time" if asked else f"since {dates.medium(since)}"
    gaps = _gaps(found, since, until) if held else ""
    return f"{plural(held, 'talk')} {span}{gaps and ', '}{gaps}."


def _gaps(found: Progress, since: date, until: date) -> str:
    """Return how often there was no talk: weeks of all, or gaps of one person with a rhythm."""
    if found.alone is None:
        who = found.people[0].person
        if who.every_days is None:
            return ""
        if who.archived:  # nobody waits for them
            until = found.people[0].last_held or until
        count = figures.long_gaps(found.days, until, who.every_days, who.paused_until)
        return f"{plural(count, 'gap') if count else 'no gap'} well past the rhythm"
    count = figures.weeks_without(found.days, max(since, found.first_held or since), until)
    return f"{plural(count, 'week')} without any" if count else "no week without one"


def _themes(found: Sequence[Theme]) -> list[RenderableType]:
    """Return what came up in two talks or more: a tag of a single one is no theme."""
    found = [theme for theme in found if theme.sessions > 1]
    if not found:
        return []
    made = Columns("", "")
    for theme in found[:8]:
        made.add_row(look.typed(theme.tag), Text(f"in {theme.sessions} of the last {theme.of}"))
    return ["", look.heading("Themes"), look.Indented(made)]


def with_why(found: Sequence[Decided], today: date, width: int) -> Columns:
    """Return promises one a line, or two lines each where one does not hold them all."""
    made = Columns("#", "promise", "with", "so", right=("#",), wide="promise")
    for one in found:
        words = _what(one.action).append_text(_corrected(one, today))
        made.add_row(str(one.action.id), words, _with(one.action), _so(one, today))
    return made if made.fits(width, least=30) else _two_lines_each(found, today)


def _differs(one: Decided) -> bool:
    return corrections.standing(one) is not one.fate


def _two_lines_each(found: Sequence[Decided], today: date) -> Columns:
    made = Columns("#", "promise", right=("#",), wide="promise")
    for one in found:
        lines = _what(one.action).append("\n")
        if one.action.person:
            lines.append("with ").append_text(_with(one.action)).append(" · ")
        lines.append_text(_so(one, today)).append_text(_corrected(one, today))
        made.add_row(str(one.action.id), lines)
    return made


def _corrected(one: Decided, today: date) -> Text:
    """Return a line of its own that says what the owner corrected; nothing if nothing stands."""
    found = rules.correction(one.action)
    if found is None or found.fate is None or not _differs(one):
        return Text("")
    words = f"\ncorrected to {corrections.FATES[found.fate]} on {dates.short(found.on, today)}"
    shown = Text(words, style=look.SOON)
    return shown.append_text(look.typed(f": {found.note}", look.QUIET)) if found.note else shown


def _what(action: Action) -> Text:
    if action.set is not None and not action.what:
        return look.typed(f"(in {action.set.name})", look.QUIET)
    return look.words(action.what, private=action.private)


def _with(action: Action) -> Text:
    return look.typed(first_name(action.person.name) if action.person else "")


def _whose(action: Action) -> Text:
    whose = look.owner(action)
    if action.person and action.owner != "them":
        whose.append(f" (with {clean(first_name(action.person.name))})", style=look.QUIET)
    return whose


def _so(one: Decided, today: date) -> Text:
    kept = one.fate in (Fate.KEPT, Fate.REAGREED)
    words = Text(FATES[one.fate], style=look.GOOD if kept else look.SOON)
    return words.append(f": {why(one, today)}", style=look.QUIET)


def _sums(listed: Sequence[Decided]) -> Iterator[RenderableType]:
    """Yield what the lines above add up to, counted anew: it has to equal the ratios.

    Where some were corrected, so do the lines as they then are.
    """
    recorded = Tally(**Counter(one.fate.value for one in listed))
    now = Tally(**Counter(corrections.standing(one).value for one in listed))
    yield look.Indented(sentence(f"In all: {_fate_words(recorded)}: {recorded.decided} decided."))
    if now != recorded:
        words = f"As corrected: {_fate_words(now)}: {now.decided} decided."
        yield look.Indented(sentence(words))
