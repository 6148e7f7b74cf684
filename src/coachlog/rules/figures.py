"""What `progress` counts: promises by fate, time by person, trends, themes, months and gaps.

Pure functions: `today` is always an argument. docs/figures.md explains each figure.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from coachlog.model import Action, Fate, PersonRef
from coachlog.model.progress import (
    DayFigures,
    DecidedPromise,
    MonthFigures,
    Tally,
    Theme,
    TimeComparison,
    TimeShare,
    Trend,
    TrendPoint,
)
from coachlog.names import build_sort_key
from coachlog.rules.promises import (
    DECIDED_FATES,
    Judgement,
    correct_judgement,
    find_corrected_fate,
    find_correction,
    find_owner_at_first_date,
    judge_promise,
)
from coachlog.rules.rhythm import (
    Rhythmic,
    compute_grace_days,
    has_rhythm,
    is_long_gap,
)

FAIRNESS_DAYS = 90
DAYS_OF_A_MONTH = 30
"""90 days are three months, when a rhythm in months is counted in them."""

FEWEST_FOR_CHANGE = 6
"""How many values a measure must have before a change in it is spoken of."""

FEWEST_PEERS = 3
"""How many people of one relationship it takes to say what is usual."""


def tally_fates(actions: Iterable[Action], today: date) -> Tally:
    """Return how many of these promises met which fate, as of `today`.

    Actions that never had a date are not counted.
    """
    judgements = (judge_promise(action, today) for action in actions)
    return count_fates(judgement for judgement in judgements if judgement is not None)


def count_fates(judgements: Iterable[Judgement]) -> Tally:
    """Return how often each fate comes up, and how many passed their first date undecided."""
    return build_tally(Counter(judgements))


def build_tally(counts: Mapping[Judgement, int]) -> Tally:
    """Return the tally of promises, given how many were judged in which way."""
    fate_counts: Counter[str] = Counter()
    past_first: Counter[Fate] = Counter()
    for (fate, counts_by_first_date), count in counts.items():
        fate_counts[fate.value] += count
        if counts_by_first_date and fate not in DECIDED_FATES:
            past_first[fate] += count
    return Tally(
        **fate_counts,
        pending_past_first=past_first[Fate.PENDING],
        released_past_first=past_first[Fate.RELEASED],
    )


def is_due_within(action: Action, since: date | None, until: date | None) -> bool:
    """Return whether a promise was first due in a period, both days included.

    True for every promise when neither day is given; otherwise False for one without a date.
    """
    if action.original_due is None:
        return since is None and until is None
    return (since or date.min) <= action.original_due <= (until or date.max)


def adjust_tally(
    tally: Tally, actions: Iterable[Action], today: date
) -> tuple[Tally | None, date | None]:
    """Return the tally with corrected fates in place of those on record.

    With it comes the day of the last correction; (None, None) if none makes a difference. `actions`
    may be any of those in the tally, as long as all that were corrected are among them.
    """
    recorded, corrected = [], []
    correction_days = []
    for action in actions:
        correction = find_correction(action)
        judgement = judge_promise(action, today)
        if correction is None or judgement is None:
            continue
        standing_judgement = correct_judgement(judgement, correction.fate)
        if standing_judgement != judgement:
            recorded.append(judgement)
            corrected.append(standing_judgement)
            correction_days.append(correction.on)
    if not correction_days:
        return None, None
    changes = zip(tally, count_fates(recorded), count_fates(corrected), strict=True)
    counts = [count - before + after for count, before, after in changes]
    return Tally(*counts), max(correction_days)


def build_ledger_entry(action: Action, today: date) -> DecidedPromise | None:
    """Return a promise with how it counts; None if it is in no ratio, as recorded or corrected.

    None also for one that was neither the owner's nor the other person's on its first date.
    """
    owner = find_owner_at_first_date(action)
    judgement = judge_promise(action, today)
    if owner not in ("me", "them") or judgement is None:
        return None
    standing_judgement = judgement
    # Only the owner of the journal reviews, and so corrects, what is on record.
    if owner == "me":
        standing_judgement = correct_judgement(judgement, find_corrected_fate(action))
    if not (_counts_in_ratios(judgement) or _counts_in_ratios(standing_judgement)):
        return None
    return DecidedPromise(action, *judgement)


def _counts_in_ratios(judgement: Judgement) -> bool:
    return judgement.counts_by_first_date or judgement.fate in DECIDED_FATES


def rank_ledger_entry(entry: DecidedPromise) -> tuple[str, date, int]:
    """Return the rank of a promise in the ledger: the owner's first, then by first date."""
    action = entry.action
    return find_owner_at_first_date(action), action.original_due or date.max, action.id


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


