"""The documentation is true: generated pages are current, commands and words are all there."""

import re
import shlex
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cogapp import Cog

from coachlog.cli.nouns import COMMANDS, load_noun
from coachlog.templates import fields, library
from coachlog.templates.kinds import KIND_ROWS

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs"))
import pages  # noqa: E402

import command_table  # noqa: E402
from command_support import ScriptedPerson  # noqa: E402
from conftest import Run  # noqa: E402

README = (ROOT / "README.md").read_text(encoding="utf-8")
LATER = datetime(2026, 12, 4, 9, tzinfo=UTC)
NOUNS = [name for group in COMMANDS.values() for name in group]


@pytest.mark.parametrize(
    "page",
    [
        *("README.md", "docs/cli.md", "docs/templates.md", "docs/privacy.md"),
        "docs/own-plan.md",
    ],
)
def test_generated_parts_are_current(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert Cog().main(["cog", "--check", "-I", "docs", page]) == 0


@pytest.mark.parametrize("noun", NOUNS)
def test_the_help_of_each_noun_is_what_its_module_says(noun: str) -> None:
    declared = load_noun(noun)
    helps = {name: text for group in COMMANDS.values() for name, text in group.items()}
    assert declared.name == noun
    if declared.has_verbs:
        assert declared.help == helps[noun]


def test_every_module_with_commands_is_in_the_help() -> None:
    cli = ROOT / "src/coachlog/cli"
    modules = {
        path.relative_to(cli).parts[0].removesuffix(".py")
        for path in (*cli.glob("*.py"), *cli.glob("*/*.py"))
        if "\napp = " in path.read_text(encoding="utf-8")
        and path != cli / "__init__.py"
    }
    assert modules == set(NOUNS)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_command_says_what_it_does(noun: str) -> None:
    for command in load_noun(noun).commands.values():
        first = command.help.split("\n")[0]
        assert re.fullmatch(r"[A-Z].*[.;]", first), f"{command.path}: {first}"


def without_examples(page: str) -> str:
    """Return a page without what its examples show."""
    return re.sub(r"```\w+\n.*?```", "", page, flags=re.DOTALL)


def test_the_readme_has_two_commands_to_copy_each_of_one_line() -> None:
    """The first makes a plan, the second runs the tests; `.ci/run` runs both as they stand."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    assert [block.count("\n") for block in blocks] == [1, 1]
    assert "plan export priya" in blocks[0]
    assert blocks[1].startswith("python3 -m venv ")  # `--all` puts others in its place
    assert "pytest" in blocks[1]


@pytest.mark.parametrize("words", [("--every",), ("--all", "now"), ("",)])
def test_the_build_refuses_words_that_it_does_not_know(words: tuple[str, ...]) -> None:
    """Before it installs or copies anything."""
    script = ROOT / ".ci/run"
    if not script.exists():
        pytest.skip("the build is not part of this copy")
    ran = subprocess.run(
        ["bash", str(script), *words], capture_output=True, text=True, check=False
    )
    usage = f"usage: {script} [--all]\n"
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", usage)


def test_the_lowest_dependencies_can_be_taken_from_their_bounds() -> None:
    """`.ci/run --all` tests with them."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    bounds = [
        re.match(r"[\w.-]+[^;]*?>=\s*[\w.]+", line)
        for line in pyproject["project"]["dependencies"]
    ]
    assert None not in bounds


def test_the_readme_counts_no_templates_by_hand() -> None:
    count = len(library.list_template_ids(Path("nowhere")))
    assert not re.search(rf"\b{count}\b", without_examples(README))


def test_the_readme_tells_what_it_is_how_to_install_it_and_then_how_to_begin() -> None:
    assert re.findall(r"^## (.*)$", without_examples(README), re.MULTILINE) == [
        *("Install", "Your first conversation", "A two-minute tour", "More"),
    ]


def test_the_contents_of_each_page_lead_to_its_headings() -> None:
    for name in ("decisions.md", "figures.md"):
        page = (ROOT / "docs" / name).read_text(encoding="utf-8")
        contents = re.findall(r"^( *)- \[(.*)\]\(#(.*)\)$", page, re.MULTILINE)
        headings = re.findall(r"^##(#?) (.*)$", page, re.MULTILINE)
        if name == "figures.md":
            headings = [heading for heading in headings if not heading[0]]
        assert [
            ("#" if indent else "", title) for indent, title, _ in contents
        ] == headings
        anchors = [
            re.sub(r"[^a-z0-9_ -]", "", title.lower()) for _, title, _ in contents
        ]
        assert [anchor.replace(" ", "-") for anchor in anchors] == [
            a for _, _, a in contents
        ]


