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
DRAFT, DRAFT_PRIVATE = "draftmark", "draftprivate"
"""What was answered in conversations that are not finished; the private one half typed, too."""
ANN, BEN, ALL = "setmark-ann", "setmark-ben", "setmark-all"
"""What a set heard in the slots of two members, and outside of any slot."""
SUPPORT = "setmark-support"
"""What its members offer and ask between two meetings."""
ANN_PRIVATE, ALL_PRIVATE = "setprivate-ann", "setprivate-all"
TANK = "tankmark"
"""What drained and filled the owner's own tank."""
WORTH = "worthmark"
"""What the programme was worth to the owner: benefits, and stories."""
MARKS = (
    *(OPEN, PRIVATE, HEALTH, NOTE, DRAFT, DRAFT_PRIVATE, TANK),
    *(ANN, BEN, ALL, SUPPORT, ANN_PRIVATE, ALL_PRIVATE, WORTH),
)
SECRET = frozenset(MARKS) - {OPEN}
KINDS = {
    "private": frozenset({PRIVATE, DRAFT_PRIVATE, ANN_PRIVATE, ALL_PRIVATE}),
    "about health": frozenset({HEALTH}),
    "said in a set": frozenset({ANN, BEN, ALL, SUPPORT}),
    "notes for next time": frozenset({NOTE}),
    "your own tank": frozenset({TANK}),
    "worth": frozenset({WORTH}),
}
"""The marks of each kind of secret, as the table in docs/privacy.md heads its columns."""
OF_A_SET = frozenset({ANN, BEN, ALL, SUPPORT, ANN_PRIVATE, ALL_PRIVATE})

SET_PROMISE, OPEN_PROMISE, PRIVATE_PROMISE, CLOSED = 3, 6, 7, 8
MEETING, TALK, REVIEW, DELETED, UNFINISHED, UNFINISHED_TOO = 1, 2, 4, 5, 6, 7
TANK_SESSION = 9
OPEN_GOAL, PRIVATE_GOAL, CLOSED_GOAL = 1, 2, 3


# What each command may show


class Line(NamedTuple):
    """A command as typed, the marks seen in all that it says, and why the secret ones may be.

    `{out}`, `{sent}` and `{home}` stand for folders, `{join}` for the file of a programme;
    `replies` are those of a person at a terminal, `input` is on standard input. Without `json`,
    the line is not tried with `--json`. `code` is None where the exit code depends on this machine.
    """

    typed: str
    shows: frozenset[str] = frozenset()
    why: str = ""
    code: int | None = 0
    replies: Mapping[str, Any] | None = None
    input: str | None = None
    json: bool = True


def marks(*of: str) -> frozenset[str]:
    return frozenset(of)


EVERYDAY = "an everyday screen of your own"
ITSELF = "you asked for your notes"
OWN_TANK = "you asked for your own tank"
ASKED = "--private asks for it"
A_SETS = "a promise of a set is no secret from its members, and you are one"
SETS = "a set's own page or figures"
TO_RAISE = "parked to be raised in the next conversation"
OF_ONES_OWN = "you look at what you recorded for yourself"
WITH_THEM = "you say what became of each promise, which takes its words"
UNDER_WAY = "you go on with what you were typing"
CORRECTED = "you correct these very words"
NAMED = "you named the measure"
LEFT_OUT = "what is left out of your own plan is listed, as on an everyday screen"
PICKED = "you picked it for a page of your own plan, and what is left out is listed"

WHAT_TO_CHANGE = "What would you like to change?"

VEILED = marks(OPEN)
TALKS = marks(OPEN, PRIVATE)
SAID = marks(OPEN, PRIVATE, HEALTH)
IN_SET = marks(ANN, BEN, ALL)
IN_SET_PRIVATE = marks(ANN, BEN, ALL, ANN_PRIVATE, ALL_PRIVATE)

