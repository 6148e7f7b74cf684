"""A person's plan, for the screen and for pages alike."""

from coachlog.model.plans import Plan
from coachlog.services.desk import Desk


def load_plan(desk: Desk, name: str, *, everything: bool, private: bool) -> Plan:
    """Return the plan of the person of this name: what is open or was closed recently.

    `everything` adds what was closed long ago, `private` the private actions and goals. Raises
    NotFound if the name fits nobody, or more than one person.
    """
    from coachlog.store.reading import person_queries, plan_queries
    from coachlog.store.shown_rows import require_sound_entries, require_sound_promises

    with desk.read() as db:
        person = person_queries.find_person(db, name)
        plan = plan_queries.read_plan(
            db, person, include_closed=everything, private=private
        )
        require_sound_promises(db, plan.actions)
        require_sound_entries(
            db, goals=[goal.id for goal in plan.goals], people=[person.id]
        )
        return plan
