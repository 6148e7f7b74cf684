"""What tests share: a clock that stands still, a home of their own, and a way to run commands."""

import gc
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest
from hypothesis import HealthCheck, settings

from coachlog.services.ports import Asker
from coachlog.terminal.console import Console
from command_runner import run_captured
from shared_builds import copied, once, prepare_once

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)  # a Monday
EXAMPLES = Path(__file__).parent.parent / "examples"
prepare_once()
# On a busy machine examples are slow to make, which says nothing about them.
settings.register_profile(
    "on-any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("on-any-machine")


def pytest_collection_finish() -> None:
    """Spare the garbage collector the thousands of tests, which are none."""
    gc.collect()
    gc.freeze()


def standing(moment: datetime) -> Callable[[], datetime]:
    """Return a clock that stands still."""
    return lambda: moment


class Ran(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return stdout as JSON."""
        return json.loads(self.out)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def console(home: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    """A console at 9:30 on Monday 23 November 2026; set `clock` for another moment."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TZ", "Europe/London")
    monkeypatch.delenv("COACHLOG_HOME", raising=False)
    return Console(home_override=home, clock=lambda: NOW)


@pytest.fixture
def screen(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers of `run` are drawn for a screen as wide as COLUMNS, not written to a pipe."""
    monkeypatch.setenv("LINES", "24")
    console.draws = True


class Run(Protocol):
    """Run a command as typed; the clock and the person are those of the fixture unless given."""

    def __call__(
        self,
        *args: str,
        input: str | bytes | None = None,
        clock: Callable[[], datetime] | None = None,
        person: Asker | None = None,
    ) -> Ran: ...


@pytest.fixture
def run(console: Console) -> Run:
    """Run a command as typed, in this process: `run("action", "done", "3")`.

    Each call is a new run of coachlog: a fresh console with the fixture's home and clock.
    """

    def invoke(
        *args: str,
        input: str | bytes | None = None,
        clock: Callable[[], datetime] | None = None,
        person: Asker | None = None,
    ) -> Ran:
        fresh = Console(
            home_override=console.home_override,
            clock=clock or console.clock,
            asker=person or console.asker,
            draws=console.draws,
        )
        result = run_captured(list(args), input=input, console=fresh)
        return Ran(result.exit_code, result.stdout, result.stderr)

    return invoke


@pytest.fixture
def example(run: Run, home: Path) -> Run:
    """The example conversation is in the journal: Priya, one GROW session, three promises."""

    def hold() -> None:
        assert (
            run("session", "new", "--answers", str(EXAMPLES / "after-a-1-1.toml")).code
            == 0
        )

    copied(home, "example", hold)
    return run


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `coachlog demo` writes today, made once for all processes of a run: to be copied."""

    def write(folder: Path) -> None:
        console = Console(clock=lambda: NOW)
        ran = run_captured(
            ["demo", str(folder)], console=console, env={"TZ": "Europe/London"}
        )
        assert ran.exit_code == 0, ran.output

    return once(tmp_path_factory, "demo", write)