LINES: dict[str, tuple[Line, ...]] = {
    "": (
        Line("", VEILED | IN_SET, EVERYDAY),
        Line("--private", TALKS | IN_SET_PRIVATE, ASKED),
    ),
    "log": (
        Line("log ann", input="All well.\n- send it by fri\n"),
        Line("log ann --dry-run", input="All well.\n"),
        Line(
            "log ann",
            *(TALKS | {NOTE}, WITH_THEM, 0),
            {"notes": "x", "agree": ""},
        ),
    ),
    "session new": (
        Line(
            "session new ann -t quick --answers -",
            input='{"answers": {"capture.mattered": "x"}}',
        ),
        Line(
            "session new ann -t quick",
            *(TALKS | {NOTE}, WITH_THEM, 130),
            {"There is a draft": "start afresh", "capture.mattered": CtrlC()},
        ),
        Line(
            "session new -t quick --with ann --with ben",
            code=130,
            replies={"capture.mattered": CtrlC()},
        ),
        Line(
            "session new --set ward -t als",
            *(IN_SET_PRIVATE, WITH_THEM, 130),
            {":present": CtrlC()},
        ),
    ),
    "session cancel": (Line("session cancel ann --by me"),),
    "session resume": (
        Line(
            f"session resume {UNFINISHED}",
            *(TALKS | {NOTE, DRAFT_PRIVATE}, UNDER_WAY, 130),
            {"capture.check": CtrlC()},
        ),
    ),
    "session decline": (Line("session decline grow"),),
    "session discard": (Line(f"session discard {UNFINISHED} --yes"),),
    "session list": (
        Line("session list --all", VEILED | IN_SET, EVERYDAY),
        Line("session list --all --private", SAID | IN_SET_PRIVATE | {TANK}, ASKED),
        Line("session list --drafts", marks(DRAFT), EVERYDAY),
        Line("session list --drafts --private", marks(DRAFT, DRAFT_PRIVATE), ASKED),
        Line("session list --deleted", VEILED, EVERYDAY),
        Line("session list --deleted --private", SAID, ASKED),
    ),
    "session show": (
        Line(f"session show {TALK}", VEILED, EVERYDAY),
        Line(f"session show {TALK} --private", SAID, ASKED),
        Line(f"session show {MEETING}", IN_SET, EVERYDAY),
        Line(f"session show {MEETING} --private", IN_SET_PRIVATE, ASKED),
        Line(f"session show {REVIEW}", VEILED, EVERYDAY),
        Line(f"session show {REVIEW} --private", TALKS, ASKED),
        Line(f"session show {TANK_SESSION}"),
        Line(f"session show {TANK_SESSION} --private", marks(TANK), ASKED),
        Line(f"session show {UNFINISHED_TOO}", marks(DRAFT), EVERYDAY),
        Line(
            f"session show {UNFINISHED_TOO} --private",
            marks(DRAFT, DRAFT_PRIVATE),
            ASKED,
        ),
    ),
    "session export": (
        Line(f"session export {TALK}", marks(OPEN)),
        Line(f"session export {TALK} --format text --style tasks", marks(OPEN)),
        Line(f"session export {TALK} --output {{out}}/outcome.md", marks(OPEN)),
        Line(
            f"session export {TALK} --output {{out}}/outcome.md",
            *(marks(OPEN), "", 4),
            {"Left out of the page": None, "Write this": False},
        ),
        Line(f"session export {TALK} --private", TALKS | SAID, ASKED),
        Line(f"session export {MEETING}", code=4),
        Line(f"session export {TANK_SESSION}", code=4),
        Line(f"session export {TANK_SESSION} --private", code=4),
    ),
    "session edit": (
        Line(f"session edit {TALK} --minutes 20"),
        Line(f"session edit {TALK}", VEILED, EVERYDAY, 4, {WHAT_TO_CHANGE: "leave"}),
        Line(f"session edit {MEETING}", IN_SET, EVERYDAY, 4, {WHAT_TO_CHANGE: "leave"}),
        Line(
            f"session edit {TALK}",
            *(TALKS, CORRECTED, 4),
            {WHAT_TO_CHANGE: ("Private? (private)", "leave"), "Private?": "<"},
        ),
    ),
    "session delete": (Line(f"session delete {TALK} --yes"),),
    "session restore": (Line(f"session restore {DELETED}"),),
    "brief": (
        Line("brief ann", marks(OPEN, NOTE), TO_RAISE),
        Line("brief ann --private", SAID | {NOTE}, ASKED),
        Line("brief helen"),
        Line("brief helen --private"),
    ),
    "template list": (Line("template list"),),
    "template show": (
        Line("template show grow"),
        Line("template show grow --markdown", json=False),
    ),
    "template form": (Line("template form grow"),),
    "template new": (Line("template new mine"),),
    "template check": (Line("template check"),),
    "help": (Line("help brief"),),
    "completion": (Line("completion zsh"),),
    "backup create": (Line("backup create"),),
    "backup list": (Line("backup list"),),
    "backup check": (Line("backup check"),),
    "backup restore": (Line("backup restore --yes", VEILED | IN_SET, EVERYDAY),),
    "export formats": (Line("export formats"),),
    "export progress": (
        Line("export progress ann", marks(OPEN)),
        Line("export progress ann --private", SAID, ASKED),
    ),
    "export table": (
        Line("export table sessions"),
        Line("export table actions", VEILED),
        Line("export table actions --private", marks(OPEN, PRIVATE), ASKED),
        Line("export table goals", VEILED),
        Line("export table goals --private", marks(OPEN, PRIVATE), ASKED),
        Line("export table measures", VEILED),
        Line("export table measures --private", marks(OPEN, PRIVATE, HEALTH), ASKED),
        Line("export table notes"),
        Line("export table notes --private", marks(NOTE), ASKED),
    ),
    "ics": (
        Line("ics"),
        Line("ics --titles", VEILED),
        Line("ics --titles --private", marks(OPEN, PRIVATE), ASKED),
    ),
    "config list": (Line("config list"),),
    "config get": (Line("config get brief.private"),),
    "config set": (Line("config set brief.private on"),),
    "config unset": (Line("config unset brief.private"),),
    "person add": (Line("person add 'Eva Roe' -r peer"),),
    "person list": (Line("person list --archived"),),
    "person show": (
        Line("person show ann", VEILED, EVERYDAY),
        Line("person show ann --private", TALKS, ASKED),
    ),
    "person edit": (Line("person edit ann --every 2w"),),
    "person note": (
        Line("person note ann --list", marks(NOTE), ITSELF),
        Line("person note ann --text x", json=False),
        Line("person note ann --drop 1", json=False),
    ),
    "note": (
        Line("note --list", marks(NOTE), ITSELF),
        Line("note ann --all", marks(NOTE), ITSELF),
        Line(f"note ann {NOTE} again", json=False),
        Line("note --said 1", json=False),
        Line("note --edit 1 x", json=False),
        Line(
            "note --edit 1",
            marks(NOTE),
            CORRECTED,
            json=False,
            replies={"What should the note": "x"},
        ),
    ),
    "met": (Line("met ann"), Line("met --list")),
    "person archive": (Line("person archive ann"),),
    "person merge": (Line("person merge ann ben --yes", code=4),),
    "action add": (
        Line(f"action add ann --what {PRIVATE} --owner me --private", why=EVERYDAY),
        Line(f"action add ann '~ I will {PRIVATE} by fri'", why=EVERYDAY),
    ),
    "action list": (
        Line("action list --all", VEILED | IN_SET, EVERYDAY),
        Line("action list --all --private", TALKS | IN_SET_PRIVATE, ASKED),
        Line("action list -p ann", VEILED | {ANN}, EVERYDAY),
        Line("action list -p ann --private", TALKS | {ANN, ANN_PRIVATE}, ASKED),
    ),
    "action show": (
        Line(f"action show {PRIVATE_PROMISE}", why=EVERYDAY),
        Line(f"action show {PRIVATE_PROMISE} --private", marks(PRIVATE), ASKED),
        Line(f"action show {SET_PROMISE}", marks(ANN), A_SETS),
    ),
    "action done": (
        Line(f"action done {OPEN_PROMISE} {PRIVATE_PROMISE}", VEILED, EVERYDAY),
    ),
    "action drop": (
        Line(f"action drop {OPEN_PROMISE} {PRIVATE_PROMISE}", VEILED, EVERYDAY),
    ),
    "action reopen": (Line(f"action reopen {CLOSED}", why=EVERYDAY),),
    "action move": (
        Line(
            f"action move {OPEN_PROMISE} {PRIVATE_PROMISE} --to fri", VEILED, EVERYDAY
        ),
    ),
    "action edit": (
        Line(f"action edit {PRIVATE_PROMISE} --confidence 5", why=EVERYDAY),
        Line(f"action edit {OPEN_PROMISE} --what {PRIVATE} --private", why=EVERYDAY),
        Line(
            f"action edit {PRIVATE_PROMISE}",
            *(marks(PRIVATE), CORRECTED, 4),
            {"What was promised?": "<"},
        ),
    ),
    "action note": (
        Line(f"action note {PRIVATE_PROMISE} --text x", why=EVERYDAY),
        Line(
            f"action note {PRIVATE_PROMISE}",
            why=EVERYDAY,
            replies={"How is it going": "x"},
        ),
    ),
    "goal add": (Line(f"goal add ann --title {PRIVATE}-new --private", why=EVERYDAY),),
    "goal list": (
        Line("goal list --all", VEILED, EVERYDAY),
        Line("goal list --all --private", TALKS, ASKED),
        Line("goal list ann", VEILED, EVERYDAY),
        Line("goal list ann --private", TALKS, ASKED),
    ),
    "goal show": (
        Line(f"goal show {PRIVATE_GOAL}", why=EVERYDAY),
        Line(f"goal show {PRIVATE_GOAL} --private", marks(PRIVATE), ASKED),
        Line(f"goal show {OPEN_GOAL}", VEILED, EVERYDAY),
        Line(f"goal show {OPEN_GOAL} --private", TALKS, ASKED),
    ),
    "goal rate": (
        Line(f"goal rate {PRIVATE_GOAL} 1", why=EVERYDAY),
        Line(
            f"goal rate {PRIVATE_GOAL}",
            why=EVERYDAY,
            code=130,
            replies={"How far along": CtrlC()},
        ),
    ),
    "goal edit": (
        Line(f"goal edit {PRIVATE_GOAL} --why x", why=EVERYDAY),
        Line(f"goal edit {PRIVATE_GOAL} --title {PRIVATE}-new", why=EVERYDAY),
    ),
    "goal close": (Line(f"goal close {PRIVATE_GOAL}", why=EVERYDAY),),
    "goal reopen": (Line(f"goal reopen {CLOSED_GOAL}", why=EVERYDAY),),
    "plan show": (
        Line("plan show ann --all", marks(OPEN)),
        Line("plan show ann --all --private", TALKS, ASKED),
        Line("plan show me --all", VEILED | {ALL}, EVERYDAY),
        Line("plan show me --all --private", TALKS | {ALL, ALL_PRIVATE}, ASKED),
        Line("plan show me --for ann", marks(ALL), LEFT_OUT),
    ),
    "plan export": (
        Line("plan export ann --all", marks(OPEN)),
        Line("plan export ann --all --style tasks --output {out}/plan.md", marks(OPEN)),
        Line("plan export ann --all --private", TALKS, ASKED),
        Line("plan export me"),
        Line("plan export me --private", marks(PRIVATE), ASKED),
        Line("plan export me --for ann", marks(ALL), LEFT_OUT, 4),
        Line(
            "plan export me --for ann --output {out}/me.md",
            *(marks(OPEN, ALL), LEFT_OUT, 4),
            {"Left out of the page": None},
        ),
        Line(
            f"plan export me --for ann --include {CLOSED}", marks(PRIVATE, ALL), PICKED
        ),
        Line(
            f"plan export me --for ann --include {CLOSED} --output {{out}}/me.md",
            *(marks(PRIVATE, ALL), PICKED, 4),
            {"Write this": False},
        ),
        Line("plan export ann --all --format text", marks(OPEN)),
        Line("plan export --set ward --output {out}", marks(ANN, BEN), SETS),
        Line(
            "plan export --set ward --output {out} --private",
            marks(ANN, BEN, ANN_PRIVATE),
            ASKED,
        ),
        Line("plan export --set ward --whole-set --yes", IN_SET, SETS),
        Line(
            "plan export --set ward --whole-set --yes --private", IN_SET_PRIVATE, ASKED
        ),
    ),
    "set add": (Line("set add Chairs -m ann -m ben"),),
    "set list": (Line("set list --archived"),),
    "set show": (
        Line("set show ward", IN_SET, EVERYDAY),
        Line("set show ward --private", IN_SET_PRIVATE, ASKED),
    ),
    "set edit": (Line("set edit ward --every 4w"),),
    "set archive": (Line("set archive ward"),),
    "set cancel": (Line("set cancel ward --on fri"),),
    "set support": (
        Line("set support ward", marks(SUPPORT), SETS),
        Line("set support ward --all", marks(SUPPORT), SETS),
        Line("set support ward --by ann --ask Rota"),
    ),
    "search": (
        Line("search answer", VEILED, EVERYDAY),
        Line("search setmark", IN_SET, A_SETS),
        Line("search setprivate --private", marks(ANN_PRIVATE, ALL_PRIVATE), ASKED),
        Line("search promise --best", VEILED | IN_SET, EVERYDAY),
        Line("search answer --private", SAID, ASKED),
        Line("search promise --private", TALKS | IN_SET_PRIVATE, ASKED),
        # The word itself is typed with a letter wrong, so that only near words could show it.
        Line("search drained"),
        Line("search drained --private", marks(TANK), ASKED),
        Line("search privatemarkt"),
        Line("search tankmarkt"),
        Line("search setprivate-anm"),
        Line("search healthmarkt"),
        Line("search notemarkt"),
        Line("search notemarkt --kind note", marks(NOTE), ITSELF),
    ),
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
        Line("progress --measure tank --private", code=3),
        Line("progress --set ward", marks(ALL), SETS),
        Line("progress --set ward --private", marks(ALL, ALL_PRIVATE), ASKED),
        Line("progress --set ward --ledger", IN_SET, SETS),
        Line("progress --set ward --ledger --private", IN_SET_PRIVATE, ASKED),
        Line("progress --compare"),
        Line("progress ann --compare"),
        Line("progress --set ward --compare"),
        # What it shows of a standard: test_evidence_for_a_standard_is_as_in_a_file.
        Line("progress --standards"),
        Line("progress --shadow", marks(OPEN)),
        Line("progress --shadow --private", TALKS, ASKED),
        Line("progress --themes"),
        Line("progress --themes --private"),
    ),
    "tank new": (
        Line("tank new --answers -", input='{"answers": {"level.full": 4}}'),
        Line("tank new", code=130, replies={"level.full": CtrlC()}),
    ),
    "tank show": (
        Line("tank show", marks(TANK), OWN_TANK),
        Line("tank show --since 2020-01-01", marks(TANK), OWN_TANK),
    ),
    "pulse new": (Line("pulse new --output {out}"),),
    "pulse add": (Line("pulse add 0000", code=2),),
    "pulse show": (Line("pulse show"),),
    "pulse list": (Line("pulse list"),),
    "pulse sheet": (Line("pulse sheet --output {out}"),),
    "workshop new": (
        Line("workshop new Winter --themes {out}/none.txt", code=2),
        Line("workshop new Winter --themes - --output {out}", input="Ask: First.\n"),
    ),
    "workshop add": (Line("workshop add 0000", code=2),),
    "workshop show": (Line("workshop show"),),
    "workshop list": (Line("workshop list"),),
    "workshop drop": (Line("workshop drop 1 --yes"),),
    "workshop sheet": (Line("workshop sheet --output {out}"),),
    "programme key": (Line("programme key -o {out}/key.txt"),),
    "programme new": (
        Line("programme new Pilot --single --coordinator age1 -o {out}/n.toml", code=2),
    ),
    "programme join": (
        Line("programme join {out}/none.toml", code=2),
        Line("programme join {join} --region North --cohort 2025 --band 7 --yes"),
    ),
    "programme leave": (Line("programme leave"),),
    "programme show": (Line("programme show"),),
    "programme contribute": (Line("programme contribute --yes -o {sent}"),),
    "programme check": (Line("programme check {out}", code=2),),
    "programme close": (Line("programme close 2026Q3", code=2),),
    "programme sum": (Line("programme sum {out}", code=2),),
    "programme report": (Line("programme report", code=2),),
    "worth add": (Line(f"worth add --what {WORTH}-new"),),
    "worth list": (Line("worth list", marks(WORTH), OF_ONES_OWN),),
    "worth show": (Line("worth show --cost 3000", marks(WORTH), OF_ONES_OWN),),
    "worth drop": (
        Line("worth drop 1"),
        Line(
            "worth drop",
            *(marks(WORTH), OF_ONES_OWN, 0),
            {"Which benefit?": WORTH},
        ),
    ),
    "story add": (Line("story add -", input="a\nb\nc\nd\ne\n"),),
    "story list": (Line("story list", marks(WORTH), OF_ONES_OWN),),
    "story show": (Line("story show 1", marks(WORTH), OF_ONES_OWN),),
    "story drop": (Line("story drop 1"),),
    "story export": (Line("story export 1 --keep-names", marks(WORTH), OF_ONES_OWN),),
    "check": (Line("check"),),
    "doctor": (Line("doctor", code=None),),
    "undo": (
        Line("undo --list --all", VEILED, EVERYDAY),
        Line("undo --list --private", TALKS | marks(NOTE, WORTH), ASKED),
        Line("undo", why=EVERYDAY, json=False),
    ),
    "redo": (Line("redo", code=4),),
    "demo": (Line("demo {home}", code=4),),
}


