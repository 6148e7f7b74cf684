"""What was answered in an earlier conversation, to stand beside the questions of a new one."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachlog.model.people import Person
from coachlog.model.templates import Template, TemplateAudience
from coachlog.named_tuples import NamedTuple
from coachlog.services.desk import Desk
from coachlog.services.sessions.session_setup import (
    Newcomer,
    SessionPartner,
    SessionSetup,
    get_partner_id,
    is_in_owner_plan,
)

if TYPE_CHECKING:
    from coachlog.model.recurrences import EarlierAnswer
    from coachlog.store.database import Connection


class EarlierTalk(NamedTuple):
    """Earlier answers by the prompts that they stand beside, and a remark on where they are from.

    The remark is '' unless the conversation is one that has come back.
    """

    answers: "dict[str, tuple[EarlierAnswer, ...]]"
    remark: str = ""

    @property
    def is_again(self) -> bool:
        """Return whether the conversation is one that has come back."""
        return bool(self.remark)


def load_earlier_talk(
    desk: Desk, setup: SessionSetup, day: date, tags: Sequence[str]
) -> EarlierTalk:
    """Return the earlier answers that belong beside the questions of a conversation.

    They are those given to the same question where it has come back, or where the same three look
    at their plan again, below what its prompts quote of themselves; without any, those of the
    owner's own conversations that its prompts quote. Private ones, and those about health, are left
    out.
    """
    template = setup.template
    quotes = _list_quotes(template)
    can_have_any = template.again or quotes or _is_plan_of_three(setup)
    if not can_have_any or not desk.journal.exists():
        return EarlierTalk({})
    with desk.read() as db:
        quoted_answers: dict[str, EarlierAnswer] = {}
        if _is_own_plan(setup):
            quoted_answers = _read_quoted_answers(db, template)
        repeated_answers: dict[str, EarlierAnswer] = {}
        remark = ""
        if template.again:
            repeated_answers, remark = _read_repeated_answers_of(db, setup, day, tags)
        answers_of_three: dict[str, EarlierAnswer] = {}
        if _is_plan_of_three(setup):
            answers_of_three = _read_answers_of_same_three(db, setup, day)
    known_answers = answers_of_three | repeated_answers
    own_quotes = _list_own_quotes(template, known_answers)
    # What was meant stays beside what came of it last, as one says little without the other.
    own_answers = _join_answers(own_quotes, known_answers)
    return EarlierTalk(_join_answers(quoted_answers) | own_answers, remark)


def _join_answers(
    *named_answers: "dict[str, EarlierAnswer]",
) -> "dict[str, tuple[EarlierAnswer, ...]]":
    """Return all the answers of each name, in the order in which they came."""
    names = dict.fromkeys(name for answers in named_answers for name in answers)
    return {
        name: tuple(answers[name] for answers in named_answers if name in answers)
        for name in names
    }


def _is_plan_of_three(setup: SessionSetup) -> bool:
    """Return whether it is a conversation that is meant for three."""
    is_for_three = setup.template.audience is TemplateAudience.THREE_WAY
    return is_for_three and setup.third is not None


def _read_answers_of_same_three(
    db: "Connection", setup: SessionSetup, day: date
) -> "dict[str, EarlierAnswer]":
    """Return the last answers of the same three about the same plan, by their prompts.

    Where it is the owner's plan, it is the same whichever of the two others is named first.
    """
    first, third = setup.person, setup.third
    if not isinstance(first, Person) or not isinstance(third, Person):
        return {}
    from coachlog.store.reading.earlier_answer_queries import read_answers_of_three

    template = setup.template.id
    answers = read_answers_of_three(db, template, first.id, third.id, day)
    if is_in_owner_plan(first) and is_in_owner_plan(third):
        answers += read_answers_of_three(db, template, third.id, first.id, day)
        answers.sort(key=lambda earlier: earlier.held_on)
    return _index_answers(answers)


def _list_own_quotes(
    template: Template, known_answers: "dict[str, EarlierAnswer]"
) -> "dict[str, EarlierAnswer]":
    """Return what prompts quote of their own template: what was answered there last."""
    return {
        name: known_answers[quote]
        for name, quote in _list_quotes(template).items()
        if quote in known_answers
    }


def _list_quotes(template: Template) -> dict[str, str]:
    """Return what each prompt quotes: `first-plan.one-thing.do` by `change.different`."""
    return {
        name: prompt.quotes
        for name, prompt in template.prompts.items()
        if prompt.quotes
    }


def _is_own_plan(setup: SessionSetup) -> bool:
    """Return whether a conversation is about what the owner learned, alone or of three."""
    if setup.template.audience is TemplateAudience.SOLO:
        return True
    first = setup.person
    if setup.third is None or first is None or isinstance(first, Newcomer):
        return False
    # Imported here, as few conversations are of three.
    from coachlog.rules.three_way import is_owner_plan

    return is_owner_plan(first.relationship)


def _read_quoted_answers(
    db: "Connection", new_template: Template
) -> "dict[str, EarlierAnswer]":
    """Return what the owner answered last to each question of other templates that is quoted."""
    from coachlog.store.reading.earlier_answer_queries import read_own_answers

    answers: dict[str, EarlierAnswer] = {}
    quotes = _list_quotes(new_template)
    for template in new_template.quoted_templates:
        known_answers = _index_answers(read_own_answers(db, template))
        for name, quote in quotes.items():
            id, _dot, place = quote.partition(".")
            if id == template and place in known_answers:
                answers[name] = known_answers[place]
    return answers


def _index_answers(
    answers: "Iterable[EarlierAnswer]",
) -> "dict[str, EarlierAnswer]":
    """Return the last answers that may be shown, by the names of their prompts."""
    from coachlog.rules.disclosure import is_private

    return {
        f"{earlier.answer.stage}.{earlier.answer.prompt}": earlier
        for earlier in answers
        if earlier.answer.value is not None and not is_private(earlier.answer)
    }


def _number_partners(partners: Iterable[SessionPartner]) -> list[int]:
    """Return the numbers of the other people; someone new has one that nobody has."""
    return [get_partner_id(partner) or 0 for partner in partners if partner]


def _read_repeated_answers_of(
    db: "Connection", setup: SessionSetup, day: date, tags: Sequence[str]
) -> "tuple[dict[str, EarlierAnswer], str]":
    """Return the answers of a conversation that has come back, and a remark on it; none, ''."""
    from coachlog.phrasing.recurrences import describe_repeat
    from coachlog.rules.recurrences import find_repeated_session
    from coachlog.store.reading.earlier_answer_queries import read_repeated_answers
    from coachlog.store.reading.recurrence_queries import read_recurrences

    recurrences = read_recurrences(db)
    people = _number_partners((setup.person, setup.third))
    original_id = find_repeated_session(
        recurrences, setup.template.id, people, day, tags
    )
    if original_id is None:
        return {}, ""
    original = next(known for known in recurrences if known.session == original_id)
    answers = _index_answers(read_repeated_answers(db, original_id))
    return answers, describe_repeat(original, day)
