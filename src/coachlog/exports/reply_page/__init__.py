"""A survey as a page for the browser, which turns a few choices into a reply code.

It is a small program rather than a document of blocks, and so has its own HTML, style and script.
The page is complete in itself: it loads nothing, and allows only its own script and style, by their
hashes. Nothing that somebody types into a question can become either.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from coachlog.dates import format_medium_day
from coachlog.model.replies import ReplyKey
from coachlog.named_tuples import NamedTuple
from coachlog.rules.reply_counts import REPLY_VALUES
from coachlog.text import clean_text

_PAGE_FOLDER = Path(__file__).parent

_QUESTION = Template("""\
<fieldset data-gap="$gap">
<legend dir="auto">$words</legend>
<div class="$layout">
$choices
</div>$ends
</fieldset>""")
_ENDS = Template(
    '\n<p class="ends" aria-hidden="true"><span>1 = $low</span><span>5 = $high</span></p>'
)
_NUMBER = Template(
    '<label><input type="radio" name="$name" value="$value" '
    'aria-label="$value$meaning"><span>$value</span></label>'
)
_OPTION = Template(
    '<label><input type="radio" name="$name" value="$value">'
    '<span dir="auto">$words</span></label>'
)

PROTECTION_FACT = (
    "That protects your reply from a look, not from someone who sets out to read it. Your code "
    "contains no name, but it is not encrypted: whoever has this page, or keeps copies of the "
    "journal, can read $answers in a code. What protects you is that nobody knows which code is "
    "yours."
)
TAG_FACT = (
    'Everyone’s page has the same tag, <strong class="tag" translate="no">$tag</strong>, and every '
    "code begins with it. Compare yours with a colleague’s. If they differ, your reply could be "
    "told from the others: do not hand it in, and ask why."
)


class ReplyPage(NamedTuple):
    """What a page says and asks; `questions` and `facts` are HTML, made by `build_...` here.

    `nothing_chosen` is said where nothing was chosen, and `hand_in` what to do with the code.
    """

    title: str
    lead: str
    questions: tuple[str, ...]
    nothing_chosen: str
    hand_in: str
    facts: tuple[str, ...]
    paper: str
    imprint: str
    made_on: date


def build_reply_html(page: ReplyPage, key: ReplyKey) -> str:
    """Return the page that turns choices into a reply code; it works offline."""
    style, script = _read_page_part("page.css"), _read_page_part("page.js")
    return Template(_read_page_part("page.html")).substitute(
        style=style,
        style_hash=_hash_page_part(style),
        script=script,
        script_hash=_hash_page_part(script),
        tag=key.tag,
        secret=key.secret,
        title=_escape_page_words(page.title),
        lead=_escape_page_words(page.lead),
        questions="\n".join(page.questions),
        empty=_escape_page_words(page.nothing_chosen),
        hand_in=_escape_page_words(page.hand_in),
        facts="\n".join(f"<li>{fact}</li>" for fact in page.facts),
        paper=_escape_page_words(page.paper),
        imprint=_escape_page_words(page.imprint),
        day=format_medium_day(page.made_on),
    )


def build_number_question(
    name: str, words: str, *, low: str, high: str, gap: str
) -> str:
    """Return a question that is answered by a number from 1 to 5, as HTML.

    `low` and `high` are what 1 and 5 mean; `gap` is said where it alone was not answered.
    """
    # Only the ends of the scale have a meaning in words, which a screen reader reads out.
    meanings = {REPLY_VALUES[0]: f", {low}", REPLY_VALUES[-1]: f", {high}"}
    choices = [
        _NUMBER.substitute(name=name, value=value, meaning=meanings.get(value, ""))
        for value in REPLY_VALUES
    ]
    ends = _ENDS.substitute(low=low, high=high)
    return _build_question(words, "scale", choices, ends=ends, gap=gap)


def build_option_question(
    name: str, words: str, options: Sequence[str], *, gap: str
) -> str:
    """Return a question with options to choose one from, as HTML."""
    choices = [
        _OPTION.substitute(name=name, value=value, words=_escape_page_words(option))
        for value, option in enumerate(options, start=1)
    ]
    return _build_question(words, "options", choices, ends="", gap=gap)


def _build_question(
    words: str, layout: str, choices: Iterable[str], *, ends: str, gap: str
) -> str:
    return _QUESTION.substitute(
        words=_escape_page_words(words),
        layout=layout,
        choices="\n".join(choices),
        ends=ends,
        gap=_escape_page_words(gap),
    )


def _escape_page_words(words: str) -> str:
    return escape(clean_text(words))


def _read_page_part(name: str) -> str:
    return (_PAGE_FOLDER / name).read_text(encoding="utf-8").strip()


def _hash_page_part(text: str) -> str:
    """Return the hash of a script or a style as a content security policy names it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
