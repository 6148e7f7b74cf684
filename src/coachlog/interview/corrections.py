"""The owner's promises of a quarter, looked at again: which are told wrongly, and what is true."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from coachlog import dates
from coachlog.interview import keys
from coachlog.interview.conversation import Conversation, Question
from coachlog.model import Action, ActionStatus, AnswerValue, Event, EventKind, Fate, PromptKind
from coachlog.model.progress import DecidedPromise
from coachlog.model.records import Correction, ReviewOutcome
from coachlog.model.templates import Prompt, Stage, Template
from coachlog.rules.corrections import FATE_WORDS, judge_standing_fate, list_ended_promises
from coachlog.text import clean_line, extract_first_name

NONE_DUE = "None of your promises came due in the last 13 weeks."
PICK_WRONG_HELP = "Space picks those told wrongly; Enter alone: all of them are told rightly."
REASON_QUESTION = "What tells you?"
_SHORT_FATES = FATE_WORDS | {Fate.REAGREED: "re-agreed", Fate.LATE: "late"}
_FATE_WIDTH = max(map(len, _SHORT_FATES.values()))


def find_promises_prompt(template: Template) -> str | None:
    """Return the key of the prompt that looks at the owner's promises; None without one."""
    prompts = template.prompts.items()
    return next((key for key, prompt in prompts if prompt.kind is PromptKind.PROMISES), None)


def list_correctable_promises(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> tuple[DecidedPromise, ...]:
    """Return the owner's promises of the quarter that ended, the missed first.

    What was said of one at the beginning of this talk counts already: nobody is asked twice.
    """
    return list_ended_promises(
        (_apply_review(talk, one, answers) for one in talk.due_actions), talk.today
    )


def _apply_review(talk: Conversation, action: Action, answers: Mapping[str, AnswerValue]) -> Action:
    """Return a promise as it will be once this talk is saved."""
    on = _parse_review_day(answers.get(keys.build_review_key(action.id, "on"))) or talk.today
    moved_to = _parse_review_day(answers.get(keys.build_review_key(action.id, "due")))
    match answers.get(keys.build_review_key(action.id, "outcome")):
        case ReviewOutcome.DONE:
            return _append_review_event(
                action, EventKind.DONE, on, status=ActionStatus.DONE, closed_on=on
            )
        case ReviewOutcome.DROPPED:
            return _append_review_event(
                action, EventKind.DROPPED, on, status=ActionStatus.DROPPED, closed_on=on
            )
        case ReviewOutcome.MOVED if moved_to:
            return _append_review_event(action, EventKind.MOVED, on, due=moved_to)
    return action


def _append_review_event(action: Action, kind: EventKind, on: date, **fields: Any) -> Action:
    at = datetime.combine(on, datetime.min.time(), UTC)
    event = Event(at, on, kind, fields.get("due"))
    return action._replace(events=(*action.events, event), **fields)


def _parse_review_day(value: AnswerValue) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def build_correction_questions(
    talk: Conversation, stage: Stage, prompt: Prompt, answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    """Yield which promises are told wrongly, then of each what is true; nothing if none is due."""
    listed = list_correctable_promises(talk, answers)
    if not listed:
        return
    key = keys.build_answer_key(stage.id, prompt.id)
    yield Question(
        key,
        talk.fill_names(prompt.ask),
        PromptKind.PROMISES,
        stage,
        private=prompt.private,
        help=talk.fill_names(prompt.help) if prompt.help else PICK_WRONG_HELP,
        options=tuple(_format_promise_option(one, talk.today) for one in listed),
        values=tuple(str(one.action.id) for one in listed),
    )
    for one in _filter_picked_promises(listed, answers.get(key)):
        yield from build_fate_questions(one, stage)


def build_fate_questions(promise: DecidedPromise, stage: Stage | None = None) -> Iterator[Question]:
    """Yield what is asked of a promise that is told wrongly: its fate, and what tells so."""
    stands = judge_standing_fate(promise)
    fates = [fate for fate in FATE_WORDS if fate is not stands]
    recorded = {promise.fate: f"{FATE_WORDS[promise.fate]}, as recorded"}
    yield Question(
        keys.build_correction_key(promise.action.id, "fate"),
        f"What really became of “{clean_line(promise.action.what)}”?",
        PromptKind.CHOICE,
        stage,
        required=True,
        private=promise.action.private,
        help=_phrase_standing_fate(promise),
        options=tuple((FATE_WORDS | recorded)[fate] for fate in fates),
        values=tuple(fates),
    )
    yield Question(
        keys.build_correction_key(promise.action.id, "note"),
        REASON_QUESTION,
        PromptKind.LINE,
        stage,
        required=True,
        private=promise.action.private,
        help="One line: it stands beside the promise in the ledger.",
    )


def _filter_picked_promises(
    promises: Iterable[DecidedPromise], value: AnswerValue
) -> Iterator[DecidedPromise]:
    numbers = value if isinstance(value, list) else []
    return (one for one in promises if str(one.action.id) in numbers)


def _format_promise_option(promise: DecidedPromise, today: date) -> str:
    assert promise.action.original_due is not None
    aside = ", ".join(
        filter(
            None,
            (format_promisee(promise), dates.format_short_day(promise.action.original_due, today)),
        )
    )
    fate = f"{_SHORT_FATES[judge_standing_fate(promise)]:<{_FATE_WIDTH}}"
    return f"{fate} {promise.action.id:>4}  {clean_line(promise.action.what)} ({aside})"


def _phrase_standing_fate(promise: DecidedPromise) -> str:
    stands = judge_standing_fate(promise)
    by = "You said" if stands is not promise.fate else "The journal says"
    assert promise.action.original_due is not None
    return f"{by}: {FATE_WORDS[stands]}. First due {dates.format_short_day(promise.action.original_due)}."


def format_promisee(promise: DecidedPromise) -> str:
    """Return to whom a promise was made, in a word; '' for one made alone."""
    return extract_first_name(promise.action.person.name) if promise.action.person else ""


def collect_corrections(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> Iterator[Correction]:
    """Yield what was corrected, in the order of the list."""
    for one in _filter_picked_promises(
        list_correctable_promises(talk, answers),
        answers.get(find_promises_prompt(talk.template) or ""),
    ):
        fate = answers.get(keys.build_correction_key(one.action.id, "fate"))
        note = answers.get(keys.build_correction_key(one.action.id, "note"))
        if fate and note:
            yield Correction(one.action.id, Fate(str(fate)), str(note), judge_standing_fate(one))


def phrase_corrections_answer(talk: Conversation, answers: Mapping[str, AnswerValue]) -> str:
    """Return the answer that is kept: counts alone, so that no promise is told where it stands.

    `8 kept, 1 missed; corrected: 1 from missed to kept`.
    """
    counts = Counter(one.fate for one in list_correctable_promises(talk, answers))
    told = ", ".join(
        f"{counts[fate]} {words}" for fate, words in FATE_WORDS.items() if counts[fate]
    )
    changes = phrase_corrected_fates(collect_corrections(talk, answers))
    return f"{told}; corrected: {changes}" if changes else told


def phrase_corrected_fates(corrections: Iterable[Correction]) -> str:
    """Return how many were corrected from what to what: `2 from missed to kept`; '' for none."""
    counts = Counter((one.was, one.fate) for one in corrections)
    return ", ".join(
        f"{count} from {FATE_WORDS[was]} to {FATE_WORDS[fate]}"
        for (was, fate), count in counts.items()
    )
