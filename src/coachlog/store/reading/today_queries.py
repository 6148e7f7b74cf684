"""Queries of the home page: goals to review, notes that wait, and how the week went."""

from datetime import date

from coachlog.model.today import GoalToReview, WaitingNote, WeekShare
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
