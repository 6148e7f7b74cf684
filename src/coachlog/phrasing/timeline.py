"""What a history tells, in order and in words, for the screen and the page; without Rich."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from coachlog import dates, rules
from coachlog.model import (
    Action,
    ActionStatus,
    Answer,
    Fate,
    Goal,
    GoalScale,
    GoalStatus,
    Person,
    Rating,
    SessionStatus,
)
from coachlog.model.brief import Measured
from coachlog.model.history import Episode, History
from coachlog.phrasing.values import change, every, measure_name, span
from coachlog.rules import disclosure
from coachlog.text import fold, plural


class Year(NamedTuple):
    """From here on the dates are of this year."""

    year: int


class Gap(NamedTuple):
    """A time without a talk, in words."""

    words: str


class Happening(NamedTuple):
    """What came between the talks: what it was, what was typed, and how it stands."""

    on: date
    what: str
    typed: str
    facts: str = ""
    note: str | None = None
    private: bool = False


class Promised(NamedTuple):
    """A promise made between the talks."""

    on: date
    action: Action


_DROPPED = {None: "dropped", Fate.RELEASED: "dropped in time,"}
_DONE = {None: "done", Fate.KEPT: "kept on time,", Fate.REAGREED: "kept as re-agreed,"}

Part = Year | Gap | Happening | Promised | Episode
Dated = Happening | Promised | Episode


def parts(found: History, today: date) -> Iterator[Part]:
    """Yield a history piece by piece, the oldest first, each year before what happened in it."""
    year = None
    for part in sorted(_dated(found), key=_when):
        day = _when(part)[0]
        if day.year != year:
            year = day.year
            yield Year(year)
        if isinstance(part, Episode):
            yield from _gap(part, found.person)
        yield part
    yield from _until(found, today)


def _when(part: Dated) -> tuple[date, bool]:
    """Return the order: by day, on the same day the talk first."""
    if isinstance(part, Episode):
        return part.session.held_on, False
    return part.on, True


def _dated(found: History) -> Iterator[Dated]:
    yield from found.sessions
    since = found.since or date.min
    for goal in found.goals:
        yield from (one._replace(private=goal.private) for one in _of_goal(goal) if one.on >= since)
    for action in found.actions:
        yield Promised(rules.made_on(action), action)


def _gap(told: Episode, who: Person) -> Iterator[Gap]:
    if told.gap_days is None:
        return
    day = told.session.held_on
    before = date.fromordinal(day.toordinal() - told.gap_days)
    if _is_long(before, day, who):
        yield Gap(f"{span(told.gap_days)} without a talk{_agreed(who)}")


def _until(found: History, today: date) -> Iterator[Gap]:
    """Yield how long nobody has talked, up to today, if that is long."""
    who, last = found.person, found.last_held
    if who.paused_until and who.paused_until >= today:
        yield Gap(f"paused until {dates.short(who.paused_until)}")
    elif last and not who.archived and _is_long(last, today, who):
        yield Gap(f"{span((today - last).days)} without a talk, up to today{_agreed(who)}")


def _is_long(since: date, until: date, who: Person) -> bool:
    pause = who.paused_until
    excused = pause if pause and since < pause <= until else None  # a later pause is another gap's
    return rules.long_gap(since, until, who.every_days, excused)


def _agreed(who: Person) -> str:
    return f" (agreed: {every(who.every_days)})" if who.every_days else ""


def _of_goal(goal: Goal) -> Iterator[Happening]:
    """Yield what became of a goal: opened, rated, closed."""
    begin = [f"from {_level(goal, goal.baseline)}"] if goal.baseline is not None else []
    begin += [f"target {_level(goal, goal.target)}"] if goal.target is not None else []
    yield Happening(goal.opened_on, "Goal", goal.title, ", ".join(begin), goal.why)
    before: int | None = None
    for rating in goal.ratings:
        now = f"now {_level(goal, rating.value, _moved(goal, rating.value, before))}"
        yield Happening(rating.on, "Goal rated", goal.title, now, _note(goal, rating))
        before = rating.value
    if goal.closed_on is not None and goal.status is not GoalStatus.OPEN:
        yield Happening(goal.closed_on, f"Goal {goal.status.value}", goal.title)


def _moved(goal: Goal, value: int, before: int | None) -> str:
    """Return how a goal moved since the rating before it or, with the first, since it began."""
    if before is not None:
        return f", {change(value - before)}"
    if goal.baseline is None:
        return ""
    by = value - goal.baseline
    return f", {change(by)} from the start" if by else ", as at the start"


def _note(goal: Goal, rating: Rating) -> str | None:
    """Return what was noted with a rating, unless it is what its level says already."""
    level = goal.levels[rating.value + 2] if len(goal.levels) == 5 else ""
    if rating.note and fold(rating.note).rstrip(".") == fold(level).rstrip("."):
        return None
    return rating.note


def _level(goal: Goal, value: int, moved: str = "") -> str:
    """Return a rating in words, with how it moved: `5 of 10, up 2`, `+1, up 1: what that is`."""
    if goal.scale is GoalScale.TEN:
        return f"{value} of 10{moved}"
    words = f": {goal.levels[value + 2]}" if len(goal.levels) == 5 else ""
    return f"{value:+d}{moved}{words}" if value else f"0{moved}{words}"


def heading(found: History) -> str:
    """Return how much there is to tell, and of which time."""
    held = [e.session for e in found.sessions if e.session.status is SessionStatus.HELD]
    words = plural(len(held), "talk")
    if found.since is not None:
        words += f" since {dates.short(found.since)}"
        return f"{words}, {found.earlier} before that" if found.earlier else words
    if len(held) > 1:
        first, last = (dates.short(held[n].held_on) for n in (0, -1))
        words += f", {first} to {last}"
    return words


def count(found: History) -> str:
    """Return how many sessions a history holds: `24 talks and 1 cancelled`."""
    held = sum(told.session.status is SessionStatus.HELD for told in found.sessions)
    cancelled = len(found.sessions) - held
    return plural(held, "talk") + (f" and {cancelled} cancelled" if cancelled else "")


def facts(told: Episode) -> str:
    """Return what else is known of a session: its number, minutes and tags."""
    session = told.session
    minutes = [plural(session.minutes, "minute")] if session.minutes else []
    return " · ".join([f"session {session.id}", *minutes, *session.tags])


def cancelled(told: Episode, them: str, me: str = "you") -> str:
    """Return by whom a talk was cancelled."""
    by = {"me": f" by {me}", "them": f" by {them}"}.get(told.session.cancelled_by or "", "")
    return f"cancelled{by}"


def measures(found: Iterable[Measured]) -> str:
    """Return what was measured and how it moved: `confidence 6 (up 2), progress 3`."""
    return " · ".join(map(_measured, found))


def _measured(found: Measured) -> str:
    moved = "" if found.before is None else f" ({change(found.value - found.before)})"
    return f"{measure_name(found.measure)} {found.value}{moved}"


def fate(action: Action, today: date, *, years: bool = False) -> tuple[Fate | None, str]:
    """Return what became of a promise, and that in words; `years` names this year as well."""
    found = rules.fate(action, today)
    day = action.due if action.status is ActionStatus.OPEN else action.closed_on
    words = (
        _open(action, found, today) if action.status is ActionStatus.OPEN else _ended(found, action)
    )
    return found, f"{words} {dates.short(day, None if years else today)}" if day else words


def _open(action: Action, found: Fate | None, today: date) -> str:
    """Return how an open promise stands; the day that it is due follows, if there is one."""
    if action.due is None:
        return "open, no date"
    if action.due < today:
        return "overdue since"
    return "missed, now due" if found is Fate.MISSED else "due"


def _ended(found: Fate | None, action: Action) -> str:
    """Return how a promise ended; the day follows."""
    if action.status is ActionStatus.DROPPED:
        return _DROPPED.get(found, "missed: dropped after its date,")
    return _DONE.get(found, "kept late,")


def answers(told: Episode, *, full: bool) -> Iterator[Answer]:
    """Yield the answers to quote; unless `full`, not those that stand among the measures."""
    return (a for a in told.session.answers if full or not a.measure)


def promises(told: Episode) -> list[Action]:
    """Return what was promised in a session, in the order it was."""
    return sorted(told.session.actions, key=lambda action: action.id)


def nothing(found: History) -> str:
    """Return what to say when there is nothing to tell."""
    if found.since is not None and found.earlier:
        return f"Nothing since {dates.short(found.since)}."
    return f"No talks yet: coachlog session new {found.person.slug}"


def owner(action: Action, me: str) -> str:
    """Return who made a promise: me by that name, the other person, or the name given."""
    them = action.person.name if action.person else "They"
    return {"me": me, "them": them}.get(action.owner, action.owner)


def private(found: History) -> int:
    """Return how many private entries a history holds."""
    entries: list[Action | Answer | Goal] = [*found.actions, *found.goals]
    for episode in found.sessions:
        entries += [*episode.session.answers, *episode.session.actions]
    return disclosure.private_count(entries)
