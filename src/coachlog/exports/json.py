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
    from coachlog.model.progress import Decided, PersonProgress, ProgressView, Tally
    from coachlog.model.set_progress import Held, MemberFigures, SetProgressView
    from coachlog.model.sets import Listed, Member
    from coachlog.model.shadows import ShadowView
    from coachlog.model.templates import Prompt
    from coachlog.model.today import Today

Json = dict[str, Any]

SCHEMA = 1
"""The version of the contract: a field can be added in it, none is renamed or taken away."""

LEFT_OUT: dict[str, set[str]] = {
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

Ref = PersonRef | MemberRef | SetRef

REFERENCES: dict[str, dict[str, str]] = {
    "Action": {"person": "person_id", "set": "set_id"},
    "Session": {"people": "people_ids", "set": "set_id"},
    "Slot": {"presenter": "presenter_id"},
    "Goal": {"person": "person_id"},
    "Trend": {"person": "person_id"},
}
"""The fields that refer to people and sets: each holds names, a field beside it the ids."""


def document(name: str, value: object) -> str:
    """Return what a command prints: an object with the schema's version and the value, by name."""
    return json.dumps({"schema": SCHEMA, name: value}, ensure_ascii=False, indent=2)


def plain(value: Any) -> Any:
    """Return a model value as JSON can hold it: named tuples as objects, tuples as lists."""
    if isinstance(value, date):  # and datetime, which is one
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return _object(value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def _object(value: Any) -> Json:
    if (special := _SPECIAL.get(type(value).__name__)) is not None:
        made: Json = special(value)
        return made
    left_out = LEFT_OUT.get(type(value).__name__, set())
    return fields_of(value, [name for name in value._fields if name not in left_out])


def fields_of(value: Any, names: Iterable[str]) -> Json:
    """Return some fields of a named tuple; a reference is its name, its id comes after them all."""
    references = REFERENCES.get(type(value).__name__, {})
    fields: Json = {}
    ids: Json = {}
    for name in names:
        field = getattr(value, name)
        if name in references:
            fields[name] = _each(_name, field)
            ids[references[name]] = _each(_id, field)
        else:
            fields[name] = plain(field)
    return fields | ids


def _each(part: Callable[[Ref], Any], field: Ref | tuple[Ref, ...] | None) -> Any:
    """Return one part of a reference, or of each of several; None for none."""
    if field is None:
        return None
    if isinstance(field, PersonRef | MemberRef | SetRef):
        return part(field)
    return [part(reference) for reference in field]


def _name(reference: Ref) -> str:
    return reference.name


def _id(reference: Ref) -> int | None:
    """Return the id of a person or a set; None for the owner of the journal."""
    return reference.person if isinstance(reference, MemberRef) else reference.id


def _prompt(found: "Prompt") -> Json:
    """Return a prompt; only a scale has a range."""
    names = [n for n in found._fields if n not in LEFT_OUT["Prompt"]]
    scale = found.kind == "scale"
    return {
        n: None if n in ("low", "high") and not scale else plain(getattr(found, n)) for n in names
    }


def _contact(found: "Contact") -> Json:
    """Return a person with the day last seen and the count of open actions."""
    person: Json = plain(found.person)
    return person | {"last_held": plain(found.last_held), "open": found.open}


def _draft(found: "Draft") -> Json:
    """Return a draft in short: what it is, with whom, since when."""
    who: Person | None = found.person
    return {
        "id": found.session,
        "uid": found.uid,
        "template": found.template,
        "title": found.title,
        "begun_on": plain(found.begun_on),
        "updated_at": plain(found.updated_at),
        "people": [who.name] if who else [],
        "people_ids": [who.id] if who else [],
    }


def _tally(found: "Tally") -> Json:
    """Return say/do figures; ratios are shares from 0 to 1, null when nothing is decided."""
    counts = {name: getattr(found, name) for name in found._fields}
    return (
        {"decided": found.decided} | counts | {"strict": found.strict, "honoured": found.honoured}
    )


def _person_progress(found: "PersonProgress") -> Json:
    """Return one person's sessions, minutes (a sum) and actions, by name."""
    fields = {n: plain(getattr(found, n)) for n in found._fields if n != "person"}
    return {"name": found.person.name} | fields | {"person_id": found.person.id}


def _goal(found: "Goal") -> Json:
    """Return a goal; on a scale of ten its numbers are 1 to 10, by attainment -2 to +2."""
    first = ("id", "uid", "person", "title", "why", "success", "scale", "baseline", "now", "target")
    then = ("levels", "weight", "review_on")
    return fields_of(found, dict.fromkeys((*first, *then, *found._fields)))


def _member(found: "Member") -> Json:
    """Return who is in a set, and when; `me` says that it is the owner of the journal."""
    fields = fields_of(found, ("role", "joined_on", "left_on"))
    owner = found.person is None
    return {"name": found.name} | fields | {"me": owner, "person_id": found.person}


def _listed(found: "Listed") -> Json:
    """Return a set with its meetings, the last one, and how many promises are open."""
    named: Json = plain(found.set)
    return named | {
        "meetings": found.meetings,
        "last_held": plain(found.last_held),
        "open": found.open,
    }


def _plan(found: "Plan") -> Json:
    """Return a plan; `withheld` counts the private actions left out, `goals_withheld` the goals."""
    first = ("person", "agreed_on", "review_on", "goals")
    names = dict.fromkeys((*first, *found._fields))
    return fields_of(found, [name for name in names if name not in LEFT_OUT["Plan"]])


def _episode(found: "Episode") -> Json:
    """Return a session with what was measured in it and the days since the talk before."""
    session: Json = plain(found.session)
    return session | {"measures": plain(found.measures), "gap_days": found.gap_days}


def _history(found: "History") -> Json:
    """Return a history; `actions` are promises made between the sessions."""
    names = ("person", "since", "sessions", "goals", "actions", "withheld")
    return {name: plain(getattr(found, name)) for name in names}


_SPECIAL: dict[str, Any] = {
    "Episode": _episode,
    "History": _history,
    "Prompt": _prompt,
    "Contact": _contact,
    "Draft": _draft,
    "Tally": _tally,
    "PersonProgress": _person_progress,
    "Plan": _plan,
    "Goal": _goal,
    "Member": _member,
    "Listed": _listed,
}


# What a command gives that is more than one model value


def today(day: "Today") -> Json:
    """Return what a day asks for: its date, drafts in short, open promises, people."""
    return {name: plain(getattr(day, name)) for name in ("date", "drafts", "actions", "people")}


def brief(about: "Brief", today: date) -> Json:
    """Return a brief: days are whole days, `rhythm` is the word that the screen says."""
    person, last = about.person, about.last_session
    held_on = last.held_on if last else None
    every_days = None if person.archived else person.every_days
    paused_until = None if person.archived else person.paused_until
    return {
        "person": plain(person),
        "last_session": _last_session(last) if last else None,
        "answers": [plain(answer) | {"health": answer.health} for answer in about.answers],
        "actions": plain(about.actions),
        "measures": plain(about.measures),
        "goals": [_without_ratings(goal) for goal in about.goals],
        "notes": plain(about.notes),
        "cancelled_since": [_cancelled(session) for session in about.cancelled],
        "withheld": about.withheld,
        "days_since": (today - held_on).days if held_on else None,
        "next_due": plain(rules.next_talk(held_on, every_days, paused_until)),
        "rhythm": rules.rhythm(held_on, every_days, today, paused_until),
    }


def _last_session(session: "Session") -> Json:
    names = ("id", "uid", "template", "title", "held_on", "minutes")
    return {name: plain(getattr(session, name)) for name in names}


def _without_ratings(goal: "Goal") -> Json:
    return {name: value for name, value in _goal(goal).items() if name != "ratings"}


def _cancelled(session: "Session") -> Json:
    return {"held_on": plain(session.held_on), "cancelled_by": session.cancelled_by}


def progress(view: "ProgressView", today: date) -> Json:
    """Return the figures of everyone or of one person, with the ledger where it is wanted."""
    return _with_ledger(plain(view.figures), view.ledger, today)


def set_progress(view: "SetProgressView", today: date) -> Json:
    """Return the figures of a set: minutes are whole minutes, shares go from 0 to 1."""
    figures: Json = plain(view.figures)
    figures["meetings"] = [_meeting(meeting) for meeting in view.figures.meetings]
    figures["people"] = [_member_figures(member) for member in view.figures.people]
    return _with_ledger(figures, view.ledger, today)


def shadow(view: "ShadowView") -> Json:
    """Return the shadow reviews; a promise made in one carries its fate, null without a date."""
    reviews: Json = plain(view.reviews)
    promises = [plain(one.action) | {"fate": plain(one.fate)} for one in view.reviews.actions]
    return reviews | {"actions": promises}


def ledger(entries: "Iterable[Decided]", today: date) -> list[Json]:
    """Return each promise with its fate, why, and the fate that the owner corrected it to."""
    from coachlog.phrasing.fates import why  # no other command's JSON pays for it

    return [
        plain(entry.action)
        | {"fate": entry.fate.value, "why": why(entry, today)}
        | {"corrected": plain(rules.corrected(entry.action))}
        for entry in entries
    ]


def learning_set(listed: "Listed", promises: "Iterable[Action]") -> Json:
    """Return a set as in the list of them, with the promises made in it."""
    return _listed(listed) | {"actions": plain(list(promises))}


def _with_ledger(figures: Json, entries: "Iterable[Decided] | None", today: date) -> Json:
    if entries is None:
        return figures
    return figures | {"ledger": ledger(entries, today)}


def _meeting(meeting: "Held") -> Json:
    questions = meeting.questions
    names = ("asked", "tagged", "open", "closed", "leading", "open_share")
    return {
        "session": meeting.session,
        "held_on": plain(meeting.held_on),
        "minutes": meeting.minutes,
        "present": meeting.present,
    } | {name: getattr(questions, name) for name in names}


def _member_figures(figures: "MemberFigures") -> Json:
    member = figures.member
    counts = {name: plain(getattr(figures, name)) for name in figures._fields if name != "member"}
    return {
        "name": member.name,
        "slug": member.slug,
        "role": member.role.value,
        "left_on": plain(member.left_on),
        **counts,
        "person_id": member.person,
    }
