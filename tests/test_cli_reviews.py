"""Reviews of one's own: promises corrected, and the shadow beside what the journal knows."""

import json
import re
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from command_support import (
    CtrlC,
    ScriptedPerson,
    built,
    golden,
    hold,
    snapshot,
    unprintable,
)
from conftest import Run, standing

DEEDS = ("session", "new", "-t", "words-deeds")


def fill(run: Run) -> None:
    """Promises of the owner's with each fate, two of them private or another's."""
    hold(
        run,
        held_on="2026-11-02",
        actions=[
            {"what": "Send the notes", "owner": "me", "due": "2026-11-13"},
            {"what": "Call Ana", "owner": "me", "due": "2026-11-13"},
            {
                "what": "Ask about pay",
                "owner": "me",
                "due": "2026-11-13",
                "private": True,
            },
            {"what": "Theirs", "owner": "them", "due": "2026-11-13"},
            {"what": "Later", "owner": "me", "due": "2026-12-13"},
            {"what": "Let go", "owner": "me", "due": "2026-11-13"},
        ],
    )
    for line in (
        "done 1 --on 2026-11-12",
        "done 2 --on 2026-11-14",
        "drop 6 --on 2026-11-10",
    ):
        assert run("action", *line.split()).code == 0
    assert run("person", "edit", "me", "--name", "Tom").code == 0


@pytest.fixture
def kept(run: Run, home: Path) -> Run:
    """1 was kept, 2 kept late, 3 missed and private, 6 dropped in time."""
    built(run, home, fill)
    return run


def correct(
    run: Run, *rows: dict[str, Any], on: str = "2026-11-20", **more: Any
) -> Any:
    """Record a review of words and deeds with these corrections."""
    given = json.dumps({"held_on": on, "corrections": rows} | more)
    return run(*DEEDS, "--answers", "-", input=given)


def row(action: int, fate: str, note: str = "So it was") -> dict[str, Any]:
    return {"action": action, "fate": fate, "note": note}


def figures(run: Run, *args: str) -> tuple[Any, Any]:
    found = run("progress", *args, "--json").json["progress"]
    return found["me"]["strict"], found["me_corrected"] and found["me_corrected"][
        "strict"
    ]


# Words and deeds


def test_a_correction_is_an_event_and_figures_show_before_and_after(kept: Run) -> None:
    before = snapshot(kept)[3]
    ran = correct(kept, row(2, "kept", "By mail, on the Friday"))
    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.out
        == "Saved conversation 2 (Words and deeds, 0 promises). Next: coachlog progress --ledger\n"
    )
    assert figures(kept) == (1 / 3, 2 / 3)
    out = kept("progress").out
    let_go = "(not counted: 1 dropped in time)"
    assert f"Yours: 1 kept, 1 kept late, 1 missed {let_go}.\n" in out
    now = f"2 kept, 1 missed {let_go}. That is 2 of 3 by the first date."
    assert (
        f"You later corrected some of these, last on Fri 20 Nov. With your corrections: {now}"
        in " ".join(out.split())
    )
    action = kept("action", "show", "2", "--json").json["action"]
    (event,) = [one for one in action["events"] if one["kind"] == "corrected"]
    assert (event["on"], event["fate"], event["note"], event["session"]) == (
        *("2026-11-20", "kept", "By mail, on the Friday", 2),
    )
    assert (action["status"], action["closed_on"], action["due"]) == (
        *("done", "2026-11-14", "2026-11-13"),
    )
    told = "corrected from kept late to kept: By mail, on the Friday"
    assert told in " ".join(kept("action", "show", "2").out.split())
    stripped = [
        [event for event in one["events"] if event["kind"] != "corrected"]
        for one in json.loads(snapshot(kept)[3])["actions"]
    ]
    assert stripped == [one["events"] for one in json.loads(before)["actions"]]


def test_what_the_session_keeps_is_counts_alone(kept: Run) -> None:
    correct(kept, row(1, "missed", "It was an old copy"), row(3, "kept"))
    (answer,) = kept("session", "show", "2", "--json").json["session"]["answers"][:1]
    assert (answer["kind"], answer["value"]) == (
        "promises",
        "1 kept, 1 kept late, 1 missed, 1 dropped in time; corrected: 1 from missed to kept, "
        "1 from kept to missed",
    )
    out = kept("session", "show", "2").out
    assert "old copy" not in out
    assert "Ask about pay" not in out


