"""What an answers file says of a meeting of an action learning set: who came, slot by slot."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coachlog.answers.file_contents import AnswersFile
from coachlog.answers.unasked_answers import (
    build_action_answers,
    find_actions_prompt,
    find_unasked_answer_faults,
    suggest_known_words,
)
from coachlog.interview import MINUTES, THEM, Conversation, Fault, FileAnswerer, keys
from coachlog.interview.keys import ISSUE, PRESENT, AnswerKey
from coachlog.interview.meeting import label_member, list_eligible_members, match_members
from coachlog.model.sets import Member
from coachlog.model.templates import index_prompts
from coachlog.text import clean_line


def build_meeting_answers(file: AnswersFile, talk: Conversation) -> dict[str, object]:
    """Return what the file answers, by question; names that fit a member are handles."""
    found: dict[str, object] = {PRESENT: _list_member_handles(talk, file.present)}
    prompt = find_actions_prompt(talk.template)
    if prompt:
        found |= _build_owner_answers(talk, file.actions, prompt, None)
    for number, slot in enumerate(file.slots, start=1):
        name = str(number)
        presenter = _match_member(talk, slot.get("presenter"))
        stands_in = next(
            iter(list_eligible_members(talk)), None
        )  # so that the faults of the slot are found
        found[keys.build_presenter_key(number)] = (
            one.slug if (one := presenter or stands_in) else None
        )
        found[keys.build_slot_key(name, ISSUE)] = slot.get("issue")
        found[keys.build_slot_key(name, MINUTES)] = slot.get("minutes")
        found |= {keys.build_slot_key(name, key): value for key, value in slot["answers"].items()}
        if prompt:
            here = keys.build_slot_key(name, prompt)
            found |= build_action_answers(slot["actions"], here)
            found |= _build_owner_answers(talk, slot["actions"], here, presenter)
    return found


def _list_member_handles(talk: Conversation, names: list[object] | None) -> list[str] | None:
    if names is None:
        return None
    found = (_match_member(talk, name) for name in names)
    return [one.slug for one in found if one]


def _match_member(talk: Conversation, name: object) -> Member | None:
    """Return the one member who can be at the meeting and is meant by a name; None if not one."""
    found = match_members(list_eligible_members(talk), name) if isinstance(name, str) else []
    return found[0] if len(found) == 1 else None


def _build_owner_answers(
    talk: Conversation,
    rows: Sequence[Mapping[str, Any]],
    prompt: AnswerKey,
    presenter: Member | None,
) -> dict[str, object]:
    """Return who has each action, by question."""
    answers: dict[str, object] = {}
    for number, row in enumerate(rows, start=1):
        if isinstance(row.get("owner"), str):
            answers[prompt.part(number, "owner")] = _resolve_owner_handle(
                talk, row["owner"], presenter
            )
    return answers


def _resolve_owner_handle(talk: Conversation, owner: str, presenter: Member | None) -> str:
    """Return the handle of who has an action in place of a name; `them` is the presenter."""
    if owner == THEM and presenter:
        return presenter.slug
    assert talk.set is not None
    known = {
        one.slug: one
        for one in (*list_eligible_members(talk), *talk.set.list_current_members(None))
    }
    fits = match_members(tuple(known.values()), owner)
    return fits[0].slug if len(fits) == 1 else owner


def find_meeting_faults(
    file: AnswersFile, talk: Conversation, answerer: FileAnswerer
) -> list[Fault]:
    """Return what is wrong with who was present, who presented, and what no question asked for."""
    found = [*_find_attendance_faults(file, talk), *_find_misplaced_slot_faults(file, talk)]
    found += find_unasked_answer_faults(
        file.answers, talk.template, answerer, [*file.faults, *found]
    )
    for number, slot in enumerate(file.slots, start=1):
        found += find_unasked_answer_faults(
            slot["answers"], talk.template, answerer, file.faults, str(number)
        )
    return found


def _find_attendance_faults(file: AnswersFile, talk: Conversation) -> Iterator[Fault]:
    known = list_eligible_members(talk)
    names = [label_member(one) for one in known]
    for name in file.present or ():
        if _match_member(talk, name) is None:
            yield Fault(_describe_unknown_member(name, names), PRESENT, "present")
    here = _list_member_handles(talk, file.present) or []
    if len(here) > len(set(here)):
        yield Fault("someone stands here twice", PRESENT, "present")
    seen: set[str] = set()
    for number, slot in enumerate(file.slots, start=1):
        where = f"[[slots]] number {number}"
        who = _match_member(talk, slot.get("presenter"))
        if "presenter" not in slot:
            yield Fault("presenter is missing", keys.build_presenter_key(number), where)
        elif who is None:
            yield Fault(
                f"presenter: {_describe_unknown_member(slot['presenter'], names)}",
                keys.build_presenter_key(number),
                where,
            )
        elif who.slug in seen:
            yield Fault(f"presenter: {label_member(who)} has a slot already", "", where)
        elif who.slug not in here and here:
            yield Fault(
                f"presenter: {label_member(who)} presents, but is not in present", "", where
            )
        seen.add(who.slug if who else "")


def _describe_unknown_member(name: object, member_names: list[str]) -> str:
    shown = clean_line(str(name))[:40]
    fits = [one for one in member_names if shown.casefold() in one.casefold()]
    if shown and len(fits) > 1:
        return f"“{shown}” could be: {', '.join(fits)}"
    return f"“{shown}” is not a member who can be here{suggest_known_words(shown, member_names)}"


def _find_misplaced_slot_faults(file: AnswersFile, talk: Conversation) -> Iterator[Fault]:
    """Yield a fault for slots, or actions in them, that the template does not ask for."""
    inside = index_prompts(stage for stage in talk.template.stages if stage.each)
    for number, slot in enumerate(file.slots, start=1):
        where = f"[[slots]] number {number}"
        if not inside:
            yield Fault(f"the template {talk.template.id} has no slots", "", where)
        elif slot["actions"] and find_actions_prompt(talk.template) not in inside:
            yield Fault(f"a slot of {talk.template.id} asks for no actions", "", where)
