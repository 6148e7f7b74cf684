"""The prompts themselves, ready to run: fields to type in and lists to pick from.

The only importer of questionary.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import questionary
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import to_filter
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import Dimension
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.styles import Style
from questionary.prompts.common import InquirerControl

from coachlog import asciify
from coachlog.interview import BACK
from coachlog.model import AnswerValue, Person
from coachlog.model.templates import Template
from coachlog.names import match_by_name
from coachlog.terminal.drawing import POINTER
from coachlog.terminal.fields import means_back
from coachlog.terminal.list_typing import ListTyping
from coachlog.terminal.picker import Picker, PickerRow, build_picker_application
from coachlog.terminal.review_table import (
    ReviewApplication,
    ReviewTable,
    ReviewView,
    join_hints,
)
from coachlog.text import clean_text, fold_text, shorten_text

Prompt = questionary.Question
Validator = Callable[[Any], bool | str]
"""Returns True for an answer that will do, or says what is wrong with it."""
Look = dict[str, Any]
"""The style and the output that every prompt is drawn with."""

_LIST_HINT = "(arrows or a number, then Enter{back})"
_CHECKBOX_HINT = "(Space selects, Enter carries on{back})"
_MAX_SHORTCUTS = 36  # questionary has the digits and the letters
_STYLE = Style.from_dict(
    {
        # Without noinherit a style adds to questionary's own: typed words in orange, which nobody
        # can read on white, marks as solid blocks, and errors in red on dark red.
        "qmark": "fg:ansicyan bold",
        "question": "",
        "answer": "noinherit",
        "pointer": "fg:ansicyan bold",
        "highlighted": "bold",
        "selected": "noinherit fg:ansicyan",
        "heading": "fg:ansicyan bold",
        "instruction": "fg:ansibrightblack",
        "bottom-toolbar": "noreverse fg:ansibrightblack",
        "validation-toolbar": "noinherit fg:ansired bold",
        "completion-menu.completion": "noreverse",
        "completion-menu.completion.current": "reverse",
    }
)


class ListRow(NamedTuple):
    """One row of a list; `shortcut` is the key that picks it, True for one that is free."""

    label: str
    value: AnswerValue
    shortcut: str | bool


def build_look(*, color: bool, ascii: bool) -> Look:
    """Return the look of every prompt; all of them are drawn on stderr, as stdout is the answer."""
    stream: Any = asciify.AsciiStream(sys.stderr) if ascii else sys.stderr
    return {
        "style": _STYLE,
        "color_depth": None if color else ColorDepth.DEPTH_1_BIT,
        "output": create_output(stdout=stream),
    }


def format_back_hint(*, back: bool) -> str:
    """Return the words for the key that goes back, to put after others; '' where there is none."""
    return " · <: back" if back else ""


def _keep_hint_in_sight(prompt: Prompt) -> Prompt:
    """Return a prompt whose hint is directly under its field."""
    for window in prompt.application.layout.find_all_windows():
        if window.content is prompt.application.layout.current_control:
            window.dont_extend_height = to_filter(True)
    return prompt


def _wrap_hint(look: Look, toolbar: Callable[[], str]) -> Callable[[], str]:
    """Return a toolbar whose hints are on as many lines as they need: a line would be cut."""

    def format_lines() -> str:
        columns = look["output"].get_size().columns
        lines: list[str] = []
        for line in toolbar().split("\n"):
            lines += join_hints(line.strip().split(" · "), columns - 2)
        return "\n".join(f" {line}" for line in lines)

    return format_lines


def build_text_field(
    look: Look,
    initial: str,
    validate: Validator,
    toolbar: Callable[[], str],
    *,
    several_lines: bool,
    refresh_seconds: float,
) -> Prompt:
    """Return a field that ends with the text typed; the toolbar is the line below it."""
    prompt = questionary.text(
        "",
        default=initial,
        validate=validate,
        qmark=POINTER,
        multiline=several_lines,
        instruction="" if several_lines else None,
        key_bindings=_build_enter_key(initial) if several_lines else None,
        bottom_toolbar=_wrap_hint(look, toolbar),
        prompt_continuation="   ",
        enable_suspend=True,
        refresh_interval=refresh_seconds,
        **look,
    )
    return _keep_hint_in_sight(prompt)


def build_notes_box(look: Look, initial: str, toolbar: Callable[[], str]) -> Prompt:
    """Return a box of many lines that ends with the text typed.

    Enter starts a new line and, on an empty one, ends the box; so does Ctrl-D anywhere.
    """
    keys = KeyBindings()
    keys.add("enter")(_start_line_or_end)
    keys.add("c-d", eager=True)(
        lambda event: event.current_buffer.validate_and_handle()
    )
    prompt = questionary.text(
        "",
        default=initial,
        qmark=POINTER,
        multiline=True,
        instruction="",
        key_bindings=keys,
        bottom_toolbar=_wrap_hint(look, toolbar),
        prompt_continuation="   ",
        enable_suspend=True,
        **look,
    )
    return _keep_hint_in_sight(prompt)


def build_number_field(
    look: Look, letters: Sequence[str], toolbar: Callable[[], str]
) -> Prompt:
    """Return a field that ends with the digits typed before Enter, '' for Enter alone.

    One of the letters ends it at once with that letter, and `<` or Esc with BACK; any other key is
    ignored.
    """
    keys = KeyBindings()
    keys.add("<any>")(lambda _event: None)
    for digit in "0123456789":
        keys.add(digit)(lambda event: event.current_buffer.insert_text(event.data))
    for letter in letters:
        keys.add(letter, eager=True)(_leave_with(letter))
        keys.add(letter.upper(), eager=True)(_leave_with(letter))
    keys.add("<", eager=True)(_leave_with(BACK))
    keys.add("escape")(_leave_with(BACK))
    prompt = questionary.text(
        "",
        qmark=POINTER,
        key_bindings=keys,
        bottom_toolbar=_wrap_hint(look, toolbar),
        erase_when_done=True,
        **look,
    )
    return _keep_hint_in_sight(prompt)


def build_letter_field(
    look: Look,
    options: Sequence[str],
    offered: AnswerValue,
    toolbar: Callable[[], str],
    *,
    back: bool,
) -> Prompt:
    """Return a field that ends with the option whose first letter is pressed.

    Enter ends it with what was offered, and `<` with BACK.
    """
    keys = KeyBindings()
    keys.add("<any>")(lambda _event: None)  # any other letter is ignored
    for option in options:
        letter = option[0]
        keys.add(letter, eager=True)(_leave_with(option))
        keys.add(letter.upper(), eager=True)(_leave_with(option))
    keys.add("enter", eager=True)(_leave_with(offered))
    if back:
        keys.add("<", eager=True)(_leave_with(BACK))
    prompt = questionary.text(
        "",
        qmark=POINTER,
        key_bindings=keys,
        bottom_toolbar=_wrap_hint(look, toolbar),
        erase_when_done=True,
        **look,
    )
    return _keep_hint_in_sight(prompt)


def build_list(
    look: Look,
    rows: Sequence[ListRow],
    offered: AnswerValue,
    *,
    width: int,
    back: bool,
    keep_line: Callable[[str], None] | None = None,
) -> Prompt:
    """Return a list that ends with the place of the row picked, counted from 0, or with BACK.

    The pointer is first on the row whose value was offered, else on the first row. `keep_line` gets
    each line typed that fits no row.
    """
    choices = [
        questionary.Choice(
            shorten_text(row.label, width), value=place, shortcut_key=row.shortcut
        )
        for place, row in enumerate(rows)
    ]
    values = [row.value for row in rows]
    default = None
    if offered is not None and offered in values:
        default = choices[values.index(offered)]
    prompt = questionary.select(
        "",
        choices,
        default=default,
        qmark=POINTER,
        pointer=POINTER,
        instruction=_LIST_HINT.format(back=format_back_hint(back=back)),
        use_shortcuts=len(choices) <= _MAX_SHORTCUTS,
        use_jk_keys=False,
        erase_when_done=True,
        **look,
    )
    _add_typing_keys(prompt, rows, keep_line)
    if back:
        _add_back_key(prompt)
    return prompt


def build_checkbox_list(
    look: Look,
    labels: Mapping[str, str],
    ticked: AnswerValue,
    validate: Validator,
    *,
    height: int,
    back: bool,
) -> Prompt:
    """Return a list that ends with the values ticked, or with BACK; it scrolls within its height.

    `labels` are the rows by value; those in the list `ticked` have a tick at first.
    """
    ticked_values: Sequence[object] = ticked if isinstance(ticked, list) else ()
    choices = [
        questionary.Choice(label, value=value, checked=value in ticked_values)
        for value, label in labels.items()
    ]
    prompt = questionary.checkbox(
        "",
        choices,
        validate=validate,
        qmark=POINTER,
        pointer=POINTER,
        instruction=_CHECKBOX_HINT.format(back=format_back_hint(back=back)),
        use_jk_keys=False,
        erase_when_done=True,
        **look,
    )
    _limit_list_height(prompt, height)
    if back:
        _add_back_key(prompt)
    return prompt


def build_name_field(
    look: Look, people: Sequence[Person], validate: Validator
) -> Prompt:
    """Return a field that offers people while a name is typed, and ends with the text typed."""
    return questionary.autocomplete(
        "",
        [],
        completer=_NameCompleter(people),
        validate=validate,
        qmark=POINTER,
        validate_while_typing=False,
        complete_while_typing=True,
        bottom_toolbar=" Enter: carry on · Ctrl-C: stop",
        enable_suspend=True,
        **look,
    )


def build_confirm(look: Look, question: str) -> Prompt:
    """Return a question that ends with True or False; Enter means False."""
    return questionary.confirm(
        clean_text(question), default=False, qmark=POINTER, **look
    )


def build_template_picker(
    look: Look,
    groups: Sequence[tuple[str, Sequence[Template]]],
    get_size: Callable[[], tuple[int, int]],
) -> Prompt:
    """Return a list of templates under headings, filtered by typing; it ends with a template.

    `get_size` returns the columns and lines of the terminal.
    """
    title_width = max(len(template.title) for _, group in groups for template in group)
    picker_groups = []
    for heading, group in groups:
        rows = [_build_template_row(template, title_width) for template in group]
        picker_groups.append((heading, rows))
    application = build_picker_application(
        Picker(picker_groups), POINTER, get_size, **look
    )
    return Prompt(application)


def build_review_prompt(look: Look, table: ReviewTable, view: ReviewView) -> Prompt:
    """Return the table of promises; it ends with the outcome of each by its number, or BACK."""
    return Prompt(ReviewApplication(table, view, **look))


class _NameCompleter(Completer):
    """Offers people by any part of their name, most alike first, ignoring case and accents."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = people

    def get_completions(
        self, document: Document, _event: CompleteEvent
    ) -> Iterator[Completion]:
        query = fold_text(document.text)
        if not query:
            return
        matches = match_by_name(self._people, document.text)
        for person in self._people:
            if person not in matches and query in fold_text(person.name):
                matches.append(person)
        for person in matches:
            yield Completion(
                person.name,
                start_position=-len(document.text),
                display_meta=person.role or person.relationship.value,
            )


