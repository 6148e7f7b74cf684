"""The fixed list of numbers that a contribution to a programme holds, each with its cap.

The numbers are *parts*: no promise, week or conversation counts in two of them, so that no
difference of two figures says more than the figures do. docs/figures.md lists them.
"""

from collections.abc import Mapping

from coachlog.named_tuples import NamedTuple

CAP_FACTOR = 3
"""How many times the usual figure of a quarter one manager counts with at most."""

LEAST_CAP = 2
"""With a cap of 1, a sum would be an exact count of managers."""

USUAL_FIGURES = {
    "conversations_with_minutes": 18,
    "conversations_without_minutes": 4,
    "minutes": 720,
    "weeks_on_time": 72,
    "weeks_late": 16,
    "kept_to_team": 10,
    "kept_by_new_date_to_team": 3,
    "not_kept_to_team": 5,
    "moved_to_team": 2,
    "kept_across": 4,
    "kept_by_new_date_across": 2,
    "not_kept_across": 2,
    "moved_across": 1,
    "kept_upwards": 4,
    "kept_by_new_date_upwards": 2,
    "not_kept_upwards": 2,
    "moved_upwards": 1,
    "days_past_first_date": 40,
    "set_meetings": 2,
    "thanks": 3,
    "met": 12,
}
"""What a manager with a team of about seven usually has in a quarter, by the name of the number."""

BUILTIN_TEMPLATES = (
    "agreement",
    "als",
    "als-wial",
    "check-in",
    "cigar",
    "clear",
    "closing",
    "coach-log",
    "coached",
    "first-plan",
    "fuel",
    "gibbs",
    "grow",
    "oskar",
    "pdp",
    "quick",
    "sbi",
    "scaling",
    "shadow",
    "stay",
    "stepppa",
    "tgrow",
    "thinking",
    "three-way",
    "what3",
    "woop",
    "words-deeds",
    "workshop",
)
"""The templates of which a contribution says whether they were used: none asks about health."""

OWN_TEMPLATE = "used_own_template"
MEASURE_INDICATORS = ("measure_up", "measure_same", "measure_down")
SLIP_INDICATORS = ("slip_none", "slip_week", "slip_month", "slip_longer")
"""By how much what a manager promised typically went past its first date: one of them at most."""


def name_template_indicator(id: str) -> str:
    """Return the name of the number that says whether a built-in template was used."""
    return f"used_{id.replace('-', '_')}"


INDICATORS = (
    "contributed",
    *MEASURE_INDICATORS,
    *SLIP_INDICATORS,
    *map(name_template_indicator, BUILTIN_TEMPLATES),
    OWN_TEMPLATE,
)
"""The numbers that are 0 or 1."""

NUMBERS = (*USUAL_FIGURES, *INDICATORS)
"""The names of all numbers of a contribution, in their order."""


class CutNumber(NamedTuple):
    """A number that is above its cap, and so leaves the journal as the cap."""

    name: str
    value: int
    cap: int


def build_usual_caps() -> dict[str, int]:
    """Return the cap of each number where a programme names none: 1 for an indicator."""
    caps = {name: CAP_FACTOR * usual for name, usual in USUAL_FIGURES.items()}
    return caps | dict.fromkeys(INDICATORS, 1)


def cap_numbers(numbers: Mapping[str, int], caps: Mapping[str, int]) -> tuple[int, ...]:
    """Return the numbers of a contribution in their order, none above its cap; 0 for a lack.

    Raises `ValueError` for a number below 0, which no journal has.
    """
    values = [numbers.get(name, 0) for name in NUMBERS]
    if min(values) < 0:
        raise ValueError("a number of a contribution is below 0")
    return tuple(
        min(value, caps[name]) for name, value in zip(NUMBERS, values, strict=True)
    )


def list_cut_numbers(
    numbers: Mapping[str, int], caps: Mapping[str, int]
) -> list[CutNumber]:
    """Return the numbers that are above their caps."""
    return [
        CutNumber(name, value, caps[name])
        for name, value in numbers.items()
        if value > caps[name]
    ]


def judge_slip(days_past: float, past_first: int) -> str:
    """Return the indicator of how far promises slip, by the median of days past the first date.

    `past_first` is how many went past it; of these the median is.
    """
    if not past_first:
        return "slip_none"
    if days_past <= 7:
        return "slip_week"
    if days_past <= 31:
        return "slip_month"
    return "slip_longer"
