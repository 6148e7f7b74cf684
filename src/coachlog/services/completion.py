"""What a half-typed word can be completed to: handles and numbers, and words to tell them by."""

from coachlog.services.desk import Desk

Offers = list[tuple[str, str]]
"""The words that can be completed to, each with the text shown beside it."""


def offer_people(desk: Desk, prefix: str) -> Offers:
    """Return the handles and names of the people whose handle begins with the prefix."""
    from coachlog.store import reading

    with desk.read() as db:
        people = reading.read_people(db)
    offers = [(person.slug, person.name) for person in people]
    return _filter_by_prefix(prefix.casefold(), offers)


def offer_actions(desk: Desk, prefix: str) -> Offers:
    """Return the numbers and words of open actions."""
    from coachlog.rules import disclosure
    from coachlog.store import reading

    with desk.read() as db:
        actions = disclosure.veil_everyday_entries(reading.read_open_actions(db))
    offers = [(str(action.id), _shorten_offer(action.what)) for action in actions]
    return _filter_by_prefix(prefix, offers)


def offer_goals(desk: Desk, prefix: str) -> Offers:
    """Return the numbers and titles of goals, the closed ones last."""
    from coachlog.rules import disclosure
    from coachlog.store.reading import goal_queries

    with desk.read() as db:
        goals = disclosure.veil_everyday_entries(goal_queries.read_goals(db))
    offers = [(str(goal.id), _shorten_offer(goal.title)) for goal in goals]
    return _filter_by_prefix(prefix, offers)


def offer_pulses(desk: Desk, prefix: str) -> Offers:
    """Return the numbers of pulses and the days they were made, the newest first."""
    from coachlog.dates import format_medium_day
    from coachlog.store.reading import pulse_queries

    with desk.read() as db:
        pulses = pulse_queries.read_pulses(db)
    offers = [(str(pulse.id), format_medium_day(pulse.made_on)) for pulse in pulses]
    return _filter_by_prefix(prefix, offers)


def offer_drafts(desk: Desk, prefix: str) -> Offers:
    """Return the numbers of drafts, each with its person, or its title where there is none."""
    from coachlog.store import reading

    with desk.read() as db:
        drafts = reading.read_drafts(db)
    offers = []
    for draft in drafts:
        label = draft.person.name if draft.person else draft.title
        offers.append((str(draft.session), label))
    return _filter_by_prefix(prefix, offers)


def offer_measures(desk: Desk, prefix: str) -> Offers:
    """Return the names of the measures on record."""
    from coachlog.store.reading import trend_queries

    with desk.read() as db:
        names = trend_queries.read_measure_names(db)
    return _filter_by_prefix(prefix, [(name, "") for name in names])


def offer_sets(desk: Desk, prefix: str) -> Offers:
    """Return the handles and names of the sets whose handle begins with the prefix."""
    from coachlog.store.reading import set_queries

    with desk.read() as db:
        sets = set_queries.read_sets(db)
    offers = [(learning_set.slug, learning_set.name) for learning_set in sets]
    return _filter_by_prefix(prefix.casefold(), offers)


def offer_templates(desk: Desk, prefix: str) -> Offers:
    """Return the ids of templates, the owner's own among them."""
    from coachlog.templates import library

    ids = library.list_template_ids(desk.own_templates_folder)
    return _filter_by_prefix(prefix, [(id, "") for id in ids])


def offer_formats(_: Desk, prefix: str) -> Offers:
    """Return the names of the formats of pages."""
    from coachlog.exports import formats

    names = formats.list_format_names()
    return _filter_by_prefix(prefix, [(name, "") for name in names])


def _filter_by_prefix(prefix: str, offers: Offers) -> Offers:
    return [(word, label) for word, label in offers if word.startswith(prefix)]


def _shorten_offer(words: str) -> str:
    # Imported here because completion runs at every press of Tab, mostly without such words.
    from coachlog.text import shorten_text

    return shorten_text(words, 60)
