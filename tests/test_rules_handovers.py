"""Who made a promise, and to whom it was handed over since."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.actions import Action, Event, EventKind
from coachlog.phrasing.owners import (
    SideNames,
    describe_first_owner,
    describe_handovers,
    describe_owner_since,
)
from coachlog.rules import handovers
from coachlog.rules.promises import find_owner_on

MON, TUE, WED, THU, FRI = (date(2026, 11, day) for day in range(23, 28))
NAMES = SideNames("you", "Ida")


def happen(on: date, kind: EventKind, old: str | None, new: str | None) -> Event:
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    return Event(at, on, kind, old_owner=old, new_owner=new)


def promise(made: date | None, *owners: tuple[date, str], first: str = "me") -> Action:
    """Return a promise made on a day and handed to each of these on theirs."""
    events = [] if made is None else [happen(made, EventKind.MADE, None, None)]
    owner = first
    for day, new_owner in owners:
        events.append(happen(day, EventKind.EDITED, owner, new_owner))
        owner = new_owner
    return Action(1, "", None, None, "Send the agenda", owner, events=tuple(events))


@pytest.mark.parametrize(
    ("action", "first", "handed", "since"),
    [
        pytest.param(promise(MON), "you", "", "", id="never"),
        pytest.param(
            promise(MON, (WED, "them")),
            *("you", ", handed to Ida on Wed 25 Nov", ", since 25 Nov"),
            id="to-them",
        ),
        pytest.param(
            promise(MON, (WED, "me"), first="them"),
            *("Ida", ", handed to you on Wed 25 Nov", ", since 25 Nov"),
            id="to-me",
        ),
        pytest.param(
            promise(MON, (MON, "them")), *("Ida", "", ""), id="put-right-on-its-day"
        ),
        pytest.param(
            promise(TUE, (MON, "them")), *("Ida", "", ""), id="made-later-by-an-edit"
        ),
        pytest.param(
            promise(MON, (WED, "them"), (WED, "me")),
            *("you", "", ""),
            id="and-back-within-a-day",
        ),
        pytest.param(
            promise(MON, (WED, "Dana"), (WED, "them")),
            *("you", ", handed to Ida on Wed 25 Nov", ", since 25 Nov"),
            id="twice-within-a-day",
        ),
        pytest.param(
            promise(MON, (TUE, "Dana"), (THU, "me")),
            "you",
            ", handed to Dana on Tue 24 Nov, then to you on Thu 26 Nov",
            ", since 26 Nov",
            id="and-back",
        ),
    ],
)
def test_who_promised_and_who_has_it_since(
    action: Action, first: str, handed: str, since: str
) -> None:
    """To give a promise away leaves it promised by whoever made it."""
    assert describe_first_owner(action, NAMES) == first
    assert describe_handovers(action, NAMES, FRI) == handed
    assert describe_owner_since(action, FRI) == since


def test_a_handover_of_another_year_has_its_year() -> None:
    action = promise(MON, (WED, "them"))
    assert describe_owner_since(action, date(2027, 1, 4)) == ", since 25 Nov 2026"


OWNERS = st.sampled_from(["me", "them", "Dana"])
CHANGES = st.lists(st.tuples(st.integers(-1, 5), OWNERS), max_size=5)


@given(OWNERS, CHANGES)
def test_the_handovers_lead_from_the_first_owner_to_the_present_one(
    first: str, changes: list[tuple[int, str]]
) -> None:
    """On every day from the first one on, the last handover until then names the owner."""
    days = sorted(day for day, _ in changes)
    pairs = zip(days, (owner for _, owner in changes), strict=True)
    action = promise(
        MON, *((MON + timedelta(day), to) for day, to in pairs), first=first
    )
    steps = list(handovers.list_handovers(action))
    for number in range(7):
        day = MON + timedelta(number)
        owner = handovers.find_first_owner(action)
        for step in steps:
            if step.on <= day:
                owner = step.new_owner
        assert owner == find_owner_on(action, day)
    assert all(step.old_owner != step.new_owner for step in steps)
