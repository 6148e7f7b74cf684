"""What the home page is about: promises, people to talk to, and what can be acted on now.

In a module of its own because every command would pay for creating these classes.
"""

from datetime import date

from coachlog.model.actions import Action
from coachlog.model.people import Contact
from coachlog.model.recurrences import Recurrence
from coachlog.model.references import MemberRef, SetRef
from coachlog.model.sessions import Draft
from coachlog.model.tank_entries import TankReminder
from coachlog.named_tuples import NamedTuple


class HomePromises(NamedTuple):
    """Open promises, sorted out: the owner's and the others' due about now, and the rest.

    `mine_later` and `theirs_later` are due later or have no date; `stale` have been overdue for
    too long to be listed, whoever owns them.
    """

    mine: tuple[Action, ...] = ()
    theirs: tuple[Action, ...] = ()
    mine_later: tuple[Action, ...] = ()
    theirs_later: tuple[Action, ...] = ()
    stale: tuple[Action, ...] = ()


class GoalToReview(NamedTuple):
    """A goal, and the day on which it was to be looked at."""

    id: int
    review_on: date
    title: str = ""
    private: bool = False


class WaitingNote(NamedTuple):
    """That a note waits for the next conversation with someone, without its words."""

    name: str
    slug: str
    written_on: date


class WaitingForm(NamedTuple):
    """A form that was started in an editor: the command that stores it, and what it is."""

    command: str
    title: str


class WeekShare(NamedTuple):
    """How many of the owner's promises first due this week were kept by then, of those decided."""

    kept: int
    of: int


class CheckIn(NamedTuple):
    """The day on which buddies speak to each other, and the set that they are of."""

    on: date
    set: SetRef
    slug: str
    members: tuple[MemberRef, ...]


class TodayView(NamedTuple):
    """What needs attention on one day; `is_new` is true if there is no journal yet.

    `actions` are all open promises, and `promises` the same sorted out; `people` are the contacts
    to keep in touch with, by name, and `next_talks` the same by who is due first. `recurrences` are
    the conversations that have come back by themselves, the longest waiting first. `week` is None
    but on the last working day of a week in which something came due. `check_ins` are those of the
    next seven days, the earliest first. `tank` is there from a week after the last entry of the
    owner's own tank until three weeks after it.
    """

    date: date
    drafts: tuple[Draft, ...] = ()
    actions: tuple[Action, ...] = ()
    people: tuple[Contact, ...] = ()
    promises: HomePromises = HomePromises()
    next_talks: tuple[Contact, ...] = ()
    forms: tuple[WaitingForm, ...] = ()
    goals: tuple[GoalToReview, ...] = ()
    notes: tuple[WaitingNote, ...] = ()
    week: WeekShare | None = None
    recurrences: tuple[Recurrence, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    tank: TankReminder | None = None
    is_new: bool = False
