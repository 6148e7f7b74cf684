"""`coachlog pulse`: the team replies without names, and nobody ever sees one reply."""

import json
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from sqlcipher3 import dbapi2

from coachlog.exports import pulse_page
from coachlog.exports.documents.pulse_sheet import build_pulse_sheet
from coachlog.exports.formats import markdown
from coachlog.model.pulse import Pulse
from coachlog.model.replies import ReplyKey, ReplyValues
from coachlog.rules import pulse_results, reply_codes
from coachlog.screens import styling
from coachlog.store import database
from coachlog.store.database import Journal
from coachlog.store.journal_files import HEAD_FILE, JOURNAL_FILE
from coachlog.store.reading import pulse_queries as reading
from coachlog.store.table_columns import TableColumns
from coachlog.store.transactions import Change
from command_support import ScriptedPerson, unprintable
from conftest import NOW, Run

LATER = datetime(2026, 12, 24, 18, 0, tzinfo=UTC)
FIVE: list[ReplyValues] = [(5, 3), (4, 3), (4, 3), (3, 2), (1, 3)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that commands run in."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def pulse(run: Run) -> Run:
    """A journal with pulse 1 that nobody has replied to."""
    assert run("pulse", "new").code == 0
    return run


def keys(home: Path) -> dict[int, ReplyKey]:
    with Journal(home).read() as db:
        return {key.survey: key for key in reading.read_pulse_keys(db)}


def codes(
    home: Path, answers: Sequence[ReplyValues], id: int = 1, start: int = 0
) -> list[str]:
    """Return codes as the page makes them, each with a nonce of its own."""
    key = keys(home)[id]
    return [
        reply_codes.format_reply_code(key, _nonce(start + n), pair)
        for n, pair in enumerate(answers)
    ]


def tag(home: Path, id: int = 1) -> str:
    return keys(home)[id].tag


def _nonce(number: int) -> str:
    return "".join(
        reply_codes.CODE_ALPHABET[number >> shift & 31] for shift in (20, 15, 10, 5, 0)
    )


def shown(run: Run, *args: str) -> dict[str, Any]:
    found: dict[str, Any] = run("pulse", "show", *args, "--json").json["pulse"]
    return found


def stored(home: Path) -> dict[str, list[Any]]:
    """Return every row that a pulse leaves in the journal, and the audit log, without the sums."""
    with closing(dbapi2.connect(home / JOURNAL_FILE)) as db:
        return {
            table: [row[1:-1] for row in db.execute(TableColumns(db, table).select_sql)]
            for table in ("pulse", "pulse_code", "pulse_count", "event")
        }


# Making one


def test_pulse_new_writes_two_pages_for_its_owner_alone(
    run: Run, home: Path, folder: Path
) -> None:
    ran = run("pulse", "new")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"Made pulse 1, tag {tag(home)}: pulse-1.html for the browser, pulse-1.md for paper or "
        "chat. Send one to your team, and say which colleague collects the replies and passes them "
        "on together, without names. Next: coachlog pulse add CODE...\n"
    )
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in folder.iterdir()}
    assert modes == {"pulse-1.html": "0o600", "pulse-1.md": "0o600"}


def test_a_pulse_as_json(pulse: Run, home: Path) -> None:
    found = shown(pulse)
    assert len(found.pop("uid")) == 36
    assert found == {
        "id": 1,
        "made_on": "2026-11-23",
        "statements": list(pulse_results.USUAL_STATEMENTS),
        "replies": 0,
        "shown": 0,
        "results": None,
        "compared": None,
        "tag": tag(home),
        "team_size": None,
        "response_rate": None,
        "compared_shown": None,
    }


def test_own_wording_is_kept_as_it_was_typed(run: Run) -> None:
    words = ("I know what’s “next” 😀", "x" * 200)
    assert (
        run(
            "pulse", "new", "--statement", f"  {words[0]} ", "--statement", words[1]
        ).code
        == 0
    )
    assert shown(run)["statements"] == list(words)


def test_both_statements_may_come_from_a_pipe(run: Run) -> None:
    assert run("pulse", "new", "--statement", "-", input="One.\nTwo.\n").code == 0
    assert shown(run)["statements"] == ["One.", "Two."]


