"""In which direction somebody is, seen from the owner of the journal."""

from coachlog.model.people import Direction, Person, Relationship

DIRECTIONS = {
    Direction.TEAM: (
        Relationship.REPORT,
        Relationship.MENTEE,
        Relationship.COACHEE,
    ),
    Direction.ACROSS: (Relationship.PEER,),
    Direction.UP: (
        Relationship.MANAGER,
        Relationship.COACH,
        Relationship.MENTOR,
        Relationship.SUPERVISOR,
    ),
}
"""Which relationships lie in which direction, seen from the owner of the journal."""
_DIRECTIONS = {
    relationship: direction
    for direction, relationships in DIRECTIONS.items()
    for relationship in relationships
}


def find_direction(relationship: Relationship) -> Direction:
    """Return the direction in which people of this relationship are."""
    return _DIRECTIONS[relationship]


def is_above_owner(person: Person) -> bool:
    """Return whether somebody is up from the owner: a manager, coach, mentor or supervisor."""
    return find_direction(person.relationship) is Direction.UP
