"""What there is to say about a conversation once it is saved, read before it is committed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from coachlog.text import shorten_text

if TYPE_CHECKING:
    from coachlog.services.desk import Desk
    from coachlog.store.database import Change

_REMARK_WIDTH = 60


class SavedSession(NamedTuple):
    """A held session: its number, and the handle of the person it was with, None for nobody.

    `closed_elsewhere` are the numbers of reviewed actions that had been closed in the meantime.
    `is_first` says that no other was held before.
    """

    id: int
    handle: str | None
    closed_elsewhere: tuple[int, ...] = ()
    is_first: bool = False


def read_saved_session(
    change: "Change", id: int, closed_elsewhere: Sequence[int]
) -> SavedSession:
    """Return what there is to say about a session that a transaction under way has saved."""
    from coachlog.store.reading import is_only_held_session, read_session_handle
    from coachlog.store.writing.change_connection import get_change_connection

    db = get_change_connection(change)
    return SavedSession(
        id,
        read_session_handle(db, id),
        tuple(closed_elsewhere),
        is_first=is_only_held_session(db, id),
    )


def list_closed_elsewhere_remarks(desk: "Desk", ids: Sequence[int]) -> list[str]:
    """Return a sentence for each reviewed promise that was closed meanwhile, and so stays so."""
    if not ids:
        return []
    # Imported here, as this happens to few conversations.
    from coachlog.rules import disclosure
    from coachlog.store import reading

    with desk.read() as db:
        actions = [reading.read_action(db, id) for id in ids]
    return [
        f"Promise {action.id}, “{shorten_text(action.what, _REMARK_WIDTH)}”, was changed elsewhere "
        "in the meantime; it stays as it is."
        for action in disclosure.veil_everyday_entries(actions)
    ]
