"""A meeting of an action learning set: who is here, who presents, and one slot after another.

The keys of a slot's questions begin with its presenter's handle, `ann-obi:present.problem`, so
that answers stay with their presenter even when the order changes. In an answers file, whose order
cannot change, they begin with the number of the slot.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, takewhile

from coachlog.interview.conversation import MAX_MINUTES, Conversation, Question, Scope
from coachlog.interview.keys import (
    ISSUE,
    MINUTES,
    PRESENT,
    build_order_key,
    build_presenter_key,
    build_slot_key,
)
from coachlog.interview.stages import build_stage_questions
from coachlog.model.actions import ME
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.sets import LearningSet, Member
from coachlog.model.templates import Stage
from coachlog.names.matching import is_whole_name, match_by_name
from coachlog.text import fold_text, format_count

NOBODY = ":nobody"
"""The answer that ends a list of presenters; a colon cannot be in a handle."""
MIN_MEMBERS = 2
"""Members that make a meeting."""


def build_meeting_questions(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    """Yield the questions of a meeting after its promises, as the answers so far make them apply.

    The stages before the slots come first, then slot after slot, then the stages that close.
    """
    yield _build_present_question(talk)
    opening, slot_stages, closing = split_stages(talk.template.stages)
    yield from build_stage_questions(
        talk, opening, answers, build_meeting_scope(talk, answers)
    )
    if slot_stages and talk.every_field:
        yield from _build_file_slots(talk, slot_stages, answers)
    elif slot_stages:
        yield from _build_order_questions(talk, answers)
        yield from _build_planned_slots(talk, slot_stages, answers)
    yield from build_stage_questions(
        talk, closing, answers, build_meeting_scope(talk, answers)
    )


def split_stages(
    stages: Sequence[Stage],
) -> tuple[tuple[Stage, ...], tuple[Stage, ...], tuple[Stage, ...]]:
    """Return the stages before the slots, those of a slot, and those after."""
    opening = tuple(takewhile(lambda stage: not stage.each, stages))
    slot_stages = tuple(stage for stage in stages if stage.each)
    closing = tuple(stages[len(opening) + len(slot_stages) :])
    return opening, slot_stages, closing


def list_eligible_members(talk: Conversation) -> tuple[Member, ...]:
    """Return the members who can be at this meeting."""
    return _get_meeting_set(talk).list_members_on(talk.today)


def list_known_members(talk: Conversation) -> list[Member]:
    """Return everyone in the set once, in their latest role, including those who cannot attend."""
    current = _get_meeting_set(talk).list_current_members(None)
    members = {
        member.slug: member for member in [*list_eligible_members(talk), *current]
    }
    return list(members.values())


def list_present_members(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> list[Member]:
    """Return the members who are present, in the order in which they joined the set."""
    slugs = answers.get(PRESENT)
    if not isinstance(slugs, list):
        return []
    return [member for member in list_eligible_members(talk) if member.slug in slugs]


def list_planned_presenters(answers: Mapping[str, AnswerValue]) -> list[str]:
    """Return the handles of those who will present, in the order agreed."""
    slugs: list[str] = []
    for number in count(1):
        slug = answers.get(build_order_key(number))
        if slug in (None, NOBODY):
            break
        slugs.append(str(slug))
    return slugs


def list_presenters(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> list[Member]:
    """Return who presented so far or presents now, slot by slot."""
    members = {member.slug: member for member in list_eligible_members(talk)}
    planned_slugs = list_planned_presenters(answers)
    presenters: list[Member] = []
    for number in count(1):
        slug = answers.get(build_presenter_key(number))
        # Nobody is asked who presents first: the order says it.
        if number == 1 and not slug and planned_slugs:
            slug = planned_slugs[0]
        if slug not in members:
            break
        presenters.append(members[str(slug)])
    return presenters


def match_members(members: Sequence[Member], query: str) -> list[Member]:
    """Return the members a query can mean: by handle or full name, else by a part of the name."""
    # “me” is the owner, never somebody whose name only begins like that.
    if fold_text(query) == ME:
        return [member for member in members if is_whole_name(member, query)]
    return match_by_name(members, query)


def name_slot(talk: Conversation, number: int, member: Member) -> str:
    """Return what keys call a slot: the handle of its presenter, or in a file its number."""
    return str(number) if talk.every_field else member.slug


def sum_slot_minutes(stages: Sequence[Stage]) -> int:
    """Return the minutes planned for one slot; 0 if its stages give none."""
    slot_stages = [stage for stage in stages if stage.each]
    return sum(stage.minutes or 0 for stage in slot_stages)


def label_member(member: Member) -> str:
    """Return how a member appears in a list: the owner of the journal is `me`."""
    return "me" if member.person is None else member.name


def _get_meeting_set(talk: Conversation) -> LearningSet:
    assert talk.set is not None
    return talk.set


def _build_present_question(talk: Conversation) -> Question:
    members = list_eligible_members(talk)
    slugs = [member.slug for member in members]
    return Question(
        PRESENT,
        "Who is here?",
        PromptKind.CHOICES,
        required=True,
        help="Untick anyone who is absent.",
        low=MIN_MEMBERS,
        options=tuple(map(label_member, members)),
        values=tuple(slugs),
        default=None if talk.every_field else slugs,
    )


def _build_order_questions(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    members = list_present_members(talk, answers)
    ask = "Who presents first?"
    help: str | None = "The order can still change during the meeting."
    nobody = "nobody today"
    for number in count(1):
        if not members:
            return
        key = build_order_key(number)
        yield Question(
            key,
            ask,
            PromptKind.CHOICE,
            help=help,
            offers_skip=False,
            options=(*map(label_member, members), nobody),
            values=(*(member.slug for member in members), NOBODY),
            pointed=None if number == 1 else NOBODY,
            needs_choice=number == 1,
        )
        if answers[key] in (None, NOBODY):
            return
        members = [member for member in members if member.slug != answers[key]]
        ask = "Who presents next?"
        help = None
        nobody = "that is all"


def _build_planned_slots(
    talk: Conversation, stages: Sequence[Stage], answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    """Yield slot after slot, until nobody else presents.

    The first presenter is the one planned; before each later slot the plan can still change.
    """
    waiting = {member.slug: member for member in list_present_members(talk, answers)}
    planned_slugs = list_planned_presenters(answers)
    if not planned_slugs:
        return
    slug: AnswerValue = planned_slugs[0]
    for number in count(1):
        presenter = waiting.pop(str(slug), None)
        if presenter is None:
            return
        planned_slugs = [
            planned for planned in planned_slugs if planned != presenter.slug
        ]
        yield from _build_slot_questions(talk, number, presenter, stages, answers)
        if not waiting:
            return
        yield _build_presenter_question(
            talk, number + 1, list(waiting.values()), planned_slugs
        )
        slug = answers[build_presenter_key(number + 1)]


def _build_file_slots(
    talk: Conversation, stages: Sequence[Stage], answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    """Yield the slots of a file, which may name anyone, so that faults in later slots are found."""
    members = {member.slug: member for member in list_eligible_members(talk)}
    for number in count(1):
        if not members:
            return
        yield _build_presenter_question(talk, number, list(members.values()), [])
        presenter = members.get(str(answers[build_presenter_key(number)]))
        if presenter is None:
            return
        yield from _build_slot_questions(talk, number, presenter, stages, answers)


def _build_presenter_question(
    talk: Conversation,
    number: int,
    members: Sequence[Member],
    planned_slugs: Sequence[str],
) -> Question:
    """Return the question of who presents in a slot, the next presenter in the plan first."""
    planned = {slug: place for place, slug in enumerate(planned_slugs)}
    in_order = sorted(
        members, key=lambda member: planned.get(member.slug, len(planned))
    )
    labels = {member.slug: label_member(member) for member in in_order}
    # The likeliest answer comes first, since Enter takes it.
    if planned_slugs:
        ask = "Who presents now?"
        next_slug = planned_slugs[0]
        if next_slug in labels:
            labels[next_slug] += ", as planned"
        labels[NOBODY] = "nobody else today"
    else:
        ask = "Does anyone else want to present?"
        labels = {NOBODY: "nobody else today", **labels}
    return Question(
        build_presenter_key(number),
        ask,
        PromptKind.CHOICE,
        offers_skip=False,
        options=tuple(labels.values()),
        values=tuple(labels),
        default=NOBODY if talk.every_field else None,
    )


def _build_slot_questions(
    talk: Conversation,
    number: int,
    presenter: Member,
    stages: Sequence[Stage],
    answers: Mapping[str, AnswerValue],
) -> Iterator[Question]:
    slot = name_slot(talk, number, presenter)
    ask = f"What is {presenter.name} bringing?"
    if presenter.person is None:
        ask = "What are you bringing?"
    yield Question(
        build_slot_key(slot, ISSUE),
        ask,
        PromptKind.LINE,
        help="In one line; the details come next.",
    )
    scope = build_slot_scope(talk, slot, presenter, answers)
    yield from build_stage_questions(talk, stages, answers, scope)
    minutes = sum_slot_minutes(stages)
    yield Question(
        build_slot_key(slot, MINUTES),
        "How many minutes did this slot take?",
        PromptKind.NUMBER,
        help=f"Planned: {format_count(minutes, 'minute')}." if minutes else None,
        low=1,
        high=MAX_MINUTES,
    )


def build_meeting_scope(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> Scope:
    """Return the scope of questions outside any slot: anyone here can promise something."""
    return Scope(owners=_list_owner_options(talk, list_present_members(talk, answers)))


def build_slot_scope(
    talk: Conversation, slot: str, presenter: Member, answers: Mapping[str, AnswerValue]
) -> Scope:
    """Return the scope of one slot: its presenter comes first among those who can promise."""
    others = [
        member for member in list_present_members(talk, answers) if member != presenter
    ]
    return Scope(
        slot=slot,
        them=presenter.name,
        owners=_list_owner_options(talk, [presenter, *others]),
        default_owner=presenter.slug if talk.every_field else None,
    )


def _list_owner_options(
    talk: Conversation, present: Iterable[Member]
) -> tuple[tuple[str, str], ...]:
    """Return who can promise something, as (label, handle), those present first.

    The owner of the journal always can, even one who only runs the set; a file may name anyone.
    """
    labels = {member.slug: label_member(member) for member in present}
    labels.setdefault(ME, "me")
    if talk.every_field:
        for member in list_known_members(talk):
            labels.setdefault(member.slug, label_member(member))
    return tuple((label, slug) for slug, label in labels.items())
