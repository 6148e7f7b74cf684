"""The rows that small changes read and write, with statements compiled from `tables`.

Written by docs/compiled_rows.py: when a table has changed, run it again.
"""

from datetime import date, datetime

from coachlog.model.actions import ActionStatus, EventKind
from coachlog.model.answers import PromptKind
from coachlog.model.goals import GoalScale, GoalStatus
from coachlog.model.notes import NoteKind
from coachlog.model.sessions import SessionStatus
from coachlog.store.row_store import StoredRow


class StoredAction(StoredRow):
    """A row of `ActionRow`."""

    table = "action"
    primary_key = "id"
    select_sql = (
        "SELECT action.id, action.uid, action.person_id, action.session_id, "
        "action.what, action.owner, action.due, action.original_due, "
        "action.done_when, action.support, action.if_then, action.confidence, "
        "action.private, action.status, action.closed_on, action.carried, "
        "action.created_at, action.updated_at, action.deleted_at, action.owner_id "
        "FROM action"
    )
    insert_sql = (
        "INSERT INTO action (id, uid, person_id, session_id, what, owner, due, "
        "original_due, done_when, support, if_then, confidence, private, status, "
        "closed_on, carried, created_at, updated_at, deleted_at, owner_id) VALUES (?,"
        " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE action SET {} WHERE action.id = ?"
    delete_sql = "DELETE FROM action WHERE action.id = ?"
    id: int = 0
    uid: str = ""
    person_id: int | None = None
    session_id: int | None = None
    what: str
    owner: str
    due: date | None = None
    original_due: date | None = None
    done_when: str | None = None
    support: str | None = None
    if_then: str | None = None
    confidence: int | None = None
    private: bool = False
    status: ActionStatus
    closed_on: date | None = None
    carried: int = 0
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    owner_id: int | None = None


class StoredActionEvent(StoredRow):
    """A row of `ActionEventRow`."""

    table = "action_event"
    primary_key = "id"
    select_sql = (
        "SELECT action_event.id, action_event.uid, action_event.action_id, "
        'action_event.session_id, action_event.at, action_event."on", '
        "action_event.kind, action_event.due, action_event.note, action_event.fate, "
        "action_event.old_owner, action_event.new_owner, action_event.recorded_on "
        "FROM action_event"
    )
    insert_sql = (
        'INSERT INTO action_event (id, uid, action_id, session_id, at, "on", kind, '
        "due, note, fate, old_owner, new_owner, recorded_on) VALUES (?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE action_event SET {} WHERE action_event.id = ?"
    delete_sql = "DELETE FROM action_event WHERE action_event.id = ?"
    id: int = 0
    uid: str = ""
    action_id: int
    session_id: int | None = None
    at: datetime
    on: date
    kind: EventKind
    due: date | None = None
    note: str | None = None
    fate: str | None = None
    old_owner: str | None = None
    new_owner: str | None = None
    recorded_on: date | None = None


class StoredAnswer(StoredRow):
    """A row of `AnswerRow`."""

    table = "answer"
    primary_key = "id"
    select_sql = (
        "SELECT answer.id, answer.uid, answer.session_id, answer.position, "
        "answer.stage, answer.stage_title, answer.prompt, answer.question, "
        'answer.kind, answer.value, answer.private, answer."key", answer.health, '
        "answer.measure, answer.low, answer.high, answer.options, answer.slot_id FROM"
        " answer"
    )
    insert_sql = (
        "INSERT INTO answer (id, uid, session_id, position, stage, stage_title, "
        'prompt, question, kind, value, private, "key", health, measure, low, high, '
        "options, slot_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?)"
    )
    update_sql = "UPDATE answer SET {} WHERE answer.id = ?"
    delete_sql = "DELETE FROM answer WHERE answer.id = ?"
    id: int = 0
    uid: str = ""
    session_id: int
    position: int
    stage: str
    stage_title: str
    prompt: str
    question: str
    kind: PromptKind
    value: str
    private: bool = False
    key: bool = False
    health: bool = False
    measure: str | None = None
    low: int | None = None
    high: int | None = None
    options: str | None = None
    slot_id: int | None = None


class StoredAuditEvent(StoredRow):
    """A row of `AuditEventRow`."""

    table = "event"
    primary_key = "id"
    select_sql = "SELECT event.id, event.at, event.kind, event.row_id FROM event"
    insert_sql = "INSERT INTO event (id, at, kind, row_id) VALUES (?, ?, ?, ?)"
    update_sql = "UPDATE event SET {} WHERE event.id = ?"
    delete_sql = "DELETE FROM event WHERE event.id = ?"
    id: int = 0
    at: datetime
    kind: str
    row_id: int | None = None


class StoredDraft(StoredRow):
    """A row of `DraftRow`."""

    table = "draft"
    primary_key = "session_id"
    select_sql = (
        "SELECT draft.session_id, draft.template_text, draft.token, draft.tags, "
        "draft.half_key, draft.half_text, draft.updated_at FROM draft"
    )
    insert_sql = (
        "INSERT INTO draft (session_id, template_text, token, tags, half_key, "
        "half_text, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE draft SET {} WHERE draft.session_id = ?"
    delete_sql = "DELETE FROM draft WHERE draft.session_id = ?"
    session_id: int
    template_text: str
    token: str
    tags: str = "[]"
    half_key: str | None = None
    half_text: str | None = None
    updated_at: datetime


class StoredDraftStep(StoredRow):
    """A row of `DraftStepRow`."""

    table = "draft_step"
    primary_key = "id"
    select_sql = (
        'SELECT draft_step.id, draft_step.session_id, draft_step."key", '
        "draft_step.value FROM draft_step"
    )
    insert_sql = (
        'INSERT INTO draft_step (id, session_id, "key", value) VALUES (?, ?, ?, ?)'
    )
    update_sql = "UPDATE draft_step SET {} WHERE draft_step.id = ?"
    delete_sql = "DELETE FROM draft_step WHERE draft_step.id = ?"
    id: int = 0
    session_id: int
    key: str
    value: str


class StoredEncounter(StoredRow):
    """A row of `EncounterRow`."""

    table = "encounter"
    primary_key = "id"
    select_sql = (
        'SELECT encounter.id, encounter.uid, encounter.person_id, encounter."on", '
        "encounter.created_at FROM encounter"
    )
    insert_sql = (
        'INSERT INTO encounter (id, uid, person_id, "on", created_at) VALUES (?, ?, '
        "?, ?, ?)"
    )
    update_sql = "UPDATE encounter SET {} WHERE encounter.id = ?"
    delete_sql = "DELETE FROM encounter WHERE encounter.id = ?"
    id: int = 0
    uid: str = ""
    person_id: int
    on: date
    created_at: datetime


class StoredGoal(StoredRow):
    """A row of `GoalRow`."""

    table = "goal"
    primary_key = "id"
    select_sql = (
        "SELECT goal.id, goal.uid, goal.person_id, goal.title, goal.why, "
        "goal.success, goal.scale, goal.baseline, goal.target, goal.levels, "
        "goal.weight, goal.review_on, goal.private, goal.status, goal.opened_on, "
        "goal.closed_on, goal.created_at, goal.updated_at, goal.deleted_at FROM goal"
    )
    insert_sql = (
        "INSERT INTO goal (id, uid, person_id, title, why, success, scale, baseline, "
        "target, levels, weight, review_on, private, status, opened_on, closed_on, "
        "created_at, updated_at, deleted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE goal SET {} WHERE goal.id = ?"
    delete_sql = "DELETE FROM goal WHERE goal.id = ?"
    id: int = 0
    uid: str = ""
    person_id: int | None = None
    title: str
    why: str | None = None
    success: str | None = None
    scale: GoalScale
    baseline: int | None = None
    target: int | None = None
    levels: str | None = None
    weight: int = 1
    review_on: date | None = None
    private: bool = False
    status: GoalStatus
    opened_on: date
    closed_on: date | None = None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None


class StoredGoalAction(StoredRow):
    """A row of `GoalActionRow`."""

    table = "goal_action"
    primary_key = "action_id"
    select_sql = "SELECT goal_action.action_id, goal_action.goal_id FROM goal_action"
    insert_sql = "INSERT INTO goal_action (action_id, goal_id) VALUES (?, ?)"
    update_sql = "UPDATE goal_action SET {} WHERE goal_action.action_id = ?"
    delete_sql = "DELETE FROM goal_action WHERE goal_action.action_id = ?"
    action_id: int
    goal_id: int


class StoredNote(StoredRow):
    """A row of `NoteRow`."""

    table = "note"
    primary_key = "id"
    select_sql = (
        "SELECT note.id, note.uid, note.person_id, note.words, note.written_on, "
        "note.created_at, note.settled_at, note.session_id, note.kind, note.link, "
        "note.said_on FROM note"
    )
    insert_sql = (
        "INSERT INTO note (id, uid, person_id, words, written_on, created_at, "
        "settled_at, session_id, kind, link, said_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, ?, ?)"
    )
    update_sql = "UPDATE note SET {} WHERE note.id = ?"
    delete_sql = "DELETE FROM note WHERE note.id = ?"
    id: int = 0
    uid: str = ""
    person_id: int
    words: str
    written_on: date
    created_at: datetime
    settled_at: datetime | None = None
    session_id: int | None = None
    kind: NoteKind
    link: str | None = None
    said_on: date | None = None


class StoredRating(StoredRow):
    """A row of `RatingRow`."""

    table = "rating"
    primary_key = "id"
    select_sql = (
        'SELECT rating.id, rating.uid, rating.goal_id, rating.at, rating."on", '
        "rating.value, rating.note FROM rating"
    )
    insert_sql = (
        'INSERT INTO rating (id, uid, goal_id, at, "on", value, note) VALUES (?, ?, '
        "?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE rating SET {} WHERE rating.id = ?"
    delete_sql = "DELETE FROM rating WHERE rating.id = ?"
    id: int = 0
    uid: str = ""
    goal_id: int
    at: datetime
    on: date
    value: int
    note: str | None = None


class StoredSession(StoredRow):
    """A row of `SessionRow`."""

    table = "session"
    primary_key = "id"
    select_sql = (
        "SELECT session.id, session.uid, session.person_id, session.status, "
        "session.template, session.title, session.template_hash, session.held_on, "
        "session.zone, session.minutes, session.created_at, session.updated_at, "
        "session.deleted_at, session.cancelled_by, session.of_three FROM session"
    )
    insert_sql = (
        "INSERT INTO session (id, uid, person_id, status, template, title, "
        "template_hash, held_on, zone, minutes, created_at, updated_at, deleted_at, "
        "cancelled_by, of_three) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE session SET {} WHERE session.id = ?"
    delete_sql = "DELETE FROM session WHERE session.id = ?"
    id: int = 0
    uid: str = ""
    person_id: int | None = None
    status: SessionStatus
    template: str
    title: str
    template_hash: str
    held_on: date
    zone: str
    minutes: int | None = None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    cancelled_by: str | None = None
    of_three: bool | None = None


class StoredSetAction(StoredRow):
    """A row of `SetActionRow`."""

    table = "set_action"
    primary_key = "action_id"
    select_sql = (
        "SELECT set_action.action_id, set_action.set_id, set_action.slot_id FROM "
        "set_action"
    )
    insert_sql = "INSERT INTO set_action (action_id, set_id, slot_id) VALUES (?, ?, ?)"
    update_sql = "UPDATE set_action SET {} WHERE set_action.action_id = ?"
    delete_sql = "DELETE FROM set_action WHERE set_action.action_id = ?"
    action_id: int
    set_id: int
    slot_id: int | None = None


class StoredUndoEntry(StoredRow):
    """A row of `UndoEntryRow`."""

    table = "undo_entry"
    primary_key = "id"
    select_sql = (
        "SELECT undo_entry.id, undo_entry.at, undo_entry.event_ids, "
        "undo_entry.undone_at FROM undo_entry"
    )
    insert_sql = (
        "INSERT INTO undo_entry (id, at, event_ids, undone_at) VALUES (?, ?, ?, ?)"
    )
    update_sql = "UPDATE undo_entry SET {} WHERE undo_entry.id = ?"
    delete_sql = "DELETE FROM undo_entry WHERE undo_entry.id = ?"
    id: int = 0
    at: datetime
    event_ids: str = "[]"
    undone_at: datetime | None = None


class StoredUndoStep(StoredRow):
    """A row of `UndoStepRow`."""

    table = "undo_step"
    primary_key = "id"
    select_sql = (
        "SELECT undo_step.id, undo_step.entry_id, undo_step.table_name, "
        "undo_step.row_keys, undo_step.total, undo_step.old_values FROM undo_step"
    )
    insert_sql = (
        "INSERT INTO undo_step (id, entry_id, table_name, row_keys, total, "
        "old_values) VALUES (?, ?, ?, ?, ?, ?)"
    )
    update_sql = "UPDATE undo_step SET {} WHERE undo_step.id = ?"
    delete_sql = "DELETE FROM undo_step WHERE undo_step.id = ?"
    id: int = 0
    entry_id: int
    table_name: str
    row_keys: str
    total: int | None = None
    old_values: str | None = None
