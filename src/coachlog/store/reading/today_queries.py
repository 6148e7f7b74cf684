"""Queries of the home page: goals to review, notes that wait, and how the week went."""

from datetime import date, timedelta

from coachlog.model.today import CheckIn, GoalToReview, WaitingNote, WeekShare
from coachlog.rules.home_page import WITHIN_DAYS
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import OPEN_REVIEW


def read_goals_to_review(db: Connection, today: date) -> list[GoalToReview]:
    """Return the open goals whose review day has passed without a rating since, the latest last."""
    rows = db.execute(
        f"""
        SELECT id, review_on, title, private FROM goal
        WHERE status = 'open' AND deleted_at IS NULL AND review_on < ? AND {OPEN_REVIEW} NOT NULL
        ORDER BY review_on, id
        """,
        (today.isoformat(),),
    )
    return [
        GoalToReview(id, date.fromisoformat(day), title, bool(private))
        for id, day, title, private in rows
    ]


def read_waiting_notes(db: Connection) -> list[WaitingNote]:
    """Return that notes wait to be said to people who are not archived, the oldest first."""
    rows = db.execute(
        """
        SELECT person.name, person.slug, note.written_on
        FROM person CROSS JOIN note ON note.person_id = person.id
        WHERE person.archived_at IS NULL AND note.settled_at IS NULL
              AND note.kind IN ('raise', 'thanks')
        ORDER BY note.id
        """
    )
    return [
        WaitingNote(name, slug, date.fromisoformat(day)) for name, slug, day in rows
    ]


def read_next_check_ins(db: Connection, today: date) -> list[CheckIn]:
    """Return on which days of the next seven buddies of a set check in, the earliest first."""
    until = today + timedelta(days=WITHIN_DAYS)
    row = db.execute(
        'SELECT 1 FROM set_check_in WHERE "on" BETWEEN ? AND ?',
        (today.isoformat(), until.isoformat()),
    ).fetchone()
    if row is None:
        return []
    # Imported here, as few have a set with a day to come.
    from coachlog.store.reading import set_support_queries

    return set_support_queries.read_check_ins(db, today, until)


def read_week_share(
    db: Connection, monday: date, sunday: date, today: date
) -> WeekShare | None:
    """Return how the owner's promises first due in a week were kept, as `progress` counts them.

    None if none of them has been decided.
    """
    # Imported here, as it is asked for on one day of the week only.
    from coachlog.store.reading.promise_figure_queries import PromiseScope, read_tallies

    mine, _ = read_tallies(db, PromiseScope(today, since=monday, until=sunday))
    share = mine.first_date
    return WeekShare(share.kept, share.of) if share.of else None
