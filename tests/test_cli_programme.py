"""The whole way of a programme's quarter, by real commands: managers and both holders."""

import csv
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coachlog.exports.documents.programme_page import list_report_records
from coachlog.exports.programme_values import list_report_values
from coachlog.model.programme import GroupFigures, ProgrammeReport
from coachlog.phrasing.programme_report import list_report_parts
from coachlog.rules.programme_report import build_total_figures, compute_percents
from coachlog.rules.programme_vector import BUILTIN_TEMPLATES, NUMBERS, build_usual_caps
from coachlog.sealed import age_files
from coachlog.terminal.console import Console
from command_runner import run_captured
from command_support import ScriptedPerson
from conftest import Ran
from programme_support import build_programme

QUARTER = "2026Q3"
NOW = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
SIZES = {"North": 9, "South": 8, "Isles": 2}
NO_FILES = ("--programme", "north.toml")


class Town:
    """Everybody's homes and folders, in one place; commands are typed as they would be there."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def type(self, who: str, *words: str, person: ScriptedPerson | None = None) -> Ran:
        console = Console(self.root / who, clock=lambda: NOW, asker=person)
        if person is None:
            console.no_input = True
        printed = run_captured(words, console=console)
        return Ran(printed.exit_code, printed.stdout, printed.stderr)

    def do(self, who: str, *words: str) -> str:
        ran = self.type(who, *words)
        assert ran.code == 0, ran.err
        return ran.out

    def make_keys(self, *holders: str) -> list[str]:
        return [
            self.do(holder, "programme", "key", "-o", f"{holder}.key").strip()
            for holder in holders
        ]

    def begin(self, *, single: bool = False) -> None:
        """Make the keys and the programme."""
        keys = self.make_keys(*(["coordinator"] if single else HOLDERS))
        places = [word for region in SIZES for word in ("--region", region)]
        holders = ["--coordinator", keys[0]]
        holders += ["--single"] if single else ["--governance", keys[1]]
        self.do(
            "coordinator",
            *("programme", "new", "Leading well", "-o", "north.toml", "--by", "region"),
            *(*places, *holders),
        )

    def contribute(self, number: int, region: str, *, single: bool = False) -> None:
        """Let one manager record something, join, contribute and send both files."""
        who = f"manager{number}"
        self.do(who, "person", "add", "Ann Lee", "-r", "report")
        for week in range(8):
            day = f"2026-08-{week + 1:02}"
            line = f"ring the ward by {week + 20} aug 2026"
            self.do(who, "action", "add", "ann", line, "--on", day)
            self.do(who, "action", "done", str(week + 1), "--on", day)
        self.do(who, "programme", "join", "north.toml", "--region", region, "--yes")
        self.send(who, single=single)

    def send(self, who: str, *, single: bool = False) -> None:
        self.do(who, "programme", "contribute", "-o", f"{who}-out", "--yes")
        for path in sorted((self.root / f"{who}-out").iterdir()):
            holder = "coordinator" if single else path.stem.rsplit("-", 1)[1]
            folder = self.root / f"{holder}-in"
            folder.mkdir(exist_ok=True)
            shutil.move(path, folder / path.name)

    def check(self, holder: str) -> Ran:
        return self.type(
            holder,
            *("programme", "check", f"{holder}-in", "--key", f"{holder}.key"),
            *(*NO_FILES, "-o", f"{holder}.jsonl", "--force"),
        )

    def close(self, *words: str, lists: Sequence[str] | None = None) -> Ran:
        lists = lists or [f"{holder}.jsonl" for holder in HOLDERS]
        return self.type(
            "coordinator",
            *("programme", "close", QUARTER, *lists, *NO_FILES),
            *("-o", "m.jsonl", "--yes", "--force", *words),
        )

    def sum(self, holder: str, *words: str) -> Ran:
        return self.type(
            holder,
            *("programme", "sum", f"{holder}-in", "--key", f"{holder}.key"),
            *(*NO_FILES, "--manifest", "m.jsonl", "-o", f"{holder}.json", *words),
        )

    def report(self, *words: str, sums: Sequence[str] | None = None) -> Ran:
        sums = sums or [f"{holder}.json" for holder in HOLDERS]
        return self.type(
            "coordinator",
            *("programme", "report", *sums, *NO_FILES, "--manifest", "m.jsonl"),
            *words,
        )


HOLDERS = ("coordinator", "governance")


@pytest.fixture(scope="module")
def full_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme to which every manager has sent a quarter."""
    root = tmp_path_factory.mktemp("town")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        town = Town(root)
        town.begin()
        number = 0
        for region, size in SIZES.items():
            for _ in range(size):
                town.contribute(number, region)
                number += 1
    return root


