"""A set's meeting as a page: one slot, for its presenter alone, or the whole meeting."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog.dates import format_medium_day
from coachlog.exports.blocks import (
    EMPTY_CELL,
    Block,
    BulletList,
    Checklist,
    Document,
    Emphasis,
    Heading,
    Paragraph,
    PlainText,
    StrongText,
    Table,
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
from coachlog.exports.documents.private_marks import (
    build_entry_footer,
    build_private_mark,
)
from coachlog.model.actions import Action
from coachlog.model.answers import PromptKind
from coachlog.model.handouts import Keeper, MeetingPage, SlotPage
from coachlog.model.references import MemberRef, PersonRef
from coachlog.model.sessions import Answer
from coachlog.model.sets import SetRole, Slot
from coachlog.model.task_marks import NO_TASK_MARKS, TaskMarks
from coachlog.phrasing.answers import describe_answer
from coachlog.rules.disclosure import is_private
from coachlog.rules.question_tags import format_answer_entries
from coachlog.text import format_count

_MEETING_COLUMNS = ("#", "Promise", "Who", "By", "Done when", "Status")
_KEEPER_ROLES = {
    SetRole.MEMBER: "A member of the set",
    SetRole.FACILITATOR: "The facilitator",
    SetRole.COACH: "The learning coach",
    None: "The note-taker",
}


def build_slot_page(
    page: SlotPage,
    style: str = "table",
    marks: TaskMarks = NO_TASK_MARKS,
    today: date | None = None,
) -> Document:
    """Return a presenter's own page, its actions as a `table` or as `tasks` to tick off."""
    keeper_name = _describe_keeper(page.keeper)
    slot = page.slot
    facts: list[Words] = [
        (PlainText(format_medium_day(page.held_on)),),
        _build_minutes_words(slot.minutes),
    ]
    blocks: list[Block] = [
        Paragraph(join_words(facts)),
        *_build_issue_block(slot),
        *_build_stage_blocks(slot.answers, level=2),
        Heading(2, (PlainText("Promises"),)),
    ]
    if slot.actions:
        blocks.append(
            _build_meeting_actions_block(slot.actions, keeper_name, style, marks, today)
        )
    else:
        blocks.append(Paragraph((PlainText("No promises."),)))
    blocks += _build_others_block(page.others)
    blocks += build_entry_footer(page.private_shown)
    presenter = _format_participant_name(slot.presenter, keeper_name)
    return Document(
        (TypedText(page.set), PlainText(": "), TypedText(presenter)), tuple(blocks)
    )


def build_meeting_page(
    page: MeetingPage,
    style: str = "table",
    marks: TaskMarks = NO_TASK_MARKS,
    today: date | None = None,
) -> Document:
    """Return all of a meeting as one page: what came outside the slots, then slot by slot."""
    keeper_name = _describe_keeper(page.keeper)
    facts: list[Words] = [
        (PlainText(format_medium_day(page.held_on)),),
        (TypedText(page.title),),
        _build_minutes_words(page.minutes),
    ]
    blocks: list[Block] = [Paragraph(join_words(facts))]
    if page.people:
        names: list[Words] = []
        for person in page.people:
            names.append((TypedText(_format_participant_name(person, keeper_name)),))
        blocks.append(Paragraph((PlainText("Present: "), *join_words(names, ", "))))
    blocks += _build_stage_blocks(page.answers, level=2)
    if page.actions:
        blocks.append(Heading(2, (PlainText("Promises"),)))
        blocks.append(
            _build_meeting_actions_block(page.actions, keeper_name, style, marks, today)
        )
    for slot in page.slots:
        blocks += _build_slot_blocks(slot, keeper_name, style, marks, today)
    blocks += build_entry_footer(page.private_shown)
    return Document((TypedText(page.set),), tuple(blocks))


