"""What every change does: saves its row, and adds a line to the audit log."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from coachlog import text
from coachlog.errors import Refusal
from coachlog.store.compiled_rows.event_row import StoredAuditEvent
from coachlog.store.row_store import StoredRow
from coachlog.store.transactions import Change

if TYPE_CHECKING:
    from coachlog.store.compiled_rows.action_row import StoredAction
    from coachlog.store.compiled_rows.goal_row import StoredGoal
    from coachlog.store.compiled_rows.session_row import StoredSession
    from coachlog.store.tables.person_rows import PersonRow
    from coachlog.store.tables.set_rows import SetRow


def insert_row(change: Change, row: StoredRow, kind: str) -> int:
    """Add a new row, log it, and return its number."""
    id = change.rows.insert(row)
    log_change(change, kind, id)
    return id


def update_row(
    change: Change, row: "StoredAction | StoredGoal | StoredSession", kind: str
) -> None:
    """Save a changed row with the moment of the change, and log it."""
    row.updated_at = change.now
    change.rows.update(row)
    log_change(change, kind, row.id)


def insert_model_row(change: Change, row: "PersonRow", kind: str) -> int:
    """Add a new row of SQLModel's, log it, and return its number."""
    change.db_session.add(row)
    change.flush()
    assert row.id is not None
    log_change(change, kind, row.id)
    return row.id


def update_model_row(change: Change, row: "PersonRow", kind: str) -> None:
    """Save a changed row of SQLModel's, and log the change."""
    change.db_session.add(row)
    log_change(change, kind, row.id)


def refuse_repeated_archiving(
    row: "PersonRow | SetRow", archive_command: str, restore: bool
) -> None:
    """Raise Refusal for a person or a set that is archived already, or not to be brought back."""
    if restore and row.archived_at is None:
        raise Refusal(f"{row.name} is not archived. Nothing was changed.")
    if row.archived_at is not None and not restore:
        raise Refusal(
            f"{row.name} is already archived. Nothing was changed.",
            f"To undo it: {archive_command} --back",
        )


def refuse_closed_row(row: "StoredAction | StoredGoal", label: str, group: str) -> None:
    """Raise Refusal for a promise or a goal that is closed; `group` is that of its commands."""
    if row.status.value != "open":
        raise Refusal(
            f"{label} {row.id} is already {row.status.value}. Nothing was changed.",
            f"To reopen it: coachlog {group} reopen {row.id}",
        )


def get_local_day(change: Change) -> date:
    """Return the local day of a change, by which figures count: in UTC it can be another one."""
    return change.now.date()


def log_change(change: Change, kind: str, row_id: int | None = None) -> None:
    """Add to the audit log what kind of change was made, and never a word of it."""
    change.rows.insert(StoredAuditEvent(at=change.now, kind=kind, row_id=row_id))


def choose_free_slug(name: str, fallback: str, used_slugs: Iterable[str]) -> str:
    """Return a slug for a name that is still free: `priya-shah`, or else `priya-shah-2`.

    `fallback` is the slug of a name with no letters in it.
    """
    taken_slugs = set(used_slugs)
    base = text.build_slug(name) or fallback
    slug = base
    number = 1
    while slug in taken_slugs:
        number += 1
        slug = f"{base}-{number}"
    return slug
