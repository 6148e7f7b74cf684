"""What coachlog talks about: people, sessions, promises, goals, notes. No logic, no clock.

Named tuples, because every command pays for making these classes: 3 ms for all of them, where
frozen dataclasses take 12 ms, a bare Python's whole start. Those that few commands need
(templates, a record about to be kept, a plan, a brief, a history, figures, sets, the shadow, the
pulse) are imported from their own modules.
"""

from coachlog.model.actions import Action, ActionStatus, Event, EventKind, Fate, Promise
from coachlog.model.answers import AnswerValue, AskedQuestion, PromptKind
from coachlog.model.goals import Goal, GoalScale, GoalStatus, Rating
from coachlog.model.notes import Note, NoteKind, NoteOutcome
from coachlog.model.people import Contact, Person, Relationship
from coachlog.model.references import MemberRef, PersonRef, SetRef
from coachlog.model.sessions import Answer, Draft, Session, SessionStatus

__all__ = [
    "Action",
    "ActionStatus",
    "Answer",
    "AnswerValue",
    "AskedQuestion",
    "Contact",
    "Draft",
    "Event",
    "EventKind",
    "Fate",
    "Goal",
    "GoalScale",
    "GoalStatus",
    "MemberRef",
    "Note",
    "NoteKind",
    "NoteOutcome",
    "Person",
    "PersonRef",
    "Promise",
    "PromptKind",
    "Rating",
    "Relationship",
    "Session",
    "SessionStatus",
    "SetRef",
]
