"""The figures as the journal counts them: SQL and `rules` agree, and nothing is asked per row."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from coachlog.model.actions import Action, ActionStatus, Fate, Promise
from coachlog.model.people import Direction, Person, Relationship
from coachlog.model.progress import (
    DecidedPromise,
    MonthFigures,
    Progress,
    TalkTotals,
    Tally,
)
from coachlog.names.spelling import build_sort_key
from coachlog.phrasing.fates import describe_fate_reason, describe_ledger_caveats
from coachlog.rules import caveats
from coachlog.rules.corrections import get_recorded_judgement, judge_standing_promise
from coachlog.rules.promise_sides import (
    PromiseParties,
    find_promise_direction,
    list_counted_people,
    take_sides,
)
from coachlog.rules.promises import (
    ENDED_FATES,
    Judgement,
    find_corrected_fate,
    find_correction,
    find_owner_at_first_date,
    find_promise_day,
    is_overdue,
    judge_promise,
)
from coachlog.rules.tallies import count_fates, is_due_within, tally_fates
from coachlog.store.database import Journal
from coachlog.store.reading import action_queries, person_queries
from coachlog.store.reading import progress_queries as figures
from coachlog.store.reading.action_queries import read_actions
from coachlog.store.reading.ledger_queries import read_ledger
from coachlog.store.reading.promise_figure_queries import PromiseScope
from coachlog.store.row_store import generate_uid
from coachlog.store.tables.action_rows import ActionRow
from coachlog.store.tables.person_rows import PersonRow
from coachlog.store.tables.session_rows import SessionRow
from coachlog.store.transactions import Change
from coachlog.store.writing import (
    draft_changes,
    person_changes,
    session_start_changes,
)
from coachlog.store.writing.action_changes import (
    insert_action,
    mark_action_done,
    mark_action_dropped,
    move_action_row,
)
from store_builders import (
    FRIDAY,
    NOW,
    PRIYA,
    TEMPLATE,
    TODAY,
    YESTERDAY,
    hold,
    record,
)

DAY = timedelta(days=1)
REPORT = Relationship.REPORT


def ago(days: int) -> date:
    return TODAY - days * DAY


# SQL and rules agree


@pytest.fixture(scope="module")
def open_journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A connection to a journal with two people, in which each test undoes what it wrote."""
    journal = Journal(tmp_path_factory.mktemp("figures") / "home")
    with journal.change(NOW, create=True) as change:
        person_changes.insert_person(change, *PRIYA)
        person_changes.insert_person(change, "Al", Relationship.MANAGER)
        assert hold(change, on=TODAY) == ALONE
        assert hold(change, person=1, on=TODAY) == TOGETHER
        assert _hold_three(change, 1, 2) == OF_PRIYA
        assert _hold_three(change, 2, 1) == OF_OWNER
    with closing(dbapi2.connect(journal.path, isolation_level=None)) as db:
        db.create_function("sort_name", 1, build_sort_key)
        yield db


def _hold_three(change: Change, first: int, third: int) -> int:
    start = session_start_changes.SessionStart(
        TEMPLATE, TODAY, "Europe/London", first, third_id=third
    )
    contents = record()._replace(is_of_three=True)
    return draft_changes.insert_held_session(change, start, contents)[0]


