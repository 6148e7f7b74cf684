"""Holds a conversation at the terminal: every answer is on disk before the next question."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from threading import Thread
from typing import TYPE_CHECKING, Any

from coachlog import interview, templates
from coachlog.cli.environment import Environment
from coachlog.errors import CoachlogError, Locked, Paused, StorageFailure
from coachlog.interview import HELD_ON, MINUTES, Conversation, Walk
from coachlog.model import Action, Draft, Person, Record, Template, Value
from coachlog.text import plural

if TYPE_CHECKING:
    from coachlog.model import Relationship

TAGS = "tags"


@dataclass
class Saver:
    """Writes a draft as it grows; the session comes into being with the first word typed."""

    env: Environment
    template: Template
    person_id: int | None = None
    new_person: "tuple[str, Relationship] | None" = None
    me: str | None = None
    given: dict[str, Value] = field(default_factory=dict)
    session_id: int | None = None
    token: str = ""
    _loading: Thread | None = None

    def prepare(self) -> None:
        """Load SQLModel while the person reads the first question; take a draft over at once."""
        self._loading = Thread(target=self._load, daemon=True)
        self._loading.start()

    def _load(self) -> None:
        from coachlog.store import writing

        if self.session_id is not None:
            with suppress(CoachlogError), self.env.change() as change:
                self.token = writing.take_over(change, self.session_id)

    def step(self, key: str, value: Value) -> None:
        """Keep an answer; when the disk will not take it, ask what to do until it does."""
        from coachlog.store import writing

        def save(change: Any, session_id: int) -> None:
            writing.save_step(change, session_id, self.token, key, value)

        self._insist(save, f"Your answer, to copy: {value}")

    def half(self, key: str, typed: str) -> None:
        """Keep what is half-typed."""
        from coachlog.store import writing

        def save(change: Any, session_id: int) -> None:
            writing.save_half(change, session_id, self.token, key, typed)

        self._save(save)

    def finish(self, record: Record, tags: Sequence[str]) -> int:
        """Turn the draft into a session that was held and return its number."""
        from coachlog.store import writing

        def save(change: Any, session_id: int) -> None:
            writing.finish(change, session_id, self.token, record, tags)

        self._insist(save, "All answers are kept in the draft.")
        assert self.session_id is not None
        return self.session_id

    def _insist(self, save: Any, kept: str) -> None:
        while True:
            try:
                return self._save(save)
            except (StorageFailure, Locked) as error:
                terminal = self.env.terminal
                terminal.tell(error.message)
                terminal.tell(error.hint or "")
                rows = [("Try again", True), ("Stop here", False)]
                if terminal.choose("It is not saved yet. What now?", rows) is False:
                    raise type(error)(f"{error.message} {kept}", error.hint) from None

    def _save(self, save: Any) -> None:
        if self._loading is not None:
            self._loading.join()
        with self.env.change(create=True) as change:
            session_id, token = self.session_id, self.token
            if session_id is None:
                session_id, token = self._begin(change)
            self.token = token
            save(change, session_id)
        self.session_id = session_id

    def _begin(self, change: Any) -> tuple[int, str]:
        from coachlog.store import writing

        if self.me is not None:
            writing.name_me(change, self.me)
        begun = writing.Begun(
            self.template, self.env.today, self.env.zone, self.person_id, self.new_person
        )
        session_id, token = writing.begin(change, begun)
        change.session.flush()
        for key, value in self.given.items():
            writing.save_step(change, session_id, token, key, value)
        return session_id, token


def begin(
    env: Environment,
    template: Template,
    person: "Person | tuple[str, Relationship] | None",
    *,
    me: str | None,
    new_me: bool,
    promises: Sequence[Action],
    held_on: date | None,
    minutes: int | None,
    tags: Sequence[str],
) -> str:
    """Hold a conversation from its first question and return the line that says it is saved."""
    given: dict[str, Value] = {}
    if held_on:
        given[HELD_ON] = held_on.isoformat()
    if minutes:
        given[MINUTES] = minutes
    saver = Saver(
        env,
        template,
        person_id=person.id if isinstance(person, Person) else None,
        new_person=None if isinstance(person, Person) else person,
        me=me if new_me else None,
        given=given | ({TAGS: list(tags)} if tags else {}),
    )
    name = person.name if isinstance(person, Person) else person[0] if person else None
    day = held_on or env.today
    talk = Conversation(
        template, today=day, latest=env.today, began=day, them=name, me=me, promises=tuple(promises)
    )
    return _held(env, talk, Walk(talk, dict(given)), saver, frozenset(given))


def resume(env: Environment, draft: Draft, me: str | None, promises: Sequence[Action]) -> str:
    """Go on with a draft where it stopped and return the line that says it is saved."""
    template = templates.parse(
        draft.template_text.encode(), draft.template, name=f"The template of draft {draft.session}"
    )
    saver = Saver(env, template, given=draft.steps, session_id=draft.session)
    talk = Conversation(
        template,
        today=env.today,
        latest=env.today,
        began=draft.begun_on,
        them=draft.person.name if draft.person else None,
        me=me,
        promises=tuple(promises),
    )
    walk = Walk(talk, dict(draft.steps))
    if draft.half:
        walk.take_up(draft.half)
    return _held(env, talk, walk, saver, frozenset())


def _held(
    env: Environment, talk: Conversation, walk: Walk, saver: Saver, fixed: frozenset[str]
) -> str:
    terminal = env.terminal
    saver.prepare()
    terminal.on_half = saver.half
    with_whom = f" with {talk.them}" if talk.them else ""
    terminal.title(
        f"{talk.template.title}{with_whom}", f"about {plural(talk.template.minutes, 'minute')}"
    )
    if walk.answers and not fixed:
        answered = len([key for key in walk.answers if key != TAGS])
        terminal.tell(f"Going on where you stopped, after {plural(answered, 'answer')}.", dim=True)
    try:
        record = interview.hold(walk, terminal, saver.step, fixed | {TAGS})
    except KeyboardInterrupt:
        raise _paused(saver) from None
    tags = walk.answers.get(TAGS)
    session_id = saver.finish(record, tags if isinstance(tags, list) else list(_tags(saver)))
    return saved(session_id, talk, record)


def _tags(saver: Saver) -> list[str]:
    tags = saver.given.get(TAGS)
    return tags if isinstance(tags, list) else []


def _paused(saver: Saver) -> Paused:
    if saver.session_id is None:
        return Paused("Stopped. Nothing was typed, so nothing is kept.")
    return Paused(
        "Paused. Everything so far is saved, the half-typed answer too.",
        f"Go on with: coachlog session resume {saver.session_id}",
    )


def saved(session_id: int, talk: Conversation, record: Record) -> str:
    """Return the line that says what was saved and what to type next."""
    from coachlog.text import slug

    facts = [talk.template.title, *([talk.them] if talk.them else [])]
    facts.append(plural(len(record.promises), "action"))
    next_step = f"coachlog plan export {slug(talk.them)}" if talk.them else "coachlog action list"
    return f"Saved session {session_id} ({', '.join(facts)}). Next: {next_step}"
