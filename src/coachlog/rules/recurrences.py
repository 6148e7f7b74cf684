"""When a conversation comes back by itself, and which one a new conversation holds again."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date

from coachlog.model.recurrences import Recurrence
from coachlog.text import fold_text

EARLY_DAYS = 3
"""Held so many days before it comes back, a conversation counts as held again."""


def list_return_days(again: Sequence[str], held_on: date) -> list[tuple[str, date]]:
    """Return each length of time of a template with the day on which it ends.

    One that is no length of time, or that ends beyond the calendar, is left out.
    """
    # Imported here, as hardly any conversation comes back.
    from coachlog.dates.lengths import parse_length

    days = []
    for words in again:
        length = parse_length(words.strip().lower())
        if length is None:
            continue
        with suppress(ValueError, OverflowError):
            days.append((words, length.count_from(held_on)))
    return days


def has_come_up(back_on: date, day: date) -> bool:
    """Return whether a conversation held on a day answers one that comes back on another."""
    return (back_on - day).days <= EARLY_DAYS


def find_repeated_session(
    recurrences: Iterable[Recurrence],
    template: str,
    people: Sequence[int],
    day: date,
    tags: Sequence[str] = (),
) -> int | None:
    """Return the conversation that one of that day holds again; None if it is a new one.

    It is by the same template and with the same people, and has come up. Of several, it is the one
    that has waited longest; with tags, one that has none of them is about something else.
    """
    candidates = [
        recurrence
        for recurrence in recurrences
        if recurrence.template == template
        and recurrence.person_ids == tuple(people)
        and recurrence.held_on < day
        and has_come_up(recurrence.back_on, day)
        and _fits_tags(recurrence.tags, tags)
    ]
    if not candidates:
        return None
    return min(candidates, key=lambda known: (known.back_on, known.session)).session


def _fits_tags(tags: Sequence[str], new_tags: Sequence[str]) -> bool:
    if not new_tags:
        return True
    return not {*map(fold_text, tags)}.isdisjoint(map(fold_text, new_tags))


def pick_due_recurrences(
    recurrences: Iterable[Recurrence], today: date
) -> list[Recurrence]:
    """Return what has come back by today, the longest waiting first, each conversation once."""
    due: dict[int, Recurrence] = {}
    for recurrence in sorted(recurrences, key=lambda known: known.back_on):
        if recurrence.back_on <= today:
            due.setdefault(recurrence.session, recurrence)
    return list(due.values())


def pick_declined_days(days: Sequence[date], today: date) -> list[date]:
    """Return the days declined at once: those that have come, or else the first to come."""
    past_days = [day for day in days if day <= today]
    return past_days or sorted(days)[:1]
