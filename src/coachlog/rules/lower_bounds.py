"""What a programme was worth at least, and the amounts and shares that are typed for it."""

import re
from collections.abc import Iterable, Sequence

from coachlog.errors import InvalidInput
from coachlog.model.worth import (
    AmountSum,
    AmountUnit,
    Benefit,
    CountedBenefit,
    Worth,
)
from coachlog.text import clean_line, fold_text, shorten_text

MOST_AMOUNTS = {AmountUnit.POUNDS: 10_000_000, AmountUnit.HOURS: 100_000}
"""More than that is taken for a slip."""
MOST_MONTHS = 60

_AMOUNT = (
    r"(?P<minus>-)?(?P<before>£|gbp)? ?(?P<minus_after>-)?"
    r"(?P<digits>[0-9]+|[0-9]{1,3}(?:[, ][0-9]{3})+)(?P<part>\.[0-9]+)?"
    r" ?(?P<thousand>k)? ?(?P<after>£|pounds?|gbp|hours?|hrs?|h)?"
)
_MONTHS = r"(?P<count>[0-9]{1,4}) ?(?P<unit>months?|m|years?|y)?"
_PERCENT = r"(?P<count>[0-9]{1,4}) ?(?:%|per ?cent)?"
_HOUR_WORDS = ("hour", "hours", "hr", "hrs", "h")
_AMOUNT_FORMS = "Type it as £1,200, £1.2k or 40 hours."
_NOTHING_CHANGED = "Nothing was changed."


def parse_amount(text: str) -> tuple[int, AmountUnit]:
    """Return how much was typed, and what of: whole pounds or whole hours.

    Raises InvalidInput for what is no amount, has no unit, is not whole, not above 0, or absurd.
    """
    return _parse_amount(text, None)


def parse_pounds(text: str) -> int:
    """Return a sum of money in whole pounds, typed with the sign for pounds or without.

    Raises InvalidInput as `parse_amount`, and for hours.
    """
    amount, unit = _parse_amount(text, AmountUnit.POUNDS)
    if unit is not AmountUnit.POUNDS:
        raise _build_fault(f"{_quote_typed(text)} is not money.", "Type it as £1,200.")
    return amount


def _parse_amount(text: str, usual_unit: AmountUnit | None) -> tuple[int, AmountUnit]:
    match = re.fullmatch(_AMOUNT, fold_text(text))
    if match is None:
        raise _build_fault(
            f"{_quote_typed(text)} is not an amount, such as £1,200 or 40 hours.",
            _AMOUNT_FORMS,
        )
    if match["minus"] or match["minus_after"]:
        raise _build_fault(
            "An amount is more than 0.",
            "Leave out what was lost: this is a lower bound of what was gained.",
        )
    amount = _count_whole_amount(text, match)
    unit = _choose_unit(text, match, usual_unit)
    if amount == 0:
        raise _build_fault(
            "An amount is more than 0.", "Leave it out if nothing can be counted."
        )
    limit = MOST_AMOUNTS[unit]
    if amount > limit:
        raise _build_fault(
            f"{_quote_typed(text)} is too much: the limit is {limit:,} {unit}.",
            "Check the number.",
        )
    return amount, unit


def _choose_unit(
    text: str, match: re.Match[str], usual_unit: AmountUnit | None
) -> AmountUnit:
    """Return the unit of an amount. Raises InvalidInput for none, and for two that differ."""
    units = [
        AmountUnit.HOURS if word in _HOUR_WORDS else AmountUnit.POUNDS
        for word in (match["before"], match["after"])
        if word
    ]
    if len(set(units)) > 1:
        raise _build_fault(f"{_quote_typed(text)} has two units.", _AMOUNT_FORMS)
    if units:
        return units[0]
    if usual_unit is None:
        number = clean_line(text)
        raise _build_fault(
            f"{_quote_typed(text)} has no unit: £{number}, or {number} hours?",
            f"Type £{number} or {number} hours.",
        )
    return usual_unit