def test_a_correction_honours_the_person_and_the_time_asked_for(kept: Run) -> None:
    correct(kept, row(2, "kept"))
    assert figures(kept, "priya") == (1 / 3, 2 / 3)
    assert figures(kept, "--since", "2026-11-13", "--until", "2026-11-13") == (
        1 / 3,
        2 / 3,
    )
    assert figures(kept, "--since", "2026-11-14") == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("reopen 2", id="reopened"),
        pytest.param("done 3 --on 2026-11-21", id="done"),
        pytest.param("drop 3 --on 2026-11-21", id="dropped"),
        pytest.param("move 3 --to 2026-12-24", id="moved"),
    ],
)
def test_what_happens_later_undoes_a_correction(kept: Run, line: str) -> None:
    correct(kept, row(2, "kept"), row(3, "kept"))
    corrected = kept("progress", "--json").json["progress"]["me_corrected"]
    assert (corrected["kept"], corrected["missed"]) == (3, 0)
    assert kept("action", *line.split()).code == 0
    corrected = kept("progress", "--json").json["progress"]["me_corrected"]
    assert corrected["kept"] == 2


def test_set_back_to_what_was_recorded_no_correction_is_left(kept: Run) -> None:
    correct(kept, row(2, "kept"))
    assert correct(kept, row(2, "kept")).code == 2
    assert correct(kept, row(2, "kept_late", "It was late after all")).code == 0
    assert figures(kept) == (1 / 3, None)
    assert "corrected" not in kept("progress", "--ledger").out


def test_a_correction_is_withdrawn_without_its_review(kept: Run) -> None:
    correct(kept, row(2, "kept"), row(6, "missed"))
    ran = kept("action", "edit", "2", "--withdraw-correction")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Counts as recorded again: 2 ")
    corrected = kept("progress", "--json").json["progress"]["me_corrected"]
    assert (corrected["kept"], corrected["missed"]) == (1, 2)
    assert kept("action", "show", "2").out.endswith("  correction withdrawn\n")
    event = kept("action", "show", "2", "--json").json["action"]["events"][-1]
    assert (event["kind"], event["fate"]) == ("corrected", None)
    again = kept("action", "edit", "2", "--withdraw-correction")
    assert again.code == 4
    assert again.err.startswith("Promise 2 has no correction to withdraw. Nothing was")
    # Another review may say something else.
    assert correct(kept, row(2, "missed"), on="2026-11-22").code == 0
    found = kept("progress", "--ledger", "--json").json["progress"]["ledger"]
    assert [(one["id"], one["corrected"]) for one in found if one["id"] == 2] == [
        (2, "missed")
    ]


def test_withdrawing_a_correction_goes_alone(kept: Run) -> None:
    correct(kept, row(2, "kept"))
    both = kept("action", "edit", "2", "--withdraw-correction", "--what", "Other")
    assert both.code == 2
    assert both.err.startswith("--withdraw-correction goes without other options.")
    assert figures(kept) == (1 / 3, 2 / 3)


def test_the_corrections_of_a_review_are_deleted_and_restored_with_it(
    kept: Run,
) -> None:
    before = kept("progress", "--json").out, kept("action", "show", "2", "--json").out
    correct(kept, row(2, "kept"))
    corrected = kept("progress", "--json").out
    deleted = kept("session", "delete", "2", "--yes")
    assert "and 0 promises, with 1 correction. To undo:" in deleted.out
    after = kept("progress", "--json").out, kept("action", "show", "2", "--json").out
    assert after == before
    assert "corrected" not in kept("progress", "--ledger").out
    assert kept("session", "restore", "2").code == 0
    assert kept("progress", "--json").out == corrected


def test_the_correction_before_a_deleted_one_counts_again(kept: Run) -> None:
    correct(kept, row(2, "kept"))
    correct(kept, row(2, "missed"), on="2026-11-22")
    assert kept("session", "delete", "3", "--yes").code == 0
    assert figures(kept) == (1 / 3, 2 / 3)


def test_the_ledger_shows_both_fates_the_note_and_both_sums(kept: Run) -> None:
    correct(kept, row(2, "kept", "By mail"), row(6, "missed", "It had been due"))
    found = kept("progress", "--ledger", "--json").json["progress"]["ledger"]
    assert [(one["id"], one["fate"], one["corrected"]) for one in found] == [
        *((1, "kept", None), (2, "kept_late", "kept"), (3, "missed", None)),
        *((6, "released", "missed"), (4, "missed", None)),
    ]
    out = kept("progress", "--ledger").out
    words = " ".join(out.split())
    assert "corrected to kept on Fri 20 Nov: By mail" in words
    assert "corrected to missed on Fri 20 Nov: It had been due" in words
    assert (
        "Overall, 1 of 3 by the first date and 1 of 3 as agreed: "
        "1 kept, 1 kept late, 1 missed (not counted: 1 dropped in time). "
        "With your corrections, 2 of 4 by the first date and 2 of 4 as agreed: "
        "2 kept, 2 missed."
    ) in words


def test_a_private_promise_is_corrected_without_its_words_getting_about(
    kept: Run,
) -> None:
    correct(kept, row(3, "kept", "Hush hush"))
    for line in (
        "progress",
        "progress --ledger",
        "progress --ledger --json",
        "session show 2",
    ):
        out = kept(*line.split()).out
        assert "Hush" not in out
        assert "Ask about pay" not in out
    assert "corrected to kept on Fri 20 Nov\n" in kept("progress", "--ledger").out
    assert "Hush hush" in kept("progress", "--ledger", "--private").out


