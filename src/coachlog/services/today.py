"""Everything for the screen of the day, read in one go."""

from coachlog.model.today import TodayView
from coachlog.rules import disclosure
from coachlog.services.desk import Desk
from coachlog.services.sessions.form_files import (
    FORM_COMMAND,
    list_unfinished_forms,
    read_form_title,
)


def load_today(desk: Desk, *, private: bool = False) -> TodayView:
    """Return the drafts, open promises and people as of today; without a journal, only forms.

    Without `private`, private promises come without their words.
    """
    is_new = not desk.journal.exists()
    form_paths = list_unfinished_forms(desk.home)
    forms = tuple(f"{FORM_COMMAND} {path.name}" for path in form_paths)
    form_titles = tuple(map(read_form_title, form_paths))
    if is_new:
        return TodayView(desk.today, forms=forms, form_titles=form_titles, is_new=True)
    from coachlog.store import reading
    from coachlog.store.reading import goal_queries

    with desk.read() as db:
        actions = disclosure.veil_everyday_entries(
            reading.read_open_actions(db), private=private
        )
        return TodayView(
            date=desk.today,
            drafts=tuple(reading.read_drafts(db)),
            actions=tuple(actions),
            people=tuple(reading.read_contacts(db, talk_partners_only=True)),
            forms=forms,
            form_titles=form_titles,
            goals_to_review=goal_queries.count_goals_to_review(db, desk.today),
        )
