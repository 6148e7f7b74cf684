"""What a command is about, where its number is not typed: chosen from a list, or found by words.

A list shows what everyday screens show, and words find nothing else: what is private is found by
its number alone.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachlog.errors import InvalidInput, NotFound, Refusal
from coachlog.model.subjects import SubjectRow
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.relationships import describe_relationship
from coachlog.services.desk import Desk
from coachlog.text import (
    clean_line,
    fold_text,
    has_words,
    shorten_text,
    split_words,
)

if TYPE_CHECKING:
    from coachlog.model.actions import Action
    from coachlog.model.goals import Goal
    from coachlog.model.people import Contact
    from coachlog.model.sessions import Session

MOST_ROWS = 30
"""So many are listed to choose from; the others have a number, and words."""
_MOST_MATCHES = 10
_LABEL_WIDTH = 60


class Subject(NamedTuple):
    """One kind of thing that a command is about.

    `noun` and `plural` name it in an error, `question` asks for it, and `list_command` lists all.
    `list_rows` returns those to choose from, and those that words find, the likeliest first. Where
    there is none, `first_command` makes one. `takes_only` is for what is not asked about where
    there is but one.
    """

    noun: str
    plural: str
    question: str
    list_command: str
    list_rows: Callable[[Desk], list[SubjectRow]]
    find_latest: Callable[[Desk, str], SubjectRow | None] | None = None
    first_command: str = ""
    takes_only: bool = False


def choose_subject(
    desk: Desk, subject: Subject, *, is_only_shown: bool = False
) -> int | str:
    """Return what is chosen, or the only one, as a command takes it; where somebody can be asked.

    Enter alone takes the likeliest one only where it is then shown and nothing else. Raises
    NotFound where there is nothing to choose, and Refusal where nothing is chosen.
    """
    rows = subject.list_rows(desk)
    if not rows:
        step = f"See: {subject.list_command}"
        if subject.first_command:
            step = f"To add one: {subject.first_command}"
        raise NotFound(f"There are no {subject.plural}.", step)
    if subject.takes_only and len(rows) == 1:
        return rows[0].value
    question = subject.question
    if len(rows) > MOST_ROWS:
        question += f" ({MOST_ROWS} of {len(rows)} are listed)"
    choices = [(row.label, row.value) for row in rows[:MOST_ROWS]]
    choice = desk.asker.choose(
        question,
        choices,
        is_statement=not is_only_shown,
        by_number=all(isinstance(row.value, int) for row in rows),
    )
    if not isinstance(choice, int | str):
        raise Refusal("Nothing was done.")
    return choice


def find_subject(desk: Desk, subject: Subject, words: str) -> int | str:
    """Return the one thing that has all these words, as a command takes it.

    Each word may be the beginning of one of its own. Raises NotFound if nothing has them, or if
    more than one thing has: these are listed.
    """
    if not split_words(words):
        raise InvalidInput(
            f"“{shorten_text(words, 40)}” is neither a number nor words.",
            f"See: {subject.list_command}",
        )
    if subject.find_latest is not None:
        row = subject.find_latest(desk, words)
        if row is not None:
            return row.value
    rows = subject.list_rows(desk)
    matches = [row for row in rows if has_words(_spell_row(row), words)]
    key = fold_text(words)
    whole_matches = [row for row in matches if fold_text(row.title) == key]
    if len(whole_matches) == 1:
        matches = whole_matches
    if len(matches) == 1:
        return matches[0].value
    raise _build_match_error(subject, words, matches)


def _spell_row(row: SubjectRow) -> str:
    return f"{row.title} {row.other_words}"


def _build_match_error(
    subject: Subject, words: str, matches: Sequence[SubjectRow]
) -> NotFound:
    """Return the error that words fit nothing, or more than one thing."""
    quote = f"“{shorten_text(words, 40)}”"
    if not matches:
        return NotFound(
            f"There is no {subject.noun} with {quote}. Nothing was done.",
            f"See: {subject.list_command}",
        )
    lines = [f"{quote} fits {len(matches)} {subject.plural}. Nothing was done."]
    for row in matches[:_MOST_MATCHES]:
        lines.append(f"  - {row.value}: {row.label}")
    if len(matches) > _MOST_MATCHES:
        lines.append(f"  - and {len(matches) - _MOST_MATCHES} more")
    return NotFound("\n".join(lines), "Type one of the numbers, or more of the words.")


# Promises and goals


def _list_open_actions(desk: Desk) -> list[SubjectRow]:
    from coachlog.store.reading import action_queries

    with desk.read() as db:
        actions = action_queries.read_open_actions(db)
    return _build_action_rows(actions, desk.today)


def _list_closed_actions(desk: Desk) -> list[SubjectRow]:
    from coachlog.services.completion import MAX_OFFERS
    from coachlog.store.reading import action_queries

    with desk.read() as db:
        actions = action_queries.read_latest_closed_actions(db, MAX_OFFERS)
    return _build_action_rows(actions, desk.today)


def _list_actions(desk: Desk) -> list[SubjectRow]:
    return [*_list_open_actions(desk), *_list_closed_actions(desk)]


def _build_action_rows(actions: "Iterable[Action]", today: date) -> list[SubjectRow]:
    from coachlog.rules import disclosure

    entries = disclosure.veil_everyday_entries(actions)
    return [_build_promise_row(action, today) for action in entries]


def _build_promise_row(action: "Action", today: date) -> SubjectRow:
    from coachlog.dates import format_short_day
    from coachlog.model.actions import ActionStatus

    person_name = action.person.name if action.person else ""
    owner = {"me": "you", "them": person_name}.get(action.owner, action.owner)
    facts = [owner]
    if action.status is not ActionStatus.OPEN:
        facts.append(action.status.value)
    elif action.due:
        facts.append(f"due {format_short_day(action.due, today)}")
    label = f"{shorten_text(action.what, _LABEL_WIDTH)} ({', '.join(facts)})"
    set_name = action.set.name if action.set else ""
    other_words = f"{person_name} {owner} {set_name}"
    return SubjectRow(action.id, clean_line(label), action.what, other_words)


def _list_goals(desk: Desk) -> list[SubjectRow]:
    return _build_goal_rows(_read_veiled_goals(desk))


def _list_open_goals(desk: Desk) -> list[SubjectRow]:
    goals = _read_veiled_goals(desk)
    return _build_goal_rows(goal for goal in goals if goal.status.value == "open")


def _list_closed_goals(desk: Desk) -> list[SubjectRow]:
    goals = _read_veiled_goals(desk)
    return _build_goal_rows(goal for goal in goals if goal.status.value != "open")


def _read_veiled_goals(desk: Desk) -> "list[Goal]":
    from coachlog.rules import disclosure
    from coachlog.store.reading import goal_queries

    with desk.read() as db:
        return disclosure.veil_everyday_entries(goal_queries.read_goals(db))


def _build_goal_rows(goals: "Iterable[Goal]") -> list[SubjectRow]:
    rows = []
    for goal in goals:
        owner = goal.person.name if goal.person else "you"
        label = f"{shorten_text(goal.title, _LABEL_WIDTH)} ({clean_line(owner)})"
        rows.append(SubjectRow(goal.id, label, goal.title, owner))
    return rows


# What the programme was worth


def _list_benefits(desk: Desk) -> list[SubjectRow]:
    from coachlog.store.reading import worth_queries

    with desk.read() as db:
        benefits = worth_queries.read_benefits(db)
    return [
        SubjectRow(benefit.id, shorten_text(benefit.what, _LABEL_WIDTH), benefit.what)
        for benefit in benefits
    ]


def _list_worth_stories(desk: Desk) -> list[SubjectRow]:
    from coachlog.store.reading import worth_queries

    with desk.read() as db:
        stories = worth_queries.read_worth_stories(db)
    return [
        SubjectRow(
            story.id,
            shorten_text(story.before, _LABEL_WIDTH),
            story.before,
            " ".join(story.lines),
        )
        for story in stories
    ]


# Conversations


def _list_sessions(desk: Desk) -> list[SubjectRow]:
    from coachlog.services.completion import MAX_OFFERS
    from coachlog.store.reading import session_queries

    with desk.read() as db:
        sessions = session_queries.read_sessions(db, limit=MAX_OFFERS)
    return [_build_session_row(session) for session in sessions]


def _list_shared_sessions(desk: Desk) -> list[SubjectRow]:
    """Return the conversations held with one other person, or two: those that have an outcome."""
    from coachlog.services.completion import MAX_OFFERS
    from coachlog.store.reading import session_queries

    with desk.read() as db:
        sessions = session_queries.read_sessions(db, limit=MAX_OFFERS)
    return [
        _build_session_row(session)
        for session in sessions
        if session.people and session.set is None and session.status.value == "held"
    ]


def _list_deleted_sessions(desk: Desk) -> list[SubjectRow]:
    from coachlog.services.completion import MAX_OFFERS
    from coachlog.store.reading import session_queries

    with desk.read() as db:
        sessions = session_queries.read_sessions(
            db, deleted_only=True, limit=MAX_OFFERS
        )
    return [_build_session_row(session) for session in sessions]


def _build_session_row(session: "Session") -> SubjectRow:
    from coachlog.dates import format_medium_day

    day = format_medium_day(session.held_on)
    partner = session.with_whom or "alone"
    status = session.status.value
    is_said = status in ("held", fold_text(session.title))
    facts = "" if is_said else f", {status}"
    label = f"{day}, {clean_line(partner)}: {clean_line(session.title)}{facts}"
    other_words = f"{day} {partner} {session.template}"
    return SubjectRow(session.id, label, session.title, other_words)


def _find_latest_session(desk: Desk, words: str) -> SubjectRow | None:
    """Return the latest conversation with the one person whom words name; None for no such one."""
    from coachlog.names.matching import match_by_name
    from coachlog.store.reading import person_queries, session_queries

    with desk.read() as db:
        people = match_by_name(
            person_queries.read_people(db, include_archived=True), words
        )
        if len(people) != 1:
            return None
        sessions = session_queries.read_sessions(db, person_id=people[0].id)
    held_sessions = [session for session in sessions if session.status.value == "held"]
    latest_sessions = held_sessions or sessions
    return _build_session_row(latest_sessions[0]) if latest_sessions else None


def _list_returning_sessions(desk: Desk) -> list[SubjectRow]:
    """Return the conversations that come back by themselves, the next one first."""
    from coachlog.dates import format_short_day
    from coachlog.phrasing.recurrences import describe_recurrence
    from coachlog.store.reading import recurrence_queries

    with desk.read() as db:
        recurrences = recurrence_queries.read_recurrences(db)
    rows: dict[int, SubjectRow] = {}
    for recurrence in recurrences:
        id = recurrence.session
        day = format_short_day(recurrence.back_on, desk.today)
        label = f"{describe_recurrence(recurrence, desk.today)}: back on {day}"
        other_words = f"{label} {recurrence.template}"
        rows.setdefault(id, SubjectRow(id, label, recurrence.title, other_words))
    return list(rows.values())


def _list_drafts(desk: Desk) -> list[SubjectRow]:
    from coachlog.dates import format_days_ago
    from coachlog.store.reading import session_queries

    with desk.read() as db:
        drafts = session_queries.read_drafts(db)
    rows = []
    for draft in drafts:
        partner = draft.with_whom or "alone"
        start = format_days_ago(draft.begun_on, desk.today)
        label = f"{clean_line(partner)}: {clean_line(draft.title)}, started {start}"
        other_words = f"{partner} {draft.template}"
        rows.append(SubjectRow(draft.session, label, draft.title, other_words))
    return rows


# People, sets and templates


def _list_current_people(desk: Desk) -> list[SubjectRow]:
    """Return the people, whoever is due next first, as the home page has them."""
    from coachlog.rules.home_page import sort_by_next_talk
    from coachlog.store.reading import person_queries

    with desk.read() as db:
        contacts = person_queries.read_contacts(db)
    return [
        _build_person_row(contact)
        for contact in sort_by_next_talk(contacts, desk.today)
    ]


def _list_plans(desk: Desk) -> list[SubjectRow]:
    """Return the owner's own plan, which is nobody else's, and then everyone's."""
    own_row = SubjectRow("me", "nobody else’s: my own", "me")
    if not desk.journal.exists():
        return [own_row]
    return [own_row, *_list_current_people(desk)]


