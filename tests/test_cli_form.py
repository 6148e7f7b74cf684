"""`session new --editor` and `--form`: a conversation as one form, in an editor or from a file."""

import json
import re
import stat
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coachlog.answers.form.headings import build_names_pattern
from coachlog.answers.form.wording import FACT_QUESTIONS
from coachlog.interview.back import Back
from coachlog.services.ports import Choice
from coachlog.store.home_lock import LOCK_FILE
from coachlog.store.journal_files import HEAD_FILE, JOURNAL_FILE, MARKER_FILE
from coachlog.templates import library
from coachlog.terminal.editor import open_editor
from command_support import (
    CtrlC,
    ScriptedPerson,
    built,
    golden,
    hold_example,
    normal,
    snapshot,
)
from conftest import Ran, Run
from form_support import with_keys

WHAT_NOW = "Nothing has been saved yet. What would you like to do?"
BEGUN = "There is an unfinished form for this conversation"
GO_ON = ("new", "priya", "--template", "quick", "--editor")
NOTE = "form-1.md"
EMPTY = "The form was empty, so what it held before has been restored."

Editor = Callable[..., None]


class Meanwhile(ScriptedPerson):
    """A person who does something each time before choosing what now."""

    def __init__(self, script: Mapping[str, Any], act: Callable[[], None]) -> None:
        super().__init__(script)
        self._act = act

    def choose(
        self,
        ask: str,
        rows: Sequence[tuple[str, Choice]],
        *,
        is_statement: bool = False,
        keeps_words: bool = False,
        by_number: bool = False,
    ) -> Choice | Back:
        self._act()
        return super().choose(ask, rows, is_statement=is_statement)


@pytest.fixture(autouse=True)
def _no_other_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COACHLOG_EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def journal(run: Run, home: Path) -> Run:
    """A journal with Priya, her GROW session and three promises."""
    built(run, home, hold_example)
    return run


SCRIPT = '''\
import os, re, signal, sys, time
from pathlib import Path

path = Path(sys.argv[-1])
rounds = Path(__file__).with_suffix(".rounds")
number = len(rounds.read_text()) + 1 if rounds.exists() else 1
rounds.write_text("." * number)


def find(rows, name):
    """Return the line of the heading with this key, or with the words of its question."""
    shown = ("{#" + name + "}", "{#_" + name + "}")
    title = next(row for row in rows if row.startswith("# "))
    asks = WORDS[title.rpartition("{#")[2][:-1]]
    for at, row in enumerate(rows):
        if row.endswith(shown) or re.fullmatch("### " + asks.get(name, ""), row):
            return at
    raise LookupError(name)


def fill(**said):
    """Write below headings by their key, dots and dashes as underscores."""
    rows = path.read_text(encoding="utf-8").split("\\n")
    for key, words in said.items():
        at = find(rows, key.replace("__", "-").replace("_", ".")) + 1
        while rows[at].startswith("<!--"):
            while not rows[at].endswith("-->"):
                at += 1
            at += 1
        end = at
        while end < len(rows) and not rows[end].startswith("#"):
            end += 1
        rows[at:end] = ["", *words.split("\\n"), ""]
    path.write_text("\\n".join(rows), encoding="utf-8")


'''


