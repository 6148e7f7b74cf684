"""Every question to the journal, as plain SQL on a read-only connection; model values come back.

What is asked by one command alone lies in a module of its own, imported by that command.
"""

from coachlog.store.reading.action_queries import action, actions, open_actions, promises_with
from coachlog.store.reading.person_queries import (
    contacts,
    handle,
    matching,
    me,
    parked_notes,
    people,
    person,
    person_by_id,
    used_templates,
)
from coachlog.store.reading.session_queries import (
    answers,
    answers_by_slot,
    draft,
    drafts,
    session,
    sessions,
    step_count,
)

__all__ = [
    "action",
    "actions",
    "answers",
    "answers_by_slot",
    "contacts",
    "draft",
    "drafts",
    "handle",
    "matching",
    "me",
    "open_actions",
    "parked_notes",
    "people",
    "person",
    "person_by_id",
    "promises_with",
    "session",
    "sessions",
    "step_count",
    "used_templates",
]
