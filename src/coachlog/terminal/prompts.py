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
from coachlog.errors import Invalid
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
from coachlog.interview.keys import PRESENT, PRESENTER, Family
from coachlog.model import Kind, Value
from coachlog.model.templates import Stage, Template
from coachlog.rules.question_tags import listed
from coachlog.screens.styling import Indented
from coachlog.templates.kinds import Widget, row_of
from coachlog.terminal import editor, picker
from coachlog.terminal.clock import EVERY, Clock
from coachlog.terminal.picker import Picker, Row
from coachlog.text import clean, cut, fold, line, plural, short

PROMPT = "›"
ABOVE = 8  # lines above a long list: what comes before it, the question, its help
SAVE_EVERY = 0.25  # seconds between looks at what is half-typed
STYLE = Style.from_dict(
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
_LIST = "(arrows or a number, then Enter{back})"
_MANY = "(space picks, Enter goes on{back})"
_BACK = " · <: back"


class Terminal:
    """Asks a person at the terminal; the `Asker` of a run, and the `Sitting` of a conversation."""

    def __init__(self, console: Console, *, color: bool = True, ascii: bool = False) -> None:
        stream: Any = asciify.Stream(sys.stderr) if ascii else sys.stderr
        self._console = console
        self._look: dict[str, Any] = {
            "qmark": PROMPT,
            "style": STYLE,
            "color_depth": None if color else ColorDepth.DEPTH_1_BIT,
            "output": create_output(stdout=stream),
        }
        self._app: Any = None
        self._stage: object = None
        self._slot = ""
        self._trouble = ""
        self._summed_up = False
        self._stop_word = "stop"
        self._came_back = False
        self._on_half: Callable[[str, str], None] = lambda _key, _typed: None
        self._clock: Clock | None = None

    # One conversation

    def sit(
        self,
        title: str,
        aside: str,
        on_half: Callable[[str, str], None],
        stages: Sequence[Stage] = (),
        taken: Value = None,
    ) -> "Terminal":
        """Print what this conversation is and the three keys that always work; return the sitting.

        `on_half` is told what is typed so far, a few times a second.
        """
        self._on_half = on_half
        if any(stage.minutes for stage in stages):
            self._clock = Clock(stages, taken)
        self._stop_word = "pause"
        self._console.print()
        self._console.print(Text(clean(title), style="bold").append(f"  {aside}", style="dim"))
        self.tell(
            "Enter skips a question · < goes back · Ctrl-C pauses and loses nothing", dim=True
        )
        return self

    @property
    def taken(self) -> list[str]:
        """Return the seconds counted so far, by slot and stage; none without a clock."""
        return self._clock.taken if self._clock else []

    def ask(self, question: Question, walk: Walk) -> Value | Back:
        """Return the person's answer, or BACK."""
        if question.key in (HELD_ON, MINUTES):
            self.sum_up(walk)
        if self._clock:
            self._clock.turn_to(question)
        self._heading(question, walk)
        self._question(question.ask, question.help, private=question.private)
        offered = walk.offered(question)
        key = keys.parse(question.key)
        if self._clock and key.slot and key.field == MINUTES and offered is None:
            question = replace(question, default=self._clock.slot(key.slot) or None)
        if self._came_back and _is_typed(question):
            self._tell_half(question.key, _as_typed(offered))  # a crash now resumes here
        if self._clock and not _is_typed(question) and not question.by_letter:
            self._tell_time(self._clock.words)
        reply = self._reply(question, offered)
        self._came_back = isinstance(reply, Back)
        if isinstance(reply, Back):
            self._summed_up = False
            self.tell("back", dim=True)
        return reply

    def _tell_time(self, words: str) -> None:
        """Print the clock where there is no field with a line for it, if it says anything."""
        if words:
            self.tell(words, dim=True)

    def again(self, question: Question, before: Value, *, back: bool = True) -> Value | Back:
        """Return a new answer to a question answered before, which is offered; or BACK."""
        self._question(question.ask, question.help, private=question.private)
        return self._reply(question, before, back=back)

    def _reply(self, question: Question, offered: Value, *, back: bool = True) -> Value | Back:
        row = row_of(question.kind)
        match row.widget:
            case Widget.ONE if question.by_letter:
                return self._letter(question, offered, back=back)
            case Widget.ONE:
                values = question.values or question.options
                rows: list[tuple[str, Value]] = list(zip(question.options, values, strict=True))
                skip = question.skip and not question.required
                return self._pick(rows, offered, skip=skip, back=back)
            case Widget.YESNO:
                rows = [("yes", True), ("no", False)]
                return self._pick(rows, offered, skip=not question.required, back=back)
            case Widget.SOME | Widget.CORRECTIONS:
                return self._some_of(question, offered, back=back)
            case _:
                reply = self._typed(question, _as_typed(offered), back=back)
                if row.echoed and not isinstance(reply, Back) and reply is not None:
                    self.tell(row.said(reply, question.high), dim=True, mark="→")
                return reply

    def _typed(self, question: Question, initial: str, *, back: bool) -> Value | Back:
        row = row_of(question.kind)

        def fault(text: str) -> bool | str:
            if back and _means_back(text, initial):
                return True
            try:
                interview.typed(question, text)
            except Invalid as error:
                if error.hint and row.example:
                    return f"“{cut(line(text), 16)}” is not {row.page}. Try: {row.example}"
                return error.message
            return True

        many = row.widget is Widget.TEXT
        prompt = questionary.text(
            "",
            default=initial,
            validate=fault,
            multiline=many,
            instruction="" if many else None,
            key_bindings=_enter_keys(initial) if many else None,
            bottom_toolbar=self._toolbar(question, initial, back=back),
            prompt_continuation="   ",
            enable_suspend=True,
            refresh_interval=EVERY if self._clock else 0,
            **self._look,
        )
        text = self._run(prompt, question.key, initial)
        return BACK if back and _means_back(text, initial) else interview.typed(question, text)

    def _toolbar(self, question: Question, initial: str, *, back: bool) -> Callable[[], str]:
        """Return the quiet line at the bottom: what Enter does here, and the keys that help."""
        alone = "skip"
        if question.required and question.default is None:
            alone = "needs an answer"
        if question.default is not None:
            alone = _usual(question)
        if initial:
            alone = "keep"
        many = row_of(question.kind).widget is Widget.TEXT
        enter = f"Enter twice: next · alone: {alone}" if many else ""
        hint = f" {enter or f'Enter: {alone}'}{_BACK * back} · Ctrl-C: {self._stop_word}"
        return lambda: self._below(hint)

    def _below(self, hint: str) -> str:
        """Return what stands below a field: a hint, or trouble, and the clock if there is one."""
        rows = [f" {cut(self._trouble, self._console.width - 1)}" if self._trouble else hint]
        if self._clock and (words := self._clock.words):
            rows.append(f" {cut(words, self._console.width - 1)}")
        return "\n".join(rows)

    def _letter(self, question: Question, offered: Value, *, back: bool) -> Value | Back:
        """Return the option whose first letter is pressed; Enter keeps what was offered."""
        keys = KeyBindings()

        def leave(reply: Any) -> Callable[[Any], None]:
            return lambda event: event.app.exit(result=reply)

        keys.add("<any>")(lambda _event: None)
        for option in question.options:
            keys.add(option[0], eager=True)(leave(option))
            keys.add(option[0].upper(), eager=True)(leave(option))
        keys.add("enter", eager=True)(leave(offered))
        if back:
            keys.add("<", eager=True)(leave(BACK))
        letters = " · ".join(f"{option[0]}: {option}" for option in question.options)
        alone = f"keep {offered}" if offered else "leave it untagged"
        hint = f" {letters} · Enter: {alone}{_BACK * back}"
        prompt = questionary.text(
            "",
            key_bindings=keys,
            bottom_toolbar=lambda: self._below(hint),
            erase_when_done=True,
            **self._look,
        )
        found: Value | Back = self._run(prompt)
        if not isinstance(found, Back):
            self._echo(str(found or "untagged"))
        return found

    def _pick(
        self, rows: Sequence[tuple[str, Value]], offered: Value, *, skip: bool, back: bool = True
    ) -> Value | Back:
        """Return the value of the row picked, or BACK; the first row is under the pointer."""
        width = self._console.width - 8
        choices = [
            questionary.Choice(short(label, width), value=number, shortcut_key=key)
            for number, ((label, _), key) in enumerate(zip(rows, _shortcuts(rows), strict=True), 1)
        ]
        if skip:
            choices.insert(0, questionary.Choice("skip", value=0, shortcut_key="0"))
        values: dict[int, Value] = {0: None} | {
            n: value for n, (_, value) in enumerate(rows, start=1)
        }
        chosen = [
            c for c in choices if offered is not None and values[int(str(c.value))] == offered
        ]
        prompt = questionary.select(
            "",
            choices,
            default=chosen[0] if chosen else None,
            pointer=PROMPT,
            instruction=_LIST.format(back=_BACK * back),
            use_shortcuts=len(choices) <= 36,
            use_jk_keys=False,
            erase_when_done=True,
            **self._look,
        )
        if back:
            _back_key(prompt)
        found = self._run(prompt)
        if isinstance(found, Back):
            return BACK
        self._echo("skip" if found == 0 else rows[found - 1][0])
        return values[found]

    def _some_of(self, question: Question, offered: Value, *, back: bool) -> Value | Back:
        offered = question.default if offered is None else offered
        picked: Sequence[object] = offered if isinstance(offered, list) else []
        labels = dict(zip(question.values or question.options, question.options, strict=True))
        numbered = row_of(question.kind).widget is Widget.CORRECTIONS
        fitted = cut if numbered else short  # those are in columns
        choices = [
            questionary.Choice(fitted(label, self._console.width - 8), value=v, checked=v in picked)
            for v, label in labels.items()
        ]

        def fault(found: list[str]) -> bool | str:
            try:
                interview.check(question, found)
            except Invalid as error:
                return error.message
            return True

        prompt = questionary.checkbox(
            "",
            choices,
            validate=fault,
            pointer=PROMPT,
            instruction=_MANY.format(back=_BACK * back),
            use_jk_keys=False,
            erase_when_done=True,
            **self._look,
        )
        _leave_room(prompt, self._console.height - ABOVE)
        if back:
            _back_key(prompt)
        found = self._run(prompt)
        if isinstance(found, Back):
            return BACK
        if numbered:  # the list above has the words
            self._echo(", ".join(found) or "none")
        else:
            self._echo(", ".join(labels[one] for one in found) or "skip")
        return found or None

    # Before and beside a conversation

    def who(
        self,
        people: Sequence[Any],
        matches: Callable[[str], list[Any]],
        known: str | None = None,
    ) -> str:
        """Return the name typed, which fits one person at most; '' for nobody.

        With `known`, the question to ask instead, it fits exactly one.
        """
        help = "Type a name." if known else "Type a name; Enter alone: a talk with yourself."
        self._question(known or "Who did you talk with?", help)

        def fault(text: str) -> bool | str:
            found = matches(text) if text.strip() else []
            if known and not found:
                return "Nobody in the journal is called so." if text.strip() else "Type a name."
            return len(found) < 2 or f"Which one: {', '.join(p.name for p in found[:4])}?"

        prompt = questionary.autocomplete(
            "",
            [],
            completer=_Names(people),
            validate=fault,
            validate_while_typing=False,
            complete_while_typing=True,
            bottom_toolbar=" Enter: go on · Ctrl-C: stop",
            enable_suspend=True,
            **self._look,
        )
        return line(self._run(prompt))

    def which(self, groups: Sequence[tuple[str, Sequence[Template]]]) -> Template:
        """Return the template chosen from the groups; the first is under the pointer at first."""
        self._question("Which conversation?", None)
        wide = max(len(t.title) for _, found in groups for t in found)
        rows = [(title, [_row(template, wide) for template in found]) for title, found in groups]
        look = {k: self._look[k] for k in ("style", "color_depth", "output")}
        app = picker.application(Picker(rows), PROMPT, self._size, **look)
        template: Template = self._run(questionary.Question(app))
        self._echo(template.title)
        return template

    def _size(self) -> tuple[int, int]:
        return self._console.width, self._console.height

    def choose(self, ask: str, rows: Sequence[tuple[str, Any]]) -> Any:
        """Return the value of the row picked, or BACK."""
        self._question(ask, None)
        found = self._pick([(label, n) for n, (label, _) in enumerate(rows)], None, skip=False)
        return rows[found][1] if isinstance(found, int) else found

    def words(self, ask: str, help: str | None = None, initial: str = "") -> str:
        """Return one line of words; '' when skipped."""
        self._question(ask, help)
        reply = self._typed(Question("", ask, Kind.LINE), initial, back=False)
        return "" if reply is None else str(reply)

    def agrees(self, question: str) -> bool:
        """Return whether the person says yes; Enter means no."""
        prompt = questionary.confirm(clean(question), default=False, **self._look)
        return bool(self._run(prompt))

    def edit(self, path: Path) -> float:
        """Let the person edit a file; return how many seconds the editor was open."""
        return editor.edit(path)

    # What is on the screen around a question

    def tell(self, words: str, *, dim: bool = False, mark: str = "") -> None:
        """Print a remark between the questions."""
        text = f"{mark} {words}" if mark else words
        self._console.print(Indented(Text(clean(text), style="dim" if dim else "")))

    def sum_up(self, walk: Walk) -> None:
        """Print what is about to be saved, once."""
        if self._summed_up:
            return
        from coachlog.screens import session

        self._stage, self._summed_up = None, True
        self._console.print()
        self._console.rule(Text("To be saved", style="bold cyan"), align="left", style="cyan")
        self._console.print(session.summary(walk.record(), walk.talk))

    def _heading(self, question: Question, walk: Walk) -> None:
        stages = walk.talk.template.stages
        if walk.talk.set:
            self._slot_heading(question, walk)
        key = keys.parse(question.key)
        if key.family is Family.REVIEW:
            title = "Promises from last time"
            guidance = f"{'' if walk.talk.set else 'Yours first. '}What became of each?"
            place: object = "review"
        elif key.family is Family.NOTE:
            title, guidance = "Parked for this talk", "What became of each? Enter keeps it."
            place = "note"
        elif question.stage:
            number = stages.index(question.stage) + 1
            title = f"{question.stage.title} · {number} of {len(stages)}"
            guidance = question.stage.guidance or ""
            place = title
            if self._clock and question.stage.minutes:
                title += f" · {question.stage.minutes} min"
        elif key.family is Family.MEETING:
            title = "Who is here" if key == PRESENT else "Who presents"
            guidance, place = "", title
        else:
            return
        if place == self._stage:
            return
        self._stage = place
        self._console.print()
        self._console.rule(Text(clean(title), style="bold cyan"), align="left", style="cyan")
        if guidance and not self._came_back:
            text = walk.talk.worded(guidance, Scope(them=self._presenter(question, walk)))
            self._console.print(Indented(Text(clean(text), style="dim italic")))
        if question.stage and _looks_back(question.stage) and not self._came_back:
            self._promises_due(walk)

    def _promises_due(self, walk: Walk) -> None:
        """Print the promises that this stage looks at again."""
        found = corrections.due(walk.talk, walk.answers)
        if not found:
            return self.tell(corrections.NONE_DUE, mark="→")
        from coachlog.screens import promises_due

        self._console.print()
        return self._console.print(promises_due.listed(found, walk.talk.today, self._console.width))

    @staticmethod
    def _presenter(question: Question, walk: Walk) -> str | None:
        """Return whose slot a question is asked in, None outside of any."""
        slot = keys.parse(question.key).slot
        members = walk.talk.set.members if walk.talk.set and slot else ()
        return next((one.name for one in members if one.slug == slot), None)

    def _slot_heading(self, question: Question, walk: Walk) -> None:
        """Print whose slot begins, above its first question."""
        slot = _slot_of(question)
        if slot in ("", self._slot):
            return
        from coachlog.interview import meeting

        self._slot, self._stage = slot, None  # the same stages come again
        presenting = meeting.presenters(walk.talk, walk.answers)
        number, who = next(
            (n, one) for n, one in enumerate(presenting, start=1) if one.slug == slot
        )
        count = max(number, len(meeting.planned(walk.answers)))
        minutes = meeting.slot_minutes(walk.talk.template.stages)
        title = f"Slot {number} of {count} · {meeting.called(who)}"
        self._console.print()
        self._console.rule(Text(clean(title), style="bold"), align="left", style="bold")
        if self._clock and minutes:
            self.tell(f"About {plural(minutes, 'minute')}.", dim=True)

    def _question(self, ask: str, help: str | None, *, private: bool = False) -> None:
        shown = Text(clean(ask), style="bold")
        if private:
            shown.append("  private: stays out of plans and exports", style="dim")
        self._console.print()
        self._console.print(shown)
        if help:
            self.tell(help, dim=True)

    def _echo(self, words: str) -> None:
        """Print what was picked from a list, where the list was."""
        self._console.print(Text(f"{PROMPT}  ", style="cyan").append(clean(words), style="default"))

    # Running a prompt

    def _run(self, prompt: questionary.Question, key: str | None = None, initial: str = "") -> Any:
        """Return the prompt's result; half-typed text is told to `_on_half` while it is typed.

        Ctrl-C, Ctrl-D, a closed window and SIGTERM all end as KeyboardInterrupt, with what stands
        in the field told first.
        """
        self._app = prompt.application
        self._trouble = ""
        if key:

            def watch() -> None:
                prompt.application.create_background_task(self._watch(prompt, key, initial))

            prompt.application.pre_run_callables.append(watch)
        try:
            with self._signals():
                return prompt.unsafe_ask()
        except (KeyboardInterrupt, EOFError, OSError):  # a terminal that is gone gives an OSError
            typed = prompt.application.current_buffer.text
            if key and typed not in ("", initial) and not _means_back(typed, initial):
                self._tell_half(key, typed)
            raise KeyboardInterrupt from None
        finally:
            self._app = None

    async def _watch(self, prompt: questionary.Question, key: str, initial: str) -> None:
        buffer = prompt.application.current_buffer
        told = buffer.text
        while True:
            await asyncio.sleep(SAVE_EVERY)
            if buffer.text != told and not _means_back(buffer.text, initial):
                self._tell_half(key, buffer.text)
                told = told if self._trouble else buffer.text

    def _tell_half(self, key: str, typed: str) -> None:
        if not key:
            return
        try:
            self._on_half(key, typed)
            self._trouble = ""
        except Exception as error:  # whatever it is, the person goes on typing, and is told
            self._trouble = f"Not saved yet, still trying: {error}"
        if self._app is not None and self._app.is_running:
            self._app.invalidate()

    @contextmanager
    def _signals(self) -> Iterator[None]:
        names = [n for n in ("SIGTERM", "SIGHUP") if hasattr(signal, n)]
        before = {n: signal.signal(getattr(signal, n), self._stop) for n in names}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(getattr(signal, name), handler)

    def _stop(self, _number: int, _frame: object) -> None:
        app = self._app
        if app is None or app.loop is None or not app.is_running:
            raise KeyboardInterrupt

        def leave() -> None:
            if app.future is not None and not app.future.done():  # a second signal comes too late
                app.exit(exception=KeyboardInterrupt)

        app.loop.call_soon_threadsafe(leave)


class _Names(Completer):
    """Offers people by any part of their name, without regard to case or accents."""

    def __init__(self, people: Sequence[Any]) -> None:
        self._people = people

    def get_completions(self, document: Document, _event: CompleteEvent) -> Iterator[Completion]:
        typed = fold(document.text)
        for person in self._people:
            if typed and typed in fold(person.name):
                yield Completion(
                    person.name,
                    start_position=-len(document.text),
                    display_meta=person.role or person.relationship.value,
                )


def _row(template: Template, wide: int) -> Row:
    beside = f"{template.minutes:>3} min"
    prompts = [prompt for stage in template.stages for prompt in stage.prompts]
    texts = [template.id, template.title, template.summary, template.source or ""]
    texts += [f"{stage.title} {stage.guidance or ''}" for stage in template.stages]
    texts += [f"{p.ask} {p.help or ''} {' '.join(p.options)}" for p in prompts]
    words = clean(" ".join(texts))
    return Row(f"{clean(template.title):<{wide}}", beside, clean(template.summary), words, template)


def _slot_of(question: Question) -> str:
    """Return in whose slot a question is asked; '' outside of any, and for who is to present."""
    key = keys.parse(question.key)
    return "" if key.field == PRESENTER else key.slot


def _is_typed(question: Question) -> bool:
    """Return whether the answer is typed into a field, not picked."""
    return row_of(question.kind).widget in (Widget.LINE, Widget.TEXT)


def _looks_back(stage: Stage) -> bool:
    return any(row_of(prompt.kind).widget is Widget.CORRECTIONS for prompt in stage.prompts)


def _means_back(text: str, initial: str) -> bool:
    """Return whether a field says `<`: alone, or behind what was offered and left as it was."""
    return text.strip() == "<" or (bool(initial) and text.rstrip("\n ") == f"{initial}<")


def _enter_keys(initial: str) -> KeyBindings:
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


def _leave_room(prompt: questionary.Question, rows: int) -> None:
    """Let a long list scroll within so many rows, so that its question stays in sight."""
    for window in prompt.application.layout.find_all_windows():
        if isinstance(window.content, InquirerControl):
            window.height = Dimension(max=max(3, rows))


def _back_key(prompt: questionary.Question) -> None:
    """Let `<` leave a list of choices, as it does a line."""
    bindings: Any = prompt.application.key_bindings
    bindings.add("<", eager=True)(lambda event: event.app.exit(result=BACK))


def _shortcuts(rows: Sequence[tuple[str, Value]]) -> list[str | bool]:
    """Return the key of each row: y and n for yes and no, else a digit as long as there are any."""
    if [label for label, _ in rows] == ["yes", "no"]:
        return ["y", "n"]
    return [str(number) if number <= 9 else True for number in range(1, len(rows) + 1)]


def _usual(question: Question) -> str:
    """Return in words what an empty answer means."""
    if keys.parse(question.key).field == MINUTES:
        return f"{question.default}, by the clock"
    if question.default == question.base.isoformat():
        return "today"
    return dates.short(date.fromisoformat(str(question.default)))


def _as_typed(value: Value) -> str:
    if value is None:
        return ""
    return ", ".join(listed(value)) if isinstance(value, list) else str(value)
