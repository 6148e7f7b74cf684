"""The names under which answers are stored: one type, one parser, and a builder for each form.

    goal.result                   the answer to the prompt `result` of the stage `goal`
    will.steps.2.due              a part of the second promise, or question, of a prompt
    review.3.outcome              what became of promise 3, which came back
    note.5.outcome                what became of note 5, which was open
    note.0.seen                   which notes of that kind were said
    correction.3.fate             what really became of promise 3, which is recorded wrongly
    ann-obi:goal.result           either of the first two in a slot; in a file `2:goal.result`
    ann-obi:issue                 a fact of the slot itself; `2:presenter` is whose slot it is
    :present, :order.1, :clock    a fact of a whole meeting
    held-on, minutes              a fact of any conversation
    _about, _review.3, _line.12   a part of a form that no template asks for, or a line of it
    _log                          the notes in the box of `log`, before they are understood
    _with                         whom they are about, while that is nobody in the journal
    _owners                       names that became owners where one of their lines was mended
    _fields                       whether promises were given field by field, as in a file

Drafts and forms contain these names, so none of them may ever change.
"""

import re
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final


class KeyFamily(StrEnum):
    """The forms that a key can have."""

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


_SLOT = r"(?P<slot>[^:.\s]+):"
_NUMBER = r"(?P<number>0|[1-9]\d{0,17})"
_FIELD = r"(?P<field>[a-z]+(?:[-_][a-z]+)*)"


@cache
def _compile_key_patterns() -> list[tuple[KeyFamily, re.Pattern[str]]]:
    """Return the pattern of each form; most runs that know a key by its name need none."""
    from coachlog.templates.fields import ID_PATTERN

    id = ID_PATTERN.pattern
    prompt = rf"(?:{_SLOT})?(?P<stage>{id})\.(?P<prompt>{id})"
    patterns = (
        (KeyFamily.PROMPT, prompt),
        (KeyFamily.PART, rf"{prompt}\.{_NUMBER}\.{_FIELD}"),
        (KeyFamily.TALK, _FIELD),
        (KeyFamily.REVIEW, rf"review\.{_NUMBER}\.{_FIELD}"),
        (KeyFamily.NOTE, rf"note\.{_NUMBER}\.{_FIELD}"),
        (KeyFamily.CORRECTION, rf"correction\.{_NUMBER}\.{_FIELD}"),
        (KeyFamily.SLOT, rf"{_SLOT}{_FIELD}"),
        (KeyFamily.MEETING, rf":{_FIELD}(?:\.{_NUMBER})?"),
        (KeyFamily.FORM, rf"_{_FIELD}(?:\.{_NUMBER})?"),
        (KeyFamily.OTHER, r"(?:(?P<slot>\d+):)?(?P<field>.*)"),
    )
    return [
        (family, re.compile(pattern, re.ASCII | re.DOTALL))
        for family, pattern in patterns
    ]


class AnswerKey(str):
    """The name of one answer: a text, stored and looked up as it is, with its parts beside it.

    `slot` is the handle of the slot's presenter, or in a file the number of the slot; '' outside of
    slots. `number` counts the promises or questions of a prompt, or is the id of an action or a
    note; 0 where there is none. `field` is the last word of any key that is not a plain answer to a
    prompt. A text that is not a key belongs to the family OTHER, and is all `field` after a slot.
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
        key.slot = parts.get("slot", "")
        key.stage = parts.get("stage", "")
        key.prompt = parts.get("prompt", "")
        key.number = int(parts.get("number") or 0)
        key.field = parts.get("field", "")
        return key

    @property
    def prompt_key(self) -> str:
        """Return the prompt it belongs to, without any slot: `goal.result`; '' for none."""
        if not self.stage:
            return ""
        return f"{self.stage}.{self.prompt}"

    @property
    def bare_key(self) -> str:
        """Return the key without its slot, or without the mark of a form: `issue`, `review.3`."""
        if self.slot:
            return self[len(self.slot) + 1 :]
        if self.family is KeyFamily.FORM:
            return self.removeprefix("_")
        return self

    @property
    def names_talk_content(self) -> bool:
        """Return whether it names something said in the conversation itself.

        Reviews and notes come from before it, the day and who met are facts, and a tag is added
        afterwards.
        """
        if self.family in (KeyFamily.PROMPT, KeyFamily.CORRECTION):
            return True
        if self.family is KeyFamily.PART:
            return self.field != "tag"
        if self.family is KeyFamily.SLOT:
            return self.field != PRESENTER
        return self == MINUTES

    @property
    def names_promise(self) -> bool:
        """Return whether the answer is the words of a promise, or plainer words for it."""
        return self.family is KeyFamily.PART and self.field in ("what", "sharper")

    @property
    def counts_minutes(self) -> bool:
        """Return whether the answer is how long a conversation took, or one slot of a meeting."""
        return self.family in (KeyFamily.TALK, KeyFamily.SLOT) and self.field == MINUTES

    @property
    def names_presenter(self) -> bool:
        """Return whether the answer names a presenter: of a slot, or in the planned order."""
        if self.family is KeyFamily.MEETING:
            return self.field == ORDER
        return self.family is KeyFamily.SLOT and self.field == PRESENTER

    def part(self, number: int, field: str) -> "AnswerKey":
        """Return the key of a part of this prompt's answer: `will.steps` -> `will.steps.2.due`."""
        return parse_key(f"{self}.{number}.{field}")


