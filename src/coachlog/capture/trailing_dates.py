"""The date at the end of a promise: `by fri`, `(27 nov)`, `📅 2026-11-27`, `tomorrow`.

A date elsewhere, one of two, or what is only nearly a date is not taken: the words stay whole, and
the promise has a doubt.
"""

import re
from datetime import date
from enum import Enum
from functools import lru_cache

from coachlog.capture.words import split_table
from coachlog.dates.calendar_days import MONTH_NUMBERS
from coachlog.dates.grammar import (
    EDGE_ABBREVIATIONS,
    NEAR_DAYS,
    SHORT_FORMS,
    WEEKDAY_NUMBERS,
    find_bare_weekday,
)
from coachlog.dates.lengths import UNIT_WORDS, parse_length
from coachlog.dates.parsing import find_future_day, normalise_words
from coachlog.errors import InvalidInput
from coachlog.named_tuples import NamedTuple
from coachlog.patterns import compile_later

_PREPOSITIONS = ("by", "before", "on")
_SIGNS = ("📅", "🗓")
_SMALL_WORDS = split_table(
    "a an one two three four five six seven eight nine ten eleven twelve this next last the of end "
    "start beginning in ago from now on"
)
_DATE_WORDS = frozenset(
    (
        *WEEKDAY_NUMBERS,
        *MONTH_NUMBERS,
        *EDGE_ABBREVIATIONS,
        *SHORT_FORMS,
        *(word for words in NEAR_DAYS for word in words.split()),
        *(form for unit in UNIT_WORDS for form in (unit, f"{unit}s")),
        *_SMALL_WORDS,
    )
)
_PAST_WORDS = {"last", "ago", "yesterday"}
_TIME_WORDS = split_table(
    "latest noon midday midnight at the end of eod eob cob cop close play business day morning "
    "afternoon evening eve @ lunch lunchtime night tonight am pm please pls if possible ideally "
    "hopefully sharp "
    "first thing o'clock max maximum tops or sooner earlier ish then"
)
_TIME = compile_later(r"\d{1,2}(?:[:.]\d\d)?(?:am|pm|h)?", re.ASCII)
_BARE_NUMBER = compile_later(r"(?:the )?\d{1,4}", re.ASCII)
_BEFORE_NEAR_DAY = split_table(
    "from until till til since for of about after than not through between and or to bis due "
    "w/c w/e beginning commencing a an the"
)
_LONG_DAY_NAMES = frozenset(
    name for name in (*WEEKDAY_NUMBERS, *MONTH_NUMBERS) if len(name) > 5
)
_DAY_NAMES = frozenset((*WEEKDAY_NUMBERS, *MONTH_NUMBERS, *EDGE_ABBREVIATIONS))
_ONE_SHORT = frozenset(
    name[:place] + name[place + 1 :]
    for name in _LONG_DAY_NAMES
    for place in range(1, len(name))
)
_SAME_LETTERS = frozenset("".join(sorted(name)) for name in _LONG_DAY_NAMES)
_REACH = 14
"""How many words from the end a date may begin."""
_LONGEST_DATE = 7
_LONGEST_WORD = 24
_LONGEST_SEARCH = 1000
"""So many letters are searched for a day that is not at the end."""
_PERIOD_WORDS = frozenset(
    ("today", "tomorrow", *(f"{unit}{end}" for unit in UNIT_WORDS for end in ("", "s")))
)
_FIGURES_OF_DAY = compile_later(
    r"\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d{1,2}-\d{1,2}", re.ASCII
)
_FRACTIONS = ("1/2", "1/3", "2/3", "1/4", "3/4", "24/7")
_EDGES = ".,;:!?()\"'“”‘’"
_CLOSING = " ,;!"


class DateReading(Enum):
    """How sure it is that words are a date."""

    SURE = 0
    NEARLY = 1
    """A date, and words after it such as `noon`."""
    UNCLEAR = 2
    """Words that have a date in them, of which none can be taken."""