def _build_slot_blocks(
    slot: Slot, keeper_name: str, style: str, marks: TaskMarks, today: date | None
) -> Iterator[Block]:
    """Yield a slot as a section of the whole meeting."""
    presenter = TypedText(_format_participant_name(slot.presenter, keeper_name))
    yield Heading(2, (PlainText(f"{slot.number}. "), presenter))
    if slot.minutes:
        yield Paragraph(_build_minutes_words(slot.minutes))
    yield from _build_issue_block(slot)
    yield from _build_stage_blocks(slot.answers, level=3)
    if slot.actions:
        yield Heading(3, (PlainText("Promises"),))
        yield _build_meeting_actions_block(
            slot.actions, keeper_name, style, marks, today
        )


def _describe_keeper(keeper: Keeper) -> str:
    """Return the name of the journal's owner, or their role in the set if they gave none."""
    return keeper.name or _KEEPER_ROLES[keeper.role]


def _format_participant_name(person: PersonRef | MemberRef, keeper_name: str) -> str:
    """Return a participant's name; for the journal's owner it is the keeper's."""
    if isinstance(person, MemberRef) and person.person is None:
        return keeper_name
    return person.name


def _build_minutes_words(minutes: int | None) -> Words:
    if not minutes:
        return ()
    return (PlainText(format_count(minutes, "minute")),)


def _build_issue_block(slot: Slot) -> Iterator[Block]:
    if slot.issue:
        yield Paragraph((PlainText("Issue: "), *build_typed_lines(slot.issue)))


def _build_stage_blocks(answers: Sequence[Answer], level: int) -> Iterator[Block]:
    """Yield each stage with its questions and answers, in the order asked."""
    current_title: str | None = None
    for answer in answers:
        title = answer.stage_title or answer.stage
        if title != current_title:
            current_title = title
            yield Heading(level, (TypedText(title),))
        question = StrongText((TypedText(answer.question),))
        yield Paragraph((question, *build_private_mark(is_private(answer))))
        yield _build_answer_block(answer)


def _build_answer_block(answer: Answer) -> Block:
    if answer.kind is PromptKind.QUESTIONS and isinstance(answer.value, list):
        questions = format_answer_entries(answer.value)
        return BulletList(tuple((TypedText(question),) for question in questions))
    return Paragraph(build_typed_lines(describe_answer(answer)))


def _build_meeting_actions_block(
    actions: Sequence[Action],
    keeper_name: str,
    style: str,
    marks: TaskMarks,
    today: date | None,
) -> Checklist | Table:
    if style == "tasks":
        tasks = []
        for action in actions:
            owner = _build_meeting_owner_words(action, keeper_name)
            tasks.append(build_action_task(action, owner, marks))
        return Checklist(tuple(tasks))
    rows = [_build_meeting_action_row(action, keeper_name, today) for action in actions]
    return build_filled_table(_MEETING_COLUMNS, rows)


def _build_meeting_action_row(
    action: Action, keeper_name: str, today: date | None
) -> tuple[Words, ...]:
    return (
        (PlainText(str(action.id)),),
        (*build_typed_lines(action.what), *build_private_mark(action.private)),
        _build_meeting_owner_words(action, keeper_name),
        build_day_cell(action.due),
        build_text_cell(action.done_when),
        (PlainText(format_action_status(action, today)),),
    )


def _build_meeting_owner_words(action: Action, keeper_name: str) -> Words:
    return (*_build_meeting_owner_name(action, keeper_name), *build_owner_since(action))


def _build_meeting_owner_name(action: Action, keeper_name: str) -> Words:
    if action.owner == "me":
        return (TypedText(keeper_name),)
    if action.owner != "them":
        return (TypedText(action.owner),)
    if action.person is None:
        return (TypedText(EMPTY_CELL),)
    return (TypedText(action.person.name),)


def _build_others_block(promise_count: int) -> Iterator[Block]:
    """Yield how many promises of other people in this slot the presenter's page leaves out."""
    if not promise_count:
        return
    if promise_count == 1:
        words = "1 promise made by someone else in this slot is not on this page."
    else:
        words = f"{promise_count} promises made by others in this slot are not on this page."
    yield Paragraph((Emphasis((PlainText(words),)),))
