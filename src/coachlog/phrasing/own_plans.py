"""The owner's own plan in words: its parts, and what is left out of it; without Rich."""

from collections.abc import Iterator, Sequence

from coachlog.model.goals import Goal
from coachlog.model.own_plans import (
    Lesson,
    OwnPlan,
    OwnPromise,
    ProgressNote,
    PromiseGroup,
    Reservation,
    ReservedEntry,
)
from coachlog.model.references import PersonRef
from coachlog.model.supports import Support
from coachlog.phrasing.answers import describe_answer
from coachlog.phrasing.talks import name_talk
from coachlog.rules import disclosure, own_plans
from coachlog.text import clean_line, format_count, join_phrases, shorten_text

GROUP_HEADINGS = {
    PromiseGroup.ALONE: "Promises for yourself",
    PromiseGroup.UP: "Promises to your manager and coach",
    PromiseGroup.TEAM: "Promises to your team",
    PromiseGroup.ACROSS: "Promises to colleagues",
    PromiseGroup.SET: "Promises in a set",
    PromiseGroup.OTHERS: "Promised to you",
}
"""What each part of the promises is called on the owner's screen."""

_LONGEST_WORDS = 60
_MOST_ENTRIES = 8
"""So many entries that are left out for one reason are listed, and the others counted."""
_COUNT_WORDS = {
    Reservation.OTHERS: ("promise with other people", "promises with other people"),
    Reservation.IN_SET: ("promise made in a set", "promises made in a set"),
    Reservation.PRIVATE: ("private entry", "private entries"),
    Reservation.HEALTH: ("entry about health", "entries about health"),
    Reservation.UNPICKED: (
        "answer that you did not pick",
        "answers that you did not pick",
    ),
    Reservation.SUPPORT: (
        "offer of support from somebody else",
        "offers of support from somebody else",
    ),
    Reservation.NOTES: ("note on a promise", "notes on promises"),
}


def join_partner_names(partners: Sequence[PersonRef]) -> str:
    """Return the names of the people with whom a promise was made; '' for none."""
    return ", ".join(clean_line(partner.name) for partner in partners)


def name_partners(partners: Sequence[PersonRef]) -> str:
    """Return the names of people as a sentence has them: `Ben Ek and Helen Marsh`."""
    return join_phrases([clean_line(partner.name) for partner in partners])


def describe_reserved_entries(plan: OwnPlan) -> Iterator[str]:
    """Yield a line for each reason why entries are left out, and one for each of the entries.

    Their words are those that everyday screens show, so private ones are veiled.
    """
    for reason in Reservation:
        entries = [entry for entry in plan.reserved if entry.reason is reason]
        if not entries:
            continue
        yield f"  {format_count(len(entries), *_COUNT_WORDS[reason])}"
        if reason is Reservation.UNPICKED:
            # What was learned has just been listed to be ticked, or is on the owner's screen.
            continue
        for entry in entries[:_MOST_ENTRIES]:
            yield f"    {_describe_reserved_entry(entry)}"
        if len(entries) > _MOST_ENTRIES:
            yield f"    and {len(entries) - _MOST_ENTRIES} more"


def describe_reserved_counts(plan: OwnPlan) -> str:
    """Return how much is left out, and why: `2 promises with other people, 1 private entry`."""
    counts = [
        format_count(count, *_COUNT_WORDS[reason])
        for reason, count in plan.reserved_counts.items()
        if count
    ]
    return ", ".join(counts)


def describe_pick(reserved_entry: ReservedEntry) -> str:
    """Return one entry that is left out as it is ticked: `promise 7: Send the rota (Amy Cole)`."""
    entry = reserved_entry.entry
    words = _describe_entry_words(entry)
    if isinstance(entry, OwnPromise):
        return f"promise {entry.action.id}: {words}"
    if isinstance(entry, Goal):
        return f"goal {entry.id}: {words}"
    if isinstance(entry, Support):
        return f"support for promise {entry.action}: {words}"
    if isinstance(entry, ProgressNote):
        return f"note on promise {entry.action}: {words}"
    return f"answer {entry.id}: {words}"


def _describe_reserved_entry(reserved_entry: ReservedEntry) -> str:
    """Return one entry that is left out: `7  Send the rota (Amy Cole)`, `goal:2  (private)`."""
    entry = reserved_entry.entry
    pick = str(entry.id) if isinstance(entry, Lesson) else own_plans.name_pick(entry)
    return f"{pick}  {_describe_entry_words(entry)}"


def _describe_entry_words(
    entry: OwnPromise | Goal | Lesson | Support | ProgressNote,
) -> str:
    """Return the words of an entry in a line, as everyday screens may show them."""
    if isinstance(entry, OwnPromise):
        return _describe_own_promise(entry)
    if isinstance(entry, Goal):
        goal = disclosure.veil_entry(entry, disclosure.EVERYDAY_AUDIENCE)
        return _shorten_words(goal.title)
    if isinstance(entry, ProgressNote):
        return _shorten_words(
            disclosure.veil_everyday_words(entry.words, private=entry.private)
        )
    if isinstance(entry, Support):
        return _shorten_words(": ".join(filter(None, (entry.giver, entry.words))))
    return _describe_lesson_words(entry)


def _describe_lesson_words(lesson: Lesson) -> str:
    """Return what was learned: question and answer, and with whom, as others may read the page."""
    answer = disclosure.veil_entry(lesson.answer, disclosure.EVERYDAY_AUDIENCE)
    words = f"{clean_line(answer.question)} {_shorten_words(describe_answer(answer))}"
    if not lesson.partners:
        return words
    return f"{words} ({clean_line(name_lesson_talk(lesson))})"


def _describe_own_promise(promise: OwnPromise) -> str:
    action = disclosure.veil_entry(promise.action, disclosure.EVERYDAY_AUDIENCE)
    line = _shorten_words(action.what)
    names = join_partner_names(promise.partners)
    return f"{line} ({names})" if names else line


def name_lesson_talk(lesson: Lesson) -> str:
    """Return the conversation in which something was learned: `Being coached by Ben Ek`."""
    names = name_partners(lesson.partners)
    return name_talk(lesson.template, lesson.title, names)


def _shorten_words(words: str) -> str:
    return clean_line(shorten_text(words, _LONGEST_WORDS))
