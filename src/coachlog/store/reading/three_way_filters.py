"""Conditions in SQL about conversations of three, as `rules.three_way` says; a test compares them.

They are a module of their own, so that to find a person loads no rules.
"""

from coachlog.model.people import Direction
from coachlog.rules.directions import DIRECTIONS

THIRD_PERSON_ID = (
    "(SELECT session_person.person_id FROM session_person "
    "WHERE session_person.session_id = session.id)"
)
"""The SQL of the second of two other people in a conversation; NULL for one of two, or alone."""

PEOPLE_ABOVE = ", ".join(f"'{each.value}'" for each in DIRECTIONS[Direction.UP])
# A list, as an index holds these few: a condition on its columns would need each session's row.
OF_THREE_ABOUT_OWNER = f"""session.id IN (
    SELECT three.id FROM session AS three WHERE three.of_three = 1 AND three.person_id IN (
        SELECT person.id FROM person WHERE person.relationship IN ({PEOPLE_ABOVE})))"""
"""Conversations of three about the owner's own plan, as `rules.three_way.is_owner_plan` says.

What is measured in them is about the owner (`is_measured_person`); a test compares the two.
"""
