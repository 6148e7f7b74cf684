"""Drafts as sessions, with what has been answered so far."""

from datetime import date

from coachlog.interview import meeting
from coachlog.interview.conversation import NEW_PERSON_ID, Conversation
from coachlog.interview.keys import HELD_ON, MINUTES
from coachlog.interview.walk import Walk
from coachlog.model.answers import PromptKind
from coachlog.model.references import MemberRef, PersonRef
from coachlog.model.sessions import Answer, Draft, Session, SessionStatus
from coachlog.model.sets import Slot
from coachlog.services.desk import Desk
from coachlog.services.sessions.draft_notes import find_draft_notes
from coachlog.templates.parsing import parse_template


def build_draft_walk(desk: Desk, draft: Draft) -> Walk:
    """Return how far a draft has come; `FaultyTemplate` if its template cannot be read."""
    template = parse_template(
        draft.template_text.encode(), draft.template, name="the draft"
    )
    learning_set = None
    if draft.set is not None:
        # Few drafts are of a meeting.
        from coachlog.services.sessions.draft_sets import read_draft_set

        with desk.read() as db:
            learning_set = read_draft_set(db, draft)
    talk = Conversation(
        template,
        today=desk.today,
        latest_day=desk.today,
        began_on=draft.begun_on,
        them=draft.person.name if draft.person else draft.new_name or None,
        third=draft.third.name if draft.third else None,
        set=learning_set,
    )
    return Walk(talk, dict(draft.steps))


def build_draft_session(draft: Draft, walk: Walk) -> Session:
    """Return a draft as a session: the answers given so far, and no actions yet."""
    people: list[PersonRef | MemberRef] = []
    slots: tuple[Slot, ...] = ()
    if walk.talk.set:
        people += [m.ref for m in meeting.list_present_members(walk.talk, walk.answers)]
        slots = _build_draft_slots(walk)
    elif draft.person:
        partners = filter(None, (draft.person, draft.third))
        people += [PersonRef(partner.id, partner.name) for partner in partners]
    elif draft.new_name:
        people.append(PersonRef(NEW_PERSON_ID, draft.new_name))
    answers = _drop_skipped_answers(walk.build_record().answers)
    notes = find_draft_notes(draft)
    if notes:
        answers = (_build_notes_answer(notes), *answers)
    minutes = draft.steps.get(MINUTES)
    return Session(
        id=draft.session,
        uid=draft.uid,
        status=SessionStatus.DRAFT,
        template=draft.template,
        title=draft.title,
        held_on=date.fromisoformat(str(draft.steps.get(HELD_ON) or draft.begun_on)),
        minutes=minutes if isinstance(minutes, int) else None,
        people=tuple(people),
        tags=draft.tags,
        answers=answers,
        set=draft.set,
        slots=slots,
    )


def _build_notes_answer(notes: str) -> Answer:
    """Return notes as an answer; nobody knows yet which of them are private, so all are."""
    return Answer(
        stage="notes",
        stage_title="Notes",
        prompt="notes",
        question="Not understood yet, and so all private.",
        kind=PromptKind.TEXT,
        value=notes,
        private=True,
    )


def _build_draft_slots(walk: Walk) -> tuple[Slot, ...]:
    """Return the slots of a meeting as far as they have come."""
    record = walk.build_record().meeting
    if record is None:
        return ()
    presenters = meeting.list_presenters(walk.talk, walk.answers)
    slots: list[Slot] = []
    for number, (presenter, turn) in enumerate(
        zip(presenters, record.slots, strict=True), start=1
    ):
        slot = Slot(
            id=0,
            uid="",
            number=number,
            presenter=presenter.ref,
            minutes=turn.minutes,
            issue=turn.issue,
            answers=_drop_skipped_answers(turn.answers),
        )
        slots.append(slot)
    return tuple(slots)


def _drop_skipped_answers(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    return tuple(answer for answer in answers if answer.value is not None)
