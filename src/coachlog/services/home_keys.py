"""The keys of the home page: what each does, and to which promise or person."""

from collections.abc import Sequence

from coachlog.model.actions import Action
from coachlog.model.people import Contact
from coachlog.model.today import TodayView
from coachlog.names.matching import fits_name, match_by_name
from coachlog.rules import disclosure, home_page
from coachlog.services.desk import Desk
from coachlog.services.promises import describe_recorded_promise
from coachlog.text import clean_line, extract_first_name, has_words, shorten_text

HomeKey = tuple[str, str]
"""A key, and what it does in a word or two."""

LOG_COMMAND = "log"

_DONE, _MOVE, _LOG, _BRIEF, _DISCARD = "d", "m", "l", "b", "x"
_KEY_EFFECTS = {
    _DONE: "marks a promise done",
    _MOVE: "gives a promise another date",
    _LOG: "records a conversation",
    _BRIEF: "what to know before the next one",
    _DISCARD: "throws an old draft away; it asks",
}
_PROMISE_KEYS = {
    _DONE: ("done", "Which promise is done?"),
    _MOVE: ("move", "Which promise gets another date?"),
}
"""The verb and the question of each key for a promise."""
_PROMISE_HELP = "Its number, its words, or whose it is."


def list_home_keys(overview: TodayView) -> list[HomeKey]:
    """Return the keys that have something to act on; where that is one thing, they name it."""
    keys = []
    actions, people = overview.actions, overview.next_talks
    if actions:
        number = f" {actions[0].id}" if len(actions) == 1 else ""
        keys += [(_DONE, f"done{number}"), (_MOVE, f"move{number}")]
    if people:
        name = ""
        if len(people) == 1:
            name = f" {clean_line(extract_first_name(people[0].person.name))}"
        keys += [(_LOG, f"log{name}"), (_BRIEF, f"brief{name}")]
    if home_page.list_old_drafts(overview.drafts, overview.date):
        keys.append((_DISCARD, "discard draft"))
    return keys


def describe_home_keys(keys: Sequence[HomeKey]) -> list[HomeKey]:
    """Return what each key does in a few words, and in the end which keys leave."""
    effects = [(key, _KEY_EFFECTS[key]) for key, _ in keys]
    return [*effects, ("Enter", "leaves, as any other key does")]


def choose_home_command(desk: Desk, overview: TodayView, key: str) -> list[str]:
    """Return the words of the command that a key stands for; empty for any other key, or for none.

    Which promise or person is asked only where there are several.
    """
    if key not in dict(list_home_keys(overview)):
        return []
    if key == _LOG:
        return [LOG_COMMAND, *_find_only_handle(overview.next_talks)]
    if key == _DISCARD:
        return ["session", "discard", *_find_only_draft(overview)]
    if key == _BRIEF:
        handle = _choose_handle(desk, overview)
        return ["brief", handle] if handle else []
    verb, question = _PROMISE_KEYS[key]
    ids = _choose_promises(desk, overview, question)
    return ["action", verb, *ids] if ids else []


def _find_only_handle(contacts: Sequence[Contact]) -> list[str]:
    """Return the handle of the only person there is; nobody's where `log` has to ask."""
    if len(contacts) != 1:
        return []
    return [contacts[0].person.slug]


def _find_only_draft(overview: TodayView) -> list[str]:
    """Return the number of the only old draft; nothing where `session discard` has to ask."""
    drafts = home_page.list_old_drafts(overview.drafts, overview.date)
    return [str(drafts[0].session)] if len(drafts) == 1 else []


def _choose_promises(desk: Desk, overview: TodayView, question: str) -> list[str]:
    """Return the number of the promise meant, or several that were typed; empty for none.

    The only one there is is meant without asking, unless the page only counts it.
    """
    promises = overview.promises
    if len(overview.actions) == 1:
        (action,) = overview.actions
        if action in (*promises.mine, *promises.theirs):
            return [str(action.id)]
        desk.asker.tell(describe_recorded_promise(action, desk.today))
    while words := desk.asker.ask_words(question, _PROMISE_HELP):
        matches = find_promises(overview, words)
        if len(matches) == 1 or (matches and _list_numbers(words)):
            return [str(action.id) for action in matches]
        desk.asker.tell(_describe_promise_matches(words, matches))
    return []


