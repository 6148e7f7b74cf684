"""Conditions in SQL about conversations of three, as `rules.three_way` says; a test compares them.

They are a module of their own, so that to find a person loads no rules.
"""

from coachlog.model.people import Direction
from coachlog.rules.directions import DIRECTIONS

PEOPLE_ABOVE = ", ".join(f"'{each.value}'" for each in DIRECTIONS[Direction.UP])
OF_THREE_ABOUT_OWNER = f"""(session.of_three IS 1 AND (
    SELECT first.relationship FROM person AS first WHERE first.id = session.person_id
    ) IN ({PEOPLE_ABOVE}))"""
"""Conversations of three about the owner's own plan, as `rules.three_way.is_owner_plan` says.

What is measured in them is about the owner (`is_measured_person`); a test compares the two.
"""
