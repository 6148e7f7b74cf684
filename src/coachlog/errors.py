"""Every failure that coachlog expects, each with its exit code."""

from collections.abc import Sequence


class CoachlogError(Exception):
    """Something went wrong that a person can understand and put right.

    `message` says what happened and whether anything was lost; `hint` says what to do or type next.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class StorageFailure(CoachlogError):
    """Something could not be written to the disk, the folder or the file."""


class UncertainSave(StorageFailure):
    """The disk failed in the middle of a commit: the change may or may not be saved."""


class DamagedJournal(CoachlogError):
    """The file exists, but it is not a journal that can be read."""


class DamagedEntry(DamagedJournal):
    """One thing in the journal is not as it was written; the rest of it can be used."""


class InvalidInput(CoachlogError):
    """Some input is wrong or missing: a date, a value, an option."""

    exit_code = 2


class FaultyTemplate(InvalidInput):
    """A template file cannot be used; the message has its `name`, and lists the `faults` in it."""

    def __init__(self, name: str, faults: list[str]) -> None:
        fault_lines = [f"  - {fault}" for fault in faults]
        super().__init__(
            "\n".join([f"{name} cannot be used:", *fault_lines]),
            "For an example: coachlog template show grow. docs/templates.md describes the format.",
        )
        self.name = name
        self.faults = faults


class FaultyStandards(InvalidInput):
    """The owner's standards cannot be used; the message has the file's `name`, and its `faults`."""

    def __init__(self, name: str, faults: list[str]) -> None:
        fault_lines = [f"  - {fault}" for fault in faults]
        super().__init__(
            "\n".join([f"{name} cannot be used:", *fault_lines]),
            "Correct it in an editor, or move it away. docs/templates.md describes the format.",
        )
        self.name = name
        self.faults = faults


class FaultyAnswers(InvalidInput):
    """An answers file or a form cannot be used; the message lists its `faults`."""

    def __init__(
        self, message: str, hint: str | None = None, faults: Sequence[str] = ()
    ) -> None:
        super().__init__(message, hint)
        self.faults = faults


class EditorFailure(CoachlogError):
    """The editor could not be started, crashed or was killed."""


class ClipboardFailure(CoachlogError):
    """No clipboard can be reached, or the only one does not take so much."""


class NotFound(CoachlogError):
    """Nothing has that name or number, or more than one thing does."""

    exit_code = 3


class Refusal(CoachlogError):
    """It must not be done in this way, or the person said no."""

    exit_code = 4


class MovedJournal(Refusal):
    """Another journal lies where one was changed before: moved there, or put back."""


class NoJournal(CoachlogError):
    """There is no journal in that folder."""

    exit_code = 10


class JournalNotBegun(NoJournal):
    """Nothing was ever kept in that folder; the hint names a command that starts a journal."""

    def __init__(self, home: object) -> None:
        super().__init__(f"There is no journal in {home} yet.")
        self.name_start("coachlog log NAME")

    def name_start(self, command: str) -> None:
        """Let the hint name this command as the one that starts a journal."""
        self.hint = (
            f"`{command}` starts one; --home or COACHLOG_HOME chooses another folder."
        )


class JournalLocked(CoachlogError):
    """Another process is writing and did not finish in time."""

    exit_code = 11


class Interruption(CoachlogError):
    """The person stopped half-way; everything entered so far is saved."""

    exit_code = 130


class UnreadAnswer(Exception):
    """The pipe that an answer was printed to is closed.

    Not an OSError: this is no failure where nothing was changed.
    """
