"""A person's history as a page, the oldest first: a heading for each year and each talk."""

from collections.abc import Iterator
from datetime import date

from coachlog import dates
from coachlog.exports.blocks import (
    Block,
    Break,
    BulletList,
    Document,
    Emphasis,
    Heading,
    Paragraph,
    Plain,
    Strong,
    Typed,
    Words,
    typed_lines,
)
from coachlog.model import Action, Answer, SessionStatus
from coachlog.model.history import Episode, History
from coachlog.phrasing import timeline
from coachlog.phrasing.answers import answer_words
from coachlog.rules import disclosure
from coachlog.text import plural


def history_document(history: History, today: date, *, full: bool = False) -> Document:
    """Return the history as a page; `full` quotes every answer, not only what mattered."""
    blocks: list[Block] = [
        Paragraph((Plain(f"As of {dates.medium(today)} · {timeline.heading(history)}"),))
    ]
    parts = list(timeline.parts(history, today))
    for part in parts:
        blocks += _part(part, history, today, full)
    if not parts:
        blocks.append(Paragraph((Plain("Nothing yet."),)))
    if private := timeline.private(history):
        words = f"Includes {plural(private, 'private entry', 'private entries')}."
        blocks.append(Paragraph((Emphasis((Plain(words),)),)))
    return Document((Plain("History: "), Typed(history.person.name)), tuple(blocks))


def _part(part: timeline.Part, history: History, today: date, full: bool) -> Iterator[Block]:
    match part:
        case timeline.Year():
            yield Heading(2, (Plain(str(part.year)),))
        case timeline.Gap():
            yield Paragraph((Emphasis((Plain(f"— {part.words} —"),)),))
        case timeline.Happening():
            yield Paragraph(_happening(part))
        case timeline.Promised():
            promise = _promise(part.action, history, today)
            yield Paragraph((Plain(f"{_day(part.on)} · Promised by "), *promise))
        case Episode():
            yield from _episode(part, history, today, full)


def _happening(happening: timeline.Happening) -> Words:
    begin = Plain(f"{_day(happening.on)} · {happening.what}: ")
    facts = (Plain(" ("), Typed(happening.facts), Plain(")")) if happening.facts else ()
    note = (Break(), *typed_lines(happening.note)) if happening.note else ()
    return (begin, Strong((Typed(happening.typed),)), *facts, *_private(happening.private), *note)


def _episode(episode: Episode, history: History, today: date, full: bool) -> Iterator[Block]:
    session = episode.session
    day = _day(session.held_on)
    if session.status is SessionStatus.CANCELLED:
        words = timeline.cancelled(episode, history.person.name, history.me or "me")
        yield Paragraph((Plain(f"{day} · "), Typed(words)))
        return
    yield Heading(3, (Plain(f"{day}: "), Typed(session.title)))
    yield Paragraph((Emphasis((Typed(timeline.facts(episode)),)),))
    if episode.measures:
        yield Paragraph((Plain("Measures: "), Typed(timeline.measures(episode.measures))))
    if answers := tuple(_answer(answer) for answer in timeline.answers(episode, full=full)):
        yield BulletList(answers)
    if session.actions:
        yield Paragraph((Plain("Promises:"),))
        promises = timeline.promises(episode)
        yield BulletList(tuple(_promise(action, history, today) for action in promises))


def _answer(answer: Answer) -> Words:
    question = Emphasis((Typed(answer.question),))
    private = _private(disclosure.is_private(answer))
    return (question, *private, Break(), *typed_lines(answer_words(answer)))


def _promise(action: Action, history: History, today: date) -> Words:
    owner = Strong((Typed(timeline.owner(action, history.me or "Me")),))
    fate = timeline.fate(action, today, years=True)[1]
    private = _private(action.private)
    return (owner, Plain(": "), Typed(action.what), *private, Plain(f" — {fate}"))


def _private(private: bool) -> Words:
    return (Plain(" (private)"),) if private else ()


def _day(day: date) -> str:
    """Return a day in a year that stands in a heading above."""
    return f"{day.day} {dates.MONTHS[day.month - 1]}"
