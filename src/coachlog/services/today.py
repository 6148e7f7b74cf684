"""What today asks for, read in one go."""

from coachlog.model.today import Today
from coachlog.rules import disclosure
from coachlog.services.desk import Desk
from coachlog.services.sessions.form_files import FORM_NEXT, waiting


def today(desk: Desk) -> Today:
    """Return drafts, open promises and people as of today; without a journal only the forms."""
    forms = tuple(f"{FORM_NEXT} {path.name}" for path in waiting(desk.home))
    if not desk.journal.exists():
        return Today(desk.today, forms=forms, is_new=True)
    from coachlog.store import reading
    from coachlog.store.reading import goal_queries

    with desk.read() as db:
        return Today(
            date=desk.today,
            drafts=tuple(reading.drafts(db)),
            actions=tuple(disclosure.everyday(reading.open_actions(db))),
            people=tuple(reading.contacts(db, to_talk=True)),
            forms=forms,
            goals_to_review=goal_queries.to_review(db, desk.today),
        )
