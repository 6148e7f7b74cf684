"""The prompts themselves, ready to run: fields to type in and lists to pick from.

The only importer of questionary.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from questionary.prompts.common import InquirerControl

from coachlog.model.answers import AnswerValue
from coachlog.model.people import Person
from coachlog.model.templates import Template
from coachlog.named_tuples import NamedTuple
from coachlog.names.matching import match_by_name
from coachlog.phrasing.relationships import describe_relationship
from coachlog.terminal.drawing import POINTER
from coachlog.terminal.keys import (
    Guide,
    Place,
    add_field_keys,
    add_line_keys,
    add_list_keys,
    add_text_keys,
    has_more_keys,
    let_words_in,
)
from coachlog.terminal.layouts import (
    CountLines,
    format_skipped,
    lay_out_field,
    lay_out_list,
    wrap_words,
)
from coachlog.terminal.list_typing import NO_ROW, ListTyping, join_choices
from coachlog.terminal.looks import Look
from coachlog.terminal.word_wrap import WordWrap
from coachlog.text import clean_text, cut_line, fold_text, shorten_text

# The list of conversations and the table of promises are imported where they are asked for: the
# first prompt is mostly another one.
if TYPE_CHECKING:
    from coachlog.terminal.picker import PickerRow
    from coachlog.terminal.review_table import ReviewTable, ReviewView

Prompt = questionary.Question
Validator = Callable[[Any], bool | str]
"""Returns True for an answer that will do, or says what is wrong with it."""

_MARGIN = "   "  # as wide as the pointer before the first row
_LIST_HINT = "arrows, a number or words, then Enter{back} · ?: help"
_LETTERS_HINT = "arrows, {letters}, then Enter{back} · ?: help"
_CHECKBOX_HINT = "Space: mark · Enter: carry on{back} · ?: help"
_TICKED_INDENT = " " * 5  # the pointer and the mark
_MOST_LABEL_LINES = 4
_LEAST_LABEL_ROOM = 160  # in a window of few columns: it takes more lines there
_NAME_HINT = "Enter: next · ?: help · Ctrl-C: stop"
_CONFIRM_MARGIN = len("›  ") + len(" Yes")
_CONFIRM_HINT = " y: {yes} · n or Enter: {no} · ?: help"
_CONFIRM_KEYS = ("y and n answer at once; Enter alone means no, and changes nothing.",)


class ListRow(NamedTuple):
    """One row of a list; `key` is the number that picks it, or the letter of yes and no."""

    label: str
    value: AnswerValue
    key: str


def format_back_hint(*, back: bool) -> str:
    """Return the words for the key that goes back, to put after others; '' where there is none."""
    return " · <: back" if back else ""


def build_text_field(
    look: Look,
    initial: str,
    validate: Validator,
    toolbar: Callable[[Document], str],
    *,
    place: Place,
    several_lines: bool,
    refresh_seconds: float,
    is_skipped_by_enter: bool = False,
) -> Prompt:
    """Return a field that ends with the text typed, or with BACK.

    The toolbar is the line below it, for the document in the field.
    """
    guide = Guide(place)
    prompt = questionary.text(
        "",
        default=initial,
        validate=validate,
        qmark=POINTER,
        multiline=several_lines,
        instruction="" if several_lines else None,
        prompt_continuation=_MARGIN,
        input_processors=[WordWrap(len(_MARGIN))],
        placeholder=format_skipped if is_skipped_by_enter else None,
        enable_suspend=True,
        refresh_interval=refresh_seconds,
        **look,
    )

    def format_toolbar() -> str:
        return guide.format_hint(toolbar(prompt.application.current_buffer.document))

    lay_out_field(prompt.application, format_toolbar)
    keys = add_field_keys(prompt.application, place, guide, initial)
    if several_lines:
        add_text_keys(keys, initial)
    else:
        add_line_keys(keys)
    return prompt


def build_notes_box(
    look: Look, initial: str, toolbar: Callable[[], str], *, place: Place
) -> Prompt:
    """Return a box of many lines that ends with the text typed.

    Enter starts a new line and, on an empty one, ends the box; so does Ctrl-D anywhere.
    """
    guide = Guide(place)
    prompt = questionary.text(
        "",
        default=initial,
        qmark=POINTER,
        multiline=True,
        instruction="",
        prompt_continuation=_MARGIN,
        input_processors=[WordWrap(len(_MARGIN))],
        enable_suspend=True,
        **look,
    )
    lay_out_field(prompt.application, lambda: guide.format_hint(toolbar()))
    keys = add_field_keys(prompt.application, place, guide, initial)
    add_text_keys(keys, initial)
    keys.add("enter")(_start_line_or_end)
    keys.add("c-d", eager=True)(
        lambda event: event.current_buffer.validate_and_handle()
    )
    return prompt


def build_number_field(
    look: Look, letters: Sequence[str], toolbar: Callable[[], str], *, place: Place
) -> Prompt:
    """Return a field that ends with what was typed before Enter: digits, a letter, or nothing.

    One of the letters needs Enter as the digits do: what it opens would take that for its own.
    `<` or Esc ends the field with BACK; any other key is ignored.
    """

    def type_digit(event: KeyPressEvent) -> None:
        if not event.current_buffer.text.isalpha():
            event.current_buffer.insert_text(event.data)

    def type_letter(event: KeyPressEvent) -> None:
        if not event.current_buffer.text:
            event.current_buffer.insert_text(event.data.lower())

    keys = KeyBindings()
    keys.add("<any>")(lambda _event: None)
    for digit in "0123456789":
        keys.add(digit)(type_digit)
    for letter in letters:
        keys.add(letter)(type_letter)
        keys.add(letter.upper())(type_letter)
    return _build_key_field(look, keys, toolbar, place)


def build_letter_field(
    look: Look,
    options: Sequence[str],
    offered: AnswerValue,
    toolbar: Callable[[], str],
    *,
    place: Place,
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
    return _build_key_field(look, keys, toolbar, place)


def _build_key_field(
    look: Look, keys: KeyBindings, toolbar: Callable[[], str], place: Place
) -> Prompt:
    """Return a field with no keys but these and those of a list."""
    guide = Guide(place)
    prompt = questionary.text(
        "",
        qmark=POINTER,
        key_bindings=keys,
        erase_when_done=True,
        **look,
    )
    lay_out_field(prompt.application, lambda: guide.format_hint(toolbar()))
    add_list_keys(prompt.application, place, guide)
    return prompt


def build_list(
    look: Look,
    rows: Sequence[ListRow],
    offered: AnswerValue,
    *,
    width: int,
    place: Place,
    count_lines_above: CountLines = lambda: 0,
    points_first: bool = True,
    keep_line: Callable[[str], None] | None = None,
    on_typing: Callable[[str], None] = lambda _text: None,
) -> Prompt:
    """Return a list that ends with the place of the row picked, counted from 0, or with BACK.

    The pointer is first on the row whose value was offered, else on the first row; or on none, so
    that Enter alone picks nothing. `keep_line` gets each line typed that fits no row, `on_typing`
    the text whenever it changes. A text that was offered and is no value stands there typed.
    """
    key_width = max(len(row.key) for row in rows)
    choices = [
        questionary.Choice(
            _format_list_row(row, width, key_width), value=number, shortcut_key=False
        )
        for number, row in enumerate(rows)
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
        use_jk_keys=False,
        erase_when_done=True,
        **look,
    )
    hint = _format_list_hint(rows, back=place.back)
    control = _find_list_control(prompt)
    if default is None and not points_first:
        control.pointed_at = NO_ROW
    typing = _add_typing_keys(prompt, rows, keep_line, on_typing)
    if isinstance(offered, str) and default is None:
        typing.resume(offered)
    guide = Guide(place)
    lay_out_list(
        prompt.application,
        control,
        lambda: typing.text,
        lambda: guide.format_hint(hint),
        count_lines_above,
    )
    add_list_keys(prompt.application, place, guide, lambda: typing.has_words)
    let_words_in(prompt.application, is_kept=keep_line is not None)
    return prompt


def build_checkbox_list(
    look: Look,
    labels: Mapping[str, str],
    ticked: AnswerValue,
    validate: Validator,
    *,
    width: int,
    place: Place,
    count_lines_above: CountLines = lambda: 0,
    is_table: bool = False,
) -> Prompt:
    """Return a list that ends with the values ticked, or with BACK.

    `labels` are the rows by value; those in the list `ticked` have a tick at first. A row of a
    table keeps its columns and is cut, any other is wrapped.
    """
    ticked_values: Sequence[object] = ticked if isinstance(ticked, list) else ()
    choices = [
        questionary.Choice(
            cut_line(label, width)
            if is_table
            else _wrap_label(label, width, _TICKED_INDENT),
            value=value,
            checked=value in ticked_values,
        )
        for value, label in labels.items()
    ]
    prompt = questionary.checkbox(
        "",
        choices,
        validate=validate,
        qmark=POINTER,
        pointer=POINTER,
        use_jk_keys=False,
        erase_when_done=True,
        **look,
    )
    hint = _CHECKBOX_HINT.format(back=format_back_hint(back=place.back))
    control = _find_list_control(prompt)
    guide = Guide(place)
    lay_out_list(
        prompt.application,
        control,
        lambda: "",
        lambda: guide.format_hint(hint),
        count_lines_above,
    )
    add_list_keys(prompt.application, place, guide)
    return prompt


def build_name_field(
    look: Look, people: Sequence[Person], validate: Validator, *, place: Place
) -> Prompt:
    """Return a field that offers people while a name is typed, and ends with the text typed."""
    guide = Guide(place)
    prompt = questionary.autocomplete(
        "",
        [],
        completer=_NameCompleter(people),
        validate=validate,
        qmark=POINTER,
        validate_while_typing=False,
        complete_while_typing=True,
        enable_suspend=True,
        **look,
    )
    lay_out_field(prompt.application, lambda: guide.format_hint(_NAME_HINT))
    add_line_keys(add_field_keys(prompt.application, place, guide))
    return prompt


def build_confirm(
    look: Look, question: str, *, yes: str = "yes", no: str = "no"
) -> Prompt:
    """Return a question that ends with True or False, or BACK; Enter means False.

    `yes` and `no` say what each of the two does, where the question alone does not.
    """
    hint = _CONFIRM_HINT.format(yes=yes, no=no)
    place = Place(keys=_CONFIRM_KEYS, back=True, letters="ynYN")
    guide = Guide(place)
    columns = look["output"].get_size().columns - _CONFIRM_MARGIN
    prompt = questionary.confirm(
        "\n".join(wrap_words(clean_text(question), columns, "  ")),
        default=False,
        qmark=POINTER,
        instruction="",
        **look,
    )
    lay_out_field(prompt.application, lambda: guide.format_hint(hint))
    add_list_keys(prompt.application, place, guide)
    return prompt


def build_template_picker(
    look: Look,
    groups: Sequence[tuple[str, Sequence[Template]]],
    get_size: Callable[[], tuple[int, int]],
    *,
    place: Place,
) -> Prompt:
    """Return a list of templates under headings, filtered by typing.

    It ends with a template, or with BACK. `get_size` returns the columns and lines of the terminal.
    """
    from coachlog.terminal.picker import Picker, build_picker_application

    title_width = max(len(template.title) for _, group in groups for template in group)
    picker_groups = []
    for heading, group in groups:
        rows = [_build_template_row(template, title_width) for template in group]
        picker_groups.append((heading, rows))
    picker = Picker(picker_groups, format_back_hint(back=place.back))
    application = build_picker_application(picker, POINTER, get_size, **look)
    guide = Guide(place, lambda: setattr(picker, "remarks", guide.lines))
    add_list_keys(
        application,
        place,
        guide,
        lambda: bool(picker.filter_text),
        lambda: picker.set_filter(""),
    )
    return Prompt(application)


def build_review_prompt(look: Look, table: "ReviewTable", view: "ReviewView") -> Prompt:
    """Return the table of promises; it ends with the outcome of each by its number, or BACK."""
    from coachlog.terminal.review_table import ReviewApplication

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
                display_meta=person.role or describe_relationship(person.relationship),
            )


def _build_template_row(template: Template, title_width: int) -> "PickerRow":
    from coachlog.terminal.picker import PickerRow
    from coachlog.terminal.template_search import (
        join_template_names,
        join_template_words,
    )

    return PickerRow(
        label=f"{clean_text(template.title):<{title_width}}",
        detail=f"{template.minutes:>3} min",
        summary=clean_text(template.summary),
        get_search_text=cache(partial(join_template_words, template)),
        value=template,
        names=join_template_names(template),
    )


def _start_line_or_end(event: Any) -> None:
    """Start a new line; end a field in which the current one is empty.

    What is pasted arrives in one piece, so with more keys to come Enter is part of a paste.
    """
    buffer = event.current_buffer
    if has_more_keys(event) or buffer.document.current_line.strip():
        buffer.newline(copy_margin=False)
    else:
        buffer.validate_and_handle()


def _leave_with(reply: Any) -> Callable[[Any], None]:
    return lambda event: event.app.exit(result=reply)


def _add_typing_keys(
    prompt: Prompt,
    rows: Sequence[ListRow],
    keep_line: Callable[[str], None] | None,
    on_typing: Callable[[str], None],
) -> ListTyping:
    """Let what is typed at a list choose a row, so that no letter is lost in silence."""
    keys_by_place = {place: row.key for place, row in enumerate(rows)}
    labels = [row.label for row in rows]
    bindings: Any = prompt.application.key_bindings
    control = _find_list_control(prompt)
    typing = ListTyping(control, labels, keys_by_place, keep_line, on_typing)
    typing.add_keys(bindings)
    return typing


def _format_list_row(row: ListRow, width: int, key_width: int) -> str:
    """Return the number and the words of a row; the keys end below each other."""
    key = f"{row.key:>{key_width}}) "
    label = _wrap_label(row.label, width - key_width + 1, _MARGIN + " " * len(key))
    return f"{key}{label}"


def _format_list_hint(rows: Sequence[ListRow], *, back: bool) -> str:
    back_hint = format_back_hint(back=back)
    if all(row.key.isdecimal() for row in rows):
        return _LIST_HINT.format(back=back_hint)
    letters = join_choices([row.key for row in rows])
    return _LETTERS_HINT.format(letters=letters, back=back_hint)


def _wrap_label(label: str, columns: int, indent: str) -> str:
    """Return the words of a row; the lines after the first stand under them."""
    words = shorten_text(label, max(_MOST_LABEL_LINES * columns, _LEAST_LABEL_ROOM))
    return f"\n{indent}".join(wrap_words(words, columns))


def _find_list_control(prompt: Prompt) -> InquirerControl:
    windows = prompt.application.layout.find_all_windows()
    controls = [window.content for window in windows]
    return next(control for control in controls if isinstance(control, InquirerControl))
