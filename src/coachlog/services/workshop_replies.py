"""Replies to a workshop, from the command line or a pipe: all of them, or every fault in them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from coachlog.errors import InvalidInput
from coachlog.model.replies import Reply, ReplyKey, ReplyValues
from coachlog.named_tuples import NamedTuple
from coachlog.rules.reply_codes import split_reply_codes
from coachlog.rules.workshop_results import (
    SLIP_EXAMPLE,
    find_workshop_slips,
    parse_workshop_slip,
)
from coachlog.services.desk import Desk
from coachlog.services.inputs import read_input_text
from coachlog.services.reply_inputs import (
    FAULT_LIMIT,
    OtherSurveys,
    ask_replies,
    parse_reply_codes,
)
from coachlog.text import shorten_text

_REPLY_HELP = f"A code, or what is on a paper slip: {SLIP_EXAMPLE}. Enter alone ends."


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
    from coachlog.store.reading.pulse_queries import read_pulse_keys
    from coachlog.store.reading.workshop_queries import (
        find_workshop,
        read_workshop_keys,
    )

    with desk.read() as db:
        keys = read_workshop_keys(db)
        workshop_id = find_workshop(db, words).id
        pulses = OtherSurveys("pulse", read_pulse_keys(db))
    named_id = None if words is None else workshop_id

    def parse(reply_texts: Sequence[str]) -> WorkshopReplies:
        return _parse_replies(reply_texts, keys, pulses, named_id, workshop_id)

    return parse(list(texts) or ask_replies(desk, _REPLY_HELP, parse))


def _parse_replies(
    texts: Sequence[str],
    keys: Sequence[ReplyKey],
    pulses: OtherSurveys,
    named_id: int | None,
    newest_id: int,
) -> WorkshopReplies:
    """Return the replies in texts. Raises InvalidInput for codes or slips that cannot be used."""
    slip_rows, codes = _separate_replies(texts)
    if not codes and not slip_rows:
        raise InvalidInput(
            "No codes were given.", "coachlog workshop add CODE..., or - for a pipe."
        )
    replies = parse_reply_codes(codes, keys, named_id, "workshop", pulses)
    # Slips do not say which workshop they belong to: without codes, it is the newest.
    id = replies[0].survey if replies else named_id or newest_id
    choices = next(key.choices for key in keys if key.survey == id)
    slips = _parse_slips(slip_rows, theme_count=choices[1])
    return WorkshopReplies(id, replies, slips)


def _parse_slips(rows: Sequence[str], *, theme_count: int) -> tuple[ReplyValues, ...]:
    """Return the answers on paper slips. Raises InvalidInput with each that cannot be read."""
    slips: list[ReplyValues] = []
    faults: list[str] = []
    for row in rows:
        try:
            slips.append(parse_workshop_slip(row, theme_count))
        except InvalidInput:
            if len(rows) == 1:
                raise
            faults.append(f"  - “{shorten_text(row.strip(), 40)}”")
    if faults:
        message = f"{len(faults)} of {len(rows)} paper slips cannot be read. Nothing was added."
        hint = (
            "Type how useful (1 to 5), the number of the theme "
            f"(1 to {theme_count}), and yes or no: {SLIP_EXAMPLE}"
        )
        raise InvalidInput("\n".join([message, *faults[:FAULT_LIMIT]]), hint)
    return tuple(slips)


def _separate_replies(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the paper slips and the codes in what was typed; each word may be an argument."""
    slip_rows: list[str] = []
    code_rows: list[str] = []
    for row in _list_reply_rows(texts):
        slips = find_workshop_slips(row)
        slip_rows += slips
        if not slips:
            code_rows.append(row)
    return slip_rows, split_reply_codes("\n".join(code_rows))


def _list_reply_rows(texts: Sequence[str]) -> Iterator[str]:
    """Yield the rows in texts; short words without a space belong to one row."""
    for is_short, group in groupby(texts, key=_is_short_word):
        if is_short:
            yield " ".join(group)
            continue
        for text in group:
            yield from (read_input_text("-") if text == "-" else text).split("\n")


def _is_short_word(text: str) -> bool:
    return re.fullmatch(r"\w{1,6}", text) is not None
