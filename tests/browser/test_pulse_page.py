"""The team's page in a real browser: it makes codes that `pulse add` reads, and nothing else."""

import hashlib
import hmac
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsers import NEEDS_BROWSER, open_browser
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from coachlog.model.replies import ReplyKey, ReplyValues
from coachlog.rules import pulse_results, reply_codes
from coachlog.rules.reply_counts import REPLY_VALUES
from coachlog.store.database import Journal
from coachlog.store.reading import pulse_queries as reading
from conftest import Run
from waiting import LIMIT, wait_until

pytestmark = NEEDS_BROWSER


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with open_browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


class Page:
    """The page of a pulse as somebody in the team uses it."""

    def __init__(self, browser: Chrome, path: Path) -> None:
        self.browser = browser
        self._path = path
        self.load()

    def load(self) -> None:
        self.logged("browser")  # what the browser said before
        self.logged("performance")
        self.browser.get(self._path.as_uri())

    def logged(self, kind: str) -> list[str]:
        """Return what the browser has said since it was last asked."""
        log: list[dict[str, str]] = self.browser.get_log(kind)  # type: ignore[no-untyped-call]
        return [one["message"] for one in log]

    def find(self, selector: str) -> WebElement:
        return self.browser.find_element("css selector", selector)

    def run(self, script: str, *values: Any) -> Any:
        return self.browser.execute_script(script, *values)

    def choose(self, statement: int, value: int) -> None:
        self.find(f"input[name=statement-{statement}][value='{value}']").click()

    def press(self) -> None:
        self.find("button[type=submit]").click()

    def answer(self, answers: ReplyValues) -> str:
        """Return the code that the page makes of two choices."""
        for statement, value in enumerate(answers, start=1):
            self.choose(statement, value)
        self.press()
        return self.code

    @property
    def code(self) -> str:
        """Return the code that can be seen, '' for none."""
        return self.find("#code").text

    @property
    def warning(self) -> str:
        return self.find("#warning").text

    @property
    def size(self) -> list[int]:
        found: list[int] = self.run(
            "const it = document.documentElement; return [it.scrollWidth, it.clientWidth]"
        )
        return found


Opened = Callable[..., Page]


@pytest.fixture
def opened(run: Run, browser: Chrome, tmp_path: Path) -> Opened:
    """Make a pulse, with the wording given if any, and open its page."""

    def make(*statements: str) -> Page:
        given = [part for words in statements for part in ("--statement", words)]
        ran = run("pulse", "new", "-o", str(tmp_path), *given)
        assert ran.code == 0, ran.err
        return Page(browser, tmp_path / "pulse-1.html")

    return make


def key(home: Path) -> ReplyKey:
    with Journal(home).read() as db:
        return reading.read_pulse_keys(db)[0]


def pressed(page: Page, *keys: str) -> None:
    ActionChains(page.browser).send_keys(*keys).perform()


# Codes


def test_ten_codes_from_ten_visits_give_exactly_these_results(
    opened: Opened, run: Run
) -> None:
    page = opened()
    codes = []
    for answers in [(5, 1), (4, 1), (4, 2), (1, 3), (5, 1)] * 2:
        page.load()
        codes.append(page.answer(answers))
    assert len(set(codes)) == 10
    ran = run("pulse", "add", *codes)
    assert ran.out.startswith(
        "Added 10 replies to pulse 1. The results cover 10 replies."
    )
    results = run("pulse", "show", "--json").json["pulse"]["results"]
    assert [one["counts"] for one in results] == [[2, 0, 0, 4, 4], [6, 2, 2, 0, 0]]


def test_a_code_begins_with_the_tag_that_the_page_shows(opened: Opened) -> None:
    page = opened()
    letters = page.find(".tag").text
    assert len(letters) == 2
    assert page.answer((5, 1)).startswith(letters)
    assert page.find("footer").text.startswith(f"Pulse 1, tag {letters}, made ")


def test_each_pair_of_answers_is_read_as_it_was_chosen(
    opened: Opened, home: Path
) -> None:
    page = opened()
    pairs = [(first, second) for first in REPLY_VALUES for second in REPLY_VALUES]
    read = [
        reply_codes.parse_reply_code(page.answer(pair), [key(home)]).answers
        for pair in pairs
    ]
    assert read == pairs


