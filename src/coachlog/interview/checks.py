"""What an answer may be: the one place where answers are checked, wherever they come from."""

from coachlog.bullets import strip_bullets
from coachlog.decoding import has_lone_surrogate
from coachlog.errors import InvalidInput
from coachlog.interview.conversation import MAX_MINUTES, THIRD, Question
from coachlog.interview.keys import parse_key
from coachlog.interview.stages import MAX_ASKED_QUESTIONS, split_asker
from coachlog.model.actions import ME, THEM
from coachlog.model.answers import AnswerValue, AskedQuestion
from coachlog.names.matching import is_meant_by
from coachlog.names.spelling import find_name_fault, has_letter, is_same_name
from coachlog.rules.question_tags import QUESTION_TAGS
from coachlog.templates.answer_readers import is_whole_number, quote_answer_value
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.text import (
    MAX_ANSWER_BYTES,
    clean_line,
    clean_text,
    count_bytes,
    split_words,
)

_LONGEST_NOTHING = 40
_QUESTION_FIELDS = {"question", "by", "tag"}

NO_OWNER_WORDS = "This promise has no owner:"
"""How the fault of a promise without an owner begins, whoever can be written."""


def check_answer(question: Question, value: object) -> AnswerValue:
    """Return the answer in its stored form: cleaned, of the right kind and within its range.

    `value` is what a file holds (a number, a list, a date) or what was typed for a date. None,
    white space or an empty list is a skipped question. Raises InvalidInput, which says what would
    be right.
    """
    key = parse_key(question.key)
    row = get_kind_row(question.kind)
    if key.names_promise:
        value = _clean_promise(value)
    if _is_blank_answer(value, is_list=row.is_list):
        if question.required:
            raise InvalidInput("This needs an answer.")
        return None
    if key.field == "owner-name" and isinstance(value, str):
        _check_owner_words(question, value)
    if row.widget is Widget.QUESTIONS:
        return _check_question_list(question, value)
    if key.counts_minutes:
        return _check_minutes_answer(value)
    assert row.reader is not None, "a kind without a reader is asked part by part"
    return row.reader(question, value)


def _clean_promise(value: object) -> object:
    """Return the words of a promise without bullets; None for words that promise nothing."""
    # A character that cannot be read is refused with the other words.
    if not isinstance(value, str) or has_lone_surrogate(value):
        return value
    # Cleaned first: an invisible character behind a bullet would make it look like words.
    words = strip_bullets(clean_text(value))
    return None if _promises_nothing(words) else words


def check_typed_answer(question: Question, text: str) -> AnswerValue:
    """Return the checked answer that a person typed into a line; nothing typed is the default.

    Raises InvalidInput as `check_answer` does.
    """
    if text.strip():
        return check_answer(question, get_kind_row(question.kind).parser(text))
    if question.default is not None:
        return question.default
    return check_answer(question, None)


def _promises_nothing(words: str) -> bool:
    """Return whether the words of a promise are `none`, `nothing` or the like."""
    if not words.strip() or len(words) > _LONGEST_NOTHING:
        return False
    # Only a promise loads the grammar.
    from coachlog.capture.negations import is_nothing

    return words.strip()[0].isalpha() and is_nothing(words)


def _is_blank_answer(value: object, *, is_list: bool) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (is_list and value == [])


def _check_question_list(question: Question, value: object) -> AnswerValue:
    """Return the questions somebody asked, each given as a text or as an object."""
    if not isinstance(value, list):
        raise InvalidInput(
            f"{quote_answer_value(value)} should be a list of questions."
        )
    if len(value) > MAX_ASKED_QUESTIONS:
        raise InvalidInput(
            f"That is too many questions: {len(value)} (the limit is {MAX_ASKED_QUESTIONS})."
        )
    entries = [_check_question_entry(question, entry) for entry in value]
    size = sum(count_bytes(str(entry["question"])) for entry in entries)
    if size > MAX_ANSWER_BYTES:
        raise InvalidInput(
            f"Those questions are too long (the limit is {MAX_ANSWER_BYTES // 1024} KiB)."
        )
    return entries


