"""Changes to workshops. Who was there, and what a single reply said, is never stored."""

import secrets
from collections.abc import Sequence
from datetime import date

from sqlmodel import col, delete

from coachlog.errors import NotFound
from coachlog.model.replies import Reply, ReplyKey, ReplyValues
from coachlog.model.workshops import WorkshopTheme
from coachlog.rules.workshop_results import count_workshop_choices
from coachlog.store.tables.workshop_rows import (
    WorkshopCodeRow,
    WorkshopCountRow,
    WorkshopRow,
)
from coachlog.store.transactions import Change
from coachlog.store.workshop_themes import list_theme_fields
from coachlog.store.writing.audited_rows import log_change
from coachlog.store.writing.json_columns import format_json_column
from coachlog.store.writing.reply_counting import (
    WORKSHOP_TABLES,
    choose_unused_tag,
    count_replies,
    insert_reply_counts,
)


def insert_workshop(
    change: Change, name: str, themes: Sequence[WorkshopTheme], *, on: date
) -> ReplyKey:
    """Add a workshop with its themes, and return the new key to its reply codes."""
    row = WorkshopRow(
        tag=choose_unused_tag(change),
        secret=secrets.token_hex(16),
        name=name,
        themes=format_json_column(list_theme_fields(themes)),
        made_on=on,
        created_at=change.now,
    )
    change.db_session.add(row)
    change.db_session.flush()
    assert row.id is not None
    choices = count_workshop_choices(len(themes))
    insert_reply_counts(change, WORKSHOP_TABLES, row.id, choices)
    log_change(change, "workshop.made", row.id)
    return ReplyKey(row.id, row.tag, row.secret, choices)


def delete_workshop(change: Change, id: int) -> None:
    """Remove a workshop with its codes and counts; nothing brings it back.

    Raises `NotFound` if there is none.
    """
    row = change.db_session.get(WorkshopRow, id)
    if row is None:
        raise NotFound(
            f"There is no workshop {id}. Nothing was changed.",
            "`coachlog workshop list` shows the numbers.",
        )
    for table in (WorkshopCodeRow, WorkshopCountRow):
        change.db_session.exec(delete(table).where(col(table.workshop_id) == id))
    change.db_session.delete(row)
    log_change(change, "workshop.dropped", id)


def insert_workshop_replies(
    change: Change, id: int, replies: Sequence[Reply], slips: Sequence[ReplyValues] = ()
) -> int:
    """Count replies to a workshop and paper slips, and return how many replies were new."""
    return count_replies(change, WORKSHOP_TABLES, id, replies, slips)