def test_the_page_makes_the_codes_that_the_module_makes(
    opened: Opened, home: Path
) -> None:
    page, given, chance = opened(), key(home), random.Random(7)
    for _ in range(50):
        nonce = "".join(
            chance.choices(reply_codes.CODE_ALPHABET, k=reply_codes.NONCE_LENGTH)
        )
        answers = (chance.randint(1, 5), chance.randint(1, 5))
        script = "return makeCode(...arguments)"
        made = page.run(script, given.tag, given.secret, nonce, list(answers), [5, 5])
        assert made == reply_codes.format_reply_code(given, nonce, answers)


@pytest.mark.parametrize("length", [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000])
def test_the_pages_own_hash_is_sha_256(opened: Opened, length: int) -> None:
    data = bytes(random.Random(length).choices(range(256), k=length))
    page = opened()
    hashed = page.run(
        "return Array.from(sha256(Uint8Array.from(arguments[0])))", list(data)
    )
    assert bytes(hashed) == hashlib.sha256(data).digest()
    keyed = page.run(
        "return Array.from(hmac(Uint8Array.from(arguments[0]), Uint8Array.from([1, 2])))",
        list(data),
    )
    assert bytes(keyed) == hmac.digest(data, b"\1\2", "sha256")


def test_nonces_use_every_letter_in_every_place(opened: Opened) -> None:
    nonces = opened().run("return Array.from({length: 2000}, newNonce)")
    assert len(set(nonces)) > 1990
    assert [set(place) for place in zip(*nonces, strict=True)] == [
        set(reply_codes.CODE_ALPHABET)
    ] * 5


# Choosing


def test_without_an_answer_there_is_no_code(opened: Opened) -> None:
    page = opened()
    page.press()
    assert (page.code, page.warning) == (
        "",
        "Choose a number for each statement first.",
    )
    page.choose(2, 3)
    assert page.warning == ""
    page.press()
    assert (page.code, page.warning) == (
        "",
        "Choose a number for the first statement as well.",
    )
    page.load()
    page.choose(1, 3)
    page.press()
    assert (page.code, page.warning) == (
        "",
        "Choose a number for the second statement as well.",
    )
    name = page.run("return document.activeElement.name")
    assert name == "statement-2"


def test_another_choice_takes_the_code_away_until_a_new_one_is_made(
    opened: Opened, home: Path
) -> None:
    page = opened()
    first = page.answer((2, 3))
    page.choose(1, 4)
    assert page.code == ""
    assert (
        page.warning
        == "You changed your reply. Make a new code and hand in only that one."
    )
    page.press()
    assert page.code != first
    assert reply_codes.parse_reply_code(page.code, [key(home)]).answers == (4, 3)
    assert page.warning == ""


def test_pressing_twice_shows_the_same_code(opened: Opened) -> None:
    page = opened()
    first = page.answer((2, 3))
    page.press()
    assert page.code == first


