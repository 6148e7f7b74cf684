"""Whether people had as much time as was agreed with them, or as is usual for others."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from coachlog.model.progress import TimeComparison, TimeShare
from coachlog.rules.figures import compute_median
from coachlog.rules.rhythm import Rhythmic, compute_grace_days, has_rhythm

FAIRNESS_DAYS = 90
DAYS_OF_A_MONTH = 30
"""90 days are three months, when a rhythm in months is counted in them."""
FEWEST_PEERS = 3
"""How many people of one relationship it takes to say what is usual."""


def compare_time_shares(
    shares: Iterable[TimeShare], today: date
) -> dict[int, TimeComparison]:
    """Return, by person, their time of the last 90 days beside what was agreed or is usual.

    Agreed is what the rhythm comes to. Without a rhythm, usual is the median over everyone with the
    same relationship and no rhythm, if there are three. People known for less than 90 days, paused
    within them or met only in sets are left out (docs/figures.md).
    """
    since = today - timedelta(days=FAIRNESS_DAYS)
    comparisons: dict[int, TimeComparison] = {}
    peers_by_relationship: dict[str, list[TimeShare]] = {}
    for share in shares:
        if not _is_comparable(share, since):
            continue
        if has_rhythm(share):
            comparisons[share.person_id] = _compare_with_rhythm(share)
        else:
            peers_by_relationship.setdefault(share.relationship, []).append(share)
    for peers in peers_by_relationship.values():
        comparisons |= _compare_peers(peers)
    return comparisons


def _is_comparable(share: TimeShare, since: date) -> bool:
    # Somebody who was away could not have had the usual time.
    was_paused = share.paused_until is not None and share.paused_until > since
    return share.known_since <= since and not was_paused and not share.only_in_sets


def count_agreed_talks(rhythm: Rhythmic) -> int | None:
    """Return how many whole rhythms there are in 90 days; None without a rhythm.

    A month counts as 30 days. None as well for a rhythm that lets 90 days go by, with its grace,
    without a talk being late: nobody who is in time may be said to have had too little.
    """
    rhythm_days = rhythm.every_days or DAYS_OF_A_MONTH * (rhythm.every_months or 0)
    if not rhythm_days:
        return None
    if rhythm_days + compute_grace_days(rhythm_days) > FAIRNESS_DAYS:
        return None
    return FAIRNESS_DAYS // rhythm_days


def _compare_with_rhythm(share: TimeShare) -> TimeComparison:
    agreed = count_agreed_talks(share)
    return TimeComparison(
        sessions=share.sessions,
        usual_sessions=agreed,
        basis=None if agreed is None else "rhythm",
        minutes=share.minutes,
    )


def _compare_peers(peers: Sequence[TimeShare]) -> dict[int, TimeComparison]:
    """Return, by person, their time beside the median of these, or alone if they are too few."""
    usual_sessions = _find_usual([share.sessions for share in peers])
    usual_minutes = _find_usual_minutes(peers)
    comparisons = {}
    for share in peers:
        has_noted = share.sessions > 0 and share.minutes is not None
        comparisons[share.person_id] = TimeComparison(
            sessions=share.sessions,
            usual_sessions=usual_sessions,
            basis=None if usual_sessions is None else "relationship",
            minutes=share.minutes,
            usual_minutes=usual_minutes if has_noted else None,
        )
    return comparisons


def _find_usual_minutes(peers: Sequence[TimeShare]) -> float | None:
    """Return the median of the minutes known; None unless three people had theirs noted."""
    minutes = [share.minutes for share in peers if share.minutes is not None]
    # Whoever had no talk had 0 minutes, but noted none: three of those are no sample.
    no_talk_count = sum(share.sessions == 0 for share in peers)
    if len(minutes) - no_talk_count < FEWEST_PEERS:
        return None
    return compute_median(minutes)


def _find_usual(numbers: Sequence[int]) -> float | None:
    """Return the median of three numbers or more; None of fewer, where it is somebody's own."""
    if len(numbers) < FEWEST_PEERS:
        return None
    return compute_median(numbers)
