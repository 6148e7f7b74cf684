"""Changes to people, and to the owner's name."""

from datetime import date

from sqlmodel import select

from coachlog.dates import NO_RHYTHM, Rhythm
from coachlog.errors import NotFound, Refusal
from coachlog.model.people import Relationship
from coachlog.names.matching import is_whole_name
from coachlog.names.spelling import COMMAND_WORDS, is_same_name
from coachlog.store.reading.person_queries import refuse_own_name
from coachlog.store.tables.person_rows import PersonHandleRow, PersonRow
from coachlog.store.tables.setting_rows import SettingRow
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import (
    choose_free_slug,
    get_local_day,
    insert_model_row,
    log_change,
    refuse_repeated_archiving,
    update_model_row,
)

ME = "me"


def insert_person(
    change: Change,
    name: str,
    relationship: Relationship,
    role: str | None = None,
    team: str | None = None,
    rhythm: Rhythm = NO_RHYTHM,
    paused_until: date | None = None,
) -> int:
    """Add a person, and return their number. Raises `Refusal` if someone has that name already."""
    _refuse_duplicate_person(change, name)
    # Never free: on the command line, `me` means the owner and `brief` the command.
    used_slugs = [
        ME,
        *COMMAND_WORDS,
        *change.db_session.exec(select(PersonRow.slug)).all(),
        *change.db_session.exec(select(PersonHandleRow.slug)).all(),
    ]
    row = PersonRow(
        name=name,
        slug=choose_free_slug(name, "person", used_slugs),
        relationship=relationship,
        role=role,
        team=team,
        every_days=rhythm.every_days,
        every_months=rhythm.every_months,
        paused_until=paused_until,
        created_at=change.now,
        added_on=get_local_day(change),
    )
    return insert_model_row(change, row, "person.added")


def update_person(change: Change, id: int, **fields: object) -> None:
    """Set fields of a person: name, relationship, role, team, every_days, every_months,
    paused_until.

    The slug stays when the name changes. Raises `NotFound` if there is no such person, and
    `Refusal` if someone else has the new name.
    """
    row = get_person_row(change, id)
    name = fields.get("name")
    if name and name != row.name:
        _refuse_duplicate_person(change, str(name), id)
        # Imported here, as few changes are of a name.
        from coachlog.store.writing.action_changes import rename_action_owner

        rename_action_owner(change, id, row.name, str(name))
    for field, value in fields.items():
        setattr(row, field, value)
    update_model_row(change, row, "person.edited")


def mark_person_archived(change: Change, id: int, *, restore: bool = False) -> None:
    """Take a person out of lists and reminders, or bring them back; nothing is deleted.

    Raises `NotFound` if there is no such person, and `Refusal` if they are where they are to go:
    the day on which someone was archived counts in the figures, and stays.
    """
    row = get_person_row(change, id)
    refuse_repeated_archiving(row, f"coachlog person archive {row.slug}", restore)
    if restore:
        row.archived_at = None
        row.archived_on = None
        update_model_row(change, row, "person.returned")
    else:
        row.archived_at = change.now
        row.archived_on = get_local_day(change)
        update_model_row(change, row, "person.archived")


def update_owner_name(change: Change, name: str) -> None:
    """Set the name by which plans call the owner of the journal.

    Raises `Refusal` if it is the name of somebody in the journal.
    """
    if not is_same_name(name, _read_own_name(change)):
        _refuse_owner_namesake(change, name)
    # Not merged: that would put a blank in the place of its sum.
    row = change.db_session.get(SettingRow, ME) or SettingRow(key=ME, value=name)
    row.value = name
    change.db_session.add(row)
    log_change(change, "setting.me")


def answer_owner_name(change: Change, name: str) -> None:
    """Set the owner's name as it was answered; '' for a question skipped, which takes none away.

    Another window may have asked as well. Raises as `update_owner_name`.
    """
    if name or not _read_own_name(change):
        update_owner_name(change, name)


def _read_own_name(change: Change) -> str:
    row = change.db_session.get(SettingRow, ME)
    return row.value or "" if row else ""


def _refuse_owner_namesake(change: Change, name: str) -> None:
    """Raise `Refusal` if the name that the owner takes is somebody's in the journal."""
    if not name:
        return
    namesake = _find_namesake_row(change, name, None)
    if namesake is not None:
        raise Refusal(
            f"{namesake.name} is already in your journal. Nothing was changed.",
            "If that is your own name too, add a middle initial to it: "
            'coachlog person edit me --name "Tom J. Reed"',
        )


def _refuse_duplicate_person(change: Change, name: str, id: int | None = None) -> None:
    """Raise `Refusal` if this is the name or handle of somebody other than person `id`.

    The owner of the journal is somebody else, too.
    """
    refuse_own_name(name, _read_own_name(change))
    namesake = _find_namesake_row(change, name, id)
    if namesake is not None:
        raise Refusal(
            f"{namesake.name} is already in your journal. Nothing was changed.",
            "If this is someone else, add something to tell them apart: “Priya Shah (ward 7)”.",
        )


def _find_namesake_row(change: Change, name: str, id: int | None) -> PersonRow | None:
    for row in change.db_session.exec(select(PersonRow)).all():
        if row.id != id and is_whole_name(row, name):
            return row
    for handle_row in change.db_session.exec(select(PersonHandleRow)).all():
        if handle_row.person_id != id and is_same_name(handle_row.slug, name):
            return get_person_row(change, handle_row.person_id)
    return None


def get_person_row(change: Change, id: int) -> PersonRow:
    """Return the row of a person. Raises `NotFound` if there is none."""
    row = change.db_session.get(PersonRow, id)
    if row is None:
        raise NotFound(f"There is no person {id}.")
    return row
