"""Compares a journal with the head beside it, before it is read or changed, and writes the head.

The head is read before the journal is: of a change between the two, nothing is missed then.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from coachlog.errors import MovedJournal, Refusal
from coachlog.store.connections import Connection
from coachlog.store.journal_files import JournalFiles
from coachlog.store.journal_head import (
    HeadVerdict,
    JournalHead,
    judge_head,
    read_head,
    write_head,
)

if TYPE_CHECKING:
    from coachlog.store.journal_state import JournalState

ACCEPT_HINT = (
    "To see what is known, and whether a backup has what is lost: coachlog check. "
    "To go on with it as it is: coachlog check --accept"
)


class HeadGuard:
    """The head of one journal, as it was when the journal was last opened.

    `tell` gets a sentence, once, where the journal has lost changes.
    """

    def __init__(
        self, journal_files: JournalFiles, tell: Callable[[str], None]
    ) -> None:
        self._files = journal_files
        self._tell = tell
        self._head: JournalHead | None = None
        self._has_told = False

    def look(self) -> None:
        """Read the head; to be called before the journal is read."""
        self._head = read_head(self._files.head)

    def warn(self, connection: Connection) -> None:
        """Say, once, that changes are lost, if the journal that is read lacks some."""
        # Without a head nothing is known, and most reads that are quick have one.
        if self._head is None or self._has_told:
            return
        lost_count = count_lost_changes(self._head, read_state_head(connection))
        # Where the head has changed, another process has restored a backup in between.
        if lost_count is not None and read_head(self._files.head) == self._head:
            self._has_told = True
            self._tell(f"{describe_loss(lost_count, self._files)} {ACCEPT_HINT}")

    def require_current(self, state: "JournalState") -> None:
        """Raise `Refusal` for a journal that has lost changes, `MovedJournal` for another one.

        To be called behind the write lock, which keeps others from going on in between.
        """
        state_head = _build_head(state)
        lost_count = count_lost_changes(self._head, state_head)
        if lost_count is not None:
            words = describe_loss(lost_count, self._files)
            raise Refusal(f"{words} Nothing was changed.", ACCEPT_HINT)
        if judge_head(self._head, state_head) is HeadVerdict.MOVED:
            raise MovedJournal(
                f"{self._files.journal} is not the journal that was last changed in this folder: "
                "it was moved here, or put back. Nothing was changed.",
                "To go on with it: coachlog check --accept",
            )

    def follow(self, state: "JournalState") -> None:
        """Write how far the journal has come, unless the head says so; after the commit."""
        state_head = _build_head(state)
        if state_head != self._head:
            write_head(self._files.head, state_head)
            self._head = state_head


def read_state_head(connection: Connection) -> JournalHead | None:
    """Return how far a journal has come; None if it does not say so in whole words.

    Whether that is as it was written is for changes to know, and for `check`.
    """
    row = connection.execute(
        "SELECT uid, epoch, change_count FROM journal_state"
    ).fetchone()
    if row is None or [*map(type, row)] != [str, str, int]:
        return None
    return JournalHead(*row)


def count_lost_changes(
    head: JournalHead | None, state_head: JournalHead | None
) -> int | None:
    """Return how many changes a head knows of that are not in the journal; None if none are.

    0 stands for an unknown number: the journal is as it was before a restore, or after another.
    """
    if head is None or state_head is None:
        return None
    verdict = judge_head(head, state_head)
    if verdict is HeadVerdict.REPLACED:
        return 0
    if verdict is not HeadVerdict.AHEAD:
        return None
    return head.change_count - state_head.change_count


def describe_loss(lost_count: int, journal_files: JournalFiles) -> str:
    """Return in words that a journal lacks changes that the head knows of, as they are counted."""
    subject = "The last change made to your journal is"
    if lost_count > 1:
        subject = f"The last {lost_count:,} changes made to your journal are"
    words = (
        f"{subject} not in it: its log (coachlog.db-wal) "
        "was lost or damaged, or an older copy was put in its place."
    )
    if not lost_count:
        words = (
            "Your journal is not as it was at its last change here: an older log or another copy "
            "was put in its place."
        )
    kept_log = journal_files.find_kept_log()
    if kept_log is not None:
        words += f" The log as it was is kept: {kept_log}."
    return words


def _build_head(state: "JournalState") -> JournalHead:
    return JournalHead(state.uid, state.epoch, state.change_count)
