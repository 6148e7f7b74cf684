"""`coachlog person`: who one talks with, found again by any clear beginning of a name."""

from pathlib import Path
from typing import Any

import pytest

from command_support import CtrlC, ScriptedPerson, hold, snapshot
from conftest import Run


def person(run: Run, name: str) -> dict[str, Any]:
    found: dict[str, Any] = run("person", "show", name, "--json").json["person"]
    return found


def test_person_add_makes_the_journal_and_says_what_is_next(run: Run) -> None:
    ran = run(
        *("person", "add", "Priya Shah", "--relationship", "report"),
        *("--role", "Ward clerk", "--team", "Ward 7", "--every", "2w"),
    )
    assert ran == (
        0,
        "Added Priya Shah (reports to you). Next: coachlog log priya-shah\n",
        "",
    )
    found = person(run, "priya")
    del found["uid"]
    assert found == {
        "id": 1,
        "name": "Priya Shah",
        "slug": "priya-shah",
        "relationship": "report",
        "role": "Ward clerk",
        "team": "Ward 7",
        "every_days": 14,
        "archived": False,
        "paused_until": None,
        "every": "2w",
        "last_held": None,
        "last_met": None,
        "open": 0,
        # The first conversation is due, and a rhythm tells no day for it.
        "next_due": None,
        "rhythm": "amber",
        "days_late": None,
    }


@pytest.mark.parametrize(
    "words",
    [
        ("person", "add", "Al Poe"),
        ("person", "edit", "priya"),
        ("set", "add", "Ward", "-m", "Al Poe", "-m", "Bo Lee"),
    ],
)
def test_two_relationships_are_refused_with_what_to_type(
    run: Run, words: tuple[str, ...]
) -> None:
    """The first was lost without a word; the same one twice is one."""
    assert run("person", "add", "Priya Shah", "-r", "peer", "-r", "peer").code == 0
    ran = run(*words, "-r", "coach", "-r", "manager")
    assert (ran.code, ran.err) == (
        2,
        "--relationship was given as coach and manager, but a person has one. "
        "Nothing was changed.\n"
        "A manager who coaches you too is -r manager. Of any others, take the one that lasts; "
        "--role has room for the rest.\n",
    )
    people = run("person", "list", "--json").json["people"]
    assert [(row["name"], row["relationship"]) for row in people] == [
        ("Priya Shah", "peer")
    ]


@pytest.mark.parametrize(
    "relationship",
    ["report", "coachee", "peer", "manager", "mentee", "coach", "mentor", "supervisor"],
)
def test_every_relationship(run: Run, relationship: str) -> None:
    assert run("person", "add", "Al", "-r", relationship).code == 0
    assert person(run, "al")["relationship"] == relationship


@pytest.mark.parametrize(
    ("typed", "days", "every"),
    [
        ("10d", 10, "10d"),
        ("1 day", 1, "1d"),
        ("2w", 14, "2w"),
        ("3 weeks", 21, "3w"),
        ("fortnightly", 14, "2w"),
        ("1m", None, "1m"),
        ("monthly", None, "1m"),
        ("quarterly", None, "3m"),
        ("0", None, None),
    ],
)
def test_a_rhythm(run: Run, typed: str, days: int | None, every: str | None) -> None:
    assert run("person", "add", "Al", "-r", "peer", "--every", typed).code == 0
    assert (person(run, "al")["every_days"], person(run, "al")["every"]) == (
        days,
        every,
    )


def test_a_rhythm_in_months_replaces_one_in_days_and_is_shown_as_such(run: Run) -> None:
    run("person", "add", "Al", "-r", "peer", "--every", "2w")
    assert run("person", "edit", "al", "--every", "monthly").out == (
        "Changed Al: a conversation every month. See: coachlog person show al\n"
    )
    assert (person(run, "al")["every_days"], person(run, "al")["every"]) == (None, "1m")
    assert "every month" in run("person", "show", "al").out
    run("person", "edit", "al", "--every", "2w")
    assert (person(run, "al")["every_days"], person(run, "al")["every"]) == (14, "2w")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        pytest.param("Priya Shah", "priya-shah", id="plain"),
        pytest.param("  Priya \n Shah ", "priya-shah", id="spaces"),
        pytest.param("Zoë Ó Brien", "zoe-o-brien", id="accents"),
        pytest.param("李小龍", "李小龍", id="other-script"),
    ],
)
def test_a_name_has_a_handle(run: Run, name: str, slug: str) -> None:
    assert run("person", "add", name, "-r", "peer").code == 0
    (found,) = run("person", "list", "--json").json["people"]
    assert (found["name"], found["slug"]) == (" ".join(name.split()), slug)


