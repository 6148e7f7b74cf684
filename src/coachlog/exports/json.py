"""Model values as the JSON of `--json`: the fields of the model, with dates in ISO 8601."""

import json
from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from coachlog import rules
from coachlog.dates import NO_RHYTHM, Rhythm, format_every
from coachlog.model import MemberRef, PersonRef, SetRef

if TYPE_CHECKING:
    from coachlog.model import Action, Answer, Contact, Draft, Goal, Person
    from coachlog.model.brief import Brief, OwnMoves, PastTalk
    from coachlog.model.comparisons import ComparisonView
    from coachlog.model.history import Episode
    from coachlog.model.plans import Lesson, OwnPlan, OwnPromise
    from coachlog.model.progress import (
        DecidedPromise,
        DirectionTally,
        PersonProgress,
        ProgressView,
        Tally,
    )
    from coachlog.model.set_progress import (
        MeetingFigures,
        MemberFigures,
        SetProgressView,
    )
    from coachlog.model.sets import LearningSet, Member, SetSummary
    from coachlog.model.shadows import ShadowView
    from coachlog.model.templates import Prompt
    from coachlog.model.today import TodayView

Json = dict[str, Any]

SCHEMA_VERSION = 1
"""The version of the contract: within it fields can be added, but none renamed or removed."""

OMITTED_FIELDS: dict[str, set[str]] = {
    "Template": {"text", "shadows", "stands_in_for", "also"},
    "Prompt": {
        "key",
        "health",
        "help",
        "options_from",
        "when",
        "notes",
        "replaces",
        "support",
        "quotes",
        "only",
        "offers",
    },
    "Answer": {"key", "health", "stage_title", "measure", "low", "high", "options"},
    "Session": {"action_count", "deleted"},
    "Plan": {"me"},
    "Support": {"names_somebody"},
    "Person": {"every_months", "other_handles"},
    "LearningSet": {"every_months"},
    "History": {"me", "last_held", "earlier", "health_withheld"},
}
"""The fields left out of the contract, by class: how things are stored, not what they are.

This table and those below name the classes of the model as text, so that a command imports no more
of the model than it shows.
"""

LEADING_FIELDS: dict[str, tuple[str, ...]] = {
    "Goal": (
        *(
            "id",
            "uid",
            "person",
            "title",
            "why",
            "success",
            "scale",
            "baseline",
            "now",
            "target",
        ),
        *("levels", "weight", "review_on"),
    ),
    "Plan": ("person", "agreed_on", "review_on", "goals"),
}
"""The fields that come first, by class, where the order is not that of the model."""

Reference = PersonRef | MemberRef | SetRef

REFERENCE_FIELDS: dict[str, dict[str, str]] = {
    "Action": {"person": "person_id", "set": "set_id"},
    "Session": {"people": "people_ids", "set": "set_id"},
    "Slot": {"presenter": "presenter_id"},
    "Goal": {"person": "person_id"},
    "Note": {"person": "person_id"},
    "OwnPromise": {"partners": "partner_ids"},
    "Lesson": {"partners": "partner_ids"},
    "ReviewDay": {"partners": "partner_ids"},
    "Encounter": {"person": "person_id"},
    "Recurrence": {"people": "person_ids"},
    "Trend": {"person": "person_id"},
    "ComparisonView": {"person": "person_id", "set": "set_id"},
    "Attainment": {"person": "person_id"},
}
"""The fields that refer to people and sets, by class, and the field that gives their ids."""


def format_json_document(name: str, value: object, **others: object) -> str:
    """Return what a command prints: an object with the schema's version and the values by name."""
    return json.dumps(
        {"schema": SCHEMA_VERSION, name: value, **others}, ensure_ascii=False, indent=2
    )


def convert_value(value: Any) -> Any:
    """Return a model value in types that JSON has: named tuples as objects, tuples as lists."""
    # A datetime is a date as well.
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple):
        if hasattr(value, "_fields"):
            return _convert_named_tuple(value)
        return [convert_value(item) for item in value]
    return value


def _convert_named_tuple(value: Any) -> Json:
    converter = _CONVERTERS.get(type(value).__name__)
    if converter is not None:
        return converter(value)
    return convert_fields(value, _list_contract_fields(value))


def _list_contract_fields(value: Any) -> Iterable[str]:
    """Return the fields of a named tuple that are in the contract, in its order."""
    class_name = type(value).__name__
    # A dict has each name once, in the place where it came first.
    names = dict.fromkeys((*LEADING_FIELDS.get(class_name, ()), *value._fields))
    for name in OMITTED_FIELDS.get(class_name, ()):
        del names[name]
    return names


