"""Typed words in tab-separated records, read back by their readers: awk, cut, csv, a shell."""

import csv
import io
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coachlog.escaping.tab_separated import escape_field
from coachlog.text import clean_text

TYPED_WORDS = [
    'the "Lead by example" talk',
    '"quoted to its end',
    "a\tb\tc",
    "one line\nand another\r\nand a third\rand a fourth",
    "form\x0cfeed, next\x85line, line\u2028separator, file\x1cseparator",
    "colour \x1b[31m of their own",
    "back\\slash \\t \\n",
    "",
    "=1+1, 'single', $HOME, %s, 3% – “curly” 会議",
]


def write_records(rows: list[list[str]]) -> str:
    return "".join("\t".join(map(escape_field, row)) + "\n" for row in rows)


def what_is_read(words: str) -> str:
    return clean_text(words).replace("\t", " ").replace("\n", " ")


def run_reader(*command: str, records: str) -> list[str]:
    """Return the lines that a program prints for these records."""
    done = subprocess.run(
        command, input=records.encode(), capture_output=True, check=True
    )
    return done.stdout.decode().split("\n")[:-1]


@pytest.mark.parametrize(
    "reader",
    [
        pytest.param(("cut", "-f2"), id="cut"),
        pytest.param(("awk", "-F\t", "NF != 3 { exit 1 } { print $2 }"), id="awk"),
        pytest.param(("sh", "-c", "while read -r line; do echo x; done"), id="lines"),
    ],
)
def test_programs_of_every_system_read_the_words(reader: tuple[str, ...]) -> None:
    records = write_records([["1", words, "you"] for words in TYPED_WORDS])
    lines = run_reader(*reader, records=records)
    if reader[0] == "sh":
        assert len(lines) == len(TYPED_WORDS)
    else:
        assert lines == [what_is_read(words) for words in TYPED_WORDS]


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), max_size=4))
@example([[words, words, ""] for words in TYPED_WORDS])
@settings(max_examples=200)
def test_python_reads_the_words_of_every_record(rows: list[list[str]]) -> None:
    records = write_records(rows)
    # What `splitlines` takes for a line end is more than what ends a record.
    assert len(records.splitlines()) == len(rows)
    reader = csv.reader(io.StringIO(records), delimiter="\t", quoting=csv.QUOTE_NONE)
    assert list(reader) == [[*map(what_is_read, row)] for row in rows]


@given(st.text())
def test_clean_words_keep_their_length(words: str) -> None:
    words = clean_text(words)
    assert len(escape_field(words)) == len(words)
