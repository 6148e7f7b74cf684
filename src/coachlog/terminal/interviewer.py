"""What is said around the questions of a conversation, however the answers are typed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

from coachlog.interview.back import BACK, Back
from coachlog.interview.keys import HELD_ON, MINUTES, NOTES_BOX, parse_key
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.templates import Stage
from coachlog.screens.texts import Text
from coachlog.terminal.drawing import (
    PrintTitle,
    Surface,
    print_indented,
    print_question,
)
from coachlog.terminal.editor import open_editor
from coachlog.terminal.fields import format_initial_text, has_toolbar, is_typed
from coachlog.terminal.headings import HeadingPrinter
from coachlog.terminal.idle_work import IdleWork
from coachlog.terminal.intermission import Intermission
from coachlog.terminal.stage_clock import StageClock
from coachlog.text import clean_text

if TYPE_CHECKING:
    from coachlog.answers.captured_notes import Understanding
    from coachlog.interview.conversation import Question
    from coachlog.interview.walk import Walk

NAME_QUESTION: Final = "Who did you talk with?"
NAME_HELP: Final = "Type a name, or press Enter for a conversation with yourself."
TEMPLATE_QUESTION: Final = "Which conversation?"
OPEN_TEXT_KEY: Final = "e"
"""What opens the text of notes again, once they are shown as understood."""


class Replies(Protocol):
    """Reads the replies to questions that have been printed; `clock` may be shown beside them."""

    clock: StageClock
    stop_word: str

    def read_reply(
        self, question: "Question", offered_answer: AnswerValue, *, back: bool = True
    ) -> AnswerValue | Back:
        """Return the answer to a question, or BACK."""
        ...

    def read_text(
        self, question: "Question", initial: str, *, back: bool
    ) -> AnswerValue | Back:
        """Return the answer typed, checked and None when skipped; or BACK."""
        ...


class Typing(Protocol):
    """Whatever reads keys or lines, and passes on what is half-typed."""

    on_half: Callable[[str, str], None]
    idle_work: IdleWork
    intermission: Intermission

    def report_typing(self, key: str, text: str) -> None:
        """Report a half-typed text under its key."""
        ...


SAVE_QUESTION, CHANGE_QUESTION = "Save it?", "Which answer would you like to change?"
_SAVE, _CHANGE = "save", "change"
_SAVE_ROWS = (("save it", _SAVE), ("change an answer first", _CHANGE))


class Interviewer:
    """Asks through `replies`, prints what stands around the questions, and counts the time.

    A base of those who ask at a terminal: what is said, checked and echoed is the same for all.
    """

    def __init__(
        self,
        console: Surface,
        replies: Replies,
        typing: Typing,
        print_title: PrintTitle,
    ) -> None:
        self._console = console
        self._typed_replies: Replies = replies
        self._typing: Typing = typing
        self._print_title = print_title
        self._headings = HeadingPrinter(console, print_title)
        self._clock = replies.clock
        self._has_summed_up = False
        self._has_gone_back = False
        self._kept_lines: list[str] = []

    def work_meanwhile(self, work: Callable[[], None]) -> None:
        """Run `work` in a thread of its own as soon as the next question is there to read."""
        self._typing.idle_work.add(work)

    def do_between_prompts(self, work: Callable[[], None]) -> None:
        """Do the work now or, while a question waits for its answer, as soon as that is there."""
        self._typing.intermission.do_between_prompts(work)

    # One conversation

    def sit(
        self,
        title: str,
        aside: str,
        on_half: Callable[[str, str], None],
        stages: Sequence[Stage] = (),
        stage_seconds: AnswerValue = None,
    ) -> Self:
        """Print the title of a conversation and the keys that always work; return itself.

        `on_half` gets the key and the text that is half-typed.
        """
        self._typing.on_half = on_half
        self._clock = StageClock(stages, stage_seconds)
        self._headings.has_clock = self._clock.is_running
        self._typed_replies.clock = self._clock
        self._typed_replies.stop_word = "pause"
        self._console.print()
        self._console.print(
            Text(clean_text(title), style="bold").append(f"  {aside}", style="dim")
        )
        self.tell(
            "Enter skips · < goes back · ? helps · Ctrl-C pauses and loses nothing",
            dim=True,
        )
        return self

    def begin_notes(
        self, title: str, help: str, on_half: Callable[[str, str], None]
    ) -> None:
        """Print what stands above the box of many lines; `on_half` as in a conversation."""
        self._typing.on_half = on_half
        self._typed_replies.stop_word = "pause"
        self._console.print()
        self._console.print(Text(clean_text(title), style="bold"))
        self.tell(help, dim=True)

    def agree_notes(self, understanding: "Understanding") -> str | Back:
        """Print what was understood; return '' to save it, a line's number, `e`, or BACK."""
        from coachlog.screens.understanding import render_understanding

        self._print_title(self._console, "Understood as", "cyan")
        self._console.print(render_understanding(understanding))
        notes = understanding.notes
        line_count = len(notes.promises) + len(notes.offered)
        keys = ["Enter: save"]
        if line_count:
            span = "1" if line_count == 1 else f"1-{line_count}"
            keys.append(f"{span}, then Enter: change it")
        keys += [f"{OPEN_TEXT_KEY}, then Enter: back to your notes", "Ctrl-C: pause"]
        while True:
            reply = self._read_line_number(" · ".join(keys))
            if isinstance(reply, Back) or not reply.isdecimal():
                return reply
            if 1 <= int(reply) <= line_count:
                return reply
            self.tell(f"There is no line {reply}.")

    def _read_line_number(self, hint: str) -> str | Back:
        """Return the digits typed, '' for Enter alone, `OPEN_TEXT_KEY` or BACK."""
        raise NotImplementedError

    @property
    def stage_seconds(self) -> list[str]:
        """Return the seconds counted so far, by slot and stage; none without a clock."""
        return self._clock.stage_seconds

    def ask(self, question: "Question", walk: "Walk") -> AnswerValue | Back:
        """Return the person's answer, or BACK."""
        if self._leads_further_back(question, walk):
            return BACK
        if question.key in (HELD_ON, MINUTES):
            self.sum_up(walk)
        self._headings.print_heading(
            question, walk, with_guidance=not self._has_gone_back
        )
        reply = self._read_answer(question, walk)
        self._has_gone_back = isinstance(reply, Back)
        if self._has_gone_back:
            self._has_summed_up = False
            self.tell("back", dim=True)
        return reply

    def _leads_further_back(self, question: "Question", walk: "Walk") -> bool:
        """Return whether going back does not stop at this question."""
        return False

    def _read_answer(self, question: "Question", walk: "Walk") -> AnswerValue | Back:
        """Return the answer to a question that stands by itself, or BACK."""
        print_question(
            self._console,
            question.ask,
            question.help,
            private=question.private,
            place=walk.find_place(question),
        )
        offered_answer = walk.get_offered_answer(question)
        question = self._time_question(question, offered_answer)
        if self._has_gone_back and is_typed(question):
            # A run that ends now resumes at this question.
            self._typing.report_typing(
                question.key, format_initial_text(offered_answer)
            )
        return self._typed_replies.read_reply(question, offered_answer)

    def ask_again(
        self, question: "Question", previous: AnswerValue, *, back: bool = True
    ) -> AnswerValue | Back:
        """Return a new answer to a question, with the previous one offered; or BACK."""
        print_question(
            self._console, question.ask, question.help, private=question.private
        )
        return self._typed_replies.read_reply(question, previous, back=back)

    def choose(
        self,
        question: str,
        rows: Sequence[tuple[str, Any]],
        *,
        is_statement: bool = False,
        keeps_words: bool = False,
        by_number: bool = False,
    ) -> Any:
        """Return the value of the row picked, or BACK; Enter alone picks no statement.

        `keeps_words` keeps what fits no row. `by_number` is for things that have numbers of their
        own, the values: these stand before the rows, and a number typed means no other.
        """
        print_question(self._console, question)
        place = self._pick_place(
            [label for label, _ in rows],
            [value for _, value in rows] if by_number else None,
            is_statement=is_statement,
            keep_line=self.keep_words if keeps_words else None,
        )
        return rows[place][1] if isinstance(place, int) else place

    def _pick_place(
        self,
        labels: Sequence[str],
        numbers: Sequence[int] | None,
        *,
        is_statement: bool,
        keep_line: Callable[[str], None] | None,
    ) -> AnswerValue | Back:
        """Return the place of the row picked, or BACK; `keep_line` gets what fits no row.

        The rows stand with these numbers, or counted from 1.
        """
        raise NotImplementedError

    def keep_words(self, words: str) -> None:
        """Keep a line that was typed ahead: it is in the box of the notes once that opens."""
        self._kept_lines.append(words)

    def take_kept_words(self) -> str:
        """Return the lines that were kept and are in no box, which forgets them; '' for none."""
        words = "\n".join(self._kept_lines).strip("\n")
        self._kept_lines.clear()
        return words

    def _add_kept_words(self, initial: str) -> str:
        """Return the text of a box behind which stands what was typed before it was there."""
        kept_words = self.take_kept_words()
        if not kept_words:
            return initial
        text = "\n".join(part for part in (initial.rstrip("\n"), kept_words) if part)
        # A run that ends now resumes with it.
        self._typing.report_typing(NOTES_BOX, text)
        return text

    def agree_record(self, walk: "Walk") -> str | Back:
        """Print what will be saved; return '' to save it, an answer's key to change it, or BACK."""
        while True:
            self.sum_up(walk)
            # With nothing in it, it would still count as held.
            is_blank = walk.build_record().is_blank()
            choice = self.choose(SAVE_QUESTION, _SAVE_ROWS, is_statement=is_blank)
            if isinstance(choice, Back):
                self._has_gone_back = True
                self._has_summed_up = False
                return BACK
            if choice == _SAVE:
                return ""
            from coachlog.interview.changes import list_changeable_answers

            rows = [(row.label, row.key) for row in list_changeable_answers(walk)]
            key = self.choose(CHANGE_QUESTION, rows)
            if not isinstance(key, Back):
                self._has_summed_up = False
                return str(key)

    def sum_up(self, walk: "Walk") -> None:
        """Print what will be saved, once."""
        if self._has_summed_up:
            return
        from coachlog.screens.session import render_record_summary

        self._has_summed_up = True
        self._headings.forget_last_heading()
        self._print_title(self._console, "Ready to save", "cyan")
        self._console.print(render_record_summary(walk.build_record(), walk.talk))

    # Before and beside a conversation

    def _print_name_question(self, question: str | None, help: str | None) -> None:
        """Print who is asked for: with a question of its own, somebody who must be known."""
        if question:
            print_question(self._console, question, help or "Type a name.")
        else:
            print_question(self._console, NAME_QUESTION, help or NAME_HELP)

    def ask_words(
        self,
        question: str,
        help: str | None = None,
        initial: str = "",
        *,
        is_required: bool = False,
    ) -> str:
        """Return one line of words; '' when skipped, which those that are required cannot be."""
        from coachlog.interview.conversation import Question

        print_question(self._console, question, help)
        line_question = Question(
            "", question, PromptKind.LINE, help=help, required=is_required
        )
        reply = self._typed_replies.read_text(line_question, initial, back=False)
        return "" if reply is None else str(reply)

    def edit(self, path: Path, line: int = 1) -> float:
        """Let the person edit a file, from a line on; return how many seconds the editor was open.

        Raises EditorFailure if it cannot be started or ends with an error.
        """
        return open_editor(path, line)

    def tell(self, words: str, *, dim: bool = False, mark: str = "") -> None:
        """Print a remark between the questions."""
        text = f"{mark} {words}" if mark else words
        print_indented(self._console, text, "dim" if dim else "")

    # The clock

    def _time_question(
        self, question: "Question", offered_answer: AnswerValue
    ) -> "Question":
        """Return the question, with the minutes of a slot filled in; its time counts from now."""
        self._clock.turn_to(question)
        key = parse_key(question.key)
        if key.slot and key.field == MINUTES and offered_answer is None:
            minutes = self._clock.count_slot_minutes(key.slot)
            return replace(question, default=minutes or None)
        time_text = self._clock.time_text
        if time_text and not has_toolbar(question):  # which would show the time
            self.tell(time_text, dim=True)
        return question
