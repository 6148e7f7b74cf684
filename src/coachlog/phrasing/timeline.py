"""A history in order and in words, for both the screen and the page; without Rich."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from coachlog.dates import format_short_day
from coachlog.model.actions import Action, ActionStatus, Fate
from coachlog.model.goals import Goal, GoalScale, GoalStatus, Rating
from coachlog.model.history import Episode, History
from coachlog.model.measures import MeasureReading
from coachlog.model.people import Person
from coachlog.model.sessions import Answer, Session, SessionStatus
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.company import describe_company
from coachlog.phrasing.values import (
    describe_change,
    describe_rhythm,
    describe_span,
    format_level,
    phrase_measure_name,
)
from coachlog.rules.disclosure import count_private_entries
from coachlog.rules.promises import (
    find_last_day,
    find_promise_day,
    is_overdue,
    judge_fate,
)
from coachlog.rules.rhythm import has_rhythm, is_long_gap
from coachlog.text import fold_text, format_count


class TimelineYear(NamedTuple):
    """A heading: the parts after it belong to this year."""

    year: int


class TimelineGap(NamedTuple):
    """A long time without a conversation, in words."""

    words: str


class Happening(NamedTuple):
    """Something that happened between talks: what it was, its title, details and a note."""

    on: date
    label: str
    title: str
    facts: str = ""
    note: str | None = None
    private: bool = False


class TimelinePromise(NamedTuple):
    """A promise made between talks."""

    on: date
    action: Action


_DROPPED_WORDS = {None: "dropped", Fate.RELEASED: "dropped in time,"}
_DONE_WORDS = {
    None: "done",
    Fate.KEPT: "kept on time,",
    Fate.REAGREED: "kept by the new date,",
}

TimelinePart = TimelineYear | TimelineGap | Happening | TimelinePromise | Episode
DatedPart = Happening | TimelinePromise | Episode


def build_timeline_parts(history: History, today: date) -> Iterator[TimelinePart]:
    """Yield the parts of a history, oldest first, with each year and each long gap in between."""
    year = None
    for part in sorted(_list_dated_parts(history), key=_rank_dated_part):
        day = _find_part_day(part)
        if day.year != year:
            year = day.year
            yield TimelineYear(year)
        if isinstance(part, Episode):
            yield from _find_gap_before(part, history.person)
        yield part
    yield from _find_gap_until_today(history, today)


def _rank_dated_part(part: DatedPart) -> tuple[date, bool]:
    """Return the rank of a part: by day, with talks first on the same day."""
    return _find_part_day(part), not isinstance(part, Episode)


def _find_part_day(part: DatedPart) -> date:
    if isinstance(part, Episode):
        return part.session.held_on
    return part.on


def _list_dated_parts(history: History) -> Iterator[DatedPart]:
    yield from history.sessions
    since = history.since or date.min
    for goal in history.goals:
        for happening in _list_goal_happenings(goal):
            if happening.on >= since:
                yield happening._replace(private=goal.private)
    for action in history.actions:
        yield TimelinePromise(find_promise_day(action), action)


def _find_gap_before(episode: Episode, person: Person) -> Iterator[TimelineGap]:
    if episode.gap_days is None:
        return
    day = episode.session.held_on
    previous_day = day - timedelta(days=episode.gap_days)
    if _is_long_silence(previous_day, day, person):
        span = describe_span(episode.gap_days)
        yield TimelineGap(
            f"{span} without a conversation{_describe_agreed_rhythm(person)}"
        )


def _find_gap_until_today(history: History, today: date) -> Iterator[TimelineGap]:
    """Yield the pause under way, or how long ago the last talk was if that is long."""
    person = history.person
    if person.paused_until and person.paused_until >= today:
        yield TimelineGap(f"paused until {format_short_day(person.paused_until)}")
        return
    if history.last_held is None or person.archived:
        return
    if _is_long_silence(history.last_held, today, person):
        span = describe_span((today - history.last_held).days)
        yield TimelineGap(
            f"{span} without a conversation, up to today{_describe_agreed_rhythm(person)}"
        )


def _is_long_silence(since: date, until: date, person: Person) -> bool:
    pause = person.paused_until
    # Only the latest pause is on record; if it ended after this gap, it excuses nothing.
    if pause is not None and until < pause:
        pause = None
    return is_long_gap(since, until, person, pause)


def _describe_agreed_rhythm(person: Person) -> str:
    if not has_rhythm(person):
        return ""
    return f" (agreed: {describe_rhythm(person)})"


def _list_goal_happenings(goal: Goal) -> Iterator[Happening]:
    """Yield what happened to a goal: how it started, its ratings, how it was closed."""
    start = []
    if goal.baseline is not None:
        start.append(f"started at {_describe_goal_level(goal, goal.baseline)}")
    if goal.target is not None:
        start.append(f"target {_describe_goal_level(goal, goal.target)}")
    if start and goal.scale is not GoalScale.TEN:
        start.append("on a scale from -2 to +2")
    yield Happening(
        goal.opened_on, "Goal", goal.title, facts=", ".join(start), note=goal.why
    )

    previous_value: int | None = None
    for rating in goal.ratings:
        change = _describe_rating_change(goal, rating.value, previous_value)
        facts = f"now {_describe_goal_level(goal, rating.value, change)}"
        note = _choose_rating_note(goal, rating)
        yield Happening(rating.on, "Goal rated", goal.title, facts=facts, note=note)
        previous_value = rating.value

    if goal.closed_on is not None and goal.status is not GoalStatus.OPEN:
        yield Happening(goal.closed_on, f"Goal {goal.status.value}", goal.title)


def _describe_rating_change(goal: Goal, value: int, previous_value: int | None) -> str:
    """Return how a goal has moved since the last rating, or since its start for the first one."""
    if previous_value is not None:
        return f", {describe_change(value - previous_value)}"
    if goal.baseline is None:
        return ""
    if value == goal.baseline:
        return ", no change from the start"
    return f", {describe_change(value - goal.baseline)} from the start"


def _choose_rating_note(goal: Goal, rating: Rating) -> str | None:
    """Return the note of a rating, or None if it only repeats the description of its level."""
    if rating.note is None or len(goal.levels) != 5:
        return rating.note
    level = goal.levels[rating.value + 2]
    if fold_text(rating.note).rstrip(".") == fold_text(level).rstrip("."):
        return None
    return rating.note


def _describe_goal_level(goal: Goal, value: int, change: str = "") -> str:
    """Return a rating and how it moved: `5 of 10, up 2`, or `+1, up 1: what that level means`."""
    if goal.scale is GoalScale.TEN:
        return f"{value} of 10{change}"
    number = format_level(value, -2)
    if len(goal.levels) == 5:
        return f"{number}{change}: {goal.levels[value + 2]}"
    return f"{number}{change}"


def describe_history_extent(history: History) -> str:
    """Return how many talks a history has, and of when: `3 conversations since Sat 10 Jan 2026`."""
    talks = _list_talks(history)
    words = format_count(len(talks), "conversation")
    if history.since is not None:
        words += f" since {format_short_day(history.since)}"
        if history.earlier:
            words += f", {history.earlier} before that"
    elif len(talks) > 1:
        first_day = format_short_day(talks[0].held_on)
        last_day = format_short_day(talks[-1].held_on)
        words += f", {first_day} to {last_day}"
    return words


def _list_talks(history: History) -> list[Session]:
    """Return the sessions of a history that were held, not cancelled."""
    sessions = [episode.session for episode in history.sessions]
    return [session for session in sessions if session.status is SessionStatus.HELD]


def describe_session_counts(history: History) -> str:
    """Return how many sessions a history has: `24 conversations and 1 cancelled`."""
    talk_count = len(_list_talks(history))
    words = format_count(talk_count, "conversation")
    cancelled_count = len(history.sessions) - talk_count
    if cancelled_count:
        words += f" and {cancelled_count} cancelled"
    return words


def describe_session_facts(episode: Episode, person: Person) -> str:
    """Return the number, length and tags of a session: `conversation 3 · 40 minutes · handover`.

    Where a third person was there, they are named as well.
    """
    session = episode.session
    facts = [f"conversation {session.id}"]
    company = describe_company(session, person.id)
    if company:
        facts.append(company)
    if session.minutes:
        facts.append(format_count(session.minutes, "minute"))
    return " · ".join([*facts, *session.tags])


def describe_cancellation(episode: Episode, them: str, me: str = "you") -> str:
    """Return that a talk was cancelled and, where that is on record, by whom."""
    names = {"me": me, "them": them}
    cancelled_by = episode.session.cancelled_by
    if cancelled_by in names:
        return f"cancelled by {names[cancelled_by]}"
    return "cancelled"


def describe_measures(measures: Iterable[MeasureReading]) -> str:
    """Return what was measured, and what it was before: `confidence 6 (was 4) · progress 3`."""
    phrases = []
    for measure in measures:
        words = f"{phrase_measure_name(measure.measure)} {measure.value}"
        if measure.before is not None:
            day = ", the same day" if measure.before_on == measure.on else ""
            words += f" (was {measure.before}{day})"
        phrases.append(words)
    return " · ".join(phrases)


def describe_promise_fate(
    action: Action, today: date, *, years: bool = False
) -> tuple[Fate | None, str]:
    """Return the fate of a promise, None if it never had a date, and how it stands in words.

    With `years`, dates of this year have their year as well.
    """
    fate = judge_fate(action, today)
    if action.status is ActionStatus.OPEN:
        day = find_last_day(action) if is_overdue(action, today) else action.due
        words = _describe_open_promise(action, fate, today)
    else:
        day = action.closed_on
        words = _describe_ended_promise(fate, action)
    if day is not None:
        words = f"{words} {format_short_day(day, None if years else today)}"
    return fate, words


def _describe_open_promise(action: Action, fate: Fate | None, today: date) -> str:
    """Return how an open promise stands, to be followed by its due date if it has one."""
    if action.due is None:
        return "open, no date"
    if is_overdue(action, today):
        return "overdue since"
    if fate is Fate.MISSED:
        return "missed, now due"
    return "due"


def _describe_ended_promise(fate: Fate | None, action: Action) -> str:
    """Return how a promise ended, to be followed by the day it did."""
    if action.status is ActionStatus.DROPPED:
        return _DROPPED_WORDS.get(fate, "missed: dropped after its date,")
    return _DONE_WORDS.get(fate, "kept late,")


def list_quoted_answers(episode: Episode, *, full: bool) -> Sequence[Answer]:
    """Return the answers to quote; unless `full`, without those already among the measures."""
    answers = episode.session.answers
    if full:
        return answers
    return [answer for answer in answers if not answer.measure]


def list_session_promises(episode: Episode) -> list[Action]:
    """Return the promises made in a session, in the order they were made."""
    return sorted(episode.session.actions, key=lambda action: action.id)


def describe_empty_history(history: History) -> str:
    """Return what to show for a history without any parts, below its count of conversations."""
    if history.since is not None and history.earlier:
        return f"Nothing since {format_short_day(history.since)}."
    return f"To record one: coachlog log {history.person.slug}"


def count_private_in_history(history: History) -> int:
    """Return how many answers, promises and goals of a history are private or about health."""
    entries: list[Action | Answer | Goal] = [*history.actions, *history.goals]
    for episode in history.sessions:
        entries += [*episode.session.answers, *episode.session.actions]
    return count_private_entries(entries)
