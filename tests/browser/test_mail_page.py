"""The HTML part of a mail in a real browser: what was typed is words, and nothing is loaded."""

import json
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from browsers import NEEDS_BROWSER, open_browser
from selenium.webdriver import Chrome

from coachlog.exports.blocks import Document
from coachlog.exports.documents.plan_page import build_plan_page
from coachlog.exports.formats import html, mail
from coachlog.text import clean_line
from test_exports_html import everything
from test_exports_plan_markdown import RICH

LONG_WORD = "https://example.org/" + "a-word-without-an-end/" * 6
LONG = RICH._replace(
    actions=tuple(action._replace(done_when=LONG_WORD) for action in RICH.actions)
)
IS_CUT_OFF = "return document.documentElement.scrollWidth > innerWidth"
LABELS = (
    "return [...document.querySelectorAll('td')]"
    ".map(cell => getComputedStyle(cell, '::before').content)"
)

pytestmark = NEEDS_BROWSER

HOSTILE = (
    "</title></style><script>document.title = 'taken'</script>"
    "<img src=http://example.invalid/x.png onerror=alert(1)> a & b \u202eevil"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with open_browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


def logged(browser: Chrome, kind: str) -> list[str]:
    """Return what the browser has logged since it was last asked, but for its own first page."""
    log: list[dict[str, str]] = browser.get_log(kind)  # type: ignore[no-untyped-call]
    messages = [entry["message"] for entry in log]
    return [message for message in messages if "chrome://" not in message]


def requests(browser: Chrome) -> list[str]:
    """Return the addresses that the browser asked for since it was last asked."""
    messages = [
        json.loads(entry)["message"] for entry in logged(browser, "performance")
    ]
    return [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]


def open_html_part(browser: Chrome, document: Document, folder: Path) -> str:
    """Open the HTML part of a page as a mail, and return the words that can be seen."""
    message: Any = message_from_bytes(mail.write(document), policy=default)
    path = folder / "part.html"
    path.write_text(message.get_body(("html",)).get_content(), encoding="utf-8")
    logged(browser, "browser")
    logged(browser, "performance")
    browser.get(path.as_uri())
    assert logged(browser, "browser") == []
    assert requests(browser) == [path.as_uri()]
    return browser.find_element("tag name", "body").text


def test_a_plan_is_seen_as_it_was_agreed(browser: Chrome, tmp_path: Path) -> None:
    seen = open_html_part(browser, build_plan_page(RICH), tmp_path)
    assert browser.title == "Action plan: Priya Shah and Tom Reed"
    for words in ("Draft the *agenda* | send it [round](http://x)", "Agreed by"):
        assert words in seen
    border = browser.execute_script(
        "return getComputedStyle(document.querySelector('td')).borderTopWidth"
    )
    assert border == "1px"


def test_nothing_typed_runs_or_is_loaded(browser: Chrome, tmp_path: Path) -> None:
    seen = open_html_part(browser, everything(HOSTILE), tmp_path)
    assert browser.title == clean_line(HOSTILE)
    # Title, heading, four ways in a paragraph, a table of two, an entry, a task of two.
    assert " ".join(seen.split()).count(clean_line(HOSTILE)) == 11


@pytest.mark.parametrize("width", [320, 360, 660, 900])
def test_nothing_is_cut_off_on_a_screen_of_any_width(
    browser: Chrome, tmp_path: Path, width: int
) -> None:
    """On a phone a row is a box, and each cell in it says which column it is."""
    pages = {"page.html": html.write(build_plan_page(LONG))}
    message: Any = message_from_bytes(mail.write(build_plan_page(LONG)), policy=default)
    pages["part.html"] = message.get_body(("html",)).get_content().encode()
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for name, page in pages.items():
        (tmp_path / name).write_bytes(page)
        browser.get((tmp_path / name).as_uri())
        assert browser.execute_script(IS_CUT_OFF) is False
        labels = browser.execute_script(LABELS)
        assert ("Promise" in "".join(labels)) is (width < 640)
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
