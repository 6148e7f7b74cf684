"""Queries of the journal: plain SQL on a read-only connection, returned as model values.

The ones that many commands need can be imported from here. A query of one command is in a module
of its own, which only that command imports.
"""

from coachlog.store.reading.action_queries import (
    read_action,
    read_action_batches,
    read_actions,
    read_next_talk_actions,
    read_open_actions,
)
from coachlog.store.reading.person_queries import (
    find_person,
    read_contacts,
    read_owner_name,
    read_people,
    read_person,
    read_session_handle,
    read_used_template_ids,
    read_usual_template_ids,
)
from coachlog.store.reading.session_queries import (
    count_draft_answers,
    has_more_sessions,
    is_only_held_session,
    read_answers,
    read_answers_by_slot,
    read_draft,
    read_drafts,
    read_same_day_session_ids,
    read_session,
    read_session_batches,
    read_sessions,
)

__all__ = [
    "count_draft_answers",
    "find_person",
    "has_more_sessions",
    "is_only_held_session",
    "read_action",
    "read_action_batches",
    "read_actions",
    "read_answers",
    "read_answers_by_slot",
    "read_contacts",
    "read_draft",
    "read_drafts",
    "read_next_talk_actions",
    "read_open_actions",
    "read_owner_name",
    "read_people",
    "read_person",
    "read_same_day_session_ids",
    "read_session",
    "read_session_batches",
    "read_session_handle",
    "read_sessions",
    "read_used_template_ids",
    "read_usual_template_ids",
]
