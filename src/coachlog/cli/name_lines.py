"""A line that begins with a name in place of a command: whose it is, and what else may be meant.

Only a whole handle or name, or the beginning of one, is a person: a slip opens nobody's page.
"""

from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachlog.decoding import has_lone_surrogate
from coachlog.errors import NoJournal, NotFound
from coachlog.names import match_by_beginning
from coachlog.terminal.console import Console
from coachlog.text import clean_line, find_nearest_words

if TYPE_CHECKING:
    from coachlog.model import Person

_MOST_NEAREST = 3


def build_name_line(ctx: Any, verb: str, args: Sequence[str]) -> list[str] | None:
    """Return the verb, the handle of the person whom the words name, and the options after them.

    None where they name nobody. Raises NotFound, with the candidates, if they fit several people.
    """
    words = _take_leading_words(args)
    name = " ".join(words)
    if has_lone_surrogate(name):
        return None
    matches = match_by_beginning(_read_people(ctx, args), name)
    if not matches:
        return None
    if len(matches) > 1:
        labels = ", ".join(f"{person.name} ({person.slug})" for person in matches)
        raise NotFound(
            f"“{clean_line(name)}” could be: {labels}.",
            "Type a little more of the name.",
        )
    return [verb, matches[0].slug, *args[len(words) :]]


def _take_leading_words(args: Sequence[str]) -> list[str]:
    """Return the words before the first option."""
    return list(takewhile(lambda word: not word.startswith("-"), args))


def _read_people(ctx: Any, args: Sequence[str]) -> "list[Person]":
    """Return everyone in the journal of this run; nobody where there is no journal yet."""
    from coachlog.store import reading

    # The root's options are read, but its function, which builds the console, was not called yet.
    home = _find_typed_home(args) or ctx.find_root().params.get("home")
    if home is None and isinstance(ctx.obj, Console):
        home = ctx.obj.home_override
    try:
        with Console(home_override=home).desk.read() as db:
            return reading.read_people(db, include_archived=True)
    except NoJournal:
        return []


def _find_typed_home(args: Sequence[str]) -> Path | None:
    """Return the folder of a --home that comes after the words; None where there is none."""
    for word, next_word in zip(args, [*args[1:], ""], strict=True):
        flag, _, folder = word.partition("=")
        if flag == "--home" and (folder or next_word):
            return Path(folder or next_word)
    return None


def list_nearest(group: Any, ctx: Any, args: Sequence[str]) -> list[str]:
    """Return what may be meant by words that are no command: commands as typed, then people."""
    word = args[0]
    if has_lone_surrogate(word):
        return []
    nearest = find_nearest_words(word, [*group.command_helps])
    nearest += group.list_with_verb(word)
    if group.get_name_verb():
        people = {
            clean_line(person.name): person.slug for person in _read_people(ctx, args)
        }
        name = " ".join(_take_leading_words(args))
        names = find_nearest_words(name, [*people])
        nearest += [f"{name} ({people[name]})" for name in names]
    if not nearest and "show" in group.command_helps:
        nearest = [f"show {word}"]
    return nearest[:_MOST_NEAREST]