DAYS = st.integers(-3, 3).map(ago)  # few days, so that dates meet
ALONE, TOGETHER, OF_PRIYA, OF_OWNER = range(1, 5)
"""The numbers of a session held alone, of one with Priya, and of two with both.

The promises of the third session are in Priya's plan; with Al, a manager, first, in the owner's.
"""
THREES = {OF_PRIYA: {"Priya Shah": 1, "Al": 2}, OF_OWNER: {"Al": 2, "Priya Shah": 1}}
PLANS = {OF_PRIYA: 1, OF_OWNER: None}
SESSIONS = st.sampled_from([None, ALONE, TOGETHER])
MOVES = st.lists(st.tuples(DAYS, DAYS | st.none(), DAYS, SESSIONS), max_size=3)
CLOSINGS = st.lists(
    st.tuples(st.sampled_from(["done", "dropped", "reopened"]), DAYS, DAYS, SESSIONS),
    max_size=2,
)
LATER = [
    *(("corrected", fate.value) for fate in ENDED_FATES),
    # A correction without a fate is one that was withdrawn.
    *((kind, None) for kind in ("noted", "done", "reopened", "corrected")),
]
"""What was recorded of a promise after all else: corrections, and what may undo them."""
OWNERS = ["me", "them", "Dana", "Al", "Priya Shah"]
PROMISES = st.fixed_dictionaries(
    {
        "person_id": st.sampled_from([1, 2, None]),
        "session_id": st.sampled_from([None, None, OF_PRIYA, OF_OWNER]),
        "owner": st.sampled_from(OWNERS),
        "original_due": DAYS | st.none(),
        "status": st.sampled_from(["open", "done", "dropped"]),
        "closed_on": DAYS | st.none(),
        "carried": st.integers(0, 5),
        "deleted_at": st.sampled_from([None, None, None, "2026-11-01 09:00:00"]),
        "moves": MOVES,
        "closings": CLOSINGS,
        "made": st.tuples(DAYS, DAYS | st.none()),
        "other": st.sampled_from(["made", "carried", "edited", "noted"]),
        "later": st.lists(st.sampled_from(LATER), max_size=2),
        "handovers": st.lists(st.tuples(DAYS, st.sampled_from(OWNERS)), max_size=2),
    }
)


def write(db: Any, id: int, promise: dict[str, Any]) -> None:
    """Put a promise into the journal as no command would: in any state there may be."""
    due = next(
        (to for _, to, *_ in reversed(promise["moves"]) if to), promise["original_due"]
    )
    session_id: Any = promise.get("session_id")
    plan = PLANS.get(session_id, promise["person_id"])
    owner_id = THREES.get(session_id, {}).get(promise["owner"])
    db.execute(
        "INSERT INTO action (id, uid, person_id, session_id, owner_id, what, owner, due,"
        " original_due, private, status, closed_on, carried, created_at, updated_at, deleted_at)"
        " VALUES (?, ?, ?, ?, ?, 'x', ?, ?, ?, 0, ?, ?, ?, '2026-01-01', '2026-01-01', ?)",
        (
            *(id, f"u{id}", plan, session_id, owner_id, promise["owner"], iso(due)),
            *(
                iso(promise["original_due"]),
                promise["status"],
                iso(promise["closed_on"]),
            ),
            *(promise["carried"], promise["deleted_at"]),
        ),
    )
    events = [("moved", on, to, extra) for on, to, *extra in promise["moves"]]
    made_on, made_due = promise["made"]
    if not promise["moves"]:
        made_due = promise["original_due"]  # there is no other way to get a date
    events += [(promise["other"], made_on, made_due, [])]
    events += [(kind, on, None, extra) for kind, on, *extra in promise["closings"]]
    for kind, on, to, extra in events:
        recorded_on, session_id = extra or (on, None)
        db.execute(
            'INSERT INTO action_event (uid, action_id, at, "on", kind, due, recorded_on,'
            " session_id) VALUES (?, ?, '2026-01-01 09:00:00', ?, ?, ?, ?, ?)",
            (
                *(generate_uid(), id, on.isoformat(), kind, iso(to)),
                *(max(on, recorded_on).isoformat(), session_id),
            ),
        )
    for kind, fate in promise["later"]:
        db.execute(
            'INSERT INTO action_event (uid, action_id, at, "on", kind, fate)'
            " VALUES (?, ?, '2026-01-01 09:00:00', ?, ?, ?)",
            (generate_uid(), id, TODAY.isoformat(), kind, fate),
        )
    for on, old_owner in promise["handovers"]:
        db.execute(
            'INSERT INTO action_event (uid, action_id, at, "on", kind, old_owner, new_owner)'
            " VALUES (?, ?, '2026-01-01 09:00:00', ?, 'edited', ?, ?)",
            (generate_uid(), id, on.isoformat(), old_owner, promise["owner"]),
        )


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def by_rules(actions: list[Action], owner: str) -> Tally:
    owned = [a for a in actions if find_owner_at_first_date(a) == owner]
    return tally_fates(owned, TODAY)


def list_partners(action: Action) -> tuple[int, ...]:
    return tuple(THREES.get(action.session or 0, {}).values())


def with_sides(actions: list[Action], person_id: int | None) -> list[Action]:
    """Return promises with the sides on which they count, for somebody or for all."""
    return [
        take_sides(action, THREES.get(action.session or 0, {}), person_id)
        for action in actions
    ]


