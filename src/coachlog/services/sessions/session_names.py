"""How a sentence names a conversation or a draft: a number alone says nothing to anybody."""

from coachlog.model.sessions import Draft, Session, SessionStatus
from coachlog.phrasing.talks import name_talk
from coachlog.text import clean_line


def name_session(session: Session) -> str:
    """Return which conversation it is: `conversation 3, GROW with Priya Shah`."""
    kind = "draft" if session.status is SessionStatus.DRAFT else "conversation"
    is_set = session.set is not None
    talk = _name_held_talk(session.template, session.title, session.with_whom, is_set)
    return f"{kind} {session.id}, {talk}"


def name_draft(draft: Draft) -> str:
    """Return which draft it is: `draft 3, GROW with Priya Shah`."""
    is_set = draft.set is not None
    talk = _name_held_talk(draft.template, draft.title, draft.with_whom, is_set)
    return f"draft {draft.session}, {talk}"


def _name_held_talk(template: str, title: str, with_whom: str, is_set: bool) -> str:
    if is_set and with_whom:
        return f"{clean_line(title)} of {clean_line(with_whom)}"
    return name_talk(template, title, with_whom)