def _convert_rhythmic(value: "Person | LearningSet") -> Json:
    """Return a person or a set; `every` is the rhythm as `--every` takes it."""
    fields = convert_fields(value, _list_contract_fields(value))
    return fields | {"every": format_every(_get_rhythm(value))}


def _get_rhythm(value: "Person | LearningSet") -> Rhythm:
    return Rhythm(value.every_days, value.every_months)


def convert_fields(value: Any, names: Iterable[str]) -> Json:
    """Return some fields of a named tuple: references by name, with their ids after all fields."""
    id_fields = REFERENCE_FIELDS.get(type(value).__name__, {})
    fields: Json = {}
    ids: Json = {}
    for name in names:
        field = getattr(value, name)
        if name in id_fields:
            fields[name], ids[id_fields[name]] = _split_references(field)
        else:
            fields[name] = convert_value(field)
    return fields | ids


def _split_references(
    references: Reference | tuple[Reference, ...] | None,
) -> tuple[Any, Any]:
    """Return the name and the id of a reference, or the names and the ids of several."""
    if references is None:
        return None, None
    if isinstance(references, PersonRef | MemberRef | SetRef):
        return references.name, _get_reference_id(references)
    names = [reference.name for reference in references]
    ids = [_get_reference_id(reference) for reference in references]
    return names, ids


def _get_reference_id(reference: Reference) -> int | None:
    """Return the id of a person or a set; None for the owner of the journal."""
    if isinstance(reference, MemberRef):
        return reference.person
    return reference.id


def _convert_prompt(prompt: "Prompt") -> Json:
    """Return a prompt; `low` and `high` are null for any kind but a scale."""
    fields = convert_fields(prompt, _list_contract_fields(prompt))
    if prompt.kind != "scale":
        fields["low"] = None
        fields["high"] = None
    return fields


def _convert_draft(draft: "Draft") -> Json:
    """Return a draft in short: which template, with whom, since when."""
    people = [draft.person] if draft.person else []
    names = [person.name for person in people]
    ids = [person.id for person in people]
    if draft.new_name:
        # Nobody has that number: they are not in the journal yet.
        names, ids = [draft.new_name], [0]
    return {
        "id": draft.session,
        "uid": draft.uid,
        "template": draft.template,
        "title": draft.title,
        "begun_on": convert_value(draft.begun_on),
        "updated_at": convert_value(draft.updated_at),
        "people": names,
        "people_ids": ids,
    }


def _convert_tally(tally: "Tally") -> Json:
    """Return say/do figures: counts, and shares from 0 to 1 (null for none of none)."""
    return {
        "decided": tally.decided_count,
        **tally._asdict(),
        "strict": tally.first_date.ratio,
        "honoured": tally.as_agreed.ratio,
        "first_date": convert_value(tally.first_date),
        "as_agreed": convert_value(tally.as_agreed),
    }


def _convert_direction_tally(direction_tally: "DirectionTally") -> Json:
    return {
        "direction": direction_tally.direction.value,
        **_convert_tally(direction_tally.tally),
    }


def _convert_person_progress(progress: "PersonProgress") -> Json:
    """Return one person's figures; minutes are a sum."""
    names = list(progress._fields)
    names.remove("person")
    return {
        "name": progress.person.name,
        **convert_fields(progress, names),
        "person_id": progress.person.id,
    }


def _convert_member(member: "Member") -> Json:
    """Return a member of a set; `me` says whether it is the owner of the journal."""
    return {
        "name": member.name,
        **convert_fields(member, ("role", "joined_on", "left_on")),
        "me": member.person is None,
        "person_id": member.person,
    }


def _convert_episode(episode: "Episode") -> Json:
    """Return a session with its measures and the days since the conversation before."""
    session: Json = convert_value(episode.session)
    return session | {
        "measures": convert_value(episode.measures),
        "gap_days": episode.gap_days,
    }


_CONVERTERS: dict[str, Callable[[Any], Json]] = {
    "Person": _convert_rhythmic,
    "LearningSet": _convert_rhythmic,
    "Episode": _convert_episode,
    "Prompt": _convert_prompt,
    "Draft": _convert_draft,
    "Tally": _convert_tally,
    "DirectionTally": _convert_direction_tally,
    "PersonProgress": _convert_person_progress,
    "Member": _convert_member,
}


# Views that a command puts together from several model values

_LAST_SESSION_FIELDS = ("id", "uid", "template", "title", "held_on", "minutes")


