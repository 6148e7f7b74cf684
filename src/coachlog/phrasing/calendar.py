"""The titles of calendar entries: neutral ones, and those that say what it is about."""

from coachlog.model.actions import ME, THEM, Action
from coachlog.model.calendar import DueDay
from coachlog.model.goals import Goal
from coachlog.model.own_plans import ReviewDay
from coachlog.model.people import Person
from coachlog.model.sets import LearningSet
from coachlog.text import clean_line, join_phrases

CANCELLED_TITLE = "coachlog: no longer due"
CANCELLED_NOTE = "It is no longer due. In the journal: coachlog"
"""The words for what is no longer due, which may no longer be in the journal either."""


def phrase_neutral_title(day: DueDay) -> str:
    """Return a title without anybody's words or name; its number is known to the owner alone."""
    match day.subject:
        case Action(id=id):
            return f"coachlog: promise {id}"
        case Goal(id=id):
            return f"coachlog: review goal {id}"
        case Person():
            return "coachlog: next 1:1"
        case LearningSet():
            return "coachlog: next set meeting"
        case _:
            return "coachlog: look back"


def phrase_full_title(day: DueDay) -> str:
    """Return a title that says what it is about, and with whom."""
    match day.subject:
        case Action() as action:
            return _phrase_promise_title(action)
        case Goal(person=person, title=title):
            words = f"Review: {clean_line(title)}"
            return f"{words} ({clean_line(person.name)})" if person else words
        case Person(name=name):
            return f"Next 1:1: {clean_line(name)}"
        case LearningSet(name=name):
            return f"Next meeting: {clean_line(name)}"
        case ReviewDay(partners=partners) as review:
            names = join_phrases([clean_line(partner.name) for partner in partners])
            words = f"Look back: {clean_line(review.title)}"
            return f"{words} ({names})" if names else words


def _phrase_promise_title(action: Action) -> str:
    """Return who promised what; what the owner promised, with whom."""
    owner = _name_promiser(action)
    words = clean_line(action.what)
    if owner:
        return f"{owner}: {words}"
    person = action.person
    return f"{words} ({clean_line(person.name)})" if person else words


def _name_promiser(action: Action) -> str:
    """Return who made a promise, '' for the owner of the journal."""
    if action.owner == ME:
        return ""
    if action.owner == THEM:
        return clean_line(action.person.name) if action.person else ""
    return clean_line(action.owner)


def phrase_command(day: DueDay, *, names: bool = False) -> str:
    """Return the command that shows what an entry is about; nobody's name, unless `names`."""
    match day.subject:
        case Action(id=id):
            return f"coachlog action show {id}"
        case Goal(id=id):
            return f"coachlog goal show {id}"
        case Person(slug=slug) if names:
            return f"coachlog brief {slug}"
        case Person():
            return "coachlog"
        case LearningSet(slug=slug) if names:
            return f"coachlog set show {slug}"
        case LearningSet():
            return "coachlog set list"
        case _:
            return "coachlog plan show me"
