"""`coachlog template`: the conversations to choose from; no journal is needed."""

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coachlog import files
from coachlog.errors import EditorFailure, StorageFailure
from coachlog.escaping.markdown import escape_markdown
from coachlog.model.templates import Template, TemplateAudience, TemplateOccasion
from coachlog.phrasing.templates import NO_OCCASION
from coachlog.templates import library, starter
from coachlog.templates.fields import ID_RULE
from coachlog.templates.json_schema import build_json_schema
from coachlog.terminal.editor import open_editor
from command_support import (
    CtrlC,
    ScriptedPerson,
    complete,
    hold,
    snapshot,
    unprintable,
)
from conftest import Run
from form_support import with_keys

OWN = """\
title = "Walk"
summary = "A talk on foot."
audience = "one-to-one"
minutes = 15
[[stage]]
id = "way"
title = "On the way"
guidance = "Let $them lead."
[[stage.prompt]]
id = "mood"
ask = "How is $them?"
kind = "scale"
high = 5
[[stage.prompt]]
id = "why"
ask = "Why?"
kind = "choices"
options = ["rest", "pay"]
private = true
when = { prompt = "way.mood", below = 3 }
"""


def own(home: Path, name: str, text: str = OWN) -> None:
    folder = home / "prompts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def test_the_library_comes_with_coachlog(run: Run, home: Path) -> None:
    ran = run("template", "list", "--json")
    assert (ran.code, ran.err) == (0, "")
    listed = ran.json["templates"]
    assert {t["id"] for t in listed} == {
        path.stem for path in library.find_builtin_folder().iterdir()
    }
    assert {t["builtin"] for t in listed} == {True}
    assert {t["audience"] for t in listed} <= {
        audience.value for audience in TemplateAudience
    }
    assert not home.exists()


@pytest.mark.usefixtures("screen")
@pytest.mark.parametrize(
    ("audience", "heading"), [("solo", "Alone"), ("group", "With a group")]
)
def test_only_those_for_one_audience_the_shortest_first(
    run: Run, audience: str, heading: str
) -> None:
    found = run("template", "list", "--for", audience, "--json").json["templates"]
    listed = run("template", "list", "--json").json["templates"]
    shipped = [t for t in listed if t["audience"] == audience]
    ids = [t["id"] for t in sorted(shipped, key=lambda t: (t["minutes"], t["title"]))]
    assert [t["id"] for t in found] == ids
    rows = run("template", "list", "--for", audience).out.rstrip().split("\n")
    assert (rows[1], rows[-1]) == (
        heading,
        f"Read one before the conversation: coachlog template show {ids[0]}",
    )
    assert [row.split()[0] for row in rows[2:-1] if row and row[0] != " "] == ids


def test_for_one_to_one_the_other_two_are_left_out(run: Run) -> None:
    found = run("template", "list", "--for", "one-to-one", "--json").json["templates"]
    assert {t["audience"] for t in found} == {"one-to-one"}


def test_those_for_two_are_listed_by_occasion_the_shortest_first(
    run: Run, home: Path
) -> None:
    """Own ones without an occasion come last of them; those for others have none."""
    own(home, "walk")
    weekly = OWN.replace("minutes = 15", 'occasion = "every week"\nminutes = 16')
    own(home, "stroll", weekly)
    listed = run("template", "list", "--json").json["templates"]
    for_two = [t for t in listed if t["audience"] == "one-to-one"]
    assert listed[: len(for_two)] == for_two
    assert {t["occasion"] for t in listed[len(for_two) :]} == {None}
    assert (for_two[-1]["id"], for_two[-1]["occasion"]) == ("walk", None)
    occasions = [*TemplateOccasion]
    ranks = [
        (occasions.index(t["occasion"]), t["minutes"], t["id"]) for t in for_two[:-1]
    ]
    assert ranks == sorted(ranks)
    assert {t["id"]: t["occasion"] for t in listed}["stroll"] == "every week"


@pytest.mark.usefixtures("screen")
def test_the_list_has_a_heading_for_each_occasion(run: Run, home: Path) -> None:
    own(home, "walk")
    listed = run("template", "list", "--json").json["templates"]
    headings = dict.fromkeys(
        t["occasion"].capitalize() for t in listed if t["occasion"]
    )
    blocks = run("template", "list").out.partition("\n")[2].split("\n\n")
    *shown, _hint = [block.split("\n")[0] for block in blocks]
    others = ["Conversations of three", "Alone", "With a group"]
    assert shown == [*headings, NO_OCCASION, *others]


def test_a_copy_keeps_the_occasion(run: Run) -> None:
    assert run("template", "new", "Our talk", "--from", "sbi").code == 0
    shown = run("template", "show", "our-talk", "--json").json["template"]
    assert (shown["occasion"], shown["builtin"]) == ("every week", False)


def test_an_unknown_audience_names_those_there_are(run: Run) -> None:
    ran = run("template", "list", "--for", "team")
    assert (ran.code, ran.out) == (2, "")
    assert all(audience.value in ran.err for audience in TemplateAudience)


@pytest.mark.usefixtures("screen")
def test_the_list_names_each_with_when_to_choose_it(run: Run) -> None:
    rows = run("template", "list").out.split("\n")
    words = [" ".join(row.split()) for row in rows]
    assert "quick 4 Quick note: A corridor chat or short 1:1 just now:" in " ".join(
        words
    )
    titles = [
        (template["id"], template["title"])
        for template in run("template", "list", "--json").json["templates"]
    ]
    for id, title in titles:
        assert any(row.startswith(f"{id} ") and title in row for row in words), id


def test_a_template_of_ones_own_is_listed_shown_and_held(run: Run, home: Path) -> None:
    own(home, "walk")
    listed = {
        t["id"]: t["builtin"]
        for t in run("template", "list", "--json").json["templates"]
    }
    assert listed["walk"] is False
    assert "A talk on foot. (your own)" in run("template", "list").out
    assert (
        run("template", "show", "walk").out
        == """\
Walk
A talk on foot.
with one other person · 15 minutes
Your own template.

1  On the way
   Let [name] lead.
   • How is [name]?  (1 to 5)
   • Why?  (rest | pay; private)
     only if “How is [name]?” is below 3

private: left out of plans and exports
To use it: coachlog session new --template walk
"""
    )
    hold(run, template="walk", answers={"way.mood": 2, "way.why": ["pay", "rest"]})
    shown = run("session", "show", "1", "--private", "--json").json["session"]
    assert [(a["question"], a["value"], a["private"]) for a in shown["answers"]] == [
        ("How is Priya?", 2, False),
        ("Why?", ["pay", "rest"], True),
    ]


def test_a_sheet_to_take_into_the_room(run: Run, home: Path) -> None:
    more = """
[[stage]]
id = "end"
title = "The end #1"
[[stage.prompt]]
id = "said"
ask = "Was it said?"
kind = "yesno"
[[stage.prompt]]
id = "text"
ask = "What is *new*?"
kind = "text"
help = "For $them and $me."
when = { prompt = "end.said", is = true }
[[stage.prompt]]
id = "day"
ask = "When next?"
kind = "date"
when = { prompt = "end.text", answered = false }
[[stage.prompt]]
id = "steps"
ask = "What will each of you do?"
kind = "actions"
"""
    own(
        home,
        "walk",
        OWN.replace("minutes = 15", 'minutes = 1\nsource = "A <walker>"') + more,
    )
    ran = run("template", "show", "walk", "--markdown")
    assert ran == (
        0,
        """\
# Walk

A talk on foot.

*With one other person · 1 minute*

## 1. On the way

*Let \\[name\\] lead.*

**How is \\[name\\]?**

1 · 2 · 3 · 4 · 5

**Why?**

only if “How is \\[name\\]?” is below 3 · kept private

- [ ] rest
- [ ] pay

## 2. The end #<!-- -->1

**Was it said?**

- [ ] yes
- [ ] no

**What is \\*new\\*?**

For \\[name\\] and \\[you\\]. · only if “Was it said?” is yes

___

___

___

**When next?**

only if “What is \\*new\\*?” was skipped

___

**What will each of you do?**

| What | Who | By | Done when |
| --- | --- | --- | --- |
| | | | |
| | | | |
| | | | |

*After: A \\<walker\\>*
""",
        "",
    )