def _build_template_row(template: Template, title_width: int) -> PickerRow:
    texts = [template.id, template.title, template.summary, template.source or ""]
    for stage in template.stages:
        texts += [stage.title, stage.guidance or ""]
        for prompt in stage.prompts:
            texts += [prompt.ask, prompt.help or "", *prompt.options]
    return PickerRow(
        label=f"{clean_text(template.title):<{title_width}}",
        detail=f"{template.minutes:>3} min",
        summary=clean_text(template.summary),
        search_text=clean_text(" ".join(texts)),
        value=template,
    )


def _build_enter_key(initial: str) -> KeyBindings:
    """Return the Enter key of a long answer: a new line, or on an empty line the end."""
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: Any) -> None:
        buffer = event.current_buffer
        is_unchanged = buffer.text == initial or means_back(buffer.text, initial)
        if is_unchanged or not buffer.document.current_line.strip():
            buffer.validate_and_handle()
        else:
            buffer.newline()

    return keys


def _start_line_or_end(event: Any) -> None:
    """Start a new line; end a field in which the current one is empty.

    What is pasted arrives in one piece, so with more keys to come Enter is part of a paste.
    """
    buffer = event.current_buffer
    is_pasted = bool(event.key_processor.input_queue)
    if is_pasted or buffer.document.current_line.strip():
        buffer.newline()
    else:
        buffer.validate_and_handle()


