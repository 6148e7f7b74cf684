"""The last words of a command that are a date: `action move headcount tue`, as people type it."""

from collections.abc import Callable, Sequence
from typing import Any

from coachlog.cli.declare import Call
from coachlog.errors import NotFound
from coachlog.named_tuples import NamedTuple

_MOST_WORDS = 6
_NEW_DATE_STEP = "coachlog action move ID --to DATE"
_PREPOSITIONS = ("to", "by", "on", "until", "till")


class DateOption(NamedTuple):
    """The option of a command that takes a date."""

    name: str


NEW_DATE = DateOption("to")
EVENT_DAY = DateOption("on")


def find_dated_ids(
    call: Call,
    option: DateOption,
    texts: Sequence[str],
    find_ids: Callable[[Sequence[str]], list[Any]],
) -> list[Any]:
    """Return the numbers that words name, the last of them left to a date option if they are a day.

    Only where all the words together name nothing, and the option was not typed. Raises NotFound as
    `find_ids` does, and says where a date goes that cannot be read.
    """
    try:
        return find_ids(texts)
    except NotFound as error:
        if option.name in call.typed_names:
            raise
        texts = texts[0].split() if len(texts) == 1 else texts
        count = _count_day_words(texts)
        if not count:
            if option is NEW_DATE and len(texts) > 1:
                error.hint = f"{error.hint}, and: {_NEW_DATE_STEP}"
            raise
        ids = find_ids(texts[:-count])
        call.values[option.name] = " ".join(_drop_preposition(texts[-count:]))
        return ids


def _count_day_words(texts: Sequence[str]) -> int:
    """Return how many of the last words are a date, as many as can be; 0 for none."""
    for count in range(min(len(texts) - 1, _MOST_WORDS), 0, -1):
        words = " ".join(_drop_preposition(texts[-count:]))
        if _is_date_after(texts[:-count], words):
            return count
    return 0


def _drop_preposition(words: Sequence[str]) -> Sequence[str]:
    if len(words) > 1 and words[0].casefold() in _PREPOSITIONS:
        return words[1:]
    return words


def _is_date_after(texts: Sequence[str], words: str) -> bool:
    """Return whether words after others are a date, or after numbers alone a slip of one.

    After words a slip does not count: it may be a word of the promise.
    """
    from coachlog.dates.parsing import is_day, is_nearly_day

    are_numbers = all(text.isdecimal() for text in texts)
    return is_nearly_day(words) if are_numbers else is_day(words)