def counted_with(actions: list[Action], person_id: int) -> list[Action]:
    """Return the promises that count with somebody, with the sides on which they do."""
    counted = []
    for action in actions:
        plan = action.person.id if action.person else None
        parties = PromiseParties(
            plan, action.owner, action.owner_id, list_partners(action)
        )
        if person_id in list_counted_people(parties):
            counted.append(action)
    return with_sides(counted, person_id)


def as_corrected(actions: list[Action]) -> Tally | None:
    """Return the tally of my promises with each corrected fate; None if that changes nothing."""
    recorded, standing = [], []
    for action in actions:
        judgement = judge_promise(action, TODAY)
        if find_owner_at_first_date(action) != "me" or judgement is None:
            continue
        recorded.append(judgement)
        fate = find_corrected_fate(action)
        if fate and judgement.fate in ENDED_FATES and fate is not judgement.fate:
            judgement = Judgement(fate, fate is not Fate.RELEASED)
        standing.append(judgement)
    if standing == recorded:
        return None
    return count_fates(standing)


NEAR = [YESTERDAY, TODAY, TODAY + DAY, None]
GRID = [
    {"person_id": 1, "owner": "me", "carried": 0, "deleted_at": None, "other": "made"}
    | {"handovers": [], "closings": [], "made": (TODAY, TODAY)}
    | {"later": [("corrected", "kept")] if moves else []}
    | {"original_due": due, "status": status, "closed_on": closed, "moves": moves}
    for due, status, closed, moves in product(
        *(NEAR, ["open", "done", "dropped"], NEAR),
        [[], [(YESTERDAY, TODAY)], [(TODAY, TODAY + DAY)]],
    )
]
GRID += [  # kept, corrected to missed: of a deleted talk, another's, somebody else's
    GRID[0]
    | {
        "original_due": TODAY,
        "status": "done",
        "closed_on": TODAY,
        "later": [("corrected", "missed")],
    }
    | changes
    for changes in (
        {"deleted_at": "2026-11-01 09:00:00"},
        {"owner": "them"},
        {"owner": "Dana"},
    )
]
GRID += [  # recorded on its day or afterwards, before its first date, on it or after it
    GRID[0]
    | {"original_due": TODAY, "status": status, "closed_on": on}
    | {"closings": [closing]}
    for on, recorded_on, status in product(
        NEAR[:3], [*NEAR[:3], TODAY + 2 * DAY], ["done", "dropped"]
    )
    for closing in [
        (status, on, recorded_on, None),
        ("reopened", on, recorded_on, None),
    ]
]
"""Every state there is around today."""
OF_THREE = [  # each owner in each plan; moved, given away after the first date, and not
    GRID[0]
    | {"original_due": YESTERDAY, "closed_on": TODAY, "status": status}
    | {"session_id": session, "owner": owner, "moves": moves, "handovers": handovers}
    for session, owner, status in product(THREES, OWNERS, ["open", "done"])
    for moves, handovers in (
        ([], []),
        ([(YESTERDAY, TODAY, YESTERDAY, None)], []),
        *([[], [(TODAY, old_owner)]] for old_owner in OWNERS),
    )
]
MOVED_ONCE = [  # in each order of its days, by one alone and by two, twice each
    GRID[0]
    | {"owner": owner, "original_due": due, "status": status, "closed_on": closed}
    | {"later": [], "moves": [(on, to, on, session)], "made": (YESTERDAY, due)}
    for owner, due, closed, on, to in product(["me", "them"], *[NEAR[:3]] * 4)
    for status, session in [("done", ALONE), ("done", TOGETHER), ("dropped", None)] * 2
]
REAGREED = {"closed_on": TODAY, "moves": [(YESTERDAY, TODAY, YESTERDAY, ALONE)]}
TWO_AGO = TODAY - 2 * DAY
STILL_OPEN = {"status": "open", "original_due": TWO_AGO, "closed_on": TWO_AGO}
MOVED_ONCE += (
    [  # made without a date; recorded afterwards; moved again; moved to no date
        MOVED_ONCE[0] | changes
        for changes in (
            {"made": (YESTERDAY, None)},
            {"moves": [(YESTERDAY, TODAY, TODAY + DAY, None)]},
            {"closings": [("done", YESTERDAY, TODAY + DAY, None)]},
            {"moves": [(YESTERDAY, TODAY, YESTERDAY, None)] * 2},
            {"moves": [(YESTERDAY, None, YESTERDAY, None)]},
            {"handovers": [(TODAY, "them")]},
            {"person_id": 2},
            {"owner": "Dana"},
            REAGREED,
            REAGREED | {"session_id": OF_PRIYA},
            STILL_OPEN | {"moves": [(TWO_AGO, YESTERDAY, TWO_AGO, ALONE)]},
            STILL_OPEN | {"moves": [(TWO_AGO, TODAY, TWO_AGO, ALONE)]},
        )
    ]
    * 2
)


