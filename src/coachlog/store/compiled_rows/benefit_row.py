"""The row of `benefit`, with statements compiled from its table: see docs/compiled_rows.py."""

from datetime import date

from coachlog.model.worth import AmountUnit
from coachlog.store.row_store import StoredRow


class StoredBenefit(StoredRow):
    """A row of `BenefitRow`."""

    table = "benefit"
    primary_key = "id"
    select_sql = (
        "SELECT benefit.id, benefit.uid, benefit.recorded_on, benefit.what, "
        "benefit.noticed_by, benefit.evidence, benefit.gain, benefit.amount, "
        "benefit.unit, benefit.months, benefit.share, benefit.sure FROM benefit"
    )
    insert_sql = (
        "INSERT INTO benefit (id, uid, recorded_on, what, noticed_by, evidence, gain,"
        " amount, unit, months, share, sure) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?)"
    )
    update_sql = "UPDATE benefit SET {} WHERE benefit.id = ?"
    delete_sql = "DELETE FROM benefit WHERE benefit.id = ?"
    id: int = 0
    uid: str = ""
    recorded_on: date
    what: str
    noticed_by: str | None = None
    evidence: str | None = None
    gain: str | None = None
    amount: int | None = None
    unit: AmountUnit | None = None
    months: int | None = None
    share: int | None = None
    sure: int | None = None
