"""Writes the year into a journal: each step through the interview or the change it stands for."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from coachlog import answers, dates
from coachlog.answers import AnswersFile
from coachlog.errors import Interruption
from coachlog.interview import keys
from coachlog.model import Action, Goal, GoalScale, GoalStatus, Person, Rating, Relationship
from coachlog.model.records import ReviewOutcome
from coachlog.model.sets import LearningSet, Member, SetRole
from coachlog.rules import pulse_results
from coachlog.services.demo import story
from coachlog.services.demo.scripted_asker import InterruptedAsker
from coachlog.services.demo.story import DemoPerson, DemoSet, DemoStep
from coachlog.services.desk import Desk
from coachlog.services.sessions import hold, record, start

OWNER_NAME = "Sam Reed"
StepFunction = Callable[["StepWriter", dict[str, Any]], None]


class StepWriter:
    """One step on its way into the journal, at the moment it happened."""

    def __init__(self, home: Path, zone: str, step: DemoStep) -> None:
        self.desk = Desk(home, lambda: step.at, zone)
        self.day = step.at.date()
        self.person = self._find_person(step.person)
        self.set = self._find_set(step.set)

    def _find_person(self, name: str | None) -> Person | None:
        with self.desk.read() as db:
            return self.desk.find_person(db, name)

    def _find_set(self, name: str | None) -> LearningSet | None:
        if name is None:
            return None
        from coachlog.store.reading import set_queries

        with self.desk.read() as db:
            return set_queries.find_set(db, name)

    @property
    def person_id(self) -> int:
        """Return the number of the person; each step but a talk alone has one."""
        assert self.person is not None
        return self.person.id

    def find_action(self, first_words: str) -> int:
        """Return the number of the open promise whose words begin like this."""
        found = [a.id for a in self.list_open_actions() if a.what.startswith(first_words)]
        assert len(found) == 1, f"{self.day}: {len(found)} open promises begin “{first_words}”"
        return found[0]

    def list_open_actions(self) -> list[Action]:
        """Return what is open with the person, or in the set, as it comes back in a talk."""
        with self.desk.read() as db:
            back = hold.collect_open_items(db, self.person and self.person.id, self.set)
        return list(back.promises)

    def find_goal(self, first_words: str) -> int:
        """Return the number of the open goal whose title begins like this."""
        from coachlog.store.reading import goal_queries

        with self.desk.read() as db:
            found = goal_queries.read_goals(db, person_id=self.person_id)
        return next(goal.id for goal in found if goal.title.startswith(first_words))

    def parse_future_day(self, text: str) -> date:
        """Return the day that a date to come means."""
        return dates.parse_future_day(text, self.day)


def create_demo_journal(
    home: Path, zone: str, people: list[DemoPerson], first_step: DemoStep
) -> None:
    """Make the journal of Sam Reed, with everybody in it."""
    from coachlog.store.writing.person_changes import insert_person, update_owner_name

    desk = Desk(home, lambda: first_step.at, zone)
    with desk.change(create=True) as change:
        update_owner_name(change, OWNER_NAME)
        for one in people:
            relationship = Relationship(one.relationship)
            insert_person(
                change, one.name, relationship, one.role, one.team, one.every_days or None
            )
    for circle in story.read_demo_sets():
        _add_demo_set(desk, circle)


def _add_demo_set(desk: Desk, circle: DemoSet) -> None:
    """Make an action learning set of people who are in the journal, its ground rules agreed."""
    from coachlog.store.writing.set_changes import insert_set

    with desk.read() as db:
        people = [None if name == "me" else desk.find_person(db, name) for name in circle.members]
    members = [
        Member(0, who and who.id, who.name if who else OWNER_NAME, "", SetRole.MEMBER, desk.today)
        for who in people
    ]
    made = LearningSet(
        *(0, "", circle.name, "", circle.every_days, desk.today), members=tuple(members)
    )
    with desk.change() as change:
        insert_set(change, made)


def write_demo_step(home: Path, zone: str, step: DemoStep) -> None:
    """Write one step into the journal."""
    _STEP_WRITERS[step.verb](StepWriter(home, zone, step), step.details)


def _record_demo_session(writer: StepWriter, details: dict[str, Any]) -> None:
    file = _build_demo_answers(writer, details, details["hold"])
    record.record_session(writer.desk, file, record.RecordOptions(), "the demo")


def _build_demo_answers(writer: StepWriter, details: dict[str, Any], template: str) -> AnswersFile:
    """Return the answers of a step, read and checked as an answers file is."""
    given = {key: value for key, value in details.items() if "." in key}
    table = {
        "template": template,
        "held_on": writer.day.isoformat(),
        "tags": details.get("tags", []),
        "answers": given,
        "actions": details.get("actions", []),
        "review": _complete_demo_reviews(writer, details.get("review", [])),
        "notes": details.get("notes", []),
        "corrections": _number_demo_corrections(writer, details.get("corrections", [])),
    }
    if writer.person:
        table["person"] = writer.person.slug
    if writer.set:
        table |= {"set": writer.set.slug, "present": details["present"], "slots": details["slots"]}
    if "minutes" in details:
        table["minutes"] = details["minutes"]
    return answers.parse_answers_file(json.dumps(table).encode(), "the demo", is_toml=False)


def _complete_demo_reviews(writer: StepWriter, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what became of every open promise; one of which nothing is said is still open."""
    said = [row | {"action": writer.find_action(row["action"])} for row in rows]
    known = {row["action"] for row in said}
    silent = [a.id for a in writer.list_open_actions() if a.id not in known]
    return said + [{"action": id, "outcome": ReviewOutcome.OPEN} for id in silent]


