"""Changes to encounters: somebody was seen and spoken to, without a conversation."""

from datetime import date

from sqlmodel import select

from coachlog.errors import NotFound
from coachlog.store.database import Change
from coachlog.store.tables.encounter_rows import EncounterRow
from coachlog.store.writing.audited_rows import log_change


def insert_encounter(change: Change, person_id: int, *, on: date) -> int | None:
    """Record that the owner spoke to a person on a day, and return the number of that.

    None if that day was recorded before: one a day is enough.
    """
    earlier_row = change.db_session.exec(
        select(EncounterRow).where(
            EncounterRow.person_id == person_id, EncounterRow.on == on
        )
    ).first()
    if earlier_row is not None:
        return None
    row = EncounterRow(person_id=person_id, on=on, created_at=change.now)
    change.db_session.add(row)
    change.db_session.flush()
    assert row.id is not None
    log_change(change, "encounter.recorded", row.id)
    return row.id


def delete_encounter(change: Change, id: int) -> None:
    """Remove what was recorded by mistake. Raises `NotFound` if there is none."""
    row = change.db_session.get(EncounterRow, id)
    if row is None:
        raise NotFound(
            f"There is no entry {id}. Nothing was changed.",
            "`coachlog met --list` shows the numbers.",
        )
    change.db_session.delete(row)
    log_change(change, "encounter.removed", id)
