"""The kinds of prompt: one row for each, and whatever depends on a kind follows from its row.

The check of a template, its JSON Schema and its pages, the questions at the terminal, answers
files, forms and every screen and page read this table. A new kind that is asked in a way there is
already is one more row, and perhaps a reader of its values beside it. A new way to ask is a member
of `Widget`; `terminal/prompts` and `answers/form` then have to know it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from coachlog import dates
from coachlog.model import Kind
from coachlog.templates import answer_readers
from coachlog.templates.answer_readers import Reader, is_number
from coachlog.text import fold


class Widget(StrEnum):
    """How an answer is given at the terminal, in a form and on paper.

    The last three are more than one question; `interview` knows what they ask.
    """

    LINE = "one line to type in"
    TEXT = "several lines to type in"
    ONE = "one of a list"
    SOME = "any of a list"
    YESNO = "yes or no"
    QUESTIONS = "questions, one after the other"
    CORRECTIONS = "promises, each right or corrected"
    PROMISES = "promises, one after the other"


Table = Mapping[str, Any]
"""A prompt as its file holds it."""


def _text_fits(value: Any, _prompt: Table) -> bool:
    return isinstance(value, str)


def _number_fits(value: Any, _prompt: Table) -> bool:
    return is_number(value)


def _nothing_fits(_value: Any, _prompt: Table) -> bool:
    return False


def _yesno_fits(value: Any, _prompt: Table) -> bool:
    return isinstance(value, bool)


def _option_fits(value: Any, prompt: Table) -> bool:
    options = prompt.get("options", ())  # none where they come from an earlier answer
    return isinstance(value, str) and (not options or fold(value) in map(fold, options))


def _scale_fits(value: Any, prompt: Table) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole and prompt.get("low", 1) <= value <= prompt.get("high", 10)


def _as_it_is(value: Any, _high: int | None) -> str:
    return str(value)


def _yes_or_no(value: Any, _high: int | None) -> str:
    return "yes" if value else "no"


def _of_scale(value: Any, high: int | None) -> str:
    return f"{value} of {high}"


def _day_in_full(value: Any, _high: int | None) -> str:
    return dates.long(date.fromisoformat(str(value)))


def _same_words(text: str) -> object:
    return text


class KindRow(NamedTuple):
    """All that is particular to one kind.

    `meaning` says in a new template what is asked, `explained` in the docs where that says more,
    and `kept` there what an answer is; `page` is on the page of a template, `hint` in a form, and
    both may name `{low}` and `{high}`. `fields` are the keys of a prompt that not every kind may
    have.

    `read` checks a value, wherever it comes from; without one the interview has its own. `typed`
    returns what typed words stand for, before they are read. `said` returns a value in words, given
    the upper end of its scale. What was typed is `echoed` so where words can be misunderstood, and
    `example` shows what can be typed where a mistake is likely.

    In a condition, `fits` says whether `is` can be this value, `number` allows below and above, and
    `lines` that another prompt offers the lines of the answer. `many` is an answer that is a list,
    `joined` on a page by these signs. Of some kinds a template has one prompt only, for the reason
    `once`.

    On paper there are `rules` to write on, or a table with the heads `columns` and empty rows.
    """

    kind: Kind
    meaning: str
    widget: Widget
    read: Reader | None
    typed: Callable[[str], object] = _same_words
    said: Callable[[Any, int | None], str] = _as_it_is
    explained: str = ""
    kept: str = "text"
    fields: tuple[str, ...] = ()
    fits: Callable[[Any, Table], bool] = _text_fits
    number: bool = False
    lines: bool = False
    many: bool = False
    joined: str = ", "
    once: str = ""
    page: str = ""
    hint: str = ""
    example: str = ""
    echoed: bool = False
    rules: int = 1
    columns: tuple[str, ...] = ()
    rows: int = 0


_ROWS = (
    KindRow(
        Kind.TEXT,
        "several lines",
        Widget.TEXT,
        answer_readers.text,
        explained="several lines; Enter twice goes on",
        kept="text, up to 64 KiB",
        lines=True,
        rules=3,
    ),
    KindRow(
        Kind.LINE,
        "one line",
        Widget.LINE,
        answer_readers.line,
        hint="One line.",
    ),
    KindRow(
        Kind.CHOICE,
        "one of the options",
        Widget.ONE,
        answer_readers.choice,
        explained="one of `options`, or of the lines of an earlier answer "
        '(`options_from = "options.list"`)',
        kept="the option",
        fields=("options", "options_from"),
        fits=_option_fits,
        page="one of those",
        hint="Put an x between the brackets of one: [x]",
    ),
    KindRow(
        Kind.CHOICES,
        "any of the options",
        Widget.SOME,
        answer_readers.choices,
        explained="any of `options`",
        kept="a list",
        fields=("options", "options_from"),
        fits=_nothing_fits,
        lines=True,
        many=True,
        hint="Put an x between the brackets of any: [x]",
    ),
    KindRow(
        Kind.SCALE,
        "a whole number from low to high",
        Widget.LINE,
        answer_readers.scale,
        answer_readers.typed_number,
        _of_scale,
        explained="a whole number from `low` to `high` (1 and 10 unless given); never pre-set",
        kept="a number",
        fields=("low", "high", "measure"),
        fits=_scale_fits,
        number=True,
        page="{low} to {high}",
        hint="A whole number from {low} to {high}.",
    ),
    KindRow(
        Kind.YESNO,
        "yes or no",
        Widget.YESNO,
        answer_readers.yesno,
        answer_readers.typed_yesno,
        _yes_or_no,
        kept="true or false",
        fits=_yesno_fits,
        page="yes or no",
        hint="yes or no",
    ),
    KindRow(
        Kind.DATE,
        "a date: fri, +2w, 12 May, 2026-11-27",
        Widget.LINE,
        answer_readers.day,
        kept="a date",
        said=_day_in_full,
        page="a date",
        hint="A date, such as fri, +2w, 12 May or 2026-11-27.",
        example="fri, +2w, 12 May",
        echoed=True,
    ),
    KindRow(
        Kind.NUMBER,
        "a number",
        Widget.LINE,
        answer_readers.number,
        answer_readers.typed_number,
        kept="a number",
        fits=_number_fits,
        number=True,
        page="a number",
        hint="A number.",
    ),
    KindRow(
        Kind.QUESTIONS,
        "questions that someone asked: one a line, open, closed or leading",
        Widget.QUESTIONS,
        None,
        explained="questions that someone asked, one a line; after each, one key says open, closed "
        "or leading",
        kept="a list of `question`, `by` and `tag`",
        fits=_nothing_fits,
        lines=True,
        many=True,
        joined="\n",
        page="one a line: open, closed or leading",
        hint="One a line: “Ben: What did you see? (open)”. Who asked may be left out, and so may "
        "open, closed or leading.",
        columns=("Question", "Asked by", "Open, closed, leading"),
        rows=6,
    ),
    KindRow(
        Kind.PROMISES,
        "your own promises of the last 13 weeks, to look at again and correct",
        Widget.CORRECTIONS,
        answer_readers.choices,
        explained="only alone: your own promises of the last 13 weeks, filled in; which of them is "
        "told wrongly, and why",
        kept="how many met which fate; a correction is an event of the promise",
        fits=_nothing_fits,
        many=True,
        once="it lists all of them",
        page="your own of the last 13 weeks",
        columns=("Promise", "What really became of it", "What tells you"),
        rows=3,
    ),
    KindRow(
        Kind.ACTIONS,
        "promises: what, who, by when, done when",
        Widget.PROMISES,
        None,
        explained="promises, one after the other: what, who, by when, done when",
        kept="actions",
        fits=_nothing_fits,
        once="it asks until all promises are told",
        page="who, what, by when",
        hint="One promise for each dash. More of them: copy the lines. “by” takes fri, +2w or 12 "
        "May; a date makes it a promise.",
        columns=("What", "Who", "By", "Done when"),
        rows=3,
    ),
)
KINDS = {row.kind: row for row in _ROWS}


def row_of(kind: Kind) -> KindRow:
    """Return the row of a kind; of one that only a later coachlog knows, that of a line."""
    return KINDS.get(kind, KINDS[Kind.LINE])


def kinds_with(field: str) -> tuple[Kind, ...]:
    """Return the kinds whose prompts may have this key."""
    return tuple(row.kind for row in _ROWS if field in row.fields)
