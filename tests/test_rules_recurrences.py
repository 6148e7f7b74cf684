"""When a conversation comes back, and which one a new conversation holds again."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.recurrences import Recurrence
from coachlog.model.references import PersonRef
from coachlog.rules.recurrences import (
    find_repeated_session,
    has_come_up,
    list_return_days,
    pick_declined_days,
    pick_due_recurrences,
)

HELD = date(2026, 1, 31)
MONDAY = date(2026, 11, 23)
BEN, HELEN = PersonRef(1, "Ben"), PersonRef(2, "Helen")


def back(session: int = 1, days: int = 7, **fields: Any) -> Recurrence:
    """Return what was held on Monday, and comes back so many days later."""
    known = Recurrence(
        session, "first-plan", "First plan", MONDAY, MONDAY + timedelta(days=days)
    )
    return known._replace(**fields)


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        (["1w", "6w"], [date(2026, 2, 7), date(2026, 3, 14)]),
        (["1m"], [date(2026, 2, 28)]),  # a calendar month, whatever its days
        (["10 days", "a fortnight"], [date(2026, 2, 10), date(2026, 2, 14)]),
        (["soon", "2w"], [date(2026, 2, 14)]),
        (["9999y"], []),
        ([], []),
    ],
)
def test_each_length_counts_from_the_day_it_was_held(
    again: list[str], expected: list[date]
) -> None:
    assert [day for _, day in list_return_days(again, HELD)] == expected


def test_at_the_end_of_the_calendar_nothing_comes_back() -> None:
    assert list_return_days(["1w", "1m"], date.max) == []


@pytest.mark.parametrize(("days", "expected"), [(3, None), (4, 1), (7, 1), (300, 1)])
def test_it_is_held_again_from_three_days_before(
    days: int, expected: int | None
) -> None:
    day = MONDAY + timedelta(days=days)
    assert find_repeated_session([back()], "first-plan", [], day) == expected


@pytest.mark.parametrize(
    ("known", "template", "people", "tags", "is_found"),
    [
        (back(), "first-plan", [], [], True),
        (back(), "workshop", [], [], False),
        (back(), "first-plan", [1], [], False),
        (back(people=(BEN,)), "first-plan", [1], [], True),
        (back(people=(BEN,)), "first-plan", [], [], False),
        (back(people=(BEN,)), "first-plan", [0], [], False),  # someone new
        (back(people=(BEN, HELEN)), "first-plan", [1, 2], [], True),
        (back(people=(BEN, HELEN)), "first-plan", [2, 1], [], False),
        (back(people=(BEN, HELEN)), "first-plan", [1], [], False),
        (back(tags=("Course", "x")), "first-plan", [], ["course"], True),
        (back(tags=("course",)), "first-plan", [], ["coaching"], False),
        (back(), "first-plan", [], ["course"], False),
    ],
)
def test_it_is_by_the_same_template_with_the_same_people(
    known: Recurrence,
    template: str,
    people: list[int],
    tags: list[str],
    is_found: bool,
) -> None:
    day = MONDAY + timedelta(days=7)
    found = find_repeated_session([known], template, people, day, tags)
    assert found == (1 if is_found else None)


def test_of_several_the_longest_waiting_is_held_again() -> None:
    known = [back(3, 5), back(2, 3), back(1, 5), back(4, 3, held_on=MONDAY)]
    day = MONDAY + timedelta(days=9)
    assert find_repeated_session(known, "first-plan", [], day) == 2


def test_nothing_is_held_again_on_its_own_day() -> None:
    assert find_repeated_session([back(days=1)], "first-plan", [], MONDAY) is None


def test_each_conversation_is_due_once() -> None:
    known = [back(1, 42), back(2, 3), back(1, 7), back(3, 8)]
    due = pick_due_recurrences(known, MONDAY + timedelta(days=50))
    assert [(one.session, (one.back_on - MONDAY).days) for one in due] == [
        *((2, 3), (1, 7), (3, 8)),
    ]
    assert pick_due_recurrences(known, MONDAY + timedelta(days=2)) == []


@given(st.sets(st.integers(1, 60), min_size=1), st.integers(0, 70))
def test_declined_is_all_that_has_come_or_else_the_next(
    lengths: set[int], today: int
) -> None:
    days = sorted(MONDAY + timedelta(days=length) for length in lengths)
    now = MONDAY + timedelta(days=today)
    past = [day for day in days if day <= now]
    assert pick_declined_days(days, now) == (past or days[:1])


@given(st.dates(), st.dates())
def test_what_is_due_has_come_up(back_on: date, day: date) -> None:
    if back_on <= day:
        assert has_come_up(back_on, day)
