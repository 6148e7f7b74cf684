"""Which rows a question is about: pieces of SQL that several questions share.

`ACTION_OUTSIDE_SETS` and `SESSION_OUTSIDE_SETS` say what `rules.disclosure` says of the same rows; a test compares
the two.
"""

from collections.abc import Sequence

HELD_SESSION = "session.status = 'held' AND session.deleted_at IS NULL"
"""Conversations that took place, meetings of sets among them: what figures count."""

LIVE_ACTION = "action.deleted_at IS NULL"
"""Promises that are not hidden with a deleted session."""

OPEN_ACTION = f"action.status = 'open' AND {LIVE_ACTION}"

ACTION_OUTSIDE_SETS = "NOT EXISTS (SELECT 1 FROM set_action WHERE set_action.action_id = action.id)"
"""Promises that may come up with one person, as `disclosure.between_two` returns them."""

SESSION_OUTSIDE_SETS = "NOT EXISTS (SELECT 1 FROM meeting WHERE meeting.session_id = session.id)"
"""Conversations that were not the meeting of a set: what was measured there is the set's."""

SESSIONS_WITH_PERSON = "session LEFT JOIN person ON person.id = session.person_id"
ACTIONS_WITH_PERSON = "action LEFT JOIN person ON person.id = action.person_id"
GOALS_WITH_PERSON = "goal LEFT JOIN person ON person.id = goal.person_id"
"""Rows with whom they are about, who is nobody for what the owner does alone."""


def build_placeholders(values: Sequence[object]) -> str:
    """Return a question mark for each value, with commas between them."""
    return ",".join("?" * len(values))
