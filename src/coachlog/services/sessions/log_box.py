"""A conversation typed into one box: understood on one screen, mended there, and saved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from shlex import quote

from coachlog import files
from coachlog.answers.captured_notes import (
    Understanding,
    find_captured_owner,
    find_notes_places,
)
from coachlog.capture import (
    CaptureContext,
    CapturedPromise,
    Doubt,
    Owner,
    read_offered,
    read_promise,
    split_label,
    write_promise,
)
from coachlog.errors import CoachlogError, FaultyAnswers, InvalidInput, Refusal
from coachlog.interview import (
    HELD_ON,
    MINUTES,
    Back,
    Conversation,
    Question,
    Walk,
    run_interview,
)
from coachlog.interview.conversation import ME, OTHER, THEM, Scope
from coachlog.interview.keys import (
    NOTES_BOX,
    NOTES_OWNERS,
    NOTES_PARTNER,
    parse_key,
)
from coachlog.interview.promises import build_promise_questions
from coachlog.interview.record import build_recorded_promise
from coachlog.interview.typed_promises import complete_promise
from coachlog.model import Action, AnswerValue, Draft, Person, PersonRef
from coachlog.model.records import ReviewOutcome, SessionRecord
from coachlog.names import fits_name, is_same_name
from coachlog.services.desk import Desk
from coachlog.services.help_contact import load_help_contact
from coachlog.services.inputs import read_input_text, require_answer_size
from coachlog.services.results import Result
from coachlog.services.sessions.draft_saver import DraftSaver
from coachlog.services.sessions.drafts import find_draft_notes, find_draft_owners
from coachlog.services.sessions.first_week import list_first_remarks
from coachlog.services.sessions.form_backups import remove_editor_files
from coachlog.services.sessions.hold import (
    build_pause_error,
    describe_saved_session,
    parse_draft_template,
)
from coachlog.services.sessions.log_notes import (
    compose_log,
    list_tick_remarks,
    load_capture_context,
    refuse_misfit,
    understand_notes,
)
from coachlog.services.sessions.log_remarks import (
    describe_notes_to_raise,
    list_new_name_remarks,
    list_waiting_remarks,
)
from coachlog.services.sessions.log_start import (
    describe_newcomer,
    find_draft_partner,
    list_similar_people,
)
from coachlog.services.sessions.partners import ask_newcomer
from coachlog.services.sessions.promise_names import load_promise_names
from coachlog.services.sessions.saved_session import list_closed_elsewhere_remarks
from coachlog.services.sessions.session_setup import (
    Newcomer,
    OpenItems,
    SessionSetup,
    load_open_items,
)
from coachlog.services.sessions.start import ask_own_name_afterwards, tell_stand_in
from coachlog.text import clean_text

_BOX_HELP = (
    "Write as you like. “- send the rota by fri” is a promise, “~ ask again in May” private, "
    "“#handover” a tag, “35 min” how long it took."
)
_WORDS_FIELDS = ("what", "sharper")
OPEN_TEXT = "e"
"""The key that opens the text again."""


@dataclass
class NotesBox:
    """The notes of one conversation while they are typed: the text is in a draft all the time."""

    desk: Desk
    setup: SessionSetup
    saver: DraftSaver
    context: CaptureContext
    open_items: OpenItems
    text: str = ""
    held_on: date | None = None
    uses_editor: bool = False

    def settle(self, *, is_filled: bool) -> Understanding:
        """Return what the person agrees to save, once they have typed, read and mended it.

        `is_filled` notes are shown as understood at once. Raises InvalidInput for an empty box.
        """
        if is_filled:
            self.save_text()
        else:
            self._type_text()
        while True:
            if not self._settle_partner():
                self._type_text()
                continue
            understanding = understand_notes(
                self.text, self.context, self.setup, self.open_items.promises
            )
            reply = self._ask_for_agreement(understanding)
            if reply == "":
                return understanding
            if isinstance(reply, Back) or reply == OPEN_TEXT:
                self._type_text()
            else:
                self._mend_line(understanding, int(reply))

    def _settle_partner(self) -> bool:
        """Ask who someone new is, unless that is known; return False if the person went back."""
        if not isinstance(self.setup.person, Newcomer):
            return True
        name = self.setup.person.name
        partner = ask_newcomer(self.desk, name, list_similar_people(self.desk, name))
        if isinstance(partner, Back):
            return False
        self.setup = self.setup._replace(person=partner)
        self.saver.setup = self.setup
        context = load_capture_context(self.desk, self.setup, self.context.held_on)
        self.context = context._replace(owners=self.context.owners)
        self.open_items = load_open_items(self.desk, self.setup)
        return True

    def _type_text(self) -> None:
        if self.uses_editor:
            self._write_in_editor()
        else:
            self.text = self.desk.asker.write_notes(
                f"Notes of a conversation with {self.setup.name}",
                _BOX_HELP,
                self.saver.save_half_answer,
                self.text,
            )
            self._keep_text()

    def _write_in_editor(self) -> None:
        """Let the text be written in the editor; the file goes once the draft has it."""
        path = files.write_new_file(self.desk.home, "notes", ".md", self.text)
        try:
            self.desk.asker.edit(path)
            self.text = read_input_text(str(path))
            require_answer_size(self.text, "text")
        except CoachlogError as error:
            error.hint = self._describe_editor_file(path)
            raise
        if not self.text.strip():
            remove_editor_files(path)
        self._keep_text()
        remove_editor_files(path)

    def _describe_editor_file(self, path: Path) -> str:
        """Return where the text is once the editor has failed; a file that it left alone goes."""
        name = quote(self._get_partner_name())
        contents = path.read_bytes() if path.exists() else b""
        if contents.strip() and contents != self.text.encode():
            return (
                f"What you typed is in {path}. To read it from there: "
                f"coachlog log {name} --from {quote(str(path))}"
            )
        remove_editor_files(path)
        if self.saver.session_id is not None:
            return (
                "The notes are kept as they were before. "
                f"To carry on: coachlog session resume {self.saver.session_id}"
            )
        return (
            f"Nothing was typed in it. To type here: coachlog log {name}. "
            "For another editor, set EDITOR to its name."
        )

    def _get_partner_name(self) -> str:
        """Return the other person as a command line has them: by handle, or by a new name."""
        person = self.setup.person
        return person.slug if isinstance(person, Person) else self.setup.name or ""

    def _keep_text(self) -> None:
        if not self.text.strip():
            raise InvalidInput("Nothing was typed, so nothing was saved.")
        self.save_text()

    def compose(
        self, understanding: Understanding
    ) -> tuple[Conversation, SessionRecord]:
        """Return the conversation that was understood, and the record of it.

        Raises as `compose_log` does.
        """
        return compose_log(
            self.desk,
            understanding,
            self.setup,
            "What you typed",
        )

    def save_text(self) -> None:
        """Save the text in the draft."""
        self.saver.save_step(NOTES_BOX, self.text)

    def _ask_for_agreement(self, understanding: Understanding) -> str | Back:
        """Return '' to save, the number of a line to mend, `OPEN_TEXT` or BACK."""
        try:
            refuse_misfit(understanding, self.held_on)
            self.compose(understanding)
        except (Refusal, FaultyAnswers, InvalidInput) as error:
            self.desk.asker.tell(error.message)
            return OPEN_TEXT
        return self.desk.asker.agree_notes(understanding)

    def _mend_line(self, understanding: Understanding, number: int) -> None:
        """Ask what a line means, and put the answer in its place in the text."""
        notes = understanding.notes
        place = number - 1
        if place < len(notes.promises):
            promise, line = notes.promises[place], notes.promise_lines[place]
        else:
            bullet = notes.offered[place - len(notes.promises)]
            promise, line = read_offered(bullet, self.context), bullet.line
        mended_promise = self._ask_promise(promise, understanding)
        if mended_promise is None:
            return
        # As the lines were counted when they were read: not every break of Unicode ends one.
        lines = clean_text(self.text).split("\n")
        lines[line] = write_promise(mended_promise, self.context)
        self.text = "\n".join(lines)
        self.save_text()

    def _ask_promise(
        self, promise: CapturedPromise, understanding: Understanding
    ) -> CapturedPromise | None:
        """Return the promise as it is meant; None if the person went back.

        New words are read as they are in a conversation, and what they say is offered.
        """
        label, promise = _take_label(promise)
        offered_answers = _list_promise_answers(promise, understanding.person_id)
        if label:
            offered_answers |= {"owner": OTHER, "owner-name": label}
        talk = self._build_promise_talk(understanding)
        replies = self._ask_promise_fields(talk, offered_answers)
        if replies is None:
            return None
        answers, new_words = replies
        key = find_notes_places(understanding.template).promises
        assert key is not None
        typed_promise = build_recorded_promise(talk, Scope(), key, 1, answers)
        owner = self._find_owner(typed_promise.owner)
        reading = self._read_new_words(promise, new_words, understanding.held_on)
        if not new_words:
            reading = self._read_kept_words(promise, typed_promise.due)
            if label and not _is_named_by(owner, label):
                # What stands before the colon is no owner, and so part of what was promised.
                reading = replace(reading, what=f"{label}: {reading.what}")
        return replace(
            reading,
            owner=owner,
            due=typed_promise.due,
            done_when=typed_promise.done_when,
            is_private=promise.is_private or reading.is_private,
            is_done=promise.is_done or reading.is_done,
            doubts=(),
        )

    def _read_new_words(
        self, promise: CapturedPromise, new_words: Sequence[str], held_on: date
    ) -> CapturedPromise:
        """Return a promise in new words, the last of them first; dates count from a day."""
        context = self.context._replace(held_on=held_on)
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

    def _build_promise_talk(self, understanding: Understanding) -> Conversation:
        """Return the conversation in which a promise is asked about again."""
        return Conversation(
            understanding.template,
            today=understanding.held_on,
            latest_day=self.desk.today,
            began_on=understanding.held_on,
            them=understanding.with_whom,
            help_contact=load_help_contact(self.desk, understanding.template),
            promise_names=load_promise_names(
                self.desk, self.setup, understanding.held_on
            ),
        )

    def _read_kept_words(
        self, promise: CapturedPromise, due: date | None
    ) -> CapturedPromise:
        """Return a promise whose words stayed as they were, without a day that is its date."""
        reading = read_promise(promise.what, self.context)
        is_plain = not reading.names_owner and reading.done_when is None
        has_same_date = reading.due is not None and reading.due == due
        if is_plain and has_same_date:
            return replace(promise, what=reading.what)
        return promise

    def _find_owner(self, owner: str) -> Owner:
        """Return who an owner is: the person of the journal, or a name that is one from now on."""
        if owner == ME:
            return ME
        if owner == THEM:
            partner = self.context.others[0]
            return PersonRef(partner.id, partner.name)
        for person in self.context.known:
            if is_same_name(person.name, owner):
                return PersonRef(person.id, person.name)
        if owner not in self.context.owners:
            owners = (*self.context.owners, owner)
            self.context = self.context._replace(owners=owners)
            # Or the line would be uncertain again in a draft that is resumed.
            self.saver.save_step(NOTES_OWNERS, [*owners])
        return owner


def _take_label(promise: CapturedPromise) -> tuple[str, CapturedPromise]:
    """Return a name that may be the owner's, and the promise without it; '' where there is none."""
    parts = split_label(promise.what) if Doubt.WHO in promise.doubts else None
    if parts is None:
        return "", promise
    label, what = parts
    return label, replace(promise, what=what)


