"""Amounts as they are typed, and what benefits are worth at least."""

from datetime import date

import pytest

from coachlog.errors import InvalidInput
from coachlog.model.worth import AmountSum, AmountUnit, Benefit
from coachlog.rules.lower_bounds import (
    compute_lower_bound,
    parse_amount,
    parse_months,
    parse_percent,
    parse_pounds,
    weigh_benefits,
)

POUNDS, HOURS = AmountUnit.POUNDS, AmountUnit.HOURS


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("£1200", (1200, POUNDS)),
        ("£1,200", (1200, POUNDS)),
        ("£ 1 200", (1200, POUNDS)),
        ("£1.2k", (1200, POUNDS)),
        ("£1.25 K", (1250, POUNDS)),
        ("1,200 pounds", (1200, POUNDS)),
        ("GBP 1200", (1200, POUNDS)),
        ("£1,200.00", (1200, POUNDS)),
        ("£10,000,000", (10_000_000, POUNDS)),
        ("40 hours", (40, HOURS)),
        ("40h", (40, HOURS)),
        (" 1 hour ", (1, HOURS)),
    ],
)
def test_an_amount_as_it_is_typed(typed: str, amount: tuple[int, AmountUnit]) -> None:
    assert parse_amount(typed) == amount


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "is not an amount"),
        ("a lot", "is not an amount"),
        ("£1,20", "is not an amount"),
        ("£12,00", "is not an amount"),
        ("£1200-1400", "is not an amount"),
        ("€1200", "is not an amount"),
        ("2m", "is not an amount"),
        ("£1,200.50", "is not a whole number"),
        ("£1.200", "is not a whole number"),
        ("7.5 hours", "is not a whole number"),
        ("£1.2345k", "is not a whole number"),
        ("1200", "has no unit"),
        ("1,200", "has no unit"),
        ("£40 hours", "has two units"),
        ("-£5", "more than 0"),
        ("£-5", "more than 0"),
        ("£0", "more than 0"),
        ("£10,000,001", "is too much"),
        ("100001 h", "is too much"),
        (f"£{'9' * 5000}", "is too much"),
    ],
)
def test_what_is_no_amount(typed: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        parse_amount(typed)


def test_money_needs_no_sign() -> None:
    assert [parse_pounds(typed) for typed in ("3000", "£3,000", "3k")] == [3000] * 3
    with pytest.raises(InvalidInput, match="is not money"):
        parse_pounds("40 hours")


@pytest.mark.parametrize(
    ("typed", "share"), [("0", 0), ("50 %", 50), ("100%", 100), ("80 per cent", 80)]
)
def test_a_share_is_in_per_cent(typed: str, share: int) -> None:
    assert parse_percent(typed) == share


@pytest.mark.parametrize("typed", ["", "101", "-1", "0.5", "half", "9" * 5000])
def test_what_is_no_share(typed: str) -> None:
    with pytest.raises(InvalidInput, match="0 to 100%"):
        parse_percent(typed)


@pytest.mark.parametrize(
    ("typed", "months"), [("6", 6), ("6 months", 6), ("1 year", 12), ("5y", 60)]
)
def test_a_time_in_months(typed: str, months: int) -> None:
    assert parse_months(typed) == months


@pytest.mark.parametrize("typed", ["", "0", "61", "6 weeks", "-1", "6 years"])
def test_what_is_no_time_in_months(typed: str) -> None:
    with pytest.raises(InvalidInput, match="1 to 60 months"):
        parse_months(typed)


@pytest.mark.parametrize(
    ("amount", "share", "sure", "bound"),
    [
        pytest.param(6000, 50, 80, 2400, id="the-example-of-the-docs"),
        pytest.param(6000, 100, 100, 6000, id="all-of-it"),
        pytest.param(6000, 50, 0, 0, id="not-sure-at-all"),
        pytest.param(6000, 0, 100, 0, id="not-due-to-the-programme"),
        pytest.param(99, 50, 50, 24, id="rounded-down"),
    ],
)
def test_a_lower_bound(amount: int, share: int, sure: int, bound: int) -> None:
    assert compute_lower_bound(amount, share, sure) == bound


def benefit(amount: int | None = None, unit: AmountUnit | None = None) -> Benefit:
    share, sure = (50, 80) if amount else (None, None)
    return Benefit(
        *(1, "", date(2026, 11, 23), "Calm"),
        amount=amount,
        unit=unit,
        share=share,
        sure=sure,
    )


def test_only_amounts_of_one_unit_are_added() -> None:
    benefits = [
        benefit(6000, POUNDS),
        benefit(),
        benefit(99, POUNDS),
        benefit(40, HOURS),
    ]
    worth = weigh_benefits(benefits, rate=None, cost=3000)
    assert worth.sums == (
        AmountSum(POUNDS, 2, 6099, 2439),
        AmountSum(HOURS, 1, 40, 16),
    )
    assert (worth.benefits, worth.lower_bound, worth.cost) == (4, 2439, 3000)


def test_hours_are_money_by_a_rate_alone() -> None:
    hours = [benefit(40, HOURS)]
    assert weigh_benefits(hours, rate=None, cost=None).lower_bound is None
    assert weigh_benefits(hours, rate=20, cost=None).lower_bound == 320


def test_nothing_counted_is_not_nothing() -> None:
    worth = weigh_benefits([benefit()], rate=20, cost=None)
    assert (worth.benefits, worth.sums, worth.lower_bound) == (1, (), None)