def _split_key(text: str) -> tuple[KeyFamily, dict[str, str]]:
    """Return the family of a key and its parts, '' for a part that it could have but lacks."""
    for family, pattern in _compile_key_patterns():
        match = pattern.fullmatch(text)
        if match:
            return family, match.groupdict("")
    raise AssertionError("the pattern of OTHER matches any text")


@lru_cache(maxsize=8192)
def parse_key(text: str) -> AnswerKey:
    """Return the key that a text is."""
    # Cached, because a walk goes through the same questions again after every answer.
    return AnswerKey(text)


def build_answer_key(stage: str, prompt: str, slot: str = "") -> AnswerKey:
    """Return the key of the answer to a prompt: `goal.result`, `ann-obi:goal.result`."""
    return build_slot_key(slot, f"{stage}.{prompt}")


def build_slot_key(slot: str, key: str) -> AnswerKey:
    """Return the key of an answer in a slot: `ann-obi:issue`; without one, the key as it is."""
    if not slot:
        return parse_key(key)
    return parse_key(f"{slot}:{key}")


def build_presenter_key(number: int) -> AnswerKey:
    """Return the key of who presents in a slot: `2:presenter`."""
    return parse_key(f"{number}:{PRESENTER}")


def build_order_key(number: int) -> AnswerKey:
    """Return the key of who is planned to present first, second and so on: `:order.1`."""
    return parse_key(f":{ORDER}.{number}")


def build_review_key(action_id: object, field: str) -> AnswerKey:
    """Return the key of what happened to a promise that came back: `review.3.outcome`."""
    return parse_key(f"review.{action_id}.{field}")


def build_note_key(note_id: object) -> AnswerKey:
    """Return the key of what happened to an open note: `note.5.outcome`."""
    return parse_key(f"note.{note_id}.outcome")


def build_note_choice_key(kind: str) -> AnswerKey:
    """Return the key of which notes of a kind were said: `note.0.seen`."""
    return parse_key(f"note.0.{kind}")


def build_correction_key(action_id: object, field: str) -> AnswerKey:
    """Return the key of what really happened to a promise: `correction.3.fate`."""
    return parse_key(f"correction.{action_id}.{field}")


def build_section_key(name: str, number: object = None) -> AnswerKey:
    """Return the key of a section of a form that no template asks for: `_about`, `_review.3`."""
    if number is None:
        return parse_key(f"_{name}")
    return parse_key(f"_{name}.{number}")


HELD_ON, MINUTES = parse_key("held-on"), parse_key("minutes")
PRESENT = parse_key(":present")
CLOCK_KEY = parse_key(":clock")
"""The key under which a draft stores the minutes that the clock has counted."""
NOTES_BOX = parse_key("_log")
"""The key under which a draft stores the notes typed in one box."""
NOTES_PARTNER = parse_key("_with")
"""The key under which it stores the name of someone who is not in the journal yet."""
NOTES_THIRD = parse_key("_with2")
"""The key under which it stores the name of the second of two others, who is not in it either."""
NOTES_OWNERS = parse_key("_owners")
"""The key under which it stores the names that stand as owner since a line was mended."""
PROMISE_FIELDS_MARK = parse_key("_fields")
"""The key under which it says that the words of its promises hold no owner and no date."""
ISSUE: Final = "issue"
"""The field of a slot: what its presenter brings, in one line."""
PRESENTER, ORDER = "presenter", "order"
"""The fields of a slot's presenter, and of one planned."""
