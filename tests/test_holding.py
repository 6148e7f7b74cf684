"""The saver of a draft: what a failed transaction did is not taken for done."""

import pytest

from coachlog import templates
from coachlog.cli.environment import Environment
from coachlog.cli.holding import Beginning, Saver
from coachlog.model import Relationship
from coachlog.store import reading


def saver(env: Environment) -> Saver:
    """A conversation with someone new, of which nothing is saved yet."""
    quick = templates.find("quick", env.own_templates)
    return Saver(env, Beginning(quick, ("Ada", Relationship.REPORT), me=None))


UNSAVABLE: object = object()


def test_a_draft_taken_over_in_a_change_that_failed_is_taken_over_again(env: Environment) -> None:
    first = saver(env)
    first.step("capture.mattered", "One")
    assert first.session_id is not None
    with env.read() as db:
        draft = reading.draft(db, first.session_id)
    second = Saver(env, first.beginning, draft=draft, session_id=draft.session)
    with pytest.raises(TypeError):
        second.step("capture.check", UNSAVABLE)  # type: ignore[arg-type]
    second.step("capture.check", "Two")
    with env.read() as db:
        assert reading.draft(db, draft.session).steps == {
            "capture.mattered": "One",
            "capture.check": "Two",
        }


def test_a_session_begun_in_a_change_that_failed_is_begun_again(env: Environment) -> None:
    talk = saver(env)
    with pytest.raises(TypeError):
        talk.step("capture.mattered", UNSAVABLE)  # type: ignore[arg-type]
    assert talk.session_id is None
    talk.step("capture.mattered", "One")
    with env.read() as db:
        assert [p.name for p in reading.people(db)] == ["Ada"]
        assert [draft.session for draft in reading.drafts(db)] == [talk.session_id]