class TrailingDate(NamedTuple):
    """The words before a date, or all of them where it is unclear; `due` is None only then.

    `is_loose` says that it may be the day of something else: after `on`, or a bare `today` (then
    `is_today`) or `tomorrow`. `is_bare` says that it is a day without a word before it, as in `send
    it fri`, which makes no promise by itself; `is_timed` that there is a time with it.
    """

    words: str
    due: date | None
    reading: DateReading
    is_loose: bool = False
    is_today: bool = False
    is_bare: bool = False
    is_timed: bool = False


class _DayWords(NamedTuple):
    """How many words are a date, and which; none is taken where `due` is None."""

    length: int
    due: date | None
    is_sooner: bool = False


def split_trailing_date(words: str, held_on: date) -> TrailingDate | None:
    """Return the date at the end of words, with the words before it; None without any date."""
    signed = _split_signed_date(words, held_on)
    if signed is not None and signed.due is not None:
        return signed
    head, parts = _split_last_words(words)
    for place in range(len(parts) - 1, -1, -1):
        if _fold_part(parts[place]) in _PREPOSITIONS:
            before = _join_parts([head, *parts[:place]])
            after = parts[place + 1 :]
            reading = _read_after_preposition(words, before, after, held_on)
            if reading is not None:
                is_loose = _fold_part(parts[place]) == "on"
                return reading._replace(is_loose=is_loose)
    return signed or _read_bare_end(words, head, parts, held_on)


def read_bracket_date(words: str, content: str, held_on: date) -> TrailingDate | None:
    """Return the date that a bracket is, `words` being what stands before it; None for no date.

    What is unclear leaves nothing out: `words` are then returned with the bracket.
    """
    parts = content.split()
    # A bracket in the bracket keeps what would be a date.
    if not parts or len(parts) > _REACH or content.startswith("("):
        return None
    whole = f"{words} ({content})"
    if parts[0] in _SIGNS or _fold_part(parts[0]) in _PREPOSITIONS:
        parts = parts[1:]
    day = _find_leading_day(parts, held_on)
    if day is None:
        return None
    return _judge_rest(whole, words, parts[day.length :], day)


def has_date_at_end(words: str, held_on: date) -> bool:
    """Return whether words end with a date, or with what is nearly one."""
    return split_trailing_date(words, held_on) is not None


def holds_day(words: str, held_on: date) -> bool:
    """Return whether a day stands anywhere in words: `ring HR mon re leave`.

    A day that has passed is none, and `2nd` and `3/4` may be something else.
    """
    parts = words[:_LONGEST_SEARCH].split()
    place = 0
    while place < len(parts):
        day = _find_leading_day(parts[place : place + _LONGEST_DATE], held_on)
        if day is None:
            is_past = _fold_part(parts[place - 1]) == "last"
            if _is_nearly_day(parts[place]) and not is_past:
                return True
            place += 1
            continue
        day_words = " ".join(parts[place : place + day.length])
        if day.due is not None and _is_clearly_day(day_words):
            return True
        place += day.length
    return False


def _is_clearly_day(text: str) -> bool:
    """Return whether a date in the midst of words can hardly be anything else."""
    words = normalise_words(text).strip(_EDGES)
    if _names_day(words) or not _PERIOD_WORDS.isdisjoint(words.split()):
        return True
    return words not in _FRACTIONS and _FIGURES_OF_DAY.fullmatch(words) is not None


def _split_last_words(words: str) -> tuple[str, list[str]]:
    """Return the beginning of words, and the last of them one by one."""
    parts = words.rsplit(maxsplit=_REACH)
    if len(parts) <= _REACH:
        return "", parts
    return parts[0], parts[1:]


def _join_parts(parts: list[str]) -> str:
    return " ".join(part for part in parts if part)


def _fold_part(part: str) -> str:
    return part[:_LONGEST_WORD].casefold().strip(_EDGES)


