"""Encounters: people seen and spoken to, without a conversation."""

from collections.abc import Sequence
from datetime import date

from coachlog import dates
from coachlog.errors import NotFound
from coachlog.model.encounters import Encounter
from coachlog.model.people import Person
from coachlog.names.matching import split_into_names
from coachlog.services import person_choice
from coachlog.services.desk import Desk
from coachlog.services.results import UNDO_STEP, Result, phrase_other_day
from coachlog.store.reading import encounter_queries, person_queries


def load_encounters(
    desk: Desk, words: Sequence[str]
) -> tuple[Person | None, list[Encounter]]:
    """Return a person and the days on which they were spoken to; without a name, the latest of all.

    Raises NotFound if the name fits nobody, or more than one person.
    """
    with desk.read() as db:
        person = desk.find_person(db, " ".join(words))
        if person is None:
            return None, encounter_queries.read_latest_encounters(db)
        return person, encounter_queries.read_encounters(db, person.id)


def record_encounters(desk: Desk, words: Sequence[str], *, on: str) -> Result:
    """Record that people were spoken to on a day, all of them or none; asked for without a name.

    Raises NotFound for a word that names nobody, or more than one person, and InvalidInput for a
    day in the future.
    """
    day = desk.parse_past_day(on)
    persons = _find_people(desk, words)
    for person in persons:
        person_choice.require_active_person(desk, person, "Record it all the same?")
    from coachlog.store.writing import encounter_changes

    recorded_people: list[Person] = []
    repeated_people: list[Person] = []
    with desk.change() as change:
        for person in persons:
            id = encounter_changes.insert_encounter(change, person.id, on=day)
            if id is None:
                repeated_people.append(person)
            else:
                recorded_people.append(person)
    return _describe_encounters(desk, day, recorded_people, repeated_people)


def _find_people(desk: Desk, words: Sequence[str]) -> list[Person]:
    """Return the people named, each once, in their order."""
    if not words:
        desk.require_asker("a name", "NAME")
        return [person_choice.ask_for_person(desk, "Who did you speak to?")]
    with desk.read() as db:
        everyone = person_queries.read_people(db, include_archived=True)
        persons = split_into_names(everyone, words)
        if persons is None:
            # One of them names nobody, or several: this says which.
            persons = [person_queries.find_person(db, word) for word in words]
    if not persons:
        raise NotFound(
            "There is no name in that. Nothing was changed.",
            "`coachlog person list` shows everyone.",
        )
    return list({person.id: person for person in persons}.values())


def _describe_encounters(
    desk: Desk,
    day: date,
    recorded_people: Sequence[Person],
    repeated_people: Sequence[Person],
) -> Result:
    other_day = phrase_other_day(day, desk.today)
    sentences = []
    if recorded_people:
        names = _join_names(recorded_people)
        sentences.append(f"You spoke to {names}{other_day}: recorded.")
    if repeated_people:
        names = _join_names(repeated_people)
        sentences.append(f"Already recorded{other_day or ' for today'}: {names}.")
    first_person = [*recorded_people, *repeated_people][0]
    sentences.append(f"To keep something from it: coachlog note {first_person.slug}")
    return Result(" ".join(sentences))


def _join_names(persons: Sequence[Person]) -> str:
    names = [person.name for person in persons]
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def drop_encounter(desk: Desk, id: int) -> Result:
    """Remove what was recorded by mistake; raises NotFound if it is not there."""
    with desk.read() as db:
        encounter = encounter_queries.read_encounter(db, id)
        assert encounter.person is not None
        person = person_queries.read_person(db, encounter.person.id)
    from coachlog.store.writing import encounter_changes

    with desk.change() as change:
        encounter_changes.delete_encounter(change, id)
    day = dates.format_long_day(encounter.on)
    return Result(f"Removed: {id}, you spoke to {person.name} on {day}. {UNDO_STEP}")
