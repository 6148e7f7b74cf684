"""Lists of all conversations and promises as JSON: written by SQLite, or from models.

What SQLite does not write comes as a model, veiled as on any everyday screen.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from coachlog.exports.json import list_json_sources
from coachlog.model.actions import Action, ActionStatus, Event
from coachlog.model.batches import Batches
from coachlog.model.sessions import Answer, Session
from coachlog.model.written_json import WrittenJson
from coachlog.rules import disclosure
from coachlog.services.desk import Desk
from coachlog.store.connections import Connection
from coachlog.store.reading import action_queries, json_queries, session_queries

Entry = TypeVar("Entry", Action, Session)

CONTRACT: json_queries.Contract = {
    model: list_json_sources(model) for model in (Session, Answer, Action, Event)
}


@contextmanager
def open_whole_sessions(
    desk: Desk, name: str | None, *, deleted: bool, limit: int | None, private: bool
) -> Iterator[Batches[Session | WrittenJson]]:
    """Yield the conversations that `open_sessions` yields, with their answers and promises.

    `private` adds the words of those that are private. Raises `NotFound` if `name` fits nobody.
    """
    statement = json_queries.build_session_statement(
        CONTRACT, private=private, include_deleted=deleted
    )
    with desk.read() as db:
        person_id = desk.find_person_id(db, name)

        def read_models(ids: list[int]) -> list[Session]:
            return [
                disclosure.veil_everyday_session(session, private=private)
                for session in session_queries.read_whole_sessions(
                    db, ids, include_deleted=deleted
                )
            ]

        def read_batches() -> Iterator[list[Session | WrittenJson]]:
            batches = session_queries.split_session_ids(
                db, person_id=person_id, deleted_only=deleted, limit=limit
            )
            return _write_batches(db, statement, batches, read_models)

        yield Batches(read_batches)


@contextmanager
def open_whole_actions(
    desk: Desk, name: str | None, *, include_closed: bool, private: bool
) -> Iterator[Batches[Action | WrittenJson]]:
    """Yield the promises that `open_actions` yields, if nothing is asked but whose they are.

    `private` is as above. Raises `NotFound` if `name` fits nobody.
    """
    statement = json_queries.build_action_statement(CONTRACT, private=private)
    status = None if include_closed else ActionStatus.OPEN
    with desk.read() as db:
        person_id = desk.find_person_id(db, name)

        def read_models(ids: list[int]) -> list[Action]:
            actions = action_queries.read_actions_in_order(db, ids)
            return disclosure.veil_everyday_entries(actions, private=private)

        def read_batches() -> Iterator[list[Action | WrittenJson]]:
            batches = action_queries.split_action_ids(
                db, person_id=person_id, status=status
            )
            return _write_batches(db, statement, batches, read_models)

        yield Batches(read_batches)


def _write_batches(
    db: Connection,
    statement: str,
    batches: Iterable[Sequence[int]],
    read_models: Callable[[list[int]], list[Entry]],
) -> Iterator[list[Entry | WrittenJson]]:
    """Yield the entries with these numbers, in their order: what is not written is read."""
    for ids in batches:
        written = json_queries.read_written(db, statement, ids)
        others = [id for id in ids if id not in written]
        models = {model.id: model for model in read_models(others)} if others else {}
        yield [written[id] if id in written else models[id] for id in ids]
