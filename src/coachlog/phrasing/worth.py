"""Amounts, and what a programme was worth, in words."""

from coachlog.model.worth import AmountUnit, Benefit, BenefitFields, Worth
from coachlog.text import format_count

SELF_REPORT = (
    "Self-reported: by you alone, about yourself. Nobody has checked it, and nobody knows what "
    "would have happened anyway."
)
STORY_REMARK = (
    "No name is safe by this alone: whoever sends the page, and what happened in it, may still "
    "name you or others."
)
STORY_HEADINGS = (
    "How it was before",
    "What happened",
    "What I did",
    "What came of it",
    "What I learnt",
)
"""What stands above each line of a story."""
FORMULA = (
    "Each amount counts times the share due to the programme, times how sure you are, rounded "
    "down."
)


def describe_amount(amount: int, unit: AmountUnit) -> str:
    """Return an amount with its unit: `£1,200`, `40 hours`, `1 hour`."""
    if unit is AmountUnit.POUNDS:
        return f"£{amount:,}"
    return "1 hour" if amount == 1 else f"{amount:,} hours"


def describe_benefit_amount(benefit: Benefit | BenefitFields) -> str:
    """Return how much a benefit was, over how long: `£1,200 in 6 months`; '' for no amount."""
    if benefit.amount is None or benefit.unit is None:
        return ""
    words = describe_amount(benefit.amount, benefit.unit)
    if benefit.months is None:
        return words
    return f"{words} in {format_count(benefit.months, 'month')}"


def describe_uncounted_hours(worth: Worth) -> str:
    """Return how many hours are in no money, and how to turn them into it; '' for none."""
    if worth.rate is not None:
        return ""
    for amount_sum in worth.sums:
        if amount_sum.unit is AmountUnit.HOURS:
            hours = describe_amount(amount_sum.lower_bound, amount_sum.unit)
            return f"At least {hours} as well, which are not money: to count them, add --rate."
    return ""


def describe_basis(worth: Worth) -> str:
    """Return how many benefits there are, and how many of them have an amount."""
    benefits = format_count(worth.benefits, "benefit")
    if not worth.gains:
        return f"{benefits}, none with an amount; self-reported"
    return f"{benefits}, {len(worth.gains)} with an amount; self-reported"
