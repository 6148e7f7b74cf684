"""The person at the terminal: shows each question, reads the answer, never loses a word.

The only importer of questionary. Everything is drawn on stderr, so that stdout stays the answer.
"""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import questionary
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.styles import Style
from rich.console import Console
from rich.text import Text

from coachlog import dates, interview
from coachlog.errors import CoachlogError, Invalid
from coachlog.interview import BACK, HELD_ON, Back, Question, Walk
from coachlog.model import Kind, Template, Value
from coachlog.render.look import Indented
from coachlog.text import clean, fold, line, short

PROMPT = "›"
SAVE_EVERY = 0.25  # seconds between looks at what is half-typed
STYLE = Style.from_dict(
    {
        "qmark": "fg:ansicyan bold",
        "question": "",
        "answer": "",
        "pointer": "fg:ansicyan bold",
        "highlighted": "bold",
        "selected": "fg:ansicyan",
        "instruction": "fg:ansibrightblack",
        "bottom-toolbar": "noreverse fg:ansibrightblack",
        "validation-toolbar": "noreverse fg:ansired bold",
        "completion-menu.completion": "noreverse",
        "completion-menu.completion.current": "reverse",
    }
)
_ONE_LINE = "Enter: {skip} · <: back · Ctrl-C: pause"
_LINES = "Enter twice: next · alone: {skip} · <: back · Ctrl-C: pause"
_LIST = "(arrows or a number, then Enter · <: back)"
_MANY = "(space picks, Enter goes on · <: back)"


