"""The meeting of an action learning set in an answers file: who was present, slot by slot."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coachlog.answers.file_contents import AnswersFile
from coachlog.answers.unasked_answers import (
    build_action_answers,
    find_actions_prompt,
    find_unasked_answer_faults,
    suggest_known_words,
)
from coachlog.interview import keys
from coachlog.interview.conversation import Conversation
from coachlog.interview.keys import ISSUE, MINUTES, PRESENT, AnswerKey
from coachlog.interview.meeting import (
    label_member,
    list_eligible_members,
    list_known_members,
    match_members,
)
from coachlog.interview.scripted import Fault, FileAnswerer
from coachlog.model.actions import THEM
from coachlog.model.sets import Member
from coachlog.model.templates import index_prompts
from coachlog.text import clean_line


def build_meeting_answers(file: AnswersFile, talk: Conversation) -> dict[str, object]:
    """Return the answers of a file about a meeting, by question key.

    A name that fits one member is given as that member's handle; any other stays as it is.
    """
    answers: dict[str, object] = {PRESENT: _list_member_handles(talk, file.present)}
    actions_prompt = find_actions_prompt(talk.template)
    if actions_prompt:
        answers |= _build_owner_answers(talk, file.actions, actions_prompt, None)
    for number, slot in enumerate(file.slots, start=1):
        answers |= _build_slot_answers(talk, str(number), slot, actions_prompt)
    return answers


def _build_slot_answers(
    talk: Conversation,
    number: str,
    slot: Mapping[str, Any],
    actions_prompt: AnswerKey | None,
) -> dict[str, object]:
    presenter = _match_member(talk, slot.get("presenter"))
    presenter_handle = presenter.slug if presenter else None
    eligible_members = list_eligible_members(talk)
    if presenter is None and eligible_members:
        # Somebody stands in, so that the other faults of the slot are found.
        presenter_handle = eligible_members[0].slug
    answers: dict[str, object] = {
        keys.build_presenter_key(int(number)): presenter_handle,
        keys.build_slot_key(number, ISSUE): slot.get("issue"),
        keys.build_slot_key(number, MINUTES): slot.get("minutes"),
    }
    for key, value in slot["answers"].items():
        answers[keys.build_slot_key(number, key)] = value
    if actions_prompt:
        slot_prompt = keys.build_slot_key(number, actions_prompt)
        answers |= build_action_answers(slot["actions"], slot_prompt)
        answers |= _build_owner_answers(talk, slot["actions"], slot_prompt, presenter)
    return answers


def _list_member_handles(
    talk: Conversation, names: list[object] | None
) -> list[str] | None:
    if names is None:
        return None
    handles = []
    for name in names:
        member = _match_member(talk, name)
        if member:
            handles.append(member.slug)
    return handles


def _match_member(talk: Conversation, name: object) -> Member | None:
    """Return the only member with this name who can attend; None if there are none or several."""
    if not isinstance(name, str):
        return None
    return _pick_only_match(list_eligible_members(talk), name)


def _pick_only_match(members: Sequence[Member], name: str) -> Member | None:
    matches = match_members(members, name)
    if len(matches) != 1:
        return None
    return matches[0]


def _build_owner_answers(
    talk: Conversation,
    rows: Sequence[Mapping[str, Any]],
    prompt: AnswerKey,
    presenter: Member | None,
) -> dict[str, object]:
    """Return the owner of each action, by question key."""
    answers: dict[str, object] = {}
    for number, row in enumerate(rows, start=1):
        owner = row.get("owner")
        if isinstance(owner, str):
            answers[prompt.part(number, "owner")] = _resolve_owner_handle(
                talk, owner, presenter
            )
    return answers


def _resolve_owner_handle(
    talk: Conversation, owner: str, presenter: Member | None
) -> str:
    """Return the owner's handle in place of a name; `them` is the presenter of the slot."""
    if owner == THEM and presenter:
        return presenter.slug
    # Someone who cannot attend this meeting may still have promised something in it.
    member = _pick_only_match(list_known_members(talk), owner)
    if member is None:
        return owner
    return member.slug


def find_meeting_faults(
    file: AnswersFile, talk: Conversation, answerer: FileAnswerer
) -> list[Fault]:
    """Return the faults of a meeting: who was present, who presented, what was not asked for."""
    faults = [
        *_find_present_faults(file, talk),
        *_find_presenter_faults(file, talk),
        *_find_misplaced_slot_faults(file, talk),
    ]
    faults += find_unasked_answer_faults(
        file.answers, talk.template, answerer, [*file.faults, *faults]
    )
    for number, slot in enumerate(file.slots, start=1):
        faults += find_unasked_answer_faults(
            slot["answers"], talk.template, answerer, file.faults, str(number)
        )
    return faults


def _find_present_faults(file: AnswersFile, talk: Conversation) -> Iterator[Fault]:
    handles = []
    for name in file.present or ():
        member = _match_member(talk, name)
        if member is None:
            yield Fault(_describe_unknown_member(name, talk), PRESENT, "present")
            continue
        handles.append(member.slug)
    if len(set(handles)) < len(handles):
        yield Fault("someone is listed twice", PRESENT, "present")


def _find_presenter_faults(file: AnswersFile, talk: Conversation) -> Iterator[Fault]:
    present_handles = _list_member_handles(talk, file.present)
    earlier_handles: set[str] = set()
    for number, slot in enumerate(file.slots, start=1):
        place = f"[[slots]] number {number}"
        key = keys.build_presenter_key(number)
        if "presenter" not in slot:
            yield Fault("presenter is missing", key, place)
            continue
        member = _match_member(talk, slot["presenter"])
        if member is None:
            words = _describe_unknown_member(slot["presenter"], talk)
            yield Fault(f"presenter: {words}", key, place)
            continue
        label = label_member(member)
        if member.slug in earlier_handles:
            yield Fault(f"presenter: {label} already has a slot", "", place)
        elif present_handles and member.slug not in present_handles:
            yield Fault(
                f"presenter: {label} presents, but is not in present", "", place
            )
        earlier_handles.add(member.slug)


def _describe_unknown_member(name: object, talk: Conversation) -> str:
    query = clean_line(str(name))[:40]
    labels = [label_member(member) for member in list_eligible_members(talk)]
    matches = match_members(list_eligible_members(talk), query)
    if len(matches) > 1:
        return f"“{query}” could be: {', '.join(map(label_member, matches))}"
    return (
        f"“{query}” is not a member who can attend{suggest_known_words(query, labels)}"
    )


def _find_misplaced_slot_faults(
    file: AnswersFile, talk: Conversation
) -> Iterator[Fault]:
    """Yield a fault for each slot, or its actions, that the template does not ask for."""
    template = talk.template
    slot_prompts = index_prompts(stage for stage in template.stages if stage.each)
    takes_promises = find_actions_prompt(template) in slot_prompts
    for number, slot in enumerate(file.slots, start=1):
        place = f"[[slots]] number {number}"
        if not slot_prompts:
            words = f"the template {template.id} has no slots"
            yield Fault(words, "", place)
        elif slot["actions"] and not takes_promises:
            words = f"a slot of {template.id} does not ask for promises"
            yield Fault(words, "", place)
