"""Writes what takes a minute in the demo year: people met, thanks, a set's support, a workshop."""

from collections.abc import Callable, Mapping
from typing import Any

from coachlog.model.actions import ME, Promise
from coachlog.model.notes import NoteKind
from coachlog.model.set_support import SupportKind
from coachlog.model.workshops import WorkshopTheme
from coachlog.model.worth import AmountUnit, BenefitFields
from coachlog.services.demo.step_writer import StepWriter


def _record_demo_encounters(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing.encounter_changes import insert_encounter

    with writer.desk.read() as db:
        people = [writer.desk.find_person(db, name) for name in details["met"]]
    with writer.desk.change() as change:
        for person in people:
            assert person is not None
            insert_encounter(change, person.id, on=writer.day)


def _give_demo_thanks(writer: StepWriter, details: dict[str, Any]) -> None:
    """Write down a thank-you, said on the same day."""
    from coachlog.store.writing.note_changes import insert_note, mark_note_said

    with writer.desk.change() as change:
        id = insert_note(
            change,
            writer.person_id,
            details["thanks"],
            on=writer.day,
            kind=NoteKind.THANKS,
        )
        mark_note_said(change, id, on=writer.day)


def _make_demo_promise(writer: StepWriter, details: dict[str, Any]) -> None:
    """Promise something to someone in passing, outside a conversation."""
    from coachlog.store.writing.action_changes import insert_action

    due = writer.parse_future_day(details["due"])
    promise = Promise(details["promise"], ME, due)
    with writer.desk.change() as change:
        insert_action(change, promise, on=writer.day, person_id=writer.person_id)


def _offer_demo_support(writer: StepWriter, details: dict[str, Any]) -> None:
    _add_demo_support(writer, details, SupportKind.OFFER)


def _ask_demo_support(writer: StepWriter, details: dict[str, Any]) -> None:
    _add_demo_support(writer, details, SupportKind.ASK)


def _add_demo_support(
    writer: StepWriter, details: dict[str, Any], kind: SupportKind
) -> None:
    from coachlog.store.writing.set_support_changes import insert_support_line

    member = writer.find_member(details["by"])
    words = details[kind.value]
    with writer.desk.change() as change:
        insert_support_line(
            change, writer.set_id, member.id, kind, words, on=writer.day
        )


def _settle_demo_support(writer: StepWriter, details: dict[str, Any]) -> None:
    """Close the offer or ask of the set whose words begin like this."""
    from coachlog.store.reading.set_support_queries import read_support_lines
    from coachlog.store.writing.set_support_changes import mark_support_done

    with writer.desk.read() as db:
        lines = read_support_lines(db, writer.set_id, include_closed=False)
    (id,) = (line.id for line in lines if line.words.startswith(details["settled"]))
    with writer.desk.change() as change:
        mark_support_done(change, writer.set_id, id, on=writer.day)


def _agree_demo_check_in(writer: StepWriter, details: dict[str, Any]) -> None:
    """Let a member and their buddy agree on a day to check in."""
    from coachlog.store.reading.set_queries import read_set
    from coachlog.store.reading.set_support_queries import (
        count_meetings,
        read_buddy_pairs,
    )
    from coachlog.store.writing.set_support_changes import insert_check_in

    member = writer.find_member(details["by"])
    day = writer.parse_future_day(details["check_in"])
    with writer.desk.read() as db:
        meetings = count_meetings(db, writer.set_id)
        learning_set = read_set(db, writer.set_id)
        pairs = read_buddy_pairs(db, learning_set, meetings, writer.day)
    (buddy_ids,) = (
        [buddy.id for buddy in pair.members]
        for pair in pairs
        if member.id in [buddy.id for buddy in pair.members]
    )
    with writer.desk.change() as change:
        insert_check_in(change, writer.set_id, buddy_ids, meetings, on=day)


def _hold_demo_workshop(writer: StepWriter, details: dict[str, Any]) -> None:
    """Make a workshop and enter all its slips at once."""
    from coachlog.store.writing.workshop_changes import (
        insert_workshop,
        insert_workshop_replies,
    )

    themes = [
        WorkshopTheme(theme["title"], tuple(theme["lines"]))
        for theme in details["themes"]
    ]
    slips = [tuple(slip) for slip in details["slips"]]
    with writer.desk.change() as change:
        key = insert_workshop(change, details["workshop"], themes, on=writer.day)
        insert_workshop_replies(change, key.survey, (), slips)


def _record_demo_benefit(writer: StepWriter, details: dict[str, Any]) -> None:
    from coachlog.store.writing.worth_changes import insert_benefit

    fields = BenefitFields(
        details["benefit"],
        noticed_by=details["noticed_by"],
        evidence=details["evidence"],
        gain=details["gain"],
        amount=details["amount"],
        unit=AmountUnit(details["unit"]),
        months=details["months"],
        share=details["share"],
        sure=details["sure"],
    )
    with writer.desk.change() as change:
        insert_benefit(change, fields, on=writer.day)


MINUTE_WRITERS: Mapping[str, Callable[[StepWriter, dict[str, Any]], None]] = {
    "met": _record_demo_encounters,
    "thanks": _give_demo_thanks,
    "promise": _make_demo_promise,
    "offer": _offer_demo_support,
    "ask": _ask_demo_support,
    "settled": _settle_demo_support,
    "check_in": _agree_demo_check_in,
    "workshop": _hold_demo_workshop,
    "benefit": _record_demo_benefit,
}
"""What writes a step, by its verb."""
