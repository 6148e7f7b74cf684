"""Promises added up: with each person, all in all, and the owner's by whom they were made to."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from coachlog.model.people import Direction, Relationship
from coachlog.model.progress import DirectionTally, Tally
from coachlog.named_tuples import NamedTuple
from coachlog.rules.promise_sides import (
    PromiseParties,
    find_counted_side,
    find_promise_direction,
    list_counted_people,
    list_receivers,
)
from coachlog.rules.promises import Judgement
from coachlog.rules.tallies import build_tally


class AlikePromises(NamedTuple):
    """How many promises have the same people in them, and whose they were at the first date.

    The `maker` is the person who made them, if the journal's owner did not.
    """

    parties: PromiseParties
    first_owner: str
    maker: int | None
    number: int = 1


class PromiseState(NamedTuple):
    """As what promises count: `open`, `done`, `dropped`, `overdue`; and whether their fate does."""

    names: tuple[str, ...]
    is_in_period: bool


class PersonPromises(NamedTuple):
    """The promises with one person: by side and fate, and by status, with those `overdue` too."""

    fates: Counter[tuple[str, Judgement]]
    states: Counter[str]

    def tally_fates_of(self, side: str) -> Tally:
        """Return the fates of the promises of one side, `me` or `them`."""
        judgements: Counter[Judgement] = Counter()
        for (promise_side, judgement), number in self.fates.items():
            if promise_side == side:
                judgements[judgement] += number
        return build_tally(judgements)


class PromiseCounts(NamedTuple):
    """How promises were kept: with each person, all in all, and the owner's by whom they are to.

    One of a conversation of three counts with both others, and once in all. `all` has everyone's
    promises, and `mine` the owner's by the people they were made to, () for nobody.
    """

    by_person: dict[int, PersonPromises]
    all: PersonPromises
    mine: dict[tuple[int, ...], Counter[Judgement]]


class PromiseCounter:
    """Adds up promises: all of them or, with the number of a person, those with that person."""

    def __init__(self, person_id: int | None = None) -> None:
        self._person_id = person_id
        self.counts = PromiseCounts(
            defaultdict(_build_person_promises),
            _build_person_promises(),
            defaultdict(Counter),
        )

    def count(
        self, promises: AlikePromises, state: PromiseState, judgement: Judgement | None
    ) -> None:
        """Count promises in one state that ended in the same way; None without a first date.

        A number below 0 takes back what was counted before.
        """
        for name in state.names:
            self._count_state(promises, name)
        if judgement and state.is_in_period:
            self._count_fate(promises, judgement)

    def _count_state(self, promises: AlikePromises, state: str) -> None:
        self.counts.all.states[state] += promises.number
        for person in list_counted_people(promises.parties):
            self.counts.by_person[person].states[state] += promises.number

    def _count_fate(self, promises: AlikePromises, judgement: Judgement) -> None:
        """Count promises that ended in the same way, on the sides for which they count."""
        parties, owner, maker, number = promises
        side = find_counted_side(owner, maker, self._person_id)
        self.counts.all.fates[side, judgement] += number
        for person in list_counted_people(parties):
            side = find_counted_side(owner, maker, person)
            self.counts.by_person[person].fates[side, judgement] += number
        if owner == "me":
            self.counts.mine[list_receivers(parties)][judgement] += number


def _build_person_promises() -> PersonPromises:
    return PersonPromises(Counter(), Counter())


def tally_directions(
    counts: PromiseCounts, relationships: Mapping[int, Relationship]
) -> tuple[tuple[DirectionTally, ...], Tally]:
    """Return the owner's promises by direction, given who people are now, and those to nobody."""
    by_direction: dict[Direction | None, Counter[Judgement]] = {}
    for people, judgements in counts.mine.items():
        direction = find_promise_direction([relationships[id] for id in people])
        by_direction.setdefault(direction, Counter()).update(judgements)
    direction_tallies = [
        DirectionTally(each, build_tally(by_direction.get(each, Counter())))
        for each in Direction
    ]
    return tuple(direction_tallies), build_tally(by_direction.get(None, Counter()))
