"""Promises outside a conversation: listed, added, closed, moved, changed and noted.

Each function imports what it alone needs: marking one as done reads nothing, and starts sooner.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.errors import Invalid, Refused
from coachlog.model import Action, Person, Promise
from coachlog.services.desk import Desk
from coachlog.services.inputs import missing, option_text
from coachlog.services.results import Result
from coachlog.text import fold, short

if TYPE_CHECKING:
    from coachlog.services.promise_options import PromiseOptions


def list_actions(
    desk: Desk,
    *,
    person: str | None = None,
    owner: str | None = None,
    overdue: bool = False,
    due_before: date | None = None,
    closed: bool = False,
) -> list[Action]:
    """Return open promises, the one due first at the top; with `closed`, those that ended as well.

    `NotFound` if `person` is nobody's name; `Invalid` for an `owner` without letters.
    """
    from coachlog import rules
    from coachlog.rules import disclosure
    from coachlog.store import reading

    with desk.read() as db:
        who = desk.person(db, person)
        look = reading.actions if closed else reading.open_actions
        actions = look(db, person_id=who.id if who else None)
        me = reading.me(db) if owner else None
    if owner is not None:
        actions = _owned_by(actions, owner, me)
    if overdue:
        actions = [action for action in actions if rules.overdue(action, desk.today)]
    if due_before is not None:
        actions = [action for action in actions if action.due and action.due < due_before]
    return disclosure.everyday(actions)


def _owned_by(actions: Sequence[Action], owner: str, me: str | None) -> list[Action]:
    """Return the actions of me, of them, or of somebody whose name begins as typed."""
    typed = fold(owner)
    if not typed:
        raise Invalid("Whose actions?", "--owner me, --owner them or a name.")
    if typed in ("me", "them"):
        return [action for action in actions if action.owner == typed]
    if me and typed == fold(me):
        return [action for action in actions if action.owner == "me"]
    return [action for action in actions if fold(_owner_in_words(action)).startswith(typed)]


def _owner_in_words(action: Action) -> str:
    """Return the name of who owns an action: of the plan's person, or as it was typed."""
    if action.owner != "them":
        return action.owner
    return action.person.name if action.person else ""


def get(desk: Desk, id: int) -> Action:
    """Return one action with all that happened to it; `NotFound` if there is none."""
    from coachlog.store import reading

    with desk.read() as db:
        return reading.action(db, id)


def add(desk: Desk, name: str | None, options: "PromiseOptions") -> Result:
    """Add a promise to someone's plan, or to the owner's own; what is missing is asked.

    `Refused` for a goal that is closed or stands in another plan.
    """
    from coachlog.services import promise_options

    who = _plan_of(desk, name, options.goal)
    promise = promise_options.new_promise(desk, who, options)
    from coachlog.store.writing import action_changes, goal_changes

    person_id = who.id if who else None
    with desk.change(create=who is None) as change:
        id = action_changes.add_action(change, promise, on=desk.today, person_id=person_id)
        if options.goal:
            goal_changes.attach(change, id, options.goal)
    return Result(f"Added action {id}: {_in_words(promise)} Next: coachlog action show {id}")


def _plan_of(desk: Desk, name: str | None, goal_id: int | None) -> Person | None:
    """Return in whose plan an action stands: the person named, or else that of its goal.

    `Refused` for a goal that cannot own it: before anything is asked, so that no word is lost.
    """
    mine = name is None or fold(name) == "me"
    if not goal_id:
        if mine:
            return None
        with desk.read() as db:
            return desk.person(db, name)
    from coachlog.store import reading
    from coachlog.store.reading import goal_queries

    with desk.read() as db:
        goal = goal_queries.goal(db, goal_id)
        if name is None:
            who = reading.person_by_id(db, goal.person.id) if goal.person else None
        else:
            who = None if mine else desk.person(db, name)
    if goal.closed_on:
        reopen = f"To open it again: coachlog goal reopen {goal_id}"
        raise Refused(f"Goal {goal_id} is {goal.status.value} already.", reopen)
    if (goal.person and goal.person.id) != (who.id if who else None):
        whose = f"{goal.person.name}'s" if goal.person else "your own"
        raise Refused(f"Goal {goal_id} is {whose}; its actions stand in that plan.")
    return who


def _in_words(promise: Promise) -> str:
    by = f", by {dates.long(promise.due)}" if promise.due else ", no date"
    return f"{short(promise.what, 60)}{by}."