def _split_signed_date(words: str, held_on: date) -> TrailingDate | None:
    """Return the date after a picture of a calendar."""
    place = max(words.rfind(sign) for sign in _SIGNS)
    if place < 0 or len(words) - place > _LONGEST_WORD * 2:
        return None
    before = words[:place].rstrip()
    parts = words[place + 1 :].lstrip("\ufe0f").split()
    day = _find_leading_day(parts, held_on)
    if day is None:
        return None
    return _judge_rest(words, before, parts[day.length :], day)


def _read_after_preposition(
    words: str, before: str, after: list[str], held_on: date
) -> TrailingDate | None:
    """Return what `by`, `before` or `on` begins; None if that is not a date."""
    day = _find_leading_day(after, held_on)
    if day is not None:
        before = before.removesuffix(" on or").removesuffix(" or")
        return _judge_rest(words, before, after[day.length :], day)
    time_count = _count_time_words(after)
    day = _find_leading_day(after[time_count:], held_on)
    if time_count and day is not None and time_count + day.length == len(after):
        if day.due is None:
            return TrailingDate(words, None, DateReading.UNCLEAR)
        rest = _drop_end_of(after[:time_count])
        return TrailingDate(_join_parts([before, *rest]), day.due, DateReading.NEARLY)
    if after and _is_nearly_day(after[0]):
        return TrailingDate(words, None, DateReading.UNCLEAR)
    return None


def _drop_end_of(parts: list[str]) -> list[str]:
    """Return the words about a time, without those of `the end of fri`."""
    if parts and _fold_part(parts[-1]) == "of":
        return []
    return parts


def _judge_rest(
    words: str, before: str, rest: list[str], day: _DayWords
) -> TrailingDate:
    """Return the date, as far as the words after it leave it one."""
    if day.due is None:
        return TrailingDate(words, None, DateReading.UNCLEAR)
    if not rest:
        reading = DateReading.NEARLY if day.is_sooner else DateReading.SURE
        return TrailingDate(before, day.due, reading)
    if _count_time_words(rest) == len(rest):
        return TrailingDate(_join_parts([before, *rest]), day.due, DateReading.NEARLY)
    return TrailingDate(words, None, DateReading.UNCLEAR)


def _count_time_words(parts: list[str]) -> int:
    """Return how many words from the first on say at what time, or how surely."""
    for place, part in enumerate(parts):
        folded = _fold_part(part).replace("’", "'")
        if folded not in _TIME_WORDS and not _TIME.fullmatch(folded):
            return place
    return len(parts)


def _find_leading_day(parts: list[str], held_on: date) -> _DayWords | None:
    """Return the longest date that words begin with; None if there is none.

    It has no `due` if it is a date that cannot be: in the past, of no calendar, or with a question
    mark.
    """
    count = _count_date_words(parts)
    for size in range(count, 0, -1):
        day = _read_day(" ".join(parts[:size]), held_on)
        if day is not None:
            return day._replace(length=size)
    return None


def _count_date_words(parts: list[str]) -> int:
    for place, part in enumerate(parts[:_LONGEST_DATE]):
        folded = _fold_part(part)
        starts_number = part.lstrip("+-'’")[:1].isdecimal()
        if folded not in _DATE_WORDS and not starts_number:
            return place
    return min(len(parts), _LONGEST_DATE)


@lru_cache(maxsize=512)
def _read_day(text: str, held_on: date) -> _DayWords | None:
    """Return what a text is that may be a date; None if it is none."""
    words = normalise_words(text.strip(_CLOSING)).rstrip("?!")
    if not words or _is_number_or_unit(words):
        return None
    try:
        due = find_future_day(words, held_on)
    except InvalidInput:
        return _DayWords(0, None)
    if due is None:
        return None
    if _is_past_or_length(words) or text.rstrip(_CLOSING).endswith("?"):
        return _DayWords(0, None)
    # After `next fri` somebody may mean the sooner Friday.
    is_sooner = find_bare_weekday(words, held_on) not in (None, due)
    # `Fri` on a Friday is next week's, and may be meant for today.
    is_same_day = WEEKDAY_NUMBERS.get(words.strip(_EDGES)) == held_on.weekday()
    return _DayWords(0, due, is_sooner or is_same_day)


