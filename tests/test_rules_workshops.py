"""The themes of a workshop, codes of three answers, and what may be shown of the replies."""

from collections.abc import Sequence
from contextlib import suppress
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.errors import InvalidInput
from coachlog.model.replies import ReplyKey
from coachlog.model.workshops import WorkshopTheme
from coachlog.rules import reply_codes, workshop_results, workshop_themes

ASK = WorkshopTheme("Ask first", ("A question before any advice.",))


def list_faults(text: str, *, is_toml: bool = False) -> list[str]:
    """Return the faults of a file of themes, without what stands around them."""
    with pytest.raises(InvalidInput) as caught:
        workshop_themes.parse_themes(text, "themes.txt", is_toml=is_toml)
    first, *faults = caught.value.message.split("\n")
    assert first == "themes.txt cannot be used. Nothing was changed."
    return [fault.removeprefix("  - ").removesuffix(".") for fault in faults]


# Themes


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        pytest.param("Ask first: A question before any advice.", (ASK,), id="one"),
        pytest.param(
            "\ufeff# Winter\n\n- Ask first :  A question before any advice.\r\n",
            (ASK,),
            id="marks-comments-and-blanks",
        ),
        pytest.param(
            "Ask first: A question.\n  Then wait.\n\tThen ask again.\n",
            (
                WorkshopTheme(
                    "Ask first", ("A question.", "Then wait.", "Then ask again.")
                ),
            ),
            id="lines-that-are-set-in",
        ),
        pytest.param(
            "Ask first:\n  A question before any advice.",
            (ASK,),
            id="nothing-behind-the-colon",
        ),
        pytest.param(
            "Time: at 9:30, not 10:00",
            (WorkshopTheme("Time", ("at 9:30, not 10:00",)),),
            id="more-colons",
        ),
        pytest.param(
            "Ask: \x1b[31mred\u202e",
            (WorkshopTheme("Ask", ("\ufffd[31mred",)),),
            id="control-characters",
        ),
    ],
)
def test_themes_one_a_line(text: str, themes: tuple[WorkshopTheme, ...]) -> None:
    text = text.removeprefix("\ufeff")
    assert workshop_themes.parse_themes(text, "x", is_toml=False) == themes


