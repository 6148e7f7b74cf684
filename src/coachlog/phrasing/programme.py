"""The numbers of a contribution to a programme, and what joining means, in words."""

from coachlog.model.programme import Programme
from coachlog.rules.programme_vector import (
    BUILTIN_TEMPLATES,
    CAP_FACTOR,
    USUAL_FIGURES,
    name_template_indicator,
)

_TOWARDS = {
    "to_team": "to your team",
    "across": "to colleagues",
    "upwards": "upwards",
}
_PARTS = {
    "kept": "your promises {towards}, kept by their first date",
    "kept_by_new_date": "your promises {towards}, kept by a new date agreed in time",
    "not_kept": "your promises {towards}, kept late or missed",
    "moved": "your promises {towards}, moved in time: not due yet, or then dropped",
}
NUMBER_WORDS = {
    "conversations_with_minutes": "conversations with people, their minutes noted",
    "conversations_without_minutes": "conversations with people, no minutes noted",
    "minutes": "minutes that these conversations took",
    "weeks_on_time": "weeks that ended in time, for each person with a rhythm",
    "weeks_late": "weeks that ended overdue, for each person with a rhythm",
    **{
        f"{part}_{ending}": words.format(towards=towards)
        for ending, towards in _TOWARDS.items()
        for part, words in _PARTS.items()
    },
    "days_past_first_date": "days in all by which these promises went past their first date",
    "set_meetings": "meetings of action learning sets",
    "thanks": "times you noted thanks and said them",
    "met": "days on which you spoke to somebody without a conversation, for each person",
    "contributed": "you took part this quarter",
    "measure_up": "at least one measure went up",
    "measure_same": "at least one measure shows no clear change",
    "measure_down": "at least one measure went down",
    "slip_none": "none of these promises went past its first date",
    "slip_week": "those that did went past it by a week or less, typically",
    "slip_month": "those that did went past it by up to a month, typically",
    "slip_longer": "those that did went past it by more than a month, typically",
    **{
        name_template_indicator(id): f"you used the template {id}"
        for id in BUILTIN_TEMPLATES
    },
    "used_own_template": "you used a template of your own",
}
"""What each number of a contribution counts; a 1 says that it is so, where it is not a count."""


def describe_number(name: str) -> str:
    """Return what a number of a contribution counts: `minutes that these conversations took`."""
    return NUMBER_WORDS[name]


def format_number_value(name: str, value: int) -> str:
    """Return a number as it is shown: `yes` or `no` for what is 1 or 0."""
    if name in USUAL_FIGURES:
        return f"{value:,}"
    return "yes" if value else "no"


def describe_cut(value: int, cap: int) -> str:
    """Return why a number leaves as less than it is; '' where it does not."""
    if value <= cap:
        return ""
    return f"sent as {cap}: more than that would make you stand out"


def list_joining_words(programme: Programme) -> list[str]:
    """Return what to know before joining, a paragraph each: what leaves, and who can read it."""
    return [
        "It is voluntary. Nobody is told that you have not joined, and you can leave at any time: "
        "coachlog programme leave",
        "Once a quarter, when you say so, one list of whole numbers leaves your journal. You see "
        "every line before. There are no names in it, no words and no dates but the day on which "
        "you made it.",
        f"No number is above its cap: about {CAP_FACTOR} times what is usual. Conversations whose "
        "template asks about health are in none of them.",
        "You are in it under an id, which is the same each quarter. That is a pseudonym: whoever "
        "gets your file by mail knows whose it is.",
        _describe_readers(programme),
        "What was sent cannot be called back. Only groups of eight managers and more are shown.",
    ]


def _describe_readers(programme: Programme) -> str:
    if programme.is_split:
        return (
            "Each number is cut into two random halves, sealed to two holders: the coordinator and "
            "information governance. Each half alone is noise. Whoever has both can read your "
            "numbers, and so can the two holders together."
        )
    return (
        "This programme has one holder, and nothing is cut in half: the coordinator can read your "
        "numbers."
    )
