"""`coachlog set`: making a set, who is in it, who leaves, how it is shown."""

from datetime import datetime
from typing import Any

import pytest

from command_support import CtrlC, ScriptedPerson, built, normal
from conftest import NOW, Run

FIVE = ("Ann Obi", "Ben Cole", "Cara Diaz", "Dev Rao", "Eve Moss")


def make(
    run: Run, *more: str, name: str = "Ward leads", members: tuple[str, ...] = FIVE
) -> Any:
    flags = [part for one in members for part in ("--member", one)]
    return run("set", "add", name, *flags, *more)


def ward_leads(run: Run) -> None:
    for name in FIVE:
        assert run("person", "add", name, "-r", "peer").code == 0
    assert make(run).code == 0


@pytest.fixture
def leads(run: Run, home: Any) -> Run:
    """Ward leads: five peers who are in the journal, and nobody who leads them."""
    built(run, home, ward_leads)
    return run


def members(run: Run, name: str = "ward") -> list[tuple[str, str, str, str | None]]:
    found = run("set", "show", name, "--json").json["set"]["members"]
    return [
        (one["name"], one["role"], one["joined_on"], one["left_on"]) for one in found
    ]


def test_a_set_of_peers_with_a_facilitator(run: Run) -> None:
    ran = make(
        *(
            run,
            "--facilitator",
            "Fay Lund",
            "--every",
            "4w",
            "--rules-agreed",
            "2026-11-20",
        ),
        *("--since", "2026-11-02", "-r", "peer"),
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Added Ward leads, 5 members. New in your journal: Ann Obi, Ben Cole, Cara Diaz, Dev Rao, "
        "Eve Moss, Fay Lund. Next: coachlog session new --set ward-leads\n"
    )
    shown = normal(run("set", "show", "ward leads", "--json").json)["set"]
    people = [(name, "member", "2026-11-02", None) for name in FIVE]
    assert members(run) == [*people, ("Fay Lund", "facilitator", "2026-11-02", None)]
    assert {key: shown[key] for key in shown if key != "members"} == {
        "id": 1,
        "uid": "<uid>",
        "name": "Ward leads",
        "slug": "ward-leads",
        "every_days": 28,
        "rules_agreed_on": "2026-11-20",
        "archived": False,
        "every": "4w",
        "meetings": 0,
        "last_held": None,
        "open": 0,
        "next_due": None,
        "rhythm": "amber",
        "days_late": None,
        "next_meeting": None,
        "actions": [],
    }
    listed = run("person", "list", "--json").json["people"]
    assert {one["relationship"] for one in listed} == {"peer"}


def test_the_owner_can_be_in_it(run: Run) -> None:
    make(run, "--coach", "Fay Lund", "-r", "peer", members=("me", "Ann Obi"))
    found = run("set", "show", "ward", "--json").json["set"]["members"]
    assert [(one["name"], one["role"], one["me"]) for one in found] == [
        ("me", "member", True),
        ("Ann Obi", "member", False),
        ("Fay Lund", "coach", False),
    ]
    run("person", "edit", "me", "--name", "Sam Reed")
    assert members(run)[0][0] == "Sam Reed"


def test_people_of_the_journal_are_meant_by_the_beginning_of_a_name(leads: Run) -> None:
    ran = make(leads, name="Clerks", members=("ann", "cole", "dev-rao", "eve"))
    assert (
        ran.out == "Added Clerks, 4 members. Next: coachlog session new --set clerks\n"
    )
    assert [one[0] for one in members(leads, "clerks")] == [
        *("Ann Obi", "Ben Cole", "Dev Rao", "Eve Moss"),
    ]


def test_fewer_than_usual_is_said_kindly(leads: Run) -> None:
    ran = make(leads, name="Pair", members=("ann", "ben"))
    assert ran.out.startswith("Added Pair, 2 members. A set usually has 4 to 8. Next:")


