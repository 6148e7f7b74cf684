"""What an answer may be: the one place where answers are checked, wherever they come from."""

from collections.abc import Callable

from coachlog.errors import InvalidInput
from coachlog.interview import keys
from coachlog.interview.conversation import MAX_MINUTES, ME, THEM, Question
from coachlog.interview.keys import MINUTES, KeyFamily
from coachlog.interview.stages import MAX_ASKED_QUESTIONS, split_asker
from coachlog.model import AnswerValue, AskedQuestion
from coachlog.rules.question_tags import QUESTION_TAGS
from coachlog.templates.answer_readers import quote_answer_value
from coachlog.templates.kinds import KindRow, Widget, get_kind_row
from coachlog.text import MAX_ANSWER_BYTES, build_slug, clean_line, count_bytes, fold_text


def check_answer(question: Question, value: object) -> AnswerValue:
    """Return the answer as it is kept: cleaned, of the right kind, within its range.

    Takes what a file gives (a number, a list, a date) as well as the strings a date is typed in.
    None, or nothing but white space, is a skipped question. `Invalid` says what would be right.
    """
    if isinstance(value, str) and not value.strip():
        value = None
    row = get_kind_row(question.kind)
    if value is None or (row.is_list and value == []):
        if question.required:
            raise InvalidInput("This one needs an answer.")
        return None
    return _choose_answer_reader(question, row)(question, value)


def _choose_answer_reader(
    question: Question, row: KindRow
) -> Callable[[Question, object], AnswerValue]:
    """Return what reads the answer: the reader of its kind, where the interview has none."""
    if row.widget is Widget.QUESTIONS:
        return _check_question_list
    if _asks_for_minutes(question):
        return _check_minutes_answer
    assert row.reader is not None, "what is more than one question is asked part by part"
    return row.reader


def _check_question_list(question: Question, value: object) -> AnswerValue:
    """Return questions that were asked, each a text or an object; options are known names."""
    if not isinstance(value, list):
        raise InvalidInput(f"{quote_answer_value(value)} should be a list of questions.")
    if len(value) > MAX_ASKED_QUESTIONS:
        raise InvalidInput(f"Those are {len(value)} questions; {MAX_ASKED_QUESTIONS} fit.")
    found = [_check_question_entry(question, one) for one in value]
    if sum(count_bytes(str(one["question"])) for one in found) > MAX_ANSWER_BYTES:
        raise InvalidInput(
            f"Those are too long; one answer may have {MAX_ANSWER_BYTES // 1024} KiB."
        )
    return found


def _check_question_entry(question: Question, value: object) -> AskedQuestion:
    if isinstance(value, str):
        value = dict(split_asker(clean_line(value), question.options))
    if not isinstance(value, dict) or set(value) - {"question", "by", "tag"}:
        raise InvalidInput(
            f"{quote_answer_value(value)} should be a text, or have question, by and tag."
        )
    words, by, tag = (value.get(name) for name in ("question", "by", "tag"))
    if not isinstance(words, str) or not clean_line(words):
        raise InvalidInput("One of the questions has no words.")
    if by is None:
        told = split_asker(clean_line(words), question.options)
        words, by = str(told["question"]), told["by"]
    if by is not None and not isinstance(by, str):
        raise InvalidInput(f"by: {quote_answer_value(by)} should be a name.")
    if tag is not None and tag not in QUESTION_TAGS:
        raise InvalidInput(
            f"tag: {quote_answer_value(tag)} should be one of: {' | '.join(QUESTION_TAGS)}."
        )
    named = split_asker(f"{by}: ?", question.options)["by"] if by else None
    return {"question": clean_line(words), "by": named or clean_line(by or "") or None, "tag": tag}


def _check_minutes_answer(_question: Question, value: object) -> AnswerValue:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_MINUTES:
        raise InvalidInput(
            f"{quote_answer_value(value)} should be whole minutes, 1 to {MAX_MINUTES}."
        )
    return value


def _asks_for_minutes(question: Question) -> bool:
    """Return whether it asks how long a talk took, or a slot of a meeting."""
    key = keys.parse_key(question.key)
    return key.family in (KeyFamily.TALK, KeyFamily.SLOT) and key.field == MINUTES


def resolve_owner_name(text: str, them: str | None, me: str | None) -> str:
    """Return `me`, `them`, or the name of someone else.

    A full name, a first name or a handle that is one of the two means that one. `Invalid` if it is
    nobody: empty, or `them` where there is no other person.
    """
    name = clean_line(text)
    key = fold_text(name)
    if not key:
        raise InvalidInput("Nobody has this action; the owner is me, them or a name.")
    if _is_name_of(key, me) and _is_name_of(key, them):
        raise InvalidInput(
            f"“{name}” could be either of you; the owner is me, them or a full name."
        )
    if key == ME or _is_name_of(key, me):
        return ME
    if them and (key == THEM or _is_name_of(key, them)):
        return THEM
    if key == THEM:
        raise InvalidInput("“them” is nobody here: there is no other person.")
    return name


def _is_name_of(key: str, name: str | None) -> bool:
    return bool(name) and (
        key == build_slug(name or "") or f"{fold_text(name or '')} ".startswith(f"{key} ")
    )


def check_typed_answer(question: Question, text: str) -> AnswerValue:
    """Return the checked answer for what a person typed into a line; `Invalid` as for `check_answer`."""
    value: object = text
    if not text.strip() and question.default is not None:
        return question.default
    if text.strip():
        value = get_kind_row(question.kind).parser(text)
    return check_answer(question, value)