def test_control_characters_in_a_statement_are_made_visible(
    run: Run, folder: Path
) -> None:
    words = "[bold]a[/bold] :smile: \x1b[31mb\u202e"
    assert run("pulse", "new", "--statement", words, "--statement", "c").code == 0
    assert shown(run)["statements"] == ["[bold]a[/bold] :smile: \ufffd[31mb", "c"]
    add(run, *("--paper", "1 1") * 5)
    for line in ("pulse list", "pulse show", "pulse show --json"):
        out = run(*line.split()).out
        assert "[bold]a[/bold] :smile: \ufffd[31mb" in out
        assert unprintable(out) == set()
    for page in folder.iterdir():
        assert unprintable(page.read_text("utf-8")) == set()


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        pytest.param(
            ["--statement", "One."],
            2,
            "A pulse has two statements; you gave 1.",
            id="one",
        ),
        pytest.param(
            ["--statement", "x"] * 3, 2, "two statements; you gave 3.", id="three"
        ),
        pytest.param(
            ["--statement", "One.", "--statement", " "], 2, "is empty.", id="empty"
        ),
        pytest.param(
            ["--statement", "One.", "--statement", "x" * 5000],
            *(2, "Statement 2 is too long: 5000 characters (the limit is 200)."),
            id="too-long",
        ),
        pytest.param(
            ["--statement", "a", "--statement", "A"], 2, "are the same.", id="the-same"
        ),
        pytest.param(
            ["--team", "4"],
            2,
            "A team of 4 is too small for a pulse: there are results only once 5 people",
            id="small-team",
        ),
        pytest.param(["--team", "-8"], 2, "A team of -8 is too small", id="no-team"),
        pytest.param(
            ["--team", "10001"],
            *(2, "A team of 10001 is too large: the limit is 10000."),
            id="large-team",
        ),
        pytest.param(["--team", "9" * 30], 2, "is too large", id="huge-team"),
        pytest.param(["--team", "eight"], 2, "'eight'", id="team-in-words"),
        pytest.param(
            ["-o", "nowhere"],
            1,
            "There is no folder nowhere. Nothing was written.",
            id="missing",
        ),
        pytest.param(
            ["-o", "~no-such-user"],
            1,
            "There is no folder ~no-such-user.",
            id="no-user",
        ),
        pytest.param(
            ["-o", "a-file"], 1, "a-file is a file, not a folder.", id="a-file"
        ),
    ],
)
def test_what_cannot_be_made_leaves_nothing(
    run: Run, folder: Path, home: Path, options: list[str], code: int, message: str
) -> None:
    (folder / "a-file").touch()
    ran = run("pulse", "new", *options)
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert [path.name for path in folder.iterdir()] == ["a-file"]
    assert not home.exists()


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="there is no /proc here")
def test_a_folder_that_takes_no_file(pulse: Run, home: Path) -> None:
    """Nobody, not even root, can make a file in /proc."""
    before = stored(home)
    ran = pulse("pulse", "new", "-o", "/proc")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("/proc")
    assert " cannot be written" in ran.err
    assert stored(home) == before


@pytest.mark.parametrize("name", ["pulse-2.html", "pulse-2.md"])
def test_a_page_that_is_there_already_stays_and_nothing_is_made(
    pulse: Run, folder: Path, home: Path, name: str
) -> None:
    before = stored(home)
    (folder / name).write_text("mine")
    ran = pulse("pulse", "new")
    assert (ran.code, ran.out) == (4, "")
    assert (
        ran.err == f"{name} already exists. Nothing was written.\n"
        "To overwrite it, type the same command with --force.\n"
    )
    assert stored(home) == before
    assert {path.name for path in folder.iterdir()} == {
        "pulse-1.html",
        "pulse-1.md",
        name,
    }
    assert (folder / name).read_text() == "mine"
    assert pulse("pulse", "new", "--force").code == 0
    assert (folder / name).read_text() != "mine"


def test_a_folder_in_the_place_of_a_page_is_never_overwritten(
    pulse: Run, folder: Path, home: Path
) -> None:
    before = stored(home)
    (folder / "pulse-2.md").mkdir()
    ran = pulse("pulse", "new", "--force")
    assert (ran.code, ran.err) == (1, "pulse-2.md is a folder. Nothing was written.\n")
    assert stored(home) == before
    assert not (folder / "pulse-2.html").exists()


def test_the_journal_that_cannot_take_it_leaves_no_pages(
    pulse: Run, folder: Path, home: Path
) -> None:
    with closing(dbapi2.connect(home / JOURNAL_FILE)) as db:
        db.execute("DROP TABLE pulse_count")
    assert pulse("pulse", "new").code == 1
    assert {path.name for path in folder.iterdir()} == {"pulse-1.html", "pulse-1.md"}


def test_pages_that_lose_a_race_for_their_names_can_be_written_later(
    pulse: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Raced(Journal):
        @contextmanager
        def change(
            self, now: datetime, *, create: bool = False, wait: float | None = None
        ) -> Iterator[Change]:
            with super().change(now, create=create, wait=wait) as change:
                yield change
                (folder / "pulse-2.html").write_text("mine")

    monkeypatch.setattr(database, "Journal", Raced)
    ran = pulse("pulse", "new")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        "pulse-2.html already exists. Pulse 2 itself is saved in your journal.\n"
        "To write its pages: coachlog pulse sheet 2 --force, or -o with another folder.\n"
    )
    assert {path.name for path in folder.iterdir()} == {
        *("pulse-1.html", "pulse-1.md", "pulse-2.html"),
    }


