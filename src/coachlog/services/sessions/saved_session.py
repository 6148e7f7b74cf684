"""What there is to say about a conversation once it is saved, read before it is committed."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachlog.errors import NotFound
from coachlog.named_tuples import NamedTuple
from coachlog.text import shorten_text

if TYPE_CHECKING:
    from coachlog.services.desk import Desk
    from coachlog.store.transactions import Change

_REMARK_WIDTH = 60


class SavedSession(NamedTuple):
    """A held session: its number, and the handle of the person it was with, None for nobody.

    `is_above_owner` says that this person is up from the owner, who then has the plan.
    `closed_elsewhere` are the numbers of reviewed actions that had been closed in the meantime.
    `is_first` says that no other was held before, and `is_repeat` that it had come back by itself;
    `return_days` are those on which it still does. `lacks_people_above` says of one that comes back
    that nobody in the journal is up from the owner yet.
    """

    id: int
    handle: str | None
    is_above_owner: bool = False
    closed_elsewhere: tuple[int, ...] = ()
    is_first: bool = False
    is_repeat: bool = False
    return_days: tuple[date, ...] = ()
    lacks_people_above: bool = False


def read_saved_session(
    change: "Change", id: int, closed_elsewhere: Sequence[int], *, comes_back: bool
) -> SavedSession:
    """Return what there is to say about a session that a transaction under way has saved.

    `comes_back` says that its template does so by itself.
    """
    from coachlog.store.reading.person_queries import read_session_handle
    from coachlog.store.reading.session_queries import is_only_held_session

    db = change.connection
    saved_session = SavedSession(
        id,
        *read_session_handle(db, id),
        tuple(closed_elsewhere),
        is_first=is_only_held_session(db, id),
    )
    if not comes_back:
        return saved_session
    # Imported here, as few conversations come back.
    from coachlog.store.reading.person_queries import has_people_above
    from coachlog.store.reading.recurrence_queries import (
        read_original_session_id,
        read_return_days,
    )

    original_id = read_original_session_id(db, id)
    return saved_session._replace(
        is_repeat=original_id != id,
        return_days=read_return_days(db, [original_id]).get(original_id, ()),
        lacks_people_above=not has_people_above(db),
    )


def list_closed_elsewhere_remarks(desk: "Desk", ids: Sequence[int]) -> list[str]:
    """Return a sentence for each reviewed promise that was closed meanwhile, and so stays so.

    Of one that is not there any more, only the number is known.
    """
    if not ids:
        return []
    # Imported here, as this happens to few conversations.
    from coachlog.rules import disclosure
    from coachlog.store.reading import action_queries

    actions, remarks = [], []
    with desk.read() as db:
        for id in ids:
            try:
                actions.append(action_queries.read_action(db, id))
            except NotFound:
                remarks.append(
                    f"Promise {id} was taken back or deleted in the meantime."
                )
    return remarks + [
        f"Promise {action.id}, “{shorten_text(action.what, _REMARK_WIDTH)}”, was changed elsewhere "
        "in the meantime; it stays as it is."
        for action in disclosure.veil_everyday_entries(actions)
    ]
