"""What is on a page as rows for a spreadsheet: one for each promise, or each entry of a story."""

from collections.abc import Iterable, Iterator
from datetime import date

from coachlog.exports.contents import Cell, Records
from coachlog.model.actions import Action
from coachlog.model.history import Episode, History
from coachlog.model.sessions import SessionStatus
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.owners import SideNames, describe_first_owner
from coachlog.phrasing.timeline import (
    DatedPart,
    Happening,
    TimelineGap,
    TimelinePromise,
    TimelineYear,
    build_timeline_parts,
    describe_cancellation,
    describe_promise_fate,
    list_quoted_answers,
    list_session_promises,
)

PROMISE_COLUMNS = (
    *("id", "person", "what", "owner", "due", "first_due", "done_when", "support"),
    *("if_then", "confidence", "status", "closed_on", "private"),
)
STORY_COLUMNS = (
    *("day", "kind", "conversation", "promise", "question", "words", "owner", "due"),
    *("outcome", "private"),
)
_Row = tuple[Cell, ...]


def list_promise_records(actions: Iterable[Action], me: str) -> Records:
    """Return a row for each promise; `me` is the name of the journal's owner."""
    return Records(
        PROMISE_COLUMNS, [_build_promise_record(item, me) for item in actions]
    )


def _build_promise_record(action: Action, me: str) -> _Row:
    person = action.person.name if action.person else ""
    owner = {"me": me or "me", "them": person}.get(action.owner, action.owner)
    return (
        action.id,
        person,
        action.what,
        owner,
        _format_record_day(action.due),
        _format_record_day(action.original_due),
        action.done_when,
        action.support,
        action.if_then,
        action.confidence,
        action.status.value,
        _format_record_day(action.closed_on),
        _format_flag(action.private),
    )


def list_story_records(history: History, today: date, *, full: bool) -> Records:
    """Return a row for each answer, promise and event of a history, the oldest first."""
    return Records(STORY_COLUMNS, _list_story_rows(history, today, full))


def _list_story_rows(history: History, today: date, full: bool) -> Iterator[_Row]:
    for part in build_timeline_parts(history, today):
        if not isinstance(part, TimelineYear | TimelineGap):
            yield from _list_part_rows(part, history, today, full)


def _list_part_rows(
    part: DatedPart, history: History, today: date, full: bool
) -> Iterator[_Row]:
    match part:
        case Happening():
            words = "\n".join(filter(None, (part.title, part.facts, part.note)))
            yield _build_story_row(part.on, part.label, words, private=part.private)
        case TimelinePromise():
            yield _build_story_promise_row(part.on, part.action, history, today)
        case Episode():
            yield from _list_episode_rows(part, history, today, full)


def _list_episode_rows(
    episode: Episode, history: History, today: date, full: bool
) -> Iterator[_Row]:
    session = episode.session
    day = session.held_on
    if session.status is SessionStatus.CANCELLED:
        words = describe_cancellation(episode, history.person.name, history.me or "me")
        yield _build_story_row(day, "Cancelled", words, session.id)
        return
    yield _build_story_row(day, "Conversation", session.title, session.id)
    for reading in episode.measures:
        yield _build_story_row(
            day,
            "Measure",
            str(reading.value),
            session.id,
            question=reading.measure,
            private=reading.private,
        )
    for answer in list_quoted_answers(episode, full=full):
        yield _build_story_row(
            day,
            "Answer",
            describe_answer(answer),
            session.id,
            question=answer.question,
            private=answer.private or answer.health,
        )
    for action in list_session_promises(episode):
        yield _build_story_promise_row(day, action, history, today)


def _build_story_row(
    day: date,
    kind: str,
    words: str,
    session: int | None = None,
    *,
    question: str = "",
    private: bool = False,
) -> _Row:
    facts = (day.isoformat(), kind, session, None, question, words)
    return (*facts, "", "", "", _format_flag(private))


def _build_story_promise_row(
    day: date, action: Action, history: History, today: date
) -> _Row:
    owner = describe_first_owner(
        action, SideNames(history.me or "me", history.person.name)
    )
    _, fate_words = describe_promise_fate(action, today, years=True)
    return (
        day.isoformat(),
        "Promise",
        action.session,
        action.id,
        "",
        action.what,
        owner,
        _format_record_day(action.due),
        fate_words,
        _format_flag(action.private),
    )


def _format_record_day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _format_flag(is_so: bool) -> str:
    return "yes" if is_so else ""
