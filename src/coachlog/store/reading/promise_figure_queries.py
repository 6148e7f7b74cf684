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
    Direction,
    DirectionTally,
    Slips,
    Tally,
)
from coachlog.rules import Judgement, caveats, disclosure, tallies
from coachlog.rules.disclosure import Audience
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import SELECT_ACTIONS
from coachlog.store.reading.row_filters import (
    LIVE_ACTION,
    LIVE_EVENT,
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
            "person": self.person.id if self.person else None,
            "since": (self.since or date.min).isoformat(),
            "until": (self.until or date.max).isoformat(),
            "set": self.set,
        }

    @property
    def plan_condition(self) -> str:
        """Return the condition that a promise is of the person or the set, if one is named."""
        if self.set is not None:
            return "action.id IN (SELECT action_id FROM set_action WHERE set_id = :set)"
        return "action.person_id = :person" if self.person else "1"

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


class PersonPromises(NamedTuple):
    """One person's promises: by owner and fate, and by status, with those `overdue` as well."""

    fates: Counter[tuple[str, Judgement]]
    states: Counter[str]

    def tally_fates_of(self, owner: str) -> Tally:
        """Return the fates of the promises of one side, `me` or `them`."""
        return _sum_promise_fates([self], owner)


class PromiseFigures(NamedTuple):
    """All that is counted of promises; `by_person` has those in nobody's plan under None."""

    by_person: dict[int | None, PersonPromises]
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
    eventful_actions = _read_eventful_actions(db, scope)
    by_person = _count_promises_by_person(db, scope, eventful_actions)
    me = _sum_promise_fates(by_person.values(), "me")
    my_actions = _filter_by_side(eventful_actions, "me")
    me_corrected, corrected_on = tallies.adjust_tally(me, my_actions, scope.today)
    directions, own_plan = None, None
    if scope.person is None:
        directions = _tally_directions(db, by_person)
        own_plan = _sum_promise_fates([_get_person_promises(by_person, None)], "me")
    return PromiseFigures(
        by_person=by_person,
        me=me,
        them=_sum_promise_fates(by_person.values(), "them"),
        me_corrected=me_corrected,
        corrected_on=corrected_on,
        directions=directions,
        own_plan=own_plan,
        remarks=_count_remarks(db, scope, eventful_actions),
    )


def read_promise_remarks(db: Connection, scope: PromiseScope) -> PromiseRemarks:
    """Return how far dates slipped, and what to know beside the ratios."""
    return _count_remarks(db, scope, _read_eventful_actions(db, scope))


def _count_remarks(
    db: Connection, scope: PromiseScope, eventful_actions: Sequence[Action]
) -> PromiseRemarks:
    my_actions = _filter_by_side(eventful_actions, "me")
    their_actions = _filter_by_side(eventful_actions, "them")
    late_days = _count_late_days(db, scope)
    my_caveats, their_caveats = _count_caveats(db, scope, eventful_actions)
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
) -> list[DecidedPromise]:
    """Return those of some promises that count in the ratios, the owner's first, by first date.

    Each comes with what the ratios' caveats count of it, and with its words as the audience may
    see them; private ones only with `private`.
    """
    alone_sessions = read_moving_sessions_alone(db)
    ledger = []
    for action in actions:
        entry = tallies.build_ledger_entry(action, today)
        if entry is None:
            continue
        visible_action = disclosure.veil_entry(action, audience, private=private)
        names = caveats.list_ledger_caveats(action, alone_sessions)
        ledger.append(entry._replace(action=visible_action, caveats=tuple(names)))
    ledger.sort(key=tallies.rank_ledger_entry)
    return ledger


def read_tallies(db: Connection, scope: PromiseScope) -> tuple[Tally, Tally]:
    """Return how promises were kept, without all else: the owner's, and everybody else's."""
    eventful_actions = _read_eventful_actions(db, scope)
    counts = _count_promises_by_person(db, scope, eventful_actions).values()
    return _sum_promise_fates(counts, "me"), _sum_promise_fates(counts, "them")


