"""Short ways to make what tests of the store need: templates, records, journals."""

import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from coachlog.dates import NO_RHYTHM
from coachlog.model.actions import Promise
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.people import Relationship
from coachlog.model.records import SessionRecord
from coachlog.model.reviews import ActionReview
from coachlog.model.sessions import Answer
from coachlog.model.templates import Template, TemplateAudience
from coachlog.store.database import Journal
from coachlog.store.home_lock import LOCK_FILE
from coachlog.store.journal_files import HEAD_FILE, MARKER_FILE
from coachlog.store.transactions import Change
from coachlog.store.writing import draft_changes, session_start_changes

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)  # a Monday
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
FRIDAY = TODAY + timedelta(days=4)

TEMPLATE = Template(
    id="grow",
    title="GROW",
    summary="",
    audience=TemplateAudience.ONE_TO_ONE,
    minutes=40,
    source=None,
    builtin=True,
    stages=(),
    text="title = 'GROW'\n",
)
PRIYA = ("Priya Shah", Relationship.REPORT)

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
from journal import PEOPLE, fill  # noqa: E402

__all__ = ["PEOPLE", "fill"]


def begun(
    new: tuple[str, Relationship] | None = None,
    person: int | None = None,
    on: date = TODAY,
    template: Template = TEMPLATE,
) -> session_start_changes.SessionStart:
    new_person = (*new, NO_RHYTHM) if new else None
    return session_start_changes.SessionStart(
        template, on, "Europe/London", person, new_person
    )


def said(
    prompt: str,
    value: AnswerValue,
    kind: PromptKind = PromptKind.TEXT,
    *,
    private: bool = False,
) -> Answer:
    return Answer(
        "goal", prompt, f"{prompt}?", kind, value, private=private, stage_title="Goal"
    )


def record(
    *answers: Answer,
    on: date = TODAY,
    minutes: int | None = None,
    promises: Sequence[Promise] = (),
    reviews: Sequence[ActionReview] = (),
) -> SessionRecord:
    return SessionRecord(on, minutes, answers, tuple(promises), tuple(reviews))


def hold(
    change: Change,
    *promises: Promise,
    new: tuple[str, Relationship] | None = None,
    person: int | None = None,
    on: date = TODAY,
    minutes: int | None = None,
    answers: Sequence[Answer] = (),
    reviews: Sequence[ActionReview] = (),
    tags: Sequence[str] = (),
) -> int:
    """Return the number of a session held on a day, with what was promised in it."""
    kept = record(*answers, on=on, minutes=minutes, promises=promises, reviews=reviews)
    id, _ = draft_changes.insert_held_session(
        change, begun(new, person, on), kept, tags
    )
    return id


def with_promise(home: Path) -> Journal:
    """Return a new journal in which Priya promised one thing, action 1 of session 1."""
    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        hold(change, Promise("Send the notes", "them", FRIDAY), new=PRIYA)
    return journal


def files(home: Path) -> list[str]:
    """Return every file under a folder but those that each home has beside its journal, sorted."""
    return sorted(
        str((Path(folder) / name).relative_to(home))
        for folder, _, names in os.walk(home)
        for name in names
        if name not in (MARKER_FILE, LOCK_FILE, HEAD_FILE)
    )
