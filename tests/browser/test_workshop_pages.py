"""The participants' page and the theme cards of a workshop in a real browser."""

import base64
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from axe import find_violations
from browsers import NEEDS_BROWSER, open_browser
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.keys import Keys

from coachlog.exports.theme_cards import BRIEF_CARD_LENGTH, build_theme_cards
from coachlog.model.workshops import Workshop, WorkshopTheme
from coachlog.rules.reply_codes import (
    CODE_ALPHABET,
    NONCE_LENGTH,
    format_reply_code,
    parse_reply_code,
)
from coachlog.rules.workshop_results import count_workshop_choices
from coachlog.rules.workshop_themes import MAX_LINE_LENGTH, MAX_TITLE_LENGTH
from conftest import NOW, Run
from workshop_support import make_workshop, read_keys

pytestmark = NEEDS_BROWSER

LONGEST = "\n".join(
    f"{'W' * (MAX_TITLE_LENGTH - 2)}{number:02}: {'W' * MAX_LINE_LENGTH}"
    for number in range(12)
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with open_browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


def resize(browser: Chrome, width: int, scheme: str) -> None:
    size = {
        "width": width,
        "height": 800,
        "deviceScaleFactor": 1,
        "mobile": width < 500,
    }
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


@pytest.fixture
def page(run: Run, browser: Chrome, tmp_path: Path) -> Iterator[Chrome]:
    """The participants' page of workshop 1, which has three themes."""
    assert make_workshop(run, tmp_path).code == 0
    browser.get((tmp_path / "workshop-1.html").as_uri())
    yield browser
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def read_text(browser: Chrome, selector: str) -> str:
    return browser.find_element("css selector", selector).text


def choose(browser: Chrome, answers: Sequence[int]) -> None:
    for name, value in zip(("useful", "theme", "try"), answers, strict=True):
        if value:
            selector = f"input[name={name}][value='{value}']"
            browser.find_element("css selector", selector).click()


def make_code(browser: Chrome, answers: Sequence[int]) -> str:
    """Return the code that the page makes of three answers; 0 for one that is not given."""
    choose(browser, answers)
    browser.find_element("css selector", "button[type=submit]").click()
    return read_text(browser, "#code")


# The participants' page


def test_each_reply_is_read_as_it_was_chosen(page: Chrome, home: Path) -> None:
    key = read_keys(home)[1]
    replies = [(5, 1, 1), (1, 3, 2), (3, 2, 1), (4, 3, 1)]
    codes = [make_code(page, reply) for reply in replies]
    assert [parse_reply_code(code, [key]).answers for code in codes] == replies


@pytest.mark.parametrize("theme_count", [1, 3, 4, 12])
def test_the_page_makes_the_codes_that_the_module_makes(
    page: Chrome, home: Path, theme_count: int
) -> None:
    choices = count_workshop_choices(theme_count)
    key, chance = read_keys(home)[1]._replace(choices=choices), random.Random(7)
    for _ in range(25):
        nonce = "".join(chance.choices(CODE_ALPHABET, k=NONCE_LENGTH))
        answers = tuple(chance.randint(1, count) for count in choices)
        script = "return makeCode(...arguments)"
        made = page.execute_script(
            script, key.tag, key.secret, nonce, list(answers), list(choices)
        )
        assert made == format_reply_code(key, nonce, answers)


@pytest.mark.parametrize(
    ("answers", "warning"),
    [
        pytest.param((0, 0, 0), "Answer the three questions first.", id="nothing"),
        pytest.param((0, 1, 1), "Say how useful today was as well.", id="useful"),
        pytest.param((4, 0, 1), "Choose a theme as well.", id="theme"),
        pytest.param((4, 1, 0), "Say yes or no as well.", id="try"),
    ],
)
def test_what_is_missing_is_asked_for(
    page: Chrome, answers: tuple[int, int, int], warning: str
) -> None:
    assert make_code(page, answers) == ""
    assert read_text(page, "#warning") == warning


def test_the_keyboard_is_enough(page: Chrome, home: Path) -> None:
    keys = [
        Keys.TAB,
        Keys.SPACE,
        Keys.ARROW_RIGHT,
        Keys.TAB,
        Keys.SPACE,
        Keys.ARROW_DOWN,
    ]
    keys += [Keys.TAB, Keys.SPACE, Keys.TAB, Keys.ENTER]
    ActionChains(page).send_keys(*keys).perform()
    code = read_text(page, "#code")
    assert parse_reply_code(code, [read_keys(home)[1]]).answers == (2, 2, 1)
    assert (
        page.execute_script("return document.activeElement.textContent") == "Your code"
    )


def test_every_choice_has_a_name_and_a_group(page: Chrome) -> None:
    groups = page.find_elements("css selector", "fieldset")
    assert [group.accessible_name for group in groups] == [
        "How useful was today for your work?",
        "Which theme will you take back to work?",
        "Will you try something of it within a week?",
    ]
    radios = page.find_elements("css selector", "input")
    assert [radio.accessible_name for radio in radios] == [
        *("1, not at all", "2", "3", "4", "5, very"),
        *("Ask first", "Keep your word", "The shadow you cast", "yes", "no"),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("name", ["workshop-1.html", "workshop-1-cards.html"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    run: Run, browser: Chrome, tmp_path: Path, name: str, width: int, scheme: str
) -> None:
    resize(browser, width, scheme)
    for folder, text in (("usual", None), ("longest", LONGEST)):
        place = tmp_path / folder
        place.mkdir()
        if text is None:
            assert make_workshop(run, place).code == 0
        else:
            words = ["workshop", "new", "W" * 60, "--themes", "-", "-o", str(place)]
            assert run(*words, input=text).code == 0
        page_name = name if text is None else name.replace("1", "2")
        browser.get((place / page_name).as_uri())
        if "cards" not in name:
            make_code(browser, (4, 1, 1))
        assert find_violations(browser) == []
        across, room = browser.execute_script(
            "const page = document.documentElement; return [page.scrollWidth, page.clientWidth]"
        )
        assert across <= room <= width


# The cards


def print_cards(browser: Chrome, path: Path) -> bytes:
    browser.get(path.as_uri())
    options = {"preferCSSPageSize": True, "printBackground": False}
    printed: dict[str, Any] = browser.execute_cdp_cmd("Page.printToPDF", options)
    return base64.b64decode(printed["data"])


@pytest.mark.parametrize(
    ("theme_count", "cards_a_page", "page_count"),
    [(1, 4, 1), (4, 4, 1), (5, 4, 2), (12, 4, 3), (5, 2, 3)],
)
def test_cards_are_printed_on_so_many_pages_of_a4(
    browser: Chrome,
    tmp_path: Path,
    theme_count: int,
    cards_a_page: int,
    page_count: int,
) -> None:
    themes = tuple(
        WorkshopTheme(f"Theme {number}", ("Words",) * 3)
        for number in range(theme_count)
    )
    workshop = Workshop(1, "", "Winter 12", NOW.date(), "K7", themes)
    path = tmp_path / "cards.html"
    path.write_text(build_theme_cards(workshop, cards_a_page), encoding="utf-8")
    pdf = print_cards(browser, path)
    sizes = re.findall(rb"/MediaBox \[([0-9. ]+)\]", pdf)
    assert sizes == [b"0 0 594.95996 841.91998"] * page_count


def test_nothing_on_the_longest_card_is_cut_off(
    browser: Chrome, tmp_path: Path
) -> None:
    """Of words, as people write them: a title of 40 characters, three lines of 120."""
    title = "Two senior figures who support each oth."
    line = "People read what a leader does, towards them and other managers, more than what "
    line += "is said about it in any of the meetings."
    assert (len(title), len(line)) == (MAX_TITLE_LENGTH, MAX_LINE_LENGTH)
    require_whole_cards(browser, tmp_path, WorkshopTheme(title, (line,) * 3), "small")


def test_nothing_on_a_brief_card_in_large_print_is_cut_off(
    browser: Chrome, tmp_path: Path
) -> None:
    title = "Two senior figures who support each oth."
    line = "People read what a leader does here."
    theme = WorkshopTheme(title, (line, line, line[:18]))
    assert len(title) + sum(map(len, theme.lines)) == BRIEF_CARD_LENGTH
    require_whole_cards(browser, tmp_path, theme, "small brief")


def require_whole_cards(
    browser: Chrome, tmp_path: Path, theme: WorkshopTheme, classes: str
) -> None:
    """Fail if anything on printed cards of one theme is cut off, four or two on a page."""
    workshop = Workshop(1, "", "Winter " * 8, NOW.date(), "K7", (theme,) * 4)
    assert f'<body class="{classes}">' in build_theme_cards(workshop, 4)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    for cards_a_page in (4, 2):
        path = tmp_path / "cards.html"
        path.write_text(build_theme_cards(workshop, cards_a_page), encoding="utf-8")
        browser.get(path.as_uri())
        cut = browser.execute_script(
            "return [...document.querySelectorAll('.card')]"
            ".map((card) => [card.scrollHeight - card.clientHeight, card.clientHeight])"
        )
        assert [over for over, _ in cut] == [0] * 4, cut
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
