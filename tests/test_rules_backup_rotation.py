"""Which backups are kept: 7 daily, 4 weekly, 12 monthly, and never one too few."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.rules.backup_rotation import (
    DatedBackup,
    list_outdated_backups,
    list_surplus_damaged_backups,
)

TODAY = date(2026, 11, 30)  # a Monday


def backup(day: date, hour: int = 9, *, is_good: bool = True) -> DatedBackup:
    moment = datetime.combine(day, time(hour))
    return DatedBackup(f"{moment:%Y-%m-%d %H}", moment, is_good)


def each_day(first: date, last: date) -> list[DatedBackup]:
    return [
        backup(first + timedelta(days=number))
        for number in range((last - first).days + 1)
    ]


def kept(backups: Sequence[DatedBackup], today: date = TODAY) -> list[DatedBackup]:
    """Return what is left once the outdated ones are removed, the newest first."""
    outdated = list_outdated_backups(backups, today, is_journal_sound=True)
    rest = [one for one in backups if one.name not in outdated]
    return sorted(rest, key=lambda one: one.made_at, reverse=True)


def kept_days(backups: Sequence[DatedBackup], today: date = TODAY) -> str:
    return " ".join(f"{one.day:%d%b%y}" for one in kept(backups, today))


def test_a_backup_a_day_for_two_years() -> None:
    """Each of the last seven days, the Sundays of three more weeks, and the ends of months."""
    assert kept_days(each_day(date(2024, 12, 1), TODAY)) == (
        "30Nov26 29Nov26 28Nov26 27Nov26 26Nov26 25Nov26 24Nov26 "
        "22Nov26 15Nov26 "
        "31Oct26 30Sep26 31Aug26 31Jul26 30Jun26 31May26 30Apr26 31Mar26 28Feb26 31Jan26 31Dec25"
    )


def test_a_backup_a_month_is_kept_for_a_year() -> None:
    months = [backup(date(2025 + n // 12, n % 12 + 1, 3)) for n in range(23)]
    assert [one.day for one in kept(months)] == [
        one.day for one in sorted(months, reverse=True)[:12]
    ]


def test_of_one_day_only_the_newest_is_kept() -> None:
    backups = [backup(TODAY, hour) for hour in (8, 12, 23, 9)]
    assert [one.made_at.hour for one in kept(backups)] == [23]


def test_a_week_is_that_of_its_own_year() -> None:
    """From 29 December 2025 to 4 January 2026 it is one week, in two months and two years."""
    sunday = date(2026, 1, 18)
    assert kept_days(each_day(date(2025, 12, 20), sunday), sunday) == (
        "18Jan26 17Jan26 16Jan26 15Jan26 14Jan26 13Jan26 12Jan26 "
        "11Jan26 04Jan26 31Dec25 28Dec25"
    )


def test_the_same_month_of_two_years_is_two_months() -> None:
    birthdays = [backup(date(year, 5, 3)) for year in range(2010, 2027)]
    assert kept(birthdays) == birthdays[:-13:-1]


def test_what_is_outdated_comes_oldest_first() -> None:
    backups = each_day(date(2026, 11, 2), date(2026, 11, 15))
    outdated = list_outdated_backups(backups[::-1], TODAY, is_journal_sound=True)
    assert outdated == [f"2026-11-{day:02} 09" for day in range(2, 8)]


def test_nothing_is_removed_while_the_journal_is_not_sound() -> None:
    backups = each_day(date(2024, 1, 1), TODAY)
    assert list_outdated_backups(backups, TODAY, is_journal_sound=False) == []


def test_a_damaged_one_takes_no_place_and_goes_after_seven_good_days() -> None:
    damaged = backup(TODAY, is_good=False)
    good = each_day(date(2026, 11, 24), TODAY - timedelta(days=1))
    assert len(kept([*good, damaged])) == len(good) + 1
    for number in range(1, 8):
        day = TODAY + timedelta(days=number)
        good.append(backup(day))
        assert (damaged in kept([*good, damaged], day)) == (number < 7)


def test_the_good_one_of_the_same_day_is_no_later_one() -> None:
    damaged = backup(TODAY, 8, is_good=False)
    last = TODAY + timedelta(days=6)
    assert damaged in kept([damaged, *each_day(TODAY, last)], last)


def test_only_damaged_ones_are_all_kept() -> None:
    backups = [one._replace(is_good=False) for one in each_day(date(2026, 1, 1), TODAY)]
    assert len(kept(backups)) == len(backups)


def test_a_clock_that_was_ahead_for_a_while_costs_nothing() -> None:
    """What it made is kept, and counts for nothing until that day has come."""
    real = kept(each_day(date(2025, 1, 1), TODAY))
    ahead = each_day(date(2099, 1, 1), date(2099, 2, 28))
    assert kept([*real, *ahead]) == [*ahead[::-1], *real]


def test_a_clock_that_starts_again_in_1970_removes_nothing() -> None:
    real = kept(each_day(date(2025, 1, 1), TODAY))
    behind = each_day(date(1970, 1, 1), date(1970, 1, 3))
    assert kept([*real, *behind], date(1970, 1, 3)) == [*real, *behind[::-1]]


def test_a_clock_that_is_ahead_now_makes_nothing_old() -> None:
    real = kept(each_day(date(2025, 1, 1), TODAY))
    assert kept(real, date(2099, 1, 1)) == real


# What always holds

DAYS = st.dates(date(2024, 12, 1), date(2027, 1, 31))
BACKUPS = st.lists(
    st.builds(
        lambda day, hour, is_good: backup(day, hour, is_good=is_good),
        DAYS,
        st.integers(0, 23),
        st.sampled_from([True, True, True, False]),
    ),
    max_size=120,
    unique_by=lambda one: one.name,
)


def good_past(backups: Sequence[DatedBackup], today: date) -> list[DatedBackup]:
    return [one for one in backups if one.is_good and one.day <= today]


@given(BACKUPS, DAYS)
def test_a_second_look_removes_nothing_more(
    backups: list[DatedBackup], today: date
) -> None:
    rest = kept(backups, today)
    assert kept(rest, today) == rest


@given(BACKUPS, DAYS)
def test_twenty_three_good_ones_are_the_most(
    backups: list[DatedBackup], today: date
) -> None:
    assert len(good_past(kept(backups, today), today)) <= 23


@given(BACKUPS, DAYS)
def test_the_newest_good_one_stays(backups: list[DatedBackup], today: date) -> None:
    """That of all, and that of those whose day has come."""
    rest = kept(backups, today)
    for good in (
        [one for one in backups if one.is_good],
        good_past(backups, today),
    ):
        if good:
            assert max(good, key=lambda one: one.made_at) in rest


@given(BACKUPS, DAYS)
def test_nothing_of_days_to_come_is_removed_or_counts(
    backups: list[DatedBackup], today: date
) -> None:
    past = [one for one in backups if one.day <= today]
    assert list_outdated_backups(
        backups, today, is_journal_sound=True
    ) == list_outdated_backups(past, today, is_journal_sound=True)


@given(BACKUPS, DAYS)
def test_a_damaged_one_never_costs_a_good_one(
    backups: list[DatedBackup], today: date
) -> None:
    rest = kept(backups, today)
    good = [one for one in backups if one.is_good]
    assert [one for one in rest if one.is_good] == kept(good, today)


@given(BACKUPS, DAYS, DAYS)
def test_what_is_outdated_stays_outdated(
    backups: list[DatedBackup], one_day: date, other_day: date
) -> None:
    """Whenever it is removed, on the way or at the end, the same is left."""
    early, late = sorted((one_day, other_day))
    before = list_outdated_backups(backups, early, is_journal_sound=True)
    after = list_outdated_backups(backups, late, is_journal_sound=True)
    assert set(before) <= set(after)
    assert kept(kept(backups, early), late) == kept(backups, late)


@given(BACKUPS, DAYS, st.randoms())
def test_the_order_in_which_they_are_listed_does_not_matter(
    backups: list[DatedBackup], today: date, random: Random
) -> None:
    shuffled = random.sample(backups, len(backups))
    assert kept(shuffled, today) == kept(backups, today)


@pytest.mark.parametrize("count", [7, 100, 800])
def test_day_by_day_the_same_is_kept_as_at_once(count: int) -> None:
    backups: list[DatedBackup] = []
    first = date(2024, 12, 1)
    for number in range(count):
        day = first + timedelta(days=number)
        backups = kept([*backups, backup(day)], day)
    last = first + timedelta(days=count - 1)
    assert backups == kept(each_day(first, last), last)


@pytest.mark.parametrize(
    ("count", "kept_numbers"),
    [(0, []), (1, [0]), (2, [0, 1]), (3, [0, 1, 2]), (4, [0, 2, 3]), (90, [0, 88, 89])],
)
def test_of_a_damaged_journal_the_first_and_the_newest_two_are_kept(
    count: int, kept_numbers: list[int]
) -> None:
    first = TODAY - timedelta(days=90)
    backups = [
        backup(first + timedelta(days=number), is_good=False) for number in range(count)
    ]
    surplus = list_surplus_damaged_backups(backups, TODAY)
    rest = [number for number in range(count) if backups[number].name not in surplus]
    assert rest == kept_numbers
