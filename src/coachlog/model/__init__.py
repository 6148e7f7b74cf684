"""What coachlog talks about: templates, people, sessions, promises, plans. No logic, no clock.

Named tuples, because every command pays for making these classes: 3 ms for all of them, where
frozen dataclasses take 12 ms, a bare Python's whole start. Those that few commands need (figures, a
brief, a history, sets, the shadow, the pulse) are imported from their own modules.
"""

from coachlog.model.actions import (
    Action,
    ActionStatus,
    Correction,
    Event,
    EventKind,
    Fate,
    Outcome,
    Promise,
    Review,
)
from coachlog.model.goals import Goal, GoalScale, GoalStatus, Rating
from coachlog.model.notes import Note, NoteKind, NoteOutcome
from coachlog.model.people import Contact, Person, Relationship
from coachlog.model.plans import Plan
from coachlog.model.references import MemberRef, PersonRef, SetRef
from coachlog.model.sessions import Answer, Draft, Record, Session, SessionStatus
from coachlog.model.templates import Asked, Audience, Kind, Prompt, Stage, Template, Value, When

__all__ = [
    "Action",
    "ActionStatus",
    "Answer",
    "Asked",
    "Audience",
    "Contact",
    "Correction",
    "Draft",
    "Event",
    "EventKind",
    "Fate",
    "Goal",
    "GoalScale",
    "GoalStatus",
    "Kind",
    "MemberRef",
    "Note",
    "NoteKind",
    "NoteOutcome",
    "Outcome",
    "Person",
    "PersonRef",
    "Plan",
    "Promise",
    "Prompt",
    "Rating",
    "Record",
    "Relationship",
    "Review",
    "Session",
    "SessionStatus",
    "SetRef",
    "Stage",
    "Template",
    "Value",
    "When",
]
