"""What a programme was worth, as the owner says: benefits that may be counted, and stories."""

from datetime import date
from enum import StrEnum

from coachlog.named_tuples import NamedTuple


class AmountUnit(StrEnum):
    """What an amount is of."""

    POUNDS = "pounds"
    HOURS = "hours"


class Benefit(NamedTuple):
    """Something that changed, who noticed it, and what shows that.

    Where something was saved or earned that can be counted, `amount` is how much in all, over
    `months` if these are known. `share` is how much of it is due to the programme, and `sure` how
    sure the owner is, both in per cent. Without an amount, these are None.
    """

    id: int
    uid: str
    recorded_on: date
    what: str
    noticed_by: str | None = None
    evidence: str | None = None
    gain: str | None = None
    amount: int | None = None
    unit: AmountUnit | None = None
    months: int | None = None
    share: int | None = None
    sure: int | None = None


class BenefitFields(NamedTuple):
    """What is recorded about a benefit; the fields are those of `Benefit`."""

    what: str
    noticed_by: str | None = None
    evidence: str | None = None
    gain: str | None = None
    amount: int | None = None
    unit: AmountUnit | None = None
    months: int | None = None
    share: int | None = None
    sure: int | None = None


class CountedBenefit(NamedTuple):
    """A benefit with an amount, and how much of that counts at least."""

    benefit: Benefit
    lower_bound: int


class AmountSum(NamedTuple):
    """The amounts in one unit together: of how many benefits, and how much of them counts."""

    unit: AmountUnit
    benefits: int
    amount: int
    lower_bound: int


class Worth(NamedTuple):
    """All benefits together, beside what the programme cost.

    `benefits` is how many there are, with an amount or without; `gains` are those with one. `rate`
    is what an hour is worth in pounds, and `cost` is in pounds, both as typed; None where they were
    not. `lower_bound` is in pounds, with the hours in it where there is a rate; None where nothing
    is money.
    """

    benefits: int
    gains: tuple[CountedBenefit, ...]
    sums: tuple[AmountSum, ...]
    rate: int | None = None
    cost: int | None = None
    lower_bound: int | None = None


class WorthStory(NamedTuple):
    """A story of five lines: how it was before, what happened, and so on."""

    id: int
    uid: str
    written_on: date
    before: str
    event: str
    response: str
    outcome: str
    lesson: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Return its five lines, in their order."""
        return (self.before, self.event, self.response, self.outcome, self.lesson)
