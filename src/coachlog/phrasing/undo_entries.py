"""What a command did, in words: each kind of line in the audit log has its own."""

from coachlog.model.undo import UndoChange, UndoEntry
from coachlog.rules import disclosure
from coachlog.text import clean_line, format_count, join_phrases

MOST_CHANGES = 4
"""So many kinds of change in one entry are named; the rest are counted."""
MOST_NUMBERS = 6
_MOST_CHARACTERS = 60

CHANGE_WORDS = {
    "action.corrected": ("promise", "recorded as another outcome"),
    "action.done": ("promise", "done"),
    "action.dropped": ("promise", "dropped"),
    "action.edited": ("promise", "changed"),
    "action.made": ("promise", "made"),
    "action.moved": ("promise", "moved"),
    "action.noted": ("promise", "noted on"),
    "action.reopened": ("promise", "reopened"),
    "benefit.dropped": ("benefit", "dropped"),
    "benefit.recorded": ("benefit", "recorded"),
    "encounter.recorded": ("day", "recorded that you spoke to"),
    "encounter.removed": ("day", "removed that you spoke to"),
    "goal.achieved": ("goal", "achieved"),
    "goal.dropped": ("goal", "dropped"),
    "goal.edited": ("goal", "changed"),
    "goal.made": ("goal", "set"),
    "goal.rated": ("goal", "rated"),
    "goal.reopened": ("goal", "reopened"),
    "journal.accepted": ("journal", "taken as it is"),
    "journal.mended": ("journal", "mended"),
    "note.dropped": ("note", "dropped"),
    "note.edited": ("note", "changed"),
    "note.parked": ("note", "kept"),
    "note.talked": ("note", "said"),
    "person.added": ("person", "added"),
    "person.archived": ("person", "archived"),
    "person.edited": ("person", "changed"),
    "person.merged": ("person", "merged"),
    "person.returned": ("person", "brought back from the archive"),
    "pulse.made": ("pulse", "made"),
    "session.begun": ("conversation", "started"),
    "session.cancelled": ("conversation", "recorded as cancelled"),
    "session.declined": ("conversation", "not to come back"),
    "session.deleted": ("conversation", "deleted"),
    "session.discarded": ("draft", "discarded"),
    "session.edited": ("conversation", "changed"),
    "session.held": ("conversation", "recorded"),
    "session.restored": ("conversation", "restored"),
    "set.added": ("set", "added"),
    "set.archived": ("set", "archived"),
    "set.asked": ("set", "support asked for"),
    "set.edited": ("set", "changed"),
    "set.joined": ("set", "joined"),
    "set.left": ("set", "left"),
    "set.offered": ("set", "support offered"),
    "set.paired": ("set", "day to check in agreed"),
    "set.returned": ("set", "brought back from the archive"),
    "set.settled": ("set", "offer or ask closed"),
    "setting.me": ("your name", "changed"),
    "story.dropped": ("story", "dropped"),
    "story.kept": ("story", "kept"),
    "undo.brought-back": ("change", "brought back"),
    "undo.skipped": ("change", "left as it is by undo"),
    "undo.taken-back": ("change", "taken back"),
    "workshop.dropped": ("workshop", "dropped"),
    "workshop.made": ("workshop", "made"),
}
"""What is said about each kind of change: the noun that its number follows, and what was done."""

_UNNUMBERED_NOUNS = ("day", "journal", "person", "set")
"""What is known by its name, and shown without a number."""
_ABOUT_MEMBERS = ("set.joined", "set.left")
_IN_A_SET = ("set.asked", "set.offered", "set.paired", "set.settled")


def describe_undo_entry(entry: UndoEntry) -> str:
    """Return what a command did: `promise 2 done: Ring HR (Priya Shah)`."""
    phrases: list[str] = []
    named_person: str | None = None
    for change in sorted(entry.changes, key=_is_beside)[:MOST_CHANGES]:
        if change.person == named_person:
            # Named once: the rest of what a command does is mostly about the same person.
            change = change._replace(person=None)
        named_person = change.person or named_person
        phrases.append(describe_undo_change(change))
    others = len(entry.changes) - len(phrases)
    if others:
        phrases.append(f"and {others} more")
    return "; ".join(phrases) or "a change"