@cache
def list_question_words() -> dict[str, dict[str, str]]:
    """Return the pattern of each question's words, by template and key."""
    words: dict[str, dict[str, str]] = {}
    for template in library.list_available_templates(Path("nowhere")).templates:
        asks = {key: prompt.ask for key, prompt in template.prompts.items()}
        patterns = {
            key: build_names_pattern(ask, ".+").pattern
            for key, ask in (asks | FACT_QUESTIONS).items()
        }
        words[template.id] = patterns
    return words


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Set EDITOR to a small script: `editor("fill(capture_mattered='Trust')")`."""

    def set_to(*rows: str) -> None:
        script = tmp_path / "an editor.py"
        script.write_text(
            f"WORDS = {list_question_words()!r}\n{SCRIPT}" + "\n".join(rows),
            encoding="utf-8",
        )
        monkeypatch.setenv("EDITOR", f"{sys.executable} -I -S '{script}'")

    return set_to


def rounds(tmp_path: Path) -> int:
    """Return how often the editor was opened."""
    path = tmp_path / "an editor.rounds"
    return len(path.read_text()) if path.exists() else 0


def forms(home: Path) -> list[str]:
    kept = {JOURNAL_FILE, MARKER_FILE, HEAD_FILE, LOCK_FILE}
    return sorted(path.name for path in home.glob("*") if path.name not in kept)


def session(run: Run, id: int = 2) -> Any:
    return run("session", "show", str(id), "--json").json["session"]


def said(run: Run, id: int = 2) -> dict[str, Any]:
    return {
        f"{one['stage']}.{one['prompt']}": one["value"]
        for one in session(run, id)["answers"]
        if one["value"] is not None
    }


def held(run: Run) -> int:
    return len(run("session", "list", "--all", "--json").json["sessions"])


def below(text: str, **words: str) -> str:
    """Return a form with words under headings, by key with dots as underscores."""
    for key, filled in words.items():
        text = with_keys(text) if "{#quick}" in text else text
        name = re.escape(key.replace("__", "-").replace("_", "."))
        pattern = rf"(\{{#_?{name}\}}\n(?:<!--.*\n)*)(?:(?!#).*\n)*"
        match = re.search(pattern, text)
        assert match, key
        text = f"{text[: match.start()]}{match[1]}\n{filled}\n\n{text[match.end() :]}"
    return text


def blank(run: Run, id: str = "quick", folder: Path = Path("nowhere")) -> str:
    """Return a blank form in which each heading shows the key of its question."""
    template = library.find_template(id, folder)
    return with_keys(run("template", "form", id).out, template)


def note(run: Run, **words: str) -> str:
    """Return a form of the two-minute note with Priya, filled in."""
    return below(
        blank(run), **{"person": "priya", "capture_mattered": "Trust", **words}
    )


def written(folder: Path, text: str, name: str = "talk.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def squeezed(words: str) -> str:
    """Return words without any space: a page may break a long path anywhere."""
    return "".join(words.split())


def stopped(path: Path, words: str = "Nothing was saved. The form is kept.") -> str:
    return f"{words}\nTo carry on: coachlog session new --editor --form {path.name}\n"


# The blank form


def test_the_blank_form_is_printed(run: Run, home: Path) -> None:
    ran = run("template", "form", "grow")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == golden("form-grow-blank.md", ran.out)
    assert not home.exists()


def test_a_form_has_room_for_both_times_and_says_what_could_be_promised(
    run: Run,
) -> None:
    words = " ".join(run("template", "form", "first-plan").out.split())
    assert words.count("Only the first time.") == 5
    assert words.count("Only when it comes back.") == 3
    assert (
        "The first can be your answer to “What is the one thing you will do?” --> -"
        in words
    )


def test_a_form_there_is_not(run: Run) -> None:
    ran = run("template", "form", "grwo")
    assert (ran.code, ran.out) == (3, "")
    assert "Did you mean grow" in ran.err


def test_the_form_of_a_group_is_for_paper(run: Run, tmp_path: Path) -> None:
    ran = run("template", "form", "als")
    assert (ran.code, ran.out.startswith("# Action learning set {#als}")) == (0, True)
    text = below(blank(run, "als"), person="Priya", present_problem="The rota")
    path = written(tmp_path, text)
    ran = run("session", "new", "--form", str(path))
    assert (ran.code, ran.out) == (4, "")
    assert "coachlog session new --set NAME --template als" in ran.err


# From a file


@pytest.mark.parametrize("source", ["file", "stdin"])
def test_a_filled_form_is_a_conversation(
    journal: Run, tmp_path: Path, source: str
) -> None:
    text = note(journal, minutes="25 min", tags="trust, team", held__on="yesterday")
    path = written(tmp_path, text)
    if source == "file":
        ran = journal("session", "new", "--form", str(path))
    else:
        ran = journal("session", "new", "--form", "-", input=text)
    assert ran == Ran(
        0,
        "Saved conversation 2 (Quick note, Priya Shah, 0 promises). "
        "To correct it: coachlog session edit 2\n",
        "",
    )
    assert said(journal) == {"capture.mattered": "Trust"}
    found = {
        key: session(journal)[key] for key in ("people", "held_on", "minutes", "tags")
    }
    assert found == {
        "people": ["Priya Shah"],
        "held_on": "2026-11-22",
        "minutes": 25,
        "tags": ["team", "trust"],
    }
    assert path.read_text(encoding="utf-8") == text


def test_a_form_and_an_answers_file_give_the_same_session(
    run: Run, tmp_path: Path
) -> None:
    """The example conversation, typed into a form."""
    import tomllib

    from conftest import EXAMPLES

    given = tomllib.loads((EXAMPLES / "after-a-1-1.toml").read_text(encoding="utf-8"))
    words = {
        f"{stage}.{prompt}": str(value)
        for stage, prompts in given["answers"].items()
        for prompt, value in (
            prompts.items() if isinstance(prompts, dict) else [("", prompts)]
        )
    }
    words = {key.rstrip("."): value for key, value in words.items()}
    labels = {
        "owner": "who",
        "due": "by",
        "done_when": "done when",
        "if_then": "if-then",
    }
    labels |= {"confidence": "sure"}
    rows = []
    for action in given["actions"]:
        rows.append(f"- {action['what']}")
        for key, value in action.items():
            shown = "yes" if value is True else value
            rows += [f"  {labels.get(key, key)}: {shown}"] if key != "what" else []
    facts = {"person": given["person"], "relationship": given["relationship"]}
    facts |= {"minutes": str(given["minutes"]), "held__on": str(given["held_on"])}
    facts["tags"] = ", ".join(given.get("tags", []))
    text = below(blank(run, given["template"]), **facts)
    text = below(
        text,
        **{key.replace("-", "__").replace(".", "_"): v for key, v in words.items()},
    )
    text = below(text, will_steps="\n".join(rows))
    if "me" in given:
        text += f"\n### What is your own name? {{#_me}}\n\n{given['me']}\n"

    ran = run("session", "new", "--form", str(written(tmp_path, text)))

    assert (ran.code, ran.err) == (0, "")
    import json

    shown = normal(run("session", "show", "1", "--json").json)
    found = json.dumps(shown, indent=2, ensure_ascii=False) + "\n"
    assert found == golden("session-show.json", found)


def test_someone_new_is_added_with_their_relationship(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, note(run, person="Zoë Ó Brien", relationship="Coachee"))
    assert run("session", "new", "--form", str(path)).code == 0
    (who,) = run("person", "list", "--json").json["people"]
    assert (who["name"], who["relationship"]) == ("Zoë Ó Brien", "coachee")


def test_a_form_for_oneself_asks_for_no_person(journal: Run, tmp_path: Path) -> None:
    text = blank(journal, "what3")
    assert ("{#_person}" in text, "who:" in text) == (False, False)
    key = re.findall(r"### .* \{#(\w+\.\w+)\}", text)[0]
    path = written(tmp_path, below(text, **{key.replace(".", "_"): "I spoke too soon"}))
    ran = journal("session", "new", "--form", str(path))
    assert (ran.code, ran.err, session(journal)["people"]) == (0, "", [])
    assert said(journal) == {key: "I spoke too soon"}


def test_the_command_line_goes_before_the_form(journal: Run, tmp_path: Path) -> None:
    path = written(
        tmp_path, below(note(journal), person="", minutes="40", held__on="today")
    )
    ran = journal(
        *("session", "new", "priya-shah", "--form", str(path), "--template", "quick"),
        *("--on", "fri", "--minutes", "7", "--tag", "a"),
    )
    assert (ran.code, ran.err) == (0, "")
    found = {
        key: session(journal)[key] for key in ("people", "held_on", "minutes", "tags")
    }
    assert found == {
        "people": ["Priya Shah"],
        "held_on": "2026-11-20",
        "minutes": 7,
        "tags": ["a"],
    }


def test_every_fault_is_listed_at_once_and_nothing_is_stored(
    journal: Run, tmp_path: Path
) -> None:
    text = note(journal, minutes="long", held__on="then")
    text = (
        "Hello\n"
        + below(text, capture_promises="- Send it\n  by: never")
        + "\n# Mine\n"
    )
    path = written(tmp_path, text)
    before = snapshot(journal)

    def asked(question: str) -> str:
        line = [row.partition(" {#")[0] for row in text.split("\n")].index(
            f"### {question}"
        )
        return f"  - line {line + 1}, “{question}”"

    ran = journal("session", "new", "--form", str(path))
    assert (ran.code, ran.out) == (2, "")
    rows = [
        row.split(" is not a date that coachlog understands")[0]
        for row in ran.err.split("\n")
    ]
    assert rows == [
        f"{path} cannot be used:",
        f"  - line {len(text.splitlines())}: this heading is not one of "
        "the form's. To keep it as your own words, put a \\ before it; if it was one of the "
        "form's, write that again as it was.",
        "  - at the top: these words do not belong to any question. Move them under one.",
        f"{asked('What was promised?')}: promise 1: whose is it? Begin with “me:” or a name, "
        "as in “- me: send it by fri”.",
        f"{asked('What was promised?')}: promise 1, by: “never”",
        f"{asked('When did you talk?')}: “then”",
        f"{asked('How many minutes did it take?')}: “long” should be a whole number of minutes "
        "from 1 to 1440.",
        "Nothing was saved.",
        "",
    ]
    assert snapshot(journal) == before
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("person", "relationship", "words"),
    [
        ("", "", "“Who did you talk with?”: say who the conversation was with."),
        (
            "Dana",
            "",
            "“Who did you talk with?”: There is nobody by the name of “Dana” in your journal.",
        ),
        (
            "Dana",
            "boss",
            "“Who are they to you?”: “boss” should be one of: report (reports to you), co",
        ),
        ("???", "peer", "A name needs a letter."),
        ("me", "peer", "“me” already means you."),
    ],
)
def test_a_form_needs_somebody_to_be_about(
    journal: Run, tmp_path: Path, person: str, relationship: str, words: str
) -> None:
    path = written(tmp_path, note(journal, person=person, relationship=relationship))
    before = snapshot(journal)
    ran = journal("session", "new", "--form", str(path))
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert snapshot(journal) == before


def test_a_name_that_two_people_share_is_ambiguous_not_new(
    journal: Run, tmp_path: Path
) -> None:
    journal("person", "add", "Priya Nair", "--relationship", "peer")
    ran = journal("session", "new", "--form", str(written(tmp_path, note(journal))))
    assert (ran.code, ran.out) == (2, "")
    assert (
        "“priya” could be: Priya Nair (priya-nair), Priya Shah (priya-shah)." in ran.err
    )
    assert "Say below who they are to you" not in ran.err


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(
            b"", "does not say which conversation it is. Nothing was saved.", id="empty"
        ),
        pytest.param(b"Zo\xeb", "is not UTF-8 text: byte 3, in line 1", id="latin-1"),
        pytest.param(
            b"# X {#grow}\n", "has no answers in it. Nothing was saved.", id="blank"
        ),
        pytest.param(b"x" * (8 * 1024 * 1024 + 1), "is larger than 8 MiB.", id="large"),
    ],
)
def test_a_file_that_is_not_a_filled_form_is_refused(
    journal: Run, tmp_path: Path, data: bytes, words: str
) -> None:
    path = tmp_path / "talk.md"
    path.write_bytes(data)
    before = snapshot(journal)
    for source, name in ((str(path), str(path)), ("-", "Standard input")):
        ran = journal("session", "new", "--form", source, input=data)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"{name} {words}")
    assert snapshot(journal) == before


def test_no_such_file(journal: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.md"
    ran = journal("session", "new", "--form", str(path))
    assert ran == Ran(2, "", f"{path} cannot be read (No such file or directory).\n")


def test_a_form_without_its_title_is_read_with_the_template_named(
    journal: Run, tmp_path: Path
) -> None:
    """As the hint of the refusal says."""
    text = note(journal).replace(" {#quick}", "")
    path = written(tmp_path, text)
    ran = journal("session", "new", "--form", str(path))
    assert ran.code == 2
    assert ran.err.endswith("or give --template.\n")
    assert (
        journal("session", "new", "--form", str(path), "--template", "quick").err == ""
    )
    assert held(journal) == 2


def test_a_question_that_the_template_has_lost_meanwhile_is_a_fault(
    journal: Run, home: Path, tmp_path: Path
) -> None:
    own = home / "prompts" / "walk.toml"
    own.parent.mkdir()
    own.write_text(WALK.format(id="mood", ask="How is it?"), encoding="utf-8")
    text = below(
        blank(journal, "walk", own.parent),
        person="priya",
        way_mood="Good",
        way_why="Rest",
    )
    own.write_text(WALK.format(id="moods", ask="How is it now?"), encoding="utf-8")
    before = snapshot(journal)
    path = written(tmp_path, text)
    ran = journal("session", "new", "--form", str(path))
    number = next(
        n for n, row in enumerate(text.split("\n"), start=1) if "{#way.mood}" in row
    )
    version = next(
        n
        for n, row in enumerate(text.split("\n"), start=1)
        if "Made from version" in row
    )
    assert ran == Ran(
        2,
        "",
        f"{path} cannot be used:\n"
        f"  - line {version}: the template has changed since this form was made. Check that the "
        "questions are still the ones you answered, then delete this line.\n"
        f"  - line {number}: there is no question {{#way.mood}} in this form; "
        "did you mean {#way.moods}?\n"
        "Nothing was saved.\n",
    )
    assert snapshot(journal) == before


WALK = """\
title = "Walk"
summary = "A talk on foot."
audience = "one-to-one"
minutes = 15
[[stage]]
id = "way"
title = "On the way"
[[stage.prompt]]
id = "{id}"
ask = "{ask}"
kind = "line"
[[stage.prompt]]
id = "why"
ask = "Why?"
kind = "line"
"""


def test_a_form_in_the_home_is_removed_once_it_is_stored(
    journal: Run, home: Path
) -> None:
    path = written(home, note(journal), "form-quick-priya.md")
    assert journal("session", "new", "--form", str(path)).code == 0
    assert forms(home) == []


def test_a_form_in_the_home_is_known_by_any_path(journal: Run, home: Path) -> None:
    written(home, note(journal), "form-quick-priya.md")
    path = home / ".." / home.name / "form-quick-priya.md"
    assert journal("session", "new", "--form", str(path)).code == 0
    assert forms(home) == []


def test_a_form_with_faults_stays_in_the_home(journal: Run, home: Path) -> None:
    path = written(home, note(journal, minutes="long"), "form-quick-priya.md")
    assert journal("session", "new", "--form", str(path)).code == 2
    assert forms(home) == ["form-quick-priya.md"]


def test_a_form_elsewhere_stays_and_so_does_all_beside_it(
    journal: Run, tmp_path: Path
) -> None:
    path = written(tmp_path, note(journal))
    mine = written(tmp_path, "mine", "talk.md.before")
    assert journal("session", "new", "--form", str(path)).code == 0
    assert (path.exists(), mine.exists()) == (True, True)


@pytest.mark.parametrize(
    "with_", [["--form", "-"], ["--editor"], ["--editor", "--form", "x.md"]]
)
def test_a_form_does_not_go_with_an_answers_file(
    journal: Run, with_: list[str]
) -> None:
    ran = journal("session", "new", "--answers", "-", *with_, person=ScriptedPerson())
    assert ran == Ran(
        2,
        "",
        "--answers cannot be combined with --form or --editor.\nLeave out one of them.\n",
    )


@pytest.mark.parametrize("flags", [["--editor"], ["--editor", "--form", "x.md"]])
def test_an_editor_needs_a_terminal(run: Run, home: Path, flags: list[str]) -> None:
    ran = run("session", "new", *flags)
    assert ran == Ran(
        2,
        "",
        "An editor needs a terminal, and there is none.\n"
        "Fill in a form instead: coachlog template form grow > form.md\n",
    )
    assert not home.exists()


# In the editor


def test_a_conversation_is_held_in_the_editor(
    journal: Run, home: Path, tmp_path: Path, editor: Editor
) -> None:
    editor(
        f"Path({str(tmp_path / 'seen')!r}).write_text(path.read_text(encoding='utf-8'))",
        f"Path({str(tmp_path / 'mode')!r}).write_text(f'{{path}} {{path.stat().st_mode:o}}')",
        "fill(capture_mattered='Trust', capture_promises='- Ask Dana\\n  who: them\\n  by: fri',",
        "     review_1='done', review_2='moved to 4 Dec')",
    )
    person = ScriptedPerson()
    ran = journal("session", *GO_ON, "--minutes", "20", "--tag", "trust", person=person)
    assert ran == Ran(
        0,
        "Saved conversation 2 (Quick note, Priya Shah, 1 promise). "
        "Next: coachlog plan export priya-shah -o plan.html\n",
        "",
    )
    assert (person.asked, person.told) == ([], ["Priya Shah, reports to you"])
    assert (tmp_path / "mode").read_text() == f"{home / NOTE} 100600"
    assert said(journal) == {"capture.mattered": "Trust"}
    statuses = {
        action["id"]: (action["status"], action["due"])
        for action in journal("action", "list", "--all", "--json").json["actions"]
    }
    assert (statuses[1][0], statuses[2][1], statuses[4]) == (
        "done",
        "2026-12-04",
        ("open", "2026-11-27"),
    )
    assert (session(journal)["minutes"], session(journal)["tags"]) == (20, ["trust"])
    assert forms(home) == []

    seen = (tmp_path / "seen").read_text(encoding="utf-8")
    headings = [row for row in seen.split("\n") if row.startswith("#")]
    assert headings[:3] == [
        "# Quick note with Priya Shah {#quick}",
        "## Promises from last time",
        "### You: Send Priya last year's agenda {#_review.2}",
    ]
    assert "\nPriya Shah\n" in seen
    assert "\n20\n" in seen
    assert "\ntrust\n" in seen


@pytest.mark.parametrize(
    ("promise", "doubt"),
    [
        ("- me: send the list by 32 nov", "it is not clear from your words by when"),
        ("- Ask Dana by 1 nov 2026", "1 November 2026 has passed"),
    ],
)
def test_a_doubtful_promise_of_a_form_is_asked_about_before_it_is_saved(
    journal: Run, home: Path, editor: Editor, promise: str, doubt: str
) -> None:
    editor(f"fill(capture_mattered='Trust', capture_promises={promise!r})")
    agree = "Save it all the same?"
    person = ScriptedPerson({agree: (False, True), WHAT_NOW: "read"})
    ran = journal("session", *GO_ON, person=person)
    assert person.asked == [agree, WHAT_NOW, agree]
    assert any(doubt in line for line in person.told), person.told
    assert (ran.code, ran.err, forms(home)) == (0, "", [])


def test_the_first_conversation_ever_is_held_in_the_editor(
    run: Run, home: Path, editor: Editor
) -> None:
    editor("fill(capture_mattered='Trust')")
    person = ScriptedPerson(
        {
            "Priya Shah is new here": "someone coached by me (a coachee)",
            "What is your own name?": "Tom Reed",
        }
    )
    ran = run("session", "new", "Priya Shah", "-t", "quick", "--editor", person=person)
    assert (ran.code, person.left, forms(home)) == (0, [], [])
    (who,) = run("person", "list", "--json").json["people"]
    assert (who["name"], who["relationship"]) == ("Priya Shah", "coachee")
    repeat = (
        "This is conversation 1, Quick note on Monday 23 November 2026. Record it again"
    )
    asked_once = ScriptedPerson({repeat: True})
    assert run("session", *GO_ON, person=asked_once).code == 0
    assert len(asked_once.asked) == 1
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_talk_with_oneself_is_held_in_the_editor(
    journal: Run, home: Path, editor: Editor
) -> None:
    key = re.findall(r"### .* \{#(\w+\.\w+)\}", blank(journal, "what3"))[0]
    editor(f"fill({key.replace('.', '_')}='I spoke too soon')")
    ran = journal("session", "new", "-t", "what3", "--editor", person=ScriptedPerson())
    assert (ran.code, session(journal)["people"], forms(home)) == (0, [], [])


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        pytest.param(
            "sys.exit(1)",
            "The editor “{editor}” ended with an error (1). What you saved in it is safe.",
            id="exits-with-an-error",
        ),
        pytest.param(
            "os.kill(os.getpid(), signal.SIGKILL)",
            "The editor “{editor}” was stopped (signal 9). What you saved in it is safe.",
            id="killed",
        ),
        pytest.param("path.write_text('')", EMPTY, id="saved-empty"),
        pytest.param("path.write_text(' \\n\\n')", EMPTY, id="saved-blank"),
        pytest.param("path.unlink()", EMPTY, id="deleted"),
        pytest.param(
            "path.write_text(''); os.kill(os.getpid(), signal.SIGKILL)",
            "The editor “{editor}” was stopped (signal 9). " + EMPTY,
            id="emptied-and-killed",
        ),
        pytest.param(
            "path.unlink(); sys.exit(3)",
            "The editor “{editor}” ended with an error (3). " + EMPTY,
            id="deleted-with-an-error",
        ),
    ],
)
def test_nothing_typed_is_lost_by_an_editor_that_fails(
    journal: Run, home: Path, tmp_path: Path, editor: Editor, broken: str, told: str
) -> None:
    """First an answer with a fault, then the editor breaks, then the person reads it as it is."""
    editor(
        "if number == 1:",
        "    fill(capture_mattered='Trust', minutes='long')",
        "elif number == 2:",
        f"    {broken}",
        "else:",
        "    fill(minutes='40')",
    )
    before = snapshot(journal)
    seen: list[tuple[bool, list[str]]] = []
    told = told.format(editor=sys.executable)

    def look() -> None:
        seen.append((snapshot(journal) == before, forms(home)))
        assert "Trust" in (home / NOTE).read_text(encoding="utf-8")
        assert stat.S_IMODE((home / NOTE).stat().st_mode) == 0o600

    person = Meanwhile({WHAT_NOW: ("open", "read", "open")}, look)
    ran = journal("session", *GO_ON, person=person)
    fault = [
        f"{NOTE} cannot be used:",
        "  - line N, “How many minutes did it take?”: “long” should be a whole number of "
        "minutes from 1 to 1440.",
        "Each is marked at the right place in the form.",
    ]
    lines = [re.sub(r"line \d+", "line N", line) for line in person.told]
    assert lines == ["Priya Shah, reports to you", *fault, told, *fault]
    assert [
        (same, NOTE in kept, f"{NOTE}.before.1" in kept) for same, kept in seen
    ] == [(True, True, True)] * 3
    assert (ran.code, rounds(tmp_path), said(journal)) == (
        0,
        3,
        {"capture.mattered": "Trust"},
    )
    assert forms(home) == []


def test_what_was_saved_before_a_crash_can_be_read_as_it_is(
    journal: Run, home: Path, editor: Editor
) -> None:
    editor("fill(capture_mattered='Trust')", "os.kill(os.getpid(), signal.SIGKILL)")
    person = ScriptedPerson({WHAT_NOW: "read"})
    assert journal("session", *GO_ON, person=person).code == 0
    assert (said(journal), forms(home)) == ({"capture.mattered": "Trust"}, [])


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        pytest.param(
            60,
            "The editor returned straight away. If it opened in its own window, "
            "fill in the form and save it there.",
            id="at-once",
        ),
        pytest.param(0, "The form was not changed.", id="later"),
    ],
)
def test_a_form_that_comes_back_as_it_was(
    journal: Run,
    home: Path,
    editor: Editor,
    monkeypatch: pytest.MonkeyPatch,
    seconds: int,
    told: str,
) -> None:
    monkeypatch.setattr(
        "coachlog.services.sessions.form_editor.MIN_EDITING_SECONDS", seconds
    )  # no test waits for a clock
    editor("")
    person = ScriptedPerson({WHAT_NOW: "stop"})
    before = snapshot(journal)
    ran = journal("session", *GO_ON, person=person)
    kept = (
        stopped(home / NOTE) if seconds else "Nothing was typed, so nothing is kept.\n"
    )
    assert ran == Ran(4, "", kept)
    assert person.told == ["Priya Shah, reports to you", told]
    assert person.rows[WHAT_NOW] == [
        "open it again",
        "read it as it is now",
        "stop here; the form is kept"
        if seconds
        else "stop here; nothing was typed, so nothing is kept",
    ]
    assert snapshot(journal) == before


def test_a_form_written_in_a_window_is_read_when_it_is_saved(
    journal: Run, home: Path, editor: Editor
) -> None:
    """An editor that returned at once goes on writing: here the person saves while asked."""
    editor("")

    def save() -> None:
        if len(person.asked) == 1:
            path = home / NOTE
            written(
                home,
                below(path.read_text(encoding="utf-8"), capture_mattered="Trust"),
                NOTE,
            )

    person = Meanwhile({WHAT_NOW: ("read", "read")}, save)
    assert journal("session", *GO_ON, person=person).code == 0
    assert f"{NOTE} has no answers in it. Nothing was saved." in person.told
    assert (said(journal), forms(home)) == ({"capture.mattered": "Trust"}, [])


def test_a_form_that_is_not_text_can_be_opened_again_and_corrected(
    journal: Run, home: Path, tmp_path: Path, editor: Editor
) -> None:
    editor(
        "if number == 1:",
        "    fill(capture_mattered='Zoë')",
        "    path.write_bytes(path.read_text(encoding='utf-8').encode('cp1252', 'replace'))",
        "else:",
        "    path.write_bytes(path.read_bytes().decode('cp1252').encode())",
    )
    person = ScriptedPerson({WHAT_NOW: ("open", "stop")})
    ran = journal("session", *GO_ON, person=person)
    assert person.told[1].startswith(f"{NOTE} is not UTF-8 text: byte ")
    assert person.told[1].endswith(
        "cannot be read. Nothing was saved. Save it as UTF-8."
    )
    assert rounds(tmp_path) == 2
    assert (ran.code, said(journal)) == (0, {"capture.mattered": "Zoë"})
    assert forms(home) == []


def test_a_form_that_is_not_text_is_kept(
    journal: Run, home: Path, editor: Editor
) -> None:
    editor("path.write_bytes(path.read_bytes() + b'Zo\\xeb')")
    person = ScriptedPerson({WHAT_NOW: ("read", "stop")})
    ran = journal("session", *GO_ON, person=person)
    assert ran == Ran(4, "", stopped(home / NOTE))
    assert (home / NOTE).read_bytes().endswith(b"Zo\xeb")


def test_faults_are_shown_in_place_and_mended_in_the_next_round(
    journal: Run, home: Path, tmp_path: Path, editor: Editor
) -> None:
    seen = tmp_path / "seen"
    editor(
        "if number == 1:",
        "    fill(capture_mattered='Trust', minutes='long', review_1='moved to nowhere')",
        "else:",
        f"    Path({str(seen)!r}).write_text(path.read_text(encoding='utf-8'))",
        "    fill(minutes='40', review_1='still open')",
    )
    person = ScriptedPerson({WHAT_NOW: "open"})
    ran = journal("session", *GO_ON, person=person)
    assert (ran.code, forms(home)) == (0, [])
    rows = seen.read_text(encoding="utf-8").split("\n")
    shown = [
        (rows[n - 1][-10:], row.removeprefix("<!-- ! ")[:35])
        for n, row in enumerate(rows)
        if row.startswith("<!-- ! ") and not row.startswith("<!-- !   ")
    ]
    assert shown == [
        ("", "Nothing is saved yet. 2 things to p"),
        ("_review.1}", "“nowhere” is not a date that coachl"),
        ("d it take?", "“long” should be a whole number of "),
    ]
    assert session(journal)["minutes"] == 40


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("nano", "+{line} {path}"),
        ("vim -n", "-n +{line} {path}"),
        ("code", "--wait --goto {path}:{line}"),
        ("kate", "--block --line {line} {path}"),
        ("some-editor", "{path}"),
    ],
)
def test_an_editor_that_takes_a_line_opens_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, told: str
) -> None:
    program, *flags = command.split()
    script = tmp_path / Path(program).name
    script.write_text('#!/bin/sh\necho x"$*" > "$0.args"\n', encoding="utf-8")
    script.chmod(0o700)
    monkeypatch.setenv("EDITOR", " ".join([str(script), *flags]))
    path = tmp_path / "form.md"
    open_editor(path, 12)
    shown = script.with_name(f"{script.name}.args").read_text(encoding="utf-8")[1:-1]
    assert shown == told.format(line=12, path=path)
    open_editor(path)
    shown = script.with_name(f"{script.name}.args").read_text(encoding="utf-8").strip()
    assert "12" not in shown.replace(str(path), "")


def test_a_form_opens_at_the_first_answer_and_then_at_the_first_fault(
    journal: Run, editor: Editor
) -> None:
    editor("fill(capture_mattered='Trust', minutes=str('long' if number == 1 else 40))")
    person = ScriptedPerson({WHAT_NOW: "open"})
    opened: list[str] = []
    edit = person.edit

    def look(path: Path, line: int = 1) -> float:
        rows = path.read_text(encoding="utf-8").split("\n")
        heading = max(n for n in range(line) if rows[n].startswith("### "))
        opened.append(f"{rows[heading]}: {rows[line - 1][:14]}")
        return edit(path, line)

    person.edit = look  # type: ignore[method-assign]
    assert journal("session", *GO_ON, person=person).code == 0
    assert opened == [
        "### You: Send Priya last year's agenda {#_review.2}: ",
        "### How many minutes did it take?: <!-- ! “long” ",
    ]


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        pytest.param("stop", 4, "Nothing was saved. The form is kept.", id="stops"),
        pytest.param(CtrlC(), 130, "Stopped. The form is kept.", id="ctrl-c"),
    ],
)
def test_stopping_keeps_the_form_with_what_was_typed(
    journal: Run, home: Path, editor: Editor, name: Any, code: int, words: str
) -> None:
    editor("fill(capture_mattered='Trust', minutes='long')")
    before = snapshot(journal)
    ran = journal("session", *GO_ON, person=ScriptedPerson({WHAT_NOW: name}))
    assert ran == Ran(code, "", stopped(home / NOTE, words))
    assert snapshot(journal) == before
    text = (home / NOTE).read_text(encoding="utf-8")
    assert ("\nTrust\n" in text, "\nlong\n" in text) == (True, True)
    modes = {stat.S_IMODE((home / name).stat().st_mode) for name in forms(home)}
    assert modes == {0o600}


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (
            "does-not-exist",
            "The editor “does-not-exist” cannot be started (No such file or directory). "
            "Set EDITOR to the name of an editor that is installed.",
        ),
        ("'unended", "EDITOR cannot be understood (No closing quotation)."),
        ("''", "The editor “” cannot be started"),
    ],
)
def test_an_editor_that_cannot_be_started(
    journal: Run, home: Path, monkeypatch: pytest.MonkeyPatch, command: str, told: str
) -> None:
    monkeypatch.setenv("EDITOR", command)
    person = ScriptedPerson({WHAT_NOW: "stop"})
    ran = journal("session", *GO_ON, person=person)
    assert ran == Ran(4, "", "Nothing was typed, so nothing is kept.\n")
    assert forms(home) == []
    assert person.told[1].startswith(told)


def test_no_editor_at_all(
    journal: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setenv("PATH", str(home))
    person = ScriptedPerson({WHAT_NOW: "stop"})
    assert journal("session", *GO_ON, person=person).code == 4
    assert person.told[1] == (
        "No editor was found. Set EDITOR to the name of an editor that is installed."
    )


@pytest.mark.parametrize("name", ["COACHLOG_EDITOR", "VISUAL"])
def test_an_editor_for_coachlog_alone_goes_before(
    journal: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    editor: Editor,
    name: str,
) -> None:
    editor("fill(capture_mattered='Trust')")
    monkeypatch.setenv(
        name, f"{sys.executable} -I -S '{tmp_path / 'an editor.py'}' --wait"
    )
    monkeypatch.setenv("EDITOR", "does-not-exist")
    assert journal("session", *GO_ON, person=ScriptedPerson()).code == 0


def test_ctrl_c_is_left_to_the_editor(journal: Run, editor: Editor) -> None:
    editor("os.kill(os.getppid(), signal.SIGINT)", "fill(capture_mattered='Trust')")
    ran = journal("session", *GO_ON, person=ScriptedPerson())
    assert (ran.code, said(journal)) == (0, {"capture.mattered": "Trust"})


def test_an_editor_that_hangs_can_be_ended_with_ctrl_c(
    journal: Run, tmp_path: Path, editor: Editor
) -> None:
    ignored = tmp_path / "ignored"
    editor(
        f"Path({str(ignored)!r}).write_text(str(signal.getsignal(2) is signal.SIG_IGN))"
    )
    journal("session", *GO_ON, person=ScriptedPerson({WHAT_NOW: "stop"}))
    assert ignored.read_text() == "False"


# A form left lying


def leave(run: Run, editor: Editor, words: str = "Trust") -> None:
    editor(f"fill(capture_mattered={words!r}, minutes='long')")
    assert run("session", *GO_ON, person=ScriptedPerson({WHAT_NOW: "stop"})).code == 4


def test_a_form_left_lying_is_named(journal: Run, editor: Editor) -> None:
    leave(journal, editor)
    command = f"coachlog session new --editor --form {NOTE}"
    line = f"Unfinished form: Quick note with Priya Shah: {command}"
    assert squeezed(line) in squeezed(journal().out)
    ran = journal("session", "resume")
    assert ran == Ran(
        3,
        "",
        f"There is no draft to carry on with.\nThere is an unfinished form: {command}\n",
    )


def test_a_form_of_the_first_conversation_ever_is_named(
    run: Run, editor: Editor
) -> None:
    editor("fill(capture_mattered='Trust', minutes='long')")
    script = {
        "Priya Shah is new": "someone coached by me (a coachee)",
        "What is your own": "Tom",
        WHAT_NOW: "stop",
    }
    run(
        "session",
        "new",
        "Priya Shah",
        "-t",
        "quick",
        "--editor",
        person=ScriptedPerson(script),
    )
    command = f"coachlog session new --editor --form {NOTE}"
    assert squeezed(command) in squeezed(run().out)
    assert command in run("session", "resume").err


def test_the_path_of_a_form_is_quoted_for_the_shell(
    journal: Run, tmp_path: Path, editor: Editor
) -> None:
    """The home lies in `~/Library/Application Support` on a Mac."""
    import shlex

    folder = tmp_path / "my forms"
    folder.mkdir()
    path = written(folder, note(journal, minutes="long"))
    editor("")
    person = ScriptedPerson({WHAT_NOW: "stop"})
    ran = journal("session", "new", "--editor", "--form", str(path), person=person)
    assert shlex.split(ran.err.strip().split("To carry on: ")[1])[-1] == str(path)


@pytest.mark.parametrize("by", ["name", "path"])
def test_a_form_left_behind_can_be_continued(
    journal: Run, home: Path, editor: Editor, by: str
) -> None:
    leave(journal, editor)
    editor("fill(minutes='40')")
    if by == "name":
        person = ScriptedPerson({BEGUN: "carry on"})
        ran = journal("session", *GO_ON, person=person)
        assert person.rows[f"{BEGUN}."] == [
            f"carry on with {NOTE}",
            "start afresh; the old form stays",
        ]
    else:
        ran = journal(
            *("session", "new", "--editor", "--form", str(home / NOTE)),
            person=ScriptedPerson(),
        )
    assert (ran.code, said(journal), forms(home)) == (
        0,
        {"capture.mattered": "Trust"},
        [],
    )


def test_starting_afresh_leaves_the_other_form(
    journal: Run, home: Path, editor: Editor
) -> None:
    leave(journal, editor, "The first")
    editor("fill(capture_mattered='The second')")
    ran = journal("session", *GO_ON, person=ScriptedPerson({BEGUN: "start"}))
    assert (ran.code, said(journal)) == (0, {"capture.mattered": "The second"})
    assert [name for name in forms(home) if name.endswith(".md")] == [NOTE]
    assert "The first" in (home / NOTE).read_text(encoding="utf-8")


def test_a_form_with_someone_else_is_not_offered(
    journal: Run, home: Path, editor: Editor
) -> None:
    """Sam's form is no form with Samir, nor is that of Sam Jones one with Sam."""
    for name in ("Sam", "Sam Jones"):
        journal("person", "add", name, "--relationship", "peer")
    written(home, note(journal, person="Sam Jones"), "form-quick-sam-jones.md")
    editor("fill(capture_mattered='Trust')")
    ran = journal(
        "session", "new", "sam", "-t", "quick", "--editor", person=ScriptedPerson()
    )
    assert (ran.code, session(journal)["people"]) == (0, ["Sam"])


