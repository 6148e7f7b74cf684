"""Values in words, for screens and pages alike; without Rich."""

from coachlog.text import format_count

DAYS_IN_WORDS, WEEKS_IN_WORDS = 14, 26


def phrase_measure_name(measure: str) -> str:
    """Return the name of a measure in words: `work-felt` -> `work felt`."""
    return measure.replace("-", " ")


def describe_change(difference: int) -> str:
    """Return a change in words: `up 2`, `down 1`, `as before`."""
    return (
        f"up {difference}"
        if difference > 0
        else f"down {-difference}"
        if difference
        else "as before"
    )


def describe_withheld(count: int) -> str:
    """Return how much was left out, and how to see it."""
    return (
        f"{format_count(count, 'private entry', 'private entries')} left out; --private shows them."
    )


def describe_span(days: int) -> str:
    """Return a length of time in whole days, weeks or, from half a year on, months."""
    if days < DAYS_IN_WORDS:
        return format_count(days, "day")
    weeks = days // 7
    if weeks < WEEKS_IN_WORDS:
        return format_count(weeks, "week")
    return format_count(int(days / 365.25 * 12), "month")


def describe_rhythm(days: int) -> str:
    """Return a rhythm: `every week`, `every 2 weeks`, `every 10 days`."""
    count, unit = (days // 7, "week") if days % 7 == 0 else (days, "day")
    return f"every {unit}" if count == 1 else f"every {format_count(count, unit)}"
