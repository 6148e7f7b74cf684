"""What an answer may be: the one place where answers are checked, wherever they come from."""

from collections.abc import Callable
from datetime import date
from typing import Final

from coachlog import dates
from coachlog.errors import Invalid
from coachlog.interview import keys
from coachlog.interview.conversation import MAX_MINUTES, ME, THEM, Question
from coachlog.interview.keys import MINUTES, Family
from coachlog.interview.stages import MAX_QUESTIONS, asked_by
from coachlog.model import Asked, Kind, Value
from coachlog.rules.question_tags import TAGS
from coachlog.text import MAX_BYTES, fold, in_kib, line, paragraphs, size, slug

LARGEST = 1e15  # beyond this a float no longer tells whole numbers apart


def check(question: Question, value: object) -> Value:
    """Return the answer as it is kept: cleaned, of the right kind, within its range.

    Takes what a file gives (a number, a list, a date) as well as the strings a date is typed in.
    None, or nothing but white space, is a skipped question. `Invalid` says what would be right.
    """
    if isinstance(value, str) and not value.strip():
        value = None
    empty = value == [] and question.kind in (Kind.CHOICES, Kind.QUESTIONS, Kind.PROMISES)
    if value is None or empty:
        if question.required:
            raise Invalid("This one needs an answer.")
        return None
    return _CHECKS[question.kind](question, value)


def _text(question: Question, value: object) -> Value:
    if not isinstance(value, str):
        raise Invalid(f"{_shown(value)} should be a text.")
    if size(value) > MAX_BYTES:
        raise Invalid(f"That is {in_kib(value)} KiB; one answer may have {MAX_BYTES // 1024} KiB.")
    kept = paragraphs(value) if question.kind is Kind.TEXT else line(value)
    if size(kept) > MAX_BYTES:  # what is put in place of a control character is longer than it
        raise Invalid("That holds too many control characters to be kept.")
    if question.required and not kept:
        raise Invalid("This one needs an answer.")
    return kept or None


def _choice(question: Question, value: object) -> Value:
    stored = question.values or question.options
    if isinstance(value, str):
        if value in stored:
            return value
        known = dict(zip(map(fold, question.options), stored, strict=True))
        known |= {fold(one): one for one in stored}
        if fold(value) in known:
            return known[fold(value)]
    raise Invalid(f"{_shown(value)} should be one of: {' | '.join(stored)}.")


def _choices(question: Question, value: object) -> Value:
    if not isinstance(value, list):
        raise Invalid(f"{_shown(value)} should be a list of: {' | '.join(question.options)}.")
    found = list(dict.fromkeys(str(_choice(question, one)) for one in value))
    if len(found) < question.low:
        raise Invalid(f"That is {len(found)}; {question.low} are needed at least.")
    return found


def _questions(question: Question, value: object) -> Value:
    """Return questions that were asked, each a text or an object; options are known names."""
    if not isinstance(value, list):
        raise Invalid(f"{_shown(value)} should be a list of questions.")
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
        raise Invalid(f"{_shown(value)} should be a text, or have question, by and tag.")
    words, by, tag = (value.get(name) for name in ("question", "by", "tag"))
    if not isinstance(words, str) or not line(words):
        raise Invalid("One of the questions has no words.")
    if by is None:
        told = asked_by(line(words), question.options)
        words, by = str(told["question"]), told["by"]
    if by is not None and not isinstance(by, str):
        raise Invalid(f"by: {_shown(by)} should be a name.")
    if tag is not None and tag not in TAGS:
        raise Invalid(f"tag: {_shown(tag)} should be one of: {' | '.join(TAGS)}.")
    named = asked_by(f"{by}: ?", question.options)["by"] if by else None
    return {"question": line(words), "by": named or line(by or "") or None, "tag": tag}


def _scale(question: Question, value: object) -> Value:
    low, high = question.low, question.high
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Invalid(f"{_shown(value)} should be a whole number from {low} to {high}.")
    return value


def _yesno(_question: Question, value: object) -> Value:
    if not isinstance(value, bool):
        raise Invalid(f"{_shown(value)} should be true or false.")
    return value


def _number(question: Question, value: object) -> Value:
    if _is_of_minutes(question):
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_MINUTES:
            raise Invalid(f"{_shown(value)} should be whole minutes, 1 to {MAX_MINUTES}.")
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        raise Invalid(f"{_shown(value)} should be a number.")
    return value


def _is_of_minutes(question: Question) -> bool:
    """Return whether it asks how long a talk took, or a slot of a meeting."""
    key = keys.parse(question.key)
    return key.family in (Family.TALK, Family.SLOT) and key.field == MINUTES


def _date(question: Question, value: object) -> Value:
    if isinstance(value, str):
        read = dates.future if question.ahead else dates.past
        value = read(value, question.base)
    if type(value) is date and not dates.EARLIEST <= value <= dates.LATEST:
        raise Invalid(f"{_shown(value)} is in the year {value.year}; is that a slip?")
    if type(value) is not date:
        raise Invalid(f"{_shown(value)} should be a date.", f"Forms that work: {dates.FORMS}.")
    if question.since and value < question.since:
        raise Invalid(f"{dates.long(value)} is before {dates.long(question.since)}.")
    if question.until and value > question.until:
        raise Invalid(f"{dates.long(value)} is later than {dates.long(question.until)}.")
    return value.isoformat()


_CHECKS: Final[dict[Kind, Callable[[Question, object], Value]]] = {
    Kind.TEXT: _text,
    Kind.LINE: _text,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.PROMISES: _choices,
    Kind.SCALE: _scale,
    Kind.YESNO: _yesno,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.QUESTIONS: _questions,
}


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
    if question.kind in (Kind.SCALE, Kind.NUMBER) and text.strip():
        value = _typed_number(text.strip())
    return check(question, value)


def _typed_number(text: str) -> object:
    for read in (int, float):
        try:
            return read(text.replace("_", "?"))
        except ValueError:
            continue
    return text


def _shown(value: object) -> str:
    if isinstance(value, int) and abs(value) > LARGEST:
        return "that long number"
    text = value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, bool):
        text = text.lower()
    return f"“{line(text)[:40]}”"
