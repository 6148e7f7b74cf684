"""Reads one answer of each simple kind: what a file holds or a person typed, as it is kept.

A reader takes what is known of the question and a value that is not empty. It returns the value as
it is kept, and raises `Invalid`, which says what would be right.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from coachlog import dates
from coachlog.errors import Invalid
from coachlog.model import Value
from coachlog.text import MAX_BYTES, fold, in_kib, paragraphs, size
from coachlog.text import line as one_line

LARGEST = 1e15  # beyond this a float no longer tells whole numbers apart


class Limits(Protocol):
    """What is known of a question when an answer to it is read.

    `values` are what the options stand for, where that is not their words. A weekday or a date
    without a year is counted from `base`, to the future if it looks `ahead`; `since` and `until`
    are the first and the last day allowed.
    """

    @property
    def required(self) -> bool: ...
    @property
    def low(self) -> int: ...
    @property
    def high(self) -> int: ...
    @property
    def options(self) -> tuple[str, ...]: ...
    @property
    def values(self) -> tuple[str, ...]: ...
    @property
    def base(self) -> date: ...
    @property
    def ahead(self) -> bool: ...
    @property
    def since(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


Reader = Callable[[Limits, object], Value]


def text(limits: Limits, value: object) -> Value:
    """Return a text of any number of lines, without control characters."""
    return _words(limits, value, paragraphs)


def line(limits: Limits, value: object) -> Value:
    """Return a text as one line, without control characters."""
    return _words(limits, value, one_line)


def _words(limits: Limits, value: object, cleaned: Callable[[str], str]) -> Value:
    if not isinstance(value, str):
        raise Invalid(f"{shown(value)} should be a text.")
    if size(value) > MAX_BYTES:
        raise Invalid(f"That is {in_kib(value)} KiB; one answer may have {MAX_BYTES // 1024} KiB.")
    kept = cleaned(value)
    if size(kept) > MAX_BYTES:  # what is put in place of a control character is longer than it
        raise Invalid("That holds too many control characters to be kept.")
    if limits.required and not kept:
        raise Invalid("This one needs an answer.")
    return kept or None


def choice(limits: Limits, value: object) -> Value:
    """Return one of the options, whatever its case and accents, or what the option stands for."""
    stored = limits.values or limits.options
    if isinstance(value, str):
        if value in stored:
            return value
        known = dict(zip(map(fold, limits.options), stored, strict=True))
        known |= {fold(option): option for option in stored}
        if fold(value) in known:
            return known[fold(value)]
    raise Invalid(f"{shown(value)} should be one of: {' | '.join(stored)}.")


def choices(limits: Limits, value: object) -> Value:
    """Return a list of options, each once; at least `low` of them."""
    if not isinstance(value, list):
        raise Invalid(f"{shown(value)} should be a list of: {' | '.join(limits.options)}.")
    picked = list(dict.fromkeys(str(choice(limits, option)) for option in value))
    if len(picked) < limits.low:
        raise Invalid(f"That is {len(picked)}; {limits.low} are needed at least.")
    return picked


def scale(limits: Limits, value: object) -> Value:
    """Return a whole number within the ends of the scale."""
    return whole(limits.low, limits.high)(limits, value)


def whole(low: int, high: int) -> Reader:
    """Return a reader of whole numbers from `low` to `high`, which a template cannot change."""

    def read(_limits: Limits, value: object) -> Value:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise Invalid(f"{shown(value)} should be a whole number from {low} to {high}.")
        return value

    return read


def yesno(_limits: Limits, value: object) -> Value:
    """Return true or false."""
    if not isinstance(value, bool):
        raise Invalid(f"{shown(value)} should be true or false.")
    return value


def number(_limits: Limits, value: object) -> Value:
    """Return a number, whole or not."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        raise Invalid(f"{shown(value)} should be a number.")
    return value


def day(limits: Limits, value: object) -> Value:
    """Return a date as ISO text, from a date or from words such as `fri` and `+2w`."""
    if isinstance(value, str):
        read = dates.future if limits.ahead else dates.past
        value = read(value, limits.base)
    if type(value) is date and not dates.EARLIEST <= value <= dates.LATEST:
        raise Invalid(f"{shown(value)} is in the year {value.year}; is that a slip?")
    if type(value) is not date:
        raise Invalid(f"{shown(value)} should be a date.", f"Forms that work: {dates.FORMS}.")
    if limits.since and value < limits.since:
        raise Invalid(f"{dates.long(value)} is before {dates.long(limits.since)}.")
    if limits.until and value > limits.until:
        raise Invalid(f"{dates.long(value)} is later than {dates.long(limits.until)}.")
    return value.isoformat()


# What typed words stand for


def typed_number(text: str) -> object:
    """Return the number that typed words are; the words themselves if they are none."""
    words = text.strip().replace("_", "?")  # Python reads 1_000, nobody else does
    for read in (int, float):
        try:
            return read(words)
        except ValueError:
            continue
    return text


_YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def typed_yesno(text: str) -> object:
    """Return the true or false that typed words are; `Invalid` if they are neither yes nor no."""
    value = _YES.get(fold(text).rstrip(".!"))
    if value is None:
        raise Invalid(f"{shown(text)} should be yes or no.")
    return value


def is_number(value: Any) -> bool:
    """Return whether the value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def shown(value: object) -> str:
    """Return a value in quotes for an error, as far as it fits there."""
    if isinstance(value, int) and abs(value) > LARGEST:
        return "that long number"
    text = value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, bool):
        text = text.lower()
    return f"“{one_line(text)[:40]}”"
