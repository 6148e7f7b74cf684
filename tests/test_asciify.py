"""ASCII only: cell for cell, everywhere on the screen, and never in what is exported."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from coachlog import asciify
from command_support import hold
from conftest import Run

SIGNS = "›·…“”‘’–—→↑↓←•─│┌┐└┘├┤┼━╸▁▂▃▄▅▆▇█▏▎▍▌▋▊▉░▒▓●○✓✗éßøłŻ€£½²日本語한カ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plain [text] :)", "plain [text] :)", id="ascii-stays"),
        pytest.param(
            "“Look into” – it’s vague…", '"Look into" - it\'s vague~', id="typography"
        ),
        pytest.param("→ Friday · 3 of 4 › <", "> Friday . 3 of 4 > <", id="signs"),
        pytest.param("↑ up 2, ↓ down 1", "^ up 2, v down 1", id="arrows"),
        pytest.param("▁▂▃▄▅▆▇█", "_.:-=+*#", id="a-rising-trend-rises"),
        pytest.param("· ░▒█", ". :=#", id="shades-differ-from-nothing"),
        pytest.param("┌─┬─┐ │ └─┘", "+-+-+ | +-+", id="boxes"),
        pytest.param(
            "Amélie Żółć Straße Ødegård", "Amelie Zolc Strase Odegard", id="accents"
        ),
        pytest.param("Ame\u0301lie", "Amelie", id="an-accent-of-its-own"),
        pytest.param("£200", "L200", id="money"),
        pytest.param("日本 한국", "???? ????", id="wide-is-two"),
        pytest.param("Ａ１", "A 1 ", id="full-width-letters"),
        pytest.param("Привет", "??????", id="another-script"),
        pytest.param("👩\u200d👩\u200d👧!", "??!", id="a-family-is-as-wide-as-one"),
        pytest.param("\x1b[1m›\x1b[0m", "\x1b[1m>\x1b[0m", id="colours-stay"),
        pytest.param("", "", id="empty"),
    ],
)
def test_ascii(text: str, expected: str) -> None:
    assert asciify.asciify_text(text) == expected


@settings(max_examples=50, deadline=None)
@given(
    st.text(
        st.one_of(
            st.characters(max_codepoint=0x24F, categories=["L", "N", "P", "S", "Zs"]),
            st.sampled_from(SIGNS),
        )
    )
)
def test_columns_stay_aligned(text: str) -> None:
    plain = asciify.asciify_text(text)
    assert plain.isascii()
    assert len(plain) == cell_len(text)


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_any_text_becomes_ascii_and_stays_so(text: str) -> None:
    plain = asciify.asciify_text(text)
    assert plain.isascii()
    assert asciify.asciify_text(plain) == plain


def test_each_level_of_a_trend_and_each_length_of_a_bar_has_a_sign_of_its_own() -> None:
    for levels in ("▁▂▃▄▅▆▇█", "·░▒▓█"):
        assert len(set(asciify.asciify_text(levels))) == len(levels)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        pytest.param("utf-8", False, id="utf-8"),
        pytest.param("utf-16", False, id="utf-16"),
        pytest.param("ascii", True, id="ascii"),
        pytest.param("latin-1", True, id="latin-1"),
        pytest.param("cp437", True, id="an-old-windows-console"),
        pytest.param("no-such-encoding", True, id="unknown"),
        pytest.param(None, False, id="no-encoding-told"),
    ],
)
def test_a_stream_that_cannot_take_the_signs_needs_ascii(
    encoding: str | None, expected: bool
) -> None:
    class Stream:
        pass

    stream = Stream()
    stream.encoding = encoding  # type: ignore[attr-defined]
    assert asciify.needs_ascii(stream) is expected


def test_the_stream_passes_on_ascii() -> None:
    below = io.StringIO()
    assert asciify.AsciiStream(below).write("› é") == 3
    assert below.getvalue() == "> e"


SCREENS = [
    "",
    "session list",
    "session show 1",
    "person list",
    "person show amelie",
    "action list",
    "action show 1",
    "plan show amelie",
    "progress",
    "template list",
    "template show grow",
    "action done 1",
    "session show 99",
    "nonsense",
    "session list --person nobody-of-that-name",
]


@pytest.mark.parametrize("line", SCREENS)
def test_every_screen_can_be_ascii(line: str, run: Run) -> None:
    hold(
        run,
        person="Amélie Dupont",
        answers={"capture.mattered": "“Ça va” – 日本…"},
        actions=[{"what": "Appeler le café…", "owner": "them", "due": "+1w"}],
    )
    ran = run("--ascii", *line.split())
    assert ran.out + ran.err
    assert (ran.out + ran.err).isascii()


def test_the_same_screen_has_the_same_columns(run: Run) -> None:
    hold(
        run,
        person="Amélie Dupont",
        actions=[{"what": "Appeler", "owner": "me", "due": "+1w"}],
    )
    with_signs, without = (
        run("action", "list").out,
        run("--ascii", "action", "list").out,
    )
    assert [len(row) for row in without.split("\n")] == [
        len(row) for row in with_signs.split("\n")
    ]


@pytest.mark.parametrize(
    "line",
    ["session show 1 --json", "plan export amelie", "template show grow --markdown"],
)
def test_what_is_exported_is_never_changed(line: str, run: Run) -> None:
    hold(run, person="Amélie Dupont", answers={"capture.mattered": "“Ça va” – 日本…"})
    assert run("--ascii", *line.split()).out == run(*line.split()).out


def test_words_typed_are_kept_as_they_are(run: Run) -> None:
    assert run("--ascii", "person", "add", "Amélie", "-r", "peer").out.isascii()
    assert run("person", "list", "--json").json["people"][0]["name"] == "Amélie"
