"""Changes to what a set does between two meetings: offers, asks and check-ins."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import select

from coachlog.errors import NotFound, Refusal
from coachlog.model.set_support import SupportKind
from coachlog.store.tables.set_support_rows import SetCheckInRow, SetSupportRow
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import log_change


def insert_support_line(
    change: Change,
    set_id: int,
    member_id: int,
    kind: SupportKind,
    words: str,
    *,
    on: date,
) -> int:
    """Add an offer or an ask of a member, and return its number."""
    row = SetSupportRow(
        set_id=set_id, member_id=member_id, kind=kind, words=words, written_on=on
    )
    change.db_session.add(row)
    change.db_session.flush()
    assert row.id is not None
    if kind is SupportKind.OFFER:
        log_change(change, "set.offered", set_id)
    else:
        log_change(change, "set.asked", set_id)
    return row.id


def mark_support_done(change: Change, set_id: int, id: int, *, on: date) -> SupportKind:
    """Close an offer or an ask of a set, and return which of the two it was.

    Raises `NotFound` if the set has none of this number, and `Refusal` if it is closed already.
    """
    row = change.db_session.exec(
        select(SetSupportRow).where(
            SetSupportRow.id == id, SetSupportRow.set_id == set_id
        )
    ).first()
    if row is None:
        raise NotFound(
            f"The set has no offer or ask {id}. Nothing was changed.",
            "Their numbers: coachlog set support --all NAME",
        )
    if row.done_on is not None:
        raise Refusal(
            f"The {row.kind.value} {id} is already closed. Nothing was changed."
        )
    row.done_on = on
    change.db_session.add(row)
    log_change(change, "set.settled", set_id)
    return row.kind


def insert_check_in(
    change: Change,
    set_id: int,
    member_ids: Iterable[int],
    meetings: int,
    *,
    on: date | None,
) -> None:
    """Let buddies check in on a day, or on none, after so many meetings: a row for each of them.

    By these, a day is known to be agreed by those who are buddies later, or not.
    """
    for member_id in member_ids:
        change.db_session.add(
            SetCheckInRow(set_id=set_id, member_id=member_id, meetings=meetings, on=on)
        )
    log_change(change, "set.paired", set_id)
