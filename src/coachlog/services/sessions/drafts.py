"""Conversations that were begun, to be looked at as far as they have come."""

from datetime import date

from coachlog.interview import HELD_ON, MINUTES, Conversation, Walk, meeting
from coachlog.model import Draft, MemberRef, PersonRef, Session, SessionStatus
from coachlog.model.sets import Slot
from coachlog.services.desk import Desk
from coachlog.templates import parsing


def build_draft_walk(desk: Desk, draft: Draft) -> Walk:
    """Return how far a draft has come, to look at."""
    template = parsing.parse_template(
        draft.template_text.encode(), draft.template, name="the draft"
    )
    learning_set = None
    if draft.set is not None:
        from coachlog.services.sessions import meet  # most drafts are of no set

        with desk.read() as db:
            learning_set = meet.read_draft_set(db, draft)
    talk = Conversation(
        template,
        today=desk.today,
        latest_day=desk.today,
        began_on=draft.begun_on,
        them=draft.person.name if draft.person else None,
        set=learning_set,
    )
    return Walk(talk, dict(draft.steps))


def build_draft_session(draft: Draft, walk: Walk) -> Session:
    """Return a draft as a session: what was answered so far, nothing of it held yet."""
    learning_set = walk.talk.set
    people = (PersonRef(draft.person.id, draft.person.name),) if draft.person else ()
    minutes = draft.steps.get(MINUTES)
    return Session(
        id=draft.session,
        uid=draft.uid,
        status=SessionStatus.DRAFT,
        template=draft.template,
        title=draft.title,
        held_on=date.fromisoformat(str(draft.steps.get(HELD_ON) or draft.begun_on)),
        minutes=minutes if isinstance(minutes, int) else None,
        people=_list_draft_attendees(walk) if learning_set else people,
        tags=draft.tags,
        answers=tuple(answer for answer in walk.build_record().answers if answer.value is not None),
        set=draft.set,
        slots=_build_draft_slots(walk) if learning_set else (),
    )


def _list_draft_attendees(walk: Walk) -> tuple[MemberRef, ...]:
    """Return those who are present at a meeting that is still a draft."""
    return tuple(member.ref for member in meeting.list_present_members(walk.talk, walk.answers))


def _build_draft_slots(walk: Walk) -> tuple[Slot, ...]:
    """Return the slots of a meeting as far as they were recorded."""
    told = walk.build_record().meeting
    turns = told.slots if told else ()
    presenters = meeting.list_presenters(walk.talk, walk.answers)
    return tuple(
        Slot(
            id=0,
            uid="",
            number=number,
            presenter=presenter.ref,
            minutes=turn.minutes,
            issue=turn.issue,
            answers=tuple(answer for answer in turn.answers if answer.value is not None),
        )
        for number, (presenter, turn) in enumerate(zip(presenters, turns, strict=True), start=1)
    )
