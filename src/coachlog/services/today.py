"""Everything for the home page, read in one go."""

from coachlog.model.today import TodayView, WaitingForm
from coachlog.rules import disclosure, home_page
from coachlog.services.desk import Desk
from coachlog.services.sessions.form_files import (
    FORM_COMMAND,
    list_unfinished_forms,
    read_form_title,
)


def load_today(desk: Desk, *, private: bool = False) -> TodayView:
    """Return what the home page shows, as of today; without a journal, only forms.

    Without `private`, private promises come without their words.
    """
    is_new = not desk.journal.exists()
    forms = tuple(
        WaitingForm(f"{FORM_COMMAND} {path.name}", read_form_title(path))
        for path in list_unfinished_forms(desk.home)
    )
    if is_new:
        return TodayView(desk.today, forms=forms, is_new=True)
    from coachlog.rules.recurrences import pick_due_recurrences
    from coachlog.rules.tank_weeks import find_first_reminded_day, remind_of_tank
    from coachlog.store.reading import (
        action_queries,
        person_queries,
        recurrence_queries,
        session_queries,
        tank_queries,
        today_queries,
    )

    today = desk.today
    with desk.read() as db:
        actions = disclosure.veil_everyday_entries(
            action_queries.read_open_actions(db), private=private
        )
        people = person_queries.read_contacts(db, talk_partners_only=True)
        week = None
        if home_page.is_last_working_day(today):
            monday, sunday = home_page.find_week(today)
            week = today_queries.read_week_share(db, monday, sunday, today)
        return TodayView(
            date=today,
            drafts=tuple(session_queries.read_drafts(db)),
            actions=tuple(actions),
            people=tuple(people),
            promises=home_page.sort_out_promises(actions, today),
            next_talks=tuple(home_page.sort_by_next_talk(people, today)),
            forms=forms,
            goals=tuple(
                goal._replace(
                    title=disclosure.veil_everyday_words(
                        goal.title, private=goal.private and not private
                    )
                )
                for goal in today_queries.read_goals_to_review(db, today)
            ),
            notes=tuple(today_queries.read_waiting_notes(db)),
            check_ins=tuple(today_queries.read_next_check_ins(db, today)),
            week=week,
            recurrences=tuple(
                pick_due_recurrences(
                    recurrence_queries.read_recurrences(db, today), today
                )
            ),
            tank=remind_of_tank(
                tank_queries.read_last_tank_day(db, find_first_reminded_day(today)),
                today,
            ),
        )
