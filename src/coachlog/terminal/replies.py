"""Reads the reply to one question, in the way its kind is answered: typed, picked or ticked."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from coachlog.interview.back import BACK, Back
from coachlog.model.answers import AnswerValue
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.terminal.drawing import (
    Surface,
    print_choice,
    print_indented,
    print_skipped,
)
from coachlog.terminal.fields import (
    CHECKBOX_KEYS,
    LETTER_KEYS,
    LIST_KEYS,
    describe_enter_key,
    describe_text_keys,
    format_initial_text,
    list_field_keys,
    means_back,
    takes_several_lines,
)
from coachlog.terminal.keys import Place, breaks_line
from coachlog.terminal.looks import Look
from coachlog.terminal.prompt_runner import PromptRunner
from coachlog.terminal.reply_checks import (
    DOUBT_NO,
    DOUBT_YES,
    ReplyDoubt,
    describe_kept_tag,
    find_picks_fault,
    find_reply_doubt,
    find_text_fault,
    format_echo,
    format_letters,
    list_marked_values,
    list_option_values,
)
from coachlog.terminal.stage_clock import CLOCK_REFRESH_SECONDS, StageClock
from coachlog.terminal.widgets import (
    ListRow,
    build_checkbox_list,
    build_confirm,
    build_letter_field,
    build_list,
    build_text_field,
    format_back_hint,
)
from coachlog.text import cut_line

if TYPE_CHECKING:
    from coachlog.interview.conversation import Question

_ROW_MARGIN = 8  # columns that the pointer, the tick box and the digit of a row take
_SKIP_ROW = ListRow("skip", None, "0")


class ReplyReader:
    """Reads replies through a runner; `clock` and `stop_word` are shown below its fields.

    `has_date_remarks` tells, once a due date looks like a slip, whether the owner wants to know.
    """

    def __init__(
        self,
        console: Surface,
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
        self, question: "Question", offered_answer: AnswerValue, *, back: bool = True
    ) -> AnswerValue | Back:
        """Return the answer to a question that has been printed, or BACK.

        `offered_answer` is in the field or under the pointer at first.
        """
        match get_kind_row(question.kind).widget:
            case Widget.PICK_ONE if question.by_letter:
                return self._read_letter(question, offered_answer, back=back)
            case Widget.PICK_ONE | Widget.YESNO:
                return self._pick_answer(question, offered_answer, back=back)
            case Widget.PICK_SOME | Widget.CORRECTIONS:
                return self._tick_rows(question, offered_answer, back=back)
            case _:
                initial = format_initial_text(offered_answer)
                reply = self.read_text(question, initial, back=back)
                if not isinstance(reply, Back) and (
                    echo := format_echo(question, reply)
                ):
                    print_indented(self._console, echo, "dim")
                return reply

    def read_text(
        self, question: "Question", initial: str, *, back: bool
    ) -> AnswerValue | Back:
        """Return the answer typed, checked and None when skipped; or BACK."""

        def validate(text: str) -> bool | str:
            if back and means_back(text, initial):
                return True
            return find_text_fault(question, text) or True

        is_text = takes_several_lines(question)

        def format_hint(document: Any) -> str:
            enter = describe_enter_key(question, initial, document.text)
            if is_text:
                continues = breaks_line(document, initial)
                enter = describe_text_keys(
                    question, document.text, breaks_line=continues
                )
            hint = f"{enter}{format_back_hint(back=back)} · Ctrl-C: {self.stop_word}"
            return f" {hint.removeprefix(' · ')}"

        prompt = build_text_field(
            self._look,
            initial,
            validate,
            toolbar=lambda document: self._format_toolbar(format_hint(document)),
            place=self._find_place(question, list_field_keys(question), back=back),
            several_lines=is_text,
            refresh_seconds=CLOCK_REFRESH_SECONDS if self.clock.is_running else 0,
            is_skipped_by_enter=question.default is None and not question.required,
        )
        text = self._runner.run(prompt, question.key, initial)
        if isinstance(text, Back) or (back and means_back(text, initial)):
            return BACK
        from coachlog.interview.checks import check_typed_answer

        reply = check_typed_answer(question, text)
        doubt = find_reply_doubt(question, reply, text, self._has_date_remarks)
        if doubt is not None and not self._confirm_doubt(question, text, doubt):
            return self.read_text(question, text.rstrip(), back=back)
        return reply

    def _confirm_doubt(
        self, question: "Question", text: str, doubt: ReplyDoubt
    ) -> bool:
        """Return whether what looks like a slip is meant."""
        # A run that ends at this question resumes with the answer in its field.
        self._runner.report_typing(question.key, text)
        print_indented(self._console, doubt.remark)
        confirm = build_confirm(self._look, doubt.question, yes=DOUBT_YES, no=DOUBT_NO)
        return self._runner.run(confirm) is True

    def _find_place(
        self, question: "Question", keys: Sequence[str], *, back: bool
    ) -> Place:
        return Place(question.help, keys, back, self.stop_word)

    def _pick_answer(
        self, question: "Question", offered_answer: AnswerValue, *, back: bool
    ) -> AnswerValue | Back:
        """Return the option picked, None for `skip`, or BACK."""
        options = question.options or ("yes", "no")
        values = list_option_values(question) or (True, False)
        rows = build_list_rows(options, values)
        if question.offers_skip and not question.required:
            rows = [_SKIP_ROW, *rows]
        if offered_answer is None:
            offered_answer = question.pointed
        place = self._find_place(question, LIST_KEYS, back=back)
        needs_choice = question.required or question.needs_choice
        return self.pick_row(
            rows,
            offered_answer,
            place,
            points_first=not needs_choice,
            key=question.key,
        )

    def pick_row(
        self,
        rows: Sequence[ListRow],
        offered_answer: AnswerValue,
        place: Place,
        *,
        points_first: bool = True,
        keep_line: Callable[[str], None] | None = None,
        key: str = "",
    ) -> AnswerValue | Back:
        """Return the value of the row picked, or BACK.

        Where nothing was offered the pointer is on the first row, or on none. `keep_line` gets each
        line that fits no row, and on Ctrl-C the one that is half-typed; without it, that is
        reported under the key.
        """
        typed = [""]

        def note_typing(text: str) -> None:
            typed[0] = text

        width = self._console.width - _ROW_MARGIN
        prompt = build_list(
            self._look,
            rows,
            offered_answer,
            width=width,
            place=place,
            count_lines_above=self._runner.count_lines_above,
            points_first=points_first,
            keep_line=keep_line,
            on_typing=note_typing,
        )
        try:
            number: int | Back = self._runner.run(prompt)
        except KeyboardInterrupt:
            self._keep_half_line(typed[0], key, keep_line)
            raise
        if isinstance(number, Back):
            return BACK
        if rows[number] is _SKIP_ROW:
            print_skipped(self._console)
        else:
            print_choice(self._console, rows[number].label)
        return rows[number].value

    def _keep_half_line(
        self, text: str, key: str, keep_line: Callable[[str], None] | None
    ) -> None:
        """Keep what was being typed at a list."""
        if not text.strip():
            return
        if keep_line is None:
            self._runner.report_typing(key, text)
        else:
            keep_line(text)

    def _read_letter(
        self, question: "Question", offered_answer: AnswerValue, *, back: bool
    ) -> AnswerValue | Back:
        """Return the option whose first letter is pressed; Enter keeps what was offered."""
        letters = format_letters(question.options)
        effect = describe_kept_tag(offered_answer)
        hint = f" {letters} · Enter: {effect}{format_back_hint(back=back)} · ?: help"
        prompt = build_letter_field(
            self._look,
            question.options,
            offered_answer,
            toolbar=lambda: self._format_toolbar(hint),
            place=self._find_place(question, LETTER_KEYS, back=back),
        )
        reply: AnswerValue | Back = self._runner.run(prompt)
        if not isinstance(reply, Back):
            print_choice(self._console, str(reply or "untagged"))
        return reply

    def _tick_rows(
        self, question: "Question", offered_answer: AnswerValue, *, back: bool
    ) -> AnswerValue | Back:
        """Return the values ticked, None for none of them, or BACK."""

        def validate(values: list[str]) -> bool | str:
            return find_picks_fault(question, values) or True

        labels = dict(zip(list_option_values(question), question.options, strict=True))
        is_table = get_kind_row(question.kind).widget is Widget.CORRECTIONS
        prompt = build_checkbox_list(
            self._look,
            labels,
            list_marked_values(question, offered_answer),
            validate,
            width=self._console.width - _ROW_MARGIN,
            place=self._find_place(question, CHECKBOX_KEYS, back=back),
            count_lines_above=self._runner.count_lines_above,
            is_table=is_table,
        )
        values: list[str] | Back = self._runner.run(prompt)
        if isinstance(values, Back):
            return BACK
        if is_table:  # the table above the list has the words, so their numbers will do
            print_choice(self._console, ", ".join(values) or "none")
        elif not values:
            print_skipped(self._console)
        else:
            print_choice(self._console, ", ".join(labels[value] for value in values))
        return values or None

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
    labels: Sequence[str],
    values: Sequence[AnswerValue],
    numbers: Sequence[int] | None = None,
) -> list[ListRow]:
    """Return the rows of a list, picked by their `numbers`, else counted from 1.

    Yes and no are picked by y and n.
    """
    if tuple(labels) == ("yes", "no"):
        keys = ["y", "n"]
    else:
        keys = [str(number) for number in numbers or range(1, len(labels) + 1)]
    return [ListRow(*row) for row in zip(labels, values, keys, strict=True)]
