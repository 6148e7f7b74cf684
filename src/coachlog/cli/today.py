"""Bare `coachlog`: what today asks for."""

from coachlog.services.sessions.form_files import FORM_NEXT, FORMS
from coachlog.terminal.console import Console


def today(console: Console, *, as_json: bool) -> None:
    """Show drafts to resume, promises due and who to talk to next; a welcome when all is new."""
    if not console.desk.journal.exists():
        if as_json:
            console.json(
                "today",
                {"date": console.desk.today.isoformat(), "drafts": [], "actions": [], "people": []},
            )
        else:
            from coachlog.screens.welcome import WELCOME

            console.say(WELCOME)
            for path in sorted(console.desk.home.glob(FORMS)):
                console.say(f"\nA form is not stored yet: {FORM_NEXT} {path.name}")
        return
    from coachlog.rules import disclosure
    from coachlog.store import reading
    from coachlog.store.reading import goals

    forms = [f"{FORM_NEXT} {path.name}" for path in sorted(console.desk.home.glob(FORMS))]
    with console.desk.read() as db:
        drafts = reading.drafts(db)
        actions = disclosure.everyday(reading.open_actions(db))
        contacts = reading.contacts(db, to_talk=True)
        to_review = goals.to_review(db, console.desk.today)
    if as_json:
        from coachlog.exports import json

        console.json(
            "today",
            {
                "date": console.desk.today.isoformat(),
                "drafts": json.plain(drafts),
                "actions": json.plain(actions),
                "people": json.plain(contacts),
            },
        )
        return
    from coachlog.screens.today import today

    width = console.out.width
    console.show(today(drafts, forms, actions, contacts, console.desk.today, width, to_review))
