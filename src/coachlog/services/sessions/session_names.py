"""How a sentence names a conversation or a draft: a number alone says nothing to anybody."""

from coachlog.model import Draft, Session, SessionStatus
from coachlog.text import clean_line


def name_session(session: Session) -> str:
    """Return which conversation it is: `conversation 3, GROW with Priya Shah`."""
    kind = "draft" if session.status is SessionStatus.DRAFT else "conversation"
    lead = f"{kind} {session.id}, {clean_line(session.title)}"
    return _add_partner(lead, session.with_whom, is_set=session.set is not None)


def name_draft(draft: Draft) -> str:
    """Return which draft it is: `draft 3, GROW with Priya Shah`."""
    lead = f"draft {draft.session}, {clean_line(draft.title)}"
    return _add_partner(lead, draft.with_whom, is_set=draft.set is not None)


def _add_partner(lead: str, with_whom: str, *, is_set: bool) -> str:
    if not with_whom:
        return lead
    preposition = "of" if is_set else "with"
    return f"{lead} {preposition} {clean_line(with_whom)}"
