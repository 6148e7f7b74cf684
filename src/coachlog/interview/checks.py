"""What an answer may be: the one place where answers are checked, wherever they come from."""

from collections.abc import Callable

from coachlog.errors import Invalid
from coachlog.interview import keys
from coachlog.interview.conversation import MAX_MINUTES, ME, THEM, Question
from coachlog.interview.keys import MINUTES, Family
from coachlog.interview.stages import MAX_QUESTIONS, asked_by
from coachlog.model import Asked, Value
from coachlog.rules.question_tags import TAGS
from coachlog.templates.answer_readers import shown
from coachlog.templates.kinds import KindRow, Widget, row_of
from coachlog.text import MAX_BYTES, fold, line, size, slug


def check(question: Question, value: object) -> Value:
    """Return the answer as it is kept: cleaned, of the right kind, within its range.

    Takes what a file gives (a number, a list, a date) as well as the strings a date is typed in.
    None, or nothing but white space, is a skipped question. `Invalid` says what would be right.
    """
    if isinstance(value, str) and not value.strip():
        value = None
    row = row_of(question.kind)
    if value is None or (row.many and value == []):
        if question.required:
            raise Invalid("This one needs an answer.")
        return None
    return _reader(question, row)(question, value)


def _reader(question: Question, row: KindRow) -> Callable[[Question, object], Value]:
    """Return what reads the answer: the reader of its kind, where the interview has none."""
    if row.widget is Widget.QUESTIONS:
        return _questions
    if _is_of_minutes(question):
        return _minutes
    assert row.read is not None, "what is more than one question is asked part by part"
    return row.read


def _questions(question: Question, value: object) -> Value:
    """Return questions that were asked, each a text or an object; options are known names."""
    if not isinstance(value, list):
        raise Invalid(f"{shown(value)} should be a list of questions.")
    if len(value) > MAX_QUESTIONS:
        raise Invalid(f"Those are {len(value)} questions; {MAX_QUESTIONS} fit.")
    found = [_asked(question, one) for one in value]
    if sum(size(str(one["question"])) for one in found) > MAX_BYTES:
        raise Invalid(f"Those are too long; one answer may have {MAX_BYTES // 1024} KiB.")
    return found


def _asked(question: Question, value: object) -> Asked:
    if isinstance(value, str):
        value = dict(asked_by(line(value), question.options))
    if not isinstance(value, dict) or set(value) - {"question", "by", "tag"}:
        raise Invalid(f"{shown(value)} should be a text, or have question, by and tag.")
    words, by, tag = (value.get(name) for name in ("question", "by", "tag"))
    if not isinstance(words, str) or not line(words):
        raise Invalid("One of the questions has no words.")
    if by is None:
        told = asked_by(line(words), question.options)
        words, by = str(told["question"]), told["by"]
    if by is not None and not isinstance(by, str):
        raise Invalid(f"by: {shown(by)} should be a name.")
    if tag is not None and tag not in TAGS:
        raise Invalid(f"tag: {shown(tag)} should be one of: {' | '.join(TAGS)}.")
    named = asked_by(f"{by}: ?", question.options)["by"] if by else None
    return {"question": line(words), "by": named or line(by or "") or None, "tag": tag}


def _minutes(_question: Question, value: object) -> Value:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_MINUTES:
        raise Invalid(f"{shown(value)} should be whole minutes, 1 to {MAX_MINUTES}.")
    return value


def _is_of_minutes(question: Question) -> bool:
    """Return whether it asks how long a talk took, or a slot of a meeting."""
    key = keys.parse(question.key)
    return key.family in (Family.TALK, Family.SLOT) and key.field == MINUTES


def owner(given: str, them: str | None, me: str | None) -> str:
    """Return `me`, `them`, or the name of someone else.

    A full name, a first name or a handle that is one of the two means that one. `Invalid` if it is
    nobody: empty, or `them` where there is no other person.
    """
    name = line(given)
    key = fold(name)
    if not key:
        raise Invalid("Nobody has this action; the owner is me, them or a name.")
    if _is_name_of(key, me) and _is_name_of(key, them):
        raise Invalid(f"“{name}” could be either of you; the owner is me, them or a full name.")
    if key == ME or _is_name_of(key, me):
        return ME
    if them and (key == THEM or _is_name_of(key, them)):
        return THEM
    if key == THEM:
        raise Invalid("“them” is nobody here: there is no other person.")
    return name


def _is_name_of(key: str, name: str | None) -> bool:
    return bool(name) and (key == slug(name or "") or f"{fold(name or '')} ".startswith(f"{key} "))


def typed(question: Question, text: str) -> Value:
    """Return the checked answer for what a person typed into a line; `Invalid` as for `check`."""
    value: object = text
    if not text.strip() and question.default is not None:
        return question.default
    if text.strip():
        value = row_of(question.kind).typed(text)
    return check(question, value)