@pytest.mark.parametrize(
    ("more", "members", "code", "words"),
    [
        pytest.param(
            [], ("ann",), 4, "A set needs at least 2 members", id="a-set-of-one"
        ),
        pytest.param(
            ["--facilitator", "eve"],
            ("ann",),
            4,
            "you named 1",
            id="one-and-a-facilitator",
        ),
        pytest.param(
            [], ("ann", "Ann Obi", "ben"), 4, "Ann Obi is named twice", id="twice"
        ),
        pytest.param(
            ["--facilitator", "ann"],
            ("ann", "ben"),
            4,
            "Ann Obi would have two roles",
            id="roles",
        ),
        pytest.param(
            ["--coach", "me"],
            ("me", "ben"),
            4,
            "You would have two roles",
            id="me-in-two-roles",
        ),
        pytest.param([], ("me", "ben", "me"), 4, "You are named twice", id="me-twice"),
        pytest.param(
            ["--coach", "ann", "--facilitator", "ben"],
            ("cara", "dev"),
            2,
            "a facilitator or a learning coach, not both",
            id="two-leads",
        ),
        pytest.param(
            [], ("ann", "Zed"), 3, "There is nobody by the name of “Zed”", id="unknown"
        ),
        pytest.param(
            ["-r", "peer"],
            ("ann", "Zed Ray"),
            3,
            "“ann” could be: Ann Obi",
            id="new-or-known",
        ),
        pytest.param([], ("ann", ""), 2, "A name needs a letter.", id="no-name"),
        pytest.param(
            ["--every", "often"],
            ("ann", "ben"),
            2,
            "does not say how often to meet",
            id="rhythm",
        ),
        pytest.param(
            ["--rules-agreed", "2027-01-01"],
            ("ann", "ben"),
            2,
            "Ground rules:",
            id="rules-later",
        ),
        pytest.param(
            ["--since", "2027-01-01"], ("ann", "ben"), 2, "in the future", id="since"
        ),
    ],
)
def test_a_set_that_cannot_be(
    leads: Run, more: list[str], members: tuple[str, ...], code: int, words: str
) -> None:
    people = leads("person", "list", "--json").out
    ran = make(leads, *more, name="New", members=members)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert [one["name"] for one in leads("set", "list", "--json").json["sets"]] == [
        "Ward leads"
    ]
    assert leads("person", "list", "--json").out == people


@pytest.mark.parametrize(
    "name", ["ward leads", "Wárd  Leads", "ward-leads", "Ward‑Leads", "WardLeads"]
)
def test_two_sets_do_not_share_a_name(leads: Run, name: str) -> None:
    ran = make(leads, name=name)
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        "There is already a set called “Ward leads” (ward-leads). Nothing was changed.\n"
        "See: coachlog set show ward-leads. If this is another set, add something to tell "
        "them apart: “Ward leads (ward 7)”.\n"
    )
    assert make(leads, name="Ward leads (ward 7)", members=("ann", "ben")).code == 0


def test_the_handle_of_a_renamed_set_is_nobody_elses_name(leads: Run) -> None:
    assert leads("set", "edit", "ward", "--name", "Nurses").code == 0
    ran = make(leads, name="Ward Leads")
    assert ran.code == 4
    assert "“Nurses” (ward-leads)" in ran.err
    assert make(leads, name="Clerks", members=("ann", "ben")).code == 0
    assert leads("set", "edit", "clerks", "--name", "ward-leads").code == 4
    assert leads("set", "edit", "nurses", "--name", "ward-leads").code == 0


@pytest.mark.parametrize("name", ["", " ", "x" * 121])
def test_a_set_needs_a_name(leads: Run, name: str) -> None:
    assert make(leads, name=name).code == 2


def test_what_is_missing_is_asked(run: Run) -> None:
    person = ScriptedPerson(
        {
            "What is the set called?": "Ward leads",
            "Who is in it?": "Ann Obi",
            "Who else?": ("me", "Ben Cole", None),
            "Ann Obi, Ben Cole are new here.": "a colleague",
        }
    )
    ran = run("set", "add", person=person)
    assert (ran.code, person.left) == (0, [])
    assert [one[0] for one in members(run)] == ["Ann Obi", "me", "Ben Cole"]


def test_a_name_that_is_too_long_is_refused_before_members_are_asked_for(
    run: Run,
) -> None:
    person = ScriptedPerson({"What is the set called?": ("x" * 121, None)})
    ran = run("set", "add", person=person)
    assert (ran.code, person.left) == (2, [])
    assert person.told == ["That name is too long: 121 characters (the limit is 120)."]


def test_ctrl_c_while_asked_keeps_nothing(leads: Run) -> None:
    person = ScriptedPerson({"Who is in it?": "Ann Obi", "Who else?": CtrlC()})
    assert leads("set", "add", "New", person=person).code == 130
    assert len(leads("set", "list", "--json").json["sets"]) == 1


