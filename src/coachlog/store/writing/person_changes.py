"""Changes of people, and of the owner's own name."""

from datetime import date

from sqlmodel import select

from coachlog import text
from coachlog.errors import NotFound, Refused
from coachlog.model import Relationship
from coachlog.store.database import Change
from coachlog.store.tables.person_rows import PersonRow
from coachlog.store.tables.setting_rows import SettingRow
from coachlog.store.writing.audited_rows import added, changed, free_slug, log

ME = "me"


def add_person(
    change: Change,
    name: str,
    relationship: Relationship,
    role: str | None = None,
    team: str | None = None,
    every_days: int | None = None,
    paused_until: date | None = None,
) -> int:
    """Return the number of a new person; `Refused` if someone has that name already."""
    _refuse_same_name(change, name)
    row = PersonRow(
        name=name,
        slug=free_slug(name, "person", (ME, *change.session.exec(select(PersonRow.slug)).all())),
        relationship=relationship,
        role=role,
        team=team,
        every_days=every_days,
        paused_until=paused_until,
        created_at=change.now,
    )
    return added(change, row, "person.added")


def edit_person(change: Change, id: int, **fields: object) -> None:
    """Set fields of a person: name, relationship, role, team, every_days, paused_until.

    A name keeps its slug.
    """
    row = _person(change, id)
    if (name := fields.get("name")) and text.fold(str(name)) != text.fold(row.name):
        _refuse_same_name(change, str(name))
    for key, value in fields.items():
        setattr(row, key, value)
    changed(change, row, "person.edited")


def archive_person(change: Change, id: int, *, back: bool = False) -> None:
    """Take a person out of lists and reminders, or bring them back; nothing of theirs is lost."""
    row = _person(change, id)
    row.archived_at = None if back else change.now
    changed(change, row, "person.returned" if back else "person.archived")


def name_me(change: Change, name: str) -> None:
    """Set the name under which the owner of the journal stands in plans."""
    change.session.merge(SettingRow(key=ME, value=name))
    log(change, "setting.me")


def _refuse_same_name(change: Change, name: str) -> None:
    for known in change.session.exec(select(PersonRow.name)).all():
        if text.fold(known) == text.fold(name):
            raise Refused(
                f"{known} is in the journal already.",
                "If this is someone else, add what tells them apart: “Priya Shah (ward 7)”.",
            )


def _person(change: Change, id: int) -> PersonRow:
    row = change.session.get(PersonRow, id)
    if row is None:
        raise NotFound(f"There is no person {id}.")
    return row
