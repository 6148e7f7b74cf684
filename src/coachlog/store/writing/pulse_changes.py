"""Changes to pulses. What a single reply said is never stored."""

import secrets
from collections.abc import Sequence
from datetime import date

from coachlog.errors import NotFound
from coachlog.model.replies import Reply, ReplyKey, ReplyValues
from coachlog.rules.reply_counts import REPLY_VALUES
from coachlog.store.tables.pulse_rows import PulseRow
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import log_change
from coachlog.store.writing.json_columns import format_json_column
from coachlog.store.writing.reply_counting import (
    PULSE_TABLES,
    choose_unused_tag,
    count_replies,
    insert_reply_counts,
)


def insert_pulse(
    change: Change,
    statements: Sequence[str],
    *,
    on: date,
    team_size: int | None = None,
) -> ReplyKey:
    """Add a pulse with two statements, and return the new key to its reply codes."""
    row = PulseRow(
        tag=choose_unused_tag(change),
        secret=secrets.token_hex(16),
        statements=format_json_column(statements),
        made_on=on,
        created_at=change.now,
        team_size=team_size,
    )
    change.db_session.add(row)
    change.db_session.flush()
    assert row.id is not None
    choices = [len(REPLY_VALUES)] * len(statements)
    insert_reply_counts(change, PULSE_TABLES, row.id, choices)
    log_change(change, "pulse.made", row.id)
    return ReplyKey(row.id, row.tag, row.secret)


def insert_pulse_replies(
    change: Change, id: int, replies: Sequence[Reply], slips: Sequence[ReplyValues] = ()
) -> int:
    """Count replies to a pulse and paper slips, and return how many of the replies were new.

    Raises `NotFound` if there is no such pulse.
    """
    if change.db_session.get(PulseRow, id) is None:
        raise NotFound(
            f"There is no pulse {id}.", "`coachlog pulse list` shows them all."
        )
    return count_replies(change, PULSE_TABLES, id, replies, slips)