class Terminal:
    """Asks a person. `on_half` is told what is typed so far, a few times a second."""

    def __init__(self, console: Console, *, color: bool = True) -> None:
        self._console = console
        self._look: dict[str, Any] = {
            "qmark": PROMPT,
            "style": STYLE,
            "color_depth": None if color else ColorDepth.DEPTH_1_BIT,
            "output": create_output(stdout=sys.stderr),
        }
        self._app: Any = None
        self._stage: object = None
        self._trouble = ""
        self._summed_up = False
        self.on_half: Callable[[str, str], None] = lambda _key, _typed: None

    # One question of a conversation

    def ask(self, question: Question, walk: Walk) -> Value | Back:
        """Return the person's answer, or BACK."""
        if question.key == HELD_ON and not self._summed_up:
            self._summary(walk)
        self._heading(question, walk)
        self._question(question.ask, question.help, private=question.private)
        initial = walk.offered(question)
        typed = _as_typed(initial)
        if question.key in walk.kept:
            self._tell_half(question.key, typed)
        reply = self._reply(question, initial, typed)
        if isinstance(reply, Back):
            self._stage, self._summed_up = None, False
            self.tell("back", dim=True)
        elif question.kind is Kind.DATE and reply:
            self.tell(f"{dates.long(_date(reply))}", dim=True, mark="→")
        return reply

    def again(self, question: Question, before: Value) -> Value | Back:
        """Return a new answer to a question answered before, which is offered; or BACK."""
        self._question(question.ask, question.help, private=question.private)
        return self._reply(question, before, _as_typed(before))

    def _reply(self, question: Question, initial: Value, typed: str) -> Value | Back:
        match question.kind:
            case Kind.CHOICE:
                return self._one_of(question, initial)
            case Kind.YESNO:
                return self._yes_or_no(question, initial)
            case Kind.CHOICES:
                return self._some_of(question, initial)
            case _:
                return self._typed(question, typed)

    def _typed(self, question: Question, initial: str) -> Value | Back:
        def fault(text: str) -> bool | str:
            if text.strip() == "<":
                return True
            try:
                interview.typed(question, text)
            except Invalid as error:
                return error.message if not error.hint else f"{error.message} Try: fri, +2w, 12 May"
            return True

        many = question.kind is Kind.TEXT
        skip = "this one needs an answer" if question.required else "skip"
        if question.default is not None:
            skip = _usual(question)
        skip = "keep" if initial else skip
        hint = (_LINES if many else _ONE_LINE).format(skip=skip)
        prompt = questionary.text(
            "",
            default=initial,
            validate=fault,
            multiline=many,
            instruction="" if many else None,
            key_bindings=_keys(initial, many=many),
            bottom_toolbar=lambda: f" {self._trouble or hint}",
            prompt_continuation="   ",
            enable_suspend=True,
            **self._look,
        )
        text = self._run(prompt, question.key)
        return BACK if text.strip() == "<" else interview.typed(question, text)

    def _one_of(self, question: Question, initial: Value) -> Value | Back:
        values = question.values or question.options
        rows = list(zip(question.options, values, strict=True))
        return self._pick(rows, initial, skip=question.skip and not question.required)

    def _yes_or_no(self, question: Question, initial: Value) -> Value | Back:
        return self._pick([("yes", True), ("no", False)], initial, skip=not question.required)

    def _pick(
        self, rows: Sequence[tuple[str, Value]], initial: Value, *, skip: bool
    ) -> Value | Back:
        """Return the value of the row picked; the first, or `skip`, is under the pointer."""
        width = self._console.width - 8
        choices = [
            questionary.Choice(short(label, width), value=(value,), shortcut_key=_shortcut(number))
            for number, (label, value) in enumerate(rows, start=1)
        ]
        if skip:
            choices.insert(0, questionary.Choice("skip", value=(None,), shortcut_key="0"))
        chosen = next((c for c in choices if initial is not None and c.value == (initial,)), None)
        prompt = questionary.select(
            "",
            choices,
            default=chosen,
            pointer=PROMPT,
            instruction=_LIST,
            use_shortcuts=len(choices) <= 36,
            use_jk_keys=False,
            **self._look,
        )
        _back_key(prompt)
        found = self._run(prompt)
        return found if isinstance(found, Back) else found[0]

    def _some_of(self, question: Question, initial: Value) -> Value | Back:
        picked = initial if isinstance(initial, list) else []
        choices = [
            questionary.Choice(short(o, self._console.width - 8), value=o, checked=o in picked)
            for o in question.options
        ]

        def fault(found: list[str]) -> bool | str:
            return bool(found) or not question.required or "This one needs an answer."

        prompt = questionary.checkbox(
            "",
            choices,
            validate=fault,
            pointer=PROMPT,
            instruction=_MANY,
            use_jk_keys=False,
            **self._look,
        )
        _back_key(prompt)
        found = self._run(prompt)
        return found if isinstance(found, Back) else (found or None)

    # Before and beside a conversation

    def who(self, people: Sequence[Any], matches: Callable[[str], list[Any]]) -> str:
        """Return the name typed, which fits one person at most; '' for nobody."""
        self._question("Who did you talk with?", "Type a name; Enter alone: a talk with yourself.")

        def fault(text: str) -> bool | str:
            found = matches(text) if text.strip() else []
            return len(found) < 2 or f"Which one: {', '.join(p.name for p in found[:4])}?"

        prompt = questionary.autocomplete(
            "",
            [],
            completer=_Names(people),
            validate=fault,
            complete_while_typing=True,
            bottom_toolbar=" Enter: go on · Ctrl-C: stop",
            **self._look,
        )
        return line(self._run(prompt))

    def which(self, templates: Sequence[Template], usual: str) -> Template:
        """Return the template chosen from the list; `usual` is under the pointer at first."""
        self._question("Which conversation?", None)
        wide = max(len(t.title) for t in templates)
        width = self._console.width - 4
        choices = [
            questionary.Choice(
                _cut(f"{t.title:<{wide}}  {t.minutes:>3} min  {t.summary}", width), value=t
            )
            for t in templates
        ]
        prompt = questionary.select(
            "",
            choices,
            default=next(
                (c for t, c in zip(templates, choices, strict=True) if t.id == usual), None
            ),
            pointer=PROMPT,
            instruction="(arrows, or type to filter, then Enter)",
            use_search_filter=True,
            use_jk_keys=False,
            **self._look,
        )
        template: Template = self._run(prompt)
        return template

    def choose(self, ask: str, rows: Sequence[tuple[str, Any]]) -> Any:
        """Return the value of the row picked, or BACK."""
        self._question(ask, None)
        return self._pick(rows, None, skip=False)

    def words(self, ask: str, help: str | None = None, initial: str = "") -> str:
        """Return one line of words; '' when skipped."""
        self._question(ask, help)
        question = Question("", ask, Kind.LINE)
        reply = self._typed(question, initial)
        return "" if isinstance(reply, Back) or reply is None else str(reply)

    def agrees(self, question: str) -> bool:
        """Return whether the person says yes; Enter means no."""
        prompt = questionary.confirm(clean(question), default=False, **self._look)
        return bool(self._run(prompt))

    def title(self, words: str, aside: str) -> None:
        """Print what this conversation is, and the three keys that always work."""
        self._console.print()
        self._console.print(Text(clean(words), style="bold").append(f"  {aside}", style="dim"))
        self.tell(
            "Enter skips a question · < goes back · Ctrl-C pauses and loses nothing", dim=True
        )

    def tell(self, words: str, *, dim: bool = False, mark: str = "") -> None:
        """Print a remark between the questions."""
        text = f"{mark} {words}" if mark else words
        self._console.print(Indented(Text(clean(text), style="dim" if dim else "")))

    # What is on the screen around a question

    def _heading(self, question: Question, walk: Walk) -> None:
        stages = walk.talk.template.stages
        if question.key.startswith("review."):
            title, guidance = "Promises from last time", "Yours first. What became of each?"
            place: object = "review"
        elif question.stage:
            number = stages.index(question.stage) + 1
            title = f"{question.stage.title} · {number} of {len(stages)}"
            guidance, place = question.stage.guidance or "", question.stage.id
        else:
            return
        if place == self._stage:
            return
        self._stage = place
        self._console.print()
        self._console.rule(Text(clean(title), style="bold cyan"), align="left", style="cyan")
        if guidance:
            text = walk.talk.worded(guidance)
            self._console.print(Indented(Text(clean(text), style="dim italic")))

    def _question(self, ask: str, help: str | None, *, private: bool = False) -> None:
        shown = Text(clean(ask), style="bold")
        if private:
            shown.append("  private: stays out of plans and exports", style="dim")
        self._console.print()
        self._console.print(shown)
        if help:
            self.tell(help, dim=True)

    def _summary(self, walk: Walk) -> None:
        from coachlog.render import pages

        self._stage, self._summed_up = None, True
        self._console.print()
        self._console.rule(Text("To be saved", style="bold cyan"), align="left", style="cyan")
        self._console.print(pages.summary(walk.record(), walk.talk))

    # Running a prompt

    def _run(self, prompt: questionary.Question, key: str | None = None) -> Any:
        """Return the prompt's result; half-typed text is told to `on_half` while it is typed.

        Ctrl-C, Ctrl-D, a closed window and SIGTERM all end as KeyboardInterrupt, with what stands
        in the field told first.
        """
        self._app = prompt.application
        self._trouble = ""
        if key:

            def watch() -> None:
                prompt.application.create_background_task(self._watch(prompt, key))

            prompt.application.pre_run_callables.append(watch)
        try:
            with self._signals():
                return prompt.unsafe_ask()
        except (KeyboardInterrupt, EOFError):
            typed = prompt.application.current_buffer.text
            if key and typed not in ("", "<"):
                self._tell_half(key, typed)
            raise KeyboardInterrupt from None
        finally:
            self._app = None

    async def _watch(self, prompt: questionary.Question, key: str) -> None:
        buffer = prompt.application.current_buffer
        told = buffer.text
        while True:
            await asyncio.sleep(SAVE_EVERY)
            if buffer.text not in (told, "<"):
                told = buffer.text
                self._tell_half(key, told)

    def _tell_half(self, key: str, typed: str) -> None:
        try:
            self.on_half(key, typed)
            self._trouble = ""
        except CoachlogError as error:
            self._trouble = f"Not saved yet: {error.message}"

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
        app.loop.call_soon_threadsafe(lambda: app.exit(exception=KeyboardInterrupt))


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


