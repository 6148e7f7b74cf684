"""Every failure that coachlog expects, each with the exit code it ends with."""

from collections.abc import Sequence


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


class InvalidInput(CoachlogError):
    """Something given is wrong or missing: a date, a value, an option."""

    exit_code = 2


class FaultyTemplate(InvalidInput):
    """A template file cannot be used; the message lists every fault in it, `faults` each one."""

    def __init__(self, name: str, faults: list[str]) -> None:
        super().__init__(
            "\n".join([f"{name} cannot be used:", *(f"  - {fault}" for fault in faults)]),
            "`coachlog template show grow` shows a template; docs/templates.md has the format.",
        )
        self.faults = faults


class FaultyAnswers(InvalidInput):
    """An answers file or a form cannot be used; the message lists every fault, `faults` each."""

    def __init__(self, message: str, hint: str | None = None, faults: Sequence[str] = ()) -> None:
        super().__init__(message, hint)
        self.faults = faults


class EditorFailure(CoachlogError):
    """The editor could not be started, crashed or was killed."""


class NotFound(CoachlogError):
    """Nothing, or more than one thing, has that name or number."""

    exit_code = 3


class Refusal(CoachlogError):
    """It could be done, but must not be done like this; or the person said no."""

    exit_code = 4


class NoJournal(CoachlogError):
    """There is no journal in that folder."""

    exit_code = 10


class JournalLocked(CoachlogError):
    """Another process is writing and did not finish in time."""

    exit_code = 11


class Interruption(CoachlogError):
    """The person stopped half-way; everything so far is kept."""

    exit_code = 130
