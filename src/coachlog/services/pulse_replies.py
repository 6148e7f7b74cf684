"""Replies to a pulse, from the command line or a pipe: all of them, or every fault in them."""

import re
from collections.abc import Sequence

from coachlog.errors import InvalidInput
from coachlog.model.replies import Reply, ReplyValues
from coachlog.named_tuples import NamedTuple
from coachlog.rules import pulse_results
from coachlog.rules.reply_codes import split_reply_codes
from coachlog.services.desk import Desk
from coachlog.services.reply_inputs import (
    OtherSurveys,
    ask_replies,
    parse_reply_codes,
    separate_slips,
)

_SLIP_NUMBER = re.compile(r"\s*\d{1,2}\s*")
_SLIP_ROW = re.compile(r"\s*\d{1,2}[\s,;/]+\d{1,2}\s*")
_REPLY_HELP = "A code, or the two numbers on a paper slip: 4 5. Enter alone ends."


class PulseReplies(NamedTuple):
    """Replies to one pulse: those from codes, and those from paper slips."""

    pulse: int
    replies: tuple[Reply, ...]
    slips: tuple[ReplyValues, ...]


def read_pulse_replies(
    desk: Desk, codes: Sequence[str], slip_texts: Sequence[str], id: int | None
) -> PulseReplies:
    """Return the replies, all to one pulse: the one of this number, the codes' own, or the newest.

    Raises InvalidInput with every code that cannot be used, and NotFound if there is no such pulse.
    """
    from coachlog.store.reading.pulse_queries import read_pulse, read_pulse_keys
    from coachlog.store.reading.workshop_queries import read_workshop_keys

    with desk.read() as db:
        keys = read_pulse_keys(db)
        workshops = OtherSurveys("workshop", read_workshop_keys(db))

    def parse(reply_codes: Sequence[str], survey: int | None) -> tuple[Reply, ...]:
        return parse_reply_codes(reply_codes, keys, survey, "pulse", workshops)

    def check(texts: list[str]) -> None:
        slip_rows, reply_codes = _separate_texts(texts)
        list(map(pulse_results.parse_paper_slip, slip_rows))
        parse(reply_codes, id)

    texts = list(codes)
    if not codes and not slip_texts:
        texts = ask_replies(desk, _REPLY_HELP, check)
    slip_rows, reply_codes = _separate_texts(texts)
    slips = tuple(map(pulse_results.parse_paper_slip, [*slip_texts, *slip_rows]))
    # Slips do not say which pulse they belong to: without codes, it is the newest.
    pulse_id = None
    if id is not None or (slips and not reply_codes):
        with desk.read() as db:
            pulse_id = read_pulse(db, id).id
    if not reply_codes and not slips:
        raise InvalidInput(
            "No codes were given.", "coachlog pulse add CODE..., or - for a pipe."
        )
    replies = parse(reply_codes, pulse_id)
    if pulse_id is None:
        pulse_id = replies[0].survey
    return PulseReplies(pulse_id, replies, slips)


def _separate_texts(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the paper slips and the codes in texts; one slip may be in two of them."""
    if len(texts) == 2 and all(map(_SLIP_NUMBER.fullmatch, texts)):
        texts = [" ".join(texts)]
    slip_rows, code_text = separate_slips(texts, _SLIP_ROW)
    return slip_rows, split_reply_codes(code_text)
