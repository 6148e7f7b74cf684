"""Queries of how promises were kept: fates, corrections, directions, slips, and what to know.

Fates are counted in SQL, which agrees with `judge_promise` (a test proves it). Only promises
to which something happened later (moved, reopened, corrected, handed over) are read one by one,
with their events.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from coachlog.model.actions import Action, Fate
from coachlog.model.people import Person, Relationship
from coachlog.model.progress import Caveats, DirectionTally, Slips, Tally
from coachlog.named_tuples import NamedTuple
from coachlog.rules import caveats, promise_counts, promise_sides, tallies
from coachlog.rules.promise_counts import (
    AlikePromises,
    PersonPromises,
    PromiseCounter,
    PromiseCounts,
    PromiseState,
)
from coachlog.rules.promise_sides import PromiseParties
from coachlog.rules.promises import (
    Judgement,
    find_owner_at_first_date,
    is_overdue,
    judge_promise,
)
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import (
    ACTION_READER,
    SELECT_ACTIONS,
    split_actions,
)
from coachlog.store.reading.row_filters import (
    ACTION_WITH_PERSON,
    CLOSED_ACTION,
    COUNTED_SIDE,
    LIVE_ACTION,
    LIVE_SESSION,
    OPEN_ACTION,
    SESSION_OUTSIDE_SETS,
)

_CLOSED_LATE = "coalesce(closed_on, :today) > original_due"
_LAST_DAYS = {
    f"{CLOSED_ACTION} AND action.status = 'done'": "coalesce(closed_on, :today)",
    "action.status = 'open'": ":today",
}
"""Until which day promises went past their first date. Each condition has an index of its own.

It is compared with +original_due, or SQLite would take the index of that.
"""

_IS_LATER_EVENT = (
    "(later.kind IN ('moved', 'corrected', 'reopened') OR later.old_owner IS NOT NULL)"
)
"""Events that decide fates or caveats; there is an index of them, with what is read here."""

_HAS_LATER_EVENTS = f"""EXISTS (
    SELECT 1 FROM action_event AS later
    WHERE later.action_id = action.id AND {_IS_LATER_EVENT})"""

_MOVED_ONCE = f"""
event_count = 1 AND later.kind = 'moved' AND later.old_owner IS NULL
AND coalesce(later.recorded_on, later."on") <= later."on"
AND original_due IS NOT NULL AND closed_on IS NOT NULL AND {CLOSED_ACTION}
AND NOT EXISTS (SELECT 1 FROM session_person WHERE session_id = action.session_id)
AND NOT EXISTS (
    SELECT 1 FROM action_event AS undated
    WHERE undated.action_id = action.id AND undated.kind = 'made' AND undated.due IS NULL)
AND NOT EXISTS (
    SELECT 1 FROM action_event AS record WHERE record.action_id = action.id
    AND record.recorded_on > record."on" AND record.kind IN ('done', 'dropped'))"""
"""Closed promises to which nothing happened but one move, and all of it recorded on its day.

How they count depends on whose they are and on the order of their days (`_ORDER_OF_DAYS`), so that
one of those alike is judged for them all. Most promises that were ever moved are such.
"""

# A list, as there are far fewer of them than of dates that were moved.
_UNSHARED_SESSIONS = f"""
SELECT session.id FROM session WHERE deleted_at IS NOT NULL
UNION ALL
SELECT session.id FROM session
WHERE person_id IS NULL AND {LIVE_SESSION} AND {SESSION_OUTSIDE_SETS}"""

_ORDER_OF_DAYS = f"""
closed_on > original_due, later."on" > original_due, later.due > original_due,
closed_on > later.due, later.session_id IS NULL OR later.session_id IN ({_UNSHARED_SESSIONS})"""
"""Which of the days of a promise moved once came first, and whether it was moved by one alone."""

_UNCOUNTED = {
    "without_date": f"{{first_date}} IS NULL AND {LIVE_ACTION}",
    "hidden": "{first_date} IS NOT NULL AND action.deleted_at IS NOT NULL",
}
"""The promises that are in no ratio, by the name of the caveat that counts them."""

_PLAIN_JUDGEMENTS = {
    ("done", False): Judgement(Fate.KEPT, True),
    ("done", True): Judgement(Fate.LATE, True),
    ("dropped", False): Judgement(Fate.RELEASED, False),
    ("dropped", True): Judgement(Fate.MISSED, True),
    ("open", False): Judgement(Fate.PENDING, False),
    ("open", True): Judgement(Fate.MISSED, True),
}
"""How a promise that was never moved counts: by its status, and whether its first date came first.

