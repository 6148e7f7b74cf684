"""On which day to speak to somebody next: the one that was agreed, or the one that is due."""

from datetime import date

from coachlog.model.people import Contact
from coachlog.rules.rhythm import find_next_talk, has_rhythm

NEXT_TALK_PROMPTS = ("next", "meet", "speak")
"""The ids of the questions for a day that say when the two speak again (docs/templates.md)."""


def choose_next_talk(contact: Contact, agreed: date | None, today: date) -> date | None:
    """Return the day of the next 1:1, which is never past; None if there is none to come.

    The day that was agreed in the last one comes before the rhythm. What is overdue is for today,
    and so is the first conversation with somebody who has a rhythm.
    """
    person = contact.person
    next_day = agreed or find_next_talk(contact.last_held, person, person.paused_until)
    if next_day is None and contact.last_held is None and has_rhythm(person):
        next_day = person.paused_until or today
    return max(next_day, today) if next_day else None
