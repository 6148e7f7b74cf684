"""The support for a promise; a brief needs it without all of a plan."""

from coachlog.named_tuples import NamedTuple


class Support(NamedTuple):
    """The support for a promise: who gives it, what it is, and `what` was promised.

    `giver` is `me`, the name of somebody in the journal, whose number is `giver_id`, or '' where it
    is not said. `names_somebody` says whether the words name anybody then, who may be the giver.
    """

    action: int
    giver: str
    words: str
    what: str = ""
    names_somebody: bool = False
    giver_id: int | None = None
