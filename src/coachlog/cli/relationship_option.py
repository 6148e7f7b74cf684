"""The option `--relationship`: what somebody is to the owner, which is one thing."""

from collections.abc import Sequence

from coachlog.cli.declare import Option
from coachlog.errors import InvalidInput
from coachlog.model.people import Relationship


def build_relationship_option(help: str) -> Option:
    """Return the option, which takes several so that none is lost: `choose_relationship`."""
    return Option("--relationship", "-r", metavar="KIND", help=help)


def choose_relationship(kinds: Sequence[Relationship] | None) -> Relationship | None:
    """Return the relationship that was given; None for none. Raises InvalidInput for several."""
    different_kinds = list(dict.fromkeys(kinds or ()))
    if len(different_kinds) < 2:
        return different_kinds[0] if different_kinds else None
    words = " and ".join(kind.value for kind in different_kinds)
    raise InvalidInput(
        f"--relationship was given as {words}, but a person has one. Nothing was changed.",
        "A manager who coaches you too is -r manager. Of any others, take the one that lasts; "
        "--role has room for the rest.",
    )
