"""Every question to the journal, as plain SQL on a read-only connection; model values come back."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from coachlog import rules, text
from coachlog.errors import NotFound
from coachlog.model import (
    Action,
    ActionStatus,
    Answer,
    Contact,
    Draft,
    Event,
    EventKind,
    Kind,
    Person,
    PersonProgress,
    Plan,
    Progress,
    Relationship,
    Session,
    SessionStatus,
    Tally,
)
from coachlog.store.database import Connection

_PERSON = """
SELECT id, uid, name, slug, relationship, role, team, every_days, archived_at IS NOT NULL
FROM person
"""
_ACTION = """
SELECT action.id, action.uid, person.name, action.session_id, action.what, action.owner, action.due,
       action.original_due, action.done_when, action.support, action.if_then, action.confidence,
       action.private, action.status, action.closed_on, action.carried
FROM action LEFT JOIN person ON person.id = action.person_id
"""
_SESSION = """
SELECT session.id, session.uid, session.status, session.template, session.title, session.held_on,
       session.minutes, person.name, session.deleted_at IS NOT NULL,
       (SELECT count(*) FROM action
        WHERE action.session_id = session.id AND action.deleted_at IS NULL)
FROM session LEFT JOIN person ON person.id = session.person_id
"""
_DRAFT = """
SELECT draft.session_id, session.uid, session.person_id, session.template, session.title,
       draft.template_text, session.held_on, draft.updated_at, draft.half_key, draft.half_text
FROM draft JOIN session ON session.id = draft.session_id
WHERE session.deleted_at IS NULL
"""


# People


def people(db: Connection, *, archived: bool = False) -> list[Person]:
    """Return the people by name; with `archived`, those too who were put aside."""
    where = "" if archived else "WHERE archived_at IS NULL"
    return [_person(row) for row in db.execute(f"{_PERSON} {where} ORDER BY name COLLATE NOCASE")]


def person(db: Connection, wanted: str) -> Person:
    """Return the one person with this slug, full name or unique beginning of either.

    Case and accents do not matter. `NotFound` names the candidates when several match, or the
    nearest names when none does. Someone archived is found when nobody else matches.
    """
    known = people(db, archived=True)
    found = matching(known, wanted)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{p.name} ({p.slug})" for p in found)
        raise NotFound(f"“{wanted}” could be: {names}.", "Type a little more of the name.")
    if text.fold(wanted) == "me":
        raise NotFound("“me” is you, not someone you talk with.", "coachlog action list --owner me")
    raise NotFound(f"There is nobody called “{wanted}” in the journal.", _who_then(wanted, known))


def matching(known: list[Person], wanted: str) -> list[Person]:
    """Return those meant by a name: exactly that one, or all that begin so."""
    key = text.fold(wanted)
    exact = [p for p in known if key in (p.slug, text.fold(p.name))]
    begins = [
        p for p in known if key and (p.slug.startswith(key) or text.fold(p.name).startswith(key))
    ]
    return exact or [p for p in begins if not p.archived] or begins


def _who_then(wanted: str, known: list[Person]) -> str:
    near = text.nearest(wanted, [p.name for p in known])
    add = f'To add them: coachlog person add "{wanted}" --relationship report'
    return f"Did you mean {' or '.join(near)}? {add}" if near else add


def person_by_id(db: Connection, id: int) -> Person:
    """Return the person with this number; `NotFound` if there is none."""
    row = db.execute(f"{_PERSON} WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no person {id}.")
    return _person(row)


def usual_template(db: Connection, person_id: int | None) -> str | None:
    """Return the id of the template used last with someone, or alone; None before the first."""
    row = db.execute(
        """
        SELECT template FROM session WHERE person_id IS ? AND status = 'held'
        AND deleted_at IS NULL ORDER BY held_on DESC LIMIT 1
        """,
        (person_id,),
    ).fetchone()
    return row[0] if row else None


def me(db: Connection) -> str | None:
    """Return the owner's name for plans; '' when they chose to give none, None when not asked."""
    row = db.execute("SELECT value FROM setting WHERE key = 'me'").fetchone()
    return row[0] if row else None


