"""`coachlog tank`: a minute a week for oneself, which no other screen, page or figure knows of."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from command_support import CtrlC, ScriptedPerson, built, complete, hold
from command_table import commands, fill_all, reading_lines
from conftest import TODAY, Run
from programme_support import join_programme_file

LATER = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
DRAINED, FILLED, SMALL = "A week of night cover", "A walk with Ana", "Home by six"
KIND = "Three low weeks in a row. Please do not carry that alone: talk to somebody you trust, or "


def enter(run: Run, days_ago: int, value: int | None = 3, **words: str) -> Any:
    """Make an entry of so many days ago from answers on standard input."""
    answers: dict[str, Any] = {f"level.{key}": text for key, text in words.items()}
    if value is not None:
        answers["level.full"] = value
    day = str(TODAY - timedelta(days=days_ago))
    file = json.dumps({"answers": answers})
    ran = run("tank", "new", "--answers", "-", "--on", day, input=file)
    assert ran.code == 0, ran.err
    return ran


def list_entries(run: Run) -> list[Any]:
    """Return the entries as JSON; none where there is no journal yet."""
    ran = run("tank", "show", "--json")
    return [] if ran.code == 10 else ran.json["tank"]["entries"]


# An entry


def test_a_minute_is_four_questions_and_no_promise_comes_back(run: Run) -> None:
    hold(
        run,
        template="first-plan",
        person=None,
        relationship=None,
        actions=[{"what": "Rest", "owner": "me", "due": "2026-12-01"}],
    )
    person = ScriptedPerson({"level.full": "6", "level.drained": DRAINED}, skip=True)
    ran = run("tank", "new", person=person)
    assert ran.code == 0
    assert ran.out == "Kept, for you alone.\n"
    asked = [key for key in person.asked if key.startswith("level.")]
    assert asked == [
        "level.full",
        "level.drained",
        "level.filled",
        "level.small-thing",
    ]
    assert len(person.asked) == len(asked)
    assert list_entries(run) == [
        {
            "session": 2,
            "on": "2026-11-23",
            "value": 6,
            "drained": DRAINED,
            "filled": None,
            "small_thing": None,
        }
    ]


def test_a_paused_minute_goes_on_without_promises_too(run: Run) -> None:
    hold(
        run,
        template="first-plan",
        person=None,
        relationship=None,
        actions=[{"what": "Rest", "owner": "me", "due": "2026-12-01"}],
    )
    paused = ScriptedPerson({"level.full": "6", "level.drained": CtrlC()})
    assert run("tank", "new", person=paused).code == 130
    person = ScriptedPerson({}, skip=True)
    assert run("session", "resume", person=person).code == 0
    assert not [key for key in person.asked if key.startswith("review.")]


def test_everything_can_be_skipped(run: Run) -> None:
    assert run("tank", "new", person=ScriptedPerson({}, skip=True)).code == 0
    ran = run("tank", "show")
    assert (ran.code, ran.out) == (0, "Your tank\n\nMon 23 Nov · no number\n")


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"level.full": 11}, "level.full"),
        ({"level.full": 0}, "level.full"),
        ({"level.full": "full"}, "level.full"),
        ({"level.empty": 3}, "level.empty"),
        ({"full": 3}, "full"),
    ],
)
def test_answers_that_cannot_be_stored_are_refused(
    run: Run, answers: dict[str, Any], fault: str
) -> None:
    file = json.dumps({"answers": answers})
    ran = run("tank", "new", "--answers", "-", input=file)
    assert ran.code == 2
    assert fault in ran.err
    assert list_entries(run) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("tank", "new"), 2),  # nobody is there to answer
        (("tank", "new", "--answers", "none.toml"), 2),
        (("tank", "new", "--answers", "-", "--on", "2027-01-01"), 2),
        (("tank", "new", "priya", "--answers", "-"), 2),
        (("tank", "show", "--since", "someday"), 2),
        (("tank", "show", "--private"), 2),
    ],
)
def test_a_slip_stores_nothing(run: Run, words: tuple[str, ...], code: int) -> None:
    assert run(*words, input='{"answers": {"level.full": 3}}').code == code
    assert list_entries(run) == []


def test_a_promise_is_refused_as_it_would_leave_the_tank(run: Run) -> None:
    file = json.dumps({"actions": [{"what": "Rest", "owner": "me"}]})
    assert run("tank", "new", "--answers", "-", input=file).code == 2


def test_no_promise_comes_back_in_a_file_either(run: Run) -> None:
    run("action", "add", "me", "--what", "Rest", "--due", "2026-12-01")
    row = {"action": 1, "outcome": "done"}
    ran = run("tank", "new", "--answers", "-", input=json.dumps({"review": [row]}))
    assert (ran.code, ran.out) == (2, "")
    assert list_entries(run) == []
    (action,) = run("action", "list", "--json").json["actions"]
    assert action["status"] == "open"


# Its own screen


def test_before_the_first_entry(run: Run) -> None:
    hold(run)
    ran = run("tank", "show")
    assert ran.code == 0
    assert (
        ran.out
        == "Your tank\nNothing about your tank yet. To start: coachlog tank new\n"
    )


def test_the_screen_has_the_trend_and_the_last_four(run: Run) -> None:
    for days, value in ((49, 2), (42, 3), (35, 2), (28, 5), (21, 6), (14, 7)):
        enter(run, days, value)
    enter(run, 7, None, filled="No number")
    enter(run, 0, 7, drained=DRAINED, filled=FILLED, **{"small-thing": SMALL})
    assert run("tank", "show").out == (
        "Your tank\n"
        "2 3 2 5 6 7 7\n"
        "up 5 (2 to 7) · 1 is empty, 10 is full · 7 values · Mon 5 Oct to Mon 23 Nov\n"
        "\n"
        "Mon 23 Nov · 7 of 10\n"
        "  drained          A week of night cover\n"
        "  filled           A walk with Ana\n"
        "  one small thing  Home by six\n"
        "\n"
        "Mon 16 Nov · no number\n"
        "  filled  No number\n"
        "\n"
        "Mon 9 Nov · 7 of 10\n"
        "\n"
        "Mon 2 Nov · 6 of 10\n"
        "\n"
        "Before that\n"
        "  Mon 26 Oct: 5 · Mon 19 Oct: 2 · Mon 12 Oct: 3 · Mon 5 Oct: 2\n"
    )
    since = run("tank", "show", "--since", "2026-11-16", "--json").json["tank"]
    assert [entry["on"] for entry in since["entries"]] == ["2026-11-16", "2026-11-23"]
    assert since["since"] == "2026-11-16"


def test_of_many_entries_the_earliest_are_counted(run: Run) -> None:
    for weeks in range(20):
        enter(run, 7 * weeks, 5)
    assert "4 more: coachlog tank show --json\n" in run("tank", "show").out


def test_nothing_in_the_days_asked_for(run: Run) -> None:
    enter(run, 30)
    out = run("tank", "show", "--since", "2026-11-20").out
    assert out == "Your tank\nNothing about your tank since Friday 20 November 2026.\n"


def test_a_deleted_entry_is_gone(run: Run) -> None:
    enter(run, 0)
    assert run("session", "delete", "1", "--yes").code == 0
    assert list_entries(run) == []


def test_a_template_of_the_owners_own_with_another_scale_makes_no_trend(
    run: Run, home: Path
) -> None:
    folder = home / "prompts"
    folder.mkdir(parents=True)
    (folder / "tank.toml").write_text(
        'title = "Mine"\nsummary = "Mine."\naudience = "solo"\nminutes = 1\n'
        '[[stage]]\nid = "level"\ntitle = "Mine"\n'
        '[[stage.prompt]]\nid = "full"\nask = "How full?"\nkind = "scale"\n'
        'high = 5\nmeasure = "tank"\nhealth = true\n',
        encoding="utf-8",
    )
    for days in (14, 7, 0):
        enter(run, days, 2)
    tank = run("tank", "show", "--json").json["tank"]
    assert (len(tank["entries"]), tank["trend"]) == (3, None)
    assert not tank["has_low_weeks"]


# A kind word


def test_after_three_low_weeks_there_is_a_kind_word(run: Run) -> None:
    for days in (14, 7):
        assert KIND not in enter(run, days, 3).err
    ran = enter(run, 0, 2)
    assert f"{KIND}to your GP." in ran.err
    assert not any(letter.isdigit() for letter in KIND)
    assert f"{KIND}to your GP." in run("tank", "show").out.replace("\n", " ")
    tank = run("tank", "show", "--json").json["tank"]
    assert (tank["has_low_weeks"], tank["help"]) == (True, None)


def test_it_names_the_help_that_the_owner_wrote_into_the_settings(run: Run) -> None:
    team = "the wellbeing team, 0300 123 4567"
    assert run("config", "set", "help.contact", team).code == 0
    for days in (14, 7, 0):
        ran = enter(run, days, 1)
    assert f"{KIND}{team}." in ran.err
    assert run("tank", "show", "--json").json["tank"]["help"] == team


def test_it_is_not_on_the_home_page(run: Run) -> None:
    for days in (14, 7, 0):
        enter(run, days, 1)
    for words in ((), ("--private",), ("--json",)):
        assert "low" not in run(*words, clock=lambda: LATER).out.casefold()


# The home page


@pytest.mark.parametrize(
    ("days", "is_said"), [(0, False), (6, False), (8, True), (20, True), (21, False)]
)
def test_the_home_page_reminds_once_a_week_has_passed(
    run: Run, days: int, is_said: bool
) -> None:
    enter(run, days)
    line = f"Tank: {days} days since the last"
    assert (line in run().out) is is_said
    last = {"last_on": str(TODAY - timedelta(days=days)), "days": days}
    assert run("--json").json["today"]["tank"] == (last if is_said else None)


def test_nobody_is_reminded_who_never_made_an_entry(run: Run) -> None:
    hold(run)
    assert "Tank" not in run().out


# Wellbeing in a brief


@pytest.mark.parametrize("willing", [True, False])
def test_a_brief_says_when_wellbeing_was_offered_and_not_what_came_of_it(
    run: Run, willing: bool
) -> None:
    hold(run, held_on="2026-11-20")
    assert "wellbeing not offered yet\n" in run("brief", "priya").out
    assert run("brief", "priya", "--json").json["brief"]["wellbeing_offered"] is None
    hold(
        run,
        template="wellbeing",
        held_on="2026-11-03",
        answers={"choice.willing": willing},
    )
    assert "wellbeing last offered on Tue 3 Nov\n" in run("brief", "priya").out
    brief = run("brief", "priya", "--json").json["brief"]
    assert brief["wellbeing_offered"] == "2026-11-03"
    assert "willing" not in run("brief", "priya", "--json").out


def test_it_is_looked_for_in_the_last_forty_conversations(run: Run) -> None:
    hold(run, template="wellbeing", held_on="2026-01-20")
    for number in range(40):
        hold(run, held_on=str(TODAY - timedelta(days=number)))
    assert "offered in your last 40 conversations\n" in run("brief", "priya").out
    brief = run("brief", "priya", "--json").json["brief"]
    assert brief["wellbeing_offered"] is None
    assert run("session", "delete", "41", "--yes").code == 0
    assert "wellbeing last offered on Tue 20 Jan\n" in run("brief", "priya").out


def test_nothing_is_missing_with_somebody_new_or_above(run: Run) -> None:
    hold(run, person="Helen Marsh", relationship="manager")
    run("person", "add", "Al Roe", "-r", "report")
    for name in ("helen", "al"):
        assert "ellbeing" not in run("brief", name).out


# Apart from everything else

SAY_THAT_THERE_IS_ONE = (
    "session list",
    "session list --all",
    "session list --drafts",
    "session list --deleted",
    "tank show",
    "tank show --since 2026-01-01",
)
"""Where conversations are looked for one by one, and the tank's own screen."""

