"""The headings of a conversation: its stages, the promises of last time, the slots of a meeting."""

from typing import TYPE_CHECKING

from coachlog.interview.keys import PRESENT, PRESENTER, KeyFamily, parse_key
from coachlog.model.templates import Stage
from coachlog.named_tuples import NamedTuple
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.terminal.drawing import PrintTitle, Surface, print_indented
from coachlog.text import format_count

if TYPE_CHECKING:
    from coachlog.interview.conversation import Question
    from coachlog.interview.walk import Walk


class _Heading(NamedTuple):
    title: str
    guidance: str = ""


class HeadingPrinter:
    """Prints a heading above the first question of each part of a conversation.

    With `has_clock` it shows the minutes planned for stages and slots.
    """

    def __init__(self, console: Surface, print_title: PrintTitle) -> None:
        self._console = console
        self._print_title = print_title
        self._last_title = ""
        self._last_slot = ""
        self.has_clock = False

    def print_heading(
        self, question: "Question", walk: "Walk", *, with_guidance: bool
    ) -> None:
        """Print the heading that a question is under, unless it was the last one printed."""
        if walk.talk.set:
            self._print_slot_heading(question, walk)
        heading = self._build_heading(question, walk)
        if heading is None or heading.title == self._last_title:
            return
        self._last_title = heading.title
        self._print_title(self._console, heading.title, "cyan")
        if not with_guidance:
            return
        if heading.guidance:
            from coachlog.interview.conversation import Scope

            scope = Scope(them=_find_presenter_name(question, walk))
            guidance = walk.talk.fill_names(heading.guidance, scope)
            print_indented(self._console, guidance, "dim italic")
        if question.stage and _looks_back(question.stage):
            self._print_promises_due(walk)

    def forget_last_heading(self) -> None:
        """Let the next question have its heading again, whatever came before."""
        self._last_title = ""

    def _build_heading(self, question: "Question", walk: "Walk") -> _Heading | None:
        key = parse_key(question.key)
        if key.family is KeyFamily.REVIEW:
            return _Heading(
                "Promises from last time", "Yours first. What happened to each?"
            )
        if key.family is KeyFamily.NOTE and question.stage is None:
            return _Heading(
                "Parked for this conversation", "What happened to each? Enter keeps it."
            )
        if question.stage:
            return self._build_stage_heading(question.stage, walk)
        if key.family is KeyFamily.MEETING:
            return _Heading("Attendance" if key == PRESENT else "Order of presenters")
        return None

    def _build_stage_heading(self, stage: Stage, walk: "Walk") -> _Heading:
        stages = walk.talk.stages
        title = f"{stage.title} · part {stages.index(stage) + 1} of {len(stages)}"
        if self.has_clock and stage.minutes:
            title += f" · {stage.minutes} min"
        return _Heading(title, stage.guidance or "")

    def _print_slot_heading(self, question: "Question", walk: "Walk") -> None:
        """Print whose slot starts, above its first question."""
        key = parse_key(question.key)
        # Who is to present is asked before the slot is anybody's.
        if key.field == PRESENTER or key.slot in ("", self._last_slot):
            return
        from coachlog.interview.meeting import (
            label_member,
            list_planned_presenters,
            list_presenters,
            sum_slot_minutes,
        )

        self._last_slot = key.slot
        self.forget_last_heading()  # each slot has the same stages again
        presenters = list_presenters(walk.talk, walk.answers)
        number = [member.slug for member in presenters].index(key.slot) + 1
        count = max(number, len(list_planned_presenters(walk.answers)))
        presenter = label_member(presenters[number - 1])
        self._print_title(self._console, f"Slot {number} of {count} · {presenter}", "")
        minutes = sum_slot_minutes(walk.talk.template.stages)
        if self.has_clock and minutes:
            print_indented(
                self._console, f"About {format_count(minutes, 'minute')}.", "dim"
            )

    def _print_promises_due(self, walk: "Walk") -> None:
        """Print the promises that this stage looks at again."""
        from coachlog.interview.corrections import (
            NONE_DUE,
            list_correctable_promises,
        )

        promises = list_correctable_promises(walk.talk, walk.answers)
        if not promises:
            print_indented(self._console, f"→ {NONE_DUE}")
            return
        from coachlog.screens.promises_due import render_due_promises

        self._console.print()
        self._console.print(
            render_due_promises(promises, walk.talk.today, self._console.width)
        )


def _looks_back(stage: Stage) -> bool:
    """Return whether a stage lists the owner's promises, to correct them."""
    widgets = [get_kind_row(prompt.kind).widget for prompt in stage.prompts]
    return Widget.CORRECTIONS in widgets


def _find_presenter_name(question: "Question", walk: "Walk") -> str | None:
    """Return the name of the member in whose slot a question is asked; None outside any slot."""
    slot = parse_key(question.key).slot
    if not slot or walk.talk.set is None:
        return None
    names = {member.slug: member.name for member in walk.talk.set.members}
    return names.get(slot)
