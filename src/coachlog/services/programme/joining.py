"""Programmes joined and left by whoever keeps the journal, and what was sent to them."""

from coachlog import dates
from coachlog.errors import InvalidInput, NotFound, Refusal
from coachlog.model.programme import (
    VECTOR_VERSION,
    Breakdown,
    Membership,
    Places,
    Programme,
    SentContribution,
    shorten_number,
)
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.text import clean_line, fold_text


def validate_places(
    programme: Programme, places: Places, *, is_partial: bool = False
) -> dict[Breakdown, str]:
    """Return where a member is, in the words of the programme, one for each of its choices.

    Raises InvalidInput for what is not to be chosen and, unless it `is_partial`, is not chosen.
    """
    chosen_places = {}
    for breakdown, choices in programme.choices.items():
        typed_name = places.get(breakdown)
        if not choices or (is_partial and typed_name is None):
            continue
        choice_list = ", ".join(map(clean_line, choices))
        if typed_name is None:
            raise InvalidInput(
                f"Your {breakdown.value} is needed. Nothing was changed.",
                f"One of these: {choice_list}. Add --{breakdown.value} NAME.",
            )
        names = {fold_text(name): name for name in choices}
        if fold_text(typed_name) not in names:
            raise InvalidInput(
                f"There is no {breakdown.value} “{clean_line(typed_name)[:40]}” in this programme. "
                "Nothing was changed.",
                f"One of these: {choice_list}.",
            )
        chosen_places[breakdown] = names[fold_text(typed_name)]
    return chosen_places


def require_known_vector(programme: Programme) -> None:
    """Raise InvalidInput for a programme whose list of numbers is not that of this coachlog."""
    if programme.vector == VECTOR_VERSION:
        return
    raise InvalidInput(
        f"{clean_line(programme.name)} counts by list {programme.vector} of the numbers, and this "
        f"coachlog has list {VECTOR_VERSION}. Nothing was changed.",
        "Ask the coordinator which version of coachlog the programme is for.",
    )


def require_usable_keys(programme: Programme) -> None:
    """Raise InvalidInput for a key that nothing can be sealed to, MissingLibrary without pyrage.

    At joining rather than after the quarter, when the coordinator has sent a file to everyone.
    """
    from coachlog.sealed.age_files import is_public_key

    for holder, key in programme.keys.items():
        if not is_public_key(key):
            raise InvalidInput(
                f"The key of the holder “{holder.value}” was changed or cut short. Nothing was "
                "changed.",
                "Ask the coordinator for the programme's file once more.",
            )


def require_joinable(desk: Desk, programme: Programme, places: Places) -> None:
    """Raise what joining would raise, before anybody reads what it means.

    On a terminal, places that are missing are asked for later.
    """
    require_known_vector(programme)
    require_usable_keys(programme)
    if desk.journal.exists():
        _require_not_joined(desk, programme)
    validate_places(programme, places, is_partial=desk.interactive)


def _require_not_joined(desk: Desk, programme: Programme) -> None:
    for membership in _list_memberships(desk):
        if membership.left_on is None and membership.programme.code == programme.code:
            own_places = ", ".join(
                f"{breakdown.value} {clean_line(place)}"
                for breakdown, place in membership.places.items()
            )
            raise Refusal(
                f"You have already joined {clean_line(programme.name)}, as {own_places}. Nothing "
                "was changed.",
                "To change that: coachlog programme leave, then join again, then send the quarter "
                "again.",
            )


def join_programme(
    desk: Desk, programme: Programme, places: Places, *, yes: bool
) -> Result:
    """Join a programme once the owner agrees; what will leave is to be shown before.

    Raises InvalidInput for a place that is not in it, Refusal if they do not agree or have joined
    it already, and MissingLibrary without pyrage.
    """
    require_joinable(desk, programme, places)
    chosen_places = validate_places(programme, places)
    name = clean_line(programme.name)
    desk.confirm(f"Join {name}?", yes=yes)
    sent_words = _describe_what_was_sent(desk, programme)
    from coachlog.store.writing.programme_changes import insert_membership

    with desk.change(create=True) as change:
        insert_membership(change, programme, chosen_places, on=desk.today)
    return Result(
        f"You have joined {name}. {sent_words} After the end of a quarter: "
        "coachlog programme contribute. To leave: coachlog programme leave"
    )


