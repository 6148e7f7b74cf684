"""Shell completion: names and numbers, read fast and in silence."""

from collections.abc import Callable
from typing import Any

import typer

from coachlog.errors import CoachlogError
from coachlog.terminal.console import Console


def _found(ctx: typer.Context, look: Callable[[Any], list[tuple[str, str]]]) -> Any:
    console = Console(home_given=ctx.find_root().params.get("home"))
    try:
        if not console.desk.journal.exists():
            return []
        with console.desk.read() as db:
            return look(db)
    except CoachlogError:
        return []


def people(ctx: typer.Context, incomplete: str) -> Any:
    """Return the handles and names of people whose handle begins as typed."""
    from coachlog.store import reading

    return _found(
        ctx,
        lambda db: [
            (p.slug, p.name) for p in reading.people(db) if p.slug.startswith(incomplete.casefold())
        ],
    )


def actions(ctx: typer.Context, incomplete: str) -> Any:
    """Return the numbers and words of open actions."""
    from coachlog.rules import disclosure
    from coachlog.store import reading
    from coachlog.text import short

    return _found(
        ctx,
        lambda db: [
            (str(a.id), short(a.what, 60))
            for a in disclosure.everyday(reading.open_actions(db))
            if str(a.id).startswith(incomplete)
        ],
    )


def goals(ctx: typer.Context, incomplete: str) -> Any:
    """Return the numbers and titles of goals, those closed last."""
    from coachlog.rules import disclosure
    from coachlog.store.reading import goals
    from coachlog.text import short

    return _found(
        ctx,
        lambda db: [
            (str(g.id), short(g.title, 60))
            for g in disclosure.everyday(goals.goals(db))
            if str(g.id).startswith(incomplete)
        ],
    )


def pulses(ctx: typer.Context, incomplete: str) -> Any:
    """Return the numbers of pulses and the days they were made, the newest first."""
    from coachlog.dates import medium
    from coachlog.store.reading import pulse

    return _found(
        ctx,
        lambda db: [
            (str(p.id), medium(p.made_on))
            for p in pulse.pulses(db)
            if str(p.id).startswith(incomplete)
        ],
    )


def drafts(ctx: typer.Context, incomplete: str) -> Any:
    """Return the numbers of drafts, with whom each is."""
    from coachlog.store import reading

    return _found(
        ctx,
        lambda db: [
            (str(d.session), d.person.name if d.person else d.title)
            for d in reading.drafts(db)
            if str(d.session).startswith(incomplete)
        ],
    )


def measures(ctx: typer.Context, incomplete: str) -> Any:
    """Return the names of what was measured."""
    from coachlog.store.reading import trends

    return _found(
        ctx,
        lambda db: [
            (name, "") for name in trends.known_measures(db) if name.startswith(incomplete)
        ],
    )


def sets(ctx: typer.Context, incomplete: str) -> Any:
    """Return the handles and names of action learning sets whose handle begins as typed."""
    from coachlog.store.reading import sets

    return _found(
        ctx,
        lambda db: [
            (s.slug, s.name) for s in sets.sets(db) if s.slug.startswith(incomplete.casefold())
        ],
    )


def templates(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of templates, the owner's own too."""
    from coachlog.templates import library

    console = Console(home_given=ctx.find_root().params.get("home"))
    return [id for id in library.ids(console.desk.own_templates) if id.startswith(incomplete)]


def formats(incomplete: str) -> list[str]:
    """Return the names of the formats of pages."""
    from coachlog.exports import formats

    return [name for name in formats.names() if name.startswith(incomplete)]