def describe_entry(entry: DecidedPromise) -> tuple[object, ...]:
    """Return all that a ledger shows of a promise, but for its words."""
    return (
        entry._replace(action=entry.action._replace(events=())),
        find_correction(entry.action),
        describe_fate_reason(entry, TODAY),
        describe_ledger_caveats(entry, TODAY),
    )


@example(promises=MOVED_ONCE, person_id=None, since=None, until=None)
@example(promises=GRID, person_id=None, since=None, until=None)
@example(promises=OF_THREE, person_id=None, since=None, until=None)
@example(promises=OF_THREE, person_id=1, since=None, until=None)
@example(promises=OF_THREE, person_id=2, since=YESTERDAY, until=None)
@given(
    promises=st.lists(PROMISES, max_size=12),
    person_id=st.sampled_from([None, 1, 2]),
    since=DAYS | st.none(),
    until=DAYS | st.none(),
)
@settings(max_examples=50, deadline=None)
def test_sql_counts_what_rules_say(
    open_journal: Any,
    promises: list[dict[str, Any]],
    person_id: int | None,
    since: date | None,
    until: date | None,
) -> None:
    db = open_journal
    db.execute("BEGIN")
    try:
        for id, promise in enumerate(promises, start=1):
            write(db, id, promise)
        person = person_queries.read_person(db, person_id) if person_id else None
        figures_read = figures.read_progress(
            db, TODAY, person, since=since, until=until
        )
        scope = PromiseScope(TODAY, person, since, until)
        ledger_read = read_ledger(db, scope)
        ledger = [*ledger_read.promises]
        shown = [*ledger_read.me, *ledger_read.them]
        ever = read_actions(db, person_id=person_id)
        everything = read_actions(db, person_id=person_id, include_deleted=True)
        dated = [
            action
            for action in ever
            if (since is None and until is None)
            or (
                action.original_due is not None
                and (since or date.min) <= action.original_due <= (until or date.max)
            )
        ]
    finally:
        db.execute("ROLLBACK")
    as_recorded, still_open = dated, [a for a in ever if a.status is ActionStatus.OPEN]
    dated, ever, everything = (
        with_sides(actions, person_id) for actions in (dated, ever, everything)
    )
    assert (figures_read.me, figures_read.them) == (
        by_rules(dated, "me"),
        by_rules(dated, "them"),
    )
    assert figures_read.me_corrected == as_corrected(dated)
    hidden = [action for action in everything if action.id not in {a.id for a in ever}]
    for owner, slips, remarks in (
        ("me", figures_read.me_slips, figures_read.me_caveats),
        ("them", figures_read.them_slips, figures_read.them_caveats),
    ):
        owned = [a for a in dated if find_owner_at_first_date(a) == owner]
        days = Counter(caveats.count_days_past_first(a, TODAY) for a in owned)
        del days[0]
        assert slips == caveats.count_slips(dict.fromkeys(owned, 1), days)
        hidden_count = sum(
            find_owner_at_first_date(action) == owner
            and action.original_due is not None
            and is_due_within(action, since, until)
            for action in hidden
        )
        expected = caveats.count_caveats(dict.fromkeys(dated, 1), owner, {ALONE})
        assert remarks == expected._replace(
            hidden=hidden_count,
            without_date=sum(
                find_owner_at_first_date(action) == owner
                and action.original_due is None
                and (since or date.min)
                <= find_promise_day(action)
                <= (until or date.max)
                for action in ever
            ),
        )
    if person is None:
        relationships = {1: Relationship.REPORT, 2: Relationship.MANAGER}
        in_direction: dict[Direction | None, list[Action]] = {}
        for action in dated:
            people = [action.person.id] if action.person else list_partners(action)
            direction = find_promise_direction([relationships[id] for id in people])
            in_direction.setdefault(direction, []).append(action)
        assert figures_read.own_plan == by_rules(in_direction.get(None, []), "me")
        assert figures_read.directions == tuple(
            (direction, by_rules(in_direction.get(direction, []), "me"))
            for direction in Direction
        )
    else:
        assert (figures_read.directions, figures_read.own_plan) == (None, None)
    assert figures_read.corrected_on == (TODAY if figures_read.me_corrected else None)
    for row in figures_read.people:
        hers = counted_with(as_recorded, row.person.id)
        assert (row.me, row.them) == (by_rules(hers, "me"), by_rules(hers, "them"))
        assert (row.open, row.overdue, row.done) == (
            len(counted_with(still_open, row.person.id)),
            sum(
                is_overdue(action, TODAY)
                for action in counted_with(still_open, row.person.id)
            ),
            sum(action.status is ActionStatus.DONE for action in hers),
        )
    assert {action.id for action in figures_read.carried} == {
        action.id for action in still_open if action.carried >= 3
    }
    assert [*map(describe_entry, shown)] == [*map(describe_entry, ledger)]
    for counts, owner in ((figures_read.me, "me"), (figures_read.them, "them")):
        entries = [entry for entry in ledger if entry.side == owner]
        recorded = count_fates(map(get_recorded_judgement, entries))
        assert (recorded.first_date, recorded.as_agreed) == (
            counts.first_date,
            counts.as_agreed,
        )
        if owner == "me":
            corrected = count_fates(map(judge_standing_promise, entries))
            now = figures_read.me_corrected or counts
            assert (corrected.first_date, corrected.as_agreed) == (
                now.first_date,
                now.as_agreed,
            )


