"""Queries of the pages that a set's meeting is handed out as: one for each presenter, or one."""

from coachlog.errors import NotFound, Refusal
from coachlog.model.actions import Action
from coachlog.model.handouts import Keeper, MeetingPage, SlotPage
from coachlog.model.sessions import Answer, Session, SessionStatus
from coachlog.model.sets import LearningSet
from coachlog.rules import disclosure, handouts
from coachlog.rules.disclosure import Audience, EntrySplit
from coachlog.store.database import Connection
from coachlog.store.reading import set_queries
from coachlog.store.reading.person_queries import read_owner_name
from coachlog.store.reading.session_queries import read_session
from coachlog.store.shown_rows import require_sound_entries, require_sound_sessions


def read_slot_pages(
    db: Connection,
    learning_set: LearningSet,
    session_id: int | None = None,
    *,
    private: bool = False,
) -> list[SlotPage]:
    """Return a page for each slot of a set's meeting, in order; without a number, of the latest.

    Each holds what was said in the slot and what its presenter promised, and nothing else. What is
    private or about health is left out and counted, unless `private`. Raises `NotFound` if nobody
    presented, if the set has not met or if there is no such session; `Refusal` if the session is
    not a meeting of this set, or not held yet.
    """
    meeting = _read_handout_meeting(db, learning_set, session_id)
    require_sound_sessions(db, [meeting], sets=[learning_set.id])
    if not meeting.slots:
        raise NotFound(
            f"Nobody presented in conversation {meeting.id}, so there is no page to write.",
            f"See: coachlog session show {meeting.id}",
        )
    slugs = _read_presenter_slugs(db, meeting.id)
    keeper = _read_keeper(db, learning_set)
    pages = []
    for slot in meeting.slots:
        own_actions = handouts.list_presenter_actions(slot)
        answers = disclosure.split_entries(
            slot.answers, Audience.SET_MEMBER, private=private
        )
        actions = disclosure.split_entries(
            own_actions, Audience.SET_MEMBER, private=private
        )
        page = SlotPage(
            set=learning_set.name,
            held_on=meeting.held_on,
            slot=slot._replace(
                answers=handouts.remove_asker_names(answers.visible_entries),
                actions=actions.visible_entries,
            ),
            slug=slugs[slot.number],
            keeper=keeper,
            withheld=answers.withheld + actions.withheld,
            private_shown=_count_private_entries(answers, actions),
            others=len(slot.actions) - len(own_actions),
        )
        pages.append(page)
    return pages


def _read_presenter_slugs(db: Connection, session_id: int) -> dict[int, str]:
    """Return the slug of each slot's presenter, by slot number; '' is the owner."""
    rows = db.execute(
        """
        SELECT slot.position, coalesce(person.slug, '')
        FROM slot CROSS JOIN set_member ON set_member.id = slot.member_id
        LEFT JOIN person ON person.id = set_member.person_id WHERE slot.session_id = ?
        """,
        (session_id,),
    )
    return dict(rows.fetchall())


def _count_private_entries(
    answers: EntrySplit[Answer], actions: EntrySplit[Action]
) -> int:
    """Return how many of the visible answers and actions are private or about health."""
    return disclosure.count_private_entries(
        (*answers.visible_entries, *actions.visible_entries)
    )


def read_meeting_page(
    db: Connection,
    learning_set: LearningSet,
    session_id: int | None = None,
    *,
    private: bool = False,
) -> MeetingPage:
    """Return all of a set's meeting on one page; without a number, of the latest meeting.

    What is left out and what is raised is as for `read_slot_pages`, except that a meeting in which
    nobody presented has a page too.
    """
    meeting = _read_handout_meeting(db, learning_set, session_id)
    require_sound_sessions(db, [meeting], sets=[learning_set.id])
    slot_action_ids = {action.id for slot in meeting.slots for action in slot.actions}
    actions_outside_slots = [
        action for action in meeting.actions if action.id not in slot_action_ids
    ]
    audience = Audience.SET_MEMBER
    answers = disclosure.split_entries(meeting.answers, audience, private=private)
    actions = disclosure.split_entries(actions_outside_slots, audience, private=private)
    withheld = answers.withheld + actions.withheld
    private_shown = _count_private_entries(answers, actions)
    slots = []
    for slot in meeting.slots:
        slot_answers = disclosure.split_entries(slot.answers, audience, private=private)
        slot_actions = disclosure.split_entries(slot.actions, audience, private=private)
        withheld += slot_answers.withheld + slot_actions.withheld
        private_shown += _count_private_entries(slot_answers, slot_actions)
        slots.append(
            slot._replace(
                answers=slot_answers.visible_entries,
                actions=slot_actions.visible_entries,
            )
        )
    return MeetingPage(
        set=learning_set.name,
        title=meeting.title,
        held_on=meeting.held_on,
        minutes=meeting.minutes,
        people=meeting.people,
        answers=answers.visible_entries,
        actions=actions.visible_entries,
        slots=tuple(slots),
        keeper=_read_keeper(db, learning_set),
        withheld=withheld,
        private_shown=private_shown,
    )


def _read_handout_meeting(
    db: Connection, learning_set: LearningSet, session_id: int | None
) -> Session:
    """Return a meeting of a set with all that was said in it: the latest one without a number."""
    if session_id is None:
        meetings = set_queries.read_set_meetings(db, learning_set.id)
        if not meetings:
            # A damaged meeting is not to be taken for one that was never held.
            require_sound_entries(db, sets=[learning_set.id])
            raise NotFound(
                f"{learning_set.name} has not met yet.",
                "`coachlog session list` shows your conversations and meetings.",
            )
        return read_session(db, meetings[0].id)
    session = read_session(db, session_id)
    if session.set is None or session.set.id != learning_set.id:
        raise Refusal(
            f"Conversation {session_id} is not a meeting of {learning_set.name}. "
            "Nothing was written.",
            "`coachlog session list` shows which ones are.",
        )
    if session.status is not SessionStatus.HELD:
        raise Refusal(
            f"Conversation {session_id} is still a draft. Nothing was written.",
            f"To finish it: coachlog session resume {session_id}",
        )
    return session


def _read_keeper(db: Connection, learning_set: LearningSet) -> Keeper:
    """Return the owner's name and their latest role in the set, None if they were never in it."""
    role = None
    for member in learning_set.members:
        if member.person is None:
            role = member.role
    return Keeper(read_owner_name(db) or "", role)
