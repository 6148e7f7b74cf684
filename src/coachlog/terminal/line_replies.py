"""Reads the reply to one question as a line that is typed: words, a number of a list, a letter."""

import re
from collections.abc import Callable, Sequence

from rich.console import Console

from coachlog.interview.back import BACK, Back
from coachlog.interview.checks import check_typed_answer
from coachlog.interview.conversation import Question
from coachlog.model.answers import AnswerValue
from coachlog.model.reviews import ReviewOutcome
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.terminal.drawing import print_choice, print_indented, print_skipped
from coachlog.terminal.fields import (
    describe_enter_key,
    format_initial_text,
    takes_several_lines,
)
from coachlog.terminal.line_reader import EMPTY_SIGN, LineReader
from coachlog.terminal.reply_checks import (
    DOUBT_NO,
    describe_kept_tag,
    find_picks_fault,
    find_reply_doubt,
    find_text_fault,
    format_echo,
    format_letters,
    list_marked_values,
    list_option_values,
)
from coachlog.terminal.review_marks import OUTCOME_HINTS, OUTCOME_KEYS, OUTCOME_WORDS
from coachlog.terminal.row_words import (
    describe_several_rows,
    find_exact_row,
    list_worded_rows,
)
from coachlog.terminal.stage_clock import StageClock
from coachlog.text import clean_line, cut_line, fold_text

_NONE_WORDS = ("0", "-", "none")
_SKIP_WORD = "0"
_MOST_QUOTED = 18
_SEPARATORS = re.compile(r"[\s,;]+")
_LONGEST_NUMBER = 18
_RANGE = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?")

Rows = Sequence[tuple[str, AnswerValue]]
"""The rows of a list: the words of each, and its value."""