@pytest.mark.parametrize(
    ("args", "flag"),
    [((), "NAME"), (("New",), "--member NAME")],
    ids=["name", "members"],
)
def test_without_a_terminal_nothing_is_asked(
    leads: Run, args: tuple[str, ...], flag: str
) -> None:
    ran = leads("set", "add", *args)
    assert (ran.code, ran.out) == (2, "")
    assert f"Add {flag}." in ran.err


# Joining and leaving


def test_members_join_and_leave_with_their_days(leads: Run) -> None:
    ran = leads(
        *("set", "edit", "ward", "--join", "Gil Hay", "-r", "peer", "--leave", "ben"),
        *("--on", "2026-11-23"),
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Changed Ward leads: Gil Hay joined; Ben Cole left. See: coachlog set show ward-leads\n"
    )
    found = {name: (joined, left) for name, _, joined, left in members(leads)}
    assert found["Ben Cole"] == ("2026-11-23", "2026-11-23")
    assert found["Gil Hay"] == ("2026-11-23", None)


def test_who_left_can_come_back_as_something_else(leads: Run) -> None:
    leads("set", "edit", "ward", "--leave", "ben")
    assert leads("set", "edit", "ward", "--facilitator", "ben").code == 0
    assert [one[1:] for one in members(leads) if one[0] == "Ben Cole"] == [
        ("member", "2026-11-23", "2026-11-23"),
        ("facilitator", "2026-11-23", None),
    ]


def test_who_leaves_is_never_one_of_two(leads: Run) -> None:
    leads("set", "edit", "ward", "--join", "Cole Hay", "-r", "peer")
    ran = leads("set", "edit", "ward", "--leave", "cole")
    assert (ran.code, ran.out) == (3, "")
    assert "“cole” could be: Cole Hay (cole-hay), Ben Cole (ben-cole)." in ran.err


def test_a_new_facilitator_takes_the_place_of_the_one_before(leads: Run) -> None:
    leads("set", "edit", "ward", "--facilitator", "Fay Lund", "-r", "peer")
    leads("set", "edit", "ward", "--coach", "me")
    leads("set", "edit", "ward", "--coach", "0")
    assert [one[:2] + one[3:] for one in members(leads)[5:]] == [
        ("Fay Lund", "facilitator", "2026-11-23"),
        ("me", "coach", "2026-11-23"),
    ]


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        pytest.param(
            ["--join", "ann"], 4, "Ann Obi is already in this set, as a member", id="in"
        ),
        pytest.param(
            ["--facilitator", "ann"], 4, "already in this set, as a member", id="two"
        ),
        pytest.param(["--leave", "me"], 3, "“me” is not in Ward leads", id="not-in"),
        pytest.param(
            ["--leave", "zed"], 3, "Those in the set: Ann Obi, Ben Cole", id="unknown"
        ),
        pytest.param(
            ["--leave", "ann", "--on", "2026-11-01"],
            2,
            "joined on Monday 23",
            id="before-joining",
        ),
        pytest.param([], 2, "No change was given", id="nothing"),
        pytest.param(
            ["--coach", "0"],
            4,
            "Ward leads has no facilitator or coach",
            id="no-lead-to-remove",
        ),
        pytest.param(
            ["--join", "Zed"], 3, "There is nobody by the name of “Zed”", id="nobody"
        ),
    ],
)
def test_what_cannot_be_changed(
    leads: Run, args: list[str], code: int, words: str
) -> None:
    before = leads("set", "show", "ward", "--json").out
    ran = leads("set", "edit", "ward", *args)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert leads("set", "show", "ward", "--json").out == before


def test_half_of_a_change_is_none(leads: Run) -> None:
    """Ben would leave and Ann join, who is in it: neither happens."""
    before = leads("set", "show", "ward", "--json").out
    assert leads("set", "edit", "ward", "--leave", "ben", "--join", "ann").code == 4
    assert leads("set", "show", "ward", "--json").out == before


