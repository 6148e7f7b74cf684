"""Words that are no command, but that people type: short forms, and what is called otherwise here.

A short form simply works. Any other word is answered with the command that does what the word means
elsewhere. Commands and the names of people go before both: see `groups`.
"""

import re
from collections.abc import Collection, Sequence

from coachlog.text import fold_text

SHORT_FORMS = {
    "new": "session new",
    "resume": "session resume",
    "done": "action done",
    "move": "action move",
    "drop": "action drop",
    "rate": "goal rate",
    "ls": "action list",
    "actions": "action list",
    "promises": "action list",
    "goals": "goal list",
    "people": "person list",
    "notes": "note --list",
    "sessions": "session list",
    "conversations": "session list",
    "drafts": "session list --drafts",
    "sets": "set list",
    "templates": "template list",
    "settings": "config list",
}
"""What works in place of a command: words that can mean one thing only here, and delete nothing."""
LIST_VERBS = ("ls", "list")
"""Before the short form of a list they say nothing more: `ls people`."""
VERB_SHORT_FORMS = {"ls": "list", "new": "add", "add": "new"}
"""The same after a noun that has the verb on the right: `person new`, `session add`."""


def _list_by_word(*rows: tuple[str, str]) -> dict[str, tuple[str, ...]]:
    """Return what is on the right of each row by each of the words on the left."""
    return {
        word: tuple(lines.split(", "))
        for words, lines in rows
        for word in words.split()
    }


MEANINGS = _list_by_word(
    # Conversations
    ("start begin talk chat conversation hold", "session new ..., log ..."),
    ("meet meeting meetings catch-up catchup", "session new ..., log ..., met ..."),
    ("1:1 1-1 1-2-1 121 1on1 1-on-1", "session new ..., log ..."),
    ("one-to-one one-on-one coach coaching", "session new ..., log ..."),
    ("record write jot capture minutes entry", "log ..., note ..."),
    ("journal diary", "log ..., history ..."),
    ("feedback", "session new ... --template sbi, note ... --kind seen"),
    ("praise", "session new ... --template sbi, note ... --kind thanks"),
    ("thank thanks kudos", "note ... --kind thanks"),
    ("observe observation seen", "note ... --kind seen"),
    ("evidence", "note ... --kind evidence"),
    ("sick sickness absence", "session new ... --template return"),
    ("appraisal pdr", "session new ... --template pdp"),
    ("review reflect reflection", "session new --template shadow, progress --shadow"),
    ("continue carry-on", "session resume ..."),
    ("draft", "session list --drafts, session resume ..., session discard ..."),
    ("discard abandon scrap throw", "session discard ..."),
    ("decline snooze", "session decline ..."),
    ("cancelled no-show missed", "session cancel ..., set cancel ..."),
    ("saw spoke", "met ..."),
    ("raise park remember remind reminder memo", "note ..."),
    # Promises and goals
    ("promise commit commitment todo task", "action add ..., action list ..."),
    ("todos tasks commitments owe owed", "action list ..., action add ..."),
    ("overdue late", "action list ... --overdue"),
    ("do did complete completed finish finished tick", "action done ..."),
    ("close achieve achieved", "goal close ..., action done ..."),
    ("reschedule postpone defer snooze delay", "action move ..."),
    ("due", "action list ..., action move ..."),
    ("cancel", "session cancel ..., set cancel ..., action drop ..."),
    (
        "rm remove del erase forget delete",
        "action drop ..., session delete ..., person archive ...",
    ),
    (
        "undone uncheck reopen revert",
        "undo, action reopen ..., session edit ..., session restore ...",
    ),
    ("undelete restore recover", "undo, session restore ..., action reopen ..."),
    ("objective objectives target okr", "goal add ..., goal list ..."),
    ("score rating", "goal rate ..."),
    # People and sets
    ("add create", "action add ..., person add ..., note ..., goal add ..."),
    ("persons contact contacts team staff who", "person list"),
    ("employee employees directs members", "person list"),
    ("me whoami", "plan show me, action list --owner me, person edit me"),
    ("leave holiday pause", "person edit ... --pause-until DATE"),
    ("every rhythm", "person edit ... --every 2w"),
    ("rename", "person edit ... --name NAME"),
    ("archive", "person archive ..., set archive ..."),
    (
        "edit change update modify amend fix",
        "action edit ..., session edit ..., person edit ...",
    ),
    ("group groups cohort", "set list, set add ..."),
    ("buddy buddies", "set support ..."),
    # What there is to read
    ("list all index", "action list ..., person list, session list ..."),
    (
        "show view open get cat read see",
        "brief ..., session show ..., action show ...",
    ),
    ("prep prepare", "brief ..."),
    ("find grep look", "search ..."),
    ("timeline", "history ..."),
    ("stories case-study vignette", "story add, story list"),
    ("stats statistics figures metrics", "progress ..."),
    ("report reports", "progress ..., person list"),
    ("dashboard summary chart kpi", "progress ..., history ..."),
    ("survey poll", "pulse new, pulse show"),
    ("resilience energy mood burnout stress", "tank new, tank show"),
    ("facilitator cards themes", "workshop new, workshop show"),
    ("benefit benefits roi value impact", "worth add, worth show"),
    ("print share send mail email", "plan export ..., history export ..."),
    ("pdf word html markdown", "plan export ..., history export ..."),
    ("calendar ical outlook", "ics"),
    ("csv excel spreadsheet table", "export table ..."),
    ("questions agenda", "template show ..., brief ..."),
    ("models frameworks", "template list"),
    # coachlog itself
    ("today home status now next inbox", ""),
    ("init setup install", "person add, config list"),
    ("preferences prefs options configure", "config list"),
    ("diagnose diagnosis diagnostics checkup troubleshoot", "doctor"),
    ("health damaged broken repair mend", "doctor, doctor --mend"),
    ("man manual usage commands docs ?", "help"),
    ("version about", "--version"),
    ("tutorial tour try sample example", "demo"),
    ("autocomplete completions tab", "completion"),
)
"""The commands that a word from elsewhere stands for, the likeliest first; '' is bare coachlog.

What was typed after the word takes the place of the three dots.
"""
VERB_MEANINGS = _list_by_word(
    ("create make start begin hold", "new, add"),
    ("all index browse", "list"),
    ("view read open get see info", "show, reopen"),
    ("change modify update rename amend fix correct", "edit, set"),
    ("done complete completed finish finished tick achieve", "done, close"),
    ("close", "done, archive"),
    ("rm remove del erase delete drop", "drop, delete, archive, unset, close"),
    ("abandon scrap throw", "discard, delete, drop"),
    ("reschedule postpone defer snooze delay", "move"),
    ("undo undone uncheck undelete recover", "reopen, restore"),
    ("continue carry-on", "resume"),
    ("cancelled skip", "cancel"),
    ("share send print save pdf word html", "export"),
    ("score", "rate"),
    ("comment remark", "note"),
    ("combine join", "merge, edit"),
    ("pause rhythm", "edit"),
    ("validate lint", "check"),
    ("reply replies", "add"),
    ("result results", "show"),
)
"""The verbs that a word after a noun stands for, the likeliest first; a noun has some of them."""
REMARKS = dict.fromkeys(
    ("quit", "exit", "q", "bye", "stop"),
    "There is nothing to leave: each command ends by itself.",
)
"""What to say of a word that no command is needed for."""

