"""Which open notes a conversation asks about, and which it quotes."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from coachlog.interview.conversation import Conversation, Question
from coachlog.interview.note_questions import list_askable_notes
from coachlog.interview.sequence import build_conversation_questions
from coachlog.model.answers import AnswerValue
from coachlog.model.notes import Note, NoteKind
from coachlog.templates import library

TODAY = date(2026, 11, 23)
NOTES = tuple(
    Note(id, f"{kind}-words", TODAY - timedelta(days=7), kind)
    for id, kind in enumerate(NoteKind, start=1)
)


class Skipped(dict[str, AnswerValue]):
    """Every question is skipped."""

    def __missing__(self, _: str) -> AnswerValue:
        return None


def ask(
    template: str, notes: tuple[Note, ...], *, every_field: bool = False
) -> list[Question]:
    """Return all questions of a conversation in which every one is skipped."""
    talk = Conversation(
        library.find_template(template, Path("nowhere")),
        *(TODAY, TODAY, TODAY),
        them="Priya Shah",
        notes=notes,
        every_field=every_field,
    )
    return list(build_conversation_questions(talk, Skipped()))


def list_quotes(questions: list[Question]) -> list[str]:
    return [
        line
        for question in questions
        for line in (question.help or "").splitlines()
        if line.startswith("Your notes: ")
    ]


@pytest.mark.parametrize(
    ("template", "quotes"),
    [
        ("grow", []),
        ("sbi", ["Your notes: “seen-words” (Mon 16 Nov)."]),
        ("pdp", ["Your notes: “evidence-words” (Mon 16 Nov)."]),
    ],
)
def test_what_is_quoted_at_the_terminal(template: str, quotes: list[str]) -> None:
    assert list_quotes(ask(template, NOTES)) == quotes


@pytest.mark.parametrize("template", ["grow", "sbi", "pdp"])
def test_nothing_is_quoted_for_a_file(template: str) -> None:
    assert list_quotes(ask(template, NOTES, every_field=True)) == []


def test_only_the_latest_are_quoted_and_all_can_be_closed() -> None:
    notes = tuple(
        Note(id, f"n{id}", TODAY, NoteKind.EVIDENCE, f"https://a.test/{id}")
        for id in range(1, 31)
    )
    questions = ask("pdp", notes)
    (quote,) = list_quotes(questions)
    assert quote == (
        "Your notes: “n30” (Mon 23 Nov, https://a.test/30); "
        "“n29” (Mon 23 Nov, https://a.test/29); "
        "“n28” (Mon 23 Nov, https://a.test/28); and 27 earlier ones."
    )
    (closing,) = (q for q in questions if q.key == "note.0.evidence")
    assert closing.values == tuple(str(id) for id in range(1, 31))
    assert not closing.required


@pytest.mark.parametrize("name", library.list_template_ids(Path("nowhere")))
def test_every_note_that_can_be_settled_is_asked_about_once(name: str) -> None:
    """In a file note by note, at the terminal in one list for each kind that is drawn on."""
    template = library.find_template(name, Path("nowhere"))
    talk = Conversation(template, TODAY, TODAY, TODAY, them="Priya", notes=NOTES)
    askable_ids = {note.id for note in list_askable_notes(talk)}
    keys = [question.key for question in ask(name, NOTES, every_field=True)]
    asked_ids = [key.split(".")[1] for key in keys if key.startswith("note.")]
    assert sorted(asked_ids) == sorted(str(id) for id in askable_ids)
    assert {1, 3} <= askable_ids
