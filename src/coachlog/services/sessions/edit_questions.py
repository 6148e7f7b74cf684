"""The questions that a held conversation can be asked again, as they were asked then."""

from datetime import date

from coachlog.interview import keys
from coachlog.interview.conversation import Question
from coachlog.interview.keys import HELD_ON, ISSUE, MINUTES
from coachlog.model.answers import AskedQuestion, PromptKind
from coachlog.model.sessions import Answer, Session
from coachlog.model.sets import Slot
from coachlog.rules import question_tags
from coachlog.rules.disclosure import is_private
from coachlog.services.desk import Desk
from coachlog.store.reading import session_queries


def load_answers_by_key(desk: Desk, session: Session) -> dict[str, Answer]:
    """Return the answers of a session by key; that of an answer in a slot begins `2:`."""
    slot_numbers: dict[int | None, str] = {
        slot.id: str(slot.number) for slot in session.slots
    }
    with desk.read() as db:
        slot_answers = session_queries.read_answers_by_slot(db, session.id)
    answers: dict[str, Answer] = {}
    for slot_id, answer in slot_answers:
        slot_number = slot_numbers.get(slot_id, "")
        answers[keys.build_answer_key(answer.stage, answer.prompt, slot_number)] = (
            answer
        )
    return answers


def build_edit_day_question(today: date) -> Question:
    """Return the question on which day, up to today, a conversation was held."""
    return Question(
        HELD_ON,
        "When did you talk?",
        PromptKind.DATE,
        base=today,
        ahead=False,
        until=today,
    )


def build_edit_minutes_question() -> Question:
    """Return the question how many minutes a conversation took."""
    return Question(MINUTES, "How many minutes did it take?", PromptKind.NUMBER)


def rebuild_slot_questions(slot: Slot) -> dict[str, Question]:
    """Return the questions about a slot itself, by key: its issue and its minutes."""
    number = str(slot.number)
    issue_key = keys.build_slot_key(number, ISSUE)
    minutes_key = keys.build_slot_key(number, MINUTES)
    issue_words = f"What did {slot.presenter.name} bring?"
    return {
        issue_key: Question(issue_key, issue_words, PromptKind.LINE),
        minutes_key: Question(
            minutes_key, "How many minutes did this slot take?", PromptKind.NUMBER
        ),
    }


def rebuild_asked_question(
    key: str, answer: Answer, today: date, asker_names: tuple[str, ...] = ()
) -> Question:
    """Return the question of an answer, as it was asked.

    `asker_names` are those who may have asked something, for an answer that is a list of questions.
    """
    return Question(
        key,
        answer.question,
        answer.kind,
        private=is_private(answer),
        low=answer.lowest,
        high=answer.highest,
        options=asker_names if answer.kind is PromptKind.QUESTIONS else answer.options,
        base=today,
    )


def build_tag_question(question: AskedQuestion) -> Question:
    """Return the choice of a tag for a question that someone asked, with a hint if there is one."""
    words = str(question["question"])
    proposal = question_tags.propose_question_tag(words)
    help = None
    if proposal is not None:
        tag, reason = proposal
        help = f"Perhaps {tag}: {reason}. You decide."
    return Question(
        "tag",
        words,
        PromptKind.CHOICE,
        help=help,
        options=question_tags.QUESTION_TAGS,
        by_letter=True,
    )
