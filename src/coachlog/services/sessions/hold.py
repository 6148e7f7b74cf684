"""Holds a conversation: every answer is on disk before the next question is asked."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from coachlog import interview
from coachlog.errors import CoachlogError, Locked, Paused, StorageFailure
from coachlog.interview import HELD_ON, MINUTES, TAKEN, Conversation, Walk, keys
from coachlog.interview.keys import Family
from coachlog.model import Action, Draft, Note, Person, Relationship, Value
from coachlog.model.records import Record
from coachlog.model.templates import Template
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions import reviews
from coachlog.templates import parsing
from coachlog.text import clean, plural

if TYPE_CHECKING:
    from coachlog.model.sets import LearningSet
    from coachlog.store.database import Change, Connection

    Save = Callable[[Change, int, str], None]

OWN_VERSION = "This is your own “{id}”, in place of the built-in one."
HALF_WAIT = 0.1  # seconds; the field must not freeze while another process writes


Whom = Person | tuple[str, Relationship] | None
"""With whom a conversation is: someone known, someone new by name and relationship, or nobody."""


class Beforehand(NamedTuple):
    """What the command line gives of a conversation."""

    held_on: date | None = None
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    clock: bool = True


class Beginning(NamedTuple):
    """Who it is with and which conversation; `new_me` says that the owner's name was just asked.

    `set` is the action learning set that meets.
    """

    template: Template
    person: Whom
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
class Saver:
    """Writes a draft as it grows; the session comes into being with the first word typed.

    `unsaved` is what the journal would not take, so that it can be shown at the end.
    """

    desk: Desk
    beginning: Beginning
    given: dict[str, Value] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    draft: Draft | None = None
    session_id: int | None = None
    token: str = ""
    unsaved: str | None = None
    _loading: Thread | None = None

    def prepare(self) -> None:
        """Load SQLModel while the person reads the first question; take a draft over at once."""
        self._loading = Thread(target=self._load, daemon=True)
        self._loading.start()

    def _load(self) -> None:
        import coachlog.store.writing.session_changes  # noqa: F401

        if self.draft is not None:
            with suppress(Exception):  # the first save tries again, and says why it cannot
                self._save(lambda _change, _session_id, _token: None)

    def step(self, key: str, value: Value, taken: Sequence[str] = ()) -> None:
        """Keep an answer and the time taken; ask what to do as long as the disk refuses them."""

        def save(change: "Change", session_id: int, token: str) -> None:
            from coachlog.store.writing import session_changes

            session_changes.save_step(change, session_id, token, key, value)
            if taken:
                session_changes.save_step(change, session_id, token, TAKEN, list(taken))

        self._insist(save, None if value is None else str(value))

    def half(self, key: str, typed: str) -> None:
        """Keep what is half-typed; an error says that it is not kept yet."""

        def save(change: "Change", session_id: int, token: str) -> None:
            from coachlog.store.writing import session_changes

            session_changes.save_half(change, session_id, token, key, clean(typed))

        self.unsaved = typed
        self._ready()
        self._save(save, wait=HALF_WAIT)
        self.unsaved = None

    def finish(self, record: Record) -> tuple[int, list[int]]:
        """Turn the draft into a session and return its number.

        Also returns the reviewed actions that were closed elsewhere meanwhile.
        """
        passed: list[int] = []

        def save(change: "Change", session_id: int, token: str) -> None:
            from coachlog.store.writing import session_changes

            passed.extend(session_changes.finish(change, session_id, token, record))

        self._insist(save, None)
        assert self.session_id is not None
        return self.session_id, passed

    def _insist(self, save: "Save", words: str | None) -> None:
        self.unsaved = words
        self._ready()
        while True:
            try:
                self._save(save)
                break
            except (StorageFailure, Locked) as error:
                asker = self.desk.asker
                asker.tell(error.message)
                asker.tell(error.hint or "")
                rows = [("try again", True), ("stop here", False)]
                if asker.choose("It is not saved yet. What now?", rows) is not True:
                    raise self._with_words(error) from None
            except CoachlogError as error:
                raise self._with_words(error) from None
        self.unsaved = None

    def _with_words(self, error: CoachlogError) -> CoachlogError:
        if self.unsaved:
            error.message = f"{error.message}\nYour last answer, to copy: {self.unsaved}"
        return error

    def _ready(self) -> None:
        if self._loading is not None:
            self._loading.join()

    def _save(self, save: "Save", wait: float | None = None) -> None:
        from coachlog.store.writing import session_changes

        with self.desk.change(create=self.draft is None, wait=wait) as change:
            session_id, token = self.session_id, self.token
            if session_id is None:
                session_id, token = self._begin(change)
            elif not token:
                assert self.draft is not None
                token = session_changes.take_over(change, session_id, self.draft.updated_at)
            save(change, session_id, token)
        # Only now is it true: what a failed transaction took over or began is undone with it.
        self.session_id, self.token = session_id, token

    def _begin(self, change: "Change") -> tuple[int, str]:
        from coachlog.store.writing import person_changes, session_changes

        start = self.beginning
        if start.new_me:
            person_changes.name_me(change, start.me or "")
        new = None if isinstance(start.person, Person) else start.person
        set_id = start.set.id if start.set else None
        begun = session_changes.Begun(
            start.template, self.desk.today, self.desk.zone, start.person_id, new, set_id
        )
        session_id, token = session_changes.begin(change, begun, self.tags)
        change.session.flush()
        for key, value in self.given.items():
            session_changes.save_step(change, session_id, token, key, value)
        return session_id, token


class Waiting(NamedTuple):
    """What comes back in a conversation: open promises, and notes that were parked for it."""

    promises: Sequence[Action] = ()
    notes: Sequence[Note] = ()


def waiting(db: "Connection", person_id: int | None, met: "LearningSet | None" = None) -> Waiting:
    """Return what comes back in the next talk with someone, in one alone, or when a set meets."""
    from coachlog.store import reading

    if met is not None:
        from coachlog.store.reading import set_queries

        return Waiting(set_queries.promises(db, met))
    return Waiting(reading.promises_with(db, person_id), reading.parked_notes(db, person_id))


def begin(desk: Desk, beginning: Beginning, back: Waiting, given: Beforehand) -> Result:
    """Hold a conversation from its first question and return what it came to."""
    steps: dict[str, Value] = {}
    if given.held_on:
        steps[HELD_ON] = given.held_on.isoformat()
    if given.minutes:
        steps[MINUTES] = given.minutes
    day = given.held_on or desk.today
    talk = _talk(desk, beginning, back, today=day, began=day)
    saver = Saver(desk, beginning, steps, given.tags)
    return _held(desk, Walk(talk, dict(steps), fixed=frozenset(steps)), saver, clock=given.clock)


def resume(
    desk: Desk,
    draft: Draft,
    me: str | None,
    back: Waiting,
    *,
    met: "LearningSet | None" = None,
    clock: bool = True,
) -> Result:
    """Go on with a draft where it stopped and return what it came to."""
    template = parsing.parse(
        draft.template_text.encode(), draft.template, name=f"The template of draft {draft.session}"
    )
    beginning = Beginning(template, draft.person, me, set=met)
    known = draft.steps.get(HELD_ON)
    day = date.fromisoformat(str(known)) if known else desk.today
    talk = _talk(desk, beginning, back, today=day, began=draft.begun_on)
    walk = Walk(talk, dict(draft.steps))
    walk.recheck()
    pending = walk.next()
    if pending is not None and pending.key not in (HELD_ON, MINUTES):
        # Answered before their turn: the command line gave them.
        walk.fixed = frozenset({HELD_ON, MINUTES} & set(walk.answers))
    if draft.half:
        walk.take_up(*draft.half)
    saver = Saver(desk, beginning, draft=draft, session_id=draft.session)
    return _held(desk, walk, saver, clock=clock)


def _talk(
    desk: Desk, beginning: Beginning, back: Waiting, *, today: date, began: date
) -> Conversation:
    return Conversation(
        beginning.template,
        today=today,
        latest=desk.today,
        began=began,
        them=beginning.name,
        me=beginning.me,
        promises=tuple(back.promises),
        notes=tuple(back.notes),
        set=beginning.set,
        due=reviews.due(desk, beginning.template, today),
    )


def _held(desk: Desk, walk: Walk, saver: Saver, *, clock: bool = True) -> Result:
    asker, talk = desk.asker, walk.talk
    saver.prepare()
    if talk.template.shadows:
        asker.tell(OWN_VERSION.format(id=talk.template.id), dim=True)
    with_whom = f" with {talk.them}" if talk.them else ""
    with_whom = f": {talk.set.name}" if talk.set else with_whom
    sitting = asker.sit(
        f"{talk.template.title}{with_whom}",
        f"about {plural(talk.template.minutes, 'minute')}",
        saver.half,
        talk.template.stages if clock else (),
        walk.answers.get(TAKEN),
    )
    if saver.draft is not None:
        answered = plural(sum(_is_answer(key) for key in walk.answers), "answer")
        asker.tell(f"Going on where you stopped, after {answered}.", dim=True)
    try:
        record = interview.hold(
            walk, sitting, lambda key, value: saver.step(key, value, sitting.taken)
        )
        sitting.sum_up(walk)
        session_id, passed = saver.finish(record)
    except KeyboardInterrupt:
        raise _paused(saver) from None
    for action in passed:
        asker.tell(f"Action {action} was closed elsewhere meanwhile; that stands.")
    reviews.compare(desk, session_id, record)
    return Result(saved(desk, session_id, talk, record))


def _is_answer(key: str) -> bool:
    """Return whether a key names an answer, not who met, or what the clock counted."""
    return keys.parse(key).family is not Family.MEETING


def _paused(saver: Saver) -> Paused:
    """Return the message of a pause; what could not be kept is in it, to be copied."""
    session_id = saver.session_id
    lost = f"\nThis could not be saved; to copy: {saver.unsaved}" if saver.unsaved else ""
    if session_id is None:
        return Paused(f"Stopped.{lost}" if lost else "Stopped. Nothing was typed, nothing is kept.")
    return Paused(
        f"Paused. What you answered before is saved.{lost}"
        if lost
        else "Paused. Everything so far is saved.",
        f"Go on with: coachlog session resume {session_id}",
    )


def saved(desk: Desk, session_id: int, talk: Conversation, record: Record) -> str:
    """Return the lines that say what was saved and what to type next."""
    from coachlog.store import reading

    if talk.set and record.meeting:
        slots = plural(len(record.meeting.turns), "slot")
        promised = plural(record.meeting.promised, "action")
        return (
            f"Saved session {session_id} ({talk.template.title}, {talk.set.name}, {slots}, "
            f"{promised}). Next: coachlog plan export --set {talk.set.slug} --output FOLDER"
        )
    facts = [talk.template.title, *([talk.them] if talk.them else [])]
    facts.append(plural(len(record.promises), "action"))
    with desk.read() as db:
        handle = reading.handle(db, session_id)
    usual = f"coachlog plan export {handle}" if handle else "coachlog action list"
    next_step = reviews.next_step(record) or usual
    return f"Saved session {session_id} ({', '.join(facts)}). Next: {next_step}"
