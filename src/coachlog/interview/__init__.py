"""Walks a conversation question by question, and checks every answer.

A conversation is a pure sequence: `questions` says which question comes next, given the answers so
far. Going back, resuming a draft and reading an answers file are therefore one mechanism: the same
sequence, with other answers already in it.
"""

from coachlog.interview.checks import check, owner, typed
from coachlog.interview.conversation import (
    MAX_MINUTES,
    ME,
    OTHER,
    THEM,
    Conversation,
    Question,
    Scope,
)
from coachlog.interview.keys import HELD_ON, MINUTES, TAKEN
from coachlog.interview.promises import DONE_WHEN, DUE_HELP, KEEP_HELP, sharper
from coachlog.interview.scripted import Fault, Scripted
from coachlog.interview.sequence import questions
from coachlog.interview.stages import asked, lines_of
from coachlog.interview.walk import BACK, Answerer, Back, Walk, hold

__all__ = [
    "BACK",
    "DONE_WHEN",
    "DUE_HELP",
    "HELD_ON",
    "KEEP_HELP",
    "MAX_MINUTES",
    "ME",
    "MINUTES",
    "OTHER",
    "TAKEN",
    "THEM",
    "Answerer",
    "Back",
    "Conversation",
    "Fault",
    "Question",
    "Scope",
    "Scripted",
    "Walk",
    "asked",
    "check",
    "hold",
    "lines_of",
    "owner",
    "questions",
    "sharper",
    "typed",
]
