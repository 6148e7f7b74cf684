"""Changes of people, and of the owner's own name."""

from datetime import date

from sqlmodel import select

from coachlog import text
from coachlog.errors import NotFound, Refusal
from coachlog.model import Relationship
from coachlog.store.database import Change
from coachlog.store.tables.person_rows import PersonRow
from coachlog.store.tables.setting_rows import SettingRow
from coachlog.store.writing.audited_rows import choose_free_slug, insert_row, log_change, update_row

ME = "me"


def insert_person(
    change: Change,
    name: str,
    relationship: Relationship,
    role: str | None = None,
    team: str | None = None,
    every_days: int | None = None,
    paused_until: date | None = None,
) -> int:
    """Return the number of a new person; `Refused` if someone has that name already."""
    _refuse_duplicate_person(change, name)
    row = PersonRow(
        name=name,
        slug=choose_free_slug(
            name, "person", (ME, *change.db_session.exec(select(PersonRow.slug)).all())
        ),
        relationship=relationship,
        role=role,
        team=team,
        every_days=every_days,
        paused_until=paused_until,
        created_at=change.now,
    )
    return insert_row(change, row, "person.added")


def update_person(change: Change, id: int, **fields: object) -> None:
    """Set fields of a person: name, relationship, role, team, every_days, paused_until.

    A name keeps its slug.
    """
    row = _get_person_row(change, id)
    if (name := fields.get("name")) and text.fold_text(str(name)) != text.fold_text(row.name):
        _refuse_duplicate_person(change, str(name))
    for key, value in fields.items():
        setattr(row, key, value)
    update_row(change, row, "person.edited")


def mark_person_archived(change: Change, id: int, *, restore: bool = False) -> None:
    """Take a person out of lists and reminders, or bring them back; nothing of theirs is lost."""
    row = _get_person_row(change, id)
    row.archived_at = None if restore else change.now
    update_row(change, row, "person.returned" if restore else "person.archived")


def update_owner_name(change: Change, name: str) -> None:
    """Set the name under which the owner of the journal stands in plans."""
    change.db_session.merge(SettingRow(key=ME, value=name))
    log_change(change, "setting.me")


def _refuse_duplicate_person(change: Change, name: str) -> None:
    for known in change.db_session.exec(select(PersonRow.name)).all():
        if text.fold_text(known) == text.fold_text(name):
            raise Refusal(
                f"{known} is in the journal already.",
                "If this is someone else, add what tells them apart: “Priya Shah (ward 7)”.",
            )


def _get_person_row(change: Change, id: int) -> PersonRow:
    row = change.db_session.get(PersonRow, id)
    if row is None:
        raise NotFound(f"There is no person {id}.")
    return row