# Counted by hand


@pytest.fixture
def journal(home: Path) -> Journal:
    """A journal with Priya and Al, both added long ago."""
    journal = Journal(home)
    with journal.change(NOW - timedelta(days=300), create=True) as change:
        person_changes.insert_person(change, *PRIYA)
        person_changes.insert_person(change, "Al", REPORT)
    return journal


def progress(journal: Journal, name: str | None = None, **period: Any) -> Progress:
    with journal.read() as db:
        person = person_queries.find_person(db, name) if name else None
        return figures.read_progress(db, TODAY, person, **period)


def cancel(journal: Journal, person: int, on: date, by: str) -> None:
    """Record a talk that was called off."""
    with journal.change(NOW) as change:
        id = hold(change, person=person, on=on, minutes=30)
        row = change.db_session.get(SessionRow, id)
        assert row is not None
        row.status, row.cancelled_by = row.status.CANCELLED, by


def test_cancelled_talks_are_counted_by_who_cancelled_and_never_as_held(
    journal: Journal,
) -> None:
    with journal.change(NOW) as change:
        hold(change, person=1, on=ago(40), minutes=30)
    cancel(journal, 1, ago(20), "me")
    cancel(journal, 1, ago(21), "me")
    cancel(journal, 2, ago(20), "them")
    cancel(journal, 2, ago(-4), "me")  # still to come, so it is in no month either
    al, priya = progress(journal).people
    assert (priya.sessions, priya.minutes, priya.last_held) == (1, 30, ago(40))
    assert (priya.cancelled_by_me, priya.cancelled_by_them) == (2, 0)
    assert (al.sessions, al.cancelled_by_me, al.cancelled_by_them) == (0, 0, 1)
    assert progress(journal).months[-2:] == (
        MonthFigures("2026-10", 1, 30, minutes_noted=1),
        MonthFigures("2026-11", 0, 0, 2, 1),
    )


def test_months_and_days_are_those_of_the_same_twelve_months(journal: Journal) -> None:
    with journal.change(NOW) as change:
        for on in (
            date(2025, 11, 30),
            date(2025, 12, 1),
            date(2026, 2, 28),
            TODAY,
            TODAY + DAY,
        ):
            hold(change, person=1, on=on, minutes=10)
        hold(change, person=2, on=TODAY)
        hold(change, on=TODAY, minutes=5)
    result = progress(journal)
    assert [(day.date, day.sessions, day.minutes) for day in result.days] == [
        (date(2025, 12, 1), 1, 10),
        (date(2026, 2, 28), 1, 10),
        (TODAY, 3, 15),
        (TODAY + DAY, 1, 10),
    ]
    assert [month.month for month in result.months] == [
        "2025-12",
        *(f"2026-{number:02}" for number in range(1, 12)),
    ]
    assert sum(month.sessions for month in result.months) == 6
    assert result.first_held == date(2025, 11, 30)
    alone = progress(journal, "al")
    assert [day.sessions for day in alone.days] == [1]
    assert alone.first_held == TODAY