def test_the_name_of_a_form_says_nothing_of_who_talks(
    journal: Run, home: Path, editor: Editor
) -> None:
    """`ps` and an editor's list of recent files show it."""
    leave(journal, editor)
    editor("fill(minutes='long')")
    person = ScriptedPerson({BEGUN: "start", "Nothing has been saved yet": "stop"})
    assert journal("session", *GO_ON, person=person).code == 4
    names = [name for name in forms(home) if name.endswith(".md")]
    assert names == ["form-1.md", "form-2.md"]
    out = journal().out
    assert out.count("Unfinished form: Quick note with Priya Shah:") == 2
    assert [f"--form {name}\n" in out for name in names] == [True, True]


def test_a_form_of_an_earlier_version_is_still_found(
    journal: Run, home: Path, editor: Editor
) -> None:
    leave(journal, editor)
    (home / NOTE).rename(home / "form-quick-priya-shah.md")
    editor("fill(minutes='40')")
    ran = journal("session", *GO_ON, person=ScriptedPerson({BEGUN: "carry on"}))
    assert (ran.code, said(journal)) == (0, {"capture.mattered": "Trust"})
    assert "form-quick-priya-shah.md" not in forms(home)


@pytest.mark.parametrize("flags", ["", " --flag"])
def test_an_editor_whose_path_has_a_blank_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: str
) -> None:
    """As git does it: the whole value is tried as a path first."""
    folder = tmp_path / "my ed"
    folder.mkdir()
    script = folder / "x.sh"
    script.write_text('#!/bin/sh\nfor path; do :; done\necho typed >"$path"\n')
    script.chmod(0o755)
    command = str(script) if not flags else f"'{script}'{flags}"
    monkeypatch.setenv("EDITOR", command)
    open_editor(tmp_path / "form.md")
    assert (tmp_path / "form.md").read_text() == "typed\n"


