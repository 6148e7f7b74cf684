"""What to know about a person before the next conversation."""

from datetime import date

from coachlog.model.actions import Action
from coachlog.model.goals import Goal
from coachlog.model.measures import MeasureReading
from coachlog.model.notes import Note
from coachlog.model.people import Person
from coachlog.model.sessions import Answer, Session
from coachlog.model.supports import Support
from coachlog.named_tuples import NamedTuple

LATEST_TALKS = 40
"""In so many of the latest talks with someone it is looked up when wellbeing was last offered."""


class AskFirst(NamedTuple):
    """The numbers of the promise and of the goal to ask about first; None for none."""

    action: int | None = None
    goal: int | None = None


class GoalMove(NamedTuple):
    """A goal of the owner's that was rated or closed, and where it stood before."""

    goal: Goal
    before: int | None = None


class OwnMoves(NamedTuple):
    """What moved for the owner after a day: their own goals and measures, and promises done.

    `withheld` counts what is private and left out.
    """

    since: date
    goals: tuple[GoalMove, ...] = ()
    measures: tuple[MeasureReading, ...] = ()
    promises: tuple[Action, ...] = ()
    withheld: int = 0


class PastTalk(NamedTuple):
    """A conversation that was held, and what is quoted of it."""

    session: Session
    answers: tuple[Answer, ...] = ()


class AgreedDay(NamedTuple):
    """A day to come that was the answer to a question, in the conversation of this title."""

    on: date
    question: str
    title: str


class Brief(NamedTuple):
    """What to know about a person before the next talk.

    `cancelled` are the talks cancelled since the last one, oldest first; `withheld` counts the
    private entries left out, and `own_notes` those of them that are the owner's notes to
    themselves. `ask_first` says what has waited longest; it is among the actions and goals, too.
    `last_met` is the last day on which they were spoken to without a conversation. `supports` are
    what the owner gives for their promises, and they for the owner's. With somebody up from the
    owner it is the owner who prepares: `moves` say what moved for them since the last talk. Where
    that was one of three, `last_of_two` is the last of the two alone. The `agreed_days` are those
    to come that were answered in either, the next one first. `wellbeing_offered` is the day of the
    last conversation about their wellbeing: that there was one, and nothing of what came of it. It
    is looked for in the latest talks; `has_older_talks` says that there are others before these.
    """

    person: Person
    last_session: Session | None = None
    answers: tuple[Answer, ...] = ()
    actions: tuple[Action, ...] = ()
    measures: tuple[MeasureReading, ...] = ()
    goals: tuple[Goal, ...] = ()
    notes: tuple[Note, ...] = ()
    withheld: int = 0
    cancelled: tuple[Session, ...] = ()
    own_notes: int = 0
    ask_first: AskFirst = AskFirst()
    last_met: date | None = None
    supports: tuple[Support, ...] = ()
    moves: OwnMoves | None = None
    last_of_two: PastTalk | None = None
    agreed_days: tuple[AgreedDay, ...] = ()
    wellbeing_offered: date | None = None
    has_older_talks: bool = False