def contacts(db: Connection, *, archived: bool = False) -> list[Contact]:
    """Return everyone, `archived` or not at will, with the day last seen and how much is open."""
    where = "" if archived else "WHERE archived_at IS NULL"
    rows = db.execute(
        f"""
        SELECT id, uid, name, slug, relationship, role, team, every_days, archived_at IS NOT NULL,
               (SELECT max(held_on) FROM session WHERE session.person_id = person.id
                AND session.status = 'held' AND session.deleted_at IS NULL),
               (SELECT count(*) FROM action WHERE action.person_id = person.id
                AND action.status = 'open' AND action.deleted_at IS NULL)
        FROM person {where} ORDER BY name COLLATE NOCASE
        """
    )
    return [Contact(_person(row), _date(row[9]), row[10]) for row in rows]


def _person(row: Sequence[Any]) -> Person:
    id, uid, name, slug, relationship, role, team, every_days, archived = row[:9]
    return Person(
        id, uid, name, slug, Relationship(relationship), role, team, every_days, bool(archived)
    )


# Sessions


def sessions(
    db: Connection,
    *,
    person_id: int | None = None,
    deleted: bool = False,
    limit: int | None = None,
    whole: bool = False,
) -> list[Session]:
    """Return sessions that were held or cancelled, newest first; `whole` adds what was said."""
    where = ["session.status <> 'draft'"]
    where.append(f"session.deleted_at IS {'NOT ' if deleted else ''}NULL")
    values: list[object] = []
    if person_id is not None:
        where.append("session.person_id = ?")
        values.append(person_id)
    values.append(-1 if limit is None else limit)
    rows = db.execute(
        f"{_SESSION} WHERE {' AND '.join(where)} "
        "ORDER BY session.held_on DESC, session.id DESC LIMIT ?",
        values,
    ).fetchall()
    ids = [row[0] for row in rows]
    tags = _tags(db, ids)
    found = [_session(row, tags.get(row[0], ())) for row in rows]
    return _with_contents(db, found, deleted=deleted) if whole else found


def session(db: Connection, id: int, *, deleted: bool = False) -> Session:
    """Return one session with its answers and actions; of a draft, what was answered so far.

    `NotFound` if there is none; a deleted one is found only with `deleted`.
    """
    row = db.execute(f"{_SESSION} WHERE session.id = ?", (id,)).fetchone()
    if row is None or (row[8] and not deleted):
        raise NotFound(f"There is no session {id}.", "`coachlog session list` shows the numbers.")
    found = _session(row, _tags(db, [id]).get(id, ()))
    return _with_contents(db, [found], deleted=deleted)[0]


def answers(db: Connection, session_id: int) -> list[Answer]:
    """Return the answers of a session in the order asked, those too that were skipped."""
    return [answer for _, answer in _answers(db, [session_id])]


def _answers(db: Connection, session_ids: list[int]) -> list[tuple[int, Answer]]:
    rows = db.execute(
        f"""
        SELECT session_id, stage, prompt, question, kind, value, private, key, health, stage_title,
               measure, low, high, options
        FROM answer WHERE session_id IN ({_marks(session_ids)}) ORDER BY session_id, position
        """,
        session_ids,
    )
    return [(row[0], _answer(row[1:])) for row in rows]


def _with_contents(db: Connection, found: list[Session], *, deleted: bool) -> list[Session]:
    """Return the sessions with their answers and actions, in three questions however many."""
    ids = [session.id for session in found]
    said: dict[int, list[Answer]] = {id: [] for id in ids}
    for id, answer in _answers(db, ids):
        if answer.value is not None:
            said[id].append(answer)
    made: dict[int, list[Action]] = {id: [] for id in ids}
    for action in actions(db, session_ids=ids, deleted=deleted):
        made[action.session or 0].append(action)
    return [
        session._replace(answers=tuple(said[session.id]), actions=tuple(made[session.id]))
        for session in found
    ]


def drafts(db: Connection) -> list[Draft]:
    """Return the conversations that can be resumed, the one touched last first, without answers."""
    rows = db.execute(f"{_DRAFT} ORDER BY draft.updated_at DESC").fetchall()
    who = {p.id: p for p in people(db, archived=True)} if rows else {}
    return [_draft(row, who.get(row[2])) for row in rows]


def draft(db: Connection, session_id: int) -> Draft:
    """Return one draft with all that was answered; `NotFound` if it is none."""
    row = db.execute(f"{_DRAFT} AND draft.session_id = ?", (session_id,)).fetchone()
    if row is None:
        raise NotFound(
            f"Session {session_id} is not a draft.", "`coachlog session list --drafts` lists them."
        )
    steps = db.execute(
        "SELECT key, value FROM draft_step WHERE session_id = ? ORDER BY id", (session_id,)
    )
    who = person_by_id(db, row[2]) if row[2] is not None else None
    return _draft(row, who)._replace(steps={key: _loads(value) for key, value in steps})


