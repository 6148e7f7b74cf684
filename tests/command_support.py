"""Help for the tests of commands: a person who answers by script, golden files, a journal to fill.

Golden files are written anew by `COACHLOG_UPDATE_GOLDEN=1 pytest -n0`; look at the difference.
"""

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest

from coachlog.answers.captured_notes import Understanding
from coachlog.errors import InvalidInput
from coachlog.interview.back import BACK, Back
from coachlog.interview.changes import list_changeable_answers
from coachlog.interview.checks import check_answer, check_typed_answer
from coachlog.interview.conversation import Question
from coachlog.interview.keys import NOTES_BOX
from coachlog.interview.walk import Walk
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.people import Person
from coachlog.model.records import SessionRecord
from coachlog.model.templates import Stage, Template
from coachlog.services.ports import Asker, Choice
from coachlog.terminal import editor
from command_runner import run_captured
from shared_builds import copied

GOLDEN = Path(__file__).parent / "golden"
EXAMPLE = Path(__file__).parent.parent / "examples" / "after-a-1-1.toml"
_STRANGE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


class CtrlC:
    """A reply that is no answer: Ctrl-C, with this much half-typed."""

    def __init__(self, half: str = "") -> None:
        self.half = half


Reply = str | bool | list[str] | CtrlC | None
"""What a person types; in a list of choices the words of the row; None is Enter alone."""


