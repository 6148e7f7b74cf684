"""A person's plan, for the screen and for pages alike."""

from coachlog.model.plans import Plan
from coachlog.services.desk import Desk


def load_plan(desk: Desk, name: str, *, everything: bool, private: bool) -> Plan:
    """Return the plan of the person of this name: what is open or was closed recently.

    `everything` adds what was closed long ago, `private` the private actions and goals. Raises
    NotFound if the name fits nobody, or more than one person, and DamagedJournal if anything in it
    is not as it was written.
    """
    from coachlog.store.reading import person_queries, plan_queries
    from coachlog.store.shown_rows import list_action_sessions, require_sound_entries

    with desk.read() as db:
        person = person_queries.find_person(db, name)
        plan = plan_queries.read_plan(
            db, person, include_closed=everything, private=private
        )
        last_sessions = person_queries.read_last_session_ids(db, person.id, 2)
        require_sound_entries(
            db,
            # What it was agreed in is the last one, and the day of the next may be an answer.
            sessions=last_sessions[:1],
            talks=[*last_sessions, *list_action_sessions(plan.actions)],
            actions=[action.id for action in plan.actions],
            goals=[goal.id for goal in plan.goals],
            contacts=[person.id],
        )
        return plan
