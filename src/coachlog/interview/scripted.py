"""Answers from a file instead of a person."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from coachlog.errors import InvalidInput
from coachlog.interview.checks import check_answer, resolve_owner_name
from coachlog.interview.conversation import OTHER, Question
from coachlog.interview.keys import HELD_ON, KeyFamily, parse_key
from coachlog.interview.walk import Walk
from coachlog.model.actions import ME
from coachlog.model.answers import AnswerValue
from coachlog.rules.disclosure import VEILED_WORDS, is_private
from coachlog.templates.answer_readers import quote_answer_value
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.text import clean_line

# What the author of a file calls an answer, by the family of its key.
_KEY_NAMES = {
    KeyFamily.REVIEW: "[[review]] of action {number}, {field}",
    KeyFamily.NOTE: "[[notes]] of note {number}, {field}",
    KeyFamily.PART: "{slot}[[actions]] number {number}, {field}",
    KeyFamily.MEETING: "{field}",
}


class Fault(str):
    """What is wrong with an answer in a file, as one sentence.

    `key` is the question it belongs to, '' for none; `words` are the sentence without the name of
    that question.
    """

    key: str
    words: str

    def __new__(cls, words: str, key: str = "", name: str = "") -> "Fault":
        """Return the fault; `name` is what the author of the file calls the question."""
        sentence = f"{name}: {words}" if name else words
        fault = super().__new__(cls, sentence)
        fault.key = key
        fault.words = words
        return fault


class FileAnswerer:
    """An answerer that reads from a file, and notes every fault instead of stopping at the first.

    `them` and `me` are the names of the two people, and `third` that of a third, so that a file may
    use a name for each; in a set (`in_set`) owners are handles of members. `promise_counts` is how
    many promises the file holds in each slot, '' for outside of slots, so that an entry without
    words is a fault and not the end of the list.
    """

    def __init__(
        self,
        answers: Mapping[str, object],
        them: str | None = None,
        me: str | None = None,
        promise_counts: Mapping[str, int] | None = None,
        *,
        in_set: bool = False,
        third: str | None = None,
    ) -> None:
        self._answers = dict(answers)
        self._them = them
        self._me = me
        self._third = third
        self._promise_counts = promise_counts or {}
        self._in_set = in_set
        self.faulty_keys: set[str] = set()
        self.used_keys: set[str] = set()
        self.faults: list[Fault] = []

    def ask(self, question: Question, walk: Walk) -> AnswerValue:
        """Return the file's answer to the question; for a wrong one note a fault, and stand in."""
        self.used_keys.add(question.key)
        value: object = self._answers.get(question.key)
        try:
            value = self._find_value(question)
            if value is None:
                value = question.default
            return check_answer(question, value)
        except InvalidInput as error:
            words = error.message
            if error.hint:
                words += f" {error.hint}"
            if self._is_private_question(question, walk):
                words = veil_quoted_words(words, value)
            self.faulty_keys.add(question.key)
            self.faults.append(Fault(words, question.key, self.name_key(question.key)))
            return _choose_stand_in(question)

    def _is_private_question(self, question: Question, walk: Walk) -> bool:
        """Return whether an answer is private, about health, or part of a private promise."""
        key = parse_key(question.key)
        prompt = walk.talk.template.prompts.get(key.prompt_key)
        if question.private or (prompt is not None and is_private(prompt)):
            return True
        if key.family is not KeyFamily.PART:
            return False
        stem = question.key.removesuffix(key.field)
        return self._answers.get(f"{stem}private") is True

    def _find_value(self, question: Question) -> object:
        value = self._answers.get(question.key)
        key = parse_key(question.key)
        if key.family is not KeyFamily.PART:
            return value
        if key.field == "what" and key.number <= self._promise_counts.get(key.slot, 0):
            return check_answer(replace(question, required=True), value)
        if key.field in ("owner", "owner-name") and not self._in_set:
            return self._resolve_owner(question, value)
        return value

    def _resolve_owner(self, question: Question, value: object) -> object:
        if value is None:
            value = question.default or ""
        # What is not text is left to `check_answer`, which refuses it.
        if not isinstance(value, str):
            return value
        owner = resolve_owner_name(value, self._them, self._me, self._third)
        if parse_key(question.key).field == "owner-name":
            return owner
        if owner != ME and OTHER not in question.values:
            raise InvalidInput(
                f"“{clean_line(value)[:40]}” cannot own this: alone, every promise is your own. "
                "Write what you will do, such as “Ask Dana to send it”."
            )
        return owner if owner in question.values else OTHER

    @staticmethod
    def name_key(text: str) -> str:
        """Return what the file's author would call the answer with this key."""
        key = parse_key(text)
        if key == HELD_ON:
            return "held_on"
        slot = ""
        if key.slot:
            slot = f"[[slots]] number {key.slot}, "
        return _KEY_NAMES.get(key.family, "{slot}{bare_key}").format(
            slot=slot,
            number=key.number,
            field=key.field.removesuffix("-name"),
            bare_key=key.bare_key,
        )


def veil_quoted_words(words: str, value: object) -> str:
    """Return what is wrong with a private answer without what it says: the fault names its key.

    `value` is the answer; where it holds others, any of those may be what is quoted.
    """
    for part in _list_quotable_parts(value):
        words = words.replace(quote_answer_value(part), VEILED_WORDS)
    return words


def _list_quotable_parts(value: object) -> Iterator[object]:
    yield value
    inner_values: list[object] = []
    if isinstance(value, list):
        inner_values = value
    elif isinstance(value, dict):
        inner_values = list(value.values())
    for inner_value in inner_values:
        yield from _list_quotable_parts(inner_value)


def _choose_stand_in(question: Question) -> AnswerValue:
    """Return an answer in place of a wrong one, which keeps the walk going past the fault."""
    key = parse_key(question.key)
    if key.family is KeyFamily.PART and key.field == "what":
        return "?"
    if get_kind_row(question.kind).widget is Widget.PICK_SOME:
        return list(question.values) or None
    if question.required and question.values:
        return question.values[0]
    return None