class ScriptedPerson:
    """A person at the terminal who answers by script, as `coachlog.terminal.prompts.Terminal` asks.

    The script maps a question to a reply, or to replies for each time it comes. A question goes by
    its key (`goal.result`) in a conversation and by the start of its words outside one; `who` and
    `which` go by these names. An unexpected question fails the test, but with `skip` any other
    question of a conversation gets Enter alone, if that is allowed.
    """

    def __init__(
        self, script: Mapping[str, Any] | None = None, *, skip: bool = False
    ) -> None:
        self._left = {
            key: list(replies) if isinstance(replies, tuple) else [replies]
            for key, replies in (script or {}).items()
        }
        self._skip = skip
        self._on_half: Callable[[str, str], None] = lambda _key, _typed: None
        self.asked: list[str] = []
        self.read: list[str] = []
        self.told: list[str] = []
        self.kept: list[str] = []
        self.refused: list[str] = []
        self.summed_up: list[SessionRecord] = []
        self.understood: list[Understanding] = []
        self.offered: dict[str, AnswerValue] = {}
        self.rows: dict[str, list[str]] = {}
        self.helps: dict[str, str] = {}

    @property
    def left(self) -> list[str]:
        """Return the questions that were expected and never came."""
        return [key for key, replies in self._left.items() if replies]

    # What an asker can be asked

    def sit(
        self,
        title: str,
        aside: str,
        on_half: Callable[[str, str], None],
        stages: Sequence[Stage] = (),
        stage_seconds: AnswerValue = None,
    ) -> "ScriptedPerson":
        self.told.append(title)
        self._on_half = on_half
        return self

    @property
    def stage_seconds(self) -> list[str]:
        return []

    def work_meanwhile(self, work: Callable[[], None]) -> None:
        pass  # nobody thinks

    def ask(self, question: Question, walk: Walk) -> AnswerValue | Back:
        self.offered[question.key] = walk.get_offered_answer(question)
        self.rows[question.key] = list(question.options)
        self.helps[question.key] = question.help or ""
        self.read.append(question.ask)
        return self._answer(question, question.key)

    def ask_again(
        self, question: Question, previous: AnswerValue, *, back: bool = True
    ) -> AnswerValue | Back:
        name = question.key if question.key in self._left else question.ask
        self.offered[name] = previous
        self.rows[name] = list(question.options)
        self.helps[name] = question.help or ""
        reply = self._answer(question, name)
        assert back or not isinstance(reply, Back), (
            f"there is no way back from {name!r}"
        )
        return reply

    def ask_name(
        self,
        people: Sequence[Person],
        find_matches: Callable[[str], list[Person]],
        question: str | None = None,
        help: str | None = None,
    ) -> str:
        name = question or "who"
        self.helps[name] = help or ""
        self.rows[name] = [person.name for person in people]
        fits = (1,) if question else (0, 1)
        while len(find_matches(typed := str(self._reply(name) or ""))) not in fits:
            self.refused.append(f"{name}: {typed}")
        return typed

    def write_notes(
        self,
        title: str,
        help: str,
        on_half: Callable[[str, str], None],
        initial: str = "",
    ) -> str:
        self._on_half = on_half
        self.told.append(title)
        self.offered["notes"] = initial
        return str(self._reply("notes", Question(NOTES_BOX, title, PromptKind.TEXT)))

    def agree_notes(self, understanding: Understanding) -> str | Back:
        self.understood.append(understanding)
        reply = self._reply("agree")
        return BACK if reply == "<" else str(reply or "")

    def choose_template(
        self, groups: Sequence[tuple[str, Sequence[Template]]], *, back: bool
    ) -> Template | Back:
        listed = [template for _, found in groups for template in found]
        self.rows["headings"] = [title for title, _ in groups]
        self.rows["which"] = [template.id for template in listed]
        wanted = self._reply("which") or listed[0].id
        if back and wanted == "<":
            return BACK
        return next(template for template in listed if template.id == wanted)

    def keep_words(self, words: str) -> None:
        self.kept.append(words)

    def take_kept_words(self) -> str:
        words = "\n".join(self.kept)
        self.kept.clear()
        return words

    def choose(
        self,
        question: str,
        rows: Sequence[tuple[str, Choice]],
        *,
        is_statement: bool = False,
        keeps_words: bool = False,
        by_number: bool = False,
    ) -> Choice | Back:
        self.rows[question] = [label for label, _ in rows]
        reply = self._reply(question)
        if reply == "<":
            return BACK
        if reply is None:
            return rows[0][1]
        found = [value for label, value in rows if label.startswith(str(reply))]
        if not found:
            pytest.fail(f"{question!r} offers no {reply!r} but {self.rows[question]}")
        return found[0]

    def ask_words(
        self,
        question: str,
        help: str | None = None,
        initial: str = "",
        *,
        is_required: bool = False,
    ) -> str:
        self.offered[question] = initial
        reply = self._reply(question)
        return (
            ""
            if reply is None
            else str(_kept(Question("", question, PromptKind.LINE), reply) or "")
        )

    def agrees(self, question: str) -> bool:
        return self._reply(question) is True

    def edit(self, path: Path, line: int = 1) -> float:
        return editor.open_editor(path, line)

    def agree_record(self, walk: Walk) -> str | Back:
        self.summed_up.append(walk.build_record())
        answers = list_changeable_answers(walk)
        self.rows["save"] = [answer.label for answer in answers]
        reply = self._reply("save") if self._left.get("save") else None
        return BACK if reply == "<" else str(reply or "")

    def tell(self, words: str, *, dim: bool = False, mark: str = "") -> None:
        self.told.append(words)

    # The script

    def _answer(self, question: Question, name: str) -> AnswerValue | Back:
        while True:
            reply = self._reply(name, question)
            if reply == "<":
                return BACK
            try:
                return _kept(question, reply)
            except InvalidInput as error:
                self.refused.append(f"{name}: {error.message}")

    def _reply(self, name: str, question: Question | None = None) -> Reply:
        self.asked.append(name)
        replies = self._left.get(name) or next(
            (
                waiting
                for key, waiting in self._left.items()
                if waiting and _begins(name, key)
            ),
            [],
        )
        if not replies:
            if self._skip and question and question.key:
                return None
            pytest.fail(f"nobody expected {name!r}; asked so far: {self.asked}")
        reply: Reply = replies.pop(0)
        if isinstance(reply, CtrlC):
            if reply.half and question:
                self._on_half(question.key, reply.half)
            raise KeyboardInterrupt(reply.half)
        return reply


