"""Another person for a session that was held, and what it takes along."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, delete, select

from coachlog.errors import Refusal
from coachlog.interview import THEM
from coachlog.model import Person
from coachlog.names import is_same_name
from coachlog.store.database import Change
from coachlog.store.tables.action_rows import ActionEventRow, ActionRow
from coachlog.store.tables.answer_rows import AnswerRow
from coachlog.store.tables.goal_rows import GoalActionRow, NoteRow
from coachlog.store.tables.session_rows import SessionPersonRow
from coachlog.store.writing.audited_rows import update_row
from coachlog.store.writing.session_changes import get_session_row


def update_session_person(
    change: Change, id: int, person: Person, questions: Mapping[str, str]
) -> list[int]:
    """File a session of two under another person, and return the promises that move to their plan.

    `questions` are the new words of those that named the former person, by `stage.prompt`. Raises
    `Refusal` for a conversation that records something about that person from before it, and for a
    promise of it that came up with them later, or serves a goal of theirs.
    """
    row = get_session_row(change, id)
    actions = change.db_session.exec(
        select(ActionRow).where(
            ActionRow.session_id == id, ActionRow.person_id == row.person_id
        )
    ).all()
    action_ids = [action.id for action in actions if action.id is not None]
    _refuse_earlier_items(change, id, action_ids)
    _refuse_later_items(change, id, action_ids)
    for action in actions:
        action.person_id = person.id
        if is_same_name(action.owner, person.name):
            action.owner = THEM
        change.db_session.add(action)
    change.db_session.exec(
        delete(SessionPersonRow).where(
            col(SessionPersonRow.session_id) == id,
            col(SessionPersonRow.person_id) == person.id,
        )
    )
    _update_questions(change, id, questions)
    row.person_id = person.id
    update_row(change, row, "session.edited")
    return sorted(action_ids)


def _refuse_earlier_items(change: Change, id: int, action_ids: Sequence[int]) -> None:
    """Raise `Refusal` if a session records what became of a promise or a note from before it."""
    reviewed_ids = change.db_session.exec(
        select(ActionEventRow.action_id).where(
            ActionEventRow.session_id == id,
            col(ActionEventRow.action_id).not_in(action_ids),
        )
    ).all()
    note_ids = change.db_session.exec(
        select(NoteRow.id).where(NoteRow.session_id == id)
    ).all()
    if not reviewed_ids and not note_ids:
        return
    items = [f"promise {number}" for number in sorted(set(reviewed_ids))]
    items += [f"note {number}" for number in sorted(filter(None, note_ids))]
    raise Refusal(
        f"Conversation {id} records what happened to {', '.join(items)}, from before it, so it "
        "stays with the person whose they are. Nothing was changed.",
        f"To record it again with someone else: coachlog session show {id}, then "
        f"coachlog session delete {id}",
    )


def _refuse_later_items(change: Change, id: int, action_ids: Sequence[int]) -> None:
    """Raise `Refusal` if a promise of a session came up in a later one, or serves a goal."""
    later_event = change.db_session.exec(
        select(ActionEventRow).where(
            col(ActionEventRow.action_id).in_(action_ids),
            col(ActionEventRow.session_id).is_not(None),
            ActionEventRow.session_id != id,
        )
    ).first()
    if later_event is not None:
        raise Refusal(
            f"Promise {later_event.action_id} came up again in conversation "
            f"{later_event.session_id}, so it stays with the same person. Nothing was changed.",
            f"See: coachlog action show {later_event.action_id}",
        )
    goal_link = change.db_session.exec(
        select(GoalActionRow).where(col(GoalActionRow.action_id).in_(action_ids))
    ).first()
    if goal_link is not None:
        raise Refusal(
            f"Promise {goal_link.action_id} serves goal {goal_link.goal_id}, which stays with the "
            "same person. Nothing was changed.",
            f"To take it off the goal first: coachlog action edit {goal_link.action_id} --goal 0",
        )


def _update_questions(change: Change, id: int, questions: Mapping[str, str]) -> None:
    rows = change.db_session.exec(select(AnswerRow).where(AnswerRow.session_id == id))
    for row in rows.all():
        row.question = questions.get(f"{row.stage}.{row.prompt}", row.question)
        change.db_session.add(row)