def _leave_with(reply: Any) -> Callable[[Any], None]:
    return lambda event: event.app.exit(result=reply)


def _add_typing_keys(
    prompt: Prompt, rows: Sequence[ListRow], keep_line: Callable[[str], None] | None
) -> None:
    """Let what is typed at a list choose a row, so that no letter is lost in silence."""
    keys_by_place = {
        place: row.shortcut
        for place, row in enumerate(rows)
        if isinstance(row.shortcut, str)
    }
    labels = [row.label for row in rows]
    bindings: Any = prompt.application.key_bindings
    control = _find_list_control(prompt)
    ListTyping(control, labels, keys_by_place, keep_line).add_keys(bindings)


def _find_list_control(prompt: Prompt) -> InquirerControl:
    windows = prompt.application.layout.find_all_windows()
    controls = [window.content for window in windows]
    return next(control for control in controls if isinstance(control, InquirerControl))


def _add_back_key(prompt: Prompt) -> None:
    """Let `<` leave a list, as it leaves a field."""
    bindings: Any = prompt.application.key_bindings
    bindings.add("<", eager=True)(_leave_with(BACK))


def _limit_list_height(prompt: Prompt, rows: int) -> None:
    """Let a long list scroll within so many rows, so that its question stays in sight."""
    for window in prompt.application.layout.find_all_windows():
        if isinstance(window.content, InquirerControl):
            window.height = Dimension(max=max(3, rows))
