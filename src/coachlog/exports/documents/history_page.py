"""A person's history as a page, the oldest first: a heading for each year and each conversation."""

from collections.abc import Iterator
from datetime import date

from coachlog.dates import MONTH_NAMES, format_medium_day
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
from coachlog.exports.documents.private_marks import (
    build_entry_footer,
    build_private_mark,
)
from coachlog.model.actions import Action
from coachlog.model.history import Episode, History
from coachlog.model.sessions import Answer, SessionStatus
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.owners import (
    SideNames,
    describe_first_owner,
    describe_handovers,
)
from coachlog.phrasing.timeline import (
    Happening,
    TimelineGap,
    TimelinePart,
    TimelinePromise,
    TimelineYear,
    build_timeline_parts,
    count_private_in_history,
    describe_cancellation,
    describe_history_extent,
    describe_measures,
    describe_promise_fate,
    describe_session_facts,
    list_quoted_answers,
    list_session_promises,
)
from coachlog.rules.disclosure import is_private


def build_history_page(
    history: History, today: date, *, full: bool = False
) -> Document:
    """Return the history as a page; `full` quotes every answer, not only those that mattered."""
    facts = f"As of {format_medium_day(today)} · {describe_history_extent(history)}"
    blocks: list[Block] = [Paragraph((PlainText(facts),))]
    parts = list(build_timeline_parts(history, today))
    for part in parts:
        blocks += _build_history_part(part, history, today, full)
    if not parts:
        blocks.append(Paragraph((PlainText("Nothing yet."),)))
    blocks += build_entry_footer(count_private_in_history(history))
    return Document(
        (PlainText("History: "), TypedText(history.person.name)), tuple(blocks)
    )


def _build_history_part(
    part: TimelinePart, history: History, today: date, full: bool
) -> Iterator[Block]:
    match part:
        case TimelineYear():
            yield Heading(2, (PlainText(str(part.year)),))
        case TimelineGap():
            yield Paragraph((Emphasis((PlainText(f"— {part.words} —"),)),))
        case Happening():
            yield Paragraph(_build_happening_words(part))
        case TimelinePromise():
            lead = PlainText(f"{_format_day_in_year(part.on)} · Promised by ")
            yield Paragraph((lead, *_build_promise_words(part.action, history, today)))
        case Episode():
            yield from _build_episode_blocks(part, history, today, full)


def _build_happening_words(happening: Happening) -> Words:
    lead = PlainText(f"{_format_day_in_year(happening.on)} · {happening.label}: ")
    words: Words = (lead, StrongText((TypedText(happening.title),)))
    if happening.facts:
        words += (PlainText(" ("), TypedText(happening.facts), PlainText(")"))
    words += build_private_mark(happening.private)
    if happening.note:
        words += (LineBreak(), *build_typed_lines(happening.note))
    return words


def _build_episode_blocks(
    episode: Episode, history: History, today: date, full: bool
) -> Iterator[Block]:
    session = episode.session
    day = _format_day_in_year(session.held_on)
    if session.status is SessionStatus.CANCELLED:
        cancellation = describe_cancellation(
            episode, history.person.name, history.me or "me"
        )
        yield Paragraph((PlainText(f"{day} · "), TypedText(cancellation)))
        return
    yield Heading(3, (PlainText(f"{day}: "), TypedText(session.title)))
    yield Paragraph(
        (Emphasis((TypedText(describe_session_facts(episode, history.person)),)),)
    )
    if episode.measures:
        measures = TypedText(describe_measures(episode.measures))
        yield Paragraph((PlainText("Measures: "), measures))
    answers = [
        _build_history_answer(answer)
        for answer in list_quoted_answers(episode, full=full)
    ]
    if answers:
        yield BulletList(tuple(answers))
    if session.actions:
        yield Paragraph((PlainText("Promises:"),))
        promises = list_session_promises(episode)
        yield BulletList(
            tuple(_build_promise_words(action, history, today) for action in promises)
        )


def _build_history_answer(answer: Answer) -> Words:
    question = Emphasis((TypedText(answer.question),))
    private_mark = build_private_mark(is_private(answer))
    return (
        question,
        *private_mark,
        LineBreak(),
        *build_typed_lines(describe_answer(answer)),
    )


def _build_promise_words(action: Action, history: History, today: date) -> Words:
    them = history.person.name
    owner = describe_first_owner(action, SideNames(history.me or "Me", them))
    handovers = describe_handovers(action, SideNames(history.me or "me", them))
    _, fate = describe_promise_fate(action, today, years=True)
    return (
        StrongText((TypedText(owner),)),
        PlainText(": "),
        TypedText(action.what),
        *build_private_mark(action.private),
        TypedText(handovers),
        PlainText(f" — {fate}"),
    )


def _format_day_in_year(day: date) -> str:
    """Return a day without its year, which a heading above gives."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]}"
