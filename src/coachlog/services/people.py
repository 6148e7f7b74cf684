"""The people you talk with: listed, added, changed, archived, and found by their name."""

from collections.abc import Sequence
from datetime import date

from coachlog import dates
from coachlog.errors import InvalidInput
from coachlog.model.actions import Action
from coachlog.model.people import Contact, Person, Relationship
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.relationships import (
    RELATIONSHIP_CHOICES,
    RELATIONSHIP_ROWS,
    describe_relationship,
)
from coachlog.rules import disclosure
from coachlog.rules.rhythm import has_rhythm
from coachlog.services.desk import Desk
from coachlog.services.inputs import (
    build_missing_error,
    build_no_change_error,
    parse_rhythm_option,
)
from coachlog.services.new_names import (
    ask_new_name,
    validate_owner_name,
    validate_person_name,
)
from coachlog.services.results import UNDO_STEP, Result
from coachlog.store.reading import action_queries, person_queries
from coachlog.text import clean_line, fold_text, format_count


class PersonOptions(NamedTuple):
    """The options of a person on the command line, as typed; None for one that was not given."""

    name: str | None = None
    relationship: Relationship | None = None
    role: str | None = None
    team: str | None = None
    every: str | None = None
    pause_until: str | None = None


def list_people(desk: Desk, *, include_archived: bool = False) -> list[Contact]:
    """Return the people by name, each with the day last seen; `include_archived` adds the rest."""
    with desk.read() as db:
        return person_queries.read_contacts(db, include_archived=include_archived)


def load_person(
    desk: Desk, name: str, *, private: bool = False
) -> tuple[Contact, list[Action]]:
    """Return a person with the day last seen, and the open promises between you.

    Without `private`, private promises come without their words. Raises NotFound if the name fits
    nobody, or more than one person, and DamagedJournal if anything in this is not as it was
    written.
    """
    from coachlog.store.shown_rows import list_action_sessions, require_sound_entries

    with desk.read() as db:
        person = person_queries.find_person(db, name)
        contacts = person_queries.read_contacts(db, include_archived=True)
        actions = action_queries.read_next_talk_actions(db, person.id)
        talks = person_queries.read_last_session_ids(db, person.id, 1)
        require_sound_entries(
            db,
            actions=[action.id for action in actions],
            talks={*talks, *list_action_sessions(actions)},
            contacts=[person.id],
        )
    contact = next(contact for contact in contacts if contact.person.id == person.id)
    return contact, disclosure.veil_everyday_entries(actions, private=private)


def add_person(desk: Desk, options: PersonOptions) -> Result:
    """Add a person; the whole name and the relationship are asked for if they are missing.

    Raises Refusal if somebody has that name already.
    """
    name = ask_new_name(desk, options.name, is_shown_again=options.relationship is None)
    relationship = options.relationship or _ask_relationship(desk, name)
    rhythm = _find_new_rhythm(desk, options.every, relationship)
    pause_end = (
        _parse_pause_end(desk, options.pause_until) if options.pause_until else None
    )
    from coachlog.store.writing import person_changes

    with desk.change(create=True) as change:
        id = person_changes.insert_person(
            change,
            name,
            relationship,
            role=_clean_optional_line(options.role),
            team=_clean_optional_line(options.team),
            rhythm=rhythm,
            paused_until=pause_end,
        )
        person = person_queries.read_person(change.connection, id)
    effect = ""
    if options.every is None and has_rhythm(rhythm):
        from coachlog.phrasing.values import describe_rhythm

        effect = f", a conversation {describe_rhythm(rhythm)}"
    return Result(
        f"Added {person.name} ({describe_relationship(relationship)}){effect}. "
        f"Next: coachlog log {person.slug}"
    )


def load_default_rhythm(desk: Desk, relationship: Relationship) -> dates.Rhythm:
    """Return how often the settings say to meet somebody new in this relationship."""
    return parse_rhythm_option(desk.settings.get_text(f"rhythm.{relationship}"))


def _find_new_rhythm(
    desk: Desk, every: str | None, relationship: Relationship
) -> dates.Rhythm:
    """Return the rhythm that --every gives, or else that of the settings."""
    if every is None:
        return load_default_rhythm(desk, relationship)
    return parse_rhythm_option(every)


def _ask_relationship(desk: Desk, name: str) -> Relationship:
    asker = desk.require_asker(
        "their relationship to you", f"--relationship: {RELATIONSHIP_CHOICES}"
    )
    # Only where something is asked, so that a list starts sooner.
    from coachlog.interview.back import Back

    choice = asker.choose(
        f"Who is {name} to you?", RELATIONSHIP_ROWS, is_statement=True
    )
    if isinstance(choice, Back):
        raise InvalidInput("No relationship was chosen. Nothing was changed.")
    return Relationship(choice)


