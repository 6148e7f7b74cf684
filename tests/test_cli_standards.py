"""`coachlog progress --standards`: what is on record for each of the owner's standards."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from command_support import hold
from conftest import Run

EXAMPLE = Path(__file__).parent.parent / "examples/standards.toml"
STANDARDS = """\
[[standard]]
id = "asks-first"
statement = "Asks before giving advice."
level = "everyone"
[[standard]]
id = "owns-mistakes"
statement = "Says it first when something went wrong."
"""
WALK = """\
title = "Walk"
summary = "A talk on foot."
audience = "one-to-one"
minutes = 15
[[stage]]
id = "way"
title = "On the way"
[[stage.prompt]]
id = "asked"
ask = "What did you ask $them?"
kind = "text"
standard = "asks-first"
[[stage.prompt]]
id = "aside"
ask = "What do you keep to yourself?"
kind = "line"
private = true
standard = "asks-first"
[[stage.prompt]]
id = "else"
ask = "What else?"
kind = "text"
"""


@pytest.fixture
def walked(run: Run, home: Path) -> Run:
    """Four walks with two people, of which one was skipped in part, and one of three is private."""
    write_template(home, WALK)
    write_standards(home, STANDARDS)
    walk(run, "2026-11-02", asked="What have you tried?", **{"else": "Nothing"})
    walk(run, "2026-11-09", asked="What would help?", aside="I was tired")
    walk(run, "2026-11-16", "Ben Ek", asked="Who else knows?")
    walk(run, "2026-11-20", "Ben Ek", **{"else": "Only this"})
    return run


def write_template(home: Path, text: str, id: str = "walk") -> None:
    (home / "prompts").mkdir(parents=True, exist_ok=True)
    (home / f"prompts/{id}.toml").write_text(text, encoding="utf-8")


def write_standards(home: Path, text: str) -> None:
    home.mkdir(exist_ok=True)
    (home / "standards.toml").write_text(text, encoding="utf-8")


def walk(run: Run, day: str, person: str = "Priya Shah", **answers: str) -> None:
    hold(
        run,
        template="walk",
        person=person,
        held_on=day,
        answers={f"way.{id}": words for id, words in answers.items()},
    )


def tallies(run: Run, *words: str) -> dict[str, tuple[int, int, int]]:
    """Return the answers, conversations and people of each standard."""
    view = read(run, *words)
    return {
        row["id"]: (row["answers"], row["conversations"], row["people"])
        for row in view["standards"]
    }


def read(run: Run, *words: str) -> Any:
    ran = run("progress", "--standards", *words, "--json")
    assert ran.code == 0, ran.err
    return ran.json["standards"]


PAGE = """\
Standards
It counts what was recorded, not how well it was done.

Asks before giving advice.
asks-first · everyone · 4 answers · 3 conversations · 2 people
  Mon 16 Nov · Ben Ek · Walk
    What did you ask Ben?
    Who else knows?
  Mon 9 Nov · Priya Shah · Walk
    What do you keep to yourself?
    (private)
  Mon 9 Nov · Priya Shah · Walk
    What did you ask Priya?
    What would help?
  + 1 more