@pytest.mark.parametrize(
    "typed", ["priya", "PRIYA SHAH", "priya-shah", "pri", "Príya", " priya  shah "]
)
def test_a_name_matches_by_any_clear_beginning(example: Run, typed: str) -> None:
    assert person(example, typed)["name"] == "Priya Shah"


def test_a_whole_name_goes_before_a_beginning(run: Run) -> None:
    for name in ("Ann", "Anna"):
        run("person", "add", name, "-r", "peer")
    assert person(run, "ann")["name"] == "Ann"


@pytest.mark.parametrize(
    "line",
    [
        "person show pri",
        "person edit pri --role x",
        "person archive pri",
        "plan show pri",
        "plan export pri",
        "progress pri",
        "action list --person pri",
        "action add pri --what x --owner me",
        "session list --person pri",
        "session list --drafts --person pri",
    ],
)
def test_an_ambiguous_name_lists_the_candidates_everywhere(
    example: Run, line: str
) -> None:
    example("person", "add", "Priya Nair", "-r", "peer")
    before = snapshot(example)
    ran = example(*line.split())
    assert (ran.code, ran.out) == (3, "")
    assert "Priya Nair (priya-nair), Priya Shah (priya-shah)" in ran.err
    assert snapshot(example) == before


@pytest.mark.parametrize(
    "line",
    ["person show zed", "plan export zed", "progress zed", "session list -p zed"],
)
def test_an_unknown_name_says_how_to_add_it(example: Run, line: str) -> None:
    ran = example(*line.split())
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.endswith('To add them: coachlog person add "zed"\n')


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["add", "priya shah", "-r", "peer"], 4, id="there-already"),
        pytest.param(
            ["add", "PRÍYA  SHAH", "-r", "peer"], 4, id="there-but-for-the-accents"
        ),
        pytest.param(["add", "Al", "-r", "boss"], 2, id="unknown-relationship"),
        pytest.param(
            ["add", "Al", "-r", "peer", "--every", "often"], 2, id="no-rhythm"
        ),
        pytest.param(["add", "Al", "-r", "peer", "--every", "0d"], 2, id="zero-days"),
        pytest.param(["add", "", "-r", "peer"], 2, id="empty-name"),
        pytest.param(["add", "!!!", "-r", "peer"], 2, id="no-letters"),
        pytest.param(["add", "x" * 121, "-r", "peer"], 2, id="long-name"),
        pytest.param(["add", "me", "-r", "peer"], 2, id="me"),
        pytest.param(["add"], 2, id="no-name"),
        pytest.param(["add", "Al"], 2, id="no-relationship"),
        pytest.param(["edit", "priya"], 2, id="nothing-to-edit"),
        pytest.param(["edit", "priya", "--name", ""], 2, id="edit-to-no-name"),
        pytest.param(["edit", "me"], 2, id="my-name-missing"),
        pytest.param(["show", ""], 3, id="show-nobody"),
        pytest.param(["archive", "zed"], 3, id="archive-unknown"),
    ],
)
def test_a_wrong_command_changes_nothing(
    example: Run, arguments: list[str], code: int
) -> None:
    before = snapshot(example)
    ran = example("person", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err
    assert snapshot(example) == before


@pytest.mark.parametrize(
    ("arguments", "flag"),
    [([], "NAME"), (["Al"], "--relationship")],
    ids=["name", "relationship"],
)
def test_a_missing_value_names_its_flag(
    run: Run, home: Path, arguments: list[str], flag: str
) -> None:
    ran = run("--no-input", "person", "add", *arguments, person=ScriptedPerson())
    assert ran.code == 2
    assert flag in ran.err
    assert not home.exists()


def test_name_and_relationship_are_asked_at_the_terminal(run: Run) -> None:
    asked = ScriptedPerson(
        {
            "What is their full name?": "Al",
            "Who is Al to you?": "someone mentored by me (a mentee)",
        }
    )
    assert run("person", "add", person=asked).code == 0
    assert (person(run, "al")["relationship"], asked.left) == ("mentee", [])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        pytest.param("Alal shah", "Al Shah", id="typed-again"),
        pytest.param("Alal", "Al", id="typed-again-and-no-more"),
        pytest.param("Al Shah", "Al Shah", id="completed"),
        pytest.param("Alan", "Alan", id="another-name"),
        pytest.param("Al Bu", "Al Bu", id="a-last-name"),
    ],
)
def test_a_name_typed_again_behind_the_offered_one_is_one_name(
    run: Run, typed: str, name: str
) -> None:
    asked = ScriptedPerson(
        {"What is their full name?": typed, f"Who is {name} to you?": None}
    )
    assert run("person", "add", "al", person=asked).code == 0
    people = run("person", "list", "--json").json["people"]
    assert [row["name"] for row in people] == [name]