_PLAIN_WORD = r"[\w:./+-]+"
_QUOTABLE_WORD = r"[\w:,./+() -]+"
"""Words that all shells take as they are, without quotation marks and between double ones."""
_LONGEST_REPETITION = 60


def expand_short_form(words: Sequence[str]) -> list[str] | None:
    """Return the line that a short form at the beginning stands for; None if there is none."""
    first_word, *others = words
    if others and fold_text(first_word) in LIST_VERBS:
        list_line = SHORT_FORMS.get(fold_text(others[0]), "")
        if "list" in list_line:
            return [*list_line.split(), *others[1:]]
    line = SHORT_FORMS.get(fold_text(first_word))
    return None if line is None else [*line.split(), *words[1:]]


def expand_verb(words: Sequence[str], verbs: Collection[str]) -> list[str] | None:
    """Return the line after a noun of these verbs, if its first word is one in other words."""
    verb = VERB_SHORT_FORMS.get(fold_text(words[0]))
    if verb is None or verb not in verbs:
        return None
    return [verb, *words[1:]]


def list_meant_commands(words: Sequence[str]) -> list[str]:
    """Return the commands that the first of some words means elsewhere, with the other words."""
    lines = MEANINGS.get(fold_text(words[0]), ())
    return [repeat_words(line, words[1:]) for line in lines]


NOUN_MEANINGS = {
    "export": ("plan export ...", "history export ...", "session export ..."),
}
"""What is meant by a noun that something else follows than one of its verbs."""
PAGE_MEANINGS = _list_by_word(
    ("plan plans word", "plan export ..."),
    ("history story timeline", "history export ..."),
    ("session sessions conversation conversations meeting", "session export ..."),
    ("set sets", "plan export --set ..."),
    ("template templates", "template form ..."),
    ("ics ical calendar calendars", "ics ..."),
    ("csv excel spreadsheet tables", "export table ..."),
    ("promises promise actions action", "export table actions ..."),
)
"""What is meant by `export` and the name of a page, in place of one of its verbs."""
EXPORT_MEANINGS = {
    "set": ("plan export --set ...",),
    "goal": ("plan export ...",),
    "action": ("plan export ...", "export table actions ..."),
    "person": ("plan export ...", "history export ..."),
}
"""What is meant by a noun and `export`, where the noun has no pages of its own."""


def list_meant_pages(noun: str, words: Sequence[str]) -> list[str]:
    """Return the commands that a noun means with these words after it, of which none is a verb."""
    word = fold_text(words[0])
    lines = PAGE_MEANINGS.get(word) if noun == "export" else None
    if word == "export":
        lines = EXPORT_MEANINGS.get(noun)
    if lines:
        return [repeat_words(line, words[1:]) for line in lines]
    return [repeat_words(line, words) for line in NOUN_MEANINGS.get(noun, ())]


def list_meant_verbs(words: Sequence[str], verbs: Collection[str]) -> list[str]:
    """Return the verbs of a noun that the first of some words means, with the other words."""
    meant_verbs = VERB_MEANINGS.get(fold_text(words[0]), ())
    return [
        repeat_words(f"{verb} ...", words[1:]) for verb in meant_verbs if verb in verbs
    ]


def repeat_words(line: str, words: Sequence[str]) -> str:
    """Return a line with the words in their place; without them where no shell would take them."""
    repetition = " ".join(map(_quote_word, words))
    is_plain = all(re.fullmatch(_QUOTABLE_WORD, word) for word in words)
    if not is_plain or len(repetition) > _LONGEST_REPETITION:
        repetition = ""
    return " ".join(line.replace("...", repetition).split())


def _quote_word(word: str) -> str:
    """Return a word as it is typed in any shell, with quotation marks where it needs them."""
    return word if re.fullmatch(_PLAIN_WORD, word) else f'"{word}"'