@pytest.mark.parametrize("id", library.list_template_ids(Path("nowhere")))
def test_every_shipped_template_has_a_page_and_a_sheet(run: Run, id: str) -> None:
    """All questions are in both, in their order, and no name is left to fill in."""
    found = library.find_template(id, Path("nowhere"))
    asks = [
        p.ask.replace("$them", "[name]").replace("$third", "[other name]")
        for s in found.stages
        for p in s.prompts
    ]
    page = " ".join(run("template", "show", id).out.split())
    sheet = run("template", "show", id, "--markdown").out
    places = [page.find(f"• {ask}") for ask in asks]
    assert (places[0] > 0, places) == (True, sorted({*places}))
    assert [row[2:-2] for row in sheet.split("\n") if row[:2] == "**"] == list(
        map(escape_markdown, asks)
    )
    assert "$" not in page + sheet
    who = {
        TemplateAudience.GROUP: "--set NAME ",
        TemplateAudience.THREE_WAY: "--with NAME --with NAME ",
    }.get(found.audience, "")
    assert page.endswith(f"To use it: coachlog session new {who}--template {id}")


def test_a_sheet_and_json_are_two_answers(run: Run) -> None:
    assert run("template", "show", "grow", "--markdown", "--json") == (
        *(2, "", "Use only one of --markdown and --json.\n"),
    )


@pytest.mark.parametrize(
    ("options", "flag"),
    [
        (("--format", "text"), "--format"),
        (("-o", "-"), "--output"),
        (("--copy",), "--copy"),
    ],
)
def test_a_sheet_in_any_format_and_json_are_two_answers(
    run: Run, options: tuple[str, ...], flag: str
) -> None:
    ran = run("template", "show", "grow", "--json", *options)
    assert ran == (2, "", f"Use only one of {flag} and --json.\n")


def test_a_sheet_has_one_format(run: Run) -> None:
    ran = run("template", "show", "grow", "--markdown", "--format", "text")
    assert ran == (2, "", "Use only one of --markdown and --format.\n")


def test_a_sheet_can_be_pasted_and_written(run: Run, tmp_path: Path) -> None:
    pasted = run("template", "show", "what3", "--format", "text")
    assert pasted.code == 0
    assert "\n1. What?\nAs it happened" in pasted.out
    assert "#" not in pasted.out
    ran = run("template", "show", "what3", "-o", str(tmp_path / "sheet.html"))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        f"Wrote {tmp_path / 'sheet.html'}: What? So what? Now what?, as html."
    )
    assert (tmp_path / "sheet.html").read_text(encoding="utf-8").startswith("<!DOC")


def test_the_sheet_of_a_scale_without_bounds_stays_a_sheet(
    run: Run, home: Path
) -> None:
    own(home, "walk", OWN.replace("high = 5", "low = -1000\nhigh = 1000"))
    ran = run("template", "show", "walk", "--markdown")
    assert (ran.code, len(ran.out) < 5_000) == (0, True)


def test_a_template_of_ones_own_takes_the_place_of_a_built_in_one(
    run: Run, home: Path
) -> None:
    own(home, "grow")
    assert "your own, in place" in " ".join(run("template", "list").out.split())
    assert run("template", "show", "grow", "--json").json["template"]["title"] == "Walk"


def test_template_show_as_json(run: Run, home: Path) -> None:
    own(home, "walk")
    assert run("template", "show", "walk", "--json").json == {
        "schema": 1,
        "template": {
            "id": "walk",
            "title": "Walk",
            "summary": "A talk on foot.",
            "audience": "one-to-one",
            "occasion": None,
            "again": [],
            "leads_to": None,
            "minutes": 15,
            "source": None,
            "builtin": False,
            "stages": [
                {
                    "id": "way",
                    "title": "On the way",
                    "guidance": "Let $them lead.",
                    "prompts": [
                        {
                            "id": "mood",
                            "ask": "How is $them?",
                            "kind": "scale",
                            "required": False,
                        }
                        | {
                            "private": False,
                            "measure": None,
                            "low": 1,
                            "high": 5,
                            "options": [],
                        },
                        {
                            "id": "why",
                            "ask": "Why?",
                            "kind": "choices",
                            "required": False,
                        }
                        | {"private": True, "measure": None, "low": None, "high": None}
                        | {"options": ["rest", "pay"]},
                    ],
                    "each": None,
                    "minutes": None,
                }
            ],
        },
    }


@pytest.mark.parametrize(
    ("id", "near"),
    [("grwo", "grow"), ("osca", "oskar"), ("../grow", ""), ("", ""), ("a" * 999, "")],
)
def test_an_unknown_template_is_not_found(run: Run, id: str, near: str) -> None:
    ran = run("template", "show", id)
    assert (ran.code, ran.out) == (3, "")
    assert near in ran.err
    assert len(ran.err) < 2_000


# One that is faulty

SCALA = OWN.replace('kind = "scale"', 'kind = "scala"').replace('"Why?"', "7")


@pytest.mark.parametrize(
    "line",
    [
        "template show walk",
        "template show walk --json",
        "template show walk --markdown",
        "template form walk",
        "template new Run --from walk",
        "session new --template walk --answers -",
    ],
)
def test_a_faulty_one_that_is_named_is_an_error_with_file_and_faults(
    run: Run, home: Path, line: str
) -> None:
    own(home, "walk", SCALA)
    ran = run(*line.split(), input='{"person": "Priya Shah"}')
    assert (ran.code, ran.out) == (2, "")
    assert f"{home / 'prompts/walk.toml'} cannot be used:\n  - stage" in ran.err
    assert "scala" in ran.err
    assert "way.why" in ran.err or "ask" in ran.err


def in_place(home: Path, fault: str = "it is empty") -> str:
    """Return the remark that the built-in GROW is used in place of a faulty one of one's own."""
    return (
        f"{home / 'prompts/grow.toml'} cannot be used: {fault}. The built-in template is "
        "used instead. To see what to put right: coachlog template check grow"
    )


@pytest.mark.parametrize("flags", [(), ("--json",), ("--for", "group")])
def test_a_faulty_one_takes_only_itself_out_of_the_list(
    run: Run, home: Path, flags: tuple[str, ...]
) -> None:
    before = run("template", "list", *flags).out
    own(home, "grow", "")
    ran = run("template", "list", *flags)
    assert (ran.code, ran.err) == (0, f"{in_place(home)}\n")
    mark = " (built-in: your own cannot be used)"
    words = " ".join(ran.out.split())
    assert words.replace(mark, "") == " ".join(before.split())
    assert (mark in words) == (flags == ())


def test_a_faulty_one_of_no_built_in_id_is_left_out_of_the_list(
    run: Run, home: Path
) -> None:
    before = run("template", "list").out
    own(home, "walk", SCALA)
    assert run("template", "list") == (
        0,
        before,
        f"{home / 'prompts/walk.toml'} cannot be used: stage “way”, prompt 1: kind: “scala” "
        "must be text | line | choice | choices | scale | yesno | date… "
        "To see what to put right: coachlog template check walk\n",
    )


