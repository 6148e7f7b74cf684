"""Replies to a workshop, from the command line or a pipe: all of them, or every fault in them."""

from collections.abc import Sequence

from coachlog.errors import InvalidInput
from coachlog.model.replies import Reply, ReplyValues
from coachlog.named_tuples import NamedTuple
from coachlog.rules.reply_codes import split_reply_codes
from coachlog.rules.workshop_results import WORKSHOP_SLIP, parse_workshop_slip
from coachlog.services.desk import Desk
from coachlog.services.reply_inputs import (
    ask_replies,
    parse_reply_codes,
    separate_slips,
)

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
    slips = tuple(parse_workshop_slip(row, choices[1]) for row in slip_rows)
    return WorkshopReplies(workshop_id, replies, slips)


def _separate_replies(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the paper slips and the codes in what was typed; one slip may be in three words."""
    if len(texts) == _SLIP_PARTS and WORKSHOP_SLIP.fullmatch(" ".join(texts)):
        texts = [" ".join(texts)]
    slip_rows, code_text = separate_slips(texts, WORKSHOP_SLIP)
    return slip_rows, split_reply_codes(code_text)
