"""Holds a conversation, from its first question or from where its draft stopped."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from coachlog.interview.back import Back
from coachlog.interview.changes import change_answer
from coachlog.interview.conversation import Conversation
from coachlog.interview.keys import (
    CLOCK_KEY,
    HELD_ON,
    MINUTES,
    PROMISE_FIELDS_MARK,
)
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.answers import AnswerValue
from coachlog.model.records import SessionRecord
from coachlog.model.sessions import Draft
from coachlog.model.templates import Template
from coachlog.phrasing.recurrences import describe_return_days
from coachlog.phrasing.talks import name_talk
from coachlog.rules.disclosure import TANK
from coachlog.services.desk import Desk
from coachlog.services.help_contact import load_help_contact
from coachlog.services.results import Result
from coachlog.services.sessions.draft_saver import DraftSaver, build_pause_error
from coachlog.services.sessions.earlier_answers import EarlierTalk, load_earlier_talk
from coachlog.services.sessions.first_week import list_first_remarks
from coachlog.services.sessions.owner_remarks import list_owner_remarks
from coachlog.services.sessions.promise_names import load_promise_names
from coachlog.services.sessions.reviews import (
    compare_shadow_review,
    load_correctable_actions,
    suggest_review_command,
)
from coachlog.services.sessions.saved_session import (
    SavedSession,
    list_closed_elsewhere_remarks,
)
from coachlog.services.sessions.session_setup import (
    OpenItems,
    SessionPresets,
    SessionSetup,
    is_own_tank,
    list_kept_back,
    list_promises_with_others,
)
from coachlog.templates.parsing import parse_template
from coachlog.text import format_count

if TYPE_CHECKING:
    from coachlog.model.sets import LearningSet
    from coachlog.services.ports import Sitting

_PLAN_OF_THREE = "three-way"
OWN_TEMPLATE_REMARK = "This is your own “{id}”, used instead of the built-in one."


def hold_session(
    desk: Desk, setup: SessionSetup, open_items: OpenItems, presets: SessionPresets
) -> Result:
    """Hold a conversation from its first question; return what was saved and what comes next."""
    steps: dict[str, AnswerValue] = {}
    if presets.held_on:
        steps[HELD_ON] = presets.held_on.isoformat()
    if presets.minutes:
        steps[MINUTES] = presets.minutes
    day = presets.held_on or desk.today
    if is_own_tank(setup.template.id, setup.person):
        # A minute has no room for two more questions: it is about today, however long it takes.
        steps = {HELD_ON: day.isoformat(), MINUTES: presets.minutes}
    earlier_talk = load_earlier_talk(desk, setup, day, presets.tags)
    talk = _build_session_conversation(
        desk,
        setup,
        open_items,
        today=day,
        begun_on=day,
        talk_day=day,
        earlier_talk=earlier_talk,
    )
    walk = Walk(talk, dict(steps), fixed_keys=frozenset(steps))
    saver = DraftSaver(desk, setup, steps, presets.tags)
    if earlier_talk.remark:
        desk.asker.tell(earlier_talk.remark, dim=True)
    _tell_kept_back(desk, setup, open_items, earlier_talk)
    return _run_session(desk, walk, saver, clock=presets.clock)


def continue_draft(
    desk: Desk,
    draft: Draft,
    me: str | None,
    open_items: OpenItems,
    *,
    learning_set: "LearningSet | None" = None,
    clock: bool = True,
) -> Result:
    """Carry on with a draft where it stopped; return what was saved and what comes next."""
    setup = SessionSetup(
        parse_draft_template(draft),
        draft.person,
        me,
        set=learning_set,
        third=draft.third,
    )
    day, talk_day = desk.today, draft.begun_on
    if draft.steps.get(HELD_ON):
        day = talk_day = date.fromisoformat(str(draft.steps[HELD_ON]))
    earlier_talk = load_earlier_talk(desk, setup, talk_day, draft.tags)
    talk = _build_session_conversation(
        desk,
        setup,
        open_items,
        today=day,
        begun_on=draft.begun_on,
        talk_day=talk_day,
        earlier_talk=earlier_talk,
    )
    if draft.steps.get(PROMISE_FIELDS_MARK):
        talk = replace(talk, promise_names=None)
    walk = Walk(talk, dict(draft.steps))
    walk.recheck()
    pending = walk.next()
    if pending is not None and pending.key not in (HELD_ON, MINUTES):
        # Answered before their turn, so the command line gave them: nobody goes back to them.
        walk.fixed_keys = frozenset({HELD_ON, MINUTES} & set(walk.answers))
    if draft.half:
        walk.resume_question(*draft.half)
    _tell_kept_back(desk, setup, open_items, earlier_talk)
    saver = DraftSaver(desk, setup, draft=draft, session_id=draft.session)
    return _run_session(desk, walk, saver, clock=clock)


def _tell_kept_back(
    desk: Desk, setup: SessionSetup, open_items: OpenItems, earlier_talk: EarlierTalk
) -> None:
    """Tell the owner what the promises that come back leave out, alone too if it has come back."""
    lines = list_kept_back(open_items)
    if earlier_talk.is_again and setup.person is None and setup.set is None:
        with desk.read() as db:
            lines += list_promises_with_others(db)
    for words in lines:
        desk.asker.tell(words, dim=True)


def parse_draft_template(draft: Draft) -> Template:
    """Return the template that a draft began with. Raises FaultyTemplate if it cannot be read."""
    return parse_template(
        draft.template_text.encode(),
        draft.template,
        name=f"The template of draft {draft.session}",
    )


def _build_session_conversation(
    desk: Desk,
    setup: SessionSetup,
    open_items: OpenItems,
    *,
    today: date,
    begun_on: date,
    talk_day: date,
    earlier_talk: EarlierTalk,
) -> Conversation:
    """Return a conversation before its first question.

    Dates in answers count from `today`, and those among the words of a promise from `talk_day`: so
    they mean the same however often a draft is resumed.
    """
    return Conversation(
        setup.template,
        today=today,
        latest_day=desk.today,
        began_on=begun_on,
        them=setup.name,
        third=setup.third_name,
        me=setup.me,
        open_actions=tuple(open_items.promises),
        notes=tuple(open_items.notes),
        set=setup.set,
        due_actions=load_correctable_actions(desk, setup.template, today),
        promise_names=load_promise_names(desk, setup, talk_day),
        help_contact=load_help_contact(desk, setup.template),
        earlier_answers=earlier_talk.answers,
        is_again=earlier_talk.is_again,
    )


def _run_session(
    desk: Desk, walk: Walk, saver: DraftSaver, *, clock: bool = True
) -> Result:
    """Ask all that is left to ask, and turn the draft into a held session."""
    asker, talk = desk.asker, walk.talk
    saver.load_meanwhile()
    if talk.template.shadows:
        asker.tell(OWN_TEMPLATE_REMARK.format(id=talk.template.id), dim=True)
    sitting = _begin_sitting(desk, walk, saver, clock=clock)
    if saver.draft is not None:
        asker.tell("Carrying on where you left off.", dim=True)

    def save(key: str, value: AnswerValue) -> None:
        outdated_keys = walk.list_outdated_keys(key, value)
        saver.save_step(key, value, sitting.stage_seconds, outdated_keys)

    try:
        record = _finish_interview(desk, walk, sitting, save)
        saved_session = saver.finish_draft(record)
    except KeyboardInterrupt:
        raise build_pause_error(saver) from None
    for remark in list_closed_elsewhere_remarks(desk, saved_session.closed_elsewhere):
        asker.tell(remark)
    compare_shadow_review(desk, saved_session.id, record)
    return Result(
        describe_saved_session(saved_session, talk, record),
        list_first_remarks(desk, saved_session, record),
    )


def _finish_interview(
    desk: Desk,
    walk: Walk,
    sitting: "Sitting",
    save: Callable[[str, AnswerValue], None],
) -> SessionRecord:
    """Return what all answers add up to, once nothing is left to ask or to change."""
    told_remarks: set[str] = set()
    while True:
        record = run_interview(walk, sitting, save)
        for remark in list_owner_remarks(desk, walk.talk, record):
            if remark not in told_remarks:
                desk.asker.tell(remark)
            told_remarks.add(remark)
        choice = sitting.agree_record(walk)
        if isinstance(choice, Back):
            walk.back()
        elif choice:
            change_answer(walk, choice, sitting, save)
        else:
            return record


def _begin_sitting(
    desk: Desk, walk: Walk, saver: DraftSaver, *, clock: bool
) -> "Sitting":
    talk = walk.talk
    title = talk.template.title
    if talk.set:
        title = f"{title}: {talk.set.name}"
    elif talk.them:
        title = name_talk(talk.template.id, title, talk.with_whom)
    return desk.asker.sit(
        title,
        f"about {format_count(talk.template.minutes, 'minute')}",
        saver.save_half_answer,
        talk.template.stages if clock else (),
        walk.answers.get(CLOCK_KEY),
    )


def describe_saved_session(
    saved_session: SavedSession,
    talk: Conversation,
    record: SessionRecord,
    *,
    is_log: bool = False,
) -> str:
    """Return the sentences that say what was saved and what to type next.

    After notes that were logged (`is_log`) there is no plan to hand over, only promises to see. A
    minute about one's own tank is answered with no count of promises.
    """
    if talk.template.id == TANK and not (talk.them or talk.set):
        return "Kept, for you alone."
    facts = [talk.template.title]
    if talk.set and record.meeting:
        facts.append(talk.set.name)
        facts.append(format_count(len(record.meeting.slots), "slot"))
        facts.append(format_count(record.meeting.promise_count, "promise"))
        next_step = f"Next: coachlog plan export --set {talk.set.slug} --output FOLDER"
    else:
        if talk.them:
            facts.append(talk.with_whom)
        facts.append(format_count(len(record.promises), "promise"))
        if is_log:
            facts += _describe_closed_promises(record)
        next_step = _choose_next_step(
            saved_session, record, is_log=is_log, sequel_id=talk.template.leads_to
        )
    saved = f"Saved conversation {saved_session.id} ({', '.join(facts)})."
    if saved_session.return_days:
        days = describe_return_days(saved_session.return_days, talk.latest_day)
        saved += f" It comes back on {days}."
    return f"{saved} {next_step}"


def _describe_closed_promises(record: SessionRecord) -> list[str]:
    """Return which open promises notes have closed: `1 promise done: 4`; empty for none."""
    ids = [str(review.action) for review in record.reviews]
    if not ids:
        return []
    count = format_count(len(ids), "promise")
    return [f"{count} done: {' and '.join(ids)}"]


def _choose_next_step(
    saved_session: SavedSession,
    record: SessionRecord,
    *,
    is_log: bool,
    sequel_id: str | None = None,
) -> str:
    """Return what one would type after a conversation, or where one mends a slip in it.

    `sequel_id` is the template to which its own leads; not once more where it had come back.
    """
    review_command = suggest_review_command(record)
    if review_command:
        return f"Next: {review_command}"
    if sequel_id and not saved_session.is_repeat:
        return _phrase_sequel(saved_session, sequel_id)
    if not record.promises:
        return f"To correct it: coachlog session edit {saved_session.id}"
    handle = saved_session.handle
    if not handle:
        return "Next: coachlog action list"
    if is_log:
        return f"Next: coachlog action list -p {handle}"
    return f"Next: coachlog plan export {_name_next_plan(saved_session)} -o plan.html"


def _phrase_sequel(saved_session: SavedSession, sequel_id: str) -> str:
    """Return how to hold the conversation to which one leads: a plan of three needs a coach."""
    command = f"coachlog session new -t {sequel_id}"
    if sequel_id == _PLAN_OF_THREE and saved_session.lacks_people_above:
        return f"Next: coachlog person add NAME -r coach, and then: {command}"
    return f"Next: {command}"


def _name_next_plan(saved_session: SavedSession) -> str:
    """Return which plan to hand over: with a coach or manager, the owner's own, for them."""
    if saved_session.is_above_owner:
        return f"me --for {saved_session.handle}"
    return str(saved_session.handle)
