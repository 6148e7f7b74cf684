"""Which rows a question is about: pieces of SQL that several questions share.

They say what `rules.disclosure` says of the same rows; a test compares the two.
"""

OUTSIDE_SETS = "NOT EXISTS (SELECT 1 FROM set_action WHERE set_action.action_id = action.id)"
"""Promises that may come up with one person, as `disclosure.between_two` returns them."""

OF_NO_SET = "NOT EXISTS (SELECT 1 FROM meeting WHERE meeting.session_id = session.id)"
"""Conversations that were not the meeting of a set: what was measured there is the set's."""
