"""Edits a conversation that was held, by options, by an answers file or question by question."""

from collections.abc import Iterator
from datetime import date

from coachlog import dates
from coachlog.errors import InvalidInput, Refusal
from coachlog.interview import keys
from coachlog.interview.back import Back
from coachlog.interview.conversation import Question
from coachlog.interview.keys import HELD_ON, ISSUE, MINUTES, NOTES_PARTNER, NOTES_THIRD
from coachlog.model.answers import AnswerValue, AskedQuestion, PromptKind
from coachlog.model.sessions import Answer, Session
from coachlog.phrasing.answers import describe_answer
from coachlog.rules import disclosure, question_tags
from coachlog.services.desk import Desk
from coachlog.services.inputs import build_missing_error
from coachlog.services.person_choice import ask_for_person
from coachlog.services.results import Result
from coachlog.services.sessions.edit_partner import list_partners
from coachlog.services.sessions.edit_questions import (
    build_edit_day_question,
    build_edit_minutes_question,
    build_tag_question,
    load_answers_by_key,
    rebuild_asked_question,
    rebuild_slot_questions,
)
from coachlog.services.sessions.session_edits import (
    SessionChanges,
    apply_session_changes,
    require_held_session,
)
from coachlog.services.sessions.session_names import name_session
from coachlog.store.reading import person_queries, session_queries
from coachlog.text import format_count


def edit_session(
    desk: Desk, id: int, source: str | None, changes: SessionChanges
) -> Result:
    """Change a held session by options and by an answers file; without either, ask what to change.

    Raises `Refusal` for a draft or a cancelled session, and `FaultyAnswers`, which lists all faults
    of the file.
    """
    if source is not None:
        from coachlog.services.sessions.edit_from_file import merge_answers_file

        changes = merge_answers_file(desk, id, source, changes)
    elif changes == SessionChanges():
        return _ask_session_changes(desk, id)
    return apply_session_changes(desk, id, changes)


def _ask_session_changes(desk: Desk, id: int) -> Result:
    """Ask what to change and save each change at once; `InvalidInput` if nobody is there to ask."""
    if not desk.interactive:
        raise build_missing_error(
            "to know what to change",
            "--on, --minutes, --with, --tag, --untag or --answers FILE",
        )
    require_held_session(desk, id)
    change_count = 0
    while True:
        with desk.read() as db:
            session = session_queries.read_session(db, id)
        answers = {
            key: answer
            for key, answer in load_answers_by_key(desk, session).items()
            if answer.kind is not PromptKind.PROMISES
        }
        rows = _build_edit_rows(session, answers, change_count)
        key = desk.asker.choose("What would you like to change?", rows)
        if not isinstance(key, str):
            break
        change_count += _ask_new_value(desk, key, session, answers)
    if not change_count:
        raise Refusal("Nothing was changed.")
    return Result(f"Changed {name_session(session)}. See: coachlog session show {id}")


def _build_edit_rows(
    session: Session, answers: dict[str, Answer], change_count: int
) -> list[tuple[str, str | None]]:
    """Return all that can be changed, each with its key, after the way out."""
    way_out = "leave everything as it is"
    if change_count:
        way_out = f"finish: {format_count(change_count, 'change')} saved"
    return [
        (way_out, None),
        (f"the day: {dates.format_long_day(session.held_on)}", HELD_ON),
        (f"the minutes: {session.minutes or '–'}", MINUTES),
        *_list_partner_rows(session),
        *_build_answer_rows(session, answers),
    ]


def _list_partner_rows(session: Session) -> list[tuple[str, str | None]]:
    """Return the rows of the other people; none for a meeting, and for a conversation alone."""
    partners = list_partners(session)
    if not partners:
        return []
    if len(partners) == 1:
        return [
            (f"who it was with: {partners[0].name}", NOTES_PARTNER),
            ("who else was there: nobody", NOTES_THIRD),
        ]
    return [
        (f"the first of the two: {partners[0].name}", NOTES_PARTNER),
        (f"the second of the two: {partners[1].name}", NOTES_THIRD),
    ]


def _build_answer_rows(
    session: Session, answers: dict[str, Answer]
) -> Iterator[tuple[str, str]]:
    """Yield the issue and minutes of each slot, then each answer, all with their keys.

    Private answers are listed without their words: those of the one that is picked are shown.
    """
    presenter_names: dict[str, str] = {}
    for slot in session.slots:
        number, name = str(slot.number), slot.presenter.name
        presenter_names[number] = name
        yield f"{name}: issue: {slot.issue or '–'}", keys.build_slot_key(number, ISSUE)
        yield (
            f"{name}: minutes: {slot.minutes or '–'}",
            keys.build_slot_key(number, MINUTES),
        )
    visible_answers = disclosure.veil_everyday_entries(answers.values())
    for key, answer in zip(answers, visible_answers, strict=True):
        row = f"{answer.question} {describe_answer(answer) or '(skipped)'}"
        number = keys.parse_key(key).slot
        if number in presenter_names:
            row = f"{presenter_names[number]}: {row}"
        yield row, key


