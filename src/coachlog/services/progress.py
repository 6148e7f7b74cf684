"""The figures over time: of everyone or one person, of a set, of the owner's shadow reviews."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from coachlog import dates
from coachlog.errors import Invalid
from coachlog.model.progress import Progress, ProgressView
from coachlog.rules import disclosure
from coachlog.services.desk import Desk

if TYPE_CHECKING:
    from coachlog.model import Person
    from coachlog.model.set_progress import SetProgressView
    from coachlog.model.shadows import ShadowView
    from coachlog.store.database import Connection


class Period(NamedTuple):
    """The first and the last day that count; None where there is no such end."""

    since: date | None = None
    until: date | None = None


def period(since: str | None, until: str | None, today: date) -> Period:
    """Return the days that --since and --until mean.

    `Invalid` for a day that cannot be read, and where the last comes before the first.
    """
    first = dates.past(since, today) if since is not None else None
    last = dates.past(until, today) if until is not None else None
    if first and first > (last or today):
        end = dates.long(last) if last else "today"
        raise Invalid(f"--since is {dates.long(first)}, which is after {end}.")
    return Period(first, last)


def progress(
    desk: Desk,
    name: str | None,
    days: Period,
    *,
    measure: str | None = None,
    ledger: bool = False,
    private: bool = False,
) -> ProgressView:
    """Return the figures of everyone or, with a name, of one person.

    With a measure its values are among them, with `ledger` each promise that counts. Private words
    and measures come only with `private`. `NotFound` for a name or a measure that is not there.
    """
    from coachlog.store.reading import progress_queries

    decided = None
    with desk.read() as db:
        person = desk.person(db, name)
        figures = progress_queries.progress(
            db, desk.today, person, private=private, **days._asdict()
        )
        figures = _with_trends(db, figures, person, days, measure, private=private)
        if ledger:
            decided = tuple(
                progress_queries.ledger(db, desk.today, person, private=private, **days._asdict())
            )
    shown = [one.action for one in decided] if decided is not None else figures.carried
    return ProgressView(
        figures=figures,
        ledger=decided,
        is_of_one_person=person is not None,
        measure=measure,
        private_promises=0 if measure is not None else disclosure.private_count(shown),
    )


def _with_trends(
    db: "Connection",
    figures: Progress,
    person: "Person | None",
    days: Period,
    measure: str | None,
    *,
    private: bool,
) -> Progress:
    """Return the figures with themes and, for one person or one measure, with trends."""
    from coachlog.store.reading import trend_queries

    figures = figures._replace(themes=trend_queries.themes(db, person, **days._asdict()))
    if person is None and measure is None:
        return figures
    measures, withheld = trend_queries.measures(
        db, who=person, measure=measure, private=private, **days._asdict()
    )
    return figures._replace(measures=measures, withheld=withheld)


def set_progress(
    desk: Desk, name: str, days: Period, *, ledger: bool = False, private: bool = False
) -> "SetProgressView":
    """Return the figures of the set of this name and, with `ledger`, each promise that counts.

    Private words and measures come only with `private`. `NotFound` if there is no such set.
    """
    from coachlog.model.set_progress import SetProgressView
    from coachlog.store.reading import set_progress_queries, set_queries

    decided = None
    with desk.read() as db:
        learning_set = set_queries.find(db, name)
        figures = set_progress_queries.set_progress(
            db, desk.today, learning_set, private=private, **days._asdict()
        )
        if ledger:
            decided = tuple(
                set_progress_queries.set_ledger(
                    db, desk.today, learning_set, private=private, **days._asdict()
                )
            )
    private_promises = disclosure.private_count(entry.action for entry in decided or ())
    return SetProgressView(figures, decided, private_promises)


def shadow(desk: Desk, days: Period, *, private: bool = False) -> "ShadowView":
    """Return the owner's shadow reviews beside what the journal knows of the same weeks.

    Private words and scores come only with `private`.
    """
    from coachlog.model.shadows import ShadowView
    from coachlog.store.reading import shadow_queries

    with desk.read() as db:
        reviews = shadow_queries.shadow(db, desk.today, **days._asdict(), private=private)
    private_promises = disclosure.private_count(promise.action for promise in reviews.actions)
    return ShadowView(reviews, private_promises)
