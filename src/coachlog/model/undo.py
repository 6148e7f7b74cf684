"""What can be taken back: one entry a command, with what the command did."""

from datetime import datetime

from coachlog.named_tuples import NamedTuple


class UndoChange(NamedTuple):
    """One kind of thing that a command did: `action.done`, to the promises with these numbers.

    Of a single one, `words` are its own, or the owner's new name, and `person` is whose it is, or
    with whom; None where that is not known. `private` says whether the words are. `others` are the
    names of who joined or left a set or was merged with the person, and of people where there are
    several.
    """

    kind: str
    numbers: tuple[int, ...]
    words: str | None = None
    private: bool = False
    person: str | None = None
    others: tuple[str, ...] = ()


class UndoEntry(NamedTuple):
    """What one command changed, and whether that is taken back, and so can be brought back."""

    id: int
    at: datetime
    taken_back: bool
    changes: tuple[UndoChange, ...]
