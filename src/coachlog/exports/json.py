"""Model values as the JSON that `--json` promises: the fields of the model, dates in ISO 8601."""

import json
from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from coachlog import rules
from coachlog.model import MemberRef, PersonRef, SetRef

if TYPE_CHECKING:
    from coachlog.model import Action, Contact, Draft, Goal, Person, Session
    from coachlog.model.brief import Brief
    from coachlog.model.history import Episode, History
    from coachlog.model.plans import Plan
    from coachlog.model.progress import DecidedPromise, PersonProgress, ProgressView, Tally
    from coachlog.model.set_progress import MeetingFigures, MemberFigures, SetProgressView
    from coachlog.model.sets import Member, SetSummary
    from coachlog.model.shadows import ShadowView
    from coachlog.model.templates import Prompt
    from coachlog.model.today import TodayView

Json = dict[str, Any]

SCHEMA_VERSION = 1
"""The version of the contract: a field can be added in it, none is renamed or taken away."""

OMITTED_FIELDS: dict[str, set[str]] = {
    "Template": {"text", "shadows"},
    "Prompt": {"key", "health", "help", "options_from", "when"},
    "Answer": {"key", "health", "stage_title", "measure", "low", "high", "options"},
    "Session": {"action_count", "deleted"},
    "Plan": {"me"},
}
"""What is no part of the promise: how things are kept, not what they are.

This table and those below name the classes of the model, so that a command imports no more of the
model than what it shows.
"""

Reference = PersonRef | MemberRef | SetRef

REFERENCE_FIELDS: dict[str, dict[str, str]] = {
    "Action": {"person": "person_id", "set": "set_id"},
    "Session": {"people": "people_ids", "set": "set_id"},
    "Slot": {"presenter": "presenter_id"},
    "Goal": {"person": "person_id"},
    "Trend": {"person": "person_id"},
}
"""The fields that refer to people and sets: each holds names, a field beside it the ids."""


def format_json_document(name: str, value: object) -> str:
    """Return what a command prints: an object with the schema's version and the value, by name."""
    return json.dumps({"schema": SCHEMA_VERSION, name: value}, ensure_ascii=False, indent=2)


def convert_value(value: Any) -> Any:
    """Return a model value as JSON can hold it: named tuples as objects, tuples as lists."""
    if isinstance(value, date):  # and datetime, which is one
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return _convert_named_tuple(value)
    if isinstance(value, list | tuple):
        return [convert_value(one) for one in value]
    return value


def _convert_named_tuple(value: Any) -> Json:
    if (special := _CONVERTERS.get(type(value).__name__)) is not None:
        made: Json = special(value)
        return made
    left_out = OMITTED_FIELDS.get(type(value).__name__, set())
    return convert_fields(value, [name for name in value._fields if name not in left_out])


def convert_fields(value: Any, names: Iterable[str]) -> Json:
    """Return some fields of a named tuple; a reference is its name, its id comes after them all."""
    references = REFERENCE_FIELDS.get(type(value).__name__, {})
    fields: Json = {}
    ids: Json = {}
    for name in names:
        field = getattr(value, name)
        if name in references:
            fields[name] = _convert_reference(_get_reference_name, field)
            ids[references[name]] = _convert_reference(_get_reference_id, field)
        else:
            fields[name] = convert_value(field)
    return fields | ids


def _convert_reference(
    read_part: Callable[[Reference], Any], references: Reference | tuple[Reference, ...] | None
) -> Any:
    """Return one part of a reference, or of each of several; None for none."""
    if references is None:
        return None
    if isinstance(references, PersonRef | MemberRef | SetRef):
        return read_part(references)
    return [read_part(reference) for reference in references]


def _get_reference_name(reference: Reference) -> str:
    return reference.name


def _get_reference_id(reference: Reference) -> int | None:
    """Return the id of a person or a set; None for the owner of the journal."""
    return reference.person if isinstance(reference, MemberRef) else reference.id


def _convert_prompt(prompt: "Prompt") -> Json:
    """Return a prompt; only a scale has a range."""
    names = [n for n in prompt._fields if n not in OMITTED_FIELDS["Prompt"]]
    scale = prompt.kind == "scale"
    return {
        n: None if n in ("low", "high") and not scale else convert_value(getattr(prompt, n))
        for n in names
    }


