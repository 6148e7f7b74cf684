"""Changes of a pulse: made, and replied to. What a single reply said is never written down."""

import json
import secrets
from collections.abc import Sequence
from datetime import date

from sqlmodel import col, insert, select

from coachlog.errors import NotFound
from coachlog.model.pulse import PulseCounts, PulseKey, Reply, ReplyValues
from coachlog.rules import pulse_codes, pulse_results
from coachlog.store.database import Change
from coachlog.store.tables.pulse_rows import PulseCodeRow, PulseCountRow, PulseRow
from coachlog.store.writing.audited_rows import log_change


def insert_pulse(change: Change, statements: Sequence[str], *, on: date) -> PulseKey:
    """Make a pulse with these two statements; return its number with a new key for its codes."""
    row = PulseRow(
        tag="".join(
            secrets.choice(pulse_codes.CODE_ALPHABET) for _ in range(pulse_codes.TAG_LENGTH)
        ),
        secret=secrets.token_hex(16),
        statements=json.dumps(statements, ensure_ascii=False),
        made_on=on,
        created_at=change.now,
    )
    change.db_session.add(row)
    change.db_session.flush()
    assert row.id is not None
    for number, _ in enumerate(statements, start=1):
        for value in pulse_results.REPLY_VALUES:
            change.db_session.add(PulseCountRow(pulse_id=row.id, statement=number, value=value))
    log_change(change, "pulse.made", row.id)
    return PulseKey(row.id, row.tag, row.secret)


def insert_pulse_replies(
    change: Change, id: int, replies: Sequence[Reply], slips: Sequence[ReplyValues] = ()
) -> int:
    """Count replies to a pulse and paper slips; return how many of the replies were new.

    Nothing is logged: a row of the audit log would tell when a reply came.
    """
    if change.db_session.get(PulseRow, id) is None:
        raise NotFound(f"There is no pulse {id}.", "`coachlog pulse list` shows them all.")
    read = select(PulseCodeRow.nonce).where(PulseCodeRow.pulse_id == id)
    fresh = {reply.nonce: reply.answers for reply in replies}
    for nonce in change.db_session.exec(read):
        fresh.pop(nonce, None)
    if fresh:
        rows = [{"pulse_id": id, "nonce": nonce} for nonce in fresh]
        change.db_session.execute(insert(PulseCodeRow), rows)
    _update_pulse_counts(change, id, [*fresh.values(), *slips])
    return len(fresh)


def _update_pulse_counts(change: Change, id: int, answers: Sequence[ReplyValues]) -> None:
    """Take answers into the counts of a pulse."""
    rows = change.db_session.exec(
        select(PulseCountRow)
        .where(PulseCountRow.pulse_id == id)
        .order_by(col(PulseCountRow.statement), col(PulseCountRow.value))
    ).all()
    many = len(pulse_results.REPLY_VALUES)
    by_statement = [rows[at : at + many] for at in range(0, len(rows), many)]
    before = PulseCounts(
        tuple(tuple(row.shown for row in group) for group in by_statement),
        tuple(tuple(row.waiting for row in group) for group in by_statement),
    )
    after = pulse_results.take_pulse_replies(before, answers)
    for group, shown, waiting in zip(by_statement, *after, strict=True):
        for n, row in enumerate(group):
            row.shown, row.waiting = shown[n], waiting[n]
            change.db_session.add(row)