def test_a_form_elsewhere_is_edited_and_stays(
    journal: Run, home: Path, tmp_path: Path, editor: Editor
) -> None:
    path = written(tmp_path, note(journal, minutes="long"))
    editor("fill(minutes='40')")
    ran = journal(
        "session", "new", "--editor", "--form", str(path), person=ScriptedPerson()
    )
    assert (ran.code, said(journal)) == (0, {"capture.mattered": "Trust"})
    assert "\n40\n" in path.read_text(encoding="utf-8")
    assert (forms(home), list(tmp_path.glob("talk.md*"))) == ([], [path])


def test_a_form_that_is_not_there_is_not_asked_about(
    journal: Run, tmp_path: Path
) -> None:
    path = tmp_path / "none.md"
    person = ScriptedPerson({WHAT_NOW: "stop"})
    ran = journal("session", "new", "--editor", "--form", str(path), person=person)
    hint = "To start one: coachlog session new --editor\n"
    assert ran == Ran(2, "", f"There is no form {path}.\n{hint}")
    assert person.asked == []


@pytest.mark.parametrize(
    "more",
    [["priya"], ["-t", "quick"], ["--tag", "x"], ["--minutes", "7"], ["--on", "fri"]],
)
def test_a_form_to_edit_says_all_itself(
    journal: Run, tmp_path: Path, more: list[str]
) -> None:
    path = written(tmp_path, note(journal))
    ran = journal(
        *("session", "new", "--editor", "--form", str(path), *more),
        person=ScriptedPerson(),
    )
    assert ran == Ran(
        2, "", f"The form already says all of that.\nUse only: --editor --form {path}\n"
    )


