"""Promises outside a conversation: listed, added, closed, moved, changed and noted.

Each function imports only what it needs: marking one as done reads nothing, and starts sooner.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.errors import InvalidInput, Refusal
from coachlog.model.actions import Action, ActionPage, ActionStatus
from coachlog.model.batches import CountedBatches
from coachlog.model.people import Person
from coachlog.names.matching import fits_name
from coachlog.names.spelling import is_same_name
from coachlog.services.desk import Desk
from coachlog.services.due_dates import phrase_due_remarks, take_due_date
from coachlog.services.inputs import read_option_text
from coachlog.services.results import UNDO_STEP, Result, phrase_other_day
from coachlog.text import fold_text, shorten_text

if TYPE_CHECKING:
    from coachlog.model.actions import Promise
    from coachlog.services.promise_options import PlanPromise, PromiseOptions

_LONGEST_ECHO = 500
"""Characters of what was typed that are said again, so that a slip is seen."""
_SHOW_STEP = "See: coachlog action show"


@contextmanager
def open_actions(
    desk: Desk,
    *,
    name: str | None = None,
    owner: str | None = None,
    overdue: bool = False,
    due_before: date | None = None,
    undated: bool = False,
    include_closed: bool = False,
    private: bool = False,
) -> Iterator[CountedBatches[Action]]:
    """Yield the promises that pass every filter, the one due first at the top.

    They are read as they are gone through, all from one state of the journal. `undated` leaves
    those without a date. Without `private`, private ones come without their words, and are counted.

    Raises NotFound if `name` fits nobody, and InvalidInput for an `owner` without letters.
    """
    from coachlog.rules import disclosure
    from coachlog.rules.promises import is_overdue
    from coachlog.store.reading import action_queries, person_queries

    with desk.read() as db:
        person_id = desk.find_person_id(db, name)
        owner_query = None
        if owner is not None:
            owner_query = _build_owner_query(owner, person_queries.read_owner_name(db))

        def is_wanted(action: Action) -> bool:
            if owner_query is not None and not _matches_owner(action, owner_query):
                return False
            if overdue and not is_overdue(action, desk.today):
                return False
            return _has_wanted_date(action.due, due_before, undated=undated)

        def read_batches() -> Iterator[list[Action]]:
            status = None if include_closed else ActionStatus.OPEN
            for actions in action_queries.read_action_batches(
                db, person_id=person_id, status=status
            ):
                wanted_actions = filter(is_wanted, actions)
                yield disclosure.veil_everyday_entries(wanted_actions, private=private)

        yield CountedBatches(read_batches, disclosure.count_veiled_entries)


def _has_wanted_date(
    due: date | None, due_before: date | None, *, undated: bool
) -> bool:
    """Return whether a promise with this date passes the filters on dates."""
    if due is None:
        return due_before is None
    return not undated and (due_before is None or due < due_before)


def _build_owner_query(owner: str, my_name: str | None) -> str:
    """Return the letters of an owner: `me`, `them`, or those that a name has to fit.

    Raises InvalidInput if there are none.
    """
    query = fold_text(owner)
    if not query:
        raise InvalidInput(
            "Whose promises?", "Use --owner me, --owner them or --owner NAME."
        )
    is_my_name = my_name is not None and is_same_name(owner, my_name)
    return "me" if is_my_name and query != "them" else query


def _matches_owner(action: Action, query: str) -> bool:
    if query in ("me", "them"):
        return action.owner == query
    return fits_name(query, _describe_owner(action))


def _describe_owner(action: Action) -> str:
    """Return the name of an action's owner: of the plan's person, or as it was typed."""
    if action.owner != "them":
        return action.owner
    if action.person is None:
        return ""
    return action.person.name


def load_action_page(desk: Desk, id: int, *, private: bool = False) -> ActionPage:
    """Return one action with all its events, and the deleted sessions among theirs.

    Without `private`, a private one comes without its words. Raises NotFound if there is none, and
    DamagedJournal if it is not as it was written.
    """
    from coachlog.rules import disclosure
    from coachlog.store.reading import action_queries
    from coachlog.store.shown_rows import require_sound_promises

    with desk.read() as db:
        action = action_queries.read_action(db, id)
        require_sound_promises(db, [action])
        sessions = {event.session for event in action.events if event.session}
        deleted_sessions = action_queries.read_deleted_sessions(db, sorted(sessions))
    (action,) = disclosure.veil_everyday_entries([action], private=private)
    return ActionPage(action, deleted_sessions)


def load_action(desk: Desk, id: int) -> Action:
    """Return one action with all its events, veiled if private.

    Raises NotFound if there is none, and DamagedJournal if it is not as it was written.
    """
    from coachlog.rules import disclosure

    (action,) = disclosure.veil_everyday_entries(
        [_load_whole_action(desk, id)], private=False
    )
    return action


def _load_whole_action(desk: Desk, id: int) -> Action:
    from coachlog.store.reading import action_queries
    from coachlog.store.shown_rows import require_sound_promises

    with desk.read() as db:
        action = action_queries.read_action(db, id)
        require_sound_promises(db, [action])
    return action


def add_action(
    desk: Desk, words: Sequence[str], options: "PromiseOptions", *, on: date
) -> Result:
    """Add a promise to someone's plan, or to the owner's own; what is missing is asked for.

    `words` are the name and the promise as they were typed, either of which may be missing. It was
    made on the day `on`. Raises Refusal for a goal that is closed or belongs to another plan, and
    InvalidInput for two promises.
    """
    from coachlog.services import promise_options, promise_words

    name, typed_words = promise_words.split_plan_words(desk, words)
    if typed_words and options.what is not None:
        raise InvalidInput(
            "The promise is there twice: after the name, and with --what. Nothing was added."
        )
    if _is_plan_open(desk, words, options):
        name = _choose_plan(desk)
    # The goal is checked before anything is asked, so that no answer is typed in vain.
    if options.goal:
        person = _find_goal_plan_person(desk, name, options.goal)
    else:
        person = desk.load_plan_person(name)
    plan_promise = promise_words.read_plan_promise(desk, person, typed_words, on)
    if not typed_words:
        plan_promise = promise_words.read_option_promise(desk, person, options.what, on)
    promise, owner_remarks, due_doubts = promise_options.build_promise_from_options(
        desk,
        person,
        options._replace(what=None),
        plan_promise,
        partial(promise_words.read_asked_promise, desk, person, on),
    )
    from coachlog.store.writing import action_changes

    person_id = person.id if person else None
    with desk.change(create=person is None) as change:
        id = action_changes.insert_action(change, promise, on=on, person_id=person_id)
        if options.goal:
            from coachlog.store.writing import goal_changes

            goal_changes.attach_action_to_goal(change, id, options.goal)
    remarks = owner_remarks + tuple(phrase_due_remarks(due_doubts, [id]))
    echo = f"promise {id}: {_describe_promise(promise)}"
    if plan_promise is not None:
        if plan_promise.is_read:
            echo = f"promise {id}{_describe_understanding(promise, person)}"
        remarks += _list_reading_remarks(desk, plan_promise, options, id)
    return Result(f"Added {echo}. Next: coachlog action show {id}", remarks)


def _list_reading_remarks(
    desk: Desk, plan_promise: "PlanPromise", options: "PromiseOptions", id: int
) -> tuple[str, ...]:
    """Return what there is to say about the words of a promise that was added."""
    from coachlog.services.promise_words import list_typed_doubts

    remarks = tuple(remark.format(id=id) for remark in plan_promise.remarks)
    if desk.interactive:
        return remarks
    return remarks + list_typed_doubts(
        plan_promise.promise,
        id,
        has_owner=bool(options.owner),
        has_due=bool(options.due),
    )


def _is_plan_open(desk: Desk, words: Sequence[str], options: "PromiseOptions") -> bool:
    """Return whether nothing says in whose plan a promise belongs, and its words are asked for."""
    is_given = bool(words) or options.what is not None or bool(options.goal)
    return desk.interactive and not is_given


def _choose_plan(desk: Desk) -> str | None:
    """Return whose plan is chosen; the owner's own, unasked, while there is nobody else's."""
    from coachlog.services.subjects import PROMISE_PLAN, choose_subject

    if len(PROMISE_PLAN.list_rows(desk)) == 1:
        return None
    return str(choose_subject(desk, PROMISE_PLAN))


def _describe_promise(promise: "Promise", max_length: int = 60) -> str:
    """Return what was promised, cut to so many characters, and by when."""
    from coachlog.rules import disclosure

    words = disclosure.veil_everyday_words(promise.what, private=promise.private)
    day = f"by {dates.format_long_day(promise.due)}" if promise.due else "no date"
    return f"{shorten_text(words, max_length)}, {day}"


def _describe_understanding(promise: "Promise", person: Person | None) -> str:
    """Return all that was understood of a promise: `, yours, in Priya Shah's plan: ...`."""
    owner = {"me": "yours", "them": "theirs"}.get(promise.owner, f"{promise.owner}'s")
    plan = f"{person.name}'s plan" if person else "your own plan"
    words = _describe_promise(promise, max_length=_LONGEST_ECHO)
    if promise.done_when and not promise.private:
        words += f" ({shorten_text(promise.done_when, _LONGEST_ECHO)})"
    return f", {owner}, in {plan}: {words}"


def _find_goal_plan_person(desk: Desk, name: str | None, goal_id: int) -> Person | None:
    """Return whose plan a promise for a goal goes into: the goal's, which `name` may repeat.

    Raises Refusal for a goal that is closed or in another plan.
    """
    from coachlog.store.reading import goal_queries, person_queries

    with desk.read() as db:
        goal = goal_queries.read_goal(db, goal_id)
        goal_person = (
            person_queries.read_person(db, goal.person.id) if goal.person else None
        )
    person = goal_person if name is None else desk.load_plan_person(name)
    if goal.closed_on:
        raise Refusal(
            f"Goal {goal_id} is already {goal.status.value}.",
            f"To reopen it: coachlog goal reopen {goal_id}",
        )
    if person != goal_person:
        plan = f"{goal_person.name}'s plan" if goal_person else "your own plan"
        raise Refusal(f"Goal {goal_id} is in {plan}, so its promises belong there too.")
    return person


def complete_actions(desk: Desk, ids: Iterable[int], *, on: date) -> Result:
    """Mark promises as done on that day: all of them, or none if one cannot be."""
    from coachlog.store.writing.action_changes import mark_action_done

    with desk.change() as change:
        words = {id: mark_action_done(change, id, on=on) for id in dict.fromkeys(ids)}
    return _report_actions(f"Done{phrase_other_day(on, desk.today)}", words, UNDO_STEP)


def drop_actions(desk: Desk, ids: Iterable[int], *, on: date) -> Result:
    """Drop promises by agreement on that day: all of them, or none if one cannot be."""
    from coachlog.store.writing.action_changes import mark_action_dropped

    with desk.change() as change:
        words = {
            id: mark_action_dropped(change, id, on=on) for id in dict.fromkeys(ids)
        }
    return _report_actions(
        f"Dropped{phrase_other_day(on, desk.today)}", words, UNDO_STEP
    )


def reopen_actions(desk: Desk, ids: Iterable[int]) -> Result:
    """Reopen closed promises: all of them, or none if one is open."""
    from coachlog.store.writing.action_changes import reopen_action_row

    with desk.change() as change:
        words = {
            id: reopen_action_row(change, id, on=desk.today)
            for id in dict.fromkeys(ids)
        }
    return _report_actions("Reopened", words, _SHOW_STEP)


def move_actions(
    desk: Desk, ids: Iterable[int], new_date: str | None, *, on: date
) -> Result:
    """Record a new date agreed on the day `on`; it is asked for if it is missing.

    A date that looks like a slip is asked about, or remarked on where nobody can be asked.
    """
    ids = list(dict.fromkeys(ids))
    next_step = _SHOW_STEP
    due_doubts: tuple[str, ...] = ()
    if new_date is None:
        desk.require_asker("the new date", "--to DATE")
        actions = [load_action(desk, id) for id in ids]
        due = _ask_new_date(desk, actions, on)
        next_step = UNDO_STEP
    else:
        due, due_doubts = take_due_date(desk, new_date)
    from coachlog.store.writing.action_changes import move_action_row

    with desk.change() as change:
        words = {id: move_action_row(change, id, due, on=on) for id in ids}
    result = _report_actions(f"Moved to {dates.format_long_day(due)}", words, next_step)
    return result._replace(remarks=phrase_due_remarks(due_doubts, words))


def _ask_new_date(desk: Desk, actions: Sequence[Action], on: date) -> date:
    """Return the new date of these promises, agreed on the day `on`; Refusal if it is skipped."""
    from coachlog.interview.conversation import Question
    from coachlog.interview.reviews import AGREED_DAY, MOVED_QUESTION
    from coachlog.model.answers import PromptKind

    for action in actions:
        desk.asker.tell(describe_recorded_promise(action, desk.today))
    question = Question(
        "due",
        MOVED_QUESTION,
        PromptKind.DATE,
        help="fri, +2w, 12 May. Enter leaves it as it is.",
        base=desk.today,
        since=on,
        since_reason=AGREED_DAY,
        is_due=True,
        present_day=actions[0].due if len(actions) == 1 else None,
    )
    reply = desk.asker.ask_again(question, None, back=False)
    if not isinstance(reply, str):
        raise Refusal("Nothing was changed.")
    return date.fromisoformat(reply)


def describe_recorded_promise(action: Action, today: date) -> str:
    """Return which promise is meant: `2 Send the rota, due Tue 24 Nov`."""
    from coachlog.phrasing.values import describe_due_day

    day = describe_due_day(action, today)
    due = f"due {day}" if day else "no date"
    return f"{action.id} {shorten_text(action.what, 60)}, {due}"


def edit_action(desk: Desk, id: int, options: "PromiseOptions") -> Result:
    """Change the words, owner, details or goal of a promise; without options, each is asked for.

    Raises Refusal if that is what it says already, and InvalidInput if no words would be left.
    """
    from coachlog.rules import disclosure
    from coachlog.services import promise_options

    action = _load_whole_action(desk, id)
    fields = promise_options.collect_action_changes(desk, action, options)
    remarks: tuple[str, ...] = ()
    if options.owner is not None:
        fields["owner"], remarks = promise_options.settle_new_owner(
            desk, action, str(fields["owner"])
        )
    if "what" in fields and not fields["what"]:
        raise InvalidInput("A promise needs some words. Nothing was changed.")
    if all(getattr(action, field) == value for field, value in fields.items()):
        raise Refusal(f"Promise {id} already says that. Nothing was changed.")
    words = disclosure.veil_everyday_words(
        str(fields.get("what", action.what)),
        private=bool(fields.get("private", action.private)),
    )
    from coachlog.store.writing import action_changes

    with desk.change() as change:
        if fields.pop("goal", action.goal) != action.goal:
            from coachlog.store.writing import goal_changes

            goal_changes.update_action_goal(
                change, id, options.goal or None, on=desk.today
            )
        action_changes.update_action(change, id, on=desk.today, **fields)
    result = _report_actions("Changed", {id: words}, _SHOW_STEP)
    return result._replace(remarks=remarks)


def withdraw_correction(desk: Desk, id: int) -> Result:
    """Take back the correction of a promise, so that it counts as recorded again.

    Raises NotFound for an unknown promise, and Refusal if no correction of it is in force.
    """
    from coachlog.rules.promises import find_correction

    action = load_action(desk, id)
    if find_correction(action) is None:
        raise Refusal(
            f"Promise {id} has no correction to withdraw. Nothing was changed.",
            f"{_SHOW_STEP} {id}",
        )
    from coachlog.store.writing import action_changes

    with desk.change() as change:
        action_changes.insert_correction_withdrawal(change, id, on=desk.today)
    return _report_actions("Counts as recorded again", {id: action.what}, _SHOW_STEP)


def add_progress_note(desk: Desk, id: int, text: str | None) -> Result:
    """Add a progress note to a promise; it is asked for if it is missing, `-` reads standard input.

    Raises InvalidInput for an empty note, and NotFound for an unknown promise.
    """
    action = load_action(desk, id)
    note = read_option_text(text, one_line=False)
    if text is None:
        asker = desk.require_asker(
            "the note", "--text TEXT, or --text - for standard input"
        )
        title = shorten_text(action.what, 60)
        question = f"How is it going with “{title}”?"
        note = asker.ask_words(question, is_required=True)
    if not note:
        raise InvalidInput("The note is empty. Nothing was changed.")
    from coachlog.store.writing import action_changes

    with desk.change() as change:
        action_changes.insert_action_note(change, id, note, on=desk.today)
    return _report_actions("Noted", {id: action.what}, _SHOW_STEP)


def _report_actions(
    outcome: str, words_by_id: Mapping[int, str], next_step: str
) -> Result:
    """Return what happened to the actions with these words, and what to type next.

    `next_step` is for all of them, but `action show` is for the last: it takes only one.
    """
    actions = "; ".join(
        f"{id} {shorten_text(words, 50)}" for id, words in words_by_id.items()
    )
    ids = list(map(str, words_by_id))
    step = f"{next_step} {ids[-1]}" if next_step == _SHOW_STEP else next_step
    return Result(f"{outcome}: {actions}. {step}")
