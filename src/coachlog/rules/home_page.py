"""What the home page lists: what is due about now, what has waited too long, who comes next."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from coachlog.model.actions import Action
from coachlog.model.people import Contact
from coachlog.model.sessions import Draft
from coachlog.model.today import HomePromises
from coachlog.names.spelling import build_sort_key
from coachlog.rules.promises import count_days_overdue
from coachlog.rules.rhythm import find_next_talk, has_rhythm, judge_rhythm

WITHIN_DAYS = 7
"""Promises due within so many days are listed, and come before those overdue for longer."""

STALE_DAYS = 60
"""What has waited longer than this is only counted: a page of old debts is not read any more."""

MOST_WITHOUT_RHYTHM = 5
"""So many people without a rhythm are named, those who have been waiting longest."""

FRIDAY = 4
_MOST_URGENT_FIRST = ("red", "amber", "in time", None, "paused")


def sort_out_promises(actions: Iterable[Action], today: date) -> HomePromises:
    """Return the open promises as the home page has them.

    Those overdue by a week at most, and due within the next, come in the order of their dates. What
    has been overdue for longer follows, in the same order: nothing old stands above this week.
    """
    mine: list[Action] = []
    theirs: list[Action] = []
    mine_later: list[Action] = []
    theirs_later: list[Action] = []
    stale: list[Action] = []
    last_day = today + timedelta(days=WITHIN_DAYS)
    for action in actions:
        is_mine = action.owner == "me"
        if count_days_overdue(action, today) > STALE_DAYS:
            stale.append(action)
        elif action.due is not None and action.due <= last_day:
            (mine if is_mine else theirs).append(action)
        else:
            (mine_later if is_mine else theirs_later).append(action)

    def rank_action(action: Action) -> tuple[bool, date, int]:
        return is_long_overdue(action, today), action.due or last_day, action.id

    return HomePromises(
        mine=tuple(sorted(mine, key=rank_action)),
        theirs=tuple(sorted(theirs, key=rank_action)),
        mine_later=tuple(mine_later),
        theirs_later=tuple(theirs_later),
        stale=tuple(stale),
    )


def is_long_overdue(action: Action, today: date) -> bool:
    """Return whether a promise is below those of this week and the next."""
    return count_days_overdue(action, today) > WITHIN_DAYS


def is_stale(since: date, today: date) -> bool:
    """Return whether something that has waited since a day is only counted."""
    return (today - since).days > STALE_DAYS


def find_week(day: date) -> tuple[date, date]:
    """Return the Monday and the Sunday of a day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def is_last_working_day(day: date) -> bool:
    """Return whether a day is the Friday of its week."""
    return day.weekday() == FRIDAY


def sort_by_next_talk(contacts: Sequence[Contact], today: date) -> list[Contact]:
    """Return people by how late the next conversation is; without a rhythm, longest unseen first.

    Those who are away come last, whoever is back first before the others.
    """

    def rank_contact(contact: Contact) -> tuple[int, date, str]:
        person, last_held = contact.person, contact.last_held
        state = judge_rhythm(last_held, person, today, person.paused_until)
        next_day = find_next_talk(last_held, person, person.paused_until)
        if state == "paused":
            next_day = person.paused_until
        day = next_day or last_held or date.min
        return _MOST_URGENT_FIRST.index(state), day, build_sort_key(person.name)

    return sorted(contacts, key=rank_contact)


def choose_next_talks(contacts: Sequence[Contact]) -> list[Contact]:
    """Return the people to name on the home page: all who have a rhythm, and a few of the others.

    `contacts` come longest unseen first. A list of everybody says nothing on whom to talk to next.
    """
    chosen_contacts = []
    others_count = 0
    for contact in contacts:
        if not has_rhythm(contact.person) and contact.person.paused_until is None:
            others_count += 1
            if others_count > MOST_WITHOUT_RHYTHM:
                continue
        chosen_contacts.append(contact)
    return chosen_contacts


def list_old_drafts(drafts: Sequence[Draft], today: date) -> list[Draft]:
    """Return the drafts that were not started today, when a window may still write to them."""
    return [draft for draft in drafts if draft.begun_on < today]
