"""Other people for a session that was held, and what its promises do then."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter

from sqlmodel import col, delete

from coachlog.errors import Refusal
from coachlog.model.actions import ME, THEM
from coachlog.model.people import Person
from coachlog.model.references import PersonRef
from coachlog.names.spelling import is_same_name
from coachlog.rules.three_way import PartnerSwap
from coachlog.store.compiled_rows.action_event_row import StoredActionEvent
from coachlog.store.compiled_rows.action_row import StoredAction
from coachlog.store.compiled_rows.answer_row import StoredAnswer
from coachlog.store.compiled_rows.goal_action_row import StoredGoalAction
from coachlog.store.compiled_rows.note_row import StoredNote
from coachlog.store.compiled_rows.session_row import StoredSession
from coachlog.store.reading.session_queries import read_session
from coachlog.store.tables.session_rows import SessionPersonRow
from coachlog.store.transactions import Change
from coachlog.store.writing.audited_rows import update_row
from coachlog.store.writing.session_start_changes import get_session_row


def update_session_people(
    change: Change, id: int, people: Sequence[Person], questions: Mapping[str, str]
) -> list[int]:
    """File a session under other people: one or two; return the promises that change their plan.

    Where one person stands in for another, what the former promised is theirs. `questions` are the
    new words of those that named somebody, by `stage.prompt`. Raises `Refusal` for a promise of
    somebody who was not there after all, for a session that records something about them from
    before it, and for a promise of it that came up with them later, or serves a goal.
    """
    row = get_session_row(change, id)
    swap = PartnerSwap(_list_attendees(change, id), tuple(people))
    actions = change.rows.find(StoredAction, session_id=id)
    _refuse_promises_of_absent(swap, id, actions)
    if swap.left_ids:
        action_ids = _list_ids(actions)
        _refuse_earlier_items(change, id, action_ids, swap.kept_ids)
        _refuse_later_items(change, id, action_ids, swap.kept_ids)
    moved_ids = _list_ids(
        action
        for action in actions
        if swap.choose_plan(action.person_id) != action.person_id
    )
    _refuse_goal_links(change, moved_ids)
    for action in actions:
        _move_action(change, action, swap)
    _update_people(change, row, people)
    _update_questions(change, id, questions)
    update_row(change, row, "session.edited")
    return moved_ids


def _list_ids(actions: Iterable[StoredAction]) -> list[int]:
    return sorted(action.id for action in actions)


def _refuse_promises_of_absent(
    swap: PartnerSwap, id: int, actions: Iterable[StoredAction]
) -> None:
    """Raise `Refusal` if somebody who was not there after all has promised something."""
    absent_names = {
        ref.id: ref.name for ref in swap.old_people if ref.id in swap.absent_ids
    }
    promise_ids: dict[str, list[int]] = {}
    for action in actions:
        name = absent_names.get(
            _identify_owner(swap, action.owner, action.person_id, action.owner_id) or 0
        )
        if name is not None and action.deleted_at is None:
            promise_ids.setdefault(name, []).append(action.id)
    for name, ids in promise_ids.items():
        numbers = " and ".join(map(str, ids))
        lead = f"Promise {numbers} is"
        if len(ids) > 1:
            lead = f"Promises {numbers} are"
        raise Refusal(
            f"{lead} for {name} to keep, so {name} stays in conversation {id}. "
            "Nothing was changed.",
            f"To give it to somebody else first: coachlog action edit {ids[0]} --owner NAME",
        )


def _identify_owner(
    swap: PartnerSwap, owner: str, plan: int | None, owner_id: int | None = None
) -> int | None:
    """Return the number of the person whose a promise is; None for the owner, or somebody else."""
    if owner == ME:
        return None
    if owner == THEM:
        return plan
    if owner_id is not None:
        return owner_id
    ids = [id for id, name in swap.names.items() if is_same_name(name, owner)]
    return ids[0] if ids else None


def _phrase_swapped_owner(
    swap: PartnerSwap, owner: str, owner_id: int | None, new_plan: int | None
) -> str:
    """Return the word for an owner in a plan; `owner_id` is the number of the old one, if any."""
    id = swap.replacements.get(owner_id or 0, owner_id)
    if id is None:
        return owner
    if id == new_plan:
        return THEM
    return swap.names.get(id, owner)


def _move_action(change: Change, action: StoredAction, swap: PartnerSwap) -> None:
    """Give a promise, and what is on record of its owners, the plan and the words it has now."""
    old_plan = action.person_id
    new_plan = swap.choose_plan(old_plan)
    id = _identify_owner(swap, action.owner, old_plan, action.owner_id)
    action.owner = _phrase_swapped_owner(swap, action.owner, id, new_plan)
    action.person_id = new_plan
    new_id = swap.replacements.get(id or 0, id)
    is_named = action.owner not in (ME, THEM) and new_id in swap.new_ids
    action.owner_id = new_id if is_named else None
    change.rows.update(action)
    for event in change.rows.find(StoredActionEvent, action_id=action.id):
        if event.old_owner is None:
            continue
        old_owner, new_owner = event.old_owner or "", event.new_owner or ""
        old_id = _identify_owner(swap, old_owner, old_plan)
        event.old_owner = _phrase_swapped_owner(swap, old_owner, old_id, new_plan)
        new_id = _identify_owner(swap, new_owner, old_plan)
        event.new_owner = _phrase_swapped_owner(swap, new_owner, new_id, new_plan)
        change.rows.update(event)


def _update_people(
    change: Change, row: StoredSession, people: Sequence[Person]
) -> None:
    change.db_session.exec(
        delete(SessionPersonRow).where(col(SessionPersonRow.session_id) == row.id)
    )
    first, *others = people
    for person in others:
        change.db_session.add(SessionPersonRow(session_id=row.id, person_id=person.id))
    row.person_id = first.id
    row.of_three = True if others else None


def _refuse_earlier_items(
    change: Change, id: int, action_ids: Sequence[int], kept_ids: Collection[int]
) -> None:
    """Raise `Refusal` if a session records what became of a promise or a note from before it.

    Those of somebody who stays in it may.
    """
    events = change.rows.find(StoredActionEvent, session_id=id)
    reviewed_ids = {event.action_id for event in events} - set(action_ids)
    items = [
        f"promise {number}"
        for number in sorted(reviewed_ids)
        if not _is_promise_with(change, number, kept_ids)
    ]
    notes = change.rows.find(StoredNote, session_id=id)
    items += [f"note {note.id}" for note in notes if note.person_id not in kept_ids]
    if not items:
        return
    raise Refusal(
        f"Conversation {id} records what happened to {', '.join(items)}, from before it, so it "
        "stays with the person whose they are. Nothing was changed.",
        f"To record it again with someone else: coachlog session show {id}, then "
        f"coachlog session delete {id}",
    )


def _is_promise_with(change: Change, id: int, person_ids: Collection[int]) -> bool:
    """Return whether a promise is in the plan of one of these people, theirs, or made with them."""
    row = change.rows.get(StoredAction, id)
    if row is None or not person_ids:
        return False
    if row.person_id in person_ids or row.owner_id in person_ids:
        return True
    attendee_ids = _list_attendee_ids(change, row.session_id)
    # What the owner promised alone may come up with anybody.
    return not attendee_ids or bool(attendee_ids & set(person_ids))


def _list_attendee_ids(change: Change, session_id: int | None) -> set[int]:
    if session_id is None:
        return set()
    return {ref.id for ref in _list_attendees(change, session_id)}


def _list_attendees(change: Change, session_id: int) -> tuple[PersonRef, ...]:
    """Return the one or two others who were in a session, as it is on record."""
    people = read_session(change.connection, session_id).people
    return tuple(ref for ref in people if isinstance(ref, PersonRef))


def _refuse_later_items(
    change: Change, id: int, action_ids: Sequence[int], kept_ids: Collection[int]
) -> None:
    """Raise `Refusal` if a promise of a session came up in one without anybody who stays in it."""
    for event in _list_later_events(change, id, action_ids):
        if _list_attendee_ids(change, event.session_id) & set(kept_ids):
            continue
        raise Refusal(
            f"Promise {event.action_id} came up again in conversation "
            f"{event.session_id}, so it stays with the same person. Nothing was changed.",
            f"See: coachlog action show {event.action_id}",
        )


def _list_later_events(
    change: Change, id: int, action_ids: Sequence[int]
) -> list[StoredActionEvent]:
    events = [
        event
        for action_id in action_ids
        for event in change.rows.find(StoredActionEvent, action_id=action_id)
        if event.session_id not in (None, id)
    ]
    return sorted(events, key=attrgetter("id"))


def _refuse_goal_links(change: Change, action_ids: Sequence[int]) -> None:
    """Raise `Refusal` if a promise that changes its plan serves a goal of the old one."""
    for action_id in action_ids:
        link = change.rows.get(StoredGoalAction, action_id)
        if link is not None:
            raise Refusal(
                f"Promise {action_id} serves goal {link.goal_id}, which stays with the same "
                "person. Nothing was changed.",
                f"To take it off the goal first: coachlog action edit {action_id} --goal 0",
            )


def _update_questions(change: Change, id: int, questions: Mapping[str, str]) -> None:
    for row in change.rows.find(StoredAnswer, session_id=id):
        row.question = questions.get(f"{row.stage}.{row.prompt}", row.question)
        change.rows.update(row)