As `judge_promise` says; a test proves it.
"""

Threes = Mapping[int, Mapping[str, int]]
"""The two others in each conversation of three, by name, the first of them first."""

_DAY_MADE = """
(SELECT making."on" FROM action_event AS making
 WHERE making.action_id = action.id AND making.kind = 'made' ORDER BY making.id LIMIT 1)
"""


class PromiseScope(NamedTuple):
    """Which promises count: of one person, of a set (by number) or all, in a period or ever."""

    today: date
    person: Person | None = None
    since: date | None = None
    until: date | None = None
    set: int | None = None

    @property
    def values(self) -> dict[str, object]:
        """Return the parameters of the conditions."""
        return {
            "today": self.today.isoformat(),
            "person": self.person_id,
            "since": (self.since or date.min).isoformat(),
            "until": (self.until or date.max).isoformat(),
            "set": self.set,
        }

    @property
    def plan_condition(self) -> str:
        """Return the condition that a promise is of the person or the set, if one is named."""
        if self.set is not None:
            return "action.id IN (SELECT action_id FROM set_action WHERE set_id = :set)"
        return ACTION_WITH_PERSON.format(person=":person") if self.person else "1"

    @property
    def first_date(self) -> str:
        """Return the column of the first date, by which promises are found only if all count."""
        is_narrow = self.person is not None or self.set is not None
        # With a plus, SQLite does not look for it in an index.
        return "+action.original_due" if is_narrow else "action.original_due"

    @property
    def person_id(self) -> int | None:
        """Return the number of the person, if one is named."""
        return self.person.id if self.person else None

    @property
    def period_condition(self) -> str:
        """Return the condition that a promise was first due in the period, if there is one."""
        if self.since is None and self.until is None:
            return "1"
        return "action.original_due BETWEEN :since AND :until"

    @property
    def event_condition(self) -> str:
        """Return the condition that an event is of one of these promises, unless all count."""
        conditions = {self.plan_condition, self.period_condition} - {"1"}
        if not conditions:
            return "1"
        # Their numbers first: or else SQLite looks through all events.
        return f"action_id IN (SELECT id FROM action WHERE {' AND '.join(sorted(conditions))})"

    @property
    def counted_condition(self) -> str:
        """Return the condition that a promise was first due in the period, or is open now."""
        if self.since is None and self.until is None:
            return "1"
        # Their numbers first: or else SQLite looks through all promises in the order of people.
        return f"""action.id IN (
            SELECT id FROM action WHERE {self.period_condition}
            UNION ALL SELECT id FROM action WHERE {OPEN_ACTION})"""

    @property
    def uncounted_condition(self) -> str:
        """Return the condition that a promise was made in the period if it never had a date."""
        if self.since is None and self.until is None:
            return "1"
        return f"coalesce(action.original_due, {_DAY_MADE}, '{date.min}') BETWEEN :since AND :until"


class EventfulPromise(NamedTuple):
    """A promise to which something happened later, with who has a part in it.

    `sided_action` has the sides for which it counted in place of its owners, and `names` are those
    who may have made it, by name. It stands for the `number` of promises that count as it does.
    """

    action: Action
    sided_action: Action
    parties: PromiseParties
    names: Mapping[str, int]
    number: int = 1

    def as_counted(self) -> AlikePromises:
        """Return it as one of those that are counted."""
        owner = find_owner_at_first_date(self.action)
        maker = promise_sides.find_maker(owner, self.parties.plan, self.names)
        return AlikePromises(self.parties, owner, maker, self.number)


class PromiseFigures(NamedTuple):
    """All that is counted of promises: with each person, and of all."""

    by_person: dict[int, PersonPromises]
    me: Tally
    them: Tally
    me_corrected: Tally | None
    corrected_on: date | None
    directions: tuple[DirectionTally, ...] | None
    own_plan: Tally | None
    remarks: "PromiseRemarks"


class PromiseRemarks(NamedTuple):
    """What is said beside the ratios of each side: how far dates slipped, and what to know."""

    me_slips: Slips
    them_slips: Slips
    me_caveats: Caveats
    them_caveats: Caveats


def read_promise_figures(db: Connection, scope: PromiseScope) -> PromiseFigures:
    """Return how promises were kept, how far they slipped, and what to know beside the ratios."""
    threes = read_threes(db)
    eventful_promises = _read_eventful_promises(db, scope, threes)
    counts = _count_promises(db, scope, eventful_promises, threes)
    me = counts.all.tally_fates_of("me")
    # None that is corrected stands for others.
    my_actions = [*_filter_by_side(eventful_promises, "me")]
    me_corrected, corrected_on = tallies.adjust_tally(me, my_actions, scope.today)
    directions, own_plan = None, None
    if scope.person is None:
        directions, own_plan = _tally_directions(db, counts)
    return PromiseFigures(
        by_person=counts.by_person,
        me=me,
        them=counts.all.tally_fates_of("them"),
        me_corrected=me_corrected,
        corrected_on=corrected_on,
        directions=directions,
        own_plan=own_plan,
        remarks=_count_remarks(db, scope, eventful_promises),
    )


def read_promise_remarks(db: Connection, scope: PromiseScope) -> PromiseRemarks:
    """Return how far dates slipped, and what to know beside the ratios."""
    eventful_promises = _read_eventful_promises(db, scope, read_threes(db))
    return _count_remarks(db, scope, eventful_promises)


def _count_remarks(
    db: Connection, scope: PromiseScope, eventful_promises: Sequence[EventfulPromise]
) -> PromiseRemarks:
    my_actions = _filter_by_side(eventful_promises, "me")
    their_actions = _filter_by_side(eventful_promises, "them")
    late_days = _count_late_days(db, scope)
    my_caveats, their_caveats = _count_caveats(db, scope, eventful_promises)
    return PromiseRemarks(
        me_slips=caveats.count_slips(my_actions, late_days["me"]),
        them_slips=caveats.count_slips(their_actions, late_days["them"]),
        me_caveats=my_caveats,
        them_caveats=their_caveats,
    )


def read_tallies(db: Connection, scope: PromiseScope) -> tuple[Tally, Tally]:
    """Return how promises were kept, without all else: the owner's, and everybody else's."""
    threes = read_threes(db)
    eventful_promises = _read_eventful_promises(db, scope, threes)
    counts = _count_promises(db, scope, eventful_promises, threes)
    return counts.all.tally_fates_of("me"), counts.all.tally_fates_of("them")


def _filter_by_side(
    promises: Iterable[EventfulPromise], side: str
) -> dict[Action, int]:
    """Return the promises that count for a side, each with the number that it stands for."""
    return {
        promise.sided_action: promise.number
        for promise in promises
        if find_owner_at_first_date(promise.sided_action) == side
    }


def _read_eventful_promises(
    db: Connection, scope: PromiseScope, threes: Threes
) -> list[EventfulPromise]:
    """Return the promises to which something happened later, with their events.

    Of those moved once that are alike it is one, which stands for them all.
    """
    numbers = _count_eventful_promises(db, scope)
    actions = chain.from_iterable(split_actions(db, [(id,) for id in numbers]))
    return [
        promise._replace(number=numbers[promise.action.id])
        for promise in find_parties(threes, actions, scope.person_id)
    ]


def _count_eventful_promises(db: Connection, scope: PromiseScope) -> dict[int, int]:
    """Return for promises to which something happened later how many each of them stands for."""
    rows = db.execute(
        f"""
        SELECT min(action.id), count(*)
        FROM (SELECT action_id, count(*) AS event_count, kind, "on", due, recorded_on,
                     session_id, old_owner
              FROM action_event AS later
              WHERE {_IS_LATER_EVENT} AND {scope.event_condition} GROUP BY action_id) AS later
        CROSS JOIN action ON action.id = later.action_id WHERE {LIVE_ACTION}
        GROUP BY iif({_MOVED_ONCE}, 0, action.id), action.person_id, action.owner,
                 action.owner_id, action.status, {_ORDER_OF_DAYS}
        """,
        scope.values,
    )
    return dict(rows.fetchall())


def find_parties(
    threes: Threes, actions: Iterable[Action], person_id: int | None
) -> list[EventfulPromise]:
    """Return promises with who has a part in them, and the sides that count for the person."""
    promises = []
    for action in actions:
        names = threes.get(action.session or 0, {})
        plan = action.person.id if action.person else None
        parties = PromiseParties(
            plan, action.owner, action.owner_id, tuple(names.values())
        )
        sided_action = promise_sides.take_sides(action, names, person_id)
        promises.append(EventfulPromise(action, sided_action, parties, names))
    return promises


def read_threes(db: Connection) -> Threes:
    """Return the two others in each conversation of three, by name, the first of them first."""
    rows = db.execute(
        """
        SELECT third.session_id, first.name, first.id, second.name, second.id
        FROM session_person AS third CROSS JOIN session ON session.id = third.session_id
        CROSS JOIN person AS first ON first.id = session.person_id
        CROSS JOIN person AS second ON second.id = third.person_id
        """
    )
    return {
        id: {first: first_id, name: third_id}
        for id, first, first_id, name, third_id in rows
    }


def _count_promises(
    db: Connection,
    scope: PromiseScope,
    eventful_promises: Sequence[EventfulPromise],
    threes: Threes,
) -> PromiseCounts:
    counter = PromiseCounter(scope.person_id)
    for person_id, owner, status, is_late, *facts, number in _count_plainly(db, scope):
        promises = _build_plain_promises(person_id, owner, number)
        judgement = None if is_late is None else _PLAIN_JUDGEMENTS[status, is_late]
        counter.count(promises, _build_state(status, *facts), judgement)
    # Those to which something happened later, or with two people in them, are counted anew.
    for promise in _add_promises_of_three(db, scope, eventful_promises, threes):
        action = promise.action
        is_in_period = tallies.is_due_within(action, scope.since, scope.until)
        state = _build_state(
            action.status.value, is_overdue(action, scope.today), is_in_period
        )
        plan = promise.parties.plan
        plain_promises = _build_plain_promises(plan, action.owner, -promise.number)
        plain_judgement = judge_promise(action._replace(events=()), scope.today)
        judgement = judge_promise(action, scope.today)
        counter.count(plain_promises, state, plain_judgement)
        counter.count(promise.as_counted(), state, judgement)
    return counter.counts


def _count_plainly(db: Connection, scope: PromiseScope) -> Iterator[tuple[Any, ...]]:
    """Yield how many promises are alike, as if nothing had happened to them, nor with two people.

    Each row has whose plan they are in, their owner and status, whether they were closed, or are
    open, after their first date, whether they are overdue, and first due in the period.
    """
    rows = db.execute(
        f"""
        SELECT action.person_id, action.owner, action.status, count(*),
               count(original_due), count(*) FILTER (WHERE {_CLOSED_LATE})
        FROM action WHERE {CLOSED_ACTION} AND {LIVE_ACTION}
              AND {scope.plan_condition} AND {scope.counted_condition}
        GROUP BY action.person_id, action.owner, action.status
        """,
        scope.values,
    )
    for *alike, all_closed, dated, late in rows:
        yield *alike, None, False, True, all_closed - dated
        yield *alike, False, False, True, dated - late
        yield *alike, True, False, True, late
    # Few are open at a time: they are not added up first.
    yield from db.execute(
        f"""
        SELECT action.person_id, action.owner, action.status, :today > original_due,
               max(due, coalesce(original_due, due)) < :today, {scope.period_condition}, 1
        FROM action WHERE {OPEN_ACTION} AND {scope.plan_condition}
        """,
        scope.values,
    )


def _add_promises_of_three(
    db: Connection,
    scope: PromiseScope,
    eventful_promises: Sequence[EventfulPromise],
    threes: Threes,
) -> list[EventfulPromise]:
    """Return the promises with those made in a conversation of three, each of them once."""
    rows = db.execute(
        f"""
        {SELECT_ACTIONS} WHERE action.session_id IN (SELECT session_id FROM session_person)
        AND {LIVE_ACTION} AND {scope.plan_condition} AND {scope.counted_condition}
        """,
        scope.values,
    )
    eventful_ids = {promise.action.id for promise in eventful_promises}
    actions = [
        action
        for action in ACTION_READER.read_all(rows)
        if action.id not in eventful_ids
    ]
    return [*eventful_promises, *find_parties(threes, actions, scope.person_id)]


def _build_plain_promises(plan: int | None, owner: str, number: int) -> AlikePromises:
    """Return so many promises in the plan of one person, who made them unless the owner did."""
    maker = plan if owner == "them" else None
    return AlikePromises(PromiseParties(plan, owner), owner, maker, number)


def _build_state(status: str, is_overdue: bool, is_in_period: bool) -> PromiseState:
    """Return as what promises count: what is open does in any period."""
    states = []
    if is_in_period or status == "open":
        states.append(status)
    if is_overdue:
        states.append("overdue")
    return PromiseState(tuple(states), bool(is_in_period))


def _tally_directions(
    db: Connection, counts: PromiseCounts
) -> tuple[tuple[DirectionTally, ...], Tally]:
    """Return the owner's promises by the direction in which people are now, and those to nobody."""
    rows = db.execute("SELECT id, relationship FROM person")
    relationships = {id: Relationship(relationship) for id, relationship in rows}
    return promise_counts.tally_directions(counts, relationships)


