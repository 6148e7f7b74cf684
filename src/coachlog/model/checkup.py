"""What a look at a home and its surroundings found, thing by thing."""

from enum import StrEnum

from coachlog.named_tuples import NamedTuple


class CheckState(StrEnum):
    """How it is with one thing; only what is wrong makes `doctor` end with exit code 1."""

    WRONG = "wrong"
    CAUTION = "caution"
    UNKNOWN = "unknown"
    MENDED = "mended"
    FINE = "fine"


class Diagnosis(NamedTuple):
    """One thing that was looked at: `about` names it, `mend` says what to type or do.

    Where `mendable`, `doctor --mend` does it.
    """

    about: str
    state: CheckState
    words: str
    mend: str | None = None
    mendable: bool = False