class LeavesAtOnce(ScriptedPerson):
    """A person who presses Ctrl-C at the first question, whatever it is."""

    def _reply(self, name: str, question: Question | None = None) -> Reply:
        self.asked.append(name)
        raise KeyboardInterrupt


_: type[Asker] = ScriptedPerson
"""The person can be asked all that a service may ask."""


def _begins(name: str, key: str) -> bool:
    """Return whether a question outside a conversation, which has no key, is the one meant."""
    return " " in name and name.startswith(key)


def _kept(question: Question, reply: Reply) -> AnswerValue:
    """Return what a terminal would hand over for this reply."""
    if question.kind in (
        PromptKind.CHOICE,
        PromptKind.YESNO,
        PromptKind.CHOICES,
        PromptKind.PROMISES,
    ):
        if reply is None and not question.offers_skip:
            reply = question.options[0]
        return check_answer(question, reply)
    return check_typed_answer(question, str(reply or ""))


# A journal to fill and to compare, and golden files


def hold(run: Callable[..., Any], **fields: Any) -> Any:
    """Record a conversation with Priya as an answers file on standard input gives it."""
    usual = {"person": "Priya Shah", "relationship": "report", "template": "quick"}
    given = {k: v for k, v in (usual | fields).items() if v is not None}
    ran = run("session", "new", "--answers", "-", "--again", input=json.dumps(given))
    assert ran.code == 0, ran.err
    return ran


def built(
    run: Callable[..., Any], home: Path, build: Callable[[Callable[..., Any]], None]
) -> None:
    """Fill the journal in `home` as `build` does: run the first time, copied from then on."""
    copied(home, (build.__module__, build.__qualname__), lambda: build(run))


def hold_example(run: Callable[..., Any]) -> None:
    """Record the example conversation, as the fixture `example` does."""
    assert run("session", "new", "--answers", str(EXAMPLE)).code == 0


def snapshot(run: Callable[..., Any]) -> list[Any]:
    """Return all that a journal shows: to prove that a command changed nothing at all."""
    lines = (
        "person list --archived --json",
        "session list --all --private --json",
        "session list --drafts --private --json",
        "action list --all --private --json",
    )
    return [run(*line.split()).out for line in lines]


def normal(value: Any) -> Any:
    """Return a JSON value with each `uid`, which is new in every journal, as `<uid>`."""
    if isinstance(value, dict):
        return {k: "<uid>" if k == "uid" else normal(v) for k, v in value.items()}
    return [normal(one) for one in value] if isinstance(value, list) else value


def hide_task_ids(page: str) -> str:
    """Return a page without what is new in every journal: by what each promise is known again."""
    return re.sub(r"🆔 cl[0-9a-f]{8}\b", "🆔 <id>", page)


READABLE = "It is plain text: whoever has the file can read it.\n"
"""The last line after a page was written to a file."""


def golden(name: str, found: str) -> str:
    """Return the text of a golden file, which is first set to `found` when goldens are updated."""
    path = GOLDEN / name
    if os.environ.get("COACHLOG_UPDATE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(found.encode())
    return (
        path.read_bytes().decode()
        if path.exists()
        else f"(there is no golden file {name})"
    )


def unprintable(text: str) -> set[str]:
    """Return the characters of an output that could steer a terminal or hide what it says."""
    return {c for c in text if category(c) in _STRANGE and c not in "\n\t\u200c\u200d"}


def complete(home: Path, line: str) -> dict[str, str]:
    """Return what Tab offers at the end of a line after `coachlog`, each with its label."""
    settings = {"COACHLOG_HOME": str(home), "_COACHLOG_COMPLETE": "fish"}
    # Blanks part the words: none of these lines has a quoted one.
    result = run_captured(line.split(" "), env=settings)
    assert (result.exit_code, result.stderr) == (0, "")
    mode, *lines = result.stdout.splitlines() or [""]
    if mode in ("files", "folders"):
        return {mode: ""}
    offers = [line.partition("\t") for line in lines]
    return {value: label for value, _, label in offers}