def test_name_rhythm_and_ground_rules_change(leads: Run) -> None:
    leads(
        "set",
        "edit",
        "ward",
        "--name",
        "Leads",
        "--every",
        "1m",
        "--rules-agreed",
        "today",
    )
    found = leads("set", "show", "leads", "--json").json["set"]
    assert (found["name"], found["slug"]) == ("Leads", "ward-leads")
    assert (found["every"], found["every_days"]) == ("1m", None)
    assert found["rules_agreed_on"] == "2026-11-23"
    assert "every month" in leads("set", "show", "leads").out
    leads("set", "edit", "leads", "--every", "0", "--rules-agreed", "0")
    found = leads("set", "show", "leads", "--json").json["set"]
    assert (found["every"], found["every_days"]) == (None, None)
    assert found["rules_agreed_on"] is None


# Looking


@pytest.mark.usefixtures("screen")
def test_sets_are_listed_and_put_aside(leads: Run) -> None:
    assert leads("set", "list").out == (
        "set         members  meetings  last met  next due  open\n"
        "Ward leads        5         0  never                  –\n"
    )
    assert leads("set", "archive", "ward").out == (
        "Archived Ward leads. To undo: coachlog undo\n"
    )
    assert leads("set", "list").out.startswith("No sets yet: coachlog set add")
    assert "Ward leads (archived)" in leads("set", "list", "--archived").out
    again = leads("set", "archive", "ward")
    assert again.err.startswith("Ward leads is already archived. Nothing was changed.")
    assert leads("set", "archive", "ward", "--back").code == 0
    again = leads("set", "archive", "ward", "--back")
    assert again.err == "Ward leads is not archived. Nothing was changed.\n"
    assert len(leads("set", "list", "--json").json["sets"]) == 1


def test_one_set_as_a_page(leads: Run) -> None:
    leads(
        "set", "edit", "ward", "--facilitator", "me", "--every", "4w", "--leave", "eve"
    )
    assert leads("set", "show", "ward").out == (
        "Ward leads\n"
        "4 members · ground rules not agreed yet · every 4 weeks\n"
        "Last met: never  first meeting due\n"
        "\n"
        "Members\n"
        "  Ann Obi                 since Mon 23 Nov\n"
        "  Ben Cole                since Mon 23 Nov\n"
        "  Cara Diaz               since Mon 23 Nov\n"
        "  Dev Rao                 since Mon 23 Nov\n"
        "  you        facilitator  since Mon 23 Nov\n"
        "  Eve Moss                Mon 23 Nov to Mon 23 Nov, left\n"
        "\n"
        "Open promises\n"
        "  None.\n"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nurses", "There is no set by the name of “nurses” in your journal."),
        ("wrad leads", "Did you mean Ward leads?"),
        ("", "There is no set by the name of “”"),
    ],
)
def test_an_unknown_set_is_exit_3(leads: Run, name: str, words: str) -> None:
    ran = leads("set", "show", name)
    assert (ran.code, ran.out) == (3, "")
    assert words in ran.err


def test_a_beginning_that_fits_two_sets_names_both(leads: Run) -> None:
    make(leads, name="Ward clerks", members=("ann", "ben"))
    ran = leads("set", "show", "ward")
    assert ran.code == 3
    assert (
        "“ward” could be: Ward clerks (ward-clerks), Ward leads (ward-leads)."
        in ran.err
    )


def test_an_archived_member_is_marked(leads: Run) -> None:
    leads("person", "archive", "ben")
    assert "Ben Cole     since Mon 23 Nov, archived" in leads("set", "show", "ward").out


def test_a_list_of_no_sets(run: Run) -> None:
    assert run("set", "list").code == 10
    run("person", "edit", "me", "--name", "Sam")
    assert run("set", "list", "--json").json == {"schema": 1, "sets": []}


def test_the_rhythm_counts_from_the_last_meeting(leads: Run) -> None:
    leads("set", "edit", "ward", "--every", "4w")
    leads(
        *("session", "new", "--set", "ward", "-t", "als-wial", "--answers", "-"),
        input='{"present": ["ann", "ben"]}',
    )
    later = datetime(2027, 1, 4, 9, tzinfo=NOW.tzinfo)
    assert "14 days overdue" in leads("set", "list", clock=lambda: later).out
    (listed,) = leads("set", "list", "--json", clock=lambda: later).json["sets"]
    shown = leads("set", "show", "ward", "--json", clock=lambda: later).json["set"]
    due = ("2026-12-21", "amber", 14)
    for found in (listed, shown):
        assert (found["next_due"], found["rhythm"], found["days_late"]) == due
