"""Conversations that come back by themselves, because their template says so."""

from datetime import date

from coachlog.model.references import PersonRef
from coachlog.model.sessions import Answer
from coachlog.named_tuples import NamedTuple


class Recurrence(NamedTuple):
    """That the conversation `session`, held on a day, comes back on another, and waits to be held.

    `people` are the others in it, and `handles` theirs, in the same order. `tags` are its own.
    """

    session: int
    template: str
    title: str
    held_on: date
    back_on: date
    people: tuple[PersonRef, ...] = ()
    handles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def person_ids(self) -> tuple[int, ...]:
        """Return the numbers of the others."""
        return tuple(person.id for person in self.people)


class EarlierAnswer(NamedTuple):
    """An answer of an earlier conversation, to stand beside a new question.

    `title` names the conversation in which it was given.
    """

    answer: Answer
    held_on: date
    title: str
