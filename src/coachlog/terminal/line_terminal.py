"""Accessible mode: numbered questions and typed lines, in order, and nothing is drawn twice."""

from collections.abc import Callable, Sequence

from rich.console import Console

from coachlog.interview.back import BACK, Back
from coachlog.interview.conversation import Question
from coachlog.interview.keys import NOTES_BOX, KeyFamily, parse_key
from coachlog.interview.reviews import list_outcome_questions
from coachlog.interview.walk import Walk
from coachlog.model.answers import AnswerValue
from coachlog.model.people import Person
from coachlog.model.templates import Template
from coachlog.terminal.drawing import (
    print_choice,
    print_plain_title,
    print_question,
)
from coachlog.terminal.interviewer import (
    OPEN_TEXT_KEY,
    TEMPLATE_QUESTION,
    Interviewer,
)
from coachlog.terminal.line_reader import LineReader
from coachlog.terminal.line_replies import LineReplies
from coachlog.terminal.reply_checks import find_choice_fault
from coachlog.terminal.review_marks import collect_marks, is_outcome_question
from coachlog.terminal.template_search import MOST_AT_ONCE, find_templates
from coachlog.text import clean_line, fold_text

_ALL_WORD = "all"
_BOX_HINT = "Type the notes; an empty line, or a full stop alone, ends them:"


class LineTerminal(Interviewer):
    """Asks a person line by line; the `Asker` of a run, and the `Sitting` of a conversation."""

    def __init__(
        self,
        console: Console,
        *,
        has_date_remarks: Callable[[], bool] = lambda: True,
    ) -> None:
        self._reader = LineReader(console)
        self._replies = LineReplies(console, self._reader, has_date_remarks)
        super().__init__(console, self._replies, self._reader, print_plain_title)

    def write_notes(
        self,
        title: str,
        help: str,
        on_half: Callable[[str, str], None],
        initial: str = "",
    ) -> str:
        """Return the notes typed line by line, behind what is there; `on_half` as for `sit`."""
        self.begin_notes(title, help, on_half)
        initial = self._add_kept_words(initial)
        if initial:
            self.tell(f"So far:\n{initial}", dim=True)
        text = self._reader.read_text(_BOX_HINT, help, NOTES_BOX, initial, back=False)
        return str(text)

    def _read_line_number(self, hint: str) -> str | Back:
        while True:
            line = self._reader.read_reply_line(f"({hint}):", hint, back=True)
            if isinstance(line, Back):
                return line
            word = fold_text(line)
            if word in ("", OPEN_TEXT_KEY) or word.isdecimal():
                return word
            self.tell(f"Type one of these: {hint}")

    def _read_answer(self, question: Question, walk: Walk) -> AnswerValue | Back:
        """Return the answer to a question, or BACK; promises from last time come one by one."""
        if not is_outcome_question(question):
            return super()._read_answer(question, walk)
        self._clock.turn_to(question)
        keys = _list_outcome_keys(walk)
        print_question(
            self._console,
            question.ask,
            question.help,
            private=question.private,
            place=(keys.index(question.key) + 1, len(keys)),
            noun="promise",
        )
        marks = collect_marks(walk.shelved_answers)
        return self._replies.read_outcome(
            question, marks.get(parse_key(question.key).number)
        )

    def ask_name(
        self,
        people: Sequence[Person],
        find_matches: Callable[[str], list[Person]],
        question: str | None = None,
        help: str | None = None,
    ) -> str:
        """Return the name typed, which fits one person at most; '' for nobody.

        With a question of its own, which somebody must answer, it fits exactly one. `help` says
        what to type.
        """
        self._print_name_question(question, help)
        names = ", ".join(person.name for person in people if not person.archived)
        people_help = f"In your journal: {names or 'nobody yet'}."
        while True:
            line = self._reader.read_reply_line("Name:", people_help, back=False)
            fault = find_choice_fault(
                str(line), find_matches, is_required=bool(question)
            )
            if fault is None:
                return clean_line(str(line))
            self.tell(fault)

    def choose_template(
        self, groups: Sequence[tuple[str, Sequence[Template]]], *, back: bool
    ) -> Template | Back:
        """Return the template picked from the groups, or BACK.

        It is picked by its number or by words of its title.
        """
        print_question(self._console, TEMPLATE_QUESTION)
        templates = [template for _, group in groups for template in group]
        rest = len(templates) if len(templates) > MOST_AT_ONCE else 0
        self._print_templates(groups, groups[0][1] if rest else templates)
        more = f"; {_ALL_WORD}: all {rest}" if rest else ""
        keys = f"a number, or words to find one{more}"
        while True:
            line = self._reader.read_reply_line(f"({keys}):", keys, back=back)
            if isinstance(line, Back):
                return BACK
            words = clean_line(line)
            found = self._find_templates(templates, words)
            if len(found) == 1:
                print_choice(self._console, found[0].title)
                return found[0]
            self._print_templates(groups, found)
            if not found:
                self._tell_misfit(words, keys)

    def _tell_misfit(self, words: str, keys: str) -> None:
        self.tell("Nothing fits that." if words else f"Type {keys}.")

    def _find_templates(
        self, templates: Sequence[Template], words: str
    ) -> Sequence[Template]:
        if words.isdecimal():
            return templates[int(words) - 1 : int(words)] if int(words) else []
        if fold_text(words) == _ALL_WORD:
            return templates
        return find_templates(templates, words)

    def _print_templates(
        self,
        groups: Sequence[tuple[str, Sequence[Template]]],
        listed: Sequence[Template],
    ) -> None:
        """Print those listed under their headings, each with its number in the whole list.

        A few have their summaries as well.
        """
        number = 0
        for heading, group in groups:
            if any(template in listed for template in group):
                self.tell(heading)
            for template in group:
                number += 1
                if template not in listed:
                    continue
                words = f"{number}. {template.title}, {template.minutes} min"
                if len(listed) <= MOST_AT_ONCE:
                    words += f": {template.summary}"
                self.tell(words)

    def _pick_place(
        self,
        labels: Sequence[str],
        numbers: Sequence[int] | None,
        *,
        is_statement: bool,
        keep_line: Callable[[str], None] | None,
    ) -> AnswerValue | Back:
        places = list(zip(labels, range(len(labels)), strict=True))
        return self._replies.pick_row(
            places,
            None,
            skip=False,
            back=True,
            keep_line=keep_line,
            numbers=numbers,
        )

    def agrees(self, question: str) -> bool:
        """Return whether the person says yes; Enter means no."""
        return self._replies.read_yes_or_no(question)


def _list_outcome_keys(walk: Walk) -> list[str]:
    """Return the key of each promise that is reviewed, those answered already too."""
    others = {
        key: value
        for key, value in walk.answers.items()
        if parse_key(key).family is not KeyFamily.REVIEW
    }
    return [question.key for question in list_outcome_questions(walk.talk, others)]
