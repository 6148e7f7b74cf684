"""Task lists as Obsidian's plug-in Tasks reads them: fields off the end of a line, and no others.

`read_task` does what the plug-in does, by the expressions of its serialiser for emoji.
"""

import re
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import cmarkgfm
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from coachlog.exports.blocks import Checklist, Document, Task
from coachlog.exports.documents.action_list import build_action_task
from coachlog.exports.formats import markdown
from coachlog.model.actions import Action
from coachlog.rules.task_ids import shorten_task_uid
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.text import clean_line
from command_support import hold
from conftest import Run
from typed_pages import NASTY

DAY = r"(\d{4}-\d{2}-\d{2})"
FIELDS = {
    "priority": "([🔺⏫🔼🔽⏬])",
    "made": f"➕\ufe0f? *{DAY}",
    "start": f"🛫\ufe0f? *{DAY}",
    "scheduled": f"(?:⏳|⌛)\ufe0f? *{DAY}",
    "due": f"(?:📅|📆|🗓)\ufe0f? *{DAY}",
    "done": f"✅\ufe0f? *{DAY}",
    "cancelled": f"❌\ufe0f? *{DAY}",
    "again": "🔁\ufe0f? *([a-zA-Z0-9, !]+)",
    "then": "🏁\ufe0f? *([a-zA-Z]+)",
    "needs": "⛔\ufe0f? *([a-zA-Z0-9-_]+( *, *[a-zA-Z0-9-_]+ *)*)",
    "id": "🆔\ufe0f? *([a-zA-Z0-9-_]+)",
}
TAG = r"(?:^|\s)#[^ !@#$%^&*(),.?\":{}|<>]+"
LINE = re.compile(r"- \[(.)\] (.*)")


class ReadTask(NamedTuple):
    status: str
    words: str
    fields: dict[str, str]
    tags: list[str]


def read_task(line: str) -> ReadTask:
    match = LINE.fullmatch(line)
    assert match, line
    status, rest = match.groups()
    fields: dict[str, str] = {}
    tags = []
    has_matched = True
    while has_matched:
        has_matched = False
        for name, pattern in FIELDS.items():
            field = re.search(pattern + r"\uFE0F?$", rest)
            if field:
                fields[name] = field[1]
                rest = rest[: field.start()].rstrip()
                has_matched = True
        tag = re.search(TAG + "$", rest)
        if tag:
            tags.append(tag[0].strip())
            rest = rest[: tag.start()].rstrip()
            has_matched = True
    return ReadTask(status, rest, fields, tags + re.findall(TAG, rest))


def list_tasks(page: str) -> list[ReadTask]:
    lines = [line for line in page.splitlines() if line.startswith("- [")]
    return [read_task(line) for line in lines]


def export(run: Run, *words: str) -> list[ReadTask]:
    ran = run("plan", "export", *(words or ("priya",)), "--style", "tasks")
    assert ran.code == 0, ran.err
    return list_tasks(ran.out)


# What a task says


def test_a_promise_has_an_id_and_its_days(run: Run) -> None:
    hold(
        run,
        held_on="2026-11-20",
        actions=[
            {"what": "Draft it", "owner": "them", "due": "2026-11-27"},
            {"what": "Ask", "owner": "me"},
            {"what": "Book it", "owner": "them", "due": "2026-11-27"},
            {"what": "Ring", "owner": "them", "due": "2026-11-27"},
        ],
    )
    assert run("action", "done", "3").code == 0
    assert run("action", "drop", "4").code == 0
    actions = run("action", "list", "--all", "--json").json["actions"]
    ids = {action["what"]: f"cl{action['uid'][:8]}" for action in actions}
    made = {"made": "2026-11-20"}
    due = {**made, "due": "2026-11-27"}
    tasks = {task.fields["id"]: task for task in export(run)}
    assert {id: (task.status, task.fields) for id, task in tasks.items()} == {
        ids["Draft it"]: (" ", {"id": ids["Draft it"], **due}),
        ids["Ask"]: (" ", {"id": ids["Ask"], **made}),
        ids["Book it"]: ("x", {"id": ids["Book it"], **due, "done": "2026-11-23"}),
        ids["Ring"]: ("-", {"id": ids["Ring"], **due, "cancelled": "2026-11-23"}),
    }
    assert tasks[ids["Draft it"]].words == "Draft it (Priya Shah)"


def test_what_goes_with_a_promise_stands_before_its_fields(run: Run) -> None:
    """The plug-in reads no field before which anything else stands."""
    action = {"what": "Draft it", "owner": "them", "due": "2026-11-27"}
    hold(run, actions=[{**action, "done_when": "sent", "support": "last year's"}])
    (task,) = export(run)
    assert task.words == (
        "Draft it (Priya Shah) · done when: sent · support: last year's"
    )
    assert task.fields["due"] == "2026-11-27"


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "export", "me", "--yes"),
        ("session", "export", "1", "--yes"),
    ],
)
def test_other_pages_mark_promises_in_the_same_way(
    run: Run, words: tuple[str, ...]
) -> None:
    hold(run, actions=[{"what": "Ask", "owner": "me", "due": "2026-11-27"}])
    (task,) = export(run)
    (other,) = list_tasks(run(*words, "--style", "tasks").out)
    assert other.fields == task.fields


def test_a_page_says_when_a_promise_was_made_outside_of_a_conversation(
    run: Run,
) -> None:
    assert run("person", "add", "Priya Shah", "-r", "report").code == 0
    add = ("action", "add", "priya", "--what", "Ask", "--owner", "me", "--due")
    assert run(*add, "2026-11-27").code == 0
    (task,) = export(run)
    assert task.fields["made"] == "2026-11-23"


