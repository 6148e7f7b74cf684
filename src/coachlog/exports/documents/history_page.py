"""A person's history as a page, the oldest first: a heading for each year and each conversation."""

from collections.abc import Iterable, Iterator
from datetime import date

from coachlog.dates import MONTH_NAMES, format_medium_day
from coachlog.exports.blocks import (
    Block,
    BulletList,
    ChartGroup,
    Document,
    Emphasis,
    Heading,
    LineBreak,
    PageSection,
    Paragraph,
    PlainText,
    StatusText,
    StrongText,
    Tone,
    TypedText,
    Words,
    build_typed_lines,
)
from coachlog.exports.documents.private_marks import (
    build_entry_footer,
    build_private_mark,
)
from coachlog.exports.documents.promise_counts import build_promise_count_table
from coachlog.exports.documents.value_charts import (
    build_goal_charts,
    build_measure_charts,
)
from coachlog.model.actions import Action, ActionStatus, Fate
from coachlog.model.history import Episode, History
from coachlog.model.sessions import Answer, SessionStatus
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.owners import (
    SideNames,
    describe_first_owner,
    describe_handovers,
)
from coachlog.phrasing.timeline import (
    DatedPart,
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

SAID, PROMISED, GOALS = "Conversations", "Promises", "Goals and measures"
"""What a reader of the page may choose to see alone."""

_TONES = {
    Fate.KEPT: Tone.GOOD,
    Fate.REAGREED: Tone.GOOD,
    Fate.LATE: Tone.SOON,
    Fate.MISSED: Tone.BAD,
}


def build_history_page(
    history: History, today: date, *, full: bool = False
) -> Document:
    """Return the history as a page; `full` quotes every answer, not only those that mattered."""
    facts = f"As of {format_medium_day(today)} · {describe_history_extent(history)}"
    blocks: list[Block] = [Paragraph((PlainText(facts),))]
    blocks += _build_count_section(history, today)
    blocks += _build_chart_section(history)
    parts = list(build_timeline_parts(history, today))
    blocks += _build_timeline_sections(parts, history, today, full)
    if not parts:
        blocks.append(Paragraph((PlainText("Nothing yet."),)))
    blocks += build_entry_footer(count_private_in_history(history))
    return Document(
        (PlainText("History: "), TypedText(history.person.name)),
        tuple(blocks),
        (SAID, PROMISED, GOALS) if parts else (),
    )


def _build_count_section(history: History, today: date) -> Iterator[PageSection]:
    """Yield which promises are open, and how many were kept, by whom; nothing for none."""
    actions = [*history.actions]
    for episode in history.sessions:
        actions += episode.session.actions
    names = SideNames(history.me or "Me", history.person.name)
    for table in build_promise_count_table(actions, names, today):
        heading = Heading(2, (PlainText(PROMISED),))
        open_blocks = _build_open_promises(actions, history, today)
        yield PageSection(PROMISED, (heading, *open_blocks, table))


def _build_open_promises(
    actions: Iterable[Action], history: History, today: date
) -> Iterator[Block]:
    """Yield the promises that are open, the first due first, those without a date last."""
    open_actions = [item for item in actions if item.status is ActionStatus.OPEN]
    open_actions.sort(key=lambda action: (action.due or date.max, action.id))
    if open_actions:
        yield Paragraph((PlainText("Open:"),))
        yield BulletList(
            tuple(
                _build_promise_words(action, history, today) for action in open_actions
            )
        )


def _build_chart_section(history: History) -> Iterator[PageSection]:
    """Yield what was measured, and how far the goals have come; nothing of too few values."""
    charts = (
        *build_goal_charts(history.goals),
        *build_measure_charts(history.sessions),
    )
    if charts:
        heading = Heading(2, (PlainText(GOALS),))
        yield PageSection(GOALS, (heading, ChartGroup(charts)))


def _build_timeline_sections(
    parts: Iterable[TimelinePart], history: History, today: date, full: bool
) -> Iterator[PageSection]:
    """Yield a section for each year, with one for each part of it."""
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, TimelineYear) and blocks:
            yield PageSection("", tuple(blocks))
            blocks = []
        if isinstance(part, TimelineYear):
            blocks.append(Heading(2, (PlainText(str(part.year)),)))
        else:
            blocks.append(_build_history_part(part, history, today, full))
    if blocks:
        yield PageSection("", tuple(blocks))


def _build_history_part(
    part: DatedPart | TimelineGap, history: History, today: date, full: bool
) -> PageSection:
    match part:
        case TimelineGap():
            gap = Emphasis((PlainText(f"— {part.words} —"),))
            return PageSection(SAID, (Paragraph((gap,)),))
        case Happening():
            return PageSection(GOALS, (Paragraph(_build_happening_words(part)),))
        case TimelinePromise():
            lead = PlainText(f"{_format_day_in_year(part.on)} · Promised by ")
            words = (lead, *_build_promise_words(part.action, history, today))
            return PageSection(PROMISED, (Paragraph(words),))
        case Episode():
            return PageSection(
                SAID, tuple(_build_episode_blocks(part, history, today, full))
            )


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
        yield PageSection(GOALS, (Paragraph((PlainText("Measures: "), measures)),))
    answers = [
        _build_history_answer(answer)
        for answer in list_quoted_answers(episode, full=full)
    ]
    if answers:
        # A section of its own within that of the conversation, so that it can be left out.
        yield PageSection(SAID, (BulletList(tuple(answers)),))
    if session.actions:
        promises = BulletList(
            tuple(
                _build_promise_words(action, history, today)
                for action in list_session_promises(episode)
            )
        )
        label = Paragraph((PlainText("Promises:"),))
        yield PageSection(PROMISED, (label, promises))


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
    fate, fate_words = describe_promise_fate(action, today, years=True)
    tone = _TONES.get(fate, Tone.QUIET) if fate else Tone.QUIET
    return (
        StrongText((TypedText(owner),)),
        PlainText(": "),
        TypedText(action.what),
        *build_private_mark(action.private),
        *((TypedText(handovers),) if handovers else ()),
        PlainText(" — "),
        StatusText(fate_words, tone),
    )


def _format_day_in_year(day: date) -> str:
    """Return a day without its year, which a heading above gives."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]}"
