"""What was answered earlier, quoted below the new question."""

from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.interview.conversation import Conversation
from coachlog.phrasing.answers import describe_answer
from coachlog.text import clean_line, cut_line

if TYPE_CHECKING:
    from coachlog.model.recurrences import EarlierAnswer

_QUOTED_LENGTH = 160


def quote_earlier_answer(talk: Conversation, name: str) -> str:
    """Return what was answered earlier to a prompt, in lines below its question; '' for nothing.

    A line begins with the conversation that it is from, as that may be the last one or any before
    it. They are shown at the terminal and nowhere else: a file holds new answers alone.
    """
    if talk.every_field:
        return ""
    answers = talk.earlier_answers.get(name, ())
    return "\n".join(_quote_answer(talk, earlier) for earlier in answers)


def _quote_answer(talk: Conversation, earlier: "EarlierAnswer") -> str:
    words = cut_line(clean_line(describe_answer(earlier.answer)), _QUOTED_LENGTH)
    day = dates.format_short_day(earlier.held_on, talk.today)
    return f"{clean_line(earlier.title)}, {day}: {words}"
