"""The person at the terminal: shows each question, reads the answer, never loses a word.

The only importer of questionary. Everything is drawn on stderr, so that stdout stays the answer.
"""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import questionary
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import Dimension
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.styles import Style
from questionary.prompts.common import InquirerControl
from rich.console import Console
from rich.text import Text

from coachlog import asciify, dates, interview
from coachlog.errors import InvalidInput
from coachlog.interview import (
    BACK,
    HELD_ON,
    MINUTES,
    Back,
    Question,
    Scope,
    Walk,
    corrections,
    keys,
)
from coachlog.interview.keys import PRESENT, PRESENTER, KeyFamily
from coachlog.model import AnswerValue, PromptKind
from coachlog.model.templates import Stage, Template
from coachlog.rules.question_tags import format_answer_entries
from coachlog.screens.styling import IndentedBody
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.terminal import editor, picker
from coachlog.terminal.clock import CLOCK_REFRESH_SECONDS, StageClock
from coachlog.terminal.picker import Picker, PickerRow
from coachlog.text import clean_line, clean_text, cut_line, fold_text, format_count, shorten_text

POINTER = "›"
LINES_ABOVE_LIST = 8  # lines above a long list: what comes before it, the question, its help
SAVE_INTERVAL_SECONDS = 0.25  # seconds between looks at what is half-typed
PROMPT_STYLE = Style.from_dict(
    {
        "qmark": "fg:ansicyan bold",
        "question": "",
        "answer": "",
        "pointer": "fg:ansicyan bold",
        "highlighted": "bold",
        "selected": "fg:ansicyan",
        "heading": "fg:ansicyan bold",
        "instruction": "fg:ansibrightblack",
        "bottom-toolbar": "noreverse fg:ansibrightblack",
        "validation-toolbar": "noreverse fg:ansired bold",
        "completion-menu.completion": "noreverse",
        "completion-menu.completion.current": "reverse",
    }
)
_LIST_HINT = "(arrows or a number, then Enter{back})"
_CHECKBOX_HINT = "(space picks, Enter goes on{back})"
_BACK_HINT = " · <: back"


