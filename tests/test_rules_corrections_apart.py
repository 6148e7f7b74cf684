"""What the owner corrected is in no promise that is handed over, wherever that promise is."""

from datetime import UTC, date, datetime

from coachlog.model.actions import Action, Event, EventKind, Fate
from coachlog.model.people import Person, Relationship
from coachlog.model.plans import Plan
from coachlog.rules.corrections_apart import leave_out_corrections

AT, DAY = datetime(2026, 11, 23, 9, tzinfo=UTC), date(2026, 11, 23)
NOTED = Event(AT, DAY, EventKind.NOTED, note="Half")
CORRECTED = Event(AT, DAY, EventKind.CORRECTED, note="I was late", fate=Fate.LATE)


def test_corrections_stay_with_their_owner() -> None:
    person = Person(1, "u", "Priya Shah", "priya", Relationship.REPORT)
    action = Action(1, "u", None, None, "Ask", "me", events=(NOTED, CORRECTED))
    plan = Plan(person, "Tom", None, None, (action,))
    (kept,) = leave_out_corrections(plan).actions
    assert kept == action._replace(events=(NOTED,))
    assert leave_out_corrections([(action,)]) == [(kept,)]
    assert leave_out_corrections(plan).person == person