def test_a_period_counts_talks_held_and_promises_first_due_in_it(
    journal: Journal,
) -> None:
    with journal.change(NOW) as change:
        hold(change, Promise("old", "me", ago(60)), person=1, on=ago(70), minutes=10)
        hold(change, Promise("in it", "me", ago(30)), person=1, on=ago(31), minutes=20)
        hold(
            change,
            Promise("new", "me", FRIDAY),
            Promise("wish", "me"),
            person=1,
            on=YESTERDAY,
        )
        move_action_row(change, 1, ago(30), on=ago(61))
    result = progress(journal, since=ago(31), until=ago(30))
    priya = result.people[1]
    assert result.me == Tally(missed=1)
    assert (priya.sessions, priya.minutes, priya.open, priya.last_held) == (
        1,
        20,
        4,
        ago(1),
    )
    assert [day.date for day in result.days] == [ago(31)]
    assert (result.since, result.until) == (ago(31), ago(30))
    assert progress(journal, since=YESTERDAY).me == Tally(pending=1)
    earlier = progress(journal, until=ago(60))
    assert earlier.me == Tally(missed=1)
    assert [month.month for month in earlier.months] == [
        "2026-09"
    ]  # from the first talk on


def test_a_period_does_not_cut_off_the_last_talk_nor_what_is_open(
    journal: Journal,
) -> None:
    with journal.change(NOW) as change:
        hold(change, Promise("late", "me", ago(60)), person=1, on=ago(70), minutes=10)
        row = change.db_session.get(ActionRow, 1)
        assert row is not None
        row.carried = 3
        hold(change, person=1, on=ago(80))
        hold(change, person=1, on=ago(2))
    result = progress(journal, since=ago(30), until=ago(10))
    al, priya = result.people
    assert (priya.sessions, priya.open, priya.overdue, priya.last_held) == (
        0,
        1,
        1,
        ago(2),
    )
    assert (al.sessions, al.last_held) == (0, None)
    assert [action.id for action in result.carried] == [1]


def test_talks_alone_and_with_people_put_aside_make_the_table_add_up(
    journal: Journal,
) -> None:
    with journal.change(NOW) as change:
        gone, quiet = (
            person_changes.insert_person(change, name, REPORT)
            for name in ("Gone", "Quiet")
        )
        for person, minutes in ((1, 30), (gone, 40), (gone, 5), (None, 15)):
            hold(change, person=person, on=YESTERDAY, minutes=minutes)
        hold(change, on=ago(400), minutes=7)
        person_changes.mark_person_archived(change, gone)
        person_changes.mark_person_archived(change, quiet)
    result = progress(journal)
    archived = TalkTotals(2, 45, 1, minutes_noted=2)
    assert (result.alone, result.archived) == (TalkTotals(2, 22, 0, 2), archived)
    rows = (*result.people, result.alone, result.archived)
    assert sum(row.sessions for row in rows if row) == 5
    lately = progress(journal, since=YESTERDAY)
    assert (lately.alone, lately.archived) == (TalkTotals(1, 15, 0, 1), archived)
    priya = progress(journal, "priya")
    assert (priya.alone, priya.archived) == (None, None)


def test_a_promise_is_carried_often_from_the_third_time_on(journal: Journal) -> None:
    with journal.change(NOW) as change:
        promises = [
            Promise(f"p{n}", owner, FRIDAY)
            for n, owner in enumerate(["them", "me", "me"])
        ]
        hold(change, *promises, Promise("twice", "me"), Promise("done", "me"), person=1)
        hold(change, Promise("al's", "them"), person=2)
        for id, times in ((1, 5), (2, 3), (3, 4), (4, 2), (5, 9), (6, 3)):
            row = change.db_session.get(ActionRow, id)
            assert row is not None
            row.carried = times
        mark_action_done(change, 5, on=TODAY)
    assert [action.id for action in progress(journal).carried] == [3, 2, 1, 6]
    assert [action.id for action in progress(journal, "al").carried] == [6]


