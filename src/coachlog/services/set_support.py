"""What a set does between two meetings: offers, asks, pairs of buddies and their check-ins."""

from collections.abc import Iterator
from datetime import date

from coachlog import dates
from coachlog.errors import InvalidInput, Refusal
from coachlog.interview.back import Back
from coachlog.model.set_support import BuddyPair, SetSupport, SupportKind
from coachlog.model.sets import LearningSet, Member
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.set_support import name_buddies
from coachlog.rules import disclosure
from coachlog.rules.disclosure import EVERYDAY_AUDIENCE
from coachlog.services.desk import Desk
from coachlog.services.inputs import build_missing_error, read_option_text
from coachlog.services.results import Result
from coachlog.services.sessions.cancel import MAX_AHEAD
from coachlog.services.set_members import find_set_member
from coachlog.services.sets import require_active_set
from coachlog.store.reading import set_queries, set_support_queries

_NONE_WORDS = ("0", "none")
"""What is typed for buddies who have no day to check in any more."""


class SupportRequest(NamedTuple):
    """The options of `set support` as they were typed; None for one that was not given."""

    offer: str | None = None
    ask: str | None = None
    by: str | None = None
    check_in: str | None = None
    done: tuple[int, ...] = ()

    @property
    def needs_member(self) -> bool:
        """Return whether something is recorded that one of the members says."""
        return any(typed is not None for typed in (self.offer, self.ask, self.check_in))

    @property
    def is_change(self) -> bool:
        """Return whether anything is to be recorded."""
        return self.needs_member or bool(self.done)


def load_set_support(
    desk: Desk, name: str, *, include_closed: bool = False
) -> SetSupport:
    """Return what a set does until it meets again; closed offers and asks only if asked for.

    Raises NotFound if there is no such set, and DamagedJournal if anything in this is not as it was
    written.
    """
    from coachlog.store.shown_rows import require_sound_entries, require_sound_support

    with desk.read() as db:
        learning_set = set_queries.find_set(db, name)
        require_sound_entries(db, sets=[learning_set.id])
        require_sound_support(db, learning_set.id)
        meetings = set_support_queries.count_meetings(db, learning_set.id)
        pairs = set_support_queries.read_buddy_pairs(
            db, learning_set, meetings, desk.today
        )
        lines = set_support_queries.read_support_lines(
            db, learning_set.id, include_closed=include_closed
        )
        helped = set_support_queries.count_helps(db, learning_set.id)
        last_held = set_queries.read_meeting_days(db, learning_set.id).last_held
    visible_lines = disclosure.split_entries(lines, EVERYDAY_AUDIENCE).visible_entries
    return SetSupport(
        learning_set, meetings, tuple(pairs), visible_lines, helped, last_held
    )


def change_set_support(desk: Desk, name: str, request: SupportRequest) -> Result:
    """Record what a member offers, asks or agreed, and close what is done.

    All of it, or nothing. Raises NotFound for a set, member or number that is not there, Refusal
    for an archived set or what is closed already, and InvalidInput for an empty line or a day that
    cannot be read.
    """
    with desk.read() as db:
        learning_set = set_queries.find_set(db, name)
        require_active_set(learning_set)
        meetings = set_support_queries.count_meetings(db, learning_set.id)
        pairs = set_support_queries.read_buddy_pairs(
            db, learning_set, meetings, desk.today
        )
    lines = [*_list_typed_lines(request)]
    day = _parse_check_in(desk, request.check_in)
    member = _choose_member(desk, learning_set, request)
    pair = None
    if request.check_in is not None:
        pair = _find_pair(learning_set, pairs, member)
        _require_another_day(pair, day)
    from coachlog.store.writing import set_support_changes

    effects = []
    with desk.change() as change:
        for id in request.done:
            kind = set_support_changes.mark_support_done(
                change, learning_set.id, id, on=desk.today
            )
            effects.append(f"closed {kind.value} {id}")
        for kind, words in lines:
            assert member is not None
            id = set_support_changes.insert_support_line(
                change, learning_set.id, member.id, kind, words, on=desk.today
            )
            effects.append(f"recorded {kind.value} {id}, {_phrase_giver(member)}")
        if pair is not None:
            member_ids = [buddy.id for buddy in pair.members]
            set_support_changes.insert_check_in(
                change, learning_set.id, member_ids, meetings, on=day
            )
            effects.append(_describe_check_in(pair, day))
    return Result(
        f"{learning_set.name}: {'; '.join(effects)}. "
        f"See: coachlog set support {learning_set.slug}"
    )