def compute_median(numbers: Sequence[float]) -> float:
    """Return the middle number, or the mean of the two in the middle; 0 for no numbers."""
    # Not `statistics.median`: that module takes as long to import as Python takes to start.
    if not numbers:
        return 0
    ordered = sorted(numbers)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


MeasureValue = tuple[str, PersonRef | None, int, int, TrendPoint]
"""A measure, the person it was asked about, the ends of its range, and a value with its day."""

_TrendKey = tuple[str, PersonRef | None, int, int]
"""What has a trend of its own: a measure, a person, and the ends of the range."""


def build_trends(values: Iterable[MeasureValue]) -> tuple[Trend, ...]:
    """Return one trend for each measure, person and range, as values of two ranges never mix.

    They are in order of measure and name; values recorded alone come first.
    """
    points_by_key: dict[_TrendKey, list[TrendPoint]] = {}
    for measure, person, low, high, point in values:
        points_by_key.setdefault((measure, person, low, high), []).append(point)
    keys = sorted(points_by_key, key=_rank_trend_key)
    return tuple(build_trend(*key, points_by_key[key]) for key in keys)


def _rank_trend_key(trend_key: _TrendKey) -> tuple[object, ...]:
    measure, person, low, high = trend_key
    if person is None:
        return measure, "", 0, low, high
    return measure, build_sort_key(person.name), person.id, low, high


def build_trend(
    measure: str,
    person: PersonRef | None,
    low: int,
    high: int,
    points: Iterable[TrendPoint],
) -> Trend:
    """Return the trend of one or more values, by day; values of the same day keep their order."""
    ordered = tuple(sorted(points, key=lambda point: point.on))
    first, latest = ordered[0].value, ordered[-1].value
    trend = Trend(
        measure=measure,
        person=person,
        low=low,
        high=high,
        first=first,
        latest=latest,
        change=latest - first if len(ordered) > 1 else None,
        n=len(ordered),
        points=ordered,
    )
    if trend.n < FEWEST_FOR_CHANGE:
        return trend
    # Three values on either side: one good or bad day decides nothing.
    median_first, median_last = (
        int(compute_median([point.value for point in part]))
        for part in (ordered[:3], ordered[-3:])
    )
    return trend._replace(
        median_first=median_first,
        median_last=median_last,
        direction=judge_direction(median_last - median_first, low, high),
    )


def judge_direction(change: int, low: int, high: int) -> str:
    """Return `up` or `down`, or `no clear change` below 3 on a range from 1 to 10.

    On other ranges that is three tenths of the range.
    """
    if 10 * abs(change) < 3 * (high - low) or not change:
        return "no clear change"
    return "up" if change > 0 else "down"


def count_themes(tag_lists: Sequence[Iterable[str]]) -> tuple[Theme, ...]:
    """Return each tag with the number of sessions that carry it, most used first, then by name.

    There is one list of tags for each session.
    """
    counts: Counter[str] = Counter()
    for tags in tag_lists:
        counts.update(set(tags))
    ordered_tags = sorted(counts, key=lambda tag: (-counts[tag], tag))
    return tuple(Theme(tag, counts[tag], len(tag_lists)) for tag in ordered_tags)


