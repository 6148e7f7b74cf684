"""One conversation as a page, and the summary of one about to be saved."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.model.actions import Promise
from coachlog.model.notes import NoteOutcome
from coachlog.model.sessions import Answer, Session, SessionStatus
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.recurrences import describe_return_days
from coachlog.phrasing.talks import name_talk
from coachlog.rules import disclosure
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.lists import render_actions
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.texts import Text
from coachlog.text import extract_first_name, format_count

if TYPE_CHECKING:
    from coachlog.interview.conversation import Conversation
    from coachlog.model.records import SessionRecord
    from coachlog.model.sets import LearningSet, MeetingRecord, Slot


def render_session(session: Session, today: date, width: int) -> Group:
    """Return a session as a page: what was asked and answered, then what was promised."""
    facts = " · ".join(_list_session_facts(session, today))
    parts: list[Renderable] = [
        styling.format_typed_words(_format_page_title(session), "bold"),
        styling.format_typed_words(
            f"Conversation {session.id} · {facts}", styling.QUIET
        ),
    ]
    if session.set and session.people:
        names = ", ".join(person.name for person in session.people)
        parts.append(styling.format_typed_words(f"Present: {names}", styling.QUIET))
    parts += _render_session_answers(session.answers)
    # The promises made in a slot are shown with it, so they do not come again at the end.
    ids_in_slots: set[int] = set()
    for slot in session.slots:
        parts += ["", *_render_session_slot(slot, today, width)]
        ids_in_slots.update(action.id for action in slot.actions)
    actions = [action for action in session.actions if action.id not in ids_in_slots]
    if actions:
        table = render_actions(
            actions, today, width - 2, with_person=session.set is not None
        )
        parts += ["", styling.format_heading("Promises"), IndentedBody(table)]
    return Group(*parts)


def _format_page_title(session: Session) -> str:
    if session.set and session.with_whom:
        return f"{session.title}: {session.with_whom}"
    return name_talk(session.template, session.title, session.with_whom)


def _list_session_facts(session: Session, today: date) -> list[str]:
    if session.status is SessionStatus.DRAFT:
        facts = [f"a draft, started {dates.format_short_day(session.held_on, today)}"]
    else:
        facts = [dates.format_long_day(session.held_on)]
    if session.cancelled_by:
        facts.append(styling.format_cancellation(session))
    if session.minutes:
        facts.append(format_count(session.minutes, "minute"))
    if session.tags:
        facts.append(", ".join(session.tags))
    if session.returns_on:
        facts.append(f"comes back on {describe_return_days(session.returns_on, today)}")
    return facts


def _render_session_answers(answers: Sequence[Answer]) -> list[Renderable]:
    """Return questions and answers, under the heading of each stage."""
    parts: list[Renderable] = []
    stage = None
    for answer in answers:
        if answer.stage != stage:
            stage = answer.stage
            parts += ["", styling.format_heading(answer.stage_title or stage)]
        question = styling.format_typed_words(answer.question, styling.QUIET)
        if disclosure.is_private(answer):
            question.append("  private", style=styling.SOON)
        words = styling.format_typed_words(describe_answer(answer))
        parts.append(IndentedBody(question))
        parts.append(IndentedBody(words, 4))
    return parts


def _render_session_slot(slot: "Slot", today: date, width: int) -> list[Renderable]:
    """Return one slot of a meeting: who presented what, the answers and the promises."""
    title = styling.format_typed_words(
        f"Slot {slot.number} · {slot.presenter.name}", "bold"
    )
    if slot.minutes:
        title.append(f"  {format_count(slot.minutes, 'minute')}", style=styling.QUIET)
    parts: list[Renderable] = [title]
    if slot.issue:
        parts.append(IndentedBody(styling.format_typed_words(slot.issue)))
    for part in _render_session_answers(slot.answers):
        # A blank line stays empty, without an indent.
        parts.append(IndentedBody(part) if part else part)
    if slot.actions:
        table = render_actions(slot.actions, today, width - 4, with_person=False)
        heading = IndentedBody(styling.format_heading("Promises"))
        parts += ["", heading, IndentedBody(table, 4)]
    return parts


_NOTE_OUTCOME_WORDS = {
    NoteOutcome.TALKED: "talked about",
    NoteOutcome.KEEP: "kept for next time",
    NoteOutcome.DROP: "dropped",
}


def render_record_summary(
    record: "SessionRecord", conversation: "Conversation", *, private: bool = True
) -> Group:
    """Return what is about to be saved: how much was answered, and each promise.

    Without `private`, private promises come without their words, as on an everyday screen.
    """
    parts: list[Text | Columns] = [
        Text(_count_record_answers(record), style=styling.QUIET)
    ]
    if record.reviews:
        outcomes = Counter(str(review.outcome) for review in record.reviews)
        outcomes["still open"] = outcomes.pop("open", 0)
        parts.append(Text(f"From last time: {_join_outcome_counts(outcomes)}"))
    if record.notes:
        outcomes = Counter(_NOTE_OUTCOME_WORDS[outcome] for _, outcome in record.notes)
        parts.append(Text(f"Notes: {_join_outcome_counts(outcomes)}"))
    if record.corrections:
        # Imported here because few conversations correct a promise.
        from coachlog.interview.corrections import phrase_corrected_fates

        parts.append(
            Text(f"Promises corrected: {phrase_corrected_fates(record.corrections)}")
        )
    if record.meeting and conversation.set:
        parts.append(_render_meeting_turns(record.meeting, conversation.set))
    promises = list(_collect_record_promises(record, conversation))
    if promises:
        parts.append(_render_new_promises(promises, private=private))
    else:
        parts.append(Text("No new promises.", style=styling.QUIET))
    return Group(*map(IndentedBody, parts))


def _count_record_answers(record: "SessionRecord") -> str:
    """Return how many questions were answered: `7 answers, 2 skipped, 1 private`."""
    answers = record.list_answers()
    answered = [answer for answer in answers if answer.value is not None]
    private_count = sum(answer.private for answer in answered)
    words = format_count(len(answered), "answer")
    words += f", {len(answers) - len(answered)} skipped"
    if private_count:
        words += f", {private_count} private"
    return words


def _join_outcome_counts(outcomes: Counter[str]) -> str:
    return ", ".join(f"{count} {words}" for words, count in outcomes.items() if count)


def _render_new_promises(
    promises: Sequence[tuple[str | None, Promise]], *, private: bool
) -> Columns:
    """Return promises one per row; each comes with the name of the person called `them`."""
    table = Columns("", "", "")
    visible_promises = disclosure.veil_everyday_entries(
        (promise for _, promise in promises), private=private
    )
    for (them, _), promise in zip(promises, visible_promises, strict=True):
        due = "no date"
        if promise.due:
            due = f"by {dates.format_long_day(promise.due)}"
        words = styling.mark_private_words(promise.what, private=promise.private)
        table.add_row(_format_promise_owner(promise, them), words, Text(due))
    return table


def _format_promise_owner(promise: Promise, them: str | None) -> Text:
    if promise.owner == "me":
        return styling.format_typed_words("you", "bold")
    if promise.owner == "them":
        return styling.format_typed_words(extract_first_name(them or "them"))
    return styling.format_typed_words(promise.owner)


def _collect_record_promises(
    record: "SessionRecord", conversation: "Conversation"
) -> Iterator[tuple[str | None, Promise]]:
    """Yield each promise with the name of the person called `them` in it."""
    for promise in record.promises:
        yield conversation.them, promise
    if record.meeting is None or conversation.set is None:
        return
    names = {member.person: member.name for member in conversation.set.members}
    for person, promise in record.meeting.list_promises():
        yield names.get(person), promise


def _render_meeting_turns(
    meeting: "MeetingRecord", learning_set: "LearningSet"
) -> Columns:
    """Return who was present and, slot by slot, who presented what."""
    names = {}
    for member in learning_set.members:
        names[member.id] = "you" if member.person is None else member.name
    table = Columns("", "", "")
    present = ", ".join(names[member_id] for member_id in meeting.present)
    table.add_row("present", styling.format_typed_words(present))
    for number, turn in enumerate(meeting.slots, start=1):
        words, minutes = names[turn.member], ""
        if turn.issue:
            words += f": {turn.issue}"
        if turn.minutes:
            minutes = format_count(turn.minutes, "minute")
        table.add_row(
            f"slot {number}",
            styling.format_typed_words(words),
            Text(minutes, style=styling.QUIET),
        )
    return table
