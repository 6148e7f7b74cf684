"""What a half-typed word can be completed to: handles and numbers, and words to tell them by.

People and sets are found as the commands find them. What grows with use is offered newest first and
up to a limit, so that a press of Tab takes no longer in a big journal.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from coachlog.named_tuples import NamedTuple
from coachlog.services.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from coachlog.model.actions import Action
    from coachlog.model.goals import Goal
    from coachlog.model.sessions import Session

MAX_OFFERS = 100
"""So many conversations or closed promises are offered at most, the newest ones."""


_OFFERED_QUARTERS = 4


class Offer(NamedTuple):
    """A word to complete to, the words to show beside it, and another word that means the same.

    The other word is for a shell that drops an offer in which it does not find what was typed.
    """

    value: str
    label: str = ""
    other_value: str = ""


def offer_people(desk: Desk, prefix: str) -> list[Offer]:
    """Return the handles and names of the people whom a command would find by the prefix."""
    from coachlog.store.reading import person_queries

    with desk.read() as db:
        people = person_queries.read_people(db)
    return _offer_handles(people, prefix)


def offer_archived_people(desk: Desk, prefix: str) -> list[Offer]:
    """Return the handles and names of the people in the archive, as `offer_people` does."""
    from coachlog.store.reading import person_queries

    with desk.read() as db:
        people = person_queries.read_people(db, include_archived=True)
    return _offer_handles([person for person in people if person.archived], prefix)


def offer_plan_owners(desk: Desk, prefix: str) -> list[Offer]:
    """Return whose plan there is: the owner's, as `me`, and that of everyone."""
    own_offer = _filter_by_beginning(prefix, [Offer("me", "your own")])
    return [*own_offer, *offer_people(desk, prefix)]


def offer_owners(desk: Desk, prefix: str) -> list[Offer]:
    """Return who can own a promise: me, them, and people by their names."""
    from coachlog.store.reading import person_queries

    with desk.read() as db:
        people = person_queries.read_people(db)
    roles = [Offer("me", "your own"), Offer("them", "the other person's")]
    names = [Offer(person.name) for person in _match_names(people, prefix)]
    return [*_filter_by_beginning(prefix, roles), *names]