def _check_question_entry(question: Question, value: object) -> AskedQuestion:
    entry = value
    if isinstance(value, str):
        entry = {"question": value}
    if not isinstance(entry, dict) or not _QUESTION_FIELDS.issuperset(entry):
        raise InvalidInput(
            f"{quote_answer_value(value)} should be text, or have question, by and tag."
        )
    words = entry.get("question")
    if not isinstance(words, str) or not clean_line(words):
        raise InvalidInput("One of the questions is empty.")
    asked_question = _read_asker(clean_line(words), entry.get("by"), question.options)
    tag = entry.get("tag")
    if tag is not None and tag not in QUESTION_TAGS:
        raise InvalidInput(
            f"tag: {quote_answer_value(tag)} should be one of: {' | '.join(QUESTION_TAGS)}."
        )
    return {**asked_question, "tag": tag}


def _read_asker(words: str, asker: object, names: tuple[str, ...]) -> AskedQuestion:
    """Return a question with who asked it: by a name of its own, else by one before a colon."""
    if asker is None:
        return split_asker(words, names)
    if not isinstance(asker, str):
        raise InvalidInput(f"by: {quote_answer_value(asker)} should be a name.")
    # Any words will do for the question: only the name is looked up.
    full_name = split_asker(f"{asker}: ?", names)["by"]
    return {
        "question": words,
        "by": full_name or clean_line(asker) or None,
        "tag": None,
    }


def _check_minutes_answer(value: object) -> int:
    if not is_whole_number(value) or not 1 <= value <= MAX_MINUTES:
        raise InvalidInput(
            f"{quote_answer_value(value)} should be a whole number of minutes from 1 to "
            f"{MAX_MINUTES}."
        )
    return value


def _check_owner_words(question: Question, name: str) -> None:
    """Raise InvalidInput for what can be nobody's name, and for `them` where there are two."""
    _require_letter(name)
    if question.pair and split_words(name) == [THEM]:
        raise InvalidInput(phrase_either_owner(*question.pair))


def phrase_either_owner(them: str, third: str) -> str:
    """Return the sentence that `them` could mean either of two others, with what to write."""
    return f"“them” could be {them} or {third}: write me or one of these names."


def _require_letter(name: str) -> None:
    if not has_letter(name):
        raise InvalidInput("A name needs a letter.")


def resolve_owner_name(
    text: str, them: str | None, me: str | None, third: str | None = None
) -> str:
    """Return `me`, `them`, `third` for the second of two others, or the name of somebody else.

    The full name, first name or handle of each stands for them. Raises InvalidInput for an empty
    text, for one that can be nobody's name, for a name that fits several, and for `them` where
    there is no other person, or more than one.
    """
    name = clean_line(text)
    if not name:
        raise InvalidInput(_phrase_no_owner(them, third))
    _require_letter(name)
    # Without full stops or quotes around it: `them.` is `them`.
    key = " ".join(split_words(name))
    owners = _list_meant_owners(name, {ME: me, THEM: them, THIRD: third})
    if len(owners) > 1:
        raise InvalidInput(_phrase_ambiguous_owner(name, them, third))
    if owners:
        return owners[0]
    if key == ME:
        return ME
    if key == THEM:
        _require_one_other(them, third)
        return THEM
    fault = find_name_fault(name)
    if fault:
        raise InvalidInput(fault, f"Write me, {_list_other_owners(them, third)}.")
    return name


def _phrase_no_owner(them: str | None, third: str | None) -> str:
    return f"{NO_OWNER_WORDS} write me, {_list_other_owners(them, third)}."


def _list_other_owners(them: str | None, third: str | None) -> str:
    """Return who else can be written as an owner: of two others, their names."""
    return f"{them} or {third}" if third else "them or a name"


def _require_one_other(them: str | None, third: str | None) -> None:
    """Raise InvalidInput if `them` means nobody, or could be either of two."""
    if not them:
        raise InvalidInput(
            "“them” has no meaning here: nobody else was in this conversation."
        )
    if third:
        raise InvalidInput(phrase_either_owner(them, third))


def _list_meant_owners(name: str, names_of: dict[str, str | None]) -> list[str]:
    """Return which owners a name can mean; of three people, a whole name means that one alone."""
    owners = [
        owner for owner, owner_name in names_of.items() if is_meant_by(name, owner_name)
    ]
    if len(owners) < 2 or not names_of[THIRD]:
        return owners
    whole_name_owners = [
        owner for owner in owners if is_same_name(name, names_of[owner] or "")
    ]
    return whole_name_owners or owners


def _phrase_ambiguous_owner(name: str, them: str | None, third: str | None) -> str:
    if third:
        return (
            f"“{name}” could be more than one of you: write me or a full name, "
            f"{them} or {third}."
        )
    return f"“{name}” could be either of you: write me, them or a full name."
