"""Nothing typed is a dead end: what is missing is asked for, and words do for numbers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from coachlog.cli.nouns import COMMANDS, FIRST_COMMANDS, list_commands
from coachlog.names.spelling import COMMAND_WORDS
from command_support import (
    CtrlC,
    LeavesAtOnce,
    ScriptedPerson,
    built,
    complete,
    hold,
    snapshot,
)
from command_table import READS, commands, fill_all
from conftest import Run

LEAVES = [command.name for command in commands() if command.name]
NEED_NOTHING = {"demo", "pulse new", "pulse sheet", "workshop sheet"}
NEED_NOTHING |= {"programme leave", "programme contribute"}
NEED_NOTHING |= {"undo", "redo", "backup create", "backup restore", "ics"}
"""Commands that need no argument, and write or change something: a second time, something else."""
TAKE_THE_ONLY_SET = {"set show", "set support"}
"""Where somebody could be asked which; elsewhere the name is missing, as with more than one set."""


@pytest.fixture
def journal(run: Run, home: Path) -> Run:
    built(run, home, fill_all)
    return run


# What is missing is asked for


@pytest.mark.parametrize("name", sorted(set(LEAVES) - NEED_NOTHING))
def test_what_is_missing_is_asked_for_or_named(journal: Run, name: str) -> None:
    """The commands come from the command table, so that a new one is asked for as well."""
    person = LeavesAtOnce()
    ran = journal(*name.split(), person=person)
    assert "Missing argument" not in ran.err
    assert (ran.code == 130) is bool(person.asked)
    if name in READS and not person.asked:
        assert ran.code == 0
    for words, someone in (((), None), (("--no-input",), LeavesAtOnce())):
        without = journal(*name.split(), *words, person=someone)
        if name == "brief":  # whoever is due next
            assert (without.code, without.err) == (0, "")
        elif person.asked or ran.code or name in TAKE_THE_ONLY_SET:
            assert (without.code, without.out) == (2, "")
            assert without.err
        else:
            assert (without.code, without.out) == (ran.code, ran.out)


@pytest.mark.parametrize(
    "line",
    ["history", "plan show", "session show", "action show", "goal show", "set show"],
)
def test_json_asks_nothing(journal: Run, line: str) -> None:
    ran = journal(*line.split(), "--json", person=ScriptedPerson())
    assert (ran.code, ran.out) == (2, "")
    assert "Missing argument" in ran.err


CHOSEN = [
    pytest.param("brief", {"Who is it about?": "Priya"}, "Priya Shah", id="brief"),
    pytest.param("history", {"Who is it about?": "Priya"}, "Priya Shah", id="history"),
    pytest.param("plan show", {"Whose plan?": "Priya"}, "Priya Shah", id="plan"),
    pytest.param("plan export", {"Whose plan?": "Priya"}, "Priya Shah", id="export"),
    pytest.param("session show", {"Which conversation?": "20 N"}, "Ward", id="session"),
    pytest.param("action show", {"Which promise?": "Ask Dana"}, "Dana", id="promise"),
    pytest.param(
        "action done", {"Which promise is done?": "Eat"}, "Done: 6 Eat", id="done"
    ),
    pytest.param(
        "action drop", {"Which promise is dropped?": "Eat"}, "Dropped: 6", id="drop"
    ),
    pytest.param(
        "action move --to 2026-12-01",
        {"Which promise gets another date?": "Eat"},
        "6 Eat",
        id="move",
    ),
    pytest.param(
        "action reopen",
        {"Which promise is open again?": "Send Priya"},
        "2 Send",
        id="reopen",
    ),
    pytest.param("goal show", {"Which goal?": "Lead"}, "Lead the huddle", id="goal"),
    pytest.param(
        "goal rate",
        {"Which goal?": "Lead", "value": "5", "How far along": "5", "What makes": None},
        "Lead",
        id="rate",
    ),
    pytest.param(
        "goal close --dropped", {"Which goal?": "Listen"}, "Listen", id="close"
    ),
    pytest.param("person show", {"Who is it about?": "Bo"}, "Bo", id="person"),
    pytest.param(
        "person archive --back", {"Who is it about?": "Al"}, "Al is back", id="back"
    ),
    pytest.param("set archive", {"Which set?": "Ward"}, "Ward leads", id="set"),
    pytest.param("template show", {"Which template?": "GROW"}, "GROW", id="template"),
    pytest.param("completion", {"Which shell?": "fish"}, "complete", id="completion"),
    pytest.param("config get", {"Which setting?": "home.keys"}, "on", id="get"),
    pytest.param(
        "config set",
        {"Which setting?": "home.keys", "What should it be?": "off"},
        "home.keys is off now",
        id="set-setting",
    ),
    pytest.param("session restore", {"Which conversation?": "23"}, "4", id="restore"),
]


@pytest.mark.parametrize(("line", "script", "words"), CHOSEN)
def test_what_is_missing_is_chosen(
    journal: Run, line: str, script: dict[str, Any], words: str
) -> None:
    person = ScriptedPerson(script)
    ran = journal(*line.split(), person=person)
    assert ran.code == 0, ran.err
    assert words in ran.out


def test_two_people_are_chosen_one_after_the_other(journal: Run) -> None:
    person = ScriptedPerson(
        {"Who is kept?": "Priya", "Who is the same": "Bo", "Merge": False}, skip=True
    )
    ran = journal("person", "merge", person=person)
    assert person.asked[:2] == ["Who is kept?", "Who is the same person?"]
    assert ran.code == 4


def test_whoever_is_due_next_comes_first(run: Run) -> None:
    hold(run, person="Ann Obi", held_on="2026-11-01")
    hold(run, person="Bo Lee", held_on="2026-11-20")
    run("person", "add", "Cy Fox", "-r", "peer")
    run("person", "edit", "ann", "--every", "1m")
    run("person", "edit", "bo", "--every", "1w")
    person = ScriptedPerson({"Who is it about?": None})
    ran = run("brief", person=person)
    rows = person.rows["Who is it about?"]
    assert rows == [
        "Bo Lee, reports to you",
        "Ann Obi, reports to you",
        "Cy Fox, colleague",
    ]
    assert ran.out.startswith("Bo Lee")


@pytest.mark.parametrize(
    "line", ["brief", "action done", "session delete", "goal rate"]
)
def test_going_back_from_the_list_does_nothing(journal: Run, line: str) -> None:
    before = snapshot(journal)
    questions = (
        "Who is it about?",
        "Which promise is done?",
        "Which conversation?",
        "Which goal?",
    )
    person = ScriptedPerson(dict.fromkeys(questions, "<"))
    ran = journal(*line.split(), person=person)
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == "Nothing was done.\n"
    assert snapshot(journal) == before


def test_a_list_of_nothing_says_so(run: Run) -> None:
    run("person", "add", "Ann Obi", "-r", "peer")
    for line, words in (
        ("action done", "There are no open promises."),
        ("goal rate", "There are no open goals."),
        ("session show", "There are no conversations."),
        ("set show", "There are no sets."),
    ):
        ran = run(*line.split(), person=ScriptedPerson())
        assert (ran.code, ran.out) == (3, "")
        assert words in ran.err


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("set support", "To add one: coachlog set add"),
        ("story export", "To add one: coachlog story add"),
        ("worth drop", "To add one: coachlog worth add"),
    ],
)
def test_a_list_of_nothing_names_what_adds_the_first(
    run: Run, line: str, step: str
) -> None:
    run("person", "add", "Ann Obi", "-r", "peer")
    ran = run(*line.split(), person=ScriptedPerson())
    assert (ran.code, ran.err.splitlines()[-1]) == (3, step)


@pytest.mark.parametrize(
    ("line", "first_command"),
    [
        ("workshop list", "workshop new"),
        ("set list", "set add"),
        ("story list", "story add"),
        ("worth list", "worth add"),
        ("pulse list", "pulse new"),
        ("tank show", "tank new"),
        ("person list", "log NAME"),
    ],
)
def test_without_a_journal_the_command_that_a_noun_begins_with_is_named(
    run: Run, line: str, first_command: str
) -> None:
    ran = run(*line.split())
    assert ran.code == 10
    assert f"`coachlog {first_command}` starts one;" in ran.err


def test_a_noun_begins_with_a_command_that_there_is() -> None:
    paths = {command.path for command in list_commands()}
    assert set(FIRST_COMMANDS.values()) <= paths


def test_private_words_are_veiled_in_the_list(journal: Run) -> None:
    person = ScriptedPerson({"Which promise is done?": "<"})
    journal("action", "done", person=person)
    assert "(private) (you, due Fri 20 Nov)" in person.rows["Which promise is done?"]
    assert not any(
        row.startswith("Ask (") for row in person.rows["Which promise is done?"]
    )


# Words do for a number


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("action done huddle", "Done: 1 Draft the huddle", id="a-word"),
        pytest.param("action done DRAFT HUDD", "Done: 1 Draft", id="beginnings"),
        pytest.param("action done agenda draft", "Done: 1 Draft", id="any-order"),
        pytest.param("action done ann", "Done: 5 Ask the nights", id="the-person"),
        pytest.param(
            "action done 6 huddle",
            "Done: 6 Eat with the late shift; 1 Draft",
            id="with-a-number",
        ),
        pytest.param(
            "action show agenda last", "Send Priya last year", id="closed-too"
        ),
        pytest.param("action reopen last", "2 Send Priya", id="reopen"),
        pytest.param("action note nights --text x", "5", id="note"),
        pytest.param("action edit eat --confidence 7", "6 Eat", id="edit"),
        pytest.param("action move eat late --to 2026-12-01", "6 Eat", id="move"),
        pytest.param(
            "action move eat tue",
            "Moved to Tuesday 24 November 2026: 6 Eat",
            id="move-to-the-last-word",
        ),
        pytest.param(
            "action move eat late to 4 dec",
            "Moved to Friday 4 December 2026: 6 Eat",
            id="move-to-the-last-words",
        ),
        pytest.param(
            "action move 6 in 2 weeks",
            "Moved to Monday 7 December 2026: 6 Eat",
            id="move-a-number",
        ),
        pytest.param(
            "action move 6 huddle tomorrow",
            "Moved to Tuesday 24 November 2026: 6 Eat with the late shift; 1 Draft",
            id="move-two",
        ),
        pytest.param(
            "action done huddle today", "Done: 1 Draft the huddle", id="done-today"
        ),
        pytest.param(
            "action done eat yesterday",
            "Done on Sunday 22 November 2026: 6 Eat",
            id="done-on-the-last-word",
        ),
        pytest.param(
            "action drop eat on sun",
            "Dropped on Sunday 22 November 2026: 6 Eat",
            id="drop-on-the-last-words",
        ),
        pytest.param("goal show huddle", "Lead the huddle", id="goal"),
        pytest.param("goal rate lead 5", "Lead the huddle", id="rate"),
        pytest.param("goal edit listen --weight 2", "Listen", id="edit-goal"),
        pytest.param("session show priya", "GROW with Priya Shah", id="the-latest"),
        pytest.param(
            "session show priya shah", "GROW with Priya Shah", id="whole-name"
        ),
        pytest.param("session show shadow", "Leadership shadow", id="the-title"),
        pytest.param("session show ward", "Ward leads", id="the-set"),
        pytest.param("session edit priya --minutes 20", "1", id="edit-session"),
        pytest.param("session delete bo --yes", "2", id="delete"),
        pytest.param("session restore bo", "4", id="restore"),
        pytest.param("brief priya shah", "Priya Shah", id="brief"),
        pytest.param("plan show priya shah --all", "Priya Shah", id="plan"),
        pytest.param("history priya shah", "Priya Shah", id="history"),
        pytest.param("set show ward leads", "Ward leads", id="set"),
        pytest.param("person add eva roe -r peer", "Added eva roe", id="add"),
        pytest.param("goal list priya shah", "Lead", id="only-theirs"),
        pytest.param("action list priya", "Draft the huddle", id="list"),
        pytest.param("session list priya", "GROW", id="sessions"),
    ],
)
def test_words_do_for_a_number(journal: Run, line: str, words: str) -> None:
    ran = journal(*line.split())
    assert ran.code == 0, ran.err
    assert words in ran.out


def test_the_cancelled_and_the_deleted_are_not_the_latest(run: Run) -> None:
    hold(run, held_on="2026-11-02")
    hold(run, held_on="2026-11-03")
    run("session", "cancel", "priya", "--by", "me", "--on", "2026-11-20")
    run("session", "delete", "2", "--yes")
    assert run("session", "show", "priya", "--json").json["session"]["id"] == 1


def test_a_quoted_phrase_is_one_promise(journal: Run) -> None:
    ran = journal("action", "done", "huddle agenda", "late shift", "5")
    assert ran.code == 0, ran.err
    assert ran.out.startswith(
        "Done: 1 Draft the huddle agenda and send it round; 6 Eat"
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(
            "action done the",
            [
                "“the” fits 3 open promises. Nothing was done.",
                "  - 6: Eat with the late shift (you, due Fri 20 Nov)",
                "  - 1: Draft the huddle agenda and send it round (Priya Shah, due Fri 27 Nov)",
                "  - 5: Ask the nights (Ann Obi)",
                "Type one of the numbers, or more of the words.",
            ],
            id="several",
        ),
        pytest.param(
            "action done rota",
            [
                "There is no open promise with “rota”. Nothing was done.",
                "See: coachlog action list",
            ],
            id="none",
        ),
        pytest.param(
            "action done last",
            [
                "There is no open promise with “last”. Nothing was done.",
                "See: coachlog action list",
            ],
            id="closed",
        ),
        pytest.param(
            "action done 6 rota",
            [
                "There is no open promise with “rota”. Nothing was done.",
                "See: coachlog action list",
            ],
            id="all-or-none",
        ),
        pytest.param(
            "action move eat nxt tuesdy",
            [
                "There is no open promise with “eat nxt tuesdy”. Nothing was done.",
                "See: coachlog action list, and: coachlog action move ID --to DATE",
            ],
            id="no-date",
        ),
        pytest.param(
            "action move rota tue",
            ["There is no open promise with “rota”. Nothing was done."],
            id="a-date-and-nothing-else",
        ),
        pytest.param(
            "action move eat fri --to 2026-12-01",
            ["There is no open promise with “eat fri”. Nothing was done."],
            id="two-dates",
        ),
        pytest.param(
            "session show 2026",
            ["There is no conversation 2026."],
            id="a-number-is-a-number",
        ),
        pytest.param(
            "goal show sing",
            ["There is no goal with “sing”. Nothing was done."],
            id="goal",
        ),
        pytest.param(
            "action done …",
            ["“…” is neither a number nor words."],
            id="no-word",
        ),
    ],
)
def test_words_that_fit_nothing_or_several_do_nothing(
    journal: Run, line: str, said: Sequence[str]
) -> None:
    before = snapshot(journal)
    ran = journal(*line.split())
    assert (ran.code, ran.out) == (2 if "…" in line else 3, "")
    assert ran.err.splitlines()[: len(said)] == list(said)
    assert snapshot(journal) == before


def test_private_words_find_nothing(journal: Run) -> None:
    """What a list shows as (private) is not given away by what finds it."""
    journal("action", "add", "--what", "Xylophone", "--owner", "me", "--private")
    ran = journal("action", "done", "xylophone")
    assert (ran.code, ran.err.splitlines()[0]) == (
        3,
        "There is no open promise with “xylophone”. Nothing was done.",
    )


def test_more_than_ten_are_counted(run: Run) -> None:
    for number in range(13):
        run("action", "add", "--what", f"Ask {number + 100}", "--owner", "me")
    lines = run("action", "done", "ask").err.splitlines()
    assert lines[0] == "“ask” fits 13 open promises. Nothing was done."
    assert lines[-2] == "  - and 3 more"


def test_whole_words_go_before_their_beginnings(run: Run) -> None:
    run("action", "add", "--what", "Ask Dana", "--owner", "me")
    run("action", "add", "--what", "Ask Dana's deputy", "--owner", "me")
    assert "Done: 1 Ask Dana." in run("action", "done", "ask", "dana").out


# A name alone


@pytest.fixture
def people(run: Run) -> Run:
    for name in ("Priya Shah", "Plato Tan", "Ann Obi", "Anna Lund", "Briefson Ade"):
        assert run("person", "add", name, "-r", "report").code == 0
    return run


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("priya", id="first-name"),
        pytest.param("PRI", id="beginning"),
        pytest.param("priya-shah", id="handle"),
        pytest.param("priya shah", id="two-words"),
        pytest.param("pri sh", id="two-beginnings"),
        pytest.param("priya --private", id="with-an-option"),
        pytest.param("--no-input priya", id="after-an-option"),
    ],
)
def test_a_name_alone_is_the_brief(people: Run, line: str) -> None:
    ran = people(*line.split())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == people("brief", "priya").out


def test_a_quoted_name_is_one(people: Run) -> None:
    assert people("Priya Shah").out == people("brief", "priya").out
    assert people("priya", "--json").json["brief"]["person"]["slug"] == "priya-shah"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        pytest.param("plan", 2, "Usage: coachlog plan", id="a-command-goes-first"),
        pytest.param("shah", 2, "Did you mean Priya Shah (priya-shah)", id="last-name"),
        pytest.param("prya", 2, "Did you mean Priya Shah (priya-shah)", id="slip"),
        pytest.param("brif", 2, "Did you mean brief", id="slip-of-a-command"),
        pytest.param("ann", 0, "", id="whole-word-of-two"),
        pytest.param(
            "an", 3, "could be: Ann Obi (ann-obi), Anna Lund (anna-lund)", id="two"
        ),
        pytest.param(
            "priya obi", 2, "There is no command “coachlog priya”", id="not-one"
        ),
        pytest.param("merge", 2, "Did you mean person merge?", id="a-verb"),
        pytest.param("reopen 3", 2, "  coachlog action reopen 3\n", id="two-verbs"),
        pytest.param("xyz", 2, "There is no command “coachlog xyz”.\n", id="nothing"),
        pytest.param("…", 2, "There is no command “coachlog …”.\n", id="no-letter"),
    ],
)
def test_anything_else_opens_nobodys_page(
    people: Run, line: str, code: int, said: str
) -> None:
    ran = people(*line.split())
    if line == "ann":  # Ann Obi and Anna Lund begin alike
        assert ran.code == 3
        return
    assert (ran.code, said in ran.err) == (code, True), ran.err
    assert ran.out == ""


def test_without_a_journal_a_slip_is_still_a_slip(run: Run, home: Path) -> None:
    ran = run("breif")
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean brief?" in ran.err
    assert not home.exists()


def test_the_name_is_looked_up_in_the_home_that_was_chosen(
    people: Run, tmp_path: Path
) -> None:
    other = str(tmp_path / "other")
    assert people("--home", other, "person", "add", "Zed Poe", "-r", "peer").code == 0
    assert people("zed").code == 2
    assert people("--home", other, "zed").out.startswith("Zed Poe")
    assert people("--home", other, "priya").code == 2


def test_the_archived_are_found_where_nobody_else_is_meant(people: Run) -> None:
    people("person", "archive", "ann-obi")
    assert people("ann").out.startswith("Anna Lund")
    assert people("ann", "obi").out.startswith("Ann Obi")


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("plan priya", "plan show priya"),
        ("goal priya", "goal list priya"),
        ("session priya", "session show priya"),
        ("person priya --json", "person show priya --json"),
        ("action priya", "action list --person priya"),
    ],
)
def test_a_name_after_a_noun_is_about_that_person(
    example: Run, line: str, same: str
) -> None:
    ran = example(*line.split())
    assert (ran.code, ran.out) == (0, example(*same.split()).out)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("plan exprot priya", "Did you mean export?"),
        ("set ward", "Did you mean show ward?"),
        ("template grow", "Did you mean show grow?"),
        ("plan shah", "Did you mean Priya Shah (priya-shah)?"),
    ],
)
def test_a_slip_after_a_noun_is_explained(example: Run, line: str, said: str) -> None:
    ran = example(*line.split())
    assert (ran.code, ran.out, said in ran.err) == (2, "", True), ran.err


def test_a_name_is_given_once(example: Run) -> None:
    for noun in ("action", "session"):
        ran = example(noun, "list", "priya", "--person", "priya")
        assert (ran.code, "Give the name once" in ran.err) == (2, True)


# A handle is no command's word


def test_every_command_is_nobodys_handle() -> None:
    names = {name for group in COMMANDS.values() for name in group}
    assert names <= COMMAND_WORDS


@pytest.mark.parametrize("word", ["Brief", "Help", "Session", "Note"])
def test_a_handle_that_is_a_commands_word_gets_a_number(run: Run, word: str) -> None:
    assert run("person", "add", word, "-r", "peer").code == 0
    (person,) = run("person", "list", "--json").json["people"]
    assert person["slug"] == f"{word.lower()}-2"
    assert run(f"{word.lower()}-2").out.startswith(word)


# Options that go anywhere


def test_the_home_may_come_after_the_command(run: Run, tmp_path: Path) -> None:
    other = str(tmp_path / "other")
    assert run("person", "add", "Ann Obi", "-r", "peer", "--home", other).code == 0
    for line in ("person list --home {}", "person --home {} list", "ann --home {}"):
        assert "Ann Obi" in run(*line.format(other).split()).out
    run("action", "add", "--what", "Ask Dana", "--owner", "me", "--home", other)
    assert run("action", "done", "dana", "--home", other).out.startswith("Done: 1 Ask")
    assert run("person", "list").code == 10
    assert list(complete(tmp_path, f"brief --home {other} an")) == ["ann-obi"]
    ran = run("person", "list", "--home", "")
    assert (ran.code, ran.err.split(".")[0]) == (2, "--home is empty")


@pytest.mark.parametrize("name", LEAVES)
def test_each_command_takes_them(journal: Run, name: str) -> None:
    ran = journal(*name.split(), "--version", "--no-input", "--ascii", "--no-color")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("coachlog ")
    help_text = journal(*name.split(), "--help").out
    assert "--no-input" not in help_text


def test_ascii_may_come_after_the_command(run: Run) -> None:
    run("person", "add", "Zoë Quinn", "-r", "peer")
    assert "Zoe Quinn" in run("person", "list", "--ascii").out
    assert run("person", "show", "zöx", "--ascii").err.isascii()


def test_an_options_value_stays_a_value(example: Run) -> None:
    ran = example("action", "note", "1", "--text", "--ascii")
    assert ran.code == 0
    assert "--ascii" in example("action", "show", "1").out


# Help


@pytest.mark.parametrize("name", ["", *LEAVES, "action", "history", "session"])
def test_help_is_the_same_as_its_option(run: Run, name: str) -> None:
    ran = run("help", *name.split())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.strip() == run(*name.split(), "--help").out.strip()


def test_help_may_follow_a_noun(run: Run) -> None:
    assert run("action", "help").out == run("action", "--help").out
    assert run("action", "help", "done").out == run("action", "done", "--help").out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("help actoin", "Did you mean action?"),
        ("help action dne", "Did you mean done?"),
        ("help brief priya", "has no command “priya” of its own."),
    ],
)
def test_help_of_nothing_is_explained(run: Run, line: str, said: str) -> None:
    ran = run(*line.split())
    assert (ran.code, ran.out, said in ran.err) == (2, "", True)


def test_help_of_nothing_does_not_offer_to_show_it(run: Run) -> None:
    assert "Did you mean" not in run("help", "action", "nonsense").err


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("ls people", "person list"),
        ("list promises", "action list"),
        ("list goals --all", "goal list --all"),
        ("ls drafts", "session list --drafts"),
    ],
)
def test_a_list_is_asked_for_by_what_is_in_it(run: Run, line: str, meant: str) -> None:
    ran = run(*line.split())
    other = run(*meant.split())
    assert (ran.code, ran.out, ran.err) == (other.code, other.out, other.err)


def test_what_is_due_is_listed_first(run: Run) -> None:
    lines = run("due").err.splitlines()
    assert [line.strip() for line in lines[1:3]] == [
        "coachlog action list",
        "coachlog action move",
    ]


def test_tab_offers_what_there_is_help_for(home: Path) -> None:
    assert "action" in complete(home, "help ")
    assert list(complete(home, "help action do")) == ["done"]


# Replies on paper


@pytest.fixture
def pulse(run: Run, tmp_path: Path) -> Run:
    assert run("pulse", "new", "-o", str(tmp_path)).code == 0
    return run


@pytest.mark.parametrize(
    ("words", "input", "count"),
    [
        pytest.param(("4", "5"), None, "1 reply", id="two-numbers"),
        pytest.param(("4 5",), None, "1 reply", id="one-slip"),
        pytest.param(("4 5", "3/2"), None, "2 replies", id="two-slips"),
        pytest.param(("-",), "4 5\n3 2\n\n1,1\n", "3 replies", id="piped"),
        pytest.param(("4", "5", "--paper", "1 2"), None, "2 replies", id="with-paper"),
    ],
)
def test_bare_paper_replies_are_added(
    pulse: Run, words: Sequence[str], input: str | None, count: str
) -> None:
    ran = pulse("pulse", "add", *words, input=input)
    assert ran.code == 0, ran.err
    assert f"Added {count} to pulse 1" in ran.out


@pytest.mark.parametrize(
    "words", [("4",), ("4", "6"), ("4", "5", "3"), ("0 5",), ("45",)]
)
def test_numbers_that_are_no_slip_add_nothing(pulse: Run, words: Sequence[str]) -> None:
    ran = pulse("pulse", "add", *words)
    assert (ran.code, ran.out) == (2, "")
    assert "Nothing was added" in ran.err
    assert pulse("pulse", "list", "--json").json["pulses"][0]["replies"] == 0


def test_replies_are_asked_for_one_by_one(pulse: Run) -> None:
    person = ScriptedPerson({"Which reply?": "4 5", "The next reply?": ("3 3", None)})
    ran = pulse("pulse", "add", person=person)
    assert ran.code == 0, ran.err
    assert "Added 2 replies to pulse 1" in ran.out


def test_no_reply_at_all_is_no_change(pulse: Run) -> None:
    ran = pulse("pulse", "add", person=ScriptedPerson({"Which reply?": None}))
    assert (ran.code, ran.out) == (2, "")
    ran = pulse("pulse", "add", person=ScriptedPerson({"Which reply?": CtrlC()}))
    assert ran.code == 130


# A slip of the keys is asked about again, as it is within a conversation


@pytest.mark.parametrize(
    ("line", "script", "said"),
    [
        (
            "action move 1",
            {"Moved to when?": ("blah", "+2w")},
            "Moved to",
        ),
        (
            "person add --relationship peer",
            {"What is their full name?": ("123", "Ida Lund")},
            "Added Ida Lund",
        ),
        (
            "action add priya --due fri --done-when yes",
            {
                "What was promised?": "Write the plan",
                "Who will do it?": "other",
                "Who?": ("17", "Ida Lund"),
            },
            "Write the plan",
        ),
        (
            "config set home.keys",
            {"What should it be?": ("perhaps", "off")},
            "is off now",
        ),
        ("config set rhythm.report", {"What should it be?": ("blah", "2w")}, "now"),
        (
            "template new",
            {"What is the template called?": ("!!", "Our start")},
            "Wrote",
        ),
        (
            "set add --member me --member Bo --member Priya",
            {"What is the set called?": ("12", "Night leads")},
            "Added Night leads",
        ),
    ],
)
def test_a_slip_outside_a_conversation_is_asked_about_again(
    journal: Run,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    script: dict[str, Any],
    said: str,
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    person = ScriptedPerson(script)
    ran = journal(*line.split(), person=person)
    assert (ran.code, person.left) == (0, [])
    assert said in ran.out
    assert person.told or person.refused


def test_enter_alone_moves_nothing(journal: Run) -> None:
    before = snapshot(journal)
    person = ScriptedPerson({"Moved to when?": None})
    ran = journal("action", "move", "1", person=person)
    assert (ran.code, ran.err) == (4, "Nothing was changed.\n")
    assert snapshot(journal) == before
