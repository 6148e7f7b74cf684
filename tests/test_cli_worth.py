"""`coachlog worth`: what changed, and what it is worth at least, for oneself."""

from typing import Any

import pytest

from command_support import CtrlC, ScriptedPerson
from conftest import Run

COUNTED = (
    *("worth", "add", "--what", "Fewer agency shifts", "--noticed-by", "Ward manager"),
    *("--evidence", "Rota", "--gain", "shifts", "--amount", "£6,000"),
    *("--months", "6", "--share", "50", "--sure", "80%"),
)


def list_benefits(run: Run) -> list[dict[str, Any]]:
    benefits: list[dict[str, Any]] = run("worth", "list", "--json").json["benefits"]
    return benefits


@pytest.fixture
def worth(run: Run) -> Run:
    """A journal with three benefits: in pounds, in hours, and without an amount."""
    hours = ("--amount", "40h", "--share", "100", "--sure", "50")
    assert run(*COUNTED).code == 0
    assert run("worth", "add", "--what", "Shorter meetings", *hours).code == 0
    assert run("worth", "add", "--what", "Calmer handovers").code == 0
    return run


def test_a_benefit_with_an_amount(run: Run) -> None:
    ran = run(*COUNTED)
    assert ran.out == (
        "Recorded benefit 1: £6,000 × 50% × 80% = at least £2,400. "
        "Next: coachlog worth show\n"
    )
    (benefit,) = list_benefits(run)
    benefit.pop("uid")
    assert benefit == {
        "id": 1,
        "recorded_on": "2026-11-23",
        "what": "Fewer agency shifts",
        "noticed_by": "Ward manager",
        "evidence": "Rota",
        "gain": "shifts",
        "amount": 6000,
        "unit": "pounds",
        "months": 6,
        "share": 50,
        "sure": 80,
    }


def test_what_is_missing_is_asked_for(run: Run) -> None:
    person = ScriptedPerson(
        {
            "What changed?": "Calmer handovers",
            "Who noticed it?": "The night shift",
            "What shows it?": "",
            "Was anything saved or earned": "time",
            "How much, in all?": ("40", "40 hours"),
            "Over how many months?": "",
            "How much of that is due": ("150", "50"),
            "How sure are you": "0",
        }
    )
    ran = run("worth", "add", person=person)
    assert ran.out.startswith(
        "Recorded benefit 1: 40 hours × 50% × 0% = at least 0 hours."
    )
    assert person.left == []
    assert person.told == [
        "“40” has no unit: £40, or 40 hours?",
        "“150” is not a whole number from 0 to 100%.",
    ]


def test_nothing_has_to_be_counted(run: Run) -> None:
    person = ScriptedPerson(
        {
            "Who noticed it?": "",
            "What shows it?": "",
            "Was anything saved or earned": "",
        }
    )
    assert run("worth", "add", "--what", "Calm", person=person).code == 0
    assert list_benefits(run)[0]["amount"] is None


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ((), "to know what changed"),
        (("--what", ""), "to know what changed"),
        (("--what", "x", "--amount", "£5"), "which share is due"),
        (("--what", "x", "--amount", "£5", "--share", "50"), "how sure you are"),
        (("--what", "x", "--gain", "shifts"), "how much it was"),
        (("--what", "x", "--months", "6"), "how much it was"),
        (("--what", "x", "--amount", "1,200"), "“1,200” has no unit"),
        (("--what", "x", "--amount=-5h"), "more than 0"),
        (("--what", "x", "--share", "101"), "0 to 100%"),
    ],
)
def test_what_cannot_be_recorded(
    run: Run, options: tuple[str, ...], reason: str
) -> None:
    ran = run("worth", "add", *options)
    assert (ran.code, reason in ran.err) == (2, True), ran.err
    assert run("worth", "list").code == 10  # no journal was made for it


