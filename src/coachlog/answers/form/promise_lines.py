"""The promises of a form: one to a line, in the grammar of notes, with lines below for the rest."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from coachlog.answers.file_contents import AnswersFile
from coachlog.answers.form.escapes import escape_form_line, unescape_form_line
from coachlog.answers.form.wording import PROMISE_LABELS
from coachlog.answers.typed_actions import (
    build_typed_context,
    list_unknown_owners,
    read_typed_actions,
    write_typed_action,
)
from coachlog.bullets import strip_bullets
from coachlog.errors import InvalidInput
from coachlog.interview.conversation import OTHER, Conversation, PromiseNames
from coachlog.interview.keys import AnswerKey
from coachlog.interview.scripted import Fault
from coachlog.model.actions import ME
from coachlog.model.answers import AnswerValue
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.templates import TemplateAudience
from coachlog.templates.kinds import get_kind_row
from coachlog.text import clean_line, fold_text

_TIGHT_DASH = re.compile(r"-(?=[^\W\d])")
_PROMISE_BOX = re.compile(r"\[[ xX]?\]\s+")
_LABEL_LINE = re.compile(
    r"\s*(?P<label>[a-zA-Z][a-zA-Z _-]{0,10}?)\s*:(?:\s+(?P<value>.*))?"
)
_LABEL_LEADS = tuple(f"{label} " for label in PROMISE_LABELS)
# What a promise can say in its own line.
_SENTENCE_FIELDS = ("what", "owner", "due", "done_when", "private")

# Reading


def parse_promise_rows(
    rows: Iterable[str], key: AnswerKey, faults: list[Fault]
) -> list[dict[str, Any]]:
    """Return the fields of each promise as they were typed; what cannot be read is a fault.

    What is in the words themselves is found by `read_typed_actions`.
    """
    promises = _group_promise_lines(map(unescape_form_line, rows), key, faults)
    return [
        _parse_promise(promise, key, number, faults)
        for number, promise in enumerate(promises, start=1)
    ]


def _group_promise_lines(
    rows: Iterable[str], key: AnswerKey, faults: list[Fault]
) -> list[dict[str, str]]:
    """Return the typed words of each promise, by field; a row that fits nowhere is a fault.

    A promise begins with a dash or at the start of a line; lines that are set in belong to it.
    """
    promises: list[dict[str, str]] = []
    for row in rows:
        if not row.strip():
            continue
        words = _strip_promise_marks(row)
        field_name = _find_label_field(row)
        if words is not None:
            promises.append({"what": clean_line(words)})
        elif field_name is None and not row[0].isspace():
            promises.append({"what": clean_line(row)})
        else:
            misfit = _extend_last_promise(promises, row, field_name)
            if misfit:
                words = f"“{clean_line(row)[:40]}” {misfit}"
                faults.append(Fault(words, key, key))
    return [promise for promise in promises if any(promise.values())]


def _strip_promise_marks(row: str) -> str | None:
    """Return the words after the mark that begins a promise; None for a row without one.

    A row that is set in belongs to the promise above it.
    """
    if row[0].isspace():
        return None
    words = strip_bullets(row)
    if words == row:
        dash = _TIGHT_DASH.match(row)
        if dash is None:
            return None
        words = row[dash.end() :]
    box = _PROMISE_BOX.match(words)
    if box is None:
        return words
    return strip_bullets(words[box.end() :])


def _find_label_field(row: str) -> str | None:
    """Return the field of a promise whose label begins a line; None for any other line."""
    match = _LABEL_LINE.fullmatch(row)
    if match is None:
        return None
    return PROMISE_LABELS.get(_normalise_label(match["label"]))


def _extend_last_promise(
    promises: list[dict[str, str]], row: str, field_name: str | None
) -> str:
    """Add a line to the last promise; return why it does not belong there, '' if it does."""
    if field_name is None:
        if promises and _continues_promise(row, promises[-1]):
            promises[-1]["what"] = clean_line(f"{promises[-1]['what']} {row}")
            return ""
        labels = ", ".join(f"{label}:" for label in PROMISE_LABELS)
        return f"is not understood; lines under a dash begin with {labels}"
    if not promises:
        return "comes before any promise; begin each promise with a dash."
    if field_name in promises[-1]:
        return "repeats a label of the same promise; keep one of the two."
    _, _, value = row.partition(":")
    promises[-1][field_name] = clean_line(value)
    return ""


def _continues_promise(row: str, promise: dict[str, str]) -> bool:
    """Return whether a line goes on with the words of a promise: no label has come yet."""
    if set(promise) != {"what"} or _LABEL_LINE.fullmatch(row):
        return False
    # A label that lost its colon is a slip, not a part of the promise.
    lead = f"{_normalise_label(row)} ".replace("=", " ")
    return not lead.startswith(_LABEL_LEADS)


def _normalise_label(typed_label: str) -> str:
    """Return a label as the form writes it; the name of its field will do as well."""
    words = fold_text(typed_label).replace("_", " ").replace("-", " ")
    for label, field_name in PROMISE_LABELS.items():
        if words == field_name.replace("_", " "):
            return label
    return words


def _parse_promise(
    promise: dict[str, str], key: AnswerKey, number: int, faults: list[Fault]
) -> dict[str, Any]:
    """Return the fields of a promise, without those left empty; what cannot be read is a fault."""
    values: dict[str, Any] = {}
    for name, text in promise.items():
        # A promise without words is kept: the walk finds that they are missing. A line for a date
        # says that the words have none, which `read_typed_actions` has to know.
        if not text and name != "what":
            if name == "due":
                values[name] = None
            continue
        try:
            values[name] = get_kind_row(PROMISE_FIELDS[name].kind).parser(text)
        except InvalidInput as error:
            part_key = key.part(number, name)
            faults.append(Fault(error.message, part_key, part_key))
    return values


# Writing


def write_promise_rows(
    talk: Conversation, key: AnswerKey, answers: Mapping[str, AnswerValue]
) -> Iterator[str]:
    """Yield the lines of each promise, or a dash to begin with.

    Each is written in the plainest way in which it is read again as it is.
    """
    promises = list(_list_promises(talk, key, answers))
    if not promises:
        yield "-"
        return
    names = talk.promise_names or PromiseNames(talk.began_on)
    # These stand in lines of their own, and so are names in every other promise as well.
    owners = list_unknown_owners(promises, names)
    for promise in promises:
        rows: list[str] = []
        for rows in _list_promise_forms(promise, names, owners):
            if _read_rows(rows, talk, names, owners) == promise:
                break
        yield from map(escape_form_line, rows)


def _list_promises(
    talk: Conversation, key: AnswerKey, answers: Mapping[str, AnswerValue]
) -> Iterator[dict[str, AnswerValue]]:
    """Yield the fields of each promise among the answers, as a file holds them."""
    number = 1
    while answers.get(key.part(number, "what")) is not None:
        fields = {name: answers.get(key.part(number, name)) for name in PROMISE_FIELDS}
        # A promise that was made sharper is written in its later words.
        fields["what"] = answers.get(key.part(number, "sharper")) or fields["what"]
        if fields["owner"] == OTHER:
            fields["owner"] = answers.get(key.part(number, "owner-name"))
        # Alone, nobody else can own a promise.
        if talk.template.audience is TemplateAudience.SOLO:
            fields["owner"] = None
        yield {name: value for name, value in fields.items() if value}
        number += 1


def _list_promise_forms(
    promise: Mapping[str, AnswerValue],
    names: PromiseNames,
    owners: Sequence[str],
) -> Iterator[list[str]]:
    """Yield the ways to write a promise, the plainest first: as a sentence, then line by line.

    Somebody who is neither in the conversation nor in the journal has a line of their own.
    """
    context = build_typed_context(names, owners)
    if promise.get("owner") not in owners:
        sentence = write_typed_action(promise, context)
        yield [sentence, *_list_labels(promise, _SENTENCE_FIELDS)]
    words = write_typed_action({**promise, "owner": ME}, context)
    beside_owner = [name for name in _SENTENCE_FIELDS if name != "owner"]
    yield [words.replace(f"{ME}: ", "", 1), *_list_labels(promise, beside_owner)]
    # With a line for its date, a promise is what its lines say, and its words stay whole.
    yield [f"- {promise['what']}", *_list_labels({"due": "", **promise}, ("what",))]


def _list_labels(
    promise: Mapping[str, AnswerValue], written_fields: Iterable[str]
) -> list[str]:
    """Return a line for each field of a promise that is not written yet."""
    left_out = set(written_fields)
    return [
        f"  {label}: {_format_field_value(promise[name])}".rstrip()
        for label, name in PROMISE_LABELS.items()
        if name in promise and name not in left_out
    ]


def _format_field_value(value: AnswerValue) -> str:
    """Return one field of a promise as a person would type it."""
    return "yes" if value is True else str(value)


def _read_rows(
    rows: Sequence[str],
    talk: Conversation,
    names: PromiseNames,
    owners: Sequence[str],
) -> dict[str, Any] | None:
    """Return the promise that is read from these lines in a form with these owners."""
    faults: list[Fault] = []
    promises = parse_promise_rows(rows, AnswerKey(""), faults)
    file = AnswersFile(actions=promises)
    read_typed_actions(file, talk, names, owners)
    if faults or len(file.actions) != 1:
        return None
    return file.actions[0]
