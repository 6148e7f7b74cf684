"""The owner's promises of the last 13 weeks: which are recorded wrongly, and what is true."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.interview.conversation import Conversation, Question, Scope
from coachlog.interview.keys import (
    build_answer_key,
    build_correction_key,
    build_review_key,
)
from coachlog.model.actions import Action, ActionStatus, Event, EventKind, Fate
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.reviews import Correction, ReviewOutcome
from coachlog.model.templates import Prompt, Stage, Template
from coachlog.rules.corrections import (
    FATE_WORDS,
    judge_standing_fate,
    list_ended_promises,
)
from coachlog.templates.answer_readers import parse_answer_date
from coachlog.text import clean_line, extract_first_name

if TYPE_CHECKING:
    from coachlog.model.progress import DecidedPromise

NONE_DUE = "None of your promises fell due in the last 13 weeks."
PICK_WRONG_HELP = (
    "Use Space to pick any that were recorded wrongly; "
    "just press Enter if all are right."
)
REASON_QUESTION = "How do you know?"
_SHORT_FATES = FATE_WORDS | {
    Fate.REAGREED: "new date",
    Fate.LATE: "late",
    Fate.RELEASED: "dropped",
}
_FATE_WIDTH = max(map(len, _SHORT_FATES.values()))


def find_promises_prompt(template: Template) -> str | None:
    """Return the key of the prompt that looks at the owner's promises; None without one."""
    for key, prompt in template.prompts.items():
        if prompt.kind is PromptKind.PROMISES:
            return key
    return None


