"""Saves a conversation while it is held: every answer before the next question is asked."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from coachlog.errors import (
    CoachlogError,
    Interruption,
    JournalLocked,
    StorageFailure,
    UncertainSave,
)
from coachlog.interview.keys import CLOCK_KEY
from coachlog.model.answers import AnswerValue
from coachlog.model.records import SessionRecord
from coachlog.model.sessions import Draft, SessionStatus
from coachlog.services.desk import Desk
from coachlog.services.sessions.early_store import import_draft_store
from coachlog.services.sessions.saved_session import SavedSession, read_saved_session
from coachlog.services.sessions.session_setup import (
    SessionSetup,
    get_new_partner,
    get_partner_id,
)
from coachlog.text import clean_text

if TYPE_CHECKING:
    from coachlog.store.transactions import Change

    DraftOperation = Callable[[Change, int, str], None]

# Seconds; after them, the field says that another process is writing, and it is tried again.
HALF_ANSWER_WAIT = 0.5


@dataclass
class DraftSaver:
    """The draft of one conversation; its session is created with the first word typed.

    `unsaved_text` is what the journal has refused, so that it can be shown at the end, and
    `uncertainty` the error after which nobody knows whether the last step is saved. With
    `has_late_partner`, the draft began before it was known who the other person is; `is_held` once
    it is finished.
    """

    desk: Desk
    setup: SessionSetup
    preset_steps: dict[str, AnswerValue] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    draft: Draft | None = None
    session_id: int | None = None
    token: str = ""
    unsaved_text: str | None = None
    uncertainty: UncertainSave | None = None
    has_late_partner: bool = False
    is_held: bool = False
    _saving: Lock = field(default_factory=Lock)

    def load_meanwhile(self) -> None:
        """Take over a draft at once; load SQLModel while the person reads the first question.

        Only the whole conversation needs that: steps of a draft are saved without it.
        """
        self.desk.asker.work_meanwhile(self._take_over_draft)
        self.desk.asker.work_meanwhile(import_draft_store)

    def _take_over_draft(self) -> None:
        if self.draft is not None and not self.token:
            # The first save tries again, and says why it cannot.
            with suppress(Exception):
                self._run_operation(lambda _change, _session_id, _token: None)

    def save_step(
        self,
        key: str,
        value: AnswerValue,
        stage_seconds: Sequence[str] = (),
        outdated_keys: Sequence[str] = (),
    ) -> None:
        """Save an answer and the time taken; ask what to do for as long as the disk refuses.

        Earlier answers to the `outdated_keys` are removed: they no longer fit this one.
        """

        def save(change: "Change", session_id: int, token: str) -> None:
            from coachlog.store.writing.draft_step_changes import (
                delete_draft_steps,
                save_draft_step,
            )

            save_draft_step(change, session_id, token, key, value)
            if outdated_keys:
                delete_draft_steps(change, session_id, token, outdated_keys)
            if stage_seconds:
                save_draft_step(
                    change, session_id, token, CLOCK_KEY, list(stage_seconds)
                )

        self._save_or_ask(save, None if value is None else str(value))

    def save_half_answer(self, key: str, text: str) -> None:
        """Save what is half-typed; any error means that it is not saved yet.

        What is asked once the conversation is held is no part of its draft.
        """
        if self.is_held:
            return

        def save(change: "Change", session_id: int, token: str) -> None:
            from coachlog.store.writing.draft_step_changes import save_draft_half

            save_draft_half(change, session_id, token, key, clean_text(text))

        self.unsaved_text = text
        self._run_operation(save, wait=HALF_ANSWER_WAIT)
        self.unsaved_text = None

    def finish_draft(
        self, record: SessionRecord, tags: Sequence[str] = ()
    ) -> SavedSession:
        """Turn the draft into a held session with these tags beside its own.

        Returns what there is to say about it.
        """
        saved_sessions: list[SavedSession] = []

        def save(change: "Change", session_id: int, token: str) -> None:
            from coachlog.store.writing.draft_changes import (
                mark_draft_held,
                update_draft_person,
            )

            closed_elsewhere: list[int] = []
            if not self._is_held_already(change, session_id):
                if self.has_late_partner:
                    update_draft_person(
                        change,
                        session_id,
                        token,
                        person_id=self.setup.person_id,
                        new_person=self.setup.new_person,
                    )
                closed_elsewhere = mark_draft_held(
                    change, session_id, token, record, tags
                )
            saved_sessions.append(
                read_saved_session(
                    change, session_id, closed_elsewhere, comes_back=bool(record.again)
                )
            )

        # Not within the change: others wait for that.
        import_draft_store()
        self._save_or_ask(save, None)
        self.is_held = True
        # The last of them, as any before it was undone with its transaction.
        return saved_sessions[-1]

    def _is_held_already(self, change: "Change", session_id: int) -> bool:
        """Return whether an attempt of which nobody knew has finished the draft after all."""
        if self.uncertainty is None:
            return False
        from coachlog.store.reading import session_queries

        session = session_queries.read_session(change.connection, session_id)
        return session.status is SessionStatus.HELD

    def _save_or_ask(self, operation: "DraftOperation", text: str | None) -> None:
        """Run an operation until it succeeds or the person gives up."""
        self.unsaved_text = text
        while True:
            try:
                self._run_operation(operation)
                break
            except (StorageFailure, JournalLocked) as error:
                if isinstance(error, UncertainSave):
                    self.uncertainty = error
                # Until an attempt succeeds, nobody knows about the one before either.
                failure = self.uncertainty or error
                if not self._ask_to_retry(failure):
                    raise self._add_unsaved_text(failure) from None
            except CoachlogError as error:
                raise self._add_unsaved_text(error) from None
        self.unsaved_text = None
        self.uncertainty = None

    def _ask_to_retry(self, error: CoachlogError) -> bool:
        asker = self.desk.asker
        asker.tell(error.message)
        asker.tell(error.hint or "")
        state = "That has not been saved yet."
        if isinstance(error, UncertainSave):
            state = "That may or may not be saved."
        rows = [("try again", True), ("stop here", False)]
        return asker.choose(f"{state} What would you like to do?", rows) is True

    def _add_unsaved_text(self, error: CoachlogError) -> CoachlogError:
        if self.unsaved_text:
            error.message = (
                f"{error.message}\nCopy your last answer from here: {self.unsaved_text}"
            )
        return error

    def _run_operation(
        self, operation: "DraftOperation", wait: float | None = None
    ) -> None:
        """Run one operation as one transaction; the first one starts the draft or takes it over."""
        # A draft may just be taken over in the other thread.
        with self._saving:
            with self.desk.change(create=self.draft is None, wait=wait) as change:
                session_id, token = self._begin_operation(change)
                operation(change, session_id, token)
            # Only set after the commit: a failed transaction undoes the new draft or the takeover
            # too.
            self.session_id, self.token = session_id, token

    def _begin_operation(self, change: "Change") -> tuple[int, str]:
        """Return the number and the token of the draft, started or taken over if need be."""
        from coachlog.store.writing.draft_step_changes import update_draft_token

        if self.session_id is None:
            return self._insert_new_draft(change)
        if self.token:
            return self.session_id, self.token
        assert self.draft is not None
        token = update_draft_token(change, self.session_id, self.draft.updated_at)
        return self.session_id, token

    def _insert_new_draft(self, change: "Change") -> tuple[int, str]:
        """Return the number and the token of a new draft that holds the preset answers."""
        from coachlog.store.writing.draft_step_changes import (
            insert_draft,
            save_draft_step,
        )
        from coachlog.store.writing.session_start_changes import SessionStart

        setup = self.setup
        if setup.new_me:
            # Imported here, as it loads SQLModel, and the name is asked for once.
            from coachlog.store.writing.person_changes import answer_owner_name

            with change.outside_undo():
                answer_owner_name(change, setup.me or "")
        session_start = SessionStart(
            template=setup.template,
            held_on=self.desk.today,
            zone=self.desk.zone,
            person_id=setup.person_id,
            new_person=setup.new_person,
            set_id=setup.set.id if setup.set else None,
            third_id=get_partner_id(setup.third),
            new_third=get_new_partner(setup.third),
        )
        session_id, token = insert_draft(change, session_start, self.tags)
        for key, value in self.preset_steps.items():
            save_draft_step(change, session_id, token, key, value)
        return session_id, token


def build_pause_error(saver: DraftSaver) -> Interruption:
    """Return the message of a pause; what could not be saved is in it, to be copied."""
    unsaved = ""
    if saver.unsaved_text:
        unsaved = f"\nThis could not be saved; copy it from here: {saver.unsaved_text}"
    if saver.session_id is None:
        reason = unsaved or " Nothing was typed, so nothing has been saved."
        return Interruption(f"Stopped.{reason}")
    if unsaved:
        message = f"Paused. Your earlier answers are saved.{unsaved}"
    else:
        message = "Paused. Everything so far is saved."
    return Interruption(
        message, f"To carry on: coachlog session resume {saver.session_id}"
    )