def _convert_contact(contact: "Contact") -> Json:
    """Return a person with the day last seen and the count of open actions."""
    person: Json = convert_value(contact.person)
    return person | {"last_held": convert_value(contact.last_held), "open": contact.open}


def _convert_draft(draft: "Draft") -> Json:
    """Return a draft in short: what it is, with whom, since when."""
    who: Person | None = draft.person
    return {
        "id": draft.session,
        "uid": draft.uid,
        "template": draft.template,
        "title": draft.title,
        "begun_on": convert_value(draft.begun_on),
        "updated_at": convert_value(draft.updated_at),
        "people": [who.name] if who else [],
        "people_ids": [who.id] if who else [],
    }


def _convert_tally(tally: "Tally") -> Json:
    """Return say/do figures; ratios are shares from 0 to 1, null when nothing is decided."""
    counts = {name: getattr(tally, name) for name in tally._fields}
    return (
        {"decided": tally.decided_count}
        | counts
        | {"strict": tally.strict_share, "honoured": tally.honoured_share}
    )


def _convert_person_progress(progress: "PersonProgress") -> Json:
    """Return one person's sessions, minutes (a sum) and actions, by name."""
    fields = {n: convert_value(getattr(progress, n)) for n in progress._fields if n != "person"}
    return {"name": progress.person.name} | fields | {"person_id": progress.person.id}


def _convert_goal(goal: "Goal") -> Json:
    """Return a goal; on a scale of ten its numbers are 1 to 10, by attainment -2 to +2."""
    first = ("id", "uid", "person", "title", "why", "success", "scale", "baseline", "now", "target")
    then = ("levels", "weight", "review_on")
    return convert_fields(goal, dict.fromkeys((*first, *then, *goal._fields)))


def _convert_member(member: "Member") -> Json:
    """Return who is in a set, and when; `me` says that it is the owner of the journal."""
    fields = convert_fields(member, ("role", "joined_on", "left_on"))
    owner = member.person is None
    return {"name": member.name} | fields | {"me": owner, "person_id": member.person}


def _convert_set_summary(summary: "SetSummary") -> Json:
    """Return a set with its meetings, the last one, and how many promises are open."""
    named: Json = convert_value(summary.set)
    return named | {
        "meetings": summary.meetings,
        "last_held": convert_value(summary.last_held),
        "open": summary.open,
    }


def _convert_plan(plan: "Plan") -> Json:
    """Return a plan; `withheld` counts the private actions left out, `goals_withheld` the goals."""
    first = ("person", "agreed_on", "review_on", "goals")
    names = dict.fromkeys((*first, *plan._fields))
    return convert_fields(plan, [name for name in names if name not in OMITTED_FIELDS["Plan"]])


def _convert_episode(episode: "Episode") -> Json:
    """Return a session with what was measured in it and the days since the talk before."""
    session: Json = convert_value(episode.session)
    return session | {"measures": convert_value(episode.measures), "gap_days": episode.gap_days}


def _convert_history(history: "History") -> Json:
    """Return a history; `actions` are promises made between the sessions."""
    names = ("person", "since", "sessions", "goals", "actions", "withheld")
    return {name: convert_value(getattr(history, name)) for name in names}


_CONVERTERS: dict[str, Any] = {
    "Episode": _convert_episode,
    "History": _convert_history,
    "Prompt": _convert_prompt,
    "Contact": _convert_contact,
    "Draft": _convert_draft,
    "Tally": _convert_tally,
    "PersonProgress": _convert_person_progress,
    "Plan": _convert_plan,
    "Goal": _convert_goal,
    "Member": _convert_member,
    "SetSummary": _convert_set_summary,
}


# What a command gives that is more than one model value


def convert_today(day: "TodayView") -> Json:
    """Return what a day asks for: its date, drafts in short, open promises, people."""
    return {
        name: convert_value(getattr(day, name)) for name in ("date", "drafts", "actions", "people")
    }


