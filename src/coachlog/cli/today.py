"""Bare `coachlog`: what today asks for."""

from coachlog.cli.environment import FORM_NEXT, FORMS, Environment


def today(env: Environment, *, as_json: bool) -> None:
    """Show drafts to resume, promises due and who to talk to next; a welcome when all is new."""
    if not env.journal.exists():
        if as_json:
            env.json(
                "today", {"date": env.today.isoformat(), "drafts": [], "actions": [], "people": []}
            )
        else:
            from coachlog.screens.welcome import WELCOME

            env.say(WELCOME)
            for path in sorted(env.home.glob(FORMS)):
                env.say(f"\nA form is not stored yet: {FORM_NEXT} {path.name}")
        return
    from coachlog.store import reading
    from coachlog.store.reading import goals

    forms = [f"{FORM_NEXT} {path.name}" for path in sorted(env.home.glob(FORMS))]
    with env.read() as db:
        drafts = reading.drafts(db)
        actions = reading.open_actions(db)
        contacts = reading.contacts(db, to_talk=True)
        to_review = goals.to_review(db, env.today)
    if as_json:
        from coachlog.exports import json

        env.json(
            "today",
            {
                "date": env.today.isoformat(),
                "drafts": json.plain(drafts),
                "actions": json.plain(actions),
                "people": json.plain(contacts),
            },
        )
        return
    from coachlog.screens.today import today

    width = env.out.width
    env.show(today(drafts, forms, actions, contacts, env.today, width, to_review))