def _describe_what_was_sent(desk: Desk, programme: Programme) -> str:
    """Return whether a programme that is joined, perhaps once more, has got anything yet."""
    sent = _read_sent(desk, programme) if desk.journal.exists() else []
    if not sent:
        return "Nothing has left your journal yet."
    latest = max(sent, key=lambda each: each.made_on)
    return (
        "What you sent to it before still stands: the last was of "
        f"{latest.quarter}, on {dates.format_medium_day(latest.made_on)}."
    )


def leave_programme(desk: Desk, words: str | None = None) -> Result:
    """Leave a programme, the only one unless it is named by its code or name.

    Raises NotFound if there is none of that name.
    """
    membership = find_membership(desk, words)
    stays = _describe_what_stays(desk, membership.programme)
    from coachlog.store.writing.programme_changes import mark_membership_left

    with desk.change() as change:
        mark_membership_left(change, membership.programme.code, on=desk.today)
    words = f"You have left {clean_line(membership.programme.name)}. Nothing more will be sent."
    return Result(f"{words} {stays}".strip())


def _describe_what_stays(desk: Desk, programme: Programme) -> str:
    """Return what becomes of all that was sent; '' for nothing.

    A journal does not know which quarters are closed: the last two that are over may still be open.
    """
    from coachlog.rules.programme_quarters import (
        find_last_whole_quarter,
        find_quarter_days,
    )

    sent = _read_sent(desk, programme)
    if not sent:
        return ""
    first_day, _ = find_quarter_days(find_last_whole_quarter(desk.today))
    oldest_open = find_last_whole_quarter(first_day)
    # Each edition: were only the last one deleted, the one before it would count.
    numbers = ", ".join(
        f"{shorten_number(each.number)} ({each.quarter})"
        for each in sent
        if each.quarter >= oldest_open
    )
    stays = "What is in the sums of a closed quarter stays there, where it cannot be told apart."
    if not numbers:
        return stays
    deleting = (
        "both holders delete" if programme.is_split else "the coordinator deletes"
    )
    return (
        "What you sent for a quarter that is not closed yet still counts, unless "
        f"{deleting} it before: {numbers}. {stays}"
    )


def _read_sent(desk: Desk, programme: Programme) -> list[SentContribution]:
    from coachlog.store.reading.programme_queries import read_sent_contributions

    with desk.read() as db:
        return read_sent_contributions(db, programme=programme.code)


def _list_memberships(desk: Desk) -> list[Membership]:
    """Return the programmes that were ever joined, those that were left as well."""
    from coachlog.store.reading.programme_queries import read_memberships

    with desk.read() as db:
        return read_memberships(db, include_left=True)


def find_membership(desk: Desk, words: str | None = None) -> Membership:
    """Return the programme of this code or name or, without one, the only one that is joined.

    Raises NotFound where there is none, and InvalidInput where there are several.
    """
    ever_joined = _list_memberships(desk)
    if ever_joined and words is not None:
        ever_joined = [each for each in ever_joined if _is_named(each, words)]
    memberships = [each for each in ever_joined if each.left_on is None]
    if not memberships:
        raise _build_not_joined_error(ever_joined, words)
    if len(memberships) > 1:
        codes = ", ".join(membership.programme.code for membership in memberships)
        raise InvalidInput(
            "You have joined more than one programme. Nothing was changed.",
            f"Say which by its code: {codes}",
        )
    return memberships[0]


def _is_named(membership: Membership, words: str) -> bool:
    programme = membership.programme
    return fold_text(words) in (fold_text(programme.code), fold_text(programme.name))


def _build_not_joined_error(
    left_memberships: list[Membership], words: str | None
) -> NotFound:
    """Return what to say where none of a name is joined: when the last of these was left."""
    if left_memberships:
        last = max(
            left_memberships, key=lambda each: (each.left_on or each.joined_on, each.id)
        )
        left_on = dates.format_medium_day(last.left_on or last.joined_on)
        return NotFound(
            f"You left {clean_line(last.programme.name)} on {left_on}. Nothing was changed.",
            "To join again: coachlog programme join FILE",
        )
    if words is None:
        return NotFound(
            "You have not joined a programme. Nothing was changed.",
            "To join one: coachlog programme join FILE",
        )
    return NotFound(
        f"You have joined no programme “{clean_line(words)[:40]}”. Nothing was changed.",
        "See: coachlog programme show",
    )


def load_memberships(desk: Desk) -> tuple[list[Membership], list[SentContribution]]:
    """Return the programmes that were ever joined, and all that was sent to them."""
    from coachlog.store.reading.programme_queries import (
        read_memberships,
        read_sent_contributions,
    )

    with desk.read() as db:
        return read_memberships(db, include_left=True), read_sent_contributions(db)