def sum_up_months(
    days: Iterable[DayFigures], since: date, until: date
) -> tuple[MonthFigures, ...]:
    """Return every month from `since` to `until`, with the totals of its days in that period.

    Months without a conversation are among them.
    """
    months = {name: MonthFigures(name) for name in _list_month_names(since, until)}
    for day in days:
        if since <= day.date <= until:
            name = _format_month_name(day.date.year, day.date.month)
            month = months[name]
            sessions = month.sessions + day.sessions
            noted = month.minutes_noted + day.minutes_noted
            months[name] = MonthFigures(
                month=name,
                sessions=sessions,
                minutes=sum_up_minutes(sessions, noted, (month.minutes, day.minutes)),
                cancelled_by_me=month.cancelled_by_me + day.cancelled_by_me,
                cancelled_by_them=month.cancelled_by_them + day.cancelled_by_them,
                minutes_noted=noted,
            )
    return tuple(months.values())


def sum_up_minutes(
    sessions: int, noted: int, parts: Iterable[int | None]
) -> int | None:
    """Return the sum of the minutes known; None if there were sessions and none has any noted.

    Minutes that nobody noted are unknown, not 0.
    """
    if sessions and not noted:
        return None
    return sum(filter(None, parts))


def _list_month_names(since: date, until: date) -> list[str]:
    names = []
    year, month = since.year, since.month
    while (year, month) <= (until.year, until.month):
        names.append(_format_month_name(year, month))
        month += 1
        if month > 12:
            year, month = year + 1, 1
    return names


def _format_month_name(year: int, month: int) -> str:
    """Return `2026-11`."""
    return f"{year:04}-{month:02}"


def resolve_figures_period(
    since: date | None,
    until: date | None,
    today: date,
    *,
    first_held: date | None,
    last_held: date | None,
) -> tuple[date, date]:
    """Return the first and last day that the bars, the calendar and their captions cover.

    With neither day given, that is the last twelve calendar months, this one included. Without
    `since`, the period begins with the first conversation on record. It never goes beyond today, as
    nobody has missed a week that is still to come, unless `last_held` does.
    """
    # After a flight west, a conversation of this morning can be dated tomorrow.
    latest_day = max(today, last_held or today)
    if since is None and until is None:
        return _find_first_of_twelve_months(today), latest_day
    last = min(until or latest_day, latest_day)
    if since is None:
        since = min(first_held or last, last)
    return since, last


def _find_first_of_twelve_months(today: date) -> date:
    if today.month == 12:
        return date(today.year, 1, 1)
    return date(today.year - 1, today.month + 1, 1)


def count_weeks_without_talk(
    days: Iterable[DayFigures], since: date, until: date
) -> int:
    """Return how many whole weeks, Monday to Sunday, from `since` to `until` had no talk held.

    A session alone is none.
    """
    first_monday = since + timedelta(days=-since.weekday() % 7)
    week_count = ((until - first_monday).days + 1) // 7
    weeks_with_talk = {
        (day.date - first_monday).days // 7 for day in days if day.sessions > day.alone
    }
    return sum(week not in weeks_with_talk for week in range(week_count))


def count_long_gaps(
    days: Iterable[DayFigures],
    until: date,
    rhythm: Rhythmic,
    paused_until: date | None = None,
    *,
    held_before: date | None = None,
) -> int:
    """Return how many gaps between talks were so long that they made a person red.

    The last talk before these days, `held_before`, opens the first of the gaps, and the wait since
    the last talk, until `until`, is one as well. A pause is excused only in the gap in which it
    ended, or in that last wait.
    """
    days_with_talk = [day.date for day in days if day.sessions]
    if held_before is not None:
        days_with_talk.insert(0, held_before)
    if not days_with_talk:
        return 0
    count = int(is_long_gap(days_with_talk[-1], until, rhythm, paused_until))
    for start, end in pairwise(days_with_talk):
        # Only the latest pause is on record; if it ended after this gap, it excuses nothing.
        has_ended = paused_until is not None and paused_until <= end
        count += is_long_gap(start, end, rhythm, paused_until if has_ended else None)
    return count
