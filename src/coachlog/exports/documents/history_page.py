"""A person's history as a page, the oldest first: a heading for each year and each talk."""

from collections.abc import Iterator
from datetime import date

from coachlog import dates
from coachlog.exports.blocks import (
    Block,
    BulletList,
    Document,
    Emphasis,
    Heading,
    LineBreak,
    Paragraph,
    PlainText,
    StrongText,
    TypedText,
    Words,
    build_typed_lines,
)
from coachlog.model import Action, Answer, SessionStatus
from coachlog.model.history import Episode, History
from coachlog.phrasing import timeline
from coachlog.phrasing.answers import describe_answer
from coachlog.rules import disclosure
from coachlog.text import format_count


def build_history_page(history: History, today: date, *, full: bool = False) -> Document:
    """Return the history as a page; `full` quotes every answer, not only what mattered."""
    blocks: list[Block] = [
        Paragraph(
            (
                PlainText(
                    f"As of {dates.format_medium_day(today)} · {timeline.describe_history_extent(history)}"
                ),
            )
        )
    ]
    parts = list(timeline.build_timeline_parts(history, today))
    for part in parts:
        blocks += _build_history_part(part, history, today, full)
    if not parts:
        blocks.append(Paragraph((PlainText("Nothing yet."),)))
    if private := timeline.count_private_in_history(history):
        words = f"Includes {format_count(private, 'private entry', 'private entries')}."
        blocks.append(Paragraph((Emphasis((PlainText(words),)),)))
    return Document((PlainText("History: "), TypedText(history.person.name)), tuple(blocks))


def _build_history_part(
    part: timeline.TimelinePart, history: History, today: date, full: bool
) -> Iterator[Block]:
    match part:
        case timeline.TimelineYear():
            yield Heading(2, (PlainText(str(part.year)),))
        case timeline.TimelineGap():
            yield Paragraph((Emphasis((PlainText(f"— {part.words} —"),)),))
        case timeline.Happening():
            yield Paragraph(_build_happening_words(part))
        case timeline.TimelinePromise():
            promise = _build_promise_words(part.action, history, today)
            yield Paragraph((PlainText(f"{_format_day_in_year(part.on)} · Promised by "), *promise))
        case Episode():
            yield from _build_episode_blocks(part, history, today, full)


def _build_happening_words(happening: timeline.Happening) -> Words:
    begin = PlainText(f"{_format_day_in_year(happening.on)} · {happening.label}: ")
    facts = (PlainText(" ("), TypedText(happening.facts), PlainText(")")) if happening.facts else ()
    note = (LineBreak(), *build_typed_lines(happening.note)) if happening.note else ()
    return (
        begin,
        StrongText((TypedText(happening.title),)),
        *facts,
        *_build_private_mark(happening.private),
        *note,
    )


def _build_episode_blocks(
    episode: Episode, history: History, today: date, full: bool
) -> Iterator[Block]:
    session = episode.session
    day = _format_day_in_year(session.held_on)
    if session.status is SessionStatus.CANCELLED:
        words = timeline.describe_cancellation(episode, history.person.name, history.me or "me")
        yield Paragraph((PlainText(f"{day} · "), TypedText(words)))
        return
    yield Heading(3, (PlainText(f"{day}: "), TypedText(session.title)))
    yield Paragraph((Emphasis((TypedText(timeline.describe_session_facts(episode)),)),))
    if episode.measures:
        yield Paragraph(
            (PlainText("Measures: "), TypedText(timeline.describe_measures(episode.measures)))
        )
    if answers := tuple(
        _build_history_answer(answer) for answer in timeline.list_quoted_answers(episode, full=full)
    ):
        yield BulletList(answers)
    if session.actions:
        yield Paragraph((PlainText("Promises:"),))
        promises = timeline.list_session_promises(episode)
        yield BulletList(tuple(_build_promise_words(action, history, today) for action in promises))


def _build_history_answer(answer: Answer) -> Words:
    question = Emphasis((TypedText(answer.question),))
    private = _build_private_mark(disclosure.is_private(answer))
    return (question, *private, LineBreak(), *build_typed_lines(describe_answer(answer)))


def _build_promise_words(action: Action, history: History, today: date) -> Words:
    owner = StrongText((TypedText(timeline.describe_promise_owner(action, history.me or "Me")),))
    fate = timeline.describe_promise_fate(action, today, years=True)[1]
    private = _build_private_mark(action.private)
    return (owner, PlainText(": "), TypedText(action.what), *private, PlainText(f" — {fate}"))


def _build_private_mark(is_private: bool) -> Words:
    return (PlainText(" (private)"),) if is_private else ()


def _format_day_in_year(day: date) -> str:
    """Return a day in a year that stands in a heading above."""
    return f"{day.day} {dates.MONTH_NAMES[day.month - 1]}"