def _list_plan_owners(desk: Desk) -> list[SubjectRow]:
    """Return everyone whose plan there is, the owner first: theirs is there from the start."""
    return [SubjectRow("me", "my own", "me"), *_list_current_people(desk)]


def _list_archived_people(desk: Desk) -> list[SubjectRow]:
    from coachlog.store.reading import person_queries

    with desk.read() as db:
        contacts = person_queries.read_contacts(db, include_archived=True)
    return [
        _build_person_row(contact) for contact in contacts if contact.person.archived
    ]


def _build_person_row(contact: "Contact") -> SubjectRow:
    person = contact.person
    label = f"{clean_line(person.name)}, {describe_relationship(person.relationship)}"
    return SubjectRow(person.slug, label, person.name)


def _list_current_sets(desk: Desk) -> list[SubjectRow]:
    return _build_set_rows(desk, archived=False)


def _list_archived_sets(desk: Desk) -> list[SubjectRow]:
    return _build_set_rows(desk, archived=True)


def _build_set_rows(desk: Desk, *, archived: bool) -> list[SubjectRow]:
    from coachlog.store.reading import set_queries

    with desk.read() as db:
        sets = set_queries.read_sets(db, include_archived=archived)
    return [
        SubjectRow(learning_set.slug, clean_line(learning_set.name), learning_set.name)
        for learning_set in sets
        if learning_set.archived is archived
    ]


