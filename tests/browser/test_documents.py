"""The pages of a journal in a real browser: accessible, complete in themselves, and as typed."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import find_violations
from browsers import NEEDS_BROWSER, open_browser
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys
from test_mail_page import IS_CUT_OFF, logged, requests

from coachlog.exports.formats import html
from typed_pages import (
    HARMLESS,
    NASTY,
    WordReader,
    build_pages,
    expect_words,
    normalise,
)

pytestmark = NEEDS_BROWSER

PAGES = tuple(build_pages(HARMLESS))
WIDTHS = (360, 1200)
COUNTS: dict[str, int] = {}
"""How often the browser shows what was typed on each page, once it was asked."""
SCHEMES = ("light", "dark")
SEEN = "return [...document.querySelectorAll('h3, li')].filter(e => e.checkVisibility()).length"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with open_browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


def show(browser: Chrome, folder: Path, page: str, typed: str) -> Path:
    """Open a page with these words in each of its fields."""
    path = folder / "page.html"
    path.write_bytes(html.write(build_pages(typed)[page].build_document()))
    logged(browser, "browser")
    logged(browser, "performance")
    browser.get(path.as_uri())
    return path


def read_page(browser: Chrome) -> str:
    """Return the words of the page that is open, as the browser has understood it."""
    main = browser.find_element("css selector", "main")
    return normalise(WordReader(str(main.get_property("outerHTML"))).words)


def resize(browser: Chrome, width: int, scheme: str) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    browser: Chrome, tmp_path: Path, page: str, width: int, scheme: str
) -> None:
    resize(browser, width, scheme)
    for typed in ("Ask about the rota", NASTY["one-word"]):
        show(browser, tmp_path, page, typed)
        assert find_violations(browser) == []
        assert browser.execute_script(IS_CUT_OFF) is False


@pytest.mark.parametrize("kind", NASTY)
@pytest.mark.parametrize("page", PAGES)
def test_whatever_was_typed_is_words(
    browser: Chrome, tmp_path: Path, page: str, kind: str
) -> None:
    path = show(browser, tmp_path, page, NASTY[kind])
    assert logged(browser, "browser") == []
    assert requests(browser) == [path.as_uri()]
    words = expect_words(NASTY[kind], "html")
    # In the headings as well, so that a reader can walk the page by them.
    title = browser.find_element("css selector", "h1").get_property("textContent")
    assert words in normalise(str(title))
    text = read_page(browser)
    if page not in COUNTS:
        show(browser, tmp_path, page, HARMLESS)
        COUNTS[page] = read_page(browser).count(HARMLESS)
    assert text.count(words) == COUNTS[page] > 0


def test_axe_would_find_something(browser: Chrome, tmp_path: Path) -> None:
    """The tests above can fail."""
    path = tmp_path / "poor.html"
    path.write_text("<h1></h1><img src='x.png'><h4>a</h4>", encoding="utf-8")
    browser.get(path.as_uri())
    assert {"document-title", "html-has-lang", "image-alt"} <= {
        rule for rule, *_ in find_violations(browser)
    }


def test_one_kind_of_a_history_can_be_seen_alone(
    browser: Chrome, tmp_path: Path
) -> None:
    """By mouse and by keyboard, without a script."""
    resize(browser, 1200, "light")
    show(browser, tmp_path, "history", "rota")
    everything = browser.execute_script(SEEN)
    counts = []
    for kind in ("conversations", "promises", "goals-and-measures"):
        browser.find_element("id", f"show-{kind}").click()
        counts.append(browser.execute_script(SEEN))
    assert all(0 < count < everything for count in counts), (counts, everything)
    browser.find_element("id", "show-goals-and-measures").send_keys(Keys.ARROW_LEFT)
    assert browser.execute_script(SEEN) == counts[1]
    browser.find_element("id", "show-everything").click()
    assert browser.execute_script(SEEN) == everything
    assert browser.find_elements("css selector", "script") == []


def test_a_chart_says_in_words_what_it_shows(browser: Chrome, tmp_path: Path) -> None:
    show(browser, tmp_path, "history", "rota")
    charts = browser.find_elements("css selector", "svg[role=img]")
    labels = [chart.get_attribute("aria-label") for chart in charts]
    assert labels == [
        "Goal: rota: 3 on 5 January 2026, 4 on 5 March 2026, 6 on 5 June 2026; "
        "from 1 to 10, target 8",
        "Work felt: 4 on 2 February 2026, 5 on 4 May 2026, 6 on 23 November 2026; "
        "from 1 to 10",
    ]


def test_a_plan_has_a_chart_for_each_goal_and_days_on_one_line(
    browser: Chrome, tmp_path: Path
) -> None:
    resize(browser, 1200, "light")
    show(browser, tmp_path, "plan", "rota")
    (chart,) = browser.find_elements("css selector", "svg[role=img]")
    assert chart.get_attribute("aria-label") == (
        "Ratings of goal 1: 3 on 5 January 2026, 4 on 5 March 2026, 6 on 5 June 2026; "
        "from 1 to 10, target 8"
    )
    lines = browser.execute_script(
        "return [...document.querySelectorAll('td time')].map(e => e.getClientRects().length)"
    )
    assert lines == [1, 1, 1]


def test_a_page_is_printed_on_a4_in_black(browser: Chrome, tmp_path: Path) -> None:
    resize(browser, 1200, "dark")
    show(browser, tmp_path, "history", "rota")
    options = {"preferCSSPageSize": True, "printBackground": False}
    printed = browser.execute_cdp_cmd("Page.printToPDF", options)
    pdf = base64.b64decode(printed["data"])
    assert pdf.startswith(b"%PDF-")
    assert b"/MediaBox [0 0 594.95996 841.91998]" in pdf
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    ink, filters = browser.execute_script(
        "return [getComputedStyle(document.body).color,"
        " getComputedStyle(document.querySelector('.filters')).display]"
    )
    assert (ink, filters) == ("rgb(0, 0, 0)", "none")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
