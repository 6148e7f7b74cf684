"""The names under which answers are kept: one type, one parser, and a writer for each form.

    goal.result                   what was said to the prompt `result` of the stage `goal`
    will.steps.2.due              a part of the second promise, or question, told to a prompt
    review.3.outcome              what became of promise 3, which came back
    note.5.outcome                what became of note 5, which was parked
    correction.3.fate             what really became of promise 3, which is recorded wrongly
    ann-obi:goal.result           the first two in somebody's slot; a file gives its number, `2:`
    ann-obi:issue                 what is asked of a slot itself; `2:presenter` is whose it is
    :present, :order.1, :clock    what is known of a whole meeting
    held-on, minutes              what is known of any conversation
    _about, _review.3, _line.12   a part of a form that no template asks for, or a line of it

Drafts and forms hold these texts, so none of them may ever change.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from coachlog.templates.fields import ID_PATTERN


class KeyFamily(StrEnum):
    """What a key names."""

    PROMPT = "prompt"
    PART = "part"
    REVIEW = "review"
    NOTE = "note"
    CORRECTION = "correction"
    SLOT = "slot"
    MEETING = "meeting"
    TALK = "talk"
    FORM = "form"
    OTHER = "other"


_ID = ID_PATTERN.pattern
_SLOT = r"(?P<slot>[^:.\s]+):"
_PROMPT = rf"(?:{_SLOT})?(?P<stage>{_ID})\.(?P<prompt>{_ID})"
_NUMBER = r"(?P<number>0|[1-9]\d{0,17})"
_FIELD = r"(?P<field>[a-z]+(?:[-_][a-z]+)*)"
_KEY_PATTERNS: Final = [
    (family, re.compile(pattern, re.ASCII | re.DOTALL))
    for family, pattern in (
        (KeyFamily.PROMPT, _PROMPT),
        (KeyFamily.PART, rf"{_PROMPT}\.{_NUMBER}\.{_FIELD}"),
        (KeyFamily.TALK, _FIELD),
        (KeyFamily.REVIEW, rf"review\.{_NUMBER}\.{_FIELD}"),
        (KeyFamily.NOTE, rf"note\.{_NUMBER}\.{_FIELD}"),
        (KeyFamily.CORRECTION, rf"correction\.{_NUMBER}\.{_FIELD}"),
        (KeyFamily.SLOT, rf"{_SLOT}{_FIELD}"),
        (KeyFamily.MEETING, rf":{_FIELD}(?:\.{_NUMBER})?"),
        (KeyFamily.FORM, rf"_{_FIELD}(?:\.{_NUMBER})?"),
        (KeyFamily.OTHER, r"(?:(?P<slot>\d+):)?(?P<field>.*)"),
    )
]


class AnswerKey(str):
    """The name of one answer. It is a text, to be stored and looked up as it is.

    `slot` is whose turn in a meeting it belongs to: a handle, or in a file a number; '' outside of
    any. `number` counts the parts told to one prompt, or is that of a promise or a note; 0 where
    there is none. `field` is the last word of whatever is not a plain answer to a prompt. A text
    that is not a key is of the family OTHER; it is all `field`, after the slot that a file put it
    in.
    """

    family: KeyFamily
    slot: str
    stage: str
    prompt: str
    number: int
    field: str

    def __new__(cls, text: str) -> "AnswerKey":
        """Return the key that a text is."""
        key = super().__new__(cls, text)
        key.family, parts = _split_key(text)
        key.slot, key.stage = parts.get("slot") or "", parts.get("stage") or ""
        key.prompt, key.field = parts.get("prompt") or "", parts.get("field") or ""
        key.number = int(parts.get("number") or 0)
        return key

    @property
    def prompt_key(self) -> str:
        """Return the prompt it belongs to, `goal.result`, whatever the slot; '' for none."""
        return f"{self.stage}.{self.prompt}" if self.stage else ""

    @property
    def bare_key(self) -> str:
        """Return the key without its slot, or the mark of a form: `issue`, `review.3`."""
        if self.slot:
            return self[len(self.slot) + 1 :]
        return self[1:] if self.family is KeyFamily.FORM else self

    @property
    def names_talk_content(self) -> bool:
        """Return whether it names something said in the talk itself, not what came before it.

        Open promises and notes came back, the day and who met are facts, tags were put on later.
        """
        if self.family in (KeyFamily.PROMPT, KeyFamily.CORRECTION):
            return True
        if self.family is KeyFamily.PART:
            return self.field != "tag"
        if self.family is KeyFamily.SLOT:
            return self.field != PRESENTER
        return self == MINUTES

    @property
    def names_presenter(self) -> bool:
        """Return whether the answer is who presents, or is to present."""
        planned = self.family is KeyFamily.MEETING and self.field == ORDER
        return planned or (self.family is KeyFamily.SLOT and self.field == PRESENTER)

    def part(self, number: int, field: str) -> "AnswerKey":
        """Return the key of a part of what is told to this prompt: `will.steps` -> its 2nd due."""
        return parse_key(f"{self}.{number}.{field}")


def _split_key(text: str) -> tuple[KeyFamily, dict[str, str | None]]:
    matches = ((family, pattern.fullmatch(text)) for family, pattern in _KEY_PATTERNS)
    return next((family, match.groupdict()) for family, match in matches if match)


@lru_cache(maxsize=8192)
def parse_key(text: str) -> AnswerKey:
    """Return the key that a text is.

    The last ones are remembered: a walk goes through the same questions after every answer.
    """
    return AnswerKey(text)


def build_answer_key(stage: str, prompt: str, slot: str = "") -> AnswerKey:
    """Return the key of what is said to a prompt: `goal.result`, `ann-obi:goal.result`."""
    return build_slot_key(slot, f"{stage}.{prompt}")


def build_slot_key(slot: str, key: str) -> AnswerKey:
    """Return the key of an answer in a slot: `ann-obi:issue`; without one, the key as it is."""
    return parse_key(f"{slot}:{key}" if slot else key)


def build_presenter_key(number: int) -> AnswerKey:
    """Return the key of who presents in a slot: `2:presenter`."""
    return parse_key(f"{number}:{PRESENTER}")


def build_order_key(number: int) -> AnswerKey:
    """Return the key of who is to present first, second and so on: `:order.1`."""
    return parse_key(f":{ORDER}.{number}")


def build_review_key(action_id: object, field: str) -> AnswerKey:
    """Return the key of what became of a promise that came back: `review.3.outcome`."""
    return parse_key(f"review.{action_id}.{field}")


def build_note_key(note_id: object) -> AnswerKey:
    """Return the key of what became of a note that was parked: `note.5.outcome`."""
    return parse_key(f"note.{note_id}.outcome")


def build_correction_key(action_id: object, field: str) -> AnswerKey:
    """Return the key of what really became of a promise: `correction.3.fate`."""
    return parse_key(f"correction.{action_id}.{field}")


def build_section_key(name: str, number: object = None) -> AnswerKey:
    """Return the key of a part of a form that no template asks for: `_about`, `_review.3`."""
    return parse_key(f"_{name}" if number is None else f"_{name}.{number}")


HELD_ON, MINUTES = parse_key("held-on"), parse_key("minutes")
PRESENT = parse_key(":present")
CLOCK_KEY = parse_key(":clock")
"""The key under which a draft keeps what the clock has counted."""
ISSUE: Final = "issue"
"""What is brought to a slot, in one line: the field of its key."""
PRESENTER, ORDER = "presenter", "order"
"""Who presents in a slot, and who is to present: the fields of their keys."""
