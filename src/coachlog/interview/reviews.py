"""The questions that come first: what happened to the promises that are open."""

from collections.abc import Iterator, Mapping
from datetime import date

from coachlog.interview.conversation import Conversation, Question
from coachlog.interview.keys import HELD_ON, build_review_key
from coachlog.model.actions import ME, THEM, Action, EventKind
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.reviews import ReviewOutcome
from coachlog.phrasing.owners import (
    SideNames,
    describe_first_owner,
    describe_handovers,
)
from coachlog.phrasing.values import describe_due_day, format_action_moves
from coachlog.rules.promises import count_days_overdue
from coachlog.rules.stories import find_opening, was_open_on
from coachlog.templates.answer_readers import parse_answer_date
from coachlog.text import format_count

MOVED_QUESTION = "Moved to when?"
AGREED_DAY = "the day on which it was agreed"
_OUTCOME_LABELS = {
    ReviewOutcome.OPEN: "still open",
    ReviewOutcome.DONE: "done",
    ReviewOutcome.MOVED: "moved to another date",
    ReviewOutcome.DROPPED: "dropped",
}


def find_talk_day(talk: Conversation, answers: Mapping[str, AnswerValue]) -> date:
    """Return the day of a conversation: as answered or, before that, on which it began."""
    return parse_answer_date(answers.get(HELD_ON)) or talk.began_on


def list_reviewable_actions(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> list[Action]:
    """Return the open promises that were made, and open, by the day of the conversation.

    One that is written down late says nothing of what was promised after it.
    """
    day = find_talk_day(talk, answers)
    return [action for action in talk.open_actions if was_open_on(action.events, day)]


def find_earliest_talk_day(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> tuple[date | None, str]:
    """Return the first day on which the conversation can have been, and why; None for any day.

    It was not before a promise was made, or reopened, of which it says that it was done, dropped or
    moved; nor before the day on which it says that this happened.
    """
    bounds: list[tuple[date, str]] = []
    for action in talk.open_actions:
        outcome = answers.get(build_review_key(action.id, "outcome"))
        if outcome in (None, ReviewOutcome.OPEN):
            continue
        opening = find_opening(action.events)
        if opening is not None:
            words = f"when promise {action.id}, which you reviewed, was {opening.kind.value}"
            bounds.append((opening.on, words))
        day = parse_answer_date(answers.get(build_review_key(action.id, "on")))
        if day is not None:
            bounds.append((day, f"when promise {action.id} was {outcome}"))
    return max(bounds, default=(None, ""))


def build_review_questions(
    talk: Conversation, action: Action, answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    """Yield the question of what happened to a promise, then those about dates this calls for."""
    outcome_question = _build_outcome_question(talk, action)
    yield outcome_question
    outcome = answers.get(outcome_question.key)
    day_key = build_review_key(action.id, "on")
    if _asks_outcome_day(talk, action, outcome):
        yield _build_outcome_day_question(talk, action, day_key)
    if outcome == ReviewOutcome.MOVED:
        agreed_on = parse_answer_date(answers.get(day_key)) or talk.today
        yield Question(
            build_review_key(action.id, "due"),
            MOVED_QUESTION,
            PromptKind.DATE,
            required=True,
            help=_phrase_owned_promise(talk, action),
            base=talk.today,
            since=agreed_on,
            since_reason=AGREED_DAY,
            is_due=True,
            present_day=_find_present_day(talk, action, agreed_on),
        )


def _find_present_day(
    talk: Conversation, action: Action, agreed_on: date
) -> date | None:
    """Return the due date on a day, to which nothing could be moved; None if it was moved later.

    A file may be that of a conversation which is on record, with the move in it.
    """
    moved_days = [event.on for event in action.events if event.kind is EventKind.MOVED]
    if talk.every_field and agreed_on in moved_days:
        return None
    return None if max(moved_days, default=agreed_on) > agreed_on else action.due


def list_outcome_questions(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> list[Question]:
    """Return the question of each promise that is still to be reviewed, the owner's own first."""
    actions = list_reviewable_actions(talk, answers)
    actions.sort(key=lambda action: action.owner != ME)
    questions = [_build_outcome_question(talk, action) for action in actions]
    return [question for question in questions if question.key not in answers]


def _build_outcome_question(talk: Conversation, action: Action) -> Question:
    """Return the question of what happened to a promise, with what is known of its date."""
    return Question(
        build_review_key(action.id, "outcome"),
        _phrase_owned_promise(talk, action),
        PromptKind.CHOICE,
        private=action.private,
        help=_phrase_action_due(talk, action),
        offers_skip=False,
        options=tuple(_OUTCOME_LABELS.values()),
        values=tuple(_OUTCOME_LABELS),
    )


def _build_outcome_day_question(
    talk: Conversation, action: Action, key: str
) -> Question:
    """Return the question on which day a promise was done, dropped or moved."""
    opening = find_opening(action.events)
    earliest_day, reason = None, ""
    # What was made after the day of the conversation is refused with that day.
    if opening is not None and opening.on <= talk.today:
        earliest_day = opening.on
        reason = f"when it was {opening.kind.value}"
    return Question(
        key,
        "On which day?",
        PromptKind.DATE,
        help=f"{_phrase_owned_promise(talk, action)}\n"
        "Enter means the day of the conversation.",
        base=talk.today,
        ahead=False,
        since=earliest_day,
        since_reason=reason,
        until=talk.today,
    )


def _asks_outcome_day(talk: Conversation, action: Action, outcome: AnswerValue) -> bool:
    """Return whether to ask on which day the outcome came about.

    A person is asked only where the day decides whether the promise was kept: it was closed after
    its first date had passed. A file may give the day in any case.
    """
    is_closed = outcome in (ReviewOutcome.DONE, ReviewOutcome.DROPPED)
    if talk.every_field:
        return is_closed or outcome == ReviewOutcome.MOVED
    if action.original_due is None:
        return False
    return is_closed and action.original_due < talk.today


def _phrase_owned_promise(talk: Conversation, action: Action) -> str:
    return f"{_name_action_owner(talk, action)}: {action.what}"


def _name_action_owner(talk: Conversation, action: Action) -> str:
    if action.owner == ME:
        return "You"
    if action.owner != THEM:
        return action.owner
    return _name_other_person(talk, action)


def _name_other_person(talk: Conversation, action: Action) -> str:
    # In a set, or with two others, `them` is whoever made this promise.
    name = talk.them
    if talk.set or talk.third:
        name = action.person.name if action.person else None
    return name or "they"


def _phrase_action_due(talk: Conversation, action: Action) -> str:
    sentence = "No date was agreed."
    if action.due:
        days_overdue = count_days_overdue(action, talk.today)
        sentence = f"By {describe_due_day(action, talk.today)}"
        if days_overdue:
            sentence += f", {format_count(days_overdue, 'day')} overdue"
        sentence += "."
    if moves := format_action_moves(action):
        sentence += f" {moves[0].upper()}{moves[1:]}."
    names = SideNames("you", _name_other_person(talk, action))
    if handovers := describe_handovers(action, names, talk.today):
        sentence += f" Promised by {describe_first_owner(action, names)}{handovers}."
    return sentence
