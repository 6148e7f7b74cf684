"""Holds a conversation: every answer is on disk before the next question is asked."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from coachlog import interview
from coachlog.errors import CoachlogError, Interruption, JournalLocked, StorageFailure
from coachlog.interview import CLOCK_KEY, HELD_ON, MINUTES, Conversation, Walk, keys
from coachlog.interview.keys import KeyFamily
from coachlog.model import Action, AnswerValue, Draft, Note, Person, Relationship
from coachlog.model.records import SessionRecord
from coachlog.model.templates import Template
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions import reviews
from coachlog.templates import parsing
from coachlog.text import clean_text, format_count

if TYPE_CHECKING:
    from coachlog.model.sets import LearningSet
    from coachlog.store.database import Change, Connection

    DraftOperation = Callable[[Change, int, str], None]

OWN_TEMPLATE_REMARK = "This is your own “{id}”, in place of the built-in one."
HALF_ANSWER_WAIT = 0.1  # seconds; the field must not freeze while another process writes


SessionPartner = Person | tuple[str, Relationship] | None
"""With whom a conversation is: someone known, someone new by name and relationship, or nobody."""


class SessionPresets(NamedTuple):
    """What the command line gives of a conversation."""

    held_on: date | None = None
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    clock: bool = True


class SessionSetup(NamedTuple):
    """Who it is with and which conversation; `new_me` says that the owner's name was just asked.

    `set` is the action learning set that meets.
    """

    template: Template
    person: SessionPartner
    me: str | None
    new_me: bool = False
    set: "LearningSet | None" = None

    @property
    def person_id(self) -> int | None:
        """Return the number of the person, None for someone new or nobody."""
        return self.person.id if isinstance(self.person, Person) else None

    @property
    def name(self) -> str | None:
        """Return the name of the person, None for nobody."""
        if isinstance(self.person, Person):
            return self.person.name
        return self.person[0] if self.person else None

    @property
    def new_relationship(self) -> Relationship | None:
        """Return what someone new is to the owner; None for someone known, or nobody."""
        if self.person is None or isinstance(self.person, Person):
            return None
        return self.person[1]


@dataclass
class DraftSaver:
    """Writes a draft as it grows; the session comes into being with the first word typed.

    `unsaved` is what the journal would not take, so that it can be shown at the end.
    """

    desk: Desk
    setup: SessionSetup
    preset_steps: dict[str, AnswerValue] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    draft: Draft | None = None
    session_id: int | None = None
    token: str = ""
    unsaved_text: str | None = None
    _loader: Thread | None = None

    def start_loading(self) -> None:
        """Load SQLModel while the person reads the first question; take a draft over at once."""
        self._loader = Thread(target=self._load_store, daemon=True)
        self._loader.start()

    def _load_store(self) -> None:
        import coachlog.store.writing.session_changes  # noqa: F401

        if self.draft is not None:
            with suppress(Exception):  # the first save tries again, and says why it cannot
                self._run_operation(lambda _change, _session_id, _token: None)

    def save_step(self, key: str, value: AnswerValue, stage_seconds: Sequence[str] = ()) -> None:
        """Keep an answer and the time taken; ask what to do as long as the disk refuses them."""

        def save(change: "Change", session_id: int, token: str) -> None:
            from coachlog.store.writing import session_changes

            session_changes.save_draft_step(change, session_id, token, key, value)
            if stage_seconds:
                session_changes.save_draft_step(
                    change, session_id, token, CLOCK_KEY, list(stage_seconds)
                )

        self._save_or_ask(save, None if value is None else str(value))

    def save_half_answer(self, key: str, text: str) -> None:
        """Keep what is half-typed; an error says that it is not kept yet."""

        def save(change: "Change", session_id: int, token: str) -> None:
            from coachlog.store.writing import session_changes

            session_changes.save_draft_half(change, session_id, token, key, clean_text(text))

        self.unsaved_text = text
        self._wait_for_loader()
        self._run_operation(save, wait=HALF_ANSWER_WAIT)
        self.unsaved_text = None

    def finish_draft(self, record: SessionRecord) -> tuple[int, list[int]]:
        """Turn the draft into a session and return its number.

        Also returns the reviewed actions that were closed elsewhere meanwhile.
        """
        passed: list[int] = []

        def save(change: "Change", session_id: int, token: str) -> None:
            from coachlog.store.writing import session_changes

            passed.extend(session_changes.mark_draft_held(change, session_id, token, record))

        self._save_or_ask(save, None)
        assert self.session_id is not None
        return self.session_id, passed

    def _save_or_ask(self, operation: "DraftOperation", text: str | None) -> None:
        self.unsaved_text = text
        self._wait_for_loader()
        while True:
            try:
                self._run_operation(operation)
                break
            except (StorageFailure, JournalLocked) as error:
                asker = self.desk.asker
                asker.tell(error.message)
                asker.tell(error.hint or "")
                rows = [("try again", True), ("stop here", False)]
                if asker.choose("It is not saved yet. What now?", rows) is not True:
                    raise self._add_unsaved_text(error) from None
            except CoachlogError as error:
                raise self._add_unsaved_text(error) from None
        self.unsaved_text = None

    def _add_unsaved_text(self, error: CoachlogError) -> CoachlogError:
        if self.unsaved_text:
            error.message = f"{error.message}\nYour last answer, to copy: {self.unsaved_text}"
        return error

    def _wait_for_loader(self) -> None:
        if self._loader is not None:
            self._loader.join()

    def _run_operation(self, operation: "DraftOperation", wait: float | None = None) -> None:
        from coachlog.store.writing import session_changes

        with self.desk.change(create=self.draft is None, wait=wait) as change:
            session_id, token = self.session_id, self.token
            if session_id is None:
                session_id, token = self._begin_draft(change)
            elif not token:
                assert self.draft is not None
                token = session_changes.update_draft_token(
                    change, session_id, self.draft.updated_at
                )
            operation(change, session_id, token)
        # Only now is it true: what a failed transaction took over or began is undone with it.
        self.session_id, self.token = session_id, token

    def _begin_draft(self, change: "Change") -> tuple[int, str]:
        from coachlog.store.writing import person_changes, session_changes

        start = self.setup
        if start.new_me:
            person_changes.update_owner_name(change, start.me or "")
        new = None if isinstance(start.person, Person) else start.person
        set_id = start.set.id if start.set else None
        begun = session_changes.SessionStart(
            start.template, self.desk.today, self.desk.zone, start.person_id, new, set_id
        )
        session_id, token = session_changes.insert_draft(change, begun, self.tags)
        change.db_session.flush()
        for key, value in self.preset_steps.items():
            session_changes.save_draft_step(change, session_id, token, key, value)
        return session_id, token


class OpenItems(NamedTuple):
    """What comes back in a conversation: open promises, and notes that were parked for it."""

    promises: Sequence[Action] = ()
    notes: Sequence[Note] = ()


def collect_open_items(
    db: "Connection", person_id: int | None, learning_set: "LearningSet | None" = None
) -> OpenItems:
    """Return what comes back in the next talk with someone, in one alone, or when a set meets."""
    from coachlog.store import reading

    if learning_set is not None:
        from coachlog.store.reading import set_queries

        return OpenItems(set_queries.read_open_set_actions(db, learning_set))
    return OpenItems(
        reading.read_next_talk_actions(db, person_id), reading.read_parked_notes(db, person_id)
    )


def hold_session(
    desk: Desk, setup: SessionSetup, open_items: OpenItems, presets: SessionPresets
) -> Result:
    """Hold a conversation from its first question and return what it came to."""
    steps: dict[str, AnswerValue] = {}
    if presets.held_on:
        steps[HELD_ON] = presets.held_on.isoformat()
    if presets.minutes:
        steps[MINUTES] = presets.minutes
    day = presets.held_on or desk.today
    talk = _build_session_conversation(desk, setup, open_items, today=day, begun_on=day)
    saver = DraftSaver(desk, setup, steps, presets.tags)
    return _run_session(
        desk, Walk(talk, dict(steps), fixed_keys=frozenset(steps)), saver, clock=presets.clock
    )


def continue_draft(
    desk: Desk,
    draft: Draft,
    me: str | None,
    open_items: OpenItems,
    *,
    learning_set: "LearningSet | None" = None,
    clock: bool = True,
) -> Result:
    """Go on with a draft where it stopped and return what it came to."""
    template = parsing.parse_template(
        draft.template_text.encode(), draft.template, name=f"The template of draft {draft.session}"
    )
    beginning = SessionSetup(template, draft.person, me, set=learning_set)
    known = draft.steps.get(HELD_ON)
    day = date.fromisoformat(str(known)) if known else desk.today
    talk = _build_session_conversation(
        desk, beginning, open_items, today=day, begun_on=draft.begun_on
    )
    walk = Walk(talk, dict(draft.steps))
    walk.recheck()
    pending = walk.next()
    if pending is not None and pending.key not in (HELD_ON, MINUTES):
        # Answered before their turn: the command line gave them.
        walk.fixed_keys = frozenset({HELD_ON, MINUTES} & set(walk.answers))
    if draft.half:
        walk.resume_question(*draft.half)
    saver = DraftSaver(desk, beginning, draft=draft, session_id=draft.session)
    return _run_session(desk, walk, saver, clock=clock)


def _build_session_conversation(
    desk: Desk, setup: SessionSetup, open_items: OpenItems, *, today: date, begun_on: date
) -> Conversation:
    return Conversation(
        setup.template,
        today=today,
        latest_day=desk.today,
        began_on=begun_on,
        them=setup.name,
        me=setup.me,
        open_actions=tuple(open_items.promises),
        notes=tuple(open_items.notes),
        set=setup.set,
        due_actions=reviews.load_correctable_actions(desk, setup.template, today),
    )


def _run_session(desk: Desk, walk: Walk, saver: DraftSaver, *, clock: bool = True) -> Result:
    asker, talk = desk.asker, walk.talk
    saver.start_loading()
    if talk.template.shadows:
        asker.tell(OWN_TEMPLATE_REMARK.format(id=talk.template.id), dim=True)
    with_whom = f" with {talk.them}" if talk.them else ""
    with_whom = f": {talk.set.name}" if talk.set else with_whom
    sitting = asker.sit(
        f"{talk.template.title}{with_whom}",
        f"about {format_count(talk.template.minutes, 'minute')}",
        saver.save_half_answer,
        talk.template.stages if clock else (),
        walk.answers.get(CLOCK_KEY),
    )
    if saver.draft is not None:
        answered = format_count(sum(_is_answer_key(key) for key in walk.answers), "answer")
        asker.tell(f"Going on where you stopped, after {answered}.", dim=True)
    try:
        record = interview.run_interview(
            walk, sitting, lambda key, value: saver.save_step(key, value, sitting.stage_seconds)
        )
        sitting.sum_up(walk)
        session_id, passed = saver.finish_draft(record)
    except KeyboardInterrupt:
        raise _build_pause_error(saver) from None
    for action in passed:
        asker.tell(f"Action {action} was closed elsewhere meanwhile; that stands.")
    reviews.compare_shadow_review(desk, session_id, record)
    return Result(describe_saved_session(desk, session_id, talk, record))


def _is_answer_key(key: str) -> bool:
    """Return whether a key names an answer, not who met, or what the clock counted."""
    return keys.parse_key(key).family is not KeyFamily.MEETING


def _build_pause_error(saver: DraftSaver) -> Interruption:
    """Return the message of a pause; what could not be kept is in it, to be copied."""
    session_id = saver.session_id
    lost = f"\nThis could not be saved; to copy: {saver.unsaved_text}" if saver.unsaved_text else ""
    if session_id is None:
        return Interruption(
            f"Stopped.{lost}" if lost else "Stopped. Nothing was typed, nothing is kept."
        )
    return Interruption(
        f"Paused. What you answered before is saved.{lost}"
        if lost
        else "Paused. Everything so far is saved.",
        f"Go on with: coachlog session resume {session_id}",
    )


def describe_saved_session(
    desk: Desk, session_id: int, talk: Conversation, record: SessionRecord
) -> str:
    """Return the lines that say what was saved and what to type next."""
    from coachlog.store import reading

    if talk.set and record.meeting:
        slots = format_count(len(record.meeting.slots), "slot")
        promised = format_count(record.meeting.promise_count, "action")
        return (
            f"Saved session {session_id} ({talk.template.title}, {talk.set.name}, {slots}, "
            f"{promised}). Next: coachlog plan export --set {talk.set.slug} --output FOLDER"
        )
    facts = [talk.template.title, *([talk.them] if talk.them else [])]
    facts.append(format_count(len(record.promises), "action"))
    with desk.read() as db:
        handle = reading.read_session_handle(db, session_id)
    usual = f"coachlog plan export {handle}" if handle else "coachlog action list"
    next_step = reviews.suggest_review_command(record) or usual
    return f"Saved session {session_id} ({', '.join(facts)}). Next: {next_step}"