def test_a_place_that_cannot_be_written_to_is_refused_before_anything_is_typed(
    run: Run, home: Path, tmp_path: Path, editor: Editor
) -> None:
    home.write_text("a file")
    editor("")
    person = ScriptedPerson()
    ran = run("session", *GO_ON, person=person)
    assert (ran.code, person.asked, rounds(tmp_path)) == (1, [], 0)


def test_every_state_of_a_form_is_kept_and_can_be_put_back(
    journal: Run, home: Path, tmp_path: Path, editor: Editor
) -> None:
    """Two editors in a row damage it; the words of the first round come back."""
    editor(
        "if number == 1:",
        "    fill(capture_mattered='Precious', minutes='long')",
        "elif number == 2:",
        "    path.write_bytes(b'bits')",
        "    os.kill(os.getpid(), signal.SIGKILL)",
        "elif number == 3:",
        "    sys.exit(1)",
        "else:",
        "    fill(minutes='40')",
    )
    person = ScriptedPerson({WHAT_NOW: ("open", "open", "restore")})
    ran = journal("session", *GO_ON, person=person)
    assert (ran.code, rounds(tmp_path), said(journal)) == (
        0,
        4,
        {"capture.mattered": "Precious"},
    )
    assert forms(home) == []


def test_a_form_in_which_nothing_was_typed_is_not_kept(
    journal: Run, home: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coachlog.services.sessions.form_editor.MIN_EDITING_SECONDS", 0)
    editor("")
    ran = journal("session", *GO_ON, person=ScriptedPerson({WHAT_NOW: "stop"}))
    assert ran == Ran(4, "", "Nothing was typed, so nothing is kept.\n")
    assert forms(home) == []
    ran = journal("session", *GO_ON, person=ScriptedPerson({WHAT_NOW: CtrlC()}))
    assert ran == Ran(130, "", "Stopped. Nothing was typed, so nothing is kept.\n")
    assert forms(home) == []


def test_what_is_saved_while_the_question_stands_is_kept(
    journal: Run, home: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coachlog.services.sessions.form_editor.MIN_EDITING_SECONDS", 0)
    editor("")

    def save() -> None:
        text = (home / NOTE).read_text(encoding="utf-8")
        written(home, with_keys(text).replace("### ", "Trust\n### ", 1), NOTE)

    ran = journal("session", *GO_ON, person=Meanwhile({WHAT_NOW: "stop"}, save))
    assert ran == Ran(4, "", stopped(home / NOTE))
    assert NOTE in forms(home)


def test_what_an_editor_left_beside_a_form_goes_with_it(
    journal: Run, home: Path, editor: Editor
) -> None:
    editor(
        "path.with_name(path.name + '~').write_text('old')",
        "fill(capture_mattered='Trust')",
    )
    assert journal("session", *GO_ON, person=ScriptedPerson()).code == 0
    assert forms(home) == []


# Promises as they are said


def promised(run: Run, id: int = 2) -> list[dict[str, Any]]:
    """Return the promises of a conversation, with the fields that say anything."""
    fields = ("what", "owner", "due", "done_when", "private")
    rows = run("action", "list", "--private", "--json").json["actions"]
    rows = sorted(rows, key=lambda row: int(row["id"]))
    return [
        {field: row[field] for field in fields if row[field]}
        for row in rows
        if row["session"] == id
    ]


RING = {"what": "Ring HR", "owner": "me", "due": "2026-11-27"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("- Ring HR by fri", RING, id="nobody-named-and-a-date"),
        pytest.param("- I will ring HR", {"what": "ring HR", "owner": "me"}, id="I-will"),
        pytest.param(
            "- Priya: ring HR by 27 nov (sent by noon)\n  who:\n  by:\n  done when:",
            RING | {"what": "ring HR", "owner": "them", "done_when": "sent by noon"},
            id="hers-above-empty-lines",
        ),
        pytest.param(
            "- she'll ring\n  HR by fri", RING | {"what": "ring HR", "owner": "them"},
            id="over-two-lines",
        ),
        pytest.param(
            "Priya: ring HR by fri", RING | {"what": "ring HR", "owner": "them"},
            id="without-a-dash",
        ),
        pytest.param(
            "- ~ me: ring HR by fri", RING | {"what": "ring HR", "private": True},
            id="private",
        ),
        pytest.param(
            "- Ring HR (private)\n  who: me",
            {"what": "Ring HR", "owner": "me", "private": True},
            id="private-beside-an-owner",
        ),
        pytest.param("- Ring HR by fri\n  who: me", RING, id="beside-its-owner"),
        pytest.param(
            "- HR to ring by fri (rung)\n  who: HR",
            {"what": "ring", "owner": "HR", "due": "2026-11-27", "done_when": "rung"},
            id="beside-somebody-unknown",
        ),
        pytest.param(
            "- Ring HR (fri)\n  who: them\n  sure: 8", RING | {"owner": "them"},
            id="beside-her",
        ),
        pytest.param(
            "- None\n- me: ring HR by fri", RING | {"what": "ring HR"}, id="none",
        ),
        pytest.param(
            "- Ring HR by fri (rung)\n  by: mon\n  done when: a mail",
            RING | {"due": "2026-11-30", "done_when": "a mail"},
            id="its-own-lines-win",
        ),
        pytest.param(
            "- Priya: ring HR by fri (rung)\n  who: me\n  by: mon",
            {"what": "Priya: ring HR by fri (rung)", "owner": "me", "due": "2026-11-30"},
            id="with-an-owner-it-stays-as-written",
        ),
    ],
)  # fmt: skip
def test_a_promise_in_a_form_may_be_one_sentence(
    journal: Run, tmp_path: Path, words: str, expected: dict[str, Any]
) -> None:
    path = written(tmp_path, note(journal, capture_promises=words))
    ran = journal("session", "new", "--form", str(path))
    assert (ran.code, ran.err) == (0, "")
    assert promised(journal) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(
            "- Ring HR by fri (rung)", RING | {"done_when": "rung"}, id="dated"
        ),
        pytest.param("- me: ring HR", {"what": "ring HR", "owner": "me"}, id="me"),
        pytest.param("- Ring HR", {"what": "Ring HR", "owner": "me"}, id="words"),
        pytest.param(
            "- Ring HR by fri\n  by: mon",
            {"what": "Ring HR by fri", "owner": "me", "due": "2026-11-30"},
            id="field-by-field",
        ),
    ],
)
def test_alone_every_promise_of_a_form_is_mine(
    journal: Run, tmp_path: Path, words: str, expected: dict[str, Any]
) -> None:
    text = below(blank(journal, "what3"), now__what_steps=words)
    ran = journal("session", "new", "--form", str(written(tmp_path, text)))
    assert (ran.code, ran.err) == (0, "")
    assert promised(journal) == [expected]


