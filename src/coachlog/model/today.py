"""What a day asks for: drafts to go on with, promises, people to talk to.

Apart from the rest, because every command pays for making a class.
"""

from datetime import date
from typing import NamedTuple

from coachlog.model.actions import Action
from coachlog.model.people import Contact
from coachlog.model.sessions import Draft


class TodayView(NamedTuple):
    """What one day asks for; `is_new` says that there is no journal yet.

    `actions` are all open promises and `people` all contacts that a talk is held with. `forms` are
    the commands that store the forms still waiting in the home. `goals_to_review` counts goals.
    """

    date: date
    drafts: tuple[Draft, ...] = ()
    actions: tuple[Action, ...] = ()
    people: tuple[Contact, ...] = ()
    forms: tuple[str, ...] = ()
    goals_to_review: int = 0
    is_new: bool = False
