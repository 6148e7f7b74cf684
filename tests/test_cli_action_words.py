"""`coachlog action add priya "send the rota by fri"`: the promise is typed as it was made."""

from typing import Any

import pytest

from command_support import ScriptedPerson
from conftest import Run


@pytest.fixture
def people(run: Run) -> Run:
    """Priya Shah and Dana Cole, and two whose names are words: Mark Lee and Will Reed."""
    for name in ("Priya Shah", "Dana Cole", "Mark Lee", "Will Reed"):
        assert run("person", "add", name, "--relationship", "report").code == 0
    run("person", "edit", "me", "--name", "Tom Adams")
    return run


def added(run: Run) -> dict[str, Any]:
    """Return the one promise there is: its words, and whatever else it has."""
    (row,) = run("action", "list", "--private", "--json").json["actions"]
    fields = ("what", "owner", "due", "done_when", "private")
    found = {name: row[name] for name in fields if row[name]}
    found["plan"] = row["person"]
    return found


MINE = {"what": "send the rota", "owner": "me", "due": "2026-11-27"}
HERS = MINE | {"owner": "them"}
IN_PRIYAS = {"plan": "Priya Shah"}
IN_MINE: dict[str, Any] = {"plan": None}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(["priya", "send the rota by fri"], MINE | IN_PRIYAS, id="quoted"),
        pytest.param(
            ["priya", "send", "the", "rota", "by", "fri"],
            MINE | IN_PRIYAS,
            id="unquoted",
        ),
        pytest.param(
            ["priya", "shah", "send", "the", "rota", "by", "fri"],
            MINE | IN_PRIYAS,
            id="a-whole-name-unquoted",
        ),
        pytest.param(
            ["pri", "send", "the", "rota", "by", "fri"],
            MINE | IN_PRIYAS,
            id="the-beginning-of-a-name",
        ),
        pytest.param(
            ["Priya", "Shah", "send the rota by fri"],
            MINE | IN_PRIYAS,
            id="a-name-of-two-words-then-a-quoted-promise",
        ),
        pytest.param(
            ["priya send the rota by fri"], MINE | IN_PRIYAS, id="all-in-one-quote"
        ),
        pytest.param(
            ["Priya: send the rota by fri"], HERS | IN_PRIYAS, id="a-colon-is-hers"
        ),
        pytest.param(
            ["priya", "to", "send", "the", "rota", "by", "fri"],
            HERS | IN_PRIYAS,
            id="to-is-hers",
        ),
        pytest.param(
            ["priya", "she will send the rota by fri"], HERS | IN_PRIYAS, id="she-will"
        ),
        pytest.param(
            ["priya", "Dana: send the rota by fri (all of it)"],
            MINE | {"owner": "Dana Cole", "done_when": "all of it"} | IN_PRIYAS,
            id="of-someone-else",
        ),
        pytest.param(
            ["priya", "~ I will send the rota by fri"],
            MINE | {"private": True} | IN_PRIYAS,
            id="private",
        ),
        pytest.param(["send the rota by fri"], MINE | IN_MINE, id="my-own"),
        pytest.param(
            ["send", "the", "rota", "by", "fri"], MINE | IN_MINE, id="my-own-unquoted"
        ),
        pytest.param(
            ["I", "will", "send", "the", "rota", "by", "fri"],
            MINE | IN_MINE,
            id="I-will",
        ),
        pytest.param(["me", "send the rota by fri"], MINE | IN_MINE, id="me-first"),
        pytest.param(
            ["me:", "send", "the", "rota", "by", "fri"], MINE | IN_MINE, id="me-colon"
        ),
        pytest.param(
            ["mark", "the rota by fri"],
            {"what": "the rota", "owner": "me", "due": "2026-11-27"}
            | {"plan": "Mark Lee"},
            id="a-name-that-is-a-verb-before-quotes",
        ),
        pytest.param(
            ["mark", "send", "the", "rota", "by", "fri"],
            MINE | {"plan": "Mark Lee"},
            id="a-name-that-is-a-verb-before-a-verb",
        ),
        pytest.param(
            ["will", "send", "the", "rota", "by", "fri"],
            MINE | {"plan": "Will Reed"},
            id="will-is-a-name",
        ),
        pytest.param(
            ["priya", "ring", "-", "or", "write"],
            {"what": "ring - or write", "owner": "me"} | IN_PRIYAS,
            id="a-dash-among-words",
        ),
    ],
)
def test_a_promise_is_added_as_it_was_typed(
    people: Run, words: list[str], expected: dict[str, Any]
) -> None:
    ran = people("action", "add", *words)
    assert (ran.code, ran.err) == (0, "")
    assert added(people) == expected


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["priya", "send the rota by fri (sent by noon)"],
            "Added promise 1, yours, in Priya Shah's plan: send the rota, "
            "by Friday 27 November 2026 (sent by noon). Next: coachlog action show 1\n",
            id="mine",
        ),
        pytest.param(
            ["priya", "she will send the rota"],
            "Added promise 1, theirs, in Priya Shah's plan: send the rota, no date. "
            "Next: coachlog action show 1\n",
            id="hers",
        ),
        pytest.param(
            ["ring", "HR", "tomorrow"],
            "Added promise 1, yours, in your own plan: ring HR, "
            "by Tuesday 24 November 2026. Next: coachlog action show 1\n",
            id="my-own",
        ),
        pytest.param(
            ["priya", "~ send it by fri (she nods)"],
            "Added promise 1, yours, in Priya Shah's plan: (private), "
            "by Friday 27 November 2026. Next: coachlog action show 1\n",
            id="private",
        ),
    ],
)
def test_what_was_understood_is_echoed_in_full(
    people: Run, words: list[str], message: str
) -> None:
    assert people("action", "add", *words).out == message


