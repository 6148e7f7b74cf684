"""What is peculiar to conversations of three: the owner of the journal and two other people.

The first of the two is the person with whom the conversation is filed. `store.reading.row_filters`
says in SQL with whom a promise comes up; a test compares the two.
"""

from collections.abc import Collection, Sequence

from coachlog.model import Action, Person, Relationship
from coachlog.model.progress import Direction
from coachlog.rules.caveats import find_direction
from coachlog.rules.disclosure import is_private


def is_owner_plan(first_relationship: Relationship) -> bool:
    """Return whether the promises of a conversation of three go into the plan of the owner.

    They do where the first of the two others is up from the owner, such as their coach or manager:
    then it is the owner who is there to learn. Otherwise they go into the plan of the first.
    """
    return find_direction(first_relationship) is Direction.UP


def comes_up_with(
    person: int, owner: str, owner_id: int | None, plan: int | None
) -> bool:
    """Return whether a promise comes up with somebody who was there when it was made.

    `plan` is the person in whose plan it is, None for the owner of the journal. What they promised
    themselves does, and what the owner promised; what somebody else promised does not, unless the
    plan is theirs.
    """
    return person in (plan, owner_id) or owner == "me"


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
    promised alone is listed only where that was the `is_preparation` of this conversation, and not
    if it is private. What was promised with one of the two stays between these.
    """
    if attendees:
        return set(partners) <= set(attendees)
    return action.person is None and is_preparation and not is_private(action)