def _list_typed_lines(request: SupportRequest) -> Iterator[tuple[SupportKind, str]]:
    """Yield the offer and the ask that were typed. Raises InvalidInput for an empty one."""
    typed_words = (
        (SupportKind.OFFER, request.offer),
        (SupportKind.ASK, request.ask),
    )
    if request.offer == request.ask == "-":
        raise InvalidInput(
            "Standard input can be the offer or the ask, not both. Nothing was changed."
        )
    for kind, typed in typed_words:
        if typed is None:
            continue
        words = read_option_text(typed)
        if not words:
            raise InvalidInput(
                f"The {kind.value} is empty. Nothing was changed.",
                f'For example: --{kind.value} "An hour on the business case"',
            )
        yield kind, words


def _parse_check_in(desk: Desk, typed: str | None) -> date | None:
    """Return the day that was agreed, today or in the next year; None for none."""
    if typed is None or typed.strip().casefold() in _NONE_WORDS:
        return None
    from coachlog.dates.parsing import parse_future_day

    day = parse_future_day(typed, desk.today)
    if day < desk.today:
        raise InvalidInput(
            f"{dates.format_long_day(day)} has passed. Nothing was changed."
        )
    if day > desk.today + MAX_AHEAD:
        raise InvalidInput(
            f"{dates.format_long_day(day)} is more than a year ahead. Is that right?"
        )
    return day


def _choose_member(
    desk: Desk, learning_set: LearningSet, request: SupportRequest
) -> Member | None:
    """Return whose words or day it is: by default the owner, where they are in the set.

    None where nothing is said by anyone. Raises InvalidInput where nobody can be asked.
    """
    if not request.needs_member:
        if request.by is not None:
            raise InvalidInput(
                "--by goes with --offer, --ask or --check-in. Nothing was changed."
            )
        return None
    if request.by is not None:
        return find_set_member(learning_set, request.by)
    members = learning_set.list_current_members(None)
    for member in members:
        if member.person is None:
            return member
    if not desk.interactive:
        raise build_missing_error("to know whose it is", "--by MEMBER")
    rows = [(member.name, member) for member in members]
    choice = desk.asker.choose("Whose is it?", rows, is_statement=True)
    if isinstance(choice, Back):
        raise InvalidInput("Nobody was chosen. Nothing was changed.")
    return choice


def _find_pair(
    learning_set: LearningSet, pairs: list[BuddyPair], member: Member | None
) -> BuddyPair:
    """Return the pair that a member is in; raises InvalidInput for those who lead the set."""
    for pair in pairs:
        if member in pair.members:
            return pair
    raise InvalidInput(
        f"There is nobody in {learning_set.name} for them to check in with, as only its members "
        "are paired. Nothing was changed.",
        f"The pairs: coachlog set support {learning_set.slug}",
    )


def _require_another_day(pair: BuddyPair, day: date | None) -> None:
    """Raise Refusal where buddies have agreed this day already, or have none to take back."""
    if pair.check_in == day:
        raise Refusal(
            f"As before, {_describe_check_in(pair, day)}. Nothing was changed."
        )


def _phrase_giver(member: Member) -> str:
    return "yours" if member.person is None else f"by {member.name}"


def _describe_check_in(pair: BuddyPair, day: date | None) -> str:
    names = name_buddies(pair.refs)
    if day is None:
        return f"{names} have no day to check in"
    return f"{names} check in on {dates.format_long_day(day)}"
