"""Runs one prompt at a time: passes on what is half-typed, and stops it cleanly on a signal."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from coachlog.terminal.fields import means_back
from coachlog.terminal.widgets import Prompt

SAVE_INTERVAL_SECONDS = 0.25  # seconds between looks at what is half-typed
# Windows has no SIGHUP.
_STOP_SIGNALS = [
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
]


class PromptRunner:
    """Runs prompts, and reports the text in a field to `on_half` while it is typed.

    `trouble` says why the last report failed; '' if it did not.
    """

    def __init__(self) -> None:
        self.on_half: Callable[[str, str], None] = lambda _key, _text: None
        self.trouble = ""
        self._application: Any = None

    def run(self, prompt: Prompt, key: str = "", initial: str = "") -> Any:
        """Return the prompt's result; with a key, what is half-typed is reported under it.

        Raises KeyboardInterrupt for Ctrl-C, Ctrl-D, a closed window and SIGTERM, once the text in
        the field has been reported.
        """
        application = prompt.application
        self._application = application
        self.trouble = ""
        if key:

            def watch() -> None:
                application.create_background_task(
                    self._watch_typing(prompt, key, initial)
                )

            application.pre_run_callables.append(watch)
        try:
            with self._interrupt_on_signals():
                return prompt.unsafe_ask()
        except (
            KeyboardInterrupt,
            EOFError,
            OSError,
        ):  # a terminal that is gone gives an OSError
            text = application.current_buffer.text
            if text not in ("", initial) and not means_back(text, initial):
                self.report_typing(key, text)
            raise KeyboardInterrupt from None
        finally:
            self._application = None

    def report_typing(self, key: str, text: str) -> None:
        """Report a half-typed text under its key; nothing happens without a key."""
        if not key:
            return
        try:
            self.on_half(key, text)
            self.trouble = ""
        except (
            Exception
        ) as error:  # whatever it is, the person must be able to go on typing
            self.trouble = f"Not saved yet, still trying: {error}"
        if self._application is not None and self._application.is_running:
            self._application.invalidate()

    async def _watch_typing(self, prompt: Prompt, key: str, initial: str) -> None:
        buffer = prompt.application.current_buffer
        reported_text = buffer.text
        while True:
            await asyncio.sleep(SAVE_INTERVAL_SECONDS)
            text = buffer.text
            if text == reported_text or means_back(text, initial):
                continue
            self.report_typing(key, text)
            if not self.trouble:
                reported_text = text

    @contextmanager
    def _interrupt_on_signals(self) -> Iterator[None]:
        handlers = {
            number: signal.signal(number, self._interrupt_prompt)
            for number in _STOP_SIGNALS
        }
        try:
            yield
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)

    def _interrupt_prompt(self, _number: int, _frame: object) -> None:
        application = self._application
        if (
            application is None
            or application.loop is None
            or not application.is_running
        ):
            raise KeyboardInterrupt

        def leave() -> None:
            future = application.future
            if (
                future is not None and not future.done()
            ):  # a second signal comes too late
                application.exit(exception=KeyboardInterrupt)

        # The prompt has to end by itself, to leave the terminal as it was.
        application.loop.call_soon_threadsafe(leave)
