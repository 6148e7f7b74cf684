"""When the next conversation is due, and how late it is."""

from datetime import date, timedelta

LONG_WITHOUT_RHYTHM = 60
"""Days without a talk that are worth mentioning when no rhythm was agreed."""

FAR_TOO_LATE = 1.5
"""How many times the rhythm may pass before a talk is not merely late, but far too late."""


def find_next_talk(
    last_held: date | None, every_days: int | None, paused_until: date | None = None
) -> date | None:
    """Return the day the next conversation is due; None without a rhythm or an earlier talk.

    The rhythm counts from the last conversation held, or from the end of a pause since then.
    """
    if last_held is None or every_days is None:
        return None
    return _find_rhythm_start(last_held, paused_until) + timedelta(days=every_days)


def judge_rhythm(
    last_held: date | None, every_days: int | None, today: date, paused_until: date | None = None
) -> str | None:
    """Return `in time`, `amber` (past the rhythm), `red` (past 1.5 times the rhythm) or `paused`.

    None without a rhythm. Someone with a rhythm but no talk yet is amber, as the first one is due.
    After a pause, the days count from its end.
    """
    if paused_until is not None and today <= paused_until:
        return "paused"
    if every_days is None:
        return None
    if last_held is None:
        return "amber"
    days = (today - _find_rhythm_start(last_held, paused_until)).days
    if days > FAR_TOO_LATE * every_days:
        return "red"
    if days > every_days:
        return "amber"
    return "in time"


def _find_rhythm_start(last_held: date, paused_until: date | None) -> date:
    if paused_until is None:
        return last_held
    return max(last_held, paused_until)


def is_long_gap(
    since: date, until: date, every_days: int | None, paused_until: date | None = None
) -> bool:
    """Return whether two talks are too far apart: more than 1.5 times the rhythm.

    Without a rhythm, more than 60 days. The days before the end of a pause do not count.
    """
    if paused_until is not None:
        since = max(since, min(paused_until, until))
    limit = FAR_TOO_LATE * every_days if every_days else LONG_WITHOUT_RHYTHM
    return (until - since).days > limit