def _count_late_days(db: Connection, scope: PromiseScope) -> dict[str, Counter[int]]:
    """Return by side how many promises were done, or are open, how many days after their date."""
    late_days: dict[str, Counter[int]] = {"me": Counter(), "them": Counter()}
    # With a limit, SQLite works out the sides first, and looks up no row that they do not need.
    for condition, last_day in _LAST_DAYS.items():
        rows = db.execute(
            f"""
            SELECT side, days, count(*) FROM (
                SELECT {COUNTED_SIDE} AS side,
                       CAST(julianday({last_day}) - julianday(original_due) AS INTEGER) AS days
                FROM action WHERE {condition} AND {last_day} > +original_due AND {LIVE_ACTION}
                      AND {scope.plan_condition} AND {scope.counted_condition}
                      AND {scope.period_condition}
                LIMIT -1)
            GROUP BY side, days
            """,
            scope.values,
        )
        for owner, days, count in rows:
            if owner in late_days:
                late_days[owner][days] += count
    return late_days


def _count_caveats(
    db: Connection, scope: PromiseScope, eventful_promises: Sequence[EventfulPromise]
) -> tuple[Caveats, Caveats]:
    """Return what to know of each side's promises, given all those to which something happened."""
    alone_sessions = read_unshared_sessions(db)
    actions = {promise.sided_action: promise.number for promise in eventful_promises}
    sides = {
        owner: caveats.count_caveats(actions, owner, alone_sessions)
        for owner in ("me", "them")
    }
    for name, condition in _UNCOUNTED.items():
        for owner, count in _count_uncounted(db, scope, condition):
            if owner in sides:
                sides[owner] = sides[owner]._replace(**{name: count})
    for owner, count in _count_late_records(db, scope):
        if owner in sides:
            afterwards = sides[owner].recorded_afterwards + count
            sides[owner] = sides[owner]._replace(recorded_afterwards=afterwards)
    return sides["me"], sides["them"]


