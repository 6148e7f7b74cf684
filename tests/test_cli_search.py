"""`coachlog search`: what is found, in which order, what is not told, and what is typed."""

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from coachlog.model.actions import Promise
from coachlog.model.goals import Goal, Rating
from coachlog.model.people import Relationship
from coachlog.services.search import list_opening_words
from coachlog.store.database import Journal
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.store.reading import search_queries
from coachlog.store.writing import (
    action_changes,
    goal_changes,
    note_changes,
    person_changes,
    session_changes,
)
from coachlog.terminal.console import Console
from command_support import ScriptedPerson, built
from conftest import Run
from set_builders import gather, meet
from store_builders import NOW, TODAY, YESTERDAY, hold, said

LAST_WEEK = TODAY - timedelta(days=7)


def fill(journal: Journal) -> None:
    with journal.change(NOW - timedelta(days=30), create=True) as change:
        set_id, (_, ann, ben) = gather(change, None, "Ann Obi", "Ben Ek")
        hold(
            change,
            Promise("Publish the rota", "them", done_when="it is on the wall"),
            Promise("Hide the rota", "me", private=True),
            person=ann,
            on=LAST_WEEK,
            answers=[
                said("open", "The summer rota is settled; Søren runs the huddle."),
                said("secret", "The rota and abracadabra", private=True),
                said("ill", "The rota makes her ill")._replace(health=True),
                said("many", ["rota one", "hand-over"]),
                said("none", None),
                said("size", 7),
            ],
            tags=["Handover"],
        )
        hold(
            change,
            person=ben,
            on=YESTERDAY,
            answers=[said("open", "No huddle without a ROTA, says Ben")],
        )
        note_changes.insert_note(change, ann, "Ask about the rota again", on=TODAY)
        goal = Goal("A fair rota", "so that all rest", None)
        id = goal_changes.insert_goal(change, goal, on=LAST_WEEK, person_id=ann)
        rating = Rating(YESTERDAY, 5, "the rota got fairer")
        goal_changes.insert_rating(change, id, rating)
        action_changes.insert_action_note(change, 1, "rota: half done", on=TODAY)
        meet(
            change,
            set_id,
            present=(1, 2, 3),
            on=LAST_WEEK,
            answers=[said("process", "A set talks about the rota")],
        )


@pytest.fixture
def full(run: Run, console: Console, home: Any) -> Run:
    """Conversations with Ann and Ben, a set, a goal and a note, all about the rota."""
    built(run, home, lambda _: fill(console.desk.journal))
    return run


def find(run: Run, *words: str) -> list[tuple[str, str, str]]:
    """Return the kind, the day and the text of each hit."""
    ran = run("search", *words, "--json")
    assert (ran.code, ran.err) == (0, ""), ran.err
    return [(hit["kind"], hit["on"], hit["text"]) for hit in ran.json["hits"]]


def count(run: Run, *words: str) -> int:
    return len(find(run, *words))


EVERYDAY = [
    ("promise", "2026-11-23", "rota: half done"),
    ("goal", "2026-11-22", "the rota got fairer"),
    ("answer", "2026-11-22", "No huddle without a ROTA, says Ben"),
    ("goal", "2026-11-16", "A fair rota · so that all rest"),
    ("promise", "2026-11-16", "Publish the rota · it is on the wall"),
    ("answer", "2026-11-16", "A set talks about the rota"),
    ("answer", "2026-11-16", "rota one · hand-over"),
    ("answer", "2026-11-16", "The summer rota is settled; Søren runs the huddle."),
]


def test_the_newest_come_first_and_nothing_private_is_there(full: Run) -> None:
    assert find(full, "rota") == EVERYDAY


def test_private_words_health_and_notes_are_there_when_asked_for(full: Run) -> None:
    hits = find(full, "rota", "--private")
    assert len(hits) == len(EVERYDAY) + 4
    assert ("note", "2026-11-23", "Ask about the rota again") in hits
    assert find(full, "rota", "--kind", "note") == [
        ("note", "2026-11-23", "Ask about the rota again")
    ]