def test_what_it_was_worth(worth: Run) -> None:
    view = worth("worth", "show", "--cost", "£3,000", "--json").json["worth"]
    bounds = [gain["lower_bound"] for gain in view["gains"]]
    figures = (view["benefits"], bounds, view["cost"], view["lower_bound"])
    assert figures == (3, [2400, 20], 3000, 2400)
    view = worth("worth", "show", "--rate", "20", "--json").json["worth"]
    assert (view["rate"], view["lower_bound"]) == (20, 2800)


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.usefixtures("screen")
def test_the_screen_says_what_it_is(
    worth: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    ran = worth("worth", "show", "--cost", "3k")
    words = " ".join(ran.out.split())
    for part in (
        "worth at least £2,400 cost £3,000, as you typed",
        "from 3 benefits, 2 with an amount; self-reported",
        "At least 20 hours as well, which are not money: to count them, add --rate.",
        "Self-reported: by you alone, about yourself.",
    ):
        assert part in words
    assert max(map(len, ran.out.splitlines())) <= width


@pytest.mark.parametrize("option", ["--cost", "--rate"])
def test_only_money_is_a_cost_or_a_rate(worth: Run, option: str) -> None:
    ran = worth("worth", "show", option, "40 hours")
    assert (ran.code, "is not money" in ran.err) == (2, True)


def test_a_benefit_is_dropped_and_brought_back(worth: Run) -> None:
    assert worth("worth", "drop", "meetings").out == (
        "Dropped benefit 2. To undo: coachlog undo\n"
    )
    assert [benefit["id"] for benefit in list_benefits(worth)] == [1, 3]
    assert worth("undo").code == 0
    assert [benefit["id"] for benefit in list_benefits(worth)] == [1, 2, 3]
    assert worth("worth", "drop", "9").code == 3


def test_without_any_the_list_says_how_to_begin(run: Run) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    ran = run("worth", "list")
    assert ran.err == "No benefits yet: coachlog worth add\n"


def test_without_an_amount_it_says_how_to_record_one(run: Run) -> None:
    assert run("worth", "add", "--what", "Calmer handovers").code == 0
    page = run("worth", "show").out
    assert "To record what can be counted: coachlog worth add" in page
    assert run(*COUNTED).code == 0
    assert "To record what can be counted" not in run("worth", "show").out


def test_hours_are_named_only_where_some_were_counted(worth: Run) -> None:
    hours = ", with hours at £20 each, as you typed"
    assert hours in worth("worth", "show", "--rate", "20").out
    assert worth("worth", "drop", "2").code == 0
    page = worth("worth", "show", "--rate", "20").out
    assert hours not in page
    assert "Phillips" not in page


def test_a_gain_stands_beside_what_changed(worth: Run) -> None:
    page = worth("worth", "show").out
    assert "what changed" in page
    assert "Fewer agency shifts (shifts)" in page


def test_a_dash_at_a_terminal_waits_for_nothing(run: Run) -> None:
    person = ScriptedPerson(
        {"What changed?": "Calm", "Was anything saved or earned": None}
    )
    dashes = ("--what", "-", "--noticed-by", "-", "--evidence", "-", "--gain", "-")
    assert run("worth", "add", *dashes, person=person).code == 0
    (benefit,) = list_benefits(run)
    words = [benefit[name] for name in ("what", "noticed_by", "evidence", "gain")]
    assert words == ["Calm", None, None, None]


def test_an_amount_that_nobody_can_name_is_skipped(run: Run) -> None:
    person = ScriptedPerson(
        {
            "Who noticed it?": "",
            "What shows it?": "",
            "Was anything saved or earned": "time",
            "How much, in all?": ("about 1200 pounds", None),
        }
    )
    assert run("worth", "add", "--what", "Calm", person=person).code == 0
    assert person.told == [
        "“about 1200 pounds” is not an amount, such as £1,200 or 40 hours."
    ]
    (benefit,) = list_benefits(run)
    assert (benefit["gain"], benefit["amount"]) == ("time", None)


def test_what_was_typed_is_handed_back(run: Run) -> None:
    person = ScriptedPerson(
        {
            "What changed?": "Fewer sick days",
            "Who noticed it?": "the matron, in March",
            "What shows it?": CtrlC("the ro"),
        }
    )
    ran = run("worth", "add", person=person)
    assert (ran.code, ran.out) == (130, "")
    assert ran.err == (
        "Stopped. Nothing was saved.\nCopy what you typed from here:\n"
        "Fewer sick days\nthe matron, in March\nthe ro\n"
    )
