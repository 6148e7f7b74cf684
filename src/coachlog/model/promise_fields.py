"""What a person can say of a promise: one row for each field of it.

The questions of a conversation, answers files, forms, `action edit`, the screen of one action and
the plan read this table. A new field is a row here, a field of `Promise` and of `Action`, a column
with its migration, and the options of `action add` and `action edit`.
"""

from typing import NamedTuple

from coachlog.model.answers import PromptKind


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
    kind: PromptKind
    question: str = ""
    edit_question: str = ""
    help: str | None = None
    is_prompted: bool = False
    label: str = ""
    page_label: str = ""
    heading: str = ""
    yes_words: str = ""


_PROMISE_FIELD_ROWS = (
    PromiseField("what", PromptKind.LINE, edit_question="What was promised?", is_prompted=True),
    PromiseField("owner", PromptKind.CHOICE, is_prompted=True, label="who"),
    PromiseField(
        "due",
        PromptKind.DATE,
        "By when?",
        help="fri, +2w, 12 May. Without a date it is a wish, and is not counted.",
        is_prompted=True,
        label="by",
    ),
    PromiseField(
        "done_when",
        PromptKind.LINE,
        "How will you see that it is done?",
        edit_question="How will you see that it is done?",
        is_prompted=True,
        label="done when",
        page_label="done when",
    ),
    PromiseField(
        "support",
        PromptKind.LINE,
        "What support?",
        edit_question="What support?",
        label="support",
        page_label="support",
    ),
    PromiseField(
        "if_then",
        PromptKind.LINE,
        "If ..., then ...",
        edit_question="If it gets hard, then what?",
        label="if-then",
        page_label="if-then",
        heading="If … then",
    ),
    PromiseField("confidence", PromptKind.SCALE, "How sure?", label="sure", page_label="sure"),
    PromiseField(
        "private",
        PromptKind.YESNO,
        "Private?",
        label="private",
        page_label="private",
        yes_words="yes: left out of plans and exports",
    ),
)
PROMISE_FIELDS = {row.name: row for row in _PROMISE_FIELD_ROWS}
PROMISE_WORDS = tuple(row.name for row in _PROMISE_FIELD_ROWS if row.kind is PromptKind.LINE)
"""The fields that hold words of a person, and so are veiled where a promise is private."""