class Terminal:
    """Asks a person at the terminal; the `Asker` of a run, and the `Sitting` of a conversation."""

    def __init__(self, console: Console, *, color: bool = True, ascii: bool = False) -> None:
        stream: Any = asciify.AsciiStream(sys.stderr) if ascii else sys.stderr
        self._console = console
        self._look: dict[str, Any] = {
            "qmark": POINTER,
            "style": PROMPT_STYLE,
            "color_depth": None if color else ColorDepth.DEPTH_1_BIT,
            "output": create_output(stdout=stream),
        }
        self._app: Any = None
        self._last_place: object = None
        self._slot = ""
        self._trouble = ""
        self._has_summed_up = False
        self._stop_word = "stop"
        self._has_gone_back = False
        self._on_half: Callable[[str, str], None] = lambda _key, _typed: None
        self._clock: StageClock | None = None

    # One conversation

    def sit(
        self,
        title: str,
        aside: str,
        on_half: Callable[[str, str], None],
        stages: Sequence[Stage] = (),
        stage_seconds: AnswerValue = None,
    ) -> "Terminal":
        """Print what this conversation is and the three keys that always work; return the sitting.

        `on_half` is told what is typed so far, a few times a second.
        """
        self._on_half = on_half
        if any(stage.minutes for stage in stages):
            self._clock = StageClock(stages, stage_seconds)
        self._stop_word = "pause"
        self._console.print()
        self._console.print(Text(clean_text(title), style="bold").append(f"  {aside}", style="dim"))
        self.tell(
            "Enter skips a question · < goes back · Ctrl-C pauses and loses nothing", dim=True
        )
        return self

    @property
    def stage_seconds(self) -> list[str]:
        """Return the seconds counted so far, by slot and stage; none without a clock."""
        return self._clock.stage_seconds if self._clock else []

    def ask(self, question: Question, walk: Walk) -> AnswerValue | Back:
        """Return the person's answer, or BACK."""
        if question.key in (HELD_ON, MINUTES):
            self.sum_up(walk)
        if self._clock:
            self._clock.turn_to(question)
        self._print_heading(question, walk)
        self._print_question(question.ask, question.help, private=question.private)
        offered = walk.get_offered_answer(question)
        key = keys.parse_key(question.key)
        if self._clock and key.slot and key.field == MINUTES and offered is None:
            question = replace(question, default=self._clock.count_slot_minutes(key.slot) or None)
        if self._has_gone_back and _is_typed(question):
            self._report_typing(
                question.key, _format_initial_text(offered)
            )  # a crash now resumes here
        if self._clock and not _is_typed(question) and not question.by_letter:
            self._print_time(self._clock.time_text)
        reply = self._ask_by_widget(question, offered)
        self._has_gone_back = isinstance(reply, Back)
        if isinstance(reply, Back):
            self._has_summed_up = False
            self.tell("back", dim=True)
        return reply

    def _print_time(self, time_text: str) -> None:
        """Print the clock where there is no field with a line for it, if it says anything."""
        if time_text:
            self.tell(time_text, dim=True)

    def ask_again(
        self, question: Question, previous: AnswerValue, *, back: bool = True
    ) -> AnswerValue | Back:
        """Return a new answer to a question answered before, which is offered; or BACK."""
        self._print_question(question.ask, question.help, private=question.private)
        return self._ask_by_widget(question, previous, back=back)

    def _ask_by_widget(
        self, question: Question, offered_answer: AnswerValue, *, back: bool = True
    ) -> AnswerValue | Back:
        row = get_kind_row(question.kind)
        match row.widget:
            case Widget.PICK_ONE if question.by_letter:
                return self._ask_letter(question, offered_answer, back=back)
            case Widget.PICK_ONE:
                values = question.values or question.options
                rows: list[tuple[str, AnswerValue]] = list(
                    zip(question.options, values, strict=True)
                )
                skip = question.offers_skip and not question.required
                return self._pick_row(rows, offered_answer, skip=skip, back=back)
            case Widget.YESNO:
                rows = [("yes", True), ("no", False)]
                return self._pick_row(rows, offered_answer, skip=not question.required, back=back)
            case Widget.PICK_SOME | Widget.CORRECTIONS:
                return self._pick_several(question, offered_answer, back=back)
            case _:
                reply = self._ask_text(question, _format_initial_text(offered_answer), back=back)
                if row.is_echoed and not isinstance(reply, Back) and reply is not None:
                    self.tell(row.formatter(reply, question.high), dim=True, mark="→")
                return reply

    def _ask_text(self, question: Question, initial: str, *, back: bool) -> AnswerValue | Back:
        row = get_kind_row(question.kind)

        def fault(text: str) -> bool | str:
            if back and _means_back(text, initial):
                return True
            try:
                interview.check_typed_answer(question, text)
            except InvalidInput as error:
                if error.hint and row.example:
                    return f"“{cut_line(clean_line(text), 16)}” is not {row.page_hint}. Try: {row.example}"
                return error.message
            return True

        many = row.widget is Widget.TEXT
        prompt = questionary.text(
            "",
            default=initial,
            validate=fault,
            multiline=many,
            instruction="" if many else None,
            key_bindings=_build_enter_keys(initial) if many else None,
            bottom_toolbar=self._build_toolbar(question, initial, back=back),
            prompt_continuation="   ",
            enable_suspend=True,
            refresh_interval=CLOCK_REFRESH_SECONDS if self._clock else 0,
            **self._look,
        )
        text = self._run_prompt(prompt, question.key, initial)
        return (
            BACK
            if back and _means_back(text, initial)
            else interview.check_typed_answer(question, text)
        )

    def _build_toolbar(self, question: Question, initial: str, *, back: bool) -> Callable[[], str]:
        """Return the quiet line at the bottom: what Enter does here, and the keys that help."""
        alone = "skip"
        if question.required and question.default is None:
            alone = "needs an answer"
        if question.default is not None:
            alone = _describe_default(question)
        if initial:
            alone = "keep"
        many = get_kind_row(question.kind).widget is Widget.TEXT
        enter = f"Enter twice: next · alone: {alone}" if many else ""
        hint = f" {enter or f'Enter: {alone}'}{_BACK_HINT * back} · Ctrl-C: {self._stop_word}"
        return lambda: self._format_toolbar(hint)

    def _format_toolbar(self, hint: str) -> str:
        """Return what stands below a field: a hint, or trouble, and the clock if there is one."""
        rows = [f" {cut_line(self._trouble, self._console.width - 1)}" if self._trouble else hint]
        if self._clock and (words := self._clock.time_text):
            rows.append(f" {cut_line(words, self._console.width - 1)}")
        return "\n".join(rows)

    def _ask_letter(
        self, question: Question, offered_answer: AnswerValue, *, back: bool
    ) -> AnswerValue | Back:
        """Return the option whose first letter is pressed; Enter keeps what was offered."""
        keys = KeyBindings()

        def leave(reply: Any) -> Callable[[Any], None]:
            return lambda event: event.app.exit(result=reply)

        keys.add("<any>")(lambda _event: None)
        for option in question.options:
            keys.add(option[0], eager=True)(leave(option))
            keys.add(option[0].upper(), eager=True)(leave(option))
        keys.add("enter", eager=True)(leave(offered_answer))
        if back:
            keys.add("<", eager=True)(leave(BACK))
        letters = " · ".join(f"{option[0]}: {option}" for option in question.options)
        alone = f"keep {offered_answer}" if offered_answer else "leave it untagged"
        hint = f" {letters} · Enter: {alone}{_BACK_HINT * back}"
        prompt = questionary.text(
            "",
            key_bindings=keys,
            bottom_toolbar=lambda: self._format_toolbar(hint),
            erase_when_done=True,
            **self._look,
        )
        found: AnswerValue | Back = self._run_prompt(prompt)
        if not isinstance(found, Back):
            self._print_choice(str(found or "untagged"))
        return found

    def _pick_row(
        self,
        rows: Sequence[tuple[str, AnswerValue]],
        offered_answer: AnswerValue,
        *,
        skip: bool,
        back: bool = True,
    ) -> AnswerValue | Back:
        """Return the value of the row picked, or BACK; the first row is under the pointer."""
        width = self._console.width - 8
        choices = [
            questionary.Choice(shorten_text(label, width), value=number, shortcut_key=key)
            for number, ((label, _), key) in enumerate(
                zip(rows, _list_shortcuts(rows), strict=True), 1
            )
        ]
        if skip:
            choices.insert(0, questionary.Choice("skip", value=0, shortcut_key="0"))
        values: dict[int, AnswerValue] = {0: None} | {
            n: value for n, (_, value) in enumerate(rows, start=1)
        }
        chosen = [
            c
            for c in choices
            if offered_answer is not None and values[int(str(c.value))] == offered_answer
        ]
        prompt = questionary.select(
            "",
            choices,
            default=chosen[0] if chosen else None,
            pointer=POINTER,
            instruction=_LIST_HINT.format(back=_BACK_HINT * back),
            use_shortcuts=len(choices) <= 36,
            use_jk_keys=False,
            erase_when_done=True,
            **self._look,
        )
        if back:
            _add_back_key(prompt)
        found = self._run_prompt(prompt)
        if isinstance(found, Back):
            return BACK
        self._print_choice("skip" if found == 0 else rows[found - 1][0])
        return values[found]

    def _pick_several(
        self, question: Question, offered_answer: AnswerValue, *, back: bool
    ) -> AnswerValue | Back:
        offered_answer = question.default if offered_answer is None else offered_answer
        picked: Sequence[object] = offered_answer if isinstance(offered_answer, list) else []
        labels = dict(zip(question.values or question.options, question.options, strict=True))
        numbered = get_kind_row(question.kind).widget is Widget.CORRECTIONS
        fitted = cut_line if numbered else shorten_text  # those are in columns
        choices = [
            questionary.Choice(fitted(label, self._console.width - 8), value=v, checked=v in picked)
            for v, label in labels.items()
        ]

        def fault(found: list[str]) -> bool | str:
            try:
                interview.check_answer(question, found)
            except InvalidInput as error:
                return error.message
            return True

        prompt = questionary.checkbox(
            "",
            choices,
            validate=fault,
            pointer=POINTER,
            instruction=_CHECKBOX_HINT.format(back=_BACK_HINT * back),
            use_jk_keys=False,
            erase_when_done=True,
            **self._look,
        )
        _limit_list_height(prompt, self._console.height - LINES_ABOVE_LIST)
        if back:
            _add_back_key(prompt)
        found = self._run_prompt(prompt)
        if isinstance(found, Back):
            return BACK
        if numbered:  # the list above has the words
            self._print_choice(", ".join(found) or "none")
        else:
            self._print_choice(", ".join(labels[one] for one in found) or "skip")
        return found or None

    # Before and beside a conversation

    def ask_name(
        self,
        people: Sequence[Any],
        find_matches: Callable[[str], list[Any]],
        question: str | None = None,
    ) -> str:
        """Return the name typed, which fits one person at most; '' for nobody.

        With `known`, the question to ask instead, it fits exactly one.
        """
        help = "Type a name." if question else "Type a name; Enter alone: a talk with yourself."
        self._print_question(question or "Who did you talk with?", help)

        def fault(text: str) -> bool | str:
            found = find_matches(text) if text.strip() else []
            if question and not found:
                return "Nobody in the journal is called so." if text.strip() else "Type a name."
            return len(found) < 2 or f"Which one: {', '.join(p.name for p in found[:4])}?"

        prompt = questionary.autocomplete(
            "",
            [],
            completer=_NameCompleter(people),
            validate=fault,
            validate_while_typing=False,
            complete_while_typing=True,
            bottom_toolbar=" Enter: go on · Ctrl-C: stop",
            enable_suspend=True,
            **self._look,
        )
        return clean_line(self._run_prompt(prompt))

    def choose_template(self, groups: Sequence[tuple[str, Sequence[Template]]]) -> Template:
        """Return the template chosen from the groups; the first is under the pointer at first."""
        self._print_question("Which conversation?", None)
        wide = max(len(t.title) for _, found in groups for t in found)
        rows = [
            (title, [_build_template_row(template, wide) for template in found])
            for title, found in groups
        ]
        look = {k: self._look[k] for k in ("style", "color_depth", "output")}
        app = picker.build_picker_application(Picker(rows), POINTER, self._get_size, **look)
        template: Template = self._run_prompt(questionary.Question(app))
        self._print_choice(template.title)
        return template

    def _get_size(self) -> tuple[int, int]:
        return self._console.width, self._console.height

    def choose(self, question: str, rows: Sequence[tuple[str, Any]]) -> Any:
        """Return the value of the row picked, or BACK."""
        self._print_question(question, None)
        found = self._pick_row([(label, n) for n, (label, _) in enumerate(rows)], None, skip=False)
        return rows[found][1] if isinstance(found, int) else found

    def ask_words(self, question: str, help: str | None = None, initial: str = "") -> str:
        """Return one line of words; '' when skipped."""
        self._print_question(question, help)
        reply = self._ask_text(Question("", question, PromptKind.LINE), initial, back=False)
        return "" if reply is None else str(reply)

    def agrees(self, question: str) -> bool:
        """Return whether the person says yes; Enter means no."""
        prompt = questionary.confirm(clean_text(question), default=False, **self._look)
        return bool(self._run_prompt(prompt))

    def edit(self, path: Path) -> float:
        """Let the person edit a file; return how many seconds the editor was open."""
        return editor.open_editor(path)

    # What is on the screen around a question

    def tell(self, words: str, *, dim: bool = False, mark: str = "") -> None:
        """Print a remark between the questions."""
        text = f"{mark} {words}" if mark else words
        self._console.print(IndentedBody(Text(clean_text(text), style="dim" if dim else "")))

    def sum_up(self, walk: Walk) -> None:
        """Print what is about to be saved, once."""
        if self._has_summed_up:
            return
        from coachlog.screens import session

        self._last_place, self._has_summed_up = None, True
        self._console.print()
        self._console.rule(Text("To be saved", style="bold cyan"), align="left", style="cyan")
        self._console.print(session.render_record_summary(walk.build_record(), walk.talk))

    def _print_heading(self, question: Question, walk: Walk) -> None:
        stages = walk.talk.template.stages
        if walk.talk.set:
            self._print_slot_heading(question, walk)
        key = keys.parse_key(question.key)
        if key.family is KeyFamily.REVIEW:
            title = "Promises from last time"
            guidance = f"{'' if walk.talk.set else 'Yours first. '}What became of each?"
            place: object = "review"
        elif key.family is KeyFamily.NOTE:
            title, guidance = "Parked for this talk", "What became of each? Enter keeps it."
            place = "note"
        elif question.stage:
            number = stages.index(question.stage) + 1
            title = f"{question.stage.title} · {number} of {len(stages)}"
            guidance = question.stage.guidance or ""
            place = title
            if self._clock and question.stage.minutes:
                title += f" · {question.stage.minutes} min"
        elif key.family is KeyFamily.MEETING:
            title = "Who is here" if key == PRESENT else "Who presents"
            guidance, place = "", title
        else:
            return
        if place == self._last_place:
            return
        self._last_place = place
        self._console.print()
        self._console.rule(Text(clean_text(title), style="bold cyan"), align="left", style="cyan")
        if guidance and not self._has_gone_back:
            text = walk.talk.fill_names(
                guidance, Scope(them=self._find_presenter_name(question, walk))
            )
            self._console.print(IndentedBody(Text(clean_text(text), style="dim italic")))
        if question.stage and _looks_back(question.stage) and not self._has_gone_back:
            self._print_promises_due(walk)

    def _print_promises_due(self, walk: Walk) -> None:
        """Print the promises that this stage looks at again."""
        found = corrections.list_correctable_promises(walk.talk, walk.answers)
        if not found:
            return self.tell(corrections.NONE_DUE, mark="→")
        from coachlog.screens import promises_due

        self._console.print()
        return self._console.print(
            promises_due.render_due_promises(found, walk.talk.today, self._console.width)
        )

    @staticmethod
    def _find_presenter_name(question: Question, walk: Walk) -> str | None:
        """Return whose slot a question is asked in, None outside of any."""
        slot = keys.parse_key(question.key).slot
        members = walk.talk.set.members if walk.talk.set and slot else ()
        return next((one.name for one in members if one.slug == slot), None)

    def _print_slot_heading(self, question: Question, walk: Walk) -> None:
        """Print whose slot begins, above its first question."""
        slot = _find_question_slot(question)
        if slot in ("", self._slot):
            return
        from coachlog.interview import meeting

        self._slot, self._last_place = slot, None  # the same stages come again
        presenting = meeting.list_presenters(walk.talk, walk.answers)
        number, who = next(
            (n, one) for n, one in enumerate(presenting, start=1) if one.slug == slot
        )
        count = max(number, len(meeting.list_planned_presenters(walk.answers)))
        minutes = meeting.sum_slot_minutes(walk.talk.template.stages)
        title = f"Slot {number} of {count} · {meeting.label_member(who)}"
        self._console.print()
        self._console.rule(Text(clean_text(title), style="bold"), align="left", style="bold")
        if self._clock and minutes:
            self.tell(f"About {format_count(minutes, 'minute')}.", dim=True)

    def _print_question(self, question: str, help: str | None, *, private: bool = False) -> None:
        shown = Text(clean_text(question), style="bold")
        if private:
            shown.append("  private: stays out of plans and exports", style="dim")
        self._console.print()
        self._console.print(shown)
        if help:
            self.tell(help, dim=True)

    def _print_choice(self, words: str) -> None:
        """Print what was picked from a list, where the list was."""
        self._console.print(
            Text(f"{POINTER}  ", style="cyan").append(clean_text(words), style="default")
        )

    # Running a prompt

    def _run_prompt(
        self, prompt: questionary.Question, key: str | None = None, initial: str = ""
    ) -> Any:
        """Return the prompt's result; half-typed text is told to `_on_half` while it is typed.

        Ctrl-C, Ctrl-D, a closed window and SIGTERM all end as KeyboardInterrupt, with what stands
        in the field told first.
        """
        self._app = prompt.application
        self._trouble = ""
        if key:

            def watch() -> None:
                prompt.application.create_background_task(self._watch_typing(prompt, key, initial))

            prompt.application.pre_run_callables.append(watch)
        try:
            with self._interrupt_on_signals():
                return prompt.unsafe_ask()
        except (KeyboardInterrupt, EOFError, OSError):  # a terminal that is gone gives an OSError
            typed = prompt.application.current_buffer.text
            if key and typed not in ("", initial) and not _means_back(typed, initial):
                self._report_typing(key, typed)
            raise KeyboardInterrupt from None
        finally:
            self._app = None

    async def _watch_typing(self, prompt: questionary.Question, key: str, initial: str) -> None:
        buffer = prompt.application.current_buffer
        told = buffer.text
        while True:
            await asyncio.sleep(SAVE_INTERVAL_SECONDS)
            if buffer.text != told and not _means_back(buffer.text, initial):
                self._report_typing(key, buffer.text)
                told = told if self._trouble else buffer.text

    def _report_typing(self, key: str, text: str) -> None:
        if not key:
            return
        try:
            self._on_half(key, text)
            self._trouble = ""
        except Exception as error:  # whatever it is, the person goes on typing, and is told
            self._trouble = f"Not saved yet, still trying: {error}"
        if self._app is not None and self._app.is_running:
            self._app.invalidate()

    @contextmanager
    def _interrupt_on_signals(self) -> Iterator[None]:
        names = [n for n in ("SIGTERM", "SIGHUP") if hasattr(signal, n)]
        before = {n: signal.signal(getattr(signal, n), self._interrupt_prompt) for n in names}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(getattr(signal, name), handler)

    def _interrupt_prompt(self, _number: int, _frame: object) -> None:
        app = self._app
        if app is None or app.loop is None or not app.is_running:
            raise KeyboardInterrupt

        def leave() -> None:
            if app.future is not None and not app.future.done():  # a second signal comes too late
                app.exit(exception=KeyboardInterrupt)

        app.loop.call_soon_threadsafe(leave)


