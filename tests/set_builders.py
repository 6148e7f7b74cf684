"""Short ways to make what tests of sets need: a set with its members, meetings with their slots."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from coachlog.model.actions import Promise
from coachlog.model.answers import AskedQuestion, PromptKind
from coachlog.model.people import Relationship
from coachlog.model.records import SessionRecord
from coachlog.model.sessions import Answer
from coachlog.model.sets import LearningSet, MeetingRecord, Member, SetRole, SlotRecord
from coachlog.store.transactions import Change
from coachlog.store.writing import (
    draft_changes,
    session_start_changes,
    set_changes,
)
from coachlog.store.writing.person_changes import insert_person
from store_builders import TEMPLATE, TODAY

JOINED = TODAY - timedelta(days=200)
Asking = tuple[str, str | None] | tuple[str, str | None, str]
"""A question with its tag and, perhaps, who asked it."""


def gather(
    change: Change,
    *names: str | None,
    name: str = "Ward leads",
    role: SetRole = SetRole.MEMBER,
) -> tuple[int, list[int]]:
    """Return the number of a new set and those of its people; a name of None is the owner.

    Those that the journal does not know are added as peers. Their times in the set count from 1 in
    the same order, if it is the first set of the journal.
    """
    people = [
        None if n is None else insert_person(change, n, Relationship.PEER)
        for n in names
    ]
    members = tuple(Member(0, person, "", "", role, JOINED) for person in people)
    set_id = set_changes.insert_set(
        change, LearningSet(0, "", name, "", members=members)
    )
    return set_id, [person or 0 for person in people]


def meet(
    change: Change,
    set_id: int,
    *turns: SlotRecord,
    present: Sequence[int],
    on: date = TODAY,
    minutes: int | None = 90,
    answers: Sequence[Answer] = (),
    promises: Sequence[tuple[int | None, Promise]] = (),
) -> int:
    """Return the number of a meeting that a set held, with who was there and who presented."""
    begun = session_start_changes.SessionStart(
        TEMPLATE, on, "Europe/London", set_id=set_id
    )
    meeting = MeetingRecord(tuple(present), turns, tuple(promises))
    record = SessionRecord(on, minutes, tuple(answers), (), (), meeting=meeting)
    return draft_changes.insert_held_session(change, begun, record)[0]


def said(
    prompt: str, value: str | int, *, kind: PromptKind = PromptKind.TEXT, **fields: Any
) -> Answer:
    """Return an answer to `stage.prompt`, asked as `prompt?`."""
    stage, _, name = prompt.partition(".")
    answer = Answer(
        stage, name, f"{name.capitalize()}?", kind, value, stage_title=stage.title()
    )
    return answer._replace(**fields)


def sure(value: int, measure: str = "confidence", prompt: str = "act.sure") -> Answer:
    """Return an answer on a scale from 1 to 10."""
    return said(prompt, value, kind=PromptKind.SCALE, measure=measure, low=1, high=10)


def questions(
    *asked: Asking, prompt: str = "questions.open", private: bool = False
) -> Answer:
    """Return the questions that were asked in a slot, each with its tag and who asked it."""
    value: list[AskedQuestion] = [
        {"question": words, "by": by[0] if by else None, "tag": tag}
        for words, tag, *by in asked
    ]
    stage, _, name = prompt.partition(".")
    return Answer(
        *(stage, name, "What questions were asked?", PromptKind.QUESTIONS, value),
        private=private,
        stage_title="Open questions",
    )
