"""A set's meeting as pages: each slot for its presenter alone, or the whole."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from coachlog.dates import medium
from coachlog.exports.blocks import (
    Block,
    BulletList,
    Checklist,
    Document,
    Emphasis,
    Heading,
    Paragraph,
    Plain,
    Strong,
    Table,
    Typed,
    Words,
    joined,
    typed_lines,
)
from coachlog.exports.documents.action_list import NONE, cell, due_cell, status, task
from coachlog.model import Action, Answer, Kind, MemberRef, PersonRef
from coachlog.model.handouts import Keeper, MeetingPage, SlotPage
from coachlog.model.sets import Role, Slot
from coachlog.phrasing.answers import answer_words
from coachlog.rules import disclosure
from coachlog.rules.question_tags import listed
from coachlog.text import plural

_COLUMNS = ("#", "Action", "Who", "By", "Done when", "Status")
_ROLES = {
    Role.MEMBER: "A member of the set",
    Role.FACILITATOR: "The facilitator",
    Role.COACH: "The learning coach",
    None: "Whoever kept this record",
}


def slot_document(page: SlotPage, style: str = "table") -> Document:
    """Return a presenter's own page, its actions as a `table` or as `tasks` to tick."""
    keeper = _keeper_name(page.keeper)
    presenter = _shown_name(page.slot.presenter, keeper)
    actions = list(_actions(page.slot.actions, keeper, style))
    blocks = [
        Paragraph(joined([(Plain(medium(page.held_on)),), _minutes(page.slot.minutes)])),
        *_issue(page.slot),
        *_stages(page.slot.answers, level=2),
        Heading(2, (Plain("Actions"),)),
        *(actions or [Paragraph((Plain("No actions."),))]),
        *_of_others(page.others),
        *_footer(page.private_shown),
    ]
    return Document((Typed(page.set), Plain(": "), Typed(presenter)), tuple(blocks))


def meeting_document(page: MeetingPage, style: str = "table") -> Document:
    """Return all of a meeting as one page: what is outside the slots, then slot by slot."""
    keeper = _keeper_name(page.keeper)
    facts: list[Words] = [
        (Plain(medium(page.held_on)),),
        (Typed(page.title),),
        _minutes(page.minutes),
    ]
    blocks = [
        Paragraph(joined(facts)),
        *_present(page.people, keeper),
        *_stages(page.answers, level=2),
    ]
    if page.actions:
        blocks.append(Heading(2, (Plain("Actions"),)))
        blocks += _actions(page.actions, keeper, style)
    for slot in page.slots:
        blocks += _slot(slot, keeper, style)
    return Document((Typed(page.set),), (*blocks, *_footer(page.private_shown)))


def _slot(slot: Slot, keeper: str, style: str) -> Iterator[Block]:
    """Yield a slot as a part of the whole meeting."""
    yield Heading(2, (Plain(f"{slot.number}. "), Typed(_shown_name(slot.presenter, keeper))))
    if minutes := _minutes(slot.minutes):
        yield Paragraph(minutes)
    yield from _issue(slot)
    yield from _stages(slot.answers, level=3)
    if slot.actions:
        yield Heading(3, (Plain("Actions"),))
        yield from _actions(slot.actions, keeper, style)


def _keeper_name(keeper: Keeper) -> str:
    """Return the owner's name, or what they are in the set when they gave none."""
    return keeper.name or _ROLES[keeper.role]


def _shown_name(who: PersonRef | MemberRef, keeper: str) -> str:
    """Return how someone is called on a page; the owner who gave no name by what they are."""
    is_owner = isinstance(who, MemberRef) and who.person is None
    return keeper if is_owner else who.name


def _present(people: Sequence[PersonRef | MemberRef], keeper: str) -> Iterator[Block]:
    if people:
        names: list[Words] = [(Typed(_shown_name(who, keeper)),) for who in people]
        yield Paragraph((Plain("Present: "), *joined(names, ", ")))


def _minutes(minutes: int | None) -> Words:
    return (Plain(plural(minutes, "minute")),) if minutes else ()


def _issue(slot: Slot) -> Iterator[Block]:
    if slot.issue:
        yield Paragraph((Plain("Issue: "), *typed_lines(slot.issue)))


def _stages(answers: Sequence[Answer], level: int) -> Iterator[Block]:
    """Yield each stage with its questions and answers, in the order asked."""
    for title, of_stage in groupby(answers, key=lambda answer: answer.stage_title or answer.stage):
        yield Heading(level, (Typed(title),))
        for answer in of_stage:
            private = (Plain(" (private)"),) if disclosure.is_private(answer) else ()
            yield Paragraph((Strong((Typed(answer.question),)), *private))
            yield _answer(answer)


def _answer(answer: Answer) -> Block:
    if answer.kind is Kind.QUESTIONS and isinstance(answer.value, list):
        return BulletList(tuple((Typed(question),) for question in listed(answer.value)))
    return Paragraph(typed_lines(answer_words(answer)))


def _actions(actions: Sequence[Action], keeper: str, style: str) -> Iterator[Block]:
    if not actions:
        return
    if style == "tasks":
        yield Checklist(tuple(task(action, _owner(action, keeper)) for action in actions))
    else:
        yield Table(_COLUMNS, tuple(_row(action, keeper) for action in actions))


def _row(action: Action, keeper: str) -> tuple[Words, ...]:
    private = (Plain(" (private)"),) if action.private else ()
    return (
        (Plain(str(action.id)),),
        (*typed_lines(action.what), *private),
        _owner(action, keeper),
        due_cell(action.due),
        cell(action.done_when),
        (Plain(status(action)),),
    )


def _owner(action: Action, keeper: str) -> Words:
    if action.owner == "me":
        return (Typed(keeper),)
    if action.owner != "them":
        return (Typed(action.owner),)
    return (Typed(action.person.name if action.person else NONE),)


def _of_others(count: int) -> Iterator[Block]:
    if count:
        verb = "is" if count == 1 else "are"
        words = f"{plural(count, 'promise')} of others in this slot {verb} not on this page."
        yield Paragraph((Emphasis((Plain(words),)),))


def _footer(private: int) -> Iterator[Block]:
    if private:
        words = f"Includes {plural(private, 'private entry', 'private entries')}."
        yield Paragraph((Emphasis((Plain(words),)),))
