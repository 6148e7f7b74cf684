"""What was measured, and what it was before."""

from datetime import date

from coachlog.model.references import PersonRef
from coachlog.named_tuples import NamedTuple


class MeasureReading(NamedTuple):
    """The latest value of a measure and, if it was asked on the same range, the one before it."""

    measure: str
    value: int
    low: int
    high: int
    on: date
    before: int | None = None
    before_on: date | None = None
    private: bool = False


class MeasuredValue(NamedTuple):
    """One value of a measure, the conversation in which it was asked, and whom it is about.

    `person` is None for the owner of the journal.
    """

    measure: str
    value: int
    low: int
    high: int
    on: date
    session: int
    person: PersonRef | None = None
    private: bool = False
