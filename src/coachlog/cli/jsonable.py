"""Model values as the JSON objects that `--json` promises: snake_case keys, ISO dates."""

from datetime import date, datetime
from typing import Any

from coachlog.model import (
    Action,
    Answer,
    Contact,
    Draft,
    Event,
    Goal,
    Person,
    PersonProgress,
    Plan,
    Progress,
    Session,
    Tally,
    Template,
)

Json = dict[str, Any]


def template(found: Template) -> Json:
    """Return a template with its stages and prompts."""
    return {
        "id": found.id,
        "title": found.title,
        "summary": found.summary,
        "audience": found.audience.value,
        "minutes": found.minutes,
        "source": found.source,
        "builtin": found.builtin,
        "stages": [
            {
                "id": stage.id,
                "title": stage.title,
                "guidance": stage.guidance,
                "prompts": [
                    {
                        "id": prompt.id,
                        "ask": prompt.ask,
                        "kind": prompt.kind.value,
                        "required": prompt.required,
                        "private": prompt.private,
                        "measure": prompt.measure,
                        "low": prompt.low if prompt.kind == "scale" else None,
                        "high": prompt.high if prompt.kind == "scale" else None,
                        "options": list(prompt.options),
                    }
                    for prompt in stage.prompts
                ],
            }
            for stage in found.stages
        ],
    }


def person(found: Person) -> Json:
    """Return a person."""
    return {
        "id": found.id,
        "uid": found.uid,
        "name": found.name,
        "slug": found.slug,
        "relationship": found.relationship.value,
        "role": found.role,
        "team": found.team,
        "every_days": found.every_days,
        "archived": found.archived,
    }


def contact(found: Contact) -> Json:
    """Return a person with the day last seen and the count of open actions."""
    return person(found.person) | {"last_held": iso(found.last_held), "open": found.open}


def session(found: Session) -> Json:
    """Return a session with its answers and actions."""
    return {
        "id": found.id,
        "uid": found.uid,
        "status": found.status.value,
        "template": found.template,
        "title": found.title,
        "held_on": iso(found.held_on),
        "minutes": found.minutes,
        "people": list(found.people),
        "tags": list(found.tags),
        "answers": [answer(one) for one in found.answers],
        "actions": [action(one) for one in found.actions],
    }


def draft(found: Draft) -> Json:
    """Return a draft in short: what it is, with whom, since when."""
    return {
        "id": found.session,
        "uid": found.uid,
        "template": found.template,
        "title": found.title,
        "begun_on": iso(found.begun_on),
        "updated_at": iso(found.updated_at),
        "people": [found.person.name] if found.person else [],
    }


def answer(found: Answer) -> Json:
    """Return one answer with the question as it was asked."""
    return {
        "stage": found.stage,
        "prompt": found.prompt,
        "question": found.question,
        "kind": found.kind.value,
        "value": found.value,
        "private": found.private,
    }


def action(found: Action) -> Json:
    """Return an action with its events."""
    return {
        "id": found.id,
        "uid": found.uid,
        "person": found.person,
        "session": found.session,
        "what": found.what,
        "owner": found.owner,
        "due": iso(found.due),
        "original_due": iso(found.original_due),
        "done_when": found.done_when,
        "support": found.support,
        "if_then": found.if_then,
        "confidence": found.confidence,
        "private": found.private,
        "status": found.status.value,
        "closed_on": iso(found.closed_on),
        "carried": found.carried,
        "events": [event(one) for one in found.events],
    }


def event(found: Event) -> Json:
    """Return one change of an action."""
    return {
        "at": iso(found.at),
        "on": iso(found.on),
        "kind": found.kind.value,
        "due": iso(found.due),
        "note": found.note,
    }


def goal(found: Goal) -> Json:
    """Return a goal."""
    return {
        "title": found.title,
        "why": found.why,
        "success": found.success,
        "baseline": found.baseline,
        "now": found.now,
        "target": found.target,
        "review_on": iso(found.review_on),
    }


def plan(found: Plan) -> Json:
    """Return a plan; `withheld` counts the private actions left out."""
    return {
        "person": person(found.person),
        "agreed_on": iso(found.agreed_on),
        "review_on": iso(found.review_on),
        "goals": [goal(one) for one in found.goals],
        "actions": [action(one) for one in found.actions],
        "withheld": found.withheld,
    }


def tally(found: Tally) -> Json:
    """Return say/do figures; ratios are shares from 0 to 1, null when nothing is decided."""
    return {
        "decided": found.decided,
        "kept": found.kept,
        "kept_as_reagreed": found.kept_as_reagreed,
        "kept_late": found.kept_late,
        "missed": found.missed,
        "pending": found.pending,
        "released": found.released,
        "strict": found.strict,
        "honoured": found.honoured,
    }


def progress(found: Progress) -> Json:
    """Return progress, my promises before theirs."""
    return {
        "me": tally(found.me),
        "them": tally(found.them),
        "people": [person_progress(one) for one in found.people],
    }


def person_progress(found: PersonProgress) -> Json:
    """Return one person's sessions, minutes (a sum) and actions."""
    return {
        "name": found.person.name,
        "sessions": found.sessions,
        "minutes": found.minutes,
        "open": found.open,
        "overdue": found.overdue,
        "done": found.done,
        "last_held": iso(found.last_held),
        "me": tally(found.me),
        "them": tally(found.them),
    }


def iso(moment: date | datetime | None) -> str | None:
    """Return a date or an aware moment in ISO 8601; a moment in UTC."""
    return moment.isoformat() if moment else None