def convert_today(day: "TodayView") -> Json:
    """Return the home page: the date, drafts in short, open actions, people, and what is listed.

    `you_owe`, `owed_to_you` and `stale` have the numbers of actions, `talk_next` those of people,
    in the order of the screen; `week` is null but on a Friday.
    """
    fields = convert_fields(day, ("date", "drafts", "actions"))
    promises = day.promises
    return fields | {
        "people": convert_contacts(day.people, day.date),
        "you_owe": [action.id for action in promises.mine],
        "owed_to_you": [action.id for action in promises.theirs],
        "stale": [action.id for action in promises.stale],
        "talk_next": [contact.person.id for contact in day.next_talks],
        **convert_fields(day, ("forms", "goals", "notes", "week", "recurrences")),
    }


def convert_own_plan(plan: "OwnPlan") -> Json:
    """Return the owner's own plan: as any plan, and in `promises` where each one stands in it.

    `partners` are those with whom a promise was made. `left_out` counts by reason.
    """
    return {
        "person": None,
        "for": plan.reader.name if plan.reader else None,
        "agreed_on": convert_value(plan.agreed_on),
        "review_on": convert_value(plan.review_on),
        "goals": convert_value(plan.goals),
        "actions": [convert_value(promise.action) for promise in plan.promises],
        "promises": [_convert_own_promise(promise) for promise in plan.promises],
        "supports": convert_value(plan.supports),
        "learned": [_convert_lesson(lesson) for lesson in plan.lessons],
        "reviews": convert_value(plan.reviews),
        "left_out": {
            reason.value: count for reason, count in plan.reserved_counts.items()
        },
        "for_id": plan.reader.id if plan.reader else None,
    }


def _convert_own_promise(promise: "OwnPromise") -> Json:
    fields = convert_fields(promise, ("group", "partners"))
    return {"action": promise.action.id, **fields}


def _convert_lesson(lesson: "Lesson") -> Json:
    fields = convert_fields(
        lesson, ("id", "session", "title", "on", "partners", "earlier")
    )
    answer: Json = convert_value(lesson.answer)
    return fields | answer


def convert_contacts(contacts: "Iterable[Contact]", today: date) -> list[Json]:
    """Return people in their order, as `convert_contact` does."""
    return [convert_contact(contact, today) for contact in contacts]


def convert_contact(contact: "Contact", today: date) -> Json:
    """Return a person with the last conversation, the open actions and when the next one is due."""
    person: Json = convert_value(contact.person)
    return {
        **person,
        "last_held": convert_value(contact.last_held),
        "last_met": convert_value(contact.last_met),
        "open": contact.open,
        **_convert_person_rhythm(contact.person, contact.last_held, today),
    }


def _convert_person_rhythm(
    person: "Person", last_held: date | None, today: date
) -> Json:
    """Return how someone's rhythm is kept; nobody waits to talk with someone archived."""
    if person.archived:
        return _convert_rhythm_state(last_held, NO_RHYTHM, today, None)
    return _convert_rhythm_state(
        last_held, _get_rhythm(person), today, person.paused_until
    )


def _convert_rhythm_state(
    last_held: date | None, rhythm: Rhythm, today: date, paused_until: date | None
) -> Json:
    """Return the day due, the state as screens colour it, and the whole days since the day due."""
    next_day = rules.find_next_talk(last_held, rhythm, paused_until)
    return {
        "next_due": convert_value(next_day),
        "rhythm": rules.judge_rhythm(last_held, rhythm, today, paused_until),
        "days_late": rules.count_days_late(last_held, rhythm, today, paused_until),
    }


def convert_brief(brief: "Brief", today: date) -> Json:
    """Return a brief; `days_since` and `days_late` are whole days."""
    person = brief.person
    last_session, held_on, days_since = None, None, None
    if brief.last_session:
        last_session = convert_fields(brief.last_session, _LAST_SESSION_FIELDS)
        held_on = brief.last_session.held_on
        days_since = (today - held_on).days
    return {
        "person": convert_value(person),
        "last_session": last_session,
        "answers": _convert_quoted_answers(brief.answers),
        "actions": convert_value(brief.actions),
        "measures": convert_value(brief.measures),
        "goals": [_convert_brief_goal(goal) for goal in brief.goals],
        "notes": convert_value(brief.notes),
        "cancelled_since": [
            convert_fields(session, ("held_on", "cancelled_by"))
            for session in brief.cancelled
        ],
        "withheld": brief.withheld,
        "own_notes_withheld": brief.own_notes,
        "ask_first": convert_value(brief.ask_first),
        "days_since": days_since,
        "last_met": convert_value(brief.last_met),
        "supports": convert_value(brief.supports),
        "moves": _convert_own_moves(brief.moves) if brief.moves else None,
        "last_of_two": _convert_past_talk(brief.last_of_two),
        "agreed_days": convert_value(brief.agreed_days),
        **_convert_person_rhythm(person, held_on, today),
    }


def _convert_quoted_answers(answers: "Iterable[Answer]") -> list[Json]:
    return [convert_value(answer) | {"health": answer.health} for answer in answers]