def test_what_was_corrected_alone_is_in_nobody_s_plan_or_page(kept: Run) -> None:
    correct(kept, row(2, "missed", "Hush hush"))
    for line in (
        *("plan show priya", "plan show priya --all --json", "plan export priya"),
        *("history priya", "history export priya", "brief priya", "brief priya --json"),
    ):
        ran = kept(*line.split())
        assert (ran.code, "Hush" in ran.out, "corrected" in ran.out) == (
            0,
            False,
            False,
        ), line


def test_a_session_of_another_day_takes_its_corrections_along(kept: Run) -> None:
    correct(kept, row(2, "kept"))
    assert kept("session", "edit", "2", "--on", "2026-11-19").code == 0
    assert kept("progress", "--json").json["progress"]["corrected_on"] == "2026-11-19"


def test_what_was_counted_is_not_edited(kept: Run) -> None:
    correct(kept, row(2, "kept"))
    given = json.dumps(
        {"corrections": [row(1, "missed")], "answers": {"promises.due": "x"}}
    )
    ran = kept("session", "edit", "2", "--answers", "-", input=given)
    assert ran.code == 2
    assert "corrections: cannot be changed once a conversation has been held" in ran.err
    assert (
        "promises.due: is counted by coachlog; the next review can correct it"
        in ran.err
    )
    person = ScriptedPerson({"What would you like to change?": "leave"})
    assert kept("session", "edit", "2", person=person).code == 4
    assert [
        r for r in person.rows["What would you like to change?"] if "told wrongly" in r
    ] == []


def test_faults_of_a_file_are_all_told_and_nothing_is_stored(kept: Run) -> None:
    before = snapshot(kept)
    ran = correct(
        kept, row(4, "kept"), row(5, "kept"), row(1, "kept"), row(2, "kept", " ")
    )
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "Standard input cannot be used:\n"
        "  - [[corrections]] number 1: action: 4 is not one of your promises from the 13 "
        "weeks before\n"
        "  - [[corrections]] number 2: action: 5 is not one of your promises from the 13 "
        "weeks before\n"
        "  - [[corrections]] number 3: fate: 1 already counts as kept; leave it out\n"
        "  - [[corrections]] number 4: note: how do you know about 2? This needs an answer.\n"
        "Nothing was saved.\n"
    )
    assert snapshot(kept) == before


def test_only_the_last_13_weeks_are_looked_at(kept: Run) -> None:
    """The first date counts; 13 November is in the 91 days up to 11 February, not to the 12th."""
    for day, code in (("2027-02-11", 0), ("2027-02-12", 2)):
        now = datetime.fromisoformat(f"{day}T09:00:00+00:00")
        given = json.dumps({"corrections": [row(2, "kept")]})
        ran = kept(*DEEDS, "--answers", "-", input=given, clock=standing(now))
        assert ran.code == code, day
        kept("session", "delete", "2", "--yes")


def test_a_first_conversation_has_no_promises_to_look_at(run: Run) -> None:
    ran = run(*DEEDS, "--answers", "-", input="{}")
    assert ran.code == 0
    kinds = [
        answer["kind"]
        for answer in run("session", "show", "1", "--json").json["session"]["answers"]
    ]
    assert "promises" not in kinds
    assert (
        run(
            *DEEDS,
            "--answers",
            "-",
            input=json.dumps({"corrections": [row(1, "kept")]}),
        ).code
        == 2
    )


# At the terminal


def test_corrected_at_the_terminal(kept: Run) -> None:
    person = ScriptedPerson(
        {
            "promises.due": ["2", "3"],
            "correction.3.fate": "kept",
            "correction.3.note": "Told her on the stairs",
            "correction.2.fate": "kept by the new date",
            "correction.2.note": "We had said Saturday",
        },
        skip=True,
    )
    ran = kept(*DEEDS, person=person)
    assert (ran.code, person.left) == (0, [])
    assert ran.out.endswith("Next: coachlog progress --ledger\n")
    assert person.asked[:5] == [
        *("promises.due", "correction.3.fate", "correction.3.note"),
        *("correction.2.fate", "correction.2.note"),
    ]
    assert figures(kept) == (1 / 3, 2 / 3)


def test_a_half_typed_note_survives_ctrl_c(kept: Run) -> None:
    script = {
        "promises.due": ["2"],
        "correction.2.fate": "kept",
        "correction.2.note": CtrlC("By mail, on the"),
    }
    assert kept(*DEEDS, person=ScriptedPerson(script)).code == 130
    assert figures(kept) == (1 / 3, None)
    again = ScriptedPerson({"correction.2.note": "By mail, on the Friday"}, skip=True)
    assert kept("session", "resume", person=again).code == 0
    assert again.offered["correction.2.note"] == "By mail, on the"
    assert figures(kept) == (1 / 3, 2 / 3)