def test_several_faulty_ones_make_one_remark(run: Run, home: Path) -> None:
    for name in ("grow", "My Talk", *"abcde"):
        own(home, name, "")
    folder = home / "prompts"
    assert run("template", "list").err == (
        f"7 of your own templates in {folder} cannot be used:\n"
        + "".join(f"  - {name}.toml: it is empty\n" for name in "abcde")
        + "  - and 2 more\n"
        "To see what to put right: coachlog template check\n"
    )
    for name in "abcd":
        (folder / f"{name}.toml").unlink()
    odd = f"the file's name “My Talk” is the template's id: use only {ID_RULE}"
    assert run("template", "list").err == (
        f"3 of your own templates in {folder} cannot be used:\n"
        "  - e.toml: it is empty\n"
        "  - grow.toml: it is empty (the built-in one is used)\n"
        f"  - My Talk.toml: {odd}\n"
        "To see what to put right: coachlog template check\n"
    )


@pytest.mark.parametrize("name", ["My Talk", "a\nb", os.fsdecode(b"caf\xe9")])
@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_a_name_that_cannot_be_an_id_is_said_in_one_line(
    run: Run, home: Path, name: str, flags: tuple[str, ...]
) -> None:
    """And with a command that can be typed."""
    own(home, name)
    ran = run("template", "list", *flags)
    assert (ran.code, ran.err.count("\n"), unprintable(ran.err)) == (0, 1, set())
    assert ran.err.endswith(" To see what to put right: coachlog template check\n")
    checked = run("template", "check", *flags)
    assert (checked.code, "the file's name" in checked.out) == (2, True)
    by_id = run("template", "check", name, *flags)
    assert (by_id.code, by_id.out) == (2, checked.out)
    assert run("template", "show", name).code == 2


def test_a_folder_that_cannot_be_read_leaves_the_built_in_ones(
    run: Run, home: Path
) -> None:
    before = run("template", "list").out
    home.mkdir()
    (home / "prompts").write_text("in the way", encoding="utf-8")
    folder = f"{home / 'prompts'} cannot be used"
    remark = f"{folder}: it cannot be read (Not a directory)."
    command = "To see what to put right: coachlog template check\n"
    assert run("template", "list") == (0, before, f"{remark} {command}")
    instead = "The built-in template is used instead."
    assert run("template", "show", "grow").err == f"{remark} {instead} {command}"
    refused = f"{folder}:\n  - it cannot be read (Not a directory)\n"
    for line in ("template check", "template check walk", "template show walk"):
        ran = run(*line.split())
        assert (ran.code, ran.out, ran.err.startswith(refused)) == (2, "", True)


@pytest.mark.parametrize(
    "line",
    [
        "template show grow",
        "template show GROW --json",
        "template show grow --markdown",
        "template form grow",
    ],
)
def test_the_built_in_one_is_used_in_place_of_a_faulty_one(
    run: Run, home: Path, line: str
) -> None:
    before = run(*line.split())
    assert before.err == ""
    own(home, "grow", "")
    assert run(*line.split()) == (0, before.out, f"{in_place(home)}\n")


def test_a_new_template_from_the_built_in_one_in_place_of_a_faulty_one(
    run: Run, home: Path
) -> None:
    own(home, "grow", "")
    ran = run("template", "new", "Run", "--from", "grow")
    assert (ran.code, ran.err) == (0, f"{in_place(home)}\n")
    builtin = library.find_template("grow", Path("nowhere"))
    assert own_file(home, "run").stages == builtin.stages


@pytest.mark.parametrize("how", ["answers", "form"])
def test_a_record_says_that_it_is_by_the_built_in_one(
    example: Run, home: Path, tmp_path: Path, how: str
) -> None:
    given = json.dumps(
        {"person": "Priya Shah", "template": "grow", "answers": {"goal.today": "Beds"}}
    )
    source = "-"
    if how == "form":
        blank = keyed_form(example, home, "grow")
        source = str(tmp_path / "form.md")
        filled = re.sub(r"(\{#goal.today\}\n)", r"\1\nBeds\n", blank)
        Path(source).write_text(filled, encoding="utf-8")
    own(home, "grow", "")
    ran = example("session", "new", "priya", f"--{how}", source, input=given)
    assert (ran.code, ran.err) == (0, f"{in_place(home)}\n")


def test_answers_to_ones_own_questions_are_refused_with_why_they_are_not_asked(
    example: Run, home: Path
) -> None:
    own(home, "grow", SCALA)
    given = {"person": "Priya Shah", "template": "grow", "answers": {"way.mood": 4}}
    ran = example("session", "new", "--answers", "-", input=json.dumps(given))
    assert (ran.code, ran.out) == (2, "")
    assert "way.mood" in ran.err
    assert ran.err.count(f"{home / 'prompts/grow.toml'} cannot be used: ") == 1


def test_a_conversation_begins_whatever_is_in_the_folder(
    example: Run, home: Path
) -> None:
    """What cannot be chosen is said once, before the list."""
    own(home, "walk", "")
    own(home, "grow", "")
    person = ScriptedPerson({"which": "grow"}, skip=True)
    ran = example("session", "new", "priya", person=person)
    assert (ran.code, ran.err) == (0, "")
    assert set(person.rows["which"]) <= set(library.list_template_ids(Path("nowhere")))
    (told,) = [words for words in person.told if "cannot be used" in words]
    assert told == (
        f"2 of your own templates in {home / 'prompts'} cannot be used:\n"
        "  - grow.toml: it is empty (the built-in one is used)\n"
        "  - walk.toml: it is empty\n"
        "To see what to put right: coachlog template check"
    )


