"""How prompts look: every word in the terminal's own colours, which the person can read."""

import sys
from typing import Any

from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from coachlog import asciify

Look = dict[str, Any]
"""The style and the output that every prompt is drawn with."""

# No colour of the sixteen can be read on white, on black and on Solarized: what is to be seen is
# bold, reversed or has a mark. Without noinherit a style adds to those of questionary and
# prompt_toolkit: typed words in orange, ticked rows as solid blocks, errors on dark red.
STYLE = Style.from_dict(
    {
        "qmark": "noinherit bold",
        "question": "noinherit",
        "text": "noinherit",
        "answer": "noinherit",
        "pointer": "noinherit bold",
        "highlighted": "noinherit bold",
        "selected": "noinherit",
        "heading": "noinherit bold",
        "instruction": "noinherit",
        "skipped": "noinherit dim",
        "bottom-toolbar": "noinherit",
        "validation-toolbar": "noinherit bold",
        "aborting": "noinherit",
        "exiting": "noinherit",
        "control-character": "noinherit",
        "nbsp": "noinherit underline",
        "completion-menu": "noinherit",
        "completion-menu.completion": "noinherit",
        "completion-menu.completion.current": "noinherit reverse",
        "completion-menu.meta.completion": "noinherit",
        "completion-menu.meta.completion.current": "noinherit reverse",
        "scrollbar.background": "noinherit",
        "scrollbar.button": "noinherit reverse",
    }
)


def build_look(*, color: bool, ascii: bool) -> Look:
    """Return the look of every prompt; all of them are drawn on stderr, as stdout is the answer."""
    stream: Any = asciify.AsciiStream(sys.stderr) if ascii else sys.stderr
    output = create_output(stdout=stream)
    if isinstance(output, Vt100_Output):
        # The terminal is not asked where the cursor is. Only a line at the bottom of the window
        # needs to know, and a terminal that does not answer would be waited for at every prompt.
        output.enable_cpr = False
    return {
        "style": STYLE,
        "color_depth": None if color else ColorDepth.DEPTH_1_BIT,
        "output": output,
    }
