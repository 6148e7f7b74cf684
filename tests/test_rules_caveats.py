"""What stands beside the ratios: slips, what was recorded afterwards, directions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coachlog.model.actions import Action, ActionStatus, Event, EventKind, Fate
from coachlog.model.people import Direction, Relationship
from coachlog.model.progress import Caveats, DecidedPromise, Slips
from coachlog.phrasing.fates import (
    describe_caveats,
    describe_ledger_caveats,
    describe_slips,
)
from coachlog.rules import caveats, directions
from coachlog.rules.promises import (
    find_due_in_force,
    find_givers,
    judge_promise,
    list_moves,
)
from coachlog.rules.stories import build_standing, find_story_faults

MON, TUE, WED, THU, FRI = (date(2026, 11, day) for day in range(23, 28))
DAY = timedelta(days=1)
ALONE, TOGETHER = 1, 2
"""The numbers of a session held alone and of one with somebody."""


def happen(
    kind: EventKind,
    on: date,
    due: date | None = None,
    *,
    recorded: date | None = None,
    session: int | None = None,
    old_owner: str | None = None,
) -> Event:
    """Return an event, recorded on its day unless another is given."""
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    new_owner = "Dana" if old_owner else None
    recorded_on = recorded or on
    return Event(
        at, on, kind, due, None, session, None, old_owner, new_owner, recorded_on
    )


def move(on: date, due: date, **more: date | int | None) -> Event:
    return happen(EventKind.MOVED, on, due, **more)  # type: ignore[arg-type]


def promise(
    due: date | None, *events: Event, done: date | None = None, dropped: bool = False
) -> Action:
    status = ActionStatus.OPEN
    if done:
        status = ActionStatus.DROPPED if dropped else ActionStatus.DONE
    moves = [event.due for event in events if event.kind is EventKind.MOVED]
    return Action(
        *(1, "", None, None, "Send the agenda", "me"),
        due=moves[-1] if moves else due,
        original_due=due,
        status=status,
        closed_on=done,
        events=events,
    )


DONE, DROPPED, REOPENED = EventKind.DONE, EventKind.DROPPED, EventKind.REOPENED


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([], False, id="nothing-happened"),
        pytest.param([happen(DONE, TUE)], False, id="done-and-recorded-on-its-day"),
        pytest.param(
            [happen(DONE, TUE, recorded=WED)], True, id="done-recorded-the-day-after"
        ),
        pytest.param(
            [happen(DONE, MON, recorded=TUE)], False, id="recorded-by-its-first-date"
        ),
        pytest.param([happen(DONE, WED, recorded=FRI)], False, id="done-late-anyway"),
        pytest.param(
            [happen(DROPPED, MON, recorded=WED)], True, id="let-go-afterwards"
        ),
        pytest.param([move(TUE, FRI, recorded=WED)], True, id="moved-afterwards"),
        pytest.param([move(WED, FRI)], False, id="moved-too-late"),
        pytest.param(
            [move(MON, THU), happen(DONE, WED, recorded=THU)],
            False,
            id="between-the-dates-in-time",
        ),
        pytest.param(
            [move(MON, THU), happen(DONE, WED, recorded=FRI)],
            True,
            id="after-the-date-in-force",
        ),
        pytest.param(
            [move(MON, THU), happen(DONE, TUE, recorded=WED)],
            True,
            id="after-the-first-date-though-re-agreed",
        ),
        pytest.param([happen(REOPENED, TUE)], False, id="reopened-by-its-first-date"),
        pytest.param([happen(REOPENED, WED)], True, id="reopened-after-it"),
        pytest.param(
            [happen(EventKind.NOTED, MON, recorded=FRI)],
            False,
            id="a-note-changes-none",
        ),
    ],
)
def test_recorded_afterwards(events: list[Event], expected: bool) -> None:
    """Of a promise first due on Tuesday."""
    assert caveats.is_recorded_afterwards(promise(TUE, *events)) is expected


LATEST = MON + 40 * DAY
"""The day on which it is looked, after all that happens in any history."""
STEPS = st.lists(
    st.tuples(
        st.sampled_from([DONE, DROPPED, REOPENED, EventKind.MOVED, EventKind.MOVED]),
        *(st.integers(0, 9), st.integers(0, 4), st.integers(0, 9)),
    ),
    max_size=4,
)
"""What happens on which day, how many days after it is recorded, and the date agreed with it."""


def build_history(events: list[Event]) -> Action:
    standing = build_standing(events)
    action = promise(None, *events)
    return action._replace(**standing._asdict())


def append_steps(
    events: list[Event], steps: list[tuple[EventKind, int, int, int]], earliest: date
) -> list[Event]:
    """Return events with the steps that can be entered after them, from a day on."""
    entered_on = earliest
    for kind, on, delay, days in steps:
        is_open = build_standing(events).status is ActionStatus.OPEN
        if is_open is (kind is REOPENED):
            continue
        day = MON + on * DAY
        entered_on = max(entered_on, day + delay * DAY)
        if kind is REOPENED:
            day = entered_on
        due = day + days * DAY if kind is EventKind.MOVED else None
        longer = [*events, happen(kind, day, due, recorded=entered_on)]
        if not list(find_story_faults(longer)):
            events = longer
    return events


@settings(max_examples=600, deadline=None)
@given(
    due=st.none() | st.integers(0, 4),
    steps=STEPS,
    later_steps=STEPS,
    edited=st.none() | st.tuples(st.integers(1, 8), st.integers(0, 9)),
)
def test_what_is_entered_after_the_first_date_is_counted_aloud_or_changes_nothing(
    due: int | None,
    steps: list[tuple[EventKind, int, int, int]],
    later_steps: list[tuple[EventKind, int, int, int]],
    edited: tuple[int, int] | None,
) -> None:
    """Neither a further event nor another day of a conversation makes a ratio better in silence."""
    made = happen(EventKind.MADE, MON, None if due is None else MON + due * DAY)
    events = append_steps([made], steps, MON)
    before = build_history(events)
    first = before.original_due
    assume(first is not None)
    assert first is not None
    entered_by = max(event.recorded_on or event.on for event in events)
    events = append_steps(events, later_steps, max(first + DAY, entered_by))
    if edited is not None and edited[0] < len(events):
        number, on = edited
        event = events[number]._replace(on=MON + on * DAY, recorded_on=LATEST)
        # As with a conversation: a date that had passed cannot have been agreed on that day.
        assume(event.due is None or event.on <= event.due)
        events = [*events[:number], event, *events[number + 1 :]]
        assume(not list(find_story_faults(events)))
    after = build_history(events)
    assert after.original_due == first
    if caveats.is_recorded_afterwards(after):
        return
    was, now = (judge_promise(action, LATEST) for action in (before, after))
    assert was is not None
    assert now is not None
    assert now.counts_by_first_date or not was.counts_by_first_date
    assert now.fate is was.fate or now.fate is not Fate.KEPT
    if edited is None:
        assert now.counts_by_first_date is was.counts_by_first_date
        assert (now.fate is Fate.KEPT) is (was.fate is Fate.KEPT)


def test_an_undated_promise_has_no_date_to_be_late_for() -> None:
    action = promise(None, happen(DONE, MON, recorded=FRI), done=MON)
    assert not caveats.is_recorded_afterwards(action)
    assert caveats.count_days_past_first(action, FRI) == 0
    counts = caveats.count_caveats({action: 1}, "me", set())
    assert counts == Caveats(without_date=1)


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        pytest.param(promise(TUE), (0, 0), id="never"),
        pytest.param(
            promise(TUE, move(MON, THU, session=TOGETHER)), (1, 0), id="together"
        ),
        pytest.param(promise(TUE, move(MON, THU, session=ALONE)), (0, 1), id="alone"),
        pytest.param(promise(TUE, move(MON, THU)), (0, 1), id="by-a-command"),
        pytest.param(
            promise(TUE, move(MON, WED), move(WED, THU, session=TOGETHER)),
            (1, 0),
            id="the-last-move-in-time-counts",
        ),
        pytest.param(
            promise(TUE, move(MON, WED, session=TOGETHER), move(THU, FRI)),
            (1, 0),
            id="a-late-move-does-not",
        ),
        pytest.param(promise(THU, move(MON, TUE)), (0, 0), id="pulled-forward"),
        pytest.param(promise(TUE, move(WED, FRI)), (0, 0), id="too-late"),
    ],
)
def test_whether_dates_were_re_agreed_together(
    action: Action, expected: tuple[int, int]
) -> None:
    counts = caveats.count_caveats({action: 1}, "me", {ALONE})
    assert (counts.reagreed_together, counts.reagreed_alone) == expected


@given(
    first=st.integers(0, 5),
    moves=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4),
)
def test_a_promise_is_re_agreed_exactly_when_its_date_in_force_is_a_later_one(
    first: int, moves: list[tuple[int, int]]
) -> None:
    events = [move(MON + on * DAY, MON + due * DAY) for on, due in moves]
    action = promise(MON + first * DAY, *events)
    due_in_force, _ = find_due_in_force(MON + first * DAY, list_moves(action))
    reagreement = caveats.find_reagreement(action)
    if due_in_force == MON + first * DAY:
        assert reagreement is None
    else:
        assert reagreement is not None
        assert reagreement.due == due_in_force


@pytest.mark.parametrize(
    ("on", "expected"), [(MON, False), (TUE, False), (WED, True)], ids=str
)
def test_handed_over_after_its_date(on: date, expected: bool) -> None:
    event = happen(EventKind.EDITED, on, old_owner="me")
    assert caveats.is_handed_over_late(promise(TUE, event)) is expected


def hand_over(on: date, *owners: str) -> tuple[Event, ...]:
    """Return the events by which a promise went from each of these owners to the next one."""
    return tuple(happen(EventKind.EDITED, on, old_owner=owner) for owner in owners)


@pytest.mark.parametrize(
    ("handovers", "owner", "givers"),
    [
        pytest.param((), "me", set(), id="never"),
        pytest.param(hand_over(MON, "me"), "HR", {"me"}, id="before-its-date"),
        pytest.param(hand_over(TUE, "me"), "them", {"me"}, id="on-its-date"),
        pytest.param(hand_over(WED, "me"), "them", set(), id="after-its-date"),
        pytest.param(hand_over(MON, "me", "HR"), "me", {"HR"}, id="and-taken-back"),
        pytest.param(
            (*hand_over(TUE, "me"), *hand_over(WED, "them")),
            "me",
            {"me"},
            id="taken-back-the-day-after",
        ),
        pytest.param(hand_over(MON, "me", "them"), "HR", {"me", "them"}, id="twice"),
    ],
)
def test_who_gave_a_promise_to_somebody_else_by_its_date(
    handovers: tuple[Event, ...], owner: str, givers: set[str]
) -> None:
    """Of a promise first due on Tuesday: it counts for the side that gave it away."""
    action = promise(TUE, *handovers)._replace(owner=owner)
    assert find_givers(action) == givers
    for side in ("me", "them"):
        counts = caveats.count_caveats({action: 1}, side, set())
        assert counts.handed_over == (side in givers)
    undated = promise(None, *handovers)._replace(owner=owner)
    assert find_givers(undated) == set()


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        pytest.param(promise(TUE, happen(EventKind.MADE, MON, TUE)), 0, id="at-once"),
        pytest.param(
            promise(FRI, happen(EventKind.MADE, MON), move(FRI, FRI), done=FRI),
            1,
            id="on-the-day-it-was-done",
        ),
        pytest.param(promise(None, happen(EventKind.MADE, MON)), 0, id="never"),
    ],
)
def test_a_promise_dated_only_later_is_counted(action: Action, expected: int) -> None:
    assert caveats.count_caveats({action: 1}, "me", set()).dated_later == expected


@pytest.mark.parametrize(
    ("action", "days"),
    [
        pytest.param(promise(TUE, done=TUE), 0, id="kept"),
        pytest.param(promise(TUE, done=THU), 2, id="done-late"),
        pytest.param(promise(TUE), 3, id="open-to-now"),
        pytest.param(promise(TUE, move(MON, FRI)), 3, id="open-though-re-agreed"),
        pytest.param(promise(FRI), 0, id="not-due-yet"),
        pytest.param(promise(TUE, done=THU, dropped=True), 0, id="dropped"),
    ],
)
def test_days_from_the_first_date_to_done_or_to_now(action: Action, days: int) -> None:
    assert caveats.count_days_past_first(action, FRI) == days


def test_slips_count_promises_moves_and_days() -> None:
    undated = happen(EventKind.MADE, MON), move(MON, WED), move(TUE, FRI)
    actions = [
        promise(WED, *undated),
        promise(TUE, move(MON, WED), move(WED, THU)),
        promise(TUE),
    ]
    assert caveats.count_slips(dict.fromkeys(actions, 1), {1: 1, 2: 1, 9: 2}) == Slips(
        2, 3, 4, 5.5, 9
    )
    assert caveats.count_slips({}, {}) == Slips()
    alike = {promise(TUE, move(MON, WED)): 3}
    assert caveats.count_slips(alike, {}) == Slips(redated=3, moves=3)
    assert caveats.count_caveats(alike, "me", set()).reagreed_alone == 3


@pytest.mark.parametrize(
    ("slips", "words"),
    [
        pytest.param(Slips(), "", id="none"),
        pytest.param(
            Slips(1, 1, 1, 1, 1),
            "1 had its date moved once; 1 was late against its first date, by 1 day",
            id="one",
        ),
        pytest.param(
            Slips(2, 2, 2, 5.5, 9),
            "2 had their date moved, once each; 2 were late against their first date, "
            "typically by 5.5 and "
            "at most by 9 days",
            id="once-each",
        ),
        pytest.param(Slips(2, 5), "2 had their date moved, 5 times in all", id="often"),
        pytest.param(Slips(1, 2), "1 had its date moved twice", id="one-twice"),
    ],
)
def test_slips_in_words(slips: Slips, words: str) -> None:
    assert describe_slips(slips) == words


def test_caveats_in_words_name_each_that_there_is() -> None:
    assert describe_caveats(Caveats()) == ""
    assert describe_caveats(Caveats(*range(8))) == (
        "1 hidden with a deleted conversation, 2 given to somebody else by the first date, "
        "3 dated only later, 4 recorded only after the date had passed, "
        "5 moved in a conversation, 6 moved by you outside a conversation, "
        "7 handed over after the date"
    )
    assert describe_caveats(Caveats(without_date=2)) == "2 without a date"


@pytest.mark.parametrize(
    ("action", "names", "words"),
    [
        pytest.param(promise(TUE), [], "", id="nothing"),
        pytest.param(
            promise(TUE, happen(DONE, TUE, recorded=THU), done=TUE),
            ["recorded_afterwards"],
            "recorded Thu 26 Nov",
            id="recorded-afterwards",
        ),
        pytest.param(
            promise(TUE, happen(DONE, TUE), happen(REOPENED, WED)),
            ["recorded_afterwards"],
            "reopened on Wed 25 Nov",
            id="reopened",
        ),
        pytest.param(
            promise(TUE, happen(EventKind.MADE, MON), move(MON, TUE), move(TUE, FRI)),
            ["dated_later", "reagreed_alone"],
            "dated only later; moved by you outside a conversation",
            id="dated-later-and-re-agreed-alone",
        ),
        pytest.param(
            promise(TUE, move(TUE, FRI, session=TOGETHER)),
            ["reagreed_together"],
            "moved in a conversation",
            id="together",
        ),
        pytest.param(
            promise(TUE, *hand_over(MON, "me"), *hand_over(THU, "them")),
            ["handed_over", "owner_changed"],
            "handed over on Mon 23 Nov; handed over on Thu 26 Nov",
            id="handed-over-by-its-date-and-after-it",
        ),
        pytest.param(
            promise(TUE, *hand_over(MON, "HR")), [], "", id="from-a-third-name"
        ),
    ],
)
def test_a_row_of_the_ledger_says_what_is_counted_of_it(
    action: Action, names: list[str], words: str
) -> None:
    assert list(caveats.list_ledger_caveats(action, {ALONE})) == names
    entry = DecidedPromise(action, Fate.KEPT, caveats=tuple(names))
    assert describe_ledger_caveats(entry, FRI) == words


@pytest.mark.parametrize(
    ("direction", "names"),
    [
        (Direction.TEAM, "report mentee coachee"),
        (Direction.ACROSS, "peer"),
        (Direction.UP, "manager coach mentor supervisor"),
    ],
)
def test_every_relationship_has_one_direction(direction: Direction, names: str) -> None:
    relationships = [each for each in Relationship if each.value in names.split()]
    assert {directions.find_direction(each) for each in relationships} == {direction}
    assert sum(map(len, directions.DIRECTIONS.values())) == len(Relationship)
