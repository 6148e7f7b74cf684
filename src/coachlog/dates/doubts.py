"""What makes a due date look like a slip. It is taken all the same, but never without a word."""

from collections.abc import Sequence
from datetime import date

from coachlog.dates import add_months, format_long_day
from coachlog.dates.grammar import find_bare_weekday
from coachlog.dates.parsing import normalise_words

MONTHS_AHEAD = 6
"""A due date further ahead than this is worth a remark."""

DOUBT_QUESTION = "Is that the right date?"


def list_due_doubts(day: date, today: date) -> list[str]:
    """Return a sentence for each thing that makes a due date look like a slip."""
    words = format_long_day(day)
    doubts = []
    if day < today:
        doubts.append(f"{words} has passed, so this is already overdue.")
    elif day > add_months(today, MONTHS_AHEAD):
        doubts.append(f"{words} is more than six months ahead.")
    if day.weekday() >= 5 and day >= today:
        doubts.append(
            f"{words} is at a weekend." if not doubts else "It is at a weekend, too."
        )
    return doubts


def list_typed_due_doubts(
    day: date, today: date, text: str, *, with_remarks: bool = True
) -> list[str]:
    """Return the doubts of a due date and, where `next fri` was typed but `fri` is sooner, both.

    Without remarks, it is only what the words may mean that is doubted.
    """
    doubts = list_due_doubts(day, today) if with_remarks else []
    bare_day = find_bare_weekday(normalise_words(text).removesuffix("."), today)
    if bare_day is not None and bare_day != day:
        words = normalise_words(text).removeprefix("next ").removesuffix(".")
        doubts.append(
            f"“next {words}” is {format_long_day(day)}; “{words}” is {format_long_day(bare_day)}."
        )
    return doubts


def phrase_due_doubts(doubts: Sequence[str], numbers: str) -> str:
    """Return the doubts as one remark on promises, by number, with what gives them another date.

    It asks nothing: where it is read, the date is taken and nobody waits for an answer.
    """
    return f"{' '.join(doubts)} To change it: coachlog action move {numbers} --to DATE"
