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
from coachlog.model.brief import MeasureReading
from coachlog.model.history import Episode, History
from coachlog.phrasing.values import (
    describe_change,
    describe_rhythm,
    describe_span,
    phrase_measure_name,
)
from coachlog.rules import disclosure
from coachlog.text import fold_text, format_count


class TimelineYear(NamedTuple):
    """From here on the dates are of this year."""

    year: int


class TimelineGap(NamedTuple):
    """A time without a talk, in words."""

    words: str


class Happening(NamedTuple):
    """What came between the talks: what it was, what was typed, and how it stands."""

    on: date
    label: str
    title: str
    facts: str = ""
    note: str | None = None
    private: bool = False


class TimelinePromise(NamedTuple):
    """A promise made between the talks."""

    on: date
    action: Action


_DROPPED_WORDS = {None: "dropped", Fate.RELEASED: "dropped in time,"}
_DONE_WORDS = {None: "done", Fate.KEPT: "kept on time,", Fate.REAGREED: "kept as re-agreed,"}

TimelinePart = TimelineYear | TimelineGap | Happening | TimelinePromise | Episode
DatedPart = Happening | TimelinePromise | Episode


def build_timeline_parts(history: History, today: date) -> Iterator[TimelinePart]:
    """Yield a history piece by piece, the oldest first, each year before what happened in it."""
    year = None
    for part in sorted(_list_dated_parts(history), key=_order_timeline_part):
        day = _order_timeline_part(part)[0]
        if day.year != year:
            year = day.year
            yield TimelineYear(year)
        if isinstance(part, Episode):
            yield from _find_gap_before(part, history.person)
        yield part
    yield from _find_gap_until_today(history, today)


def _order_timeline_part(part: DatedPart) -> tuple[date, bool]:
    """Return the order: by day, on the same day the talk first."""
    if isinstance(part, Episode):
        return part.session.held_on, False
    return part.on, True


def _list_dated_parts(history: History) -> Iterator[DatedPart]:
    yield from history.sessions
    since = history.since or date.min
    for goal in history.goals:
        yield from (
            one._replace(private=goal.private)
            for one in _list_goal_happenings(goal)
            if one.on >= since
        )
    for action in history.actions:
        yield TimelinePromise(rules.find_promise_day(action), action)


def _find_gap_before(episode: Episode, person: Person) -> Iterator[TimelineGap]:
    if episode.gap_days is None:
        return
    day = episode.session.held_on
    before = date.fromordinal(day.toordinal() - episode.gap_days)
    if _is_long_silence(before, day, person):
        yield TimelineGap(
            f"{describe_span(episode.gap_days)} without a talk{_describe_agreed_rhythm(person)}"
        )


def _find_gap_until_today(history: History, today: date) -> Iterator[TimelineGap]:
    """Yield how long nobody has talked, up to today, if that is long."""
    who, last = history.person, history.last_held
    if who.paused_until and who.paused_until >= today:
        yield TimelineGap(f"paused until {dates.format_short_day(who.paused_until)}")
    elif last and not who.archived and _is_long_silence(last, today, who):
        yield TimelineGap(
            f"{describe_span((today - last).days)} without a talk, up to today{_describe_agreed_rhythm(who)}"
        )


def _is_long_silence(since: date, until: date, person: Person) -> bool:
    pause = person.paused_until
    excused = pause if pause and since < pause <= until else None  # a later pause is another gap's
    return rules.is_long_gap(since, until, person.every_days, excused)


def _describe_agreed_rhythm(person: Person) -> str:
    return f" (agreed: {describe_rhythm(person.every_days)})" if person.every_days else ""


def _list_goal_happenings(goal: Goal) -> Iterator[Happening]:
    """Yield what became of a goal: opened, rated, closed."""
    begin = (
        [f"from {_describe_goal_level(goal, goal.baseline)}"] if goal.baseline is not None else []
    )
    begin += (
        [f"target {_describe_goal_level(goal, goal.target)}"] if goal.target is not None else []
    )
    yield Happening(goal.opened_on, "Goal", goal.title, ", ".join(begin), goal.why)
    before: int | None = None
    for rating in goal.ratings:
        now = f"now {_describe_goal_level(goal, rating.value, _describe_rating_change(goal, rating.value, before))}"
        yield Happening(rating.on, "Goal rated", goal.title, now, _choose_rating_note(goal, rating))
        before = rating.value
    if goal.closed_on is not None and goal.status is not GoalStatus.OPEN:
        yield Happening(goal.closed_on, f"Goal {goal.status.value}", goal.title)


def _describe_rating_change(goal: Goal, value: int, before: int | None) -> str:
    """Return how a goal moved since the rating before it or, with the first, since it began."""
    if before is not None:
        return f", {describe_change(value - before)}"
    if goal.baseline is None:
        return ""
    by = value - goal.baseline
    return f", {describe_change(by)} from the start" if by else ", as at the start"


