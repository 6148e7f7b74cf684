"""Lines marked private in answers that others may read: they go to a private question, or nowhere.

A marked line is never saved openly because of where it was written: the same holds for notes in
the box of `log`.
"""

from coachlog.answers.file_contents import AnswersFile
from coachlog.interview import keys
from coachlog.interview.notes_places import find_notes_places
from coachlog.interview.scripted import Fault, FileAnswerer
from coachlog.model.answers import PromptKind
from coachlog.model.templates import Template
from coachlog.named_tuples import NamedTuple
from coachlog.rules.disclosure import is_private

_WORD_KINDS = (PromptKind.TEXT, PromptKind.LINE)
_OPEN_LINE_WORDS = (
    "a line of it is marked private, but this answer is not. Write the line under a private "
    "question, or take its mark off."
)


class PrivateMove(NamedTuple):
    """How many lines were moved to a private answer, and the open answers that kept theirs.

    `place` is the key of the private answer; None where there is none.
    """

    place: str | None
    moved_count: int = 0
    stuck_keys: tuple[str, ...] = ()


def move_file_private_lines(file: AnswersFile, template: Template) -> PrivateMove:
    """Move what is marked private in the open answers of a file to its first private question.

    An answer that keeps its line, as one in a slot does, is a fault of the file.
    """
    place = find_notes_places(template).private
    move = _move_private_lines(file.answers, template, place)
    file.faults += [build_private_line_fault(key) for key in move.stuck_keys]
    for number, slot in enumerate(file.slots, start=1):
        for key in _move_private_lines(slot["answers"], template, None).stuck_keys:
            slot_key = keys.build_slot_key(str(number), key)
            file.faults.append(build_private_line_fault(slot_key))
    return move


def _move_private_lines(
    answers: dict[str, object], template: Template, place: str | None
) -> PrivateMove:
    """Move the lines marked private from the open answers to the one at `place`.

    Without a place nothing is moved.
    """
    marked_keys = [
        key
        for key, prompt in template.prompts.items()
        if not is_private(prompt) and has_private_words(prompt.kind, answers.get(key))
    ]
    private_text = answers.get(place) if place is not None else None
    if place is None or not isinstance(private_text, str | None):
        return PrivateMove(place, stuck_keys=tuple(marked_keys))
    # Only such a line loads the grammar.
    from coachlog.capture.private_blocks import split_private_lines

    moved_lines: list[str] = []
    for key in marked_keys:
        open_text, private_lines = split_private_lines(str(answers[key]))
        answers[key] = open_text
        moved_lines += private_lines
    if moved_lines:
        answers[place] = "\n".join(filter(None, [private_text, *moved_lines]))
    return PrivateMove(place, len(moved_lines))


def has_private_words(kind: PromptKind, value: object) -> bool:
    """Return whether an answer in words has a line that is marked private."""
    if kind not in _WORD_KINDS or not isinstance(value, str):
        return False
    # Only an answer in words loads the grammar.
    from coachlog.capture.private_blocks import has_private_line

    return has_private_line(value)


def build_private_line_fault(key: str) -> Fault:
    """Return the fault of an open answer that has a line marked private."""
    return Fault(_OPEN_LINE_WORDS, key, FileAnswerer.name_key(key))
