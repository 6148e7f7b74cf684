"""The kinds of prompt: one row for each, and whatever depends on a kind follows from its row.

The check of a template, its JSON Schema and its pages, the questions at the terminal, answers
files, forms and every screen and page read this table. A new kind that is asked in an existing way
is one more row, and perhaps a reader of its values beside it. A new way to ask is a member of
`Widget`; `terminal/replies` and `answers/form` then have to know it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from coachlog import dates
from coachlog.model.answers import PromptKind
from coachlog.named_tuples import NamedTuple
from coachlog.templates import answer_readers
from coachlog.templates.answer_readers import AnswerReader, is_number, is_whole_number
from coachlog.text import fold_text


class Widget(StrEnum):
    """How an answer is given at the terminal, in a form and on paper.

    The last three are more than one question each; `interview` knows which.
    """

    LINE = "one line to type in"
    TEXT = "several lines to type in"
    PICK_ONE = "one of a list"
    PICK_SOME = "any of a list"
    YESNO = "yes or no"
    QUESTIONS = "questions, one after the other"
    CORRECTIONS = "promises, each right or corrected"
    PROMISES = "promises, one after the other"


PromptTable = Mapping[str, Any]
"""A prompt as its file holds it."""


def _is_text_answer(value: Any, _prompt: PromptTable) -> bool:
    return isinstance(value, str)


def _is_number_answer(value: Any, _prompt: PromptTable) -> bool:
    return is_number(value)


def _accepts_no_answer(_value: Any, _prompt: PromptTable) -> bool:
    return False


def _is_yesno_answer(value: Any, _prompt: PromptTable) -> bool:
    return isinstance(value, bool)


def _is_option_answer(value: Any, prompt: PromptTable) -> bool:
    if not isinstance(value, str):
        return False
    # Options that come from an earlier answer are not known yet: then any text may be one.
    options = prompt.get("options", ())
    return not options or fold_text(value) in map(fold_text, options)


def _is_scale_answer(value: Any, prompt: PromptTable) -> bool:
    if not is_whole_number(value):
        return False
    low: int = prompt.get("low", 1)
    high: int = prompt.get("high", 10)
    return low <= value <= high


def _format_value_as_is(value: Any, _high: int | None) -> str:
    return str(value)


def _format_yesno_value(value: Any, _high: int | None) -> str:
    return "yes" if value else "no"


def _format_scale_value(value: Any, high: int | None) -> str:
    return f"{value} of {high}"


def _format_date_value(value: Any, _high: int | None) -> str:
    return dates.format_long_day(date.fromisoformat(str(value)))


class KindRow(NamedTuple):
    """All that is particular to one kind.

    In words: `meaning` says what is asked, in a new template, and `explanation` says more in the
    docs, as `stored_form` does of an answer. `page_hint` is on the page of a template and
    `form_hint` in a form; both may name `{low}` and `{high}`. `example` shows what can be typed,
    where a mistake is likely.

    In code: `reader` checks a value, wherever it comes from; without one the interview has its own.
    `parser` returns what typed words stand for, before they are read, and what was typed
    `is_echoed` where words can be misunderstood. `formatter` returns a value in words, given the
    upper end of its scale.

    In a template: `fields` are the keys of a prompt that not every kind may have. In a condition,
    `fits` says whether `is` can have this value, and `is_numeric` allows below and above; another
    prompt can offer the lines of an answer that `has_lines`. `once_reason` is why a template has
    only one prompt of this kind.

    On a page, `separator` joins an answer that `is_list`. On paper there are `writing_lines`, or a
    table with the headings `columns` and a number of `empty_rows`.
    """

    kind: PromptKind
    meaning: str
    widget: Widget
    reader: AnswerReader | None
    parser: Callable[[str], object] = str
    formatter: Callable[[Any, int | None], str] = _format_value_as_is
    explanation: str = ""
    stored_form: str = "text"
    fields: tuple[str, ...] = ()
    fits: Callable[[Any, PromptTable], bool] = _is_text_answer
    is_numeric: bool = False
    has_lines: bool = False
    is_list: bool = False
    separator: str = ", "
    once_reason: str = ""
    page_hint: str = ""
    form_hint: str = ""
    example: str = ""
    is_echoed: bool = False
    writing_lines: int = 1
    columns: tuple[str, ...] = ()
    empty_rows: int = 0


_KIND_ROWS = (
    KindRow(
        PromptKind.TEXT,
        "several lines",
        Widget.TEXT,
        reader=answer_readers.read_text_answer,
        explanation="several lines; Ctrl-J starts a new one, Enter carries on",
        stored_form="text, up to 64 KiB",
        fields=("notes", "standard"),
        has_lines=True,
        writing_lines=3,
    ),
    KindRow(
        PromptKind.LINE,
        "one line",
        Widget.LINE,
        reader=answer_readers.read_line_answer,
        fields=("notes", "standard"),
        form_hint="One line.",
    ),
    KindRow(
        PromptKind.CHOICE,
        "one of the options",
        Widget.PICK_ONE,
        reader=answer_readers.read_choice_answer,
        explanation="one of `options`, or of the lines of an earlier answer "
        '(`options_from = "options.list"`)',
        stored_form="the option",
        fields=("options", "options_from"),
        fits=_is_option_answer,
        page_hint="one of those",
        form_hint="Put an x between the brackets of one: [x]",
    ),
    KindRow(
        PromptKind.CHOICES,
        "any of the options",
        Widget.PICK_SOME,
        reader=answer_readers.read_choices_answer,
        explanation="any of `options`",
        stored_form="a list",
        fields=("options", "options_from"),
        fits=_accepts_no_answer,
        has_lines=True,
        is_list=True,
        form_hint="Put an x between the brackets of any: [x]",
    ),
    KindRow(
        PromptKind.SCALE,
        "a whole number from low to high",
        Widget.LINE,
        reader=answer_readers.read_scale_answer,
        parser=answer_readers.parse_typed_scale,
        formatter=_format_scale_value,
        explanation="a whole number from `low` to `high` (1 and 10 by default); never pre-filled, "
        "and never rounded: `4/10` is 4, `7-8` is asked about",
        stored_form="a number",
        fields=("low", "high", "measure"),
        fits=_is_scale_answer,
        is_numeric=True,
        page_hint="{low} to {high}",
        form_hint="A whole number from {low} to {high}.",
    ),
    KindRow(
        PromptKind.YESNO,
        "yes or no",
        Widget.YESNO,
        reader=answer_readers.read_yesno_answer,
        parser=answer_readers.parse_typed_yesno,
        formatter=_format_yesno_value,
        stored_form="true or false",
        fits=_is_yesno_answer,
        page_hint="yes or no",
        form_hint="yes or no",
    ),
    KindRow(
        PromptKind.DATE,
        "a date: fri, +2w, 12 May, 2026-11-27",
        Widget.LINE,
        reader=answer_readers.read_date_answer,
        stored_form="a date",
        formatter=_format_date_value,
        page_hint="a date",
        form_hint="A date, such as fri, +2w, 12 May or 2026-11-27.",
        example="fri, +2w, 12 May",
        is_echoed=True,
    ),
    KindRow(
        PromptKind.NUMBER,
        "a number",
        Widget.LINE,
        reader=answer_readers.read_number_answer,
        parser=answer_readers.parse_typed_number,
        stored_form="a number",
        fits=_is_number_answer,
        is_numeric=True,
        page_hint="a number",
        form_hint="A number.",
    ),
    KindRow(
        PromptKind.QUESTIONS,
        "questions that someone asked: one per line, open, closed or leading",
        Widget.QUESTIONS,
        reader=None,
        explanation="questions that someone asked, one per line; after each, one key marks it as "
        "open, closed or leading",
        stored_form="a list of `question`, `by` and `tag`",
        fields=("standard",),
        fits=_accepts_no_answer,
        has_lines=True,
        is_list=True,
        separator="\n",
        page_hint="one per line: open, closed or leading",
        form_hint="One per line: “Ben: What did you see? (open)”. You can leave out the name, and "
        "whether it was open, closed or leading.",
        columns=("Question", "Asked by", "Open, closed, leading"),
        empty_rows=6,
    ),
    KindRow(
        PromptKind.PROMISES,
        "your own promises from the last 13 weeks, to look at again and correct",
        Widget.CORRECTIONS,
        reader=answer_readers.read_choices_answer,
        explanation="only for the audience solo: your own promises from the last 13 weeks, filled "
        "in for you, to say which were recorded wrongly, and why",
        stored_form="how many promises met each fate; a correction is an event of its promise",
        fits=_accepts_no_answer,
        is_list=True,
        once_reason="it lists all of them",
        page_hint="your own from the last 13 weeks",
        columns=("Promise", "What really happened to it", "How you know"),
        empty_rows=3,
    ),
    KindRow(
        PromptKind.ACTIONS,
        "promises: what, who, by when, done when",
        Widget.PROMISES,
        reader=None,
        explanation="promises, one after the other: what, who, by when, done when",
        stored_form="actions",
        fields=("support", "offers"),
        fits=_accepts_no_answer,
        once_reason="it asks for all promises in turn",
        page_hint="who, what, by when",
        form_hint="One promise per line: who, what, by when, and in brackets how you will know "
        "that it is done: “- me: send it by fri (mail sent)”, “- $them: draft it by 27 nov”. Only "
        "promises with a date are counted.",
        columns=("What", "Who", "By", "Done when"),
        empty_rows=3,
    ),
)
KIND_ROWS = {row.kind: row for row in _KIND_ROWS}


def get_kind_row(kind: PromptKind) -> KindRow:
    """Return the row of a kind; for a kind that only a later coachlog knows, that of a line."""
    return KIND_ROWS.get(kind, KIND_ROWS[PromptKind.LINE])


def list_kinds_with(field: str) -> tuple[PromptKind, ...]:
    """Return the kinds whose prompts may have this key."""
    return tuple(row.kind for row in _KIND_ROWS if field in row.fields)
