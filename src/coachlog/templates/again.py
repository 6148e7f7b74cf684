"""Checks when a conversation comes back: `again = ["1w", "6w"]`."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from coachlog.model.templates import TemplateAudience
from coachlog.templates.answer_readers import quote_answer_value
from coachlog.templates.fields import MAX_AGAIN, TEMPLATE_FIELDS
from coachlog.text import cut_line

_FIRST_DAY, _LAST_DAY = date(2001, 1, 1), date(2003, 1, 1)
"""Two years of which none is a leap year, so that lengths in days and in months compare."""


def find_again_faults(row: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the lengths of time after which a template comes back."""
    lengths = row.get("again")
    if lengths is None:
        return
    if row.get("audience") == TemplateAudience.GROUP:
        yield "again: the meetings of a set have a rhythm of their own; leave it out"
    if len(lengths) > MAX_AGAIN:
        yield f"again: {len(lengths)} are too many (the limit is {MAX_AGAIN})"
        return
    faults = [fault for fault in map(_find_length_fault, lengths) if fault]
    yield from faults
    if not faults and not _is_rising(
        [_count_from_first_day(words) for words in lengths]
    ):
        yield "again: write the shortest length of time first, and each only once"


def _find_length_fault(value: object) -> str:
    """Return what is wrong with one length of time; '' if nothing is."""
    if not isinstance(value, str) or _parse_words(value) is None:
        expected = TEMPLATE_FIELDS["again"].expected
        return f"again: {quote_answer_value(value)} is not a length of time; write {expected}"
    end = _count_from_first_day(value)
    words = cut_line(value, 40)
    if end == _FIRST_DAY:
        return f"again: “{words}” is no time at all; write 1w"
    if end is None or end > _LAST_DAY:
        return f"again: “{words}” is longer than two years"
    return ""


def _parse_words(words: str) -> Any:
    # Imported here, as hardly any template comes back.
    from coachlog.dates.lengths import parse_length

    return parse_length(words.strip().lower())


def _count_from_first_day(words: str) -> date | None:
    """Return the day a length after the first day; None beyond the calendar."""
    try:
        end: date = _parse_words(words).count_from(_FIRST_DAY)
    except (ValueError, OverflowError):
        return None
    return end


def _is_rising(days: list[date | None]) -> bool:
    known_days = [day for day in days if day]
    return known_days == sorted(set(known_days))