class _NameCompleter(Completer):
    """Offers people by any part of their name, without regard to case or accents."""

    def __init__(self, people: Sequence[Any]) -> None:
        self._people = people

    def get_completions(self, document: Document, _event: CompleteEvent) -> Iterator[Completion]:
        typed = fold_text(document.text)
        for person in self._people:
            if typed and typed in fold_text(person.name):
                yield Completion(
                    person.name,
                    start_position=-len(document.text),
                    display_meta=person.role or person.relationship.value,
                )


def _build_template_row(template: Template, title_width: int) -> PickerRow:
    beside = f"{template.minutes:>3} min"
    prompts = [prompt for stage in template.stages for prompt in stage.prompts]
    texts = [template.id, template.title, template.summary, template.source or ""]
    texts += [f"{stage.title} {stage.guidance or ''}" for stage in template.stages]
    texts += [f"{p.ask} {p.help or ''} {' '.join(p.options)}" for p in prompts]
    words = clean_text(" ".join(texts))
    return PickerRow(
        f"{clean_text(template.title):<{title_width}}",
        beside,
        clean_text(template.summary),
        words,
        template,
    )


def _find_question_slot(question: Question) -> str:
    """Return in whose slot a question is asked; '' outside of any, and for who is to present."""
    key = keys.parse_key(question.key)
    return "" if key.field == PRESENTER else key.slot


