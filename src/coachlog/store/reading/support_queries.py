"""The query behind the support for promises: whose names stand in its words."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from coachlog.model.actions import Action
from coachlog.model.people import Person
from coachlog.model.references import PersonRef
from coachlog.model.supports import Support
from coachlog.store.database import Connection
from coachlog.store.reading.person_queries import read_owner_name, read_people

if TYPE_CHECKING:
    from coachlog.capture import CaptureContext


def read_supports(
    db: Connection, actions: Iterable[Action], partner: Person | None = None
) -> tuple[Support, ...]:
    """Return the support for those actions that have any, and who gives it.

    `partner` is the person in whose plan the actions are: their first name is enough there.
    """
    supported_actions = [action for action in actions if action.support]
    if not supported_actions:
        return ()
    context = _build_support_context(db, partner)
    return tuple(_read_action_support(action, context) for action in supported_actions)


def _build_support_context(db: Connection, partner: Person | None) -> "CaptureContext":
    """Return the names that words of support are read with."""
    # Imported here because most plans have no support in them, and no names to look for.
    from coachlog.capture import CaptureContext

    people = read_people(db, include_archived=True)
    partner_id = partner.id if partner else None
    others = [person for person in people if person.id == partner_id]
    known = [person for person in people if person.id != partner_id]
    # No date is read in the words of a support.
    return CaptureContext(date.min, others, known, my_name=read_owner_name(db))


def _read_action_support(action: Action, context: "CaptureContext") -> Support:
    from coachlog.capture import read_support

    reading = read_support(action.support or "", context)
    support = Support(action.id, "", reading.words, action.what, reading.names_somebody)
    giver = reading.giver
    if isinstance(giver, PersonRef):
        return support._replace(giver=giver.name, giver_id=giver.id)
    return support._replace(giver=giver or "")