class LineReplies:
    """Reads replies line by line; the words, the checks and the echo are those of a terminal.

    `has_date_remarks` tells, once a due date looks like a slip, whether the owner wants to know.
    """

    def __init__(
        self,
        console: Console,
        reader: LineReader,
        has_date_remarks: Callable[[], bool],
    ) -> None:
        self._console = console
        self._reader = reader
        self._has_date_remarks = has_date_remarks
        self.clock = StageClock()
        self.stop_word = "stop"

    def read_reply(
        self, question: Question, offered_answer: AnswerValue, *, back: bool = True
    ) -> AnswerValue | Back:
        """Return the answer to a question that has been printed, or BACK.

        Enter alone keeps the `offered_answer`.
        """
        match get_kind_row(question.kind).widget:
            case Widget.PICK_ONE if question.by_letter:
                return self._read_letter(question, offered_answer, back=back)
            case Widget.PICK_ONE | Widget.YESNO:
                return self._pick_answer(question, offered_answer, back=back)
            case Widget.PICK_SOME | Widget.CORRECTIONS:
                return self._pick_rows(question, offered_answer, back=back)
            case _:
                initial = format_initial_text(offered_answer)
                reply = self.read_text(question, initial, back=back)
                if not isinstance(reply, Back):
                    self._tell_dim(format_echo(question, reply))
                return reply

    def _pick_answer(
        self, question: Question, offered_answer: AnswerValue, *, back: bool
    ) -> AnswerValue | Back:
        """Return the option picked, None for none, or BACK."""
        options = question.options or ("yes", "no")
        values = list_option_values(question) or (True, False)
        is_yesno = get_kind_row(question.kind).widget is Widget.YESNO
        return self.pick_row(
            list(zip(options, values, strict=True)),
            offered_answer,
            question.help,
            skip=(is_yesno or question.offers_skip) and not question.required,
            back=back,
            key=question.key,
        )

    def read_text(
        self, question: Question, initial: str, *, back: bool
    ) -> AnswerValue | Back:
        """Return the answer typed, checked and None when skipped; or BACK.

        A line that was refused is not offered again, as Enter would not keep it; a text is, so that
        no line of it is lost.
        """
        while True:
            if initial:
                self._tell_dim(f"So far: {initial}")
            text = self._type_text(question, initial, back=back)
            if isinstance(text, Back):
                return BACK
            fault = find_text_fault(question, text)
            if fault:
                self._say(fault)
            else:
                reply = check_typed_answer(question, text)
                if self._confirm_doubt(question, reply, text):
                    return reply
            if text.strip():
                # A run that ends now resumes with what was typed.
                self._reader.report_typing(question.key, text)
            if text.strip() and (not fault or takes_several_lines(question)):
                initial = text

    def _type_text(self, question: Question, initial: str, *, back: bool) -> str | Back:
        """Return the text typed in one line or several; the `initial` one for Enter alone."""
        help = question.help or ""
        enter = describe_enter_key(question, initial) or "needed"
        if takes_several_lines(question):
            return self._reader.read_text(
                f"As many lines as you like; an empty one ends ({enter}):",
                help,
                question.key,
                initial,
                back=back,
            )
        if initial:
            enter += f"; {EMPTY_SIGN}: empty"
        line = self._reader.read_reply_line(
            f"Answer ({enter}):", f"{help} {enter}.".strip(), question.key, back=back
        )
        if initial and not isinstance(line, Back):
            return {"": initial, EMPTY_SIGN: ""}.get(line.strip(), line)
        return line

    def _confirm_doubt(self, question: Question, reply: AnswerValue, text: str) -> bool:
        """Return whether a reply is meant: without asking, unless it looks like a slip."""
        doubt = find_reply_doubt(question, reply, text, self._has_date_remarks)
        if doubt is None:
            return True
        self._reader.report_typing(question.key, text)
        self._say(doubt.remark)
        return self.read_yes_or_no(doubt.question, no=DOUBT_NO)

    def read_yes_or_no(self, question: str, *, no: str = "no") -> bool:
        """Return whether a question is answered with yes; Enter means no."""
        while True:
            with self._reader.lines_ahead.put_aside():
                line = self._reader.read_reply_line(
                    f"{question} (yes or no; Enter: {no}):",
                    "Type yes or no.",
                    back=False,
                )
            word = fold_text(str(line))
            if word in ("", "n", "no"):
                return False
            if word in ("y", "yes"):
                return True
            self._say("Type yes or no.")

    def pick_row(
        self,
        rows: Rows,
        offered_answer: AnswerValue,
        help: str | None = None,
        *,
        skip: bool,
        back: bool,
        keep_line: Callable[[str], None] | None = None,
        key: str = "",
        numbers: Sequence[int] | None = None,
    ) -> AnswerValue | Back:
        """Return the value of the row picked by its number or its words, None for none, or BACK.

        The rows have these numbers, or are counted from 1. `keep_line` gets each line that fits no
        row, and on Ctrl-C the one that is half-typed; without it, that is reported under the key.
        """
        labels = [label for label, _ in rows]
        numbers = numbers or range(1, len(labels) + 1)
        self._print_rows(labels, numbers)
        default = _find_default_place(rows, offered_answer)
        self._tell_typed_before(offered_answer, default)
        keys = _describe_row_keys(labels, numbers, default, skip=skip)
        while True:
            line = self._read_choice_or_notes(keys, help, key, keep_line, back=back)
            if isinstance(line, Back):
                return BACK
            if skip and (line == _SKIP_WORD or (not line and default is None)):
                print_skipped(self._console)
                return None
            place = _find_picked_row(labels, line, numbers, default, keep_line)
            if place is not None:
                print_choice(self._console, labels[place])
                return rows[place][1]
            self._refuse_row(labels, numbers, line, keep_line)

    def _read_choice_or_notes(
        self,
        keys: str,
        help: str | None,
        key: str,
        keep_line: Callable[[str], None] | None,
        *,
        back: bool,
    ) -> str | Back:
        """Return the line typed at a list, or BACK; keep those that were typed ahead for notes.

        Of several lines that came at once none picks a row then.
        """
        if keep_line is None:
            return self._read_choice(keys, help, key, back=back)
        while True:
            try:
                line = self._read_choice(keys, help, back=back, several_lines=True)
            except KeyboardInterrupt as stop:
                if stop.args:
                    keep_line(stop.args[0])
                raise
            if isinstance(line, Back) or not self._reader.has_waiting_lines():
                return line
            self._keep_line(line, keep_line)

    def _keep_line(self, line: str, keep_line: Callable[[str], None]) -> None:
        keep_line(line)
        self._say(f"“{cut_line(line, _MOST_QUOTED)}” is kept for your notes.")

    def _refuse_row(
        self,
        labels: Sequence[str],
        numbers: Sequence[int],
        line: str,
        keep_line: Callable[[str], None] | None,
    ) -> None:
        """Say that a line fits no row; keep it where it was typed ahead for the notes."""
        if keep_line is None or not line:
            self._say(describe_row_misfit(labels, line, numbers))
            return
        self._keep_line(line, keep_line)

    def _read_letter(
        self, question: Question, offered_answer: AnswerValue, *, back: bool
    ) -> AnswerValue | Back:
        """Return the option whose first letter is typed; Enter keeps what was offered."""
        keys = f"{format_letters(question.options)} · Enter: {describe_kept_tag(offered_answer)}"
        while True:
            word = self._read_choice(keys, question.help, back=back)
            if isinstance(word, Back):
                return BACK
            reply = offered_answer if not word else _find_letter(question.options, word)
            if reply or not word:
                print_choice(self._console, str(reply or "untagged"))
                return reply
            self._say(f"Type one letter: {format_letters(question.options)}")

    def read_outcome(
        self, question: Question, mark: ReviewOutcome | None
    ) -> AnswerValue | Back:
        """Return what happened to a promise from last time, or BACK; Enter keeps an earlier mark.

        Without one it stays open.
        """
        kept = mark or ReviewOutcome.OPEN
        letters = " · ".join(OUTCOME_HINTS)
        keys = f"{letters} · Enter: {OUTCOME_WORDS[kept]}"
        words = {key: outcome for outcome, key in OUTCOME_WORDS.items()} | OUTCOME_KEYS
        words[""] = kept
        while True:
            word = self._read_choice(keys, question.help, back=True)
            if isinstance(word, Back):
                return BACK
            outcome = words.get(fold_text(word))
            if outcome is not None:
                print_choice(self._console, OUTCOME_WORDS[outcome])
                return outcome.value
            self._say(f"Type one letter: {letters}")

    def _pick_rows(
        self, question: Question, offered_answer: AnswerValue, *, back: bool
    ) -> AnswerValue | Back:
        """Return the values whose numbers are typed, None for none of them, or BACK."""
        values = list_option_values(question)
        count = len(values)
        kept = list_marked_values(question, offered_answer)
        labels = [clean_line(label) for label in question.options]
        self._print_rows(labels, range(1, count + 1))
        self._tell_typed_before(offered_answer)
        keys = _describe_picks_keys([values.index(value) + 1 for value in kept])
        while True:
            line = self._read_choice(keys, question.help, question.key, back=back)
            if isinstance(line, Back):
                return BACK
            picked = _parse_picked_values(line, values, kept)
            if picked is None:
                self._say(f"Type numbers from 1 to {count}, such as 1, 2.")
                continue
            fault = find_picks_fault(question, picked)
            if not fault:
                self._print_picks(question, picked)
                return list(picked) or None
            self._say(fault)

    def _print_picks(self, question: Question, picked: Sequence[str]) -> None:
        labels = dict(zip(list_option_values(question), question.options, strict=True))
        if get_kind_row(question.kind).widget is Widget.CORRECTIONS:
            print_choice(self._console, ", ".join(picked) or "none")
        elif picked:
            print_choice(self._console, ", ".join(labels[value] for value in picked))
        else:
            print_skipped(self._console)

    def _tell_typed_before(
        self, offered_answer: AnswerValue, place: int | None = None
    ) -> None:
        """Say what was being typed at a list when an earlier run ended, if it is no row of it."""
        if isinstance(offered_answer, str) and place is None:
            self._tell_dim(f"Typed here before: {clean_line(offered_answer)}")

    def _read_choice(
        self,
        keys: str,
        help: str | None,
        key: str = "",
        *,
        back: bool,
        several_lines: bool = False,
    ) -> str | Back:
        line = self._reader.read_reply_line(
            f"({keys}):",
            f"{help or ''} Type one of these: {keys}.".strip(),
            key,
            back=back,
            several_lines=several_lines,
        )
        return line if isinstance(line, Back) else clean_line(line)

    def _print_rows(self, labels: Sequence[str], numbers: Sequence[int]) -> None:
        for number, label in zip(numbers, labels, strict=True):
            print_indented(self._console, f"{number}. {label}")

    def _say(self, words: str) -> None:
        print_indented(self._console, words)

    def _tell_dim(self, words: str) -> None:
        if words:
            print_indented(self._console, words, "dim")


