"""Who else was in a conversation of three, for pages and screens about one of the two."""

from coachlog.model.sessions import Session


def describe_company(session: Session, person_id: int) -> str:
    """Return who else was there besides one person: `with Helen Carr`; '' in a talk of two."""
    if session.set is not None:
        return ""
    names = [person.name for person in session.people if person.id != person_id]
    if not names or len(session.people) < 2:
        return ""
    return f"with {' and '.join(names)}"
