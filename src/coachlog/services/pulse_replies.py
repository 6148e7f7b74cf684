"""Replies to a pulse, from the command line or a pipe: all of them read, or all faults named."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coachlog.errors import Invalid
from coachlog.model.pulse import Answers, Key, Reply
from coachlog.rules import pulse_codes, pulse_results
from coachlog.services.desk import Desk
from coachlog.services.inputs import read_input
from coachlog.text import plural, short

MOST_NAMED = 100
"""How many faulty codes a message names, at most."""


class PulseReplies(NamedTuple):
    """Replies to one pulse: those that came as codes, and paper slips."""

    pulse: int
    replies: tuple[Reply, ...]
    slips: tuple[Answers, ...]


def read(desk: Desk, codes: Sequence[str], paper: Sequence[str], id: int | None) -> PulseReplies:
    """Return the replies given, all to one pulse: the one named, the codes' own, or the newest.

    `Invalid` names every code that cannot be taken; `NotFound` if there is no such pulse.
    """
    from coachlog.store.reading import pulse_queries as reading

    slips = tuple(map(pulse_results.slip, paper))
    typed = pulse_codes.split(" ".join(_words(codes)))
    with desk.read() as db:
        keys = reading.keys(db)
        named = reading.pulse(db, id).id if id is not None or (slips and not typed) else None
    if not typed and not slips:
        raise Invalid("No codes were given.", "coachlog pulse add CODE..., or - for a pipe.")
    replies = _replies(typed, keys, named)
    return PulseReplies(named or replies[0].pulse, replies, slips)


def _words(codes: Sequence[str]) -> Iterator[str]:
    for word in codes:
        yield read_input("-").decode("utf-8", "replace") if word == "-" else word


def _replies(typed: Sequence[str], keys: Sequence[Key], named: int | None) -> tuple[Reply, ...]:
    found: list[tuple[str, Reply]] = []
    faults: list[str] = []
    for code in typed:
        try:
            reply = pulse_codes.read(code, keys)
        except Invalid as error:
            faults.append(f"“{short(code, 40)}” {error.message}.")
            continue
        if named is None or reply.pulse == named:
            found.append((code, reply))
        else:
            faults.append(f"“{short(code, 40)}” is for pulse {reply.pulse}, not for {named}.")
    if not faults and len({reply.pulse for _, reply in found}) > 1:
        faults = [f"“{short(code, 40)}” is for pulse {reply.pulse}." for code, reply in found]
        raise _refusal("The codes are for more than one pulse.", faults)
    if faults:
        raise _refusal(f"{len(faults)} of {plural(len(typed), 'code')} cannot be taken.", faults)
    return tuple(reply for _, reply in found)


def _refusal(what: str, faults: Sequence[str]) -> Invalid:
    """Return the error that nothing was added, with each fault on a line."""
    left = len(faults) - MOST_NAMED
    more = [f"and {left} more."] if left > 0 else []
    rows = [f"  - {fault}" for fault in (*faults[:MOST_NAMED], *more)]
    return Invalid(
        "\n".join([f"{what} Nothing was added.", *rows]),
        "Give only codes, those of one pulse at a time; without the faulty ones the rest is added.",
    )