def _choose_rating_note(goal: Goal, rating: Rating) -> str | None:
    """Return what was noted with a rating, unless it is what its level says already."""
    level = goal.levels[rating.value + 2] if len(goal.levels) == 5 else ""
    if rating.note and fold_text(rating.note).rstrip(".") == fold_text(level).rstrip("."):
        return None
    return rating.note


def _describe_goal_level(goal: Goal, value: int, change_words: str = "") -> str:
    """Return a rating in words, with how it moved: `5 of 10, up 2`, `+1, up 1: what that is`."""
    if goal.scale is GoalScale.TEN:
        return f"{value} of 10{change_words}"
    words = f": {goal.levels[value + 2]}" if len(goal.levels) == 5 else ""
    return f"{value:+d}{change_words}{words}" if value else f"0{change_words}{words}"


def describe_history_extent(history: History) -> str:
    """Return how much there is to tell, and of which time."""
    held = [e.session for e in history.sessions if e.session.status is SessionStatus.HELD]
    words = format_count(len(held), "talk")
    if history.since is not None:
        words += f" since {dates.format_short_day(history.since)}"
        return f"{words}, {history.earlier} before that" if history.earlier else words
    if len(held) > 1:
        first, last = (dates.format_short_day(held[n].held_on) for n in (0, -1))
        words += f", {first} to {last}"
    return words


def describe_session_counts(history: History) -> str:
    """Return how many sessions a history holds: `24 talks and 1 cancelled`."""
    held = sum(told.session.status is SessionStatus.HELD for told in history.sessions)
    cancelled = len(history.sessions) - held
    return format_count(held, "talk") + (f" and {cancelled} cancelled" if cancelled else "")


def describe_session_facts(episode: Episode) -> str:
    """Return what else is known of a session: its number, minutes and tags."""
    session = episode.session
    minutes = [format_count(session.minutes, "minute")] if session.minutes else []
    return " · ".join([f"session {session.id}", *minutes, *session.tags])


def describe_cancellation(episode: Episode, them: str, me: str = "you") -> str:
    """Return by whom a talk was cancelled."""
    by = {"me": f" by {me}", "them": f" by {them}"}.get(episode.session.cancelled_by or "", "")
    return f"cancelled{by}"


def describe_measures(measures: Iterable[MeasureReading]) -> str:
    """Return what was measured and how it moved: `confidence 6 (up 2), progress 3`."""
    return " · ".join(map(_describe_measure, measures))


def _describe_measure(measure: MeasureReading) -> str:
    moved = (
        "" if measure.before is None else f" ({describe_change(measure.value - measure.before)})"
    )
    return f"{phrase_measure_name(measure.measure)} {measure.value}{moved}"


def describe_promise_fate(
    action: Action, today: date, *, years: bool = False
) -> tuple[Fate | None, str]:
    """Return what became of a promise, and that in words; `years` names this year as well."""
    found = rules.judge_fate(action, today)
    day = action.due if action.status is ActionStatus.OPEN else action.closed_on
    words = (
        _describe_open_promise(action, found, today)
        if action.status is ActionStatus.OPEN
        else _describe_ended_promise(found, action)
    )
    return (
        found,
        f"{words} {dates.format_short_day(day, None if years else today)}" if day else words,
    )


def _describe_open_promise(action: Action, fate: Fate | None, today: date) -> str:
    """Return how an open promise stands; the day that it is due follows, if there is one."""
    if action.due is None:
        return "open, no date"
    if action.due < today:
        return "overdue since"
    return "missed, now due" if fate is Fate.MISSED else "due"


def _describe_ended_promise(fate: Fate | None, action: Action) -> str:
    """Return how a promise ended; the day follows."""
    if action.status is ActionStatus.DROPPED:
        return _DROPPED_WORDS.get(fate, "missed: dropped after its date,")
    return _DONE_WORDS.get(fate, "kept late,")


def list_quoted_answers(episode: Episode, *, full: bool) -> Iterator[Answer]:
    """Yield the answers to quote; unless `full`, not those that stand among the measures."""
    return (a for a in episode.session.answers if full or not a.measure)


def list_session_promises(episode: Episode) -> list[Action]:
    """Return what was promised in a session, in the order it was."""
    return sorted(episode.session.actions, key=lambda action: action.id)


def describe_empty_history(history: History) -> str:
    """Return what to say when there is nothing to tell."""
    if history.since is not None and history.earlier:
        return f"Nothing since {dates.format_short_day(history.since)}."
    return f"No talks yet: coachlog session new {history.person.slug}"


def describe_promise_owner(action: Action, me: str) -> str:
    """Return who made a promise: me by that name, the other person, or the name given."""
    them = action.person.name if action.person else "They"
    return {"me": me, "them": them}.get(action.owner, action.owner)


def count_private_in_history(history: History) -> int:
    """Return how many private entries a history holds."""
    entries: list[Action | Answer | Goal] = [*history.actions, *history.goals]
    for episode in history.sessions:
        entries += [*episode.session.answers, *episode.session.actions]
    return disclosure.count_private_entries(entries)
