"""The query behind the support that somebody gives, or knows of, for the promises of others."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from coachlog.model.actions import Action
from coachlog.model.people import Person
from coachlog.model.supports import Support
from coachlog.rules import disclosure
from coachlog.rules.disclosure import Audience
from coachlog.rules.supports import narrow_support
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import ACTION_READER
from coachlog.store.reading.partner_queries import read_session_partners
from coachlog.store.reading.row_filters import (
    ACTION_OUTSIDE_SETS,
    ACTIONS_WITH_PERSON,
    OPEN_ACTION,
)
from coachlog.store.reading.support_queries import read_supports


def read_supports_elsewhere(
    db: Connection, person: Person, known_ids: Collection[int], *, private: bool
) -> tuple[Support, ...]:
    """Return the support for open promises that do not come up with a person, by their numbers.

    `known_ids` are those that do. What the person may not see of them is left out, as
    `rules.supports` says; a private promise is left out as a whole without `private`.
    """
    actions = disclosure.split_entries(
        _read_supported_actions(db, known_ids),
        Audience.OWNER_AT_SCREEN,
        private=private,
    ).visible_entries
    if not actions:
        return ()
    attendees = _read_attendees(db, actions)
    actions_by_id = {action.id: action for action in actions}
    supports = (
        narrow_support(
            support, actions_by_id[support.action], person, attendees[support.action]
        )
        for support in _read_all_supports(db, person, actions, attendees)
    )
    return tuple(support for support in supports if support is not None)


def _read_attendees(
    db: Connection, actions: Sequence[Action]
) -> dict[int, Collection[int]]:
    """Return who was there when each promise was made, by its number."""
    session_ids = {action.session for action in actions if action.session}
    partner_ids = read_session_partners(db, sorted(session_ids))
    return {action.id: partner_ids.get(action.session or 0, ()) for action in actions}


def _read_all_supports(
    db: Connection,
    person: Person,
    actions: Sequence[Action],
    attendees: Mapping[int, Collection[int]],
) -> Iterator[Support]:
    shared_ids = {id for id, there in attendees.items() if person.id in there}
    shared_actions = [action for action in actions if action.id in shared_ids]
    yield from read_supports(db, shared_actions, person)
    # Where the person was not there, a first name that others have too is nobody's.
    other_actions = [action for action in actions if action.id not in shared_ids]
    yield from read_supports(db, other_actions)


def _read_supported_actions(db: Connection, known_ids: Collection[int]) -> list[Action]:
    """Return the open promises that have any support, but for the known ones and those of sets."""
    rows = db.execute(
        f"""
        SELECT {ACTION_READER.columns} FROM {ACTIONS_WITH_PERSON}
        WHERE {OPEN_ACTION} AND action.support IS NOT NULL AND {ACTION_OUTSIDE_SETS}
        ORDER BY action.due, action.id
        """
    )
    # In the order of their index: without it every promise ever made would be read.
    actions = ACTION_READER.read_all(rows)
    return [action for action in actions if action.id not in known_ids]
