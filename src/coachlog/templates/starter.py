"""The text of a new template, commented so that nobody needs the manual."""

import json
import re
from string import Template as Placeholders

from coachlog.errors import FaultyTemplate
from coachlog.model.templates import Template
from coachlog.templates.fields import PROMPT_FIELDS, STAGE_FIELDS, TEMPLATE_FIELDS
from coachlog.templates.json_schema import FILE
from coachlog.templates.kinds import KINDS
from coachlog.templates.parsing import parse

LEGEND = "# What a template may have:"
_HEAD = Placeholders("""\
#:schema ./$schema
# A conversation of your own. The name of this file, $id, is its id.
#
#   coachlog template check $id    looks for mistakes
#   coachlog template show $id     shows it as a page
#   coachlog session new --template $id
#
# Lines that begin with # are notes. The words $$them and $$me become first names.

""")
_BODY = Placeholders("""\
title = $title
summary = "When to choose it, in one line."
audience = "one-to-one"             # one-to-one | solo | group
minutes = 30
# source = "Whose idea it is."

[[stage]]
id = "today"
title = "Today"
guidance = "What helps at this point, in one line."

[[stage.prompt]]
id = "matters"
ask = "What matters most to $$them today?"
kind = "text"
key = true                          # quoted in summaries

[[stage.prompt]]
id = "now"
ask = "Where does it stand now?"
kind = "scale"                      # 1 to 10, unless low and high say otherwise
measure = "progress"                # its numbers make a trend
help = "1 is nowhere yet, 10 is all the way there."

[[stage.prompt]]
id = "stuck"
ask = "What stands in the way?"
kind = "text"
when = { prompt = "today.now", below = 7 }

[[stage]]
id = "next"
title = "Next"

[[stage.prompt]]
id = "steps"
ask = "What will be done?"
kind = "actions"                    # one prompt of this kind is enough

[[stage.prompt]]
id = "noticed"
ask = "What do you want to remember for yourself?"
kind = "text"
private = true                      # left out of plans and exports

[[stage.prompt]]
id = "review"
ask = "When will you look at this again?"
kind = "date"
""")


def fresh(id: str, title: str, source: Template | None = None) -> str:
    """Return the text of a new template: a commented one to change, or `source` under a new title.

    The text can be read at once, and `check` has no advice on it.
    """
    head = _HEAD.substitute(schema=FILE, id=id)
    if source is None:
        body = _BODY.substitute(title=_quoted(title))
    else:
        own = source.text.partition(LEGEND)[0]
        body = _titled(re.sub(r"\A(?:#[^\n]*\n|\s*\n)+", "", own), id, title)
    return f"{head}{body.rstrip()}\n\n{_legend()}"


def _titled(text: str, id: str, title: str) -> str:
    """Return the text with another title, or as it stands where its title is written unusually."""
    written = f"title = {_quoted(title)}"
    named = re.sub(r"^title[ \t]*=.*$", lambda _: written, text, count=1, flags=re.MULTILINE)
    try:
        return named if parse(named.encode(), id, name=id).title == title else text
    except FaultyTemplate:
        return text


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _legend() -> str:
    """Return comments that explain every key and kind."""
    rows = [LEGEND]
    rows += [f"#   {name:<13} {known.help}" for name, known in TEMPLATE_FIELDS.items()]
    rows += ["#", "# What a stage may have:"]
    rows += [f"#   {name:<13} {known.help}" for name, known in STAGE_FIELDS.items()]
    rows += ["#", "# What a prompt may have:"]
    rows += [f"#   {name:<13} {known.help}" for name, known in PROMPT_FIELDS.items()]
    rows += ["#", "# The kinds:"]
    rows += [f"#   {kind.value:<13} {row.meaning}" for kind, row in KINDS.items()]
    return "\n".join(rows) + "\n"
