"""What a half-typed word may become: handles and numbers, with the words that tell them apart."""

from coachlog.services.desk import Desk

Offers = list[tuple[str, str]]
"""What can be completed to, each with the words shown beside it."""


def people(desk: Desk, typed: str) -> Offers:
    """Return the handles and names of people whose handle begins as typed."""
    from coachlog.store import reading

    with desk.read() as db:
        found = reading.people(db)
    return _beginning(typed.casefold(), [(person.slug, person.name) for person in found])


def actions(desk: Desk, typed: str) -> Offers:
    """Return the numbers and words of open actions."""
    from coachlog.rules import disclosure
    from coachlog.store import reading

    with desk.read() as db:
        found = disclosure.everyday(reading.open_actions(db))
    return _beginning(typed, [(str(action.id), _short(action.what)) for action in found])


def goals(desk: Desk, typed: str) -> Offers:
    """Return the numbers and titles of goals, those closed last."""
    from coachlog.rules import disclosure
    from coachlog.store.reading import goal_queries

    with desk.read() as db:
        found = disclosure.everyday(goal_queries.goals(db))
    return _beginning(typed, [(str(goal.id), _short(goal.title)) for goal in found])


def pulses(desk: Desk, typed: str) -> Offers:
    """Return the numbers of pulses and the days they were made, the newest first."""
    from coachlog.dates import medium
    from coachlog.store.reading import pulse_queries

    with desk.read() as db:
        found = pulse_queries.pulses(db)
    return _beginning(typed, [(str(one.id), medium(one.made_on)) for one in found])


def drafts(desk: Desk, typed: str) -> Offers:
    """Return the numbers of drafts, with whom each is."""
    from coachlog.store import reading

    with desk.read() as db:
        found = reading.drafts(db)
    named = [(str(one.session), one.person.name if one.person else one.title) for one in found]
    return _beginning(typed, named)


def measures(desk: Desk, typed: str) -> Offers:
    """Return the names of what was measured."""
    from coachlog.store.reading import trend_queries

    with desk.read() as db:
        found = trend_queries.known_measures(db)
    return _beginning(typed, [(name, "") for name in found])


def sets(desk: Desk, typed: str) -> Offers:
    """Return the handles and names of action learning sets whose handle begins as typed."""
    from coachlog.store.reading import set_queries

    with desk.read() as db:
        found = set_queries.sets(db)
    return _beginning(typed.casefold(), [(one.slug, one.name) for one in found])


def templates(desk: Desk, typed: str) -> Offers:
    """Return the ids of templates, the owner's own too."""
    from coachlog.templates import library

    return _beginning(typed, [(id, "") for id in library.ids(desk.own_templates)])


def formats(_: Desk, typed: str) -> Offers:
    """Return the names of the formats of pages."""
    from coachlog.exports import formats

    return _beginning(typed, [(name, "") for name in formats.names()])


def _beginning(typed: str, offers: Offers) -> Offers:
    return [(word, words) for word, words in offers if word.startswith(typed)]


def _short(words: str) -> str:
    from coachlog.text import short

    return short(words, 60)
