"""Queries of how promises were kept: fates, corrections, directions, slips, and what to know.

Fates are counted in SQL, which agrees with `rules.judge_promise` (a test proves it). Only promises
to which something happened later (moved, reopened, corrected, handed over) are read one by one,
with their events.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from coachlog import rules
from coachlog.model import Action, Event, EventKind, Fate, Person, Relationship
from coachlog.model.progress import (
    Caveats,
    DecidedPromise,
    DirectionTally,
    Slips,
    Tally,
)
from coachlog.rules import (
    Judgement,
    caveats,
    disclosure,
    promise_counts,
    promise_sides,
    tallies,
)
from coachlog.rules.disclosure import Audience
from coachlog.rules.promise_counts import (
    AlikePromises,
    PersonPromises,
    PromiseCounter,
    PromiseCounts,
)
from coachlog.rules.promise_sides import PromiseParties
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import SELECT_ACTIONS
from coachlog.store.reading.row_filters import (
    ACTION_WITH_PERSON,
    COUNTED_SIDE,
    LIVE_ACTION,
    LIVE_EVENT,
    MAKER_AT_FIRST_DATE,
    OWNER_AT_FIRST_DATE,
    SESSION_OUTSIDE_SETS,
)
from coachlog.store.rows import ACTION_READER, EVENT_READER

_WAS_MOVED = "IN (SELECT action_id FROM action_event WHERE kind = 'moved')"
_FATE_EXPRESSION = f"""
CASE WHEN action.id {_WAS_MOVED} THEN NULL
     WHEN original_due IS NULL THEN NULL
     WHEN status = 'open' THEN iif(:today > original_due, 'missed', 'pending')
     WHEN status = 'dropped'
     THEN iif(coalesce(closed_on, :today) > original_due, 'missed', 'released')
     ELSE iif(coalesce(closed_on, :today) > original_due, 'kept_late', 'kept') END
"""
_COUNTS_BY_FIRST_DATE = """
status = 'done' OR iif(status = 'open', :today, coalesce(closed_on, :today)) > original_due
"""
_IS_OVERDUE = "status = 'open' AND max(due, coalesce(original_due, due)) < :today"
_DAYS_PAST_FIRST = """
julianday(iif(status = 'done', coalesce(closed_on, :today), :today)) - julianday(original_due)
"""

_HAS_LATER_EVENTS = """
action.id IN (
    SELECT action_id FROM action_event WHERE kind = 'moved'
    UNION ALL SELECT action_id FROM action_event WHERE kind = 'corrected'
    UNION ALL SELECT action_id FROM action_event WHERE kind = 'reopened'
    UNION ALL SELECT action_id FROM action_event WHERE old_owner IS NOT NULL)