def convert_brief(brief: "Brief", today: date) -> Json:
    """Return a brief: days are whole days, `rhythm` is the word that the screen says."""
    person, last = brief.person, brief.last_session
    held_on = last.held_on if last else None
    every_days = None if person.archived else person.every_days
    paused_until = None if person.archived else person.paused_until
    return {
        "person": convert_value(person),
        "last_session": _convert_last_session(last) if last else None,
        "answers": [convert_value(answer) | {"health": answer.health} for answer in brief.answers],
        "actions": convert_value(brief.actions),
        "measures": convert_value(brief.measures),
        "goals": [_convert_brief_goal(goal) for goal in brief.goals],
        "notes": convert_value(brief.notes),
        "cancelled_since": [_convert_cancelled_session(session) for session in brief.cancelled],
        "withheld": brief.withheld,
        "days_since": (today - held_on).days if held_on else None,
        "next_due": convert_value(rules.find_next_talk(held_on, every_days, paused_until)),
        "rhythm": rules.judge_rhythm(held_on, every_days, today, paused_until),
    }


def _convert_last_session(session: "Session") -> Json:
    names = ("id", "uid", "template", "title", "held_on", "minutes")
    return {name: convert_value(getattr(session, name)) for name in names}


def _convert_brief_goal(goal: "Goal") -> Json:
    return {name: value for name, value in _convert_goal(goal).items() if name != "ratings"}


def _convert_cancelled_session(session: "Session") -> Json:
    return {"held_on": convert_value(session.held_on), "cancelled_by": session.cancelled_by}


def convert_progress(view: "ProgressView", today: date) -> Json:
    """Return the figures of everyone or of one person, with the ledger where it is wanted."""
    return _add_ledger(convert_value(view.figures), view.ledger, today)


def convert_set_progress(view: "SetProgressView", today: date) -> Json:
    """Return the figures of a set: minutes are whole minutes, shares go from 0 to 1."""
    figures: Json = convert_value(view.figures)
    figures["meetings"] = [_convert_meeting_figures(meeting) for meeting in view.figures.meetings]
    figures["people"] = [_convert_member_figures(member) for member in view.figures.people]
    return _add_ledger(figures, view.ledger, today)


def convert_shadow(view: "ShadowView") -> Json:
    """Return the shadow reviews; a promise made in one carries its fate, null without a date."""
    reviews: Json = convert_value(view.reviews)
    promises = [
        convert_value(one.action) | {"fate": convert_value(one.fate)}
        for one in view.reviews.actions
    ]
    return reviews | {"actions": promises}


def convert_ledger(entries: "Iterable[DecidedPromise]", today: date) -> list[Json]:
    """Return each promise with its fate, why, and the fate that the owner corrected it to."""
    from coachlog.phrasing.fates import describe_fate_reason  # no other command's JSON pays for it

    return [
        convert_value(entry.action)
        | {"fate": entry.fate.value, "why": describe_fate_reason(entry, today)}
        | {"corrected": convert_value(rules.find_corrected_fate(entry.action))}
        for entry in entries
    ]


def convert_learning_set(summary: "SetSummary", actions: "Iterable[Action]") -> Json:
    """Return a set as in the list of them, with the promises made in it."""
    return _convert_set_summary(summary) | {"actions": convert_value(list(actions))}


def _add_ledger(figures: Json, entries: "Iterable[DecidedPromise] | None", today: date) -> Json:
    if entries is None:
        return figures
    return figures | {"ledger": convert_ledger(entries, today)}


def _convert_meeting_figures(meeting: "MeetingFigures") -> Json:
    questions = meeting.questions
    names = ("asked", "tagged", "open", "closed", "leading", "open_share")
    return {
        "session": meeting.session,
        "held_on": convert_value(meeting.held_on),
        "minutes": meeting.minutes,
        "present": meeting.present,
    } | {name: getattr(questions, name) for name in names}


def _convert_member_figures(figures: "MemberFigures") -> Json:
    member = figures.member
    counts = {
        name: convert_value(getattr(figures, name)) for name in figures._fields if name != "member"
    }
    return {
        "name": member.name,
        "slug": member.slug,
        "role": member.role.value,
        "left_on": convert_value(member.left_on),
        **counts,
        "person_id": member.person,
    }
