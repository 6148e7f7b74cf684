"""`--json` of every read command: exactly the fields promised, and never a question."""

import json
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, NamedTuple

import pytest

from coachlog import model
from coachlog.exports import json as jsonable
from coachlog.exports.json_text import write_json_document
from coachlog.model.findings import (
    Finding,
    FindingKind,
    JournalReport,
    LocatedFinding,
)
from coachlog.services import doctor
from command_support import (
    CtrlC,
    ScriptedPerson,
    built,
    golden,
    hold,
    hold_example,
    normal,
)
from command_table import commands, fill_all, json_lines, lines_of
from conftest import NOW, Run

ACTION = (
    *(
        "id",
        "uid",
        "person",
        "session",
        "what",
        "owner",
        "due",
        "original_due",
        "done_when",
    ),
    *(
        "support",
        "if_then",
        "confidence",
        "private",
        "status",
        "closed_on",
        "carried",
        "events",
    ),
    *("goal", "set", "owner_id", "person_id", "set_id"),
)
ANSWER = ("stage", "prompt", "question", "kind", "value", "private")
EVENT = (
    "at",
    "on",
    "kind",
    "due",
    "note",
    "session",
    "fate",
    "old_owner",
    "new_owner",
    "recorded_on",
)
PERSON = (
    *(
        "id",
        "uid",
        "name",
        "slug",
        "relationship",
        "role",
        "team",
        "every_days",
        "archived",
    ),
    *("paused_until", "every"),
)
SESSION = (
    *(
        "id",
        "uid",
        "status",
        "template",
        "title",
        "held_on",
        "minutes",
        "people",
        "tags",
    ),
    *("answers", "actions", "cancelled_by", "set", "slots", "returns_on"),
    *("people_ids", "set_id"),
)
TEMPLATE = (
    "id",
    "title",
    "summary",
    "audience",
    "minutes",
    "source",
    "builtin",
    "stages",
    *("occasion", "again", "leads_to"),
)
STAGE = ("id", "title", "guidance", "prompts", "each", "minutes")
PROMPT = (
    "id",
    "ask",
    "kind",
    "required",
    "private",
    "measure",
    "low",
    "high",
    "options",
)
TALLY = (
    *(
        "decided",
        "kept",
        "kept_as_reagreed",
        "kept_late",
        "missed",
        "pending",
        "released",
        "pending_past_first",
        "released_past_first",
    ),
    *("strict", "honoured", "first_date", "as_agreed"),
)
PROGRESS_PERSON = ("name", "sessions", "minutes", "open", "overdue", "last_held")

ROOT = Path(__file__).parent.parent

READS = {
    "today": ("--json", "today"),
    "session-list": ("session list --json", "sessions"),
    "session-drafts": ("session list --drafts --json", "sessions"),
    "session-deleted": ("session list --deleted --json", "sessions"),
    "session-show-draft": ("session show 3 --json", "session"),
    "person-list": ("person list --archived --json", "people"),
    "person-show": ("person show priya --json", "person"),
    "action-list": ("action list --all --json", "actions"),
    "action-show": ("action show 1 --json", "action"),
    "plan-show": ("plan show priya --include-private --json", "plan"),
    "template-show": ("template show quick --json", "template"),
    "progress": ("progress --json", "progress"),
    "progress-one": ("progress priya --json", "progress"),
}


NOT_BY_TABLE = {
    *("Draft.set", "MeetingPage.people", "SessionPage.people", "MeasuredValue.person")
}
"""References that the table need not know: a draft is told in short, the others are no JSON."""


@pytest.fixture
def full(run: Run, home: Path) -> Run:
    """A journal with something of everything: closed and moved promises, a note, a draft, more."""
    built(run, home, fill)
    return run


def fill(example: Run) -> None:
    hold_example(example)
    for line in (
        "person edit priya --role Clerk --team Ward --every 2w",
        "person add Al -r peer",
        "person archive al",
        "action done 2",
        "action move 1 --to 2026-12-01",
        "action note 1 --text Half",
        "action add priya --what Ask --owner Dana --due 2026-11-20 --private",
    ):
        assert example(*line.split()).code == 0
    hold(example, person="Bo", relationship="mentee", held_on="2026-11-18")
    script = {f"review.{id}.outcome": "still open" for id in (1, 3, 4)}
    draft = ScriptedPerson(
        script | {"capture.mattered": "x", "capture.promises.1.what": CtrlC()}
    )
    assert example("session", "new", "priya", "-t", "quick", person=draft).code == 130
    hold(example, person="bo", tags=["gone"])
    assert example("session", "delete", "4", "--yes").code == 0


@pytest.mark.parametrize("name", READS)
def test_the_json_of_every_read_command(full: Run, name: str) -> None:
    line, noun = READS[name]
    nobody = ScriptedPerson()

    ran = full(*line.split(), person=nobody)

    assert (ran.code, ran.err, nobody.asked) == (0, "", [])
    assert list(ran.json) == ["schema", noun, *list_further_fields(line)]
    assert ran.json["schema"] == 1
    found = json.dumps(normal(ran.json), indent=2, ensure_ascii=False) + "\n"
    assert found == golden(f"json-{name}.json", found)


