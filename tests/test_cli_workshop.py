"""`coachlog workshop`: a facilitator's day, and nothing kept of a participant but counts."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from sqlcipher3 import dbapi2

from coachlog.exports.documents.workshop_sheet import build_workshop_sheet
from coachlog.exports.formats import markdown
from coachlog.exports.theme_cards import build_theme_cards
from coachlog.exports.workshop_page import build_workshop_html
from coachlog.model.replies import ReplyKey
from coachlog.model.workshops import Workshop, WorkshopTheme
from coachlog.rules.reply_codes import format_reply_code
from coachlog.rules.workshop_results import SLIP_EXAMPLE
from coachlog.store.database import Journal
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.store.reading.pulse_queries import read_pulse_keys
from coachlog.store.table_columns import TableColumns
from command_support import CtrlC, ScriptedPerson, unprintable
from conftest import NOW, Run
from workshop_support import make_workshop, read_keys, write_codes, write_themes

FIVE = [(5, 1, 1), (4, 1, 1), (4, 1, 2), (3, 1, 1), (1, 2, 1)]
PAGES = ("workshop-1-cards.html", "workshop-1.html", "workshop-1.md")
HOSTILE = "</h2><script>x</script> \"q\" 'q' & | *a* `b` # $tag ${secret}"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that commands run in."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def workshop(run: Run, folder: Path) -> Run:
    """A journal with workshop 1, of three themes, that nobody has replied to."""
    assert make_workshop(run, folder).code == 0
    return run


def add(run: Run, *replies: str, **options: Any) -> str:
    """Return what `workshop add` says, which must not fail."""
    ran = run("workshop", "add", *replies, **options)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def load_json(run: Run, *words: str) -> Any:
    return run("workshop", "show", *words, "--json").json["workshop"]


def dump_rows(home: Path) -> dict[str, list[Any]]:
    """Return every row that a workshop leaves in the journal, and the audit log, without sums."""
    with closing(dbapi2.connect(home / JOURNAL_FILE)) as db:
        return {
            table: [row[1:-1] for row in db.execute(TableColumns(db, table).select_sql)]
            for table in ("workshop", "workshop_code", "workshop_count", "event")
        }


# Making one


def test_a_workshop_has_cards_a_page_and_a_sheet_for_its_owner_alone(
    run: Run, home: Path, folder: Path
) -> None:
    write_themes(folder)
    ran = run("workshop", "new", "Winter 12", "--themes", "themes.txt")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"Made workshop 1, tag {read_keys(home)[1].tag}: workshop-1-cards.html to print, "
        "workshop-1.html for participants, workshop-1.md for paper or chat. Replies have no names: "
        "let one person collect them and pass them on together. A theme shows its number once 5 "
        "people chose it: with 10 replies 2 themes at most, and all 3 from 15 replies on. "
        f"A paper slip is typed as {SLIP_EXAMPLE}. Next: coachlog workshop add CODE...\n"
    )
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in folder.iterdir()}
    del modes["themes.txt"]
    assert modes == dict.fromkeys(PAGES, "0o600")


def test_a_workshop_as_json(workshop: Run, home: Path) -> None:
    shown = load_json(workshop)
    assert len(shown.pop("uid")) == 36
    assert shown == {
        "id": 1,
        "name": "Winter 12",
        "made_on": "2026-11-23",
        "tag": read_keys(home)[1].tag,
        "themes": [
            {
                "title": "Ask first",
                "lines": ["A question before any advice.", "Count to five after it."],
            },
            {
                "title": "Keep your word",
                "lines": ["What is said is done, or moved in time."],
            },
            {"title": "The shadow you cast", "lines": ["People read what you do."]},
        ],
        "replies": 0,
        "shown": 0,
        "results": None,
    }


@pytest.mark.parametrize(
    ("themes", "message"),
    [
        pytest.param(b"", "it has no theme", id="empty"),
        pytest.param(
            b"Ask: caf\xe9", "is not UTF-8 text: byte 9, in line 1", id="latin"
        ),
        pytest.param(b"Ask: a\0b", "has zero bytes", id="zero-bytes"),
        pytest.param(b"Ask: a\nask: b", "the same title as theme 1", id="twice"),
        pytest.param(b"x" * 70_000, "themes.txt is too long: 69 KiB", id="huge"),
        pytest.param(None, "themes.txt cannot be read", id="missing"),
    ],
)
def test_themes_that_cannot_be_used_leave_nothing(
    run: Run, home: Path, folder: Path, themes: bytes | None, message: str
) -> None:
    if themes is not None:
        (folder / "themes.txt").write_bytes(themes)
    before = list(folder.iterdir())
    ran = run("workshop", "new", "Winter", "--themes", "themes.txt")
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert list(folder.iterdir()) == before
    assert not home.exists()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        pytest.param([" "], 2, "A workshop needs a name.", id="empty-name"),
        pytest.param(["x" * 61], 2, "too long: 61 characters", id="long-name"),
        pytest.param(["W", "--per-page", "3"], 2, "it is 2 or 4", id="three-a-page"),
        pytest.param(
            ["W", "-o", "none"], 1, "There is no folder none.", id="no-folder"
        ),
        pytest.param(["W", "-o", "themes.txt"], 1, "is a file", id="a-file"),
    ],
)
def test_what_cannot_be_made_leaves_nothing(
    run: Run, home: Path, folder: Path, words: list[str], code: int, message: str
) -> None:
    write_themes(folder)
    ran = run("workshop", "new", *words, "--themes", "themes.txt")
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert not home.exists()


def test_what_is_missing_is_named(run: Run, folder: Path) -> None:
    ran = run("workshop", "new", "Winter")
    assert (ran.code, ran.err) == (
        2,
        "coachlog needs the themes of the workshop, and cannot ask here.\n"
        "Add --themes FILE.\n",
    )
    assert run("workshop", "new").code == 2
    assert list(folder.iterdir()) == []


def test_what_is_missing_is_asked_for(run: Run, folder: Path) -> None:
    write_themes(folder)
    person = ScriptedPerson(
        {
            "What is the name": "Winter",
            "Which file": ("none.txt", "themes.txt"),
        }
    )
    assert run("workshop", "new", person=person).code == 0
    assert person.told == ["none.txt cannot be read (No such file or directory)."]
    assert load_json(run)["name"] == "Winter"


@pytest.mark.parametrize("name", ["workshop-2.html", "workshop-2-cards.html"])
def test_a_page_that_is_there_already_stays_and_nothing_is_made(
    workshop: Run, home: Path, folder: Path, name: str
) -> None:
    before = dump_rows(home)
    (folder / name).write_text("mine")
    ran = workshop("workshop", "new", "Spring", "--themes", "themes.txt")
    assert (ran.code, ran.out) == (4, "")
    assert f"{name} already exists. Nothing was written." in ran.err
    assert dump_rows(home) == before
    assert (folder / name).read_text() == "mine"


def test_themes_come_from_a_pipe_and_from_toml(run: Run, folder: Path) -> None:
    piped = ["workshop", "new", "Winter", "--themes", "-"]
    assert run(*piped, input="Ask first: A question\n").code == 0
    assert [theme["title"] for theme in load_json(run)["themes"]] == ["Ask first"]
    (folder / "t.toml").write_text(
        '[[theme]]\ntitle = "Wait"\nlines = ["Ten seconds"]\n'
    )
    assert run("workshop", "new", "Spring", "--themes", "t.toml").code == 0
    assert load_json(run, "spring")["themes"] == [
        {"title": "Wait", "lines": ["Ten seconds"]}
    ]


# Its pages


def test_sheet_writes_the_same_pages_again(workshop: Run, folder: Path) -> None:
    before = {name: (folder / name).read_bytes() for name in PAGES}
    (folder / "again").mkdir()
    assert workshop("workshop", "sheet").code == 4
    ran = workshop("workshop", "sheet", "winter", "-o", "again")
    assert ran.out == (
        "Wrote again/workshop-1-cards.html, again/workshop-1.html and again/workshop-1.md. "
        f"A paper slip is typed as {SLIP_EXAMPLE}. Next: coachlog workshop add CODE...\n"
    )
    assert {name: (folder / "again" / name).read_bytes() for name in PAGES} == before
    assert workshop("workshop", "sheet", "--per-page", "2", "--force").code == 0
    cards = (folder / PAGES[0]).read_text("utf-8")
    assert (cards.count('class="sheet"'), cards.count('class="card"')) == (2, 3)


def test_typed_words_are_words_on_every_page() -> None:
    made = Workshop(
        1, "", HOSTILE, NOW.date(), "K7", (WorkshopTheme(HOSTILE, (HOSTILE, "1. <b>")),)
    )
    page = build_workshop_html(made, ReplyKey(1, "K7", "secret", (5, 1, 2)))
    assert page.count("<script>") == 1
    cards = build_theme_cards(made, 4)
    assert "<script>" not in cards
    escaped = (
        "&lt;/h2&gt;&lt;script&gt;x&lt;/script&gt; &quot;q&quot; &#x27;q&#x27; &amp;"
    )
    assert escaped in page
    assert cards.count(escaped) == 5
    tokens = MarkdownIt("js-default").parse(
        markdown.write(build_workshop_sheet(made)).decode()
    )
    texts = [
        "".join(child.content for child in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]
    assert f"☐ 1 {HOSTILE}" in texts
    assert f"Before you go: {HOSTILE}" in texts


@pytest.mark.usefixtures("workshop")
def test_nothing_on_a_page_can_be_loaded_from_anywhere(folder: Path) -> None:
    ways = ("http:", "https:", "url(", "@import", " src=", "<link", "fetch", "cookie")
    for name in PAGES[:2]:
        page = (folder / name).read_text("utf-8").casefold()
        assert "default-src 'none'" in page
        assert [way for way in ways if way in page] == []


def test_the_secret_is_on_the_participants_page_alone(
    workshop: Run, home: Path, folder: Path
) -> None:
    secret = read_keys(home)[1].secret
    holders = [name for name in PAGES if secret in (folder / name).read_text("utf-8")]
    assert holders == ["workshop-1.html"]
    for line in ("workshop show", "workshop show --json", "workshop list --json"):
        assert secret not in workshop(*line.split()).out


def test_page_and_sheet_have_the_tag_that_every_code_has(
    workshop: Run, home: Path, folder: Path
) -> None:
    tag = read_keys(home)[1].tag
    for name in PAGES[1:]:
        assert tag in (folder / name).read_text("utf-8")
    assert f"tag {tag}" in workshop("workshop", "show").out
    assert {code[:2] for code in write_codes(home, FIVE)} == {tag}


# Replies


def test_a_facilitators_day(workshop: Run, home: Path) -> None:
    codes = write_codes(home, FIVE)
    assert add(workshop, *codes[:4]) == (
        "Added 4 replies to workshop 1. 4 of 5 replies needed.\n"
    )
    assert load_json(workshop)["results"] is None
    assert workshop("workshop", "list", "--plain").out.split("\t")[3:5] == [
        "4",
        "1 more needed",
    ]
    assert add(workshop, *codes) == (
        "Added 1 reply to workshop 1; 4 had already been counted. "
        "The results cover 5 replies. Next: coachlog workshop show 1\n"
    )
    results = load_json(workshop)["results"]
    assert results == {
        "usefulness_bands": [1, 1, 3],
        "usefulness_counts": None,
        "usefulness_mean": None,
        "theme_counts": [None, None, None],
        "will_try": 4,
    }
    assert add(workshop, "5", "3", "yes").startswith("Added 1 reply to workshop 1. 6 ")
    assert load_json(workshop)["results"] == results
    add(workshop, "-", input="4 1 y\n5 2 no\n2,1,yes\n3 1 n\n")
    assert load_json(workshop)["results"] == {
        "usefulness_bands": [2, 2, 6],
        "usefulness_counts": [1, 1, 2, 3, 3],
        "usefulness_mean": 3.6,
        "theme_counts": [7, None, None],
        "will_try": 7,
    }


def test_what_a_workshop_looks_like(workshop: Run, home: Path) -> None:
    tag = read_keys(home)[1].tag
    assert workshop("workshop", "show").out == (
        f"Workshop 1 · Winter 12 · tag {tag} · made Mon 23 Nov\n\n"
        "1  Ask first\n2  Keep your word\n3  The shadow you cast\n\n"
        "0 of 5 replies needed.\n"
    )
    add(workshop, "5 1 yes", "4 1 yes", "4 1 no", "5 1 y", "3 1 yes")
    words = workshop("workshop", "show").out
    for expected in (
        "How useful was today for your work?",
        "4-5 (5 = very)",
        "1  Ask first            5",
        "2  Keep your word       < 5",
        "yes from 4 of 5",
        "Below 10 replies, answers are shown in three bands only.",
        "< 5 is fewer than five, or hidden",
    ):
        assert expected in words


def test_replies_are_asked_for_one_by_one(workshop: Run, home: Path) -> None:
    (code,) = write_codes(home, FIVE[:1])
    replies = {"Which reply?": code, "The next reply?": ("4 2 yes", None)}
    person = ScriptedPerson(replies)
    ran = workshop("workshop", "add", person=person)
    assert ran.out.startswith("Added 2 replies to workshop 1. 2 of 5 ")


def test_every_fault_is_named_and_nothing_is_added(
    workshop: Run, home: Path, folder: Path
) -> None:
    assert make_workshop(workshop, folder, "Spring").code == 0
    assert workshop("pulse", "new").code == 0
    good, other = write_codes(home, FIVE[:1])[0], write_codes(home, FIVE[:1], id=2)[0]
    forged = good[:-1] + ("7" if good[-1] != "7" else "8")
    before = dump_rows(home)
    ran = workshop("workshop", "add", good, forged, "K7Q", other, "--workshop", "1")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "3 of 4 codes cannot be used. Nothing was added.\n"
        f"  - “{forged}” is damaged or made up.\n"
        "  - “K7Q” has 3 characters; a code has 12.\n"
        f"  - “{other}” is for workshop 2, not for 1.\n"
        "Add the codes of one workshop at a time, without any that cannot be used.\n"
    )
    for replies in (
        [good, other],
        ["6 1 yes"],
        ["4 4 yes"],
        ["4 2"],
        [good, "4 9 no"],
    ):
        assert workshop("workshop", "add", *replies).code == 2
    assert dump_rows(home) == before


def test_slips_can_be_typed_one_after_the_other(workshop: Run) -> None:
    assert add(workshop, *["4", "2", "yes", "5", "1", "no", "3", "3", "y"]).startswith(
        "Added 3 replies"
    )


def test_every_slip_that_cannot_be_read_is_named(workshop: Run) -> None:
    ran = workshop("workshop", "add", "-", input="4 2 yes\n9 1 no\n4 9 yes\n")
    assert (ran.code, ran.err) == (
        2,
        "2 of 3 paper slips cannot be read. Nothing was added.\n"
        "  - “9 1 no”\n"
        "  - “4 9 yes”\n"
        "Type how useful (1 to 5), the number of the theme (1 to 3), and yes or no: "
        f"{SLIP_EXAMPLE}\n",
    )


def test_a_code_of_a_pulse_is_none_of_a_workshop(workshop: Run, home: Path) -> None:
    assert workshop("pulse", "new").code == 0
    with closing(dbapi2.connect(home / JOURNAL_FILE)) as db:
        ((tag,),) = db.execute("SELECT tag FROM pulse").fetchall()
    assert tag != read_keys(home)[1].tag
    ran = workshop("workshop", "add", f"{tag}QF-3MZC-HJSR")
    assert ran.code == 2
    assert "is for a workshop that is not in this journal" in ran.err


def test_a_code_of_a_pulse_names_the_command_that_takes_it(
    workshop: Run, home: Path
) -> None:
    assert workshop("pulse", "new").code == 0
    with Journal(home).read() as db:
        (key,) = read_pulse_keys(db)
    code = format_reply_code(key, "00000", (3, 4))
    ran = workshop("workshop", "add", code)
    assert (ran.code, ran.out) == (2, "")
    assert f"“{code}” is for pulse 1: coachlog pulse add takes it." in ran.err
    assert workshop("pulse", "add", code).code == 0


def test_a_code_of_a_workshop_names_the_command_that_takes_it(
    workshop: Run, home: Path
) -> None:
    assert workshop("pulse", "new").code == 0
    (code,) = write_codes(home, FIVE[:1])
    ran = workshop("pulse", "add", code)
    assert (ran.code, ran.out) == (2, "")
    assert f"“{code}” is for workshop 1: coachlog workshop add takes it." in ran.err


def test_the_form_of_a_slip_is_one_word_that_is_read_as_a_slip(
    workshop: Run, folder: Path
) -> None:
    assert " " not in SLIP_EXAMPLE
    assert SLIP_EXAMPLE in (folder / "workshop-1.md").read_text("utf-8")
    assert "Added 1 reply" in add(workshop, SLIP_EXAMPLE)


def test_slips_are_for_the_newest_workshop_or_the_one_named(
    workshop: Run, folder: Path
) -> None:
    assert make_workshop(workshop, folder, "Spring").code == 0
    assert "to workshop 2." in add(workshop, "4 2 yes")
    assert "to workshop 1." in add(workshop, "4 2 yes", "--workshop", "winter")


def test_a_workshop_is_named_by_its_number_or_name(workshop: Run, folder: Path) -> None:
    assert make_workshop(workshop, folder, "Winter 13").code == 0
    assert load_json(workshop)["id"] == 2
    assert load_json(workshop, "1")["id"] == 1
    assert load_json(workshop, "WINTER 12")["id"] == 1
    ran = workshop("workshop", "show", "winter")
    assert (ran.code, ran.out) == (3, "")
    assert "2 (Winter 13) and 1 (Winter 12)" in ran.err
    ran = workshop("workshop", "show", "autumn")
    assert (ran.code, ran.err) == (
        3,
        "There is no workshop autumn.\n`coachlog workshop list` shows them all.\n",
    )


# What is kept


def test_only_counts_and_the_randomness_of_codes_are_kept(
    workshop: Run, home: Path
) -> None:
    before = dump_rows(home)
    codes = write_codes(home, FIVE)
    add(workshop, *codes, "5 1 yes")
    after = dump_rows(home)
    assert after["event"] == before["event"]
    assert after["workshop"] == before["workshop"]
    # No moment, and no answer.
    assert sorted(after["workshop_code"]) == [
        (1, code.replace("-", "")[2:7]) for code in codes
    ]
    assert {len(row) for row in after["workshop_count"]} == {5}


def test_undo_leaves_replies_as_they_are(workshop: Run, home: Path) -> None:
    add(workshop, "4 2 yes")
    before = dump_rows(home)
    assert workshop("undo").code == 4
    assert dump_rows(home)["workshop_count"] == before["workshop_count"]


def test_no_export_has_a_word_of_a_workshop(workshop: Run) -> None:
    workshop("person", "add", "Priya Shah", "-r", "report")
    lines = (
        "history export priya --format json -o -",
        "search shadow --json",
        "--json",
    )
    for line in lines:
        assert "shadow you cast" not in workshop(*line.split()).out.casefold()


def test_control_characters_are_made_visible(run: Run, folder: Path) -> None:
    write_themes(folder, "Ask \x1b[31m\u202e: Words \x07 here\n")
    assert run("workshop", "new", "Win\x1b[0mter", "--themes", "themes.txt").code == 0
    for line in ("workshop list", "workshop show", "workshop show --json"):
        assert unprintable(run(*line.split()).out) == set()
    for name in PAGES:
        assert unprintable((folder / name).read_text("utf-8")) == set()


def test_the_first_workshop_is_explained(run: Run) -> None:
    ran = run("person", "add", "Priya Shah", "-r", "report")
    ran = run("workshop", "show")
    assert (ran.code, ran.out) == (3, "")
    assert "There is no workshop yet." in ran.err
    assert json.loads(run("workshop", "list", "--json").out)["workshops"] == []


# A slip of the finger


def test_a_reply_that_cannot_be_used_is_asked_for_again(workshop: Run) -> None:
    person = ScriptedPerson(
        {"Which reply?": ("no idea", "5 1 yes"), "The next reply?": ("4 2 y", None)}
    )
    ran = workshop("workshop", "add", person=person)
    assert ran.out.startswith("Added 2 replies to workshop 1."), ran.err
    assert person.told == [
        "“no idea” does not look like a paper slip: how useful (1 to 5), the number of the theme "
        "(1 to 3), and yes or no."
    ]


def test_slips_that_were_typed_are_handed_back(workshop: Run) -> None:
    person = ScriptedPerson(
        {"Which reply?": "4 1 yes", "The next reply?": ("5 2 no", CtrlC("3 1"))}
    )
    ran = workshop("workshop", "add", person=person)
    assert (ran.code, ran.out) == (130, "")
    assert ran.err == (
        "Stopped. Nothing was added.\nCopy what you typed from here:\n"
        "4 1 yes\n5 2 no\n3 1\n"
    )
    assert load_json(workshop)["replies"] == 0


@pytest.mark.parametrize(
    "words",
    [("4", "2"), ("yes", "4", "2"), ("6 2 maybe",), ("4 9 yes",), ("4 1 yes 5",)],
)
def test_each_wrong_slip_gets_the_same_sentence(
    workshop: Run, words: tuple[str, ...]
) -> None:
    ran = workshop("workshop", "add", *words)
    assert ran.code == 2
    assert f"“{' '.join(words)}” does not look like a paper slip" in ran.err


@pytest.mark.parametrize(
    "words", [("4 1 yes 5 2 no",), ("4", "1", "yes", "5", "2", "no")]
)
def test_slips_in_a_row_are_read(workshop: Run, words: tuple[str, ...]) -> None:
    assert add(workshop, *words).startswith("Added 2 replies to workshop 1.")
