"""What is left out of a page, in words: how much, of which kind, and as an everyday screen may."""

from collections import Counter
from collections.abc import Iterable

from coachlog.model.actions import Action
from coachlog.model.sessions import Answer
from coachlog.phrasing.answers import describe_answer
from coachlog.rules.disclosure import (
    EVERYDAY_AUDIENCE,
    Secret,
    find_secrets,
    veil_entry,
)
from coachlog.text import clean_line, format_count


def describe_left_out(entries: Iterable[Action | Answer]) -> str:
    """Return how many entries of each kind: `1 private promise, 2 answers about health`.

    An entry counts once, by the strictest of its secrets.
    """
    counts = Counter(_phrase_kind(entry) for entry in entries)
    return ", ".join(format_count(count, *kind) for kind, count in counts.items())


def describe_outcome_pick(entry: Action | Answer) -> str:
    """Return what is left out of one conversation's page as it is ticked, veiled on the screen."""
    if isinstance(entry, Action):
        action = veil_entry(entry, EVERYDAY_AUDIENCE)
        return f"promise {action.id}: {clean_line(action.what)}"
    answer = veil_entry(entry, EVERYDAY_AUDIENCE)
    return f"{clean_line(answer.question)} {clean_line(describe_answer(answer))}"


def _phrase_kind(entry: Action | Answer) -> tuple[str, str]:
    """Return the kind of an entry, for one of them and for several."""
    noun = "promise" if isinstance(entry, Action) else "answer"
    secrets = find_secrets(entry)
    if Secret.IN_SET in secrets:
        return f"{noun} made in a set", f"{noun}s made in a set"
    if Secret.HEALTH in secrets:
        return f"{noun} about health", f"{noun}s about health"
    if Secret.PRIVATE in secrets:
        return f"private {noun}", f"private {noun}s"
    return f"other {noun}", f"other {noun}s"
