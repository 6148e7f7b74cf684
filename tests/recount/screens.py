"""The figures as lines of the text screens: what must be on each, written from counted figures.

Each line begins with what it is about, so that a wrong number is a line that is not there. Blanks
and bars do not matter. Nothing of coachlog is imported here.
"""

import re
from collections.abc import Iterator
from datetime import date

from recount import FATES, Json, Row

NO_NUMBER = "–"
FATE_WORDS = {
    "kept": "kept",
    "kept_as_reagreed": "kept by the new date",
    "kept_late": "kept late",
    "missed": "missed",
    "pending_past_first": "moved in time and not due yet",
    "released_past_first": "moved in time, then dropped in time",
}
"""What adds up to the promises that count by the first date."""
CAVEATS = {
    "without_date": "without a date",
    "hidden": "hidden with a deleted conversation",
    "handed_over": "given to somebody else by the first date",
    "dated_later": "dated only later",
    "recorded_afterwards": "recorded only after the date had passed",
    "reagreed_together": "moved in a conversation",
    "reagreed_alone": "moved by you outside a conversation",
    "owner_changed": "handed over after the date",
}
DIRECTIONS = {"team": "to your team", "across": "to colleagues", "up": "upwards"}
RELATIONSHIPS = {
    "report": "reports to you",
    "coachee": "coached by you",
    "peer": "colleague",
    "manager": "your manager",
    "mentee": "mentored by you",
    "coach": "your coach",
    "mentor": "your mentor",
    "supervisor": "your supervisor",
}
CHANGES = {
    None: "nothing to compare",
    "unclear": "could be chance",
    "more": "more",
    "fewer": "fewer",
}
MOST_DIGITS, MOST_MONTHS = 10, 24


def flatten_screen(text: str) -> str:
    """Return a screen in one line, without bars."""
    return " ".join(re.sub(r"[\u2581-\u258f]", " ", text).split())


def list_missing_lines(screen: str, lines: list[str]) -> list[str]:
    """Return the lines that are not on a flattened screen."""
    flat = f" {screen} "
    return [
        f"not on the screen: {line}"
        for line in lines
        if f" {' '.join(line.split())} " not in flat
    ]


def write_share(share: Json) -> str:
    """Return `3 of 4` below ten; else per cent, halves up, 100 only for all and 0 for none."""
    kept, of = share["kept"], share["of"]
    if not of:
        return NO_NUMBER
    if of < 10:
        return f"{kept} of {of}"
    percent = int(100 * kept / of + 0.5)
    if 0 < kept < of:
        percent = min(max(percent, 1), 99)
    return f"{percent}% ({kept} of {of})"


