"""Every question to the journal, as plain SQL on a read-only connection; model values come back."""

from collections.abc import Iterable, Sequence
from datetime import date

from coachlog import rules, text
from coachlog.errors import NotFound
from coachlog.model import (
    Action,
    ActionStatus,
    Answer,
    Contact,
    Draft,
    Event,
    Person,
    PersonProgress,
    Plan,
    Progress,
    Session,
    Tally,
)
from coachlog.store.database import Connection
from coachlog.store.shapes import ACTION, ANSWER, DRAFT, EVENT, PERSON, SESSION, day, parsed

LARGEST_ID = 2**63 - 1
_PERSON = f"SELECT {PERSON.columns} FROM person"
_ACTION = f"SELECT {ACTION.columns} FROM action LEFT JOIN person ON person.id = action.person_id"
_SESSION = (
    f"SELECT {SESSION.columns} FROM session LEFT JOIN person ON person.id = session.person_id"
)
_DRAFT = f"""
SELECT {DRAFT.columns}, session.person_id
FROM draft CROSS JOIN session ON session.id = draft.session_id
WHERE session.deleted_at IS NULL
"""


# People


def people(db: Connection, *, archived: bool = False) -> list[Person]:
    """Return the people by name; with `archived`, those too who were put aside."""
    where = "" if archived else "WHERE archived_at IS NULL"
    rows = db.execute(f"{_PERSON} {where} ORDER BY name COLLATE NOCASE")
    return [PERSON.read(row) for row in rows]


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
    """Return those meant by a name: the one with that handle or full name, or all that begin so."""
    key = text.fold(wanted)
    exact = [p for p in known if p.slug == key] or [p for p in known if text.fold(p.name) == key]
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
    return PERSON.read(row)


def used_templates(db: Connection, person_id: int) -> list[str]:
    """Return the ids of the templates used with someone, the one used most first.

    Of those used as often, the one used last comes first.
    """
    rows = db.execute(
        """
        SELECT template FROM session WHERE person_id = ? AND status = 'held'
        AND deleted_at IS NULL GROUP BY template ORDER BY count(*) DESC, max(held_on) DESC
        """,
        (person_id,),
    )
    return [row[0] for row in rows]