def _draft(row: Sequence[Any], who: Person | None) -> Draft:
    session_id, uid, _, template, title, source, begun_on, updated_at, half_key, half = row
    return Draft(
        session=session_id,
        uid=uid,
        person=who,
        template=template,
        title=title,
        template_text=source,
        begun_on=date.fromisoformat(begun_on),
        updated_at=_moment(updated_at),
        steps={},
        half=(half_key, half or "") if half_key else None,
    )


def _session(row: Sequence[Any], tags: tuple[str, ...]) -> Session:
    id, uid, status, template, title, held_on, minutes, name, deleted, count = row
    return Session(
        id=id,
        uid=uid,
        status=SessionStatus(status),
        template=template,
        title=title,
        held_on=date.fromisoformat(held_on),
        minutes=minutes,
        people=(name,) if name else (),
        tags=tags,
        action_count=count,
        deleted=bool(deleted),
    )


def _answer(row: Sequence[Any]) -> Answer:
    stage, prompt, question, kind, value, private, key, health, title, measure, low, high, opts = (
        row
    )
    return Answer(
        stage=stage,
        prompt=prompt,
        question=question,
        kind=Kind(kind),
        value=_loads(value),
        private=bool(private),
        key=bool(key),
        health=bool(health),
        stage_title=title,
        measure=measure,
        low=low,
        high=high,
        options=tuple(_loads(opts)) if opts else (),
    )


def _tags(db: Connection, ids: list[int]) -> dict[int, tuple[str, ...]]:
    if not ids:
        return {}
    rows = db.execute(
        f"""
        SELECT session_tag.session_id, tag.name FROM session_tag
        JOIN tag ON tag.id = session_tag.tag_id
        WHERE session_tag.session_id IN ({_marks(ids)}) ORDER BY tag.name
        """,
        ids,
    )
    found: dict[int, tuple[str, ...]] = {}
    for session_id, name in rows:
        found[session_id] = (*found.get(session_id, ()), name)
    return found


# Actions


def open_actions(db: Connection, *, person_id: int | None = None) -> list[Action]:
    """Return the open actions, the one due first at the top, those without a date last."""
    return actions(db, person_id=person_id, status=ActionStatus.OPEN)


def promises_with(db: Connection, person_id: int | None) -> list[Action]:
    """Return the open promises that come back in the next talk: mine first, then by date.

    With None, those of no plan but the owner's own.
    """
    found = [
        action
        for action in open_actions(db, person_id=person_id)
        if person_id is not None or action.person is None
    ]
    order = {"me": 0, "them": 1}
    return sorted(found, key=lambda action: order.get(action.owner, 2))


def actions(
    db: Connection,
    *,
    person_id: int | None = None,
    session_ids: list[int] | None = None,
    status: ActionStatus | None = None,
    deleted: bool = False,
) -> list[Action]:
    """Return actions with their events: open ones by date, then the closed ones, newest first.

    With `deleted`, those of deleted sessions too.
    """
    where, values = ["1" if deleted else "action.deleted_at IS NULL"], []
    if person_id is not None:
        where.append("action.person_id = ?")
        values.append(person_id)
    if session_ids is not None:
        where.append(f"action.session_id IN ({_marks(session_ids)})")
        values.extend(session_ids)
    if status is not None:
        where.append(f"action.status = '{status.value}'")
    rows = db.execute(
        f"{_ACTION} WHERE {' AND '.join(where)} ORDER BY action.status <> 'open', "
        "action.closed_on DESC, action.due IS NULL, action.due, action.id",
        values,
    )
    return _with_events(db, [_action(row) for row in rows])


