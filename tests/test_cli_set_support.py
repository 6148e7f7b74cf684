"""`coachlog set support`: offers, asks, buddies and their check-ins between two meetings."""

import json
from typing import Any

import pytest

from command_support import ScriptedPerson, built
from conftest import NOW, Run

FIVE = ("me", "Ann Obi", "Ben Cole", "Cara Diaz", "Dev Rao")
MEETING = {
    "set": "ward-leads",
    "template": "als",
    "held_on": "2026-11-20",
    "present": ["Ann Obi", "Ben Cole"],
    "slots": [{"presenter": "Ann Obi", "issue": "Rota"}],
}


def add_ward_leads(run: Run) -> None:
    members = [word for name in FIVE for word in ("-m", name)]
    lead = ("--facilitator", "Fay Lund", "-r", "peer")
    assert run("set", "add", "Ward leads", *members, *lead).code == 0


@pytest.fixture
def ward(run: Run, home: Any) -> Run:
    """Ward leads: the owner and four peers, with a facilitator."""
    built(run, home, add_ward_leads)
    return run


def read_support(run: Run, *more: str) -> dict[str, Any]:
    ran = run("set", "support", "ward", *more, "--json")
    support: dict[str, Any] = ran.json["support"]
    return support


def list_pairs(run: Run) -> list[tuple[list[str], str | None]]:
    return [
        ([member["slug"] for member in pair["members"]], pair["check_in"])
        for pair in read_support(run)["pairs"]
    ]


def list_words(run: Run, *more: str) -> list[tuple[int, str, str, str]]:
    return [
        (line["id"], line["kind"], line["member"], line["words"])
        for line in read_support(run, *more)["lines"]
    ]


def test_an_offer_and_an_ask_in_one_go(ward: Run) -> None:
    ran = ward(
        *("set", "support", "ward", "--by", "ann"),
        *("--offer", "An hour on job plans", "--ask", "Read my business case"),
    )
    assert (ran.code, ran.out) == (
        0,
        "Ward leads: recorded offer 1, by Ann Obi; recorded ask 2, by Ann Obi. "
        "See: coachlog set support ward-leads\n",
    )
    assert list_words(ward) == [
        (1, "offer", "Ann Obi", "An hour on job plans"),
        (2, "ask", "Ann Obi", "Read my business case"),
    ]


def test_without_a_name_it_is_the_owners(ward: Run) -> None:
    ran = ward("set", "support", "ward", "--ask", "-", input="Cover for\n Friday\n")
    assert ran.out.startswith("Ward leads: recorded ask 1, yours.")
    assert list_words(ward) == [(1, "ask", "me", "Cover for Friday")]


def test_whoever_leads_the_set_can_offer_too(ward: Run) -> None:
    assert ward("set", "support", "ward", "--offer", "A room", "--by", "fay").code == 0
    assert list_words(ward) == [(1, "offer", "Fay Lund", "A room")]


def test_done_closes_it_and_undo_opens_it_again(ward: Run) -> None:
    ward("set", "support", "ward", "--ask", "Cover for Friday")
    ran = ward("set", "support", "ward", "--done", "1")
    assert ran.out.startswith("Ward leads: closed ask 1.")
    assert list_words(ward) == []
    assert len(list_words(ward, "--all")) == 1
    again = ward("set", "support", "ward", "--done", "1")
    assert (again.code, again.err) == (
        4,
        "The ask 1 is already closed. Nothing was changed.\n",
    )
    taken_back = ward("undo")
    assert "offer or ask closed in Ward leads" in taken_back.out
    assert len(list_words(ward)) == 1


def test_pairs_and_their_days(ward: Run) -> None:
    assert list_pairs(ward) == [
        (["me", "ann-obi", "dev-rao"], None),
        (["ben-cole", "cara-diaz"], None),
    ]
    ran = ward("set", "support", "ward", "--check-in", "27 nov", "--by", "cara")
    assert ran.out.startswith(
        "Ward leads: Ben Cole and Cara Diaz check in on Friday 27 November 2026."
    )
    ward("set", "support", "ward", "--check-in", "26 nov", "--by", "ben")
    assert [day for _, day in list_pairs(ward)] == [None, "2026-11-26"]
    ward("set", "support", "ward", "--check-in", "0", "--by", "cara")
    assert [day for _, day in list_pairs(ward)] == [None, None]