COMPLETED: dict[str, tuple[str, frozenset[str], str]] = {
    "suggest_people": ("brief ", marks(), ""),
    "suggest_plan_owners": ("plan show ", marks(), ""),
    "suggest_first_person": ("note ", marks(), ""),
    "suggest_open_notes": ("note --said ", marks(), EVERYDAY),
    "suggest_owners": ("action list --owner ", marks(), ""),
    "suggest_actions": ("action show ", VEILED | IN_SET, EVERYDAY),
    "suggest_open_actions": ("action done ", VEILED | IN_SET, EVERYDAY),
    "suggest_closed_actions": ("action reopen ", marks(ALL), EVERYDAY),
    "suggest_goals": ("goal show ", VEILED, EVERYDAY),
    "suggest_open_goals": ("goal rate ", VEILED, EVERYDAY),
    "suggest_closed_goals": ("goal reopen ", marks(), EVERYDAY),
    "suggest_sessions": ("session show ", marks(), ""),
    "suggest_lessons": ("plan export me --learned ", VEILED, EVERYDAY),
    "suggest_deleted_sessions": ("session restore ", marks(), ""),
    "suggest_returning_sessions": ("session decline ", marks(), ""),
    "suggest_tags": ("session new --tag ", marks(), ""),
    "suggest_tables": ("export table ", marks(), ""),
    "suggest_styles": ("plan export ann --style ", marks(), ""),
    "suggest_files": ("plan export ann --output ", marks(), ""),
    "suggest_folders": ("pulse new --output ", marks(), ""),
    "suggest_formats": ("plan export ann --format ", marks(), ""),
    "suggest_commands": ("help ", marks(), ""),
    "suggest_setting_keys": ("config get ", marks(), ""),
    "suggest_benefits": ("worth drop ", marks(), ""),
    "suggest_stories": ("story show ", marks(), ""),
    "suggest_pulses": ("pulse show ", marks(), ""),
    "suggest_workshops": ("workshop show ", marks(), ""),
    "suggest_programmes": ("programme leave ", marks(), ""),
    "suggest_quarters": ("programme close ", marks(), ""),
    "suggest_breakdowns": ("programme new Pilot --by ", marks(), ""),
    "suggest_cohorts": ("programme join {join} --cohort ", marks(), ""),
    "suggest_regions": ("programme join {join} --region ", marks(), ""),
    "suggest_bands": ("programme join {join} --band ", marks(), ""),
    "suggest_drafts": ("session resume ", marks(), ""),
    "suggest_measures": (
        *("progress --measure ", SAID | {ANN, ALL, ALL_PRIVATE}),
        "names of measures, which templates give",
    ),
    "suggest_sets": ("set show ", marks(), ""),
    "suggest_support_lines": ("set support ward --done ", marks(SUPPORT), SETS),
    "suggest_templates": ("template show ", marks(), ""),
}
