"""Writes the demo year into a journal, each step as the conversation or the change that it was."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from coachlog import answers
from coachlog.answers import AnswersFile
from coachlog.errors import Interruption
from coachlog.interview import keys
from coachlog.model.goals import Goal, GoalScale, GoalStatus, Rating
from coachlog.model.reviews import ReviewOutcome
from coachlog.rules import pulse_results
from coachlog.services.demo.journal_setup import OWNER_NAME
from coachlog.services.demo.minute_writers import MINUTE_WRITERS
from coachlog.services.demo.scripted_asker import InterruptedAsker
from coachlog.services.demo.step_writer import StepWriter
from coachlog.services.demo.story import DemoStep
from coachlog.services.desk import Desk
from coachlog.services.sessions.hold import hold_session
from coachlog.services.sessions.record import record_session
from coachlog.services.sessions.record_contexts import RecordOptions
from coachlog.services.sessions.session_setup import (
    SessionPresets,
    SessionSetup,
    collect_open_items,
    is_own_tank,
)
from coachlog.services.sessions.start import find_session_template

StepFunction = Callable[[StepWriter, dict[str, Any]], None]


def write_demo_step(home: Path, zone: str, step: DemoStep) -> None:
    """Write one step into the journal."""
    _STEP_WRITERS[step.verb](StepWriter(home, zone, step), step.details)


def _record_demo_session(writer: StepWriter, details: dict[str, Any]) -> None:
    answers_file = _build_demo_answers(writer, details, details["hold"])
    record_session(writer.desk, answers_file, RecordOptions(), "the demo")


def _build_demo_answers(
    writer: StepWriter, details: dict[str, Any], template: str
) -> AnswersFile:
    """Return the answers of a step, parsed and checked as an answers file is."""
    table = {
        "template": template,
        "held_on": writer.day.isoformat(),
        "tags": details.get("tags", []),
        "answers": _pick_prompt_answers(details),
        "actions": details.get("actions", []),
        "review": []
        if is_own_tank(template, writer.person)
        else _complete_demo_reviews(writer, details.get("review", [])),
        "notes": details.get("notes", []),
        "corrections": _number_demo_corrections(writer, details.get("corrections", [])),
    }
    if writer.third:
        table["with"] = [partner.slug for partner in writer.partners]
    elif writer.person:
        table["person"] = writer.person.slug
    if writer.set:
        table["set"] = writer.set.slug
        table["present"] = details["present"]
        table["slots"] = details["slots"]
    if "minutes" in details:
        table["minutes"] = details["minutes"]
    return answers.parse_answers_file(
        json.dumps(table).encode(), "the demo", is_toml=False
    )


def _pick_prompt_answers(details: dict[str, Any]) -> dict[str, Any]:
    """Return the details whose key is that of a prompt: `goal.result`."""
    return {key: value for key, value in details.items() if "." in key}


def _complete_demo_reviews(
    writer: StepWriter, rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return a review of every open promise: still open where the story does not mention it."""
    reviews = [row | {"action": writer.find_action(row["action"])} for row in rows]
    reviewed_ids = {review["action"] for review in reviews}
    for action in writer.list_open_actions():
        if action.id not in reviewed_ids:
            reviews.append({"action": action.id, "outcome": ReviewOutcome.OPEN})
    return reviews


def _number_demo_corrections(
    writer: StepWriter, rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the corrections of promises, with the number of each instead of its first words."""
    from coachlog.store.reading.promises_due_queries import read_promises_due

    if not rows:
        return []
    with writer.desk.read() as db:
        actions = read_promises_due(db, writer.day)
    corrections: list[dict[str, Any]] = []
    for row in rows:
        ids = [action.id for action in actions if action.what.startswith(row["action"])]
        assert len(ids) == 1, (
            f"{writer.day}: {len(ids)} promises begin “{row['action']}”"
        )
        corrections.append(row | {"action": ids[0]})
    return corrections


def _leave_demo_draft(writer: StepWriter, details: dict[str, Any]) -> None:
    """Start a conversation at the terminal and be called away from it: a draft is left."""
    assert writer.person is not None
    desk = writer.desk
    step_answers = _pick_prompt_answers(details)
    for action in writer.list_open_actions():
        step_answers[keys.build_review_key(action.id, "outcome")] = ReviewOutcome.OPEN
    asker = InterruptedAsker(
        step_answers, writer.person.name, OWNER_NAME, details["at"], details["half"]
    )
    interactive_desk = Desk(desk.home, desk.clock, desk.zone, lambda: asker)
    template = find_session_template(desk, details["leave"])
    setup = SessionSetup(template, writer.person, OWNER_NAME)
    with desk.read() as db:
        open_items = collect_open_items(db, writer.person_id)
    with suppress(Interruption):
        hold_session(interactive_desk, setup, open_items, SessionPresets())


def _cancel_demo_session(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing.session_changes import insert_cancelled_session

    with writer.desk.change() as change:
        insert_cancelled_session(
            change,
            writer.person_id,
            cancelled_by=details["cancel"],
            on=writer.day,
            zone=writer.desk.zone,
        )


def _complete_demo_action(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing.action_changes import mark_action_done

    id = writer.find_action(details["done"])
    with writer.desk.change() as change:
        mark_action_done(change, id, on=writer.day)


def _move_demo_action(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing.action_changes import move_action_row

    id = writer.find_action(details["moved"])
    with writer.desk.change() as change:
        move_action_row(
            change, id, writer.parse_future_day(details["due"]), on=writer.day
        )


def _drop_demo_action(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing.action_changes import mark_action_dropped

    id = writer.find_action(details["dropped"])
    with writer.desk.change() as change:
        mark_action_dropped(change, id, on=writer.day)


def _remark_demo_action(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing.action_changes import insert_action_note

    id = writer.find_action(details["remark"])
    with writer.desk.change() as change:
        insert_action_note(change, id, details["words"], on=writer.day)


def _park_demo_note(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing.note_changes import insert_note

    with writer.desk.change() as change:
        insert_note(change, writer.person_id, details["park"], on=writer.day)


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
    action_ids = [writer.find_action(words) for words in details.get("serving", [])]
    with writer.desk.change() as change:
        goal_id = insert_goal(change, goal, on=writer.day, person_id=writer.person_id)
        for action_id in action_ids:
            attach_action_to_goal(change, action_id, goal_id)


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
    """Set how often to talk with someone, or until when to pause."""
    from coachlog.store.writing.person_changes import update_person

    fields: dict[str, object] = dict(details["change"])
    if "paused_until" in fields:
        fields["paused_until"] = writer.parse_future_day(str(fields["paused_until"]))
    # 0 stands for no rhythm, as TOML has no null.
    new_values = {name: value or None for name, value in fields.items()}
    with writer.desk.change() as change:
        update_person(change, writer.person_id, **new_values)


def _archive_demo_person(writer: StepWriter, _details: dict[str, Any]) -> None:
    from coachlog.store.writing.person_changes import mark_person_archived

    with writer.desk.change() as change:
        mark_person_archived(change, writer.person_id)


def _add_demo_pulse(writer: StepWriter, details: dict[str, Any]) -> None:
    """Ask the team two questions and enter all their slips at once."""
    from coachlog.store.writing.pulse_changes import insert_pulse, insert_pulse_replies

    slips = [tuple(slip) for slip in details["pulse"]]
    with writer.desk.change() as change:
        key = insert_pulse(
            change,
            pulse_results.USUAL_STATEMENTS,
            on=writer.day,
            team_size=details["team"],
        )
        insert_pulse_replies(change, key.survey, (), slips)


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
    **MINUTE_WRITERS,
}
