"""Conversations of three on the command line: who is in them, and what each may see."""

import json
from pathlib import Path
from typing import Any

import pytest

from command_support import CtrlC, ScriptedPerson, hold
from conftest import Run

BEN, HELEN, DANA = "Ben Cole", "Helen Carr", "Dana Lee"
ABSENT = "“{}” is you, and you are in each of your conversations. Nothing was saved."


@pytest.fixture
def people(run: Run) -> Run:
    """Ben reports to Tom Reed, Helen is a peer, Dana his coach, and Ann is archived."""
    for name, relationship in (
        *((BEN, "report"), (HELEN, "peer"), (DANA, "coach")),
        *(("Ben Stone", "report"), ("Ann Old", "peer")),
    ):
        assert run("person", "add", name, "-r", relationship).code == 0
    assert run("person", "archive", "ann").code == 0
    assert run("person", "edit", "me", "--name", "Tom Reed").code == 0
    return run


def promise(what: str, owner: str) -> dict[str, str]:
    return {"what": what, "owner": owner, "due": "2026-12-04"}


def record(run: Run, *words: str, **contents: Any) -> Any:
    """Return what comes of an answers file with these contents on standard input."""
    given = {"template": "quick"} | contents
    return run("session", "new", "--answers", "-", *words, input=json.dumps(given))


def hold_three(run: Run, *names: str, **contents: Any) -> None:
    """Hold a conversation with both; each of the three promises something unless told otherwise."""
    promises = [promise("Mine", "me")]
    promises += [promise(f"Of {name}", name) for name in names]
    given = {"with": [*names], "actions": promises} | contents
    if given["actions"] is None:
        del given["actions"]
    ran = record(run, **given)
    assert ran.code == 0, ran.err


def listed(run: Run, *options: str) -> list[tuple[str, str]]:
    actions = run("action", "list", *options, "--json").json["actions"]
    return [(action["what"], action["owner"]) for action in actions]


def test_each_has_an_owner_by_name(people: Run) -> None:
    hold_three(people, "ben-cole", "helen")
    ran = people("action", "list", "--json").json["actions"]
    assert [(a["owner"], a["person"], a["owner_id"]) for a in ran] == [
        ("me", BEN, None),
        ("them", BEN, None),
        (HELEN, BEN, 2),
    ]
    session = people("session", "show", "1", "--json").json["session"]
    assert (session["people"], session["people_ids"]) == ([BEN, HELEN], [1, 2])


def test_the_plan_is_mine_with_my_coach_first(people: Run) -> None:
    hold_three(people, "dana", "ben-cole")
    ran = people("action", "list", "--json").json["actions"]
    assert [(a["owner"], a["person"], a["owner_id"]) for a in ran] == [
        ("me", None, None),
        (DANA, None, 3),
        (BEN, None, 1),
    ]
    assert listed(people, "-p", "dana") == [("Mine", "me"), ("Of dana", DANA)]
    assert listed(people, "-p", "ben-cole") == [("Mine", "me"), ("Of ben-cole", BEN)]


@pytest.mark.parametrize(
    "words",
    [
        ("ben-cole", "--with", "helen"),
        ("--with", "ben-cole", "--with", "helen"),
    ],
)
def test_names_on_the_command_line_add_up(
    people: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "talk.toml").write_text('template = "quick"\n')
    ran = people("session", "new", *words, "-a", str(tmp_path / "talk.toml"))
    assert ran.out == (
        "Saved conversation 1 (Quick note, Ben Cole and Helen Carr, 0 promises). "
        "To correct it: coachlog session edit 1\n"
    )


