"""How far a pulse has come, in words; without Rich."""

from coachlog.rules.pulse_results import REPLIES_NEEDED


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
        f"{more_needed} more {arrive}, so that no single reply can be worked out."
    )
