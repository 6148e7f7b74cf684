"""What is typed at a list to pick from: it moves the pointer, or is said to fit nothing."""

from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Any

from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from coachlog.terminal.row_words import (
    describe_several_rows,
    find_exact_row,
    list_worded_rows,
)
from coachlog.text import cut_line, fold_text

NO_ROW = -1
"""Where the pointer of a list is as long as Enter would say what nobody has said."""
_MOST_QUOTED = 18
_TYPED_AHEAD_SECONDS = 0.3
"""So soon after a line that was kept, nobody has read the list and means its first row."""


class ListTyping:
    """The text typed at a list: the number of a row, or words that a row has.

    A number is read whole, and means no row but its own. Words choose the row that they fit best.
    The pointer is at the first of several; Enter picks none of those, and says which they are.
    With a text that fits no row, Enter picks nothing: it was not meant for this list. Where there
    is somebody to keep it, it is a line that was typed ahead, and so is any with more to come.
    """

    def __init__(
        self,
        control: Any,
        labels: Sequence[str],
        keys_by_place: Mapping[int, str],
        keep_line: Callable[[str], None] | None = None,
        on_typing: Callable[[str], None] = lambda _text: None,
    ) -> None:
        """Take the list, the words of its rows and the number or letter of each.

        `keep_line` gets a line that fits no row, and `on_typing` the words whenever they change.
        """
        self._control = control
        self._labels = list(labels)
        self._places_by_key = {key: place for place, key in keys_by_place.items()}
        self._keep_line = keep_line
        self._on_typing = on_typing
        self._misfit: str | None = None
        self._first_place = control.pointed_at
        self._kept_at = -_TYPED_AHEAD_SECONDS
        self.text = ""

    def add_keys(self, bindings: KeyBindings) -> None:
        """Bind every key that types, chooses or moves; those of a list come before the others."""
        bindings.add(Keys.Any)(lambda event: self._add(event.data))
        bindings.add(Keys.Backspace)(lambda _event: self._type(self.text[:-1]))
        bindings.add(Keys.ControlU)(lambda _event: self._type(""))
        bindings.add(Keys.ControlM, eager=True)(self._pick)
        bindings.add(Keys.Down, eager=True)(self._move(self._control.select_next))
        bindings.add(Keys.Up, eager=True)(self._move(self._select_previous))
        bindings.add(Keys.Home)(self._move(lambda: self._point_at(0)))
        bindings.add(Keys.End)(
            self._move(lambda: self._point_at(len(self._labels) - 1))
        )

    @property
    def has_words(self) -> bool:
        """Return whether words stand there, and not just the number of a row."""
        is_number = self._keep_line is None and self.text.isdecimal()
        return bool(self.text) and not is_number

    def resume(self, text: str) -> None:
        """Let a text that was typed before stand there again."""
        self._type(text)

    def _list_places(self, text: str) -> list[int]:
        """Return the row of just this number, or with this number or letter, or the best fits."""
        query = fold_text(text)
        if query.isdecimal() and not self._has_own_numbers():
            exact_place = find_exact_row(self._labels, text)
            if exact_place is not None:
                return [exact_place]
        if query in self._places_by_key:
            return [self._places_by_key[query]]
        if query.isdecimal() and self._has_numbers():
            return []
        return list_worded_rows(
            self._labels, query, is_whole=self._keep_line is not None
        )

    def _has_own_numbers(self) -> bool:
        """Return whether the rows are of things that have numbers, and are not just counted."""
        keys = self._places_by_key
        return any(key != str(place + 1) for key, place in keys.items())

    def _has_numbers(self) -> bool:
        return any(key.isdecimal() for key in self._places_by_key)

    def _move(self, step: Callable[[], None]) -> Callable[[KeyPressEvent], None]:
        def move(_event: KeyPressEvent) -> None:
            self._type("")
            step()

        return move

    def _select_previous(self) -> None:
        self._point_at((max(self._control.pointed_at, 0) - 1) % len(self._labels))

    def _point_at(self, place: int) -> None:
        self._control.pointed_at = place

    def _is_typed_ahead(self, event: KeyPressEvent) -> bool:
        """Return whether Enter ends a line of notes, rather than picks a row.

        An empty line right behind a line that was kept is the next one.
        """
        keys = [press.key for press in event.key_processor.input_queue]
        has_more = any(key != Keys.CPRResponse for key in keys)
        is_next = not self.text and monotonic() - self._kept_at < _TYPED_AHEAD_SECONDS
        return self._misfit is not None or has_more or is_next

    def _keep_text(self, keep_line: Callable[[str], None]) -> None:
        message = self._control.error_message
        if self.text:
            quote = cut_line(self.text, _MOST_QUOTED)
            words = f" “{quote}” is kept for your notes."
            message = [("class:instruction", words)]
        keep_line(self.text)
        self._type("")
        # The words may have moved the pointer, which nobody has seen.
        self._control.pointed_at = self._first_place
        self._control.error_message = message
        self._kept_at = monotonic()

    def _pick(self, event: KeyPressEvent) -> None:
        if self._keep_line is not None and self._is_typed_ahead(event):
            self._keep_text(self._keep_line)
            return
        if self._misfit is not None:
            self._show_error(self._misfit)
        if self._control.error_message is not None:
            return
        if self._control.pointed_at == NO_ROW:
            self._show_error(f" Choose one: {self._name_keys()}.")
            return
        event.app.exit(result=self._control.get_pointed_at().value)

    def _add(self, text: str) -> None:
        """Put more behind what is typed; a number after words that fit nothing begins afresh."""
        is_number = text.isdecimal() and not self.text.isdecimal()
        longer_text = self.text + text
        is_afresh = is_number and self._misfit is not None and self._keep_line is None
        if is_afresh and not self._list_places(longer_text):
            self._type(text)
        else:
            self._type(longer_text)

    def _type(self, text: str) -> None:
        if not text.isprintable():
            return  # a key such as an arrow to the left, or Ctrl-K
        self.text = text
        self._on_typing("" if text in self._places_by_key else text)
        self._misfit = None
        self._control.error_message = None
        if not fold_text(text):
            return
        places = self._list_places(text)
        if places:
            self._control.pointed_at = places[0]
            if len(places) > 1:
                self._misfit = self._describe_fits(places)
            return
        self._misfit = self._describe_misfit()
        if not self._begins_number(text):
            self._show_error(self._misfit)

    def _begins_number(self, text: str) -> bool:
        """Return whether the digits so far are the first ones of a row's number."""
        query = fold_text(text)
        return query.isdecimal() and any(
            key.startswith(query) for key in self._places_by_key
        )

    def _show_error(self, words: str) -> None:
        self._control.error_message = [("class:validation-toolbar", words)]

    def _describe_misfit(self) -> str:
        quote = cut_line(" ".join(self.text.split()), _MOST_QUOTED)
        effect = "" if self._keep_line is None else " Enter keeps it for your notes."
        return f" “{quote}” fits none of these: type {self._name_keys()}.{effect}"

    def _describe_fits(self, places: Sequence[int]) -> str:
        keys_by_place = {place: key for key, place in self._places_by_key.items()}
        quote = cut_line(" ".join(self.text.split()), _MOST_QUOTED)
        words = describe_several_rows(quote, [keys_by_place[place] for place in places])
        return f" {words}"

    def _name_keys(self) -> str:
        return name_row_keys(list(self._places_by_key))


def name_row_keys(keys: Sequence[str]) -> str:
    """Return what to type for a row: `y or n`, `a number, 1-5`, or `the number of a row`.

    The last is for things that have numbers of their own, which do not follow each other.
    """
    if not all(key.isdecimal() for key in keys):
        return join_choices(keys)
    first, last = int(keys[0]), int(keys[-1])
    if first > 1 or [int(key) for key in keys] != list(range(first, last + 1)):
        return "the number of a row"
    if len(keys) > 2:
        return f"a number, {first}-{last}"
    return f"a number, {' or '.join(keys)}"


def join_choices(keys: Sequence[str]) -> str:
    """Return keys as a sentence has them: `0, y or n`."""
    *first_keys, last_key = keys
    return f"{', '.join(first_keys)} or {last_key}" if first_keys else last_key
