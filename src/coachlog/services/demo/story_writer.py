"""Writes the year into a journal: each step through the interview or the change it stands for."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from coachlog import answers, dates
from coachlog.answers import AnswersFile
from coachlog.errors import Paused
from coachlog.interview import keys
from coachlog.model import Action, Goal, GoalScale, GoalStatus, Person, Rating, Relationship
from coachlog.model.records import Outcome
from coachlog.model.sets import LearningSet, Member, Role
from coachlog.rules import pulse_results
from coachlog.services.demo import story
from coachlog.services.demo.scripted_asker import Visitor
from coachlog.services.demo.story import Circle, Someone, Step
from coachlog.services.desk import Desk
from coachlog.services.sessions import hold, record, start

ME = "Sam Reed"
Told = Callable[["Teller", dict[str, Any]], None]


class Teller:
    """One step on its way into the journal, at the moment it happened."""

    def __init__(self, home: Path, zone: str, step: Step) -> None:
        self.desk = Desk(home, lambda: step.at, zone)
        self.day = step.at.date()
        self.person = self._person(step.person)
        self.set = self._set(step.set)

    def _person(self, name: str | None) -> Person | None:
        with self.desk.read() as db:
            return self.desk.person(db, name)

    def _set(self, name: str | None) -> LearningSet | None:
        if name is None:
            return None
        from coachlog.store.reading import set_queries

        with self.desk.read() as db:
            return set_queries.find(db, name)

    @property
    def person_id(self) -> int:
        """Return the number of the person; each step but a talk alone has one."""
        assert self.person is not None
        return self.person.id

    def action(self, beginning: str) -> int:
        """Return the number of the open promise whose words begin like this."""
        found = [a.id for a in self.promises() if a.what.startswith(beginning)]
        assert len(found) == 1, f"{self.day}: {len(found)} open promises begin “{beginning}”"
        return found[0]

    def promises(self) -> list[Action]:
        """Return what is open with the person, or in the set, as it comes back in a talk."""
        with self.desk.read() as db:
            back = hold.waiting(db, self.person and self.person.id, self.set)
        return list(back.promises)

    def goal(self, beginning: str) -> int:
        """Return the number of the open goal whose title begins like this."""
        from coachlog.store.reading import goal_queries

        with self.desk.read() as db:
            found = goal_queries.goals(db, person_id=self.person_id)
        return next(goal.id for goal in found if goal.title.startswith(beginning))

    def ahead(self, words: str) -> date:
        """Return the day that a date to come means."""
        return dates.future(words, self.day)


def begin(home: Path, zone: str, people: list[Someone], first: Step) -> None:
    """Make the journal of Sam Reed, with everybody in it."""
    from coachlog.store.writing.person_changes import add_person, name_me

    desk = Desk(home, lambda: first.at, zone)
    with desk.change(create=True) as change:
        name_me(change, ME)
        for one in people:
            relationship = Relationship(one.relationship)
            add_person(change, one.name, relationship, one.role, one.team, one.every_days or None)
    for circle in story.circles():
        _gather(desk, circle)


def _gather(desk: Desk, circle: Circle) -> None:
    """Make an action learning set of people who are in the journal, its ground rules agreed."""
    from coachlog.store.writing.set_changes import add_set

    with desk.read() as db:
        people = [None if name == "me" else desk.person(db, name) for name in circle.members]
    members = [
        Member(0, who and who.id, who.name if who else ME, "", Role.MEMBER, desk.today)
        for who in people
    ]
    made = LearningSet(
        *(0, "", circle.name, "", circle.every_days, desk.today), members=tuple(members)
    )
    with desk.change() as change:
        add_set(change, made)


def tell(home: Path, zone: str, step: Step) -> None:
    """Write one step into the journal."""
    _VERBS[step.verb](Teller(home, zone, step), step.about)


def _hold(teller: Teller, about: dict[str, Any]) -> None:
    file = _answers_file(teller, about, about["hold"])
    record.record(teller.desk, file, record.RecordOptions(), "the demo")


def _answers_file(teller: Teller, about: dict[str, Any], template: str) -> AnswersFile:
    """Return the answers of a step, read and checked as an answers file is."""
    given = {key: value for key, value in about.items() if "." in key}
    table = {
        "template": template,
        "held_on": teller.day.isoformat(),
        "tags": about.get("tags", []),
        "answers": given,
        "actions": about.get("actions", []),
        "review": _reviews(teller, about.get("review", [])),
        "notes": about.get("notes", []),
        "corrections": _corrections(teller, about.get("corrections", [])),
    }
    if teller.person:
        table["person"] = teller.person.slug
    if teller.set:
        table |= {"set": teller.set.slug, "present": about["present"], "slots": about["slots"]}
    if "minutes" in about:
        table["minutes"] = about["minutes"]
    return answers.parse(json.dumps(table).encode(), "the demo", toml=False)


def _reviews(teller: Teller, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what became of every open promise; one of which nothing is said is still open."""
    said = [row | {"action": teller.action(row["action"])} for row in given]
    known = {row["action"] for row in said}
    silent = [a.id for a in teller.promises() if a.id not in known]
    return said + [{"action": id, "outcome": Outcome.OPEN} for id in silent]


