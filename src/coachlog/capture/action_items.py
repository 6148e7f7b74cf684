"""Sentences of minutes, which say who will do what: `Todo: ring HR`, `Rota by fri - Priya`."""

import re

from coachlog.capture.owner_hints import OWNER_REACH, ends_with_someone, looks_like_name
from coachlog.capture.owner_names import MY_WORDS, OwnerNames
from coachlog.capture.owner_subjects import LONGEST_SUBJECT, find_link, names_doer
from coachlog.capture.words import (
    begins_with_command,
    begins_with_task,
    is_plan_of_mine,
    is_statement,
)
from coachlog.patterns import compile_later
from coachlog.text import fold_text

_SENTENCE_END = compile_later(r"(?<=[.!?;])\s+")
_ITEM_LABEL = compile_later(
    r"(?P<label>[^\s:：][^:：–—]{0,40}?)(?P<sign>[:：]| [–—-]) (?=\S)"
)
_ACTION_LABEL = compile_later(
    r"(?:actions?|to[- ]?dos?|next steps?|follow[- ]?ups?|tasks?|aps?)\b", re.IGNORECASE
)
_NO_ITEMS = ("note", "nb", "q", "a", "subject", "re", "from", "cc", "sent", "date")
"""Before a colon, one of these begins a remark, or the head of an e-mail."""
_BY_A_DAY = compile_later(
    r"\b(?:by|before) \w|\b(?:today|tomorrow|tmrw)\b", re.IGNORECASE
)


def announces_deed(words: str, names: OwnerNames) -> bool:
    """Return whether a sentence begins with who will do what: `I'll ring HR`, `Dana to ring HR`.

    Mine are `I said I'd` and `I need to`, too; `she will` is nobody's name.
    """
    sentences = _SENTENCE_END.split(words[:OWNER_REACH])
    return any(
        is_plan_of_mine(sentence)
        or names_doer(sentence, names)
        or _is_action_item(sentence, names)
        for sentence in sentences
    )


def _is_action_item(words: str, names: OwnerNames) -> bool:
    """Return whether a sentence is one of minutes: `Todo: ring HR`, `Rota by fri - Priya`."""
    if words.endswith((":", "：")):
        return False
    has_day = _BY_A_DAY.search(words) is not None
    if has_day and (ends_with_someone(words, names) or _names_unknown_doer(words)):
        return True
    match = _ITEM_LABEL.match(words)
    return match is not None and _is_labelled_item(match, names, has_day=has_day)


def _is_labelled_item(
    match: re.Match[str], names: OwnerNames, *, has_day: bool
) -> bool:
    """Return whether what stands behind a label is to be done."""
    if fold_text(match["label"]) in _NO_ITEMS:
        return False
    rest = match.string[match.end() :]
    if _ACTION_LABEL.match(match["label"]) is not None:
        return has_day or names_doer(rest, names) or begins_with_task(rest)
    return has_day and _is_labelled_deed(match, rest, names)


def _is_labelled_deed(match: re.Match[str], rest: str, names: OwnerNames) -> bool:
    """Return whether a deed stands behind a colon, or anything behind a name and a dash."""
    if names_doer(rest, names):
        return True
    if match["sign"].strip() in (":", "："):
        return begins_with_command(rest) and not is_statement(rest)
    return looks_like_name(match["label"]) or fold_text(match["label"]) in MY_WORDS


def _names_unknown_doer(words: str) -> bool:
    """Return whether words begin with what looks like a name, and what whoever has it will do."""
    parts = words.split(maxsplit=LONGEST_SUBJECT + 1)
    place = find_link(parts[: LONGEST_SUBJECT + 1])
    if place is None or not looks_like_name(" ".join(parts[:place])):
        return False
    return begins_with_command(" ".join(parts[place + 1 :]))
