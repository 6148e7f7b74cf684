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

from coachlog.templates.fields import IDENTIFIER


class Family(StrEnum):
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


_NAME = IDENTIFIER.pattern
_SLOT = r"(?P<slot>[^:.\s]+):"
_PROMPT = rf"(?:{_SLOT})?(?P<stage>{_NAME})\.(?P<prompt>{_NAME})"
_NUMBER = r"(?P<number>0|[1-9]\d{0,17})"
_FIELD = r"(?P<field>[a-z]+(?:[-_][a-z]+)*)"
_FORMS: Final = [
    (family, re.compile(pattern, re.ASCII | re.DOTALL))
    for family, pattern in (
        (Family.PROMPT, _PROMPT),
        (Family.PART, rf"{_PROMPT}\.{_NUMBER}\.{_FIELD}"),
        (Family.TALK, _FIELD),
        (Family.REVIEW, rf"review\.{_NUMBER}\.{_FIELD}"),
        (Family.NOTE, rf"note\.{_NUMBER}\.{_FIELD}"),
        (Family.CORRECTION, rf"correction\.{_NUMBER}\.{_FIELD}"),
        (Family.SLOT, rf"{_SLOT}{_FIELD}"),
        (Family.MEETING, rf":{_FIELD}(?:\.{_NUMBER})?"),
        (Family.FORM, rf"_{_FIELD}(?:\.{_NUMBER})?"),
        (Family.OTHER, r"(?:(?P<slot>\d+):)?(?P<field>.*)"),
    )
]


class Key(str):
    """The name of one answer. It is a text, to be stored and looked up as it is.

    `slot` is whose turn in a meeting it belongs to: a handle, or in a file a number; '' outside of
    any. `number` counts the parts told to one prompt, or is that of a promise or a note; 0 where
    there is none. `field` is the last word of whatever is not a plain answer to a prompt. A text
    that is not a key is of the family OTHER; it is all `field`, after the slot that a file put it
    in.
    """

    family: Family
    slot: str
    stage: str
    prompt: str
    number: int
    field: str

    def __new__(cls, text: str) -> "Key":
        """Return the key that a text is."""
        key = super().__new__(cls, text)
        key.family, parts = _parts(text)
        key.slot, key.stage = parts.get("slot") or "", parts.get("stage") or ""
        key.prompt, key.field = parts.get("prompt") or "", parts.get("field") or ""
        key.number = int(parts.get("number") or 0)
        return key

    @property
    def place(self) -> str:
        """Return the prompt it belongs to, `goal.result`, whatever the slot; '' for none."""
        return f"{self.stage}.{self.prompt}" if self.stage else ""

    @property
    def bare(self) -> str:
        """Return the key without its slot, or the mark of a form: `issue`, `review.3`."""
        if self.slot:
            return self[len(self.slot) + 1 :]
        return self[1:] if self.family is Family.FORM else self

    @property
    def is_said(self) -> bool:
        """Return whether it names something said in the talk itself, not what came before it.

        Open promises and notes came back, the day and who met are facts, tags were put on later.
        """
        if self.family in (Family.PROMPT, Family.CORRECTION):
            return True
        if self.family is Family.PART:
            return self.field != "tag"
        if self.family is Family.SLOT:
            return self.field != PRESENTER
        return self == MINUTES

    @property
    def names_presenter(self) -> bool:
        """Return whether the answer is who presents, or is to present."""
        planned = self.family is Family.MEETING and self.field == ORDER
        return planned or (self.family is Family.SLOT and self.field == PRESENTER)

    def part(self, number: int, field: str) -> "Key":
        """Return the key of a part of what is told to this prompt: `will.steps` -> its 2nd due."""
        return parse(f"{self}.{number}.{field}")


def _parts(text: str) -> tuple[Family, dict[str, str | None]]:
    matches = ((family, pattern.fullmatch(text)) for family, pattern in _FORMS)
    return next((family, match.groupdict()) for family, match in matches if match)


@lru_cache(maxsize=8192)
def parse(text: str) -> Key:
    """Return the key that a text is.

    The last ones are remembered: a walk goes through the same questions after every answer.
    """
    return Key(text)


def answer(stage: str, prompt: str, slot: str = "") -> Key:
    """Return the key of what is said to a prompt: `goal.result`, `ann-obi:goal.result`."""
    return in_slot(slot, f"{stage}.{prompt}")


def in_slot(slot: str, key: str) -> Key:
    """Return the key of an answer in a slot: `ann-obi:issue`; without one, the key as it is."""
    return parse(f"{slot}:{key}" if slot else key)


def presenter(number: int) -> Key:
    """Return the key of who presents in a slot: `2:presenter`."""
    return parse(f"{number}:{PRESENTER}")


def order(number: int) -> Key:
    """Return the key of who is to present first, second and so on: `:order.1`."""
    return parse(f":{ORDER}.{number}")


def review(action: object, field: str) -> Key:
    """Return the key of what became of a promise that came back: `review.3.outcome`."""
    return parse(f"review.{action}.{field}")


def note(id: object) -> Key:
    """Return the key of what became of a note that was parked: `note.5.outcome`."""
    return parse(f"note.{id}.outcome")


def correction(action: object, field: str) -> Key:
    """Return the key of what really became of a promise: `correction.3.fate`."""
    return parse(f"correction.{action}.{field}")


def section(name: str, number: object = None) -> Key:
    """Return the key of a part of a form that no template asks for: `_about`, `_review.3`."""
    return parse(f"_{name}" if number is None else f"_{name}.{number}")


HELD_ON, MINUTES = parse("held-on"), parse("minutes")
PRESENT = parse(":present")
TAKEN = parse(":clock")
"""The key under which a draft keeps what the clock has counted."""
ISSUE: Final = "issue"
"""What is brought to a slot, in one line: the field of its key."""
PRESENTER, ORDER = "presenter", "order"
"""Who presents in a slot, and who is to present: the fields of their keys."""
