"""Reads a date or a rhythm as people write it; what is not one is refused, with the reason.

Nothing is ever guessed: what could be a slip is only suggested.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from coachlog.dates import EARLIEST_DAY, LATEST_DAY, Rhythm
from coachlog.dates.calendar_days import MONTH_NUMBERS
from coachlog.dates.faults import DateFault
from coachlog.dates.frames import Frame
from coachlog.dates.grammar import (
    EDGE_ABBREVIATIONS,
    NEAR_DAYS,
    SHORT_FORMS,
    WEEKDAY_NUMBERS,
    find_day,
)
from coachlog.dates.lengths import UNIT_WORDS, Length, parse_length
from coachlog.errors import InvalidInput
from coachlog.text import clean_line, clean_text

DATE_FORMS = (
    "2026-11-27, today, tomorrow, fri, next fri, last fri, fri week, 12th, 12 May, 12 May 2026, "
    "12/5 (day first), +2w, in 3 days, 3 days ago, next week, end of month"
)
RHYTHM_FORMS = (
    "10d, 2w, 1m, weekly, fortnightly, monthly, quarterly, yearly, or 0 for none"
)

_PLAIN_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", ",": " ", **dict.fromkeys("‐‑‒–—−", "-")}
)
_QUOTES = "\"'“”«»` "
_RHYTHM_WORDS = {
    "daily": Length(days=1),
    "weekly": Length(days=7),
    "fortnightly": Length(days=14),
    "monthly": Length(months=1),
    "quarterly": Length(months=3),
    "yearly": Length(months=12),
}
_NO_RHYTHM_WORDS = ("0", "none", "never")
_ANY_FRAME = Frame(date(2000, 1, 1), ahead=True, at_start=False)
"""Whether words are a date at all is the same on every day."""
_LONGEST_SUGGESTION = 40
_SHORT_WORD, _LONG_WORD = 3, 8
_LONGEST_RHYTHM = Length(days=3660, months=120)
_KNOWN_WORDS = (
    *(*WEEKDAY_NUMBERS, *MONTH_NUMBERS, *EDGE_ABBREVIATIONS, *UNIT_WORDS),
    *(word for words in NEAR_DAYS for word in words.split()),
    *("days", "weeks", "months", "this", "next", "last", "end", "of", "in", "a", "ago"),
)


def parse_future_day(text: str, today: date) -> date:
    """Return the day in a text by which something is due: the next one to come.

    A weekday is never today: on a Friday, `fri` is in a week. `next fri` is the Friday of the next
    calendar week, which begins on Monday. `next week` is its Friday, `next month` its last day.
    Raises InvalidInput with the reason or, where there is none, the forms that work.
    """
    return _parse_day(text, Frame(today, ahead=True, at_start=False))


def find_future_day(text: str, today: date) -> date | None:
    """Return the day by which something is due, as `parse_future_day`; None for other words.

    Raises InvalidInput only for words that are a date, but not one that can be right.
    """
    return _find_day_in_text(text, Frame(today, ahead=True, at_start=False))


def is_day(text: str) -> bool:
    """Return whether words are a date: one that can be, or one that cannot, such as `31 nov`."""
    try:
        return _find_day_in_text(text, _ANY_FRAME) is not None
    except InvalidInput:
        return True


def is_nearly_day(text: str) -> bool:
    """Return whether words are a date or, as `firday` is, a slip of one that can be mended."""
    if is_day(text):
        return True
    suggestions = _list_suggestions(_read_day_words(text))
    return any(_means_day(suggestion, _ANY_FRAME) for suggestion in suggestions)


def find_past_day(text: str, today: date) -> date | None:
    """Return the day on which something was, as `parse_past_day`; None for other words.

    Raises InvalidInput only for words that are a date, but not one that can be right.
    """
    return _find_day_in_text(text, Frame(today, ahead=False, at_start=True))


def parse_start_day(text: str, today: date) -> date:
    """Return the day in a text on which something to come begins: `next week` is its Monday.

    Otherwise as `parse_future_day`.
    """
    return _parse_day(text, Frame(today, ahead=True, at_start=True))


def parse_past_day(text: str, today: date) -> date:
    """Return the day in a text on which something was: the last one past, today included.

    On a Friday, `fri` is today and `last fri` a week ago; `2w` is two weeks ago, `last month` its
    first day. Raises InvalidInput as `parse_future_day` does.
    """
    return _parse_day(text, Frame(today, ahead=False, at_start=True))


def parse_past_end(text: str, today: date) -> date:
    """Return the day in a text up to which something was: `last month` is its last day.

    Otherwise as `parse_past_day`.
    """
    return _parse_day(text, Frame(today, ahead=False, at_start=False))


def parse_rhythm(text: str) -> Rhythm:
    """Return a rhythm in days or in calendar months; in neither for `0`, `none` or `never`.

    Raises InvalidInput, naming the forms that work.
    """
    words = normalise_words(text).removesuffix(".")
    if words in _NO_RHYTHM_WORDS:
        return Rhythm()
    length = _read_rhythm_length(words)
    quote = f"“{clean_line(text)[:40]}”"
    if length is None or not any(length):
        raise _build_rhythm_error(quote, words)
    if length.days > _LONGEST_RHYTHM.days or length.months > _LONGEST_RHYTHM.months:
        raise InvalidInput(f"{quote} is longer than ten years. Is that right?")
    return Rhythm(length.days or None, length.months or None)


def _read_rhythm_length(words: str) -> Length | None:
    """Return the length of `weekly`, `2w`, `every 2 weeks` or `week`, as in `--every week`."""
    words = words.removeprefix("every ")
    if words in UNIT_WORDS:
        words = f"a {words}"
    return _RHYTHM_WORDS.get(words) or parse_length(words)


def _build_rhythm_error(quote: str, words: str) -> InvalidInput:
    """Return the error for an unreadable rhythm: with what it may mean, or the forms."""
    suggestion = _correct_word(words, tuple(_RHYTHM_WORDS))
    if suggestion != words:
        return InvalidInput(
            f"{quote} does not say how often to meet: did you mean {suggestion}?"
        )
    return InvalidInput(
        f"{quote} does not say how often to meet.", f"Try one of these: {RHYTHM_FORMS}."
    )


def normalise_words(text: str) -> str:
    """Return a text in lower case, without quotes, commas, or more than one blank at a time.

    Words as they are typed on a phone are written out: `tomorrow` for `tmrw`.
    """
    words = text.casefold().translate(_PLAIN_SIGNS).strip(_QUOTES)
    return " ".join(SHORT_FORMS.get(word.rstrip("."), word) for word in words.split())


def _parse_day(text: str, frame: Frame) -> date:
    day = _find_day_in_text(text, frame)
    if day is None:
        quote = f"“{clean_text(text)[:40]}”"
        raise _build_date_error(quote, _read_day_words(text), frame)
    return day


def _read_day_words(text: str) -> str:
    """Return the words that may be a date, without the `by` or `on` before them."""
    return normalise_words(text).removeprefix("by ").removeprefix("on ")


def _find_day_in_text(text: str, frame: Frame) -> date | None:
    quote = f"“{clean_text(text)[:40]}”"
    words = _read_day_words(text)
    try:
        day = _read_words(words, frame)
    except DateFault as fault:
        end = "" if fault.reason.endswith("?") else "."
        raise InvalidInput(f"{quote} {fault.verdict}: {fault.reason}{end}") from None
    except (ValueError, OverflowError):
        raise InvalidInput(f"{quote} is too far away. Is that right?") from None
    if day is None:
        return None
    if not EARLIEST_DAY <= day <= LATEST_DAY:
        raise InvalidInput(f"{quote} is in the year {day.year}. Is that right?")
    return day


def _read_words(words: str, frame: Frame) -> date | None:
    """Return the day that the words mean, with or without the full stops after them."""
    day = find_day(words, frame)
    if day is None:
        day = find_day(re.sub(r"\.(?= |$)", "", words), frame)
    return day


def _build_date_error(quote: str, words: str, frame: Frame) -> InvalidInput:
    """Return the error for words that are not understood: with what they may mean, or the forms."""
    for suggestion in _list_suggestions(words):
        if _means_day(suggestion, frame):
            return InvalidInput(f"{quote} is not a date: did you mean {suggestion}?")
    return InvalidInput(
        f"{quote} is not a date that coachlog understands.",
        f"Try one of these: {DATE_FORMS}.",
    )


def _list_suggestions(words: str) -> Iterator[str]:
    """Yield what the words may mean: without signs around each, then spelt right as well.

    No word is ever left out, as what is left would mean another day.
    """
    parts = [re.sub(r"^[^\w/+-]+|[^\w/+-]+$", "", word) for word in words.split()]
    if len(words) > _LONGEST_SUGGESTION or not all(parts):
        return
    yield " ".join(parts)
    yield " ".join(map(_correct_word, parts))


def _correct_word(word: str, known_words: Sequence[str] = _KNOWN_WORDS) -> str:
    """Return the known word of which a word is a slip; the word itself if it is none or of two."""
    if not word.isalpha() or word in known_words:
        return word
    slips = [known_word for known_word in known_words if _is_slip(word, known_word)]
    meanings = {_find_meaning(known_word) for known_word in slips}
    return slips[0] if len(meanings) == 1 else word


def _find_meaning(word: str) -> str | tuple[int | None, int | None]:
    """Return what two spellings of one weekday or month have in common; else the word."""
    numbers = WEEKDAY_NUMBERS.get(word), MONTH_NUMBERS.get(word)
    return word if numbers == (None, None) else numbers


def _is_slip(word: str, known_word: str) -> bool:
    """Return whether a word is a known one after a slip of the fingers on one or two letters.

    Its first letter is right. Of up to three letters, any may make another word, as in `now` and
    `nov`: they may only have changed places. Only in a long word may two be wrong.
    """
    if word[0] != known_word[0] or abs(len(word) - len(known_word)) > 1:
        return False
    if len(word) <= _SHORT_WORD or len(known_word) <= _SHORT_WORD:
        return sorted(word) == sorted(known_word)
    return _count_slips(word, known_word) <= (2 if len(word) >= _LONG_WORD else 1)


def _count_slips(word: str, known_word: str) -> int:
    """Return how many letters are missing, added, wrong, or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(known_word) + 1))
    for i, letter in enumerate(word, start=1):
        next_row = [i]
        for j, other in enumerate(known_word, start=1):
            wrong = row[j - 1] + (letter != other)
            count = min(row[j] + 1, next_row[j - 1] + 1, wrong)
            if i > 1 and j > 1 and (letter, word[i - 2]) == (known_word[j - 2], other):
                count = min(count, before[j - 2] + 1)
            next_row.append(count)
        before, row = row, next_row
    return row[-1]


def _means_day(words: str, frame: Frame) -> bool:
    try:
        day = find_day(words, frame)
    except (DateFault, ValueError, OverflowError):
        return False
    return day is not None and EARLIEST_DAY <= day <= LATEST_DAY
