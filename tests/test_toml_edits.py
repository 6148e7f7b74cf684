"""One value of a TOML text is changed, and nothing else: neither a comment nor the order."""

import tomllib
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coachlog.services.toml_edits import remove_toml_value, set_toml_value

COMMENTED = """\
# Mine, agreed with Dana
pager = "less -R"   # at work

[rhythm] # by relationship
report = "2w"  # since March
# peer = "1m"

[home]
keys = false
"""


@pytest.mark.parametrize(
    ("source", "key", "value", "expected"),
    [
        pytest.param("", "pager", "off", 'pager = "off"\n', id="empty"),
        pytest.param("", "home.keys", True, "[home]\nkeys = true\n", id="empty-table"),
        pytest.param(
            COMMENTED,
            "rhythm.report",
            "1m",
            COMMENTED.replace('"2w"', '"1m"'),
            id="a-value-with-a-comment",
        ),
        pytest.param(
            COMMENTED,
            "rhythm.peer",
            "3w",
            COMMENTED.replace('"1m"\n', '"1m"\npeer = "3w"\n'),
            id="not-the-one-in-a-comment",
        ),
        pytest.param(
            COMMENTED,
            "brief.private",
            True,
            f"{COMMENTED}\n[brief]\nprivate = true\n",
            id="a-new-table",
        ),
        pytest.param(
            '[home]\nkeys = true\n[x]\na = """\n[home]\nkeys = true\n"""\n',
            "home.keys",
            False,
            '[home]\nkeys = false\n[x]\na = """\n[home]\nkeys = true\n"""\n',
            id="not-within-a-text",
        ),
        pytest.param(
            "rhythm = { report = '2w', peer = '1m' }\n",
            "rhythm.peer",
            "2m",
            "rhythm = { report = '2w', peer = \"2m\" }\n",
            id="in-a-table-on-one-line",
        ),
        pytest.param(
            "rhythm = { report = '2w' }\n",
            "rhythm.peer",
            "2m",
            "rhythm = { peer = \"2m\", report = '2w' }\n",
            id="into-a-table-on-one-line",
        ),
        pytest.param(
            "rhythm = {}\n",
            "rhythm.peer",
            "2m",
            'rhythm = {peer = "2m" }\n',
            id="into-an-empty-table-on-one-line",
        ),
        pytest.param(
            "home.keys = true\n",
            "home.keys",
            False,
            "home.keys = false\n",
            id="with-a-dot",
        ),
        pytest.param(
            'rhythm.report = "2w"\n[home]\n',
            "rhythm.peer",
            "1m",
            'rhythm.report = "2w"\nrhythm.peer = "1m"\n\n[home]\n',
            id="beside-one-with-a-dot",
        ),
        pytest.param(
            "[rhythm]\r\nreport = '2w'",
            "rhythm.peer",
            "1m",
            "[rhythm]\r\nreport = '2w'\r\npeer = \"1m\"\r\n",
            id="windows",
        ),
        pytest.param(
            'pager = """\nless\n"""\n',
            "pager",
            "off",
            'pager = "off"\n',
            id="long-text",
        ),
        pytest.param(
            "pager = ['less', '-R']\n", "pager", "off", 'pager = "off"\n', id="list"
        ),
        pytest.param('rhythm = "2w"\n', "rhythm.peer", "1m", None, id="no-table"),
        pytest.param("[[rhythm]]\na = 1\n", "rhythm.peer", "1m", None, id="tables"),
    ],
)
def test_one_value_is_set(
    source: str, key: str, value: bool | str, expected: str | None
) -> None:
    assert set_toml_value(source, key, value) == expected


@pytest.mark.parametrize(
    ("source", "key", "expected"),
    [
        pytest.param(
            COMMENTED,
            "rhythm.report",
            COMMENTED.replace('report = "2w"  # since', "# since"),
            id="its-comment-stays",
        ),
        pytest.param(
            COMMENTED,
            "home.keys",
            COMMENTED.replace("keys = false\n", ""),
            id="the-last-in-a-table",
        ),
        pytest.param(COMMENTED, "rhythm.peer", COMMENTED, id="not-there"),
        pytest.param(
            "rhythm = { report = '2w', peer = '1m' }\n",
            "rhythm.peer",
            "rhythm = { report = '2w' }\n",
            id="the-last-on-one-line",
        ),
        pytest.param(
            "rhythm = { report = '2w', peer = '1m' }\n",
            "rhythm.report",
            "rhythm = { peer = '1m' }\n",
            id="the-first-on-one-line",
        ),
        pytest.param("home.keys = true", "home.keys", "", id="with-a-dot"),
    ],
)
def test_one_value_is_removed(source: str, key: str, expected: str) -> None:
    assert remove_toml_value(source, key) == expected


def test_a_text_that_is_no_toml_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid value"):
        set_toml_value("pager = ", "pager", "off")


NAMES = st.sampled_from(["pager", "rhythm", "home", "report", "keys", "other"])
VALUES = st.one_of(
    st.booleans().map(lambda value: str(value).lower()),
    st.sampled_from(
        ['"2w"', "'less'", '"# no"', "'''a\nkeys = 1\n'''", "[1, 2]", "{ keys = 1 }"]
    ),
)
LINES = st.one_of(
    st.builds("{} = {}\n".format, NAMES, VALUES),
    st.builds("{}.{} = {}  # why\n".format, NAMES, NAMES, VALUES),
    st.builds("[{}]\n".format, NAMES),
    st.builds("# {} = 1\n".format, NAMES),
    st.just("\n"),
)
KEYS = st.sampled_from(["pager", "rhythm.report", "home.keys"])


def find_in(table: Any, key: str) -> Any:
    for name in key.split("."):
        table = table.get(name) if isinstance(table, dict) else None
    return table


@example("[home]\n# keys = 1\nkeys = true\n", "home.keys", True)
@given(st.lists(LINES, max_size=8).map("".join), KEYS, st.sampled_from([True, "1m"]))
def test_whatever_the_text_only_that_value_changes(
    source: str, key: str, value: bool | str
) -> None:
    try:
        before = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return
    text = set_toml_value(source, key, value)
    if text is None:
        return
    after = tomllib.loads(text)
    assert find_in(after, key) == value
    comments = [line for line in source.split("\n") if line.startswith("#")]
    assert [line for line in text.split("\n") if line.startswith("#")] == comments
    removed = remove_toml_value(text, key)
    assert removed is not None
    plain = deepcopy(before)
    parent = find_in(plain, key.rpartition(".")[0]) if "." in key else plain
    if isinstance(parent, dict):
        parent.pop(key.rpartition(".")[2], None)
    found = tomllib.loads(removed)
    for tables in (plain, found):
        for name in ("rhythm", "home"):
            if tables.get(name) == {}:
                del tables[name]
    assert found == plain
