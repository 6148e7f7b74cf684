"""Changes to encounters: somebody was seen and spoken to, without a conversation."""

from datetime import date

from coachlog.errors import NotFound
from coachlog.store.compiled_rows.encounter_row import StoredEncounter
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import insert_row, log_change


def insert_encounter(change: Change, person_id: int, *, on: date) -> int | None:
    """Record that the owner spoke to a person on a day, and return the number of that.

    None if that day was recorded before: one a day is enough.
    """
    if change.rows.find(StoredEncounter, person_id=person_id, on=on):
        return None
    row = StoredEncounter(person_id=person_id, on=on, created_at=change.now)
    return insert_row(change, row, "encounter.recorded")


def delete_encounter(change: Change, id: int) -> None:
    """Remove what was recorded by mistake. Raises `NotFound` if there is none."""
    row = change.rows.get(StoredEncounter, id)
    if row is None:
        raise NotFound(
            f"There is no entry {id}. Nothing was changed.",
            "`coachlog met --list` shows the numbers.",
        )
    change.rows.delete(row)
    log_change(change, "encounter.removed", id)
