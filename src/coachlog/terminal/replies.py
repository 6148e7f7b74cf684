"""Reads the reply to one question, in the way its kind is answered: typed, picked or ticked."""

from collections.abc import Callable, Sequence
from datetime import date

from rich.console import Console

from coachlog.errors import InvalidInput
from coachlog.interview import BACK, Back, Question, check_answer, check_typed_answer
from coachlog.interview.keys import KeyFamily, parse_key
from coachlog.model import AnswerValue, PromptKind
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.terminal.drawing import print_choice, print_indented
from coachlog.terminal.fields import (
    describe_enter_key,
    format_initial_text,
    means_back,
    takes_several_lines,
)
from coachlog.terminal.prompt_runner import PromptRunner
from coachlog.terminal.stage_clock import CLOCK_REFRESH_SECONDS, StageClock
from coachlog.terminal.widgets import (
    ListRow,
    Look,
    build_checkbox_list,
    build_confirm,
    build_letter_field,
    build_list,
    build_text_field,
    format_back_hint,
)
from coachlog.text import clean_line, cut_line, shorten_text

# Lines that stay free above a long list: what comes before it, the question, its help.
LINES_ABOVE_LIST = 8
_ROW_MARGIN = 8  # columns that the pointer, the tick box and the digit of a row take
_SKIP_ROW = ListRow("skip", None, "0")
_MAX_QUOTE = 16  # characters of a wrong answer that an error quotes
_OPEN_REMARK = (
    "A line of it is marked private, but this answer is not: `log` and private questions keep such "
    "a line out of plans and exports, this question does not."
)
_OPEN_QUESTION = "Save it openly all the same?"