def test_an_option_wins_over_what_the_words_say(people: Run) -> None:
    options = ["--owner", "dana cole", "--due", "+2w", "--done-when", "all"]
    words = "priya to send the rota by fri (half of it)"
    assert people("action", "add", "priya", words, *options).err == ""
    assert added(people) == IN_PRIYAS | {
        "what": "send the rota",
        "owner": "Dana Cole",
        "due": "2026-12-07",
        "done_when": "all",
    }


def test_the_words_count_from_the_day_the_promise_was_made(people: Run) -> None:
    ran = people("action", "add", "priya", "send it tomorrow", "--on", "2026-11-16")
    assert "by Tuesday 17 November 2026" in ran.out
    assert "has passed, so this is already overdue" in ran.err


@pytest.mark.parametrize(
    ("words", "plan"), [(["priya", "-"], "Priya Shah"), (["-"], None)]
)
def test_a_dash_reads_standard_input(
    people: Run, words: list[str], plan: str | None
) -> None:
    assert people("action", "add", *words, input="send the rota by fri\n").code == 0
    assert added(people) == MINE | {"plan": plan}


def test_a_bracket_with_a_dash_reads_no_standard_input(people: Run) -> None:
    assert people("action", "add", "priya", "send it (-)", input="other").code == 0
    assert added(people) == IN_PRIYAS | {
        "what": "send it",
        "owner": "me",
        "done_when": "-",
    }


# What is not certain


def test_without_a_terminal_what_is_uncertain_is_said_on_stderr(people: Run) -> None:
    ran = people("action", "add", "priya", "HR to confirm by Fri or Mon")
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "Promise 1: it is not clear from your words whose it is. It was taken for yours; "
        "if it is not: coachlog action edit 1 --owner WHO",
        "Promise 1: it is not clear from your words by when. To change it: "
        "coachlog action move 1 --to DATE",
    ]
    options = ["--owner", "them", "--due", "fri"]
    assert people("action", "add", "priya", "HR to confirm by noon", *options).err == ""


def test_at_a_terminal_what_is_uncertain_is_asked(people: Run) -> None:
    person = ScriptedPerson(
        {
            "Who will do it?": "Priya Shah",
            "due": "wed",
            "How will you know": "a mail",
        }
    )
    ran = people("action", "add", "priya", "HR to confirm by tue noon", person=person)
    assert (ran.code, ran.err, person.left) == (0, "", [])
    assert person.offered["due"] == "2026-11-24"
    assert added(people) == IN_PRIYAS | {
        "what": "HR to confirm noon",
        "owner": "them",
        "due": "2026-11-25",
        "done_when": "a mail",
    }


def test_at_a_terminal_what_is_certain_is_not_asked(people: Run) -> None:
    person = ScriptedPerson()
    assert (
        people("action", "add", "priya", "send the rota by fri", person=person).code
        == 0
    )
    assert added(people) == MINE | IN_PRIYAS
    assert person.read == []