@pytest.mark.parametrize("reply", [CtrlC(), "<"], ids=["ctrl-c", "back"])
def test_someone_given_up_is_not_added(run: Run, home: Path, reply: Any) -> None:
    asked = ScriptedPerson(
        {"What is their full name?": None, "Who is Al to you?": reply}
    )
    ran = run("person", "add", "Al", person=asked)
    assert ran.code in (130, 2)
    assert not home.exists()


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        (["--name", "Priya Rao"], {"name": "Priya Rao"}),
        (["--relationship", "mentee"], {"relationship": "mentee"}),
        (["--role", "Lead"], {"role": "Lead"}),
        (["--team", "Ward 7"], {"team": "Ward 7"}),
        (
            ["--every", "1w"],
            {"every_days": 7, "every": "1w", "next_due": "2026-11-27"}
            | {"rhythm": "in time", "days_late": 0},
        ),
        (["--name", "PRIYA SHAH"], {"name": "PRIYA SHAH"}),
    ],
    ids=[
        "name-the-handle-stays",
        "relationship",
        "role",
        "team",
        "every",
        "only-the-case",
    ],
)
def test_person_edit(example: Run, options: list[str], changed: dict[str, Any]) -> None:
    before = person(example, "priya-shah")
    ran = example("person", "edit", "priya", *options)
    assert ran.code == 0
    assert person(example, "priya-shah") == before | changed


def test_an_edit_says_the_new_name(example: Run) -> None:
    ran = example("person", "edit", "priya", "--name", "Priya Rao")
    assert ran.out == "Changed Priya Rao. See: coachlog person show priya-shah\n"


def test_what_is_known_of_someone_can_be_taken_away(run: Run) -> None:
    run(
        "person",
        "add",
        "Al",
        "-r",
        "peer",
        "--role",
        "a",
        "--team",
        "b",
        "--every",
        "2w",
    )
    run("person", "edit", "al", "--role", "", "--team", "", "--every", "0")
    found = person(run, "al")
    assert (found["role"], found["team"], found["every_days"]) == (None, None, None)


def test_nobody_is_renamed_to_someone_else(example: Run) -> None:
    example("person", "add", "Al", "-r", "peer")
    before = snapshot(example)
    assert example("person", "edit", "al", "--name", "priya shah").code == 4
    assert snapshot(example) == before


def test_my_own_name_is_set_in_a_new_home_as_well(run: Run) -> None:
    assert run("person", "edit", "me", "--name", " Tom  Reed ").out == (
        "Plans now show you as Tom Reed.\n"
    )
    hold(run)
    assert "and Tom Reed" in run("plan", "export", "priya").out


