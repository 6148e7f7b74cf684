"""What each command may show of a journal full of marked words, with the reason.

`test_disclosure` runs every line; the table in docs/privacy.md is made from them.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from command_support import CtrlC

OPEN = "openmark"
"""Words that are no secret: a line that shows none proves nothing."""
PRIVATE = "privatemark"
HEALTH = "healthmark"
NOTE = "notemark"
"""What is parked for the next talk: a note to oneself."""
DRAFT = "draftmark"
"""What was answered, or half typed, in a conversation that is not finished."""
ANN, BEN, ALL = "setmark-ann", "setmark-ben", "setmark-all"
"""What a set heard in the slots of two members, and outside of any slot."""
ANN_PRIVATE, ALL_PRIVATE = "setprivate-ann", "setprivate-all"
MARKS = (OPEN, PRIVATE, HEALTH, NOTE, DRAFT, ANN, BEN, ALL, ANN_PRIVATE, ALL_PRIVATE)
SECRET = frozenset(MARKS) - {OPEN}
OF_A_SET = frozenset({ANN, BEN, ALL, ANN_PRIVATE, ALL_PRIVATE})

SET_PROMISE, OPEN_PROMISE, PRIVATE_PROMISE, CLOSED = 3, 6, 7, 8
MEETING, TALK, REVIEW, DELETED, UNFINISHED = 1, 2, 4, 5, 6
OPEN_GOAL, PRIVATE_GOAL, CLOSED_GOAL = 1, 2, 3


# What each command may show


class Line(NamedTuple):
    """A command as typed, the marks seen in all that it says, and why the secret ones may be.

    `{out}` and `{home}` stand for folders; `replies` are those of a person at a terminal, `input`
    is on standard input. Without `json`, the line is not tried with `--json`.
    """

    typed: str
    shows: frozenset[str] = frozenset()
    why: str = ""
    code: int = 0
    replies: Mapping[str, Any] | None = None
    input: str | None = None
    json: bool = True


def marks(*of: str) -> frozenset[str]:
    return frozenset(of)


EVERYDAY = "an everyday screen, which veils nothing yet"
ITSELF = "the owner asked for this very thing"
ASKED = "--private asks for it"
SETS = "a set's own page or figures"
TO_RAISE = "parked to be raised with her"
WITH_HER = "comes back in the conversation with her"
UNDER_WAY = "the owner goes on with it"
NAMED = "the measure was named on the command line"

TALKS = marks(OPEN, PRIVATE)
SAID = marks(OPEN, PRIVATE, HEALTH)
IN_SET = marks(ANN, BEN, ALL)
IN_SET_PRIVATE = marks(*OF_A_SET)

LINES: dict[str, tuple[Line, ...]] = {
    "": (Line("", TALKS | IN_SET_PRIVATE, EVERYDAY),),
    "session new": (
        Line(
            "session new ann -t quick --answers -",
            input='{"answers": {"capture.mattered": "x"}}',
        ),
        Line(
            "session new ann -t quick",
            *(TALKS | {NOTE}, WITH_HER, 130),
            {"There is a draft": "start afresh", "capture.mattered": CtrlC()},
        ),
    ),
    "session cancel": (Line("session cancel ann --by me"),),
    "session resume": (
        Line(
            f"session resume {UNFINISHED}",
            *(TALKS | {NOTE, DRAFT}, UNDER_WAY, 130),
            {"capture.check": CtrlC()},
        ),
    ),
    "session list": (
        Line("session list --all", SAID | IN_SET_PRIVATE, ITSELF),
        Line("session list --drafts", marks(DRAFT), UNDER_WAY),
        Line("session list --deleted", SAID, ITSELF),
    ),
    "session show": (
        Line(f"session show {TALK}", SAID, ITSELF),
        Line(f"session show {MEETING}", IN_SET_PRIVATE, ITSELF),
        Line(f"session show {REVIEW}", TALKS, ITSELF),
        Line(f"session show {UNFINISHED}", marks(DRAFT), ITSELF),
    ),
    "session edit": (Line(f"session edit {TALK} --minutes 20"),),
    "session delete": (Line(f"session delete {TALK} --yes"),),
    "session restore": (Line(f"session restore {DELETED}"),),
    "brief": (
        Line("brief ann", marks(OPEN, NOTE), TO_RAISE),
        Line("brief ann --private", SAID | {NOTE}, ASKED),
    ),
    "template list": (Line("template list"),),
    "template show": (
        Line("template show grow"),
        Line("template show grow --markdown", json=False),
    ),
    "template form": (Line("template form grow"),),
    "template new": (Line("template new mine"),),
    "template check": (Line("template check"),),
    "person add": (Line("person add 'Eva Roe' -r peer"),),
    "person list": (Line("person list --archived"),),
    "person show": (Line("person show ann", TALKS, EVERYDAY),),
    "person edit": (Line("person edit ann --every 2w"),),
    "person note": (
        Line("person note ann --list", marks(NOTE), ITSELF),
        Line("person note ann --text x", json=False),
        Line("person note ann --drop 1", marks(NOTE), ITSELF, json=False),
    ),
    "person archive": (Line("person archive ann"),),
    "action add": (Line("action add ann --what x --owner me --private"),),
    "action list": (
        Line("action list --all", TALKS | IN_SET_PRIVATE, EVERYDAY),
        Line("action list -p ann", TALKS | {ANN, ANN_PRIVATE}, EVERYDAY),
    ),
    "action show": (
        Line(f"action show {PRIVATE_PROMISE}", marks(PRIVATE), ITSELF),
        Line(f"action show {SET_PROMISE}", marks(ANN), ITSELF),
    ),
    "action done": (Line(f"action done {PRIVATE_PROMISE}", marks(PRIVATE), EVERYDAY),),
    "action drop": (Line(f"action drop {PRIVATE_PROMISE}", marks(PRIVATE), EVERYDAY),),
    "action reopen": (Line(f"action reopen {CLOSED}", marks(PRIVATE), EVERYDAY),),
    "action move": (Line(f"action move {PRIVATE_PROMISE} --to fri", marks(PRIVATE), EVERYDAY),),
    "action edit": (
        Line(f"action edit {PRIVATE_PROMISE} --confidence 5", marks(PRIVATE), EVERYDAY),
    ),
    "action note": (Line(f"action note {PRIVATE_PROMISE} --text x", marks(PRIVATE), EVERYDAY),),
    "goal add": (Line("goal add ann --title x --private"),),
    "goal list": (Line("goal list --all", TALKS, EVERYDAY), Line("goal list ann", TALKS, EVERYDAY)),
    "goal show": (Line(f"goal show {PRIVATE_GOAL}", marks(PRIVATE), ITSELF),),
    "goal rate": (Line(f"goal rate {PRIVATE_GOAL} 1", marks(PRIVATE), EVERYDAY),),
    "goal close": (Line(f"goal close {PRIVATE_GOAL}", marks(PRIVATE), EVERYDAY),),
    "goal reopen": (Line(f"goal reopen {CLOSED_GOAL}", marks(PRIVATE), EVERYDAY),),
    "plan show": (
        Line("plan show ann --all", marks(OPEN)),
        Line("plan show ann --all --private", TALKS, ASKED),
    ),
    "plan export": (
        Line("plan export ann --all", marks(OPEN)),
        Line("plan export ann --all --style tasks --output {out}/plan.md", marks(OPEN)),
        Line("plan export ann --all --private", TALKS, ASKED),
        Line("plan export --set ward --output {out}", marks(ANN, BEN), SETS),
        Line(
            "plan export --set ward --output {out} --private", marks(ANN, BEN, ANN_PRIVATE), ASKED
        ),
        Line("plan export --set ward --whole-set --yes", IN_SET, SETS),
        Line("plan export --set ward --whole-set --yes --private", IN_SET_PRIVATE, ASKED),
    ),
    "set add": (Line("set add Chairs -m ann -m ben"),),
    "set list": (Line("set list --archived"),),
    "set show": (Line("set show ward", IN_SET_PRIVATE, EVERYDAY),),
    "set edit": (Line("set edit ward --every 4w"),),
    "set archive": (Line("set archive ward"),),
    "history show": (
        Line("history ann", marks(OPEN)),
        Line("history show ann --full", marks(OPEN)),
        Line("history show ann --full --private", SAID, ASKED),
    ),
    "history export": (
        Line("history export ann --full", marks(OPEN)),
        Line("history export ann --full --output {out}/history.md", marks(OPEN)),
        Line("history export ann --full --private", SAID, ASKED),
    ),
    "progress": (
        Line("progress", marks(OPEN)),
        Line("progress --private", TALKS, ASKED),
        Line("progress ann", marks(OPEN)),
        Line("progress ann --private", SAID, ASKED),
        Line("progress --picture {out}/progress.svg", marks(OPEN), json=False),
        Line("progress --ledger", marks(OPEN)),
        Line("progress --ledger --private", TALKS, ASKED),
        Line("progress --ledger --picture {out}/ledger.html", marks(OPEN), json=False),
        Line(f"progress --measure {OPEN}-drive", marks(OPEN)),
        Line(f"progress --measure {HEALTH}-sleep", marks(OPEN, HEALTH), NAMED),
        Line("progress --set ward", marks(ALL), SETS),
        Line("progress --set ward --private", marks(ALL, ALL_PRIVATE), ASKED),
        Line("progress --set ward --ledger", IN_SET, SETS),
        Line("progress --set ward --ledger --private", IN_SET_PRIVATE, ASKED),
        Line("progress --shadow", marks(OPEN)),
        Line("progress --shadow --private", TALKS, ASKED),
    ),
    "pulse new": (Line("pulse new --output {out}"),),
    "pulse add": (Line("pulse add 0000", code=2),),
    "pulse show": (Line("pulse show"),),
    "pulse list": (Line("pulse list"),),
    "pulse sheet": (Line("pulse sheet --output {out}"),),
    "demo": (Line("demo {home}", code=4),),
}


COMPLETED: dict[str, tuple[str, frozenset[str], str]] = {
    "suggest_people": ("brief ", marks(), ""),
    "suggest_actions": ("action done ", TALKS | IN_SET_PRIVATE, EVERYDAY),
    "suggest_goals": ("goal show ", TALKS, EVERYDAY),
    "suggest_formats": ("plan export ann --format ", marks(), ""),
    "suggest_pulses": ("pulse show ", marks(), ""),
    "suggest_drafts": ("session resume ", marks(), ""),
    "suggest_measures": (
        *("progress --measure ", SAID | {ANN, ALL, ALL_PRIVATE}),
        "names of measures, which templates give",
    ),
    "suggest_sets": ("set show ", marks(), ""),
    "suggest_templates": ("template show ", marks(), ""),
}
