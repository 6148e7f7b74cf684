"""The table of commands, from which help and completion know all nouns without their modules.

A noun's module is imported when a command of it is called; a test compares the table with them.
"""

from collections.abc import Sequence
from importlib import import_module

from coachlog.cli.declare import Command, Noun

COMMANDS = {
    "Conversations": {
        "log": "Write a conversation down in one box, as in a notes file.",
        "session": "Hold, read and correct conversations, and carry on with drafts.",
        "brief": "One screen about someone, to read just before you meet.",
        "note": "One line about someone, kept until you have said it.",
        "met": "Seen and spoken to, without a conversation.",
        "template": "The guided conversations to choose from.",
    },
    "People and promises": {
        "person": "The people you talk with.",
        "action": "Promises, yours and theirs.",
        "goal": "Longer-term goals, and progress towards them.",
        "plan": "A person's plan, to read or to hand over.",
        "set": "Action learning sets: peers who ask and do not advise.",
    },
    "Looking back": {
        "search": "Find words in what is on record.",
        "history": "A person's whole story: conversations, promises, goals, gaps.",
        "progress": "Conversations held, promises kept, and what is changing.",
        "export": "Files for other programs, and which formats pages can have.",
        "ics": "What is due, for your calendar: promises, reviews, next 1:1s.",
        "pulse": "Whether your team can rely on your word, asked without names.",
        "tank": "How full you are yourself: a minute a week, for you alone.",
        "workshop": "A one-day workshop: theme cards, and what participants say without names.",
        "programme": "Figures of many managers together, in which nobody is exposed.",
        "story": "What came of the programme, in five lines that you clear of names.",
        "worth": "Whether the programme was worth it: what changed, for yourself.",
    },
    "Looking after it": {
        "check": "Whether every entry of the journal is as it was written.",
        "doctor": "What is wrong with the journal, its folder or its disk.",
        "backup": "Backups of the journal: made each day, checked, and brought back.",
        "undo": "Take back the last change to the journal.",
        "redo": "Bring back what was taken back.",
    },
    "Getting to know it": {
        "demo": "A made-up year to explore, in a folder of its own.",
        "help": "What a command does, and its options.",
        "completion": "Let the Tab key complete commands, names and numbers.",
        "config": "Your settings: how often to meet, the usual conversation, the pager.",
    },
}
NOUN_HELPS = {name: help for group in COMMANDS.values() for name, help in group.items()}
DEFAULT_VERBS = {"history": "show"}
"""The verb of a noun that a name follows at once: `history priya`."""
NAME_COMMAND = "brief"
"""The command that a person's name alone stands for."""
NAME_VERBS = {
    "action": "list",
    "goal": "list",
    "person": "show",
    "plan": "show",
    "session": "show",
}
"""The verb of a noun that a person's name may follow at once, where it stands alone."""

FIRST_COMMANDS = {
    "pulse": "pulse new",
    "set": "set add",
    "story": "story add",
    "tank": "tank new",
    "workshop": "workshop new",
    "worth": "worth add",
}
"""The command of a noun that its first thing comes from, where there is no journal yet either."""


def load_noun(name: str) -> Noun:
    """Return what the module of a noun of the table declares, imported now."""
    noun: Noun = import_module(f"coachlog.cli.{name}").app
    return noun


def complete_verb(noun: Noun, words: Sequence[str]) -> list[str]:
    """Return the words after a noun with the verb that goes without saying, and no `help`."""
    if list(words[:1]) == ["help"]:
        words = [*words[1:], "--help"]
    default_verb = DEFAULT_VERBS.get(noun.name)
    if default_verb and words and words[0] not in (*noun.commands, "-h", "--help"):
        words = [default_verb, *words]
    return list(words)


def list_commands() -> list[Command]:
    """Return every command, in the order of the help; all modules of nouns are imported for it."""
    return [
        command for noun in NOUN_HELPS for command in load_noun(noun).commands.values()
    ]
