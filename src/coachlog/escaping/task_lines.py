"""Task lines as Obsidian reads them: typed words are no field of a task, and no tag.

Its plug-in Tasks reads `📅 2026-11-27` and the like off the end of a line, and other programs
anywhere in it. A `#word` after a blank is a tag there.
"""

import re

_DATED = "📅📆🗓➕⏳⌛🛫✅❌"
_NAMED = "🆔⛔🔁🏁"
_PRIORITIES = "🔺⏫🔼🔽⏬"
# Behind a sign may be U+FE0F, which asks for its picture.
_FIELD = re.compile(
    rf"[{_DATED}{_NAMED}{_PRIORITIES}]\uFE0F?(?=\s*(?:[\w-]|$|<|\\|\)))"
)
_TAG = re.compile(r"(?<![^\s(>])#(?=[^\s<])")
_PART = "<!-- -->"


def escape_task_words(markdown: str) -> str:
    """Return the markdown of typed words as a task line can have it: it shows the same.

    An empty comment parts a sign from what would make a field of it, and a tag has a backslash.
    """
    return _TAG.sub(r"\\#", _FIELD.sub(rf"\g<0>{_PART}", markdown))