# The pages


def test_pulse_sheet_writes_the_same_pages_again(pulse: Run, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "again").mkdir()
    assert pulse("pulse", "sheet").code == 4
    ran = pulse("pulse", "sheet", "1", "-o", "again", clock=lambda: LATER)
    assert ran.out == (
        "Wrote again/pulse-1.html and again/pulse-1.md. Next: coachlog pulse add CODE...\n"
    )
    assert {
        path.name: path.read_bytes() for path in (folder / "again").iterdir()
    } == before


def test_page_and_slip_show_the_tag_that_the_screen_and_every_code_have(
    pulse: Run, home: Path, folder: Path
) -> None:
    letters = tag(home)
    page = (folder / "pulse-1.html").read_text("utf-8")
    assert f'Pulse 1, tag <span translate="no">{letters}</span>, made' in page
    assert (
        f'the same tag, <strong class="tag" translate="no">{letters}</strong>' in page
    )
    slip = (folder / "pulse-1.md").read_text("utf-8")
    assert f"Pulse 1, tag {letters}, made 23 November 2026" in slip
    assert f"Everyone's slip has the same tag: {letters}." in slip
    assert f"tag {letters}" in pulse("pulse", "show").out
    assert {code[:2] for code in codes(home, FIVE)} == {letters}