def test_themes_in_toml() -> None:
    text = (
        '[[theme]]\ntitle = "Ask first"\nlines = ["A question before any advice."]\n'
        '[[theme]]\ntitle = "Wait"\nlines = "Ten seconds"\n'
    )
    themes = workshop_themes.parse_themes(text, "x", is_toml=True)
    assert themes == (ASK, WorkshopTheme("Wait", ("Ten seconds",)))


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param("", ["it has no theme"], id="empty"),
        pytest.param("\n# only this\n", ["it has no theme"], id="only-a-comment"),
        pytest.param(
            "Ask first",
            ["theme 1 (“Ask first”): add a colon and what it means in your own words"],
            id="no-words",
        ),
        pytest.param(": words", ["theme 1: it has no title"], id="no-title"),
        pytest.param(
            f"{'x' * 41}: y",
            [
                f"theme 1 (“{'x' * 39}…”): its title is too long: 41 characters "
                "(the limit is 40)"
            ],
            id="long-title",
        ),
        pytest.param(
            f"Ask: {'x' * 121}",
            ["theme 1 (“Ask”): line 1 is too long: 121 characters (the limit is 120)"],
            id="long-line",
        ),
        pytest.param(
            "Ask: 1\n 2\n 3\n 4",
            ["theme 1 (“Ask”): it has 4 lines (the limit is 3)"],
            id="many-lines",
        ),
        pytest.param(
            "Ask: a\nWait: b\nÁSK: c",
            ["theme 3 (“ÁSK”): it has the same title as theme 1"],
            id="twice-alike",
        ),
        pytest.param(
            "\n".join(f"Theme {number}: x" for number in range(13)),
            ["it has 13 themes (the limit is 12)"],
            id="too-many",
        ),
        pytest.param(
            ": a\nAsk",
            [
                "theme 1: it has no title",
                "theme 2 (“Ask”): add a colon and what it means in your own words",
            ],
            id="every-fault-at-once",
        ),
    ],
)
def test_faults_of_themes_one_a_line(text: str, faults: list[str]) -> None:
    assert list_faults(text) == faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param("", ["it has no theme"], id="empty"),
        pytest.param(
            '[[themes]]\ntitle = "Ask"\nlines = ["a"]',
            ["there is no key “themes”; a theme is [[theme]]"],
            id="unknown-table",
        ),
        pytest.param(
            "theme = 3",
            [
                "theme: it must be a list of tables, each under [[theme]]",
            ],
            id="not-a-table",
        ),
        pytest.param(
            "theme = [3]",
            ["theme 1: it must be a table, under [[theme]]"],
            id="a-number-for-a-theme",
        ),
        pytest.param(
            '[[theme]]\ntitle = "Ask"\nlines = ["a"]\ncolour = "red"',
            ["theme 1: there is no key “colour”; there are title and lines"],
            id="unknown-key",
        ),
        pytest.param(
            "[[theme]]\ntitle = 3\nlines = [4]",
            [
                "theme 1: title must be text in quotes",
                "theme 1: lines must be a list of texts in quotes",
            ],
            id="wrong-kinds",
        ),
        pytest.param(
            '[[theme]]\ntitle = "Ask"\nlines = ["", "b"]',
            ["theme 1 (“Ask”): line 1 is empty"],
            id="empty-line",
        ),
        pytest.param(
            "[[theme]]\n",
            [
                "theme 1: it has no title",
                "theme 1: add a colon and what it means in your own words",
            ],
            id="empty-table",
        ),
    ],
)
def test_faults_of_themes_in_toml(text: str, faults: list[str]) -> None:
    assert list_faults(text, is_toml=True) == faults


def test_a_file_that_is_none_of_themes_has_twenty_faults_named() -> None:
    faults = list_faults("".join(f"row {row}\n" for row in range(500)))
    assert faults[0] == "it has 500 themes (the limit is 12)"
    assert (len(faults), faults[-1]) == (21, "and 481 more")


def test_what_is_no_toml_is_named_with_its_place() -> None:
    (fault,) = list_faults("[[theme]\n", is_toml=True)
    assert fault.startswith("it is not TOML: ")
    assert "line 1" in fault


@given(st.text())
def test_any_text_gives_themes_or_faults(text: str) -> None:
    for is_toml in (False, True):
        themes: Sequence[WorkshopTheme] = (ASK,)
        with suppress(InvalidInput):
            themes = workshop_themes.parse_themes(text, "x", is_toml=is_toml)
        assert 1 <= len(themes) <= workshop_themes.MAX_THEMES


# Codes

ROOMS = st.integers(1, workshop_themes.MAX_THEMES).map(
    workshop_results.count_workshop_choices
)
KEY = ReplyKey(1, "W7", "00112233445566778899aabbccddeeff", (5, 12, 2))
CODE = "W7QF-3MZB-DPX2"
"""Usefulness 4, theme 11 and no, under the key with the nonce QF3MZ."""


def test_a_code_of_three_answers_as_it_is_for_ever() -> None:
    assert reply_codes.format_reply_code(KEY, "QF3MZ", (4, 11, 2)) == CODE
    assert reply_codes.parse_reply_code(CODE, [KEY]).answers == (4, 11, 2)


@given(ROOMS, st.data())
def test_each_code_says_what_was_chosen(
    choices: tuple[int, ...], data: st.DataObject
) -> None:
    key = KEY._replace(choices=choices)
    answers = tuple(data.draw(st.integers(1, count)) for count in choices)
    code = reply_codes.format_reply_code(key, "QF3MZ", answers)
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert reply_codes.parse_reply_code(code, [key]).answers == answers