def action(db: Connection, id: int) -> Action:
    """Return one action with its events; `NotFound` if there is none."""
    row = db.execute(
        f"{_ACTION} WHERE action.id = ? AND action.deleted_at IS NULL", (id,)
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no action {id}.", "`coachlog action list --all` shows them all.")
    return _with_events(db, [_action(row)])[0]


def _with_events(db: Connection, found: list[Action]) -> list[Action]:
    if not found:
        return []
    ids = [action.id for action in found]
    events: dict[int, list[Event]] = {}
    for start in range(0, len(ids), 10_000):
        part = ids[start : start + 10_000]
        for action_id, at, on, kind, due, note in db.execute(
            f"""
            SELECT action_id, at, "on", kind, due, note FROM action_event
            WHERE action_id IN ({_marks(part)}) ORDER BY id
            """,
            part,
        ):
            event = Event(_moment(at), date.fromisoformat(on), EventKind(kind), _date(due), note)
            events.setdefault(action_id, []).append(event)
    return [action._replace(events=tuple(events.get(action.id, ()))) for action in found]


def _action(row: Sequence[Any]) -> Action:
    id, uid, person, session, what, owner, due, original_due, *details = row
    done_when, support, if_then, confidence, private, status, closed_on, carried = details
    return Action(
        id=id,
        uid=uid,
        person=person,
        session=session,
        what=what,
        owner=owner,
        due=_date(due),
        original_due=_date(original_due),
        done_when=done_when,
        support=support,
        if_then=if_then,
        confidence=confidence,
        private=bool(private),
        status=ActionStatus(status),
        closed_on=_date(closed_on),
        carried=carried,
    )


# Plans and progress


def plan(db: Connection, who: Person, *, all: bool = False, private: bool = False) -> Plan:
    """Return a person's plan: what is open, and what was closed since the talk before the last.

    `all` adds everything closed earlier, `private` the actions marked so; `withheld` counts
    those left out.
    """
    held = db.execute(
        """
        SELECT id, held_on FROM session
        WHERE person_id = ? AND status = 'held' AND deleted_at IS NULL
        ORDER BY held_on DESC, id DESC LIMIT 2
        """,
        (who.id,),
    ).fetchall()
    since = date.fromisoformat(held[-1][1]) if len(held) == 2 and not all else date.min
    listed = [
        action
        for action in actions(db, person_id=who.id)
        if action.closed_on is None or action.closed_on >= since
    ]
    shown = [action for action in listed if private or not action.private]
    return Plan(
        person=who,
        me=me(db) or "",
        agreed_on=date.fromisoformat(held[0][1]) if held else None,
        review_on=_review_date(db, who, *held[0]) if held else None,
        actions=tuple(shown),
        withheld=len(listed) - len(shown),
    )


def _review_date(db: Connection, who: Person, session_id: int, held_on: str) -> date | None:
    """Return the last date answered in that session and after it, else what the rhythm says."""
    row = db.execute(
        """
        SELECT value FROM answer WHERE session_id = ? AND kind = 'date' AND private = 0
        AND value > ? ORDER BY position DESC LIMIT 1
        """,
        (session_id, f'"{held_on}"'),
    ).fetchone()
    if row and (answered := _loads(row[0])):
        return date.fromisoformat(answered)
    return rules.next_talk(date.fromisoformat(held_on), who.every_days)


def progress(db: Connection, today: date, who: Person | None = None) -> Progress:
    """Return sessions, minutes, promises and say/do figures: of all, or with one person."""
    promised = actions(db, person_id=who.id if who else None)
    held = {
        person_id: (count, minutes, last)
        for person_id, count, minutes, last in db.execute(
            """
            SELECT person_id, count(*), total(minutes), max(held_on) FROM session
            WHERE status = 'held' AND deleted_at IS NULL AND person_id IS NOT NULL
            GROUP BY person_id
            """
        )
    }
    by_name: dict[str | None, list[Action]] = {}
    for action in promised:
        by_name.setdefault(action.person, []).append(action)
    everyone = [who] if who else people(db)
    return Progress(
        me=_tally(promised, "me", today),
        them=_tally(promised, "them", today),
        people=tuple(
            _progress_of(p, by_name.get(p.name, []), held.get(p.id), today) for p in everyone
        ),
    )


def _progress_of(
    who: Person, theirs: list[Action], held: tuple[int, float, str] | None, today: date
) -> PersonProgress:
    count, minutes, last = held or (0, 0, None)
    return PersonProgress(
        person=who,
        sessions=count,
        minutes=int(minutes),
        open=sum(action.status is ActionStatus.OPEN for action in theirs),
        overdue=sum(rules.overdue(action, today) for action in theirs),
        done=sum(action.status is ActionStatus.DONE for action in theirs),
        last_held=_date(last),
        me=_tally(theirs, "me", today),
        them=_tally(theirs, "them", today),
    )


def _tally(promised: Iterable[Action], owner: str, today: date) -> Tally:
    return rules.tally((action for action in promised if action.owner == owner), today)


def _loads(value: str) -> Any:
    import json  # only what reads answers pays for it

    return json.loads(value)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _moment(value: str) -> datetime:
    return datetime.fromisoformat(value).replace(tzinfo=UTC)