@pytest.mark.parametrize("flags", [(), ("--editor",)])
def test_a_conversation_by_name_is_held_with_the_built_in_one(
    example: Run, home: Path, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COACHLOG_EDITOR", "true")
    own(home, "grow", "")
    own(home, "walk", "")
    person = ScriptedPerson({"Nothing has been saved": "stop here"}, skip=True)
    ran = example("session", "new", "priya", "-t", "grow", *flags, person=person)
    assert ran.code == (4 if flags else 0)
    told = [words for words in person.told if "cannot be used" in words]
    assert told == [in_place(home)]


@pytest.mark.parametrize("flags", [(), ("-t", "als")])
def test_a_meeting_begins_whatever_is_in_the_folder(
    run: Run, home: Path, flags: tuple[str, ...]
) -> None:
    run("person", "edit", "me", "--name", "Sam Reed")
    members = ["--member", "Ann Obi", "--member", "Ben Lee", "--relationship", "peer"]
    assert run("set", "add", "Leads", *members).code == 0
    own(home, "als", "")
    person = ScriptedPerson({"which": CtrlC(), ":present": CtrlC()}, skip=True)
    assert run("session", "new", "--set", "leads", *flags, person=person).code == 130
    (told,) = [words for words in person.told if "cannot be used" in words]
    assert told == in_place(home).replace("grow", "als")
    if not flags:
        assert "als" in person.rows["which"]


@pytest.mark.usefixtures("screen")
def test_a_draft_goes_on_with_its_own_questions(example: Run, home: Path) -> None:
    own(home, "walk")
    line = ["session", "new", "priya", "-t", "walk"]
    script = {"way.mood": "2", "way.why": CtrlC()}
    assert example(*line, person=ScriptedPerson(script, skip=True)).code == 130
    own(home, "walk", "")
    person = ScriptedPerson({"way.why": ["rest"]}, skip=True)
    ran = example("session", "resume", person=person)
    assert (ran.code, ran.err) == (0, "")
    assert [words for words in person.told if "cannot be used" in words] == []
    assert example("session", "list", "--drafts").err == ""


def test_completion_offers_what_can_be_used(run: Run, home: Path) -> None:
    own(home, "walk")
    own(home, "wander", "")
    own(home, "Well", OWN)
    own(home, "what3", "")
    os.mkfifo(home / "prompts" / "wait.toml")
    assert run("template", "list").code == 0
    offered = ["walk", "wellbeing", "what3", "where-i-stand", "woop", "words-deeds"]
    offered.append("workshop")
    assert [*complete(home, "template show w")] == offered
    (home / "prompts").rename(home / "kept")
    (home / "prompts").symlink_to("nowhere")
    assert [*complete(home, "template show w")] == offered[1:]


def test_a_group_template_can_be_shown_and_not_held(example: Run, home: Path) -> None:
    own(home, "circle", OWN.replace("one-to-one", "group"))
    assert example("template", "show", "circle").code == 0
    for person, extra in ((None, ["-a", "-"]), (ScriptedPerson(), [])):
        line = ["session", "new", "priya", "--template", "circle", *extra]
        ran = example(*line, person=person, input="{}")
        assert (ran.code, ran.out) == (4, "")
        assert "group" in ran.err


def test_a_conversation_keeps_the_questions_as_they_were_asked(
    run: Run, home: Path
) -> None:
    own(home, "walk")
    hold(run, template="walk", answers={"way.mood": 4})
    own(home, "walk", OWN.replace("How is $them?", "Something else?"))
    assert "How is Priya?" in run("session", "show", "1").out


NEWER = OWN.replace(
    """id = "mood"
ask = "How is $them?"
kind = "scale"
high = 5
""",
    """id = "words"
ask = "What did $them say?"
kind = "text"
replaces = ["way.mood"]
""",
).replace('way.mood", below = 3', 'way.words", answered = true')


def test_a_draft_goes_on_with_a_question_that_is_gone_from_its_template(
    example: Run, home: Path
) -> None:
    own(home, "walk")
    line = ["session", "new", "priya", "-t", "walk"]
    script = {"way.mood": "2", "way.why": CtrlC()}
    assert example(*line, person=ScriptedPerson(script, skip=True)).code == 130
    own(home, "walk", NEWER)
    person = ScriptedPerson({"way.why": ["rest"]}, skip=True)
    assert example("session", "resume", person=person).code == 0
    stored = example("session", "show", "2", "--private", "--json").json["session"]
    given = {f"{a['stage']}.{a['prompt']}": a["value"] for a in stored["answers"]}
    assert given == {"way.mood": 2, "way.why": ["rest"]}


def test_a_stored_question_that_is_gone_from_its_template_is_shown_and_edited(
    run: Run, home: Path
) -> None:
    own(home, "walk")
    hold(run, template="walk", answers={"way.mood": 4})
    own(home, "walk", NEWER)
    assert "How is Priya?" in run("session", "show", "1").out
    question = ("How is Priya?", "finish: 1 change saved")
    script = {"What would you like to change?": question, "way.mood": "5"}
    assert run("session", "edit", "1", person=ScriptedPerson(script)).code == 0
    given = json.dumps({"answers": {"way.mood": 3}})
    assert run("session", "edit", "1", "--answers", "-", input=given).code == 0
    (answer,) = run("session", "show", "1", "--json").json["session"]["answers"]
    assert (answer["question"], answer["value"]) == ("How is Priya?", 3)


def test_a_number_stays_in_the_trend_in_which_it_was_given(
    run: Run, home: Path
) -> None:
    measured = OWN.replace("high = 5", 'high = 5\nmeasure = "mood"')
    for text, day in ((measured, "2026-11-19"), (OWN, "2026-11-20")):
        own(home, "walk", text)
        hold(run, template="walk", held_on=day, answers={"way.mood": 4})
    (trend,) = run("progress", "priya", "--json").json["progress"]["measures"]
    assert (trend["measure"], trend["points"]) == (
        "mood",
        [{"on": "2026-11-19", "value": 4}],
    )


@pytest.mark.parametrize("how", ["answers", "form"])
def test_an_answer_to_a_question_that_is_gone_is_refused_with_the_new_one(
    example: Run, home: Path, tmp_path: Path, how: str
) -> None:
    own(home, "walk")
    given = json.dumps(
        {"person": "Priya Shah", "template": "walk", "answers": {"way.mood": 4}}
    )
    source = "-"
    if how == "form":
        blank = keyed_form(example, home, "walk")
        source = str(tmp_path / "form.md")
        filled = re.sub(r"(\{#way.mood\}\n)", r"\1\n4\n", blank)
        Path(source).write_text(filled, encoding="utf-8")
    own(home, "walk", NEWER)
    before = snapshot(example)
    ran = example("session", "new", "priya", f"--{how}", source, input=given)
    assert ran.code == 2
    told = {
        "answers": "way.mood: walk has no prompt of that name any more: it is way.words now",
        "form": "walk has no question {#way.mood} any more: it is {#way.words} now.",
    }
    assert told[how] in ran.err
    assert snapshot(example) == before


# One's own in place of a built-in one

IN_PLACE = "This is your own “quick”, used instead of the built-in one."


def test_ones_own_in_place_of_a_built_in_one_is_said_at_the_terminal(
    example: Run, home: Path
) -> None:
    own(home, "quick")
    person = ScriptedPerson({"way.mood": "4"}, skip=True)
    ran = example("session", "new", "priya", "-t", "quick", person=person)
    assert (ran.code, ran.err) == (0, "")
    assert [words for words in person.told if "your own" in words] == [IN_PLACE]
    assert "How is Priya?" in person.read


@pytest.mark.parametrize("how", ["answers", "form"])
def test_ones_own_in_place_of_a_built_in_one_is_said_beside_the_answer(
    example: Run, home: Path, tmp_path: Path, how: str
) -> None:
    own(home, "quick")
    given = json.dumps(
        {"person": "Priya Shah", "template": "quick", "answers": {"way.mood": 4}}
    )
    source = "-"
    if how == "form":
        blank = keyed_form(example, home, "quick")
        source = str(tmp_path / "form.md")
        Path(source).write_text(
            re.sub(r"(\{#way.mood\}\n)", r"\1\n4\n", blank), encoding="utf-8"
        )
    ran = example("session", "new", "priya", f"--{how}", source, input=given)
    assert ran == (
        0,
        "Saved conversation 2 (Walk, Priya Shah, 0 promises). "
        "To correct it: coachlog session edit 2\n",
        f"{IN_PLACE}\n",
    )


def test_nothing_is_said_of_ones_own_that_is_in_no_place(
    example: Run, home: Path
) -> None:
    own(home, "walk")
    given = json.dumps(
        {"person": "Priya Shah", "template": "walk", "answers": {"way.mood": 4}}
    )
    assert example("session", "new", "--answers", "-", input=given).err == ""


def test_ones_own_are_offered_among_the_others(run: Run, home: Path) -> None:
    solo = OWN.replace("one-to-one", "solo")
    own(home, "walk", solo)
    own(home, "grow", solo)
    own(home, "circle", OWN.replace("one-to-one", "group"))
    person = ScriptedPerson(
        {"What is your own": None, "who": None, "which": None}, skip=True
    )
    run("session", "new", person=person)
    assert person.rows["headings"] == ["Alone"]
    usual = ["what3", "coach-log", "grow", "walk", "shadow", "words-deeds", "gibbs"]
    assert [id for id in person.rows["which"] if id in usual] == usual
    assert "circle" not in person.rows["which"]


def test_an_unknown_name_is_left_as_it_is_in_a_running_session(
    example: Run, home: Path
) -> None:
    own(home, "walk", OWN.replace("How is $them?", "How are $them, $boss and $$me?"))
    person = ScriptedPerson({"way.mood": "4"}, skip=True)
    assert example("session", "new", "priya", "-t", "walk", person=person).code == 0
    assert "How are Priya, $boss and $me?" in person.read


# template check


@pytest.fixture
def checked(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run in a folder where some files are, on a screen that is wide enough for their names."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "300")
    files = {
        "walk.toml": GOOD,
        "talk.toml": OWN.replace("How is $them?", "Is $them well?").replace(
            "scale", "line", 1
        ),
        "broken.toml": GOOD.replace("minutes", "minute").replace('"scale"', '"scala"'),
        "boss.toml": GOOD.replace("Why?", "What does $boss say?"),
        "words.txt": "Just words",
        "Upper.toml": GOOD,
        "bytes.toml": "",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text.replace("high = 5\n", ""), encoding="utf-8")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder").mkdir()
    return run


GOOD = f"""\
{OWN}
[[stage.prompt]]
id = "steps"
ask = "What will each of you do?"
kind = "actions"
"""
KINDS = (
    "text | line | choice | choices | scale | yesno | date | number | "
    "questions | promises | actions"
)
SEE = "docs/templates.md has the format; `coachlog template show grow` shows an example.\n"
ONE_OF_ONE = f"1 of 1 template cannot be used.\n{SEE}"
CHECKS = [
    pytest.param("walk.toml", 0, "walk.toml: good\n", id="good"),
    pytest.param(
        "./folder/../walk.toml", 0, "./folder/../walk.toml: good\n", id="path-as-given"
    ),
    pytest.param(
        "talk.toml",
        2,
        """\
talk.toml: 1 error
  error  way.why: when: below needs a scale or a number; “way.mood” is a line
""",
        id="one-fault",
    ),
    pytest.param(
        "broken.toml",
        2,
        f"""\
broken.toml: 3 errors
  error  unknown key “minute”; did you mean minutes?
  error  minutes is missing: a whole number of minutes, 1 to 600
  error  stage “way”, prompt 1: kind: “scala” must be {KINDS}
""",
        id="every-fault",
    ),
    pytest.param(
        "boss.toml",
        2,
        """\
boss.toml: 1 error
  error  way.why: ask: unknown name $boss; write $them or $me or $set or $third, \
or $$boss to keep it as it is
""",
        id="unknown-name",
    ),
    pytest.param(
        "words.txt",
        2,
        """\
words.txt: 1 error
  error  it is not valid TOML: Expected '=' after a key in a key/value pair (at line 1, column 6)
""",
        id="no-toml",
    ),
    pytest.param(
        "bytes.toml",
        2,
        """\
bytes.toml: 1 error
  error  it is not UTF-16 text: byte 3, in line 1, cannot be read; save it as UTF-8
""",
        id="no-text",
    ),
    pytest.param(
        "Upper.toml",
        2,
        """\
Upper.toml: 1 error
  error  the file's name “Upper” is the template's id: use only lower-case letters, digits \
and hyphens
""",
        id="wrong-name",
    ),
    pytest.param(
        "gone.toml",
        2,
        "gone.toml: 1 error\n  error  it cannot be read (No such file or directory)\n",
        id="missing",
    ),
    pytest.param(
        "folder",
        2,
        "folder: 1 error\n  error  it cannot be read (Is a directory)\n",
        id="folder",
    ),
]


@pytest.mark.parametrize(("file", "code", "out"), CHECKS)
def test_check_tells_faults_with_file_key_and_mend(
    checked: Run, file: str, code: int, out: str
) -> None:
    assert checked("template", "check", file) == (code, out, ONE_OF_ONE if code else "")


ADVICE = "no prompt of kind actions, so nothing is promised; add one near the end"


def test_check_tells_advice_apart_from_faults(checked: Run, tmp_path: Path) -> None:
    text = OWN.replace("Why?", "Is it the rest? Is it the pay?").replace(
        '"choices"', '"choice"'
    )
    (tmp_path / "run.toml").write_text(text.replace("How is", "Is"), encoding="utf-8")
    assert checked("template", "check", "run.toml") == (
        0,
        f"""\
run.toml: good
  advice  stage: {ADVICE}
  advice  way.why: ask: two questions in one; ask one, and make the other a prompt of its own
""",
        "",
    )


def test_check_of_several_at_once_is_one_answer(checked: Run) -> None:
    ran = checked("template", "check", "walk.toml", "talk.toml", "gone.toml", "grow")
    assert ran == (
        2,
        f"""\
walk.toml: good
talk.toml: 1 error
  error  way.why: when: below needs a scale or a number; “way.mood” is a line
gone.toml: 1 error
  error  it cannot be read (No such file or directory)
{library.find_builtin_folder() / "grow.toml"}: good
""",
        f"2 of 4 templates cannot be used.\n{SEE}",
    )


def test_check_as_json(checked: Run, tmp_path: Path) -> None:
    (tmp_path / "run.toml").write_text(OWN, encoding="utf-8")
    ran = checked("template", "check", "run.toml", "talk.toml", "--json")
    assert (ran.code, ran.err) == (2, f"1 of 2 templates cannot be used.\n{SEE}")
    assert ran.json == {
        "schema": 1,
        "templates": [
            {
                "file": "run.toml",
                "id": "run",
                "faults": [],
                "advice": [f"stage: {ADVICE}"],
            },
            {
                "file": "talk.toml",
                "id": "talk",
                "faults": [
                    "way.why: when: below needs a scale or a number; “way.mood” is a line"
                ],
                "advice": [],
            },
        ],
    }


def test_check_by_id_means_ones_own_before_the_built_in_one(
    checked: Run, home: Path, tmp_path: Path
) -> None:
    folder = library.find_builtin_folder()
    for id in ("grow", "GROW"):
        assert checked("template", "check", id).out == f"{folder / 'grow.toml'}: good\n"
    own(home, "grow", GOOD)
    assert (
        checked("template", "check", "grow").out
        == f"{home / 'prompts/grow.toml'}: good\n"
    )
    (tmp_path / "grow.toml").write_text("", encoding="utf-8")
    assert (
        checked("template", "check", "grow").out
        == f"{home / 'prompts/grow.toml'}: good\n"
    )


def test_check_of_an_unknown_id_names_the_nearest(checked: Run) -> None:
    ran = checked("template", "check", "grwo")
    assert ran.code in (2, 3)
    assert "id you mean grow" in ran.out + ran.err


@pytest.mark.parametrize(
    "file",
    [
        pytest.param("~nobody-has-this-name/x.toml", id="home-of-nobody"),
        pytest.param("x" * 300, id="too-long-for-an-id"),
        pytest.param("x" * 300 + ".toml", id="too-long-for-a-file"),
    ],
)
def test_check_of_a_name_that_no_file_can_have_is_a_fault_like_any_other(
    checked: Run, file: str
) -> None:
    ran = checked("template", "check", file, "walk.toml")
    assert (ran.code, "inside coachlog" in ran.err) == (2, False)
    assert ran.out.endswith("walk.toml: good\n")


def test_check_without_a_file_is_about_all_of_ones_own(
    checked: Run, home: Path
) -> None:
    assert checked("template", "check") == (
        *(
            0,
            "You have no templates of your own. To start one: coachlog template new NAME\n",
            "",
        ),
    )
    assert checked("template", "check", "--json").json == {"schema": 1, "templates": []}
    assert not home.exists()
    own(home, "walk", GOOD)
    own(home, "grow", "title = 1")
    own(home, ".#grow", "scribble")
    ran = checked("template", "check")
    assert ran.code == 2
    first, *_, last = ran.out.rstrip("\n").split("\n")
    assert (first, last) == (
        f"{home / 'prompts/grow.toml'}: 5 errors",
        f"{home / 'prompts/walk.toml'}: good",
    )
    assert ran.err == f"1 of 2 templates cannot be used.\n{SEE}"


def test_check_of_ones_own_waits_for_no_pipe(checked: Run, home: Path) -> None:
    (home / "prompts").mkdir(parents=True)
    os.mkfifo(home / "prompts/walk.toml")
    for line in ("template check", "template check walk", "template show walk"):
        ran = checked(*line.split())
        assert (ran.code, "it is a pipe or a device" in ran.out + ran.err) == (2, True)


def test_check_reads_the_end_of_a_pipe_that_it_is_given(checked: Run) -> None:
    """As `template check <(make-template)` in a shell."""
    reader, writer = os.pipe()
    os.write(writer, GOOD.encode())
    os.close(writer)
    ran = checked("template", "check", f"/dev/fd/{reader}")
    os.close(reader)
    assert ran == (0, f"/dev/fd/{reader}: good\n", "")


def test_check_of_a_file_without_an_end_ends(checked: Run) -> None:
    ran = checked("template", "check", "/dev/zero")
    assert (ran.code, "it is larger than 64 KiB" in ran.out) == (2, True)


def test_check_compares_measures_with_all_other_templates(
    checked: Run, home: Path
) -> None:
    own(home, "walk", GOOD.replace("high = 5", 'high = 5\nmeasure = "progress"'))
    own(home, "broken", "title = 1")
    ran = checked("template", "check", "walk")
    assert (ran.code, ran.out.split("\n")[1]) == (
        0,
        "  advice  way.mood: measure: “progress” goes from 1 to 10 in closing; "
        "scales with different ends cannot share a trend",
    )


@pytest.mark.parametrize("place", ["title", "stage", "option"])
def test_what_check_says_to_write_is_shown_as_it_is_meant(
    checked: Run, home: Path, place: str
) -> None:
    """Whatever mend a fault names, a reader of the mended template sees `$them` and no more."""
    old = {"title": '"Walk"', "stage": '"On the way"', "option": '"rest"'}[place]
    own(home, "walk", GOOD.replace(old, '"For $them"'))
    told = checked("template", "check", "walk").out
    assert "$them is not filled in here; write it out" in told
    if "$$them" in told:
        own(home, "walk", GOOD.replace(old, '"For $$them"'))
        shown = checked("template", "show", "walk").out
        assert ("For $them" in shown, "$$" in shown) == (True, False)


def test_no_line_steers_the_terminal(checked: Run, tmp_path: Path) -> None:
    name = "a\x1b[31mb.toml"
    (tmp_path / name).write_text('"\\u001b[31m" = 1', encoding="utf-8")
    for flag in ([], ["--json"]):
        ran = checked("template", "check", name, *flag)
        assert (ran.code, "\x1b" in ran.out + ran.err) == (2, False)
    assert ran.json["templates"][0]["file"] == "a�[31mb.toml"


# template new


def keyed_form(run: Run, home: Path, id: str) -> str:
    """Return a blank form in which each heading shows the key of its question."""
    template = library.find_template(id, home / "prompts")
    return with_keys(run("template", "form", id).out, template)


def own_file(home: Path, id: str) -> Template:
    return library.read_template_file(home / "prompts" / f"{id}.toml", builtin=False)


def found_in(run: Run, id: str) -> tuple[list[str], list[str]]:
    """Return the faults and the advice that `template check` has on one template."""
    (one,) = run("template", "check", id, "--json").json["templates"]
    return one["faults"], one["advice"]


def modes(*paths: Path) -> list[str]:
    return [f"{path.stat().st_mode & 0o777:o}" for path in paths]


@pytest.mark.parametrize(
    ("name", "id", "title"),
    [
        pytest.param("Team start", "team-start", "Team start", id="plain"),
        pytest.param("  Team \n start ", "team-start", "Team start", id="spaces"),
        pytest.param(
            'The "real" talk', "the-real-talk", 'The "real" talk', id="quotes"
        ),
        pytest.param("Ann's \\ 'way'", "ann-s-way", "Ann's \\ 'way'", id="backslash"),
        pytest.param("Café à deux", "cafe-a-deux", "Café à deux", id="accents"),
        pytest.param("Talk 日本 🚶", "talk", "Talk 日本 🚶", id="other-scripts"),
        pytest.param("../../etc/passwd", "etc-passwd", "../../etc/passwd", id="path"),
        pytest.param("walk.toml", "walk-toml", "walk.toml", id="with-its-ending"),
        pytest.param("1:1", "1-1", "1:1", id="digits"),
        pytest.param(
            "\x1b[31mRed\u202e", "31mred", "�[31mRed", id="control-characters"
        ),
        pytest.param("x" * 300, "x" * 60, "x" * 300, id="long"),
    ],
)
def test_a_new_template_by_its_name(
    run: Run, home: Path, name: str, id: str, title: str
) -> None:
    path = home / "prompts" / f"{id}.toml"
    assert run("template", "new", name) == (
        *(0, f"Wrote {path}. Next: coachlog template check {id}\n", ""),
    )
    found = own_file(home, id)
    assert (found.id, found.title) == (id, title)
    assert found_in(run, id) == ([], [])


def test_a_new_template_is_there_for_its_owner_alone(run: Run, home: Path) -> None:
    assert run("template", "new", "Walk").code == 0
    folder = home / "prompts"
    assert sorted(path.name for path in home.rglob("*")) == [
        *(".template.schema.json", "prompts", "walk.toml"),
    ]
    assert modes(folder / "walk.toml", folder) == ["600", "700"]


def test_the_home_that_a_new_template_makes_is_private_as_well(
    run: Run, home: Path
) -> None:
    """The journal comes into it later: names and what was said."""
    assert run("template", "new", "Walk").code == 0
    assert modes(home) == ["700"]


def test_a_new_template_has_the_schema_beside_it(run: Run, home: Path) -> None:
    run("template", "new", "Walk")
    first = (home / "prompts/walk.toml").read_text(encoding="utf-8").split("\n")[0]
    beside = home / "prompts" / first.removeprefix("#:schema ./")
    assert json.loads(beside.read_text(encoding="utf-8")) == build_json_schema()
    beside.write_text("old", encoding="utf-8")
    run("template", "new", "Run")
    assert json.loads(beside.read_text(encoding="utf-8")) == build_json_schema()


def test_a_new_template_can_be_held(run: Run) -> None:
    run("template", "new", "Walk")
    hold(
        run,
        template="walk",
        answers={"today.matters": "Rest", "today.felt": 4, "today.better": "Pay"},
        actions=[{"what": "Sleep", "owner": "me"}],
    )
    shown = run("session", "show", "1", "--json").json["session"]
    assert [(a["question"], a["value"]) for a in shown["answers"]] == [
        ("What matters most to Priya today?", "Rest"),
        ("How has work felt to Priya since you last spoke?", 4),
        ("What would make it better?", "Pay"),
    ]
    assert [action["what"] for action in shown["actions"]] == ["Sleep"]


@pytest.mark.parametrize("source", ["check-in", "GROW", "gibbs", "als"])
def test_a_new_template_from_another(run: Run, home: Path, source: str) -> None:
    path = home / "prompts" / "our-1-1.toml"
    assert run("template", "new", "Our 1:1", "--from", source) == (
        *(0, f"Wrote {path}. Next: coachlog template check our-1-1\n", ""),
    )
    found, original = (
        own_file(home, "our-1-1"),
        library.find_template(source, Path("nowhere")),
    )
    assert found.title == "Our 1:1"
    assert (
        found.summary,
        found.audience,
        found.occasion,
        found.minutes,
        found.source,
        found.stages,
    ) == (
        *(original.summary, original.audience, original.occasion),
        *(original.minutes, original.source),
        original.stages,
    )
    assert found_in(run, "our-1-1") == ([], [])


def test_a_new_template_from_ones_own(run: Run, home: Path) -> None:
    own(home, "grow", GOOD)
    assert run("template", "new", "Run", "--from", "grow").code == 0
    assert own_file(home, "run").stages == own_file(home, "grow").stages


@pytest.mark.parametrize(
    ("source", "code", "says"),
    [
        ("grwo", 3, "id you mean grow"),
        ("faulty", 2, "title: “1” must be text in quotes"),
    ],
)
def test_a_new_template_from_what_cannot_be_used_is_not_begun(
    run: Run, home: Path, source: str, code: int, says: str
) -> None:
    own(home, "faulty", "title = 1")
    ran = run("template", "new", "Walk", "--from", source)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert [path.name for path in (home / "prompts").iterdir()] == ["faulty.toml"]


def test_a_new_template_in_place_of_a_built_in_one_is_said(
    run: Run, home: Path
) -> None:
    path = home / "prompts" / "grow.toml"
    assert run("template", "new", "Grow", "--from", "grow") == (
        0,
        f"Wrote {path}, which is used instead of the built-in one. "
        "Next: coachlog template check grow\n",
        "",
    )
    assert (
        "Your own template, in place of the built-in one."
        in run("template", "show", "grow").out
    )


def test_a_link_to_nowhere_is_a_template_that_is_there(run: Run, home: Path) -> None:
    """Nothing is written beside it under a name that cannot be an id."""
    folder = home / "prompts"
    folder.mkdir(parents=True)
    (folder / "walk.toml").symlink_to("gone")
    ran = run("template", "new", "Walk")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("You already have a template called “walk”")
    assert [path.name for path in folder.iterdir()] == ["walk.toml"]


def test_of_two_that_make_the_same_template_at_once_one_is_refused(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = starter.build_starter_text

    def build_late(*args: Any) -> str:
        own(home, "walk", GOOD)
        return build(*args)

    monkeypatch.setattr(starter, "build_starter_text", build_late)
    ran = run("template", "new", "Walk")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("You already have a template called “walk”")
    assert [path.name for path in (home / "prompts").iterdir()] == ["walk.toml"]
    assert (home / "prompts/walk.toml").read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize("name", ["Walk", "walk", "WALK!"])
@pytest.mark.parametrize("person", [None, ScriptedPerson()], ids=["nobody", "somebody"])
def test_a_template_that_is_there_is_left_as_it_is(
    run: Run, home: Path, name: str, person: ScriptedPerson | None
) -> None:
    own(home, "walk", "title = 1")
    assert run("template", "new", name, "--from", "grow", person=person) == (
        2,
        "",
        "You already have a template called “walk”; it was left as it is.\n"
        "See: coachlog template check walk\n",
    )
    assert (home / "prompts/walk.toml").read_text(encoding="utf-8") == "title = 1"
    assert len([*(home / "prompts").iterdir()]) == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("日本", "日本"),
        ("", ""),
        ("  ", "  "),
        ("!?", "!?"),
        ("\x1b", "�"),
        ("日" * 99, "日" * 40),
    ],
)
def test_a_name_without_plain_letters_cannot_name_a_file(
    run: Run, home: Path, name: str, shown: str
) -> None:
    assert run("template", "new", name) == (
        *(2, ""),
        f"“{shown}” cannot be used as a file name.\n"
        "Use plain letters: coachlog template new team-start\n",
    )
    assert not home.exists()


@pytest.mark.parametrize("file", ["home", "home/prompts"])
def test_a_folder_that_cannot_be_written_to_is_said(
    run: Run, home: Path, file: str
) -> None:
    path = home.parent / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("in the way", encoding="utf-8")
    ran = run("template", "new", "Walk")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"{home / 'prompts'} cannot be written to (")


