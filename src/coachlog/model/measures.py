"""What was measured, and what it was before."""

from datetime import date
from typing import NamedTuple


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