def _is_named_by(owner: Owner, label: str) -> bool:
    name = owner if isinstance(owner, str) else owner.name
    return owner != ME and fits_name(label, name)


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
    promise: CapturedPromise, person_id: int
) -> dict[str, AnswerValue]:
    """Return the fields of a promise as answers, to be offered again."""
    owner = find_captured_owner(promise, person_id)
    answers: dict[str, AnswerValue] = {
        "what": promise.what,
        "owner": owner,
        "due": promise.due.isoformat() if promise.due else None,
        "done_when": promise.done_when,
    }
    if owner not in (ME, THEM):
        answers |= {"owner": OTHER, "owner-name": owner}
    return answers


def type_notes(
    desk: Desk,
    setup: SessionSetup,
    text: str,
    held_on: date | None,
    *,
    uses_editor: bool,
) -> Result:
    """Let notes be typed into the box, or read from a text; return what was saved, what is next.

    `held_on` is the day that the command line gives.
    """
    steps: dict[str, AnswerValue] = {}
    if held_on is not None:
        steps[HELD_ON] = held_on.isoformat()
    is_new = isinstance(setup.person, Newcomer)
    if is_new:
        steps[NOTES_PARTNER] = setup.name
    saver = DraftSaver(desk, setup, steps, has_late_partner=is_new)
    saver.start_loading()
    context = load_capture_context(desk, setup, held_on or desk.today)
    open_items = load_open_items(desk, setup)
    box = NotesBox(desk, setup, saver, context, open_items, text, held_on, uses_editor)
    return _run_box(box, is_filled=bool(text.strip()))


