"""Whoever supports somebody else's promise is reminded of it before they meet the owner."""

import json

import pytest

from command_support import hold
from conftest import Run

BEN, HELEN, PRIYA, ZOE = "Ben Cole", "Helen Carr", "Priya Shah", "Zoe Poe"


@pytest.fixture
def supported(run: Run) -> Run:
    """Promises of each kind, with support from each; Ben is a coach, Zoe was in none of them.

    1 to 3 were made with Ben and Helen, in the owner's plan; 4 and 5 with Priya alone; 6 alone.
    """
    for name, relationship in (
        *((BEN, "coach"), (HELEN, "peer"), (PRIYA, "report"), (ZOE, "peer")),
        ("Zoe Old", "peer"),
    ):
        assert run("person", "add", name, "-r", relationship).code == 0
    actions = [
        promise("Mine", "me", "Ben: rings on Fridays"),
        promise("Of Helen", HELEN, "Ben: lends a book"),
        promise("Of Ben", BEN, "I'll free the rota"),
    ]
    file = {"template": "quick", "with": ["ben", "helen"], "actions": actions}
    ran = run("session", "new", "--answers", "-", input=json.dumps(file))
    assert ran.code == 0, ran.err
    hold(
        run,
        person="priya",
        relationship=None,
        actions=[
            promise("Of Priya", "them", "Zoe Poe: covers the ward"),
            promise("With Priya", "me", "Zoe: reads it first"),
        ],
    )
    words = ("Alone", "--support", "Helen: an hour")
    assert run("action", "add", "me", *words).code == 0
    return run


def promise(what: str, owner: str, support: str) -> dict[str, str]:
    return {"what": what, "owner": owner, "due": "2026-12-04", "support": support}


BRIEFS = [
    pytest.param(
        "ben",
        {
            (1, BEN, "rings on Fridays", "Mine"),
            (2, BEN, "lends a book", "Of Helen"),
            (3, "me", "free the rota", "Of Ben"),
        },
        id="to-the-promise-of-the-third",
    ),
    pytest.param(
        "helen",
        {(3, "me", "free the rota", "Of Ben"), (6, HELEN, "an hour", "")},
        id="what-was-said-with-them-there",
    ),
    pytest.param("priya", set(), id="not-what-others-give-her"),
    pytest.param(
        "zoe-poe",
        {(4, ZOE, "covers the ward", "")},
        id="what-they-give-and-no-words-of-the-promise",
    ),
    pytest.param("zoe-old", set(), id="not-what-another-of-that-name-gives"),
]


@pytest.mark.parametrize(("name", "supports"), BRIEFS)
def test_a_brief_has_the_support_that_concerns_them(
    supported: Run, name: str, supports: set[tuple[int, str, str, str]]
) -> None:
    entries = supported("brief", name, "--json").json["brief"]["supports"]
    found = [(e["action"], e["giver"], e["words"], e["what"]) for e in entries]
    assert set(found) == supports
    assert len(found) == len(supports)


@pytest.mark.parametrize("name", ["ben", "helen", "priya", "zoe-poe"])
def test_no_words_of_a_promise_reach_who_was_not_there(
    supported: Run, name: str
) -> None:
    shown = supported("brief", name).out
    assert ("Of Priya" in shown) == (name == "priya")
    assert ("With Priya" in shown) == (name == "priya")
    assert ("Of Helen" in shown) == (name in ("ben", "helen"))


def test_support_for_a_private_promise_is_left_out(supported: Run) -> None:
    for id in ("2", "4"):
        assert supported("action", "edit", id, "--private").code == 0
    for name, words in (("ben", "lends a book"), ("zoe-poe", "covers the ward")):
        assert words not in supported("brief", name).out
        assert words in supported("brief", name, "--private").out
    assert "Of Priya" not in supported("brief", "zoe-poe", "--private").out


def test_once_the_promise_is_closed_there_is_nothing_to_remember(
    supported: Run,
) -> None:
    assert supported("action", "done", "4").code == 0
    assert "covers the ward" not in supported("brief", "zoe-poe").out
