"""The quiet clock of a meeting: time used against time planned. It shows; nothing waits for it."""

from collections.abc import Callable, Iterable, Sequence
from time import monotonic

from coachlog.interview import Question
from coachlog.interview.keys import parse_key
from coachlog.interview.meeting import sum_slot_minutes
from coachlog.model import AnswerValue
from coachlog.model.templates import Stage
from coachlog.text import format_count

CLOCK_REFRESH_SECONDS = 20.0  # seconds between two looks at the clock; it shows whole minutes


class StageClock:
    """Counts the time that each stage takes, in each slot; `taken` goes on where a draft stopped.

    Time between two runs of coachlog is not counted.
    """

    def __init__(
        self,
        stages: Sequence[Stage],
        stage_seconds: AnswerValue = None,
        timer: Callable[[], float] = monotonic,
    ) -> None:
        self._stages = {stage.id: stage for stage in stages}
        self._slot_minutes = sum_slot_minutes(stages)
        self._timer = timer
        self._seconds = dict(
            _parse_stage_seconds(stage_seconds if isinstance(stage_seconds, list) else ())
        )
        self._slot_and_stage: tuple[str, str] | None = None
        self._last_count = timer()

    def turn_to(self, question: Question) -> None:
        """Count from now on for the slot and the stage of this question."""
        self._count_time()
        slot = parse_key(question.key).slot
        stage = question.stage.id if question.stage else ""
        self._slot_and_stage = (slot, stage) if slot or stage else None

    @property
    def stage_seconds(self) -> list[str]:
        """Return what was counted, as a draft keeps it in seconds: `ann-obi present 123`."""
        self._count_time()
        return [
            f"{slot or '-'} {stage or '-'} {s:.0f}" for (slot, stage), s in self._seconds.items()
        ]

    def count_slot_minutes(self, slot: str) -> int:
        """Return how many minutes a slot took so far, rounded; 0 for less than half a minute."""
        self._count_time()
        return round(sum(s for (of, _), s in self._seconds.items() if of == slot) / 60)

    @property
    def time_text(self) -> str:
        """Return time used and planned, `Slot 12 of 37 min · Clarify 3 of 8 min`, or ''."""
        self._count_time()
        if self._slot_and_stage is None:
            return ""
        slot, stage = self._slot_and_stage
        known = self._stages.get(stage)
        parts = []
        if slot and self._slot_minutes:
            used = sum(s for (of, _), s in self._seconds.items() if of == slot)
            parts.append(f"Slot {_format_time_used(used, self._slot_minutes)}")
        if known and known.minutes:
            parts.append(
                f"{known.title} {_format_time_used(self._seconds.get(self._slot_and_stage, 0), known.minutes)}"
            )
        return " · ".join(parts)

    def _count_time(self) -> None:
        now = self._timer()
        if self._slot_and_stage is not None:
            self._seconds[self._slot_and_stage] = (
                self._seconds.get(self._slot_and_stage, 0) + now - self._last_count
            )
        self._last_count = now


def _format_time_used(seconds: float, planned_minutes: int) -> str:
    used = int(seconds // 60)
    over = (
        f", {format_count(used - planned_minutes, 'minute')} over" if used > planned_minutes else ""
    )
    return f"{used} of {planned_minutes} min{over}"


def _parse_stage_seconds(rows: Iterable[object]) -> Iterable[tuple[tuple[str, str], float]]:
    for row in rows:
        slot, stage, seconds = str(row).split(" ")
        yield (slot.strip("-"), stage if stage != "-" else ""), float(seconds)
