"""What a half-typed word may become: handles and numbers, with the words that tell them apart."""

from coachlog.services.desk import Desk

Offers = list[tuple[str, str]]
"""What can be completed to, each with the words shown beside it."""


def offer_people(desk: Desk, prefix: str) -> Offers:
    """Return the handles and names of people whose handle begins as typed."""
    from coachlog.store import reading

    with desk.read() as db:
        found = reading.read_people(db)
    return _filter_by_prefix(prefix.casefold(), [(person.slug, person.name) for person in found])


def offer_actions(desk: Desk, prefix: str) -> Offers:
    """Return the numbers and words of open actions."""
    from coachlog.rules import disclosure
    from coachlog.store import reading

    with desk.read() as db:
        found = disclosure.veil_everyday_entries(reading.read_open_actions(db))
    return _filter_by_prefix(
        prefix, [(str(action.id), _shorten_offer(action.what)) for action in found]
    )


def offer_goals(desk: Desk, prefix: str) -> Offers:
    """Return the numbers and titles of goals, those closed last."""
    from coachlog.rules import disclosure
    from coachlog.store.reading import goal_queries

    with desk.read() as db:
        found = disclosure.veil_everyday_entries(goal_queries.read_goals(db))
    return _filter_by_prefix(prefix, [(str(goal.id), _shorten_offer(goal.title)) for goal in found])


def offer_pulses(desk: Desk, prefix: str) -> Offers:
    """Return the numbers of pulses and the days they were made, the newest first."""
    from coachlog.dates import format_medium_day
    from coachlog.store.reading import pulse_queries

    with desk.read() as db:
        found = pulse_queries.read_pulses(db)
    return _filter_by_prefix(
        prefix, [(str(one.id), format_medium_day(one.made_on)) for one in found]
    )


def offer_drafts(desk: Desk, prefix: str) -> Offers:
    """Return the numbers of drafts, with whom each is."""
    from coachlog.store import reading

    with desk.read() as db:
        found = reading.read_drafts(db)
    named = [(str(one.session), one.person.name if one.person else one.title) for one in found]
    return _filter_by_prefix(prefix, named)


def offer_measures(desk: Desk, prefix: str) -> Offers:
    """Return the names of what was measured."""
    from coachlog.store.reading import trend_queries

    with desk.read() as db:
        found = trend_queries.read_measure_names(db)
    return _filter_by_prefix(prefix, [(name, "") for name in found])


def offer_sets(desk: Desk, prefix: str) -> Offers:
    """Return the handles and names of action learning sets whose handle begins as typed."""
    from coachlog.store.reading import set_queries

    with desk.read() as db:
        found = set_queries.read_sets(db)
    return _filter_by_prefix(prefix.casefold(), [(one.slug, one.name) for one in found])


def offer_templates(desk: Desk, prefix: str) -> Offers:
    """Return the ids of templates, the owner's own too."""
    from coachlog.templates import library

    return _filter_by_prefix(
        prefix, [(id, "") for id in library.list_template_ids(desk.own_templates_folder)]
    )


def offer_formats(_: Desk, prefix: str) -> Offers:
    """Return the names of the formats of pages."""
    from coachlog.exports import formats

    return _filter_by_prefix(prefix, [(name, "") for name in formats.list_format_names()])


def _filter_by_prefix(prefix: str, offers: Offers) -> Offers:
    return [(word, words) for word, words in offers if word.startswith(prefix)]


def _shorten_offer(words: str) -> str:
    from coachlog.text import shorten_text

    return shorten_text(words, 60)