def _count_whole_amount(text: str, match: re.Match[str]) -> int:
    """Return the whole number that was typed; `1.2k` is 1200. Raises InvalidInput for no whole one.

    A point before three digits is a thousand in other countries, so that it is refused.
    """
    digits = re.sub("[, ]", "", match["digits"])
    # Python reads no number of thousands of digits.
    digits = digits.lstrip("0")[:20] or "0"
    decimals = (match["part"] or ".").removeprefix(".").rstrip("0")
    if not match["thousand"]:
        if decimals or (match["part"] and len(match["part"]) > 3):
            raise _build_fault(
                f"{_quote_typed(text)} is not a whole number.", _AMOUNT_FORMS
            )
        return int(digits)
    if len(decimals) > 3:
        raise _build_fault(
            f"{_quote_typed(text)} is not a whole number.", _AMOUNT_FORMS
        )
    return int(digits) * 1000 + int(decimals.ljust(3, "0"))


def parse_percent(text: str) -> int:
    """Return a share in per cent, 0 to 100. Raises InvalidInput for anything else."""
    match = re.fullmatch(_PERCENT, fold_text(text))
    if match is None or int(match["count"]) > 100:
        raise _build_fault(
            f"{_quote_typed(text)} is not a whole number from 0 to 100%.",
            "Type a whole number: 50.",
        )
    return int(match["count"])


def parse_months(text: str) -> int:
    """Return a time in months, 1 to `MOST_MONTHS`: `6`, `6 months` or `1 year`.

    Raises InvalidInput for anything else.
    """
    match = re.fullmatch(_MONTHS, fold_text(text))
    count = int(match["count"]) if match else 0
    if match and (match["unit"] or "m").startswith("y"):
        count *= 12
    if not 1 <= count <= MOST_MONTHS:
        raise _build_fault(
            f"{_quote_typed(text)} is not from 1 to {MOST_MONTHS} months.",
            "Type it as 6 months or 1 year.",
        )
    return count


def _quote_typed(text: str) -> str:
    return f"“{shorten_text(text, 40)}”"


def _build_fault(message: str, hint: str) -> InvalidInput:
    return InvalidInput(f"{message} {_NOTHING_CHANGED}", hint)


def compute_lower_bound(amount: int, share: int, sure: int) -> int:
    """Return how much of an amount counts at least, in its unit, rounded down.

    amount * share * sure, both in per cent: first the part that is due to the programme, then as
    much of it as the estimate is sure (Phillips, Return on Investment in Training and Performance
    Improvement Programs, 2nd edition, 2003: isolate the effect, then adjust for confidence).
    """
    return amount * share * sure // 10_000


def weigh_benefits(
    benefits: Sequence[Benefit], *, rate: int | None, cost: int | None
) -> Worth:
    """Return what benefits are worth at least together; only amounts in one unit are added.

    Hours become pounds by the `rate` of an hour alone. The parts that are shown add up to the sum,
    as each is rounded down by itself.
    """
    gains = tuple(_count_benefits(benefits))
    sums = tuple(_sum_amounts(gains))
    bounds = {amount_sum.unit: amount_sum.lower_bound for amount_sum in sums}
    money = []
    if AmountUnit.POUNDS in bounds:
        money.append(bounds[AmountUnit.POUNDS])
    if AmountUnit.HOURS in bounds and rate is not None:
        money.append(bounds[AmountUnit.HOURS] * rate)
    return Worth(
        benefits=len(benefits),
        gains=gains,
        sums=sums,
        rate=rate,
        cost=cost,
        lower_bound=sum(money) if money else None,
    )


def _count_benefits(benefits: Iterable[Benefit]) -> Iterable[CountedBenefit]:
    """Yield the benefits that have an amount, with what of it counts."""
    for benefit in benefits:
        if benefit.amount is None or benefit.share is None or benefit.sure is None:
            continue
        bound = compute_lower_bound(benefit.amount, benefit.share, benefit.sure)
        yield CountedBenefit(benefit, bound)


def _sum_amounts(gains: Sequence[CountedBenefit]) -> Iterable[AmountSum]:
    """Yield the amounts in each unit together, pounds first."""
    for unit in AmountUnit:
        alike = [each for each in gains if each.benefit.unit is unit]
        if alike:
            yield AmountSum(
                unit,
                len(alike),
                sum(each.benefit.amount or 0 for each in alike),
                sum(each.lower_bound for each in alike),
            )
