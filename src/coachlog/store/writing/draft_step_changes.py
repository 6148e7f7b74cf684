"""Changes to a draft while it is typed: its start, its answers, and which window may write it."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex

from coachlog.errors import NotFound, Refusal
from coachlog.model.answers import AnswerValue
from coachlog.store.compiled_rows.draft_row import StoredDraft
from coachlog.store.compiled_rows.draft_step_row import StoredDraftStep
from coachlog.store.journal_state import RESTORED_TOKEN
from coachlog.store.transactions import Change
from coachlog.store.writing.json_columns import format_json_column
from coachlog.store.writing.session_start_changes import SessionStart, insert_session


def insert_draft(
    change: Change, session_start: SessionStart, tags: Sequence[str] = ()
) -> tuple[int, str]:
    """Add a draft, and return its session's number and the token of the window that writes it."""
    session_id = insert_session(change, session_start)
    token = token_hex(8)
    change.rows.insert(
        StoredDraft(
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
    row = change.rows.get(StoredDraft, session_id)
    if row is None:
        raise _build_draft_error(session_id)
    if row.updated_at > last_updated_at:
        raise Refusal(
            f"Conversation {session_id} is open in another window.",
            f"Close one of the two windows, then: coachlog session resume {session_id}",
        )
    row.token = token_hex(8)
    change.rows.update(row)
    return row.token


def save_draft_step(
    change: Change, session_id: int, token: str, key: str, value: AnswerValue
) -> None:
    """Save one answer of a draft, and remove what was half-typed.

    Raises `NotFound` if there is no such draft, and `Refusal` if another window took it over or
    deleted it.
    """
    draft = get_draft_row(change, session_id, token)
    _delete_steps(change, session_id, key)
    insert_draft_step(change, session_id, key, value)
    draft.half_key = None
    draft.half_text = None
    draft.updated_at = change.now
    change.rows.update(draft)


def insert_draft_step(
    change: Change, session_id: int, key: str, value: AnswerValue
) -> None:
    """Add one answer of a draft, to a question that has none."""
    change.rows.insert(
        StoredDraftStep(session_id=session_id, key=key, value=format_json_column(value))
    )


def delete_draft_steps(
    change: Change, session_id: int, token: str, keys: Sequence[str]
) -> None:
    """Remove answers of a draft, so that they are asked again; raises as `save_draft_step` does."""
    get_draft_row(change, session_id, token)
    for key in keys:
        _delete_steps(change, session_id, key)


def _delete_steps(change: Change, session_id: int, key: str) -> None:
    for step in change.rows.find(StoredDraftStep, session_id=session_id, key=key):
        change.rows.delete(step)


def save_draft_half(
    change: Change, session_id: int, token: str, key: str, half_text: str
) -> None:
    """Save what has been typed so far for the question `key`; raises as `save_draft_step` does."""
    draft = get_draft_row(change, session_id, token)
    draft.half_key = key
    draft.half_text = half_text
    draft.updated_at = change.now
    change.rows.update(draft)


def get_draft_row(change: Change, session_id: int, token: str) -> StoredDraft:
    """Return the row of a draft, if this window is still the one that may write to it."""
    row = change.rows.get(StoredDraft, session_id)
    if row is None and _is_gone_since_restore(change, session_id):
        raise _build_restored_refusal(session_id, "it is not in that")
    if row is None:
        raise _build_draft_error(session_id)
    if row.token == RESTORED_TOKEN:
        raise _build_restored_refusal(
            session_id, "it is there as it was when that was made"
        )
    if row.token != token:
        raise Refusal(
            f"Conversation {session_id} was opened in another window: carry on there.",
            "What you typed before that is in it; you can close this window.",
        )
    if _is_session_deleted(change, session_id):
        raise Refusal(
            f"Conversation {session_id} was deleted in another window; "
            "what you typed is still in it.",
            f"To bring it back: coachlog session restore {session_id}",
        )
    return row


def _is_session_deleted(change: Change, session_id: int) -> bool:
    row = change.connection.execute(
        "SELECT 1 FROM session WHERE id = ? AND deleted_at IS NOT NULL", (session_id,)
    ).fetchone()
    return row is not None


def _is_gone_since_restore(change: Change, session_id: int) -> bool:
    """Return whether a backup was restored since a conversation began that is not there now."""
    row = change.connection.execute(
        "SELECT 1 FROM event WHERE kind = 'journal.restored' AND id > "
        "(SELECT max(id) FROM event WHERE kind = 'session.begun' AND row_id = ?)",
        (session_id,),
    ).fetchone()
    return row is not None


def _build_restored_refusal(session_id: int, state: str) -> Refusal:
    return Refusal(
        f"While conversation {session_id} was open, a backup was put in the journal's place; "
        f"{state}. What you answered before is saved in another backup, which the restore made "
        "first.",
        "It has before-restore in its name: coachlog backup list. To go back to it: coachlog "
        "backup restore NAME",
    )


def _build_draft_error(session_id: int) -> NotFound:
    return NotFound(
        f"Conversation {session_id} is not a draft.",
        "`coachlog session list --drafts` shows the drafts.",
    )