def list_correctable_promises(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> "tuple[DecidedPromise, ...]":
    """Return the owner's promises of the last 13 weeks that have ended, the missed ones first.

    A review earlier in this conversation already counts, so that nobody is asked twice.
    """
    actions = [_apply_review(talk, action, answers) for action in talk.due_actions]
    return list_ended_promises(actions, talk.today)


def _apply_review(
    talk: Conversation, action: Action, answers: Mapping[str, AnswerValue]
) -> Action:
    """Return a promise as it will be once this conversation is saved."""
    outcome = answers.get(build_review_key(action.id, "outcome"))
    day = (
        parse_answer_date(answers.get(build_review_key(action.id, "on"))) or talk.today
    )
    new_due = parse_answer_date(answers.get(build_review_key(action.id, "due")))
    if outcome == ReviewOutcome.DONE:
        action = action._replace(status=ActionStatus.DONE, closed_on=day)
        return _append_review_event(action, EventKind.DONE, day)
    if outcome == ReviewOutcome.DROPPED:
        action = action._replace(status=ActionStatus.DROPPED, closed_on=day)
        return _append_review_event(action, EventKind.DROPPED, day)
    if outcome == ReviewOutcome.MOVED and new_due:
        return _append_review_event(
            action._replace(due=new_due), EventKind.MOVED, day, new_due
        )
    return action


def _append_review_event(
    action: Action, kind: EventKind, day: date, new_due: date | None = None
) -> Action:
    at = datetime.combine(day, datetime.min.time(), UTC)
    return action._replace(events=(*action.events, Event(at, day, kind, new_due)))


def build_correction_questions(
    talk: Conversation,
    stage: Stage,
    prompt: Prompt,
    answers: Mapping[str, AnswerValue],
    scope: Scope,
) -> Iterator[Question]:
    """Yield the question of which promises are recorded wrongly, then those about each of them."""
    promises = list_correctable_promises(talk, answers)
    if not promises:
        return
    key = build_answer_key(stage.id, prompt.id, scope.slot)
    yield Question(
        key,
        talk.fill_names(prompt.ask, scope),
        PromptKind.PROMISES,
        stage,
        private=prompt.private,
        help=talk.fill_help(prompt, scope, PICK_WRONG_HELP),
        options=tuple(
            _format_promise_option(promise, talk.today) for promise in promises
        ),
        values=tuple(str(promise.action.id) for promise in promises),
    )
    for promise in _filter_picked_promises(promises, answers.get(key)):
        yield from build_fate_questions(promise, stage)


def build_fate_questions(
    promise: "DecidedPromise", stage: Stage | None = None
) -> Iterator[Question]:
    """Yield the questions about a promise that is recorded wrongly: its fate, and the reason."""
    action = promise.action
    standing_fate = judge_standing_fate(promise)
    fates = [fate for fate in FATE_WORDS if fate is not standing_fate]
    labels = FATE_WORDS | {promise.fate: f"{FATE_WORDS[promise.fate]}, as recorded"}
    yield Question(
        build_correction_key(action.id, "fate"),
        f"What really happened to “{clean_line(action.what)}”?",
        PromptKind.CHOICE,
        stage,
        required=True,
        private=action.private,
        help=_phrase_standing_fate(promise),
        options=tuple(labels[fate] for fate in fates),
        values=tuple(fates),
    )
    yield Question(
        build_correction_key(action.id, "note"),
        REASON_QUESTION,
        PromptKind.LINE,
        stage,
        required=True,
        private=action.private,
        help="One line, to appear next to the promise in the ledger.",
    )


def _filter_picked_promises(
    promises: "Iterable[DecidedPromise]", value: AnswerValue
) -> "Iterator[DecidedPromise]":
    if not isinstance(value, list):
        return
    for promise in promises:
        if str(promise.action.id) in value:
            yield promise


def _format_promise_option(promise: "DecidedPromise", today: date) -> str:
    action = promise.action
    assert action.original_due is not None
    due_day = dates.format_short_day(action.original_due, today)
    promisee = format_promisee(promise)
    details = due_day
    if promisee:
        details = f"{promisee}, {due_day}"
    if action.private:
        details = f"private, {details}"
    fate = _SHORT_FATES[judge_standing_fate(promise)].ljust(_FATE_WIDTH)
    return f"{fate} {action.id:>4}  {clean_line(action.what)} ({details})"


def _phrase_standing_fate(promise: "DecidedPromise") -> str:
    assert promise.action.original_due is not None
    due_day = dates.format_short_day(promise.action.original_due)
    standing_fate = judge_standing_fate(promise)
    # They differ only where the owner has corrected the record before.
    lead = "The journal says" if standing_fate is promise.fate else "You said"
    return f"{lead}: {FATE_WORDS[standing_fate]}. First due {due_day}."


def format_promisee(promise: "DecidedPromise") -> str:
    """Return the first name of the person a promise was made to; '' for one made alone."""
    person = promise.action.person
    if person is None:
        return ""
    return extract_first_name(person.name)


def collect_corrections(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> Iterator[Correction]:
    """Yield the corrections made, in the order of the list."""
    promises = list_correctable_promises(talk, answers)
    prompt_key = find_promises_prompt(talk.template) or ""
    for promise in _filter_picked_promises(promises, answers.get(prompt_key)):
        action_id = promise.action.id
        fate = answers.get(build_correction_key(action_id, "fate"))
        note = answers.get(build_correction_key(action_id, "note"))
        if fate and note:
            yield Correction(
                action_id, Fate(str(fate)), str(note), judge_standing_fate(promise)
            )


def phrase_corrections_answer(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> str:
    """Return the answer to store: `8 kept, 1 missed; corrected: 1 from missed to kept`.

    Only counts: an answer can be shared, and the words of a promise may be private.
    """
    counts = Counter(
        promise.fate for promise in list_correctable_promises(talk, answers)
    )
    phrases = []
    for fate, words in FATE_WORDS.items():
        if counts[fate]:
            phrases.append(f"{counts[fate]} {words}")
    summary = ", ".join(phrases)
    changes = phrase_corrected_fates(collect_corrections(talk, answers))
    if changes:
        summary += f"; corrected: {changes}"
    return summary


def phrase_corrected_fates(corrections: Iterable[Correction]) -> str:
    """Return how many promises each correction covers: `2 from missed to kept`; '' for none."""
    counts = Counter((correction.was, correction.fate) for correction in corrections)
    phrases = []
    for (old_fate, new_fate), count in counts.items():
        phrases.append(f"{count} from {FATE_WORDS[old_fate]} to {FATE_WORDS[new_fate]}")
    return ", ".join(phrases)
