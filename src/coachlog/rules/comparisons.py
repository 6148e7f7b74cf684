"""Which days are compared, and whether promises were kept more often than before.

Pure functions: `today` is always an argument. docs/figures.md explains them.
"""

from datetime import date, timedelta

from coachlog.dates import add_months
from coachlog.model.comparisons import (
    ComparedDays,
    ShareChange,
    ShareComparison,
    TallyComparison,
)
from coachlog.model.progress import Share, Tally
from coachlog.rules.chance import compare_shares

MONTHS_IN_QUARTER = 3
_ONE_DAY = timedelta(days=1)
_CHANGES = {1: ShareChange.MORE, 0: ShareChange.UNCLEAR, -1: ShareChange.FEWER}


def find_compared_days(
    since: date | None, until: date | None, today: date
) -> ComparedDays | None:
    """Return the days of a period up to today, and as many days just before them.

    None for a period without a first day, or that begins after today.
    """
    last_day = min(until or today, today)
    if since is None or since > last_day:
        return None
    before_until = since - _ONE_DAY
    return ComparedDays(
        since, last_day, before_until - (last_day - since), before_until
    )


def find_compared_quarters(today: date) -> ComparedDays:
    """Return the last whole quarter of the calendar up to today, and the quarter before it."""
    # On the last day of a quarter it is whole: a promise due today counts today, as in any period.
    tomorrow = today + _ONE_DAY
    months_into_quarter = (tomorrow.month - 1) % MONTHS_IN_QUARTER
    end = add_months(tomorrow.replace(day=1), -months_into_quarter)
    since = add_months(end, -MONTHS_IN_QUARTER)
    before_since = add_months(since, -MONTHS_IN_QUARTER)
    return ComparedDays(since, end - _ONE_DAY, before_since, since - _ONE_DAY)


def compare_tallies(now: Tally, before: Tally) -> TallyComparison:
    """Return both ratios of an owner beside those of the same owner in the period before."""
    return TallyComparison(
        first_date=_compare_ratio(now.first_date, before.first_date),
        as_agreed=_compare_ratio(now.as_agreed, before.as_agreed),
    )


def _compare_ratio(now: Share, before: Share) -> ShareComparison:
    if not now.of or not before.of:
        return ShareComparison(now, before, None)
    return ShareComparison(now, before, _CHANGES[compare_shares(*now, *before)])