def _parse_pause_end(desk: Desk, words: str) -> date | None:
    """Return the last day of a pause, None for no pause; raises InvalidInput for a past day."""
    if words.strip().casefold() in ("", "0", "none"):
        return None
    day = desk.parse_start_day(words)
    if day < desk.today:
        raise InvalidInput(
            f"{dates.format_long_day(day)} has passed, so there is nothing to pause.",
            "To end a pause: --pause-until 0",
        )
    return day


def _clean_optional_line(words: str | None) -> str | None:
    if not words:
        return None
    return clean_line(words) or None


def edit_person(desk: Desk, name: str, options: PersonOptions) -> Result:
    """Change what is recorded about a person, or the owner's own name for `me`.

    Raises InvalidInput if no option says what to change, and NotFound if the name fits nobody, or
    more than one person.
    """
    if fold_text(name) == "me":
        return _edit_own_name(desk, options.name)
    fields = _build_person_fields(desk, options)
    if not fields:
        raise build_no_change_error(
            "--name, --relationship, --role, --team, --every or --pause-until"
        )
    from coachlog.store.writing import person_changes

    with desk.read() as db:
        person = person_queries.find_person(db, name)
    with desk.change() as change:
        person_changes.update_person(change, person.id, **fields)
    summary = str(fields.get("name", person.name))
    effects = _describe_person_effects(desk, fields, parse_rhythm_option(options.every))
    if effects:
        summary += f": {'; '.join(effects)}"
    return Result(f"Changed {summary}. See: coachlog person show {person.slug}")


def _build_person_fields(desk: Desk, options: PersonOptions) -> dict[str, object]:
    """Return the new values from the options, by the name of the field."""
    fields: dict[str, object] = {}
    if options.name is not None:
        fields["name"] = validate_person_name(options.name)
    if options.relationship is not None:
        fields["relationship"] = options.relationship
    if options.role is not None:
        fields["role"] = _clean_optional_line(options.role)
    if options.team is not None:
        fields["team"] = _clean_optional_line(options.team)
    if options.every is not None:
        fields |= parse_rhythm_option(options.every)._asdict()
    if options.pause_until is not None:
        fields["paused_until"] = _parse_pause_end(desk, options.pause_until)
    return fields


def _describe_person_effects(
    desk: Desk, fields: dict[str, object], rhythm: dates.Rhythm
) -> list[str]:
    """Return in words when the next conversation is due after a change; `rhythm` is the new one."""
    from coachlog.phrasing.values import describe_rhythm

    effects = []
    if "every_days" in fields:
        if has_rhythm(rhythm):
            effects.append(f"a conversation {describe_rhythm(rhythm)}")
        else:
            effects.append("no agreed interval")
    if "paused_until" in fields:
        pause_end = fields["paused_until"]
        if isinstance(pause_end, date):
            day = dates.format_short_day(pause_end, desk.today)
            effects.append(f"paused until {day}; no conversation is due before then")
        else:
            effects.append("no longer paused")
    return effects


def _edit_own_name(desk: Desk, text: str | None) -> Result:
    if text is None:
        raise build_missing_error("your name", "--name NAME")
    name = validate_owner_name(text)
    from coachlog.store.writing import person_changes

    with desk.change(create=True) as change:
        person_changes.update_owner_name(change, name)
    if not name:
        return Result("Your name has been removed.")
    return Result(f"Plans now show you as {name}.")


def archive_person(desk: Desk, name: str, *, back: bool = False) -> Result:
    """Take a person out of lists and reminders, or bring them `back`; nothing is deleted."""
    with desk.read() as db:
        person = person_queries.find_person(db, name)
        open_promises = action_queries.read_open_actions(db, person_id=person.id)
    from coachlog.store.writing import person_changes

    with desk.change() as change:
        person_changes.mark_person_archived(change, person.id, restore=back)
    if back:
        return Result(f"{person.name} is back. See: coachlog person show {person.slug}")
    message = f"Archived {person.name}. {UNDO_STEP}"
    return Result(message, _remark_on_open_promises(person, open_promises))


def _remark_on_open_promises(
    person: Person, promises: Sequence[Action]
) -> tuple[str, ...]:
    """Return one remark that promises outlive the archiving of a person; none if none are open."""
    if not promises:
        return ()
    are_open = "is still open" if len(promises) == 1 else "are still open"
    return (
        f"{format_count(len(promises), 'promise')} with {person.name} {are_open}: "
        f"coachlog action list -p {person.slug}",
    )
