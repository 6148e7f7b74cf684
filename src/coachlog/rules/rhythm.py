"""When the next conversation is due, and how late it is."""

from datetime import date, timedelta
from typing import Protocol

from coachlog.dates import add_months

LONG_WITHOUT_RHYTHM = 60
"""Days without a talk that are worth mentioning when no rhythm was agreed."""

FAR_TOO_LATE = 1.5
"""How many times the rhythm may pass, with its grace, before a talk is far too late."""

LEAST_GRACE_DAYS, GRACE_DIVISOR = 2, 7
"""A talk is not late for two days after it was due, or for a seventh of the rhythm if longer."""


class Rhythmic(Protocol):
    """Whatever has a rhythm: a person, a set, or a rhythm by itself."""

    @property
    def every_days(self) -> int | None: ...
    @property
    def every_months(self) -> int | None: ...


def has_rhythm(rhythm: Rhythmic) -> bool:
    """Return whether a rhythm was agreed at all."""
    return rhythm.every_days is not None or rhythm.every_months is not None


def find_next_talk(
    last_held: date | None, rhythm: Rhythmic, paused_until: date | None = None
) -> date | None:
    """Return the day the next conversation is due; None without a rhythm or an earlier talk.

    The rhythm counts from the last conversation held, or from the end of a pause since then.
    """
    if last_held is None or not has_rhythm(rhythm):
        return None
    return _add_rhythm(_find_rhythm_start(last_held, paused_until), rhythm)


def judge_rhythm(
    last_held: date | None,
    rhythm: Rhythmic,
    today: date,
    paused_until: date | None = None,
) -> str | None:
    """Return `in time`, `amber` (late), `red` (far too late) or `paused`; None without a rhythm.

    Late is past the rhythm and its grace, far too late past 1.5 times the rhythm and its grace
    (docs/figures.md). Someone with a rhythm but no talk yet is amber, as the first one is due.
    After a pause, the days count from its end.
    """
    if paused_until is not None and today <= paused_until:
        return "paused"
    if not has_rhythm(rhythm):
        return None
    if last_held is None:
        return "amber"
    start = _find_rhythm_start(last_held, paused_until)
    days = (today - start).days
    rhythm_days = _count_rhythm_days(start, rhythm)
    grace_days = compute_grace_days(rhythm_days)
    if days > FAR_TOO_LATE * rhythm_days + grace_days:
        return "red"
    if days > rhythm_days + grace_days:
        return "amber"
    return "in time"


def compute_grace_days(rhythm_days: int) -> float:
    """Return how many days past the rhythm a talk may be before it is late.

    They are two days or a seventh of the rhythm, whichever is more: a weekly 1:1 that moves from
    Monday to Wednesday is kept.
    """
    return max(LEAST_GRACE_DAYS, rhythm_days / GRACE_DIVISOR)


def count_days_late(
    last_held: date | None,
    rhythm: Rhythmic,
    today: date,
    paused_until: date | None = None,
) -> int | None:
    """Return how many days ago the next talk was due: 0 up to that day, None where none is due.

    The days of grace count: they only decide from when on a talk is called late.
    """
    next_day = find_next_talk(last_held, rhythm, paused_until)
    if next_day is None:
        return None
    return max(0, (today - next_day).days)


def _find_rhythm_start(last_held: date, paused_until: date | None) -> date:
    if paused_until is None:
        return last_held
    return max(last_held, paused_until)


def _add_rhythm(day: date, rhythm: Rhythmic) -> date:
    """Return the day one rhythm later; a month after 31 January is the last day of February."""
    if rhythm.every_months is not None:
        return add_months(day, rhythm.every_months)
    return day + timedelta(days=rhythm.every_days or 0)


def _count_rhythm_days(start: date, rhythm: Rhythmic) -> int:
    """Return the days of a rhythm that begins on a day: as many as its months have then."""
    return (_add_rhythm(start, rhythm) - start).days


def is_long_gap(
    since: date, until: date, rhythm: Rhythmic, paused_until: date | None = None
) -> bool:
    """Return whether two talks are too far apart: as far as makes a person red.

    Without a rhythm, more than 60 days. The days before the end of a pause do not count.
    """
    if paused_until is not None:
        since = max(since, min(paused_until, until))
    limit: float = LONG_WITHOUT_RHYTHM
    if has_rhythm(rhythm):
        rhythm_days = _count_rhythm_days(since, rhythm)
        limit = FAR_TOO_LATE * rhythm_days + compute_grace_days(rhythm_days)
    return (until - since).days > limit