def test_nobody_is_bound_by_a_day_that_others_agreed(ward: Run) -> None:
    """Ann and Dev leave: the owner's day was with them, and is none with Ben or Cara."""
    ward("set", "support", "ward", "--check-in", "27 nov")
    ward("set", "edit", "ward", "--leave", "ann", "--leave", "dev")
    (pair,) = list_pairs(ward)
    assert pair == (["me", "ben-cole", "cara-diaz"], None)
    assert ward("--json").json["today"]["check_ins"] == []


def test_a_day_that_is_agreed_already_is_no_change(ward: Run) -> None:
    nothing = ward("set", "support", "ward", "--check-in", "0", "--by", "ben")
    assert (nothing.code, nothing.err) == (
        4,
        "As before, Ben Cole and Cara Diaz have no day to check in. Nothing was changed.\n",
    )
    ward("set", "support", "ward", "--check-in", "27 nov", "--by", "ben")
    again = ward("set", "support", "ward", "--check-in", "27 nov", "--by", "cara")
    assert (again.code, again.err) == (
        4,
        "As before, Ben Cole and Cara Diaz check in on Friday 27 November 2026. "
        "Nothing was changed.\n",
    )
    assert ward("undo").out.startswith("Taken back: day to check in agreed")
    assert [day for _, day in list_pairs(ward)] == [None, None]


def test_a_meeting_moves_the_pairs_on_and_their_days_go(ward: Run) -> None:
    ward("set", "support", "ward", "--check-in", "27 nov")
    assert ward("session", "new", "--answers", "-", input=json.dumps(MEETING)).code == 0
    assert list_pairs(ward) == [
        (["me", "ben-cole"], None),
        (["ann-obi", "cara-diaz", "dev-rao"], None),
    ]
    assert ward("--json").json["today"]["check_ins"] == []


def test_the_home_page_has_the_next_days_in_one_line(ward: Run) -> None:
    ward("set", "support", "ward", "--check-in", "27 nov")
    ward("set", "support", "ward", "--check-in", "25 nov", "--by", "ben")
    page = " ".join(ward().out.split())
    assert (
        "To check in: Wed 25 Nov Ben and Cara; Fri 27 Nov you, Ann and Dev: "
        "coachlog set support ward-leads"
    ) in page
    ward("set", "archive", "ward")
    assert "To check in" not in ward().out


def test_a_day_later_than_a_week_ahead_is_not_on_the_home_page(ward: Run) -> None:
    ward("set", "support", "ward", "--check-in", "20 dec")
    assert "To check in" not in ward().out


FAULTS = [
    pytest.param(["--ask", "  "], 2, "The ask is empty.", id="empty"),
    pytest.param(
        ["--offer", "x", "--by", "zed"],
        3,
        "“zed” is not in Ward leads.",
        id="no-member",
    ),
    pytest.param(["--done", "7"], 3, "The set has no offer or ask 7.", id="no-number"),
    pytest.param(["--by", "ann"], 2, "--by goes with --offer", id="only-by"),
    pytest.param(["--check-in", "soon"], 2, "“soon”", id="no-day"),
    pytest.param(["--check-in", "2026-11-01"], 2, "has passed", id="past"),
    pytest.param(["--check-in", "2031-01-05"], 2, "a year ahead", id="far"),
    pytest.param(
        ["--check-in", "fri", "--by", "fay"], 2, "only its members", id="leader"
    ),
    pytest.param(
        ["--offer", "x", "--done", "7"],
        3,
        "The set has no offer or ask 7.",
        id="all-or-nothing",
    ),
    pytest.param(["--offer", "-", "--ask", "-"], 2, "not both", id="stdin-twice"),
]


@pytest.mark.parametrize(("words", "code", "message"), FAULTS)
def test_faults_change_nothing(
    ward: Run, words: list[str], code: int, message: str
) -> None:
    ran = ward("set", "support", "ward", *words)
    assert ran.code == code
    assert message in ran.err
    assert "Nothing was changed" in ran.err or code in (2, 3)
    assert list_words(ward, "--all") == []