def _is_beside(change: UndoChange) -> bool:
    """Return whether a change is none that a command is for: the owner's name is asked once."""
    return change.kind == "setting.me"


def describe_undo_change(change: UndoChange) -> str:
    """Return one thing that a command did, with its own words if there are any to show."""
    noun, verb = CHANGE_WORDS.get(change.kind, ("change", "made"))
    person = clean_line(change.person or "")
    if noun in _UNNUMBERED_NOUNS:
        return _describe_unnumbered_change(change, noun, verb, person)
    if change.kind == "setting.me":
        return _describe_name_change(change)
    if change.private and change.words == disclosure.VEILED_WORDS:
        return _describe_veiled_change(change, noun, verb, person)
    words = _phrase_words(change)
    if person and noun in ("conversation", "draft"):
        return f"{_phrase_numbers(noun, change)} with {person} {verb}"
    sentence = f"{_phrase_numbers(noun, change)} {verb}{words}"
    return f"{sentence} ({person})" if person else sentence


def _describe_name_change(change: UndoChange) -> str:
    """Return what became of the owner's own name, if that is known."""
    if change.words is None:
        return "your name changed"
    name = clean_line(change.words)
    return f"your name set to {name}" if name else "your name removed"


def _describe_veiled_change(
    change: UndoChange, noun: str, verb: str, person: str
) -> str:
    """Return one thing that was done, with whose it is, and that its own words are not shown."""
    preposition = "for" if noun == "note" else "with"
    whose = f" {preposition} {person}" if person else ""
    return f"{_phrase_numbers(noun, change)}{whose} {verb} (its words are private)"


def describe_veiled_entries(count: int) -> str:
    """Return of how many entries words are not shown, why not, and how to see these."""
    entries = format_count(count, "entry", "entries")
    return (
        f"The words of {entries} are not shown: notes are private, and so is what you marked. "
        "To see them, add --private."
    )


def _describe_unnumbered_change(
    change: UndoChange, noun: str, verb: str, person: str
) -> str:
    """Return what was done to something that is known by a name: `Priya Shah added`."""
    count = len(change.numbers)
    others = _phrase_others(change)
    if noun == "day":
        return f"{verb} {person or others}"
    if change.kind in (*_ABOUT_MEMBERS, *_IN_A_SET):
        return _describe_change_in_set(change, verb, person)
    if change.kind == "person.merged":
        return f"{others} {verb} with {person or 'somebody'}"
    if person or change.others:
        return f"{person or others} {verb}"
    return f"{count} {_PLURALS[noun]} {verb}" if count > 1 else f"a {noun} {verb}"


def _describe_change_in_set(change: UndoChange, verb: str, set_name: str) -> str:
    """Return what was done in a set: `Ben Cole left Ward leads`, `support offered in Ward leads`.

    Without the set's name where that was said already.
    """
    if change.kind in _ABOUT_MEMBERS:
        return f"{_phrase_others(change)} {verb} {set_name}".rstrip()
    return f"{verb} in {set_name}" if set_name else verb


def _phrase_numbers(noun: str, change: UndoChange) -> str:
    """Return a noun with the numbers of what was changed: `promises 3, 4 and 5`."""
    numbers = [str(number) for number in change.numbers]
    if len(numbers) > MOST_NUMBERS:
        return f"{len(numbers)} {_PLURALS.get(noun, f'{noun}s')}"
    if len(numbers) > 1:
        return f"{_PLURALS.get(noun, f'{noun}s')} {join_phrases(numbers)}"
    # A name has no number.
    return " ".join([noun, *numbers])


def _phrase_others(change: UndoChange) -> str:
    """Return who a change is about by their names; `somebody` where they are not known."""
    if len(change.others) > MOST_NUMBERS:
        return f"{len(change.others)} people"
    return join_phrases([clean_line(name) for name in change.others]) or "somebody"


_PLURALS = {"person": "people", "set": "sets", "story": "stories"}


def _phrase_words(change: UndoChange) -> str:
    words = clean_line(change.words or "")
    if not words:
        return ""
    if len(words) > _MOST_CHARACTERS:
        words = f"{words[: _MOST_CHARACTERS - 1].rstrip()}…"
    return f": {words}"