def _count_uncounted(
    db: Connection, scope: PromiseScope, condition: str
) -> Iterator[tuple[str, int]]:
    """Yield for each owner how many promises there are that no ratio counts, on a condition.

    Those without a date were made in the period, the hidden ones first due in it.
    """
    yield from db.execute(
        f"""
        SELECT {COUNTED_SIDE}, count(*) FROM action
        WHERE {condition.format(first_date=scope.first_date)}
              AND {scope.plan_condition} AND {scope.uncounted_condition}
        GROUP BY 1
        """,
        scope.values,
    )


def _count_late_records(
    db: Connection, scope: PromiseScope
) -> Iterator[tuple[str, int]]:
    """Yield for each owner how many promises were closed in time but recorded so afterwards.

    Without those to which something else happened later: these are read with their events.
    """
    yield from db.execute(
        f"""
        SELECT {COUNTED_SIDE}, count(DISTINCT action.id)
        FROM action_event AS record JOIN action ON action.id = record.action_id
        WHERE record.recorded_on > record."on" AND record.kind IN ('done', 'dropped')
              AND record."on" <= original_due AND record.recorded_on > original_due
              AND NOT {_HAS_LATER_EVENTS}
              AND {LIVE_ACTION} AND {scope.plan_condition} AND {scope.period_condition}
        GROUP BY 1
        """,
        scope.values,
    )


def read_unshared_sessions(db: Connection) -> set[int]:
    """Return the sessions in which the owner was alone, and gave promises another date or not.

    With them come the deleted ones: what is left of these is the owner's word alone.
    """
    return {id for (id,) in db.execute(_UNSHARED_SESSIONS)}
