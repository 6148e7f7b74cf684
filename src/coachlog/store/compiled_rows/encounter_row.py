"""The row of `encounter`, with statements compiled from its table: see docs/compiled_rows.py."""

from datetime import date, datetime

from coachlog.store.row_store import StoredRow


class StoredEncounter(StoredRow):
    """A row of `EncounterRow`."""

    table = "encounter"
    primary_key = "id"
    select_sql = (
        'SELECT encounter.id, encounter.uid, encounter.person_id, encounter."on", '
        "encounter.created_at FROM encounter"
    )
    insert_sql = (
        'INSERT INTO encounter (id, uid, person_id, "on", created_at) VALUES (?, ?, '
        "?, ?, ?)"
    )
    update_sql = "UPDATE encounter SET {} WHERE encounter.id = ?"
    delete_sql = "DELETE FROM encounter WHERE encounter.id = ?"
    id: int = 0
    uid: str = ""
    person_id: int
    on: date
    created_at: datetime
