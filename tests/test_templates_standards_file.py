"""`standards.toml`: what is read from it, and every way in which it can be broken."""

import os
from pathlib import Path

import pytest

from coachlog.errors import FaultyStandards
from coachlog.model.standards import Standard
from coachlog.templates.standards_file import parse_standards, read_standards

EXAMPLE = Path(__file__).parent.parent / "examples/standards.toml"
GOOD = '[[standard]]\nid = "asks-first"\nstatement = "Asks first."\n'


def faults(data: bytes | str) -> list[str]:
    """Return the faults of a file, without the number and id of its only standard."""
    data = data.encode() if isinstance(data, str) else data
    with pytest.raises(FaultyStandards) as raised:
        parse_standards(data, "standards.toml")
    assert raised.value.name == "standards.toml"
    return [fault.removeprefix("standard 1 (“a”): ") for fault in raised.value.faults]


def one(*lines: str) -> str:
    return "\n".join(["[[standard]]", *lines, ""])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", (), id="empty"),
        pytest.param("# later\n", (), id="comments-only"),
        pytest.param(GOOD, (Standard("asks-first", "Asks first."),), id="shortest"),
        pytest.param(
            GOOD.replace("\n", "\r\n") + 'level = "lead"\r\n',
            (Standard("asks-first", "Asks first.", "lead"),),
            id="windows",
        ),
        pytest.param(
            GOOD + "level = 2",
            (Standard("asks-first", "Asks first.", "2"),),
            id="level-number",
        ),
        pytest.param(
            one('id = "a"', 'statement = " Asks\\u001b[31m. "'),
            (Standard("a", "Asks\N{REPLACEMENT CHARACTER}[31m."),),
            id="escape",
        ),
        pytest.param(
            "".join(
                one(f'id = "a{number}"', 'statement = "S."') for number in range(200)
            ),
            tuple(Standard(f"a{number}", "S.") for number in range(200)),
            id="as-many-as-can-be",
        ),
    ],
)
def test_what_is_read(text: str, expected: tuple[Standard, ...]) -> None:
    assert parse_standards(text.encode(), "standards.toml") == expected


ONE_LINE = "one line of text in quotes"
BAD_ID = "must be lower-case letters, digits and hyphens"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(
            b"a = \xff",
            [
                "it is not UTF-8 text: byte 5, in line 1, cannot be read; save it as UTF-8"
            ],
            id="not-utf-8",
        ),
        pytest.param(
            "standard = [",
            ["it is not valid TOML: Invalid value (at end of document)"],
            id="not-toml",
        ),
        pytest.param(
            f"a = {'[' * 40}",
            ["it is not valid TOML: line 1: a line may have at most 32 brackets"],
            id="nested-deeply",
        ),
        pytest.param(
            f"a{'.a' * 20} = 1",
            ["it is not valid TOML: line 1: a key may have at most 8 parts"],
            id="long-key",
        ),
        pytest.param("#" * 65_537, ["it is larger than 64 KiB"], id="too-large"),
        pytest.param(
            "[standard]\n",
            ["standard: it must be [[standard]], in two pairs of brackets"],
            id="one-pair-of-brackets",
        ),
        pytest.param(
            "standard = [3]",
            ["standard 1: it must be a table, under [[standard]]"],
            id="no-table",
        ),
        pytest.param(
            f'title = "x"\n{GOOD}',
            ["unknown key “title”; each standard is [[standard]]"],
            id="unknown-table",
        ),
        pytest.param(
            "[[standard]]\n" * 201,
            ["standard: too many standards: 201 (the limit is 200)"],
            id="too-many",
        ),
        pytest.param(
            one('statement = "S."'),
            [
                "standard 1: id is missing: lower-case letters, digits and hyphens",
            ],
            id="no-id",
        ),
        pytest.param(
            one('id = "Asks first"', 'statement = "S."'),
            [f"standard 1 (“Asks first”): id: “Asks first” {BAD_ID}"],
            id="bad-id",
        ),
        pytest.param(
            one("id = 3", 'statement = "S."'),
            [f"standard 1: id: “3” {BAD_ID}"],
            id="id-number",
        ),
        pytest.param(
            one(f'id = "{"a" * 61}"', 'statement = "S."'),
            [
                f"standard 1 (“{'a' * 39}…”): id is too long: 61 characters "
                "(the limit is 60)"
            ],
            id="long-id",
        ),
        pytest.param(
            2 * one('id = "a"', 'statement = "S."'),
            ["standard 2 (“a”): id: standard 1 has this id already"],
            id="id-twice",
        ),
        pytest.param(one('id = "a"'), [f"statement is missing: {ONE_LINE}"], id="none"),
        pytest.param(
            one('id = "a"', 'statement = " "'),
            [f"statement is empty; it must be {ONE_LINE}"],
            id="statement-empty",
        ),
        pytest.param(
            one('id = "a"', "statement = true"),
            ["statement: “true” must be text in quotes"],
            id="statement-flag",
        ),
        pytest.param(
            one('id = "a"', 'statement = """S.\nT."""'),
            ["statement has more than one line; write it in one"],
            id="statement-two-lines",
        ),
        pytest.param(
            one('id = "a"', f'statement = "{"s" * 201}"'),
            ["statement is too long: 201 characters (the limit is 200)"],
            id="statement-long",
        ),
        pytest.param(
            one('id = "a"', 'statement = "S."', "level = true"),
            ["level: “true” must be text in quotes"],
            id="level-flag",
        ),
        pytest.param(
            one('id = "a"', 'statement = "S."', 'level = ""'),
            [f"level is empty; it must be {ONE_LINE}"],
            id="level-empty",
        ),
        pytest.param(
            one('id = "a"', 'statement = "S."', f'level = "{"l" * 41}"'),
            ["level is too long: 41 characters (the limit is 40)"],
            id="level-long",
        ),
        pytest.param(
            one('id = "a"', 'statment = "S."', 'statement = "S."', "x = 1"),
            [
                "unknown key “statment”; did you mean statement?",
                "unknown key “x”; choose from id, statement, level",
            ],
            id="unknown-keys",
        ),
        pytest.param(
            one() + one('id = "b"', 'statement = ""'),
            [
                "standard 1: id is missing: lower-case letters, digits and hyphens",
                f"standard 1: statement is missing: {ONE_LINE}",
                f"standard 2 (“b”): statement is empty; it must be {ONE_LINE}",
            ],
            id="all-at-once",
        ),
    ],
)
def test_every_fault_is_named(data: bytes | str, expected: list[str]) -> None:
    assert faults(data) == expected


def test_so_many_faults_are_listed_and_no_more() -> None:
    found = faults("[[standard]]\n" * 40)
    assert (len(found), found[-1]) == (51, "there are more; put these right first")


def test_no_file_is_no_standards(tmp_path: Path) -> None:
    assert read_standards(tmp_path / "standards.toml") == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "standards.toml"
    os.mkfifo(path)
    with pytest.raises(FaultyStandards, match="it is a pipe or a device"):
        read_standards(path)


def test_a_folder_or_a_link_that_leads_nowhere_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("folder", "link"):
        with pytest.raises(FaultyStandards, match="it cannot be read"):
            read_standards(tmp_path / name)


def test_the_example_can_be_used() -> None:
    standards = read_standards(EXAMPLE)
    assert 6 <= len(standards) <= 8
    assert len({standard.level for standard in standards}) == 3
