"""The set whose meeting a draft is, with the members whom the draft names."""

from coachlog.interview import keys
from coachlog.model.sessions import Draft
from coachlog.model.sets import LearningSet
from coachlog.store.database import Connection
from coachlog.store.reading import set_queries


def read_draft_set(db: Connection, draft: Draft) -> LearningSet | None:
    """Return the set whose meeting a draft is; None for a draft of any other conversation.

    Members whom the draft already names stay in it, even if they were archived since.
    """
    if draft.set is None:
        return None
    learning_set = set_queries.read_set(db, draft.set.id)
    return learning_set.restore_members(_list_members_in_draft(draft))


def _list_members_in_draft(draft: Draft) -> set[str]:
    """Return the handles of all who are present or present something in a draft."""
    handles: set[str] = set()
    for key, value in draft.steps.items():
        if key == keys.PRESENT and isinstance(value, list):
            handles.update(map(str, value))
        elif isinstance(value, str) and keys.parse_key(key).names_presenter:
            handles.add(value)
    return handles