def complete(desk: Desk, ids: Iterable[int], *, on: date) -> Result:
    """Mark promises as done on that day: all of them, or none if one cannot be."""
    from coachlog.store.writing import action_changes

    with desk.change() as change:
        words = {id: action_changes.complete(change, id, on=on) for id in dict.fromkeys(ids)}
    return _changed("Done", words, "Open again: coachlog action reopen")


def drop(desk: Desk, ids: Iterable[int], *, on: date) -> Result:
    """Drop promises by agreement on that day: all of them, or none if one cannot be."""
    from coachlog.store.writing import action_changes

    with desk.change() as change:
        words = {id: action_changes.drop(change, id, on=on) for id in dict.fromkeys(ids)}
    return _changed("Dropped", words, "Open again: coachlog action reopen")


def reopen(desk: Desk, ids: Iterable[int]) -> Result:
    """Open closed promises again: all of them, or none if one is open."""
    from coachlog.store.writing import action_changes

    with desk.change() as change:
        words = {id: action_changes.reopen(change, id, on=desk.today) for id in dict.fromkeys(ids)}
    return _changed("Open again", words, "Look: coachlog action show")


def move(desk: Desk, ids: Iterable[int], to: str | None, *, on: date) -> Result:
    """Agree a new date on that day, asked if it is missing; a date gone by is remarked upon."""
    due = dates.future(_new_date(desk) if to is None else to, desk.today)
    from coachlog.store.writing import action_changes

    with desk.change() as change:
        words = {id: action_changes.move(change, id, due, on=on) for id in dict.fromkeys(ids)}
    remark = f"{dates.long(due)} is gone by, so it is overdue at once. Is that the day?"
    result = _changed(f"Moved to {dates.long(due)}", words, "Look: coachlog action show")
    return result._replace(remarks=(remark,)) if due < desk.today else result


def _new_date(desk: Desk) -> str:
    if not desk.interactive:
        raise missing("The new date", "--to DATE")
    return desk.asker.words("Moved to when?", "fri, +2w, 12 May")


def edit(desk: Desk, id: int, options: "PromiseOptions") -> Result:
    """Change the words, owner, details or goal of a promise; without options, each is asked.

    `Refused` if that is what it says already; `Invalid` if it would be left without words.
    """
    from coachlog.services import promise_options

    action = get(desk, id)
    fields = promise_options.changes(desk, action, options)
    if "what" in fields and not fields["what"]:
        raise Invalid("A promise needs words.")
    if all(getattr(action, name) == value for name, value in fields.items()):
        raise Refused("That is what it says already. Nothing was changed.")
    words = _everyday_words(action, fields)
    from coachlog.store.writing import action_changes, goal_changes

    with desk.change() as change:
        if fields.pop("goal", action.goal) != action.goal:
            goal_changes.serve(change, id, options.goal or None, on=desk.today)
        action_changes.edit_action(change, id, on=desk.today, **fields)
    return _changed("Changed", {id: words}, "Look: coachlog action show")


def _everyday_words(action: Action, fields: Mapping[str, object]) -> str:
    """Return the words of an action that is to be changed, as the line about it may say them."""
    from coachlog.rules import disclosure

    words = str(fields.get("what", action.what))
    private = bool(fields.get("private", action.private))
    return disclosure.everyday_words(words, private=private)


def note(desk: Desk, id: int, text: str | None) -> Result:
    """Add a progress note to a promise, asked if it is missing; `-` reads standard input."""
    from coachlog.rules import disclosure

    (action,) = disclosure.everyday([get(desk, id)])
    words = option_text(text, one_line=False) if text is not None else _note(desk, action)
    if not words:
        raise Invalid("The note is empty. Nothing was changed.")
    from coachlog.store.writing import action_changes

    with desk.change() as change:
        action_changes.note(change, id, words, on=desk.today)
    return _changed("Noted", {id: action.what}, "Look: coachlog action show")


def _note(desk: Desk, action: Action) -> str:
    if not desk.interactive:
        raise missing("The note", "--text TEXT, or --text - for standard input")
    return desk.asker.words(f"How is it going with “{short(action.what, 60)}”?")


def _changed(what: str, words: Mapping[int, str], next_step: str) -> Result:
    """Return what happened to the actions with these words, and what to type about the last one."""
    listed = "; ".join(f"{id} {short(text, 50)}" for id, text in words.items())
    return Result(f"{what}: {listed}. {next_step} {list(words)[-1]}")
