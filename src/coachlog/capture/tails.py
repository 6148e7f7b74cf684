"""The end of a promise: its date and its bracket, in either order, each once."""

import re
from datetime import date

from coachlog.capture.done_when import LastBracket, read_done_when, split_last_bracket
from coachlog.capture.trailing_dates import (
    DateReading,
    TrailingDate,
    has_date_at_end,
    holds_day,
    read_bracket_date,
    split_trailing_date,
)
from coachlog.named_tuples import NamedTuple
from coachlog.patterns import compile_later

EXACT_MARK = "()"
"""After these the date and the bracket come, and nothing before them is either."""
_DONE_WHEN = compile_later(r"done (?:when|once) (?=\S)", re.IGNORECASE)
_SEPARATORS = " ,;:–—-"
_CLOSING = " .,;!"


class PromiseEnd(NamedTuple):
    """The words of a promise, and what stood at their end.

    `is_loose` says that the date may be the day of something else, `is_today` that it is only the
    word `today`, `is_bare` that it makes no promise by itself, `is_timed` that there is a time with
    it. `is_kept` says that the bracket is one in another, so that its words are no name. `is_exact`
    says that the words are marked as whole, so that nothing about them is in doubt, and `is_closed`
    that no more of them can be taken.
    """

    words: str
    due: date | None = None
    done_when: str | None = None
    is_sure: bool = True
    is_loose: bool = False
    is_today: bool = False
    is_bare: bool = False
    is_timed: bool = False
    is_kept: bool = False
    is_exact: bool = False
    is_closed: bool = False

    def keep_bracket(self) -> "PromiseEnd":
        """Return it with the bracket as part of the words."""
        return self._replace(words=f"{self.words} ({self.done_when})", done_when=None)

    def has_plain_date(self) -> bool:
        """Return whether there is a date that makes a promise by itself."""
        return self.due is not None and not self.is_bare


def read_promise_end(words: str, held_on: date) -> PromiseEnd:
    """Return words without the date and the bracket at their end, with what these say."""
    end = _take_end(words, held_on)
    if end.due is not None or end.is_exact:
        return end
    # A day that is not at the end does not count, but it is not left out without a word.
    has_day = holds_day(end.words, held_on) or holds_day(end.done_when or "", held_on)
    return end._replace(is_sure=end.is_sure and not has_day)


def _take_end(words: str, held_on: date) -> PromiseEnd:
    """Return words without the date and the bracket at their end."""
    end = PromiseEnd(words)
    for _ in range(3):
        next_end = _take_part(end, held_on)
        if next_end is None:
            break
        end = next_end
        if end.is_exact:
            return end
        if end.is_closed:
            break
    if end.words == words:
        return end
    end = _compare_second_date(end, held_on)
    trimmed_words = end.words.rstrip(_SEPARATORS)
    if not trimmed_words:
        return PromiseEnd(words, is_sure=False)
    return end._replace(words=trimmed_words)


def _take_part(end: PromiseEnd, held_on: date) -> PromiseEnd | None:
    """Return the end with one more part taken off the words; None where there is no other."""
    bracket = split_last_bracket(end.words) or split_last_bracket(
        end.words.rstrip(_CLOSING)
    )
    if bracket is not None:
        return _take_bracket(end, bracket, held_on)
    if end.due is not None:
        return None
    trailing_date = split_trailing_date(end.words, held_on)
    if trailing_date is None:
        return None
    return _take_date(end, trailing_date)


def _take_bracket(
    end: PromiseEnd, bracket: LastBracket, held_on: date
) -> PromiseEnd | None:
    if not bracket.content:
        # Without a word before them these are only brackets.
        if not bracket.before:
            return None
        return end._replace(words=bracket.before, is_exact=True, is_sure=True)
    if end.due is None:
        trailing_date = read_bracket_date(bracket.before, bracket.content, held_on)
        if trailing_date is not None:
            return _take_date(end, trailing_date)
    if end.done_when is not None:
        return None
    done_when = read_done_when(bracket.content)
    if done_when == bracket.content:
        done_when = _DONE_WHEN.sub("", done_when)
    is_kept = bracket.content.startswith("(") and bracket.content.endswith(")")
    return end._replace(words=bracket.before, done_when=done_when, is_kept=is_kept)


def _take_date(end: PromiseEnd, trailing_date: TrailingDate) -> PromiseEnd:
    if trailing_date.due is None:
        return end._replace(is_sure=False, is_closed=True)
    return end._replace(
        words=trailing_date.words,
        due=trailing_date.due,
        is_sure=trailing_date.reading is DateReading.SURE,
        is_loose=trailing_date.is_loose,
        is_today=trailing_date.is_today,
        is_bare=trailing_date.is_bare,
        is_timed=trailing_date.is_timed,
    )


def _compare_second_date(end: PromiseEnd, held_on: date) -> PromiseEnd:
    """Return the end without a second date that says the same; with a doubt if it does not."""
    if end.due is None:
        is_unclear = end.done_when is not None and has_date_at_end(
            end.done_when, held_on
        )
        return end._replace(is_sure=end.is_sure and not is_unclear)
    second_date = split_trailing_date(end.words.rstrip(_SEPARATORS), held_on)
    if second_date is None:
        return end
    if second_date.due == end.due:
        return end._replace(words=second_date.words)
    return end._replace(is_sure=False)