def test_someone_archived_is_out_of_sight_and_nothing_is_lost(example: Run) -> None:
    before = snapshot(example)
    ran = example("person", "archive", "priya")
    assert ran.err == (
        "3 promises with Priya Shah are still open: coachlog action list -p priya-shah\n"
    )
    assert ran.out == ("Archived Priya Shah. To undo: coachlog undo\n")
    assert example("person", "list", "--json").json["people"] == []
    listed = example("person", "list", "--archived", "--json").json["people"]
    assert [(p["name"], p["archived"]) for p in listed] == [("Priya Shah", True)]
    assert "Priya Shah (archived)" in example("person", "list", "--archived").out
    assert example("--json").json["today"]["people"] == []
    assert person(example, "priya")["archived"] is True

    assert example("person", "archive", "priya", "--back").code == 0
    assert snapshot(example) == before


@pytest.mark.parametrize(
    ("lines", "err"),
    [
        pytest.param(
            ["person archive priya", "person archive priya"],
            "Priya Shah is already archived. Nothing was changed.\n"
            "To undo it: coachlog person archive priya-shah --back\n",
            id="archived-twice",
        ),
        pytest.param(
            ["person archive priya --back"],
            "Priya Shah is not archived. Nothing was changed.\n",
            id="never-away",
        ),
    ],
)
def test_nobody_goes_where_they_are(example: Run, lines: list[str], err: str) -> None:
    *earlier, last = lines
    for line in earlier:
        example(*line.split())
    before = snapshot(example)
    ran = example(*last.split())
    assert (ran.code, ran.out, ran.err) == (4, "", err)
    assert snapshot(example) == before


def test_someone_present_goes_before_someone_archived(example: Run) -> None:
    example("person", "add", "Priya Nair", "-r", "peer")
    example("person", "archive", "priya-nair")
    assert person(example, "pri")["name"] == "Priya Shah"


@pytest.mark.usefixtures("screen")
def test_nobody_yet(run: Run) -> None:
    run("person", "edit", "me", "--name", "Tom")
    assert run("person", "list") == (
        0,
        'Nobody yet: coachlog person add "Priya Shah" --relationship report\n',
        "",
    )
    assert run("person", "list", "--json").json == {"schema": 1, "people": []}


@pytest.mark.parametrize(
    ("held_on", "rhythm", "fields"),
    [
        pytest.param(
            "2026-11-20",
            "next by Fri 27 Nov",
            ("2026-11-27", "in time", 0),
            id="to-come",
        ),
        pytest.param(
            "2026-11-14",
            "due since Sat 21 Nov",
            ("2026-11-21", "in time", 2),
            id="grace",
        ),
        pytest.param(
            "2026-11-13", "3 days overdue", ("2026-11-20", "amber", 3), id="past-it"
        ),
        pytest.param(
            "2026-11-02", "long overdue (14 days)", ("2026-11-09", "red", 14), id="red"
        ),
    ],
)
def test_every_screen_says_in_words_when_the_next_talk_is_due(
    run: Run, held_on: str, rhythm: str, fields: tuple[str, str, int]
) -> None:
    """What a colour says on a screen is a word there, and in JSON with the days late."""
    hold(run, held_on=held_on)
    run("person", "edit", "priya", "--every", "1w")
    for screen in (
        ["person", "list"],
        ["person", "show", "priya"],
        [],
        ["brief", "priya"],
    ):
        assert rhythm in run(*screen).out, screen
    found = [
        run("person", "list", "--json").json["people"][0],
        run("person", "show", "priya", "--json").json["person"],
        run("--json").json["today"]["people"][0],
        run("brief", "priya", "--json").json["brief"],
    ]
    for one in found:
        assert (one["next_due"], one["rhythm"], one["days_late"]) == fields


def test_nobody_waits_to_talk_with_someone_archived(run: Run) -> None:
    hold(run, held_on="2026-01-02")
    run("person", "edit", "priya", "--every", "1w")
    run("person", "archive", "priya")
    shown = run("person", "show", "priya", "--json").json["person"]
    assert (shown["next_due"], shown["rhythm"], shown["days_late"]) == (
        None,
        None,
        None,
    )


def test_person_show_puts_my_promises_first(example: Run) -> None:
    lines = example("person", "show", "priya").out.splitlines()
    assert [line.split()[0] for line in lines if "  " in line.strip()[1:]][-3:] == [
        "2",
        "1",
        "3",
    ]
