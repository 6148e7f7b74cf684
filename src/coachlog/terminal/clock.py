"""The quiet clock of a meeting: time used against time planned. It shows; nothing waits for it."""

from collections.abc import Callable, Iterable, Sequence
from time import monotonic

from coachlog.interview import Question
from coachlog.interview.keys import parse
from coachlog.interview.meeting import slot_minutes
from coachlog.model import Value
from coachlog.model.templates import Stage
from coachlog.text import plural

EVERY = 20.0  # seconds between two looks at the clock; it shows whole minutes


class Clock:
    """Counts the time that each stage takes, in each slot; `taken` goes on where a draft stopped.

    Time between two runs of coachlog is not counted.
    """

    def __init__(
        self,
        stages: Sequence[Stage],
        taken: Value = None,
        now: Callable[[], float] = monotonic,
    ) -> None:
        self._stages = {stage.id: stage for stage in stages}
        self._of_slot = slot_minutes(stages)
        self._now = now
        self._seconds = dict(_read(taken if isinstance(taken, list) else ()))
        self._at: tuple[str, str] | None = None
        self._since = now()

    def turn_to(self, question: Question) -> None:
        """Count from now on for the slot and the stage of this question."""
        self._count()
        slot = parse(question.key).slot
        stage = question.stage.id if question.stage else ""
        self._at = (slot, stage) if slot or stage else None

    @property
    def taken(self) -> list[str]:
        """Return what was counted, as a draft keeps it in seconds: `ann-obi present 123`."""
        self._count()
        return [
            f"{slot or '-'} {stage or '-'} {s:.0f}" for (slot, stage), s in self._seconds.items()
        ]

    def slot(self, name: str) -> int:
        """Return how many minutes a slot took so far, rounded; 0 for less than half a minute."""
        self._count()
        return round(sum(s for (of, _), s in self._seconds.items() if of == name) / 60)

    @property
    def words(self) -> str:
        """Return time used and planned, `Slot 12 of 37 min · Clarify 3 of 8 min`, or ''."""
        self._count()
        if self._at is None:
            return ""
        slot, stage = self._at
        known = self._stages.get(stage)
        parts = []
        if slot and self._of_slot:
            used = sum(s for (of, _), s in self._seconds.items() if of == slot)
            parts.append(f"Slot {_against(used, self._of_slot)}")
        if known and known.minutes:
            parts.append(f"{known.title} {_against(self._seconds.get(self._at, 0), known.minutes)}")
        return " · ".join(parts)

    def _count(self) -> None:
        now = self._now()
        if self._at is not None:
            self._seconds[self._at] = self._seconds.get(self._at, 0) + now - self._since
        self._since = now


def _against(seconds: float, planned: int) -> str:
    used = int(seconds // 60)
    over = f", {plural(used - planned, 'minute')} over" if used > planned else ""
    return f"{used} of {planned} min{over}"


def _read(rows: Iterable[object]) -> Iterable[tuple[tuple[str, str], float]]:
    for row in rows:
        slot, stage, seconds = str(row).split(" ")
        yield (slot.strip("-"), stage if stage != "-" else ""), float(seconds)