def test_every_command_with_json_is_under_the_guard_below() -> None:
    """A new one needs a line in READS of tests/command_table.py (in CHANGES if it can change).

    `doctor`, whose exit code is the machine's, is looked at in tests/test_cli_doctor.py, and
    `check` in tests/test_cli_check.py, `programme report` in tests/test_cli_programme.py. `redo`
    has something to say only after an undo: tests/test_cli_undo.py.
    """
    without = [
        one.name for one in commands() if one.has_json and not lines_of(one.name)
    ]
    assert without == ["programme report", "check", "doctor", "redo"]


BELOW = {
    "backup list": ["folder", "second_place"],
    "config list": ["file"],
    "goal list": ["attainments"],
    "goal show": ["attainment"],
    "action show": ["deleted_sessions"],
    "search rota": ["more", "at_least", "near_words"],
    "search nosuchword": ["more", "at_least", "near_words"],
}
"""What a list shows below its rows, by command: in JSON it follows the rows, under its own name."""


def list_further_fields(line: str) -> list[str]:
    return BELOW.get(" ".join(line.split()[:2]), [])


@pytest.mark.parametrize("line", json_lines())
def test_every_command_with_json_gives_one_object_and_asks_nothing(
    run: Run, home: Path, line: str
) -> None:
    built(run, home, fill_all)
    nobody = ScriptedPerson()

    ran = run(*line.split(), person=nobody)

    assert (ran.code, ran.err, nobody.asked) == (0, "", [])
    schema, *rest = ran.json.items()
    assert schema == ("schema", 1)
    assert [key for key, _ in rest[1:]] == list_further_fields(line)
    assert [
        key for key in keys(ran.json) if not re.fullmatch(r"[a-z][a-z0-9_]*", key)
    ] == []


SAFETY_LINES = (
    *("backup create", "backup list", "backup check", "check", "doctor"),
    *("undo --list", "undo", "redo"),
)
"""What says how well the journal is kept: scripts watch it, so every field of it is explained."""


def test_every_field_about_the_state_of_the_journal_is_explained(
    run: Run, home: Path, tmp_path: Path
) -> None:
    built(run, home, fill_all)
    (tmp_path / "stick").mkdir()
    assert run("config", "set", "backup.folder", str(tmp_path / "stick")).code == 0
    damaged = LocatedFinding(Finding(FindingKind.ROW, "action", (1,)))
    answers = [run(*line.split(), "--json").json for line in SAFETY_LINES]
    answers.append(jsonable.convert_journal_report(JournalReport((damaged,))))
    page = (ROOT / "docs/scripts.md").read_text(encoding="utf-8")

    explained = {*re.findall(r'"([a-z_]+)":', page), *re.findall(r"`([a-z_]+)`", page)}

    assert {key for answer in answers for key in keys(answer)} - explained == set()


def test_everything_that_the_doctor_looks_at_is_in_the_page_on_scripts() -> None:
    page = (ROOT / "docs/scripts.md").read_text(encoding="utf-8")
    (sentence,) = re.findall(r"^- `about` is (.*?)\.", page, re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"`([a-z ]+)`", sentence)) == {
        about for about, _check in doctor._CHECKS
    }


def keys(value: Any) -> Iterator[str]:
    """Yield the name of every field in a JSON value, however deep."""
    if isinstance(value, dict):
        yield from value
    inner = (
        value.values()
        if isinstance(value, dict)
        else value
        if isinstance(value, list)
        else ()
    )
    for part in inner:
        yield from keys(part)


def objects(value: Any) -> list[dict[str, Any]]:
    return list(value) if isinstance(value, list) else [value]


@pytest.mark.parametrize(
    ("line", "path", "fields"),
    [
        pytest.param("template list", "templates", TEMPLATE, id="template"),
        pytest.param("template list", "templates.stages", STAGE, id="stage"),
        pytest.param("template list", "templates.stages.prompts", PROMPT, id="prompt"),
        pytest.param("session list", "sessions", SESSION, id="session"),
        pytest.param("session list --drafts", "sessions", SESSION, id="draft"),
        pytest.param("session show 1", "session.answers", ANSWER, id="answer"),
        pytest.param(
            "session show 1", "session.actions", ACTION, id="action-of-a-session"
        ),
        pytest.param("action list --all", "actions", ACTION, id="action"),
        pytest.param("action list --all", "actions.events", EVENT, id="event"),
        pytest.param("plan show priya", "plan.actions", ACTION, id="action-of-a-plan"),
        pytest.param("plan show priya", "plan.person", PERSON, id="person-of-a-plan"),
        pytest.param("progress", "progress.me", TALLY, id="my-promises"),
        pytest.param("progress", "progress.them", TALLY, id="their-promises"),
    ],
)
def test_exactly_the_fields_promised(
    full: Run, line: str, path: str, fields: tuple[str, ...]
) -> None:
    found = [full(*line.split(), "--json").json]
    for name in path.split("."):
        found = [inner for one in found for inner in objects(one[name])]
    assert found
    assert {tuple(one) for one in found} == {fields}


