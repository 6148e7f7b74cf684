"""For whom a promise counts: the person it was made by or to.

It counts as the owner's with everyone it was made to, and as theirs with whoever made it. Most are
in the plan of one person, and count there. One of a conversation of three counts with both others
if the owner made it, and with one of them if that one did; among all promises it is still one.

`store.reading.row_filters` and `promise_figure_queries` say the same in SQL; a test compares them.
"""

from collections.abc import Mapping, Sequence

from coachlog.model.actions import ME, THEM, Action
from coachlog.model.people import Direction, Relationship
from coachlog.named_tuples import NamedTuple
from coachlog.rules.directions import find_direction
from coachlog.rules.three_way import comes_up_with

_NEITHER = "neither"


class PromiseParties(NamedTuple):
    """Who has a part in a promise: whose plan it is in, its owner, and the `partners` of a three.

    `plan` is None for the plan of the journal's owner. `owner_id` is that of an owner by name, and
    `partners` are the two others who were in the conversation of three, if it was one.
    """

    plan: int | None
    owner: str
    owner_id: int | None = None
    partners: tuple[int, ...] = ()


def list_counted_people(parties: PromiseParties) -> list[int]:
    """Return with whom a promise counts; nobody for one that the owner made alone."""
    people = dict.fromkeys((parties.plan, *parties.partners))
    return [
        person
        for person in people
        if person is not None
        and comes_up_with(person, parties.owner, parties.owner_id, parties.plan)
    ]


def find_counted_side(owner: str, maker: int | None, person: int | None) -> str:
    """Return whether a promise counts for `me`, for `them` or for `neither`.

    Its `maker` is the person who made it, if the journal's owner did not. With a `person`, it
    counts for them only if they made it themselves.
    """
    if owner == ME:
        return ME
    if person is None and owner == THEM:
        return THEM
    if maker is None or person not in (None, maker):
        return _NEITHER
    return THEM


def find_maker(owner: str, plan: int | None, names: Mapping[str, int]) -> int | None:
    """Return who an owner is, if not the journal's; None for somebody who was not there.

    `plan` is the person in whose plan the promise is, and `names` are the people of the
    conversation of three in which it was made, by name.
    """
    return plan if owner == THEM else names.get(owner)


def take_sides(action: Action, names: Mapping[str, int], person: int | None) -> Action:
    """Return a promise with the sides it counted for, in place of who owned it and when.

    `names` is as for `find_maker`, and `person` as for `find_counted_side`.
    """
    plan = action.person.id if action.person else None
    if not names and person in (None, plan):
        # Nearly all of them: the owner of such a promise is called by the side that it is on.
        return action

    def find_side(owner: str) -> str:
        return find_counted_side(owner, find_maker(owner, plan, names), person)

    return action._replace(
        owner=find_side(action.owner),
        events=tuple(
            event._replace(
                old_owner=find_side(event.old_owner),
                new_owner=find_side(event.new_owner or ""),
            )
            if event.old_owner
            else event
            for event in action.events
        ),
    )


def list_receivers(parties: PromiseParties) -> tuple[int, ...]:
    """Return to whom the owner made a promise, as its direction has it.

    Whoever's plan it is in or, where it is in the owner's own, the two others of a three.
    """
    return parties.partners if parties.plan is None else (parties.plan,)


def find_promise_direction(relationships: Sequence[Relationship]) -> Direction | None:
    """Return in which direction a promise is that the owner made to these people.

    Up if one of two is above the owner, or else that of the first; None if it was to nobody.
    """
    directions = [find_direction(relationship) for relationship in relationships]
    if Direction.UP in directions:
        return Direction.UP
    return directions[0] if directions else None