# The editor

EDITOR = """\
import sys
from pathlib import Path
here, file = Path(__file__).parent, Path(sys.argv[1])
with (here / "opened").open("a", encoding="utf-8") as opened:
    opened.write(f"{file}\\n")
rounds = len((here / "opened").read_text(encoding="utf-8").splitlines())
saved = here / f"save-{rounds}"
if saved.exists():
    file.write_bytes(saved.read_bytes())
if (here / "remove").exists():
    file.unlink()
sys.exit(int((here / "code").read_text()) if (here / "code").exists() else 0)
"""
Editor = Callable[..., Path]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Set EDITOR to one that saves these texts, one each time it is opened, and then ends so."""
    folder = tmp_path / "editor"
    folder.mkdir()
    (folder / "editor.py").write_text(EDITOR, encoding="utf-8")
    for name in ("COACHLOG_EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' -IS '{folder / 'editor.py'}'")

    def set_up(*texts: str, code: int = 0, remove: bool = False) -> Path:
        for number, text in enumerate(texts, start=1):
            (folder / f"save-{number}").write_text(text, encoding="utf-8")
        (folder / "code").write_text(str(code), encoding="utf-8")
        if remove:
            (folder / "remove").touch()
        return folder / "opened"

    return set_up


WHAT_NOW = "It cannot be used as it is. What would you like to do?"
FAULTY = GOOD.replace('"scale"', '"scala"').replace("minutes = 15\n", "")
FAULTS = [
    "walk.toml has 2 errors:",
    "- minutes is missing: a whole number of minutes, 1 to 600",
    f"- stage “way”, prompt 1: kind: “scala” must be {KINDS}",
]


def wrote(home: Path) -> str:
    return f"Wrote {home / 'prompts/walk.toml'}. Next: coachlog template check walk\n"


def test_the_editor_is_opened_with_somebody_at_the_terminal(
    run: Run, home: Path, editor: Editor
) -> None:
    opened, person = editor(), ScriptedPerson()
    assert run("template", "new", "Walk", person=person) == (0, wrote(home), "")
    assert opened.read_text(encoding="utf-8") == f"{home / 'prompts/walk.toml'}\n"
    assert (person.told, person.asked) == ([], [])
    assert own_file(home, "walk").title == "Walk"


@pytest.mark.parametrize(
    ("flags", "person"),
    [
        pytest.param([], None, id="nobody"),
        pytest.param(["--no-input"], ScriptedPerson(), id="no-input"),
    ],
)
def test_the_editor_is_not_opened_without_anybody(
    run: Run,
    home: Path,
    editor: Editor,
    flags: list[str],
    person: ScriptedPerson | None,
) -> None:
    opened = editor()
    assert run(*flags, "template", "new", "Walk", person=person) == (0, wrote(home), "")
    assert not opened.exists()


def test_advice_is_told_after_the_editor_and_nothing_asked(
    run: Run, home: Path, editor: Editor
) -> None:
    editor(OWN)
    person = ScriptedPerson()
    assert run("template", "new", "Walk", person=person) == (0, wrote(home), "")
    assert person.told == [f"advice: stage: {ADVICE}"]
    assert (home / "prompts/walk.toml").read_text(encoding="utf-8") == OWN


def test_the_editor_opens_again_until_there_are_no_faults(
    run: Run, home: Path, editor: Editor
) -> None:
    opened = editor(FAULTY, GOOD.replace("$them?", "$boss?"), GOOD)
    person = ScriptedPerson({WHAT_NOW: ("open it again", "open it again")})
    assert run("template", "new", "Walk", person=person) == (0, wrote(home), "")
    assert person.told == [
        *FAULTS,
        "walk.toml has 1 error:",
        "- way.mood: ask: unknown name $boss; write $them or $me or $set or $third, "
        "or $$boss to keep it as it is",
    ]
    assert person.rows[WHAT_NOW] == ["open it again", "leave it for now"]
    assert opened.read_text(encoding="utf-8").count("\n") == 3
    assert (home / "prompts/walk.toml").read_text(encoding="utf-8") == GOOD
    assert modes(home / "prompts/walk.toml") == ["600"]


@pytest.mark.parametrize("reply", ["leave it for now", "<"])
def test_a_faulty_one_can_be_left_for_now(
    run: Run, home: Path, editor: Editor, reply: str
) -> None:
    opened = editor(FAULTY)
    person = ScriptedPerson({WHAT_NOW: reply})
    assert run("template", "new", "Walk", person=person) == (0, wrote(home), "")
    assert person.told == FAULTS
    assert opened.read_text(encoding="utf-8").count("\n") == 1
    assert (home / "prompts/walk.toml").read_text(encoding="utf-8") == FAULTY


def test_ctrl_c_leaves_what_was_edited(run: Run, home: Path, editor: Editor) -> None:
    editor(FAULTY)
    ran = run("template", "new", "Walk", person=ScriptedPerson({WHAT_NOW: CtrlC()}))
    assert (ran.code, ran.out) == (130, "")
    assert (home / "prompts/walk.toml").read_text(encoding="utf-8") == FAULTY


def test_an_editor_that_ends_with_an_error_is_told(
    run: Run, home: Path, editor: Editor
) -> None:
    editor(GOOD, code=3)
    person = ScriptedPerson()
    assert run("template", "new", "Walk", person=person) == (0, wrote(home), "")
    assert person.told == [
        f"The editor “{sys.executable}” ended with an error (3). What you saved in it is safe."
    ]
    assert (home / "prompts/walk.toml").read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param(
            "/nowhere/ed -n",
            "The editor “/nowhere/ed” cannot be started (No such file or directory). "
            "Set EDITOR to the name of an editor that is installed.",
            id="not-there",
        ),
        pytest.param(
            "vi 'x",
            "EDITOR cannot be understood (No closing quotation).",
            id="open-quote",
        ),
    ],
)
def test_an_editor_that_cannot_be_started_is_told_and_the_file_is_there(
    run: Run,
    home: Path,
    editor: Editor,
    monkeypatch: pytest.MonkeyPatch,
    given: str,
    told: str,
) -> None:
    editor()
    monkeypatch.setenv("EDITOR", given)
    person = ScriptedPerson()
    assert run("template", "new", "Walk", person=person) == (0, wrote(home), "")
    assert person.told == [told]
    assert own_file(home, "walk").title == "Walk"


def test_a_file_that_the_editor_took_away_is_told(run: Run, editor: Editor) -> None:
    editor(remove=True)
    person = ScriptedPerson({WHAT_NOW: "leave it for now"})
    assert run("template", "new", "Walk", person=person).code == 0
    assert person.told == [
        "walk.toml has 1 error:",
        "- it cannot be read (No such file or directory)",
    ]


@pytest.mark.parametrize("code", [0, 1])
def test_a_file_that_the_editor_left_empty_gets_its_text_back(
    run: Run, home: Path, editor: Editor, code: int
) -> None:
    """Vim and others empty a file before they find that the disk is full."""
    editor("", code=code)
    person = ScriptedPerson()
    assert run("template", "new", "Walk", person=person) == (0, wrote(home), "")
    assert person.told[-1] == (
        "The template was empty, so what it held before has been restored."
    )
    assert own_file(home, "walk").title == "Walk"


def test_what_was_typed_before_the_editor_left_the_file_empty_comes_back(
    run: Run, home: Path, editor: Editor
) -> None:
    editor(FAULTY, "\n")
    person = ScriptedPerson({WHAT_NOW: ("open it again", "leave it for now")})
    assert run("template", "new", "Walk", person=person) == (0, wrote(home), "")
    assert (home / "prompts/walk.toml").read_text(encoding="utf-8") == FAULTY


def test_an_empty_file_that_cannot_be_restored_is_removed(
    run: Run, home: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor("")
    rewrite = files.rewrite_file

    def rewrite_all_but_it(target: Path, content: str) -> None:
        if target.name == "walk.toml":
            raise StorageFailure(f"{target} cannot be written (No space left).")
        rewrite(target, content)

    monkeypatch.setattr(files, "rewrite_file", rewrite_all_but_it)
    path = home / "prompts/walk.toml"
    assert run("template", "new", "Walk", person=ScriptedPerson()) == (
        1,
        "",
        "The editor left the template empty, so it was removed. "
        f"{path} cannot be written (No space left).\n"
        "Free some space on the disk, then start it again.\n",
    )
    assert not path.exists()


@pytest.mark.parametrize("name", ["COACHLOG_EDITOR", "VISUAL"])
def test_which_editor_goes_first(
    run: Run, editor: Editor, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    editor()
    monkeypatch.setenv(name, "/nowhere/first")
    person = ScriptedPerson()
    run("template", "new", "Walk", person=person)
    assert ["/nowhere/first" in told for told in person.told] == [True]


def a_program(folder: Path, name: str, lines: str) -> Path:
    """Return a program that does what these lines of the shell say."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o700)
    return path


