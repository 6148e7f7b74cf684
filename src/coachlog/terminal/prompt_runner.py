"""Runs one prompt at a time: passes on what is half-typed, and stops it cleanly on a signal."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from coachlog.terminal.echo import TERMINAL_ECHO
from coachlog.terminal.fields import means_back
from coachlog.terminal.idle_work import IdleWork
from coachlog.terminal.intermission import Intermission
from coachlog.terminal.keys import watch_for_pastes
from coachlog.terminal.redrawing import PrintedWords, redraw_whole_question
from coachlog.terminal.stop_signals import handle_stop_signals
from coachlog.terminal.widgets import Prompt

SAVE_PAUSE_SECONDS = 0.1  # between two reports of what is half-typed
RETRY_PAUSE_SECONDS = 0.25  # after one that failed
# A closed window cannot show what was not saved, so it is tried for longer.
LAST_TRIES = 10


class PromptRunner:
    """Runs prompts, and reports the text in a field to `on_half` while it is typed.

    Reports are made in a thread of their own: a slow disk or a long import never delays a key.
    Only one is under way at a time, and none once `run` has returned. `trouble` says why the last
    report failed; '' if it did not. `idle_work` is done beside the next prompt.
    `question` is what stands above a prompt. From the first one on, `echo` is off between two.
    """

    def __init__(self, question: PrintedWords | None = None) -> None:
        self.on_half: Callable[[str, str], None] = lambda _key, _text: None
        self.idle_work = IdleWork()
        self.trouble = ""
        self.intermission = Intermission()
        self.echo = TERMINAL_ECHO
        self._question = question
        self._application: Any = None
        self._is_stopping = False
        self._reporter: ThreadPoolExecutor | None = None
        self._report: Future[None] | None = None

    def run(self, prompt: Prompt, key: str = "", initial: str = "") -> Any:
        """Return the prompt's result; with a key, what is half-typed is reported under it.

        Raises KeyboardInterrupt for Ctrl-C, Ctrl-D, a closed window and SIGTERM, once the text in
        the field has been reported; the error has that text.
        """
        application = prompt.application
        self._application = application
        self.intermission.begin_prompt()
        self.trouble = ""
        self._is_stopping = False

        def start_tasks() -> None:
            if key:
                typing = self._watch_typing(prompt, key, initial)
                application.create_background_task(typing)
            application.create_background_task(self._start_idle_work())

        application.pre_run_callables.append(start_tasks)
        watch_for_pastes(application)
        if self._question is not None:
            redraw_whole_question(application, self._question)
        self.echo.turn_off()
        # It says after two seconds that the terminal cannot say where the cursor is: a busy one is
        # only late, and nobody needs to know of the other kind.
        application.renderer.cpr_not_supported_callback = None
        with handle_stop_signals(self._interrupt_prompt):
            try:
                reply = prompt.unsafe_ask()
                if self._is_stopping:  # the signal came together with Enter
                    raise KeyboardInterrupt
                return reply
            except (KeyboardInterrupt, EOFError, OSError) as error:
                # A terminal that is gone gives an OSError.
                is_gone = self._is_stopping or not isinstance(error, KeyboardInterrupt)
                self._is_stopping = True
                text = application.current_buffer.text
                if text not in ("", initial) and not means_back(text, initial):
                    self._report_last(key, text, LAST_TRIES if is_gone else 1)
                raise KeyboardInterrupt(text) from None
            finally:
                if self._question is not None:
                    self._question.forget()
                self._finish_report()
                self._application = None
                self.intermission.end_prompt()

    def count_lines_above(self) -> int:
        """Return how many lines the question above the prompt has."""
        return 0 if self._question is None else self._question.count_lines()

    def _report_last(self, key: str, text: str, tries: int) -> None:
        """Report the text of a field that has closed; if that fails, again up to `tries` times."""
        self._finish_report()
        for _ in range(tries):
            self.report_typing(key, text)
            if not self.trouble:
                break

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

    async def _start_idle_work(self) -> None:
        """Start the work that was to wait for a prompt: tasks run once that has been drawn."""
        self.idle_work.start()

    async def _watch_typing(self, prompt: Prompt, key: str, initial: str) -> None:
        buffer = prompt.application.current_buffer
        has_changed = asyncio.Event()
        buffer.on_text_changed += lambda _buffer: has_changed.set()
        reported_text = buffer.text
        while True:
            await has_changed.wait()
            has_changed.clear()
            text = buffer.text
            if text == reported_text or means_back(text, initial):
                continue
            earlier_trouble = self.trouble
            await self._start_report(key, text)
            if self.trouble != earlier_trouble:
                prompt.application.invalidate()
            if self.trouble:
                has_changed.set()  # tried again, even if nothing more is typed
                await asyncio.sleep(RETRY_PAUSE_SECONDS)
            else:
                reported_text = text
                await asyncio.sleep(SAVE_PAUSE_SECONDS)

    def _start_report(self, key: str, text: str) -> "asyncio.Future[None]":
        """Report a text in the thread for it; the future returned is done when that is."""
        if self._reporter is None:
            self._reporter = ThreadPoolExecutor(max_workers=1)
        self._report = self._reporter.submit(self.report_typing, key, text)
        return asyncio.wrap_future(self._report)

    def _finish_report(self) -> None:
        """Wait for the report under way: the answer to the question comes after it."""
        if self._report is not None:
            wait([self._report])
            self._report = None

    def _interrupt_prompt(self, _number: int, _frame: object) -> None:
        # A window that closes often sends two, and the text is being saved after the first.
        if self._is_stopping:
            return
        self._is_stopping = True
        application = self._application
        if (
            application is None
            or application.loop is None
            or not application.is_running
        ):
            raise KeyboardInterrupt

        def leave() -> None:
            future = application.future
            if future is not None and not future.done():
                application.exit(exception=KeyboardInterrupt)

        # The prompt has to end by itself, to leave the terminal as it was.
        application.loop.call_soon_threadsafe(leave)