@pytest.mark.parametrize(
    ("words", "most"),
    [
        pytest.param(["rota", "huddle"], 2, id="all-of-them"),
        pytest.param(["summer rota"], 1, id="a-phrase"),
        pytest.param(["rota summer"], 0, id="a-phrase-has-an-order"),
        pytest.param(["rota", "not:huddle"], 6, id="not"),
        pytest.param(["rota", "not:summer rota"], 7, id="not-a-phrase"),
        pytest.param(["SOREN"], 1, id="strokes-and-case"),
        pytest.param(["hudd"], 2, id="the-last-may-go-on"),
        pytest.param(["hudd", "rota"], 0, id="only-the-last"),
        pytest.param(["hand", "over"], 1, id="hyphens"),
        pytest.param(["hand-over"], 1, id="a-hyphen-typed"),
        pytest.param(["rota", "--kind", "goal"], 2, id="kind"),
        pytest.param(["rota", "--person", "ann"], 6, id="person"),
        pytest.param(["rota", "--person", "ben"], 1, id="another-person"),
        pytest.param(["rota", "--template", "grow"], 6, id="template"),
        pytest.param(["rota", "--tag", "handover"], 4, id="tag"),
        pytest.param(["rota", "--since", "yesterday"], 3, id="since"),
        pytest.param(["rota", "--until", "2026-11-16"], 5, id="until"),
        pytest.param(
            ["rota", "--since", "2026-11-17", "--until", "2026-11-22"], 2, id="between"
        ),
        pytest.param(["grow"], 3, id="titles"),
        pytest.param(["wall", "--best"], 1, id="best"),
        pytest.param(["abracadabra"], 0, id="private"),
        pytest.param(["abracadabra", "--private"], 1, id="private-asked-for"),
    ],
)
def test_how_many_a_search_finds(full: Run, words: list[str], most: int) -> None:
    assert count(full, *words) == most


@pytest.mark.parametrize("most", [1, 2, 3, 16])
def test_a_beginning_is_found_of_few_words_and_of_many(
    full: Run, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_queries, "_MOST_LAST_WORDS", most)
    for words in ("su", "sum", "summary", "the summery", "summer sun"):
        assert full("note", "ann", words).code == 0
    hits = {"su": 6, "sum": 5, "summe": 3, "summer": 3, "sunn": 0}
    hits |= {"the summer": 2, "summer s": 0, "summer su": 1, "su summer": 0}
    assert {word: count(full, word, "--private") for word in hits} == hits


def test_the_rest_is_counted_without_what_is_hidden(full: Run) -> None:
    ran = full("search", "rota", "--limit", "3")
    assert len(ran.out.splitlines()) == 3
    assert ran.err == "5 more: add a word, or --limit 100\n"


def test_a_great_many_are_not_counted(
    full: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coachlog.services import search

    monkeypatch.setattr(search, "MOST_COUNTED", 4)
    ran = full("search", "rota", "--limit", "3")
    assert ran.err == "More than 4 in all: add a word, or --limit 100\n"


def test_the_best_have_the_word_most_often(full: Run) -> None:
    assert full("note", "ann", "rota rota rota").code == 0
    first, *_ = find(full, "rota", "--best", "--private")
    assert first == ("note", "2026-11-23", "rota rota rota")


@pytest.mark.parametrize("private", [False, True])
def test_near_words_are_of_what_may_be_shown(full: Run, private: bool) -> None:
    words = ["search", "abracadabro", *(["--private"] if private else [])]
    ran = full(*words)
    assert ran.code == 0
    assert ("abracadabra" in ran.err) is private
    assert "Near words: huddle" in full("search", "hudlle").err


def test_near_words_are_spelt_as_they_were_typed(full: Run) -> None:
    assert "Near words: søren" in full("search", "sorem").err


@pytest.mark.parametrize("words", [["hudlle", "summer"], ["hudd", "summer"]])
def test_near_words_are_of_any_word_that_nothing_has(
    full: Run, words: list[str]
) -> None:
    """Only the last word may go on: `hudd` before another is none."""
    assert "Near words: huddle" in full("search", *words).err


def test_what_is_near_is_the_next_search(full: Run) -> None:
    ran = full("search", "hudlle")
    assert ran.err.splitlines()[:3] == [
        "Nothing has this word.",
        "Near words: huddle",
        "To search for it: coachlog search huddle",
    ]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["ann", "summer"], "coachlog search summer --person ann"),
        (["zebra", "Ben"], "coachlog search zebra --person Ben"),
        (["a zebra", "Ben"], 'coachlog search "a zebra" --person Ben'),
        (["zebra", "crossing"], None),
        (["Ben"], None),
        (["zebra", "Ben", "--person", "ann"], None),
    ],
)
def test_a_name_leads_to_the_search_with_that_person(
    full: Run, words: list[str], line: str | None
) -> None:
    remarks = full("search", *words).err.splitlines()
    leads = [remark for remark in remarks if remark.startswith("Names are not")]
    assert leads == ([f"Names are not searched; with a person: {line}"] if line else [])


def test_nothing_hidden_can_be_told_by_what_is_said_of_nothing(full: Run) -> None:
    """A word that is only in private entries looks like one that is nowhere."""
    hidden, nowhere = full("search", "abracadabra"), full("search", "xylophone")
    assert (hidden.code, hidden.out, hidden.err) == (nowhere.code, "", nowhere.err)


def test_a_record_in_a_pipe(full: Run) -> None:
    ran = full("search", "summer")
    assert ran.out == (
        "Mon 16 Nov\tAnn Obi\tanswer\t1\tGROW\t"
        "The summer rota is settled; Søren runs the huddle.\n"
    )


