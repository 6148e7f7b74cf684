"""What a person can say of a promise: one row for each field of it.

The questions of a conversation, answers files, forms, `action edit`, the screen of one action and
the plan read this table. A new field is a row here, a field of `Promise` and of `Action`, a column
with its migration, and the options of `action add` and `action edit`.
"""

from typing import NamedTuple

from coachlog.model.answers import Kind


class PromiseField(NamedTuple):
    """One field of a promise.

    `ask` is the question in a conversation, where it is one like any other; `again` the question
    when it is changed later; without one it is changed by an option only. A person at a terminal
    is `asked` for it, and a form has an empty line for it; the rest can be said as well, in a form,
    a file or with an option.

    `label` stands before it in a form, `page` before it on the screen of one action, `heading`
    above it in a plan that lists it apart. `yes` is said of a field that is true.
    """

    name: str
    kind: Kind
    ask: str = ""
    again: str = ""
    help: str | None = None
    asked: bool = False
    label: str = ""
    page: str = ""
    heading: str = ""
    yes: str = ""


_ROWS = (
    PromiseField("what", Kind.LINE, again="What was promised?", asked=True),
    PromiseField("owner", Kind.CHOICE, asked=True, label="who"),
    PromiseField(
        "due",
        Kind.DATE,
        "By when?",
        help="fri, +2w, 12 May. Without a date it is a wish, and is not counted.",
        asked=True,
        label="by",
    ),
    PromiseField(
        "done_when",
        Kind.LINE,
        "How will you see that it is done?",
        again="How will you see that it is done?",
        asked=True,
        label="done when",
        page="done when",
    ),
    PromiseField(
        "support",
        Kind.LINE,
        "What support?",
        again="What support?",
        label="support",
        page="support",
    ),
    PromiseField(
        "if_then",
        Kind.LINE,
        "If ..., then ...",
        again="If it gets hard, then what?",
        label="if-then",
        page="if-then",
        heading="If … then",
    ),
    PromiseField("confidence", Kind.SCALE, "How sure?", label="sure", page="sure"),
    PromiseField(
        "private",
        Kind.YESNO,
        "Private?",
        label="private",
        page="private",
        yes="yes: left out of plans and exports",
    ),
)
PROMISE_FIELDS = {row.name: row for row in _ROWS}
PROMISE_WORDS = tuple(row.name for row in _ROWS if row.kind is Kind.LINE)
"""The fields that hold words of a person, and so are veiled where a promise is private."""
