"""`session cancel`: talks that did not take place are recorded, and never count as held."""

from pathlib import Path
from typing import Any

import pytest

from command_support import ScriptedPerson, built, hold, snapshot
from conftest import Run


@pytest.fixture
def priya(run: Run, home: Path) -> Run:
    """Priya, last seen on 20 November, every two weeks."""
    built(run, home, fill)
    return run


def fill(run: Run) -> None:
    hold(run, held_on="2026-11-20")
    assert run("person", "edit", "priya", "--every", "2w").code == 0


def shown(run: Run, id: int) -> dict[str, Any]:
    found: dict[str, Any] = run("session", "show", str(id), "--json").json["session"]
    return found


@pytest.mark.parametrize(
    ("args", "day", "by", "who"),
    [
        pytest.param(["--by", "me"], "2026-11-23", "me", "you", id="by-me-today"),
        pytest.param(
            ["--by", "them"], "2026-11-23", "them", "Priya", id="by-them-today"
        ),
        pytest.param(
            ["--by", "them", "--on", "fri"],
            *("2026-11-27", "them", "Priya"),
            id="next-friday",
        ),
        pytest.param(
            ["--by", "me", "--on", "yesterday"],
            *("2026-11-22", "me", "you"),
            id="yesterday",
        ),
        pytest.param(
            ["--by", "me", "--on", "2027-11-23"],
            *("2027-11-23", "me", "you"),
            id="in-a-year",
        ),
    ],
)
def test_a_talk_is_cancelled(
    priya: Run, args: list[str], day: str, by: str, who: str
) -> None:
    ran = priya("session", "cancel", "priya", *args)
    assert ran.code == 0, ran.err
    assert ran.out.startswith("Recorded conversation 2: the one with Priya Shah on ")
    assert ran.out.endswith(
        f" was cancelled by {who}. Next: coachlog brief priya-shah\n"
    )
    found = shown(priya, 2)
    del found["uid"]
    assert found == {
        "id": 2,
        "status": "cancelled",
        "template": "",
        "title": "Cancelled",
        "held_on": day,
        "minutes": None,
        "people": ["Priya Shah"],
        "tags": [],
        "answers": [],
        "actions": [],
        "cancelled_by": by,
        "set": None,
        "slots": [],
        "people_ids": [1],
        "set_id": None,
        "returns_on": [],
    }


def test_it_never_counts_as_held(priya: Run) -> None:
    before = priya("person", "show", "priya").out
    priya("session", "cancel", "priya", "--by", "them")
    assert priya("person", "show", "priya").out == before
    assert "talked 3 days ago" in priya("brief", "priya").out
    assert priya("progress", "--json").json["progress"]["people"][0]["sessions"] == 1


@pytest.mark.usefixtures("screen")
def test_the_list_says_who_called_it_off(priya: Run) -> None:
    priya("session", "cancel", "priya", "--by", "them", "--on", "2026-11-22")
    priya("session", "cancel", "priya", "--by", "me", "--on", "2026-11-21")
    rows = [" ".join(row.split()) for row in priya("session", "list").out.splitlines()]
    assert rows == [
        "# date with conversation minutes promises tags",
        "2 Sun 22 Nov Priya Shah cancelled by them – –",
        "3 Sat 21 Nov Priya Shah cancelled by you – –",
        "1 Fri 20 Nov Priya Shah Quick note – –",
    ]
    assert priya("session", "show", "2").out == (
        "Cancelled with Priya Shah\nConversation 2 · Sunday 22 November 2026 · cancelled by them\n"
    )


def test_what_is_missing_is_asked(priya: Run) -> None:
    person = ScriptedPerson(
        {
            "Who was it going to be with?": "Priya",
            "Who cancelled it?": "Priya",
            "Which day was it planned for?": "yesterday",
        }
    )
    assert priya("session", "cancel", person=person).code == 0
    assert person.left == []
    assert person.rows["Who cancelled it?"] == ["Priya", "me"]
    found = shown(priya, 2)
    assert (found["held_on"], found["cancelled_by"]) == ("2026-11-22", "them")