def resume_log(desk: Desk, draft: Draft, me: str | None) -> Result:
    """Carry on with notes that were typed into the box; return as `type_notes` does."""
    template = parse_draft_template(draft)
    setup = SessionSetup(template, find_draft_partner(desk, draft), me)
    text = find_draft_notes(draft)
    saver = DraftSaver(
        desk,
        setup,
        draft=draft,
        session_id=draft.session,
        has_late_partner=draft.person is None,
    )
    saver.start_loading()
    context = load_capture_context(desk, setup, _find_draft_day(draft))
    context = context._replace(owners=find_draft_owners(draft))
    open_items = load_open_items(desk, setup)
    held_on = _find_draft_day(draft) if draft.steps.get(HELD_ON) else None
    box = NotesBox(desk, setup, saver, context, open_items, text, held_on)
    return _run_box(box, is_filled=False)


def _find_draft_day(draft: Draft) -> date:
    held_on = draft.steps.get(HELD_ON)
    return date.fromisoformat(str(held_on)) if held_on else draft.begun_on


def _run_box(box: NotesBox, *, is_filled: bool) -> Result:
    """Let the notes be typed, save them, and ask about the promises that were open before."""
    desk, saver = box.desk, box.saver
    _tell_before_box(box)
    try:
        understanding = box.settle(is_filled=is_filled)
        talk, record = box.compose(understanding)
        saved_session = saver.finish_draft(record, understanding.tags)
    except KeyboardInterrupt:
        raise build_pause_error(saver) from None
    for remark in list_closed_elsewhere_remarks(desk, saved_session.closed_elsewhere):
        desk.asker.tell(remark)
    ticked = {review.action for review in record.reviews}
    left_open = [
        action for action in box.open_items.promises if action.id not in ticked
    ]
    _review_open_actions(desk, talk, saved_session.id, record.held_on, left_open)
    if box.setup.me is None:
        ask_own_name_afterwards(desk)
    remarks = (
        *list_tick_remarks(understanding, box.open_items.promises),
        *list_new_name_remarks(box.setup, saved_session),
        *list_waiting_remarks(box.open_items.notes),
        *list_first_remarks(desk, saved_session, record),
    )
    message = describe_saved_session(saved_session, talk, record, is_log=True)
    return Result(message, remarks)


