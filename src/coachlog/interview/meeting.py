"""A meeting of an action learning set: who is here, who presents, and one slot after the other.

Keys of what a slot asks name its presenter: `ann-obi:present.problem`, so that words stay with the
one they are of, whatever becomes of the order. In an answers file, which cannot change its mind,
they have the number of the slot instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count, takewhile

from coachlog.interview import keys
from coachlog.interview.conversation import MAX_MINUTES, ME, Conversation, Question, Scope
from coachlog.interview.keys import ISSUE, MINUTES, PRESENT
from coachlog.interview.stages import build_stage_questions
from coachlog.model import AnswerValue, PromptKind
from coachlog.model.sets import LearningSet, Member
from coachlog.model.templates import Stage
from coachlog.text import fold_text, format_count, strip_title

NOBODY = ":nobody"
MIN_MEMBERS = 2
"""Members that make a meeting."""


def build_meeting_questions(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    """Yield the questions of a meeting after its promises, as the answers so far make them apply.

    Stages before the slots come first, then slot after slot, then the stages that close.
    """
    yield _build_present_question(talk)
    before, slot, after = split_stages(talk.template.stages)
    yield from build_stage_questions(talk, before, answers, _build_meeting_scope(talk, answers))
    if slot:
        if not talk.every_field:
            yield from _build_order_questions(talk, answers)
        yield from _build_questions_by_slot(talk, slot, answers)
    yield from build_stage_questions(talk, after, answers, _build_meeting_scope(talk, answers))


def split_stages(
    stages: Sequence[Stage],
) -> tuple[tuple[Stage, ...], tuple[Stage, ...], tuple[Stage, ...]]:
    """Return the stages before the slots, those of a slot, and those after."""
    before = tuple(takewhile(lambda stage: not stage.each, stages))
    slot = tuple(stage for stage in stages if stage.each)
    return before, slot, tuple(stages[len(before) + len(slot) :])


def list_eligible_members(talk: Conversation) -> tuple[Member, ...]:
    """Return the members who can be at this meeting."""
    return _get_meeting_set(talk).list_members_on(talk.today)


def list_present_members(talk: Conversation, answers: Mapping[str, AnswerValue]) -> list[Member]:
    """Return the members who are present, in the order they came into the set."""
    given = answers.get(PRESENT)
    slugs = given if isinstance(given, list) else []
    return [one for one in list_eligible_members(talk) if one.slug in slugs]


def list_planned_presenters(answers: Mapping[str, AnswerValue]) -> list[str]:
    """Return the handles of those who were to present, in the order agreed."""
    given = (answers.get(keys.build_order_key(number)) for number in count(1))
    return [str(slug) for slug in takewhile(lambda slug: slug not in (None, NOBODY), given)]


def list_presenters(talk: Conversation, answers: Mapping[str, AnswerValue]) -> list[Member]:
    """Return who presented so far or presents now, slot by slot."""
    known = {one.slug: one for one in list_eligible_members(talk)}
    first = answers.get(keys.build_presenter_key(1)) or next(
        iter(list_planned_presenters(answers)), None
    )
    given = chain([first], (answers.get(keys.build_presenter_key(number)) for number in count(2)))
    return [known[slug] for slug in takewhile(known.__contains__, map(str, given))]


def match_members(members: Sequence[Member], query: str) -> list[Member]:
    """Return the members meant by a name: by handle or full name, else by a unique beginning."""
    key = fold_text(query)
    exact = [one for one in members if key in (one.slug, fold_text(one.name))]
    if exact or key in ("", ME):  # “me” is nobody whose name only begins so
        return exact
    return [one for one in members if f" {key}" in f" {strip_title(fold_text(one.name))}"]


def name_slot(talk: Conversation, number: int, member: Member) -> str:
    """Return how keys name a slot: by the handle of its presenter, or in a file by its number."""
    return str(number) if talk.every_field else member.slug


def sum_slot_minutes(stages: Sequence[Stage]) -> int:
    """Return how many minutes one slot is to take, 0 where its stages say nothing."""
    return sum(stage.minutes or 0 for stage in stages if stage.each)


def label_member(member: Member) -> str:
    """Return how a member is called in a list: the owner of the journal is `me`."""
    return "me" if member.person is None else member.name


def _get_meeting_set(talk: Conversation) -> LearningSet:
    assert talk.set is not None
    return talk.set


def _build_present_question(talk: Conversation) -> Question:
    known = list_eligible_members(talk)
    slugs = [one.slug for one in known]
    return Question(
        PRESENT,
        "Who is here?",
        PromptKind.CHOICES,
        required=True,
        help="Take the mark away from who is missing.",
        low=MIN_MEMBERS,
        options=tuple(map(label_member, known)),
        values=tuple(slugs),
        default=None if talk.every_field else slugs,
    )


def _build_order_questions(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    left = list_present_members(talk, answers)
    for number in count(1):
        if not left:
            return
        key = keys.build_order_key(number)
        last = "that is all" if number > 1 else "nobody today"
        yield Question(
            key,
            "Who presents next?" if number > 1 else "Who presents first?",
            PromptKind.CHOICE,
            help="The order can still change as the meeting goes." if number == 1 else None,
            offers_skip=False,
            options=(*map(label_member, left), last),
            values=(*(one.slug for one in left), NOBODY),
        )
        if answers[key] in (None, NOBODY):
            return
        left = [one for one in left if one.slug != answers[key]]


def _build_questions_by_slot(
    talk: Conversation, stages: Sequence[Stage], answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    """Yield slot after slot, until nobody presents any more.

    A file may name anyone, so that the faults in later slots are found as well.
    """
    done: list[str] = []
    if not (list_planned_presenters(answers) or talk.every_field):
        return
    for number in count(1):
        waiting = [one for one in list_present_members(talk, answers) if one.slug not in done]
        if talk.every_field:
            waiting = list(list_eligible_members(talk))
        if not waiting:
            return
        to_come = [slug for slug in list_planned_presenters(answers) if slug not in done]
        slug: AnswerValue = to_come[0] if to_come else None
        if number > 1 or talk.every_field:
            yield _build_presenter_question(talk, number, waiting, to_come)
            slug = answers[keys.build_presenter_key(number)]
        chosen = [one for one in waiting if one.slug == slug]
        if not chosen:
            return
        done.append(chosen[0].slug)
        yield from _build_meeting_slot_questions(talk, number, chosen[0], stages, answers)


def _build_presenter_question(
    talk: Conversation, number: int, members: Sequence[Member], planned_slugs: Sequence[str]
) -> Question:
    """Return who presents in a slot: the next one planned, another who is here, or nobody more."""
    rank = {slug: place for place, slug in enumerate(planned_slugs)}
    rows = [
        (
            f"{label_member(one)}, as planned" if rank.get(one.slug) == 0 else label_member(one),
            one.slug,
        )
        for one in sorted(members, key=lambda one: rank.get(one.slug, len(rank)))
    ]
    nobody = ("nobody else today", NOBODY)
    rows = [*rows, nobody] if planned_slugs else [nobody, *rows]
    options, values = zip(*rows, strict=True)
    return Question(
        keys.build_presenter_key(number),
        "Who presents now?" if planned_slugs else "Does anyone else present?",
        PromptKind.CHOICE,
        offers_skip=False,
        options=options,
        values=values,
        default=NOBODY if talk.every_field else None,
    )


def _build_meeting_slot_questions(
    talk: Conversation,
    number: int,
    member: Member,
    stages: Sequence[Stage],
    answers: Mapping[str, AnswerValue],
) -> Iterator[Question]:
    slot = name_slot(talk, number, member)
    who = "do you" if member.person is None else f"does {member.name}"
    yield Question(
        keys.build_slot_key(slot, ISSUE),
        f"What {who} bring?",
        PromptKind.LINE,
        help="In one line; the details come next.",
    )
    yield from build_stage_questions(
        talk, stages, answers, _build_slot_scope(talk, slot, member, answers)
    )
    minutes = sum_slot_minutes(stages)
    yield Question(
        keys.build_slot_key(slot, MINUTES),
        "How many minutes did this slot take?",
        PromptKind.NUMBER,
        help=f"{format_count(minutes, 'minute')} were planned." if minutes else None,
        low=1,
        high=MAX_MINUTES,
    )


def _build_meeting_scope(talk: Conversation, answers: Mapping[str, AnswerValue]) -> Scope:
    """Return the scope of what is asked outside of any slot: anyone here can promise something."""
    return Scope(owners=tuple(_list_owner_options(talk, list_present_members(talk, answers))))


def _build_slot_scope(
    talk: Conversation, slot: str, member: Member, answers: Mapping[str, AnswerValue]
) -> Scope:
    """Return the scope of one slot: the presenter comes first where something is promised."""
    others = [one for one in list_present_members(talk, answers) if one != member]
    return Scope(
        slot,
        member.name,
        tuple(_list_owner_options(talk, [member, *others])),
        member.slug if talk.every_field else None,
    )


def _list_owner_options(
    talk: Conversation, ordered_members: Sequence[Member]
) -> Iterator[tuple[str, str]]:
    """Yield who can promise something, as shown and as stored; a file may name anyone in it."""
    yield from ((label_member(one), one.slug) for one in ordered_members)
    slugs = {one.slug for one in ordered_members}
    if ME not in slugs:
        yield "me", ME
    if talk.every_field:
        rest = {
            one.slug: one
            for one in (
                *list_eligible_members(talk),
                *_get_meeting_set(talk).list_current_members(None),
            )
        }
        yield from (
            (label_member(one), slug) for slug, one in rest.items() if slug not in slugs | {ME}
        )
