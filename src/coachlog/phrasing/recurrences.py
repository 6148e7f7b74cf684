"""Conversations that come back, in words: when, and what to type to hold one again."""

from collections.abc import Sequence
from datetime import date

from coachlog import dates
from coachlog.model.recurrences import Recurrence
from coachlog.text import clean_line, format_count, join_phrases


def describe_returns(again: Sequence[str]) -> str:
    """Return after which lengths of time a template comes back: `1 week and 6 weeks`."""
    return join_phrases([_describe_length(words) for words in again])


def _describe_length(words: str) -> str:
    # Imported here, as hardly any template comes back.
    from coachlog.dates.lengths import parse_length

    length = parse_length(words.strip().lower())
    if length is None:
        return words
    if length.months:
        return format_count(length.months, "month")
    if length.days % 7 == 0:
        return format_count(length.days // 7, "week")
    return format_count(length.days, "day")


def describe_return_days(days: Sequence[date], today: date) -> str:
    """Return when a conversation comes back: `Wed 2 Dec and Wed 6 Jan 2027`."""
    return join_phrases([dates.format_short_day(day, today) for day in days])


def describe_recurrence(recurrence: Recurrence, today: date) -> str:
    """Return what comes back: `First plan of Wed 18 Nov (course)`."""
    title = clean_line(recurrence.title)
    partners = join_phrases([clean_line(person.name) for person in recurrence.people])
    if partners:
        title = f"{title} with {partners}"
    words = f"{title} of {dates.format_short_day(recurrence.held_on, today)}"
    if recurrence.tags:
        words += f" ({', '.join(map(clean_line, recurrence.tags))})"
    return words


def describe_repeat(recurrence: Recurrence, day: date) -> str:
    """Return the remark at the start of a conversation that has come back."""
    return (
        f"Looked at again: {describe_recurrence(recurrence, day)}. Your last answers are below "
        "the questions. About something new? Press Ctrl-C, and add --tag NAME."
    )


def build_again_command(recurrence: Recurrence) -> str:
    """Return the command that holds a conversation again."""
    command = "coachlog session new"
    if len(recurrence.handles) == 1:
        command += f" {recurrence.handles[0]}"
    for handle in recurrence.handles[1:] and recurrence.handles:
        command += f" --with {handle}"
    return f"{command} -t {recurrence.template}"
