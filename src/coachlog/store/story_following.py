"""Lets a promise that was put back from before a later change stand as its story says."""

from collections.abc import Iterable
from datetime import date, datetime

from coachlog.model.actions import Event, EventKind
from coachlog.model.findings import LocatedFinding, Remedy
from coachlog.rules.stories import build_standing
from coachlog.store.connections import Connection
from coachlog.store.journal_state import TableTotal
from coachlog.store.row_checks import read_totals
from coachlog.store.row_evidence import Evidence, add_up_rows
from coachlog.store.table_columns import SUM_COLUMN


def list_promises_to_follow(mended: Iterable[LocatedFinding]) -> list[int]:
    """Return the numbers of the promises that were put back though a later change is lacking."""
    numbers = []
    for located in mended:
        if located.finding.table == "action" and located.remedy is Remedy.OFFER:
            keys = [kept.place.key for kept in located.kept_rows]
            numbers += [number for (number,) in keys or [located.finding.key or ()]]
    return numbers


def follow_stories(connection: Connection, numbers: Iterable[int]) -> None:
    """Let promises stand as their stories say, with the sums that follow from it.

    A story of which anything may be missing or damaged is not followed.
    """
    evidence = Evidence(connection, None)
    totals = dict(read_totals(connection))
    steps = evidence.scan_present("action_event")
    is_sound = all(sums.stored_sum == sums.computed_sum for sums in steps.values())
    if not is_sound or add_up_rows(steps) != totals.get("action_event"):
        return
    total = totals.get("action")
    for number in numbers:
        if total is not None:
            total = _follow_story(connection, evidence, number, total)
    if total is not None:
        connection.execute(
            "UPDATE table_sum SET total = ? WHERE table_name = 'action'", (total.total,)
        )


def _follow_story(
    connection: Connection, evidence: Evidence, number: int, total: TableTotal
) -> TableTotal:
    """Let one promise stand as its story says; return the total of its table then."""
    present = evidence.read_present("action", (number,))
    events = _read_events(connection, number)
    if present is None or not any(event.kind is EventKind.MADE for event in events):
        return total
    fields = build_standing(events)._asdict()
    connection.execute(
        f"UPDATE action SET {', '.join(f'{name} = ?' for name in fields)} WHERE id = ?",
        (
            *(
                str(value) if isinstance(value, date) else value
                for value in fields.values()
            ),
            number,
        ),
    )
    standing = evidence.read_present("action", (number,))
    assert standing is not None
    connection.execute(
        f"UPDATE action SET {SUM_COLUMN} = ? WHERE id = ?",
        (standing.computed_sum, number),
    )
    return total.subtract(present.computed_sum).add(standing.computed_sum)


def _read_events(connection: Connection, number: int) -> list[Event]:
    rows = connection.execute(
        'SELECT at, "on", kind, due, session_id FROM action_event '
        "WHERE action_id = ? ORDER BY id",
        (number,),
    ).fetchall()
    return [
        Event(
            datetime.fromisoformat(at),
            date.fromisoformat(on),
            EventKind(kind),
            date.fromisoformat(due) if due else None,
            session=session,
        )
        for at, on, kind, due, session in rows
    ]