def test_a_record_in_a_pipe_is_short_however_long_the_text_is(full: Run) -> None:
    assert full("note", "ann", f"zebra {'a word ' * 5000}").code == 0
    (line,) = full("search", "zebra", "--kind", "note").out.splitlines()
    assert len(line) < 300


def test_the_json_of_a_hit(full: Run) -> None:
    (hit,) = full("search", "huddle", "--person", "ann", "--json").json["hits"]
    start, end = hit["marks"][0]
    assert hit["excerpt"][start:end] == "huddle"
    assert {
        name: hit[name] for name in ("id", "session", "people", "question", "title")
    } == {
        "id": 1,
        "session": 1,
        "people": ["Ann Obi"],
        "question": "open?",
        "title": "GROW",
    }


def test_a_screen_marks_the_words(full: Run, console: Console) -> None:
    console.draws = True
    ran = full("search", "huddle", "--person", "ann")
    assert ran.out.splitlines()[1:] == [
        "1  The summer rota is settled; Søren runs the huddle.",
        "   Mon 16 Nov · Ann Obi · GROW · answer",
    ]


# What is gone


@pytest.mark.parametrize(
    ("lines", "before", "after"),
    [
        pytest.param(["session delete 2 --yes"], 1, 0, id="deleted"),
        pytest.param(
            ["session delete 2 --yes", "session restore 2"], 1, 1, id="restored"
        ),
        pytest.param(["session delete 2 --yes", "undo"], 1, 1, id="undone"),
        pytest.param(["person edit ben --name Bengt"], 1, 1, id="renamed"),
        pytest.param(["person archive ben"], 1, 1, id="archived"),
    ],
)
def test_what_is_hidden_is_not_found(
    full: Run, lines: list[str], before: int, after: int
) -> None:
    assert count(full, "huddle", "not:summer") == before
    for line in lines:
        ran = full(*line.split())
        assert ran.code == 0, (line, ran.err)
    assert count(full, "huddle", "not:summer") == after


def test_a_merged_person_has_the_words_of_both(full: Run) -> None:
    # They cannot be one person while both were in a meeting.
    assert full("session", "delete", "3", "--yes").code == 0
    assert full("person", "merge", "ann", "ben", "--yes").code == 0
    assert count(full, "huddle", "--person", "ann") == 2


def test_what_becomes_private_is_not_found(full: Run) -> None:
    assert count(full, "wall") == 1
    assert full("action", "edit", "1", "--private").code == 0
    assert count(full, "wall") == 0
    assert count(full, "half") == 0
    assert count(full, "wall", "--private") == 1


def test_a_draft_is_found_once_it_is_held(run: Run) -> None:
    text = json.dumps(
        {
            "person": "Ann Obi",
            "relationship": "report",
            "template": "quick",
            "answers": {"capture.mattered": "zanzibar"},
        }
    )
    assert run("session", "new", "--answers", "-", input=text).code == 0
    assert count(run, "zanzibar") == 1
    assert run("undo").code == 0
    assert count(run, "zanzibar") == 0


# What is typed

NASTY = [
    "' OR 1=1 --",
    '"',
    '""""',
    "rota\0x",
    "NEAR(rota huddle, 5)",
    "rota*",
    "^rota",
    "words:rota",
    "{words}:rota",
    "rota AND",
    "OR",
    "NOT rota",
    "(rota",
    "-rota",
    "-x",
    "-p",
    "-hq",
    "--",
    "%",
    "_",
    "\\",
    "[b]x[/b]",
    "<script>alert(1)</script>",
    "\x1b[31mred",
    "\u202ertl",
    "e\u0301",
    "👩‍👩‍👧",
    "会议",
    "ไทย",
    "\ud800",
    "x" * 70_000,
    "rota " * 2_000,
    "NULL",
    "not:not:",
    "not:rota",
    "…",
]


@pytest.mark.parametrize("words", NASTY, ids=ascii)
def test_any_words_are_safe(full: Run, words: str) -> None:
    for line in (["search", words], ["search", "rota", words]):
        ran = full(*line)
        assert ran.code in (0, 2), ran.err
        assert "Something went wrong" not in ran.err
        assert "\x1b" not in ran.out + ran.err


@pytest.mark.parametrize(
    "words",
    [text for text in NASTY if "\0" not in text and "\ud800" not in text],
    ids=ascii,
)
def test_any_words_are_found_again(run: Run, words: str, home: Any) -> None:
    """What was written can be searched for with the same words, if it has any."""
    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        person_changes.insert_person(change, "Ann", Relationship.REPORT)
        note_changes.insert_note(change, 1, f"left {words} right", on=TODAY)
    if words.lower().startswith("not:"):
        return
    ran = run("search", "--kind", "note", "left", "--", words)
    assert ran.code in (0, 2)
    if ran.code == 0:
        assert ran.out != "", ran.err


