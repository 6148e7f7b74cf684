"""Promises kept in a period beside those of the period before.

In a module of its own because every command would pay for creating these classes.
"""

from datetime import date
from enum import StrEnum

from coachlog.model.progress import Share
from coachlog.model.references import PersonRef, SetRef
from coachlog.named_tuples import NamedTuple


class ShareChange(StrEnum):
    """How a share stands to the one before: `unclear` where chance could explain the difference."""

    MORE = "more"
    FEWER = "fewer"
    UNCLEAR = "unclear"


class ComparedDays(NamedTuple):
    """The first and last day of a period, and of the one just before it."""

    since: date
    until: date
    before_since: date
    before_until: date


class ShareComparison(NamedTuple):
    """A share in both periods; `change` is None where either is of none."""

    now: Share
    before: Share
    change: ShareChange | None


class TallyComparison(NamedTuple):
    """Both ratios of one owner in both periods."""

    first_date: ShareComparison
    as_agreed: ShareComparison


class PeriodComparison(NamedTuple):
    """The ratios of the owner and of everybody else in two periods.

    Those of all together are in `promises`, for a set only.
    """

    days: ComparedDays
    me: TallyComparison
    them: TallyComparison
    promises: TallyComparison | None = None


class ComparisonView(NamedTuple):
    """What `progress --compare` shows: of one person, of a set or, with neither, of everyone."""

    comparison: PeriodComparison
    person: PersonRef | None = None
    set: SetRef | None = None