def _filter_by_side(actions: Iterable[Action], owner: str) -> list[Action]:
    return [
        action for action in actions if rules.find_owner_at_first_date(action) == owner
    ]


def _read_eventful_actions(db: Connection, scope: PromiseScope) -> list[Action]:
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
    return [
        action._replace(events=tuple(events.get(action.id, ())))
        for action in ACTION_READER.read_all(action_rows)
    ]


def _count_promises_by_person(
    db: Connection, scope: PromiseScope, eventful_actions: Iterable[Action]
) -> dict[int | None, PersonPromises]:
    rows = db.execute(
        f"""
        SELECT person_id, {OWNER_AT_FIRST_DATE}, {_FATE_EXPRESSION}, {_COUNTS_BY_FIRST_DATE},
               status, {_IS_OVERDUE}, {scope.period_condition}, count(*)
        FROM action WHERE {LIVE_ACTION} AND {scope.plan_condition} GROUP BY 1, 2, 3, 4, 5, 6, 7
        """,
        scope.values,
    )
    counts: dict[int | None, PersonPromises] = {}
    for person_id, owner, fate, counts_first, *state, is_in_period, count in rows:
        person_count = _get_person_promises(counts, person_id)
        status, is_overdue = state
        if is_in_period or status == "open":
            person_count.states[status] += count
        if is_overdue:
            person_count.states["overdue"] += count
        if fate and is_in_period:
            judgement = Judgement(Fate(fate), bool(counts_first))
            person_count.fates[owner, judgement] += count
    # The SQL leaves the fate of a promise that was moved open.
    for action in eventful_actions:
        moved_judgement = _judge_moved_promise(action, scope.today)
        if moved_judgement:
            person_count = counts[action.person.id if action.person else None]
            owner = rules.find_owner_at_first_date(action)
            person_count.fates[owner, moved_judgement] += 1
    return counts


def _judge_moved_promise(action: Action, today: date) -> Judgement | None:
    if all(event.kind is not EventKind.MOVED for event in action.events):
        return None
    return rules.judge_promise(action, today)


def _get_person_promises(
    counts: dict[int | None, PersonPromises], person_id: int | None
) -> PersonPromises:
    return counts.setdefault(person_id, PersonPromises(Counter(), Counter()))


def _sum_promise_fates(counts: Iterable[PersonPromises], owner: str) -> Tally:
    """Return the fates of all promises of one side, `me` or `them`."""
    judgements: Counter[Judgement] = Counter()
    for count in counts:
        for (promise_owner, judgement), number in count.fates.items():
            if promise_owner == owner:
                judgements[judgement] += number
    return tallies.build_tally(judgements)


def _tally_directions(
    db: Connection, by_person: Mapping[int | None, PersonPromises]
) -> tuple[DirectionTally, ...]:
    """Return the owner's promises by the direction in which each person is now."""
    counts: dict[Direction, list[PersonPromises]] = {
        direction: [] for direction in Direction
    }
    for person_id, relationship in db.execute("SELECT id, relationship FROM person"):
        direction = caveats.find_direction(Relationship(relationship))
        if person_id in by_person:
            counts[direction].append(by_person[person_id])
    return tuple(
        DirectionTally(direction, _sum_promise_fates(people, "me"))
        for direction, people in counts.items()
    )


def _count_late_days(db: Connection, scope: PromiseScope) -> dict[str, Counter[int]]:
    """Return by side how many promises were done, or are open, how many days after their date."""
    rows = db.execute(
        f"""
        SELECT {OWNER_AT_FIRST_DATE}, CAST({_DAYS_PAST_FIRST} AS INTEGER) AS days, count(*)
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
    db: Connection, scope: PromiseScope, eventful_actions: Sequence[Action]
) -> tuple[Caveats, Caveats]:
    """Return what to know of each side's promises, given all those to which something happened."""
    alone_sessions = read_moving_sessions_alone(db)
    sides = {
        owner: caveats.count_caveats(eventful_actions, owner, alone_sessions)
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
        SELECT {OWNER_AT_FIRST_DATE},
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
        SELECT {OWNER_AT_FIRST_DATE}, count(DISTINCT action.id)
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
