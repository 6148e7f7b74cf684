"""What an answer holds, and the kind of the prompt that it answers."""

from enum import StrEnum

AskedQuestion = dict[str, str | None]
"""A question that someone asked: its words as `question`, `by` whom, and its `tag`."""

AnswerValue = str | int | float | bool | list[str] | list[AskedQuestion] | None
"""What an answer holds, as JSON would: a date is its ISO text, a skipped question is None."""


class PromptKind(StrEnum):
    """The kind of a prompt, by name; what each is stands in `templates/kinds`.

    A kind that no code has to tell from the others needs no member: its name is taken as it is.
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
        kind = str.__new__(cls, value)
        kind._name_, kind._value_ = value.upper(), value
        return cls._value2member_map_.setdefault(value, kind)  # type: ignore[return-value]
