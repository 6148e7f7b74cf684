"""`coachlog config`: the settings as they are listed, changed, and used by other commands."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coachlog.model.people import Relationship
from coachlog.services.settings import MAX_CONFIG_BYTES, SETTINGS, Settings
from command_support import ScriptedPerson, complete, hold
from conftest import Run

AHEAD = ("--what", "Ask", "--owner", "me", "--due", "2027-12-01")


def write(home: Path, text: str | bytes) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    path = home / "config.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def value_of(run: Run, key: str) -> str:
    ran = run("config", "get", key)
    assert ran.code == 0, ran.err
    return ran.out.strip()


# Listed and changed


def test_each_setting_has_its_default_at_first(run: Run, home: Path) -> None:
    ran = run("config", "list", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["file"] == str(home / "config.toml")
    values = {row["key"]: row["value"] for row in ran.json["settings"]}
    assert values == {
        **{f"rhythm.{relationship}": "0" for relationship in Relationship},
        "session.template": "none",
        "help.contact": "whoever is on call",
        "backup.folder": "none",
        "dates.remarks": True,
        "pager": "on",
        "home.keys": True,
        "brief.private": False,
    }
    assert {row["source"] for row in ran.json["settings"]} == {"default"}
    assert not home.exists()


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("rhythm.report", "2w", "2w"),
        ("RHYTHM.Peer", "every  2 weeks", "every 2 weeks"),
        ("rhythm.coach", "never", "never"),
        ("session.template", "GROW", "grow"),
        ("session.template", "none", "none"),
        ("help.contact", " Occ  Health, ext\u00a04100 ", "Occ Health, ext 4100"),
        ("help.contact", "x" * 100, "x" * 100),
        ("backup.folder", " /media/stick ", "/media/stick"),
        ("dates.remarks", "off", "off"),
        ("home.keys", "No", "off"),
        ("brief.private", "true", "on"),
        ("pager", "less -R", "less -R"),
        ("pager", "OFF", "off"),
    ],
)
def test_a_setting_is_set_and_taken_back(
    run: Run, home: Path, key: str, typed: str, value: str
) -> None:
    ran = run("config", "set", key, typed)
    assert ran.code == 0, ran.err
    assert f" {value}" in ran.out
    assert value_of(run, key) == value
    assert (home / "config.toml").stat().st_mode & 0o777 == 0o600
    ran = run("config", "unset", key)
    assert ran.code == 0
    assert value_of(run, key) in ran.out
    row = run("config", "get", key, "--json").json["setting"]
    assert (row["value"], row["source"]) == (row["default"], "default")


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("rhythm.report", "soon"),
        ("rhythm.report", ""),
        ("session.template", "no-such-thing"),
        ("session.template", "shadow"),
        ("session.template", "als"),
        ("session.template", "../grow"),
        ("help.contact", ""),
        ("help.contact", " \u200b "),
        ("help.contact", "x" * 101),
        ("help.contact", "Occ Health\nPriya Shah"),
        ("help.contact", "Occ Health\u2028ext 4100"),
        ("help.contact", "\x1b[2JOcc Health"),
        ("help.contact", "Occ Health\x00"),
        ("backup.folder", "stick"),
        ("backup.folder", ""),
        ("backup.folder", "/media\x1b"),
        ("dates.remarks", "maybe"),
        ("home.keys", "1"),
        ("pager", ""),
        ("pager", "less '"),
        ("pager", "less\x1b[2J"),
        ("pager", "less\nPriya Shah"),
        ("brief.private", "Priya Shah"),
    ],
)
def test_a_value_that_cannot_be_is_refused(
    run: Run, home: Path, key: str, typed: str
) -> None:
    ran = run("config", "set", key, typed)
    assert ran.code in (2, 3)
    assert (ran.out, home.exists()) == ("", False)
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("command", ["get", "unset", "set"])
def test_an_unknown_setting_is_refused_with_the_nearest(
    run: Run, home: Path, command: str
) -> None:
    words = ("on",) if command == "set" else ()
    ran = run("config", command, "hom.keys", *words)
    assert (ran.code, ran.out) == (2, "")
    assert "There is no setting “hom.keys”. Did you mean home.keys" in ran.err
    assert not home.exists()


def test_comments_order_and_unknown_keys_are_kept(run: Run, home: Path) -> None:
    text = "# mine\nzz = 1\n\n[rhythm]  # agreed\nreport = '2w' # Dana\n"
    path = write(home, text)
    assert run("config", "set", "rhythm.report", "1m").code == 0
    assert path.read_text(encoding="utf-8") == text.replace("'2w'", '"1m"')
    ran = run("config", "list")
    assert "config.toml: there is no setting zz. It is left as it is." in ran.err


def test_a_link_stays_a_link(run: Run, home: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("# mine\n", encoding="utf-8")
    home.mkdir()
    (home / "config.toml").symlink_to(real)
    assert run("config", "set", "home.keys", "off").code == 0
    assert (home / "config.toml").is_symlink()
    assert real.read_text(encoding="utf-8") == "# mine\n\n[home]\nkeys = false\n"


def test_two_at_once_both_stay(home: Path) -> None:
    """Each reads the file and writes it whole: without a lock, one would undo another."""
    environment = {**os.environ, "COACHLOG_HOME": str(home)}
    command = [sys.executable, "-m", "coachlog", "config", "set"]
    running = [
        subprocess.Popen(
            [*command, f"rhythm.{relationship}", "2w"],
            env=environment,
            stdout=subprocess.PIPE,
        )
        for relationship in Relationship
    ]
    assert [(process.communicate(), process.returncode)[1] for process in running] == [
        0 for _ in running
    ]
    settings = Settings(home / "config.toml", lambda _words: None)
    values = [
        settings.get_text(f"rhythm.{relationship}") for relationship in Relationship
    ]
    assert values == ["2w" for _ in values]


def test_the_environment_goes_before_the_file(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("config", "set", "pager", "off").code == 0
    monkeypatch.setenv("COACHLOG_PAGER", "more")
    row = run("config", "get", "pager", "--json").json["setting"]
    assert (row["value"], row["source"]) == ("more", "COACHLOG_PAGER")
    rows = run("config", "list", "--json").json["settings"]
    assert row in rows


def test_tab_offers_the_settings_and_reads_none(home: Path) -> None:
    path = write(home, "no toml")
    path.chmod(0)
    assert list(complete(home, "config get rhythm.re")) == ["rhythm.report"]
    assert set(complete(home, "config set ")) == set(SETTINGS)


# A file that cannot be used


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def make_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


FAULTY_FILES = [
    pytest.param(b"\xff\xfe\xff", None, "cannot be used", id="half-utf-16"),
    pytest.param(b"pager = '\xe9'", None, "is not UTF-8 text", id="latin"),
    pytest.param(b"home.keys", None, "cannot be used", id="half"),
    pytest.param(b"[home]\nkeys = true\nkeys = false\n", None, "at line 3", id="twice"),
    pytest.param(b"a" + b".a" * 999 + b" = 1", None, "line 1", id="crafted"),
    pytest.param(b"#" * (MAX_CONFIG_BYTES + 1), None, "more than 64 KiB", id="huge"),
    pytest.param(b"", make_folder, "it is a folder", id="folder"),
    pytest.param(b"", make_pipe, "it is not a file", id="pipe"),
]


@pytest.mark.parametrize(("data", "change", "reason"), FAULTY_FILES)
def test_a_faulty_file_is_said_and_stops_nothing(
    run: Run,
    home: Path,
    data: bytes,
    change: Callable[[Path], None] | None,
    reason: str,
) -> None:
    path = write(home, data)
    if change:
        change(path)
    ran = run("person", "add", "Ann Obi", "-r", "report")
    assert ran.code == 0
    assert reason in ran.err
    assert ran.err.endswith("The defaults are used.\n")
    assert ran.err.count("\n") == 1
    ran = run("config", "list")
    assert ran.code == 0
    assert reason in ran.err
    ran = run("config", "set", "home.keys", "off")
    assert (ran.code, ran.out) == (2, "")
    assert "Nothing was changed" in ran.err
    if not change:
        assert path.read_bytes() == data


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads it all")
def test_a_file_and_a_home_without_permission(run: Run, home: Path) -> None:
    path = write(home, "home.keys = false\n")
    path.chmod(0)
    ran = run("config", "list")
    assert (ran.code, "cannot be read (Permission denied)" in ran.err) == (0, True)
    path.chmod(0o600)
    home.chmod(0o500)
    try:
        assert value_of(run, "home.keys") == "off"
        ran = run("config", "set", "home.keys", "on")
        assert (ran.code, ran.out) == (1, "")
        assert "cannot be written" in ran.err
    finally:
        home.chmod(0o700)
    assert path.read_text(encoding="utf-8") == "home.keys = false\n"


@pytest.mark.parametrize(
    "text",
    [
        'rhythm.report = "soon"',
        "rhythm.report = 2026-01-01",
        "rhythm.report = true",
        "rhythm.report = ['2w']",
        "[rhythm.report]\nevery = '2w'",
        "rhythm = '2w'",
    ],
)
def test_a_faulty_value_is_said_where_it_is_needed(
    run: Run, home: Path, text: str
) -> None:
    write(home, text)
    ran = run("person", "add", "Ann Obi", "-r", "report")
    assert ran.code == 0
    assert "config.toml: rhythm.report cannot be used" in ran.err
    assert "It may be 2w, 1m, weekly" in ran.err
    assert ran.err.endswith("The default is used (0).\n")
    assert run("person", "show", "ann", "--json").json["person"]["every"] is None
    for words in (("person", "list"), ("person", "add", "Bo Lee", "-r", "peer")):
        ran = run(*words)
        assert (ran.code, ran.err) == (0, "" if "rhythm." in text else ran.err)


# What other commands make of them


def test_someone_new_gets_the_rhythm_of_the_relationship(run: Run) -> None:
    assert run("config", "set", "rhythm.report", "2w").code == 0
    ran = run("person", "add", "Ann Obi", "-r", "report")
    assert "Added Ann Obi (reports to you), a conversation every 2 weeks." in ran.out
    run("person", "add", "Bo Lee", "-r", "peer")
    run("person", "add", "Cy Fox", "-r", "report", "--every", "1m")
    run("person", "add", "Di Roe", "-r", "report", "--every", "0")
    hold(run, person="Eve Poe", relationship="report")
    people = run("person", "list", "--json").json["people"]
    assert {row["slug"]: row["every"] for row in people} == {
        "ann-obi": "2w",
        "bo-lee": None,
        "cy-fox": "1m",
        "di-roe": None,
        "eve-poe": "2w",
    }


def test_members_of_a_set_get_no_rhythm(run: Run) -> None:
    """They are met in the set; a rhythm would ask for 1:1s that nobody agreed."""
    assert run("config", "set", "rhythm.peer", "2w").code == 0
    ran = run("set", "add", "Ward leads", "-m", "Ann Obi", "-m", "Bo Lee", "-r", "peer")
    assert ran.code == 0
    people = run("person", "list", "--json").json["people"]
    assert [row["every"] for row in people] == [None, None]


def test_the_usual_conversation_is_not_asked_for(example: Run) -> None:
    assert example("config", "set", "session.template", "quick").code == 0
    person = ScriptedPerson(skip=True)
    ran = example("session", "new", "priya", person=person)
    assert "which" not in person.asked
    assert "Quick note, as your settings say; --template ID holds another" in (
        person.told
    )
    assert ran.code in (0, 2)


CARING = """\
title = "Caring"
summary = "How they are."
audience = "one-to-one"
minutes = 15
[[stage]]
id = "now"
title = "Now"
guidance = "Somewhere quiet, or ring $help."
[[stage.prompt]]
id = "safe"
ask = "Are you worried about anyone's safety?"
kind = "yesno"
help = "In danger now: 999. Otherwise $help."
"""
CONTACT = "Occ Health · $me --> ext 4100"


def write_caring(home: Path) -> None:
    folder = home / "prompts"
    folder.mkdir(parents=True)
    (folder / "caring.toml").write_text(CARING, encoding="utf-8")


@pytest.mark.parametrize("contact", ["whoever is on call", CONTACT])
def test_whom_to_call_is_in_the_talk_and_wherever_its_template_is_read(
    example: Run, home: Path, tmp_path: Path, contact: str
) -> None:
    write_caring(home)
    if contact == CONTACT:
        assert example("config", "set", "help.contact", contact).code == 0
    guidance = f"Somewhere quiet, or ring {contact}."
    help = f"In danger now: 999. Otherwise {contact}."
    shown = example("template", "show", "caring").out
    assert guidance in shown
    assert help in " ".join(shown.split())
    sheet = example("template", "show", "caring", "--markdown").out
    assert "$help" not in sheet
    assert "ext 4100" in sheet or contact != CONTACT
    form = example("template", "form", "caring").out
    # The end of a comment would be read as one.
    assert f"<!-- {guidance.replace('-->', '->')} -->" in form
    assert help.replace("-->", "->") in form
    person = ScriptedPerson(skip=True)
    assert example("session", "new", "priya", "-t", "caring", person=person).code == 0
    assert person.helps["now.safe"] == help
    text = form
    for ask, words in (
        ("Who did you talk with", "Priya Shah"),
        ("Are you worried", "no"),
    ):
        heading = rf"(#+ {ask}[^\n]*\n(?:<!-- .*? -->\n)?)"
        text = re.sub(heading, rf"\1\n{words}\n", text, count=1, flags=re.DOTALL)
    path = tmp_path / "form.md"
    path.write_text(text, encoding="utf-8")
    # The form was printed before: whom to call has changed meanwhile.
    assert example("config", "set", "help.contact", "the desk").code == 0
    ran = example("session", "new", "--form", str(path))
    assert ran.code == 0, ran.err


def test_whom_to_call_is_read_only_for_a_text_that_says_it(
    example: Run, home: Path
) -> None:
    write_caring(home)
    write(home, "help = 1")
    remark = "config.toml: help.contact cannot be used: “help” is not a table: [help]."
    for line in (["show", "grow"], ["show", "grow", "--markdown"], ["form", "grow"]):
        assert example("template", *line).err == ""
    assert example("template", "show", "caring", "--json").err == ""
    for line in (["show", "caring"], ["form", "caring"]):
        ran = example("template", *line)
        assert (ran.code, remark in ran.err) == (0, True)
        assert "or ring whoever is on call." in ran.out


def test_alone_you_are_asked_all_the_same(example: Run) -> None:
    assert example("config", "set", "session.template", "quick").code == 0
    person = ScriptedPerson({"who": None, "which": "shadow"}, skip=True)
    example("session", "new", person=person)
    assert "which" in person.asked


def test_a_template_that_is_gone_is_said_and_asked_for(
    example: Run, home: Path
) -> None:
    write(home, 'session.template = "mine"')
    person = ScriptedPerson({"which": "quick"}, skip=True)
    ran = example("session", "new", "priya", person=person)
    assert "which" in person.asked
    assert "config.toml: session.template cannot be used" in ran.err


def test_date_remarks_can_be_switched_off(example: Run) -> None:
    assert "more than six months ahead" in example("action", "add", *AHEAD).err
    assert example("config", "set", "dates.remarks", "off").code == 0
    assert example("action", "add", *AHEAD).err == ""
    assert example("action", "move", "1", "--to", "2027-12-01").err == ""
    answers = {"actions": [{"what": "x", "owner": "me", "due": "2027-12-01"}]}
    assert hold(example, **answers).err == ""
    person = ScriptedPerson()
    ran = example("action", "move", "1", "--to", "2027-12-02", person=person)
    assert (ran.code, person.asked) == (0, [])


def test_what_next_friday_means_is_asked_all_the_same(example: Run) -> None:
    assert example("config", "set", "dates.remarks", "off").code == 0
    person = ScriptedPerson({"Is that the right date?": False})
    ran = example("action", "move", "1", "--to", "next fri", person=person)
    assert (ran.code, person.told[0].startswith("“next fri” is")) == (4, True)


def test_a_setting_is_read_only_where_it_is_needed(run: Run, home: Path) -> None:
    write(home, "no toml")
    for line in ("", "person list", "action list", "history priya", "--version"):
        assert "config.toml" not in run(*line.split()).err


def test_json_keeps_its_shape(run: Run) -> None:
    row = json.loads(run("config", "list", "--json").out)["settings"][0]
    names = ["key", "value", "source", "default", "choices", "help", "fault"]
    assert list(row) == names


@pytest.mark.parametrize(
    ("setting", "template"),
    [
        pytest.param("check-in", "check-in", id="has-a-place"),
        pytest.param("woop", "quick", id="has-none"),
        pytest.param("none", "quick", id="none"),
    ],
)
def test_notes_are_kept_in_the_usual_conversation(
    example: Run, setting: str, template: str
) -> None:
    assert example("config", "set", "session.template", setting).code == 0
    assert example("log", "priya", input="The rota is settled.\n").code == 0
    session = example("session", "show", "2", "--json").json["session"]
    assert session["template"] == template
