"""The values that coachlog works with: people, sessions, promises, goals, notes.

They are named tuples because every command pays for creating these classes: all of them take 3 ms,
whereas frozen dataclasses take 12 ms, as long as Python itself takes to start. Those that few
commands need (templates, records, plans, briefs, histories, figures, sets, shadow reviews, pulses)
are imported from their own modules.
"""

from coachlog.model.actions import Action, ActionStatus, Event, EventKind, Fate, Promise
from coachlog.model.answers import AnswerValue, AskedQuestion, PromptKind
from coachlog.model.goals import Goal, GoalScale, GoalStatus, Rating
from coachlog.model.notes import Note, NoteKind, NoteOutcome, NoteStatus
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
    "NoteStatus",
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
