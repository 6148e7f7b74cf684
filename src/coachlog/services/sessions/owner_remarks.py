"""Remarks on the owners of promises in a conversation of three: a slip in a name is seen there."""

from collections.abc import Sequence

from coachlog.interview.conversation import Conversation
from coachlog.model.actions import ME, THEM
from coachlog.model.records import SessionRecord
from coachlog.names.spelling import is_same_name
from coachlog.phrasing.owners import phrase_absent_owner, phrase_unknown_owner
from coachlog.services.desk import Desk
from coachlog.store.reading import person_queries


def list_owner_remarks(
    desk: Desk, talk: Conversation, record: SessionRecord
) -> list[str]:
    """Return a remark on each owner of a promise who is none of the three; of two, none.

    In a conversation of three an owner is typed as a name, and nobody else is expected.
    """
    if not talk.third:
        return []
    names = _list_absent_owners(talk, record)
    if not names:
        return []
    known_names = _read_known_names(desk)
    return [
        phrase_absent_owner(name)
        if any(is_same_name(name, known) for known in known_names)
        else phrase_unknown_owner(name)
        for name in names
    ]


def _list_absent_owners(talk: Conversation, record: SessionRecord) -> list[str]:
    """Return the owners of promises who are none of the three, each once."""
    names_of_three = [name for name in (talk.me, talk.them, talk.third) if name]
    owners = dict.fromkeys(promise.owner for promise in record.promises)
    return [
        owner
        for owner in owners
        if owner not in (ME, THEM)
        and not any(is_same_name(owner, name) for name in names_of_three)
    ]


def _read_known_names(desk: Desk) -> Sequence[str]:
    if not desk.journal.exists():
        return ()
    with desk.read() as db:
        people = person_queries.read_people(db, include_archived=True)
    return [person.name for person in people]
