"""Loads what a conversation is saved with, while the person reads a question."""

from coachlog.services.desk import Desk


def load_store_early(desk: Desk) -> None:
    """Load SQLModel while the person reads any first question, not only that of a conversation.

    A conversation of one question can then be saved at once.
    """
    desk.asker.work_meanwhile(import_draft_store)


def import_draft_store() -> None:
    """Import what a conversation is saved with."""
    import coachlog.store.writing.draft_changes  # noqa: F401
