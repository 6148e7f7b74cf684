"""Replies to a pulse, from the command line or a pipe: all of them read, or all faults named."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coachlog.errors import InvalidInput
from coachlog.model.pulse import PulseKey, Reply, ReplyValues
from coachlog.rules import pulse_codes, pulse_results
from coachlog.services.desk import Desk
from coachlog.services.inputs import read_input
from coachlog.text import format_count, shorten_text

FAULT_LIMIT = 100
"""How many faulty codes a message names, at most."""


class PulseReplies(NamedTuple):
    """Replies to one pulse: those that came as codes, and paper slips."""

    pulse: int
    replies: tuple[Reply, ...]
    slips: tuple[ReplyValues, ...]


def read_pulse_replies(
    desk: Desk, codes: Sequence[str], slip_texts: Sequence[str], id: int | None
) -> PulseReplies:
    """Return the replies given, all to one pulse: the one named, the codes' own, or the newest.

    `Invalid` names every code that cannot be taken; `NotFound` if there is no such pulse.
    """
    from coachlog.store.reading import pulse_queries as reading

    slips = tuple(map(pulse_results.parse_paper_slip, slip_texts))
    typed = pulse_codes.split_reply_codes(" ".join(_read_code_words(codes)))
    with desk.read() as db:
        keys = reading.read_pulse_keys(db)
        named = reading.read_pulse(db, id).id if id is not None or (slips and not typed) else None
    if not typed and not slips:
        raise InvalidInput("No codes were given.", "coachlog pulse add CODE..., or - for a pipe.")
    replies = _parse_pulse_codes(typed, keys, named)
    return PulseReplies(named or replies[0].pulse, replies, slips)


def _read_code_words(codes: Sequence[str]) -> Iterator[str]:
    for word in codes:
        yield read_input("-").decode("utf-8", "replace") if word == "-" else word


def _parse_pulse_codes(
    codes: Sequence[str], keys: Sequence[PulseKey], pulse_id: int | None
) -> tuple[Reply, ...]:
    found: list[tuple[str, Reply]] = []
    faults: list[str] = []
    for code in codes:
        try:
            reply = pulse_codes.parse_reply_code(code, keys)
        except InvalidInput as error:
            faults.append(f"“{shorten_text(code, 40)}” {error.message}.")
            continue
        if pulse_id is None or reply.pulse == pulse_id:
            found.append((code, reply))
        else:
            faults.append(
                f"“{shorten_text(code, 40)}” is for pulse {reply.pulse}, not for {pulse_id}."
            )
    if not faults and len({reply.pulse for _, reply in found}) > 1:
        faults = [
            f"“{shorten_text(code, 40)}” is for pulse {reply.pulse}." for code, reply in found
        ]
        raise _build_codes_error("The codes are for more than one pulse.", faults)
    if faults:
        raise _build_codes_error(
            f"{len(faults)} of {format_count(len(codes), 'code')} cannot be taken.", faults
        )
    return tuple(reply for _, reply in found)


def _build_codes_error(message: str, faults: Sequence[str]) -> InvalidInput:
    """Return the error that nothing was added, with each fault on a line."""
    left = len(faults) - FAULT_LIMIT
    more = [f"and {left} more."] if left > 0 else []
    rows = [f"  - {fault}" for fault in (*faults[:FAULT_LIMIT], *more)]
    return InvalidInput(
        "\n".join([f"{message} Nothing was added.", *rows]),
        "Give only codes, those of one pulse at a time; without the faulty ones the rest is added.",
    )