def test_nothing_corrected_leads_where_a_talk_alone_does(kept: Run) -> None:
    ran = kept(*DEEDS, person=ScriptedPerson(skip=True))
    assert ran.out.endswith("To correct it: coachlog session edit 2\n")


def test_repairs_come_back_in_the_next_talk_alone(kept: Run) -> None:
    correct(kept, actions=[{"what": "Tell Ana", "owner": "me", "due": "2026-11-30"}])
    person = ScriptedPerson({"review.7.outcome": "done"}, skip=True)
    assert kept("session", "new", "-t", "what3", person=person).code == 0
    assert person.read[0] == "You: Tell Ana"


def test_a_form_corrects_as_well(kept: Run, tmp_path: Path) -> None:
    blank = kept("template", "form", "words-deeds").out
    last_hint = "`coachlog progress --ledger`. -->\n"
    at = blank.index(last_hint) + len(last_hint)
    form = tmp_path / "form.md"
    form.write_text(f"{blank[:at]}\n2: kept, by mail\n{blank[at:]}")
    assert kept("session", "new", "--form", str(form)).code == 0
    assert figures(kept) == (1 / 3, 2 / 3)
    form.write_text(f"{blank[:at]}\n2: fine\n4: kept, x\n{blank[at:]}")
    ran = kept("session", "new", "--form", str(form))
    assert ran.code == 2
    said = " ".join(ran.err.split())
    assert "“2: fine” is not understood; write it as" in said
    assert "4 is not one of your promises from the 13 weeks before" in said


# The shadow

SHADOW = (
    "say.clear",
    "act.acts-match",
    "prioritise.time-match",
    "measure.attention-match",
)


def look(
    run: Run, on: str, *scores: int | None, template: str = "shadow", **more: Any
) -> Any:
    """Record a shadow review with say, act, prioritise and measure."""
    answers = dict(zip(SHADOW, scores, strict=False)) | more.pop("answers", {})
    given = json.dumps({"held_on": on, "answers": answers} | more)
    ran = run("session", "new", "-t", template, "--answers", "-", input=given)
    assert ran.code == 0, ran.err
    return ran


def shadow(run: Run, *args: str) -> Any:
    return run("progress", "--shadow", "--json", *args).json["shadow"]


NO_PROMISES = {
    **dict.fromkeys(("decided", "kept", "kept_as_reagreed", "kept_late", "missed"), 0),
    **dict.fromkeys(("pending", "released"), 0),
    **dict.fromkeys(("pending_past_first", "released_past_first"), 0),
    **dict.fromkeys(("strict", "honoured"), None),
    "first_date": {"kept": 0, "of": 0},
    "as_agreed": {"kept": 0, "of": 0},
}
NOTHING_BETWEEN = {
    **dict.fromkeys(("across", "up"), NO_PROMISES),
    **dict.fromkeys(("thanks", "met", "met_per_week"), 0),
}
WORDS = {
    "intent.what-value": "Breaks are part of the work",
    "act.canteen": "He eats at his desk",
    "shift.which": "what you do",
}


def fill_shadow(run: Run) -> None:
    fill(run)
    promise = {"what": "Eat with the late shift", "owner": "me", "due": "2026-10-30"}
    look(run, "2026-10-16", 7, 3, 2, 3, actions=[promise])
    assert run("action", "done", "7", "--on", "2026-11-01").code == 0
    secret = {
        "what": "Say sorry to Ana",
        "owner": "me",
        "due": "2026-11-27",
        "private": True,
    }
    look(run, "2026-11-18", 6, 6, None, 7, answers=WORDS, actions=[secret])
    assert (
        run("session", "cancel", "priya", "--by", "me", "--on", "2026-11-12").code == 0
    )
    assert (
        run("session", "cancel", "priya", "--by", "them", "--on", "2026-11-13").code
        == 0
    )
    assert run("person", "edit", "priya", "--every", "9d").code == 0
    hold(run, held_on="2026-11-19")  # after the last review