def test_the_ledger_lists_mine_first_then_by_the_first_date(journal: Journal) -> None:
    with journal.change(NOW) as change:
        hold(
            change,
            Promise("theirs", "them", ago(9)),
            Promise("mine, later", "me", ago(3)),
            Promise("mine, moved", "me", ago(5)),
            Promise("Dana's", "Dana", ago(5)),
            Promise("pending", "me", FRIDAY),
            Promise("released", "me", FRIDAY),
            person=1,
            on=ago(20),
        )
        move_action_row(change, 3, FRIDAY, on=ago(6))
        mark_action_done(change, 3, on=TODAY)
        mark_action_dropped(change, 6, on=TODAY)
    with journal.read() as db:
        ledger = [*read_ledger(db, PromiseScope(TODAY)).promises]
    assert [(entry.action.id, entry.fate) for entry in ledger] == [
        (3, Fate.REAGREED),
        (2, Fate.MISSED),
        (1, Fate.MISSED),
    ]


# Fairness


def often(change: Any, person: int, times: int) -> None:
    for number in range(times):
        hold(change, person=person, on=ago(7 * number), minutes=30)


@pytest.fixture
def team(journal: Journal) -> Journal:
    """Four reports known for long: Al (2) was seen once, a peer never, one was archived."""
    with journal.change(NOW - timedelta(days=200)) as change:
        for name in ("Bo", "Cy"):
            person_changes.insert_person(change, name, REPORT)
        person_changes.insert_person(change, "Peer", Relationship.PEER)
        person_changes.mark_person_archived(
            change, person_changes.insert_person(change, "Gone", REPORT)
        )
    with journal.change(NOW) as change:
        for person, times in ((1, 6), (2, 1), (3, 6), (4, 4)):
            often(change, person, times)
        hold(change, person=2, on=ago(91), minutes=600)
    return journal


def flags(journal: Journal) -> dict[str, bool | None]:
    return {row.person.name: row.under_half for row in progress(journal).people}


def test_who_had_under_half_the_usual_time(team: Journal) -> None:
    names = ("Al", "Bo", "Cy", "Peer", "Priya Shah")
    assert flags(team) == dict(
        zip(names, (True, False, False, None, False), strict=True)
    )
    for name, flag in flags(team).items():
        assert progress(team, name).people[0].under_half is flag


def test_nobody_new_or_paused_is_said_to_have_too_little(team: Journal) -> None:
    with team.change(NOW) as change:
        person_changes.insert_person(change, "New", REPORT)
        row = change.db_session.get(PersonRow, 2)
        assert row is not None
        row.paused_until = FRIDAY
    assert (flags(team)["New"], flags(team)["Al"]) == (None, None)
    with team.change(
        NOW
    ) as change:  # their first talk was long before the journal knew them
        hold(change, person=7, on=ago(120))
    assert flags(team)["New"] is True


# A journal used in two time zones


def test_the_day_of_a_talk_is_the_one_where_it_was_held(journal: Journal) -> None:
    """Auckland is in tomorrow while London is in today: what was written down as the day counts."""
    late = datetime(2026, 12, 31, 22, 0, tzinfo=UTC)
    with journal.change(late) as change:
        writing_in_auckland = hold(change, person=1, on=date(2027, 1, 1), minutes=10)
        writing_in_london = hold(change, person=1, on=date(2026, 12, 31), minutes=20)
        row = change.db_session.get(SessionRow, writing_in_auckland)
        assert row is not None
        row.zone = "Pacific/Auckland"
    assert writing_in_auckland < writing_in_london
    with journal.read() as db:
        result = figures.read_progress(db, date(2027, 1, 1))
        in_london = figures.read_progress(db, date(2026, 12, 31))
    assert result.months[-2:] == (
        MonthFigures("2026-12", 1, 20, minutes_noted=1),
        MonthFigures("2027-01", 1, 10, minutes_noted=1),
    )
    assert in_london.months[-2:] == result.months[-2:]


def test_after_a_flight_west_a_talk_counts_in_every_row_alike(journal: Journal) -> None:
    with journal.change(NOW) as change:
        hold(change, person=1, on=TODAY + DAY, minutes=10)
        hold(change, on=TODAY + DAY, minutes=20)
    cancel(journal, 1, TODAY + DAY, "me")
    cancel(journal, 1, TODAY, "them")
    result = progress(journal)
    _, priya = result.people
    assert (priya.sessions, priya.minutes, priya.last_held) == (1, 10, TODAY + DAY)
    assert (priya.cancelled_by_me, priya.cancelled_by_them) == (0, 1)
    assert result.alone == TalkTotals(sessions=1, minutes=20, minutes_noted=1)
    assert result.months[-1] == MonthFigures("2026-11", 2, 30, 0, 1, minutes_noted=2)
    assert [(day.date, day.sessions) for day in result.days] == [
        (TODAY, 0),
        (TODAY + DAY, 2),
    ]


