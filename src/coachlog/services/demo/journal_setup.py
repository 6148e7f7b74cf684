"""Creates the journal of the demo, with the people and sets that its year begins with."""

from pathlib import Path

from coachlog.dates import Rhythm
from coachlog.model.people import Person, Relationship
from coachlog.model.sets import LearningSet, Member, SetRole
from coachlog.services.demo.story import DemoPerson, DemoSet, DemoStep, read_demo_sets
from coachlog.services.desk import Desk

OWNER_NAME = "Sam Reed"


def create_demo_journal(
    home: Path, zone: str, people: list[DemoPerson], first_step: DemoStep
) -> None:
    """Create the journal of Sam Reed, with all the people and sets in it."""
    from coachlog.store.writing.person_changes import insert_person, update_owner_name

    desk = Desk(home, lambda: first_step.at, zone)
    desk.journal.keeps_undo = False
    desk.journal.daily_backup.is_wanted = False
    with desk.change(create=True) as change:
        update_owner_name(change, OWNER_NAME)
        for person in people:
            insert_person(
                change,
                person.name,
                Relationship(person.relationship),
                person.role,
                person.team,
                Rhythm(person.every_days or None),
            )
    for demo_set in read_demo_sets():
        _add_demo_set(desk, demo_set)


def _add_demo_set(desk: Desk, demo_set: DemoSet) -> None:
    """Add an action learning set of people in the journal, with its ground rules agreed."""
    from coachlog.store.writing.set_changes import insert_set

    with desk.read() as db:
        members = tuple(
            _build_demo_member(
                desk, None if name == "me" else desk.find_person(db, name)
            )
            for name in demo_set.members
        )
    learning_set = LearningSet(
        id=0,
        uid="",
        name=demo_set.name,
        slug="",
        every_days=demo_set.every_days,
        rules_agreed_on=desk.today,
        members=members,
    )
    with desk.change() as change:
        insert_set(change, learning_set)


def _build_demo_member(desk: Desk, person: Person | None) -> Member:
    """Return a person as a member of a set, or the owner for None; ids come with the insert."""
    return Member(
        id=0,
        person=person.id if person else None,
        name=person.name if person else OWNER_NAME,
        slug="",
        role=SetRole.MEMBER,
        joined_on=desk.today,
    )
