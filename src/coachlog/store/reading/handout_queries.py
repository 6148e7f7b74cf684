"""What a set's meeting is handed over as: one page for each who presented, or the whole."""

from coachlog.errors import NotFound, Refusal
from coachlog.model import Session, SessionStatus
from coachlog.model.handouts import Keeper, MeetingPage, SlotPage
from coachlog.model.sets import LearningSet
from coachlog.rules import disclosure, handouts
from coachlog.rules.disclosure import Audience
from coachlog.store.database import Connection
from coachlog.store.reading import set_queries
from coachlog.store.reading.person_queries import read_owner_name
from coachlog.store.reading.session_queries import read_session


def read_slot_pages(
    db: Connection,
    learning_set: LearningSet,
    session_id: int | None = None,
    *,
    private: bool = False,
) -> list[SlotPage]:
    """Return the slots of a set's meeting, the latest one held for None, in their order.

    Each holds what was said in it and what its presenter promised, nothing else of the meeting.
    What is private or about health is left out and counted, unless `private`. `NotFound` where
    nobody presented, and as for the meeting.
    """
    met = _read_handout_meeting(db, learning_set, session_id)
    if not met.slots:
        raise NotFound(
            f"Nobody presented in session {met.id}, so there is no page to write.",
            f"Look: coachlog session show {met.id}",
        )
    slugs = dict(
        db.execute(
            """
            SELECT slot.position, coalesce(person.slug, '')
            FROM slot CROSS JOIN set_member ON set_member.id = slot.member_id
            LEFT JOIN person ON person.id = set_member.person_id WHERE slot.session_id = ?
            """,
            (met.id,),
        ).fetchall()
    )
    keeper = _read_keeper(db, learning_set)
    pages = []
    for slot in met.slots:
        promised = handouts.list_presenter_actions(slot)
        answers = disclosure.split_entries(slot.answers, Audience.SET_MEMBER, private=private)
        actions = disclosure.split_entries(promised, Audience.SET_MEMBER, private=private)
        pages.append(
            SlotPage(
                *(learning_set.name, met.held_on),
                slot._replace(
                    answers=handouts.remove_asker_names(answers.visible_entries),
                    actions=actions.visible_entries,
                ),
                slugs[slot.number],
                keeper,
                withheld=answers.withheld + actions.withheld,
                private_shown=disclosure.count_private_entries(
                    (*answers.visible_entries, *actions.visible_entries)
                ),
                others=len(slot.actions) - len(promised),
            )
        )
    return pages


def read_meeting_page(
    db: Connection,
    learning_set: LearningSet,
    session_id: int | None = None,
    *,
    private: bool = False,
) -> MeetingPage:
    """Return all of a set's meeting, the latest one held for None; otherwise as `read_slot_pages`."""
    met = _read_handout_meeting(db, learning_set, session_id)
    in_slots = {action.id for slot in met.slots for action in slot.actions}
    loose = tuple(action for action in met.actions if action.id not in in_slots)
    whole = [(met.answers, loose), *((slot.answers, slot.actions) for slot in met.slots)]
    splits = [
        (
            disclosure.split_entries(answers, Audience.SET_MEMBER, private=private),
            disclosure.split_entries(actions, Audience.SET_MEMBER, private=private),
        )
        for answers, actions in whole
    ]
    shown = [(answers.visible_entries, actions.visible_entries) for answers, actions in splits]
    return MeetingPage(
        set=learning_set.name,
        title=met.title,
        held_on=met.held_on,
        minutes=met.minutes,
        people=met.people,
        answers=shown[0][0],
        actions=shown[0][1],
        slots=tuple(
            slot._replace(answers=answers, actions=actions)
            for slot, (answers, actions) in zip(met.slots, shown[1:], strict=True)
        ),
        keeper=_read_keeper(db, learning_set),
        withheld=sum(answers.withheld + actions.withheld for answers, actions in splits),
        private_shown=sum(
            disclosure.count_private_entries((*answers, *actions)) for answers, actions in shown
        ),
    )


def _read_handout_meeting(
    db: Connection, learning_set: LearningSet, session_id: int | None
) -> Session:
    """Return one meeting of a set with all that was said in it.

    `NotFound` if it has not met yet or there is no such session, `Refused` for one that is not a
    meeting of this set, or not held yet.
    """
    if session_id is None:
        held = set_queries.read_set_meetings(db, learning_set.id)
        if not held:
            raise NotFound(
                f"{learning_set.name} has not met yet.", "`coachlog session list` shows talks."
            )
        return read_session(db, held[0].id)
    met = read_session(db, session_id)
    if met.set is None or met.set.id != learning_set.id:
        raise Refusal(
            f"Session {session_id} is no meeting of {learning_set.name}. Nothing was written.",
            "`coachlog session list` shows which are.",
        )
    if met.status is not SessionStatus.HELD:
        raise Refusal(
            f"Session {session_id} is a draft still. Nothing was written.",
            f"Finish it first: coachlog session resume {session_id}",
        )
    return met


def _read_keeper(db: Connection, learning_set: LearningSet) -> Keeper:
    roles = [member.role for member in learning_set.members if member.person is None]
    return Keeper(read_owner_name(db) or "", roles[-1] if roles else None)