def test_enter_means_today(priya: Run) -> None:
    script = {"Who cancelled it?": "me", "Which day was it planned for?": None}
    assert priya("session", "cancel", "priya", person=ScriptedPerson(script)).code == 0
    assert shown(priya, 2)["held_on"] == "2026-11-23"


def test_who_it_was_is_typed_until_it_is_someone_known(priya: Run) -> None:
    script: Any = {"Who was it going to be with?": (None, "Zoe", "shah")}
    person = ScriptedPerson(script)
    assert priya("session", "cancel", "--by", "me", person=person).code == 0
    assert person.refused == [
        "Who was it going to be with?: ",
        "Who was it going to be with?: Zoe",
    ]
    assert shown(priya, 2)["people"] == ["Priya Shah"]


@pytest.mark.parametrize(
    ("on", "code", "message"),
    [
        pytest.param(
            "2026-11-20",
            4,
            "This cancelled conversation is already on record, as number 2. "
            "Nothing was changed.\n"
            "See: coachlog session show 2. To record it again, delete that one first.\n",
            id="twice",
        ),
        pytest.param(
            "2024-11-20",
            2,
            "Wednesday 20 November 2024 is more than two years ago. Is that right?\n",
            id="too-far-back",
        ),
    ],
)
def test_a_slip_is_refused(priya: Run, on: str, code: int, message: str) -> None:
    priya("session", "cancel", "priya", "--by", "them", "--on", "2026-11-20")
    before = snapshot(priya)
    assert priya("session", "cancel", "priya", "--by", "me", "--on", on) == (
        code,
        "",
        message,
    )
    assert snapshot(priya) == before


def test_one_that_was_deleted_can_be_recorded_anew(priya: Run) -> None:
    for by in ("them", "me"):
        assert priya("session", "cancel", "priya", "--by", by).code == 0
        priya("session", "delete", "2", "--yes")


def test_going_back_changes_nothing(priya: Run) -> None:
    before = snapshot(priya)
    script = {"Who was it going to be with?": "Priya", "Who cancelled it?": "<"}
    ran = priya("session", "cancel", person=ScriptedPerson(script))
    assert (ran.code, ran.err) == (2, "Nobody was chosen. Nothing was changed.\n")
    assert snapshot(priya) == before


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        pytest.param(
            ["--by", "me"], 2, "coachlog needs to know who it was with", id="no-name"
        ),
        pytest.param(
            ["priya"], 2, "coachlog needs to know who cancelled it", id="nobody-to-ask"
        ),
        pytest.param(
            ["zoe", "--by", "me"],
            3,
            "There is nobody by the name of “zoe”",
            id="unknown",
        ),
        pytest.param(
            ["priya", "--by", "dana"], 2, "Invalid value for '--by'", id="by-a-name"
        ),
        pytest.param(
            ["priya", "--by", "me", "--on", "2027-11-25"],
            *(2, "Thursday 25 November 2027 is more than a year ahead. Is that right?"),
            id="too-far-ahead",
        ),
        pytest.param(
            ["priya", "--by", "me", "--on", "soon"],
            *(2, "“soon” is not a date that coachlog understands."),
            id="no-date",
        ),
    ],
)
def test_what_cannot_be_cancelled(
    priya: Run, args: list[str], code: int, message: str
) -> None:
    before = snapshot(priya)
    ran = priya("session", "cancel", *args)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(message)
    assert snapshot(priya) == before


def test_it_can_be_deleted_and_restored(priya: Run) -> None:
    priya("session", "cancel", "priya", "--by", "me")
    ran = priya("session", "delete", "2", "--yes")
    assert ran.out == (
        "Deleted conversation 2, Cancelled with Priya Shah. To undo: coachlog undo\n"
    )
    assert "Cancelled" not in priya("session", "list", "--json").out
    assert priya("session", "restore", "2").code == 0
    assert shown(priya, 2)["status"] == "cancelled"


