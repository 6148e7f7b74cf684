"""The query behind a brief: the last conversation, promises, measures, goals and open notes."""

from collections.abc import Sequence
from datetime import date

from coachlog.model.actions import Action
from coachlog.model.answers import PromptKind
from coachlog.model.brief import (
    LATEST_TALKS,
    AgreedDay,
    AskFirst,
    Brief,
    PastTalk,
)
from coachlog.model.goals import Goal
from coachlog.model.measures import MeasureReading
from coachlog.model.people import Person
from coachlog.model.sessions import Answer, Session
from coachlog.model.supports import Support
from coachlog.rules import ask_first, disclosure
from coachlog.rules.directions import is_above_owner
from coachlog.rules.disclosure import Audience, EntrySplit
from coachlog.rules.notes import sort_notes_by_kind
from coachlog.rules.progress_notes import leave_notes_of_plan
from coachlog.rules.quotes import choose_quoted_answers, is_own_note
from coachlog.rules.supports import is_support_between
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import read_next_talk_actions
from coachlog.store.reading.encounter_queries import read_last_encounter_day
from coachlog.store.reading.goal_queries import GOAL_READER
from coachlog.store.reading.measure_queries import read_last_measures
from coachlog.store.reading.note_queries import read_open_notes
from coachlog.store.reading.partner_queries import read_partner_ids
from coachlog.store.reading.row_filters import (
    GOALS_WITH_PERSON,
    HELD_SESSION,
    SESSIONS_WITH_PERSON,
    select_sessions_with,
)
from coachlog.store.reading.session_readers import ANSWER_READER, SESSION_READER
from coachlog.store.reading.support_queries import read_supports
from coachlog.store.reading.supporter_queries import read_supports_elsewhere

_WELLBEING = "wellbeing"
"""The template that offers someone a conversation about their wellbeing."""


def read_brief(
    db: Connection,
    person: Person,
    today: date,
    *,
    private: bool = False,
    own_notes: bool = False,
) -> Brief:
    """Return what there is to know about a person before the next talk with them.

    What is private or about health is included only with `private`; otherwise `withheld` counts it.
    With `own_notes`, the owner's private notes to themselves are included all the same.
    """
    last_session = _read_last_session(db, person.id)
    all_answers: list[Answer] = []
    measures: EntrySplit[MeasureReading] = EntrySplit(())
    if last_session is not None:
        all_answers = _read_answers(db, last_session.id)
        measures = read_last_measures(db, person.id, private=private)
    quoted_answers = choose_quoted_answers(all_answers)
    open_actions = read_next_talk_actions(db, person.id)
    open_goals = _read_open_goals(db, person.id)
    open_notes = read_open_notes(db, person.id)

    audience = Audience.OWNER_AT_SCREEN
    answers = _split_quoted_answers(
        quoted_answers, private=private, own_notes=own_notes
    )
    actions = disclosure.split_entries(open_actions, audience, private=private)
    goals = disclosure.split_entries(open_goals, audience, private=private)
    # The one screen that notes are kept for: elsewhere they are veiled.
    notes = disclosure.split_entries(open_notes, Audience.OWNER)
    own_notes_withheld = sum(map(is_own_note, quoted_answers))
    own_notes_withheld -= sum(map(is_own_note, answers.visible_entries))
    moves = None
    if is_above_owner(person):
        from coachlog.store.reading.own_move_queries import read_own_moves

        last_held = last_session.held_on if last_session else None
        moves = read_own_moves(db, person, today, last_held, private=private)
    wellbeing_day, has_older_talks = _read_wellbeing_offer(db, person.id)
    brief = Brief(
        person=person,
        cancelled=tuple(_read_cancelled_sessions(db, person.id, last_session)),
        last_session=last_session,
        answers=answers.visible_entries,
        actions=tuple(leave_notes_of_plan(actions.visible_entries, person.id)),
        measures=measures.visible_entries,
        goals=goals.visible_entries,
        notes=sort_notes_by_kind(notes.visible_entries),
        withheld=answers.withheld
        + actions.withheld
        + goals.withheld
        + measures.withheld
        + (moves.withheld if moves else 0),
        own_notes=own_notes_withheld,
        ask_first=_choose_ask_first(
            person, actions.visible_entries, goals.visible_entries, today
        ),
        last_met=read_last_encounter_day(db, person.id),
        supports=_read_supports_of_two(
            db, person, actions.visible_entries, private=private
        ),
        moves=moves,
        wellbeing_offered=wellbeing_day,
        has_older_talks=has_older_talks,
    )
    return _add_agreements(
        db, brief, all_answers, today, private=private, own_notes=own_notes
    )