def find_row(
    labels: Sequence[str],
    words: str,
    numbers: Sequence[int],
    *,
    is_whole: bool = False,
) -> int | None:
    """Return the place of the only row that a number or its words mean; None for none.

    A number means no row but its own, or the one that consists of it, as `2026`. With `is_whole`,
    words count from the beginning of one.
    """
    if words.isdecimal():
        exact_place = find_exact_row(labels, words)
        if exact_place is not None and not _has_own_numbers(numbers):
            return exact_place
        number = int(words[:_LONGEST_NUMBER])
        return numbers.index(number) if number in numbers else None
    query = fold_text(words)
    places = list_worded_rows(labels, query, is_whole=is_whole)
    return places[0] if len(places) == 1 else None


def describe_row_misfit(
    labels: Sequence[str], words: str, numbers: Sequence[int]
) -> str:
    """Return what to type in place of words that mean no row, or several."""
    places = []
    if not words.isdecimal():
        places = list_worded_rows(labels, fold_text(words), is_whole=False)
    if len(places) > 1:
        return describe_several_rows(words, [str(numbers[place]) for place in places])
    if _has_own_numbers(numbers):
        return "Type the number of a row, or words that only one has."
    return f"Type a number: {_span(len(labels))}."


def _has_own_numbers(numbers: Sequence[int]) -> bool:
    return list(numbers) != list(range(1, len(numbers) + 1))


