"""What the ratios of promises say and whose they are, on screens and pages alike; without Rich."""

from coachlog.model.people import Direction

RATIO_NOTE = (
    "By the first date: done by the date agreed first. As agreed: done by that date, or by a new "
    "one agreed in time."
)
"""What the two ratios mean, where they stand."""

DIRECTION_WORDS = {
    Direction.TEAM: "to your team",
    Direction.ACROSS: "to colleagues",
    Direction.UP: "upwards",
}
OWN_PLAN_WORDS = "your own plan"