class ReplyReader:
    """Reads replies through a runner; `clock` and `stop_word` are shown below its fields.

    `has_date_remarks` tells, once a due date looks like a slip, whether the owner wants to know.
    """

    def __init__(
        self,
        console: Console,
        look: Look,
        runner: PromptRunner,
        has_date_remarks: Callable[[], bool],
    ) -> None:
        self._console = console
        self._look = look
        self._runner = runner
        self.clock = StageClock()
        self.stop_word = "stop"
        self._has_date_remarks = has_date_remarks

    def read_reply(
        self, question: Question, offered_answer: AnswerValue, *, back: bool = True
    ) -> AnswerValue | Back:
        """Return the answer to a question that has been printed, or BACK.

        `offered_answer` is in the field or under the pointer at first.
        """
        match get_kind_row(question.kind).widget:
            case Widget.PICK_ONE if question.by_letter:
                return self._read_letter(question, offered_answer, back=back)
            case Widget.PICK_ONE:
                rows = build_list_rows(question.options, _list_values(question))
                skip = question.offers_skip and not question.required
                return self.pick_row(rows, offered_answer, skip=skip, back=back)
            case Widget.YESNO:
                rows = build_list_rows(("yes", "no"), (True, False))
                return self.pick_row(
                    rows, offered_answer, skip=not question.required, back=back
                )
            case Widget.PICK_SOME | Widget.CORRECTIONS:
                return self._tick_rows(question, offered_answer, back=back)
            case _:
                initial = format_initial_text(offered_answer)
                reply = self.read_text(question, initial, back=back)
                self._echo_answer(question, reply)
                return reply

    def read_text(
        self, question: Question, initial: str, *, back: bool
    ) -> AnswerValue | Back:
        """Return the answer typed, checked and None when skipped; or BACK."""

        def validate(text: str) -> bool | str:
            if back and means_back(text, initial):
                return True
            return _find_text_fault(question, text) or True

        enter = describe_enter_key(question, initial)
        hint = f" {enter}{format_back_hint(back=back)} · Ctrl-C: {self.stop_word}"
        prompt = build_text_field(
            self._look,
            initial,
            validate,
            toolbar=lambda: self._format_toolbar(hint),
            several_lines=takes_several_lines(question),
            refresh_seconds=CLOCK_REFRESH_SECONDS if self.clock.is_running else 0,
        )
        text = self._runner.run(prompt, question.key, initial)
        if back and means_back(text, initial):
            return BACK
        reply = check_typed_answer(question, text)
        if (
            question.is_due
            and reply is not None
            and not self._confirm_due(question, reply, text)
        ):
            return self.read_text(question, text, back=back)
        if _is_openly_private(question, text) and not self._confirm_open(
            question, text
        ):
            return self.read_text(question, text.rstrip(), back=back)
        return reply

    def _confirm_open(self, question: Question, text: str) -> bool:
        """Return whether an answer may stay open to others although a line is marked private."""
        # A run that ends at this question resumes with the answer in its field.
        self._runner.report_typing(question.key, text)
        print_indented(self._console, _OPEN_REMARK)
        return bool(self._runner.run(build_confirm(self._look, _OPEN_QUESTION)))

    def _confirm_due(self, question: Question, reply: AnswerValue, text: str) -> bool:
        """Return whether a due date is right: without asking, unless it looks like a slip."""
        from coachlog.dates.doubts import DOUBT_QUESTION, list_typed_due_doubts

        day = date.fromisoformat(str(reply))
        due_doubts = list_typed_due_doubts(day, question.base, text)
        if due_doubts and not self._has_date_remarks():
            due_doubts = list_typed_due_doubts(
                day, question.base, text, with_remarks=False
            )
        if not due_doubts:
            return True
        # A run that ends at this question resumes with the date in its field.
        self._runner.report_typing(question.key, text)
        print_indented(self._console, " ".join(due_doubts))
        return bool(self._runner.run(build_confirm(self._look, DOUBT_QUESTION)))

    def pick_row(
        self,
        rows: Sequence[ListRow],
        offered_answer: AnswerValue,
        *,
        skip: bool,
        back: bool,
        keep_line: Callable[[str], None] | None = None,
    ) -> AnswerValue | Back:
        """Return the value of the row picked, None for `skip`, or BACK.

        `keep_line` gets each line that fits no row.
        """
        if skip:
            rows = [_SKIP_ROW, *rows]
        width = self._console.width - _ROW_MARGIN
        prompt = build_list(
            self._look,
            rows,
            offered_answer,
            width=width,
            back=back,
            keep_line=keep_line,
        )
        place: int | Back = self._runner.run(prompt)
        if isinstance(place, Back):
            return BACK
        print_choice(self._console, rows[place].label)
        return rows[place].value

    def _read_letter(
        self, question: Question, offered_answer: AnswerValue, *, back: bool
    ) -> AnswerValue | Back:
        """Return the option whose first letter is pressed; Enter keeps what was offered."""
        letters = " · ".join(f"{option[0]}: {option}" for option in question.options)
        effect = f"keep {offered_answer}" if offered_answer else "leave it untagged"
        hint = f" {letters} · Enter: {effect}{format_back_hint(back=back)}"
        prompt = build_letter_field(
            self._look,
            question.options,
            offered_answer,
            toolbar=lambda: self._format_toolbar(hint),
            back=back,
        )
        reply: AnswerValue | Back = self._runner.run(prompt)
        if not isinstance(reply, Back):
            print_choice(self._console, str(reply or "untagged"))
        return reply

    def _tick_rows(
        self, question: Question, offered_answer: AnswerValue, *, back: bool
    ) -> AnswerValue | Back:
        """Return the values ticked, None for none of them, or BACK."""

        def validate(values: list[str]) -> bool | str:
            try:
                check_answer(question, values)
            except InvalidInput as error:
                return error.message
            return True

        labels = dict(zip(_list_values(question), question.options, strict=True))
        is_table = get_kind_row(question.kind).widget is Widget.CORRECTIONS
        # The promises to correct are in columns, which must keep their spaces.
        shorten = cut_line if is_table else shorten_text
        width = self._console.width - _ROW_MARGIN
        prompt = build_checkbox_list(
            self._look,
            {value: shorten(label, width) for value, label in labels.items()},
            question.default if offered_answer is None else offered_answer,
            validate,
            height=self._console.height - LINES_ABOVE_LIST,
            back=back,
        )
        values: list[str] | Back = self._runner.run(prompt)
        if isinstance(values, Back):
            return BACK
        if is_table:  # the table above the list has the words, so their numbers will do
            print_choice(self._console, ", ".join(values) or "none")
        else:
            print_choice(
                self._console, ", ".join(labels[value] for value in values) or "skip"
            )
        return values or None

    def _echo_answer(self, question: Question, reply: AnswerValue | Back) -> None:
        """Print how an answer was understood, if its kind can be misread."""
        row = get_kind_row(question.kind)
        if row.is_echoed and not isinstance(reply, Back | None):
            print_indented(
                self._console, f"→ {row.formatter(reply, question.high)}", "dim"
            )

    def _format_toolbar(self, hint: str) -> str:
        """Return the hint or what is wrong, and on a line of its own the time, if it is counted."""
        width = self._console.width - 1
        rows = [hint]
        if self._runner.trouble:
            rows = [f" {cut_line(self._runner.trouble, width)}"]
        time_text = self.clock.time_text
        if time_text:
            rows.append(f" {cut_line(time_text, width)}")
        return "\n".join(rows)


def build_list_rows(
    labels: Sequence[str], values: Sequence[AnswerValue]
) -> list[ListRow]:
    """Return the rows of a list: yes and no are picked by y and n, the first nine by a digit."""
    is_yesno = tuple(labels) == ("yes", "no")
    rows = []
    for number, (label, value) in enumerate(zip(labels, values, strict=True), start=1):
        shortcut: str | bool = str(number) if number <= 9 else True
        if is_yesno:
            shortcut = label[0]
        rows.append(ListRow(label, value, shortcut))
    return rows


def _is_openly_private(question: Question, text: str) -> bool:
    """Return whether a line is marked private in an answer that plans and exports may show."""
    if question.kind not in (PromptKind.TEXT, PromptKind.LINE) or question.private:
        return False
    if parse_key(question.key).family is not KeyFamily.PROMPT:
        return False
    # Only an answer in words loads the grammar.
    from coachlog.capture.private_blocks import has_private_line

    return has_private_line(text)


def _list_values(question: Question) -> tuple[str, ...]:
    """Return what is stored for each option: by default its words."""
    return question.values or question.options


def _find_text_fault(question: Question, text: str) -> str | None:
    """Return what is wrong with a typed answer, in one line that fits below it; None if nothing."""
    try:
        check_typed_answer(question, text)
    except InvalidInput as error:
        row = get_kind_row(question.kind)
        if error.hint and row.example:
            quote = cut_line(clean_line(text), _MAX_QUOTE)
            return f"“{quote}” is not {row.page_hint}. Try, for example: {row.example}"
        return error.message
    return None
