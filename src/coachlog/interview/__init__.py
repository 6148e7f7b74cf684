"""Walks a conversation question by question, and checks every answer.

A conversation is a pure sequence: `build_conversation_questions` says which question comes next,
given the answers so far. Going back, resuming a draft and reading an answers file are therefore one
mechanism: the same sequence, with other answers already in it.
"""

from coachlog.interview.changes import (
    ChangeableAnswer,
    change_answer,
    list_changeable_answers,
)
from coachlog.interview.checks import (
    NO_OWNER_WORDS,
    check_answer,
    check_typed_answer,
    resolve_owner_name,
)
from coachlog.interview.conversation import (
    MAX_MINUTES,
    OTHER,
    THIRD,
    Conversation,
    PromiseNames,
    Question,
    Scope,
)
from coachlog.interview.keys import CLOCK_KEY, HELD_ON, MINUTES
from coachlog.interview.promises import (
    DONE_WHEN_QUESTION,
    DUE_HELP,
    KEEP_HELP,
    PROMISE_HELP,
    phrase_sharper_question,
)
from coachlog.interview.reviews import AGREED_DAY, MOVED_QUESTION
from coachlog.interview.scripted import Fault, FileAnswerer, veil_quoted_words
from coachlog.interview.sequence import build_conversation_questions
from coachlog.interview.stages import collect_asked_questions, split_answer_lines
from coachlog.interview.walk import BACK, Answerer, Back, Walk, run_interview

__all__ = [
    "AGREED_DAY",
    "BACK",
    "CLOCK_KEY",
    "DONE_WHEN_QUESTION",
    "DUE_HELP",
    "HELD_ON",
    "KEEP_HELP",
    "MAX_MINUTES",
    "MINUTES",
    "MOVED_QUESTION",
    "NO_OWNER_WORDS",
    "OTHER",
    "PROMISE_HELP",
    "THIRD",
    "Answerer",
    "Back",
    "ChangeableAnswer",
    "Conversation",
    "Fault",
    "FileAnswerer",
    "PromiseNames",
    "Question",
    "Scope",
    "Walk",
    "build_conversation_questions",
    "change_answer",
    "check_answer",
    "check_typed_answer",
    "collect_asked_questions",
    "list_changeable_answers",
    "phrase_sharper_question",
    "resolve_owner_name",
    "run_interview",
    "split_answer_lines",
    "veil_quoted_words",
]