def _corrections(teller: Teller, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is told wrongly of the promises of the quarter, each named by its first words."""
    from coachlog.store.reading.promises_due_queries import promises_due

    if not given:
        return []
    with teller.desk.read() as db:
        due = promises_due(db, teller.day)
    numbers = [[a.id for a in due if a.what.startswith(row["action"])] for row in given]
    return [row | {"action": id} for row, (id,) in zip(given, numbers, strict=True)]


def _leave(teller: Teller, about: dict[str, Any]) -> None:
    """Begin a conversation at the terminal and be called away from it: a draft is left."""
    assert teller.person is not None
    desk = teller.desk
    given: dict[str, Any] = {key: value for key, value in about.items() if "." in key}
    given |= {keys.review(a.id, "outcome"): Outcome.OPEN for a in teller.promises()}
    visitor = Visitor(given, teller.person.name, ME, about["at"], about["half"])
    beginning = hold.Beginning(start.template(desk, about["leave"]), teller.person, ME)
    with desk.read() as db:
        back = hold.waiting(db, teller.person_id)
    with suppress(Paused):
        hold.begin(
            Desk(desk.home, desk.clock, desk.zone, lambda: visitor),
            beginning,
            back,
            hold.Beforehand(),
        )


def _cancel(teller: Teller, about: dict[str, Any]) -> None:
    from coachlog.store.writing import session_changes

    with teller.desk.change() as change:
        session_changes.cancel(
            change, teller.person_id, by=about["cancel"], on=teller.day, zone=teller.desk.zone
        )


def _done(teller: Teller, about: dict[str, Any]) -> None:
    from coachlog.store.writing import action_changes

    id = teller.action(about["done"])
    with teller.desk.change() as change:
        action_changes.complete(change, id, on=teller.day)


def _moved(teller: Teller, about: dict[str, Any]) -> None:
    from coachlog.store.writing import action_changes

    id = teller.action(about["moved"])
    with teller.desk.change() as change:
        action_changes.move(change, id, teller.ahead(about["due"]), on=teller.day)


def _dropped(teller: Teller, about: dict[str, Any]) -> None:
    from coachlog.store.writing import action_changes

    id = teller.action(about["dropped"])
    with teller.desk.change() as change:
        action_changes.drop(change, id, on=teller.day)


def _remark(teller: Teller, about: dict[str, Any]) -> None:
    from coachlog.store.writing import action_changes

    id = teller.action(about["remark"])
    with teller.desk.change() as change:
        action_changes.note(change, id, about["words"], on=teller.day)


def _park(teller: Teller, about: dict[str, Any]) -> None:
    from coachlog.store.writing import note_changes

    with teller.desk.change() as change:
        note_changes.park_note(change, teller.person_id, about["park"], on=teller.day)


def _goal(teller: Teller, about: dict[str, Any]) -> None:
    from coachlog.store.writing.goal_changes import add_goal, attach

    levels = tuple(about.get("levels", ()))
    goal = Goal(
        about["goal"],
        why=about.get("why"),
        success=about.get("success"),
        baseline=about["baseline"],
        target=about.get("target"),
        review_on=teller.ahead(about["review_on"]),
        scale=GoalScale.ATTAINMENT if levels else GoalScale.TEN,
        levels=levels,
    )
    serving = [teller.action(words) for words in about.get("serving", [])]
    with teller.desk.change() as change:
        id = add_goal(change, goal, on=teller.day, person_id=teller.person_id)
        for action in serving:
            attach(change, action, id)


def _rate(teller: Teller, about: dict[str, Any]) -> None:
    from coachlog.store.writing.goal_changes import rate

    id = teller.goal(about["rate"])
    rating = Rating(teller.day, about["value"], about.get("words"))
    with teller.desk.change() as change:
        rate(change, id, rating)


def _close(teller: Teller, about: dict[str, Any]) -> None:
    from coachlog.store.writing.goal_changes import close_goal

    id = teller.goal(about["close"])
    with teller.desk.change() as change:
        close_goal(change, id, GoalStatus(about["as"]), on=teller.day)


def _change(teller: Teller, about: dict[str, Any]) -> None:
    """Set how often to talk with someone, or until when not to."""
    from coachlog.store.writing import person_changes

    fields: dict[str, object] = dict(about["change"])
    if "paused_until" in fields:
        fields["paused_until"] = teller.ahead(str(fields["paused_until"]))
    with teller.desk.change() as change:
        person_changes.edit_person(
            change, teller.person_id, **{k: v or None for k, v in fields.items()}
        )


def _archive(teller: Teller, _about: dict[str, Any]) -> None:
    from coachlog.store.writing import person_changes

    with teller.desk.change() as change:
        person_changes.archive_person(change, teller.person_id)


def _pulse(teller: Teller, about: dict[str, Any]) -> None:
    """Ask the team, and read what each of them ticked, all at once."""
    from coachlog.store.writing import pulse_changes

    slips = [tuple(slip) for slip in about["pulse"]]
    with teller.desk.change() as change:
        key = pulse_changes.make_pulse(change, pulse_results.STATEMENTS, on=teller.day)
        change.session.flush()
        pulse_changes.add_replies(change, key.pulse, (), slips)


_VERBS: dict[str, Told] = {
    "hold": _hold,
    "leave": _leave,
    "cancel": _cancel,
    "done": _done,
    "moved": _moved,
    "dropped": _dropped,
    "remark": _remark,
    "park": _park,
    "goal": _goal,
    "rate": _rate,
    "close": _close,
    "change": _change,
    "archive": _archive,
    "pulse": _pulse,
}