def test_the_readme_shows_questions_that_are_really_asked() -> None:
    grow = library.find_template("grow", Path("nowhere"))
    asked = {
        p.ask.replace("$them", "Priya") for stage in grow.stages for p in stage.prompts
    }
    shown = [line for line in README.split("\n") if line in asked]
    assert len(shown) >= 4


def test_the_page_on_my_own_plan_shows_the_list_that_is_really_asked(
    run: Run, tmp_path: Path
) -> None:
    page = (ROOT / "docs/own-plan.md").read_text(encoding="utf-8")
    walk, _, _ = page.partition("## When there is no page")
    for line in re.findall(r'^    ["\']coachlog (.*)["\'],$', walk, re.MULTILINE):
        words = [
            str(ROOT / word) if word.startswith("examples/") else word
            for word in shlex.split(line)
        ]
        if words[0] in ("session", "person", "note"):
            assert run(*words, clock=lambda: LATER).code == 0
    ask = "Left out of the page for Helen Price. Add any of it?"
    person = ScriptedPerson({ask: None, "Write this": False})
    line = f"plan export me --for helen -o {tmp_path}/plan.eml"
    run(*line.split(), person=person, clock=lambda: LATER)
    shown = " ".join(page[page.index(f"\n{ask}") :].split())
    last_place = 0
    for row in (ask, person.helps[ask], *person.rows[ask]):
        place = shown.find(row)
        assert place >= last_place, row
        last_place = place


def test_every_command_on_the_page_about_workshops_works(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order of the page, with its own file of themes; what is asked gets Enter alone."""
    page = (ROOT / "docs/workshops.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    themes = page.partition("```text\n")[2].partition("```")[0]
    (tmp_path / "themes.txt").write_text(themes, encoding="utf-8")
    run("person", "edit", "me", "--name", "Tom Reed")
    for name, relationship in (("Ruth Ellis", "coach"), ("Helen Price", "manager")):
        run("person", "add", name, "-r", relationship)
    lines = re.findall(r"^\$ coachlog (.*)$|`coachlog ([^`]+)`", page, re.MULTILINE)
    typed = [shell or table for shell, table in lines]
    assert {"workshop new", "workshop add", "tank new"} <= {
        " ".join(line.split()[:2]) for line in typed
    }
    for line in typed:
        words = shlex.split(line)
        if "three-way" in words:
            words += ["--with", "ruth", "--with", "helen"]
        if words[0] == "session" or words == ["tank", "new"]:
            ran = run(*words, person=ScriptedPerson(skip=True))
        else:
            ran = run(*words, input="4 1 yes\n" * 4)
        assert ran.code == 0, f"{line}: {ran.err}"


def test_the_pages_about_workshops_and_programmes_fit_on_one_sheet() -> None:
    """Of A4, as measured once in print: so many words, tables and code of that size."""
    for name in ("workshops.md", "programme.md"):
        page = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert len(page.split()) <= 600, name


def test_all_kinds_are_explained() -> None:
    page = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [^|]*\| [^|]*\|$", page, re.MULTILINE)
    assert rows[-len(KIND_ROWS) :] == [kind.value for kind in KIND_ROWS]


def test_every_format_key_is_explained() -> None:
    page = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
    keys = {*fields.TEMPLATE_FIELDS, *fields.STAGE_FIELDS, *fields.PROMPT_FIELDS}
    assert {key for key in keys if key not in page} == set()


def test_the_page_on_privacy_has_every_command() -> None:
    page = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")
    commands = {
        f"coachlog {command.name}".strip() for command in command_table.commands()
    }
    assert {name for name in commands if f"`{name}`" not in page} == set()


def test_pages_helper_knows_every_verb() -> None:
    assert pages.verbs("session") == [
        *("new", "cancel", "resume", "discard", "decline", "list", "show"),
        *("export", "edit", "delete", "restore"),
    ]
