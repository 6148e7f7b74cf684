"""Replies to a survey as they are typed, pasted or piped: codes, and slips of paper."""

import re
from collections.abc import Callable, Sequence

from coachlog.errors import InvalidInput
from coachlog.model.replies import Reply, ReplyKey
from coachlog.named_tuples import NamedTuple
from coachlog.rules.reply_codes import parse_reply_code
from coachlog.services.desk import Desk
from coachlog.services.inputs import (
    ask_checked_words,
    build_hand_back,
    read_input_text,
)
from coachlog.text import shorten_text

FAULT_LIMIT = 100
"""The number of faulty codes that an error names at most."""


class OtherSurveys(NamedTuple):
    """The surveys of the other kind: what one is called, and the keys to their codes."""

    noun: str
    keys: Sequence[ReplyKey]


def separate_slips(
    texts: Sequence[str], slip_row: re.Pattern[str]
) -> tuple[list[str], str]:
    """Return the paper slips in what was typed or piped, and the text of the codes in it.

    A slip is a row of its own, which `slip_row` matches; no code is as short.
    """
    slip_rows: list[str] = []
    code_texts = []
    for text in texts:
        rows = (read_input_text("-") if text == "-" else text).split("\n")
        slip_rows += filter(slip_row.fullmatch, rows)
        code_rows = [row for row in rows if not slip_row.fullmatch(row)]
        code_texts.append("\n".join(code_rows))
    return slip_rows, " ".join(code_texts)


def ask_replies(
    desk: Desk, help: str, check: Callable[[list[str]], object]
) -> list[str]:
    """Return the replies typed one by one, until Enter alone; none where nobody can be asked.

    What `check` refuses beside those before it is asked for again: a stack of paper is typed once.
    Raises Interruption with all that was typed.
    """
    texts: list[str] = []

    def take_reply(words: str) -> bool:
        if not words.strip():
            return False
        reply = words.strip()
        try:
            check([*texts, reply])
        except InvalidInput:
            # What is wrong with it alone is said more simply.
            check([reply])
            raise
        texts.append(reply)
        return True

    if not desk.interactive:
        return texts
    question = "Which reply?"
    try:
        while ask_checked_words(desk.asker, question, take_reply, help):
            question, help = "The next reply?", ""
    except KeyboardInterrupt as stop:
        typed_texts = [*texts, *map(str, stop.args)]
        raise build_hand_back("Nothing was added.", typed_texts) from None
    return texts


def parse_reply_codes(
    codes: Sequence[str],
    keys: Sequence[ReplyKey],
    survey: int | None,
    noun: str,
    others: OtherSurveys,
) -> tuple[Reply, ...]:
    """Return the replies in these codes, all to one survey: this one where it is given.

    `noun` names what it is in messages; a code of one of the `others` is told where it belongs.
    Raises InvalidInput with each code that is at fault.
    """
    replies: list[Reply] = []
    faults: list[str] = []
    for code in codes:
        try:
            reply = parse_reply_code(code, keys, noun)
        except InvalidInput as error:
            fault = _find_other_survey(code, others) or error.message
            faults.append(f"{_quote_code(code)} {fault}.")
            continue
        replies.append(reply)
        if survey not in (None, reply.survey):
            faults.append(
                f"{_quote_code(code)} is for {noun} {reply.survey}, not for {survey}."
            )
    if faults:
        message = f"{len(faults)} of {len(codes)} codes cannot be used."
        if len(codes) == 1:
            message = "That code cannot be used."
        raise _build_codes_error(message, faults, noun)
    if len({reply.survey for reply in replies}) > 1:
        faults = [
            f"{_quote_code(code)} is for {noun} {reply.survey}."
            for code, reply in zip(codes, replies, strict=True)
        ]
        raise _build_codes_error(
            f"The codes are for more than one {noun}.", faults, noun
        )
    return tuple(replies)


def _find_other_survey(code: str, others: OtherSurveys) -> str | None:
    """Return which of the others a code is for, and the command that takes it; None for none."""
    try:
        reply = parse_reply_code(code, others.keys, others.noun)
    except InvalidInput:
        return None
    noun = others.noun
    return f"is for {noun} {reply.survey}: coachlog {noun} add takes it"


def _quote_code(code: str) -> str:
    return f"“{shorten_text(code, 40)}”"


def _build_codes_error(message: str, faults: Sequence[str], noun: str) -> InvalidInput:
    """Return the error that nothing was added, with each fault on a line of its own."""
    lines = [f"{message} Nothing was added."]
    lines += [f"  - {fault}" for fault in faults[:FAULT_LIMIT]]
    if len(faults) > FAULT_LIMIT:
        lines.append(f"  - and {len(faults) - FAULT_LIMIT} more.")
    return InvalidInput(
        "\n".join(lines),
        f"Add the codes of one {noun} at a time, without any that cannot be used.",
    )