def test_a_name_that_owns_a_promise_of_the_form_owns_others_too(
    journal: Run, tmp_path: Path
) -> None:
    words = "- Confirm the date\n  who: HR\n- HR: send the list by fri"
    path = written(tmp_path, note(journal, capture_promises=words))
    assert journal("session", "new", "--form", str(path)).err == ""
    assert promised(journal) == [
        {"what": "Confirm the date", "owner": "HR"},
        {"what": "send the list", "owner": "HR", "due": "2026-11-27"},
    ]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("- Ring HR", id="neither-an-owner-nor-a-date"),
        pytest.param("- HR to confirm by fri", id="somebody-unknown"),
        pytest.param("- We will ring HR by fri", id="both"),
        pytest.param("- Priya will be on leave by fri", id="not-a-deed"),
    ],
)
def test_whose_it_is_not_certain_is_never_mine(
    journal: Run, tmp_path: Path, words: str
) -> None:
    path = written(tmp_path, note(journal, capture_promises=words))
    ran = journal("session", "new", "--form", str(path))
    assert (ran.code, ran.out) == (2, "")
    fault = "promise 1: whose is it? Begin with “me:” or a name, as in “- me: send it by fri”."
    assert f"“What was promised?”: {fault}\n" in ran.err


@pytest.mark.parametrize(
    ("words", "remark"),
    [
        pytest.param(
            "- Priya: ring HR by tue noon",
            "Promise 1: it is not clear from your words by when.",
            id="nearly-a-date",
        ),
        pytest.param(
            "- Ring HR by fri\n  who: me\n  by:",
            "Promise 1 ends with a date, but its “by:” is empty, so it was saved without one. "
            "To give it one: coachlog action move ID --to DATE "
            "(coachlog action list shows the ID)",
            id="a-date-beside-an-owner",
        ),
        pytest.param(
            "- Priya: ring HR by fri\n  who: me",
            "Promise 1 names somebody else than its “who:”, so its words were left as they are, "
            "and it was saved without a date. To give it one: coachlog action move ID --to DATE "
            "(coachlog action list shows the ID)",
            id="a-date-beside-another-owner",
        ),
    ],
)
def test_a_date_that_is_not_certain_is_said(
    journal: Run, tmp_path: Path, words: str, remark: str
) -> None:
    path = written(tmp_path, note(journal, capture_promises=words))
    ran = journal("session", "new", "--form", str(path))
    assert (ran.code, ran.err.splitlines()) == (0, [remark])


