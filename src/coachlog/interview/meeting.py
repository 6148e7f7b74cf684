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
from coachlog.interview.stages import stage_questions
from coachlog.model import Kind, Value
from coachlog.model.sets import LearningSet, Member
from coachlog.model.templates import Stage
from coachlog.text import fold, plural, untitled

NOBODY = ":nobody"
FEWEST = 2
"""Members that make a meeting."""


def questions(talk: Conversation, answers: Mapping[str, Value]) -> Iterator[Question]:
    """Yield the questions of a meeting after its promises, as the answers so far make them apply.

    Stages before the slots come first, then slot after slot, then the stages that close.
    """
    yield _present(talk)
    before, slot, after = parts(talk.template.stages)
    yield from stage_questions(talk, before, answers, _whole(talk, answers))
    if slot:
        if not talk.every_field:
            yield from _order(talk, answers)
        yield from _slots(talk, slot, answers)
    yield from stage_questions(talk, after, answers, _whole(talk, answers))


def parts(
    stages: Sequence[Stage],
) -> tuple[tuple[Stage, ...], tuple[Stage, ...], tuple[Stage, ...]]:
    """Return the stages before the slots, those of a slot, and those after."""
    before = tuple(takewhile(lambda stage: not stage.each, stages))
    slot = tuple(stage for stage in stages if stage.each)
    return before, slot, tuple(stages[len(before) + len(slot) :])


def members(talk: Conversation) -> tuple[Member, ...]:
    """Return the members who can be at this meeting."""
    return _set(talk).able(talk.today)


def here(talk: Conversation, answers: Mapping[str, Value]) -> list[Member]:
    """Return the members who are present, in the order they came into the set."""
    given = answers.get(PRESENT)
    slugs = given if isinstance(given, list) else []
    return [one for one in members(talk) if one.slug in slugs]


def planned(answers: Mapping[str, Value]) -> list[str]:
    """Return the handles of those who were to present, in the order agreed."""
    given = (answers.get(keys.order(number)) for number in count(1))
    return [str(slug) for slug in takewhile(lambda slug: slug not in (None, NOBODY), given)]


def presenters(talk: Conversation, answers: Mapping[str, Value]) -> list[Member]:
    """Return who presented so far or presents now, slot by slot."""
    known = {one.slug: one for one in members(talk)}
    first = answers.get(keys.presenter(1)) or next(iter(planned(answers)), None)
    given = chain([first], (answers.get(keys.presenter(number)) for number in count(2)))
    return [known[slug] for slug in takewhile(known.__contains__, map(str, given))]


def named(known: Sequence[Member], given: str) -> list[Member]:
    """Return the members meant by a name: by handle or full name, else by a unique beginning."""
    key = fold(given)
    exact = [one for one in known if key in (one.slug, fold(one.name))]
    if exact or key in ("", ME):  # “me” is nobody whose name only begins so
        return exact
    return [one for one in known if f" {key}" in f" {untitled(fold(one.name))}"]


def slot_name(talk: Conversation, number: int, member: Member) -> str:
    """Return how keys name a slot: by the handle of its presenter, or in a file by its number."""
    return str(number) if talk.every_field else member.slug


def slot_minutes(stages: Sequence[Stage]) -> int:
    """Return how many minutes one slot is to take, 0 where its stages say nothing."""
    return sum(stage.minutes or 0 for stage in stages if stage.each)


def called(member: Member) -> str:
    """Return how a member is called in a list: the owner of the journal is `me`."""
    return "me" if member.person is None else member.name


def _set(talk: Conversation) -> LearningSet:
    assert talk.set is not None
    return talk.set


def _present(talk: Conversation) -> Question:
    known = members(talk)
    slugs = [one.slug for one in known]
    return Question(
        PRESENT,
        "Who is here?",
        Kind.CHOICES,
        required=True,
        help="Take the mark away from who is missing.",
        low=FEWEST,
        options=tuple(map(called, known)),
        values=tuple(slugs),
        default=None if talk.every_field else slugs,
    )


