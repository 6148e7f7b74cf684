"""Promises outside a conversation: listed, added, closed, moved, changed and noted.

Each function imports what it alone needs: marking one as done reads nothing, and starts sooner.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.errors import InvalidInput, Refusal
from coachlog.model import Action, Person, Promise
from coachlog.services.desk import Desk
from coachlog.services.inputs import build_missing_error, read_option_text
from coachlog.services.results import Result
from coachlog.text import fold_text, shorten_text

if TYPE_CHECKING:
    from coachlog.services.promise_options import PromiseOptions


def list_actions(
    desk: Desk,
    *,
    name: str | None = None,
    owner: str | None = None,
    overdue: bool = False,
    due_before: date | None = None,
    include_closed: bool = False,
) -> list[Action]:
    """Return open promises, the one due first at the top; with `closed`, those that ended as well.

    `NotFound` if `person` is nobody's name; `Invalid` for an `owner` without letters.
    """
    from coachlog import rules
    from coachlog.rules import disclosure
    from coachlog.store import reading

    with desk.read() as db:
        who = desk.find_person(db, name)
        look = reading.read_actions if include_closed else reading.read_open_actions
        actions = look(db, person_id=who.id if who else None)
        me = reading.read_owner_name(db) if owner else None
    if owner is not None:
        actions = _filter_by_owner(actions, owner, me)
    if overdue:
        actions = [action for action in actions if rules.is_overdue(action, desk.today)]
    if due_before is not None:
        actions = [action for action in actions if action.due and action.due < due_before]
    return disclosure.veil_everyday_entries(actions)


def _filter_by_owner(actions: Sequence[Action], owner: str, me: str | None) -> list[Action]:
    """Return the actions of me, of them, or of somebody whose name begins as typed."""
    typed = fold_text(owner)
    if not typed:
        raise InvalidInput("Whose actions?", "--owner me, --owner them or a name.")
    if typed in ("me", "them"):
        return [action for action in actions if action.owner == typed]
    if me and typed == fold_text(me):
        return [action for action in actions if action.owner == "me"]
    return [action for action in actions if fold_text(_describe_owner(action)).startswith(typed)]


def _describe_owner(action: Action) -> str:
    """Return the name of who owns an action: of the plan's person, or as it was typed."""
    if action.owner != "them":
        return action.owner
    return action.person.name if action.person else ""


def load_action(desk: Desk, id: int) -> Action:
    """Return one action with all that happened to it; `NotFound` if there is none."""
    from coachlog.store import reading

    with desk.read() as db:
        return reading.read_action(db, id)


def add_action(desk: Desk, name: str | None, options: "PromiseOptions") -> Result:
    """Add a promise to someone's plan, or to the owner's own; what is missing is asked.

    `Refused` for a goal that is closed or stands in another plan.
    """
    from coachlog.services import promise_options

    who = _find_plan_person(desk, name, options.goal)
    promise = promise_options.build_promise_from_options(desk, who, options)
    from coachlog.store.writing import action_changes, goal_changes

    person_id = who.id if who else None
    with desk.change(create=who is None) as change:
        id = action_changes.insert_action(change, promise, on=desk.today, person_id=person_id)
        if options.goal:
            goal_changes.attach_action_to_goal(change, id, options.goal)
    return Result(
        f"Added action {id}: {_describe_new_promise(promise)} Next: coachlog action show {id}"
    )


def _find_plan_person(desk: Desk, name: str | None, goal_id: int | None) -> Person | None:
    """Return in whose plan an action stands: the person named, or else that of its goal.

    `Refused` for a goal that cannot own it: before anything is asked, so that no word is lost.
    """
    mine = name is None or fold_text(name) == "me"
    if not goal_id:
        if mine:
            return None
        with desk.read() as db:
            return desk.find_person(db, name)
    from coachlog.store import reading
    from coachlog.store.reading import goal_queries

    with desk.read() as db:
        goal = goal_queries.read_goal(db, goal_id)
        if name is None:
            who = reading.read_person(db, goal.person.id) if goal.person else None
        else:
            who = None if mine else desk.find_person(db, name)
    if goal.closed_on:
        reopen = f"To open it again: coachlog goal reopen {goal_id}"
        raise Refusal(f"Goal {goal_id} is {goal.status.value} already.", reopen)
    if (goal.person and goal.person.id) != (who.id if who else None):
        whose = f"{goal.person.name}'s" if goal.person else "your own"
        raise Refusal(f"Goal {goal_id} is {whose}; its actions stand in that plan.")
    return who


def _describe_new_promise(promise: Promise) -> str:
    by = f", by {dates.format_long_day(promise.due)}" if promise.due else ", no date"
    return f"{shorten_text(promise.what, 60)}{by}."


