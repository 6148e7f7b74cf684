"""The person at the terminal: shows each question, reads the answer, never loses a word."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from coachlog.interview import BACK, HELD_ON, MINUTES, Back, Question, Walk
from coachlog.interview.keys import NOTES_BOX, parse_key
from coachlog.model import AnswerValue, Person, PromptKind
from coachlog.model.templates import Stage, Template
from coachlog.terminal.drawing import (
    print_choice,
    print_indented,
    print_question,
    print_rule,
)
from coachlog.terminal.editor import open_editor
from coachlog.terminal.fields import format_initial_text, has_toolbar, is_typed
from coachlog.terminal.headings import HeadingPrinter
from coachlog.terminal.prompt_runner import PromptRunner
from coachlog.terminal.replies import ReplyReader, build_list_rows
from coachlog.terminal.review_reader import ReviewReader, is_outcome_question
from coachlog.terminal.stage_clock import StageClock
from coachlog.terminal.widgets import (
    build_confirm,
    build_look,
    build_name_field,
    build_notes_box,
    build_number_field,
    build_template_picker,
)
from coachlog.text import clean_line, clean_text

if TYPE_CHECKING:
    from coachlog.answers.captured_notes import Understanding

_MAX_NAMES = 4  # names that a line has room for


class Terminal:
    """Asks a person at the terminal; the `Asker` of a run, and the `Sitting` of a conversation."""

    def __init__(
        self,
        console: Console,
        *,
        color: bool = True,
        ascii: bool = False,
        has_date_remarks: Callable[[], bool] = lambda: True,
    ) -> None:
        self._console = console
        self._look = build_look(color=color, ascii=ascii)
        self._runner = PromptRunner()
        self._headings = HeadingPrinter(console)
        self._replies = ReplyReader(console, self._look, self._runner, has_date_remarks)
        self._reviews = ReviewReader(console, self._look, self._runner)
        self._clock = self._replies.clock
        self._has_summed_up = False
        self._has_gone_back = False
        self._kept_lines: list[str] = []

    def work_meanwhile(self, work: Callable[[], None]) -> None:
        """Run `work` in a thread of its own as soon as the next prompt has been drawn."""
        self._runner.idle_work = work

    def do_between_prompts(self, work: Callable[[], None]) -> None:
        """Do the work now or, while a prompt is on the screen, as soon as that has ended."""
        self._runner.do_between_prompts(work)

    # One conversation

    def sit(
        self,
        title: str,
        aside: str,
        on_half: Callable[[str, str], None],
        stages: Sequence[Stage] = (),
        stage_seconds: AnswerValue = None,
    ) -> "Terminal":
        """Print the title of a conversation and the three keys that always work; return itself.

        `on_half` gets the key and the text that is half-typed, soon after each change and in a
        thread of its own.
        """
        self._runner.on_half = on_half
        self._clock = StageClock(stages, stage_seconds)
        self._headings.has_clock = self._clock.is_running
        self._replies.clock = self._clock
        self._replies.stop_word = "pause"
        self._console.print()
        self._console.print(
            Text(clean_text(title), style="bold").append(f"  {aside}", style="dim")
        )
        self.tell(
            "Enter skips a question · < goes back · Ctrl-C pauses and loses nothing",
            dim=True,
        )
        return self

    def write_notes(
        self,
        title: str,
        help: str,
        on_half: Callable[[str, str], None],
        initial: str = "",
    ) -> str:
        """Return the notes typed into one box of many lines, below its title and its help.

        `on_half` gets the key and the text that is half-typed, as in a conversation.
        """
        self._runner.on_half = on_half
        self._replies.stop_word = "pause"
        self._console.print()
        self._console.print(Text(clean_text(title), style="bold"))
        self.tell(help, dim=True)
        kept_words = self.take_kept_words()
        text = "\n".join(part for part in (initial.rstrip("\n"), kept_words) if part)
        if kept_words:
            # A run that ends now resumes with what was typed before the box was there.
            self._runner.report_typing(NOTES_BOX, text)
        else:
            text = initial
        box = build_notes_box(self._look, text, self._format_box_hint)
        return str(self._runner.run(box, NOTES_BOX, initial))

    def _format_box_hint(self) -> str:
        hint = " Enter on an empty line, or Ctrl-D: done · Ctrl-C: pause"
        return self._runner.trouble or hint

    def agree_notes(self, understanding: "Understanding") -> str | Back:
        """Print what was understood; return '' to save it, a line's number, `e`, or BACK."""
        from coachlog.screens.understanding import render_understanding

        print_rule(self._console, "Understood as", "cyan")
        self._console.print(render_understanding(understanding))
        notes = understanding.notes
        line_count = len(notes.promises) + len(notes.offered)
        keys = ["Enter: save"]
        if line_count:
            keys.append(f"{'1' if line_count == 1 else f'1-{line_count}'}: change it")
        hint = " · ".join([*keys, "e: back to the text", "Ctrl-C: pause"])
        while True:
            field = build_number_field(self._look, "e", lambda: f" {hint}")
            reply: str | Back = self._runner.run(field)
            if isinstance(reply, Back) or not reply.isdecimal():
                return reply
            if 1 <= int(reply) <= line_count:
                return reply
            self.tell(f"There is no line {reply}.")

    @property
    def stage_seconds(self) -> list[str]:
        """Return the seconds counted so far, by slot and stage; none without a clock."""
        return self._clock.stage_seconds

    def ask(self, question: Question, walk: Walk) -> AnswerValue | Back:
        """Return the person's answer, or BACK."""
        if self._reviews.leads_further_back(
            question, walk, after_back=self._has_gone_back
        ):
            return BACK
        if question.key in (HELD_ON, MINUTES):
            self.sum_up(walk)
        self._headings.print_heading(
            question, walk, with_guidance=not self._has_gone_back
        )
        if is_outcome_question(question):
            self._clock.turn_to(question)
            reply = self._reviews.read_outcomes(question, walk)
        else:
            reply = self._ask_alone(question, walk)
        self._has_gone_back = isinstance(reply, Back)
        if self._has_gone_back:
            self._has_summed_up = False
            self.tell("back", dim=True)
        return reply

    def _ask_alone(self, question: Question, walk: Walk) -> AnswerValue | Back:
        """Return the answer to a question that has the screen to itself, or BACK."""
        print_question(
            self._console, question.ask, question.help, private=question.private
        )
        offered_answer = walk.get_offered_answer(question)
        question = self._time_question(question, offered_answer)
        if self._has_gone_back and is_typed(question):
            # A run that ends now resumes at this question.
            self._runner.report_typing(
                question.key, format_initial_text(offered_answer)
            )
        return self._replies.read_reply(question, offered_answer)

    def ask_again(
        self, question: Question, previous: AnswerValue, *, back: bool = True
    ) -> AnswerValue | Back:
        """Return a new answer to a question, with the previous one offered; or BACK."""
        print_question(
            self._console, question.ask, question.help, private=question.private
        )
        return self._replies.read_reply(question, previous, back=back)

    def sum_up(self, walk: Walk) -> None:
        """Print what will be saved, once."""
        if self._has_summed_up:
            return
        from coachlog.screens.session import render_record_summary

        self._has_summed_up = True
        self._headings.forget_last_heading()
        print_rule(self._console, "Ready to save", "cyan")
        self._console.print(render_record_summary(walk.build_record(), walk.talk))

    # Before and beside a conversation

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

        def validate(text: str) -> bool | str:
            if not text.strip():
                return "Type a name." if question else True
            matches = find_matches(text)
            if len(matches) > 1:
                names = ", ".join(person.name for person in matches[:_MAX_NAMES])
                return f"Which one: {names}?"
            if question and not matches:
                return "There is nobody by that name in your journal."
            return True

        if question:
            print_question(self._console, question, help or "Type a name.")
        else:
            usual_help = "Type a name, or press Enter for a conversation with yourself."
            print_question(self._console, "Who did you talk with?", help or usual_help)
        reply = self._runner.run(build_name_field(self._look, people, validate))
        return clean_line(reply)

    def choose_template(
        self, groups: Sequence[tuple[str, Sequence[Template]]]
    ) -> Template:
        """Return the template picked from the groups; the pointer is on the first one at first."""

        def get_size() -> tuple[int, int]:
            return self._console.width, self._console.height

        print_question(self._console, "Which conversation?")
        picker = build_template_picker(self._look, groups, get_size)
        template: Template = self._runner.run(picker)
        print_choice(self._console, template.title)
        return template

    def choose(
        self,
        question: str,
        rows: Sequence[tuple[str, Any]],
        *,
        keeps_words: bool = False,
    ) -> Any:
        """Return the value of the row picked, or BACK; `keeps_words` keeps what fits none."""
        print_question(self._console, question)
        labels = [label for label, _ in rows]
        places = build_list_rows(labels, range(len(rows)))
        keep_line = self.keep_words if keeps_words else None
        place = self._replies.pick_row(
            places, None, skip=False, back=True, keep_line=keep_line
        )
        return rows[place][1] if isinstance(place, int) else place

    def keep_words(self, words: str) -> None:
        """Keep a line that was typed ahead: it is in the box of the notes once that opens."""
        self._kept_lines.append(words)

    def take_kept_words(self) -> str:
        """Return the lines that were kept and are in no box, which forgets them; '' for none."""
        words = "\n".join(self._kept_lines).strip("\n")
        self._kept_lines.clear()
        return words

    def ask_words(
        self, question: str, help: str | None = None, initial: str = ""
    ) -> str:
        """Return one line of words; '' when skipped."""
        print_question(self._console, question, help)
        line_question = Question("", question, PromptKind.LINE)
        reply = self._replies.read_text(line_question, initial, back=False)
        return "" if reply is None else str(reply)

    def agrees(self, question: str) -> bool:
        """Return whether the person says yes; Enter means no."""
        return bool(self._runner.run(build_confirm(self._look, question)))

    def edit(self, path: Path) -> float:
        """Let the person edit a file; return how many seconds the editor was open.

        Raises EditorFailure if it cannot be started or ends with an error.
        """
        return open_editor(path)

    def tell(self, words: str, *, dim: bool = False, mark: str = "") -> None:
        """Print a remark between the questions."""
        text = f"{mark} {words}" if mark else words
        print_indented(self._console, text, "dim" if dim else "")

    # The clock

    def _time_question(
        self, question: Question, offered_answer: AnswerValue
    ) -> Question:
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