def _keys(initial: str, *, many: bool) -> KeyBindings:
    """Return keys for a typed answer.

    In a long one Enter is a new line, and on an empty line it goes on. `<` in a field that is as
    it was offered takes the place of what stands there, so that one can go back further.
    """
    keys = KeyBindings()

    @keys.add("<")
    def _(event: Any) -> None:
        if event.current_buffer.text == initial:
            event.current_buffer.reset()
        event.current_buffer.insert_text("<")

    @keys.add("enter", filter=Condition(lambda: many))
    def _(event: Any) -> None:
        buffer = event.current_buffer
        untouched = buffer.text == initial
        if untouched or buffer.text == "<" or not buffer.document.current_line.strip():
            buffer.validate_and_handle()
        else:
            buffer.newline()

    return keys


def _back_key(prompt: questionary.Question) -> None:
    """Let `<` leave a list of choices, as it does a line."""
    bindings: Any = prompt.application.key_bindings
    bindings.add("<", eager=True)(lambda event: event.app.exit(result=BACK))


def _shortcut(number: int) -> str | bool:
    return str(number) if number <= 9 else True


def _usual(question: Question) -> str:
    """Return in words what an empty answer means."""
    if question.default == (question.until or question.base).isoformat():
        return "today"
    return dates.short(_date(question.default))


def _cut(words: str, width: int) -> str:
    words = clean(words)
    return words if len(words) <= width else words[: width - 1].rstrip() + "…"


def _as_typed(value: Value) -> str:
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, list) else str(value)


def _date(value: Value) -> Any:
    from datetime import date

    return date.fromisoformat(str(value))
