"""The outcome of one conversation as a page for the other people who were in it."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog.dates import format_medium_day
from coachlog.exports.blocks import (
    Block,
    BulletList,
    Checklist,
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
    join_words,
)
from coachlog.exports.documents.action_list import (
    build_action_task,
    build_day_cell,
    build_filled_table,
    build_owner_since,
    build_text_cell,
    format_action_status,
)
from coachlog.model.actions import Action, ActionStatus
from coachlog.model.answers import PromptKind
from coachlog.model.handouts import SessionPage
from coachlog.model.sessions import Answer
from coachlog.model.task_marks import NO_TASK_MARKS, TaskMarks
from coachlog.phrasing.answers import describe_answer
from coachlog.text import format_count

_OUTCOME_COLUMNS = ("Promise", "Who", "By", "Done when", "Support", "Status")


def build_session_page(
    page: SessionPage,
    style: str = "table",
    marks: TaskMarks = NO_TASK_MARKS,
    today: date | None = None,
) -> Document:
    """Return the outcome of a conversation, its promises as a `table` or as `tasks`.

    The title names no template: it is the subject of a mail, which others may see. Nothing on it is
    marked as private: that is for the owner to know, and it is said before the page goes.
    """
    day = format_medium_day(page.held_on)
    title = (PlainText(f"Our conversation on {day}: "), *_build_outcome_names(page))
    blocks: list[Block] = []
    if page.minutes:
        blocks.append(Paragraph((PlainText(format_count(page.minutes, "minute")),)))
    blocks.append(Heading(2, (PlainText("Promises"),)))
    blocks.append(_build_outcome_actions_block(page, style, marks, today))
    blocks += _build_if_then_blocks(page)
    days = [answer for answer in page.answers if answer.kind is PromptKind.DATE]
    others = [answer for answer in page.answers if answer.kind is not PromptKind.DATE]
    blocks += _build_outcome_answer_blocks("What mattered", others)
    blocks += _build_outcome_answer_blocks("Dates", days)
    return Document(title, tuple(blocks))


def _build_outcome_names(page: SessionPage) -> Words:
    """Return who was there: `Priya Shah, Ben Ek and Tom Reed`; the owner last, if by name."""
    names = [(TypedText(person.name),) for person in page.people]
    if page.owner:
        names.append((TypedText(page.owner),))
    all_but_last = join_words(names[:-1], ", ")
    return join_words([all_but_last, names[-1]], " and ")


def _build_outcome_actions_block(
    page: SessionPage, style: str, marks: TaskMarks, today: date | None
) -> Block:
    if not page.actions:
        return Paragraph((PlainText("No promises."),))
    if style == "tasks":
        tasks = []
        for action in page.actions:
            owner = _build_outcome_owner_words(action, page)
            tasks.append(build_action_task(action, owner, marks))
        return Checklist(tuple(tasks))
    rows = [_build_outcome_action_row(action, page, today) for action in page.actions]
    return build_filled_table(_OUTCOME_COLUMNS, rows)


def _build_outcome_action_row(
    action: Action, page: SessionPage, today: date | None
) -> tuple[Words, ...]:
    return (
        build_typed_lines(action.what),
        _build_outcome_owner_words(action, page),
        build_day_cell(action.due),
        build_text_cell(action.done_when),
        build_text_cell(action.support),
        _build_outcome_status_cell(action, today),
    )


def _build_outcome_status_cell(action: Action, today: date | None) -> Words:
    """Return what has become of a promise since; a dash where it is open as it was agreed."""
    words = format_action_status(action, today)
    return build_text_cell(None if words == ActionStatus.OPEN.value else words)


def _build_outcome_owner_words(action: Action, page: SessionPage) -> Words:
    owner = (StrongText((TypedText(_name_outcome_owner(action, page)),)),)
    return (*owner, *build_owner_since(action))


def _name_outcome_owner(action: Action, page: SessionPage) -> str:
    if action.owner == "me":
        return page.owner or "Me"
    if action.owner == "them":
        # A promise of theirs is in their plan.
        return action.person.name if action.person else page.people[0].name
    return action.owner


def _build_if_then_blocks(page: SessionPage) -> Iterator[Block]:
    entries = [
        (TypedText(action.if_then),) for action in page.actions if action.if_then
    ]
    if entries:
        yield Heading(2, (PlainText("If … then"),))
        yield BulletList(tuple(entries))


def _build_outcome_answer_blocks(
    heading: str, answers: Sequence[Answer]
) -> Iterator[Block]:
    if answers:
        yield Heading(2, (PlainText(heading),))
        yield BulletList(tuple(map(_build_outcome_answer_words, answers)))


def _build_outcome_answer_words(answer: Answer) -> Words:
    return (
        Emphasis((TypedText(answer.question),)),
        LineBreak(),
        *build_typed_lines(describe_answer(answer)),
    )