def test_no_two_pulses_have_the_same_tag(
    pulse: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second page for one person would otherwise look like everyone's."""
    monkeypatch.setattr(secrets, "choice", lambda letters: min(letters))
    for _ in range(3):
        assert pulse("pulse", "new").code == 0
    assert len({key.tag for key in keys(home).values()}) == 4


@pytest.mark.usefixtures("pulse")
def test_page_and_slip_say_what_protects_a_reply_and_what_does_not(
    folder: Path,
) -> None:
    for page in folder.iterdir():
        words = page.read_text("utf-8").replace('<span class="bands">', "")
        assert "colleague who collects the" in words
        assert "protects your reply from a look, not from someone who sets out" in words
        assert "below 10 replies in three bands (1-2, 3, 4-5)" in words
        assert "worked out" not in words
        assert "work out" not in words


HOSTILE = "</legend><script>x</script> \"q\" 'q' & | *a* `b` # $tag ${secret}"


def test_typed_words_are_words_on_both_pages() -> None:
    made = Pulse(1, "", NOW.date(), (HOSTILE, "1. <b>"))
    page = pulse_page.build_pulse_html(made, ReplyKey(1, "K7", "secret"))
    assert page.count("<script>") == 1
    assert (
        '<legend dir="auto">&lt;/legend&gt;&lt;script&gt;x&lt;/script&gt; &quot;q&quot; '
        "&#x27;q&#x27; &amp; | *a* `b` # $tag ${secret}</legend>"
    ) in page
    sheet = markdown.write(build_pulse_sheet(made)).decode()
    tokens = MarkdownIt("js-default").parse(sheet)
    said = [
        "".join(one.content for one in t.children or ())
        for t in tokens
        if t.type == "inline"
    ]
    assert HOSTILE in said
    assert "1. <b>" in said


@pytest.mark.usefixtures("pulse")
def test_nothing_on_the_page_can_be_loaded_from_anywhere(folder: Path) -> None:
    page = (folder / "pulse-1.html").read_text("utf-8").casefold()
    assert "default-src 'none'" in page
    ways = (
        "http:",
        "https:",
        "url(",
        "@import",
        " src=",
        "<link",
        "fetch",
        "storage",
        "cookie",
    )
    assert [way for way in ways if way in page] == []


def test_the_secret_is_in_the_browsers_page_and_in_no_other_output(
    pulse: Run, folder: Path, home: Path
) -> None:
    secret = keys(home)[1].secret
    assert secret in (folder / "pulse-1.html").read_text("utf-8")
    assert secret not in (folder / "pulse-1.md").read_text("utf-8")
    for line in ("pulse show", "pulse show --json", "pulse list --json", "pulse list"):
        assert secret not in pulse(*line.split()).out


# Replies


def add(run: Run, *args: str, **more: Any) -> str:
    """Return what `pulse add` says, which must not fail."""
    ran = run("pulse", "add", *args, **more)
    assert (ran.code, ran.err) == (0, ""), ran.err
    return ran.out


def test_replies_are_counted_and_fewer_than_five_stay_unseen(
    pulse: Run, home: Path
) -> None:
    first = codes(home, FIVE)
    assert (
        add(pulse, *first[:2]) == "Added 2 replies to pulse 1. 2 of 5 replies needed.\n"
    )
    assert add(pulse, first[0], first[2]) == (
        "Added 1 reply to pulse 1; 1 had already been counted. 3 of 5 replies needed.\n"
    )
    assert pulse("pulse", "show").out == (
        f"Pulse 1 · tag {tag(home)} · made Mon 23 Nov\n\n3 of 5 replies needed.\n"
        "Response rate: not known, as the size of the team was not given.\n"
    )
    found = shown(pulse)
    assert (found["replies"], found["shown"], found["results"]) == (3, 0, None)
    assert add(pulse, *first) == (
        "Added 2 replies to pulse 1; 3 had already been counted. The results cover 5 replies. "
        "Next: coachlog pulse show 1\n"
    )
    not_compared = {"before": None, "before_bands": None, "change": None}
    assert shown(pulse)["results"] == [
        {
            "statement": pulse_results.USUAL_STATEMENTS[0],
            "mean": None,
            "counts": None,
            "bands": [1, 1, 3],
            **not_compared,
        },
        {
            "statement": pulse_results.USUAL_STATEMENTS[1],
            "mean": None,
            "counts": None,
            "bands": [1, 4, 0],
            **not_compared,
        },
    ]


def test_a_code_read_twice_counts_once_also_within_one_call(
    pulse: Run, home: Path
) -> None:
    (code,) = codes(home, [(1, 1)])
    assert add(pulse, code, code.lower(), code) == (
        "Added 1 reply to pulse 1; 2 had already been counted. 1 of 5 replies needed.\n"
    )
    assert add(pulse, code) == (
        "Added 0 replies to pulse 1; 1 had already been counted. 1 of 5 replies needed.\n"
    )


def test_the_sixth_reply_waits_for_four_more(pulse: Run, home: Path) -> None:
    every = codes(home, [*FIVE, (1, 1), *FIVE])
    add(pulse, *every[:5])
    before = shown(pulse)
    assert add(pulse, every[5]) == (
        "Added 1 reply to pulse 1. 6 replies so far; the results cover 5. The other is held back "
        "until 4 more arrive, so that two looks do not differ by a single reply. "
        "Next: coachlog pulse show 1\n"
    )
    assert shown(pulse) == before | {"replies": 6}
    add(pulse, *every[6:9])
    assert shown(pulse) == before | {"replies": 9}
    add(pulse, every[9])
    assert shown(pulse)["shown"] == 10


def test_a_pile_of_mail_is_read_from_a_pipe(pulse: Run, home: Path) -> None:
    one, two, three, four, five = codes(home, FIVE)
    mail = f"> {one.lower()}\r\n\r\n{two.replace('-', ' ')}, {three}; “{four}”\n* {five}.\n"
    assert add(pulse, "-", input=mail).startswith("Added 5 replies to pulse 1. ")
    assert shown(pulse)["results"][0]["bands"] == [1, 1, 3]


def test_a_code_may_be_typed_in_groups_without_quotes(pulse: Run, home: Path) -> None:
    (code,) = codes(home, [(2, 2)])
    assert add(pulse, *code.split("-")).startswith("Added 1 reply to pulse 1. ")


def test_ten_thousand_codes(pulse: Run, home: Path) -> None:
    every = codes(home, [(1 + n % 5, 1 + n % 3) for n in range(10_000)])
    assert add(pulse, "-", input="\n".join(every)) == (
        "Added 10000 replies to pulse 1. The results cover 10000 replies. "
        "Next: coachlog pulse show 1\n"
    )
    assert shown(pulse)["results"][0]["counts"] == [2000] * 5


def test_paper_slips_are_counted_as_often_as_they_are_given(pulse: Run) -> None:
    assert add(pulse, "--paper", "4 5", "--paper", "4 5") == (
        "Added 2 replies to pulse 1. 2 of 5 replies needed.\n"
    )
    add(pulse, "--paper", "4 5", "--paper", "1,3", "--paper", "2 3", "--pulse", "1")
    assert [one["bands"] for one in shown(pulse)["results"]] == [[2, 0, 3], [0, 2, 3]]


def test_codes_and_slips_together(pulse: Run, home: Path) -> None:
    assert add(
        pulse, *codes(home, FIVE[:3]), "--paper", "1 1", "--paper", "2 2"
    ).startswith("Added 5 replies to pulse 1. The results cover 5 replies.")


# The team


@pytest.mark.usefixtures("screen")
def test_the_size_of_the_team_gives_the_response_rate(run: Run) -> None:
    assert run("pulse", "new", "--team", "12").code == 0
    add(run, *("--paper", "4 5") * 3)
    found = shown(run)
    assert (found["team_size"], found["replies"], found["response_rate"]) == (
        12,
        3,
        0.25,
    )
    assert f"Response rate: {share(3, 12)}.\n" in run("pulse", "show").out
    assert "3 of 12  2 more needed" in run("pulse", "list").out


def test_more_replies_than_people_are_said_and_give_no_rate(run: Run) -> None:
    assert run("pulse", "new", "--team", "5").code == 0
    ran = run("pulse", "add", *("--paper", "4 5") * 6)
    words = "6 replies from a team of 5 are more than one each: "
    assert ran.code == 0
    assert words in ran.err
    assert words in run("pulse", "show").out
    assert shown(run)["response_rate"] is None


@pytest.mark.parametrize(
    ("replies", "told", "size"),
    [
        pytest.param("8", [], 8, id="given"),
        pytest.param(None, [], None, id="skipped"),
        pytest.param(
            ("many", " 4 ", "9" * 5000, "007"),
            ["“many” is not", "A team of 4 is too small", "A team of 9999999999 is"],
            7,
            id="until-it-can-be",
        ),
    ],
)
def test_the_size_of_the_team_is_asked_where_somebody_can_answer(
    run: Run, replies: Any, told: list[str], size: int | None
) -> None:
    person = ScriptedPerson({"How many people will you ask?": replies})
    assert run("pulse", "new", person=person).code == 0
    assert shown(run)["team_size"] == size
    assert len(person.told) == len(told)
    for words, start in zip(person.told, told, strict=True):
        assert words.startswith(start)


def test_a_size_that_was_given_is_not_asked_for(run: Run) -> None:
    person = ScriptedPerson()
    assert run("pulse", "new", "--team", "8", person=person).code == 0
    assert person.asked == []


# What a look shows, and what it does not keep


def test_below_ten_replies_bands_are_all_that_is_anywhere(pulse: Run) -> None:
    """Whatever lies in the same bands looks the same, on the screen and in JSON."""
    add(pulse, *("--paper", "5 1") * 9)
    alike = shown(pulse), pulse("pulse", "show").out
    assert pulse("pulse", "new").code == 0
    add(pulse, *("--paper", "4 2") * 4, *("--paper", "5 1") * 5)
    other = shown(pulse), pulse("pulse", "show").out
    bands = [result["bands"] for result in alike[0]["results"]]
    assert bands == [[0, 0, 9], [9, 0, 0]]
    assert [result["bands"] for result in other[0]["results"]] == bands
    for pulse_json, screen in (alike, other):
        assert {result["mean"] for result in pulse_json["results"]} == {None}
        assert {result["counts"] for result in pulse_json["results"]} == {None}
        assert "  4-5 (5 = fully)       9  " in screen


def test_from_ten_replies_on_every_number_is_counted(pulse: Run) -> None:
    add(pulse, *("--paper", "5 1") * 9, "--paper", "4 2")
    assert [
        (result["counts"], result["mean"], result["bands"])
        for result in shown(pulse)["results"]
    ] == [([0, 0, 0, 1, 9], 4.9, [0, 0, 10]), ([9, 1, 0, 0, 0], 1.1, [10, 0, 0])]
    out = pulse("pulse", "show").out
    assert "three bands" not in out
    assert "  5 (fully)       9  " in out
    assert "  1 (not at all)  0" in out


def test_answers_that_are_all_alike_stay_a_band(pulse: Run) -> None:
    """Otherwise everyone's number is known, however many they are."""
    add(pulse, *("--paper", "5 1") * 11, "--paper", "5 2")
    first, second = shown(pulse)["results"]
    assert (first["counts"], first["mean"], first["bands"]) == (None, None, [0, 0, 12])
    assert (second["counts"], second["mean"]) == ([11, 1, 0, 0, 0], 1.1)
    out = pulse("pulse", "show").out
    assert out.count("The answers are all alike, so only the bands are shown.") == 1
    assert "  4-5 (5 = fully)       12  " in out


def test_two_copies_of_a_home_read_a_reply(pulse: Run, home: Path) -> None:
    """The limit that docs/privacy.md, the page and the slip tell of: nothing may deny it."""
    (code,) = codes(home, [(2, 4)])
    counts = []
    for name, replies in (("without", ["--paper", "3 3"]), ("with", [code])):
        copy = ("--home", str(home.with_name(name)))
        shutil.copytree(home, copy[1])
        stand_ins = ("--paper", "5 5") * 9
        assert pulse(*copy, "pulse", "add", *replies, *stand_ins).code == 0
        results = pulse(*copy, "pulse", "show", "--json").json["pulse"]["results"]
        counts.append([result["counts"] for result in results])
    assert counts == [
        [[0, 0, 1, 0, 9], [0, 0, 1, 0, 9]],
        [[0, 1, 0, 0, 9], [0, 0, 0, 1, 9]],
    ]


@pytest.fixture
def two(pulse: Run) -> Run:
    """Pulses 1 and 2 with the usual wording, and 3 with another."""
    assert pulse("pulse", "new").code == 0
    assert pulse("pulse", "new", "--statement", "One.", "--statement", "Two.").code == 0
    return pulse


def test_a_code_finds_its_pulse_and_slips_the_newest(two: Run, home: Path) -> None:
    assert add(two, *codes(home, FIVE)).startswith("Added 5 replies to pulse 1.")
    assert add(two, *codes(home, FIVE[:1], 2)).startswith("Added 1 reply to pulse 2.")
    assert add(two, "--paper", "1 2").startswith("Added 1 reply to pulse 3.")
    assert add(two, "--paper", "1 2", *codes(home, [(1, 1)], 2, 9)).startswith(
        "Added 2 replies to pulse 2."
    )


REFUSED = [
    pytest.param("K7QF", "“K7QF” has 4 characters; a code has 12.", id="too-short"),
    pytest.param(
        "K7QF-3MZD-2X8R-7", "“K7QF-3MZD-2X8R-7” has 13 characters", id="too-long"
    ),
    pytest.param(
        "7" * 5000, "” has 5000 characters; a code has 12.", id="far-too-long"
    ),
    pytest.param(
        "K7QF-3MZU-2X8R",
        "contains “U”, which is not used in codes.",
        id="wrong-alphabet",
    ),
    pytest.param(
        "\x1b[31m;\x07",
        "contains “\ufffd”, which is not used in codes.",
        id="control-characters",
    ),
]


@pytest.mark.parametrize(("typed", "why"), REFUSED)
def test_one_faulty_code_refuses_all_and_is_named(
    pulse: Run, home: Path, typed: str, why: str
) -> None:
    before = stored(home)
    ran = pulse("pulse", "add", *codes(home, FIVE), typed)
    assert (ran.code, ran.out) == (2, "")
    assert " cannot be used. Nothing was added.\n  - “" in ran.err
    assert why in ran.err
    assert unprintable(ran.err) == set()
    assert max(map(len, ran.err.split("\n"))) < 120
    assert stored(home) == before


def test_every_faulty_code_is_named_with_its_reason_and_nothing_it_holds(
    two: Run, home: Path
) -> None:
    good, other = codes(home, [(1, 5), (2, 4)])
    at = next(
        n
        for n in range(3, len(other))
        if other[n - 1].isalnum() and other[n].isalnum() and other[n - 1] != other[n]
    )
    swapped = other[: at - 1] + other[at] + other[at - 1] + other[at + 1 :]
    changed = good[:-1] + ("0" if good[-1] != "0" else "1")
    (foreign,) = codes(home, [(3, 3)], 2)
    lost = reply_codes.format_reply_code(
        ReplyKey(9, unused_tag(home), "0" * 32), "00000", (1, 1)
    )
    ran = two(
        "pulse", "add", good, changed, swapped, foreign, lost, "hm", "--pulse", "1"
    )
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "5 of 6 codes cannot be used. Nothing was added.\n"
        f"  - “{changed}” is damaged or made up.\n"
        f"  - “{swapped}” is damaged or made up.\n"
        f"  - “{foreign}” is for pulse 2, not for 1.\n"
        f"  - “{lost}” is for a pulse that is not in this journal, "
        "or its first two characters are wrong.\n"
        "  - “hm” has 2 characters; a code has 12.\n"
        "Add the codes of one pulse at a time, without any that cannot be used.\n"
    )


