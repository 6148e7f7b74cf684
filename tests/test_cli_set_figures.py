"""`coachlog progress --set`: promises kept in a set, whose turn it was, what was asked."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len

from coachlog.model.actions import Promise
from coachlog.model.people import Relationship
from coachlog.model.progress import Tally
from coachlog.model.sets import SetRole, SlotRecord
from coachlog.store.database import Journal
from coachlog.store.transactions import Change
from coachlog.store.writing import action_changes, set_changes
from coachlog.store.writing.person_changes import insert_person, update_owner_name
from coachlog.terminal.console import Console
from command_support import built, golden, unprintable
from conftest import NOW, Run
from set_builders import gather, meet, questions, sure
from store_builders import hold

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 4), date(2026, 10, 2), date(2026, 11, 6)
ME, ANN, BEN, CY, DEE, EVA, GIL = range(1, 8)
"""The members of the set, by the number of their time in it."""


@pytest.fixture
def ward_leads(run: Run, console: Console, home: Path) -> Run:
    """A set of five with a facilitator that met three times; Gil left after the first meeting."""
    built(run, home, lambda _: fill(console.desk.journal))
    return run


def fill(journal: Journal) -> None:
    with journal.change(NOW - timedelta(days=200), create=True) as change:
        update_owner_name(change, "Tom Reed")
        set_id, people = gather(change, None, "Ann Obi", "Ben Ek", "Cy Wu", "Dee Lo")
        eva = insert_person(change, "Eva Roe", Relationship.PEER)
        gil = insert_person(change, "Gil Pym", Relationship.PEER)
        set_changes.insert_set_member(
            change, set_id, eva, SetRole.FACILITATOR, on=SEPTEMBER
        )
        set_changes.insert_set_member(change, set_id, gil, SetRole.MEMBER, on=SEPTEMBER)
    with journal.change(NOW) as change:
        _meetings(change, set_id, [*people, gil])
        set_changes.mark_member_left(change, set_id, gil, on=OCTOBER)
        for id, on in ((1, "09-11"), (2, "09-11"), (3, "09-14"), (5, "10-09")):
            action_changes.mark_action_done(
                change, id, on=date.fromisoformat(f"2026-{on}")
            )
        action_changes.move_action_row(
            change, 6, date(2026, 11, 1), on=date(2026, 10, 15)
        )
        action_changes.mark_action_done(change, 6, on=date(2026, 10, 30))
        hold(
            change,
            Promise("Not of the set", "me", date(2026, 10, 30)),
            person=people[1],
        )


def _meetings(change: Change, set_id: int, people: list[int]) -> None:
    _, ann, ben, cy, dee, gil = people

    def by(
        who: int | None, what: str, due: date | None, **fields: Any
    ) -> tuple[Any, Promise]:
        return who, Promise(what, "me" if who is None else "them", due, **fields)

    soon, later = date(2026, 9, 11), date(2026, 10, 16)
    mixed = [("Open?", "open")] * 3 + [("Is it?", "closed"), ("Isn't it?", "leading")]
    meet(
        change,
        set_id,
        SlotRecord(ANN, "Rota", 25, (questions(*mixed),), (by(ann, "Ask Dana", soon),)),
        SlotRecord(
            GIL,
            "Budget",
            20,
            (questions(("Who?", "open")),),
            (by(gil, "Send it", soon),),
        ),
        SlotRecord(
            ME, "Leave", None, (), (by(None, "Ring HR", soon), by(ben, "Read it", soon))
        ),
        present=(ME, ANN, BEN, CY, DEE, EVA, GIL),
        on=SEPTEMBER,
        minutes=180,
        answers=[sure(5, "teamwork", "learning.teamwork")],
    )
    meet(
        change,
        set_id,
        SlotRecord(
            BEN, "Night shift", 30, (questions(*mixed, *mixed, ("Hm", None)),), ()
        ),
        SlotRecord(
            ANN,
            "Rota",
            25,
            (sure(2),),
            (by(ann, "Try it", later), by(ann, "Tell them", later)),
        ),
        present=(ME, ANN, BEN, CY, DEE),
        on=OCTOBER,
        minutes=150,
        answers=[sure(6, "teamwork", "learning.teamwork")],
        promises=[by(cy, "Book a room", later, private=True)],
    )
    meet(
        change,
        set_id,
        SlotRecord(
            DEE,
            "Handover",
            40,
            (questions(("A", "open"), ("B", None), ("C", None)),),
            (),
        ),
        SlotRecord(BEN, "Night shift", 20, (), (by(dee, "Ask Ed", date(2026, 12, 4)),)),
        present=(ME, ANN, BEN, CY, DEE),
        on=NOVEMBER,
        answers=[sure(8, "teamwork", "learning.teamwork")],
    )


# The screens


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("option", ["", "--ledger"])
def test_the_screens(
    ward_leads: Run, monkeypatch: pytest.MonkeyPatch, width: int, option: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    ran = ward_leads("progress", "--set", "ward", *option.split())
    told = "The words of 1 private promise are not shown; to see them, add --private.\n"
    assert (ran.code, ran.err) == (0, told if option else "")
    assert max(map(len, ran.out.splitlines())) <= width
    assert unprintable(ran.out) == set()
    assert [row for row in ran.out.splitlines() if row != row.rstrip()] == []
    assert ran.out == golden(f"progress-set{option[1:]}-{width}.txt", ran.out)


def test_the_screen_in_ascii(ward_leads: Run) -> None:
    out = ward_leads("--ascii", "progress", "--set", "ward").out
    assert out.isascii()
    assert "you                 1            3        -  ##########\n" in out


# The figures


def test_the_json(ward_leads: Run) -> None:
    ran = ward_leads("progress", "--set", "ward", "--json")
    assert (ran.code, ran.err, list(ran.json)) == (0, "", ["schema", "set"])
    found = ran.json["set"]
    assert list(found) == [
        *(
            "name",
            "slug",
            "members",
            "meetings",
            "promises",
            "me",
            "them",
            "people",
            "measures",
        ),
        *("since", "until", "withheld", "id", "uid", "comparison"),
        *("me_slips", "them_slips", "me_caveats", "them_caveats"),
    ]
    assert (found["name"], found["members"]) == ("Ward leads", 5)
    assert found["meetings"] == [
        {"session": session, "held_on": on, "minutes": minutes, "present": present}
        | {
            "asked": asked,
            "tagged": tagged,
            "open": is_open,
            "closed": closed,
            "leading": leading,
        }
        | {"open_share": share}
        for session, on, minutes, present, asked, tagged, is_open, closed, leading, share in (
            (1, "2026-09-04", 180, 7, 6, 6, 4, 1, 1, 4 / 6),
            (2, "2026-10-02", 150, 5, 11, 10, 6, 2, 2, 0.6),
            (3, "2026-11-06", 90, 5, 3, 1, 1, 0, 0, 1.0),
        )
    ]
    assert found["promises"] == tally(
        kept=3, kept_as_reagreed=1, kept_late=1, missed=2, pending=1
    )
    assert found["me"] == tally(kept_late=1)
    names = (
        "name",
        "slug",
        "role",
        "left_on",
        "present",
        "turns",
        "minutes",
        "promises",
    )
    people = (
        ("Tom Reed", "me", "member", None, 3, 1, None, tally(kept_late=1), False),
        (
            *("Ann Obi", "ann-obi", "member", None, 3, 2, 50),
            *(tally(kept=1, kept_as_reagreed=1, missed=1), False),
        ),
        ("Ben Ek", "ben-ek", "member", None, 3, 2, 50, tally(missed=1), False),
        ("Cy Wu", "cy-wu", "member", None, 3, 0, 0, tally(kept=1), True),
        ("Dee Lo", "dee-lo", "member", None, 3, 1, 40, tally(pending=1), False),
        ("Eva Roe", "eva-roe", "facilitator", None, 1, 0, 0, tally(), None),
        ("Gil Pym", "gil-pym", "member", "2026-10-02", 1, 1, 20, tally(kept=1), None),
    )
    in_journal = ward_leads("person", "list", "--json").json["people"]
    ids = {one["slug"]: one["id"] for one in in_journal} | {"me": None}
    noted = {"ann-obi": 2, "ben-ek": 2, "dee-lo": 1, "gil-pym": 1}
    third = 1 / 3
    shares = {
        "me": third,
        "ann-obi": 2 / 3,
        "ben-ek": 2 / 3,
        "cy-wu": 0,
        "dee-lo": third,
    }
    assert found["people"] == [
        dict(zip((*names, "under_half"), row, strict=True))
        | {"turn_share": shares.get(row[1])}
        | {"usual_share": third if row[1] in shares else None}
        | {"minutes_noted": noted.get(row[1], 0), "person_id": ids[row[1]]}
        for row in people
    ]
    (teamwork,) = found["measures"]
    assert (teamwork["measure"], teamwork["first"], teamwork["latest"]) == (
        "teamwork",
        5,
        8,
    )


def tally(**counts: int) -> dict[str, Any]:
    found = Tally(**counts)
    first, agreed = found.first_date, found.as_agreed
    return {
        "decided": agreed.of,
        **found._asdict(),
        "strict": first.ratio,
        "honoured": agreed.ratio,
        "first_date": first._asdict(),
        "as_agreed": agreed._asdict(),
    }


def figures(run: Run, *options: str) -> Any:
    return run("progress", "--set", "ward", *options, "--json").json["set"]


def test_a_period_counts_meetings_held_and_promises_first_due_in_it(
    ward_leads: Run,
) -> None:
    found = figures(ward_leads, "--since", "2026-10-01", "--until", "2026-10-31")
    assert [one["session"] for one in found["meetings"]] == [2]
    assert found["promises"] == tally(kept=1, kept_as_reagreed=1, missed=1)
    people = {one["name"]: (one["present"], one["turns"]) for one in found["people"]}
    assert people["Ann Obi"] == (1, 1)
    assert people["Gil Pym"] == (0, 0)
    assert found["measures"][0]["n"] == 1
    assert {one["under_half"] for one in found["people"]} == {None}
    out = ward_leads("progress", "--set", "ward", "--since", "2026-10-01").out
    assert out.startswith(
        "Ward leads · 5 members · 2 meetings\n"
        "From 1 October 2026 on\n"
        "Meetings held and promises first due in this period.\n"
    )
    assert "Too early to compare: this needs 3 members with 3 meetings each." in out
    nothing = ward_leads("progress", "--set", "ward", "--until", "2026-01-01").out
    assert nothing.startswith("Ward leads · 5 members · no meeting in that period\n")


def test_who_left_and_came_back_is_one_person(
    ward_leads: Run, console: Console
) -> None:
    with console.desk.journal.change(NOW) as change:
        set_changes.insert_set_member(change, 1, 6, SetRole.MEMBER, on=NOVEMBER)
        again = (2, 8)
        meet(change, 1, SlotRecord(8), present=again, on=date(2026, 11, 20))
        meet(change, 1, present=again, on=date(2026, 11, 21))
    (gil,) = [one for one in figures(ward_leads)["people"] if one["name"] == "Gil Pym"]
    assert (gil["present"], gil["turns"], gil["left_on"], gil["under_half"]) == (
        3,
        2,
        None,
        False,
    )


def test_who_facilitates_or_left_is_not_judged(run: Run, console: Console) -> None:
    with console.desk.journal.change(NOW, create=True) as change:
        set_id, people = gather(change, None, "Ann Obi", "Ben Ek", "Cy Wu")
        eva = insert_person(change, "Eva Roe", Relationship.PEER)
        set_changes.insert_set_member(
            change, set_id, eva, SetRole.FACILITATOR, on=SEPTEMBER
        )
        for _ in range(3):
            meet(
                change,
                set_id,
                SlotRecord(1),
                SlotRecord(2),
                SlotRecord(3),
                present=(1, 2, 3, 4, 5),
            )
        set_changes.mark_member_left(change, set_id, people[3], on=NOVEMBER)
    flags = {one["name"]: one["under_half"] for one in figures(run)["people"]}
    assert flags == {
        **dict.fromkeys(("me", "Ann Obi", "Ben Ek"), False),
        **dict.fromkeys(("Cy Wu", "Eva Roe"), None),
    }
    told = (
        "Each of the 3 members who can be compared had at least half the usual share."
    )
    assert told in " ".join(run("progress", "--set", "ward").out.split())


def test_a_member_without_a_turn_is_never_nobody(run: Run, console: Console) -> None:
    with console.desk.journal.change(NOW, create=True) as change:
        set_id, _ = gather(change, None, "Ann Obi", "Ben Ek", "Cy Wu")
        for _ in range(3):
            slots = (SlotRecord(1), SlotRecord(1))
            meet(change, set_id, *slots, present=(1, 2, 3, 4))
    lines = [line.strip() for line in run("progress", "--set", "ward").out.splitlines()]
    none = "no turn at 3 meetings, usual 0"
    assert [line for line in lines if "usual" in line] == [none] * 3
    found = figures(run)["people"]
    assert [(one["turn_share"], one["usual_share"]) for one in found] == [
        (2.0, 0.0),
        (0.0, 0.0),
        (0.0, 0.0),
        (0.0, 0.0),
    ]


def test_a_deleted_meeting_counts_in_nothing(ward_leads: Run) -> None:
    assert ward_leads("session", "delete", "1", "--yes").code == 0
    found = figures(ward_leads)
    assert [one["session"] for one in found["meetings"]] == [2, 3]
    assert found["me"] == tally()
    assert found["measures"][0]["first"] == 6


def test_what_a_deleted_meeting_hides_is_counted_aloud(ward_leads: Run) -> None:
    """So missed promises do not go in silence with their meeting."""
    counts = ward_leads("progress", "--set", "ward", "--json").json["set"]
    assert counts["them_caveats"]["hidden"] == 0
    assert ward_leads("session", "delete", "2", "--yes").code == 0
    for words in ((), ("--ledger",)):
        shown = ward_leads("progress", "--set", "ward", *words).out
        assert "3 hidden with a deleted conversation" in shown
    counts = ward_leads("progress", "--set", "ward", "--json").json["set"]
    assert counts["them_caveats"]["hidden"] == 3


def test_a_set_that_never_met(run: Run, console: Console) -> None:
    with console.desk.journal.change(NOW, create=True) as change:
        gather(change, None, "Ann Obi")
    ran = run("progress", "--set", "ward leads")
    assert (ran.code, ran.out) == (
        0,
        "Ward leads · 2 members · no meeting yet\n\n"
        "promises kept  by the first date  as agreed  not due yet\n"
        "the set        –                  –          –\n"
        "you            –                  –          –\n"
        "Ann Obi        –                  –          –\n"
        "No promises yet.\n",
    )
    assert figures(run)["meetings"] == []
    ledger = run("progress", "--set", "ward", "--ledger")
    assert (ledger.code, "None counts yet." in ledger.out) == (0, True)


def test_meetings_without_questions_say_so(run: Run, console: Console) -> None:
    with console.desk.journal.change(NOW, create=True) as change:
        set_id, _ = gather(change, None, "Ann Obi")
        meet(change, set_id, SlotRecord(1), present=(1, 2))
        meet(
            change,
            set_id,
            SlotRecord(2, answers=(questions(("Who?", None)),)),
            present=(1, 2),
        )
    out = run("progress", "--set", "ward").out
    assert "None has been tagged yet as open, closed or leading." in out
    assert "1 question is not tagged yet: coachlog session edit 2" in out
    run("session", "delete", "2", "--yes")
    assert (
        "  No questions have been recorded yet." in run("progress", "--set", "ward").out
    )


def test_of_many_meetings_the_last_twelve_are_shown(run: Run, console: Console) -> None:
    with console.desk.journal.change(NOW, create=True) as change:
        set_id, _ = gather(change, None)
        asked = questions(*[("Who?", "open")] * 5)
        for _ in range(13):
            meet(
                change,
                set_id,
                SlotRecord(1, None, 5, (asked,)),
                present=(1,),
                on=NOVEMBER,
            )
    out = run("progress", "--set", "ward").out
    assert "The last 12 of 13 meetings are shown." in out
    assert "\n   1  Fri 6 Nov" not in out
    assert "Open overall: 100% (65 of 65)" in out


@pytest.mark.parametrize(("option", "shown"), [([], False), (["--private"], True)])
def test_private_measures_and_words_come_only_when_asked_for(
    ward_leads: Run, console: Console, option: list[str], shown: bool
) -> None:
    with console.desk.journal.change(NOW) as change:
        kept = sure(9, "teamwork", "learning.teamwork")._replace(private=True)
        meet(change, 1, present=(1,), answers=[kept])
    found = figures(ward_leads, *option)
    assert (found["measures"][0]["n"], found["withheld"]) == (
        (4, 0) if shown else (3, 1)
    )
    out = ward_leads("progress", "--set", "ward", *option).out
    assert (
        "1 private entry is not shown; to see it, add --private." in out
    ) is not shown
    for line in ("--ledger", "--ledger --json"):
        out = ward_leads("progress", "--set", "ward", *line.split(), *option).out
        assert ("Book a room" in out) is shown
    listed = figures(ward_leads, "--ledger", *option)["ledger"]
    assert [(one["id"], one["fate"]) for one in listed] == [
        *((3, "kept_late"), (1, "kept"), (2, "kept"), (4, "missed"), (5, "kept")),
        *((6, "kept_as_reagreed"), (7, "missed")),
    ]


def test_a_correction_stands_beside_the_fate_in_the_ledger_of_the_set(
    ward_leads: Run,
) -> None:
    told = {"action": 3, "fate": "kept", "note": "By mail, on the Friday"}
    given = json.dumps({"held_on": "2026-11-20", "corrections": [told]})
    ran = ward_leads(
        "session", "new", "-t", "words-deeds", "--answers", "-", input=given
    )
    assert (ran.code, ran.err) == (0, "")
    of_set = figures(ward_leads, "--ledger")["ledger"]
    corrected = [
        (one["id"], one["fate"], one["corrected"]) for one in of_set if one["corrected"]
    ]
    assert corrected == [(3, "kept_late", "kept")]


def test_a_picture(ward_leads: Run, tmp_path: Path) -> None:
    target = tmp_path / "set.svg"
    line = ("progress", "--set", "ward", "--picture", str(target))
    ran = ward_leads(*line)
    assert (ran.code, ran.out) == (0, f"Wrote {target}.\n")
    words = " ".join(ElementTree.fromstring(target.read_text()).itertext())
    assert "Ward\xa0leads" in words
    assert ward_leads(*line).code == 4
    private = ward_leads(*line, "--force", "--ledger", "--private")
    assert private.err == "It includes 1 private promise.\n"


# What goes wrong


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        pytest.param("ann --set ward", 2, "leave out the person", id="with-a-person"),
        pytest.param(
            "--set ward --measure teamwork", 2, "--measure", id="with-a-measure"
        ),
        pytest.param("--set wrad", 3, "Did you mean Ward leads?", id="a-slip"),
        pytest.param(
            "--set w",
            3,
            "could be: Ward leads (ward-leads), Wardens (wardens)",
            id="two",
        ),
        pytest.param(
            "--set ward-leads --since tomorrow", 2, "--since is", id="no-time"
        ),
        pytest.param(
            "--set ward-leads --json --picture x.svg", 2, "--picture", id="two-answers"
        ),
        pytest.param(
            "--set ward-leads --picture x.png", 2, ".svg or .html", id="no-such-picture"
        ),
    ],
)
def test_what_goes_wrong(
    ward_leads: Run, console: Console, line: str, code: int, said: str
) -> None:
    with console.desk.journal.change(NOW) as change:
        gather(change, name="Wardens")
    ran = ward_leads("progress", *line.split())
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_without_a_journal_there_is_no_set(run: Run) -> None:
    assert run("progress", "--set", "ward").code == 10


def test_long_and_strange_names_fit(
    run: Run, console: Console, monkeypatch: Any
) -> None:
    with console.desk.journal.change(NOW, create=True) as change:
        names = ["李" * 30, "Bartholomew " * 8, "[bold]x[/bold]"]
        set_id, _ = gather(change, None, *names, name="Ward " * 40)
        for _ in range(3):
            meet(change, set_id, SlotRecord(2, None, 900), present=(1, 2, 3, 4))
    for width in (60, 80, 140):
        monkeypatch.setenv("COLUMNS", str(width))
        ran = run("progress", "--set", "ward")
        assert ran.code == 0
        assert max(map(cell_len, ran.out.splitlines())) <= width
        assert "[bold]x[/bold]" in ran.out


def test_the_quarters_of_a_set(
    ward_leads: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All promises of the set first; then mine and theirs, as I am one of its members."""
    monkeypatch.setenv("COLUMNS", "100")
    ran = ward_leads("progress", "--set", "ward", "--compare", "--json")
    comparison = ran.json["comparison"]
    whole = ward_leads(
        *("progress", "--set", "ward", "--json"),
        *("--since", "2026-07-01", "--until", "2026-09-30"),
    ).json["set"]
    assert comparison == {
        "person": None,
        "set": "Ward leads",
        "person_id": None,
        "set_id": 1,
        **comparison,
    }
    for owner in ("promises", "me", "them"):
        for ratio in ("first_date", "as_agreed"):
            assert comparison[owner][ratio]["now"] == whole[owner][ratio]
            assert comparison[owner][ratio]["change"] is None
    lines = ward_leads("progress", "--set", "ward", "--compare").out.splitlines()
    assert lines[0] == "Ward leads"
    names = [line[:7].strip() for line in lines[3:9]]
    assert names == ["the set", "", "yours", "", "theirs", ""]
