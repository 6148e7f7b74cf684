"""Why a file that somebody else made cannot be used, one class for each reason."""

from typing import Self

from coachlog.errors import CoachlogError, InvalidInput


class FaultyFile(InvalidInput):
    """A file is not as coachlog writes it. `reason` goes on after its name: `is empty`."""

    def __init__(
        self, reason: str, hint: str | None = None, name: str = "The file"
    ) -> None:
        super().__init__(f"{name} {reason}. Nothing was changed.", hint)
        self.reason = reason

    def name_file(self, name: str) -> Self:
        """Return the same error with the name of the file."""
        return type(self)(self.reason, self.hint, name)


class CutFile(FaultyFile):
    """The end of a file is missing."""


class OversizeFile(FaultyFile):
    """A file is larger than any of its kind."""


class PassphraseFile(FaultyFile):
    """A file is sealed with a passphrase instead of a key."""


class WrongKey(FaultyFile):
    """A file is sealed to another key, or the key is not one of the programme's."""

    exit_code = 12


class OtherProgramme(FaultyFile):
    """A file is of another programme."""


class OtherQuarter(FaultyFile):
    """A file is of another quarter."""


class OtherHolder(FaultyFile):
    """A file is for the other holder, or from them."""


class NewerFile(FaultyFile):
    """A file was written by another version of coachlog, whose files differ."""


class NumberOutOfRange(FaultyFile):
    """A file has a number that no journal can have."""


class MissingLibrary(CoachlogError):
    """Python's library for age files is not installed."""