def find_promises(overview: TodayView, words: str) -> list[Action]:
    """Return the open promises with these numbers, or else with this person or these words.

    There are none if one of several numbers is no open promise. Of those found by a name or by
    words, it is the ones due about now if any are.
    """
    numbers = _list_numbers(words)
    if numbers:
        return _find_numbered(overview, numbers)
    matches = _match_by_person(overview, words) or _match_by_words(overview, words)
    promises = overview.promises
    due_ids = {action.id for action in (*promises.mine, *promises.theirs)}
    due_matches = [action for action in matches if action.id in due_ids]
    return due_matches or matches


def _find_numbered(overview: TodayView, numbers: Sequence[int]) -> list[Action]:
    actions = {action.id: action for action in overview.actions}
    if not actions.keys() >= set(numbers):
        return []
    return [actions[number] for number in dict.fromkeys(numbers)]


def _match_by_person(overview: TodayView, words: str) -> list[Action]:
    return [action for action in overview.actions if _fits_promise(words, action)]


def _match_by_words(overview: TodayView, words: str) -> list[Action]:
    """Return the promises with these words; what is private is found by number or person alone."""
    actions = disclosure.veil_everyday_entries(overview.actions)
    return [action for action in actions if has_words(action.what, words)]


def _fits_promise(words: str, action: Action) -> bool:
    return any(fits_name(words, name) for name in _list_promise_names(action))


def _list_numbers(words: str) -> list[int]:
    """Return the numbers that were typed, such as `13 #12`; none where anything else was."""
    parts = words.replace(",", " ").split()
    numbers = [_parse_number(part) for part in parts]
    if None in numbers:
        return []
    return [number for number in numbers if number is not None]


def _parse_number(words: str) -> int | None:
    """Return the number that was typed; None if it is something else."""
    digits = words.strip().removeprefix("#")
    if not (digits.isascii() and digits.isdigit()):
        return None
    return int(digits[:18])


def _list_promise_names(action: Action) -> list[str]:
    """Return the names by which a promise can be meant: its owner's, its person's, its set's."""
    names = [reference.name for reference in (action.person, action.set) if reference]
    if action.owner not in ("me", "them"):
        names.append(action.owner)
    return names


def _describe_promise_matches(words: str, matches: Sequence[Action]) -> str:
    if not matches:
        return f"No open promise fits “{shorten_text(words, 40)}”."
    choices = "; ".join(f"{action.id} {action.what}" for action in matches)
    return f"Which of these? {choices}"


def _choose_handle(desk: Desk, overview: TodayView) -> str | None:
    """Return the handle of the person meant, of the next one for Enter alone."""
    contacts = overview.next_talks
    first = contacts[0].person
    if len(contacts) == 1:
        return first.slug
    help = f"A name, or the number of a promise. Enter: {first.name}."
    while words := desk.asker.ask_words("Whose brief?", help):
        handles = find_handles(overview, words)
        if len(handles) == 1:
            return handles[0]
        desk.asker.tell(_describe_handle_matches(words, handles))
    return first.slug


def find_handles(overview: TodayView, words: str) -> list[str]:
    """Return the handles of the people whom a name, or the number of a promise, may mean."""
    people = [contact.person for contact in overview.next_talks]
    if _parse_number(words) is None:
        return [person.slug for person in match_by_name(people, words)]
    promises = find_promises(overview, words)
    ids = {action.person.id for action in promises if action.person}
    return [person.slug for person in people if person.id in ids]


def _describe_handle_matches(words: str, handles: Sequence[str]) -> str:
    if not handles:
        return f"Nobody here fits “{shorten_text(words, 40)}”."
    return f"Which of these? {', '.join(handles)}"