def test_one_name_alone_is_a_conversation_of_two(people: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.toml").write_text('template = "quick"\nwith = ["helen"]\n')
    for words in ((), ("--with", "Helen Carr"), ("helen",)):
        ran = people(
            *("session", "new", *words, "-a", str(tmp_path / "talk.toml"), "--again")
        )
        assert ran.out.startswith("Saved conversation"), ran.err
    sessions = people("session", "list", "--json").json["sessions"]
    assert [session["people"] for session in sessions] == [[HELEN]] * 3


BAD_NAMES = [
    (["ben-cole", "ben-cole"], 2, "ben-cole is named twice: "),
    (["ben-cole", BEN], 2, "Ben Cole is named twice: "),
    (["ben-cole", "me"], 2, ABSENT.format("me")),
    (["ben-cole", "tom reed"], 2, ABSENT.format("tom reed")),
    (["ben-cole", "helen", "dana"], 2, "with one person or with two, not 3"),
    (["ben", "helen"], 3, "“ben” could be: Ben Cole (ben-cole), Ben Stone (ben-stone)"),
    (["helen", "Zed"], 3, "There is nobody by the name of “Zed”"),
    (["helen", "ann"], 3, "Ann Old is archived. Nothing was changed."),
    (["", "helen"], 2, "with: each name must be text"),
]


@pytest.mark.parametrize(("names", "code", "words"), BAD_NAMES)
def test_who_cannot_be_in_one(
    people: Run, names: list[str], code: int, words: str
) -> None:
    ran = record(people, **{"with": names})
    assert (ran.code, words in ran.err) == (code, True), ran.err
    assert people("session", "list").out == ""


def test_a_set_has_no_names_beside_it(people: Run) -> None:
    ran = people("session", "new", "--set", "ward", "--with", "helen")
    assert (ran.code, ran.err) == (
        2,
        "A conversation is with a person or with a set, not both.\n"
        "Leave out either the name or --set.\n",
    )


def test_them_could_be_either(people: Run) -> None:
    promises = [promise("Ring", "them"), promise("Ask", "Ben"), promise("Go", "Zoe")]
    ran = record(people, actions=promises, **{"with": ["ben-cole", "helen"]})
    assert ran.code == 2
    assert "“them” could be Ben Cole or Helen Carr: write me or one of these" in ran.err
    assert "number 2" not in ran.err


def test_three_people_with_one_name(people: Run) -> None:
    """A first name that all of them have is refused; a whole name is enough."""
    assert people("person", "edit", "me", "--name", "Ben Reed").code == 0
    names = {"with": ["ben-cole", "ben-stone"]}
    ran = record(people, **names, actions=[promise("Ring", "Ben")])
    assert ran.code == 2
    assert (
        "“Ben” could be more than one of you: write me or a full name, Ben Cole or Ben Stone."
        in ran.err
    )
    assert record(people, **names, actions=[promise("Ring", "ben stone")]).code == 0
    assert listed(people) == [("Ring", "Ben Stone")]


def test_another_owner_is_one_of_the_three(people: Run) -> None:
    hold_three(people, "ben-cole", "helen")
    assert people("action", "edit", "1", "--owner", "helen").code == 0
    assert people("action", "edit", "3", "--owner", "ben cole").code == 0
    ran = people("action", "edit", "2", "--owner", "them")
    assert (ran.code, "“them” could be Ben Cole or Helen Carr" in ran.err) == (2, True)
    assert listed(people, "-p", "helen") == [("Mine", HELEN)]
    actions = people("action", "list", "--json").json["actions"]
    assert [(a["owner"], a["owner_id"]) for a in actions] == [
        (HELEN, 2),
        ("them", None),
        ("them", None),
    ]


def test_it_counts_as_held_with_both(people: Run) -> None:
    hold_three(people, "ben-cole", "helen", minutes=40)
    contacts = people("person", "list", "--json").json["people"]
    assert {c["name"]: (c["last_held"], c["open"]) for c in contacts} == {
        BEN: ("2026-11-23", 3),
        HELEN: ("2026-11-23", 2),
        DANA: (None, 0),
        "Ben Stone": (None, 0),
    }
    rows = people("progress", "--json").json["progress"]["people"]
    assert {row["name"]: (row["sessions"], row["minutes"]) for row in rows} == {
        BEN: (1, 40),
        HELEN: (1, 40),
        DANA: (0, 0),
        "Ben Stone": (0, 0),
    }


@pytest.mark.parametrize("name", ["ben-cole", "helen", "dana"])
@pytest.mark.parametrize(
    "command", [("plan", "show"), ("history",), ("brief",), ("action", "list", "-p")]
)
def test_nobody_sees_what_was_promised_to_the_other_alone(
    people: Run, command: tuple[str, ...], name: str
) -> None:
    hold_three(people, "ben-cole", "helen")
    for other in ("ben-cole", "helen"):
        for owner in ("me", "them"):
            hold(
                people,
                person=other,
                relationship=None,
                held_on="2026-11-20",
                actions=[promise(f"alone {other} {owner}", owner)],
            )
    shown = people(*command, name).out
    for other in ("ben-cole", "helen"):
        assert (f"alone {other} me" in shown) == (other == name)
        assert (f"alone {other} them" in shown) == (other == name)
    assert ("Mine" in shown) == (name != "dana")
    assert ("Of helen" in shown) == (name != "dana")  # it is in Ben's plan, and hers
    assert ("Of ben-cole" in shown) == (name == "ben-cole")


def test_a_promise_counts_with_whom_it_was_made_by_or_to(people: Run) -> None:
    """Mine with both and once in all, theirs with whoever made it, in my plan and in hers."""
    owners = ("me", "Dana Lee", "Helen Carr")
    promises = [promise("Ask", owner) | {"due": "2026-11-20"} for owner in owners]
    hold_three(people, "Dana Lee", "Helen Carr", actions=promises, held_on="2026-11-02")
    assert people("action", "done", "1", "2", "--on", "2026-11-19").code == 0
    everyone = people("progress", "--json").json["progress"]
    assert count_kept(everyone) == ((1, 1), (1, 2))
    assert everyone["own_plan"]["first_date"]["of"] == 0
    assert {row["name"]: count_kept(row) for row in everyone["people"]} == {
        "Ben Cole": ((0, 0), (0, 0)),
        "Ben Stone": ((0, 0), (0, 0)),
        "Dana Lee": ((1, 1), (1, 1)),
        "Helen Carr": ((1, 1), (0, 1)),
    }
    open_counts = {row["name"]: row["open"] for row in everyone["people"]}
    assert open_counts == {
        person["name"]: person["open"]
        for person in people("person", "list", "--json").json["people"]
    }
    rows = {row["name"]: row for row in everyone["people"]}
    for name, expected in ((DANA, [1, 2]), (HELEN, [1, 3]), (BEN, [])):
        of_one = people("progress", name, "--ledger", "--json").json["progress"]
        assert [entry["id"] for entry in of_one["ledger"]] == expected
        assert count_kept(of_one) == count_kept(rows[name])
    theirs = people("progress", "--ledger").out.partition("Theirs")[2]
    for name in ("Dana", "Helen"):
        assert name in theirs


def count_kept(figures: dict[str, Any]) -> tuple[tuple[int, int], ...]:
    """Return how many promises were kept by the first date, of how many, for both sides."""
    return tuple(
        (figures[side]["first_date"]["kept"], figures[side]["first_date"]["of"])
        for side in ("me", "them")
    )


def ask_three(run: Run, template: str, *names: str) -> ScriptedPerson:
    """Return who was asked in a conversation of three, up to its first own question."""
    person = ScriptedPerson({"review": CtrlC()}, skip=True)
    options = [option for name in names for option in ("--with", name)]
    ran = run("session", "new", "-t", template, *options, person=person)
    assert ran.code in (0, 130), ran.err
    return person


def test_a_screen_for_three_has_only_what_was_promised_with_both(people: Run) -> None:
    hold_three(people, "dana", "helen")
    for other in ("dana", "helen"):
        for owner in ("me", "them"):
            hold(
                people,
                person=other,
                relationship=None,
                actions=[promise(f"alone {other} {owner}", owner)],
            )
        people("note", other, f"note for {other}")
    hold_three(people, "dana", "ben-cole", actions=[promise("with ben", "me")])
    people("action", "add", "me", "Apply for the job")
    person = ask_three(people, "quick", "dana", "helen")
    shown = repr((person.asked, person.read, person.told, person.offered))
    assert "Mine" in shown
    for words in ("alone", "note for", "with ben", "Apply for"):
        assert words not in shown
    start = person.told.index(
        "Not shown, because all three of you can see this screen:"
    )
    assert person.told[start + 1 : start + 4] == [
        "  3 promises and 1 note between you and Dana: coachlog brief dana-lee",
        "  2 promises and 1 note between you and Helen: coachlog brief helen-carr",
        "  2 promises in your own plan: coachlog plan show me",
    ]


def test_what_i_promised_alone_comes_back_only_from_its_preparation(
    people: Run,
) -> None:
    """The first plan is what a three-way is about; another promise of mine is nobody's business."""
    answers = {"one-thing.do": "Ask first"}
    mine = [promise("Ask first", "me"), promise("Secret", "me") | {"private": True}]
    hold(
        people,
        person=None,
        relationship=None,
        template="first-plan",
        answers=answers,
        actions=mine,
    )
    people("action", "add", "me", "Apply for the job")
    person = ask_three(people, "three-way", "dana", "helen")
    shown = repr((person.asked, person.read, person.told, person.offered))
    assert "Ask first" in shown
    assert "Apply for" not in shown
    assert "Secret" not in shown
    review = [{"action": 3, "outcome": "done"}]
    ran = record(people, review=review, **{"with": ["dana", "ben-cole"]})
    assert (ran.code, ran.out) == (2, "")
    assert "3" in ran.err


def test_what_is_private_stays_out_of_what_each_is_shown(people: Run) -> None:
    hidden = promise("Secret", "me") | {"private": True}
    hold_three(people, "ben-cole", "helen", actions=[hidden, promise("Open", "me")])
    for name in ("ben-cole", "helen"):
        for command in ("plan", "show"), ("history",), ("brief",):
            assert "Secret" not in people(*command, name).out
            assert "Secret" in people(*command, name, "--private").out
            assert "Open" in people(*command, name).out


def test_what_is_private_is_not_on_the_screen_of_the_next_talk_of_three(
    people: Run,
) -> None:
    """With one of the two it is asked about, as nobody else looks; with both it is only counted."""
    hidden = promise("Secret", "me") | {"private": True}
    hold_three(people, "dana", "helen", actions=[hidden, promise("Open", "me")])
    person = ask_three(people, "quick", "dana", "helen")
    shown = repr((person.asked, person.read, person.told, person.offered))
    assert "Open" in shown
    assert "Secret" not in shown
    shown_with_dana = "  1 promise between you and Dana: coachlog brief dana-lee"
    assert shown_with_dana in person.told
    alone = ScriptedPerson({"review": CtrlC()}, skip=True)
    people("session", "new", "dana", "-t", "quick", person=alone)
    assert "Secret" in repr((alone.asked, alone.read, alone.told, alone.offered))


def test_a_deleted_one_takes_all_along_and_back(people: Run) -> None:
    hold_three(people, "ben-cole", "helen")
    assert people("session", "delete", "1", "--yes").code == 0
    assert listed(people, "-p", "helen") == []
    deleted = people("session", "list", "-p", "helen", "--deleted", "--json").json
    assert [session["id"] for session in deleted["sessions"]] == [1]
    assert people("session", "restore", "1").code == 0
    assert len(listed(people, "-p", "helen")) == 2


def test_the_same_file_is_recorded_once(people: Run) -> None:
    hold_three(people, "ben-cole", "helen")
    actions = [promise("Mine", "me"), promise("Of ben-cole", "ben-cole")]
    actions.append(promise("Of helen", "helen"))
    ran = record(people, actions=actions, **{"with": ["ben-cole", "helen"]})
    assert (ran.code, ran.err) == (
        4,
        "This is conversation 1, Quick note on Monday 23 November 2026: the same answers and "
        "promises. Nothing was saved.\n"
        "See: coachlog session show 1. If there were two conversations alike, add --again.\n",
    )
    actions[-1] = promise("Of helen", "dana")
    ran = record(people, actions=actions, **{"with": ["ben-cole", "dana"]})
    assert ran.code == 0


REPEATS = [
    (["dana", "ben-cole"], ["dana", "ben-cole"], "the same answers and promises."),
    (["ben-cole", "helen"], ["helen", "ben-cole"], "whose plan it is differs."),
    (["dana", "helen"], ["helen", "dana"], "whose plan it is differs."),
    (["dana", "may"], ["may", "dana"], "the same answers and promises."),
]


@pytest.mark.parametrize(("names", "other_names", "words"), REPEATS)
def test_the_same_file_is_on_record_whoever_is_named_first(
    people: Run, names: list[str], other_names: list[str], words: str
) -> None:
    assert people("person", "add", "May Poe", "-r", "mentor").code == 0
    actions = [promise("Mine", "me"), *(promise(f"Of {n}", n) for n in names)]
    hold_three(people, *names, actions=actions)
    ran = record(people, actions=actions, **{"with": other_names})
    assert ran.code == 4
    assert ran.err.startswith("This is conversation 1, Quick note on Monday 23 Nov")
    assert words in ran.err
    assert "owner" not in ran.err
    if "differs" in words:
        with_names = [shown_slug(people, name) for name in other_names]
        command = f"coachlog session edit 1 --with {' --with '.join(with_names)}\n"
        assert command in ran.err


def shown_slug(run: Run, name: str) -> str:
    return str(run("person", "show", name, "--json").json["person"]["slug"])


def test_another_owner_in_the_same_file_is_named(people: Run) -> None:
    hold_three(people, "ben-cole", "helen")
    actions = [promise("Mine", "me"), promise("Of ben-cole", "ben-cole")]
    actions.append(promise("Of helen", "ben-cole"))
    ran = record(people, actions=actions, **{"with": ["ben-cole", "helen"]})
    assert "the same words; the owner of promise 3 differs" in ran.err
    assert "coachlog action edit 3 --owner 'Ben Cole'\n" in ran.err


@pytest.mark.parametrize(
    "names", ["ben-cole and Helen", "Ben Cole, helen", "ben-c + helen c"]
)
def test_two_names_in_a_form_are_two_people(
    people: Run, tmp_path: Path, names: str
) -> None:
    form = people("template", "form", "quick").out
    form = form.replace("in your journal. -->\n", f"in your journal. -->\n{names}\n")
    lines = (
        "- Helen: ring HR by 4 dec\n- Ben Cole: ask Zoe by 4 dec\n- me: rest by 4 dec\n"
    )
    form = form.replace("\n-\n", f"\n{lines}")
    path = tmp_path / "form.md"
    path.write_text(form)
    ran = people("session", "new", "--form", str(path))
    assert (ran.code, ran.err) == (0, "")
    assert listed(people) == [("ring HR", HELEN), ("ask Zoe", "them"), ("rest", "me")]
    assert people("session", "show", "1", "--json").json["session"]["people"] == [
        BEN,
        HELEN,
    ]


def test_three_names_in_a_form_are_too_many(people: Run, tmp_path: Path) -> None:
    form = people("template", "form", "quick").out
    form = form.replace(
        "in your journal. -->\n", "in your journal. -->\nben, helen, dana\n"
    )
    path = tmp_path / "form.md"
    path.write_text(form.replace("\n-\n", "\n- me: rest by 4 dec\n"))
    ran = people("session", "new", "--form", str(path))
    assert (ran.code, "with one person or with two, not 3" in ran.err) == (2, True)


THREE_WAY = """
title = "Three of us"
summary = "For three."
audience = "three-way"
minutes = 10
[[stage]]
id = "talk"
title = "Talk"
[[stage.prompt]]
id = "said"
ask = "What did $them say, and what did $third?"
kind = "line"
"""


def test_a_template_for_three_needs_two_names(people: Run, home: Path) -> None:
    (home / "prompts").mkdir(exist_ok=True)
    (home / "prompts" / "trio.toml").write_text(THREE_WAY)
    contents = {"template": "trio", "answers": {"talk.said": "Yes"}}
    ran = record(people, **contents, **{"with": ["helen"]})
    assert (ran.code, ran.err) == (
        2,
        "Three of us is a conversation of three, so it needs two names. Nothing was saved.\n"
        'Use --with NAME twice, or put with = ["Ben Cole", "Helen Carr"] in the file.\n',
    )
    hold_three(people, "ben-cole", "helen", actions=None, **contents)
    (answer,) = people("session", "show", "1", "--json").json["session"]["answers"]
    assert answer["question"] == "What did Ben say, and what did Helen?"
    assert "Two names" in people("template", "form", "trio").out


@pytest.mark.parametrize(
    "names", ['"ben-cole"', '["ben-cole", 3]', '["ben-cole", "ben-cole"], "tags": 5']
)
def test_that_nothing_was_saved_is_said_once(people: Run, names: str) -> None:
    file = f'{{"template": "quick", "with": {names}}}'
    ran = people("session", "new", "--answers", "-", input=file)
    assert (ran.code, ran.err.count("Nothing was saved.")) == (2, 1), ran.err
    assert "No name was given" not in ran.err


@pytest.mark.parametrize("verb", ["show", "export"])
def test_for_somebody_is_an_option_of_my_own_plan(people: Run, verb: str) -> None:
    ran = people("plan", verb, "helen", "--for", "dana")
    assert (ran.code, ran.err) == (
        2,
        "--for works only for your own plan.\n"
        f"That is: coachlog plan {verb} me --for dana\n",
    )


def test_what_was_all_left_out_can_be_put_on_it(people: Run) -> None:
    people("action", "add", "helen", "Ring HR")
    hold(people, person="dana", relationship=None)
    ran = people("plan", "export", "me", "--for", "dana")
    assert ran.code == 4
    assert ran.err.endswith(
        "Nothing was written.\n"
        "To put one of them on it: --include ID, or --learned ID for an answer.\n"
    )


def test_it_is_not_with_oneself(people: Run) -> None:
    ran = record(people, template="what3", **{"with": ["ben-cole", "helen"]})
    assert (ran.code, "is a conversation with yourself" in ran.err) == (4, True)


UNKNOWN = "Hellen Pric is not in your journal; the promise is recorded under that name."
ABSENT_OWNER = (
    "Dana Lee was not in that conversation; the promise is recorded under that name."
)


def test_an_owner_who_is_none_of_the_three_is_remarked_on(people: Run) -> None:
    actions = [promise("x", "Hellen Pric"), promise("y", DANA), promise("z", "Helen")]
    ran = record(people, **{"with": ["ben-cole", "helen"], "actions": actions})
    assert (ran.code, ran.err) == (0, f"{UNKNOWN}\n{ABSENT_OWNER}\n")
    price = UNKNOWN.replace("Pric", "Price")
    for owner, remark in ((DANA, ABSENT_OWNER), ("Hellen Price", price), (BEN, "")):
        ran = people("action", "edit", "3", "--owner", owner)
        assert (ran.code, ran.err.strip()) == (0, remark), owner
    people("action", "add", "dana", "Ring HR")
    ran = people("action", "edit", "4", "--owner", "Helen Pride")
    assert ran.err.strip() == UNKNOWN.replace("Hellen Pric", "Helen Pride")


def test_at_the_terminal_it_is_said_before_it_is_saved(people: Run) -> None:
    person = ScriptedPerson(
        {
            "capture.promises.1.what": "Ring HR",
            "capture.promises.1.owner": "other",
            "capture.promises.1.owner-name": "Hellen Pric",
        },
        skip=True,
    )
    line = ("session", "new", "ben-cole", "--with", "helen", "-t", "quick")
    assert people(*line, person=person).code == 0
    assert person.told.count(UNKNOWN) == 1


def test_a_promise_without_an_owner_says_whom_to_write(people: Run) -> None:
    actions = [promise("x", "")]
    ran = record(people, **{"with": ["ben-cole", "helen"], "actions": actions})
    assert f"has no owner: write me, {BEN} or {HELEN}." in ran.err