def test_a_hyphen_makes_no_option(full: Run) -> None:
    assert count(full, "-huddle") == 2
    assert count(full, "rota", "-p") == 0
    assert count(full, "rota", "--since", "-3d") == 3
    ran = full("search", "rota", "--persn", "ann")
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        pytest.param("rota --person zed", 3, "There is nobody", id="person"),
        pytest.param("rota --tag handovre", 3, "Did you mean Handover?", id="tag"),
        pytest.param("rota --template gorw", 3, "grow", id="template"),
        pytest.param("rota --kind x", 2, "answer", id="kind"),
        pytest.param("rota --since soon", 2, "", id="day"),
        pytest.param(
            "rota --since today --until yesterday", 2, "--until is before", id="order"
        ),
        pytest.param("not:rota", 2, "only what to leave out", id="only-not"),
        pytest.param("", 2, "needs words to search for", id="nothing"),
    ],
)
def test_what_cannot_be_done_is_said(
    full: Run, line: str, code: int, words: str
) -> None:
    ran = full("search", *line.split())
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err


def test_alone_it_asks(full: Run) -> None:
    person = ScriptedPerson(
        {"What are you looking for?": ("...", 'huddle not:"summer rota"')}
    )
    ran = full("search", person=person)
    assert "No huddle without a ROTA" in ran.out
    assert person.refused != [] or len(person.asked) == 2


def test_a_result_is_opened_as_what_it_is(full: Run, console: Console) -> None:
    from coachlog.services.search import SearchRequest, search_entries

    request = SearchRequest(("rota",), private=True)
    result = search_entries(console.desk, request)
    lines = {" ".join(list_opening_words(hit, private=False)) for hit in result.hits}
    assert lines == {
        *("session show 1", "session show 2", "session show 3"),
        *("action show 1", "action show 2", "goal show 1"),
        "note --list --all Ann Obi",
    }
    for line in lines:
        assert full(*line.split()).code == 0, line


def test_a_deleted_row_is_not_read(full: Run, console: Console) -> None:
    """Even an index that is behind shows nothing of a conversation that is hidden."""
    journal = console.desk.journal
    with journal.change(NOW) as change:
        session_changes.mark_session_deleted(change, 2)
        change.flush()
        change.watch.searched_rows.clear()
    assert count(full, "huddle") == 1


# What is damaged


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        ("answer SET value = 'not json rota' WHERE value LIKE '%summer rota%'", 1),
        ("answer SET value = '\"Another rota\"' WHERE value LIKE '%summer rota%'", 1),
        ("action SET what = 'Publish another rota' WHERE what LIKE 'Publish%'", 2),
        ("action_event SET note = 'rota' WHERE note LIKE 'rota%'", 1),
        ("goal SET levels = 'not json' WHERE title LIKE '%rota'", 2),
        ("goal SET levels = '5' WHERE title LIKE '%rota'", 2),
        (
            "session SET title = 'x' WHERE id = (SELECT max(session_id) FROM session_tag) + 1",
            1,
        ),
        ("person SET name = 'Ann Ode' WHERE name = 'Ann Obi'", 7),
    ],
)
@pytest.mark.parametrize("option", ["", "--best", "--limit=9"])
def test_what_is_damaged_is_not_among_the_hits_and_is_said(
    full: Run, home: Path, change: str, lost: int, option: str
) -> None:
    with closing(dbapi2.connect(home / JOURNAL_FILE, isolation_level=None)) as db:
        assert db.execute(f"UPDATE {change}").rowcount == 1
    options = [option] if option else []
    ran = full("search", "rota", *options, "--json")
    assert ran.code == 1
    assert " is damaged: it is not as it was written. It is not shown." in ran.err
    assert "coachlog check" in ran.err
    hits = [(hit["kind"], hit["on"], hit["text"]) for hit in ran.json["hits"]]
    assert set(hits) < set(EVERYDAY)
    assert (len(hits), ran.json["more"]) == (len(EVERYDAY) - lost, 0)
    ran = full("search", "rota", *options)
    assert (ran.code, len(ran.out.splitlines())) == (1, len(hits))
    assert "coachlog check" in ran.err


def test_where_all_that_is_found_is_damaged_it_is_not_said_to_be_nothing(
    full: Run, home: Path
) -> None:
    with closing(dbapi2.connect(home / JOURNAL_FILE, isolation_level=None)) as db:
        db.execute("UPDATE answer SET value = 'x' WHERE value LIKE '%summer%'")
    for words in ("summer", "sumer"):
        ran = full("search", words)
        assert (ran.code, ran.out) == (1, "")
        assert "Nothing has" not in ran.err
        assert "coachlog check" in ran.err