def write_count(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def write_times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def write_number(count: int) -> str:
    return str(count) if count else NO_NUMBER


def write_minutes(row: Json, sessions: int) -> str:
    if row["minutes"] is None:
        return NO_NUMBER
    if row["minutes_noted"] < sessions:
        return f"{row['minutes']} ({row['minutes_noted']} of {sessions})"
    return str(row["minutes"])


def write_days_ago(day: str | None, today: date) -> str:
    if day is None:
        return "never"
    days = (today - date.fromisoformat(day)).days
    if days < -1:
        return f"in {write_count(-days, 'day')}"
    return {-1: "tomorrow", 0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def write_short_day(day: str, today: date) -> str:
    """Return `Fri 4 Dec`, with the year unless it is this one."""
    value = date.fromisoformat(day)
    year = "" if value.year == today.year else f" {value.year}"
    return f"{value:%a} {value.day} {value:%b}{year}"


def write_tally(tally: Json) -> str:
    """Return how promises ended: `8 kept, 1 missed`."""
    words = ", ".join(
        f"{tally[name]} {words}" for name, words in FATE_WORDS.items() if tally[name]
    )
    let_go = tally["released"] - tally["released_past_first"]
    if words and let_go:
        words += f" (not counted: {let_go} dropped in time)"
    return words or (f"{let_go} dropped in time" if let_go else "")


def write_ratio_row(name: str, tally: Json) -> str:
    first, agreed = write_share(tally["first_date"]), write_share(tally["as_agreed"])
    return f"{name} {first} {agreed} {write_number(tally['pending'])}"


# `progress`


def list_progress_lines(figures: Json, today: date) -> list[str]:
    """Return what must be on the screen of everyone, or of one person."""
    return [
        *list_ratio_lines(figures),
        *list_correction_lines(figures, today),
        *list_remark_lines(figures),
        *list_comparison_lines(figures["comparison"]),
        *list_people_lines(figures, today),
        *list_trend_lines(figures["measures"]),
        *list_month_lines(figures),
        *list_sum_lines(figures),
    ]


def list_ratio_lines(figures: Json) -> Iterator[str]:
    yield write_ratio_row("yours", figures["me"])
    yield write_ratio_row("theirs", figures["them"])
    rows = [(DIRECTIONS[row["direction"]], row) for row in figures["directions"] or ()]
    if figures["own_plan"] and has_promises(figures["own_plan"]):
        rows.append(("your own plan", figures["own_plan"]))
    if any(has_promises(row) for _, row in rows):
        for name, row in rows:
            yield write_ratio_row(name, row)
    for whose, side in (("Yours", "me"), ("Theirs", "them")):
        if words := write_tally(figures[side]):
            yield f"{whose}: {words}."


def has_promises(tally: Json) -> bool:
    return any(tally[fate] for fate in FATES)


def list_correction_lines(figures: Json, today: date) -> Iterator[str]:
    tally = figures["me_corrected"]
    if tally is None:
        return
    day = write_short_day(figures["corrected_on"], today)
    words = write_tally(tally) or "none that count"
    first, agreed = tally["first_date"], tally["as_agreed"]
    shares = []
    if first["of"] and words != "none that count":
        shares.append(f"{write_share(first)} by the first date")
    if agreed["of"] and agreed != first and words != "none that count":
        shares.append(f"{write_share(agreed)} as agreed")
    if shares:
        words += f". That is {' and '.join(shares)}"
    lead = f"You later corrected some of these, last on {day}."
    yield f"{lead} With your corrections: {words}."


def list_remark_lines(figures: Json) -> Iterator[str]:
    """Yield how far dates slipped, and what is counted aloud."""
    for whose, side in (("yours", "me"), ("theirs", "them")):
        slips, caveats = figures[f"{side}_slips"], figures[f"{side}_caveats"]
        if words := "; ".join(list_slip_words(slips)):
            yield f"Of {whose}, {words}."
        counted = [
            f"{caveats[name]} {CAVEATS[name]}" for name in CAVEATS if caveats[name]
        ]
        if counted:
            yield f"Worth knowing ({whose}): {', '.join(counted)}."


def list_slip_words(slips: Json) -> Iterator[str]:
    redated, moves = slips["redated"], slips["moves"]
    if redated == 1:
        yield f"1 had its date moved {write_times(moves)}"
    elif redated:
        often = "once each" if moves == redated else f"{write_times(moves)} in all"
        yield f"{redated} had their date moved, {often}"
    if slips["late"] == 1:
        days = write_count(slips["longest_days"], "day")
        yield f"1 was late against its first date, by {days}"
    elif slips["late"]:
        yield (
            f"{slips['late']} were late against their first date, typically by "
            f"{slips['median_days']:g} and at most by {write_count(slips['longest_days'], 'day')}"
        )


def list_comparison_lines(comparison: Json | None) -> Iterator[str]:
    """Yield each ratio in two periods; nothing where there is nothing before."""
    if comparison is None:
        return
    if not any(
        comparison[side][ratio]["before"]["of"]
        for side in ("me", "them")
        for ratio in ("first_date", "as_agreed")
    ):
        return
    for whose, side in (("yours", "me"), ("theirs", "them")):
        first, agreed = (
            comparison[side][ratio] for ratio in ("first_date", "as_agreed")
        )
        yield f"{whose} by the first date {write_comparison(first)}"
        yield f"as agreed {write_comparison(agreed)}"


def write_comparison(ratio: Json) -> str:
    shares = f"{write_share(ratio['now'])} {write_share(ratio['before'])}"
    change = CHANGES[ratio["change"]]
    if ratio["change"] and ratio["now"] == ratio["before"]:
        change = "the same"
    return f"{shares} {change}"


def list_people_lines(figures: Json, today: date) -> Iterator[str]:
    for row in figures["people"]:
        counts = f"{row['open']} {row['overdue']} {row['done']}"
        minutes = write_minutes(row, row["sessions"])
        last = write_days_ago(row["last_held"], today)
        words = f"{row['name']} {row['sessions']} {minutes} {counts} {last}"
        remarks = (
            write_fairness(row),
            write_cancelled(row, "cancelled: "),
            write_spoken_to(row["met"]),
        )
        for remark in remarks:
            words += f" {remark}" if remark else ""
        yield words
    others = (
        ("alone", figures["alone"]),
        ("in {sets} set{s}", figures["sets"]),
        ("{people} archived {person}", figures["archived"]),
    )
    for name, totals in others:
        if totals and totals["sessions"]:
            minutes = write_minutes(totals, totals["sessions"])
            label = name.format(
                **totals,
                s="" if totals.get("sets") == 1 else "s",
                person="person" if totals.get("people") == 1 else "people",
            )
            yield f"{label} {totals['sessions']} {minutes}"
    days, people = figures["met"]["days"], figures["met"]["people"]
    if people > 1 or days > sum(row["met"] for row in figures["people"]):
        noun = "person" if people == 1 else "people"
        yield f"{write_spoken_to(days)}, {people} {noun}"


def write_spoken_to(days: int) -> str:
    return f"spoken to, no conversation: {write_count(days, 'day')}" if days else ""


def write_fairness(row: Json) -> str:
    """Return both numbers of someone who had less than half; '' for anybody else."""
    fairness = row["fairness"]
    if fairness is None or fairness["usual_sessions"] is None:
        return ""
    sessions, usual = fairness["sessions"], fairness["usual_sessions"]
    if fairness["basis"] == "rhythm":
        agreed = "one conversation" if usual == 1 else f"{usual} conversations"
        words = f"{sessions} of the {agreed} agreed in 90 days"
    else:
        talks = write_count(sessions, "conversation") if sessions else "no conversation"
        words = f"{talks} in 90 days, median {usual:g}"
    if 2 * sessions < usual:
        return f"less than half: {words}"
    return "" if sessions else words


def write_cancelled(row: Row, before: str = "") -> str:
    parts = (
        f"{row[f'cancelled_by_{side}']} by {whose}"
        for side, whose in (("me", "you"), ("them", "them"))
        if row[f"cancelled_by_{side}"]
    )
    words = ", ".join(parts)
    return before + words if words else ""


def list_trend_lines(trends: list[Json]) -> Iterator[str]:
    """Yield the measures with up to ten values, which are digits on the screen."""
    for trend in trends:
        words = f"{trend['measure']} {trend['low']} to {trend['high']} {trend['n']}"
        if trend["n"] <= MOST_DIGITS:
            values = [str(point["value"]) for point in trend["points"]]
            words += f" {' '.join(values)}"
            if trend["direction"] is not None:
                words += f" {write_direction(trend)}"
        yield words


def write_direction(trend: Json) -> str:
    if trend["direction"] == "no clear change":
        return "no clear change"
    first, last = trend["median_first"], trend["median_last"]
    return f"{trend['direction']} {abs(last - first):g} ({first:g} to {last:g})"


def list_month_lines(figures: Json) -> Iterator[str]:
    if not figures["days"]:
        return
    months = figures["months"]
    if not (figures["since"] or figures["until"]):
        filled = [any(list(month.values())[1:]) for month in months]
        months = months[filled.index(True) :]
    for month in months[-MOST_MONTHS:]:
        first = date.fromisoformat(f"{month['month']}-01")
        minutes = write_minutes(month, month["sessions"])
        words = f"{first:%b %Y} {month['sessions']} {minutes} {write_cancelled(month)}"
        yield words.rstrip()


def list_sum_lines(figures: Json) -> Iterator[str]:
    """Yield how many conversations there were, and how many weeks or gaps without."""
    if not figures["days"]:
        return
    alone = sum(day["alone"] for day in figures["days"])
    count = sum(day["sessions"] for day in figures["days"]) - alone
    end = f"; {write_count(alone, 'session')} alone." if alone else "."
    if figures["weeks_without"]:
        weeks = write_count(figures["weeks_without"], "week")
        without = f"{weeks} with none{write_first_talk(figures)}{end}"
    elif figures["long_gaps"] is not None:
        gaps = figures["long_gaps"]
        words = write_count(gaps, "gap") if gaps else "no gap"
        without = f"{words} much longer than agreed{end}"
    else:
        return
    yield without
    yield write_count(count, "conversation") if count else "No conversation"


def write_first_talk(figures: Json) -> str:
    """Return from which day on weeks count, where that is not the first day asked for."""
    since, first = figures["since"], figures["first_held"]
    if since is None or first <= since:
        return ""
    day = date.fromisoformat(first)
    return f" since the first, on {day.day} {day:%B} {day.year}"


# Other screens


def list_contact_lines(
    contacts: list[Row], people: list[Row], today: date
) -> list[str]:
    """Return the rows of `person list`, as far as they are figures."""
    rows = {row["id"]: row for row in contacts}
    return [
        f"{person['name']} {person['slug']} {RELATIONSHIPS[person['relationship']]} "
        f"{write_days_ago(rows[person['id']]['last_held'], today)} "
        f"{write_rhythm(rows[person['id']], person, today)}"
        f"{write_number(rows[person['id']]['open'])}"
        for person in people
    ]


def write_rhythm(row: Row, person: Row, today: date) -> str:
    """Return when the next conversation is due, with a blank behind it; '' without a rhythm."""
    late = row["days_late"]
    if row["rhythm"] == "paused":
        return f"paused until {write_short_day(person['paused_until'], today)} "
    if row["rhythm"] is None:
        return ""
    if row["next_due"] is None:
        return "first conversation due "
    if row["rhythm"] == "red":
        return f"long overdue ({write_count(late, 'day')}) "
    if row["rhythm"] == "amber":
        return f"{write_count(late, 'day')} overdue "
    if late:
        return f"due since {write_short_day(row['next_due'], today)} "
    return f"next by {write_short_day(row['next_due'], today)} "


def list_set_lines(figures: Json) -> list[str]:
    """Return what must be on the screen of a set: promises, turns and questions."""
    lines = [write_ratio_row("the set", figures["promises"])]
    lines += list_remark_lines(figures)
    for row in figures["people"]:
        name = write_member(row)
        is_current = row["role"] == "member" and row["left_on"] is None
        if is_current or has_promises(row["promises"]):
            lines.append(write_ratio_row(name, row["promises"]))
        if figures["meetings"] and (is_current or row["turns"]):
            minutes = write_minutes(row, row["turns"])
            lines.append(f"{name} {row['turns']} {row['present']} {minutes}")
    for meeting in figures["meetings"]:
        if any(row["asked"] for row in figures["meetings"]):
            counts = [
                write_number(meeting[name])
                for name in ("tagged", "open", "closed", "leading")
            ]
            share = {"kept": meeting["open"], "of": meeting["tagged"]}
            numbers = f"{write_number(meeting['asked'])} {' '.join(counts)}"
            lines.append(f"{numbers} {write_share(share)}")
    return lines + list(list_trend_lines(figures["measures"]))


def write_member(row: Row) -> str:
    name = "you" if row["person_id"] is None else str(row["name"])
    return f"{name} (left)" if row["left_on"] else name


def list_goal_lines(attained: list[Json], today: date) -> list[str]:
    """Return the T-scores below the list of goals."""
    lines = []
    for row in attained:
        closed = ", including closed ones" if row["includes_closed"] else ""
        goals = write_count(row["goals"], "goal")
        day = write_short_day(row["rated_on"], today)
        lines.append(f"T-score {row['t_score']:.1f} ({goals}{closed};")
        lines.append(f"At the start {row['t_score_at_start']:.1f}; last rated {day};")
    return lines


def read_due_cells(text: str) -> Json:
    """Return, by number, when `action list` says a promise is due and how often it moved."""
    cells = {}
    for line in text.splitlines():
        number, *words = re.split(r"\s{2,}", line.strip())
        number, _, what = number.partition(" ")
        if number.isdigit():
            # After the number and its blank the words of the promise and whose it is.
            cells[number] = words[1:] if what else words[2:]
    return cells


def write_due_cells(rows: list[Row], today: date) -> Json:
    """Return the same for open promises, as counted."""
    return {str(row["id"]): list(list_due_cells(row, today)) for row in rows}


def list_due_cells(row: Row, today: date) -> Iterator[str]:
    yield write_due(row, today) if row["due"] else "no date"
    moves = [
        f"{verb} {write_times(count)}"
        for verb, count in (
            ("carried over", row["carried"]),
            ("date moved", row["moves"]),
        )
        if count
    ]
    if moves:
        yield ", ".join(moves)


def write_due(row: Row, today: date) -> str:
    """Return when an open promise is due: `Fri 4 Dec, 3 days overdue`."""
    due, first = map(date.fromisoformat, (row["due"], row["original_due"]))
    words = "today" if due == today else write_short_day(row["due"], today)
    if due < today and due < first:
        words += f" (first {write_short_day(row['original_due'], today)})"
    late = (today - max(due, first)).days
    if late > 0:
        words += f", {write_count(late, 'day')} overdue"
    return words
