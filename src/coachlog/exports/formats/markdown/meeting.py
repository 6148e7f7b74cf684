"""A set's meeting as GitHub markdown: each slot for its presenter alone, or the whole."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from coachlog.dates import medium
from coachlog.exports.formats.markdown import lines, status, task
from coachlog.exports.markup import escape, heading
from coachlog.model import Action, Answer, Kind, MemberRef, PersonRef
from coachlog.model.handouts import Keeper, MeetingPage, SlotPage
from coachlog.model.sets import Role, Slot
from coachlog.rules import disclosure
from coachlog.rules.question_tags import asked
from coachlog.text import plural

InWords = Callable[[Answer], str]

_COLUMNS = ("#", "Action", "Who", "By", "Done when", "Status")
_ROLES = {
    Role.MEMBER: "A member of the set",
    Role.FACILITATOR: "The facilitator",
    Role.COACH: "The learning coach",
    None: "Whoever kept this record",
}


def slot(page: SlotPage, style: str, value: InWords) -> str:
    """Return a presenter's own page, its actions as a `table` or as `tasks` to tick.

    `value` says an answer in words.
    """
    keeper = _named(page.keeper)
    presenter = _called(page.slot.presenter, keeper)
    facts = [medium(page.held_on), *_minutes(page.slot.minutes)]
    blocks = [
        f"# {escape(page.set)}: {heading(presenter)}",
        " · ".join(facts),
        *_issue(page.slot),
        *_stages(page.slot.answers, value, level="##"),
        "## Actions",
        _actions(page.slot.actions, keeper, style) or "No actions.",
        *_of_others(page.others),
        *_footer(page.private_shown),
    ]
    return "\n\n".join(blocks) + "\n"


def whole(page: MeetingPage, style: str, value: InWords) -> str:
    """Return all of a meeting as one page: what is outside the slots, then slot by slot."""
    keeper = _named(page.keeper)
    facts = [medium(page.held_on), escape(page.title), *_minutes(page.minutes)]
    blocks = [
        f"# {heading(page.set)}",
        " · ".join(facts),
        *_present(page.people, keeper),
        *_stages(page.answers, value, level="##"),
        *(["## Actions", _actions(page.actions, keeper, style)] if page.actions else []),
    ]
    for one in page.slots:
        blocks += _whole_slot(one, keeper, style, value)
    return "\n\n".join([*blocks, *_footer(page.private_shown)]) + "\n"


def _whole_slot(one: Slot, keeper: str, style: str, value: InWords) -> Iterator[str]:
    yield f"## {one.number}. {heading(_called(one.presenter, keeper))}"
    yield from _minutes(one.minutes)
    yield from _issue(one)
    yield from _stages(one.answers, value, level="###")
    if one.actions:
        yield "### Actions"
        yield _actions(one.actions, keeper, style)


def _named(keeper: Keeper) -> str:
    """Return the owner's name, or what they are in the set when they gave none."""
    return keeper.name or _ROLES[keeper.role]


def _called(who: PersonRef | MemberRef, keeper: str) -> str:
    """Return how someone is called on a page; the owner who gave no name by what they are."""
    is_owner = isinstance(who, MemberRef) and who.person is None
    return keeper if is_owner else who.name


def _present(people: Sequence[PersonRef | MemberRef], keeper: str) -> Iterator[str]:
    if people:
        yield f"Present: {', '.join(escape(_called(who, keeper)) for who in people)}"


def _minutes(minutes: int | None) -> list[str]:
    return [plural(minutes, "minute")] if minutes else []


def _issue(one: Slot) -> list[str]:
    return [f"Issue: {lines(one.issue)}"] if one.issue else []


def _stages(answers: Sequence[Answer], value: InWords, level: str) -> Iterator[str]:
    """Yield each stage with its questions and answers, in the order asked."""
    for title, said in groupby(answers, key=lambda answer: answer.stage_title or answer.stage):
        yield f"{level} {heading(title)}"
        for answer in said:
            private = " (private)" if disclosure.is_private(answer) else ""
            yield f"**{escape(answer.question)}**{private}"
            yield _said(answer, value)


def _said(answer: Answer, value: InWords) -> str:
    if answer.kind is Kind.QUESTIONS and isinstance(answer.value, list):
        told = (asked(one) if isinstance(one, dict) else one for one in answer.value)
        return "\n".join(f"- {escape(words)}" for words in told)
    return lines(value(answer))


def _actions(actions: Sequence[Action], keeper: str, style: str) -> str:
    if style == "tasks":
        return "\n".join(task(action, _owner(action, keeper)) for action in actions)
    if not actions:
        return ""
    rows = [_COLUMNS, tuple("---" for _ in _COLUMNS)]
    rows += [tuple(_cells(action, keeper)) for action in actions]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cells(action: Action, keeper: str) -> Iterator[str]:
    yield str(action.id)
    yield lines(action.what) + (" (private)" if action.private else "")
    yield _owner(action, keeper)
    yield medium(action.due) if action.due else "–"
    yield lines(action.done_when or "–")
    yield status(action)


def _owner(action: Action, keeper: str) -> str:
    if action.owner == "me":
        return escape(keeper)
    them = action.person.name if action.person else "–"
    return escape(them if action.owner == "them" else action.owner)


def _of_others(count: int) -> Iterator[str]:
    if count:
        verb = "is" if count == 1 else "are"
        yield f"*{plural(count, 'promise')} of others in this slot {verb} not on this page.*"


def _footer(private: int) -> Iterator[str]:
    if private:
        yield f"*Includes {plural(private, 'private entry', 'private entries')}.*"
