"""The measures of docs/figures.md: what counts as a promise kept, and who is due for a talk."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coachlog.dates import Rhythm
from coachlog.model.actions import Action, ActionStatus, Event, EventKind, Fate
from coachlog.model.progress import DecidedPromise, Share, Tally
from coachlog.rules import tallies
from coachlog.rules.corrections import (
    find_quarter,
    judge_earlier_fate,
    list_ended_promises,
)
from coachlog.rules.promises import (
    ENDED_FATES,
    Judgement,
    count_days_overdue,
    find_corrected_fate,
    find_due_in_force,
    find_owner_at_first_date,
    find_vague_verb,
    is_overdue,
    judge_fate,
    judge_promise,
    list_moves,
)
from coachlog.rules.rhythm import (
    count_days_late,
    find_next_talk,
    is_long_gap,
    judge_rhythm,
)

MON, TUE, WED, THU, FRI = (date(2026, 11, day) for day in range(23, 28))
DAY = timedelta(days=1)


def promise(
    due: date | None,
    *moves: tuple[date, date],
    done: date | None = None,
    dropped: date | None = None,
) -> Action:
    """Return a promise first agreed for `due`; each move is (the day it was made, the new due)."""
    status = (
        ActionStatus.DONE
        if done
        else ActionStatus.DROPPED
        if dropped
        else ActionStatus.OPEN
    )
    return Action(
        id=1,
        uid="",
        person=None,
        session=None,
        what="Send the agenda",
        owner="me",
        due=moves[-1][1] if moves else due,
        original_due=due,
        status=status,
        closed_on=done or dropped,
        events=tuple(at(on, EventKind.MOVED, to) for on, to in moves),
    )


def at(on: date, kind: EventKind, due: date | None = None) -> Event:
    from datetime import UTC, datetime

    return Event(datetime(on.year, on.month, on.day, 9, tzinfo=UTC), on, kind, due)


@pytest.mark.parametrize(
    ("action", "today", "fate"),
    [
        pytest.param(promise(WED), TUE, Fate.PENDING, id="open-before-the-day"),
        pytest.param(promise(WED), WED, Fate.PENDING, id="open-on-the-day"),
        pytest.param(promise(WED), THU, Fate.MISSED, id="open-after-the-day"),
        pytest.param(promise(WED, done=MON), FRI, Fate.KEPT, id="kept-early"),
        pytest.param(promise(WED, done=WED), FRI, Fate.KEPT, id="kept-on-the-day"),
        pytest.param(promise(WED, done=THU), FRI, Fate.LATE, id="kept-late"),
        pytest.param(
            promise(TUE, (MON, THU), done=THU), FRI, Fate.REAGREED, id="kept-re-agreed"
        ),
        pytest.param(
            promise(TUE, (TUE, THU), done=WED),
            FRI,
            Fate.REAGREED,
            id="moved-on-the-day-in-force",
        ),
        pytest.param(
            promise(TUE, (MON, THU), done=TUE),
            FRI,
            Fate.KEPT,
            id="moved-yet-kept-first",
        ),
        pytest.param(
            promise(FRI, (MON, TUE), done=THU), FRI, Fate.KEPT, id="moved-forward-kept"
        ),
        pytest.param(
            promise(TUE, (MON, WED), done=THU), FRI, Fate.LATE, id="re-agreed-and-late"
        ),
        pytest.param(
            promise(MON, (MON, TUE), (TUE, WED), (WED, THU), done=THU),
            FRI,
            Fate.REAGREED,
            id="serial-re-dating-in-time-each-time",
        ),
        pytest.param(
            promise(MON, (MON, TUE), (WED, THU), done=THU),
            FRI,
            Fate.LATE,
            id="serial-re-dating-once-too-late",
        ),
        pytest.param(
            promise(MON, (TUE, WED), (WED, THU), done=THU),
            FRI,
            Fate.LATE,
            id="a-move-in-time-does-not-heal-one-that-was-late",
        ),
        pytest.param(
            promise(MON, (MON, WED), (THU, FRI), done=WED),
            FRI,
            Fate.REAGREED,
            id="moved-late-then-told-early",
        ),
        pytest.param(
            promise(MON, (TUE, FRI), done=MON),
            FRI,
            Fate.KEPT,
            id="moved-late-then-told-on-the-first-date",
        ),
        pytest.param(
            promise(MON, (MON, THU), (TUE, WED), done=THU),
            FRI,
            Fate.LATE,
            id="the-last-date-agreed-in-time-not-the-latest",
        ),
        pytest.param(
            promise(MON, (MON, THU), (TUE, WED), done=WED),
            FRI,
            Fate.REAGREED,
            id="moved-there-and-back",
        ),
        pytest.param(promise(THU, (MON, TUE)), WED, Fate.PENDING, id="pulled-forward"),
        pytest.param(
            promise(THU, (MON, TUE)), FRI, Fate.MISSED, id="pulled-forward-missed"
        ),
        pytest.param(
            promise(THU, (MON, TUE), (WED, FRI), done=FRI),
            FRI,
            Fate.REAGREED,
            id="pulled-forward-then-moved-on-before-the-first-date",
        ),
        pytest.param(
            promise(THU, (MON, TUE), dropped=THU),
            FRI,
            Fate.RELEASED,
            id="pulled-forward-released",
        ),
        pytest.param(
            promise(TUE, (MON, FRI)), THU, Fate.PENDING, id="re-agreed-and-pending"
        ),
        pytest.param(
            promise(TUE, (MON, WED)), THU, Fate.MISSED, id="re-agreed-and-missed"
        ),
        pytest.param(
            promise(TUE, (WED, FRI)),
            THU,
            Fate.MISSED,
            id="moved-too-late-is-no-pending",
        ),
        pytest.param(
            promise(TUE, (WED, FRI), done=THU), FRI, Fate.LATE, id="moved-too-late-done"
        ),
        pytest.param(
            promise(TUE, (WED, FRI), dropped=THU),
            FRI,
            Fate.MISSED,
            id="moved-too-late-dropped",
        ),
        pytest.param(
            promise(WED, dropped=TUE), FRI, Fate.RELEASED, id="released-before"
        ),
        pytest.param(
            promise(WED, dropped=WED), FRI, Fate.RELEASED, id="released-on-the-day"
        ),
        pytest.param(promise(WED, dropped=THU), FRI, Fate.MISSED, id="dropped-late"),
        pytest.param(
            promise(TUE, (MON, THU), dropped=THU),
            FRI,
            Fate.RELEASED,
            id="re-agreed-and-released",
        ),
        pytest.param(
            promise(TUE, (MON, WED), dropped=THU), FRI, Fate.MISSED, id="re-agreed-drop"
        ),
        pytest.param(promise(None), FRI, None, id="no-due-open"),
        pytest.param(promise(None, done=MON), FRI, None, id="no-due-done"),
        pytest.param(promise(None, dropped=MON), FRI, None, id="no-due-dropped"),
    ],
)
def test_fate(action: Action, today: date, fate: Fate | None) -> None:
    assert judge_fate(action, today) is fate


def test_moves_count_in_the_order_of_their_days_not_of_their_typing() -> None:
    """A move may be recorded later than one that was made after it."""
    action = promise(MON, (WED, THU), (MON, WED), done=THU)
    assert judge_fate(action, FRI) is Fate.REAGREED


def test_only_moves_change_the_date_in_force() -> None:
    others = [at(WED, kind, FRI) for kind in EventKind if kind is not EventKind.MOVED]
    assert judge_fate(promise(TUE)._replace(events=tuple(others)), THU) is Fate.MISSED


FATES = {
    Fate.KEPT: promise(TUE, done=TUE),
    Fate.REAGREED: promise(MON, (MON, TUE), done=TUE),
    Fate.LATE: promise(MON, done=TUE),
    Fate.MISSED: promise(MON),
    Fate.PENDING: promise(FRI),
    Fate.RELEASED: promise(FRI, dropped=MON),
}


@pytest.mark.parametrize(
    ("actions", "tally", "first_date", "as_agreed"),
    [
        pytest.param([], Tally(), (0, 0), (0, 0), id="nothing-promised"),
        pytest.param(
            [promise(None)], Tally(), (0, 0), (0, 0), id="a-wish-does-not-count"
        ),
        pytest.param(
            [promise(FRI)], Tally(pending=1), (0, 0), (0, 0), id="nothing-decided-yet"
        ),
        pytest.param(
            [promise(WED, dropped=WED)],
            Tally(released=1),
            (0, 0),
            (0, 0),
            id="let-go-on-its-day",
        ),
        pytest.param(
            [promise(MON, (MON, THU), dropped=TUE)],
            Tally(released=1, released_past_first=1),
            (0, 1),
            (0, 0),
            id="let-go-between-the-dates",
        ),
        pytest.param(
            [promise(TUE, (TUE, FRI))],
            Tally(pending=1, pending_past_first=1),
            (0, 1),
            (0, 0),
            id="re-dated-past-its-first-date",
        ),
        pytest.param(
            [promise(WED, (MON, FRI))],
            Tally(pending=1),
            (0, 0),
            (0, 0),
            id="re-dated-before-its-first-date",
        ),
        pytest.param(
            [promise(FRI, done=WED)], Tally(kept=1), (1, 1), (1, 1), id="done-early"
        ),
        pytest.param([promise(MON)], Tally(missed=1), (0, 1), (0, 1), id="missed"),
        pytest.param(
            [promise(MON, (MON, TUE), done=TUE)],
            Tally(kept_as_reagreed=1),
            (0, 1),
            (1, 1),
            id="the-gap-is-re-dating",
        ),
        pytest.param(
            list(FATES.values()),
            Tally(1, 1, 1, 1, 1, 1),
            (1, 4),
            (2, 4),
            id="one-of-each",
        ),
        pytest.param(
            [promise(MON, done=TUE)],
            Tally(kept_late=1),
            (0, 1),
            (0, 1),
            id="late-is-not-kept",
        ),
        pytest.param(
            [promise(TUE, done=MON)] * 5 + [promise(TUE, (TUE, FRI))] * 5,
            Tally(kept=5, pending=5, pending_past_first=5),
            (5, 10),
            (5, 5),
            id="five-kept-and-five-re-dated-for-ever",
        ),
    ],
)
def test_tally(
    actions: list[Action],
    tally: Tally,
    first_date: tuple[int, int],
    as_agreed: tuple[int, int],
) -> None:
    result = tallies.tally_fates(actions, today=WED)
    assert (result, result.first_date, result.as_agreed) == (
        tally,
        first_date,
        as_agreed,
    )


@pytest.mark.parametrize(
    ("share", "ratio"), [(Share(0, 0), None), (Share(0, 2), 0.0), (Share(3, 4), 0.75)]
)
def test_nothing_of_nothing_is_no_share(share: Share, ratio: float | None) -> None:
    assert share.ratio == ratio


@pytest.mark.parametrize("fate", Fate)
def test_each_fate_is_counted_under_its_own_name(fate: Fate) -> None:
    counts = tallies.tally_fates([FATES[fate]], WED)._asdict()
    past_first = dict.fromkeys(("pending_past_first", "released_past_first"), 0)
    assert counts == {f: int(f is fate) for f in Fate} | past_first


DAYS = st.integers(0, 30).map(lambda number: MON + number * DAY)


PASSING = [kind for kind in EventKind if kind is not EventKind.MOVED]
"""What may have happened on the way without a trace in status and dates, as when reopened."""


@st.composite
def promises(draw: st.DrawFn) -> Action:
    """Return any history: agreed, moved in time or late, to and fro, closed and reopened.

    It may have been closed on a day before its last move: then that was told afterwards.
    """
    moves = draw(st.lists(st.tuples(DAYS, DAYS), max_size=4).map(lambda m: sorted(m)))
    closed = draw(DAYS)
    end = draw(st.sampled_from(["open", "done", "dropped"]))
    action = promise(
        draw(st.none() | DAYS),
        *moves,
        done=closed if end == "done" else None,
        dropped=closed if end == "dropped" else None,
    )
    earlier = draw(st.lists(st.tuples(st.sampled_from(PASSING), DAYS), max_size=3))
    events = [at(on, kind) for kind, on in earlier]
    return action._replace(events=(*action.events, *events))


TODAY = st.integers(0, 90).map(lambda number: MON + number * DAY)
MANY = st.lists(promises(), max_size=8)


@given(actions=MANY, today=TODAY)
@settings(max_examples=100, deadline=None)
def test_every_dated_promise_has_one_fate_and_first_is_never_above_agreed(
    actions: list[Action], today: date
) -> None:
    tally = tallies.tally_fates(actions, today)
    fate_count = sum(tally) - tally.past_first
    assert fate_count == len([action for action in actions if action.original_due])
    first, agreed = tally.first_date, tally.as_agreed
    assert 0 <= agreed.of <= first.of
    if agreed.of:
        assert 0 <= first.kept / first.of <= agreed.kept / agreed.of <= 1
    else:
        assert first.kept == 0


@given(actions=MANY, today=TODAY)
@settings(max_examples=100, deadline=None)
def test_the_ratio_by_the_first_date_as_docs_figures_defines_it(
    actions: list[Action], today: date
) -> None:
    kept, of = 0, 0
    actions = [action for action in actions if (action.closed_on or today) <= today]
    for action in actions:
        first, closed_on = action.original_due, action.closed_on
        if first is None:
            continue
        is_done = action.status is ActionStatus.DONE
        is_in_time = closed_on is not None and closed_on <= first
        is_let_go = action.status is ActionStatus.DROPPED and is_in_time
        if (is_done or today > first) and not is_let_go:
            of += 1
            kept += is_done and is_in_time
    assert tallies.tally_fates(actions, today).first_date == (kept, of)


@given(
    first=DAYS,
    moves=st.lists(st.tuples(DAYS, DAYS), max_size=4),
    status=st.sampled_from(ActionStatus),
    waited=st.integers(1, 60),
    further=st.integers(0, 30),
)
@settings(max_examples=100, deadline=None)
def test_nothing_that_happens_after_the_first_date_changes_the_first_ratio(
    first: date,
    moves: list[tuple[date, date]],
    status: ActionStatus,
    waited: int,
    further: int,
) -> None:
    """Whatever becomes of a promise still open then, it was not kept by its first date."""
    action = promise(first, *moves)
    assert tallies.tally_fates([action], first + DAY).first_date == (0, 1)
    closed_on = first + waited * DAY
    ended = action._replace(
        status=status,
        closed_on=None if status is ActionStatus.OPEN else closed_on,
    )
    today = closed_on + further * DAY
    assert tallies.tally_fates([ended], today).first_date == (0, 1)


@given(actions=MANY, today=TODAY, end=st.sampled_from([Fate.PENDING, Fate.RELEASED]))
@settings(max_examples=50, deadline=None)
def test_a_promise_not_due_yet_or_let_go_in_time_changes_neither_ratio(
    actions: list[Action], today: date, end: Fate
) -> None:
    due = today + 3 * DAY
    extra = promise(due) if end is Fate.PENDING else promise(due, dropped=today)
    before, after = (
        tallies.tally_fates(actions, today),
        tallies.tally_fates([*actions, extra], today),
    )
    assert judge_fate(extra, today) is end
    assert (after.first_date, after.as_agreed) == (before.first_date, before.as_agreed)


@given(data=st.data(), actions=MANY, today=TODAY)
@settings(max_examples=50, deadline=None)
def test_the_order_of_promises_changes_nothing(
    data: st.DataObject, actions: list[Action], today: date
) -> None:
    mixed = data.draw(st.permutations(actions))
    assert tallies.tally_fates(mixed, today) == tallies.tally_fates(actions, today)


@given(
    action=promises(),
    waited=st.integers(1, 10),
    further=st.integers(-10, 30),
    closing=st.sampled_from([None, "done", "dropped"]),
    later=st.integers(0, 20),
)
@settings(max_examples=50, deadline=None)
def test_a_move_after_the_due_never_helps(
    action: Action, waited: int, further: int, closing: str | None, later: int
) -> None:
    """With such a move a promise fares as without it, however far the new date is."""
    assume(action.original_due is not None)
    assert action.original_due is not None
    due_in_force, _ = find_due_in_force(action.original_due, list_moves(action))
    last = action.events[-1].on if action.events else MON
    moved_on = max(due_in_force, last) + waited * DAY
    today = moved_on + later * DAY
    status = ActionStatus(closing or "open")
    broken = action._replace(status=status, closed_on=today if closing else None)
    new_due = moved_on + further * DAY
    late_move = broken._replace(
        due=new_due, events=(*broken.events, at(moved_on, EventKind.MOVED, new_due))
    )
    assert judge_fate(late_move, today) is judge_fate(broken, today)
    assert judge_fate(late_move, today) in {Fate.MISSED, Fate.LATE}


@given(action=promises(), today=TODAY, more=st.integers(0, 60))
@settings(max_examples=50, deadline=None)
def test_once_decided_the_passing_of_time_changes_nothing(
    action: Action, today: date, more: int
) -> None:
    assume(all(event.on <= today for event in action.events))
    assume(action.closed_on is None or action.closed_on <= today)
    fate = judge_fate(action, today)
    if fate is not Fate.PENDING:
        assert judge_fate(action, today + more * DAY) is fate


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        pytest.param(promise(TUE), True, id="date-passed"),
        pytest.param(promise(WED), False, id="due-today"),
        pytest.param(promise(THU), False, id="due-later"),
        pytest.param(promise(None), False, id="no-date"),
        pytest.param(promise(MON, (MON, FRI)), False, id="moved-on"),
        pytest.param(promise(FRI, (MON, TUE)), False, id="pulled-forward"),
        pytest.param(
            promise(TUE, (MON, MON)),
            True,
            id="pulled-forward-and-its-first-date-passed",
        ),
        pytest.param(promise(MON, (TUE, FRI)), False, id="moved-too-late"),
        pytest.param(promise(MON, done=TUE), False, id="done-late"),
        pytest.param(promise(MON, dropped=TUE), False, id="dropped-late"),
    ],
)
def test_overdue_on_wednesday(action: Action, expected: bool) -> None:
    assert is_overdue(action, WED) is expected


@given(action=promises(), today=TODAY)
@settings(max_examples=100, deadline=None)
def test_what_is_not_due_yet_by_the_figures_is_overdue_on_no_screen(
    action: Action, today: date
) -> None:
    """Nor is a promise before its first date; after a late move it waits for the new one."""
    assume(action.original_due is not None or action.due is None)
    is_late = is_overdue(action, today)
    assert is_late == (count_days_overdue(action, today) > 0)
    if is_late and all(event.on <= today for event in action.events):
        assert judge_fate(action, today) is Fate.MISSED
        assert action.original_due is not None
        assert action.original_due < today


@pytest.mark.parametrize(
    ("last_held", "every_days", "due"),
    [
        (MON, 14, date(2026, 12, 7)),
        (date(2026, 12, 30), 7, date(2027, 1, 6)),
        (None, 14, None),
        (MON, None, None),
        (None, None, None),
    ],
)
def test_next_talk(
    last_held: date | None, every_days: int | None, due: date | None
) -> None:
    assert find_next_talk(last_held, Rhythm(every_days)) == due


@pytest.mark.parametrize(
    ("days_ago", "every_days", "expected"),
    [
        pytest.param(0, 14, "in time", id="today"),
        pytest.param(14, 14, "in time", id="on-the-day"),
        pytest.param(16, 14, "in time", id="two-days-of-grace"),
        pytest.param(17, 14, "amber", id="past-its-grace"),
        pytest.param(23, 14, "amber", id="one-and-a-half-times-and-grace"),
        pytest.param(24, 14, "red", id="past-one-and-a-half-times-and-grace"),
        pytest.param(8, 7, "in time", id="a-weekly-1-1-on-day-8"),
        pytest.param(9, 7, "in time", id="a-week-has-two-days-as-well"),
        pytest.param(10, 7, "amber", id="a-week-and-three-days"),
        pytest.param(12, 7, "amber", id="below-12.5"),
        pytest.param(13, 7, "red", id="above-12.5"),
        pytest.param(32, 28, "in time", id="a-seventh-of-four-weeks"),
        pytest.param(33, 28, "amber", id="past-a-seventh-of-four-weeks"),
        pytest.param(46, 28, "amber", id="42-and-4"),
        pytest.param(47, 28, "red", id="past-42-and-4"),
        pytest.param(3, 1, "in time", id="every-day"),
        pytest.param(4, 1, "red", id="every-day-past-3.5"),
        pytest.param(None, 14, "amber", id="never-talked"),
        pytest.param(400, None, None, id="no-rhythm"),
        pytest.param(None, None, None, id="neither"),
    ],
)
def test_rhythm(
    days_ago: int | None, every_days: int | None, expected: str | None
) -> None:
    last_held = None if days_ago is None else FRI - days_ago * DAY
    assert judge_rhythm(last_held, Rhythm(every_days), FRI) == expected


@pytest.mark.parametrize(
    ("last_held", "months", "due", "grace", "red_after"),
    [
        pytest.param("2026-01-31", 1, "2026-02-28", 4, "2026-03-18", id="february"),
        pytest.param("2028-01-31", 1, "2028-02-29", 4, "2028-03-18", id="leap-year"),
        pytest.param("2026-01-15", 1, "2026-02-15", 4, "2026-03-06", id="31-days"),
        pytest.param("2026-02-15", 1, "2026-03-15", 4, "2026-04-02", id="28-days"),
        pytest.param("2026-11-30", 3, "2027-02-28", 12, "2027-04-26", id="a-quarter"),
        pytest.param("2026-12-31", 1, "2027-01-31", 4, "2027-02-19", id="year-end"),
        pytest.param("2028-02-29", 12, "2029-02-28", 52, "2029-10-20", id="a-year"),
    ],
)
def test_a_month_of_a_rhythm_is_a_calendar_month(
    last_held: str, months: int, due: str, grace: int, red_after: str
) -> None:
    last, due_day, last_amber_day = map(date.fromisoformat, (last_held, due, red_after))
    rhythm = Rhythm(None, months)
    assert find_next_talk(last, rhythm) == due_day
    last_green_day = due_day + grace * DAY
    green_days = (last_green_day, last_green_day + DAY)
    days = (*green_days, last_amber_day, last_amber_day + DAY)
    states = [judge_rhythm(last, rhythm, day) for day in days]
    assert states == ["in time", "amber", "amber", "red"]
    assert not is_long_gap(last, last_amber_day, rhythm)
    assert is_long_gap(last, last_amber_day + DAY, rhythm)


@pytest.mark.parametrize(
    ("last_held", "every_days", "paused_until", "state", "due"),
    [
        pytest.param(
            FRI - 40 * DAY, 14, FRI, "paused", FRI + 14 * DAY, id="its-last-day"
        ),
        pytest.param(
            FRI - 40 * DAY, 14, FRI - DAY, "in time", FRI + 13 * DAY, id="the-day-after"
        ),
        pytest.param(
            FRI - 90 * DAY, 14, FRI - 16 * DAY, "in time", FRI - 2 * DAY, id="its-grace"
        ),
        pytest.param(
            FRI - 90 * DAY, 14, FRI - 17 * DAY, "amber", FRI - 3 * DAY, id="then-amber"
        ),
        pytest.param(
            FRI - 90 * DAY, 14, FRI - 24 * DAY, "red", FRI - 10 * DAY, id="then-red"
        ),
        pytest.param(
            FRI - 3 * DAY,
            14,
            FRI - 30 * DAY,
            "in time",
            FRI + 11 * DAY,
            id="a-talk-since",
        ),
        pytest.param(None, 14, FRI + DAY, "paused", None, id="never-talked-and-away"),
        pytest.param(None, 14, FRI - DAY, "amber", None, id="never-talked-and-back"),
        pytest.param(
            FRI - 90 * DAY, None, FRI, "paused", None, id="no-rhythm-and-away"
        ),
        pytest.param(
            FRI - 90 * DAY, None, FRI - DAY, None, None, id="no-rhythm-and-back"
        ),
    ],
)
def test_a_pause(
    last_held: date | None,
    every_days: int | None,
    paused_until: date,
    state: str | None,
    due: date | None,
) -> None:
    assert judge_rhythm(last_held, Rhythm(every_days), FRI, paused_until) == state
    assert find_next_talk(last_held, Rhythm(every_days), paused_until) == due


@given(
    st.integers(0, 900),
    st.integers(1, 365).map(Rhythm)
    | st.integers(1, 12).map(lambda count: Rhythm(None, count)),
    st.none() | st.integers(-900, 400),
    st.integers(0, 99),
)
def test_the_state_and_the_day_due_agree(
    ago: int, every: Rhythm, pause: int | None, later: int
) -> None:
    """Past the day due and its grace it is amber or red, before neither; time alone never helps."""
    last_held = FRI - ago * DAY
    until = None if pause is None else FRI + pause * DAY
    due = find_next_talk(last_held, every, until)
    state = judge_rhythm(last_held, every, FRI, until)
    days_late = count_days_late(last_held, every, FRI, until)
    assert due is not None
    assert days_late == max(0, (FRI - due).days)
    start = last_held if until is None else max(last_held, until)
    rhythm_days = (due - start).days
    assert (state in ("amber", "red")) == (days_late > max(2, rhythm_days / 7))
    assert (state == "red") == (days_late > rhythm_days / 2 + max(2, rhythm_days / 7))
    worse = judge_rhythm(last_held, every, FRI + later * DAY, until)
    order = ["paused", "in time", "amber", "red"]
    assert order.index(worse or "") >= order.index(state or "")


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ("Look into the rota", "look into"),
        ("look at the rota", "look at"),
        ("Think about who else could", "think about"),
        ("  to consider a course", "consider"),
        ("I'll explore options", "explore"),
        ("I’ll try to be on time", "try to"),
        ("We will work on trust", "work on"),
        ("TOUCH BASE with Dana", "touch base"),
        ("Keep an eye on overtime", "keep an eye on"),
        ("Send Dana the agenda", None),
        ("Ask Sam to look into the rota", None),
        ("Tryst with destiny", None),
        ("Reconsider the rota", None),
        ("", None),
    ],
)
def test_vague(words: str, verb: str | None) -> None:
    assert find_vague_verb(words) == verb


# Corrected by the owner


def events(*changes: tuple[EventKind, Fate | None]) -> tuple[Event, ...]:
    """Return events in the order in which they were recorded."""
    return tuple(at(WED, kind)._replace(fate=fate) for kind, fate in changes)


SAID_KEPT = (EventKind.CORRECTED, Fate.KEPT)
SAID_MISSED = (EventKind.CORRECTED, Fate.MISSED)
WITHDRAWN = (EventKind.CORRECTED, None)


@pytest.mark.parametrize(
    ("changes", "fate"),
    [
        pytest.param([], None, id="nothing-happened"),
        pytest.param([(EventKind.DONE, None)], None, id="never-corrected"),
        pytest.param([SAID_KEPT], Fate.KEPT, id="corrected"),
        pytest.param(
            [(EventKind.DONE, None), SAID_KEPT], Fate.KEPT, id="corrected-after-it"
        ),
        pytest.param([SAID_KEPT, SAID_MISSED], Fate.MISSED, id="the-last-one-counts"),
        *(
            pytest.param([SAID_KEPT, (kind, None)], None, id=f"{kind}-later-undoes-it")
            for kind in (
                EventKind.DONE,
                EventKind.DROPPED,
                EventKind.MOVED,
                EventKind.REOPENED,
            )
        ),
        *(
            pytest.param(
                [SAID_KEPT, (kind, None)], Fate.KEPT, id=f"{kind}-later-leaves-it"
            )
            for kind in (EventKind.CARRIED, EventKind.EDITED, EventKind.NOTED)
        ),
        pytest.param(
            [SAID_KEPT, (EventKind.REOPENED, None), SAID_MISSED],
            Fate.MISSED,
            id="corrected-anew",
        ),
    ],
)
def test_corrected(
    changes: list[tuple[EventKind, Fate | None]], fate: Fate | None
) -> None:
    assert find_corrected_fate(promise(MON)._replace(events=events(*changes))) is fate


def test_a_correction_changes_no_fate() -> None:
    action = promise(MON)._replace(events=events(SAID_KEPT))
    assert judge_fate(action, FRI) is Fate.MISSED


@pytest.mark.parametrize(
    ("changes", "fate"),
    [
        pytest.param([SAID_KEPT, WITHDRAWN], None, id="withdrawn"),
        pytest.param([WITHDRAWN], None, id="nothing-to-withdraw"),
        pytest.param(
            [SAID_KEPT, SAID_MISSED, WITHDRAWN], None, id="withdrawn-with-those-before"
        ),
        pytest.param(
            [SAID_KEPT, WITHDRAWN, SAID_MISSED], Fate.MISSED, id="corrected-again"
        ),
    ],
)
def test_a_correction_can_be_withdrawn(
    changes: list[tuple[EventKind, Fate | None]], fate: Fate | None
) -> None:
    action = promise(MON)._replace(events=events(*changes))
    assert find_corrected_fate(action) is fate


ENDS = {
    "kept": promise(TUE, done=TUE),
    "as re-agreed": promise(MON, (MON, TUE), done=TUE),
    "late": promise(MON, done=TUE),
    "missed": promise(MON),
    "let go": promise(FRI, dropped=MON),
    "let go between the dates": promise(MON, (MON, WED), dropped=TUE),
    "not due yet": promise(FRI),
    "re-dated": promise(MON, (MON, FRI)),
}
ENDED = st.sampled_from(list(ENDS.values()))
CORRECTED = st.tuples(ENDED, st.sampled_from(ENDED_FATES) | st.none())


@given(st.lists(CORRECTED, max_size=8))
def test_adjusting_a_tally_equals_counting_with_the_corrected_fates(
    pairs: list[tuple[Action, Fate | None]],
) -> None:
    actions = []
    standing = []
    for action, fate in pairs:
        correction = events((EventKind.CORRECTED, fate)) if fate else ()
        actions.append(action._replace(events=action.events + correction))
        recorded = judge_promise(action, WED)
        assert recorded is not None
        if fate and recorded.fate in ENDED_FATES and fate is not recorded.fate:
            recorded = Judgement(fate, fate is not Fate.RELEASED)
        standing.append(recorded)
    tally = tallies.tally_fates(actions, WED)
    adjusted, on = tallies.adjust_tally(tally, actions, WED)
    expected = tallies.count_fates(standing)
    if standing == [judge_promise(action, WED) for action in actions]:
        assert (adjusted, on) == (None, None)
    else:
        assert (adjusted, on) == (expected, WED)


@pytest.mark.parametrize(
    ("fate", "first_date", "as_agreed"),
    [
        pytest.param(None, (1, 3), (1, 2), id="as-recorded"),
        pytest.param(Fate.RELEASED, (1, 2), (1, 1), id="released-leaves-both"),
        pytest.param(Fate.KEPT, (2, 3), (2, 2), id="kept-counts-in-both"),
        pytest.param(Fate.REAGREED, (1, 3), (2, 2), id="as-re-agreed-is-not-first"),
        pytest.param(Fate.LATE, (1, 3), (1, 2), id="late-in-neither"),
    ],
)
def test_what_a_correction_does_to_both_ratios(
    fate: Fate | None, first_date: tuple[int, int], as_agreed: tuple[int, int]
) -> None:
    """Beside one kept and one re-dated past its first date, of one that was missed."""
    missed = promise(MON)
    if fate:
        missed = missed._replace(events=events((EventKind.CORRECTED, fate)))
    actions = [missed, promise(TUE, done=TUE), promise(MON, (MON, FRI))]
    tally = tallies.tally_fates(actions, WED)
    adjusted, _ = tallies.adjust_tally(tally, actions, WED)
    counts = adjusted or tally
    assert (counts.first_date, counts.as_agreed) == (first_date, as_agreed)


@pytest.mark.parametrize(
    ("action", "counts"),
    [
        pytest.param(promise(TUE, done=MON), True, id="done-early"),
        pytest.param(promise(THU, done=WED), True, id="done-before-its-date-has-come"),
        pytest.param(promise(TUE), True, id="missed"),
        pytest.param(promise(WED), False, id="due-today"),
        pytest.param(promise(TUE, dropped=TUE), False, id="let-go-on-its-day"),
        pytest.param(promise(MON, (MON, WED), dropped=TUE), True, id="let-go-after-it"),
    ],
)
def test_what_counts_by_the_first_date(action: Action, counts: bool) -> None:
    judgement = judge_promise(action, WED)
    assert judgement is not None
    assert judgement.counts_by_first_date is counts


# For whom a promise counts


def change_owner(on: date, old: str, new: str) -> Event:
    return at(on, EventKind.EDITED)._replace(old_owner=old, new_owner=new)


@pytest.mark.parametrize(
    ("changes", "owner"),
    [
        pytest.param([], "me", id="never-changed"),
        pytest.param([change_owner(MON, "them", "me")], "me", id="before-the-date"),
        pytest.param([change_owner(TUE, "them", "me")], "me", id="on-the-day"),
        pytest.param([change_owner(WED, "them", "me")], "them", id="after-it"),
        pytest.param(
            [
                change_owner(MON, "Dana", "them"),
                change_owner(WED, "them", "Al"),
                change_owner(THU, "Al", "me"),
            ],
            "them",
            id="several-times",
        ),
    ],
)
def test_a_promise_counts_for_its_owner_at_the_end_of_its_first_date(
    changes: list[Event], owner: str
) -> None:
    action = promise(TUE)._replace(events=tuple(changes), owner="me")
    assert find_owner_at_first_date(action) == owner


def test_a_correction_counts_only_for_whoever_owned_the_promise_on_its_date() -> None:
    given_away = promise(MON, dropped=MON)._replace(
        events=(*events(SAID_MISSED), change_owner(TUE, "me", "them")), owner="them"
    )
    entry = tallies.build_ledger_entry(given_away, WED)
    assert entry == DecidedPromise(given_away, Fate.RELEASED, False)
    taken_over = given_away._replace(
        events=(*events(SAID_MISSED), change_owner(TUE, "them", "me")), owner="me"
    )
    assert tallies.build_ledger_entry(taken_over, WED) is None


@pytest.mark.parametrize(
    ("before", "fate"),
    [
        pytest.param([], Fate.MISSED, id="open"),
        pytest.param([(EventKind.DONE, MON, None)], Fate.KEPT, id="done"),
        pytest.param([(EventKind.DONE, TUE, None)], Fate.LATE, id="done-late"),
        pytest.param([(EventKind.DROPPED, MON, None)], Fate.RELEASED, id="let-go"),
        pytest.param(
            [(EventKind.DONE, MON, None), (EventKind.REOPENED, MON, None)],
            Fate.MISSED,
            id="reopened",
        ),
        pytest.param(
            [(EventKind.MOVED, MON, TUE), (EventKind.DONE, TUE, None)],
            Fate.REAGREED,
            id="moved",
        ),
    ],
)
def test_what_stood_before_it_was_corrected(
    before: list[tuple[EventKind, date, date | None]], fate: Fate
) -> None:
    """Whatever happened afterwards."""
    correction = at(WED, EventKind.CORRECTED)._replace(fate=Fate.MISSED)
    earlier = tuple(at(on, kind, due) for kind, on, due in before)
    action = promise(MON, done=FRI)._replace(
        events=(*earlier, correction, at(FRI, EventKind.DONE))
    )
    assert judge_earlier_fate(action, correction) is fate


def test_a_correction_of_a_correction_comes_from_that_one() -> None:
    first, second = events(SAID_KEPT, SAID_MISSED)
    action = promise(MON)._replace(events=(first, second))
    assert judge_earlier_fate(action, second) is Fate.KEPT


def test_a_quarter_is_91_days_up_to_and_with_the_day() -> None:
    since, until = find_quarter(FRI)
    assert (since, until, (until - since).days + 1) == (date(2026, 8, 29), FRI, 91)


def test_what_ended_comes_worst_first_then_by_date() -> None:
    actions = [
        promise(WED, dropped=TUE),
        promise(TUE, done=MON),
        promise(MON, done=MON),
        promise(FRI),
        promise(None),
        promise(MON, (MON, TUE), done=TUE),
        promise(MON, done=TUE),
        promise(MON),
    ]
    promises = list_ended_promises(
        [a._replace(id=n) for n, a in enumerate(actions)], THU
    )
    assert [(promise.action.id, promise.fate.value) for promise in promises] == [
        *((7, "missed"), (6, "kept_late"), (5, "kept_as_reagreed")),
        *((2, "kept"), (1, "kept"), (0, "released")),
    ]
