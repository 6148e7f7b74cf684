"""Answers from a file instead of a person."""

from collections.abc import Mapping
from dataclasses import replace

from coachlog.errors import InvalidInput
from coachlog.interview import keys
from coachlog.interview.checks import check_answer, resolve_owner_name
from coachlog.interview.conversation import ME, OTHER, THEM, Question
from coachlog.interview.keys import HELD_ON, KeyFamily
from coachlog.interview.walk import Walk
from coachlog.model import AnswerValue
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.text import clean_line


class Fault(str):
    """What is wrong with an answer that nobody can be asked about, as one sentence.

    `key` is the question it belongs to, '' for none; `words` are the sentence without its name.
    """

    key: str
    words: str

    def __new__(cls, words: str, key: str = "", name: str = "") -> "Fault":
        """Return the fault; `name` is what the author of the file calls the question."""
        made = super().__new__(cls, f"{name}: {words}" if name else words)
        made.key, made.words = key, words
        return made


class FileAnswerer:
    """An answerer that reads from a file, and notes every fault instead of stopping at the first.

    `them` and `me` are the names of the two, so that a file may use a name for either; in a set,
    `in_set`, owners are handles of its members. `promised` is how many actions the file holds, by
    slot, '' for outside of any, so that one without words is found.
    """

    def __init__(
        self,
        answers: Mapping[str, object],
        them: str | None = None,
        me: str | None = None,
        promise_counts: Mapping[str, int] | None = None,
        *,
        in_set: bool = False,
    ) -> None:
        self._answers = dict(answers)
        self._them = them
        self._me = me
        self._promise_counts = promise_counts or {}
        self._in_set = in_set
        self.faulty_keys: set[str] = set()
        self.used_keys: set[str] = set()
        self.faults: list[Fault] = []

    def ask(self, question: Question, walk: Walk) -> AnswerValue:
        """Return the file's answer to the question; a stand-in, and a fault noted, if it is wrong.

        The stand-ins keep the walk going, so that faults further on are found as well.
        """
        self.used_keys.add(question.key)
        try:
            value = self._find_value(question)
            return check_answer(question, question.default if value is None else value)
        except InvalidInput as error:
            words = f"{error.message} {error.hint}" if error.hint else error.message
            self.faulty_keys.add(question.key)
            self.faults.append(Fault(words, question.key, self.name_key(question.key)))
            if _find_promise_part(question.key) == "what":
                return "?"
            if get_kind_row(question.kind).widget is Widget.PICK_SOME:
                return list(question.values) or None
            return question.values[0] if question.required and question.values else None

    def _find_value(self, question: Question) -> object:
        value = self._answers.get(question.key)
        key, part = keys.parse_key(question.key), _find_promise_part(question.key)
        if part == "what" and key.number <= self._promise_counts.get(key.slot, 0):
            return check_answer(replace(question, required=True), value)
        if self._in_set or part not in ("owner", "owner-name"):
            return value
        if value is None:
            value = "" if question.default is None else question.default
        if not isinstance(value, str):
            return value
        meant = resolve_owner_name(value, self._them, self._me)
        if part == "owner-name":
            return meant
        if meant != ME and OTHER not in question.values:
            raise InvalidInput(
                f"“{clean_line(value)[:40]}” cannot have it: alone, every promise is your own. "
                "Write what you will do, such as “Ask Dana to send it”."
            )
        return meant if meant in (ME, THEM) else OTHER

    @staticmethod
    def name_key(text: str) -> str:
        """Return what the file's author would call the answer with this key."""
        key = keys.parse_key(text)
        slot = f"[[slots]] number {key.slot}, " if key.slot else ""
        match key.family:
            case KeyFamily.REVIEW:
                return f"[[review]] of action {key.number}, {key.field}"
            case KeyFamily.NOTE:
                return f"[[notes]] of note {key.number}, {key.field}"
            case KeyFamily.PART:
                return f"{slot}[[actions]] number {key.number}, {key.field.removesuffix('-name')}"
            case KeyFamily.MEETING:
                return key.field
        return "held_on" if key == HELD_ON else f"{slot}{key.bare_key}"


def _find_promise_part(text: str) -> str:
    """Return which part of a promise a key names: `what`, `owner`; '' for anything else."""
    key = keys.parse_key(text)
    return key.field if key.family is KeyFamily.PART else ""