@pytest.mark.parametrize("theme_count", [1, 3, 4, 12])
def test_no_two_replies_have_the_same_code(theme_count: int) -> None:
    choices = workshop_results.count_workshop_choices(theme_count)
    key = KEY._replace(choices=choices)
    codes = {
        reply_codes.format_reply_code(key, "QF3MZ", (useful, theme, will_try))
        for useful in range(1, 6)
        for theme in range(1, theme_count + 1)
        for will_try in (1, 2)
    }
    assert len(codes) == prod(choices)


@pytest.mark.parametrize("answers", [(1, 1, 1), (5, 12, 2), (3, 6, 1)])
def test_every_changed_character_of_three_answers_is_refused(
    answers: tuple[int, int, int],
) -> None:
    code = reply_codes.format_reply_code(KEY, "QF3MZ", answers).replace("-", "")
    for place in range(reply_codes.CODE_LENGTH):
        for other in set(reply_codes.CODE_ALPHABET) - {code[place]}:
            changed = code[:place] + other + code[place + 1 :]
            with pytest.raises(InvalidInput, match=r"damaged|is for a workshop"):
                reply_codes.parse_reply_code(changed, [KEY], "workshop")


# Paper


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        pytest.param("4 2 yes", (4, 2, 1), id="words"),
        pytest.param(" 5,12,N ", (5, 12, 2), id="commas"),
        pytest.param("1/1/y", (1, 1, 1), id="slashes"),
        pytest.param("6 1 yes", None, id="too-useful"),
        pytest.param("0 1 yes", None, id="not-useful-at-all"),
        pytest.param("4 13 yes", None, id="no-such-theme"),
        pytest.param("4 0 yes", None, id="theme-0"),
        pytest.param("4 2 maybe", None, id="maybe"),
        pytest.param("4 2", None, id="two-answers"),
        pytest.param("", None, id="empty"),
    ],
)
def test_what_a_slip_of_paper_says(
    text: str, answers: tuple[int, int, int] | None
) -> None:
    if answers is not None:
        assert workshop_results.parse_workshop_slip(text, 12) == answers
        return
    with pytest.raises(InvalidInput, match="does not look like a paper slip"):
        workshop_results.parse_workshop_slip(text, 12)


# Counts


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        pytest.param((7,), (7,), id="the-only-theme"),
        pytest.param((7, 5), (7, 5), id="all-large"),
        pytest.param((7, 4), (None, None), id="the-other-could-be-worked-out"),
        pytest.param((9, 6, 3), (9, None, None), id="the-next-smallest-too"),
        pytest.param((9, 1, 3), (9, None, None), id="two-small-ones"),
        pytest.param((0, 5, 0), (None, 5, None), id="nobody"),
        pytest.param((6, 6, 2), (None, 6, None), id="the-first-of-two-alike"),
        pytest.param((2, 2, 1), (None, None, None), id="all-small"),
    ],
)
def test_small_counts_are_hidden(
    counts: tuple[int, ...], shown: tuple[int | None, ...]
) -> None:
    assert workshop_results.hide_small_counts(counts) == shown


@given(st.lists(st.integers(0, 20), min_size=2, max_size=12))
def test_no_hidden_count_is_alone(counts: Sequence[int]) -> None:
    shown = workshop_results.hide_small_counts(counts)
    assert all(
        count == known and known >= 5
        for count, known in zip(counts, shown, strict=True)
        if known is not None
    )
    assert shown.count(None) != 1


def test_results_of_nine_and_of_ten() -> None:
    nine = workshop_results.build_workshop_results(((0, 1, 2, 3, 3), (5, 4), (7, 2)))
    assert nine == ((1, 2, 6), None, None, (None, None), 7)
    ten = workshop_results.build_workshop_results(((0, 1, 2, 3, 4), (5, 5), (7, 3)))
    assert ten == ((1, 2, 7), (0, 1, 2, 3, 4), 4.0, (5, 5), 7)
