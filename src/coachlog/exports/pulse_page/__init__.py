"""The pulse as a page for the browser, which turns two choices into a reply code.

It is no document of blocks but a small program, and so has HTML, style and script of its own. The
page holds all it needs. It may run its own script and style alone, known by their hashes, and load
nothing: what somebody types into a statement cannot become either.
"""

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from coachlog.dates import medium
from coachlog.model.pulse import Key, Pulse
from coachlog.rules import pulse_results
from coachlog.rules.pulse_results import HIGH, LOW
from coachlog.text import clean

_HERE = Path(__file__).parent

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


def html(pulse: Pulse, key: Key) -> str:
    """Return the page that turns two choices into a reply code, without a network."""
    style, script = _part("page.css"), _part("page.js")
    return Template(_part("page.html")).substitute(
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        tag=key.tag,
        secret=key.secret,
        statements="\n".join(map(_statement, (1, 2), pulse.statements)),
        needed=pulse_results.NEEDED,
        id=pulse.id,
        day=medium(pulse.made_on),
    )


def _statement(number: int, words: str) -> str:
    meanings = {pulse_results.VALUES[0]: f", {LOW}", pulse_results.VALUES[-1]: f", {HIGH}"}
    choices = (
        _CHOICE.substitute(number=number, value=value, meaning=meanings.get(value, ""))
        for value in pulse_results.VALUES
    )
    return _STATEMENT.substitute(
        words=escape(clean(words)), choices="\n".join(choices), low=LOW, high=HIGH
    )


def _part(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    """Return the hash of a script or a style as a content security policy names it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
