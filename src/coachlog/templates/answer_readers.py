"""Reads one answer of each simple kind: what a file holds or a person typed, as it is kept.

A reader takes what is known of the question and a value that is not empty. It returns the value as
it is kept, and raises `Invalid`, which says what would be right.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from coachlog import dates
from coachlog.errors import InvalidInput
from coachlog.model import AnswerValue
from coachlog.text import MAX_ANSWER_BYTES, clean_paragraphs, count_bytes, count_kib, fold_text
from coachlog.text import clean_line as one_line

MAX_NUMBER = 1e15  # beyond this a float no longer tells whole numbers apart


class AnswerLimits(Protocol):
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


AnswerReader = Callable[[AnswerLimits, object], AnswerValue]


def read_text_answer(limits: AnswerLimits, value: object) -> AnswerValue:
    """Return a text of any number of lines, without control characters."""
    return _read_cleaned_answer(limits, value, clean_paragraphs)


def read_line_answer(limits: AnswerLimits, value: object) -> AnswerValue:
    """Return a text as one line, without control characters."""
    return _read_cleaned_answer(limits, value, one_line)


def _read_cleaned_answer(
    limits: AnswerLimits, value: object, cleaner: Callable[[str], str]
) -> AnswerValue:
    if not isinstance(value, str):
        raise InvalidInput(f"{quote_answer_value(value)} should be a text.")
    if count_bytes(value) > MAX_ANSWER_BYTES:
        raise InvalidInput(
            f"That is {count_kib(value)} KiB; one answer may have {MAX_ANSWER_BYTES // 1024} KiB."
        )
    kept = cleaner(value)
    if (
        count_bytes(kept) > MAX_ANSWER_BYTES
    ):  # what is put in place of a control character is longer than it
        raise InvalidInput("That holds too many control characters to be kept.")
    if limits.required and not kept:
        raise InvalidInput("This needs an answer.")
    return kept or None


def read_choice_answer(limits: AnswerLimits, value: object) -> AnswerValue:
    """Return one of the options, whatever its case and accents, or what the option stands for."""
    stored = limits.values or limits.options
    if isinstance(value, str):
        if value in stored:
            return value
        known = dict(zip(map(fold_text, limits.options), stored, strict=True))
        known |= {fold_text(option): option for option in stored}
        if fold_text(value) in known:
            return known[fold_text(value)]
    raise InvalidInput(f"{quote_answer_value(value)} should be one of: {' | '.join(stored)}.")


def read_choices_answer(limits: AnswerLimits, value: object) -> AnswerValue:
    """Return a list of options, each once; at least `low` of them."""
    if not isinstance(value, list):
        raise InvalidInput(
            f"{quote_answer_value(value)} should be a list of: {' | '.join(limits.options)}."
        )
    picked = list(dict.fromkeys(str(read_choice_answer(limits, option)) for option in value))
    if len(picked) < limits.low:
        raise InvalidInput(f"That is {len(picked)}; {limits.low} are needed at least.")
    return picked


def read_scale_answer(limits: AnswerLimits, value: object) -> AnswerValue:
    """Return a whole number within the ends of the scale."""
    return build_whole_reader(limits.low, limits.high)(limits, value)


def build_whole_reader(low: int, high: int) -> AnswerReader:
    """Return a reader of whole numbers from `low` to `high`, which a template cannot change."""

    def read(_limits: AnswerLimits, value: object) -> AnswerValue:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise InvalidInput(
                f"{quote_answer_value(value)} should be a whole number from {low} to {high}."
            )
        return value

    return read


def read_yesno_answer(_limits: AnswerLimits, value: object) -> AnswerValue:
    """Return true or false."""
    if not isinstance(value, bool):
        raise InvalidInput(f"{quote_answer_value(value)} should be true or false.")
    return value


def read_number_answer(_limits: AnswerLimits, value: object) -> AnswerValue:
    """Return a number, whole or not."""
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not abs(value) <= MAX_NUMBER
    ):
        raise InvalidInput(f"{quote_answer_value(value)} should be a number.")
    return value


def read_date_answer(limits: AnswerLimits, value: object) -> AnswerValue:
    """Return a date as ISO text, from a date or from words such as `fri` and `+2w`."""
    if isinstance(value, str):
        read = dates.parse_future_day if limits.ahead else dates.parse_past_day
        value = read(value, limits.base)
    if type(value) is date and not dates.EARLIEST_DAY <= value <= dates.LATEST_DAY:
        raise InvalidInput(
            f"{quote_answer_value(value)} is in the year {value.year}; is that a slip?"
        )
    if type(value) is not date:
        raise InvalidInput(
            f"{quote_answer_value(value)} should be a date.",
            f"Forms that work: {dates.DATE_FORMS}.",
        )
    if limits.since and value < limits.since:
        raise InvalidInput(
            f"{dates.format_long_day(value)} is before {dates.format_long_day(limits.since)}."
        )
    if limits.until and value > limits.until:
        raise InvalidInput(
            f"{dates.format_long_day(value)} is later than {dates.format_long_day(limits.until)}."
        )
    return value.isoformat()


def parse_answer_date(value: AnswerValue) -> date | None:
    """Return the date that a checked date answer holds; None for a skipped one."""
    return date.fromisoformat(str(value)) if value else None


# What typed words stand for


def parse_typed_number(text: str) -> object:
    """Return the number that typed words are; the words themselves if they are none."""
    words = text.strip().replace("_", "?")  # Python reads 1_000, nobody else does
    for read in (int, float):
        try:
            return read(words)
        except ValueError:
            continue
    return text


_YESNO_WORDS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def parse_typed_yesno(text: str) -> object:
    """Return the true or false that typed words are; `Invalid` if they are neither yes nor no."""
    value = _YESNO_WORDS.get(fold_text(text).rstrip(".!"))
    if value is None:
        raise InvalidInput(f"{quote_answer_value(text)} should be yes or no.")
    return value


def is_number(value: Any) -> bool:
    """Return whether the value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def quote_answer_value(value: object) -> str:
    """Return a value in quotes for an error, as far as it fits there."""
    if isinstance(value, int) and abs(value) > MAX_NUMBER:
        return "that long number"
    text = value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, bool):
        text = text.lower()
    return f"“{one_line(text)[:40]}”"
