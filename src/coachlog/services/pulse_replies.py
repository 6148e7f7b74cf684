"""Replies to a pulse, from the command line or a pipe: all of them, or every fault in them."""

import re
from collections.abc import Sequence

from coachlog.errors import InvalidInput
from coachlog.model.pulse import PulseKey, Reply, ReplyValues
from coachlog.named_tuples import NamedTuple
from coachlog.rules import pulse_codes, pulse_results
from coachlog.services.desk import Desk
from coachlog.services.inputs import read_input_text
from coachlog.text import shorten_text

_SLIP_NUMBER = re.compile(r"\s*\d{1,2}\s*")
_SLIP_ROW = re.compile(r"\s*\d{1,2}[\s,;/]+\d{1,2}\s*")
"""What is on a paper slip: no code is as short."""
FAULT_LIMIT = 100
"""The number of faulty codes that an error names at most."""


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

    slip_rows, code_text = _separate_slips(codes or _ask_replies(desk, slip_texts))
    slips = tuple(map(pulse_results.parse_paper_slip, [*slip_texts, *slip_rows]))
    reply_codes = pulse_codes.split_reply_codes(code_text)
    # Slips do not say which pulse they belong to: without codes, it is the newest.
    needs_pulse = id is not None or (slips and not reply_codes)
    with desk.read() as db:
        keys = read_pulse_keys(db)
        pulse_id = read_pulse(db, id).id if needs_pulse else None
    if not reply_codes and not slips:
        raise InvalidInput(
            "No codes were given.", "coachlog pulse add CODE..., or - for a pipe."
        )
    replies = _parse_pulse_codes(reply_codes, keys, pulse_id)
    if pulse_id is None:
        pulse_id = replies[0].pulse
    return PulseReplies(pulse_id, replies, slips)


def _separate_slips(texts: Sequence[str]) -> tuple[list[str], str]:
    """Return the paper slips in what was typed or piped, and the text of the codes in it.

    A slip is a row of its own; two bare numbers are one as well.
    """
    if len(texts) == 2 and all(map(_SLIP_NUMBER.fullmatch, texts)):
        return [" ".join(texts)], ""
    slip_rows: list[str] = []
    code_texts = []
    for text in texts:
        rows = (read_input_text("-") if text == "-" else text).split("\n")
        slip_rows += filter(_SLIP_ROW.fullmatch, rows)
        code_rows = [row for row in rows if not _SLIP_ROW.fullmatch(row)]
        code_texts.append("\n".join(code_rows))
    return slip_rows, " ".join(code_texts)


def _ask_replies(desk: Desk, slip_texts: Sequence[str]) -> list[str]:
    """Return the replies typed one by one, until Enter alone; none where nobody can be asked."""
    texts: list[str] = []
    if slip_texts or not desk.interactive:
        return texts
    help = "A code, or the two numbers on a paper slip: 4 5. Enter alone ends."
    question = "Which reply?"
    while text := desk.asker.ask_words(question, help).strip():
        texts.append(text)
        question, help = "The next reply?", ""
    return texts


def _parse_pulse_codes(
    codes: Sequence[str], keys: Sequence[PulseKey], pulse_id: int | None
) -> tuple[Reply, ...]:
    """Return the replies in these codes; raises InvalidInput with each code that is at fault."""
    replies: list[Reply] = []
    faults: list[str] = []
    for code in codes:
        try:
            reply = pulse_codes.parse_reply_code(code, keys)
        except InvalidInput as error:
            faults.append(f"{_quote_code(code)} {error.message}.")
            continue
        replies.append(reply)
        if pulse_id is not None and reply.pulse != pulse_id:
            faults.append(
                f"{_quote_code(code)} is for pulse {reply.pulse}, not for {pulse_id}."
            )
    if faults:
        message = f"{len(faults)} of {len(codes)} codes cannot be used."
        if len(codes) == 1:
            message = "That code cannot be used."
        raise _build_codes_error(message, faults)
    if len({reply.pulse for reply in replies}) > 1:
        faults = [
            f"{_quote_code(code)} is for pulse {reply.pulse}."
            for code, reply in zip(codes, replies, strict=True)
        ]
        raise _build_codes_error("The codes are for more than one pulse.", faults)
    return tuple(replies)


def _quote_code(code: str) -> str:
    return f"“{shorten_text(code, 40)}”"


def _build_codes_error(message: str, faults: Sequence[str]) -> InvalidInput:
    """Return the error that nothing was added, with each fault on a line of its own."""
    lines = [f"{message} Nothing was added."]
    lines += [f"  - {fault}" for fault in faults[:FAULT_LIMIT]]
    if len(faults) > FAULT_LIMIT:
        lines.append(f"  - and {len(faults) - FAULT_LIMIT} more.")
    return InvalidInput(
        "\n".join(lines),
        "Add the codes of one pulse at a time, without any that cannot be used.",
    )