def _tell_before_box(box: NotesBox) -> None:
    """Say who is new, what was to be raised, and which template stands in for another."""
    desk, setup = box.desk, box.setup
    tell_stand_in(desk, setup.template)
    if isinstance(setup.person, Newcomer):
        words = describe_newcomer(desk, setup.person.name)
    else:
        words = describe_notes_to_raise(box.open_items.notes)
    if words:
        desk.asker.tell(words, dim=True)


def _review_open_actions(
    desk: Desk,
    talk: Conversation,
    session_id: int,
    held_on: date,
    actions: Sequence[Action],
) -> None:
    """Ask what became of the promises that were open before; those left alone stay as they are."""
    if not actions:
        return
    review_talk = Conversation(
        talk.template._replace(stages=()),
        today=held_on,
        latest_day=held_on,
        began_on=held_on,
        them=talk.them,
        me=talk.me,
        open_actions=tuple(actions),
    )
    walk = Walk(review_talk, {HELD_ON: held_on.isoformat(), MINUTES: None})
    try:
        record = run_interview(walk, desk.asker)
    except KeyboardInterrupt:
        desk.asker.tell(f"Conversation {session_id} is saved; the promises stay open.")
        return
    _save_reviews(desk, session_id, record)


def _save_reviews(desk: Desk, session_id: int, record: SessionRecord) -> None:
    from coachlog.store.writing.held_sessions import insert_session_reviews

    reviews = [
        review for review in record.reviews if review.outcome is not ReviewOutcome.OPEN
    ]
    if not reviews:
        return
    with desk.change() as change:
        closed_elsewhere = insert_session_reviews(change, session_id, reviews)
    for remark in list_closed_elsewhere_remarks(desk, closed_elsewhere):
        desk.asker.tell(remark)
