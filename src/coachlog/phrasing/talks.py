"""A conversation by its kind and whom it was with, as a sentence has it."""

from coachlog.rules.lessons import COACHED_TEMPLATE
from coachlog.text import clean_line


def name_talk(template: str, title: str, names: str) -> str:
    """Return which conversation it was: `GROW with Amy Cole`, `Being coached by Ben Ek`."""
    title = clean_line(title)
    if not names:
        return title
    word = "by" if template == COACHED_TEMPLATE else "with"
    return f"{title} {word} {clean_line(names)}"
