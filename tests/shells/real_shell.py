"""A real shell on a terminal, in which somebody types and presses Tab.

In place of coachlog stands a small script that asks this process, so that hundreds of words go
through one shell without a start of Python for each.
"""

import os
import queue
import shutil
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

from coachlog.cli.shell_replies import answer_shell
from coachlog.terminal.console import Console
from waiting import LIMIT, wait_until

SCRIPTS = Path(__file__).parents[2] / "src/coachlog/cli/completion/scripts"
COMMANDS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
SET_UP = {
    "bash": (
        "bind 'set enable-bracketed-paste off'; bind 'set bell-style none'\n"
        "HISTFILE=; PS1='> '; source {scripts}/coachlog.bash\n"
    ),
    "zsh": (
        "PS1='> '; HISTFILE=; SAVEHIST=0; unsetopt beep prompt_sp; zstyle ':completion:*' menu no\n"
        "fpath=({scripts} $fpath); autoload -Uz compinit && compinit -D -u\n"
    ),
    "fish": (
        "function fish_prompt; echo '> '; end; set -g fish_autosuggestion_enabled 0\n"
        "source {scripts}/coachlog.fish\n"
    ),
}
STAND_IN = """\
#!/bin/sh
if [ -n "$_COACHLOG_COMPLETE" ]; then
    printf '%s\\0' "$_COACHLOG_COMPLETE" "$@" >"$PIPES/asked"
    cat "$PIPES/answer"
else
    printf '%s\\0' "$@" >"$PIPES/ran"
fi
"""


class RealShell:
    """A shell whose completion is answered in this process."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.is_open = True
        self.folder = folder / "current"
        self.folder.mkdir(parents=True)
        self.pipes = folder / "pipes"
        self.pipes.mkdir()
        for pipe in ("asked", "answer", "ran"):
            os.mkfifo(self.pipes / pipe)
        programs = folder / "programs"
        programs.mkdir()
        (programs / "coachlog").write_text(STAND_IN)
        (programs / "coachlog").chmod(0o755)
        self.shown = bytearray()
        self.command_lines: queue.Queue[list[str]] = queue.Queue()
        self.terminal, theirs = os.openpty()
        environment = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PIPES": str(self.pipes),
            "HOME": str(folder),
            "TERM": "xterm",
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "200",
        }
        self.process = subprocess.Popen(
            COMMANDS[name],
            cwd=self.folder,
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(theirs)
        self._threads = [
            threading.Thread(target=work, name=work.__name__, daemon=True)
            for work in (self._drain, self._answer, self._collect)
        ]
        for thread in self._threads:
            thread.start()
        self.type(SET_UP[name].format(scripts=SCRIPTS))
        self.run("coachlog ready\n")

    def type(self, keys: str) -> None:
        """Send keys to the shell."""
        os.write(self.terminal, keys.encode())

    def run(self, keys: str) -> list[str]:
        """Send keys that end in Enter, and return with what words coachlog was started."""
        self.shown.clear()
        self.type(keys)
        try:
            return self.command_lines.get(timeout=LIMIT)
        except queue.Empty:
            raise AssertionError(f"nothing ran: {bytes(self.shown)!r}") from None

    def press(self, keys: str, *awaited: str) -> None:
        """Send keys, and wait until the shell has shown these words."""
        self.shown.clear()
        self.type(keys)
        wait_until(
            lambda: all(
                words in self.shown.decode(errors="replace") for words in awaited
            ),
            lambda: f"{awaited} not shown: {bytes(self.shown)!r}; {self._state()}",
        )

    def _state(self) -> str:
        threads = [thread.name for thread in self._threads if thread.is_alive()]
        return f"ended: {self.process.poll()}, threads: {threads}"

    def files(self) -> list[str]:
        """Return the names in the folder in which the shell works."""
        return sorted(path.name for path in self.folder.iterdir())

    def close(self) -> None:
        """End the shell."""
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)
        self.is_open = False

    def _drain(self) -> None:
        # With a number of its own: that of a closed terminal is soon that of the next shell's.
        with (
            open(os.dup(self.terminal), "rb", buffering=0) as shown,  # noqa: PTH123
            suppress(OSError),
        ):
            while part := shown.read(65536):
                self.shown += part

    def _answer(self) -> None:
        while self.is_open:
            words = _read_words(self.pipes / "asked")
            try:
                answer = answer_shell(words[0], words[1:], Console())
            except Exception as error:  # what the test then shows
                answer = f"{error!r}"
            (self.pipes / "answer").write_text(answer, "utf-8")

    def _collect(self) -> None:
        while self.is_open:
            self.command_lines.put(_read_words(self.pipes / "ran"))


def _read_words(pipe: Path) -> list[str]:
    return pipe.read_bytes().decode("utf-8", "surrogateescape").split("\0")[:-1]


def _take_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def is_missing(name: str) -> bool:
    """Return whether this shell is not installed."""
    return shutil.which(COMMANDS[name][0]) is None
