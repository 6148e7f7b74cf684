"""Replies to a workshop, from the command line or a pipe: all of them, or every fault in them."""

from collections.abc import Sequence

from coachlog.errors import InvalidInput
from coachlog.model.replies import Reply, ReplyValues
from coachlog.named_tuples import NamedTuple
from coachlog.rules.reply_codes import split_reply_codes
from coachlog.rules.workshop_results import WORKSHOP_SLIP, parse_workshop_slip
from coachlog.services.desk import Desk
from coachlog.services.reply_inputs import (
    FAULT_LIMIT,
    ask_replies,
    parse_reply_codes,
    separate_slips,
)
from coachlog.text import shorten_text

_REPLY_HELP = "A code, or what is on a paper slip: 4 2 yes. Enter alone ends."
_SLIP_PARTS = 3


class WorkshopReplies(NamedTuple):
    """Replies to one workshop: those from codes, and those from paper slips."""

    workshop: int
    replies: tuple[Reply, ...]
    slips: tuple[ReplyValues, ...]


def read_workshop_replies(
    desk: Desk, texts: Sequence[str], words: str | None
) -> WorkshopReplies:
    """Return the replies, all to one workshop: the one named, the codes' own, or the newest.

    Raises InvalidInput with every code that cannot be used, and NotFound if there is no such
    workshop.
    """
    from coachlog.store.reading.workshop_queries import (
        find_workshop,
        read_workshop_keys,
    )

    slip_rows, codes = _separate_replies(list(texts) or ask_replies(desk, _REPLY_HELP))
    with desk.read() as db:
        keys = read_workshop_keys(db)
        # Slips do not say which workshop they belong to: without codes, it is the newest.
        workshop_id = None
        if words is not None or not codes:
            workshop_id = find_workshop(db, words).id
    if not codes and not slip_rows:
        raise InvalidInput(
            "No codes were given.", "coachlog workshop add CODE..., or - for a pipe."
        )
    replies = parse_reply_codes(codes, keys, workshop_id, "workshop")
    if workshop_id is None:
        workshop_id = replies[0].survey
    choices = next(key.choices for key in keys if key.survey == workshop_id)
    return WorkshopReplies(
        workshop_id, replies, _parse_slips(slip_rows, theme_count=choices[1])
    )


def _parse_slips(rows: Sequence[str], *, theme_count: int) -> tuple[ReplyValues, ...]:
    """Return the answers on paper slips. Raises InvalidInput with each that cannot be read."""
    slips: list[ReplyValues] = []
    faults: list[str] = []
    hint = None
    for row in rows:
        try:
            slips.append(parse_workshop_slip(row, theme_count))
        except InvalidInput as error:
            if len(rows) == 1:
                raise
            hint = error.hint
            faults.append(f"  - “{shorten_text(row.strip(), 40)}”")
    if faults:
        message = f"{len(faults)} of {len(rows)} paper slips cannot be read. Nothing was added."
        raise InvalidInput("\n".join([message, *faults[:FAULT_LIMIT]]), hint)
    return tuple(slips)


def _separate_replies(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the paper slips and the codes in what was typed; a slip may be in three words."""
    rows = [
        " ".join(texts[start : start + _SLIP_PARTS])
        for start in range(0, len(texts), _SLIP_PARTS)
    ]
    if all(map(WORKSHOP_SLIP.fullmatch, rows)):
        texts = rows
    slip_rows, code_text = separate_slips(texts, WORKSHOP_SLIP)
    return slip_rows, split_reply_codes(code_text)