def offer_open_actions(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers and words of open promises."""
    from coachlog.store.reading import action_queries

    with desk.read() as db:
        actions = action_queries.read_open_actions(db)
    return _offer_actions(actions, prefix)


def offer_closed_actions(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers and words of closed promises, the latest ones first."""
    from coachlog.store.reading import action_queries

    with desk.read() as db:
        actions = action_queries.read_latest_closed_actions(db, MAX_OFFERS)
    return _offer_actions(actions, prefix)


def offer_actions(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers and words of promises, the closed ones last."""
    return [*offer_open_actions(desk, prefix), *offer_closed_actions(desk, prefix)]


def offer_goals(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers and titles of goals, the closed ones last."""
    return _offer_goal_numbers(_read_goals(desk), prefix)


def offer_open_goals(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers and titles of open goals."""
    from coachlog.model.goals import GoalStatus

    goals = [goal for goal in _read_goals(desk) if goal.status is GoalStatus.OPEN]
    return _offer_goal_numbers(goals, prefix)


def offer_closed_goals(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers and titles of closed goals."""
    from coachlog.model.goals import GoalStatus

    goals = [goal for goal in _read_goals(desk) if goal.status is not GoalStatus.OPEN]
    return _offer_goal_numbers(goals, prefix)


def offer_pulses(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers of pulses and the days they were made, the newest first."""
    from coachlog.dates import format_medium_day
    from coachlog.store.reading import pulse_queries

    with desk.read() as db:
        pulses = pulse_queries.read_pulses(db)
    offers = [
        Offer(str(pulse.id), format_medium_day(pulse.made_on)) for pulse in pulses
    ]
    return _filter_by_beginning(prefix, offers)


def offer_benefits(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers of benefits and the days they were recorded; their words stay veiled."""
    from coachlog.dates import format_medium_day
    from coachlog.store.reading import worth_queries

    with desk.read() as db:
        benefits = worth_queries.read_benefits(db)
    offers = [
        Offer(str(benefit.id), format_medium_day(benefit.recorded_on))
        for benefit in benefits
    ]
    return _filter_by_beginning(prefix, offers)


def offer_stories(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers of stories and the days they were written; their words stay veiled."""
    from coachlog.dates import format_medium_day
    from coachlog.store.reading import worth_queries

    with desk.read() as db:
        stories = worth_queries.read_worth_stories(db)
    offers = [
        Offer(str(story.id), format_medium_day(story.written_on)) for story in stories
    ]
    return _filter_by_beginning(prefix, offers)


def offer_workshops(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers of workshops and their names, the newest first."""
    from coachlog.store.reading import workshop_queries

    with desk.read() as db:
        workshops = workshop_queries.read_workshops(db)
    offers = [Offer(str(workshop.id), workshop.name) for workshop in workshops]
    return _filter_by_beginning(prefix, offers)


def offer_open_notes(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers of open notes, each with its person and kind; their words stay veiled."""
    from coachlog.dates import format_medium_day
    from coachlog.store.reading import note_queries

    with desk.read() as db:
        notes = note_queries.read_all_open_notes(db)
    offers = []
    for note in notes:
        name = note.person.name if note.person else ""
        day = format_medium_day(note.written_on)
        offers.append(Offer(str(note.id), f"{name}, {note.kind}, {day}"))
    return _filter_by_beginning(prefix, offers)


def offer_drafts(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers of drafts, each with its person, or its title where there is none."""
    from coachlog.store.reading import session_queries

    with desk.read() as db:
        drafts = session_queries.read_drafts(db)
    offers = []
    for draft in drafts:
        label = draft.person.name if draft.person else draft.title
        offers.append(Offer(str(draft.session), label))
    return _filter_by_beginning(prefix, offers)


def offer_sessions(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers of the latest conversations, each with its day, its person and title."""
    from coachlog.store.reading import session_queries

    with desk.read() as db:
        sessions = session_queries.read_sessions(db, limit=MAX_OFFERS)
    return _offer_sessions(sessions, prefix)


def offer_lessons(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers and words of what the owner learned; private words are veiled."""
    from coachlog.phrasing.answers import describe_answer
    from coachlog.rules import disclosure
    from coachlog.store.reading import lesson_queries

    with desk.read() as db:
        lessons = lesson_queries.read_lessons(db)
    answers = disclosure.veil_everyday_entries(lesson.answer for lesson in lessons)
    offers = [
        Offer(str(lesson.id), _shorten_label(describe_answer(answer)))
        for lesson, answer in zip(lessons, answers, strict=True)
    ]
    return _filter_by_beginning(prefix, offers)


def offer_deleted_sessions(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers of the conversations that can be restored, as `offer_sessions` does."""
    from coachlog.store.reading import session_queries

    with desk.read() as db:
        sessions = session_queries.read_sessions(
            db, deleted_only=True, limit=MAX_OFFERS
        )
    return _offer_sessions(sessions, prefix)


def offer_returning_sessions(desk: Desk, prefix: str) -> list[Offer]:
    """Return the numbers of the conversations that come back by themselves, the next one first."""
    from coachlog.phrasing.recurrences import describe_recurrence
    from coachlog.store.reading import recurrence_queries

    with desk.read() as db:
        recurrences = recurrence_queries.read_recurrences(db)
    labels = {
        recurrence.session: describe_recurrence(recurrence, desk.today)
        for recurrence in recurrences
    }
    offers = [Offer(str(id), _shorten_label(label)) for id, label in labels.items()]
    return _filter_by_beginning(prefix, offers)


def offer_tags(desk: Desk, prefix: str) -> list[Offer]:
    """Return the tags in use."""
    from coachlog.store.reading import session_queries

    with desk.read() as db:
        tags = session_queries.read_tags(db)
    return _filter_by_beginning(prefix, map(Offer, tags))


def offer_measures(desk: Desk, prefix: str) -> list[Offer]:
    """Return the names of the measures on record."""
    from coachlog.store.reading import measure_queries

    with desk.read() as db:
        names = measure_queries.read_measure_names(db)
    return _filter_by_beginning(prefix, map(Offer, names))


def offer_sets(desk: Desk, prefix: str) -> list[Offer]:
    """Return the handles and names of the sets that a command would find by the prefix."""
    from coachlog.store.reading import set_queries

    with desk.read() as db:
        sets = set_queries.read_sets(db)
    return _offer_handles(sets, prefix)


def offer_support_lines(desk: Desk, set_name: str, prefix: str) -> list[Offer]:
    """Offer the numbers of what is offered and asked in a set, each with its words."""
    from coachlog.rules import disclosure
    from coachlog.store.reading import set_queries, set_support_queries

    with desk.read() as db:
        learning_set = set_queries.find_set(db, set_name)
        lines = set_support_queries.read_support_lines(db, learning_set.id)
    visible_lines = disclosure.split_entries(
        lines, disclosure.EVERYDAY_AUDIENCE
    ).visible_entries
    return _filter_by_beginning(
        prefix,
        (
            Offer(str(line.id), _shorten_label(f"{line.kind.value}: {line.words}"))
            for line in visible_lines
        ),
    )


def offer_archived_sets(desk: Desk, prefix: str) -> list[Offer]:
    """Return the handles and names of the sets in the archive, as `offer_sets` does."""
    from coachlog.store.reading import set_queries

    with desk.read() as db:
        sets = set_queries.read_sets(db, include_archived=True)
    return _offer_handles(
        [learning_set for learning_set in sets if learning_set.archived], prefix
    )


def offer_templates(desk: Desk, prefix: str) -> list[Offer]:
    """Return the ids of templates, the owner's own among them."""
    from coachlog.templates import library

    ids = library.list_template_ids(desk.own_templates_folder)
    return _filter_by_beginning(prefix, map(Offer, ids))


def offer_setting_keys(_: Desk, prefix: str) -> list[Offer]:
    """Return the keys of all settings, each with what it is for; the file is not read."""
    from coachlog.services.settings import SETTINGS

    offers = [Offer(setting.key, setting.help) for setting in SETTINGS.values()]
    return _filter_by_beginning(prefix, offers)


def offer_formats(_: Desk, prefix: str) -> list[Offer]:
    """Return the names of the formats of pages."""
    from coachlog.exports import formats

    return _filter_by_beginning(prefix, map(Offer, formats.list_format_names()))


def offer_styles(_: Desk, prefix: str) -> list[Offer]:
    """Return the ways in which a page can lay out its promises."""
    from coachlog.exports.documents.action_list import ACTION_STYLES

    return _filter_by_beginning(prefix, map(Offer, ACTION_STYLES))


def offer_tables(_: Desk, prefix: str) -> list[Offer]:
    """Return the tables that can be exported."""
    from coachlog.model.tables import TableKind

    return _filter_by_beginning(prefix, [Offer(kind.value) for kind in TableKind])


def offer_programmes(desk: Desk, prefix: str) -> list[Offer]:
    """Return the codes of the programmes that were joined, with their names."""
    from coachlog.store.reading.programme_queries import read_memberships

    with desk.read() as db:
        memberships = read_memberships(db)
    offers = [
        Offer(membership.programme.code, membership.programme.name)
        for membership in memberships
    ]
    return _filter_by_beginning(prefix, offers)


def offer_places(path: "str | Path", breakdown: str, prefix: str) -> list[Offer]:
    """Return what a programme's file has to choose from; nothing if it cannot be read."""
    from pathlib import Path

    from coachlog.errors import CoachlogError
    from coachlog.model.programme import Breakdown
    from coachlog.services.programme.received_files import load_programme

    try:
        programme = load_programme(Path(path))
    except CoachlogError:
        return []
    choices = programme.choices.get(Breakdown(breakdown), ())
    return _filter_by_beginning(prefix, map(Offer, choices))


def offer_quarters(desk: Desk, prefix: str) -> list[Offer]:
    """Return the last four quarters that are over, the newest first."""
    from datetime import timedelta

    from coachlog.rules.programme_quarters import (
        find_last_whole_quarter,
        find_quarter_days,
    )

    quarters = []
    day = desk.today
    for _ in range(_OFFERED_QUARTERS):
        quarter = find_last_whole_quarter(day)
        first_day, _last_day = find_quarter_days(quarter)
        day = first_day + timedelta(days=1)
        quarters.append(quarter)
    return _filter_by_beginning(prefix, map(Offer, quarters))


def offer_breakdowns(_: Desk, prefix: str) -> list[Offer]:
    """Return what the groups of a programme can be made by."""
    from coachlog.model.programme import Breakdown

    return _filter_by_beginning(prefix, [Offer(name.value) for name in Breakdown])


def _offer_handles(candidates: list[Any], prefix: str) -> list[Offer]:
    return [
        Offer(candidate.slug, candidate.name, candidate.name)
        for candidate in _match_names(candidates, prefix)
    ]


def _match_names(candidates: list[Any], prefix: str) -> list[Any]:
    """Return the candidates that a command would find, and all whose handle begins like this."""
    from coachlog.names.matching import match_by_name
    from coachlog.text import fold_text

    key = fold_text(prefix)
    if not key:
        return candidates
    by_handle = [
        candidate for candidate in candidates if candidate.slug.startswith(key)
    ]
    by_name = match_by_name(candidates, prefix)
    return [
        *by_handle,
        *(candidate for candidate in by_name if candidate not in by_handle),
    ]


def _offer_actions(actions: "Iterable[Action]", prefix: str) -> list[Offer]:
    from coachlog.rules import disclosure

    entries = disclosure.veil_everyday_entries(actions)
    offers = [Offer(str(action.id), _shorten_label(action.what)) for action in entries]
    return _filter_by_beginning(prefix, offers)


def _read_goals(desk: Desk) -> "list[Goal]":
    from coachlog.store.reading import goal_queries

    with desk.read() as db:
        return goal_queries.read_goals(db)


def _offer_goal_numbers(goals: "Iterable[Goal]", prefix: str) -> list[Offer]:
    from coachlog.rules import disclosure

    entries = disclosure.veil_everyday_entries(goals)
    offers = [Offer(str(goal.id), _shorten_label(goal.title)) for goal in entries]
    return _filter_by_beginning(prefix, offers)


def _offer_sessions(sessions: "Iterable[Session]", prefix: str) -> list[Offer]:
    from coachlog.dates import format_medium_day

    offers = []
    for session in sessions:
        day = format_medium_day(session.held_on)
        label = f"{day}, {session.with_whom or 'alone'}: {session.title}"
        offers.append(Offer(str(session.id), _shorten_label(label)))
    return _filter_by_beginning(prefix, offers)


def _filter_by_beginning(prefix: str, offers: Iterable[Offer]) -> list[Offer]:
    """Return the offers that begin like this, or a later word of which does, in any case."""
    from coachlog.text import fold_text

    key = fold_text(prefix)
    return [offer for offer in offers if f" {key}" in f" {fold_text(offer.value)}"]


def _shorten_label(words: str) -> str:
    # Imported here because completion runs at every press of Tab, mostly without such words.
    from coachlog.text import shorten_text

    return shorten_text(words, 60)
