"""One step of the demo year on its way into the journal, at the moment at which it happened."""

from datetime import date
from pathlib import Path

from coachlog.dates import parsing
from coachlog.model.actions import Action
from coachlog.model.people import Person
from coachlog.model.sets import LearningSet, Member
from coachlog.services.demo.story import DemoStep
from coachlog.services.desk import Desk
from coachlog.services.sessions.session_setup import collect_open_items


class StepWriter:
    """One step on its way into the journal, at the moment it happened."""

    def __init__(self, home: Path, zone: str, step: DemoStep) -> None:
        self.desk = Desk(home, lambda: step.at, zone)
        # The year is a story, and nobody's commands; its days are not those of the clock.
        self.desk.journal.keeps_undo = False
        self.desk.journal.daily_backup.is_wanted = False
        self.day = step.at.date()
        self.person = self._find_person(step.person)
        self.third = self._find_person(step.details.get("with"))
        self.set = self._find_set(step.set)

    def _find_person(self, name: str | None) -> Person | None:
        with self.desk.read() as db:
            return self.desk.find_person(db, name)

    def _find_set(self, name: str | None) -> LearningSet | None:
        if name is None:
            return None
        from coachlog.store.reading.set_queries import find_set

        with self.desk.read() as db:
            return find_set(db, name)

    @property
    def person_id(self) -> int:
        """Return the number of the person; only for a step that is about one."""
        assert self.person is not None
        return self.person.id

    @property
    def set_id(self) -> int:
        """Return the number of the set; only for a step in one."""
        assert self.set is not None
        return self.set.id

    @property
    def partners(self) -> list[Person]:
        """Return who else was there: one other person, or two."""
        return [person for person in (self.person, self.third) if person is not None]

    def find_action(self, first_words: str) -> int:
        """Return the number of the open promise whose words begin like this."""
        ids = [a.id for a in self.list_open_actions() if a.what.startswith(first_words)]
        assert len(ids) == 1, (
            f"{self.day}: {len(ids)} open promises begin “{first_words}”"
        )
        return ids[0]

    def find_member(self, name: str) -> Member:
        """Return a member of the set; only for a step in one. `me` is the owner."""
        assert self.set is not None
        person = self._find_person(None if name == "me" else name)
        person_id = person.id if person else None
        return next(one for one in self.set.members if one.person == person_id)

    def list_open_actions(self) -> list[Action]:
        """Return the open promises that come back with this person, or in this set."""
        person_id = self.person.id if self.person else None
        with self.desk.read() as db:
            return list(collect_open_items(db, person_id, self.set).promises)

    def find_goal(self, first_words: str) -> int:
        """Return the number of the open goal whose title begins like this."""
        from coachlog.store.reading.goal_queries import read_goals

        with self.desk.read() as db:
            goals = read_goals(db, person_id=self.person_id)
        return next(goal.id for goal in goals if goal.title.startswith(first_words))

    def parse_future_day(self, text: str) -> date:
        """Return the day that a date to come means, counted from the day of the step."""
        return parsing.parse_future_day(text, self.day)