# By which id

UID = "8cc144ea-6611-4487-b398-0b4d8063a10f"


@pytest.mark.parametrize(
    ("earlier", "id"),
    [
        pytest.param([], "cl8cc144ea", id="eight-characters"),
        pytest.param(["8cc144eb-6611"], "cl8cc144ea", id="another-beginning"),
        pytest.param(["8cc144ea-7"], "cl8cc144ea6", id="one-more-character"),
        pytest.param(
            ["8cc144ea-7", "8cc144ea-6612"], "cl8cc144ea6611", id="as-many-as-it-takes"
        ),
        pytest.param([UID], "cl" + UID.replace("-", ""), id="the-same"),
    ],
)
def test_the_id_is_as_long_as_it_takes(earlier: list[str], id: str) -> None:
    assert shorten_task_uid(UID, earlier) == id


def test_promises_that_begin_alike_have_ids_of_their_own_which_last(
    run: Run, home: Path
) -> None:
    hold(run, actions=[{"what": "first", "owner": "me"}])
    (before,) = export(run)
    hold(run, actions=[{"what": "second", "owner": "me"}])
    first = run("action", "show", "1", "--json").json["action"]["uid"]
    with closing(dbapi2.connect(str(home / JOURNAL_FILE))) as db:
        other = first[:9] + ("1" if first[9] == "0" else "0") + first[10:]
        db.execute("UPDATE action SET uid = ? WHERE id = 2", (other,))
        # Sums of rows are beside the point here.
        db.commit()
        from coachlog.store.reading.action_queries import read_actions_in_order
        from coachlog.store.reading.task_queries import read_task_marks

        actions = read_actions_in_order(db, [1, 2])
        marks = read_task_marks(db, actions)
        assert marks[1].id == before.fields["id"] == f"cl{first[:8]}"
        assert marks[2].id == f"cl{other[:8]}{other[9]}"
        # Each alone, too, and where the first is hidden.
        db.execute("UPDATE action SET deleted_at = '2026-11-23 09:30:00' WHERE id = 1")
        assert read_task_marks(db, actions[1:]) == {2: marks[2]}
        db.rollback()


# What people type

SIGNS = "📅📆🗓➕⏳⌛🛫✅❌🆔⛔🔁🏁🔺⏫🔼🔽⏬"
TYPED = st.text() | st.builds(
    "".join,
    st.lists(
        st.sampled_from(
            [
                *SIGNS,
                *("\ufe0f", " ", "2027-01-01", "cl8cc144ea", "every day", "delete"),
                *(
                    "#tag",
                    "[[link]]",
                    "\n",
                    "#",
                    "x",
                    "<",
                    ">",
                    "^block",
                    "- [x] ",
                    "\\",
                ),
            ]
        )
    ),
)


def build_page(words: str) -> str:
    action = Action(
        *(1, UID, None, None, words, "me"), due=date(2026, 11, 27), done_when=words
    )
    task = build_action_task(action, (), {})
    return markdown.write(Document((), (Checklist((task,)),))).decode()


@given(words=TYPED)
def test_nothing_that_is_typed_is_a_field_or_a_tag(words: str) -> None:
    (task,) = list_tasks(build_page(words))
    assert task.fields == {"id": "cl8cc144ea", "due": "2026-11-27"}
    assert task.tags == []
    # Nor to a program that looks for a day anywhere in the line.
    assert not re.search(rf"[{SIGNS}]\uFE0F?\s*[\w]", task.words)
    assert "[[" not in task.words


@pytest.mark.parametrize(
    "words",
    [
        "Send it 📅 2027-01-01",
        "Send it 📅️ 2027-01-01 🆔 cl00000000",
        "#urgent ring HR about #rota",
        "see [[Priya]] and [[secret|x]]",
        "two\nlines\n- [x] of them",
        "🔁 every day",
        "at once ⏫",
        "https://x.test/a#b and https://x.test/(a)|b",
    ],
)
def test_typed_words_are_shown_as_they_were_typed(words: str) -> None:
    html = cmarkgfm.github_flavored_markdown_to_html(
        build_page(words), cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE
    )
    item = re.search(r"<li>(.*)</li>", html, re.S)
    assert item
    shown = re.sub(r"<br ?/?>", " ", item[1])
    shown = re.sub(r"<!--.*?-->|<[^>]+>", "", shown)
    assert clean_line(words) in clean_line(shown)


@pytest.mark.parametrize("name", NASTY)
def test_nasty_words_stay_in_their_line(name: str) -> None:
    (task,) = list_tasks(build_page(NASTY[name]))
    assert task.fields == {"id": "cl8cc144ea", "due": "2026-11-27"}


def test_the_reader_of_these_tests_reads_what_is_a_field() -> None:
    """The tests above can fail."""
    line = (
        "- [x] Draft #huddle it 🆔 cl1 ➕ 2026-11-20 📅 2026-11-27 ✅ 2026-11-26 #now"
    )
    task = read_task(line)
    assert task.fields == {
        "id": "cl1",
        "made": "2026-11-20",
        "due": "2026-11-27",
        "done": "2026-11-26",
    }
    assert task.tags == ["#now", " #huddle"]
    assert "due" not in read_task("- [ ] Draft 📅 2026-11-27 <!-- A1 -->").fields
    assert isinstance(Task(False, ()), Task)
