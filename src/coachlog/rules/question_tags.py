"""Questions that someone asked in a meeting: what kind each may be, and how it is shown."""

import re

from coachlog.model import Asked
from coachlog.wording import ASKING, BEFORE, CLOSED, LEADING

TAGS = ("open", "closed", "leading")
"""What a question that someone asked can be; nobody but a person ever decides which."""

OPEN = rf"\W*(?:(?:so|and|but|now|then|well|ok),? )?{BEFORE}{ASKING}\b"


def proposed(question: str) -> tuple[str, str] | None:
    """Return the tag that simple rules propose for a question, and why; None if none fits.

    The rules, in this order: it holds its own answer (`because`, `don't you think`): leading; it
    begins with a verb: closed; it begins with what, how, who, when, where, which or why: open.
    """
    if found := re.search(LEADING, question, re.IGNORECASE):
        return "leading", f"it says “{found[0].strip().lower()}”"
    if found := re.match(CLOSED, question, re.IGNORECASE):
        return "closed", "it begins with a verb"
    if found := re.match(OPEN, question, re.IGNORECASE):
        return "open", f"it asks “{found[0].split()[-1].lower()}”"
    return None


def asked(one: Asked) -> str:
    """Return a question that someone asked, as one line: `Ben: What did you see? (open)`."""
    by = f"{one['by']}: " if one.get("by") else ""
    tag = f" ({one['tag']})" if one.get("tag") else ""
    return f"{by}{one['question']}{tag}"


def listed(value: list[str] | list[Asked]) -> list[str]:
    """Return each entry of an answer that is a list, as one line."""
    return [asked(one) if isinstance(one, dict) else one for one in value]
