"""Encounters: somebody was seen and spoken to, without a conversation on record."""

from datetime import date

from coachlog.model.references import PersonRef
from coachlog.named_tuples import NamedTuple


class Encounter(NamedTuple):
    """The owner spoke to a person on a day; one a day at most."""

    id: int
    on: date
    person: PersonRef | None = None