def _list_templates(desk: Desk) -> list[SubjectRow]:
    from coachlog.services.templates import list_templates

    templates = list_templates(desk, with_stages=False).templates
    return [
        SubjectRow(template.id, clean_line(template.title), template.title)
        for template in templates
    ]


def _list_settings(_desk: Desk) -> list[SubjectRow]:
    from coachlog.services.settings import SETTINGS

    return [
        SubjectRow(setting.key, f"{setting.key}: {setting.choices}", setting.key)
        for setting in SETTINGS.values()
    ]


_ACTIONS_LIST = "coachlog action list"
_ALL_ACTIONS_LIST = "coachlog action list --all"
_PROMISE_QUESTION, _GOAL_QUESTION = "Which promise?", "Which goal?"
_SESSION_QUESTION, _PERSON_QUESTION = "Which conversation?", "Who is it about?"
_PEOPLE_LIST = "coachlog person list"

OPEN_ACTION = Subject(
    "open promise",
    "open promises",
    _PROMISE_QUESTION,
    _ACTIONS_LIST,
    _list_open_actions,
)
CLOSED_ACTION = Subject(
    "closed promise",
    "closed promises",
    "Which promise is open again?",
    _ALL_ACTIONS_LIST,
    _list_closed_actions,
)
DONE_ACTION = OPEN_ACTION._replace(question="Which promise is done?")
DROPPED_ACTION = OPEN_ACTION._replace(question="Which promise is dropped?")
MOVED_ACTION = OPEN_ACTION._replace(question="Which promise gets another date?")
ANY_ACTION = Subject(
    "promise", "promises", _PROMISE_QUESTION, _ALL_ACTIONS_LIST, _list_actions
)
OPEN_GOAL = Subject(
    "open goal", "open goals", _GOAL_QUESTION, "coachlog goal list", _list_open_goals
)
CLOSED_GOAL = Subject(
    "closed goal",
    "closed goals",
    _GOAL_QUESTION,
    "coachlog goal list --all",
    _list_closed_goals,
)
ANY_GOAL = Subject(
    "goal", "goals", _GOAL_QUESTION, "coachlog goal list --all", _list_goals
)
SESSION = Subject(
    "conversation",
    "conversations",
    _SESSION_QUESTION,
    "coachlog session list",
    _list_sessions,
    _find_latest_session,
)
SHARED_SESSION = SESSION._replace(
    noun="conversation with somebody",
    plural="conversations with anybody",
    list_rows=_list_shared_sessions,
)
DELETED_SESSION = Subject(
    "deleted conversation",
    "deleted conversations",
    _SESSION_QUESTION,
    "coachlog session list --deleted",
    _list_deleted_sessions,
)
RETURNING_SESSION = Subject(
    "conversation that comes back",
    "conversations that come back",
    _SESSION_QUESTION,
    "coachlog",
    _list_returning_sessions,
)
DRAFT = Subject(
    "draft", "drafts", "Which draft?", "coachlog session list --drafts", _list_drafts
)
PERSON = Subject(
    "person", "people", _PERSON_QUESTION, _PEOPLE_LIST, _list_current_people
)
KEPT_PERSON = PERSON._replace(question="Who is kept?")
REPEATED_PERSON = PERSON._replace(question="Who is the same person?")
ARCHIVED_PERSON = Subject(
    "person in the archive",
    "people in the archive",
    _PERSON_QUESTION,
    f"{_PEOPLE_LIST} --archived",
    _list_archived_people,
)
PLAN_OWNER = PERSON._replace(question="Whose plan?", list_rows=_list_plan_owners)
PROMISE_PLAN = PERSON._replace(
    question="Whose plan does it belong to?", list_rows=_list_plans
)
SET = Subject(
    "set",
    "sets",
    "Which set?",
    "coachlog set list",
    _list_current_sets,
    first_command="coachlog set add",
)
ONLY_SET = SET._replace(takes_only=True)
ARCHIVED_SET = Subject(
    "set in the archive",
    "sets in the archive",
    "Which set?",
    "coachlog set list --archived",
    _list_archived_sets,
)
BENEFIT = Subject(
    "benefit",
    "benefits",
    "Which benefit?",
    "coachlog worth list",
    _list_benefits,
    first_command="coachlog worth add",
)
STORY = Subject(
    "story",
    "stories",
    "Which story?",
    "coachlog story list",
    _list_worth_stories,
    first_command="coachlog story add",
)
TEMPLATE = Subject(
    "template",
    "templates",
    "Which template?",
    "coachlog template list",
    _list_templates,
)
SETTING = Subject(
    "setting", "settings", "Which setting?", "coachlog config list", _list_settings
)
