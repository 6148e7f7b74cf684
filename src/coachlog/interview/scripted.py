"""Answers from a file instead of a person."""

from collections.abc import Mapping
from dataclasses import replace

from coachlog.errors import Invalid
from coachlog.interview import keys
from coachlog.interview.checks import check, owner
from coachlog.interview.conversation import ME, OTHER, THEM, Question
from coachlog.interview.keys import HELD_ON, Family
from coachlog.interview.walk import Walk
from coachlog.model import Value
from coachlog.templates.kinds import Widget, row_of
from coachlog.text import line


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


class Scripted:
    """An answerer that reads from a file, and notes every fault instead of stopping at the first.

    `them` and `me` are the names of the two, so that a file may use a name for either; in a set,
    `in_set`, owners are handles of its members. `promised` is how many actions the file holds, by
    slot, '' for outside of any, so that one without words is found.
    """

    def __init__(
        self,
        given: Mapping[str, object],
        them: str | None = None,
        me: str | None = None,
        promised: Mapping[str, int] | None = None,
        *,
        in_set: bool = False,
    ) -> None:
        self._given = dict(given)
        self._them = them
        self._me = me
        self._promised = promised or {}
        self._in_set = in_set
        self.faulty: set[str] = set()
        self.used: set[str] = set()
        self.faults: list[Fault] = []

    def ask(self, question: Question, walk: Walk) -> Value:
        """Return the file's answer to the question; a stand-in, and a fault noted, if it is wrong.

        The stand-ins keep the walk going, so that faults further on are found as well.
        """
        self.used.add(question.key)
        try:
            value = self._value(question)
            return check(question, question.default if value is None else value)
        except Invalid as error:
            words = f"{error.message} {error.hint}" if error.hint else error.message
            self.faulty.add(question.key)
            self.faults.append(Fault(words, question.key, self.name(question.key)))
            if _part_of_promise(question.key) == "what":
                return "?"
            if row_of(question.kind).widget is Widget.SOME:
                return list(question.values) or None
            return question.values[0] if question.required and question.values else None

    def _value(self, question: Question) -> object:
        value = self._given.get(question.key)
        key, part = keys.parse(question.key), _part_of_promise(question.key)
        if part == "what" and key.number <= self._promised.get(key.slot, 0):
            return check(replace(question, required=True), value)
        if self._in_set or part not in ("owner", "owner-name"):
            return value
        if value is None:
            value = "" if question.default is None else question.default
        if not isinstance(value, str):
            return value
        meant = owner(value, self._them, self._me)
        if part == "owner-name":
            return meant
        if meant != ME and OTHER not in question.values:
            raise Invalid(
                f"“{line(value)[:40]}” cannot have it: alone, every promise is your own. "
                "Write what you will do, such as “Ask Dana to send it”."
            )
        return meant if meant in (ME, THEM) else OTHER

    @staticmethod
    def name(text: str) -> str:
        """Return what the file's author would call the answer with this key."""
        key = keys.parse(text)
        slot = f"[[slots]] number {key.slot}, " if key.slot else ""
        match key.family:
            case Family.REVIEW:
                return f"[[review]] of action {key.number}, {key.field}"
            case Family.NOTE:
                return f"[[notes]] of note {key.number}, {key.field}"
            case Family.PART:
                return f"{slot}[[actions]] number {key.number}, {key.field.removesuffix('-name')}"
            case Family.MEETING:
                return key.field
        return "held_on" if key == HELD_ON else f"{slot}{key.bare}"


def _part_of_promise(text: str) -> str:
    """Return which part of a promise a key names: `what`, `owner`; '' for anything else."""
    key = keys.parse(text)
    return key.field if key.family is Family.PART else ""