@pytest.mark.parametrize(
    ("name", "flags", "given"),
    [
        ("code", "", "--wait FILE"),
        ("code", " -n", "-n --wait FILE"),
        ("code", " --wait", "--wait FILE"),
        ("subl", " -w", "-w FILE"),
        ("gvim", "", "--nofork FILE"),
        ("kate", "", "--block FILE"),
        ("nano", "", "FILE"),
        ("vim", " -u 'a b'", "-u a b FILE"),
    ],
)
def test_an_editor_with_a_window_is_told_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, flags: str, given: str
) -> None:
    program = a_program(tmp_path, name, f"printf '%s\\n' \"$*\" > '{tmp_path}/given'")
    monkeypatch.setenv("COACHLOG_EDITOR", f"'{program}'{flags}")
    assert open_editor(tmp_path / "FILE") >= 0
    found = (tmp_path / "given").read_text(encoding="utf-8")
    assert found.replace(str(tmp_path / "FILE"), "FILE") == f"{given}\n"


def test_what_an_editor_draws_is_no_part_of_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COACHLOG_EDITOR", str(a_program(tmp_path, "ed", "echo drawn")))
    open_editor(tmp_path / "file")
    assert capfd.readouterr() == ("", "drawn\n")


def test_an_editor_that_was_stopped_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = a_program(tmp_path, "ed", "kill -9 $$")
    monkeypatch.setenv("COACHLOG_EDITOR", str(program))
    with pytest.raises(EditorFailure) as failed:
        open_editor(tmp_path / "file")
    assert failed.value.message == f"The editor “{program}” was stopped (signal 9)."


@pytest.mark.parametrize("there", ["nano", "vim", "vi", None])
def test_without_a_choice_the_usual_editor_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str | None
) -> None:
    for name in ("COACHLOG_EDITOR", "VISUAL", "EDITOR"):
        monkeypatch.setenv(name, " ")
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    if there:
        a_program(folder, there, f"echo {there} > '{tmp_path}/given'")
        open_editor(tmp_path / "file")
        assert (tmp_path / "given").read_text(encoding="utf-8") == f"{there}\n"
        return
    with pytest.raises(EditorFailure) as failed:
        open_editor(tmp_path / "file")
    assert (failed.value.message, failed.value.hint) == (
        *(
            "No editor was found.",
            "Set EDITOR to the name of an editor that is installed.",
        ),
    )