def _add_agreements(
    db: Connection,
    brief: Brief,
    last_answers: Sequence[Answer],
    today: date,
    *,
    private: bool,
    own_notes: bool,
) -> Brief:
    """Return a brief with the last talk of two, and the days agreed in it and in the last talk."""
    if brief.last_session is None:
        return brief
    answers_by_title = [(brief.last_session.title, last_answers)]
    last_of_two = None
    withheld = 0
    if len(brief.last_session.people) > 1:
        last_of_two = _read_last_of_two(db, brief.person.id)
    if last_of_two is not None:
        answers_by_title.append((last_of_two.session.title, last_of_two.answers))
        split = _split_quoted_answers(
            choose_quoted_answers(last_of_two.answers),
            private=private,
            own_notes=own_notes,
        )
        last_of_two = last_of_two._replace(answers=split.visible_entries)
        withheld = split.withheld
    days = [
        AgreedDay(date.fromisoformat(str(answer.value)), answer.question, title)
        for title, answers in answers_by_title
        for answer in answers
        if _is_agreed_day(answer, today, private=private)
    ]
    return brief._replace(
        last_of_two=last_of_two,
        agreed_days=tuple(sorted(days, key=lambda day: day.on)),
        withheld=brief.withheld + withheld,
    )


def _is_agreed_day(answer: Answer, today: date, *, private: bool) -> bool:
    """Return whether an answer is a day to come that may be on the owner's screen."""
    if answer.kind is not PromptKind.DATE or str(answer.value) < today.isoformat():
        return False
    access = disclosure.judge_access(answer, Audience.OWNER_AT_SCREEN, private=private)
    return access == disclosure.SHOWN


def _read_last_of_two(db: Connection, person_id: int) -> PastTalk | None:
    """Return the last talk with nobody else but a person, with all of its answers."""
    row = db.execute(
        f"""
        SELECT {SESSION_READER.columns} FROM {SESSIONS_WITH_PERSON}
        WHERE session.person_id = ? AND {HELD_SESSION} AND session.of_three IS NOT 1
        ORDER BY session.held_on DESC, session.id DESC LIMIT 1
        """,
        (person_id,),
    ).fetchone()
    if row is None:
        return None
    session = SESSION_READER.read(row)
    return PastTalk(session, tuple(_read_answers(db, session.id)))


def _choose_ask_first(
    person: Person, actions: Sequence[Action], goals: Sequence[Goal], today: date
) -> AskFirst:
    """Return what to ask about first; nothing where it is the owner who is asked."""
    if is_above_owner(person):
        return AskFirst()
    promise = ask_first.find_promise_to_raise(actions)
    goal = ask_first.find_goal_to_raise(goals, today)
    return AskFirst(promise.id if promise else None, goal.id if goal else None)


def _read_supports_of_two(
    db: Connection, person: Person, actions: Sequence[Action], *, private: bool
) -> tuple[Support, ...]:
    """Return what the owner gives for the promises of others, and the person for anybody's.

    Somebody above the owner also supports what is promised to nobody else. Of what does not come up
    with the person, that is as much as they may know.
    """
    actions_by_id = {action.id: action for action in actions}
    supports = list(read_supports(db, actions, person))
    if is_above_owner(person):
        own_actions = [
            action
            for action in _read_own_actions_for(db, person, private=private)
            if action.id not in actions_by_id
        ]
        actions_by_id |= {action.id: action for action in own_actions}
        # Promised alone: a first name that others have too is nobody's.
        supports += read_supports(db, own_actions)
    supports = [
        support
        for support in supports
        if is_support_between(support, actions_by_id[support.action], person)
    ]
    supports += read_supports_elsewhere(db, person, actions_by_id, private=private)
    return tuple(supports)