def _is_number_or_unit(words: str) -> bool:
    # `by on 12` has two prepositions, and the number is as bare as before.
    plain_words = words.rstrip(".").removeprefix("on ").removeprefix("by ")
    return bool(_BARE_NUMBER.fullmatch(plain_words)) or plain_words in UNIT_WORDS


def _is_past_or_length(words: str) -> bool:
    """Return whether a date looks back, or is as long as `2 weeks`, which need be no date."""
    if words.startswith("-") or not _PAST_WORDS.isdisjoint(words.split()):
        return True
    return not words.startswith(("+", "in ")) and parse_length(words) is not None


def _read_bare_end(
    words: str, head: str, parts: list[str], held_on: date
) -> TrailingDate | None:
    """Return the day at the end, with or without a time: `today`, `mon am`, `cob fri`.

    Whatever else is a date there is unclear, and the words stay whole.
    """
    time_count = _count_time_words(parts[::-1])
    day_parts = parts[: len(parts) - time_count]
    for size in range(min(5, len(day_parts)), 0, -1):
        last_parts = day_parts[-size:]
        if _count_date_words(last_parts) != size:
            continue
        day = _read_day(" ".join(last_parts), held_on)
        if day is not None and day.due is not None:
            before = [head, *day_parts[:-size]]
            times = parts[len(day_parts) :]
            date_at_end = _cut_bare_day(before, last_parts, times, day.due)
            return date_at_end or TrailingDate(words, None, DateReading.UNCLEAR)
    return None


def _cut_bare_day(
    before: list[str], day_parts: list[str], times: list[str], due: date
) -> TrailingDate | None:
    """Return a day without a preposition and the words around it; None where it is unclear."""
    before = [part for part in before if part]
    count = _count_time_words(before[::-1])
    earlier_times = _drop_end_of(before[len(before) - count :])
    before = before[: len(before) - count]
    if before and _fold_part(before[-1]) in _BEFORE_NEAR_DAY:
        return None
    rest = _join_parts([*before, *earlier_times, *times])
    words = normalise_words(" ".join(day_parts)).strip(_EDGES)
    if words not in ("today", "tomorrow"):
        if not _names_day(words) or " " not in _join_parts(before):
            return None
        is_timed = rest != _join_parts(before)
        return TrailingDate(
            rest, due, DateReading.NEARLY, is_bare=True, is_timed=is_timed
        )
    reading = DateReading.NEARLY if rest != _join_parts(before) else DateReading.SURE
    is_today = words == "today"
    return TrailingDate(rest, due, reading, is_loose=True, is_today=is_today)


def _names_day(words: str) -> bool:
    """Return whether a date is a weekday or a day of a month by name.

    `3/4` may be an amount, and `plan next week` be about that week.
    """
    parts = words.replace(".", " ").split()
    return any(part in _DAY_NAMES for part in parts)


def _is_nearly_day(part: str) -> bool:
    """Return whether a word begins with a weekday, as in `Friday's`, or is one misspelt."""
    folded = _fold_part(part)
    start = re.split(r"[^a-z]", folded, maxsplit=1)[0]
    if start in WEEKDAY_NUMBERS and start != folded:
        return True
    if len(folded) < 5 or not folded.isalpha() or folded in WEEKDAY_NUMBERS:
        return False
    if "".join(sorted(folded)) in _SAME_LETTERS or folded in _ONE_SHORT:
        return True
    shorter_words = {
        folded[:place] + folded[place + 1 :] for place in range(len(folded))
    }
    return not _LONG_DAY_NAMES.isdisjoint(shorter_words)