def _convert_past_talk(talk: "PastTalk | None") -> Json | None:
    if talk is None:
        return None
    return {
        **convert_fields(talk.session, _LAST_SESSION_FIELDS),
        "answers": _convert_quoted_answers(talk.answers),
    }


def _convert_own_moves(moves: "OwnMoves") -> Json:
    """Return what moved for the owner; each goal has the value that it had `before`."""
    goals = [
        _convert_brief_goal(move.goal) | {"before": move.before} for move in moves.goals
    ]
    return {
        "since": convert_value(moves.since),
        "goals": goals,
        **convert_fields(moves, ("measures", "promises")),
    }


def _convert_brief_goal(goal: "Goal") -> Json:
    fields: Json = convert_value(goal)
    del fields["ratings"]
    return fields


def convert_progress(view: "ProgressView", today: date) -> Json:
    """Return the figures of everyone or of one person, with the ledger if there is one."""
    return _add_ledger(convert_value(view.figures), view.ledger, today)


def convert_set_progress(view: "SetProgressView", today: date) -> Json:
    """Return the figures of a set; minutes are whole, and shares go from 0 to 1."""
    figures: Json = convert_value(view.figures)
    figures["meetings"] = [
        _convert_meeting_figures(meeting) for meeting in view.figures.meetings
    ]
    figures["people"] = [
        _convert_member_figures(member) for member in view.figures.people
    ]
    return _add_ledger(figures, view.ledger, today)


def convert_comparison(view: "ComparisonView") -> Json:
    """Return both ratios in two quarters; `person` and `set` are null for everyone."""
    ratios: Json = convert_value(view.comparison)
    return convert_fields(view, ("person", "set")) | ratios


def convert_shadow(view: "ShadowView") -> Json:
    """Return the shadow reviews; each promise made in one has its fate, null without a date."""
    reviews: Json = convert_value(view.reviews)
    promises = []
    for promise in view.reviews.actions:
        fields: Json = convert_value(promise.action)
        promises.append(fields | {"fate": convert_value(promise.fate)})
    return reviews | {"actions": promises}


def convert_ledger(entries: "Iterable[DecidedPromise]", today: date) -> list[Json]:
    """Return each promise with its fate, the reason, and the fate after any correction."""
    # Imported here, so that no other command's JSON pays for it.
    from coachlog.phrasing.fates import describe_fate_reason

    rows = []
    for entry in entries:
        row: Json = convert_value(entry.action)
        row["fate"] = entry.fate.value
        row["why"] = describe_fate_reason(entry, today)
        row["corrected"] = convert_value(rules.find_corrected_fate(entry.action))
        row["counts_by_first_date"] = entry.counts_by_first_date
        row["counts_for"] = entry.side
        row["caveats"] = list(entry.caveats)
        rows.append(row)
    return rows


def convert_set_summaries(summaries: "Iterable[SetSummary]", today: date) -> list[Json]:
    """Return sets in their order, as `convert_set_summary` does."""
    return [convert_set_summary(summary, today) for summary in summaries]


def convert_set_summary(summary: "SetSummary", today: date) -> Json:
    """Return a set with its meetings, its open promises and when the next meeting is due."""
    fields: Json = convert_value(summary.set)
    rhythm = NO_RHYTHM if summary.set.archived else _get_rhythm(summary.set)
    return {
        **fields,
        "meetings": summary.meetings,
        "last_held": convert_value(summary.last_held),
        "open": summary.open,
        **_convert_rhythm_state(summary.last_held, rhythm, today, None),
    }


def convert_learning_set(
    summary: "SetSummary", actions: "Iterable[Action]", today: date
) -> Json:
    """Return a set as in the list of sets, with the promises made in it."""
    fields = convert_set_summary(summary, today)
    return fields | {"actions": convert_value(list(actions))}


def _add_ledger(
    figures: Json, entries: "Iterable[DecidedPromise] | None", today: date
) -> Json:
    if entries is None:
        return figures
    return figures | {"ledger": convert_ledger(entries, today)}


def _convert_meeting_figures(meeting: "MeetingFigures") -> Json:
    question_names = ("asked", "tagged", "open", "closed", "leading", "open_share")
    return {
        **convert_fields(meeting, ("session", "held_on", "minutes", "present")),
        **convert_fields(meeting.questions, question_names),
    }


def _convert_member_figures(figures: "MemberFigures") -> Json:
    member = figures.member
    count_names = list(figures._fields)
    count_names.remove("member")
    return {
        "name": member.name,
        "slug": member.slug,
        "role": member.role.value,
        "left_on": convert_value(member.left_on),
        **convert_fields(figures, count_names),
        "person_id": member.person,
    }