def unused_tag(home: Path) -> str:
    used = {key.tag for key in keys(home).values()}
    return next(tag for tag in ("00", "01", "02", "03") if tag not in used)


def test_codes_of_several_pulses_are_refused(two: Run, home: Path) -> None:
    (one,), (other,) = codes(home, [(1, 5)]), codes(home, [(1, 5)], 2)
    before = stored(home)
    ran = two("pulse", "add", one, other)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(
        "The codes are for more than one pulse. Nothing was added.\n"
        f"  - “{one}” is for pulse 1.\n"
        f"  - “{other}” is for pulse 2.\n"
    )
    assert stored(home) == before


def test_a_message_names_a_hundred_faulty_codes_at_most(pulse: Run) -> None:
    ran = pulse("pulse", "add", "-", input="K7QF\n" * 10_000)
    assert ran.code == 2
    assert ran.err.startswith(
        "10000 of 10000 codes cannot be used. Nothing was added.\n"
    )
    assert ran.err.count("“K7QF” has 4 characters") == 100
    assert "  - and 9900 more.\n" in ran.err


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        pytest.param([], 2, "No codes were given.", id="nothing"),
        pytest.param([""], 2, "No codes were given.", id="empty"),
        pytest.param(["-"], 2, "No codes were given.", id="an-empty-pipe"),
        pytest.param(["--pulse", "1"], 2, "No codes were given.", id="only-the-pulse"),
        pytest.param(
            ["--paper", "6 1"],
            2,
            "“6 1” does not look like a paper slip.",
            id="slip-above-5",
        ),
        pytest.param(
            ["--paper", "4"],
            2,
            "“4” does not look like a paper slip.",
            id="half-a-slip",
        ),
        pytest.param(
            ["--paper", "\x1b"],
            2,
            "“\ufffd” does not look like a paper slip.",
            id="strange-slip",
        ),
        pytest.param(
            ["--paper", "4 5", "--pulse", "9"], 3, "There is no pulse 9.", id="no-pulse"
        ),
        pytest.param(
            ["K7QF", "--pulse", "9"], 3, "There is no pulse 9.", id="no-pulse-for-codes"
        ),
        pytest.param(
            ["--paper", "4 5", "--pulse", "9" * 30],
            3,
            "There is no pulse",
            id="huge-number",
        ),
    ],
)
def test_what_cannot_be_added(
    pulse: Run, home: Path, args: list[str], code: int, message: str
) -> None:
    before = stored(home)
    ran = pulse("pulse", "add", *args, input="\n")
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(message)
    assert stored(home) == before


