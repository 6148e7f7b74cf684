"""The text of a new template, commented so that nobody needs the manual."""

import json
import re
from string import Template as Placeholders
from textwrap import fill

from coachlog.errors import FaultyTemplate
from coachlog.model.templates import Template, TemplateOccasion
from coachlog.templates.fields import PROMPT_FIELDS, STAGE_FIELDS, TEMPLATE_FIELDS
from coachlog.templates.json_schema import SCHEMA_FILE
from coachlog.templates.kinds import KIND_ROWS
from coachlog.templates.parsing import parse_template

_NO_BREAK = "\0"
LEGEND_HEAD = "# What a template may have:"
_STARTER_HEAD = Placeholders("""\
#:schema ./$schema
# A conversation of your own. The name of this file, $id, is its id.
#
#   coachlog template check $id    looks for errors
#   coachlog template show $id     shows it as a page
#   coachlog session new --template $id
#
# Lines that begin with # are notes. The words $$them and $$me become first names.

""")
_STARTER_BODY = Placeholders("""\
title = $title
summary = "When to choose it, in one line."
audience = "one-to-one"             # one-to-one | three-way | solo | group
# occasion = "every week"           # where it is listed, if it is for two:
$occasions
# also = "feedback, praise"         # other words that find it, with commas
minutes = 30
# source = "Whose idea it is."
# again = ["1w", "6w"]             # comes back after one week, and after six
# leads_to = "check-in"            # what to hold next

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
id = "felt"
ask = "How has work felt to $$them since you last spoke?"
kind = "scale"                      # 1 to 10, unless low and high say otherwise
measure = "work-felt"               # its numbers make a trend
help = "1 is the worst it has been, 10 is the best. Their number, not yours."

[[stage.prompt]]
id = "better"
ask = "What would make it better?"
kind = "text"
when = { prompt = "today.felt", below = 7 }

[[stage]]
id = "next"
title = "Next"

[[stage.prompt]]
id = "steps"
ask = "What will each of you do?"
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


def build_starter_text(id: str, title: str, source: Template | None = None) -> str:
    """Return the text of a new template: a commented one to change, or `source` under a new title.

    The text can be used as it is, and `check_template` has no advice on it.
    """
    head = _STARTER_HEAD.substitute(schema=SCHEMA_FILE, id=id)
    if source is None:
        body = _STARTER_BODY.substitute(
            title=_quote_title(title), occasions=_list_occasions()
        )
    else:
        # A copy gets its own head and legend in place of those of its source.
        source_body = source.text.partition(LEGEND_HEAD)[0]
        source_body = re.sub(r"\A(?:#[^\n]*\n|\s*\n)+", "", source_body)
        body = _replace_title(source_body, id, title)
    return f"{head}{body.rstrip()}\n\n{_build_template_legend()}"


def _list_occasions() -> str:
    """Return comments with every occasion that a template can have."""
    unbroken = [occasion.replace(" ", _NO_BREAK) for occasion in TemplateOccasion]
    words = fill(
        " | ".join(unbroken), 79, initial_indent="#   ", subsequent_indent="#   "
    )
    return words.replace(_NO_BREAK, " ")


def _replace_title(text: str, id: str, title: str) -> str:
    """Return the text with another title; unchanged if its title is written in an unusual way."""
    title_line = f"title = {_quote_title(title)}"
    new_text = re.sub(
        r"^title[ \t]*=.*$", lambda _: title_line, text, count=1, flags=re.MULTILINE
    )
    try:
        new_template = parse_template(new_text.encode(), id, name=id)
    except FaultyTemplate:
        return text
    if new_template.title != title:
        return text
    return new_text


def _quote_title(title: str) -> str:
    # A string of JSON is one of TOML, too.
    return json.dumps(title, ensure_ascii=False)


def _build_template_legend() -> str:
    """Return comments that explain every key and kind."""
    field_tables = {
        LEGEND_HEAD: TEMPLATE_FIELDS,
        "# What a stage may have:": STAGE_FIELDS,
        "# What a prompt may have:": PROMPT_FIELDS,
    }
    blocks = []
    for head, fields in field_tables.items():
        helps = {name: spec.help for name, spec in fields.items()}
        blocks.append(_format_legend_block(head, helps))
    kinds = {kind.value: row.meaning for kind, row in KIND_ROWS.items()}
    blocks.append(_format_legend_block("# The kinds:", kinds))
    return "#\n".join(blocks)


def _format_legend_block(head: str, meanings: dict[str, str]) -> str:
    rows = [f"#   {name:<13} {meaning}\n" for name, meaning in meanings.items()]
    return f"{head}\n{''.join(rows)}"
