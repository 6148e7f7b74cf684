"""The numbers of one manager's quarter, worked out from what the journal holds of it.

docs/figures.md says what each of them means.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from coachlog.model.actions import Action, ActionStatus, EventKind, Fate
from coachlog.model.people import Direction
from coachlog.model.progress import Trend
from coachlog.named_tuples import NamedTuple
from coachlog.rules.caveats import count_days_past_first
from coachlog.rules.figures import compute_median
from coachlog.rules.programme_vector import (
    BUILTIN_TEMPLATES,
    OWN_TEMPLATE,
    judge_slip,
    name_template_indicator,
)
from coachlog.rules.promises import Judgement, judge_promise
from coachlog.rules.rhythm import Rhythmic, judge_rhythm

_WEEK = timedelta(days=7)
_DIRECTION_ENDINGS = {
    Direction.TEAM: "to_team",
    Direction.ACROSS: "across",
    Direction.UP: "upwards",
}
_FATE_PARTS = {
    Fate.KEPT: "kept",
    Fate.REAGREED: "kept_by_new_date",
    Fate.LATE: "not_kept",
    Fate.MISSED: "not_kept",
    # These count only where they were moved and their first date has passed.
    Fate.PENDING: "moved",
    Fate.RELEASED: "moved",
}
_STATUSES = {
    EventKind.DONE: ActionStatus.DONE,
    EventKind.DROPPED: ActionStatus.DROPPED,
    EventKind.REOPENED: ActionStatus.OPEN,
}
_MEASURE_INDICATORS = {
    "up": "measure_up",
    "down": "measure_down",
    "no clear change": "measure_same",
}


class DirectedPromise(NamedTuple):
    """A promise of the owner's, and in which direction it is; None in their own plan."""

    action: Action
    direction: Direction | None


class RhythmPerson(NamedTuple):
    """Somebody with a rhythm: since when they are known, and on which days they were talked with.

    `held_days` are in order. The rhythm and the pause are those of today.
    """

    rhythm: Rhythmic
    known_since: date
    held_days: Sequence[date]
    paused_until: date | None = None
    archived_on: date | None = None


def count_promise_parts(
    promises: Iterable[DirectedPromise], day: date
) -> dict[str, int]:
    """Return how many promises to others count in which part, and how far they slipped, by number.

    They count as they stood at the end of a day. A promise is in one part at most, and one of the
    owner's own plan in none.
    """
    counts: Counter[str] = Counter()
    days_past = []
    for promise, direction in promises:
        action = rewind_promise(promise, day)
        judgement = judge_promise(action, day)
        if direction is None or judgement is None or not _counts_in_part(judgement):
            continue
        counts[f"{_FATE_PARTS[judgement.fate]}_{_DIRECTION_ENDINGS[direction]}"] += 1
        days_past.append(count_days_past_first(action, day))
    if not days_past:
        return {}
    past_first = [days for days in days_past if days]
    slip = judge_slip(compute_median(past_first), len(past_first))
    return {**counts, "days_past_first_date": sum(past_first), slip: 1}


def rewind_promise(action: Action, day: date) -> Action:
    """Return a promise as it stood at the end of a day: without what happened to it later."""
    events = tuple(event for event in action.events if event.on <= day)
    if action.closed_on is not None and action.closed_on <= day:
        return action._replace(events=events)
    ends = [event for event in events if event.kind in _STATUSES]
    status = _STATUSES[ends[-1].kind] if ends else ActionStatus.OPEN
    ended_on = ends[-1].on if status is not ActionStatus.OPEN else None
    return action._replace(events=events, status=status, closed_on=ended_on)


def _counts_in_part(judgement: Judgement) -> bool:
    """Return whether a promise counts in either ratio."""
    is_waiting = judgement.fate in (Fate.PENDING, Fate.RELEASED)
    return judgement.counts_by_first_date or not is_waiting


def count_person_weeks(
    people: Iterable[RhythmPerson], since: date, until: date
) -> dict[str, int]:
    """Return how many weeks were on time and late: each week of each person with a rhythm.

    They are the weeks, Monday to Sunday, of which the Sunday is from `since` to `until`.
    """
    counts: Counter[str] = Counter()
    for person in people:
        for sunday in _list_sundays(since, until):
            light = _judge_week(person, sunday)
            if light is not None:
                number = "weeks_on_time" if light == "in time" else "weeks_late"
                counts[number] += 1
    return dict(counts)


def _list_sundays(since: date, until: date) -> Iterator[date]:
    day = since + timedelta(days=6 - since.weekday())
    while day <= until:
        yield day
        day += _WEEK


def _judge_week(person: RhythmPerson, sunday: date) -> str | None:
    """Return how late the next conversation was at the end of a week; None if that counts not.

    A week counts only for somebody known since before it, who was neither archived nor paused then.
    """
    monday = sunday - timedelta(days=6)
    has_left = person.archived_on is not None and person.archived_on <= sunday
    is_paused = person.paused_until is not None and person.paused_until >= monday
    if person.known_since >= monday or has_left or is_paused:
        return None
    count = bisect_right(person.held_days, sunday)
    last_held = person.held_days[count - 1] if count else person.known_since
    return judge_rhythm(last_held, person.rhythm, sunday, person.paused_until)


def list_measure_indicators(trends: Iterable[Trend]) -> dict[str, int]:
    """Return 1 for each direction in which any measure went, by the rule for trends."""
    return {
        _MEASURE_INDICATORS[trend.direction]: 1 for trend in trends if trend.direction
    }


def list_template_indicators(ids: Iterable[str]) -> dict[str, int]:
    """Return 1 for each built-in template that was used, and for all others together."""
    return {
        name_template_indicator(id) if id in BUILTIN_TEMPLATES else OWN_TEMPLATE: 1
        for id in ids
    }
