"""What today's screen is about: drafts to resume, promises, people to talk to.

In a module of its own because every command would pay for creating these classes.
"""

from datetime import date
from typing import NamedTuple

from coachlog.model.actions import Action
from coachlog.model.people import Contact
from coachlog.model.sessions import Draft


class TodayView(NamedTuple):
    """What needs attention on one day; `is_new` is true if there is no journal yet.

    `actions` are all open promises, `people` the contacts to keep in touch with. `forms` are the
    commands that store the forms still waiting in the home, `form_titles` what each of them is.
    `goals_to_review` counts goals.
    """

    date: date
    drafts: tuple[Draft, ...] = ()
    actions: tuple[Action, ...] = ()
    people: tuple[Contact, ...] = ()
    forms: tuple[str, ...] = ()
    form_titles: tuple[str, ...] = ()
    goals_to_review: int = 0
    is_new: bool = False