def complete_actions(desk: Desk, ids: Iterable[int], *, on: date) -> Result:
    """Mark promises as done on that day: all of them, or none if one cannot be."""
    from coachlog.store.writing import action_changes

    with desk.change() as change:
        words = {
            id: action_changes.mark_action_done(change, id, on=on) for id in dict.fromkeys(ids)
        }
    return _report_actions("Done", words, "Open again: coachlog action reopen")


def drop_actions(desk: Desk, ids: Iterable[int], *, on: date) -> Result:
    """Drop promises by agreement on that day: all of them, or none if one cannot be."""
    from coachlog.store.writing import action_changes

    with desk.change() as change:
        words = {
            id: action_changes.mark_action_dropped(change, id, on=on) for id in dict.fromkeys(ids)
        }
    return _report_actions("Dropped", words, "Open again: coachlog action reopen")


def reopen_actions(desk: Desk, ids: Iterable[int]) -> Result:
    """Open closed promises again: all of them, or none if one is open."""
    from coachlog.store.writing import action_changes

    with desk.change() as change:
        words = {
            id: action_changes.reopen_action_row(change, id, on=desk.today)
            for id in dict.fromkeys(ids)
        }
    return _report_actions("Open again", words, "Look: coachlog action show")


def move_actions(desk: Desk, ids: Iterable[int], new_date: str | None, *, on: date) -> Result:
    """Agree a new date on that day, asked if it is missing; a date gone by is remarked upon."""
    due = dates.parse_future_day(_ask_new_date(desk) if new_date is None else new_date, desk.today)
    from coachlog.store.writing import action_changes

    with desk.change() as change:
        words = {
            id: action_changes.move_action_row(change, id, due, on=on) for id in dict.fromkeys(ids)
        }
    remark = f"{dates.format_long_day(due)} is gone by, so it is overdue at once. Is that the day?"
    result = _report_actions(
        f"Moved to {dates.format_long_day(due)}", words, "Look: coachlog action show"
    )
    return result._replace(remarks=(remark,)) if due < desk.today else result


def _ask_new_date(desk: Desk) -> str:
    if not desk.interactive:
        raise build_missing_error("The new date", "--to DATE")
    return desk.asker.ask_words("Moved to when?", "fri, +2w, 12 May")


def edit_action(desk: Desk, id: int, options: "PromiseOptions") -> Result:
    """Change the words, owner, details or goal of a promise; without options, each is asked.

    `Refused` if that is what it says already; `Invalid` if it would be left without words.
    """
    from coachlog.services import promise_options

    action = load_action(desk, id)
    fields = promise_options.collect_action_changes(desk, action, options)
    if "what" in fields and not fields["what"]:
        raise InvalidInput("A promise needs words.")
    if all(getattr(action, name) == value for name, value in fields.items()):
        raise Refusal("That is what it says already. Nothing was changed.")
    words = _veil_action_words(action, fields)
    from coachlog.store.writing import action_changes, goal_changes

    with desk.change() as change:
        if fields.pop("goal", action.goal) != action.goal:
            goal_changes.update_action_goal(change, id, options.goal or None, on=desk.today)
        action_changes.update_action(change, id, on=desk.today, **fields)
    return _report_actions("Changed", {id: words}, "Look: coachlog action show")


def _veil_action_words(action: Action, fields: Mapping[str, object]) -> str:
    """Return the words of an action that is to be changed, as the line about it may say them."""
    from coachlog.rules import disclosure

    words = str(fields.get("what", action.what))
    private = bool(fields.get("private", action.private))
    return disclosure.veil_everyday_words(words, private=private)


def add_progress_note(desk: Desk, id: int, text: str | None) -> Result:
    """Add a progress note to a promise, asked if it is missing; `-` reads standard input."""
    from coachlog.rules import disclosure

    (action,) = disclosure.veil_everyday_entries([load_action(desk, id)])
    words = (
        read_option_text(text, one_line=False)
        if text is not None
        else _ask_progress_note(desk, action)
    )
    if not words:
        raise InvalidInput("The note is empty. Nothing was changed.")
    from coachlog.store.writing import action_changes

    with desk.change() as change:
        action_changes.insert_action_note(change, id, words, on=desk.today)
    return _report_actions("Noted", {id: action.what}, "Look: coachlog action show")


def _ask_progress_note(desk: Desk, action: Action) -> str:
    if not desk.interactive:
        raise build_missing_error("The note", "--text TEXT, or --text - for standard input")
    return desk.asker.ask_words(f"How is it going with “{shorten_text(action.what, 60)}”?")


def _report_actions(outcome: str, words_by_id: Mapping[int, str], next_step: str) -> Result:
    """Return what happened to the actions with these words, and what to type about the last one."""
    listed = "; ".join(f"{id} {shorten_text(text, 50)}" for id, text in words_by_id.items())
    return Result(f"{outcome}: {listed}. {next_step} {list(words_by_id)[-1]}")
