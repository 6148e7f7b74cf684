"""A set's meeting as pages: each slot for its presenter alone, or the whole."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from coachlog.dates import format_medium_day
from coachlog.exports.blocks import (
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
    EMPTY_CELL,
    build_action_task,
    build_due_cell,
    build_text_cell,
    format_action_status,
)
from coachlog.model import Action, Answer, MemberRef, PersonRef, PromptKind
from coachlog.model.handouts import Keeper, MeetingPage, SlotPage
from coachlog.model.sets import SetRole, Slot
from coachlog.phrasing.answers import describe_answer
from coachlog.rules import disclosure
from coachlog.rules.question_tags import format_answer_entries
from coachlog.text import format_count

_MEETING_COLUMNS = ("#", "Action", "Who", "By", "Done when", "Status")
_KEEPER_ROLES = {
    SetRole.MEMBER: "A member of the set",
    SetRole.FACILITATOR: "The facilitator",
    SetRole.COACH: "The learning coach",
    None: "Whoever kept this record",
}


def build_slot_page(page: SlotPage, style: str = "table") -> Document:
    """Return a presenter's own page, its actions as a `table` or as `tasks` to tick."""
    keeper = _describe_keeper(page.keeper)
    presenter = _format_participant_name(page.slot.presenter, keeper)
    actions = list(_build_meeting_actions_block(page.slot.actions, keeper, style))
    blocks = [
        Paragraph(
            join_words(
                [
                    (PlainText(format_medium_day(page.held_on)),),
                    _build_minutes_words(page.slot.minutes),
                ]
            )
        ),
        *_build_issue_block(page.slot),
        *_build_stage_blocks(page.slot.answers, level=2),
        Heading(2, (PlainText("Actions"),)),
        *(actions or [Paragraph((PlainText("No actions."),))]),
        *_build_others_block(page.others),
        *_build_meeting_footer(page.private_shown),
    ]
    return Document((TypedText(page.set), PlainText(": "), TypedText(presenter)), tuple(blocks))


def build_meeting_page(page: MeetingPage, style: str = "table") -> Document:
    """Return all of a meeting as one page: what is outside the slots, then slot by slot."""
    keeper = _describe_keeper(page.keeper)
    facts: list[Words] = [
        (PlainText(format_medium_day(page.held_on)),),
        (TypedText(page.title),),
        _build_minutes_words(page.minutes),
    ]
    blocks = [
        Paragraph(join_words(facts)),
        *_build_present_block(page.people, keeper),
        *_build_stage_blocks(page.answers, level=2),
    ]
    if page.actions:
        blocks.append(Heading(2, (PlainText("Actions"),)))
        blocks += _build_meeting_actions_block(page.actions, keeper, style)
    for slot in page.slots:
        blocks += _build_slot_blocks(slot, keeper, style)
    return Document((TypedText(page.set),), (*blocks, *_build_meeting_footer(page.private_shown)))


def _build_slot_blocks(slot: Slot, keeper_name: str, style: str) -> Iterator[Block]:
    """Yield a slot as a part of the whole meeting."""
    yield Heading(
        2,
        (
            PlainText(f"{slot.number}. "),
            TypedText(_format_participant_name(slot.presenter, keeper_name)),
        ),
    )
    if minutes := _build_minutes_words(slot.minutes):
        yield Paragraph(minutes)
    yield from _build_issue_block(slot)
    yield from _build_stage_blocks(slot.answers, level=3)
    if slot.actions:
        yield Heading(3, (PlainText("Actions"),))
        yield from _build_meeting_actions_block(slot.actions, keeper_name, style)


def _describe_keeper(keeper: Keeper) -> str:
    """Return the owner's name, or what they are in the set when they gave none."""
    return keeper.name or _KEEPER_ROLES[keeper.role]


def _format_participant_name(person: PersonRef | MemberRef, keeper_name: str) -> str:
    """Return how someone is called on a page; the owner who gave no name by what they are."""
    is_owner = isinstance(person, MemberRef) and person.person is None
    return keeper_name if is_owner else person.name


def _build_present_block(
    people: Sequence[PersonRef | MemberRef], keeper_name: str
) -> Iterator[Block]:
    if people:
        names: list[Words] = [
            (TypedText(_format_participant_name(who, keeper_name)),) for who in people
        ]
        yield Paragraph((PlainText("Present: "), *join_words(names, ", ")))


def _build_minutes_words(minutes: int | None) -> Words:
    return (PlainText(format_count(minutes, "minute")),) if minutes else ()


def _build_issue_block(slot: Slot) -> Iterator[Block]:
    if slot.issue:
        yield Paragraph((PlainText("Issue: "), *build_typed_lines(slot.issue)))


def _build_stage_blocks(answers: Sequence[Answer], level: int) -> Iterator[Block]:
    """Yield each stage with its questions and answers, in the order asked."""
    for title, of_stage in groupby(answers, key=lambda answer: answer.stage_title or answer.stage):
        yield Heading(level, (TypedText(title),))
        for answer in of_stage:
            private = (PlainText(" (private)"),) if disclosure.is_private(answer) else ()
            yield Paragraph((StrongText((TypedText(answer.question),)), *private))
            yield _build_answer_block(answer)


def _build_answer_block(answer: Answer) -> Block:
    if answer.kind is PromptKind.QUESTIONS and isinstance(answer.value, list):
        return BulletList(
            tuple((TypedText(question),) for question in format_answer_entries(answer.value))
        )
    return Paragraph(build_typed_lines(describe_answer(answer)))


def _build_meeting_actions_block(
    actions: Sequence[Action], keeper_name: str, style: str
) -> Iterator[Block]:
    if not actions:
        return
    if style == "tasks":
        yield Checklist(
            tuple(
                build_action_task(action, _build_meeting_owner_words(action, keeper_name))
                for action in actions
            )
        )
    else:
        yield Table(
            _MEETING_COLUMNS,
            tuple(_build_meeting_action_row(action, keeper_name) for action in actions),
        )


def _build_meeting_action_row(action: Action, keeper_name: str) -> tuple[Words, ...]:
    private = (PlainText(" (private)"),) if action.private else ()
    return (
        (PlainText(str(action.id)),),
        (*build_typed_lines(action.what), *private),
        _build_meeting_owner_words(action, keeper_name),
        build_due_cell(action.due),
        build_text_cell(action.done_when),
        (PlainText(format_action_status(action)),),
    )


def _build_meeting_owner_words(action: Action, keeper_name: str) -> Words:
    if action.owner == "me":
        return (TypedText(keeper_name),)
    if action.owner != "them":
        return (TypedText(action.owner),)
    return (TypedText(action.person.name if action.person else EMPTY_CELL),)


def _build_others_block(promise_count: int) -> Iterator[Block]:
    if promise_count:
        verb = "is" if promise_count == 1 else "are"
        words = f"{format_count(promise_count, 'promise')} of others in this slot {verb} not on this page."
        yield Paragraph((Emphasis((PlainText(words),)),))


def _build_meeting_footer(private_count: int) -> Iterator[Block]:
    if private_count:
        words = f"Includes {format_count(private_count, 'private entry', 'private entries')}."
        yield Paragraph((Emphasis((PlainText(words),)),))
