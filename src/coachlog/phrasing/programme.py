"""The numbers of a contribution to a programme, and what joining means, in words."""

from collections.abc import Mapping

from coachlog.model.programme import Programme
from coachlog.rules.programme_vector import (
    BUILTIN_TEMPLATES,
    CAP_FACTOR,
    USUAL_FIGURES,
    name_template_indicator,
)

_PARTS = {
    "kept": "kept by their first date",
    "kept_by_new_date": "kept by a new date agreed in time",
    "not_kept": "kept late or missed",
    "moved": "moved in time: not yet due, or dropped",
}
_OWN_TOWARDS = {
    "to_team": "your promises to your team",
    "across": "your promises to colleagues",
    "upwards": "your promises upwards",
}
_EVERYBODY_TOWARDS = {
    "to_team": "promises to teams",
    "across": "promises to colleagues",
    "upwards": "promises upwards",
}
_COUNT_WORDS = {
    "conversations_with_minutes": "conversations with people, their minutes noted",
    "conversations_without_minutes": "conversations with people, no minutes noted",
    "minutes": "minutes that these conversations took",
    "weeks_on_time": "weeks that ended on time, for each person with a rhythm",
    "weeks_late": "weeks that ended overdue, for each person with a rhythm",
    "days_past_first_date": "days in all that these promises went past their first date",
    "set_meetings": "meetings of action learning sets",
}
_SLIP_WORDS = {
    "slip_none": "none of these promises went past its first date",
    "slip_week": "those that did typically went past it by a week or less",
    "slip_month": "those that did typically went past it by up to a month",
    "slip_longer": "those that did typically went past it by more than a month",
}
_MEASURE_WORDS = {
    "measure_up": "at least one measure went up",
    "measure_same": "at least one measure shows no clear change",
    "measure_down": "at least one measure went down",
}


def _name_promise_parts(towards: Mapping[str, str]) -> dict[str, str]:
    return {
        f"{part}_{ending}": f"{promises}, {words}"
        for ending, promises in towards.items()
        for part, words in _PARTS.items()
    }


NUMBER_WORDS = {
    **_COUNT_WORDS,
    **_name_promise_parts(_OWN_TOWARDS),
    "thanks": "thanks that you noted, and then said",
    "met": "days you spoke to somebody outside a conversation, for each person",
    "contributed": "you took part this quarter",
    **_MEASURE_WORDS,
    **_SLIP_WORDS,
    **{
        name_template_indicator(id): f"you used the template {id}"
        for id in BUILTIN_TEMPLATES
    },
    "used_own_template": "you used a template of your own",
}
"""What each number of a contribution counts; a 1 says that it is so, where it is not a count."""

_SUM_WORDS = {
    **_COUNT_WORDS,
    **_name_promise_parts(_EVERYBODY_TOWARDS),
    "thanks": "thanks noted, and then said",
    "met": "days they spoke to somebody outside a conversation, for each person",
    "contributed": "managers who took part",
    **_MEASURE_WORDS,
    **_SLIP_WORDS,
    **{
        name_template_indicator(id): f"managers who used the template {id}"
        for id in BUILTIN_TEMPLATES
    },
    "used_own_template": "managers who used a template of their own",
}


LEAVING_ALONG = (
    "Beside your id, where you are and the quarter go its edition, a random number, today's date, "
    "the programme's code, and a digest of its terms.",
    "That is all that leaves: no words, and no other date.",
)


def describe_sum(name: str) -> str:
    """Return what the sum of a number counts, of many managers: `promises to teams, missed`."""
    return _SUM_WORDS[name]


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
        "It is voluntary, and you can leave on any day: coachlog programme leave. Whoever gets "
        "your files knows that you sent something. The coordinator knows whom it asked: so also "
        "who did not.",
        "Once a quarter, when you say so, one list of whole numbers leaves your journal, with your "
        "id, what you choose below, the quarter, how often you have sent it, a random number, the "
        "day, the programme's code, and a digest of its terms. You see every line first. There are "
        "no words in it, and no names.",
        f"No number is above its cap: unless this programme has others, {CAP_FACTOR} times what is "
        "usual. Conversations whose template asks about health are in no figure.",
        "Your id is the same each quarter. It is a pseudonym: whoever gets your file by mail knows "
        "whose it is.",
        _describe_readers(programme),
        "What you have sent cannot be called back.",
    ]


def _describe_readers(programme: Programme) -> str:
    if programme.is_split:
        return (
            "Each number is cut into two random halves, one sealed to the coordinator, the other "
            "to a second holder such as information governance. Each half alone is noise. Whoever "
            "has both, and both keys, can read your numbers, and so can the two holders together. "
            "The coordinator sees the sums of eight managers or more, also those that the report "
            "hides."
        )
    return (
        "This programme has one holder, and nothing is cut in half: the coordinator can read your "
        "numbers. The report has only sums of eight managers or more."
    )
