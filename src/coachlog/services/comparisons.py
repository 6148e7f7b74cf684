"""Promises kept in a period beside those of the period before: of everyone, a person or a set."""

from typing import TYPE_CHECKING

from coachlog.model.comparisons import ComparedDays, ComparisonView, PeriodComparison
from coachlog.model.references import PersonRef, SetRef
from coachlog.rules.comparisons import (
    compare_tallies,
    find_compared_days,
    find_compared_quarters,
)
from coachlog.services.desk import Desk

if TYPE_CHECKING:
    from datetime import date

    from coachlog.model.people import Person
    from coachlog.model.sets import LearningSet
    from coachlog.store.database import Connection


def load_quarter_comparison(desk: Desk, name: str | None) -> ComparisonView:
    """Return how everyone, or with a name one person, kept promises in the last two quarters.

    Raises NotFound for an unknown name.
    """
    days = find_compared_quarters(desk.today)
    with desk.read() as db:
        person = desk.find_person(db, name)
        comparison = _compare_promises(db, desk.today, person, days)
    if person is None:
        return ComparisonView(comparison)
    return ComparisonView(comparison, person=PersonRef(person.id, person.name))


def load_set_comparison(desk: Desk, name: str) -> ComparisonView:
    """Return how a set kept its promises in the last two quarters.

    Raises NotFound if there is no such set.
    """
    from coachlog.store.reading.set_queries import find_set

    days = find_compared_quarters(desk.today)
    with desk.read() as db:
        learning_set = find_set(db, name)
        comparison = _compare_set_promises(db, desk.today, learning_set, days)
    reference = SetRef(learning_set.id, learning_set.name)
    return ComparisonView(comparison, set=reference)


def compare_period(
    db: "Connection",
    today: "date",
    person: "Person | None",
    period: "tuple[date | None, date | None]",
) -> PeriodComparison | None:
    """Return the promises of a period, up to today, beside those of as many days before it.

    None for a period that is compared with nothing, as it has no first day or is still to come.
    """
    days = find_compared_days(*period, today)
    if days is None:
        return None
    return _compare_promises(db, today, person, days)


def compare_set_period(
    db: "Connection",
    today: "date",
    learning_set: "LearningSet",
    period: "tuple[date | None, date | None]",
) -> PeriodComparison | None:
    """Return the same for the promises of a set."""
    days = find_compared_days(*period, today)
    if days is None:
        return None
    return _compare_set_promises(db, today, learning_set, days)


def _compare_promises(
    db: "Connection", today: "date", person: "Person | None", days: ComparedDays
) -> PeriodComparison:
    """Return the promises of everyone or one person first due in these days and those before."""
    from coachlog.store.reading.promise_figure_queries import PromiseScope, read_tallies

    scope = PromiseScope(today, person, days.since, days.until)
    me, them = read_tallies(db, scope)
    scope_before = scope._replace(since=days.before_since, until=days.before_until)
    me_before, them_before = read_tallies(db, scope_before)
    return PeriodComparison(
        days=days,
        me=compare_tallies(me, me_before),
        them=compare_tallies(them, them_before),
    )


def _compare_set_promises(
    db: "Connection", today: "date", learning_set: "LearningSet", days: ComparedDays
) -> PeriodComparison:
    """Return the promises of a set first due in these days and in those before."""
    from coachlog.store.reading.set_progress_queries import read_set_tallies

    now = read_set_tallies(db, today, learning_set, days.since, days.until)
    before = read_set_tallies(
        db, today, learning_set, days.before_since, days.before_until
    )
    promises, me, them = map(compare_tallies, now, before)
    return PeriodComparison(days, me, them, promises)
