"""Changes to pulses. What a single reply said is never stored."""

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
from coachlog.store.writing.json_columns import format_json_column


def insert_pulse(
    change: Change,
    statements: Sequence[str],
    *,
    on: date,
    team_size: int | None = None,
) -> PulseKey:
    """Add a pulse with two statements, and return the new key to its reply codes."""
    row = PulseRow(
        tag=_choose_unused_tag(change),
        secret=secrets.token_hex(16),
        statements=format_json_column(statements),
        made_on=on,
        created_at=change.now,
        team_size=team_size,
    )
    change.db_session.add(row)
    change.db_session.flush()
    assert row.id is not None
    for number in range(1, len(statements) + 1):
        for value in pulse_results.REPLY_VALUES:
            change.db_session.add(
                PulseCountRow(pulse_id=row.id, statement=number, value=value)
            )
    log_change(change, "pulse.made", row.id)
    return PulseKey(row.id, row.tag, row.secret)


def _choose_unused_tag(change: Change) -> str:
    """Return a random tag that no pulse here has yet, as long as there are any left.

    Colleagues compare their tags to see that they have the same pulse: two with the same tag would
    look like one.
    """
    alphabet = pulse_codes.CODE_ALPHABET
    all_tags = {first + second for first in alphabet for second in alphabet}
    used_tags = change.db_session.exec(select(PulseRow.tag))
    unused_tags = all_tags - set(used_tags)
    return secrets.choice(sorted(unused_tags or all_tags))


def insert_pulse_replies(
    change: Change, id: int, replies: Sequence[Reply], slips: Sequence[ReplyValues] = ()
) -> int:
    """Count replies to a pulse and paper slips, and return how many of the replies were new.

    Raises `NotFound` if there is no such pulse.
    """
    # Nothing goes into the audit log: a row there would tell when a reply came in.
    if change.db_session.get(PulseRow, id) is None:
        raise NotFound(
            f"There is no pulse {id}.", "`coachlog pulse list` shows them all."
        )
    new_answers = {reply.nonce: reply.answers for reply in replies}
    counted_codes = select(PulseCodeRow.nonce).where(PulseCodeRow.pulse_id == id)
    for nonce in change.db_session.exec(counted_codes):
        new_answers.pop(nonce, None)
    if new_answers:
        rows = [{"pulse_id": id, "nonce": nonce} for nonce in new_answers]
        change.db_session.execute(insert(PulseCodeRow), rows)
    _update_pulse_counts(change, id, [*new_answers.values(), *slips])
    return len(new_answers)


def _update_pulse_counts(
    change: Change, id: int, answers: Sequence[ReplyValues]
) -> None:
    """Add the answers to the counts of a pulse."""
    rows = change.db_session.exec(
        select(PulseCountRow)
        .where(PulseCountRow.pulse_id == id)
        .order_by(col(PulseCountRow.statement), col(PulseCountRow.value))
    ).all()
    value_count = len(pulse_results.REPLY_VALUES)
    rows_by_statement = [
        rows[start : start + value_count] for start in range(0, len(rows), value_count)
    ]
    old_counts = PulseCounts(
        tuple(tuple(row.shown for row in group) for group in rows_by_statement),
        tuple(tuple(row.waiting for row in group) for group in rows_by_statement),
    )
    new_counts = pulse_results.take_pulse_replies(old_counts, answers)
    for group, in_results, waiting in zip(rows_by_statement, *new_counts, strict=True):
        for index, row in enumerate(group):
            row.shown = in_results[index]
            row.waiting = waiting[index]
            change.db_session.add(row)
