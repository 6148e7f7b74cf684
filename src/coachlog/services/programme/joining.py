"""Programmes joined and left by whoever keeps the journal, and what was sent to them."""

from coachlog.errors import InvalidInput, NotFound
from coachlog.model.programme import (
    VECTOR_VERSION,
    Breakdown,
    Membership,
    Places,
    Programme,
    SentContribution,
)
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.text import clean_line, fold_text


def validate_places(programme: Programme, places: Places) -> dict[Breakdown, str]:
    """Return where a member is, in the words of the programme, one for each of its choices.

    Raises InvalidInput for what is not to be chosen, or is not chosen.
    """
    chosen_places = {}
    for breakdown, choices in programme.choices.items():
        typed_name = places.get(breakdown)
        if not choices:
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


def join_programme(
    desk: Desk, programme: Programme, places: Places, *, yes: bool
) -> Result:
    """Join a programme once the owner agrees; what will leave is to be shown before.

    Raises InvalidInput for a place that is not in it, Refusal if they do not agree or have joined
    it already, and MissingLibrary without pyrage.
    """
    require_known_vector(programme)
    require_usable_keys(programme)
    chosen_places = validate_places(programme, places)
    name = clean_line(programme.name)
    desk.confirm(f"Join {name}?", yes=yes)
    from coachlog.store.writing.programme_changes import insert_membership

    with desk.change(create=True) as change:
        insert_membership(change, programme, chosen_places, on=desk.today)
    return Result(
        f"You have joined {name}. Nothing has left your journal yet. After the end of a quarter: "
        "coachlog programme contribute. To leave: coachlog programme leave"
    )


def leave_programme(desk: Desk, words: str | None = None) -> Result:
    """Leave a programme, the only one unless it is named by its code or name.

    Raises NotFound if there is none of that name.
    """
    membership = find_membership(desk, words)
    from coachlog.store.writing.programme_changes import mark_membership_left

    with desk.change() as change:
        mark_membership_left(change, membership.programme.code, on=desk.today)
    return Result(
        f"You have left {clean_line(membership.programme.name)}. Nothing more will be sent. What "
        "you sent for earlier quarters stays in their sums, where it cannot be told apart."
    )


def find_membership(desk: Desk, words: str | None = None) -> Membership:
    """Return the programme of this code or name or, without one, the only one that is joined.

    Raises NotFound where there is none, and InvalidInput where there are several.
    """
    with desk.read() as db:
        from coachlog.store.reading.programme_queries import read_memberships

        memberships = read_memberships(db)
    if not memberships:
        raise NotFound(
            "You have not joined a programme. Nothing was changed.",
            "To join one: coachlog programme join FILE",
        )
    if words is not None:
        key = fold_text(words)
        memberships = [
            membership
            for membership in memberships
            if key
            in (
                fold_text(membership.programme.code),
                fold_text(membership.programme.name),
            )
        ]
    if not memberships:
        raise NotFound(
            f"You have joined no programme “{clean_line(words or '')[:40]}”. Nothing was changed.",
            "See: coachlog programme show",
        )
    if len(memberships) > 1:
        codes = ", ".join(membership.programme.code for membership in memberships)
        raise InvalidInput(
            "You have joined more than one programme. Nothing was changed.",
            f"Say which by its code: {codes}",
        )
    return memberships[0]


def load_memberships(desk: Desk) -> tuple[list[Membership], list[SentContribution]]:
    """Return the programmes that were ever joined, and all that was sent to them."""
    from coachlog.store.reading.programme_queries import (
        read_memberships,
        read_sent_contributions,
    )

    with desk.read() as db:
        return read_memberships(db, include_left=True), read_sent_contributions(db)