TOLD = [
    line
    for line in reading_lines()
    if line not in SAY_THAT_THERE_IS_ONE and not line.startswith(("undo", "backup"))
]
TOLD_PRIVATELY = [
    "progress --private",
    "progress --ledger --private",
    "export progress --private --yes",
    "export table sessions --private --yes",
    "export table measures --private --yes",
    "plan show me --private",
    "plan show me --private --json",
    "plan export me --private --yes",
    "plan export me --for priya --yes",
    "history priya --full --private",
    "brief helen --private --json",
    "ics --titles --private --yes -o -",
    "progress --json",
    "progress --private --json",
    "--private --json",
]
COMPLETED = ["progress --measure ", "plan export me --learned ", "session new --tag "]


def tell_everything(run: Run, home: Path) -> Iterator[tuple[str, str]]:
    """Yield every line that reads with what it says, and what completion and a programme say."""
    for line in [*TOLD, *TOLD_PRIVATELY]:
        ran = run(*line.split())
        # A calendar counts how often it was written.
        said = re.sub(r"SEQUENCE:\d+", "SEQUENCE", f"{ran.out} {ran.err}")
        yield line, f"{ran.code} {said}"
    for words in COMPLETED:
        yield words, str(complete(home, words))
    person = ScriptedPerson({"Every number is 0": False})
    yield "contribute", run("programme", "contribute", person=person).out


