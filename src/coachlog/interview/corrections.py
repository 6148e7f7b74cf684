"""The owner's promises of a quarter, looked at again: which are told wrongly, and what is true."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from coachlog import dates
from coachlog.interview import keys
from coachlog.interview.conversation import Conversation, Question
from coachlog.model import Action, ActionStatus, Event, EventKind, Fate, Kind, Value
from coachlog.model.progress import Decided
from coachlog.model.records import Correction, Outcome
from coachlog.model.templates import Prompt, Stage, Template
from coachlog.rules.corrections import FATES, ended, standing
from coachlog.text import first_name, line

NONE_DUE = "None of your promises came due in the last 13 weeks."
ALL_RIGHT = "Space picks those told wrongly; Enter alone: all of them are told rightly."
WHAT_TELLS = "What tells you?"
_SHORT = FATES | {Fate.REAGREED: "re-agreed", Fate.LATE: "late"}
_WIDE = max(map(len, _SHORT.values()))


def prompt_of(template: Template) -> str | None:
    """Return the key of the prompt that looks at the owner's promises; None without one."""
    prompts = template.prompts.items()
    return next((key for key, prompt in prompts if prompt.kind is Kind.PROMISES), None)


def due(talk: Conversation, answers: Mapping[str, Value]) -> tuple[Decided, ...]:
    """Return the owner's promises of the quarter that ended, the missed first.

    What was said of one at the beginning of this talk counts already: nobody is asked twice.
    """
    return ended((_reviewed(talk, one, answers) for one in talk.due), talk.today)


def _reviewed(talk: Conversation, action: Action, answers: Mapping[str, Value]) -> Action:
    """Return a promise as it will be once this talk is saved."""
    on = _day(answers.get(keys.review(action.id, "on"))) or talk.today
    moved_to = _day(answers.get(keys.review(action.id, "due")))
    match answers.get(keys.review(action.id, "outcome")):
        case Outcome.DONE:
            return _told(action, EventKind.DONE, on, status=ActionStatus.DONE, closed_on=on)
        case Outcome.DROPPED:
            return _told(action, EventKind.DROPPED, on, status=ActionStatus.DROPPED, closed_on=on)
        case Outcome.MOVED if moved_to:
            return _told(action, EventKind.MOVED, on, due=moved_to)
    return action


def _told(action: Action, kind: EventKind, on: date, **fields: Any) -> Action:
    at = datetime.combine(on, datetime.min.time(), UTC)
    event = Event(at, on, kind, fields.get("due"))
    return action._replace(events=(*action.events, event), **fields)


def _day(value: Value) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def asked(
    talk: Conversation, stage: Stage, prompt: Prompt, answers: Mapping[str, Value]
) -> Iterator[Question]:
    """Yield which promises are told wrongly, then of each what is true; nothing if none is due."""
    listed = due(talk, answers)
    if not listed:
        return
    key = keys.answer(stage.id, prompt.id)
    yield Question(
        key,
        talk.worded(prompt.ask),
        Kind.PROMISES,
        stage,
        private=prompt.private,
        help=talk.worded(prompt.help) if prompt.help else ALL_RIGHT,
        options=tuple(_label(one, talk.today) for one in listed),
        values=tuple(str(one.action.id) for one in listed),
    )
    for one in _picked(listed, answers.get(key)):
        yield from about(one, stage)


def about(one: Decided, stage: Stage | None = None) -> Iterator[Question]:
    """Yield what is asked of a promise that is told wrongly: its fate, and what tells so."""
    stands = standing(one)
    fates = [fate for fate in FATES if fate is not stands]
    recorded = {one.fate: f"{FATES[one.fate]}, as recorded"}
    yield Question(
        keys.correction(one.action.id, "fate"),
        f"What really became of “{line(one.action.what)}”?",
        Kind.CHOICE,
        stage,
        required=True,
        private=one.action.private,
        help=_stands(one),
        options=tuple((FATES | recorded)[fate] for fate in fates),
        values=tuple(fates),
    )
    yield Question(
        keys.correction(one.action.id, "note"),
        WHAT_TELLS,
        Kind.LINE,
        stage,
        required=True,
        private=one.action.private,
        help="One line: it stands beside the promise in the ledger.",
    )


def _picked(listed: Iterable[Decided], value: Value) -> Iterator[Decided]:
    numbers = value if isinstance(value, list) else []
    return (one for one in listed if str(one.action.id) in numbers)


def _label(one: Decided, today: date) -> str:
    assert one.action.original_due is not None
    aside = ", ".join(filter(None, (whom(one), dates.short(one.action.original_due, today))))
    fate = f"{_SHORT[standing(one)]:<{_WIDE}}"
    return f"{fate} {one.action.id:>4}  {line(one.action.what)} ({aside})"


def _stands(one: Decided) -> str:
    stands = standing(one)
    by = "You said" if stands is not one.fate else "The journal says"
    assert one.action.original_due is not None
    return f"{by}: {FATES[stands]}. First due {dates.short(one.action.original_due)}."


def whom(one: Decided) -> str:
    """Return to whom a promise was made, in a word; '' for one made alone."""
    return first_name(one.action.person.name) if one.action.person else ""


def corrections(talk: Conversation, given: Mapping[str, Value]) -> Iterator[Correction]:
    """Yield what was corrected, in the order of the list."""
    for one in _picked(due(talk, given), given.get(prompt_of(talk.template) or "")):
        fate = given.get(keys.correction(one.action.id, "fate"))
        note = given.get(keys.correction(one.action.id, "note"))
        if fate and note:
            yield Correction(one.action.id, Fate(str(fate)), str(note), standing(one))


def counted(talk: Conversation, given: Mapping[str, Value]) -> str:
    """Return the answer that is kept: counts alone, so that no promise is told where it stands.

    `8 kept, 1 missed; corrected: 1 from missed to kept`.
    """
    counts = Counter(one.fate for one in due(talk, given))
    told = ", ".join(f"{counts[fate]} {words}" for fate, words in FATES.items() if counts[fate])
    changes = changed(corrections(talk, given))
    return f"{told}; corrected: {changes}" if changes else told


def changed(found: Iterable[Correction]) -> str:
    """Return how many were corrected from what to what: `2 from missed to kept`; '' for none."""
    counts = Counter((one.was, one.fate) for one in found)
    return ", ".join(
        f"{count} from {FATES[was]} to {FATES[fate]}" for (was, fate), count in counts.items()
    )