@pytest.mark.parametrize(
    "line",
    [
        "pulse list",
        "pulse show",
        "pulse sheet",
        "pulse add K7QF",
        "pulse add --paper 45",
    ],
)
def test_without_a_journal(run: Run, folder: Path, line: str) -> None:
    assert run(*line.split()).code == 10
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("verb", ["show", "sheet"])
def test_a_pulse_that_is_not_there(example: Run, folder: Path, verb: str) -> None:
    ran = example("pulse", verb)
    assert (ran.code, ran.err) == (
        3,
        "There is no pulse yet.\nTo make one: coachlog pulse new\n",
    )
    ran = example("pulse", verb, "7")
    assert (ran.code, ran.err) == (
        3,
        "There is no pulse 7.\n`coachlog pulse list` shows them all.\n",
    )
    assert list(folder.iterdir()) == []


def test_a_locked_journal_takes_nothing(
    pulse: Run, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.1)
    (code,) = codes(home, [(1, 1)])
    with closing(dbapi2.connect(home / JOURNAL_FILE, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        assert [pulse("pulse", "add", code).code, pulse("pulse", "new").code] == [
            11,
            11,
        ]
    assert shown(pulse)["replies"] == 0
    assert {path.name for path in folder.iterdir()} == {"pulse-1.html", "pulse-1.md"}


# What is stored


def test_no_reply_and_no_moment_of_one_is_stored(pulse: Run, home: Path) -> None:
    made = stored(home)
    forward = codes(home, FIVE)
    add(pulse, *reversed(forward), clock=lambda: LATER)
    after = stored(home)
    assert (after["pulse"], after["event"]) == (made["pulse"], made["event"])
    assert [kind for _, _, kind, _ in after["event"]] == ["pulse.made"]
    assert after["pulse_code"] == [(1, _nonce(n)) for n in range(5)]
    assert after["pulse_count"] == [
        *(
            (1, 1, 1, 1, 0),
            (1, 1, 2, 0, 0),
            (1, 1, 3, 1, 0),
            (1, 1, 4, 2, 0),
            (1, 1, 5, 1, 0),
        ),
        *(
            (1, 2, 1, 0, 0),
            (1, 2, 2, 1, 0),
            (1, 2, 3, 4, 0),
            (1, 2, 4, 0, 0),
            (1, 2, 5, 0, 0),
        ),
    ]


@pytest.mark.usefixtures("pulse")
@pytest.mark.parametrize("table", ["pulse_code", "pulse_count"])
def test_rows_have_no_hidden_number_that_tells_which_came_first(
    home: Path, table: str
) -> None:
    with (
        closing(dbapi2.connect(home / JOURNAL_FILE)) as db,
        pytest.raises(dbapi2.OperationalError, match="no such column: rowid"),
    ):
        db.execute(f"SELECT rowid FROM {table}")


def test_the_order_in_which_replies_came_leaves_no_trace(
    pulse: Run, home: Path
) -> None:
    first, *rest = codes(home, FIVE)
    copy = (home / JOURNAL_FILE).read_bytes()
    kept = []
    for order in ([first, *rest], [*rest, first]):
        (home / JOURNAL_FILE).write_bytes(copy)
        # Of what was taken away, it would tell.
        (home / HEAD_FILE).unlink()
        for code in order:
            add(pulse, code)
        kept.append(stored(home))
    assert kept[0] == kept[1]


# Looking


SCREEN = """\
Pulse 2 · tag {tag} · made Mon 23 Nov

When my manager says something will be done, I can rely on it.
  5 replies, 5 in pulse 1: no clear change
  4-5 (5 = fully)       4  ████████████████████████
  3                     1  ██████
  1-2 (1 = not at all)  0
  4-5 from {now}, was {before}; 1-2 from {none}, was {low}.

My manager sticks to the rules that apply to all of us.
  5 replies, 5 in pulse 1: clearly higher
  4-5 (5 = fully)       5  ██████████████████████████████
  3                     0
  1-2 (1 = not at all)  0
  4-5 from {all}, was {none}; 1-2 from {none}, was {low}.

The results cover 5 replies.
Response rate: not known, as the size of the team was not given.
Below 10 replies, answers are shown in three bands only.
Two plain statements, not a validated scale: something to talk about, not a measurement.
This keeps single replies from a look, not from anyone who sets out to read them: docs/privacy.md
says how.
"""


@pytest.fixture
def replied(two: Run, home: Path) -> Run:
    """Pulses 1 and 2 with results, and 3 with two replies."""
    add(two, *codes(home, FIVE))
    add(two, *codes(home, [(5, 4), (5, 4), (5, 5), (4, 4), (3, 5)], 2))
    add(two, "--paper", "1 1", "--paper", "2 2")
    return two


def share(count: int, total: int) -> str:
    return styling.format_share(count, total).plain


def test_pulse_show(replied: Run, home: Path) -> None:
    assert replied("pulse", "show", "2").out == SCREEN.format(
        tag=tag(home, 2),
        now=share(4, 5),
        before=share(3, 5),
        all=share(5, 5),
        none=share(0, 5),
        low=share(1, 5),
    )
    found = shown(replied, "2")
    assert [(one["before"], one["before_bands"]) for one in found["results"]] == [
        (None, [1, 1, 3]),
        (None, [1, 4, 0]),
    ]
    assert [one["change"] for one in found["results"]] == ["unclear", "higher"]
    assert (found["compared"], found["compared_shown"]) == (1, 5)


def test_pulse_show_in_plain_letters(replied: Run) -> None:
    out = replied("--ascii", "pulse", "show", "2").out
    assert out.isascii()
    assert "  4-5 (5 = fully)       4  ########################\n" in out


@pytest.mark.parametrize("columns", ["40", "60", "140"])
def test_pulse_show_fits_the_screen(
    replied: Run, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert max(map(len, replied("pulse", "show", "2").out.split("\n"))) <= int(columns)


def test_a_pulse_is_compared_with_the_latest_of_the_same_wording_that_has_results(
    replied: Run, home: Path
) -> None:
    for _ in range(2):
        assert replied("pulse", "new").code == 0
    add(replied, *codes(home, FIVE, 5))
    assert shown(replied, "5")["compared"] == 2
    add(replied, *codes(home, FIVE, 4))
    assert shown(replied, "5")["compared"] == 4
    assert shown(replied, "3")["compared"] is None


def test_a_pulse_with_more_replies_than_people_is_compared_with_none(
    run: Run, home: Path
) -> None:
    """Somebody replied twice or more, so neither a verdict on it nor one by it can be right."""
    for team in ("8", "5", "8"):
        assert run("pulse", "new", "--team", team).code == 0
    add(run, *codes(home, [(1, 1)] * 5))
    assert run("pulse", "add", *codes(home, [(5, 5)] * 9, 2)).code == 0
    add(run, *codes(home, [(5, 5)] * 5, 3))
    pulse = shown(run, "2")
    assert pulse["compared"] is None
    assert [one["change"] for one in pulse["results"]] == [None, None]
    screen = " ".join(run("pulse", "show", "2").out.split())
    assert "clearly" not in screen
    assert "So they are not compared with another pulse." in screen
    assert shown(run, "3")["compared"] == 1
    assert "clearly higher" in run("pulse", "show", "3").out


@pytest.mark.usefixtures("screen")
def test_pulse_list(replied: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    assert replied("pulse", "new", "--team", "8").code == 0
    usual = "When my manager says something will be done, I can rely on it."
    assert replied("pulse", "list").out == (
        "#  tag  made        replies  4 or 5         first statement\n"
        f"4  {tag(home, 4)}   Mon 23 Nov  0 of 8   5 more needed  {usual}\n"
        f"3  {tag(home, 3)}   Mon 23 Nov  2        3 more needed  One.\n"
        f"2  {tag(home, 2)}   Mon 23 Nov  5        4 and 5 of 5   {usual}\n"
        f"1  {tag(home, 1)}   Mon 23 Nov  5        3 and 0 of 5   {usual}\n"
    )
    listed = replied("pulse", "list", "--json").json
    assert list(listed) == ["schema", "pulses"]
    assert listed["pulses"] == [shown(replied, str(id)) for id in (4, 3, 2, 1)]


@pytest.mark.usefixtures("screen")
def test_no_pulses_yet(example: Run) -> None:
    ran = example("pulse", "list")
    assert (ran.code, ran.out) == (
        0,
        "No pulses yet. To make one: coachlog pulse new\n",
    )
    assert example("pulse", "list", "--json").json == {"schema": 1, "pulses": []}


def test_without_enough_replies_no_count_of_them_is_anywhere(replied: Run) -> None:
    out = json.dumps(shown(replied, "3")) + replied("pulse", "show", "3").out
    assert "counts" not in out
    assert "bands" not in out
    assert "mean" not in out
    assert "2 of 5 replies needed." in out
