"""Which members of a set look after each other until it meets again."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TypeVar

from coachlog.model.set_support import AgreedCheckIn

Buddy = TypeVar("Buddy")


def pair_buddies(members: Sequence[Buddy], meetings: int) -> list[tuple[Buddy, ...]]:
    """Return the members in pairs, after so many meetings; of an odd number, three are together.

    Each meeting moves the pairs on by the circle method of round-robin tournaments: of an even
    number of members, everybody has had everybody else once before anybody comes again. Nobody is
    paired alone. Everyone is in the order of the members, and so are the groups.
    """
    if len(members) < 2:
        return []
    places = _list_places(len(members), meetings)
    pairs = [[place, places[-1 - index]] for index, place in enumerate(places)]
    pairs = pairs[: len(places) // 2]
    if len(members) % 2:
        pairs = _join_spare_member(pairs, len(members), meetings)
    return [tuple(members[place] for place in group) for group in _sort_groups(pairs)]


def find_check_in(
    member_ids: Collection[int], agreed_check_ins: Sequence[AgreedCheckIn]
) -> date | None:
    """Return the day on which buddies check in: the one that all of them agreed last.

    None where there is none, and where others have become buddies since: nobody is bound by a day
    that they did not agree.
    """
    last_days = {agreed.member: agreed.on for agreed in agreed_check_ins}
    days = {last_days.get(member_id) for member_id in member_ids}
    return days.pop() if len(days) == 1 else None


def _list_places(count: int, meetings: int) -> list[int]:
    """Return the places of members around the circle; an odd one out sits opposite nobody.

    The last place stays where it is while the others move by one at each meeting.
    """
    even_count = count + count % 2
    moving_count = even_count - 1
    moving = [(meetings + step) % moving_count for step in range(moving_count)]
    return [*moving, even_count - 1]


def _join_spare_member(
    pairs: list[list[int]], count: int, meetings: int
) -> list[list[int]]:
    """Return the pairs with whoever has nobody in one of them, which is another one each time."""
    whole_pairs = [pair for pair in pairs if count not in pair]
    (spare,) = (
        place for pair in pairs if count in pair for place in pair if place != count
    )
    if not whole_pairs:
        return [[spare]]
    whole_pairs[meetings % len(whole_pairs)].append(spare)
    return whole_pairs


def _sort_groups(groups: list[list[int]]) -> list[list[int]]:
    return sorted(sorted(group) for group in groups)