@pytest.mark.parametrize(
    ("answer", "open_words", "private_words"),
    [
        ("~ she is worn out", None, "mine\nshe is worn out"),
        (
            "We met\n~ she is worn out\nThe rota",
            "We met\nThe rota",
            "mine\nshe is worn out",
        ),
        (
            "We met\nPrivate:\nworn out\n- sad",
            "We met",
            "mine\nPrivate:\nworn out\nsad",
        ),
        ("We met\n~ TODO: ask her", "We met", "mine\n~ TODO: ask her"),
        ("She is (private) worn out", None, "mine\nShe is worn out"),
        ("~5 of us", "~5 of us", "mine"),
        ("~~tired~~ fine", "~~tired~~ fine", "mine"),
    ],
)
def test_a_line_marked_private_in_an_open_answer_is_kept_with_the_private_ones(
    run: Run, answer: str, open_words: str | None, private_words: str
) -> None:
    answers = {"capture.mattered": answer, "capture.check": "mine"}
    partner = {"person": "Priya", "relationship": "report"}
    file = partner | {"template": "quick", "answers": answers}
    ran = run("session", "new", "--answers", "-", input=json.dumps(file))
    assert ran.code == 0, ran.err
    shown = json.loads(run("session", "show", "1", "--private", "--json").out)
    values = {row["prompt"]: row["value"] for row in shown["session"]["answers"]}
    assert (values.get("mattered"), values["check"]) == (open_words, private_words)
    assert ("kept with the private answer to" in ran.err) == (open_words != answer)


def test_a_line_marked_private_has_to_have_a_place(
    journal: Run, tmp_path: Path
) -> None:
    text = journal("template", "form", "grow").out
    heading = next(row for row in text.split("\n") if row.startswith("### "))
    words = heading.removeprefix("### ")
    form = text.replace(heading, f"{heading}\n\n~ she is worn out", 1)
    path = written(tmp_path, form)
    ran = journal("session", "new", "priya", "--form", str(path))
    assert ran.code == 2
    assert words in ran.err
    assert "a line of it is marked private, but this answer is not" in ran.err
    assert "worn out" not in ran.err


def test_an_edit_takes_no_line_marked_private_into_an_open_answer(run: Run) -> None:
    file = {
        "person": "Priya",
        "relationship": "report",
        "template": "quick",
        "answers": {"capture.mattered": "The rota"},
    }
    assert run("session", "new", "--answers", "-", input=json.dumps(file)).code == 0
    edit = {"answers": {"capture.mattered": "The rota\n~ worn out"}}
    ran = run("session", "edit", "1", "--answers", "-", input=json.dumps(edit))
    assert ran.code == 2
    assert "a line of it is marked private" in ran.err
    assert "The rota" in run("session", "show", "1").out