def test_nothing_of_a_reply_is_left_after_the_page_was_left(opened: Opened) -> None:
    page = opened()
    page.answer((2, 3))
    page.browser.get("about:blank")
    page.browser.back()
    assert page.code == ""
    assert page.run("return document.querySelectorAll('input:checked').length") == 0
    page.answer((2, 3))
    page.browser.refresh()
    assert page.code == ""
    page.answer((2, 3))
    page.run("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert page.code == ""
    assert page.run("return document.querySelectorAll('input:checked').length") == 0
    kept = "return [localStorage.length, sessionStorage.length, document.cookie, location.search]"
    assert page.run(kept) == [0, 0, "", ""]


def test_the_keyboard_is_enough(opened: Opened, home: Path) -> None:
    page = opened()
    pressed(page, Keys.TAB, Keys.SPACE, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    pressed(page, Keys.TAB, Keys.SPACE, Keys.TAB, Keys.ENTER)
    assert reply_codes.parse_reply_code(page.code, [key(home)]).answers == (3, 1)
    assert page.run("return document.activeElement.textContent") == "Your code"
    pressed(page, Keys.TAB)
    assert page.run("return document.activeElement.id") == "copy"


def test_the_code_is_copied_or_marked_for_copying(opened: Opened) -> None:
    page = opened()
    code = page.answer((2, 3))
    page.find("#copy").click()
    assert page.run("return getSelection().toString()") == code
    said = (
        "Copied.",
        "The code is selected: copy it with your keyboard, or write it down.",
    )
    # A browser copies in its own time.
    wait_until(lambda: page.find("#copied").text, lambda: "a word about the copy")
    assert page.find("#copied").text in said


# What a reader hears


def test_every_choice_has_a_name_and_a_group(opened: Opened) -> None:
    page = opened("One.", "Two.")
    radios = page.browser.find_elements("css selector", "input")
    assert [(one.aria_role, one.accessible_name) for one in radios] == 2 * [
        ("radio", name) for name in ("1, not at all", "2", "3", "4", "5, fully")
    ]
    groups = page.browser.find_elements("css selector", "fieldset")
    assert [(one.aria_role, one.accessible_name) for one in groups] == [
        ("group", "One."),
        ("group", "Two."),
    ]
    assert page.browser.title == "Two statements about your manager"
    assert page.run("return document.documentElement.lang") == "en"


# What a page may not do


def test_nothing_is_asked_of_any_network(opened: Opened) -> None:
    page = opened()
    page.answer((2, 3))
    page.find("#copy").click()
    assert (
        page.run(
            "return performance.getEntriesByType('resource').map((one) => one.name)"
        )
        == []
    )
    sent = [
        one for one in page.logged("performance") if "Network.requestWillBeSent" in one
    ]
    assert len(sent) == 1
    assert page.browser.current_url in sent[0]
    assert page.logged("browser") == []


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("fetch('data:,x').catch(() => window.refused = true)", id="fetch"),
        pytest.param(
            "const i = new Image(); i.onerror = () => window.refused = true; "
            "i.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='",
            id="picture",
        ),
        pytest.param(
            "const s = document.createElement('script'); s.textContent = 'window.ran = true'; "
            "document.body.append(s); window.refused = !window.ran",
            id="script",
        ),
        pytest.param(
            "document.body.setAttribute('onclick', 'window.ran = true'); document.body.click(); "
            "window.refused = !window.ran",
            id="handler",
        ),
    ],
)
def test_the_policy_refuses_what_the_page_does_not_bring(
    opened: Opened, script: str
) -> None:
    page = opened()
    page.run(script)
    WebDriverWait(page.browser, LIMIT).until(
        lambda _: page.run("return window.refused")
    )
    assert page.run("return [window.refused, window.ran || false]") == [True, False]


HOSTILE = (
    "</script><img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script>",
    "\"q\" 'q' &amp; <b>b</b> 👩‍⚕️ عربي $tag ${secret} {{x}} \\u0041 --> ]]>",
)


def test_hostile_words_are_shown_as_typed_and_run_nothing(
    opened: Opened, home: Path
) -> None:
    page = opened(*HOSTILE)
    shown = page.run(
        "return Array.from(document.querySelectorAll('legend'), (e) => e.textContent)"
    )
    assert tuple(shown) == HOSTILE
    code = page.answer((1, 5))
    assert reply_codes.parse_reply_code(code, [key(home)]).answers == (1, 5)
    assert page.browser.title == "Two statements about your manager"
    assert page.run("return document.querySelectorAll('img, b').length") == 0
    assert page.logged("browser") == []


# Every size of screen


@pytest.mark.parametrize("width", [320, 360, 800, 1600])
@pytest.mark.parametrize(
    "words",
    [pulse_results.USUAL_STATEMENTS, ("W" * 200, "١ ٢ ٣ " * 33)],
    ids=["usual", "longest"],
)
def test_nothing_is_wider_than_the_screen(
    opened: Opened, width: int, words: tuple[str, str]
) -> None:
    page = opened(*words)
    wanted = {
        "width": width,
        "height": 800,
        "deviceScaleFactor": 1,
        "mobile": width < 500,
    }
    page.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", wanted)
    try:
        page.load()
        page.answer((2, 3))
        across, room = page.size
        code = page.run(
            "const c = document.getElementById('code'); return [c.scrollWidth, c.clientWidth]"
        )
    finally:
        page.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert across <= room <= width
    assert code[0] <= code[1]
