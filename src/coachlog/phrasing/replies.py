"""How far a survey has come, in words; without Rich."""

from coachlog.rules.reply_counts import REPLIES_NEEDED
from coachlog.text import format_count


def describe_reply_standing(replies: int, result_replies: int) -> str:
    """Return in words how many replies have come in, and how many the results cover."""
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


def describe_new_replies(
    survey: str, new_count: int, slip_count: int, code_count: int
) -> str:
    """Return in words how many replies were added: `Added 2 replies to pulse 1; 1 had already ...`.

    Of `code_count` codes, `new_count` had not been counted before.
    """
    new_replies = format_count(new_count + slip_count, "reply", "replies")
    outcome = f"Added {new_replies} to {survey}"
    repeat_count = code_count - new_count
    if repeat_count:
        outcome += f"; {repeat_count} had already been counted"
    return outcome