def parse_places(words: str, count: int) -> list[int] | None:
    """Return the places that numbers such as `1, 3-5` mean, from 0; None if one does not fit.

    `0`, a dash and `none` mean none of them.
    """
    if not words or fold_text(words) in _NONE_WORDS or words in _NONE_WORDS:
        return []
    places: set[int] = set()
    for part in filter(None, _SEPARATORS.split(words)):
        match = _RANGE.fullmatch(part)
        if not match:
            return None
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= count:
            return None
        places.update(range(first - 1, last))
    return sorted(places)


def _find_letter(options: Sequence[str], word: str) -> str | None:
    """Return the option that a letter or a whole word means."""
    letter = fold_text(word)
    fitting = [option for option in options if fold_text(option) == letter]
    fitting += [option for option in options if fold_text(option[0]) == letter]
    return fitting[0] if fitting else None


def _span(count: int) -> str:
    return "1" if count == 1 else f"1-{count}"


def _find_picked_row(
    labels: Sequence[str],
    line: str,
    numbers: Sequence[int],
    default: int | None,
    keep_line: Callable[[str], None] | None,
) -> int | None:
    """Return the place of the row that a line picks, the `default` for an empty one."""
    if not line:
        return default
    return find_row(labels, line, numbers, is_whole=keep_line is not None)


def _find_default_place(rows: Rows, offered_answer: AnswerValue) -> int | None:
    """Return which row Enter keeps; None where nothing was offered."""
    values = [value for _, value in rows]
    if offered_answer is None or offered_answer not in values:
        return None
    return values.index(offered_answer)


def _describe_row_keys(
    labels: Sequence[str],
    numbers: Sequence[int],
    default: int | None,
    *,
    skip: bool,
) -> str:
    keys = _span(len(labels))
    if _has_own_numbers(numbers):
        keys = "the number of a row"
    if default is not None:
        return f"{keys}; Enter: keep {labels[default]}"
    return f"{keys}; Enter: skip" if skip else keys


def _describe_picks_keys(kept_numbers: Sequence[int]) -> str:
    if not kept_numbers:
        return "numbers such as 1, 3; Enter: none"
    numbers = ", ".join(map(str, kept_numbers))
    return f"numbers such as 1, 3; Enter: keep {numbers}; 0: none"


def _parse_picked_values(
    line: str, values: Sequence[str], kept: Sequence[str]
) -> list[str] | None:
    """Return the values whose numbers were typed, those kept for an empty line; None for a slip."""
    if not line:
        return list(kept)
    places = parse_places(line, len(values))
    if places is None:
        return None
    return [values[place] for place in places]
