"""How the replies to a pulse changed, in words; without Rich."""

from coachlog.model.pulse import PulseChange
from coachlog.rules.pulse_results import has_reply_surplus

CHANGE_WORDS = {
    PulseChange.HIGHER: "clearly higher",
    PulseChange.LOWER: "clearly lower",
    PulseChange.APART: "clearly further apart",
    PulseChange.TOGETHER: "clearly closer together",
    PulseChange.UNCLEAR: "no clear change",
}


def describe_reply_surplus(replies: int, team_size: int | None) -> str:
    """Return in words that there are more replies than people asked; '' where there are not."""
    if not has_reply_surplus(replies, team_size):
        return ""
    return (
        f"{replies} replies from a team of {team_size} are more than one each: a paper slip was "
        "counted twice, somebody replied twice, or more people were asked."
    )