def _number_demo_corrections(
    writer: StepWriter, rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return what is told wrongly of the promises of the quarter, each named by its first words."""
    from coachlog.store.reading.promises_due_queries import read_promises_due

    if not rows:
        return []
    with writer.desk.read() as db:
        due = read_promises_due(db, writer.day)
    numbers = [[a.id for a in due if a.what.startswith(row["action"])] for row in rows]
    return [row | {"action": id} for row, (id,) in zip(rows, numbers, strict=True)]


def _leave_demo_draft(writer: StepWriter, details: dict[str, Any]) -> None:
    """Begin a conversation at the terminal and be called away from it: a draft is left."""
    assert writer.person is not None
    desk = writer.desk
    given: dict[str, Any] = {key: value for key, value in details.items() if "." in key}
    given |= {
        keys.build_review_key(a.id, "outcome"): ReviewOutcome.OPEN
        for a in writer.list_open_actions()
    }
    visitor = InterruptedAsker(
        given, writer.person.name, OWNER_NAME, details["at"], details["half"]
    )
    beginning = hold.SessionSetup(
        start.find_session_template(desk, details["leave"]), writer.person, OWNER_NAME
    )
    with desk.read() as db:
        back = hold.collect_open_items(db, writer.person_id)
    with suppress(Interruption):
        hold.hold_session(
            Desk(desk.home, desk.clock, desk.zone, lambda: visitor),
            beginning,
            back,
            hold.SessionPresets(),
        )


def _cancel_demo_session(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing import session_changes

    with writer.desk.change() as change:
        session_changes.insert_cancelled_session(
            change,
            writer.person_id,
            cancelled_by=details["cancel"],
            on=writer.day,
            zone=writer.desk.zone,
        )


def _complete_demo_action(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing import action_changes

    id = writer.find_action(details["done"])
    with writer.desk.change() as change:
        action_changes.mark_action_done(change, id, on=writer.day)


def _move_demo_action(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing import action_changes

    id = writer.find_action(details["moved"])
    with writer.desk.change() as change:
        action_changes.move_action_row(
            change, id, writer.parse_future_day(details["due"]), on=writer.day
        )


def _drop_demo_action(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing import action_changes

    id = writer.find_action(details["dropped"])
    with writer.desk.change() as change:
        action_changes.mark_action_dropped(change, id, on=writer.day)


def _remark_demo_action(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing import action_changes

    id = writer.find_action(details["remark"])
    with writer.desk.change() as change:
        action_changes.insert_action_note(change, id, details["words"], on=writer.day)


def _park_demo_note(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing import note_changes

    with writer.desk.change() as change:
        note_changes.insert_note(change, writer.person_id, details["park"], on=writer.day)


def _add_demo_goal(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing.goal_changes import attach_action_to_goal, insert_goal

    levels = tuple(details.get("levels", ()))
    goal = Goal(
        details["goal"],
        why=details.get("why"),
        success=details.get("success"),
        baseline=details["baseline"],
        target=details.get("target"),
        review_on=writer.parse_future_day(details["review_on"]),
        scale=GoalScale.ATTAINMENT if levels else GoalScale.TEN,
        levels=levels,
    )
    serving = [writer.find_action(words) for words in details.get("serving", [])]
    with writer.desk.change() as change:
        id = insert_goal(change, goal, on=writer.day, person_id=writer.person_id)
        for action in serving:
            attach_action_to_goal(change, action, id)


def _rate_demo_goal(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing.goal_changes import insert_rating

    id = writer.find_goal(details["rate"])
    rating = Rating(writer.day, details["value"], details.get("words"))
    with writer.desk.change() as change:
        insert_rating(change, id, rating)


def _close_demo_goal(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing.goal_changes import close_goal_row

    id = writer.find_goal(details["close"])
    with writer.desk.change() as change:
        close_goal_row(change, id, GoalStatus(details["as"]), on=writer.day)


def _change_demo_rhythm(writer: StepWriter, details: dict[str, Any]) -> None:
    """Set how often to talk with someone, or until when not to."""
    from coachlog.store.writing import person_changes

    fields: dict[str, object] = dict(details["change"])
    if "paused_until" in fields:
        fields["paused_until"] = writer.parse_future_day(str(fields["paused_until"]))
    with writer.desk.change() as change:
        person_changes.update_person(
            change, writer.person_id, **{k: v or None for k, v in fields.items()}
        )


def _archive_demo_person(writer: StepWriter, _details: dict[str, Any]) -> None:
    from coachlog.store.writing import person_changes

    with writer.desk.change() as change:
        person_changes.mark_person_archived(change, writer.person_id)


def _add_demo_pulse(writer: StepWriter, details: dict[str, Any]) -> None:
    """Ask the team, and read what each of them ticked, all at once."""
    from coachlog.store.writing import pulse_changes

    slips = [tuple(slip) for slip in details["pulse"]]
    with writer.desk.change() as change:
        key = pulse_changes.insert_pulse(change, pulse_results.USUAL_STATEMENTS, on=writer.day)
        change.db_session.flush()
        pulse_changes.insert_pulse_replies(change, key.pulse, (), slips)


_STEP_WRITERS: dict[str, StepFunction] = {
    "hold": _record_demo_session,
    "leave": _leave_demo_draft,
    "cancel": _cancel_demo_session,
    "done": _complete_demo_action,
    "moved": _move_demo_action,
    "dropped": _drop_demo_action,
    "remark": _remark_demo_action,
    "park": _park_demo_note,
    "goal": _add_demo_goal,
    "rate": _rate_demo_goal,
    "close": _close_demo_goal,
    "change": _change_demo_rhythm,
    "archive": _archive_demo_person,
    "pulse": _add_demo_pulse,
}