def _read_own_actions_for(
    db: Connection, person: Person, *, private: bool
) -> list[Action]:
    """Return the open actions of the owner's own plan made alone, or with this person."""
    actions = disclosure.split_entries(
        read_next_talk_actions(db, None), Audience.OTHER_PERSON, private=private
    ).visible_entries
    partner_ids = read_partner_ids(db, actions)
    return [
        action
        for action in actions
        if disclosure.is_for_reader(partner_ids[action.id], person.id)
    ]


def _split_quoted_answers(
    answers: Sequence[Answer], *, private: bool, own_notes: bool
) -> EntrySplit[Answer]:
    """Return the answers for the owner's screen; with `own_notes`, notes to oneself are shown."""
    shown = [
        answer
        for answer in answers
        if (own_notes and is_own_note(answer))
        or disclosure.judge_access(answer, Audience.OWNER_AT_SCREEN, private=private)
        == disclosure.SHOWN
    ]
    return EntrySplit(tuple(shown), len(answers) - len(shown))


def _read_last_session(db: Connection, person_id: int) -> Session | None:
    row = db.execute(
        f"""
        SELECT {SESSION_READER.columns} FROM {SESSIONS_WITH_PERSON}
        WHERE session.id = (
            SELECT id FROM ({select_sessions_with("?1", HELD_SESSION)}
                            ORDER BY held_on DESC, id DESC LIMIT 1))
        """,
        (person_id,),
    ).fetchone()
    return SESSION_READER.read(row) if row else None


def _read_wellbeing_offer(db: Connection, person_id: int) -> tuple[date | None, bool]:
    """Return the day of the last talk that offered one about wellbeing, if it is among the latest.

    Also whether there are talks before these. Whether they wanted to is about health, and so is all
    that was said: neither is read.
    """
    rows = db.execute(
        f"""
        SELECT held_on, template FROM session WHERE person_id = ? AND {HELD_SESSION}
        ORDER BY held_on DESC LIMIT ?
        """,
        (person_id, LATEST_TALKS + 1),
    ).fetchall()
    days = [day for day, template in rows[:LATEST_TALKS] if template == _WELLBEING]
    last_day = date.fromisoformat(days[0]) if days else None
    return last_day, len(rows) > LATEST_TALKS


def _read_cancelled_sessions(
    db: Connection, person_id: int, last_session: Session | None
) -> list[Session]:
    """Return the talks cancelled since the last one held, or all of them; the oldest first."""
    since = last_session.held_on.isoformat() if last_session else ""
    rows = db.execute(
        f"""
        SELECT {SESSION_READER.columns} FROM {SESSIONS_WITH_PERSON}
        WHERE session.person_id = ? AND session.status = 'cancelled'
        AND session.held_on > ? AND session.deleted_at IS NULL ORDER BY session.held_on
        """,
        (person_id, since),
    )
    return SESSION_READER.read_all(rows)


def _read_answers(db: Connection, session_id: int) -> list[Answer]:
    """Return the answers of a session, without skipped ones."""
    rows = db.execute(
        f"""
        SELECT {ANSWER_READER.columns} FROM answer
        WHERE session_id = ? AND value <> 'null' ORDER BY position
        """,
        (session_id,),
    )
    return ANSWER_READER.read_all(rows)


def _read_open_goals(db: Connection, person_id: int) -> list[Goal]:
    rows = db.execute(
        f"""
        SELECT {GOAL_READER.columns} FROM {GOALS_WITH_PERSON}
        WHERE goal.person_id = ? AND goal.status = 'open' AND goal.deleted_at IS NULL
        ORDER BY goal.id
        """,
        (person_id,),
    )
    return GOAL_READER.read_all(rows)