def test_at_a_terminal_only_what_the_words_leave_out_is_asked(people: Run) -> None:
    person = ScriptedPerson({"due": "fri"})
    words = "she will send the rota (all of it)"
    assert people("action", "add", "priya", words, person=person).code == 0
    assert person.left == []
    assert added(people) == HERS | IN_PRIYAS | {"done_when": "all of it"}


# What is refused


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        pytest.param(["pirya"], 3, "nobody by the name of “pirya”", id="a-typo-alone"),
        pytest.param(
            ["pirya", "send the rota by fri"],
            3,
            "nobody by the name of “pirya”",
            id="quoted",
        ),
        pytest.param(
            ["pirya", "send", "the", "rota"],
            3,
            "coachlog action add me WORDS",
            id="unquoted",
        ),
        pytest.param(
            ["mark", "the", "rota"],
            2,
            'coachlog action add mark-lee "the rota"',
            id="a-name-or-a-verb",
        ),
        pytest.param(
            ["priya", "send it", "--what", "Send it"], 2, "there twice", id="twice"
        ),
    ],
)
def test_what_could_mean_something_else_is_refused(
    people: Run, words: list[str], code: int, message: str
) -> None:
    ran = people("action", "add", *words)
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert people("action", "list", "--json").json["actions"] == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param("nothing", "“nothing” is nothing to do.", id="nothing"),
        pytest.param("none this time", "is nothing to do", id="none-this-time"),
        pytest.param("[ ] n/a", "is nothing to do", id="a-box-of-nothing"),
        pytest.param("no further action by fri", "is nothing to do", id="with-a-date"),
        pytest.param("#rota", "a tag, a time or a day", id="a-tag"),
        pytest.param("1h 20", "a tag, a time or a day", id="minutes"),
    ],
)
def test_what_promises_nothing_is_refused(
    people: Run, words: str, message: str
) -> None:
    ran = people("action", "add", "priya", words)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert "Nothing was added." in ran.err
    assert people("action", "list", "--json").json["actions"] == []
    assert (
        people(*["action", "add", "priya", "--owner", "me", "--what"], words).code == 0
    )


@pytest.mark.parametrize(
    ("words", "remark", "expected"),
    [
        pytest.param(
            "[x] send the rota by fri",
            "has a tick, but it was added as open. If it is done: coachlog action done 1",
            MINE,
            id="a-tick",
        ),
        pytest.param("don't ring HR", "says what will not be done", {}, id="a-denial"),
        pytest.param("who rings HR?", "is a question", {}, id="a-question"),
        pytest.param(
            "felt better today",
            "reads like something that is or was so",
            {},
            id="a-statement",
        ),
        pytest.param(
            "Dana books the room by fri",
            "It was taken for Dana Cole’s; if it is not",
            {"what": "Dana books the room", "owner": "Dana Cole"},
            id="somebody-likely",
        ),
    ],
)
def test_what_was_read_in_another_way_is_said(
    people: Run, words: str, remark: str, expected: dict[str, Any]
) -> None:
    ran = people("action", "add", "priya", words)
    assert ran.code == 0
    assert remark in ran.err
    assert expected.items() <= added(people).items()


def test_lines_that_were_read_as_one_promise_are_said(people: Run) -> None:
    ran = people("action", "add", "priya", "-", input="send the rota\nby fri\n")
    assert ran.err == "Promise 1 has all the lines, as one promise.\n"
    assert added(people) == MINE | IN_PRIYAS


def test_a_bracket_makes_a_promise_private(people: Run) -> None:
    ran = people("action", "add", "priya", "send the rota by fri (private)")
    assert "rota" not in ran.out
    assert added(people) == MINE | IN_PRIYAS | {"private": True}


def test_a_name_that_fits_several_people_is_refused(people: Run) -> None:
    people("person", "add", "Priya Patel", "--relationship", "report")
    ran = people("action", "add", "priya", "send", "it")
    assert (ran.code, ran.out) == (3, "")
    assert "“priya” could be: " in ran.err
    assert people("action", "add", "priya", "shah", "send", "it").code == 0


def test_the_first_promise_of_all_needs_no_journal(run: Run) -> None:
    assert run("action", "add", "ring", "HR", "by", "fri").code == 0
    assert added(run) == {
        "what": "ring HR",
        "owner": "me",
        "due": "2026-11-27",
        "plan": None,
    }


# The same words, asked for or given as --what


ROTA = "Ring GP by fri (private)"
PRIVATE_ROTA = {"what": "Ring GP", "owner": "me", "due": "2026-11-27", "private": True}