"""
"""Promises whose fate or caveats only their events can tell."""

_MADE_BY_THREE = """EXISTS (
    SELECT 1 FROM session_person WHERE session_person.session_id = action.session_id)"""

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
    def uncounted_condition(self) -> str:
        """Return the condition that a promise was made in the period if it never had a date."""
        if self.since is None and self.until is None:
            return "1"
        return f"coalesce(action.original_due, {_DAY_MADE}, '{date.min}') BETWEEN :since AND :until"


class EventfulPromise(NamedTuple):
    """A promise to which something happened later, with who has a part in it.

    `sided_action` has the sides for which it counted in place of its owners, and `names` are those
    who may have made it, by name.
    """

    action: Action
    sided_action: Action
    parties: PromiseParties
    names: Mapping[str, int]

    def as_counted(self) -> AlikePromises:
        """Return it as one of those that are counted."""
        owner = rules.find_owner_at_first_date(self.action)
        maker = promise_sides.find_maker(owner, self.parties.plan, self.names)
        return AlikePromises(self.parties, owner, maker)


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
    eventful_promises = _read_eventful_promises(db, scope)
    counts = _count_promises(db, scope, eventful_promises)
    me = counts.all.tally_fates_of("me")
    my_actions = _filter_by_side(eventful_promises, "me")
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
    return _count_remarks(db, scope, _read_eventful_promises(db, scope))


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


def build_ledger(
    db: Connection,
    actions: Iterable[Action],
    today: date,
    audience: Audience,
    *,
    private: bool,
    person_id: int | None = None,
) -> list[DecidedPromise]:
    """Return those of some promises that count in the ratios, the owner's first, by first date.

    With a person, they are the owner's and theirs. Each comes with what the ratios' caveats count
    of it, and with its words as the audience may see them; private ones only with `private`.
    """
    alone_sessions = read_moving_sessions_alone(db)
    ledger = []
    for promise in _find_parties(db, list(actions), person_id):
        entry = tallies.build_ledger_entry(promise.sided_action, today)
        if entry is None:
            continue
        visible_action = disclosure.veil_entry(
            promise.action, audience, private=private
        )
        names = caveats.list_ledger_caveats(promise.sided_action, alone_sessions)
        ledger.append(entry._replace(action=visible_action, caveats=tuple(names)))
    ledger.sort(key=tallies.rank_ledger_entry)
    return ledger


def read_tallies(db: Connection, scope: PromiseScope) -> tuple[Tally, Tally]:
    """Return how promises were kept, without all else: the owner's, and everybody else's."""
    eventful_promises = _read_eventful_promises(db, scope)
    counts = _count_promises(db, scope, eventful_promises)
    return counts.all.tally_fates_of("me"), counts.all.tally_fates_of("them")


def _filter_by_side(promises: Iterable[EventfulPromise], side: str) -> list[Action]:
    return [
        promise.sided_action
        for promise in promises
        if rules.find_owner_at_first_date(promise.sided_action) == side
    ]


def _read_eventful_promises(
    db: Connection, scope: PromiseScope
) -> list[EventfulPromise]:
    """Return the promises to which something happened later, with their events."""
    condition = (
        f"{_HAS_LATER_EVENTS} AND {LIVE_ACTION} "
        f"AND {scope.plan_condition} AND {scope.period_condition}"
    )
    action_rows = db.execute(f"{SELECT_ACTIONS} WHERE {condition}", scope.values)
    event_rows = db.execute(
        f"""
        SELECT {EVENT_READER.columns}, action_id FROM action_event
        WHERE action_id IN (SELECT action.id FROM action WHERE {condition}) AND {LIVE_EVENT}
        ORDER BY id
        """,
        scope.values,
    ).fetchall()
    events: dict[int, list[Event]] = {}
    for row, event in zip(event_rows, EVENT_READER.read_all(event_rows), strict=True):
        events.setdefault(row[-1], []).append(event)
    actions = [
        action._replace(events=tuple(events.get(action.id, ())))
        for action in ACTION_READER.read_all(action_rows)
    ]
    return _find_parties(db, actions, scope.person_id)


def _find_parties(
    db: Connection, actions: Sequence[Action], person_id: int | None
) -> list[EventfulPromise]:
    """Return promises with who has a part in them, and the sides that count for the person."""
    threes = _read_threes(db)
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


def _read_threes(db: Connection) -> dict[int, dict[str, int]]:
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
    db: Connection, scope: PromiseScope, eventful_promises: Iterable[EventfulPromise]
) -> PromiseCounts:
    rows = db.execute(
        f"{_build_count_query(scope)} UNION ALL {_build_count_query_of_three(scope)}",
        scope.values,
    )
    counter = PromiseCounter(scope.person_id)
    for fate, counts_first, status, is_overdue, is_in_period, *columns in rows:
        promises = _build_alike_promises(*columns)
        if is_in_period or status == "open":
            counter.count_state(promises, status)
        if is_overdue:
            counter.count_state(promises, "overdue")
        if fate and is_in_period:
            counter.count_fate(promises, Judgement(Fate(fate), bool(counts_first)))
    # The SQL leaves the fate of a promise that was moved open.
    for promise in eventful_promises:
        moved_judgement = _judge_moved_promise(promise.action, scope.today)
        if moved_judgement:
            counter.count_fate(promise.as_counted(), moved_judgement)
    return counter.counts


def _build_count_query(scope: PromiseScope) -> str:
    """Return the SQL that counts the promises that were not made in a conversation of three."""
    return f"""
        SELECT {_FATE_EXPRESSION}, {_COUNTS_BY_FIRST_DATE}, action.status, {_IS_OVERDUE},
               {scope.period_condition}, action.person_id, {OWNER_AT_FIRST_DATE},
               NULL, NULL, NULL, NULL, NULL, count(*)
        FROM action WHERE {LIVE_ACTION} AND {scope.plan_condition} AND NOT {_MADE_BY_THREE}
        GROUP BY 6, 7, 1, 2, 3, 4, 5
    """


def _build_count_query_of_three(scope: PromiseScope) -> str:
    """Return the SQL that counts those made in one: with who was there, and who made them."""
    return f"""
        SELECT {_FATE_EXPRESSION}, {_COUNTS_BY_FIRST_DATE}, action.status, {_IS_OVERDUE},
               {scope.period_condition}, action.person_id, {OWNER_AT_FIRST_DATE},
               {MAKER_AT_FIRST_DATE}, action.owner, action.owner_id,
               (SELECT talk.person_id FROM session AS talk WHERE talk.id = third.session_id),
               third.person_id, count(*)
        FROM session_person AS third CROSS JOIN action ON action.session_id = third.session_id
        WHERE {LIVE_ACTION} AND {scope.plan_condition}
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    """


def _build_alike_promises(
    plan: int | None,
    first_owner: str,
    maker: int | None,
    owner: str | None,
    owner_id: int | None,
    first_id: int | None,
    third_id: int | None,
    count: int,
) -> AlikePromises:
    """Return what is counted in a row; those not made by three have only a plan and an owner."""
    if first_id is None or third_id is None:
        maker = plan if first_owner == "them" else None
        return AlikePromises(
            PromiseParties(plan, first_owner), first_owner, maker, count
        )
    parties = PromiseParties(plan, owner or "", owner_id, (first_id, third_id))
    return AlikePromises(parties, first_owner, maker, count)


def _judge_moved_promise(action: Action, today: date) -> Judgement | None:
    if all(event.kind is not EventKind.MOVED for event in action.events):
        return None
    return rules.judge_promise(action, today)


def _tally_directions(
    db: Connection, counts: PromiseCounts
) -> tuple[tuple[DirectionTally, ...], Tally]:
    """Return the owner's promises by the direction in which people are now, and those to nobody."""
    rows = db.execute("SELECT id, relationship FROM person")
    relationships = {id: Relationship(relationship) for id, relationship in rows}
    return promise_counts.tally_directions(counts, relationships)


