"""Lengths of time: `2w`, `two weeks`, `a month`. A month is a calendar month, whatever its days."""

import re
from datetime import date, timedelta

from coachlog.dates import add_months
from coachlog.dates.faults import DateFault
from coachlog.dates.frames import Frame
from coachlog.named_tuples import NamedTuple

_COUNT_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
}
_COUNT_WORDS |= {
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_DAY_UNITS = {"d": 1, "day": 1, "w": 7, "wk": 7, "week": 7, "fortnight": 14}
_MONTH_UNITS = {
    "m": 1,
    "mth": 1,
    "month": 1,
    "quarter": 3,
    "y": 12,
    "yr": 12,
    "year": 12,
}
UNIT_WORDS = ("day", "week", "fortnight", "month", "quarter", "year")

_COUNT_PATTERN = rf"(?P<count>\d{{1,5}}|{'|'.join(_COUNT_WORDS)})"
_UNIT_PATTERN = (
    r"(?P<unit>days?|d|wks?|weeks?|w|fortnights?"
    r"|mths?|months?|m|quarters?|yrs?|years?|y)"
)
# A number may touch its unit, a word may not: `2w`, `two w`.
_LENGTH_PATTERN = rf"{_COUNT_PATTERN}(?:(?<=\d)| ) ?{_UNIT_PATTERN}"
_DIRECTED_PATTERN = (
    rf"(?P<before>in |[+-] ?)?{_LENGTH_PATTERN}"
    r"(?:'? time)?(?P<after> ago| from now| from today)?"
)


class Length(NamedTuple):
    """A length of time; of `days` and `months` one is 0, unless it is no time at all."""

    days: int = 0
    months: int = 0

    def __neg__(self) -> "Length":
        """Return the length backwards."""
        return Length(-self.days, -self.months)

    def count_from(self, day: date) -> date:
        """Return the day on which this length ends that begins on `day`.

        Raises ValueError or OverflowError beyond the calendar.
        """
        if self.months:
            return add_months(day, self.months)
        return day + timedelta(days=self.days)


def parse_length(words: str) -> Length | None:
    """Return the length that lower-case words are; None if they are not one."""
    match = re.fullmatch(_LENGTH_PATTERN, _count_bare_fortnight(words), re.ASCII)
    return _read_length(match) if match else None


def find_length_end(words: str, frame: Frame) -> date | None:
    """Return the day a length away: to come with `in` or `+`, past with `ago` or `-`.

    Without any of them it counts in the direction of the frame. None if it is not a length; raises
    DateFault for a number that lacks its unit.
    """
    words = _count_bare_fortnight(words)
    _refuse_half_length(words)
    match = re.fullmatch(_DIRECTED_PATTERN, words, re.ASCII)
    if match is None or (match["before"] and match["after"]):
        return None
    length = _read_length(match)
    if not _points_ahead(match, frame):
        length = -length
    return length.count_from(frame.today)


def _count_bare_fortnight(words: str) -> str:
    """Return `a fortnight ago` for `fortnight ago`: it is no other length without its `a`."""
    return f"a {words}" if words.partition(" ")[0] == "fortnight" else words


def _points_ahead(match: re.Match[str], frame: Frame) -> bool:
    """Return whether a length counts forwards: as it says or, if it does not, as the frame does."""
    direction = match["before"] or match["after"]
    if direction is None:
        return frame.ahead
    return direction.strip() not in ("-", "ago")


def _refuse_half_length(words: str) -> None:
    """Raise DateFault for a number without a unit, such as `in 3`, or a unit without a number."""
    if match := re.fullmatch(r"(?:in |[+-] ?)(\d{1,5})", words, re.ASCII):
        number = match[1]
        raise DateFault(f"{number} what? Write {number}d, {number}w or {number}m")
    if words in UNIT_WORDS:
        raise DateFault(f"did you mean in a {words}?")


def _read_length(match: re.Match[str]) -> Length:
    count = _COUNT_WORDS.get(match["count"]) or int(match["count"])
    unit = match["unit"]
    if len(unit) > 1:
        unit = unit.removesuffix("s")
    if unit in _DAY_UNITS:
        return Length(days=count * _DAY_UNITS[unit])
    return Length(months=count * _MONTH_UNITS[unit])