def test_on_a_terminal_it_is_asked_whose_it_is(run: Run) -> None:
    run("set", "add", "Clerks", "-m", "Ann Obi", "-m", "Ben Cole", "-r", "peer")
    person = ScriptedPerson({"Whose is it?": "Ben Cole"})
    ran = run("set", "support", "clerks", "--ask", "A room", person=person)
    assert ran.out.startswith("Clerks: recorded ask 1, by Ben Cole.")


def test_where_the_owner_is_in_no_set_it_has_to_be_said_whose_it_is(run: Run) -> None:
    run("set", "add", "Clerks", "-m", "Ann Obi", "-m", "Ben Cole", "-r", "peer")
    ran = run("set", "support", "clerks", "--ask", "A room")
    assert (ran.code, "--by MEMBER" in ran.err) == (2, True)


def test_who_helped_is_one_number_for_the_set(ward: Run) -> None:
    meetings = (
        ("2026-11-06", "als", "process.helped", "Ben: read my draft\n\nCara: a room"),
        ("2026-11-13", "als", "process.helped", None),
        ("2026-11-20", "als-wial", "learning.helped", "Dev, with the rota"),
    )
    for day, template, key, words in meetings:
        meeting = {
            "set": "ward-leads",
            "template": template,
            "held_on": day,
            "present": ["Ann Obi", "Ben Cole"],
            "answers": {key: words} if words else {},
        }
        ran = ward("session", "new", "--answers", "-", input=json.dumps(meeting))
        assert ran.code == 0, ran.err
    assert read_support(ward)["helped"] == {"helps": 3, "meetings": 2}
    shown = ward("set", "support", "ward").out
    assert "Buddies since the meeting of Fri 20 Nov: agree a new day" in shown
    assert "Help between meetings: 3 lines, written in 2 meetings." in shown
    assert "Ben: read my draft" not in shown


def test_the_only_set_is_taken_unasked_and_one_of_two_is_asked_for(ward: Run) -> None:
    ran = ward("set", "support", person=ScriptedPerson())
    assert (ran.code, ran.out.split("\n")[0]) == (0, "Ward leads")
    ward("set", "add", "Night leads", "-m", "me", "-m", "ann")
    person = ScriptedPerson({"Which set?": "Ward"})
    ran = ward("set", "support", person=person)
    assert (ran.code, ran.out.split("\n")[0]) == (0, "Ward leads")
    assert person.asked == ["Which set?"]


def test_an_archived_set_takes_nothing_more(ward: Run) -> None:
    ward("set", "archive", "ward")
    ran = ward("set", "support", "ward", "--ask", "A room")
    assert (ran.code, ran.err.splitlines()[0]) == (
        4,
        "Ward leads is archived. Nothing was changed.",
    )


def test_what_was_asked_follows_a_merger(ward: Run) -> None:
    ward("set", "support", "ward", "--ask", "A room", "--by", "ben")
    ward("person", "add", "Ben C", "-r", "peer")
    ward("set", "edit", "ward", "--join", "Ben C")
    ward("set", "support", "ward", "--ask", "A chair", "--by", "Ben C")
    assert ward("person", "merge", "ben-cole", "ben-c", "--yes").code == 0
    assert [line[2:] for line in list_words(ward)] == [
        ("Ben Cole", "A room"),
        ("Ben Cole", "A chair"),
    ]
    assert ward("check").code == 0


def test_the_screen(ward: Run) -> None:
    ward("set", "support", "ward", "--offer", "An hour on job plans", "--by", "ann")
    ward("set", "support", "ward", "--check-in", "27 nov", "--by", "ben")
    today = NOW.date()
    assert ward("set", "support", "ward").out == (
        "Ward leads\n"
        "Support before the first meeting\n"
        "\n"
        "Buddies until the next meeting\n"
        "  you, Ann Obi and Dev Rao  no day to check in\n"
        "  Ben Cole and Cara Diaz    check in Fri 27 Nov\n"
        "\n"
        "Asked for\n"
        "  None. To add one: coachlog set support ward-leads --ask TEXT\n"
        "\n"
        "Offered\n"
        "  #  what                  who      since\n"
        f"  1  An hour on job plans  Ann Obi  {today:%a} {today.day} {today:%b}\n"
        "\n"
        "Nobody has been recorded as helping yet.\n"
        "This stays in the set. Pairs change with each meeting; who helped is one number "
        "for the whole set.\n"
    )
