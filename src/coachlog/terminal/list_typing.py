"""What is typed at a list to pick from: it moves the pointer, or is said to fit nothing."""

from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Any

from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from coachlog.text import cut_line, fold_text

NO_ROW = -1
"""Where the pointer of a list is as long as Enter would say what nobody has said."""
_MOST_QUOTED = 18
_TYPED_AHEAD_SECONDS = 0.3
"""So soon after a line that was kept, nobody has read the list and means its first row."""


class ListTyping:
    """The text typed at a list, which chooses the first row that has a word beginning like it.

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
        """Take the list, the words and keys of its rows, who keeps lines and who sees the text."""
        self._control = control
        self._labels = [fold_text(label) for label in labels]
        self._keys_by_place = keys_by_place
        self._keep_line = keep_line
        self._on_typing = on_typing
        self._is_misfit = False
        self._first_place = control.pointed_at
        self._kept_at = -_TYPED_AHEAD_SECONDS
        self.text = ""

    def add_keys(self, bindings: KeyBindings) -> None:
        """Bind every key that types, chooses or moves; those of a list come before the others."""
        bindings.add(Keys.Any)(lambda event: self._type(self.text + event.data))
        bindings.add(Keys.Backspace)(lambda _event: self._type(self.text[:-1]))
        bindings.add(Keys.ControlU)(lambda _event: self._type(""))
        bindings.add(Keys.ControlM, eager=True)(self._pick)
        bindings.add(Keys.Down, eager=True)(self._move(self._control.select_next))
        bindings.add(Keys.Up, eager=True)(self._move(self._select_previous))
        bindings.add(Keys.Home)(self._move(lambda: self._point_at(0)))
        bindings.add(Keys.End)(
            self._move(lambda: self._point_at(len(self._labels) - 1))
        )
        for place, key in self._keys_by_place.items():
            bindings.add(key, eager=True)(self._press(place, key))

    def resume(self, text: str) -> None:
        """Let a text that was typed before stand there again."""
        self._type(text)

    def find_place(self, text: str) -> int | None:
        """Return the first row that begins like a text, or has a word that does; None for none."""
        query = fold_text(text)
        for place, label in enumerate(self._labels):
            if label.startswith(query):
                return place
        for place, label in enumerate(self._labels):
            if f" {query}" in label:
                return place
        return None

    def _press(self, place: int, key: str) -> Callable[[KeyPressEvent], None]:
        """Return what the key of a row does: a digit chooses it, whatever was typed before."""

        def press(_event: KeyPressEvent) -> None:
            is_line = self._keep_line is not None
            if self.text and (is_line or not key.isdigit()):
                return self._type(self.text + key)
            self._type("")
            self.text = "" if key.isdigit() and not is_line else key
            self._control.pointed_at = place
            return None

        return press

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
        return self._is_misfit or has_more or is_next

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
        if self._is_misfit or self._control.error_message is not None:
            return
        if self._control.pointed_at == NO_ROW:
            self._control.error_message = [
                ("class:validation-toolbar", f" Choose one: {self._name_keys()}.")
            ]
            return
        event.app.exit(result=self._control.get_pointed_at().value)

    def _type(self, text: str) -> None:
        if not text.isprintable():
            return  # a key such as an arrow to the left, or Ctrl-K
        self.text = text
        self._on_typing(text)
        self._is_misfit = False
        self._control.error_message = None
        if not fold_text(text):
            return
        place = self.find_place(text)
        if place is not None:
            self._control.pointed_at = place
            return
        self._is_misfit = True
        self._control.error_message = [
            ("class:validation-toolbar", self._describe_misfit())
        ]

    def _describe_misfit(self) -> str:
        quote = cut_line(" ".join(self.text.split()), _MOST_QUOTED)
        effect = "" if self._keep_line is None else " Enter keeps it for your notes."
        return f" “{quote}” fits none of these: type {self._name_keys()}.{effect}"

    def _name_keys(self) -> str:
        keys = list(self._keys_by_place.values())
        choice = " or ".join(keys)
        if len(keys) > 2:
            choice = f"{keys[0]}-{keys[-1]}"
        kind = "a number, " if choice[0].isdigit() else ""
        return f"{kind}{choice}"
