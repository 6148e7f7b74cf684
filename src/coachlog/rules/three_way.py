"""What is peculiar to conversations of three: the owner of the journal and two other people.

The first of the two is the person with whom the conversation is filed. `store.reading.row_filters`
says in SQL with whom a promise comes up; a test compares the two.
"""

from collections.abc import Collection, Sequence

from coachlog.model.actions import ME, Action
from coachlog.model.people import Direction, Person, Relationship
from coachlog.model.references import PersonRef
from coachlog.named_tuples import NamedTuple
from coachlog.rules.directions import find_direction
from coachlog.rules.disclosure import is_private


def is_owner_plan(first_relationship: Relationship) -> bool:
    """Return whether the promises of a conversation of three go into the plan of the owner.

    They do where the first of the two others is up from the owner, such as their coach or manager:
    then it is the owner who is there to learn. Otherwise they go into the plan of the first.
    """
    return find_direction(first_relationship) is Direction.UP


def find_plan(people: Sequence[Person]) -> int | None:
    """Return in whose plan the promises of a conversation with one or two go; None for the owner's.

    With one person alone it is always theirs.
    """
    first = people[0]
    if len(people) > 1 and is_owner_plan(first.relationship):
        return None
    return first.id


class PartnerSwap(NamedTuple):
    """Who was in a conversation so far, and who really was, in the order of each."""

    old_people: tuple[PersonRef, ...]
    new_people: tuple[Person, ...]

    @property
    def old_ids(self) -> frozenset[int]:
        """Return the numbers of those who were in it so far."""
        return frozenset(person.id for person in self.old_people)

    @property
    def new_ids(self) -> frozenset[int]:
        """Return the numbers of those who really were."""
        return frozenset(person.id for person in self.new_people)

    @property
    def kept_ids(self) -> frozenset[int]:
        """Return the numbers of those who stay in it."""
        return self.old_ids & self.new_ids

    @property
    def left_ids(self) -> frozenset[int]:
        """Return the numbers of those who were not there after all."""
        return self.old_ids - self.new_ids

    @property
    def replacements(self) -> dict[int, int]:
        """Return who stands in for whom, where one person does: the name was wrong."""
        joined_ids = self.new_ids - self.old_ids
        if len(self.left_ids) != 1 or len(joined_ids) != 1:
            return {}
        return dict(zip(self.left_ids, joined_ids, strict=True))

    @property
    def absent_ids(self) -> frozenset[int]:
        """Return the numbers of those who were not there after all, and nobody in their place."""
        return self.left_ids - self.replacements.keys()

    @property
    def names(self) -> dict[int, str]:
        """Return the names of all of them, by their numbers."""
        names = {person.id: person.name for person in self.old_people}
        return names | {person.id: person.name for person in self.new_people}

    def choose_plan(self, plan: int | None) -> int | None:
        """Return in whose plan a promise is now that was in this one; None for the owner's.

        It stays where it is while the first of two others does, whatever they are by now.
        """
        is_same_first = self.old_people[0].id == self.new_people[0].id
        if is_same_first and len(self.old_people) == len(self.new_people):
            return plan
        return find_plan(self.new_people)


def comes_up_with(
    person: int, owner: str, owner_id: int | None, plan: int | None
) -> bool:
    """Return whether a promise comes up with somebody who was there when it was made.

    `plan` is the person in whose plan it is, None for the owner of the journal. What they promised
    themselves does, and what the owner promised; what somebody else promised does not, unless the
    plan is theirs.
    """
    return person in (plan, owner_id) or owner == ME


def is_measured_person(person: Person, attendees: Sequence[int]) -> bool:
    """Return whether what was measured in a conversation is about one of those who were there.

    `attendees` are the numbers of the others, in their order. A number is about one person: of two
    it is the first or, where the plan is the owner's, neither, as it is about the owner.
    """
    if len(attendees) < 2:
        return True
    return attendees[0] == person.id and not is_owner_plan(person.relationship)


def is_for_all_three(
    action: Action,
    attendees: Collection[int],
    partners: Collection[int],
    *,
    is_preparation: bool,
) -> bool:
    """Return whether a promise is listed in a conversation of three, on a screen all three look at.

    It is if it was made with both `partners`; `attendees` were there when it was. What the owner
    promised alone is listed only where that was the `is_preparation` of this conversation. What was
    promised with one of the two stays between these, and what is private stays with the owner.
    """
    if is_private(action):
        return False
    if attendees:
        return set(partners) <= set(attendees)
    return action.person is None and is_preparation