Says it first when something went wrong.
owns-mistakes · no evidence yet
"""


def test_each_standard_has_its_evidence_and_a_gap_is_shown(walked: Run) -> None:
    assert walked("progress", "--standards") == (
        0,
        PAGE,
        "The words of 1 private answer are not shown; to see them, add --private.\n",
    )


def test_private_words_are_shown_where_they_are_asked_for(walked: Run) -> None:
    ran = walked("progress", "--standards", "--private")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == PAGE.replace("    (private)", "    I was tired (private)")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("", (4, 3, 2), id="all"),
        pytest.param("priya", (3, 2, 1), id="one-person"),
        pytest.param("--since 2026-11-09", (3, 2, 2), id="since"),
        pytest.param("--until 2026-11-09", (3, 2, 1), id="until"),
        pytest.param("ben --until 2026-11-15", (0, 0, 0), id="none"),
    ],
)
def test_who_and_when(walked: Run, words: str, expected: tuple[int, int, int]) -> None:
    assert tallies(walked, *words.split()) == {
        "asks-first": expected,
        "owns-mistakes": (0, 0, 0),
    }


def test_in_a_conversation_of_three_it_counts_for_both(run: Run, home: Path) -> None:
    write_template(home, WALK)
    write_standards(home, STANDARDS)
    run("person", "add", "Priya Shah", "--relationship", "report")
    run("person", "add", "Ben Ek", "--relationship", "peer")
    hold(
        run,
        template="walk",
        person=None,
        relationship=None,
        **{"with": ["Priya Shah", "Ben Ek"]},
        answers={"way.asked": "What now?"},
    )
    for words, people in (("", 2), ("priya", 2), ("ben", 2)):
        assert tallies(run, *words.split())["asks-first"] == (1, 1, people)
    page = run("progress", "--standards").out
    assert "Mon 23 Nov · Priya Shah and Ben Ek · Walk" in page


def test_who_was_merged_is_one_person_and_who_is_archived_stays(walked: Run) -> None:
    assert walked("person", "archive", "ben").code == 0
    assert tallies(walked)["asks-first"] == (4, 3, 2)
    assert walked("person", "merge", "priya", "ben", "--yes").code == 0
    assert tallies(walked, "priya")["asks-first"] == (4, 3, 1)


def test_json_has_all_of_the_evidence(walked: Run) -> None:
    view = read(walked, "priya", "--since", "2026-11-01")
    first, second = view.pop("standards")
    assert view == {
        "person": "Priya Shah",
        "since": "2026-11-01",
        "until": None,
        "person_id": 1,
    }
    assert second == {
        "id": "owns-mistakes",
        "statement": "Says it first when something went wrong.",
        "level": None,
        "answers": 0,
        "conversations": 0,
        "people": 0,
        "sources": [],
    }
    assert [source["words"] for source in first["sources"]] == [
        *("(private)", "What would help?", "What have you tried?"),
    ]
    assert first["sources"][0] == {
        "session": 2,
        "held_on": "2026-11-09",
        "template": "walk",
        "title": "Walk",
        "people": ["Priya Shah"],
        "set": None,
        "question": "What do you keep to yourself?",
        "words": "(private)",
        "private": True,
        "people_ids": [1],
        "set_id": None,
    }


def test_a_deleted_conversation_is_no_evidence(walked: Run) -> None:
    assert walked("session", "delete", "1", "--yes").code == 0
    assert tallies(walked)["asks-first"] == (3, 2, 2)
    assert walked("session", "restore", "1").code == 0
    assert tallies(walked)["asks-first"] == (4, 3, 2)


def test_a_standard_that_is_gone_keeps_its_evidence(walked: Run, home: Path) -> None:
    write_standards(home, STANDARDS.replace('"asks-first"', '"asks"', 1))
    assert tallies(walked) == {
        "asks": (0, 0, 0),
        "owns-mistakes": (0, 0, 0),
        "asks-first": (4, 3, 2),
    }
    gone = (
        "\nasks-first\nnot in standards.toml · 4 answers · 3 conversations · 2 people\n"
    )
    assert gone in walked("progress", "--standards").out
    assert read(walked)["standards"][-1]["statement"] is None


def test_what_counts_is_what_the_template_says_now(walked: Run, home: Path) -> None:
    moved = WALK.replace('standard = "asks-first"', 'standard = "owns-mistakes"', 1)
    write_template(home, moved)
    assert tallies(walked) == {"asks-first": (1, 1, 1), "owns-mistakes": (3, 3, 2)}
    # What was asked stays as it was.
    write_template(home, moved.replace("What did you ask $them?", "What was it?"))
    assert read(walked)["standards"][1]["sources"][0]["question"] == (
        "What did you ask Ben?"
    )


def test_a_question_speaks_for_those_that_it_replaced(walked: Run, home: Path) -> None:
    write_template(
        home, WALK.replace('"asked"', '"question"\nreplaces = ["way.asked"]')
    )
    assert tallies(walked)["asks-first"] == (4, 3, 2)


def test_another_template_with_questions_of_the_same_names_is_no_evidence(
    walked: Run, home: Path
) -> None:
    write_template(home, WALK.replace('standard = "asks-first"\n', ""), "stroll")
    hold(walked, template="stroll", answers={"way.asked": "What now?"})
    assert tallies(walked)["asks-first"] == (4, 3, 2)


def test_a_template_that_cannot_be_used_is_said(walked: Run, home: Path) -> None:
    write_template(home, "minutes =")
    ran = walked("progress", "--standards")
    assert ran.code == 0
    assert "asks-first · everyone · no evidence yet" in ran.out
    assert "walk.toml cannot be used: " in ran.err


def test_what_was_said_in_a_set_is_counted_without_its_words(
    run: Run, home: Path
) -> None:
    write_standards(home, STANDARDS)
    assert run("template", "new", "als", "--from", "als").code == 0
    path = home / "prompts/als.toml"
    text = path.read_text(encoding="utf-8")
    ask = 'ask = "What did the others notice?"\n'
    path.write_text(text.replace(ask, f'{ask}standard = "asks-first"\n'), "utf-8")
    for name in ("Ann Obi", "Ben Ek"):
        assert run("person", "add", name, "--relationship", "peer").code == 0
    members = ("--member", "Ann Obi", "--member", "Ben Ek")
    assert run("set", "add", "Ward", *members).code == 0
    meeting = """
