"""The support between meetings of a set in words."""

from collections.abc import Sequence

from coachlog.model.references import MemberRef
from coachlog.model.set_support import HelpCount
from coachlog.text import clean_line, extract_first_name, format_count, join_phrases


def name_buddies(members: Sequence[MemberRef], *, is_short: bool = False) -> str:
    """Return who is paired, the owner first: `you and Ben Cole`; by first names if short."""
    names = ["you" for member in members if member.person is None]
    for member in members:
        if member.person is not None:
            name = extract_first_name(member.name) if is_short else member.name
            names.append(clean_line(name))
    return join_phrases(names)


def describe_helps(helped: HelpCount) -> str:
    """Return how often somebody helped: as lines that were written, in one number for the set."""
    if not helped.helps:
        return "Nobody has been recorded as helping yet."
    meetings = format_count(helped.meetings, "meeting")
    lines = format_count(helped.helps, "line")
    return f"Help between meetings: {lines}, written in {meetings}."
