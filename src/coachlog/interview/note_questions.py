"""The questions about open notes: at the start, or where a prompt draws on their kind."""

from collections.abc import Iterator, Mapping

from coachlog import dates
from coachlog.interview.conversation import Conversation, Question
from coachlog.interview.keys import build_note_choice_key, build_note_key
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.notes import Note, NoteKind, NoteOutcome
from coachlog.model.templates import Prompt, Stage
from coachlog.rules.notes import comes_back
from coachlog.text import clean_line, cut_line, format_count

MAX_QUOTED_NOTES = 3
"""So many notes are quoted below a question, the latest; the list after it has all of them."""
_QUOTED_LENGTH = 160
_OPTION_LENGTH = 70
_ORIGINS = {
    NoteKind.RAISE: "Parked",
    NoteKind.SEEN: "Seen",
    NoteKind.THANKS: "Thanks, noted",
    NoteKind.EVIDENCE: "Evidence, noted",
}


def list_returning_notes(talk: Conversation) -> list[Note]:
    """Return the open notes that are asked about before a conversation's own questions."""
    return [note for note in talk.notes if comes_back(note)]


def list_prompt_notes(talk: Conversation, prompt: Prompt) -> list[Note]:
    """Return the open notes that a prompt draws on; none where it draws on no kind of note.

    Those asked about at the start are not among them.
    """
    return [
        note
        for note in talk.notes
        if note.kind is prompt.notes and not comes_back(note)
    ]


def list_askable_notes(talk: Conversation) -> list[Note]:
    """Return the open notes that a conversation by this template can settle."""
    drawn_kinds = {prompt.notes for prompt in talk.template.prompts.values()}
    return [note for note in talk.notes if comes_back(note) or note.kind in drawn_kinds]


def build_note_question(talk: Conversation, note: Note) -> Question:
    """Return the question of what to do with an open note."""
    day = dates.format_short_day(note.written_on, talk.today)
    return Question(
        build_note_key(note.id),
        note.words,
        PromptKind.CHOICE,
        help=f"{_ORIGINS[note.kind]} on {day}.",
        offers_skip=False,
        options=("keep for next time", "talked about", "drop it"),
        values=(NoteOutcome.KEEP, NoteOutcome.TALKED, NoteOutcome.DROP),
    )


def build_prompt_note_questions(
    talk: Conversation, stage: Stage, prompt: Prompt
) -> Iterator[Question]:
    """Yield the question of which notes quoted with a prompt were said; a file says it of each."""
    notes = list_prompt_notes(talk, prompt)
    if talk.every_field:
        for note in notes:
            yield build_note_question(talk, note)
    elif notes:
        yield Question(
            build_note_choice_key(notes[0].kind),
            "Which of your notes have you now said?",
            PromptKind.CHOICES,
            stage,
            help="Those you do not mark stay open for next time.",
            options=tuple(_label_note(note) for note in notes),
            values=tuple(str(note.id) for note in notes),
        )


def _label_note(note: Note) -> str:
    return f"{note.id} {cut_line(clean_line(note.words), _OPTION_LENGTH)}"


def quote_prompt_notes(talk: Conversation, prompt: Prompt) -> str:
    """Return the latest notes that a prompt draws on, in a line below its question; '' for none.

    They are shown at the terminal and nowhere else: no note is written into a file by itself.
    """
    if talk.every_field:
        return ""
    notes = list_prompt_notes(talk, prompt)
    if not notes:
        return ""
    quotes = [_quote_note(talk, note) for note in reversed(notes[-MAX_QUOTED_NOTES:])]
    others = len(notes) - len(quotes)
    if others:
        quotes.append(f"and {format_count(others, 'earlier one')}")
    return f"Your notes: {'; '.join(quotes)}."


def _quote_note(talk: Conversation, note: Note) -> str:
    words = cut_line(clean_line(note.words), _QUOTED_LENGTH)
    day = dates.format_short_day(note.written_on, talk.today)
    link = f", {note.link}" if note.link else ""
    return f"“{words}” ({day}{link})"


def list_note_outcomes(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> Iterator[tuple[int, NoteOutcome]]:
    """Yield the number of each note that came up, and what happened to it."""
    for note in talk.notes:
        outcome = answers.get(build_note_key(note.id))
        ticked_ids = answers.get(build_note_choice_key(note.kind))
        if outcome:
            yield note.id, NoteOutcome(str(outcome))
        elif isinstance(ticked_ids, list) and str(note.id) in ticked_ids:
            yield note.id, NoteOutcome.TALKED
