"""One promise of typed notes, asked about again field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coachlog.answers.captured_notes import Understanding
from coachlog.capture import (
    CaptureContext,
    CapturedPromise,
    Doubt,
    Owner,
    find_captured_owner,
    get_owner_name,
    read_promise,
    split_label,
)
from coachlog.interview.back import Back
from coachlog.interview.conversation import OTHER, THIRD, Conversation, Question, Scope
from coachlog.interview.keys import parse_key
from coachlog.interview.notes_places import find_notes_places
from coachlog.interview.promises import build_promise_questions
from coachlog.interview.record import build_recorded_promise
from coachlog.interview.typed_promises import complete_promise
from coachlog.model.actions import ME, THEM
from coachlog.model.answers import AnswerValue
from coachlog.model.references import PersonRef
from coachlog.names.matching import fits_name
from coachlog.names.spelling import is_same_name
from coachlog.services.desk import Desk
from coachlog.services.help_contact import load_help_contact
from coachlog.services.sessions.promise_names import load_promise_names
from coachlog.services.sessions.session_setup import SessionSetup

_WORDS_FIELDS = ("what", "sharper")


@dataclass
class PromiseMending:
    """What it takes to ask about a promise again.

    `context` has the name of a new owner as well, once the promise is mended.
    """

    desk: Desk
    setup: SessionSetup
    understanding: Understanding
    context: CaptureContext

    def ask(self, promise: CapturedPromise) -> CapturedPromise | None:
        """Return the promise as it is meant; None if the person went back.

        New words are read as they are in a conversation, and what they say is offered.
        """
        label, promise = _take_label(promise)
        offered_answers = _list_promise_answers(promise, self.understanding)
        if label:
            offered_answers |= {"owner": OTHER, "owner-name": label}
        talk = self._build_promise_talk()
        replies = self._ask_promise_fields(talk, offered_answers)
        if replies is None:
            return None
        answers, new_words = replies
        key = find_notes_places(self.understanding.template).promises
        assert key is not None
        typed_promise = build_recorded_promise(talk, Scope(), key, 1, answers)
        owner = self._find_owner(typed_promise.owner)
        if new_words:
            reading = self._read_new_words(promise, new_words)
        else:
            reading = self._read_kept_words(promise, typed_promise.due)
            if label and not _is_named_by(owner, label):
                # What stands before the colon is no owner, and so part of what was promised.
                reading = reading._replace(what=f"{label}: {reading.what}")
        return reading._replace(
            owner=owner,
            due=typed_promise.due,
            done_when=typed_promise.done_when,
            is_private=promise.is_private or reading.is_private,
            is_done=promise.is_done or reading.is_done,
            doubts=(),
        )

    def _read_new_words(
        self, promise: CapturedPromise, new_words: Sequence[str]
    ) -> CapturedPromise:
        """Return a promise in new words, the last of them first."""
        context = self.context._replace(held_on=self.understanding.held_on)
        for words in new_words:
            promise = complete_promise(read_promise(words, context), promise)
        return promise

    def _ask_promise_fields(
        self, talk: Conversation, offered_answers: Mapping[str, AnswerValue]
    ) -> tuple[dict[str, AnswerValue], list[str]] | None:
        """Return the answers by key, and any new words for the promise; None for going back.

        What new words say is offered, and else what was offered before.
        """
        answers: dict[str, AnswerValue] = {}
        new_words: list[str] = []
        for question in _list_promise_questions(talk, answers):
            field = parse_key(question.key).field
            offered_answer = offered_answers.get(field)
            if new_words and question.offered is not None:
                offered_answer = question.offered
            reply = self.desk.asker.ask_again(question, offered_answer)
            if isinstance(reply, Back):
                return None
            answers[question.key] = reply
            if field in _WORDS_FIELDS and reply not in (None, offered_answer):
                new_words.append(str(reply))
        return answers, new_words

    def _build_promise_talk(self) -> Conversation:
        """Return the conversation in which a promise is asked about again."""
        template = self.understanding.template
        held_on = self.understanding.held_on
        return Conversation(
            template,
            today=held_on,
            latest_day=self.desk.today,
            began_on=held_on,
            them=self.understanding.with_whom,
            third=self.understanding.third_name or None,
            help_contact=load_help_contact(self.desk, template),
            promise_names=load_promise_names(self.desk, self.setup, held_on),
        )

    def _read_kept_words(
        self, promise: CapturedPromise, due: date | None
    ) -> CapturedPromise:
        """Return a promise whose words stayed as they were, without a day that is its date."""
        reading = read_promise(promise.what, self.context)
        is_plain = not reading.names_owner and reading.done_when is None
        has_same_date = reading.due is not None and reading.due == due
        if is_plain and has_same_date:
            return promise._replace(what=reading.what)
        return promise

    def _find_owner(self, owner: str) -> Owner:
        """Return who an owner is: the person of the journal, or a name that is one from now on."""
        if owner == ME:
            return ME
        if owner == THEM:
            partner = self.context.others[0]
            return PersonRef(partner.id, partner.name)
        for person in (*self.context.others, *self.context.known):
            if is_same_name(person.name, owner):
                return PersonRef(person.id, person.name)
        if owner not in self.context.owners:
            owners = (*self.context.owners, owner)
            self.context = self.context._replace(owners=owners)
        return owner


def _take_label(promise: CapturedPromise) -> tuple[str, CapturedPromise]:
    """Return a name that may be the owner's, and the promise without it; '' where there is none."""
    parts = split_label(promise.what) if Doubt.WHO in promise.doubts else None
    if parts is None:
        return "", promise
    label, what = parts
    return label, promise._replace(what=what)


def _is_named_by(owner: Owner, label: str) -> bool:
    return owner != ME and fits_name(label, get_owner_name(owner))


def _list_promise_questions(
    talk: Conversation, answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    """Yield the questions about one promise; each answer is in `answers` before the next."""
    key = find_notes_places(talk.template).promises
    assert key is not None
    stage = next(stage for stage in talk.template.stages if stage.id == key.stage)
    prompt = talk.template.prompts[key]
    scope = Scope(them=talk.them)
    for question in build_promise_questions(talk, stage, prompt, answers, scope):
        part = parse_key(question.key)
        if part.number > 1:
            return
        if part.field == "what":
            question = replace(question, required=True)
        yield question


def _list_promise_answers(
    promise: CapturedPromise, understanding: Understanding
) -> dict[str, AnswerValue]:
    """Return the fields of a promise as answers, to be offered again."""
    owner = find_captured_owner(promise, understanding.person_id)
    if understanding.third_name and is_same_name(owner, understanding.third_name):
        owner = THIRD
    answers: dict[str, AnswerValue] = {
        "what": promise.what,
        "owner": owner,
        "due": promise.due.isoformat() if promise.due else None,
        "done_when": promise.done_when,
    }
    if owner not in (ME, THEM, THIRD):
        answers |= {"owner": OTHER, "owner-name": owner}
    return answers
