"""When the next conversation is due, and how late it is."""

from datetime import date, timedelta

LONG_WITHOUT_RHYTHM = 60
"""Days without a talk that are worth a word when no rhythm was agreed."""


def find_next_talk(
    last_held: date | None, every_days: int | None, paused_until: date | None = None
) -> date | None:
    """Return the day the next conversation is due; None without a rhythm or a talk before.

    It is the last one held, or the end of a pause since, plus the rhythm agreed.
    """
    if last_held is None or every_days is None:
        return None
    return max(last_held, paused_until or last_held) + timedelta(days=every_days)


def judge_rhythm(
    last_held: date | None, every_days: int | None, today: date, paused_until: date | None = None
) -> str | None:
    """Return `in time`, `amber` (past the rhythm), `red` (past 1.5 times it) or `paused`.

    None without a rhythm. Someone with one who was never talked with is amber: the first talk is
    due. After a pause the days count from its end.
    """
    if paused_until is not None and today <= paused_until:
        return "paused"
    if every_days is None:
        return None
    if last_held is None:
        return "amber"
    gap = (today - max(last_held, paused_until or last_held)).days
    if gap > 1.5 * every_days:
        return "red"
    return "amber" if gap > every_days else "in time"


def is_long_gap(
    since: date, until: date, every_days: int | None, paused_until: date | None = None
) -> bool:
    """Return whether two talks lie too far apart: past 1.5 times the rhythm, or 60 days without.

    The days before the end of a pause do not count.
    """
    if paused_until is not None:
        since = max(since, min(paused_until, until))
    return (until - since).days > (1.5 * every_days if every_days else LONG_WITHOUT_RHYTHM)
