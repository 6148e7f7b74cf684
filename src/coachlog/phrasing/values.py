"""Values in words, for screens and pages alike; without Rich."""

from coachlog.text import plural

DAYS_IN_WORDS, WEEKS_IN_WORDS = 14, 26


def measure_name(measure: str) -> str:
    """Return the name of a measure in words: `work-felt` -> `work felt`."""
    return measure.replace("-", " ")


def change(by: int) -> str:
    """Return a change in words: `up 2`, `down 1`, `as before`."""
    return f"up {by}" if by > 0 else f"down {-by}" if by else "as before"


def withheld(count: int) -> str:
    """Return how much was left out, and how to see it."""
    return f"{plural(count, 'private entry', 'private entries')} left out; --private shows them."


def span(days: int) -> str:
    """Return a length of time in whole days, weeks or, from half a year on, months."""
    if days < DAYS_IN_WORDS:
        return plural(days, "day")
    weeks = days // 7
    if weeks < WEEKS_IN_WORDS:
        return plural(weeks, "week")
    return plural(int(days / 365.25 * 12), "month")


def every(days: int) -> str:
    """Return a rhythm: `every week`, `every 2 weeks`, `every 10 days`."""
    count, unit = (days // 7, "week") if days % 7 == 0 else (days, "day")
    return f"every {unit}" if count == 1 else f"every {plural(count, unit)}"
