"""What was answered earlier, quoted below the new question."""

from coachlog import dates
from coachlog.interview.conversation import Conversation
from coachlog.phrasing.answers import describe_answer
from coachlog.text import clean_line, cut_line

_QUOTED_LENGTH = 160


def quote_earlier_answer(talk: Conversation, name: str) -> str:
    """Return what was answered earlier to a prompt, in a line below its question; '' for nothing.

    The line begins with the conversation that it is from, as that may be the last one or any before
    it. It is shown at the terminal and nowhere else: a file holds new answers alone.
    """
    earlier = talk.earlier_answers.get(name)
    if earlier is None or talk.every_field:
        return ""
    words = cut_line(clean_line(describe_answer(earlier.answer)), _QUOTED_LENGTH)
    day = dates.format_short_day(earlier.held_on, talk.today)
    return f"{clean_line(earlier.title)}, {day}: {words}"