@pytest.fixture
def looked(run: Run, home: Path) -> Run:
    """Two shadow reviews, with promises, a talk cancelled and someone past their rhythm."""
    built(run, home, fill_shadow)
    return run


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("more", ["", "--private", "--ascii"])
def test_the_screen(
    looked: Run, width: int, more: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    first = ["--ascii"] if more == "--ascii" else []
    last = ["--private"] if more == "--private" else []
    out = looked(*first, "progress", "--shadow", *last).out
    if not first:
        name = f"shadow{'-private' if last else ''}-{width}.txt"
        assert out == golden(name, out)
    else:
        assert out.isascii()
    assert max(map(len, out.splitlines())) <= width
    assert unprintable(out) == set()
    assert [row for row in out.splitlines() if row != row.rstrip()] == []


def test_the_json(looked: Run) -> None:
    found = shadow(looked)
    tally = {"kept_as_reagreed": 0, "pending": 0}
    tally |= {"pending_past_first": 0, "released_past_first": 0}
    assert found["reviews"] == [
        {"session": 2, "held_on": "2026-10-16", "since": "2026-09-16"}
        | {"say": 7, "act": 3, "prioritise": 2, "measure": 3, "gap": 5}
        | {
            "promises": tally
            | dict.fromkeys(("decided", "kept", "kept_late", "missed"), 0)
            | {"released": 0, "strict": None, "honoured": None}
            | {"first_date": {"kept": 0, "of": 0}, "as_agreed": {"kept": 0, "of": 0}}
        }
        | {"red": 0, "cancelled_by_me": 0, "between": NOTHING_BETWEEN},
        {"session": 3, "held_on": "2026-11-18", "since": "2026-10-17"}
        | {"say": 6, "act": 6, "prioritise": None, "measure": 7, "gap": 1}
        | {
            "promises": tally
            | {"decided": 4, "kept": 1, "kept_late": 2, "missed": 1}
            | {"released": 1, "strict": 0.25, "honoured": 0.25}
            | {"first_date": {"kept": 1, "of": 4}, "as_agreed": {"kept": 1, "of": 4}}
        }
        | {"red": 1, "cancelled_by_me": 1, "between": NOTHING_BETWEEN},
    ]
    assert [
        (t["measure"], t["first"], t["latest"], t["change"], t["n"])
        for t in found["trends"]
    ] == [
        *(("say", 7, 6, -1, 2), ("act", 3, 6, 3, 2), ("prioritise", 2, 2, None, 1)),
        *(("measure", 3, 7, 4, 2), ("gap", 5, 1, -4, 2)),
    ]
    assert (found["last"]["session"], found["last"]["held_on"]) == (3, "2026-11-18")
    said = [answer["value"] for answer in found["last"]["answers"]]
    assert said == ["Breaks are part of the work", "what you do"]
    assert [(one["id"], one["what"], one["fate"]) for one in found["actions"]] == [
        (8, "(private)", "pending"),
        (7, "Eat with the late shift", "kept_late"),
    ]
    assert (found["withheld"], found["other_scale"]) == (1, 0)
    whole = shadow(looked, "--private")
    assert [a["value"] for a in whole["last"]["answers"]] == list(WORDS.values())
    assert whole["actions"][0]["what"] == "Say sorry to Ana"


def test_a_period_begins_with_the_review_before_shown_or_not(looked: Run) -> None:
    (one,) = shadow(looked, "--since", "2026-11-01")["reviews"]
    assert (one["since"], one["held_on"], one["red"]) == ("2026-10-17", "2026-11-18", 1)
    (one,) = shadow(looked, "--until", "2026-11-01")["reviews"]
    assert one["held_on"] == "2026-10-16"
    out = looked("progress", "--shadow", "--until", "2026-10-01").out
    assert out == ("Leadership shadow\nTo 1 October 2026\nNo review in that period.\n")


def test_two_reviews_of_one_day_are_about_the_same_time(looked: Run) -> None:
    look(looked, "2026-11-18", 5, 5)
    assert [(one["say"], one["since"]) for one in shadow(looked)["reviews"]] == [
        *((7, "2026-09-16"), (6, "2026-10-17"), (5, "2026-10-17")),
    ]


def test_a_talk_with_someone_is_no_review(looked: Run, home: Path) -> None:
    text = looked("template", "show", "shadow", "--json").json["template"]
    assert text["audience"] == "solo"
    own = (Path(__file__).parent.parent / "prompts" / "shadow.toml").read_text("utf-8")
    (home / "prompts").mkdir()
    (home / "prompts" / "mine.toml").write_text(own.replace('"solo"', '"one-to-one"'))
    look(looked, "2026-11-19", 9, 9, template="mine", person="Priya Shah")
    assert len(shadow(looked)["reviews"]) == 2
    (home / "prompts" / "other.toml").write_text(own)
    look(looked, "2026-11-19", 9, 9, template="other")
    assert shadow(looked)["reviews"][-1]["say"] == 9


def test_a_meeting_of_a_set_is_no_review(looked: Run, home: Path) -> None:
    with closing(dbapi2.connect(str(home / "coachlog.db"), isolation_level=None)) as db:
        db.execute(
            "INSERT INTO learning_set (id, uid, name, slug, created_at)"
            " VALUES (1, 'u', 'Set', 'set', '2026-01-01')"
        )
        db.execute("INSERT INTO meeting (session_id, set_id) VALUES (2, 1)")
    assert [one["session"] for one in shadow(looked)["reviews"]] == [3]


def test_scores_of_another_scale_are_left_out_and_counted(
    looked: Run, home: Path
) -> None:
    own = (Path(__file__).parent.parent / "prompts" / "shadow.toml").read_text("utf-8")
    (home / "prompts").mkdir()
    short = own.replace('kind = "scale"', 'kind = "scale"\nhigh = 5')
    (home / "prompts" / "short.toml").write_text(short)
    look(looked, "2026-11-19", 5, 4, template="short")
    found = shadow(looked)
    assert [one["say"] for one in found["reviews"]] == [None, None, 5]
    assert (found["other_scale"], found["low"], found["high"]) == (7, 1, 5)
    assert "7 scores on another scale left out.\n" in looked("progress", "--shadow").out


def test_private_scores_are_left_out_unless_asked_for(looked: Run, home: Path) -> None:
    own = (Path(__file__).parent.parent / "prompts" / "shadow.toml").read_text("utf-8")
    (home / "prompts").mkdir()
    (home / "prompts" / "shy.toml").write_text(
        own.replace('measure = "shadow-say"', 'measure = "shadow-say"\nprivate = true')
    )
    look(looked, "2026-11-19", 9, 4, 5, template="shy")
    found = shadow(looked)["reviews"][-1]
    assert (found["say"], found["act"], found["gap"]) == (None, 4, 1)
    assert (
        "1 private entry is not shown; to see it, add --private."
        in looked("progress", "--shadow").out
    )
    found = shadow(looked, "--private")["reviews"][-1]
    assert (found["say"], found["gap"]) == (9, 5)


def test_whoever_was_put_aside_or_is_away_is_not_red(looked: Run) -> None:
    def red() -> list[int]:
        return [one["red"] for one in shadow(looked)["reviews"]]

    assert red() == [0, 1]
    assert looked("person", "edit", "priya", "--pause-until", "2026-11-30").code == 0
    assert red() == [0, 0]
    assert looked("person", "edit", "priya", "--pause-until", "none").code == 0
    assert red() == [0, 1]
    assert looked("person", "archive", "priya").code == 0  # today, after the review
    assert red() == [0, 1]
    assert looked("person", "archive", "priya", "--back").code == 0
    early = datetime.fromisoformat("2026-11-17T09:00:00+00:00")
    assert looked("person", "archive", "priya", clock=lambda: early).code == 0
    assert red() == [0, 0]
    assert looked("person", "archive", "priya", "--back").code == 0
    assert red() == [0, 1]
    assert (
        looked("person", "edit", "priya", "--every", "11d").code == 0
    )  # 16 days are not 16.5
    assert red() == [0, 0]


def test_only_the_last_twelve_are_shown_and_it_is_said(run: Run) -> None:
    for month in range(1, 12):
        look(run, f"2026-{month:02}-02", 1, 1 + month % 9)
        look(run, f"2026-{month:02}-16", 2, 5)
    out = run("progress", "--shadow").out
    rows = re.findall(r"^ ?\d+ \w{3} 2026 ", out, re.MULTILINE)
    assert len(rows) == 12
    assert "The last 12 of 22 reviews are shown.\n" in out
    assert len(shadow(run)["reviews"]) == 22


def test_a_journal_without_reviews(run: Run) -> None:
    hold(run)
    ran = run("progress", "--shadow")
    assert (ran.code, ran.out) == (
        *(
            0,
            "Leadership shadow\nNo shadow review yet: coachlog session new --template shadow\n",
        ),
    )
    found = shadow(run)
    assert {key: value for key, value in found.items() if value} == {
        "low": 1,
        "high": 10,
    }


def test_nothing_was_scored(run: Run) -> None:
    look(run, "2026-11-18", answers=WORDS)
    found = shadow(run)
    assert [one["gap"] for one in found["reviews"]] == [None]
    assert found["trends"] == []
    out = run("progress", "--shadow").out
    assert "Furthest apart" not in out
    assert "Breaks are part of the work" in out


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("--shadow priya", 2, "--shadow shows your own reviews, and nothing else."),
        ("--shadow --ledger", 2, "--shadow shows your own reviews, and nothing else"),
        (
            "--shadow --measure shadow-say",
            2,
            "--shadow shows your own reviews, and nothing",
        ),
        (
            "--shadow --picture x.png",
            2,
            "“x.png” is not a picture that coachlog can draw.",
        ),
        ("--shadow --json --picture x.svg", 2, "Use only one of --picture and --json"),
        (
            "--shadow --since someday",
            2,
            "“someday” is not a date that coachlog understands.",
        ),
        (
            "--shadow --since 2026-11-20 --until 2026-11-01",
            2,
            "--since is Friday 20 November",
        ),
    ],
)
def test_what_cannot_be_shown(looked: Run, line: str, code: int, message: str) -> None:
    ran = looked("progress", *line.split())
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(message)


