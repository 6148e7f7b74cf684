"""Changes to drafts: conversations that are still being typed."""

import json
from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlmodel import col, delete

from coachlog.dates import Rhythm
from coachlog.errors import NotFound, Refusal
from coachlog.model import AnswerValue, Relationship
from coachlog.model.records import SessionRecord
from coachlog.store.database import Change
from coachlog.store.tables.draft_rows import DraftRow, DraftStepRow
from coachlog.store.tables.session_rows import SessionPersonRow, SessionRow
from coachlog.store.writing.audited_rows import log_change
from coachlog.store.writing.held_session_changes import save_session_record
from coachlog.store.writing.json_columns import format_json_column
from coachlog.store.writing.person_changes import insert_person
from coachlog.store.writing.session_changes import (
    SessionStart,
    get_session_row,
    insert_session,
)


def insert_draft(
    change: Change, session_start: SessionStart, tags: Sequence[str] = ()
) -> tuple[int, str]:
    """Add a draft, and return its session's number and the token of the window that writes it."""
    session_id = insert_session(change, session_start)
    token = token_hex(8)
    change.db_session.add(
        DraftRow(
            session_id=session_id,
            template_text=session_start.template.text,
            token=token,
            tags=format_json_column(list(tags)),
            updated_at=change.now,
        )
    )
    return session_id, token


def update_draft_token(
    change: Change, session_id: int, last_updated_at: datetime
) -> str:
    """Return a new token for a draft; a window that has the old one can no longer write to it.

    Raises `NotFound` if there is no such draft, and `Refusal` if it changed after
    `last_updated_at`: this window does not show what was typed since.
    """
    row = change.db_session.get(DraftRow, session_id)
    if row is None:
        raise _build_draft_error(session_id)
    if row.updated_at > last_updated_at:
        raise Refusal(
            f"Conversation {session_id} is open in another window.",
            f"Close one of the two windows, then: coachlog session resume {session_id}",
        )
    row.token = token_hex(8)
    change.db_session.add(row)
    return row.token


def save_draft_step(
    change: Change, session_id: int, token: str, key: str, value: AnswerValue
) -> None:
    """Save one answer of a draft, and remove what was half-typed.

    Raises `NotFound` if there is no such draft, and `Refusal` if another window took it over or
    deleted it.
    """
    draft = _get_draft_row(change, session_id, token)
    change.db_session.exec(
        delete(DraftStepRow).where(
            col(DraftStepRow.session_id) == session_id, col(DraftStepRow.key) == key
        )
    )
    change.db_session.add(
        DraftStepRow(session_id=session_id, key=key, value=format_json_column(value))
    )
    draft.half_key = None
    draft.half_text = None
    draft.updated_at = change.now
    change.db_session.add(draft)


def delete_draft_steps(
    change: Change, session_id: int, token: str, keys: Sequence[str]
) -> None:
    """Remove answers of a draft, so that they are asked again; raises as `save_draft_step` does."""
    _get_draft_row(change, session_id, token)
    for key in keys:
        change.db_session.exec(
            delete(DraftStepRow).where(
                col(DraftStepRow.session_id) == session_id, col(DraftStepRow.key) == key
            )
        )


def save_draft_half(
    change: Change, session_id: int, token: str, key: str, half_text: str
) -> None:
    """Save what has been typed so far for the question `key`; raises as `save_draft_step` does."""
    draft = _get_draft_row(change, session_id, token)
    draft.half_key = key
    draft.half_text = half_text
    draft.updated_at = change.now
    change.db_session.add(draft)


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
    draft = _get_draft_row(change, session_id, token)
    all_tags = [*json.loads(draft.tags), *tags]
    change.db_session.exec(
        delete(DraftStepRow).where(col(DraftStepRow.session_id) == session_id)
    )
    change.db_session.delete(draft)
    return save_session_record(
        change, get_session_row(change, session_id), record, all_tags
    )


def delete_draft(change: Change, session_id: int, last_updated_at: datetime) -> None:
    """Remove a draft with its session and all that was typed in it; nothing brings it back.

    Raises as `update_draft_token` does.
    """
    update_draft_token(change, session_id, last_updated_at)
    # Imported here, as most drafts have nothing to do with a set.
    from coachlog.store.tables.set_rows import MeetingRow

    tables: tuple[Any, ...] = (DraftStepRow, DraftRow, MeetingRow, SessionPersonRow)
    for table in tables:
        change.db_session.exec(delete(table).where(col(table.session_id) == session_id))
    change.db_session.exec(delete(SessionRow).where(col(SessionRow.id) == session_id))
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
    _get_draft_row(change, session_id, token)
    row = get_session_row(change, session_id)
    if row.person_id is not None:
        return
    if new_person:
        name, relationship, rhythm = new_person
        person_id = insert_person(change, name, relationship, rhythm=rhythm)
    row.person_id = person_id
    change.db_session.add(row)
    change.db_session.flush()


def _get_draft_row(change: Change, session_id: int, token: str) -> DraftRow:
    """Return the row of a draft, if this window is still the one that may write to it."""
    row = change.db_session.get(DraftRow, session_id)
    if row is None:
        raise _build_draft_error(session_id)
    if row.token != token:
        raise Refusal(
            f"Conversation {session_id} was opened in another window: carry on there.",
            "What you typed before that is in it; you can close this window.",
        )
    if get_session_row(change, session_id).deleted_at is not None:
        raise Refusal(
            f"Conversation {session_id} was deleted in another window; "
            "what you typed is still in it.",
            f"To bring it back: coachlog session restore {session_id}",
        )
    return row


def _build_draft_error(session_id: int) -> NotFound:
    return NotFound(
        f"Conversation {session_id} is not a draft.",
        "`coachlog session list --drafts` shows the drafts.",
    )