def handle(db: Connection, session_id: int) -> str | None:
    """Return the handle of the person a session was with; None for a talk alone."""
    row = db.execute(
        "SELECT slug FROM person WHERE id = (SELECT person_id FROM session WHERE id = ?)",
        (session_id,),
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
        SELECT {PERSON.columns},
               (SELECT max(held_on) FROM session WHERE session.person_id = person.id
                AND session.status = 'held' AND session.deleted_at IS NULL),
               (SELECT count(*) FROM action WHERE action.person_id = person.id
                AND action.status = 'open' AND action.deleted_at IS NULL)
        FROM person {where} ORDER BY name COLLATE NOCASE
        """
    )
    return [Contact(PERSON.read(row), day(row[-2]), row[-1]) for row in rows]


# Sessions


def sessions(
    db: Connection,
    *,
    person_id: int | None = None,
    deleted: bool = False,
    limit: int | None = None,
    whole: bool = False,
) -> list[Session]:
    """Return sessions that were held or cancelled, newest first; `whole` adds what was said.

    With `deleted`, those that can be restored instead, drafts among them.
    """
    where = ["session.deleted_at IS NOT NULL" if deleted else "session.deleted_at IS NULL"]
    where += [] if deleted else ["session.status <> 'draft'"]
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
    found = _tagged(db, [SESSION.read(row) for row in rows])
    return _with_contents(db, found, deleted=deleted) if whole else found


def session(db: Connection, id: int, *, deleted: bool = False) -> Session:
    """Return one session with its answers and actions; what a draft holds, `draft` returns.

    `NotFound` if there is none; a deleted one is found only with `deleted`.
    """
    row = db.execute(f"{_SESSION} WHERE session.id = ?", (id,)).fetchone()
    found = SESSION.read(row) if row else None
    if found is None or (found.deleted and not deleted):
        raise NotFound(f"There is no session {id}.", "`coachlog session list` shows the numbers.")
    return _with_contents(db, _tagged(db, [found]), deleted=deleted)[0]


def answers(db: Connection, session_id: int) -> list[Answer]:
    """Return the answers of a session in the order asked, those too that were skipped."""
    return [answer for _, answer in _answers(db, [session_id])]


def _answers(db: Connection, session_ids: list[int]) -> list[tuple[int, Answer]]:
    rows = db.execute(
        f"""
        SELECT {ANSWER.columns}, session_id FROM answer
        WHERE session_id IN ({_marks(session_ids)}) ORDER BY session_id, position
        """,
        session_ids,
    )
    return [(row[-1], ANSWER.read(row)) for row in rows]


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
    return [DRAFT.read(row)._replace(person=who.get(row[-1])) for row in rows]


def step_count(db: Connection, session_id: int) -> int:
    """Return how many questions of a draft were answered, promises told included."""
    row = db.execute(
        "SELECT count(*) FROM draft_step WHERE session_id = ? AND value <> 'null' "
        "AND key NOT LIKE 'review.%' AND key <> 'held-on'",
        (session_id,),
    ).fetchone()
    return int(row[0])


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
    who = person_by_id(db, row[-1]) if row[-1] is not None else None
    return DRAFT.read(row)._replace(person=who, steps={key: parsed(value) for key, value in steps})


def _tagged(db: Connection, found: list[Session]) -> list[Session]:
    ids = [session.id for session in found]
    rows = db.execute(
        f"""
        SELECT session_tag.session_id, tag.name FROM session_tag
        JOIN tag ON tag.id = session_tag.tag_id
        WHERE session_tag.session_id IN ({_marks(ids)}) ORDER BY tag.name
        """,
        ids,
    )
    tags: dict[int, tuple[str, ...]] = {}
    for session_id, name in rows:
        tags[session_id] = (*tags.get(session_id, ()), name)
    return [session._replace(tags=tags.get(session.id, ())) for session in found]


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
    return _with_events(db, [ACTION.read(row) for row in rows])


def action(db: Connection, id: int) -> Action:
    """Return one action with its events; `NotFound` if there is none."""
    row = db.execute(
        f"{_ACTION} WHERE action.id = ? AND action.deleted_at IS NULL", (id,)
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no action {id}.", "`coachlog action list --all` shows them all.")
    return _with_events(db, [ACTION.read(row)])[0]


def _with_events(db: Connection, found: list[Action]) -> list[Action]:
    if not found:
        return []
    ids = [action.id for action in found]
    events: dict[int, list[Event]] = {}
    for start in range(0, len(ids), 10_000):
        part = ids[start : start + 10_000]
        for row in db.execute(
            f"""
            SELECT {EVENT.columns}, action_id FROM action_event
            WHERE action_id IN ({_marks(part)}) ORDER BY id
            """,
            part,
        ):
            events.setdefault(row[-1], []).append(EVENT.read(row))
    return [action._replace(events=tuple(events.get(action.id, ()))) for action in found]


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
        AND health = 0 AND value > ? ORDER BY position DESC LIMIT 1
        """,
        (session_id, f'"{held_on}"'),
    ).fetchone()
    if row and (answered := parsed(row[0])):
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
            WHERE status = 'held' AND deleted_at IS NULL AND person_id BETWEEN ? AND ?
            GROUP BY person_id
            """,
            (who.id, who.id) if who else (0, LARGEST_ID),
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
        last_held=day(last),
        me=_tally(theirs, "me", today),
        them=_tally(theirs, "them", today),
    )


def _tally(promised: Iterable[Action], owner: str, today: date) -> Tally:
    return rules.tally((action for action in promised if action.owner == owner), today)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
