"""The contract of `--json`: which fields of the model are in it, in which order.

`json_text` writes the values in these fields, with dates in ISO 8601.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from coachlog.dates import NO_RHYTHM, Rhythm, format_every
from coachlog.model.batches import Batches
from coachlog.model.references import MemberRef, PersonRef, SetRef
from coachlog.rules.promises import find_corrected_fate
from coachlog.rules.rhythm import count_days_late, find_next_talk, judge_rhythm

if TYPE_CHECKING:
    from coachlog.model.actions import Action
    from coachlog.model.brief import Brief, OwnMoves, PastTalk
    from coachlog.model.comparisons import ComparisonView
    from coachlog.model.findings import ColumnDifference, JournalReport, KeptRow
    from coachlog.model.goals import Goal
    from coachlog.model.history import Episode
    from coachlog.model.ledger import Ledger
    from coachlog.model.own_plans import Lesson, OwnPlan, OwnPromise
    from coachlog.model.people import Contact, Person
    from coachlog.model.progress import (
        DecidedPromise,
        DirectionTally,
        PersonProgress,
        ProgressView,
        Tally,
    )
    from coachlog.model.sessions import Answer, Draft
    from coachlog.model.set_progress import (
        MeetingFigures,
        MemberFigures,
        SetProgressView,
    )
    from coachlog.model.set_support import SetSupport
    from coachlog.model.sets import LearningSet, Member, SetSummary
    from coachlog.model.shadows import ShadowView
    from coachlog.model.standards import StandardsView
    from coachlog.model.templates import Prompt
    from coachlog.model.today import TodayView

Json = dict[str, Any]


class ColumnRows(Sequence[Json]):
    """Objects that all have the same fields, kept column by column, as they are written."""

    def __init__(self, columns: Mapping[str, Sequence[Any]]) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getitem__(self, place: Any) -> Any:
        return {name: column[place] for name, column in self.columns.items()}


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
        "standard",
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
    "SearchHit": {"people": "people_ids", "set": "set_id"},
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
    "StandardSource": {"people": "people_ids", "set": "set_id"},
    "StandardsView": {"person": "person_id"},
    "SupportLine": {"set": "set_id", "member": "person_id"},
    "CheckIn": {"set": "set_id", "members": "member_ids"},
    "Attainment": {"person": "person_id"},
}
"""The fields that refer to people and sets, by class, and the field that gives their ids."""


def convert_model(value: Any) -> Json:
    """Return the fields of a named tuple that are in the contract, with their values as they are.

    How these are written is up to `json_text`.
    """
    converter = _CONVERTERS.get(type(value).__name__)
    if converter is not None:
        return converter(value)
    return convert_fields(value, _list_contract_fields(type(value)))


def build_columns(values: Sequence[Any]) -> dict[str, Sequence[Any]]:
    """Return by name the fields that `convert_model` returns, each of all these named tuples.

    They are of one class, and there is at least one.
    """
    model = type(values[0])
    converter = _CONVERTERS.get(model.__name__)
    if converter is None:
        return _select_columns(values, _list_contract_fields(model))
    return collect_columns([converter(value) for value in values])


def collect_columns(rows: Sequence[Json]) -> dict[str, Sequence[Any]]:
    """Return by name the values of objects that all have the same fields; there is at least one."""
    columns: dict[str, Sequence[Any]] = {}
    for name in rows[0]:
        columns[name] = [row[name] for row in rows]
    return columns


def _list_contract_fields(model: Any) -> Iterable[str]:
    """Return the fields of a class of named tuples that are in the contract, in its order."""
    class_name = model.__name__
    # A dict has each name once, in the place where it came first.
    names = dict.fromkeys((*LEADING_FIELDS.get(class_name, ()), *model._fields))
    for name in OMITTED_FIELDS.get(class_name, ()):
        del names[name]
    return names


def list_json_sources(model: Any) -> list[tuple[str, str, bool]]:
    """Return the fields of a class as `convert_fields` writes them, for whoever writes its rows.

    With each name come the field of the model that it is read from, and whether it is an id.
    """
    names = [*_list_contract_fields(model)]
    id_fields = REFERENCE_FIELDS.get(model.__name__, {})
    references = [name for name in names if name in id_fields]
    return [
        *((name, name, False) for name in names),
        *((id_fields[name], name, True) for name in references),
    ]


def _convert_rhythmic(value: "Person | LearningSet") -> Json:
    """Return a person or a set; `every` is the rhythm as `--every` takes it."""
    fields = convert_fields(value, _list_contract_fields(type(value)))
    return fields | {"every": format_every(_get_rhythm(value))}


def _get_rhythm(value: "Person | LearningSet") -> Rhythm:
    return Rhythm(value.every_days, value.every_months)


def convert_fields(value: Any, names: Iterable[str]) -> Json:
    """Return some fields of a named tuple: references by name, with their ids after all fields."""
    columns = _select_columns([value], names)
    return {name: column[0] for name, column in columns.items()}


def _select_columns(
    values: Sequence[Any], names: Iterable[str]
) -> dict[str, Sequence[Any]]:
    """Return some fields of named tuples of one class, as `convert_fields` does for each."""
    id_fields = REFERENCE_FIELDS.get(type(values[0]).__name__, {})
    columns: dict[str, Sequence[Any]] = {}
    id_columns: dict[str, Sequence[Any]] = {}
    for name in names:
        columns[name] = [*map(attrgetter(name), values)]
        if name in id_fields:
            references = map(_split_references, columns[name])
            columns[name], id_columns[id_fields[name]] = zip(*references, strict=True)
    return columns | id_columns


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
    fields = convert_fields(prompt, _list_contract_fields(type(prompt)))
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
        "begun_on": draft.begun_on,
        "updated_at": draft.updated_at,
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
        "first_date": tally.first_date,
        "as_agreed": tally.as_agreed,
    }


def _convert_direction_tally(direction_tally: "DirectionTally") -> Json:
    return {
        "direction": direction_tally.direction,
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
    """Return a member of a set; `me` says whether it is the owner, `uid` is of this membership."""
    return {
        "name": member.name,
        **convert_fields(member, ("role", "joined_on", "left_on")),
        "me": member.person is None,
        "person_id": member.person,
        "slug": member.slug,
        "uid": member.uid,
    }


def _convert_episode(episode: "Episode") -> Json:
    """Return a session with its measures and the days since the conversation before."""
    session: Json = convert_model(episode.session)
    return session | {
        "measures": episode.measures,
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
    in the order of the screen; `week` is null but on a Friday, `tank` but from one week after the
    last entry to three.
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
        **convert_fields(day, ("check_ins", "tank")),
    }


def convert_own_plan(plan: "OwnPlan") -> Json:
    """Return the owner's own plan: as any plan, and in `promises` where each one stands in it.

    `partners` are those with whom a promise was made. `left_out` counts by reason.
    """
    return {
        "person": None,
        "for": plan.reader.name if plan.reader else None,
        "agreed_on": plan.agreed_on,
        "review_on": plan.review_on,
        "goals": plan.goals,
        "actions": [promise.action for promise in plan.promises],
        "promises": [_convert_own_promise(promise) for promise in plan.promises],
        "supports": plan.supports,
        "learned": [_convert_lesson(lesson) for lesson in plan.lessons],
        "reviews": plan.reviews,
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
    answer: Json = convert_model(lesson.answer)
    return fields | answer


def convert_contacts(contacts: "Iterable[Contact]", today: date) -> list[Json]:
    """Return people in their order, as `convert_contact` does."""
    return [convert_contact(contact, today) for contact in contacts]


def convert_contact(contact: "Contact", today: date) -> Json:
    """Return a person with the last conversation, the open actions and when the next one is due."""
    person: Json = convert_model(contact.person)
    return {
        **person,
        "last_held": contact.last_held,
        "last_met": contact.last_met,
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
    next_day = find_next_talk(last_held, rhythm, paused_until)
    return {
        "next_due": next_day,
        "rhythm": judge_rhythm(last_held, rhythm, today, paused_until),
        "days_late": count_days_late(last_held, rhythm, today, paused_until),
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
        "person": person,
        "last_session": last_session,
        "answers": _convert_quoted_answers(brief.answers),
        "actions": brief.actions,
        "measures": brief.measures,
        "goals": [_convert_brief_goal(goal) for goal in brief.goals],
        "notes": brief.notes,
        "cancelled_since": [
            convert_fields(session, ("held_on", "cancelled_by"))
            for session in brief.cancelled
        ],
        "withheld": brief.withheld,
        "own_notes_withheld": brief.own_notes,
        "ask_first": brief.ask_first,
        "days_since": days_since,
        "last_met": brief.last_met,
        "supports": brief.supports,
        "moves": _convert_own_moves(brief.moves) if brief.moves else None,
        "last_of_two": _convert_past_talk(brief.last_of_two),
        "agreed_days": brief.agreed_days,
        "wellbeing_offered": brief.wellbeing_offered,
        **_convert_person_rhythm(person, held_on, today),
    }


def _convert_quoted_answers(answers: "Iterable[Answer]") -> list[Json]:
    return [convert_model(answer) | {"health": answer.health} for answer in answers]


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
        "since": moves.since,
        "goals": goals,
        **convert_fields(moves, ("measures", "promises")),
    }


def _convert_brief_goal(goal: "Goal") -> Json:
    fields: Json = convert_model(goal)
    del fields["ratings"]
    return fields


def convert_progress(view: "ProgressView", today: date) -> Json:
    """Return the figures of everyone or of one person, with the ledger if there is one."""
    return _add_ledger(convert_model(view.figures), view.ledger, today)


def convert_set_progress(view: "SetProgressView", today: date) -> Json:
    """Return the figures of a set; minutes are whole, and shares go from 0 to 1."""
    figures: Json = convert_model(view.figures)
    figures["meetings"] = [
        _convert_meeting_figures(meeting) for meeting in view.figures.meetings
    ]
    figures["people"] = [
        _convert_member_figures(member) for member in view.figures.people
    ]
    return _add_ledger(figures, view.ledger, today)


def convert_comparison(view: "ComparisonView") -> Json:
    """Return both ratios in two quarters; `person` and `set` are null for everyone."""
    ratios: Json = convert_model(view.comparison)
    return convert_fields(view, ("person", "set")) | ratios


def convert_shadow(view: "ShadowView") -> Json:
    """Return the shadow reviews; each promise made in one has its fate, null without a date."""
    reviews: Json = convert_model(view.reviews)
    promises = []
    for promise in view.reviews.actions:
        fields: Json = convert_model(promise.action)
        promises.append(fields | {"fate": promise.fate})
    return reviews | {"actions": promises}


def convert_standards(view: "StandardsView") -> Json:
    """Return each standard with its evidence, the newest first; no statement if not in the file."""
    return convert_fields(view, ("person", "since", "until", "standards"))


def convert_ledger(ledger: "Ledger", today: date) -> Batches[Json]:
    """Return each promise with its fate, the reason, and the fate after any correction."""
    # Imported here, so that no other command's JSON pays for it.
    from coachlog.phrasing.fates import describe_fate_reason

    def convert_promises(promises: "Sequence[DecidedPromise]") -> ColumnRows:
        actions = [promise.action for promise in promises]
        columns = build_columns(actions) | {
            "fate": [promise.fate for promise in promises],
            "why": [describe_fate_reason(promise, today) for promise in promises],
            "corrected": [find_corrected_fate(action) for action in actions],
            "counts_by_first_date": [
                promise.counts_by_first_date for promise in promises
            ],
            "counts_for": [promise.side for promise in promises],
            "caveats": [promise.caveats for promise in promises],
        }
        return ColumnRows(columns)

    return Batches(lambda: map(convert_promises, ledger.promises.split()))


def convert_set_summaries(summaries: "Iterable[SetSummary]", today: date) -> list[Json]:
    """Return sets in their order, as `convert_set_summary` does."""
    return [convert_set_summary(summary, today) for summary in summaries]


def convert_set_summary(summary: "SetSummary", today: date) -> Json:
    """Return a set with its meetings, its open promises and when the next meeting is due."""
    fields: Json = convert_model(summary.set)
    rhythm = NO_RHYTHM if summary.set.archived else _get_rhythm(summary.set)
    return {
        **fields,
        "meetings": summary.meetings,
        "last_held": summary.last_held,
        "open": summary.open,
        **_convert_rhythm_state(summary.last_held, rhythm, today, None),
        "next_meeting": summary.next_meeting,
    }


def convert_learning_set(
    summary: "SetSummary", actions: "Iterable[Action]", today: date
) -> Json:
    """Return a set as in the list of sets, with the promises made in it."""
    fields = convert_set_summary(summary, today)
    return fields | {"actions": list(actions)}


def convert_set_support(support: "SetSupport") -> Json:
    """Return what a set does between two meetings: its buddies, asks and offers, and who helped."""
    learning_set = support.set
    return {
        "set": learning_set.name,
        "slug": learning_set.slug,
        "meetings": support.meetings,
        "pairs": [
            {"members": [*pair.members], "check_in": pair.check_in}
            for pair in support.pairs
        ],
        "lines": [*support.lines],
        "helped": support.helped._asdict(),
        "set_id": learning_set.id,
        "set_uid": learning_set.uid,
    }


def _add_ledger(figures: Json, ledger: "Ledger | None", today: date) -> Json:
    if ledger is None:
        return figures
    return figures | {"ledger": convert_ledger(ledger, today)}


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
        "role": member.role,
        "left_on": member.left_on,
        **convert_fields(figures, count_names),
        "person_id": member.person,
    }


def convert_journal_report(verdict: "JournalReport") -> Json:
    """Return what `check` found; `what` is in words, and quotes nothing that is stored."""
    from coachlog.phrasing.findings import describe_consequence, describe_finding

    backup = verdict.backup
    return {
        "is_sound": not verdict.findings,
        "entries": verdict.row_count,
        "tables": verdict.table_count,
        "is_moved": verdict.is_moved,
        "is_accepted": verdict.is_accepted,
        "reason": verdict.reason,
        "backup": backup.path if backup else None,
        "backup_made_on": backup.made_on if backup else None,
        "kept_log": verdict.kept_log,
        "findings": [
            {
                "kind": located.finding.kind,
                "table": located.finding.table,
                "row": _convert_key(located.finding.table, located.finding.key),
                "count": located.finding.row_count,
                "what": describe_finding(located),
                "session": located.place.session if located.place else None,
                "action": located.place.action if located.place else None,
                "in_backup": located.backup,
                "remedy": located.remedy,
                "differences": [*map(_convert_difference, located.differences)],
                "kept_rows": [*map(_convert_kept_row, located.kept_rows)],
                "consequence": describe_consequence(located) or None,
            }
            for located in verdict.findings
        ],
    }


def _convert_difference(difference: "ColumnDifference") -> Json:
    """Return how a backup differs in a column; the values are null where they may be words."""
    return {
        "column": difference.column,
        "is_shown": difference.is_shown,
        "now": difference.present,
        "in_backup": difference.kept,
    }


def _convert_kept_row(kept_row: "KeptRow") -> Json:
    from coachlog.phrasing.findings import describe_place

    return {
        "row": _convert_key(kept_row.place.table, kept_row.place.key),
        "what": describe_place(kept_row.place),
        "is_certain": kept_row.is_certain,
    }


def _convert_key(table: str | None, key: tuple[Any, ...] | None) -> list[Any] | None:
    """Return the key of a row, in which a damaged value is in words of Python's."""
    from coachlog.rules.disclosure import list_stated_key

    if key is None:
        return None
    stated_key = list_stated_key(table, key)
    return [part if isinstance(part, int | str) else repr(part) for part in stated_key]
