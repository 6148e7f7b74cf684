"""Typed words in Markdown, read back by GitHub's own reader: the same words, and living links."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coachlog.escaping.markdown import escape_markdown
from coachlog.text import clean_line

cmarkgfm = pytest.importorskip(
    "cmarkgfm", reason="the development extra brings cmarkgfm"
)

GITHUB_REFERENCE = re.compile(
    r"(?:^|[^a-zA-Z0-9_`])@[a-z0-9]|#\d|(?:^|\W)GH-\d"
    r"|(?:^|\s|\w@)(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{7,40}(?:$|\s)",
    re.IGNORECASE,
)
"""What GitHub makes a mention or a link of, in the words that the reader leaves."""


class Page(HTMLParser):
    """What a reader sees of a page, its links, and its words in the pieces that GitHub searches."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.links: dict[str, str] = {}
        self.address: str | None = None
        self.words = ""
        html = cmarkgfm.github_flavored_markdown_to_html(
            words, cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE
        )
        self.feed(html.removesuffix("</p>\n"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("p", "a"), tag
        self.address = dict(attrs).get("href")
        self.pieces.append("")

    def handle_endtag(self, tag: str) -> None:
        self.address = None
        self.pieces.append("")

    def handle_comment(self, data: str) -> None:
        self.pieces.append("")

    def handle_data(self, data: str) -> None:
        self.words += data
        if self.address is None:
            self.pieces[-1] += data
        else:
            self.links[data] = self.address


@pytest.mark.parametrize(
    ("address", "before", "after"),
    [
        ("https://x.nhs.uk/ward_7", "see ", ""),
        ("https://x.nhs.uk/ward_7", "(", ")."),
        ("https://x.nhs.uk/find?a=1&b=2~c", "", ", then"),
        ("https://x.nhs.uk/~ann/*/a_(b)_c", "«", "»"),
        ("https://x.nhs.uk/plain#12", "", "!"),
        ("https://medium.com/@ann_lee/7", "", ""),
        ("https://x.nhs.uk/a$b", "**", "**"),
        ("ftp://x.nhs.uk/a_b", "_", "_"),
        ("www.x.nhs.uk/ward_7&a~b", "", "."),
        ("ann_lee@x.nhs.uk", "", ""),
    ],
)
def test_a_link_stays_alive(address: str, before: str, after: str) -> None:
    page = Page(escape_markdown(before + address + after))
    assert page.words == before + address + after
    (shown,) = page.links
    assert shown == address
    assert page.links[shown].endswith(address)


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://x.org/a|b_c", "https://x.org/a%7Cb_c"),
        ("https://x.org/a`b`c", "https://x.org/a%60b%60c"),
        ("https://x.org/a\\b", "https://x.org/a%5Cb"),
        ("https://x.org/a&amp;b", "https://x.org/a&amp;b"),
        ("www.x.org/a|b", "http://www.x.org/a%7Cb"),
        ("https://x.org/?u=https://y.org/|_", "https://x.org/?u=https://y.org/%7C"),
        ("https://x.org/a|b:smile:@ann#12", "https://x.org/a%7Cb:smile:@ann#12"),
    ],
)
@pytest.mark.parametrize("before", ["", "see ", "!", "(", "`"])
def test_a_link_with_signs_in_it_stays_alive(
    address: str, target: str, before: str
) -> None:
    if address.startswith("www.") and before in ("!", "`"):
        pytest.skip("GitHub makes no link there")
    words = before + address + "`" * (before == "`")
    page = Page(escape_markdown(words))
    assert page.words == words
    assert "".join(page.links) == address.removesuffix("_")
    assert {*page.links.values()} == {target}


@pytest.mark.parametrize(
    "words",
    [
        "org/repo@abcdef1",
        "ann@1234567 it",
        "abc1234",
        "see a5c3785ed8d6a35868bc169f07e40e889087fd2e.",
        "1" * 40,
    ],
)
def test_no_commit_is_linked(words: str) -> None:
    page = Page(escape_markdown(words))
    assert page.words == words
    assert not page.links
    assert not any(re.search("[0-9a-f]{7}", piece) for piece in page.pieces)


@pytest.mark.parametrize(
    "words", ["abc1234@x.org", "ann@abcdef1.org", "abc1234_x@x.org"]
)
def test_an_address_of_e_mail_is_no_commit(words: str) -> None:
    assert list(Page(escape_markdown(words)).links) == [words]


@pytest.mark.parametrize("words", ["call 02079460", "defaced", "a 14159265"])
def test_words_that_only_look_like_a_commit_stay(words: str) -> None:
    assert escape_markdown(words) == words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("@ann and #12", "@<!-- -->ann and #<!-- -->12"),
        ("ward/rota#7, GH-3", "ward/rota#<!-- -->7, GH-<!-- -->3"),
        ("#12 first", "\\#<!-- -->12 first"),
        ("ann@x.org", "ann@x.org"),
        ("a # b @ c", "a # b @ c"),
    ],
)
def test_nobody_is_called_and_nothing_is_linked(words: str, expected: str) -> None:
    escaped = escape_markdown(words)
    assert escaped == expected
    page = Page(escaped)
    assert page.words == words
    assert not any(map(GITHUB_REFERENCE.search, page.pieces))


PIECES = (
    *(
        "https://x.org/",
        "http://a_b.org",
        "www.x.org/",
        "ftp://",
        "ann_b@x.org",
        "mailto:",
        "_",
    ),
    *(
        "~",
        "&",
        "&amp;",
        "|",
        "\\",
        "`",
        "<",
        ">",
        "[",
        "](",
        ")",
        "(",
        "$",
        ":smile:",
        "@ann",
        "abcdef1",
    ),
    *("#12", "GH-1", " ", ".", "!", "a", "é", "7", "'", '"', "-", "+", "=", "*"),
)
WORDS = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join),
    st.text(max_size=30),
)


@settings(max_examples=150, deadline=None)
@given(words=WORDS.filter(clean_line))
@example(words="https://x.org/a|b_c")
@example(words="http://x.org/a_b&amp;c")
@example(words="https://x.org/https://x.org/|")
@example(words="https://x.org/&amp;@ann")
@example(words="ftp://@ann")
@example(words="www.x.org/&amp;")
@example(words="https://x.org/a*")
@example(words="www.x.org/a*b_")
@example(words="www.x.org_ _a_")
@example(words="https://x.org/a:smile:")
def test_any_words_are_seen_as_they_were_typed(words: str) -> None:
    page = Page(escape_markdown(words))
    assert page.words == clean_line(words)
    assert not any(map(GITHUB_REFERENCE.search, page.pieces))


@settings(max_examples=100, deadline=None)
@given(words=WORDS.filter(clean_line))
def test_the_same_in_a_table(words: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {escape_markdown(words)} | end |\n"
    html = cmarkgfm.github_flavored_markdown_to_html(table)
    assert html.count("<td>") == 2
    assert "<td>end</td>" in html
