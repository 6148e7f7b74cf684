"""Reads one answer of each simple kind, from a file or from what a person typed.

A reader takes the limits of the question and a value that is not empty. It returns the value in its
stored form, and raises InvalidInput, which says what would be right.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeGuard

from coachlog import dates
from coachlog.bullets import strip_bullets
from coachlog.decoding import has_lone_surrogate
from coachlog.errors import InvalidInput
from coachlog.model.answers import AnswerValue
from coachlog.patterns import compile_later
from coachlog.text import (
    MAX_ANSWER_BYTES,
    clean_line,
    clean_paragraphs,
    count_bytes,
    count_kib,
    fold_text,
)

_SCALE_SHARE = compile_later(r"(\d{1,9}) ?(?:/|of|out of) ?(\d{1,9})", re.IGNORECASE)
_WHOLE_NUMBER = compile_later(r"([+-]?\d{1,9})[.,]0+")
_DECIMAL = compile_later(r"(\d{1,9})[.,]\d+")
_DIGITS = compile_later(r"\d{1,9}")
# Beyond this a float cannot tell neighbouring whole numbers apart.
MAX_NUMBER = 1e15


class AnswerLimits:
    """The limits that a question sets to its answer; a question of an interview has them all.

    `values` are stored in place of the words of `options`, where there are any. A weekday, or a
    date without a year, is counted from `base`: forwards if `ahead`, else backwards. `since` and
    `until` are the first and the last day allowed; `since_reason` says what happened on `since`.
    The `present_day` is the due date that stands already, to which nothing can be moved.
    """

    required: bool
    low: int
    high: int
    options: tuple[str, ...]
    values: tuple[str, ...]
    base: date
    ahead: bool
    since: date | None
    until: date | None
    since_reason: str
    present_day: date | None


AnswerReader = Callable[[AnswerLimits, object], AnswerValue]


def read_text_answer(limits: AnswerLimits, value: object) -> AnswerValue:
    """Return text of any number of lines, without control characters; None if nothing is left."""
    return _read_cleaned_answer(limits, value, clean_paragraphs)


def read_line_answer(limits: AnswerLimits, value: object) -> AnswerValue:
    """Return text as one line, without control characters; None if nothing is left."""
    return _read_cleaned_answer(limits, value, clean_line)


def _read_cleaned_answer(
    limits: AnswerLimits, value: object, cleaner: Callable[[str], str]
) -> AnswerValue:
    if not isinstance(value, str):
        raise InvalidInput(f"{quote_answer_value(value)} should be text.")
    if count_bytes(value) > MAX_ANSWER_BYTES:
        raise InvalidInput(
            f"That is too long: {count_kib(value)} KiB (the limit is "
            f"{MAX_ANSWER_BYTES // 1024} KiB)."
        )
    if has_lone_surrogate(value):
        raise InvalidInput("A character in that cannot be read. Type it again.")
    text = cleaner(value)
    # Cleaning can lengthen a text: the sign that replaces a control character takes more bytes.
    if count_bytes(text) > MAX_ANSWER_BYTES:
        raise InvalidInput("That contains too many control characters to be saved.")
    if limits.required and not text:
        raise InvalidInput("This needs an answer.")
    return text or None


def read_choice_answer(limits: AnswerLimits, value: object) -> AnswerValue:
    """Return the stored value of one option, named in any case and with or without accents.

    Raises InvalidInput, naming the options, if it is none of them.
    """
    stored_values = limits.values or limits.options
    if isinstance(value, str):
        if value in stored_values:
            return value
        choices = dict(zip(map(fold_text, limits.options), stored_values, strict=True))
        # A stored value comes before words on the screen that happen to look like another.
        choices |= {fold_text(stored): stored for stored in stored_values}
        # A line copied from an earlier answer may still have its bullet.
        for words in (fold_text(value), fold_text(strip_bullets(value))):
            if words in choices:
                return choices[words]
    raise InvalidInput(
        f"{quote_answer_value(value)} should be one of: {' | '.join(stored_values)}."
    )


def read_choices_answer(limits: AnswerLimits, value: object) -> AnswerValue:
    """Return a list of options without repeats.

    Raises InvalidInput if it is not a list of options, or has fewer than `low`.
    """
    if not isinstance(value, list):
        raise InvalidInput(
            f"{quote_answer_value(value)} should be a list of: {' | '.join(limits.options)}."
        )
    choices = [str(read_choice_answer(limits, option)) for option in value]
    choices = list(dict.fromkeys(choices))
    if len(choices) < limits.low:
        raise InvalidInput(f"That is {len(choices)}; at least {limits.low} are needed.")
    return choices


def read_scale_answer(limits: AnswerLimits, value: object) -> AnswerValue:
    """Return a whole number within the ends of the scale, which may follow it: `4/10`.

    Raises InvalidInput, which names the numbers that may be meant, for `4ish` and `7-8`.
    """
    if isinstance(value, str):
        value = _read_scale_words(value, limits.low, limits.high)
    return build_whole_reader(limits.low, limits.high)(limits, value)


def _read_scale_words(text: str, low: int, high: int) -> int:
    words = clean_line(text)
    fault = f"{quote_answer_value(words)} should be a whole number from {low} to {high}"
    share = _SCALE_SHARE.fullmatch(words)
    if share is None:
        raise InvalidInput(f"{fault}.{_suggest_whole_numbers(words, low, high)}")
    number, end = map(int, share.groups())
    if end != high:
        raise InvalidInput(f"{fault}: it does not end at {end}.")
    return number


def _suggest_whole_numbers(words: str, low: int, high: int) -> str:
    """Return the one or two numbers of the scale that words may mean, to put after a fault."""
    decimal = _DECIMAL.fullmatch(words)
    if decimal:
        numbers = [int(decimal[1]), int(decimal[1]) + 1]
    else:
        numbers = list(dict.fromkeys(map(int, _DIGITS.findall(words))))
    is_number = words.removeprefix("-").isdecimal()
    if is_number or not numbers or len(numbers) > 2:
        return ""
    if not all(low <= number <= high for number in numbers):
        return ""
    choice = " or ".join(map(str, numbers))
    return f" Type {choice}, if that is what you mean."


def build_whole_reader(low: int, high: int) -> AnswerReader:
    """Return a reader of whole numbers from `low` to `high`, whatever the template says."""

    def read_whole_answer(_limits: AnswerLimits, value: object) -> AnswerValue:
        if not is_whole_number(value) or not low <= value <= high:
            raise InvalidInput(
                f"{quote_answer_value(value)} should be a whole number from {low} to {high}."
            )
        return value

    return read_whole_answer


def read_yesno_answer(_limits: AnswerLimits, value: object) -> AnswerValue:
    """Return true or false; raises InvalidInput for anything else."""
    if not isinstance(value, bool):
        raise InvalidInput(f"{quote_answer_value(value)} should be true or false.")
    return value


def read_number_answer(_limits: AnswerLimits, value: object) -> AnswerValue:
    """Return a number, whole or not; raises InvalidInput if it is none or too large."""
    # Written so that `nan`, which is not equal to anything, is refused as well.
    if not is_number(value) or not abs(value) <= MAX_NUMBER:
        raise InvalidInput(f"{quote_answer_value(value)} should be a number.")
    return value


def read_date_answer(limits: AnswerLimits, value: object) -> AnswerValue:
    """Return a date as ISO text, from a date or from words such as `fri` and `+2w`.

    Raises InvalidInput if it is neither.
    """
    from coachlog.dates import parsing

    if isinstance(value, str):
        parse_day = parsing.parse_future_day if limits.ahead else parsing.parse_past_day
        value = parse_day(clean_line(value), limits.base)
    # A datetime is a date too, but not one that anybody meant as a day.
    if type(value) is not date:
        raise InvalidInput(
            f"{quote_answer_value(value)} is not a date that coachlog understands.",
            f"Try one of these: {parsing.DATE_FORMS}.",
        )
    if not dates.EARLIEST_DAY <= value <= dates.LATEST_DAY:
        raise InvalidInput(
            f"{quote_answer_value(value)} is in the year {value.year}. Is that right?"
        )
    _require_day_in_limits(limits, value)
    return value.isoformat()


def _require_day_in_limits(limits: AnswerLimits, value: date) -> None:
    """Raise InvalidInput for a day outside the limits, or one that stands already."""
    day = dates.format_long_day(value)
    if limits.since and value < limits.since:
        reason = f", {limits.since_reason}" if limits.since_reason else ""
        since = dates.format_long_day(limits.since)
        raise InvalidInput(f"{day} is before {since}{reason}.")
    if limits.until and value > limits.until:
        raise InvalidInput(
            f"{day} is later than {dates.format_long_day(limits.until)}."
        )
    if value == limits.present_day:
        raise InvalidInput(f"It is due on {day} already.")


def parse_answer_date(value: AnswerValue) -> date | None:
    """Return the date that a checked date answer holds; None for a skipped one."""
    if not value:
        return None
    return date.fromisoformat(str(value))


def parse_typed_number(text: str) -> object:
    """Return the number that was typed; the text itself if it is not one."""
    # Python alone reads 1_000 as a number.
    words = text.strip().replace("_", "?")
    for number_type in (int, float):
        try:
            return number_type(words)
        except ValueError:
            continue
    return text


def parse_typed_scale(text: str) -> object:
    """Return the whole number that was typed, such as `4` or `4.0`; the text for anything else."""
    whole_number = _WHOLE_NUMBER.fullmatch(text.strip())
    if whole_number:
        return int(whole_number[1])
    value = parse_typed_number(text)
    # What is only nearly whole is not rounded.
    return text if isinstance(value, float) else value


_YESNO_WORDS = {
    "yes": True,
    "y": True,
    "true": True,
    "no": False,
    "n": False,
    "false": False,
}


def parse_typed_yesno(text: str) -> object:
    """Return the true or false that was typed. Raises InvalidInput if it is neither yes nor no."""
    answer = _YESNO_WORDS.get(fold_text(text).rstrip(".!"))
    if answer is None:
        raise InvalidInput(f"{quote_answer_value(text)} should be yes or no.")
    return answer


def is_number(value: object) -> TypeGuard[int | float]:
    """Return whether the value is a number; true and false are not, whatever Python says."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_whole_number(value: object) -> TypeGuard[int]:
    """Return whether the value is a whole number; true and false are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def quote_answer_value(value: object) -> str:
    """Return a value in quotes for an error, cut to 40 characters."""
    if isinstance(value, int) and abs(value) > MAX_NUMBER:
        return "that long number"
    text = str(value)
    if isinstance(value, bool):
        text = text.lower()
    elif isinstance(value, date):
        text = value.isoformat()
    return f"“{clean_line(text)[:40]}”"
