"""Whose a promise was and is, in words, for both screens and pages; without Rich."""

from datetime import date

from coachlog.dates import format_short_day
from coachlog.model.actions import Action
from coachlog.named_tuples import NamedTuple
from coachlog.rules.handovers import (
    find_first_owner,
    find_last_handover,
    list_handovers,
)
from coachlog.text import clean_line


class SideNames(NamedTuple):
    """What to call the owner of the journal and the other person."""

    me: str
    them: str


def describe_first_owner(action: Action, names: SideNames) -> str:
    """Return the name of whoever made a promise."""
    return _choose_name(find_first_owner(action), names)


def describe_handovers(
    action: Action, names: SideNames, today: date | None = None
) -> str:
    """Return to whom a promise was handed over, to follow its words; '' if it never was.

    `, handed to Ida on Mon 5 Oct`; days have their year unless it is that of `today`.
    """
    words = ""
    for handover in list_handovers(action):
        verb = "then" if words else "handed"
        name = _choose_name(handover.new_owner, names)
        words += f", {verb} to {name} on {format_short_day(handover.on, today)}"
    return words


def describe_owner_since(action: Action, today: date) -> str:
    """Return since when its owner has a promise, to follow the name; '' if from the start.

    `, since 5 Oct`: beside an older date it says that this was somebody else's.
    """
    handover = find_last_handover(action)
    if handover is None:
        return ""
    # Lists have no room for the day of the week.
    _, _, day = format_short_day(handover.on, today).partition(" ")
    return f", since {day}"


def _choose_name(owner: str, names: SideNames) -> str:
    """Return an owner as named in a conversation: `me`, `them`, or a name typed."""
    if owner == "me":
        return names.me
    if owner == "them":
        return names.them
    return owner


def phrase_unknown_owner(name: str) -> str:
    """Return the remark on a promise of somebody who is not in the journal."""
    return f"{clean_line(name)} is not in your journal; the promise is recorded under that name."


def phrase_absent_owner(name: str) -> str:
    """Return the remark on a promise of somebody who was not in the conversation."""
    return (
        f"{clean_line(name)} was not in that conversation; the promise is recorded under that "
        "name."
    )