def test_no_journal(run: Run) -> None:
    assert run("progress", "--shadow").code == 10


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_a_picture(looked: Run, tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"shadow.{kind}"
    ran = looked("progress", "--shadow", "--picture", str(target))
    page = target.read_text("utf-8").replace("&#160;", " ")
    assert (ran.code, ran.out) == (0, f"Wrote {target}.\n")
    assert (
        ran.err
        == "The words of 1 private promise are not shown; to see them, add --private.\n"
    )
    assert "prioritise" in page
    assert "Say sorry" not in page
    assert looked("progress", "--shadow", "--picture", str(target)).code == 4
    ran = looked(
        "progress", "--shadow", "--private", "--picture", str(target), "--force"
    )
    assert (ran.code, ran.err) == (0, "It includes 1 private promise.\n")


def test_after_a_review_comes_the_comparison_and_not_before(looked: Run) -> None:
    script = dict(zip(SHADOW, ("7", "4", "5", ""), strict=True))
    person = ScriptedPerson(script | {"review.8.outcome": "done"}, skip=True)
    ran = looked("session", "new", "-t", "shadow", person=person)
    assert (
        ran.out == "Saved conversation 7 (Leadership shadow, 0 promises). "
        "Next: coachlog progress --shadow\n"
    )
    assert person.told == [
        "Leadership shadow",
        "Compared with the review of Wed 18 Nov: say 7 (up 1), act 4 (down 2).",
        "Furthest apart: act 4, say 7.",
    ]


def test_the_first_review_has_nothing_to_compare_with(run: Run) -> None:
    script = dict(zip(SHADOW, ("7", "4", "5", "6"), strict=True))
    person = ScriptedPerson(script | {"What is your own name?": "Tom"}, skip=True)
    ran = run("session", "new", "-t", "shadow", person=person)
    assert ran.out.endswith("Next: coachlog progress --shadow\n")
    assert person.told == ["Leadership shadow"]


def test_a_file_leads_to_the_shadow_too(looked: Run) -> None:
    ran = look(looked, "2026-11-19", 5)
    assert ran.out.endswith("Next: coachlog progress --shadow\n")
    assert ran.err == ""


# The shadow: between us


def owe(run: Run, name: str, due: str, *closing: str) -> str:
    """Record a promise of the owner's to somebody, close or move it, and return its number."""
    promise = {"what": "Lend a nurse", "owner": "me", "due": due}
    hold(run, person=name, held_on="2026-10-01", relationship=None, actions=[promise])
    actions = run("action", "list", "--all", "--json").json["actions"]
    number = str(max(action["id"] for action in actions))
    if closing:
        verb, *words = closing
        assert run("action", verb, number, *words).code == 0
    return number


def thank(run: Run, on: str) -> None:
    ran = run("note", "ben", "Sent us two nurses", "--kind", "thanks", "--on", on)
    assert ran.code == 0, ran.err
    (number,) = re.findall(r"Note (\d+)", ran.out)
    assert run("note", "--said", number, "--on", on).code == 0


def fill_between(run: Run) -> None:
    """Promises, thanks and days met about two reviews, on 16 October and on 18 November."""
    fill_shadow(run)
    for name, relationship in (("Ben Ek", "peer"), ("Helen Price", "manager")):
        assert run("person", "add", name, "-r", relationship).code == 0
    owe(run, "Ben Ek", "2026-10-16", "done", "--on", "2026-10-16")
    owe(run, "Ben Ek", "2026-10-17", "done", "--on", "2026-10-17")
    owe(run, "Ben Ek", "2026-11-18", "done", "--on", "2026-11-19")
    owe(run, "Ben Ek", "2026-11-19", "done", "--on", "2026-11-19")
    owe(run, "Helen Price", "2026-11-01", "drop", "--on", "2026-11-20")
    for on in ("2026-10-16", "2026-11-12", "2026-11-18", "2026-11-19"):
        thank(run, on)
    waiting = run(
        "note", "ben", "For the rota", "--kind", "thanks", "--on", "2026-11-10"
    )
    assert waiting.code == 0
    for on in ("2026-10-17", "2026-11-18", "2026-11-19"):
        assert run("met", "ben", "helen", "--on", on).code == 0


@pytest.fixture
def leading(run: Run, home: Path) -> Run:
    """Two shadow reviews, with what was on record between the owner and other leaders."""
    built(run, home, fill_between)
    return run


def between(run: Run) -> list[Any]:
    return [one["between"] for one in shadow(run)["reviews"]]


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_screen_of_what_is_between_leaders(
    leading: Run, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = leading("progress", "--shadow").out
    assert out == golden(f"shadow-between-{width}.txt", out)
    assert max(map(len, out.splitlines())) <= width
    assert leading("--ascii", "progress", "--shadow").out.isascii()


def test_what_is_between_leaders_counts_in_the_time_of_its_review(leading: Run) -> None:
    first, second = between(leading)
    assert first["across"]["kept"] == first["across"]["decided"] == 1
    assert (first["up"], first["met"]) == (NO_PROMISES, 0)
    across, up = second["across"], second["up"]
    assert (across["kept"], across["kept_late"], across["decided"]) == (1, 1, 2)
    assert (up["missed"], up["decided"]) == (1, 1)
    assert (first["thanks"], second["thanks"]) == (1, 2)
    # Two people on two days of 33: 4 / (33 / 7).
    assert (second["met"], second["met_per_week"]) == (4, 0.8)


def test_what_is_across_agrees_with_the_figures_of_the_same_days(leading: Run) -> None:
    days = ("--since", "2026-10-17", "--until", "2026-11-18")
    rows = leading("progress", *days, "--json").json["progress"]["directions"]
    tallies = {row.pop("direction"): row for row in rows}
    _, second = between(leading)
    assert (second["across"], second["up"]) == (tallies["across"], tallies["up"])


def test_a_promise_is_across_by_the_relationship_now(leading: Run) -> None:
    assert leading("person", "edit", "ben", "-r", "coach").code == 0
    _, second = between(leading)
    assert (second["across"], second["up"]["decided"]) == (NO_PROMISES, 3)
    assert leading("person", "edit", "ben", "-r", "report").code == 0
    _, second = between(leading)
    assert (second["across"], second["up"]["decided"]) == (NO_PROMISES, 1)


def test_whoever_was_put_aside_or_merged_still_counts(leading: Run) -> None:
    before = between(leading)
    assert leading("person", "archive", "ben").code == 0
    assert between(leading) == before
    assert leading("person", "archive", "ben", "--back").code == 0
    assert leading("person", "add", "Ben Eck", "-r", "peer").code == 0
    assert leading("met", "Ben Eck", "--on", "2026-11-18").code == 0
    assert between(leading)[1]["met"] == 5
    assert leading("person", "merge", "ben-eck", "ben-ek", "--yes").code == 0
    assert between(leading) == before  # met twice that day, by two names of one person


@pytest.mark.parametrize(
    ("names", "across", "up"),
    [
        pytest.param(["Ben Ek", "Helen Price"], 3, 1, id="in-the-plan-of-a-peer"),
        pytest.param(["Helen Price", "Ben Ek"], 2, 2, id="in-ones-own-plan"),
    ],
)
def test_a_promise_of_three_counts_once_in_the_direction_of_its_plan(
    leading: Run, names: list[str], across: int, up: int
) -> None:
    promise = {"what": "Ask the board", "owner": "me", "due": "2026-11-18"}
    given = {
        "with": names,
        "template": "quick",
        "held_on": "2026-11-12",
        "actions": [promise],
    }
    ran = leading("session", "new", "--answers", "-", input=json.dumps(given))
    assert ran.code == 0, ran.err
    _, second = between(leading)
    assert (second["across"]["decided"], second["up"]["decided"]) == (across, up)
    test_what_is_across_agrees_with_the_figures_of_the_same_days(leading)


def test_a_promise_in_a_set_is_across_only_in_the_time_of_a_peer(leading: Run) -> None:
    members = ("-m", "Ben Ek", "-m", "Priya Shah", "-m", "me")
    assert leading("set", "add", "Ward leads", *members).code == 0
    due = {"owner": "me", "due": "2026-11-18"}
    slots = [
        {"presenter": name, "issue": "Rota", "actions": [{"what": name} | due]}
        for name in ("Ben Ek", "Priya Shah", "me")
    ]
    given = {
        "set": "Ward leads",
        "template": "als",
        "held_on": "2026-11-12",
        "present": ["Ben Ek", "Priya Shah", "me"],
        "slots": slots,
    }
    ran = leading("session", "new", "--answers", "-", input=json.dumps(given))
    assert ran.code == 0, ran.err
    _, second = between(leading)
    assert (second["across"]["decided"], second["up"]["decided"]) == (3, 1)


def test_a_promise_moved_in_time_is_still_to_come(leading: Run) -> None:
    moved = owe(leading, "Helen Price", "2026-11-17")
    words = ("move", moved, "--to", "2027-01-15", "--on", "2026-11-17")
    assert leading("action", *words).code == 0
    assert between(leading)[1]["up"]["pending"] == 1
    assert "  1 not, 1 to come  " in leading("progress", "--shadow").out


def test_thanks_are_gone_with_the_talk_in_which_they_were_said(leading: Run) -> None:
    (waiting,) = leading("note", "--list", "ben", "--json").json["notes"]
    given = {
        "person": "Ben Ek",
        "template": "quick",
        "held_on": "2026-11-13",
        "notes": [{"note": waiting["id"], "outcome": "talked"}],
    }
    ran = leading("session", "new", "--answers", "-", input=json.dumps(given))
    assert ran.code == 0, ran.err
    assert between(leading)[1]["thanks"] == 3
    (number,) = re.findall(r"conversation (\d+)", ran.out)
    assert leading("session", "delete", number, "--yes").code == 0
    assert between(leading)[1]["thanks"] == 2


def test_private_promises_count_without_a_word(leading: Run) -> None:
    words = ("--what", "Zebra", "--owner", "me", "--due", "2026-11-17", "--private")
    assert leading("action", "add", "ben", *words).code == 0
    assert between(leading)[1]["across"]["decided"] == 3
    ran = leading("progress", "--shadow", "--json")
    assert "Zebra" not in ran.out + leading("progress", "--shadow").out