def _count_late_days(db: Connection, scope: PromiseScope) -> dict[str, Counter[int]]:
    """Return by side how many promises were done, or are open, how many days after their date."""
    rows = db.execute(
        f"""
        SELECT {COUNTED_SIDE}, CAST({_DAYS_PAST_FIRST} AS INTEGER) AS days, count(*)
        FROM action
        WHERE {LIVE_ACTION} AND {scope.plan_condition} AND {scope.period_condition}
              AND status <> 'dropped' AND days > 0
        GROUP BY 1, 2
        """,
        scope.values,
    )
    late_days: dict[str, Counter[int]] = {"me": Counter(), "them": Counter()}
    for owner, days, count in rows:
        if owner in late_days:
            late_days[owner][days] += count
    return late_days


def _count_caveats(
    db: Connection, scope: PromiseScope, eventful_promises: Sequence[EventfulPromise]
) -> tuple[Caveats, Caveats]:
    """Return what to know of each side's promises, given all those to which something happened."""
    alone_sessions = read_moving_sessions_alone(db)
    actions = [promise.sided_action for promise in eventful_promises]
    sides = {
        owner: caveats.count_caveats(actions, owner, alone_sessions)
        for owner in ("me", "them")
    }
    for owner, without_date, hidden in _count_uncounted(db, scope):
        if owner in sides:
            sides[owner] = sides[owner]._replace(
                without_date=without_date, hidden=hidden
            )
    for owner, count in _count_late_records(db, scope):
        if owner in sides:
            afterwards = sides[owner].recorded_afterwards + count
            sides[owner] = sides[owner]._replace(recorded_afterwards=afterwards)
    return sides["me"], sides["them"]


def _count_uncounted(
    db: Connection, scope: PromiseScope
) -> Iterator[tuple[str, int, int]]:
    """Yield for each owner how many promises have no date, and how many dated ones are hidden.

    Those without a date were made in the period, the hidden ones first due in it.
    """
    yield from db.execute(
        f"""
        SELECT {COUNTED_SIDE},
               count(*) FILTER (WHERE original_due IS NULL AND deleted_at IS NULL),
               count(*) FILTER (WHERE original_due IS NOT NULL AND deleted_at IS NOT NULL)
        FROM action
        WHERE (original_due IS NULL OR deleted_at IS NOT NULL)
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


def read_moving_sessions_alone(db: Connection) -> set[int]:
    """Return the sessions in which the owner, alone, gave promises another date.

    With them come the deleted ones: what is left of these is the owner's word alone.
    """
    rows = db.execute(
        f"""
        SELECT DISTINCT session.id
        FROM action_event JOIN session ON session.id = action_event.session_id
        WHERE kind = 'moved' AND (session.deleted_at IS NOT NULL
              OR session.person_id IS NULL AND {SESSION_OUTSIDE_SETS})
        """
    )
    return {id for (id,) in rows}