def _order(talk: Conversation, answers: Mapping[str, Value]) -> Iterator[Question]:
    left = here(talk, answers)
    for number in count(1):
        if not left:
            return
        key = keys.order(number)
        last = "that is all" if number > 1 else "nobody today"
        yield Question(
            key,
            "Who presents next?" if number > 1 else "Who presents first?",
            Kind.CHOICE,
            help="The order can still change as the meeting goes." if number == 1 else None,
            skip=False,
            options=(*map(called, left), last),
            values=(*(one.slug for one in left), NOBODY),
        )
        if answers[key] in (None, NOBODY):
            return
        left = [one for one in left if one.slug != answers[key]]


def _slots(
    talk: Conversation, stages: Sequence[Stage], answers: Mapping[str, Value]
) -> Iterator[Question]:
    """Yield slot after slot, until nobody presents any more.

    A file may name anyone, so that the faults in later slots are found as well.
    """
    done: list[str] = []
    if not (planned(answers) or talk.every_field):
        return
    for number in count(1):
        waiting = [one for one in here(talk, answers) if one.slug not in done]
        if talk.every_field:
            waiting = list(members(talk))
        if not waiting:
            return
        to_come = [slug for slug in planned(answers) if slug not in done]
        slug: Value = to_come[0] if to_come else None
        if number > 1 or talk.every_field:
            yield _presenter(talk, number, waiting, to_come)
            slug = answers[keys.presenter(number)]
        chosen = [one for one in waiting if one.slug == slug]
        if not chosen:
            return
        done.append(chosen[0].slug)
        yield from _slot(talk, number, chosen[0], stages, answers)


def _presenter(
    talk: Conversation, number: int, waiting: Sequence[Member], to_come: Sequence[str]
) -> Question:
    """Return who presents in a slot: the next one planned, another who is here, or nobody more."""
    rank = {slug: place for place, slug in enumerate(to_come)}
    rows = [
        (f"{called(one)}, as planned" if rank.get(one.slug) == 0 else called(one), one.slug)
        for one in sorted(waiting, key=lambda one: rank.get(one.slug, len(rank)))
    ]
    nobody = ("nobody else today", NOBODY)
    rows = [*rows, nobody] if to_come else [nobody, *rows]
    options, values = zip(*rows, strict=True)
    return Question(
        keys.presenter(number),
        "Who presents now?" if to_come else "Does anyone else present?",
        Kind.CHOICE,
        skip=False,
        options=options,
        values=values,
        default=NOBODY if talk.every_field else None,
    )


def _slot(
    talk: Conversation,
    number: int,
    member: Member,
    stages: Sequence[Stage],
    answers: Mapping[str, Value],
) -> Iterator[Question]:
    slot = slot_name(talk, number, member)
    who = "do you" if member.person is None else f"does {member.name}"
    yield Question(
        keys.in_slot(slot, ISSUE),
        f"What {who} bring?",
        Kind.LINE,
        help="In one line; the details come next.",
    )
    yield from stage_questions(talk, stages, answers, _of_slot(talk, slot, member, answers))
    minutes = slot_minutes(stages)
    yield Question(
        keys.in_slot(slot, MINUTES),
        "How many minutes did this slot take?",
        Kind.NUMBER,
        help=f"{plural(minutes, 'minute')} were planned." if minutes else None,
        low=1,
        high=MAX_MINUTES,
    )


def _whole(talk: Conversation, answers: Mapping[str, Value]) -> Scope:
    """Return the scope of what is asked outside of any slot: anyone here can promise something."""
    return Scope(owners=tuple(_owners(talk, here(talk, answers))))


def _of_slot(talk: Conversation, slot: str, member: Member, answers: Mapping[str, Value]) -> Scope:
    """Return the scope of one slot: the presenter comes first where something is promised."""
    others = [one for one in here(talk, answers) if one != member]
    return Scope(
        slot,
        member.name,
        tuple(_owners(talk, [member, *others])),
        member.slug if talk.every_field else None,
    )


def _owners(talk: Conversation, known: Sequence[Member]) -> Iterator[tuple[str, str]]:
    """Yield who can promise something, as shown and as stored; a file may name anyone in it."""
    yield from ((called(one), one.slug) for one in known)
    slugs = {one.slug for one in known}
    if ME not in slugs:
        yield "me", ME
    if talk.every_field:
        rest = {one.slug: one for one in (*members(talk), *_set(talk).current(None))}
        yield from ((called(one), slug) for slug, one in rest.items() if slug not in slugs | {ME})