def ask_for_promise(run: Run, name: str, **script: Any) -> ScriptedPerson:
    """Answer what `action add NAME` asks; what the words say is offered first."""
    usual = {"due": "2026-11-27", "How will you know": None}
    person = ScriptedPerson(usual | script)
    assert run("action", "add", name, person=person).code == 0
    return person


def test_words_that_are_asked_for_are_read_and_offered(people: Run) -> None:
    script = {
        "What was promised?": "Dana: book the room by fri (mail sent) (private)",
        "Who will do it?": "someone else",
        "Who?": "Dana Cole",
        "How will you know": "mail sent",
    }
    person = ask_for_promise(people, "priya", **script)
    assert person.left == []
    assert person.offered["Who will do it?"] == "other"
    assert person.offered["Who?"] == "Dana Cole"
    assert person.offered["due"] == "2026-11-27"
    assert person.offered["How will you know that it is done?"] == "mail sent"
    assert added(people) == IN_PRIYAS | {
        "what": "book the room",
        "owner": "Dana Cole",
        "due": "2026-11-27",
        "done_when": "mail sent",
        "private": True,
    }


@pytest.mark.parametrize(
    ("words", "offered", "kept"),
    [
        pytest.param(
            "I will send her the rota by Friday", "me", "send her the rota", id="mine"
        ),
        pytest.param(
            "she will send the rota by fri", "them", "send the rota", id="hers"
        ),
        pytest.param("Priya: send it by fri", "them", "send it", id="named"),
        pytest.param("send it by fri", None, "send it", id="unsaid"),
    ],
)
def test_the_owner_is_offered_as_the_words_have_it(
    words: str, offered: str | None, kept: str, people: Run
) -> None:
    script = {"What was promised?": words, "Who will do it?": "me"}
    person = ask_for_promise(people, "priya", **script)
    assert person.offered["Who will do it?"] == offered
    assert added(people) == IN_PRIYAS | MINE | {"what": kept}


def test_plainer_words_keep_what_only_the_first_ones_said(people: Run) -> None:
    script = {
        "What was promised?": "Priya: look into the rota by fri (private)",
        "“Look into” is hard": "ring the agency",
        "Who will do it?": "Priya Shah",
    }
    person = ask_for_promise(people, "priya", **script)
    assert person.offered["due"] == "2026-11-27"
    assert added(people) == IN_PRIYAS | HERS | {
        "what": "ring the agency",
        "private": True,
    }


def test_what_reads_as_the_words_do_and_a_flag_wins(people: Run) -> None:
    ran = people("action", "add", "priya", "--what", ROTA, "--owner", "me")
    assert (ran.code, ran.err) == (0, "")
    assert "GP" not in ran.out
    assert added(people) == IN_PRIYAS | PRIVATE_ROTA
    options = ["--owner", "me", "--due", "2026-11-25", "--done-when", "she rang"]
    words = "Dana: ring GP by fri (he rang)"
    ran = people("action", "add", "priya", "--what", words, *options)
    assert ran.code == 0
    second = people("action", "show", "2", "--json").json["action"]
    assert (second["what"], second["owner"], second["due"], second["done_when"]) == (
        "ring GP",
        "me",
        "2026-11-25",
        "she rang",
    )


def test_what_names_its_owner_and_else_asks(people: Run) -> None:
    ran = people("action", "add", "priya", "--what", "Priya: send the rota by fri")
    assert (ran.code, ran.err) == (0, "")
    assert "theirs, in Priya Shah's plan" in ran.out
    assert added(people) == IN_PRIYAS | HERS


def test_words_that_are_changed_stay_private_once_they_are_marked(people: Run) -> None:
    people("action", "add", "me", "ring GP by fri")
    assert people("action", "edit", "1", "--what", "ring GP (private)").code == 0
    assert added(people)["private"] is True


def test_whose_plan_is_asked_where_nothing_says_it(people: Run) -> None:
    script = {
        "Whose plan does it belong to?": "Priya Shah",
        "What was promised?": "she will send the rota by fri",
        "Who will do it?": "Priya Shah",
        "due": "fri",
        "How will you know": None,
    }
    person = ScriptedPerson(script)
    assert people("action", "add", person=person).code == 0
    assert person.rows["Whose plan does it belong to?"][0] == "nobody else’s: my own"
    assert added(people) == IN_PRIYAS | HERS
