"""What an answers file says of a meeting of an action learning set: who came, slot by slot."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coachlog.answers.file_contents import AnswersFile
from coachlog.answers.unasked_answers import actions_prompt, nearby, promised, unasked_answers
from coachlog.interview import MINUTES, THEM, Conversation, Fault, Scripted, keys
from coachlog.interview.keys import ISSUE, PRESENT, Key
from coachlog.interview.meeting import called, members, named
from coachlog.model.sets import Member
from coachlog.model.templates import prompts_of
from coachlog.text import line


def given(file: AnswersFile, talk: Conversation) -> dict[str, object]:
    """Return what the file answers, by question; names that fit a member are handles."""
    found: dict[str, object] = {PRESENT: _handles(talk, file.present)}
    prompt = actions_prompt(talk.template)
    if prompt:
        found |= _owners(talk, file.actions, prompt, None)
    for number, slot in enumerate(file.slots, start=1):
        name = str(number)
        presenter = _meant(talk, slot.get("presenter"))
        stands_in = next(iter(members(talk)), None)  # so that the faults of the slot are found
        found[keys.presenter(number)] = one.slug if (one := presenter or stands_in) else None
        found[keys.in_slot(name, ISSUE)] = slot.get("issue")
        found[keys.in_slot(name, MINUTES)] = slot.get("minutes")
        found |= {keys.in_slot(name, key): value for key, value in slot["answers"].items()}
        if prompt:
            here = keys.in_slot(name, prompt)
            found |= promised(slot["actions"], here)
            found |= _owners(talk, slot["actions"], here, presenter)
    return found


def _handles(talk: Conversation, names: list[object] | None) -> list[str] | None:
    if names is None:
        return None
    found = (_meant(talk, name) for name in names)
    return [one.slug for one in found if one]


def _meant(talk: Conversation, name: object) -> Member | None:
    """Return the one member who can be at the meeting and is meant by a name; None if not one."""
    found = named(members(talk), name) if isinstance(name, str) else []
    return found[0] if len(found) == 1 else None


def _owners(
    talk: Conversation, rows: Sequence[Mapping[str, Any]], prompt: Key, presenter: Member | None
) -> dict[str, object]:
    """Return who has each action, by question."""
    answers: dict[str, object] = {}
    for number, row in enumerate(rows, start=1):
        if isinstance(row.get("owner"), str):
            answers[prompt.part(number, "owner")] = _owner(talk, row["owner"], presenter)
    return answers


def _owner(talk: Conversation, owner: str, presenter: Member | None) -> str:
    """Return the handle of who has an action in place of a name; `them` is the presenter."""
    if owner == THEM and presenter:
        return presenter.slug
    assert talk.set is not None
    known = {one.slug: one for one in (*members(talk), *talk.set.current(None))}
    fits = named(tuple(known.values()), owner)
    return fits[0].slug if len(fits) == 1 else owner


def faults(file: AnswersFile, talk: Conversation, walked: Scripted) -> list[Fault]:
    """Return what is wrong with who was present, who presented, and what no question asked for."""
    found = [*_names(file, talk), *_misplaced(file, talk)]
    found += unasked_answers(file.answers, talk.template, walked, [*file.faults, *found])
    for number, slot in enumerate(file.slots, start=1):
        found += unasked_answers(slot["answers"], talk.template, walked, file.faults, str(number))
    return found


def _names(file: AnswersFile, talk: Conversation) -> Iterator[Fault]:
    known = members(talk)
    names = [called(one) for one in known]
    for name in file.present or ():
        if _meant(talk, name) is None:
            yield Fault(_nobody(name, names), PRESENT, "present")
    here = _handles(talk, file.present) or []
    if len(here) > len(set(here)):
        yield Fault("someone stands here twice", PRESENT, "present")
    seen: set[str] = set()
    for number, slot in enumerate(file.slots, start=1):
        where = f"[[slots]] number {number}"
        who = _meant(talk, slot.get("presenter"))
        if "presenter" not in slot:
            yield Fault("presenter is missing", keys.presenter(number), where)
        elif who is None:
            yield Fault(
                f"presenter: {_nobody(slot['presenter'], names)}", keys.presenter(number), where
            )
        elif who.slug in seen:
            yield Fault(f"presenter: {called(who)} has a slot already", "", where)
        elif who.slug not in here and here:
            yield Fault(f"presenter: {called(who)} presents, but is not in present", "", where)
        seen.add(who.slug if who else "")


def _nobody(name: object, names: list[str]) -> str:
    shown = line(str(name))[:40]
    fits = [one for one in names if shown.casefold() in one.casefold()]
    if shown and len(fits) > 1:
        return f"“{shown}” could be: {', '.join(fits)}"
    return f"“{shown}” is not a member who can be here{nearby(shown, names)}"


def _misplaced(file: AnswersFile, talk: Conversation) -> Iterator[Fault]:
    """Yield a fault for slots, or actions in them, that the template does not ask for."""
    inside = prompts_of(stage for stage in talk.template.stages if stage.each)
    for number, slot in enumerate(file.slots, start=1):
        where = f"[[slots]] number {number}"
        if not inside:
            yield Fault(f"the template {talk.template.id} has no slots", "", where)
        elif slot["actions"] and actions_prompt(talk.template) not in inside:
            yield Fault(f"a slot of {talk.template.id} asks for no actions", "", where)
