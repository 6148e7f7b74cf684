"""Values in words, for screens and pages alike; without Rich."""

from datetime import date
from typing import TYPE_CHECKING

from coachlog.dates import format_days_ago, format_short_day
from coachlog.model.actions import Action
from coachlog.rules.chance import FEWEST_FOR_PERCENT, round_percent
from coachlog.rules.promises import find_last_day, list_redatings
from coachlog.rules.rhythm import Rhythmic
from coachlog.text import format_count, format_times

if TYPE_CHECKING:
    from coachlog.model.progress import Trend

FEWEST_DAYS_IN_WEEKS, FEWEST_WEEKS_IN_MONTHS = 14, 26
"""The spans from which weeks say more than days, and months more than weeks."""


def format_action_moves(action: Action) -> str:
    """Return how often an action was carried over and its date moved; '' for never.

    Every word here costs promises their place on one line: `carried over 3 times, date moved once`.
    """
    moves = len(list_redatings(action))
    phrases = []
    if action.carried:
        phrases.append(f"carried over {format_times(action.carried)}")
    if moves:
        phrases.append(f"date moved {format_times(moves)}")
    return ", ".join(phrases)


def phrase_measure_name(measure: str) -> str:
    """Return the name of a measure in words: `work-felt` -> `work felt`."""
    return measure.replace("-", " ")


def describe_change(difference: int) -> str:
    """Return a change in words: `up 2`, `down 1`, `no change`."""
    if difference > 0:
        return f"up {difference}"
    if difference < 0:
        return f"down {-difference}"
    return "no change"


def describe_direction(trend: "Trend") -> str:
    """Return how a measure changed: `up 4 (3 to 7)`, `no clear change`; '' of too few values."""
    if trend.median_first is None or trend.median_last is None:
        return ""
    if trend.direction not in ("up", "down"):
        return trend.direction or ""
    change = describe_change(trend.median_last - trend.median_first)
    return f"{change} ({trend.median_first} to {trend.median_last})"


def format_level(value: int, lowest: int) -> str:
    """Return a value on its scale: with its sign where the scale goes below zero, `+1`."""
    return f"{value:+d}" if lowest < 0 and value else str(value)


def describe_share(count: int, total: int) -> str:
    """Return a part of a whole: `3 of 4` below ten, else `75% (12 of 16)`; '' for none."""
    if total == 0:
        return ""
    counts = f"{count} of {total}"
    if total < FEWEST_FOR_PERCENT:
        return counts
    return f"{round_percent(count, total)}% ({counts})"


def describe_withheld(count: int) -> str:
    """Return how many private entries are not shown, and how to see them."""
    entries = format_count(count, "private entry", "private entries")
    pronoun = "it" if count == 1 else "them"
    verb = "is" if count == 1 else "are"
    return f"{entries} {verb} not shown; to see {pronoun}, add --private."


def describe_veiled(count: int) -> str:
    """Return how many private entries are there without their words, and how to see these."""
    entries = format_count(count, "private entry", "private entries")
    return f"The words of {entries} are not shown; to see them, add --private."


def describe_span(days: int) -> str:
    """Return a length of time in days, weeks or, from half a year on, months, to the nearest."""
    if days < FEWEST_DAYS_IN_WEEKS:
        return format_count(days, "day")
    weeks = round(days / 7)
    if weeks < FEWEST_WEEKS_IN_MONTHS:
        return format_count(weeks, "week")
    # Neither division ever ends in a half, so it does not matter which way `round` takes one.
    return format_count(round(days / 365.25 * 12), "month")


def describe_due_day(action: Action, today: date) -> str:
    """Return the date agreed now; once that has passed, with a first date that came later.

    '' without a date. A promise that was pulled forward is not overdue before its first date.
    """
    last_day = find_last_day(action)
    if action.due is None or last_day is None:
        return ""
    day = format_short_day(action.due, today)
    if action.due < min(today, last_day):
        day += f" (first {format_short_day(last_day, today)})"
    return day


def describe_last_talk(
    last_held: date | None, last_met: date | None, today: date
) -> str:
    """Return when you talked last and, if you met later than that, when you saw each other.

    `talked 9 days ago, seen 2 days ago`: a conversation and `coachlog met` each have their word.
    """
    words = "not talked yet"
    if last_held:
        words = f"talked {format_days_ago(last_held, today)}"
    if last_met and (last_held is None or last_met > last_held):
        words += f", seen {format_days_ago(last_met, today)}"
    return words


def describe_rhythm(rhythm: Rhythmic) -> str:
    """Return a rhythm in words: `every week`, `every 10 days`, `every month`."""
    count, unit = rhythm.every_months or 0, "month"
    if rhythm.every_days is not None:
        count, unit = rhythm.every_days, "day"
        if count % 7 == 0:
            count, unit = count // 7, "week"
    if count == 1:
        return f"every {unit}"
    return f"every {format_count(count, unit)}"
