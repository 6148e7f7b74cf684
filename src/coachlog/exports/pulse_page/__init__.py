"""The pulse as a page for the browser, which turns two choices into a reply code.

It is a small program rather than a document of blocks, and so has its own HTML, style and script.
The page is complete in itself: it loads nothing, and allows only its own script and style, by their
hashes. Nothing that somebody types into a statement can become either.
"""

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from coachlog.dates import format_medium_day
from coachlog.model.pulse import Pulse, PulseKey
from coachlog.rules.pulse_results import (
    BAND_NAMES,
    EXACT_REPLIES,
    HIGH_WORDS,
    LOW_WORDS,
    REPLIES_NEEDED,
    REPLY_VALUES,
)
from coachlog.text import clean_text

_PAGE_FOLDER = Path(__file__).parent

_STATEMENT = Template("""\
<fieldset>
<legend dir="auto">$words</legend>
<div class="scale">
$choices
</div>
<p class="ends" aria-hidden="true"><span>1 = $low</span><span>5 = $high</span></p>
</fieldset>""")
_CHOICE = Template(
    '<label><input type="radio" name="statement-$number" value="$value" '
    'aria-label="$value$meaning"><span>$value</span></label>'
)


def build_pulse_html(pulse: Pulse, key: PulseKey) -> str:
    """Return the page that turns two choices into a reply code; it works offline."""
    style, script = _read_page_part("page.css"), _read_page_part("page.js")
    return Template(_read_page_part("page.html")).substitute(
        style=style,
        style_hash=_hash_page_part(style),
        script=script,
        script_hash=_hash_page_part(script),
        tag=key.tag,
        secret=key.secret,
        statements="\n".join(map(_build_statement_html, (1, 2), pulse.statements)),
        needed=REPLIES_NEEDED,
        exact=EXACT_REPLIES,
        bands=", ".join(BAND_NAMES),
        id=pulse.id,
        day=format_medium_day(pulse.made_on),
    )


def _build_statement_html(number: int, words: str) -> str:
    # Only the ends of the scale have a meaning in words, which a screen reader reads out.
    meanings = {REPLY_VALUES[0]: f", {LOW_WORDS}", REPLY_VALUES[-1]: f", {HIGH_WORDS}"}
    choices = []
    for value in REPLY_VALUES:
        meaning = meanings.get(value, "")
        choices.append(_CHOICE.substitute(number=number, value=value, meaning=meaning))
    return _STATEMENT.substitute(
        words=escape(clean_text(words)),
        choices="\n".join(choices),
        low=LOW_WORDS,
        high=HIGH_WORDS,
    )


def _read_page_part(name: str) -> str:
    return (_PAGE_FOLDER / name).read_text(encoding="utf-8").strip()


def _hash_page_part(text: str) -> str:
    """Return the hash of a script or a style as a content security policy names it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
