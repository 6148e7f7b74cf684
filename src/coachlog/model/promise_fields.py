"""The fields of a promise that a person can fill in, one row each.

Guided conversations, answers files, forms, `action edit`, the screen of one action and the plan all
use this table. A new field takes a row here, a field of `Promise` and of `Action`, a column with
its migration, and an option of `action add` and `action edit`.
"""

from coachlog.model.answers import PromptKind
from coachlog.named_tuples import NamedTuple


class PromiseField(NamedTuple):
    """One field of a promise.

    `question` asks for it in a conversation, where that takes no special question; `edit_question`
    asks for it when it is changed later, and without one only an option changes it. A field that
    `is_prompted` is asked for at a terminal and has an empty line in a form; the others may be
    given as well, in a form, a file or an option.

    `label` comes before the value in a form, `page_label` before it on the screen of one action,
    and `heading` above it in a plan that gives it its own place. `yes_words` stand for True.
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
    PromiseField(
        "what", PromptKind.LINE, edit_question="What was promised?", is_prompted=True
    ),
    PromiseField("owner", PromptKind.CHOICE, is_prompted=True, label="who"),
    PromiseField(
        "due",
        PromptKind.DATE,
        "By when?",
        help="fri, +2w, 12 May. Only promises with a date are counted.",
        is_prompted=True,
        label="by",
    ),
    PromiseField(
        "done_when",
        PromptKind.LINE,
        "How will you know that it is done?",
        edit_question="How will you know that it is done?",
        is_prompted=True,
        label="done when",
        page_label="done when",
    ),
    PromiseField(
        "support",
        PromptKind.LINE,
        "What support, and from whom?",
        help="A name first: “Helen: an hour a week”, or “me: ...”. Enter skips it.",
        edit_question="What support?",
        label="support",
        page_label="support",
    ),
    PromiseField(
        "if_then",
        PromptKind.LINE,
        "If ..., then ...",
        edit_question="What is the plan if it gets hard?",
        label="if-then",
        page_label="if-then",
        heading="If … then",
    ),
    PromiseField(
        "confidence", PromptKind.SCALE, "How sure?", label="sure", page_label="sure"
    ),
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
PROMISE_WORDS = tuple(
    row.name for row in _PROMISE_FIELD_ROWS if row.kind is PromptKind.LINE
)
"""The fields that hold a person's own words, and so are veiled where a promise is private."""