def test_it_has_nothing_to_edit(priya: Run) -> None:
    priya("session", "cancel", "priya", "--by", "me")
    ran = priya("session", "edit", "2", "--minutes", "30")
    assert ran == (
        4,
        "",
        "Conversation 2 was cancelled, so there is nothing in it to change.\n"
        "If it was recorded by mistake: coachlog session delete 2\n",
    )


# The rhythm, and pauses


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("2027-01-04", "2027-01-04"),
        ("+2w", "2026-12-07"),
        ("today", "2026-11-23"),
        ("0", None),
    ],
)
def test_a_pause_is_set_and_taken_away(
    priya: Run, given: str, stored: str | None
) -> None:
    assert priya("person", "edit", "priya", "--pause-until", "12 Dec").code == 0
    assert priya("person", "edit", "priya", "--pause-until", given).code == 0
    assert (
        priya("person", "show", "priya", "--json").json["person"]["paused_until"]
        == stored
    )
    assert priya("person", "edit", "priya", "--pause-until", "").code == 0
    assert (
        priya("person", "show", "priya", "--json").json["person"]["paused_until"]
        is None
    )


def test_a_pause_is_said_in_full(priya: Run) -> None:
    assert priya("person", "edit", "priya", "--pause-until", "2027-01-04").out == (
        "Changed Priya Shah: paused until Mon 4 Jan 2027; no conversation is due before then. "
        "See: coachlog person show priya-shah\n"
    )
    assert "paused until Mon 4 Jan 2027" in priya("person", "show", "priya").out


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--every", "0"], "no agreed interval"),
        (["--every", "3w"], "a conversation every 3 weeks"),
        (["--pause-until", "0"], "no longer paused"),
    ],
)
def test_what_a_change_means_is_said(priya: Run, flags: list[str], said: str) -> None:
    assert priya("person", "edit", "priya", *flags).out == (
        f"Changed Priya Shah: {said}. See: coachlog person show priya-shah\n"
    )


def test_someone_new_can_be_away(run: Run) -> None:
    flags = ("--every", "1w", "--pause-until", "2027-01-04")
    assert run("person", "add", "Al", "-r", "peer", *flags).code == 0
    assert (
        run("person", "show", "al", "--json").json["person"]["paused_until"]
        == "2027-01-04"
    )


def test_a_pause_in_the_past_is_refused(priya: Run) -> None:
    ran = priya("person", "edit", "priya", "--pause-until", "2026-11-22")
    assert ran == (
        2,
        "",
        "Sunday 22 November 2026 has passed, so there is nothing to pause.\n"
        "To end a pause: --pause-until 0\n",
    )


def test_today_shows_who_is_due_first_and_who_is_away_last(run: Run) -> None:
    for name, day in (
        ("Amy", "2026-11-01"),
        ("Bo", "2026-11-08"),
        ("Cy", "2026-11-22"),
    ):
        hold(run, person=name, relationship="peer", held_on=day)
        run("person", "edit", name, "--every", "2w")
    for name, until in (("Di", "2027-01-04"), ("Ed", "2026-11-30")):
        hold(run, person=name, relationship="peer", held_on="2026-10-01")
        run("person", "edit", name, "--every", "2w", "--pause-until", until)
    hold(run, person="Flo", relationship="peer", held_on="2026-10-01")
    rows = [" ".join(row.split()) for row in run().out.splitlines()]
    assert rows[rows.index("Talk to next") + 1 :] == [
        "Amy talked 22 days ago 8 days overdue",
        "Bo talked 15 days ago due since Sun 22 Nov",
        "Cy talked yesterday next by Sun 6 Dec",
        "Flo talked 53 days ago",
        "Ed talked 53 days ago paused until Mon 30 Nov",
        "Di talked 53 days ago paused until Mon 4 Jan 2027",
    ]


def test_a_number_is_no_name(priya: Run) -> None:
    ran = priya("session", "cancel", "8", "--by", "me")
    assert (ran.code, ran.err) == (
        3,
        "There is nobody by the name of “8” in your journal.\n"
        "Say who it was with: coachlog session cancel NAME. "
        "A draft is thrown away with: coachlog session discard 8\n",
    )
    ran = priya("plan", "show", "me", "--for", "8")
    assert "person add" not in ran.err
