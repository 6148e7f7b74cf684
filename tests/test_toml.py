"""TOML from people one does not know: read, or refused at once with one sentence."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog import toml

BIG = 64 * 1024
DEEP_KEY = ".".join("a" * (BIG // 2))


# Each is small enough to be read as a file, and costs a careless reader seconds, its stack, or a
# crash far from here. The time limit stops a hang; what is refused is refused in milliseconds.
@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param(f"{DEEP_KEY} = 1", id="dotted-key"),
        pytest.param(f"[{DEEP_KEY}]", id="dotted-table"),
        pytest.param(f"[[{DEEP_KEY}]]", id="dotted-array-of-tables"),
        pytest.param(f"x = {{{DEEP_KEY} = 1}}", id="dotted-key-in-an-inline-table"),
        pytest.param(".".join(['"a"'] * (BIG // 4)) + " = 1", id="quoted-dotted-key"),
        pytest.param(" . ".join("a" * (BIG // 4)) + " = 1", id="spaced-dotted-key"),
        pytest.param(
            f'x = ["""said "a"""", {{{DEEP_KEY} = 1}}, ""]',
            id="dotted-key-behind-a-string-that-ends-in-a-quote",
        ),
        pytest.param(
            f"x = ['''said 'a'''', {{{DEEP_KEY} = 1}}, '']",
            id="dotted-key-behind-a-literal-that-ends-in-a-quote",
        ),
        pytest.param("a = " + "[" * BIG, id="brackets"),
        pytest.param("a = " + "[" * 33 + "]" * 33, id="one-bracket-too-many"),
        pytest.param("a = " + "{a=" * (BIG // 3), id="braces"),
        pytest.param("a = " + "[\n" * (BIG // 2), id="nested-over-lines"),
        pytest.param(
            "a = " + ("[" * 31 + "\n") * (BIG // 32), id="nested-over-fewer-lines"
        ),
        pytest.param("a = " + "9" * BIG, id="huge-number"),
        pytest.param("a = 0x" + "f" * BIG, id="huge-hexadecimal-number"),
        pytest.param("a = 0b" + "1" * BIG, id="huge-binary-number"),
        pytest.param('a = "' + '\\"' * (BIG // 2), id="escaped-quotes-without-an-end"),
        pytest.param('\\"' * (BIG // 2), id="escaped-quotes-without-a-beginning"),
        pytest.param(
            'a = """' + '\\"""' * (BIG // 4), id="escaped-triple-quotes-without-an-end"
        ),
        pytest.param('"""\\"\n' * (BIG // 6), id="open-strings-on-every-line"),
    ],
)
def test_hostile_toml_is_refused(hostile: str) -> None:
    with pytest.raises(ValueError, match=r"\S") as refused:
        toml.parse_toml(hostile)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("\na.b.c.d.e.f.g.h.i = 1", "line 2: a key may have at most 8 parts"),
        ("a = 1\n\nb = " + "[" * 33, "line 3: a line may have at most 32 brackets"),
        (
            'a = """\ntwo\nlines"""\nb = ' + "[" * 33,
            "line 4: a line may have at most 32 brackets",
        ),
        ("a = " + "[\n" * 9000, "it is nested too deeply"),
    ],
)
def test_a_refusal_says_where_and_why(source: str, says: str) -> None:
    with pytest.raises(ValueError, match=r"\S") as refused:
        toml.parse_toml(source)
    assert str(refused.value) == says


HONEST = [
    "",
    "a.b.c.d.e.f.g.h = 1",
    'a = "Well... so... it... went... on... and... on... again..."',
    "a = 'Well... [so] [it] [went] {on} {and} [on] ...'",
    'a = "' + "[x] " * 60 + '"',
    'a = """\nLook: ' + "... [a] {b} " * 40 + '\nShe said "go"."""',
    "a = '''\nLook: " + "... [a] {b} " * 40 + "\n'''",
    'a = "She said \\"wait... wait... wait... wait...\\" [twice]"',
    'a = """He said "yes""""\nb = """..."""',
    "a = 1 # " + "... [[[ {{{ " * 40,
    '"goal.result.a.b.c.d.e.f.g.h.i" = "x"',
    "a = [" + ", ".join(["1.5"] * 60) + "]",
    "a = [\n" + '["x"],\n' * 60 + "]",
    "due = 2026-11-27\nat = 2026-11-27T09:30:00.5Z",
    "a = 0xff\nb = 0b11\nc = 1_000\nd = 1e5\ne = nan",
]


@pytest.mark.parametrize("source", HONEST, ids=lambda source: source[:24])
def test_honest_toml_reads_as_the_standard_library_reads_it(source: str) -> None:
    assert repr(toml.parse_toml(source)) == repr(tomllib.loads(source))


# `tomllib` says as much for any text, so this is about what happens before and after it.
PIECES = st.sampled_from(
    [
        *(
            '"',
            "'",
            '"""',
            "'''",
            "\\",
            "\n",
            "\r\n",
            "#",
            ".",
            ",",
            "=",
            "[",
            "]",
            "[[",
            "]]",
        ),
        *(
            "{",
            "}",
            "a",
            "b.c",
            " ",
            "1",
            "0x",
            "-",
            "2026-11-27",
            "T",
            ":",
            "true",
            "é",
            "\x00",
        ),
        *("\ud800", "_"),
    ]
)


@given(st.text() | st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=50, deadline=None)
def test_any_text_is_a_table_or_a_value_error(source: str) -> None:
    try:
        table = toml.parse_toml(source)
    except ValueError:
        return
    assert isinstance(table, dict)


def quoted(prose: str) -> str:
    escaped = prose.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'a = "{escaped}"'


@given(
    st.lists(st.sampled_from(["...", "[", "]", "{", '"', "'", "\\", "#", "\n", "x"]))
)
@settings(max_examples=50, deadline=None)
def test_prose_of_dots_brackets_and_quotes_is_no_attack(words: list[str]) -> None:
    prose = "".join(words)
    assert toml.parse_toml(quoted(prose)) == {"a": prose}
