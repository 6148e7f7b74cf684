"""Changes to drafts: conversations that are still being typed."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from coachlog.dates import Rhythm
from coachlog.model.people import Relationship
from coachlog.model.records import DraftContents, SessionRecord
from coachlog.store.compiled_rows.draft_row import StoredDraft
from coachlog.store.compiled_rows.draft_step_row import StoredDraftStep
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import log_change
from coachlog.store.writing.draft_step_changes import (
    get_draft_row,
    insert_draft,
    insert_draft_step,
    update_draft_token,
)
from coachlog.store.writing.held_session_changes import save_session_record
from coachlog.store.writing.session_start_changes import (
    SessionStart,
    get_session_row,
)


def insert_held_session(
    change: Change,
    session_start: SessionStart,
    record: SessionRecord,
    tags: Sequence[str] = (),
    draft: DraftContents | None = None,
) -> tuple[int, list[int]]:
    """Add a session that was held, by way of a draft that it becomes again if it is taken back.

    Returns its number, and the numbers of the actions that `mark_draft_held` would return.
    """
    contents = draft or DraftContents({})
    session_id, token = insert_draft(change, session_start, contents.tags)
    for key, value in contents.steps.items():
        insert_draft_step(change, session_id, key, value)
    later_tags = [tag for tag in tags if tag not in contents.tags]
    return session_id, mark_draft_held(change, session_id, token, record, later_tags)


def mark_draft_held(
    change: Change,
    session_id: int,
    token: str,
    record: SessionRecord,
    tags: Sequence[str] = (),
) -> list[int]:
    """Turn a draft into a session that was held, with more tags, and remove the draft.

    Returns the numbers of reviewed actions that were closed elsewhere meanwhile, and so were not
    changed. Raises as `save_draft_step` does.
    """
    draft = get_draft_row(change, session_id, token)
    all_tags = [*json.loads(draft.tags), *tags]
    with change.keeping_drafts():
        _delete_draft_rows(change, draft)
    return save_session_record(
        change, get_session_row(change, session_id), record, all_tags
    )


def _delete_draft_rows(change: Change, draft: StoredDraft) -> None:
    """Remove a draft with the answers in it, but not its session."""
    for step in change.rows.find(StoredDraftStep, session_id=draft.session_id):
        change.rows.delete(step)
    change.rows.delete(draft)


def delete_draft(change: Change, session_id: int, last_updated_at: datetime) -> None:
    """Remove a draft with its session and all that was typed in it; nothing brings it back.

    Raises as `update_draft_token` does.
    """
    update_draft_token(change, session_id, last_updated_at)
    # Imported here, as a draft that is finished needs none of it.
    from sqlmodel import col, delete

    from coachlog.store.tables.session_rows import SessionPersonRow
    from coachlog.store.tables.set_rows import MeetingRow
    from coachlog.store.undo_log import forget_draft

    forget_draft(change, session_id)
    draft = change.rows.get(StoredDraft, session_id)
    assert draft is not None
    _delete_draft_rows(change, draft)
    tables: tuple[Any, ...] = (MeetingRow, SessionPersonRow)
    with change.outside_undo():
        for table in tables:
            change.db_session.exec(
                delete(table).where(col(table.session_id) == session_id)
            )
        change.rows.delete(get_session_row(change, session_id))
    log_change(change, "session.discarded", session_id)


def update_draft_person(
    change: Change,
    session_id: int,
    token: str,
    *,
    person_id: int | None,
    new_person: tuple[str, Relationship, Rhythm] | None,
) -> None:
    """Say whom a draft is with that began without anyone; someone new is added to the journal.

    Raises as `save_draft_step` does, and `Refusal` if someone has the name of the new person.
    """
    get_draft_row(change, session_id, token)
    row = get_session_row(change, session_id)
    if row.person_id is not None:
        return
    # Whoever a draft is with stays there when it becomes a draft again.
    with change.outside_undo():
        if new_person:
            # Imported here, as most people are in the journal already.
            from coachlog.store.writing.person_changes import insert_person

            name, relationship, rhythm = new_person
            person_id = insert_person(change, name, relationship, rhythm=rhythm)
        row.person_id = person_id
        change.rows.update(row)