# The local day of a moment

ZONES = (
    "America/St_Johns",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "Europe/London",
    "America/Los_Angeles",
)
MOMENTS = st.integers(0, 4 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 12, 30, tzinfo=UTC) + timedelta(minutes=minutes)
) | st.sampled_from(
    [
        datetime(2026, 3, 29, 0, 59, tzinfo=UTC),  # London's clocks go forward at 1:00
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # and back: 1:30 comes twice
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2028, 2, 29, 10, 0, tzinfo=UTC),  # a leap day, in Kiritimati March
        datetime(2026, 12, 31, 10, 0, tzinfo=UTC),
    ]
)


@settings(max_examples=60, deadline=None)
@given(moment=MOMENTS, zone=st.sampled_from(ZONES))
def test_days_are_those_of_the_place_where_they_were_recorded(
    open_journal: Any, moment: datetime, zone: str
) -> None:
    """Also where UTC, and whoever reads them later, has another day."""
    journal = Journal(
        Path(open_journal.execute("PRAGMA database_list").fetchone()[2]).parent
    )
    local = moment.astimezone(ZoneInfo(zone))
    with journal.change(local) as change:
        name = f"{zone} {moment.isoformat()}"
        id = person_changes.insert_person(change, name, REPORT)
        person_changes.mark_person_archived(change, id)
        action_id = insert_action(change, Promise("x", "me"), on=local.date())
    added_on, archived_on = open_journal.execute(
        "SELECT added_on, archived_on FROM person WHERE id = ?", (id,)
    ).fetchone()
    assert (added_on, archived_on) == (local.date().isoformat(),) * 2
    with journal.read() as db:
        (made,) = action_queries.read_action(db, action_id).events
    assert made.recorded_on == made.on == local.date()
    assert made.at == moment
    open_journal.execute("DELETE FROM person WHERE id = ?", (id,))


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        pytest.param("America/St_Johns", "2026-08-26 01:00", id="evening-in-the-west"),
        pytest.param("Pacific/Auckland", "2026-08-24 20:00", id="morning-in-the-east"),
    ],
)
def test_somebody_is_known_since_the_local_day_they_were_added(
    journal: Journal, zone: str, moment: str
) -> None:
    """Both were added on 25 August, 90 days ago, while UTC had the day after or before."""
    local = (
        datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    )
    with journal.change(local) as change:
        for name in ("Bo", "Cy", "Di"):
            person_changes.insert_person(change, name, Relationship.PEER)
    with journal.change(NOW) as change:
        for id in (3, 4):
            hold(change, person=id, on=TODAY)
    by_name = {row.person.name: row.under_half for row in progress(journal).people}
    assert (by_name["Cy"], by_name["Di"]) == (False, True)
    with journal.read() as db:
        day_before = figures.read_progress(db, YESTERDAY)
    assert {row.under_half for row in day_before.people} == {None}


# Cost


def count_queries(journal: Journal, person: Person | None) -> int:
    """Return how many queries `progress` runs."""
    sent: list[str] = []
    with journal.read() as db:
        db.set_trace_callback(sent.append)
        figures.read_progress(db, TODAY, person)
        read_ledger(db, PromiseScope(TODAY, person))
        db.set_trace_callback(None)
    return len(sent)


@pytest.mark.parametrize("alone", [False, True], ids=["everyone", "one-person"])
def test_no_query_is_run_for_each_row(journal: Journal, alone: bool) -> None:
    with journal.change(NOW) as change:
        hold(change, Promise("x", "me", YESTERDAY), person=1, on=ago(2))
        move_action_row(change, 1, FRIDAY, on=ago(2))
    with journal.read() as db:
        person = person_queries.find_person(db, "priya") if alone else None
    few = count_queries(journal, person)
    with journal.change(NOW) as change:
        for number in range(12):
            hold(change, Promise("x", "me", YESTERDAY), person=1, on=ago(number + 2))
            move_action_row(change, number + 2, FRIDAY, on=ago(2))
    assert count_queries(journal, person) == few