@pytest.fixture
def town(full_town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    root = tmp_path / "town"
    shutil.copytree(full_town, root)
    monkeypatch.chdir(root)
    return Town(root)


@pytest.fixture
def closed(town: Town) -> Town:
    for holder in HOLDERS:
        assert town.check(holder).code == 0
    ran = town.close("--invited", "North=12", "--invited", "South=9")
    assert ran.code == 0, ran.err
    return town


@pytest.fixture
def summed(closed: Town) -> Town:
    for holder in HOLDERS:
        assert closed.sum(holder).code == 0
    return closed


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.chdir(tmp_path)
    return Town(tmp_path)


# The whole way


def test_a_quarter_goes_from_managers_to_a_report(summed: Town) -> None:
    ran = summed.report()
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert lines[0] == "Leading well, 2026Q3"
    headings = [line for line in lines if re.match(r"Level|Response|What is not", line)]
    assert headings == [
        "Response",
        "Level 1: reaction",
        "Level 2: learning",
        "Level 3: behaviour",
        "Level 4: results",
        "What is not known",
    ]
    assert re.search(r"North +about 10 +12 +at least 70%", ran.out)
    assert re.search(r"South +about 9 +9 +at least 80%", ran.out)
    assert re.search(r"North +100% of 72 +hidden +hidden", ran.out) is None
    assert re.search(
        r"Groups with fewer than 8 contributions\n(.*\n)+ +Isles +hidden", ran.out
    )


def test_what_is_hidden_throughout_has_no_table(summed: Town) -> None:
    """A column of nothing but “hidden” is of no use to anybody."""
    lines = [line.strip() for line in summed.report().out.splitlines()]
    assert lines[lines.index("Measures") + 1 :][:2] == ["All of it is hidden.", ""]
    page = summed.report("--format", "markdown").out
    assert "### Measures\n\n*All of it is hidden.*\n\n##" in page


def test_a_report_says_the_same_everywhere(summed: Town) -> None:
    """The response, the counts and the shares of the screen are in JSON and CSV as well."""
    shown = summed.report().out
    report = json.loads(summed.report("--json").out)["report"]
    assert (report["counts_rounded_to"], report["is_split"]) == (5, True)
    rows = list(csv.DictReader(summed.report("--format", "csv").out.splitlines()))
    cells = {(row["group"], row["figure"], row["kind"]): row for row in rows}
    small_rows = [row for row in rows if row["group"] in report["small_groups"]]
    assert report["small_groups"] == ["Isles"]
    assert [tuple(row.values())[4:] for row in small_rows] == [
        ("Isles", "contributed", "count", "", "5", "1")
    ]
    assert {row["holders"] for row in rows} == {"coordinator and governance"}
    figures = {group["group"]: group for group in report["groups"]}
    figures["those shown"] = report["total"]
    for name, group in figures.items():
        contributed = cells[name, "contributed", "count"]
        assert contributed["rounded_to"] == "5"
        assert contributed["value"] == str(group["contributions"])
        assert cells[name, "invited", "count"]["value"] == str(group["invited"])
        assert cells[name, "invited", "count"]["rounded_to"] == "1"
        response = cells[name, "response", "per cent at least"]["value"]
        assert response == str(group["response_at_least"])
        numbers = rf"about {group['contributions']} +{group['invited']}"
        assert re.search(rf"{name} +{numbers} +at least {response}%", shown)
        for ratio, percent in group["percents"].items():
            row = cells[name, ratio, "per cent"]
            assert row["is_hidden"] == str(int(percent is None))
            assert row["value"] == ("" if percent is None else str(percent))
    assert report["total"]["contributions"] == 10 + 9


def test_a_share_is_the_same_in_words_and_for_programs() -> None:
    magnitudes = {"weeks_due": 1056, "weeks_on_time": 866}
    north = GroupFigures(
        "North", 20, magnitudes, {}, percents=compute_percents(magnitudes)
    )
    south = GroupFigures("South", 10, {"weeks_due": 880}, {"used_grow": 10})
    groups = (north, south)
    quarter_report = ProgrammeReport(
        programme=build_programme(),
        quarter=QUARTER,
        closed_on=NOW.date(),
        groups=groups,
        total=build_total_figures(groups),
    )
    values = list_report_values(quarter_report)
    assert [each["percents"]["weeks_on_time"] for each in values["groups"]] == [
        82,
        None,
    ]
    assert values["total"]["percents"]["weeks_on_time"] is None
    rows = [row[4:] for row in list_report_records(quarter_report)]
    assert ("North", "weeks_on_time", "per cent", 82, 1, 0) in rows
    assert ("South", "weeks_on_time", "per cent", None, 1, 1) in rows
    assert ("those shown", "weeks_on_time", "per cent", None, 1, 1) in rows
    assert ("South", "used_grow", "count", 10, 5, 0) in rows
    tables = {
        table.title: table.rows
        for part in list_report_parts(quarter_report)
        for table in part.tables
    }
    assert tables["Conversations on time"] == (
        ("North", ("1,056", "82% of 1,056")),
        ("South", ("880", "hidden")),
        ("those shown", ("1,936", "hidden")),
    )
    templates = dict(tables["Guided conversations"])
    others = len(BUILTIN_TEMPLATES)  # Without `grow`, with a template of their own.
    assert templates["South"] == (f"grow 10; {others} more: hidden",)
    assert templates["North"] == ("hidden",)


def test_no_line_of_the_numbers_that_would_leave_is_wider_than_a_page(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a pipe neither, which has no width."""
    monkeypatch.delenv("COLUMNS")
    words = ("programme", "join", "north.toml", "--region", "South")
    lines = town.type("new", *words).out.splitlines()
    begin = lines.index("The numbers, and the most that counts of each")
    end = next(n for n, line in enumerate(lines) if n > begin and not line.strip())
    table = lines[begin:end]
    assert max(map(len, table)) <= 100
    names = " ".join(line.strip() for line in table)
    assert all(id in names for id in BUILTIN_TEMPLATES)
    caps = [line for line in table if re.search(r"\d$|yes or no$", line)]
    assert len(caps) > 25
    assert len({len(line) for line in caps}) == 1


def test_what_is_hidden_is_null_for_programs(summed: Town) -> None:
    quarter_report = json.loads(summed.report("--json").out)["report"]
    assert list(quarter_report)[:3] == ["programme", "name", "quarter"]
    assert [group["group"] for group in quarter_report["groups"]] == ["North", "South"]
    north, south = quarter_report["groups"]
    assert (north["contributions"], north["invited"], south["invited"]) == (10, 12, 9)
    assert north["magnitudes"]["set_meetings"] is None
    assert quarter_report["total"]["contributions"] == 19


@pytest.mark.parametrize(
    "format", ["csv", "docx", "html", "json", "mail", "markdown", "text"]
)
def test_a_report_is_a_page_in_every_format(summed: Town, format: str) -> None:
    ran = summed.report("--format", format, "-o", f"page.{SUFFIXES[format]}")
    assert ran.code == 0, ran.err
    assert (summed.root / f"page.{SUFFIXES[format]}").stat().st_size > 500


SUFFIXES = {
    **{name: name for name in ("csv", "docx", "html", "json")},
    "mail": "eml",
    "markdown": "md",
    "text": "txt",
}


def test_a_manager_sees_every_line_before_anything_is_written(town: Town) -> None:
    ran = town.type("manager0", "programme", "contribute")
    assert ran.code == 2
    assert "coachlog cannot ask here, so nothing was changed." in ran.err
    assert "your promises to your team, kept by their first date" in ran.out
    assert "You have sent 2026Q3 before." in ran.out
    assert list(town.root.glob("*.age")) == []
    person = ScriptedPerson({"Write these two files?": None})
    ran = town.type("manager0", "programme", "contribute", person=person)
    assert (ran.code, list(town.root.glob("*.age"))) == (4, [])


def test_all_that_goes_along_with_the_numbers_is_said(town: Town) -> None:
    """Each field of a half is named on the screen before it is written, and before joining."""
    shown = town.type("manager0", "programme", "contribute").out
    joining = town.type("new", "programme", "join", "north.toml", "--region", "South")
    along = ("a random number", "the programme's code", "a digest of its terms")
    for screen in (shown, joining.out):
        said = " ".join(screen.split())
        assert [words for words in along if words not in said] == []


def test_what_was_joined_and_sent_is_shown(town: Town) -> None:
    (joined,) = json.loads(town.do("manager0", "programme", "show", "--json"))[
        "programmes"
    ]
    assert joined["places"] == {"region": "North"}
    assert [each["quarter"] for each in joined["contributions"]] == [QUARTER]
    assert "nobody alone" in town.do("manager0", "programme", "show")
    assert "Nothing more will be sent" in town.do("manager0", "programme", "leave")
    ran = town.type("manager0", "programme", "contribute", "--yes")
    assert (ran.code, ran.err.splitlines()[0]) == (
        3,
        "You left Leading well on 5 October 2026. Nothing was changed.",
    )


def test_whoever_leaves_sees_what_still_counts(town: Town) -> None:
    """The number is the one by which both holders delete it, before the quarter is closed."""
    (joined,) = json.loads(town.do("manager0", "programme", "show", "--json"))[
        "programmes"
    ]
    number = joined["contributions"][0]["number"][:12]
    out = " ".join(town.do("manager0", "programme", "leave").split())
    assert f"unless both holders delete it before: {number} (2026Q3)." in out
    assert "stays there, where it cannot be told apart" in out
    town.do("new", "programme", "join", "north.toml", "--region", "South", "--yes")
    out = town.do("new", "programme", "leave")
    assert out.strip() == "You have left Leading well. Nothing more will be sent."


def test_whoever_joins_again_is_told_what_was_sent(town: Town) -> None:
    words = ("programme", "join", "north.toml", "--region", "South", "--yes")
    ran = town.type("manager0", *words)
    assert (ran.code, ran.out) == (4, "")
    assert "already joined Leading well, as region North." in " ".join(ran.err.split())
    assert "leave, then join again" in " ".join(ran.err.split())
    town.do("manager0", "programme", "leave")
    out = " ".join(town.do("manager0", *words).split())
    assert "Nothing has left" not in out
    assert "the last was of 2026Q3, on 5 October 2026." in out


def test_what_cannot_be_joined_is_said_before_the_page(town: Town) -> None:
    words = ("programme", "join", "north.toml")
    for more in (("--yes",), ("--region", "East", "--yes")):
        ran = town.type("new", *words, *more)
        assert (ran.code, ran.out) == (2, "")
    ran = town.type("new", *words, "--region", "East", person=ScriptedPerson())
    assert (ran.code, ran.out) == (2, "")


def test_an_edition_that_a_later_one_replaced_is_marked(town: Town) -> None:
    assert "replaced" not in town.do("manager0", "programme", "show")
    town.do("manager0", "programme", "contribute", "-o", "out", "--yes")
    shown = town.do("manager0", "programme", "show")
    assert re.search(r"2026Q3 +1 .* replaced", shown)
    assert not re.search(r"2026Q3 +2 .* replaced", shown)


def test_the_number_by_which_holders_speak_of_a_contribution_is_shown(
    town: Town,
) -> None:
    """A holder says that the file 3f2a... is broken: the manager sees which that is."""
    out = town.do("manager0", "programme", "contribute", "-o", "out", "--yes")
    number = min((town.root / "out").iterdir()).name.split("-")[2]
    assert len(number) == 12
    assert f"They are contribution {number}, edition 2 of 2026Q3." in out
    shown = town.do("manager0", "programme", "show")
    assert re.search(rf"2026Q3 +2 +.* {number}\n", shown)


def test_a_quarter_of_which_nothing_is_known_is_asked_about(town: Town) -> None:
    town.do("new", "programme", "join", "north.toml", "--region", "South", "--yes")
    question = "Every number is 0. Write these two files?"
    person = ScriptedPerson({question: False})
    ran = town.type("new", "programme", "contribute", person=person)
    assert (ran.code, list(town.root.glob("*.age"))) == (4, [])
    out = town.do("new", "programme", "contribute", "-o", "out", "--yes")
    assert "Your journal has nothing of 2026Q3" in " ".join(out.split())


def test_a_quarter_long_before_joining_is_said(town: Town) -> None:
    said = "long after this quarter"
    out = town.do("manager0", "programme", "contribute", "-o", "out", "--yes")
    assert said not in " ".join(out.split())
    words = ("programme", "contribute", "-o", "out", "--yes", "--quarter")
    out = town.do("manager0", *words, "2024Q1")
    assert said in " ".join(out.split())
    assert "Promises count as they stand today" not in " ".join(out.split())


def test_whoever_joins_on_a_terminal_chooses_their_region(town: Town) -> None:
    script = {"Which region are you in?": "South", "Join Leading well?": True}
    person = ScriptedPerson(script)
    ran = town.type("new", "programme", "join", "north.toml", person=person)
    assert ran.code == 0, ran.err
    assert person.rows["Which region are you in?"] == list(SIZES)
    assert "It is voluntary, and you can leave" in ran.out
    assert "is cut into two random halves" in ran.out
    person = ScriptedPerson({"Which region are you in?": "South", "Join": False})
    ran = town.type("other", "programme", "join", "north.toml", person=person)
    assert (ran.code, (town.root / "other").exists()) == (4, False)


def test_a_holder_is_asked_for_what_is_missing(town: Town) -> None:
    script = {
        "Which is the file of your secret key?": "coordinator.key",
        "Which is the programme's file?": "north.toml",
        "Which file should the list go into?": "list.jsonl",
    }
    person = ScriptedPerson(script)
    ran = town.type(
        "coordinator", "programme", "check", "coordinator-in", person=person
    )
    assert ran.code == 0, ran.err
    assert (
        "Wrote list.jsonl, the list of the coordinator: 19 contributions to 2026Q3."
        in ran.out
    )


def test_each_holder_sees_how_many_managers_each_group_has(town: Town) -> None:
    """Seven invented members would expose the eighth: the second holder knows how many there are.

    Somebody who sent twice is one.
    """
    town.send("manager0")
    for holder in HOLDERS:
        checked = town.check(holder)
        assert checked.code == 0, checked.err
        assert list_sizes(checked.out) == SIZES
    assert "compare the number in each group" in " ".join(checked.out.split())
    assert town.close().code == 0
    summed = town.sum("governance")
    assert list_sizes(summed.out) == SIZES
    assert "compare the number in each group" in " ".join(summed.out.split())
    for name in ("North", "South"):
        assert re.search(rf"{name} +\d+ +{name}\n", summed.out)
    assert re.search(r"Isles +\d+ +no figure: too few\n", summed.out)


def list_sizes(printed: str) -> dict[str, int]:
    """Return how many managers each group has, as it was printed."""
    rows = re.findall(r"^  (\w+) +(\d+)\b", printed, re.MULTILINE)
    return {name: int(number) for name, number in rows}


def test_a_programme_of_one_holder_says_so_everywhere(empty: Town) -> None:
    empty.begin(single=True)
    for number in range(8):
        empty.contribute(number, "North", single=True)
    assert empty.check("coordinator").code == 0
    assert empty.close(lists=["coordinator.jsonl"]).code == 0
    assert empty.sum("coordinator").code == 0
    warning = "This programme has one holder"
    shown = empty.type("manager0", "programme", "contribute").out
    assert warning in " ".join(shown.split())
    for words in ((), ("--format", "markdown"), ("--format", "text")):
        ran = empty.report(*words, sums=["coordinator.json"])
        assert ran.code == 0, ran.err
        assert " ".join(ran.out.split()).count(warning) >= 2
    pages = empty.report("--format", "csv", sums=["coordinator.json"]).out
    assert "coordinator alone, unsplit" in pages


# Bad input


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(
            ("--by", "team"), "“team” is not what groups can be made by", id="by"
        ),
        pytest.param(
            ("--cap", "mood=3"), "“mood” is not a number with a cap", id="cap"
        ),
        pytest.param(("--cap", "minutes=x"), "“minutes=x” is not a cap", id="number"),
        pytest.param(
            ("--region", "other"), "“other”, which has another meaning", id="other"
        ),
        pytest.param(("--single",), "Use only one of --single", id="single"),
    ],
)
def test_a_programme_that_cannot_be(
    town: Town, words: Sequence[str], expected: str
) -> None:
    keys = re.findall(r'"(age1\w+)"', (town.root / "north.toml").read_text("utf-8"))
    ran = town.type(
        "coordinator",
        *("programme", "new", "Other", "-o", "other.toml", "--region", "East"),
        *("--coordinator", keys[0], "--governance", keys[1], *words),
    )
    assert ran.code == 2
    assert expected in ran.err
    assert not (town.root / "other.toml").exists()


LONG = "x" * 61


def test_each_answer_of_a_new_programme_is_checked_at_its_question(town: Town) -> None:
    keys = re.findall(r'"(age1\w+)"', (town.root / "north.toml").read_text("utf-8"))
    person = ScriptedPerson(
        {
            "What is the programme called?": ("y" * 121, "Other"),
            "What are the groups of its reports made by?": "region",
            "Which regions are there?": (f"East, {LONG}", "A, a", "other", ",", "East"),
            "What is the coordinator's public key?": ("age1", keys[0]),
            "What is the public key of the second holder": (keys[0], keys[1]),
            "Which file should the programme go into?": ("north.toml", "other.toml"),
        }
    )
    ran = town.type("coordinator", "programme", "new", person=person)
    assert ran.code == 0, ran.err
    assert [re.sub("[xy]{9,}", "", line) for line in person.told] == [
        "“...” is too long for the name of a programme. Nothing was written.",
        "“...” is too long for the name of a region. Nothing was written.",
        "A programme cannot be like this: it has the same region twice. Nothing was written.",
        "A programme cannot be like this: it has a region “other”, which has another meaning in "
        "reports. Nothing was written.",
        "Name one region at least.",
        "“age1” is not a holder's public key. Nothing was written.",
        "That is the coordinator's key, and one holder could read both halves of a contribution. "
        "Nothing was written.",
        "north.toml already exists. Nothing was written.",
    ]
    person = ScriptedPerson()
    words = ("programme", "new", "Other", "-o", "other.toml")
    ran = town.type("coordinator", *words, person=person)
    assert (ran.code, person.asked) == (4, [])
    assert 'region = ["East"]' in (town.root / "other.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--cap", "minutes=x"), "“minutes=x” is not a cap"),
        (("--cap", "minutes=0"), "“minutes=0” is not a cap"),
        (("--cap", "minutes=9" + "0" * 12), "is not a cap"),
        (("--band", LONG), "is too long for the name of a band"),
        (("--band", " "), "A band needs a name"),
        (("--coordinator", "age1"), "is not a holder's public key"),
        (("--governance", "age1"), "is not a holder's public key"),
    ],
)
def test_what_no_programme_can_have_is_refused_before_a_question(
    empty: Town, words: Sequence[str], expected: str
) -> None:
    person = ScriptedPerson()
    ran = empty.type("coordinator", "programme", "new", "Other", *words, person=person)
    assert (ran.code, person.asked) == (2, [])
    assert expected in ran.err


def test_a_secret_key_is_never_handed_out(town: Town) -> None:
    secret = (town.root / "coordinator.key").read_text("utf-8").split()[-1]
    ran = town.type(
        "coordinator",
        *("programme", "new", "Other", "-o", "other.toml", "--region", "East"),
        *("--single", "--coordinator", secret),
    )
    assert (ran.code, secret in ran.out + ran.err) == (2, False)
    assert "That is a secret key, and the public one is needed." in ran.err


def test_a_key_is_not_overwritten(town: Town) -> None:
    ran = town.type("coordinator", "programme", "key", "-o", "coordinator.key")
    assert ran.code == 4
    assert "coordinator.key already exists. Nothing was written" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        pytest.param(
            ("--quarter", "2026Q4"),
            2,
            "2026Q4 is not over yet: its last day is",
            id="not-over",
        ),
        pytest.param(
            ("--quarter", "autumn"), 2, "“autumn” is not a quarter", id="none"
        ),
        pytest.param(("other",), 3, "You have joined no programme “other”", id="name"),
        pytest.param(("-o", "north.toml"), 2, "north.toml is a file.", id="a-file"),
    ],
)
def test_what_cannot_be_contributed(
    town: Town, words: Sequence[str], code: int, expected: str
) -> None:
    ran = town.type("manager0", "programme", "contribute", "--yes", *words)
    assert ran.code == code
    assert expected in ran.err


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        pytest.param("cut", "is cut short", id="cut"),
        pytest.param("large", "is larger than any contribution", id="huge"),
        pytest.param("other-half", "is for the second holder: delete it", id="mixed"),
        pytest.param("text", "is not an age file", id="not-sealed"),
        pytest.param("copy", "is a copy of", id="twice"),
    ],
)
def test_one_broken_file_is_named_and_left_out(
    town: Town, spoil: str, expected: str
) -> None:
    folder = town.root / "coordinator-in"
    path = sorted(folder.iterdir())[0]
    if spoil == "cut":
        path.write_bytes(path.read_bytes()[:-300])
    elif spoil == "large":
        with path.open("ab") as file:
            file.truncate(500_000_000)
    elif spoil == "other-half":
        other = sorted((town.root / "governance-in").iterdir())[0]
        shutil.copy(other, folder / other.name)
    elif spoil == "text":
        path.write_text("Dear coordinator", encoding="utf-8")
    else:
        shutil.copy(path, folder / f"a-{path.name}")
    ran = town.check("coordinator")
    assert ran.code == 0, ran.err
    assert "Left out: 1 file" in ran.out
    assert "; 1 file left out" in ran.out
    assert expected in " ".join(ran.out.split())


def test_the_other_quarters_of_a_folder_are_said(town: Town) -> None:
    town.do(
        "manager0",
        *("programme", "contribute", "--quarter", "q2 2026"),
        *("-o", "coordinator-in", "--yes"),
    )
    for path in (town.root / "coordinator-in").glob("*2026Q2*governance.age"):
        path.unlink()
    ran = town.check("coordinator")
    assert ran.code == 0, ran.err
    assert re.search(
        r"but of other quarters\n.*\n +2026Q2 +1 +coachlog-2026Q2-\w{12}-c", ran.out
    )
    assert "19 contributions to 2026Q3" in ran.out
    assert "left out" not in ran.out


def test_one_half_without_the_other_counts_not(town: Town) -> None:
    path = sorted((town.root / "governance-in").iterdir())[0]
    path.unlink()
    for holder in HOLDERS:
        assert town.check(holder).code == 0
    ran = town.close()
    assert ran.code == 0, ran.err
    assert "the second holder has no half of it" in " ".join(ran.out.split())
    assert "In no figure: 1 file" in ran.out
    assert "closed with 18 contributions" in ran.out
    assert "; 1 left out." in ran.out
    log = (town.root / "coordinator" / "programme").glob("*.json")
    assert ", 1 left out" in next(log).read_text("utf-8")


def test_a_corrected_contribution_counts_once(town: Town) -> None:
    town.send("manager0")
    for holder in HOLDERS:
        assert town.check(holder).code == 0
    ran = town.close()
    assert ran.code == 0, ran.err
    assert "replaced by a later one of the same member" in " ".join(ran.out.split())
    assert "Not needed: 1 file" in ran.out
    assert "closed with 19 contributions" in ran.out
    assert "left out" not in " ".join(ran.out.split())
    assert "In no figure" not in ran.out
    for holder in HOLDERS:
        assert town.sum(holder).code == 0
    assert town.report("--json").json["report"]["omitted"] == 0


def test_a_closed_quarter_stays_closed(summed: Town) -> None:
    assert summed.report().code == 0
    first = (summed.root / "m.jsonl").read_bytes()
    summed.contribute(99, "South")
    for holder in HOLDERS:
        assert summed.check(holder).code == 0
    ran = summed.close()
    assert ran.code == 4
    assert "2026Q3 was closed on 5 October 2026, with another manifest." in ran.err
    assert (summed.root / "m.jsonl").read_bytes() == first
    # The same once more gives the same; what came late is left out.
    ran = summed.sum("coordinator", "--force")
    assert ran.code == 0, ran.err
    assert "Left out: 1 file" in ran.out
    assert summed.report().code == 0


def test_a_quarter_is_closed_only_when_that_is_agreed(town: Town) -> None:
    for holder in HOLDERS:
        assert town.check(holder).code == 0
    lists = [f"{holder}.jsonl" for holder in HOLDERS]
    words = ("programme", "close", QUARTER, *lists, *NO_FILES, "-o", "m.jsonl")
    ran = town.type("coordinator", *words)
    assert (ran.code, (town.root / "m.jsonl").exists()) == (2, False)
    assert "Close 2026Q3 with 19 contributions, 0 left out?" in ran.err
    day = "made on 5 October 2026"
    said = " ".join(ran.err.split())
    lists_said = (
        f"List of the coordinator: 19 contributions, {day}; of the second holder: 19"
    )
    assert f"{lists_said} contributions, {day}" in said


def test_what_a_quarter_would_lack_is_named_where_nobody_can_be_asked(
    town: Town,
) -> None:
    """Whoever sent half of it can still send the rest; of many, ten are named."""
    folder = town.root / "governance-in"
    numbers = [path.name.split("-")[2] for path in sorted(folder.iterdir())]
    for path in sorted(folder.iterdir())[:1]:
        path.unlink()
    for number in range(12):
        (folder / f"note{number}.txt").write_text("x")
    for holder in HOLDERS:
        assert town.check(holder).code == 0
    lists = [f"{holder}.jsonl" for holder in HOLDERS]
    words = ("programme", "close", QUARTER, *lists, *NO_FILES, "-o", "m.jsonl")
    ran = town.type("coordinator", *words)
    assert ran.code == 2
    assert re.search(
        rf"In no figure:\n +- {numbers[0]}: .*\n( +- a file: .*\n){{9}} +- and 3 more\n",
        ran.err,
    )
    assert ran.err.index("and 3 more") < ran.err.index("13 left out?")


def test_a_quarter_that_is_not_over_is_not_closed(town: Town) -> None:
    for holder in HOLDERS:
        assert town.check(holder).code == 0
    lists = [f"{holder}.jsonl" for holder in HOLDERS]
    words = ("programme", "close", "2026Q4", *lists, *NO_FILES, "-o", "m.jsonl")
    ran = town.type("coordinator", *words, "--yes")
    assert ran.code == 2
    said = " ".join(ran.err.split())
    last_day = "its last day is 31 December 2026"
    assert f"2026Q4 is not over yet: {last_day}. Nothing was closed." in said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(("North",), "does not say how many were asked", id="no-number"),
        pytest.param(("East=4",), "“East” is not a region", id="unknown-group"),
        pytest.param(("North=4", "North=5"), "names “North” twice", id="twice"),
        pytest.param(("north=9", "NORTH=9"), "names “North” twice", id="case"),
        pytest.param(("Nort=9",), "Did you mean “North”?", id="near"),
        pytest.param(
            ("North=4",), "“North” contributed (9) than were asked (4)", id="too-few"
        ),
        pytest.param(
            ("Isles=1",), "“Isles” contributed (2) than were asked (1)", id="hidden"
        ),
        pytest.param(("North=0",), "a number from 1 to 1,000,000", id="zero"),
        pytest.param(("North=-9",), "a number from 1 to", id="negative"),
        pytest.param(("North=1000001",), "a number from 1 to", id="absurd"),
    ],
)
def test_how_many_were_asked_has_to_be_possible(
    town: Town, words: Sequence[str], expected: str
) -> None:
    for holder in HOLDERS:
        assert town.check(holder).code == 0
    ran = town.close(*(word for text in words for word in ("--invited", text)))
    assert ran.code == 2
    assert expected in ran.err
    assert not (town.root / "m.jsonl").exists()


def test_how_many_were_asked_is_said_before_the_question(town: Town) -> None:
    """A wrong number can still be mended then: the manifest is written once."""
    for holder in HOLDERS:
        assert town.check(holder).code == 0
    lists = [f"{holder}.jsonl" for holder in HOLDERS]
    words = ("programme", "close", QUARTER, *lists, *NO_FILES, "-o", "m.jsonl")
    person = ScriptedPerson({"Close 2026Q3": False})
    typed_words = (*words, "--invited", "north=1,200", "--invited", "South=9")
    ran = town.type("coordinator", *typed_words, person=person)
    assert ran.code == 4
    assert any(
        "Asked: North 1,200, South 9, Isles not known." in line for line in person.told
    )
    person = ScriptedPerson({"Close 2026Q3": True})
    ran = town.type("coordinator", *words, "--invited", "North=12", person=person)
    assert ran.code == 0, ran.err


def test_whoever_says_of_no_group_how_many_were_asked_is_asked(town: Town) -> None:
    """Once a quarter is closed, it cannot be said any more."""
    for holder in HOLDERS:
        assert town.check(holder).code == 0
    lists = [f"{holder}.jsonl" for holder in HOLDERS]
    words = ("programme", "close", QUARTER, *lists, *NO_FILES, "-o", "m.jsonl")
    script = {
        "How many managers of North were asked?": ("many", "0", "8", "1,200"),
        "How many managers of South were asked?": None,
        "How many managers of Isles were asked?": "3",
        "Close 2026Q3": True,
    }
    person = ScriptedPerson(script)
    ran = town.type("coordinator", *words, person=person)
    assert (ran.code, person.left) == (0, []), ran.err
    heading, *refusals = person.told[:4]
    assert heading == (
        "How many managers were asked in each group? Without that, its response is not known; once "
        "the quarter is closed, it cannot be said any more."
    )
    assert refusals == [
        "Type a number from 1 to 1,000,000.",
        "Type a number from 1 to 1,000,000.",
        "More managers of “North” contributed (9) than were asked (8). 2026Q3 was not closed.",
    ]
    assert any("Asked: North 1,200, South not" in line for line in person.told)
    first = (town.root / "m.jsonl").read_bytes()
    assert json.loads(first.splitlines()[0])["invited"] == {"North": 1200}
    # The same once more gives the same, and nothing is asked.
    (town.root / "m.jsonl").unlink()
    person = ScriptedPerson()
    ran = town.type("coordinator", *words, person=person)
    assert (ran.code, person.asked) == (0, []), ran.err
    assert (town.root / "m.jsonl").read_bytes() == first


def test_a_quarter_closed_with_other_numbers_of_managers_asked_says_so(
    closed: Town,
) -> None:
    first = (closed.root / "m.jsonl").read_bytes()
    assert closed.close().code == 0
    assert (closed.root / "m.jsonl").read_bytes() == first
    ran = closed.close("--invited", "North=13")
    assert ran.code == 4
    said = " ".join(ran.err.split())
    assert (
        "2026Q3 was closed on 5 October 2026, with other numbers of managers asked: North 12, "
        "South 9, Isles not known. Nothing was changed." in said
    )
    assert "leave out --invited" in said
    assert (closed.root / "m.jsonl").read_bytes() == first
    # An older coachlog did not remember the numbers.
    path = next((closed.root / "coordinator" / "programme").glob("*.json"))
    memory = json.loads(path.read_text("utf-8"))
    assert memory["quarters"][QUARTER].pop("invited") == {"North": 12, "South": 9}
    path.write_text(json.dumps(memory), encoding="utf-8")
    for words in ((), ("--invited", "North=13")):
        ran = closed.close(*words)
        assert ran.code == 4
        assert "2026Q3 was closed on 5 October 2026, with another manifest." in ran.err
    ran = closed.close("--invited", "North=12", "--invited", "South=9")
    assert ran.code == 0, ran.err


def test_sums_need_every_file_of_the_manifest(closed: Town) -> None:
    # One more than the region that is in no group has: which files are its own is not known.
    paths = sorted((closed.root / "coordinator-in").iterdir())
    for path in paths[: SIZES["Isles"] + 1]:
        path.unlink()
    ran = closed.sum("coordinator")
    assert ran.code == 4
    assert not (closed.root / "coordinator.json").exists()


def test_sums_of_a_group_under_eight_are_refused(closed: Town) -> None:
    path = closed.root / "m.jsonl"
    head, *rows = path.read_text("utf-8").splitlines()
    fields = json.loads(head)
    fields["groups"]["North"] = 3
    path.write_text("\n".join([json.dumps(fields), *rows]) + "\n", encoding="utf-8")
    assert closed.sum("coordinator").code in (2, 4)


@pytest.mark.parametrize(
    ("sums", "code", "expected"),
    [
        pytest.param(
            ["coordinator.json"], 2, "these are of the coordinator. ", id="one"
        ),
        pytest.param(["coordinator.json"] * 2, 2, "and the coordinator. ", id="twice"),
        pytest.param(["coordinator.json", "m.jsonl"], 2, "m.jsonl is ", id="not-sums"),
        pytest.param(["coordinator.json", "none.json"], 2, "No such file", id="none"),
    ],
)
def test_a_report_needs_the_sums_of_each_holder(
    summed: Town, sums: Sequence[str], code: int, expected: str
) -> None:
    ran = summed.report(sums=sums)
    assert ran.code == code
    assert expected in ran.err


def change_sums(town: Town, changes: Mapping[str, object]) -> None:
    path = town.root / "governance.json"
    fields = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(fields | changes), encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"programme": "a" * 8}, "not of one programme", id="programme"),
        pytest.param({"quarter": "2026Q2"}, "are of 2026Q2", id="quarter"),
        pytest.param({"manifest": "0" * 64}, "with another manifest", id="manifest"),
        pytest.param(
            {"caps": {**build_usual_caps(), "met": 5}}, "other caps", id="caps"
        ),
        pytest.param({"vector": 2}, "newer", id="vector"),
    ],
)
def test_sums_that_do_not_belong_together(
    summed: Town, changes: Mapping[str, object], expected: str
) -> None:
    change_sums(summed, changes)
    ran = summed.report()
    assert ran.code in (2, 4)
    assert expected in ran.err
    assert ran.out == ""


def test_a_spoilt_sum_is_named_and_not_printed(summed: Town) -> None:
    fields = json.loads((summed.root / "governance.json").read_text("utf-8"))
    north = fields["groups"][0]
    number = NUMBERS.index("minutes")
    north["sums"][number] = f"{(int(north['sums'][number]) + 10**9) % 2**64:020}"
    change_sums(summed, {"groups": fields["groups"]})
    ran = summed.report()
    assert ran.code == 0, ran.err
    assert re.search(r"Spoilt\n(.*\n)+ +North +minutes", ran.out)
    remark = (
        "Sums that are larger than these managers can have together, and so are hidden: a "
        "contribution, or a file of sums, was not as coachlog writes it."
    )
    assert remark in " ".join(ran.out.split())
    page = summed.report("--format", "markdown").out
    assert f"### Spoilt\n\n*{remark}*" in page
    quarter_report = json.loads(summed.report("--json").out)["report"]
    assert quarter_report["groups"][0]["spoilt"] == ["minutes"]
    assert quarter_report["groups"][0]["magnitudes"]["minutes"] is None


def test_a_quarter_is_reported_with_one_pair_of_sums(summed: Town) -> None:
    assert summed.report().code == 0
    change_sums(summed, {"summed_on": "2026-10-06"})
    ran = summed.report()
    assert ran.code == 4
    assert "2026Q3 is closed, and was reported with other sums." in ran.err


def test_without_its_library_every_command_says_how_to_get_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyrage", None)
    for who, words in (
        ("coordinator", ("key", "-o", "k.key")),
        ("new", ("join", "north.toml", "--region", "North", "--yes")),
        ("manager0", ("contribute", "--yes")),
    ):
        ran = town.type(who, "programme", *words)
        assert ran.code == 1
        assert "coachlog[programme]" in ran.err
    assert age_files.MAX_SEALED_BYTES > 0