@pytest.mark.parametrize(
    ("line", "path", "fields"),
    [
        pytest.param("person list", "people", PERSON, id="person"),
        pytest.param("person show priya", "person", PERSON, id="one-person"),
        pytest.param("progress", "progress.people", PROGRESS_PERSON, id="progress"),
    ],
)
def test_at_least_the_fields_promised(
    full: Run, line: str, path: str, fields: tuple[str, ...]
) -> None:
    """What is added to an object comes after what was promised, and takes nothing away."""
    found = [full(*line.split(), "--json").json]
    for name in path.split("."):
        found = [inner for one in found for inner in objects(one[name])]
    assert found
    assert all(set(fields) <= set(one) for one in found)


def test_dates_are_iso_and_moments_are_utc(full: Run) -> None:
    found = full("action", "show", "1", "--json").json["action"]
    assert (found["due"], found["original_due"]) == ("2026-12-01", "2026-11-27")
    assert {event["at"] for event in found["events"]} == {NOW.isoformat()}


def test_text_in_json_is_readable_as_it_was_typed(run: Run) -> None:
    hold(run, person="Zoë", answers={"capture.mattered": "naïve — “yes” 李"})
    assert '"naïve — “yes” 李"' in run("session", "show", "1", "--json").out


class Colour(StrEnum):
    RED = "red"


class Pair(NamedTuple):
    left: object
    right: object


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(None, None, id="nothing"),
        pytest.param(True, True, id="yes"),
        pytest.param(date(2026, 11, 23), "2026-11-23", id="date"),
        pytest.param(NOW, "2026-11-23T09:30:00+00:00", id="moment"),
        pytest.param(Colour.RED, "red", id="enum"),
        pytest.param((1, (2, 3)), [1, [2, 3]], id="tuple"),
        pytest.param(
            Pair([Colour.RED], Pair(date(2026, 1, 2), ())),
            {"left": ["red"], "right": {"left": "2026-01-02", "right": []}},
            id="named-tuple",
        ),
    ],
)
def test_a_value_as_json_can_hold_it(value: object, expected: object) -> None:
    text = "".join(write_json_document("value", value))
    assert text == json.dumps(
        {"schema": 1, "value": expected}, ensure_ascii=False, indent=2
    )


def model_classes() -> dict[str, type]:
    """Return every named tuple of the model by its name."""
    modules = [
        import_module(f"coachlog.model.{one.name}")
        for one in iter_modules(model.__path__)
    ]
    return {
        name: found
        for module in modules
        for name, found in vars(module).items()
        if isinstance(found, type) and hasattr(found, "_fields")
    }


def test_json_names_only_classes_of_the_model() -> None:
    named = {
        *jsonable.OMITTED_FIELDS,
        *jsonable.LEADING_FIELDS,
        *jsonable.REFERENCE_FIELDS,
        *jsonable._CONVERTERS,
    }

    assert named - set(model_classes()) == set()


def test_every_reference_in_json_is_a_name_with_its_id_beside_it() -> None:
    whole = {
        f"{name}.{field}"
        for name, found in model_classes().items()
        for field, annotation in found.__annotations__.items()
        if re.search(r"(Person|Member|Set)Ref", str(annotation))
        if field not in jsonable.REFERENCE_FIELDS.get(name, {})
    }

    assert whole == NOT_BY_TABLE


def test_only_a_scale_has_a_range(run: Run) -> None:
    templates = run("template", "list", "--json").json["templates"]
    prompts = [p for t in templates for stage in t["stages"] for p in stage["prompts"]]
    with_range = {
        p["kind"] for p in prompts if p["low"] is not None or p["high"] is not None
    }
    assert with_range == {"scale"}


EMPTY = {
    "session list": "sessions",
    "session list --drafts": "sessions",
    "session list --deleted": "sessions",
    "action list": "actions",
    "action list --overdue": "actions",
    "person list": "people",
}


@pytest.mark.parametrize(("line", "noun"), EMPTY.items(), ids=EMPTY)
def test_an_empty_list_is_exit_0(run: Run, line: str, noun: str) -> None:
    run("person", "edit", "me", "--name", "Tom")
    ran = run(*line.split(), "--json")
    assert (ran.code, ran.json, ran.err) == (0, {"schema": 1, noun: []}, "")


@pytest.mark.parametrize("flags", [[], ["--json"]], ids=["screen", "json"])
@pytest.mark.parametrize(
    "line",
    [
        *EMPTY,
        *(
            "session show 1",
            "action show 1",
            "person show priya",
            "plan show priya",
            "progress",
        ),
    ],
)
def test_without_a_journal_reading_is_exit_10(
    run: Run, line: str, flags: list[str]
) -> None:
    ran = run(*line.split(), *flags)
    assert (ran.code, ran.out) == (10, "")
    assert "There is no journal" in ran.err
    assert "coachlog log NAME" in ran.err