def _is_typed(question: Question) -> bool:
    """Return whether the answer is typed into a field, not picked."""
    return get_kind_row(question.kind).widget in (Widget.LINE, Widget.TEXT)


def _looks_back(stage: Stage) -> bool:
    return any(get_kind_row(prompt.kind).widget is Widget.CORRECTIONS for prompt in stage.prompts)


def _means_back(text: str, initial: str) -> bool:
    """Return whether a field says `<`: alone, or behind what was offered and left as it was."""
    return text.strip() == "<" or (bool(initial) and text.rstrip("\n ") == f"{initial}<")


def _build_enter_keys(initial: str) -> KeyBindings:
    """Return the key of a long answer: Enter is a new line, on an empty line it goes on."""
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: Any) -> None:
        buffer = event.current_buffer
        untouched = buffer.text == initial or _means_back(buffer.text, initial)
        if untouched or not buffer.document.current_line.strip():
            buffer.validate_and_handle()
        else:
            buffer.newline()

    return keys


def _limit_list_height(prompt: questionary.Question, rows: int) -> None:
    """Let a long list scroll within so many rows, so that its question stays in sight."""
    for window in prompt.application.layout.find_all_windows():
        if isinstance(window.content, InquirerControl):
            window.height = Dimension(max=max(3, rows))


def _add_back_key(prompt: questionary.Question) -> None:
    """Let `<` leave a list of choices, as it does a line."""
    bindings: Any = prompt.application.key_bindings
    bindings.add("<", eager=True)(lambda event: event.app.exit(result=BACK))


def _list_shortcuts(rows: Sequence[tuple[str, AnswerValue]]) -> list[str | bool]:
    """Return the key of each row: y and n for yes and no, else a digit as long as there are any."""
    if [label for label, _ in rows] == ["yes", "no"]:
        return ["y", "n"]
    return [str(number) if number <= 9 else True for number in range(1, len(rows) + 1)]


def _describe_default(question: Question) -> str:
    """Return in words what an empty answer means."""
    if keys.parse_key(question.key).field == MINUTES:
        return f"{question.default}, by the clock"
    if question.default == question.base.isoformat():
        return "today"
    return dates.format_short_day(date.fromisoformat(str(question.default)))


def _format_initial_text(value: AnswerValue) -> str:
    if value is None:
        return ""
    return ", ".join(format_answer_entries(value)) if isinstance(value, list) else str(value)
