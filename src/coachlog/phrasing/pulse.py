"""How far a pulse has come and how its replies changed, in words; without Rich."""

from coachlog.model.pulse import PulseChange
from coachlog.rules.pulse_results import REPLIES_NEEDED, has_reply_surplus

CHANGE_WORDS = {
    PulseChange.HIGHER: "clearly higher",
    PulseChange.LOWER: "clearly lower",
    PulseChange.APART: "clearly further apart",
    PulseChange.TOGETHER: "clearly closer together",
    PulseChange.UNCLEAR: "no clear change",
}


def describe_pulse_standing(replies: int, result_replies: int) -> str:
    """Return in words how many replies have come in, and how many of them the results cover."""
    if not result_replies:
        return f"{replies} of {REPLIES_NEEDED} replies needed."
    waiting = replies - result_replies
    if not waiting:
        return f"The results cover {result_replies} replies."
    others = "The other is" if waiting == 1 else f"The other {waiting} are"
    more_needed = REPLIES_NEEDED - waiting
    arrive = "arrives" if more_needed == 1 else "arrive"
    return (
        f"{replies} replies so far; the results cover {result_replies}. {others} held back until "
        f"{more_needed} more {arrive}, so that two looks do not differ by a single reply."
    )


def describe_reply_surplus(replies: int, team_size: int | None) -> str:
    """Return in words that there are more replies than people asked; '' where there are not."""
    if not has_reply_surplus(replies, team_size):
        return ""
    return (
        f"{replies} replies from a team of {team_size} are more than one each: a paper slip was "
        "counted twice, somebody replied twice, or more people were asked."
    )