set = "Ward"
template = "als"
held_on = 2026-11-20
present = ["Ann Obi", "Ben Ek"]
[[slots]]
presenter = "Ann Obi"
[slots.answers]
"reflect.noticed" = "secretword"
"""
    (home / "meeting.toml").write_text(meeting, encoding="utf-8")
    ran = run("session", "new", "--answers", str(home / "meeting.toml"))
    assert ran.code == 0, ran.err
    assert tallies(run)["asks-first"] == (1, 1, 0)
    assert tallies(run, "ann")["asks-first"] == (0, 0, 0)
    ran = run("progress", "--standards", "--private")
    assert "Fri 20 Nov · Ward · " in ran.out
    assert "(said in the set)" in ran.out
    assert "secretword" not in ran.out + str(read(run, "--private"))


def test_a_tank_is_no_evidence_for_anything(run: Run, home: Path) -> None:
    write_standards(home, STANDARDS)
    hold(run)
    assert run("template", "new", "tank", "--from", "tank").code == 0
    path = home / "prompts/tank.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('id = "drained"\n', 'id = "drained"\nstandard = "asks-first"\n')
    path.write_text(text, encoding="utf-8")
    assert run("template", "check", "tank").code == 0
    entry = '{"answers": {"level.full": 4, "level.drained": "tankword"}}'
    assert run("tank", "new", "--answers", "-", input=entry).code == 0
    ran = run("progress", "--standards", "--private")
    assert "tankword" not in ran.out
    assert tallies(run, "--private")["asks-first"] == (0, 0, 0)


def test_to_begin_one_is_told_where_and_how(example: Run, home: Path) -> None:
    ran = example("progress", "--standards")
    assert ran.code == 0
    told = " ".join(ran.out.split())
    assert f"No standards yet. They go into {home / 'standards.toml'}:" in told
    # What the screen says can be used as it is.
    lines = [line.strip() for line in ran.out.split("\n") if line.startswith("  ")]
    *standard, of_template = lines
    write_standards(home, "\n".join(standard))
    write_template(home, WALK.replace('standard = "asks-first"', of_template))
    walk(example, "2026-11-20", asked="What have you tried?")
    assert tallies(example) == {"asks-first": (1, 1, 1)}


def test_the_example_is_one_to_begin_with(walked: Run, home: Path) -> None:
    shutil.copy(EXAMPLE, home / "standards.toml")
    counted = tallies(walked)
    assert counted.pop("asks-first") == (4, 3, 2)
    assert set(counted.values()) == {(0, 0, 0)}


def test_a_broken_file_takes_only_itself_out_of_use(walked: Run, home: Path) -> None:
    write_standards(home, STANDARDS.replace("statement", "statment", 1))
    ran = walked("progress", "--standards")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"{home / 'standards.toml'} cannot be used:\n"
        "  - standard 1 (“asks-first”): unknown key “statment”; did you mean statement?\n"
        "  - standard 1 (“asks-first”): statement is missing: one line of text in quotes\n"
        "Correct it in an editor, or move it away. docs/templates.md describes the format.\n"
    )
    assert walked("progress").code == 0
    walk(walked, "2026-11-21", asked="What else?")
    found = walked("doctor", "--json").json["findings"]
    assert [row["state"] for row in found if row["about"] == "standards"] == ["wrong"]


def test_doctor_says_how_many_there_are(walked: Run) -> None:
    found = walked("doctor", "--json").json["findings"]
    assert [row["words"] for row in found if row["about"] == "standards"] == [
        "2 standards in standards.toml."
    ]


@pytest.mark.parametrize(
    "words", ["--shadow", "--compare", "--ledger", "--measure x", "--set ward"]
)
def test_it_stands_alone(walked: Run, words: str) -> None:
    ran = walked("progress", "--standards", *words.split())
    assert (ran.code, ran.out) == (2, "")


# Templates


def check(run: Run, home: Path, text: str = WALK) -> list[str]:
    write_template(home, text)
    ran = run("template", "check", "walk", "--json")
    (found,) = ran.json["templates"]
    return [
        words for words in [*found["faults"], *found["advice"]] if "standard" in words
    ]


def test_check_hints_at_an_unknown_standard(walked: Run, home: Path) -> None:
    assert check(walked, home) == []
    assert check(walked, home, WALK.replace("asks-first", "ask-first", 1)) == [
        "way.asked: standard: “ask-first” is not in standards.toml; "
        "did you mean asks-first?"
    ]
    write_standards(home, "[standard]")
    assert check(walked, home)[0] == (
        "way.asked: standard: standards.toml cannot be used; "
        "what is wrong: coachlog progress --standards"
    )
    (home / "standards.toml").unlink()
    assert check(walked, home)[0] == (
        "way.asked: standard: “asks-first” is not in standards.toml"
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            '"asks-first"',
            '"Asks first"',
            "way.asked: standard: “Asks first” must be "
            "lower-case letters, digits and hyphens",
            id="no-id",
        ),
        pytest.param(
            'kind = "text"\nstandard',
            'kind = "yesno"\nstandard',
            "way.asked: standard: is for text and line and questions only; "
            "this prompt is of kind yesno",
            id="no-words",
        ),
    ],
)
def test_a_standard_is_an_id_and_evidence_is_words(
    walked: Run, home: Path, old: str, new: str, fault: str
) -> None:
    assert check(walked, home, WALK.replace(old, new, 1)) == [fault]


def test_the_page_of_a_template_names_the_standard(walked: Run) -> None:
    page = walked("template", "show", "walk").out
    assert "(standard asks-first)" in page
    assert "• What do you keep to yourself?  (private; standard asks-first)" in page
