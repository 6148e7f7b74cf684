"""What is timed: every line as it is typed, and how long it may take.

A limit is a ratio to `python -c pass` in the same round; of a first prompt, to a bare prompt of
questionary. `{action}` and `{other}` stand for open promises, `{session}` for a conversation
and `{day}` for a day that nothing was recorded for.
"""

import json
import re
from typing import NamedTuple

SMALL_JOURNAL = 10_000
"""How many sessions a journal may have at most for the first limit to hold."""


ACTIONS_A_SESSION = 2
ANSWERS_A_SESSION = 8
"""In the journals of journal.py, which has heavy imports of its own."""


class Limits(NamedTuple):
    """At most so many times the bare run, in journals up to 10,000 sessions and in longer ones."""

    small: float
    large: float

    def choose(self, sessions: int) -> float:
        """Return the limit for a journal with that many sessions."""
        return self.small if sessions <= SMALL_JOURNAL else self.large


class Case(NamedTuple):
    """A line to time; `undo` is run before each time, untimed, so that the line works again."""

    words: str
    limits: Limits | None = None
    name: str = ""
    shell: str = ""
    undo: str = ""
    typed: str = ""

    @property
    def title(self) -> str:
        """Return what it is called in a table."""
        return self.name or re.sub("{.*?}", "ID", self.words) or "coachlog"


def complete(shell: str, word: str, line: str) -> Case:
    """Return the case of pressing Tab behind a line: bash sends it whole, other shells in words."""
    words = f'9 {word} "coachlog {line}"' if shell == "bash" else line
    what = "a name" if word.startswith("person") else "a verb"
    return Case(words, COMPLETION, name=f"complete {what}, {shell}", shell=shell)


START = Limits(5, 5)
COMPLETION = Limits(4.5, 4.5)
READING = Limits(5.5, 6.5)
PROGRESS = Limits(7, 25)
CHANGE = Limits(5, 5)
DOCUMENT = Limits(20, 20)
CONVERSATION = Limits(35, 35)
RARE_SEARCH, SEARCH = Limits(7, 7), Limits(9, 9)
FIRST_PROMPT = Limits(1.3, 1.3)

FIFTY_CONVERSATIONS = "--since 2025-07-12"
"""In every journal that somebody has had more than fifty conversations with."""
FIVE_HUNDRED_CONVERSATIONS = "--since 2013-03-17"
"""In journals of 10,000 sessions and more; shorter ones have fewer conversations in all."""
NOTES = """We went through the rota.
- I will send the rota by 5 Jan
- They ask the nights by 8 Jan
private: they are tired
"""
ANSWERS = {
    "person": "person-01",
    "template": "grow",
    "held_on": "2026-11-20",
    "answers": {},
    "actions": [{"what": "Ask the nights", "owner": "them", "due": "2027-01-08"}],
}
SHELLS = ("bash", "zsh", "fish")

STARTS = (Case("--version"), Case("--help", START), Case("action done --help", START))
COMPLETIONS = (
    *(complete(shell, "person-0", "session new person-0") for shell in SHELLS),
    *(complete(shell, "do", "action do") for shell in SHELLS),
)
LIST_CASE = Case("action list", READING)
"""What listing in peers is compared with."""
READS = (
    LIST_CASE,
    Case("action list --json", READING),
    Case("session list --limit 20", READING),  # into a pipe goes everything
    Case("session list --json", READING),
    Case("person list", READING),
    Case("goal list", READING),
    Case("", READING),
    Case("brief person-01", READING),
    Case("plan show person-01", READING),
    Case(
        f"history person-01 {FIFTY_CONVERSATIONS}",
        READING,
        name="history person-01, 50 conversations",
    ),
    Case("progress", PROGRESS),
    Case("progress person-01", PROGRESS),
    Case("search 77 --person person-01", SEARCH, name="search, of one person"),
    Case("search 777", RARE_SEARCH, name="search, a rare word"),
    Case("search answer", SEARCH, name="search, a common word"),
    Case("search answer --best", name="search --best, a common word"),
    Case("action show {action}"),
    Case("session show {session}"),
    Case("template list"),
)
EXPORTS = (
    Case("plan export person-01"),
    Case("session export {session} --yes"),
    Case("history person-01 --json"),
    Case(
        f"history export person-01 --format html {FIVE_HUNDRED_CONVERSATIONS}",
        DOCUMENT,
        name="history export person-01 --format html, 500 conversations",
    ),
)
ADD_CASE = Case(
    'action add person-01 "Ring the ward by 5 Jan"', CHANGE, name="action add"
)
"""What adding in peers is compared with."""
CHANGES = (
    Case("action done {action}", CHANGE, undo="action reopen {action}"),
    Case("action move {other} --to +2w", CHANGE, undo="action move {other} --to +3w"),
    Case("action note {other} --text Half", CHANGE),
    Case('note person-01 "Ask about leave"', CHANGE, name="note"),
    Case("met person-01 --on {day}", CHANGE, name="met"),
    Case("goal rate 1 5", CHANGE),
    ADD_CASE,
)
CONVERSATIONS = (
    Case("log person-01 --from - --again", CONVERSATION, typed=NOTES),
    Case("session new --answers - --again", CONVERSATION, typed=json.dumps(ANSWERS)),
)
CASES = (*STARTS, *COMPLETIONS, *READS, *EXPORTS, *CHANGES, *CONVERSATIONS)

PROMPTS = (
    Case("log person-01", FIRST_PROMPT),
    Case("session new", FIRST_PROMPT),
    Case("session new person-01", FIRST_PROMPT),
    Case("session new person-01 -t grow", FIRST_PROMPT),
    Case("action done"),
)
"""What asks something: timed to its first prompt, on a terminal."""

CHECK_CASE = Case("check")
MOST_PLAIN_READS = 10
"""How many times a plain read of every row `check` may take."""

WHOLE_JOURNAL = (
    Case("session list --all --json"),
    Case("export table sessions"),
    Case("export table actions"),
    Case("ics"),
    Case("action list --all --json"),
    Case("action list --all"),
    Case("progress --ledger"),
    Case("progress --ledger --json"),
)
"""What prints everything there is: timed once, by what it takes of the processor."""
LEAST_ANSWERS_A_SECOND = 200_000
"""Of the journal, in what prints all of it."""
MOST_MEMORY = 60.0
"""In MB, over what `--version` takes."""
