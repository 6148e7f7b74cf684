"""What every change does: keeps its row, and notes in the audit log that it was made."""

from collections.abc import Iterable
from itertools import count
from typing import TYPE_CHECKING

from coachlog import text
from coachlog.store.database import Change
from coachlog.store.tables.action_rows import ActionRow
from coachlog.store.tables.audit_rows import AuditEventRow
from coachlog.store.tables.person_rows import PersonRow
from coachlog.store.tables.session_rows import SessionRow

if TYPE_CHECKING:
    from coachlog.store.tables.goal_rows import GoalRow


def insert_row(
    change: Change, row: "PersonRow | SessionRow | ActionRow | GoalRow", kind: str
) -> int:
    """Add a new row, logged, and return its number."""
    change.db_session.add(row)
    change.db_session.flush()
    assert row.id is not None
    log_change(change, kind, row.id)
    return row.id


def update_row(
    change: Change, row: "PersonRow | SessionRow | ActionRow | GoalRow", kind: str
) -> None:
    """Keep a changed row, logged, and note when it was changed."""
    if not isinstance(row, PersonRow):
        row.updated_at = change.now
    change.db_session.add(row)
    log_change(change, kind, row.id)


def log_change(change: Change, kind: str, row_id: int | None = None) -> None:
    """Note in the audit log what kind of change was made, never a word of it."""
    change.db_session.add(AuditEventRow(at=change.now, kind=kind, row_id=row_id))


def choose_free_slug(name: str, fallback: str, used_slugs: Iterable[str]) -> str:
    """Return a handle for a name that none of the others has: `priya-shah`, then `priya-shah-2`."""
    base = text.build_slug(name) or fallback
    known = set(used_slugs)
    numbered = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(slug for slug in numbered if slug not in known)
