"""Figures over time: of everyone or one person, of a set, and of the owner's shadow reviews."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.errors import InvalidInput
from coachlog.model.progress import Progress, ProgressView
from coachlog.named_tuples import NamedTuple
from coachlog.rules import disclosure
from coachlog.services.desk import Desk

if TYPE_CHECKING:
    from coachlog.model.people import Person
    from coachlog.model.set_progress import SetProgressView
    from coachlog.model.shadows import ShadowView
    from coachlog.model.standings import StandingView
    from coachlog.store.database import Connection


class Period(NamedTuple):
    """The first and the last day that count; None where that end is open."""

    since: date | None = None
    until: date | None = None


def parse_period(since: str | None, until: str | None, today: date) -> Period:
    """Return the days that --since and --until mean.

    Raises InvalidInput for a day that cannot be read, and if the last comes before the first.
    """
    first = None
    if since is not None:
        from coachlog.dates.parsing import parse_past_day

        first = parse_past_day(since, today)
    last = None
    end = "today"
    if until is not None:
        from coachlog.dates.parsing import parse_past_end

        last = parse_past_end(until, today)
        end = dates.format_long_day(last)
    if first and first > (last or today):
        raise InvalidInput(
            f"--since is {dates.format_long_day(first)}, which is after {end}."
        )
    return Period(first, last)


@contextmanager
def open_progress(
    desk: Desk,
    name: str | None,
    period: Period,
    *,
    measure: str | None = None,
    include_ledger: bool = False,
    private: bool = False,
    themes_of_period: bool = False,
) -> Iterator[ProgressView]:
    """Yield the figures of everyone or, with a name, of one person.

    `measure` adds the values of a measure, `include_ledger` each promise that counts, which are
    read as they are gone through, `private` the private words and measures. Themes are those of the
    last conversations, or with `themes_of_period` of all in the period. Raises NotFound for an
    unknown name or measure.
    """
    from coachlog.store.reading.ledger_queries import read_ledger
    from coachlog.store.reading.progress_queries import read_progress
    from coachlog.store.reading.promise_figure_queries import PromiseScope
    from coachlog.store.reading.trend_queries import read_themes

    days = period._asdict()
    with desk.read() as db:
        person = desk.find_person(db, name)
        figures = read_progress(db, desk.today, person, private=private, **days)
        if period.since is not None:
            # Imported only where there is a period: no other screen pays for it.
            from coachlog.services.comparisons import compare_period

            comparison = compare_period(db, desk.today, person, period)
            figures = figures._replace(comparison=comparison)
        figures = _add_trends(db, figures, person, period, measure, private=private)
        themes = read_themes(db, person, **days, of_whole_period=themes_of_period)
        figures = figures._replace(themes=themes)
        # A measure on its own shows no promises.
        carried_actions = figures.carried if measure is None else ()
        view = ProgressView(
            figures=figures,
            is_of_one_person=person is not None,
            measure=measure,
            private_promises=disclosure.count_private_entries(carried_actions),
        )
        if include_ledger:
            scope = PromiseScope(desk.today, person, **days)
            view = view._replace(ledger=read_ledger(db, scope, private=private))
        yield view


def _add_trends(
    db: "Connection",
    figures: Progress,
    person: "Person | None",
    period: Period,
    measure: str | None,
    *,
    private: bool,
) -> Progress:
    """Return the figures with trends, for one person or one measure."""
    from coachlog.store.reading import trend_queries

    if person is None and measure is None:
        return figures
    measures, withheld = trend_queries.read_measure_trends(
        db, person=person, measure=measure, private=private, **period._asdict()
    )
    return figures._replace(measures=measures, withheld=withheld)


@contextmanager
def open_set_progress(
    desk: Desk,
    name: str,
    period: Period,
    *,
    include_ledger: bool = False,
    private: bool = False,
) -> Iterator["SetProgressView"]:
    """Yield the figures of the set of this name.

    `include_ledger` adds each promise that counts, which are read as they are gone through,
    `private` the private words and measures. Raises NotFound if there is no such set.
    """
    from coachlog.model.set_progress import SetProgressView
    from coachlog.store.reading.ledger_queries import read_ledger
    from coachlog.store.reading.promise_figure_queries import PromiseScope
    from coachlog.store.reading.set_progress_queries import read_set_progress
    from coachlog.store.reading.set_queries import find_set

    days = period._asdict()
    with desk.read() as db:
        learning_set = find_set(db, name)
        figures = read_set_progress(
            db, desk.today, learning_set, private=private, **days
        )
        if period.since is not None:
            from coachlog.services.comparisons import compare_set_period

            comparison = compare_set_period(db, desk.today, learning_set, period)
            figures = figures._replace(comparison=comparison)
        view = SetProgressView(figures)
        if include_ledger:
            scope = PromiseScope(desk.today, set=learning_set.id, **days)
            view = view._replace(ledger=read_ledger(db, scope, private=private))
        yield view


def load_shadow_reviews(
    desk: Desk, period: Period, *, private: bool = False
) -> "ShadowView":
    """Return the owner's shadow reviews beside what the journal has on record for the same weeks.

    `private` adds the private words and scores.
    """
    from coachlog.model.shadows import ShadowView
    from coachlog.store.reading import shadow_queries

    with desk.read() as db:
        reviews = shadow_queries.read_shadow(
            db, desk.today, **period._asdict(), private=private
        )
    private_promises = disclosure.count_private_entries(
        promise.action for promise in reviews.actions
    )
    return ShadowView(reviews, private_promises)


def load_standings(desk: Desk, *, private: bool = False) -> "StandingView":
    """Return where the owner stands in each theme, at joining, at the end and six months on.

    `private` adds what is private or about health. Raises DamagedJournal if an answer is not as it
    was written.
    """
    from coachlog.store.reading import standing_queries
    from coachlog.store.shown_rows import require_sound_entries

    with desk.read() as db:
        sessions = standing_queries.read_standing_sessions(db)
        require_sound_entries(db, sessions=sessions)
        return standing_queries.read_standings(db, private=private)