def _ask_new_value(
    desk: Desk, key: str, session: Session, answers: dict[str, Answer]
) -> int:
    """Ask for one new value and save it; return how many changes that was."""
    if key in (NOTES_PARTNER, NOTES_THIRD):
        return _change_partners(desk, key, session)
    answer = answers.get(key)
    if answer is not None and answer.kind is PromptKind.QUESTIONS and answer.value:
        return _ask_question_tags(desk, session.id, key, answer)
    question, old_value = _rebuild_question(desk, key, session, answer)
    reply = desk.asker.ask_again(question, old_value)
    if isinstance(reply, Back) or reply == old_value:
        return 0
    if key not in (HELD_ON, MINUTES):
        changes = SessionChanges(answers={key: reply})
    elif reply is None:
        return 0
    elif key == HELD_ON:
        changes = SessionChanges(held_on=date.fromisoformat(str(reply)))
    else:
        changes = SessionChanges(minutes=int(str(reply)))
    return _save_listed_change(desk, session.id, changes)


def _change_partners(desk: Desk, key: str, session: Session) -> int:
    """Ask who was there and save it; return how many changes that was."""
    names = _ask_new_partners(desk, key, session)
    if not names:
        return 0
    return _save_listed_change(desk, session.id, SessionChanges(with_names=names))


def _ask_new_partners(desk: Desk, key: str, session: Session) -> tuple[str, ...]:
    """Return who a conversation was really with, of whom one is asked for; none for going back."""
    partners = list_partners(session)
    slugs = [_load_slug(desk, partner.id) for partner in partners]
    if key == NOTES_THIRD and len(partners) > 1:
        rows = [
            ("someone else", False),
            (f"nobody: with {partners[0].name} alone", True),
        ]
        reply = desk.asker.choose("Who was the second of the two?", rows)
        if isinstance(reply, Back):
            return ()
        if reply:
            return (slugs[0],)
    question = "Who was it with?" if key == NOTES_PARTNER else "Who else was there?"
    slug = ask_for_person(desk, question).slug
    if key == NOTES_THIRD:
        return (slugs[0], slug)
    if slug in slugs[1:]:
        # The two change places.
        return (slug, slugs[0])
    return (slug, *slugs[1:])


def _load_slug(desk: Desk, person_id: int) -> str:
    with desk.read() as db:
        return person_queries.read_person(db, person_id).slug


def _save_listed_change(desk: Desk, id: int, changes: SessionChanges) -> int:
    """Save a change made in a list of them; return how many were saved: 0 for a day that cannot be.

    What was changed before is saved already, and the list goes on.
    """
    try:
        result = apply_session_changes(desk, id, changes)
    except (Refusal, InvalidInput) as error:
        desk.asker.tell(error.message)
        return 0
    for remark in result.remarks:
        desk.asker.tell(remark)
    return 1


def _rebuild_question(
    desk: Desk, key: str, session: Session, answer: Answer | None
) -> tuple[Question, AnswerValue]:
    """Return the question with this key, and the value that stands there now."""
    if answer is not None:
        return rebuild_asked_question(key, answer, desk.today), answer.value
    if key == HELD_ON:
        return build_edit_day_question(desk.today), session.held_on.isoformat()
    if key == MINUTES:
        return build_edit_minutes_question(), session.minutes
    answer_key = keys.parse_key(key)
    slot = session.slots[int(answer_key.slot) - 1]
    question = rebuild_slot_questions(slot)[key]
    if answer_key.field == ISSUE:
        return question, slot.issue
    return question, slot.minutes


def _ask_question_tags(desk: Desk, id: int, key: str, answer: Answer) -> int:
    """Let the person tag the questions asked in a slot; return how many tags were changed."""
    entries = answer.value if isinstance(answer.value, list) else []
    # Copies, as the tags are set in place.
    questions: list[AskedQuestion] = [
        dict(entry) for entry in entries if isinstance(entry, dict)
    ]
    change_count = 0
    while True:
        chosen_questions = _choose_questions_to_tag(desk, questions)
        if not chosen_questions:
            return change_count
        for question in chosen_questions:
            reply = desk.asker.ask_again(build_tag_question(question), question["tag"])
            if isinstance(reply, Back):
                break
            if reply != question["tag"]:
                question["tag"] = str(reply) if reply else None
                apply_session_changes(
                    desk, id, SessionChanges(answers={key: questions})
                )
                change_count += 1


def _choose_questions_to_tag(
    desk: Desk, questions: list[AskedQuestion]
) -> list[AskedQuestion]:
    """Return the question chosen, or all those without a tag; nothing if the tags are right."""
    untagged = [question for question in questions if not question["tag"]]
    rows: list[tuple[str, list[AskedQuestion]]] = [("these are right", [])]
    if untagged:
        rows.append((f"tag the untagged ones in turn ({len(untagged)})", untagged))
    for question in questions:
        rows.append((question_tags.format_asked_question(question), [question]))
    choice = desk.asker.choose("Which question?", rows)
    if isinstance(choice, Back):
        return []
    return choice
