"""The value of an answer, and the kind of prompt that it answers."""

from enum import StrEnum

AskedQuestion = dict[str, str | None]
"""A question asked in a meeting: its words as `question`, who asked it as `by`, and its `tag`."""

AnswerValue = str | int | float | bool | list[str] | list[AskedQuestion] | None
"""The value of an answer, as in JSON: a date is its ISO text, a skipped question is None."""


class PromptKind(StrEnum):
    """The kind of a prompt, by name; `templates/kinds` describes each one.

    A kind that no code treats specially needs no member: any other name becomes one on first use.
    """

    TEXT = "text"
    LINE = "line"
    CHOICE = "choice"
    CHOICES = "choices"
    SCALE = "scale"
    YESNO = "yesno"
    DATE = "date"
    NUMBER = "number"
    QUESTIONS = "questions"
    PROMISES = "promises"
    ACTIONS = "actions"

    @classmethod
    def _missing_(cls, value: object) -> "PromptKind | None":
        if not isinstance(value, str):
            return None
        # Entered in the enum's own register, so that the same name is the same member next time.
        kind = str.__new__(cls, value)
        kind._name_, kind._value_ = value.upper(), value
        return cls._value2member_map_.setdefault(value, kind)  # type: ignore[return-value]