def test_nothing_else_changes_when_there_are_entries(
    run: Run,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No page, table, figure, calendar, brief, plan, programme or completion knows of them."""
    monkeypatch.chdir(tmp_path)
    built(run, home, fill_all)
    run("person", "add", "Helen Marsh", "-r", "manager")
    join_programme_file(run, home.parent)
    file = (
        f"programme join {home.parent}/north.toml --region North --cohort 2025 --band 7"
    )
    run(*file.split(), "--yes")
    before = dict(tell_everything(run, home))
    for days in (0, 1, 8, 100, 500):
        enter(run, days, 2, drained=DRAINED, filled=FILLED)
    after = dict(tell_everything(run, home))
    for line in before:
        assert after[line] == before[line], line
    assert "conversations" in before["contribute"].casefold()


@pytest.mark.parametrize("more", ["", "--all", "--json", "--all --json"])
def test_a_list_of_conversations_has_the_day_of_an_entry_and_none_of_its_words(
    run: Run, more: str
) -> None:
    enter(run, 7, 4, drained=DRAINED, filled=FILLED, **{"small-thing": SMALL})
    enter(run, 3, 6)
    assert run("session", "delete", "2", "--yes").code == 0
    listed = run("session", "list", *more.split()).out
    assert ("2026-11-16" if "--json" in more else "Mon 16 Nov") in listed
    deleted = run("session", "list", "--deleted").out
    for words in (DRAINED, FILLED, SMALL, "4 of 10", "6 of 10"):
        assert words not in listed + deleted


def test_the_list_of_what_is_told_has_most_commands() -> None:
    """So that the test above is not one of nothing."""
    tried = {name for name, _ in map(split_line, TOLD)}
    assert {"brief", "plan", "history", "export", "ics", "progress", "search"} <= tried
    assert len(TOLD) > len(commands()) / 2


def split_line(line: str) -> tuple[str, str]:
    name, _, rest = line.partition(" ")
    return name, rest


def test_a_page_of_an_entry_is_refused(run: Run) -> None:
    enter(run, 0)
    ran = run("session", "export", "1", "--private")
    assert (ran.code, ran.out) == (4, "")


def test_its_measure_is_not_among_the_others(run: Run) -> None:
    enter(run, 0)
    ran = run("progress", "--measure", "tank", "--private")
    assert ran.code == 3
    assert "coachlog tank show" in ran.err


def test_a_measure_of_that_name_in_another_conversation_is_one_like_any_other(
    run: Run, home: Path
) -> None:
    folder = home / "prompts"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(
        'title = "Mine"\nsummary = "Mine."\naudience = "one-to-one"\nminutes = 1\n'
        '[[stage]]\nid = "level"\ntitle = "Mine"\n'
        '[[stage.prompt]]\nid = "full"\nask = "How full?"\nkind = "scale"\n'
        'measure = "tank"\n',
        encoding="utf-8",
    )
    enter(run, 0, 2)
    hold(run, template="mine", answers={"level.full": 9})
    measures = run("progress", "--measure", "tank", "--json").json["progress"]
    assert [trend["latest"] for trend in measures["measures"]] == [9]
    assert "tank" in complete(home, "progress --measure ")
    assert [entry["value"] for entry in list_entries(run)] == [2]
