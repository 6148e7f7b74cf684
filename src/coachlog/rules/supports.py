"""Which support for a promise comes up with somebody: what they give, and what they are given."""

from collections.abc import Collection

from coachlog.model.actions import ME, THEM, Action
from coachlog.model.people import Person
from coachlog.model.supports import Support


def is_promise_of(action: Action, person: Person) -> bool:
    """Return whether a promise is this person's to keep."""
    is_in_plan = action.person is not None and action.person.id == person.id
    return action.owner_id == person.id or (action.owner == THEM and is_in_plan)


def is_support_between(support: Support, action: Action, person: Person) -> bool:
    """Return whether the owner gives a support to somebody else, or this person does."""
    if support.giver == ME:
        return action.owner != ME
    return support.giver_id == person.id and not is_promise_of(action, person)


def narrow_support(
    support: Support, action: Action, person: Person, attendees: Collection[int]
) -> Support | None:
    """Return the support for a promise that does not come up with a person; None if it may not.

    `attendees` were there when it was made. Whoever was knows what was promised, and by whom. Of a
    promise between others, the person sees what they give for it, without its words.
    """
    if not is_support_between(support, action, person):
        return None
    if person.id in attendees:
        return support
    return support._replace(what="") if support.giver_id == person.id else None
