"""A line that begins with a name in place of a command: whose it is, and what else may be meant.

Only a whole handle or name, or the beginning of one, is a person: a slip opens nobody's page.
"""

from collections.abc import Sequence
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachlog.cli.synonyms import REMARKS, repeat_words
from coachlog.decoding import has_lone_surrogate
from coachlog.errors import CoachlogError, NoJournal, NotFound
from coachlog.names.matching import label_candidates, match_by_beginning
from coachlog.terminal.console import Console
from coachlog.text import clean_line, find_nearest_words, has_words

if TYPE_CHECKING:
    from coachlog.model.people import Person
    from coachlog.services.desk import Desk

_MOST_NEAREST = 3


def build_name_line(
    home: Path | None, verb: str, args: Sequence[str]
) -> list[str] | None:
    """Return the verb, the handle of the person whom the words name, and the options after them.

    None where they name nobody. `home` is the folder of the journal, where one is given. Raises
    NotFound, with the candidates, if they fit several people.
    """
    words = _take_leading_words(args)
    name = " ".join(words)
    if has_lone_surrogate(name):
        return None
    matches = match_by_beginning(_read_people(home, args), name)
    if not matches:
        return None
    if len(matches) > 1:
        labels = label_candidates(matches)
        raise NotFound(
            f"“{clean_line(name)}” could be: {labels}.",
            "Type a little more of the name.",
        )
    return [verb, matches[0].slug, *args[len(words) :]]


def _take_leading_words(args: Sequence[str]) -> list[str]:
    """Return the words before the first option."""
    return list(takewhile(lambda word: not word.startswith("-"), args))


def _read_people(home: Path | None, args: Sequence[str]) -> "list[Person]":
    """Return everyone in the journal of this run; nobody where there is no journal yet."""
    from coachlog.store.reading import person_queries

    try:
        with _build_desk(home, args).read() as db:
            return person_queries.read_people(db, include_archived=True)
    except NoJournal:
        return []


def _build_desk(home: Path | None, args: Sequence[str]) -> "Desk":
    """Return the desk of this run, to look something up in its home."""
    return Console(home_override=_find_typed_home(args) or home).desk


def _find_typed_home(args: Sequence[str]) -> Path | None:
    """Return the folder of a --home that comes after the words; None where there is none."""
    for word, next_word in zip(args, [*args[1:], ""], strict=True):
        flag, _, folder = word.partition("=")
        if flag == "--home" and (folder or next_word):
            return Path(folder or next_word)
    return None


def describe_meaning(
    group: Any, ctx: Any, words: Sequence[str], *, has_show: bool = True
) -> str:
    """Return in a sentence what may be meant by words that are no command; '' for nothing."""
    if has_lone_surrogate(words[0]):
        return ""
    remark = REMARKS.get(words[0])
    if remark:
        return f" {remark}"
    lines = group.list_meant_lines(ctx, words)
    if lines:
        question = "Did you mean this?" if len(lines) == 1 else "Did you mean:"
        return "\n  ".join([f" {question}", *lines])
    nearest = _list_nearest(group, ctx, words)
    if not nearest and has_show and "show" in group.command_helps:
        nearest = [f"show {words[0]}"]
    return f" Did you mean {' or '.join(nearest)}?" if nearest else ""


def list_template_lines(ctx: Any, words: Sequence[str]) -> list[str]:
    """Return the line that begins the conversation of which the first word is the id, if it is."""
    from coachlog.templates.library import list_template_ids

    desk = _build_desk(ctx.obj.home_override, words)
    with suppress(CoachlogError):
        if words[0] in list_template_ids(desk.own_templates_folder):
            line = f"session new ... --template {words[0]}"
            return [repeat_words(line, words[1:])]
    return []


def _list_nearest(group: Any, ctx: Any, words: Sequence[str]) -> list[str]:
    """Return what looks like words that are no command: whole names, commands, other people."""
    word = words[0]
    nearest = find_nearest_words(word, [*group.command_helps])
    nearest += group.list_with_verb(word)
    if group.get_name_verb():
        people = {
            clean_line(person.name): person.slug
            for person in _read_people(ctx.obj.home_override, words)
        }
        name = " ".join(_take_leading_words(words))
        names = find_nearest_words(name, [*people])
        # A last name is meant as one, however much a command looks like it.
        whole_names = [each for each in names if has_words(each, name)]
        other_names = [each for each in names if each not in whole_names]
        nearest = [
            *(f"{each} ({people[each]})" for each in whole_names),
            *nearest,
            *(f"{each} ({people[each]})" for each in other_names),
        ]
    return nearest[:_MOST_NEAREST]
