"""Every failure that coachlog expects, each with the exit code it ends with."""


class CoachlogError(Exception):
    """Something went wrong that a person can understand and mend.

    `message` says what happened and what was kept; `hint` says what to do or type next.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class StorageFailure(CoachlogError):
    """The disk, the folder or the file would not take what was to be written."""


class DamagedJournal(CoachlogError):
    """The file is there, but it is not a journal that can be read."""


class Invalid(CoachlogError):
    """Something given is wrong or missing: a date, a value, an option."""

    exit_code = 2


class FaultyTemplate(Invalid):
    """A template file cannot be used; the message lists every fault in it."""


class FaultyAnswers(Invalid):
    """An answers file cannot be used; the message lists every fault in it."""


class NotFound(CoachlogError):
    """Nothing, or more than one thing, has that name or number."""

    exit_code = 3


class Refused(CoachlogError):
    """It could be done, but must not be done like this; or the person said no."""

    exit_code = 4


class NoJournal(CoachlogError):
    """There is no journal in that folder."""

    exit_code = 10


class Locked(CoachlogError):
    """Another process is writing and did not finish in time."""

    exit_code = 11


class Paused(CoachlogError):
    """The person stopped half-way; everything so far is kept."""

    exit_code = 130
