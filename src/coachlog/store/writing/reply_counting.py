"""Replies counted for a survey, whichever kind it is. What a single reply said is never stored."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlmodel import col, insert, select

from coachlog.model.replies import Reply, ReplyCounts, ReplyValues
from coachlog.named_tuples import NamedTuple
from coachlog.rules.reply_codes import CODE_ALPHABET
from coachlog.rules.reply_counts import take_replies
from coachlog.store.tables.pulse_rows import PulseCodeRow, PulseCountRow, PulseRow
from coachlog.store.tables.workshop_rows import (
    WorkshopCodeRow,
    WorkshopCountRow,
    WorkshopRow,
)
from coachlog.store.transactions import Change


class ReplyTables(NamedTuple):
    """Where one kind of survey keeps its codes and its counts, and what their columns are called.

    `link` refers to the survey, `question` says which of its questions a count is of.
    """

    codes: type[PulseCodeRow] | type[WorkshopCodeRow]
    counts: type[PulseCountRow] | type[WorkshopCountRow]
    link: str
    question: str


PULSE_TABLES = ReplyTables(PulseCodeRow, PulseCountRow, "pulse_id", "statement")
WORKSHOP_TABLES = ReplyTables(
    WorkshopCodeRow, WorkshopCountRow, "workshop_id", "question"
)


def choose_unused_tag(change: Change) -> str:
    """Return a random tag that no survey here has yet, as long as there are any left.

    People compare their tags to see that they have the same page: two surveys with the same tag
    would look like one.
    """
    all_tags = {first + second for first in CODE_ALPHABET for second in CODE_ALPHABET}
    used_tags = [
        *change.db_session.exec(select(PulseRow.tag)),
        *change.db_session.exec(select(WorkshopRow.tag)),
    ]
    unused_tags = all_tags - set(used_tags)
    return secrets.choice(sorted(unused_tags or all_tags))


def insert_reply_counts(
    change: Change, tables: ReplyTables, survey: int, choices: Sequence[int]
) -> None:
    """Add the counts, all 0, of a survey whose questions have so many choices."""
    for question, choice_count in enumerate(choices, start=1):
        for value in range(1, choice_count + 1):
            keys = {tables.link: survey, tables.question: question}
            change.db_session.add(tables.counts(**keys, value=value))


def count_replies(
    change: Change,
    tables: ReplyTables,
    survey: int,
    replies: Sequence[Reply],
    slips: Sequence[ReplyValues],
) -> int:
    """Count replies and paper slips, and return how many of the replies were new."""
    # Nothing goes into the audit log: a row there would tell when a reply came in.
    new_answers = {reply.nonce: reply.answers for reply in replies}
    link = col(getattr(tables.codes, tables.link))
    counted_nonces = select(tables.codes.nonce).where(link == survey)
    for nonce in change.db_session.exec(counted_nonces):
        new_answers.pop(nonce, None)
    if new_answers:
        rows = [{tables.link: survey, "nonce": nonce} for nonce in new_answers]
        change.db_session.execute(insert(tables.codes), rows)
    _update_reply_counts(change, tables, survey, [*new_answers.values(), *slips])
    return len(new_answers)


def _update_reply_counts(
    change: Change, tables: ReplyTables, survey: int, answers: Sequence[ReplyValues]
) -> None:
    """Add the answers to the counts of a survey."""
    link, question = getattr(tables.counts, tables.link), tables.question
    rows = change.db_session.exec(
        select(tables.counts)
        .where(col(link) == survey)
        .order_by(col(getattr(tables.counts, question)), col(tables.counts.value))
    ).all()
    groups: dict[int, list[Any]] = {}
    for row in rows:
        groups.setdefault(getattr(row, question), []).append(row)
    old_counts = ReplyCounts(
        tuple(tuple(row.shown for row in group) for group in groups.values()),
        tuple(tuple(row.waiting for row in group) for group in groups.values()),
    )
    new_counts = take_replies(old_counts, answers)
    for group, in_results, waiting in zip(groups.values(), *new_counts, strict=True):
        for index, row in enumerate(group):
            row.shown = in_results[index]
            row.waiting = waiting[index]
            change.db_session.add(row)
