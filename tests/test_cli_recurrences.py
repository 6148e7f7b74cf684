"""Conversations that come back by themselves: a first plan after a course, a week and six later."""

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coachlog.templates.library import find_builtin_folder
from command_support import CtrlC, ScriptedPerson, built, hold
from conftest import NOW, Run

FIRST = {
    "heard.keep": "Ask before you tell",
    "one-thing.do": "One open question a day",
    "way.obstacle": "The huddle runs late",
    "promise.sure": 6,
}
COMMAND = "coachlog session new -t first-plan"
HOLD = ("session", "new", "-t", "first-plan")


def after(days: int) -> Callable[[], datetime]:
    """Return a clock so many days after Monday 23 November 2026."""
    return lambda: NOW + timedelta(days=days)


def plan(run: Run, held_on: str = "2026-11-23", **fields: Any) -> Any:
    """Record a first plan of the owner's from a file."""
    answers = fields.pop("answers", FIRST)
    return hold(
        run,
        person=None,
        relationship=None,
        template="first-plan",
        held_on=held_on,
        answers=answers,
        **fields,
    )


def fill(run: Run) -> None:
    run("person", "edit", "me", "--name", "Tom Reed")
    plan(run, tags=["course"], actions=[{"what": "Ask one", "due": "2026-11-27"}])


@pytest.fixture
def course(run: Run, home: Path) -> Run:
    """A first plan with the tag course, held on Monday 23 November."""
    built(run, home, fill)
    return run


def waiting(run: Run, days: int) -> list[tuple[int, str]]:
    """Return what has come back so many days later: which conversation, and on which day."""
    shown = run("--json", clock=after(days)).json["today"]["recurrences"]
    return [(one["session"], one["back_on"]) for one in shown]


def returns(run: Run, id: int = 1) -> list[str]:
    """Return the days on which a conversation still comes back."""
    days: list[str] = run("session", "show", str(id), "--json").json["session"][
        "returns_on"
    ]
    return days


def again(run: Run, days: int, *options: str, **script: Any) -> ScriptedPerson:
    """Hold a first plan at the terminal so many days later; return who answered."""
    person = ScriptedPerson(script, skip=True)
    ran = run(*HOLD, *options, person=person, clock=after(days))
    assert ran.code == 0, ran.err
    return person


# Coming back


def test_the_save_line_says_when_it_comes_back_and_what_to_do_next(run: Run) -> None:
    assert plan(run).out == (
        "Saved conversation 1 (First plan, 0 promises). "
        "It comes back on Mon 30 Nov and Mon 4 Jan 2027. "
        "Next: coachlog session new -t three-way\n"
    )


def test_home_lists_it_from_its_day_on(course: Run) -> None:
    assert waiting(course, 6) == []
    assert waiting(course, 7) == [(1, "2026-11-30")]
    assert waiting(course, 50) == [(1, "2026-11-30")]  # each conversation once
    home = " ".join(course(clock=after(7)).out.split())
    assert f"Hold again: First plan of Mon 23 Nov (course): {COMMAND}" in home


def test_the_page_of_the_conversation_says_when_it_comes_back(course: Run) -> None:
    assert returns(course) == ["2026-11-30", "2027-01-04"]
    page = " ".join(course("session", "show", "1").out.split())
    assert "course · comes back on Mon 30 Nov and Mon 4 Jan 2027" in page


def test_what_waited_too_long_is_only_counted(course: Run) -> None:
    page = " ".join(course(clock=after(7 + 61)).out.split())
    assert "1 conversation waiting to be held again (coachlog session decline)" in page
    assert COMMAND not in page


def test_several_share_a_line_that_begins_with_the_longest_waiting(course: Run) -> None:
    plan(course, "2026-11-22")
    page = " ".join(course(clock=after(7)).out.split())
    assert (
        f"2 conversations to hold again, first First plan of Sun 22 Nov: {COMMAND}"
        in page
    )


# Held again


def test_held_again_it_asks_what_came_of_it_beside_what_was_written(
    course: Run,
) -> None:
    """The questions of the first day are not asked once more, and last answers stand beside."""
    person = again(course, 7, **{"since.came": "Tom talked", "promise.sure": "8"})
    assert (
        "Again, after First plan of Mon 23 Nov (course): your last answers are below the "
        "questions. About something new? Press Ctrl-C, and add --tag NAME."
    ) in person.told
    assert person.helps["since.came"].split("\n")[-1] == (
        "First plan, Mon 23 Nov: One open question a day"
    )
    assert person.helps["since.hindered"].endswith(
        "First plan, Mon 23 Nov: The huddle runs late"
    )
    assert person.helps["promise.sure"].endswith("First plan, Mon 23 Nov: 6 of 10")
    assert "23 Nov" not in person.helps["since.change"]
    assert "review.1.outcome" in person.helps  # the promise comes back as well
    first_day = {"heard.keep", "one-thing.do", "one-thing.tell", "way.then"}
    assert first_day.isdisjoint(person.helps)
    # What was skipped the second time has the answer of the first, each with its own day.
    later = again(course, 42, **{"since.change": "Shorter"})
    assert later.helps["promise.sure"].endswith("First plan, Mon 30 Nov 2026: 8 of 10")
    assert later.helps["since.came"].endswith("First plan, Mon 30 Nov 2026: Tom talked")
    assert later.helps["since.hindered"].endswith(
        "First plan, Mon 23 Nov 2026: The huddle runs late"
    )


def test_the_first_time_nothing_asks_what_came_of_it(run: Run) -> None:
    run("person", "edit", "me", "--name", "Tom Reed")
    person = ScriptedPerson({}, skip=True)
    run(*HOLD, person=person)
    asked = [key for key in person.helps if key.startswith("since.")]
    assert (asked, "heard.keep" in person.helps) == ([], True)


def test_another_course_begins_as_on_the_first_day(course: Run) -> None:
    person = again(course, 7, "--tag", "another")
    assert ("heard.keep" in person.helps, "since.came" in person.helps) == (True, False)


def test_a_draft_of_one_held_again_goes_on_with_its_questions(course: Run) -> None:
    person = ScriptedPerson({"since.hindered": CtrlC()}, skip=True)
    stopped = course(*HOLD, person=person, clock=after(7))
    assert stopped.code == 130
    resumed = ScriptedPerson({}, skip=True)
    course("session", "resume", person=resumed, clock=after(8))
    assert [*resumed.helps][:2] == ["since.hindered", "since.change"]


def test_held_again_it_is_settled_and_does_not_lead_on_once_more(course: Run) -> None:
    person = ScriptedPerson({}, skip=True)
    assert course(*HOLD, person=person, clock=after(7)).out == (
        "Saved conversation 2 (First plan, 0 promises). It comes back on Mon 4 Jan 2027. "
        "To correct it: coachlog session edit 2\n"
    )
    assert (waiting(course, 7), returns(course), returns(course, 2)) == (
        [],
        ["2027-01-04"],
        [],
    )
    assert waiting(course, 42) == [(1, "2027-01-04")]
    again(course, 43)
    assert (waiting(course, 50), returns(course)) == ([], [])


def test_it_keeps_the_tags_of_the_course(course: Run) -> None:
    again(course, 7, "--tag", "Course", "--tag", "home")
    again(course, 42)
    tags = [
        course("session", "show", str(id), "--json").json["session"]["tags"]
        for id in (2, 3)
    ]
    assert tags == [["course", "home"], ["course"]]


@pytest.mark.parametrize(
    ("day", "is_repeat"),
    [(3, False), (4, True), (7, True), (41, True)],
    ids=["too-early", "three-days-early", "on-the-day", "late"],
)
def test_held_before_it_comes_back_it_is_a_new_one(
    course: Run, day: int, is_repeat: bool
) -> None:
    again(course, day)
    assert (returns(course, 2) == []) is is_repeat


def test_held_late_it_settles_all_that_has_come_back(course: Run) -> None:
    again(course, 44)
    assert (returns(course), waiting(course, 60)) == ([], [])


def test_another_tag_is_another_course(course: Run) -> None:
    person = again(course, 7, "--tag", "coaching")
    assert not [words for words in person.told if words.startswith("Again")]
    assert "23 Nov" not in person.helps["one-thing.do"]
    assert (waiting(course, 7), len(returns(course, 2))) == ([(1, "2026-11-30")], 2)


def test_a_file_holds_it_again_too(course: Run) -> None:
    ran = plan(course, "2026-11-22")  # a day before: nothing to hold again
    assert "It comes back on Sun 29 Nov" in ran.out
    file = course(
        *("session", "new", "--answers", "-"),
        input='{"template": "first-plan", "held_on": "2026-11-30"}',
        clock=after(8),
    )
    assert "It comes back on Sun 3 Jan 2027" in file.out
    assert waiting(course, 8) == [(1, "2026-11-30")]


def test_a_draft_that_is_resumed_still_shows_the_last_answers(course: Run) -> None:
    stopped = ScriptedPerson({"since.came": CtrlC("Half")}, skip=True)
    assert course(*HOLD, person=stopped, clock=after(7)).code == 130
    assert waiting(course, 7) == [(1, "2026-11-30")]
    person = ScriptedPerson({}, skip=True)
    assert course("session", "resume", person=person, clock=after(9)).code == 0
    assert person.helps["since.came"].endswith("23 Nov: One open question a day")
    assert waiting(course, 9) == []


@pytest.mark.parametrize(
    ("days", "asked", "left_out"),
    [
        (7, "What came of your one thing?", "What is the one thing you will do?"),
        (2, "What is the one thing you will do?", "What came of your one thing?"),
    ],
)
def test_a_form_in_the_editor_has_the_questions_of_its_time(
    course: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    days: int,
    asked: str,
    left_out: str,
) -> None:
    copy = tmp_path / "form.md"
    script = tmp_path / "editor.py"
    script.write_text(
        f"import shutil, sys; shutil.copy(sys.argv[-1], {str(copy)!r})", "utf-8"
    )
    monkeypatch.setenv("COACHLOG_EDITOR", f"{sys.executable} {script}")
    person = ScriptedPerson({"Nothing has been saved yet": CtrlC()}, skip=True)
    course(*HOLD, "--editor", person=person, clock=after(days))
    form = copy.read_text("utf-8")
    assert f"### {asked}" in form
    assert f"### {left_out}" not in form
    # Filled in, it is a conversation like any other.
    blank_head, _, rest = form.partition(f"### {asked}")
    comment, end, below = rest.partition("-->\n")
    copy.write_text(f"{blank_head}### {asked}{comment}{end}\nTom{below}", "utf-8")
    held = course("session", "new", "--form", str(copy), clock=after(days))
    assert held.code == 0, held.err
    answers = course("session", "show", "2", "--json").json["session"]["answers"]
    values = {answer["question"]: answer["value"] for answer in answers}
    assert values[asked] == "Tom"


def test_private_answers_are_not_quoted(course: Run, home: Path) -> None:
    folder = home / "prompts"
    folder.mkdir()
    text = (find_builtin_folder() / "first-plan.toml").read_text("utf-8")
    (folder / "first-plan.toml").write_text(
        text.replace('id = "obstacle"', 'id = "obstacle"\nprivate = true'), "utf-8"
    )
    course("session", "delete", "1", "--yes")
    plan(course)
    person = again(course, 7)
    assert "23 Nov" not in person.helps["since.hindered"]
    assert "23 Nov" in person.helps["since.came"]


# With others


def own_template(home: Path, audience: str, again: str = '["1w"]') -> None:
    folder = home / "prompts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "look.toml").write_text(
        f'title = "Look back"\nsummary = "x"\naudience = "{audience}"\nminutes = 5\n'
        f"again = {again}\n"
        '[[stage]]\nid = "s"\ntitle = "S"\n'
        '[[stage.prompt]]\nid = "p"\nask = "What came of it?"\nkind = "text"\n',
        encoding="utf-8",
    )


def test_with_somebody_it_comes_back_with_them_alone(run: Run, home: Path) -> None:
    run("person", "edit", "me", "--name", "Tom Reed")
    run("person", "add", "Ben Ek", "-r", "report")
    own_template(home, "one-to-one")
    hold(run, template="look", answers={"s.p": "Much"})
    page = " ".join(run(clock=after(7)).out.split())
    assert (
        "Hold again: Look back with Priya Shah of Mon 23 Nov: "
        "coachlog session new priya-shah -t look"
    ) in page
    for name, quoted in (("ben", ""), ("priya", "Look back, Mon 23 Nov: Much")):
        person = ScriptedPerson({}, skip=True)
        assert (
            run(
                *("session", "new", name, "-t", "look"), person=person, clock=after(7)
            ).code
            == 0
        )
        assert person.helps["s.p"] == quoted
    run("person", "archive", "ben")
    assert waiting(run, 14) == []


def test_of_three_its_command_names_both(run: Run, home: Path) -> None:
    run("person", "edit", "me", "--name", "Tom Reed")
    for name in ("Ben Ek", "Helen Carr"):
        run("person", "add", name, "-r", "peer")
    own_template(home, "three-way")
    hold(
        run,
        person=None,
        relationship=None,
        template="look",
        **{"with": ["ben", "helen"]},
    )
    page = " ".join(run(clock=after(7)).out.split())
    command = "session new --with ben-ek --with helen-carr -t look"
    assert (
        f"Look back with Ben Ek and Helen Carr of Mon 23 Nov: coachlog {command}"
        in page
    )
    person = ScriptedPerson({}, skip=True)
    assert run(*command.split(), person=person, clock=after(7)).code == 0
    assert waiting(run, 7) == []


@pytest.mark.parametrize(
    ("relationship", "is_quoted"),
    [("coach", True), ("manager", True), ("report", False)],
)
def test_the_first_plan_stands_beside_the_three_way_where_that_is_mine(
    course: Run, relationship: str, is_quoted: bool
) -> None:
    course("person", "add", "Ben Ek", "-r", relationship)
    course("person", "add", "Helen Carr", "-r", "peer")
    person = ScriptedPerson({}, skip=True)
    line = ("session", "new", "--with", "ben", "--with", "helen", "-t", "three-way")
    assert course(*line, person=person, clock=after(2)).code == 0
    quote = "First plan, Mon 23 Nov: One open question a day"
    assert (quote in person.helps["change.different"]) is is_quoted
    assert (
        "review.1.outcome" in person.helps
    ) is is_quoted  # its promise comes back there


AGREED = {"change.different": "Tom asks first", "change.sign": "Nobody waits"}


def review_of_three(course: Run, days: int, *names: str, **script: Any) -> Any:
    """Hold a three-way plan at the terminal so many days later; return what stood below."""
    line = ["session", "new", "-t", "three-way"]
    for name in names:
        line += ["--with", name]
    person = ScriptedPerson(script, skip=True)
    ran = course(*line, person=person, clock=after(days))
    assert ran.code == 0, ran.err
    return person.helps


def test_the_same_three_see_what_they_said_last(course: Run) -> None:
    """Whoever is named first; what they did not answer then is still the first plan's."""
    for name, relationship in (
        *(("Ben Ek", "coach"), ("Helen Carr", "manager")),
        *(("Ann Lee", "peer"), ("Eve Fry", "manager")),
    ):
        course("person", "add", name, "-r", relationship)
    review_of_three(course, 2, "ben", "helen", **AGREED)
    review_of_three(course, 9, "ben", "helen", **{"change.sign": "It is quiet"})
    for names in (("ben", "helen"), ("helen", "ben")):
        helps = review_of_three(course, 16, *names)
        below = [helps[f"change.{name}"] for name in ("different", "sign", "obstacle")]
        assert [words.split("\n")[-1] for words in below] == [
            "Three-way plan, Wed 25 Nov: Tom asks first",
            "Three-way plan, Wed 2 Dec: It is quiet",
            "First plan, Mon 23 Nov: The huddle runs late",
        ]
    # Neither other people, nor another plan; nor before it was said.
    for days, names in (
        *((23, ("ben", "eve")), (23, ("ben", "ann")), (23, ("ann", "ben"))),
        (1, ("ben", "helen")),
    ):
        helps = review_of_three(course, days, *names)
        assert not helps["change.sign"], names


def test_a_private_answer_of_three_is_not_quoted(course: Run, home: Path) -> None:
    for name in ("Ben Ek", "Helen Carr"):
        course("person", "add", name, "-r", "coach")
    folder = home / "prompts"
    folder.mkdir()
    text = (find_builtin_folder() / "three-way.toml").read_text("utf-8")
    (folder / "three-way.toml").write_text(
        text.replace('id = "sign"', 'id = "sign"\nprivate = true'), "utf-8"
    )
    review_of_three(course, 2, "ben", "helen", **AGREED)
    helps = review_of_three(course, 9, "ben", "helen")
    assert "Nobody" not in str(helps["change.sign"])
    assert "Tom asks first" in helps["change.different"]


# Declined, deleted, moved


def test_it_can_be_declined_this_time_and_for_good(course: Run) -> None:
    ran = course("session", "decline", "1", clock=after(7))
    assert ran.out == (
        "Declined: conversation 1, First plan, on Mon 30 Nov. It comes back on Mon 4 Jan 2027; "
        "to decline that as well: coachlog session decline 1 --all\n"
    )
    assert (waiting(course, 41), waiting(course, 42)) == ([], [(1, "2027-01-04")])
    assert course("session", "decline", "1", "--all", clock=after(7)).out == (
        "Declined: conversation 1, First plan, on Mon 4 Jan 2027. "
        "It does not come back any more.\n"
    )
    assert waiting(course, 60) == []
    refused = course("session", "decline", "1")
    assert (refused.code, refused.err) == (
        4,
        "Nothing was changed: conversation 1, First plan, does not come back.\n"
        "See: coachlog session show 1\n",
    )


def test_declined_before_its_day_it_is_the_next_one(course: Run) -> None:
    assert "on Mon 30 Nov. It comes back" in course("session", "decline", "1").out


def test_the_number_of_the_one_held_again_declines_the_next(course: Run) -> None:
    again(course, 7)
    ran = course("session", "decline", "2", clock=after(8))
    assert "conversation 1, First plan, on Mon 4 Jan 2027" in ran.out
    assert waiting(course, 60) == []


def test_which_one_is_declined_is_asked_or_found_by_its_words(course: Run) -> None:
    person = ScriptedPerson(
        {"Which conversation?": "First plan of Mon 23 Nov (course): back on Mon 30 Nov"}
    )
    assert course("session", "decline", person=person).code == 0
    assert course("session", "decline", "course").code == 0
    assert returns(course) == []
    nothing = course("session", "decline", person=ScriptedPerson({}))
    assert nothing.err.startswith("There are no conversations that come back.")
    missing = course("session", "decline", "9")
    assert (missing.code, missing.err.split("\n")[0]) == (
        3,
        "There is no conversation 9.",
    )


def test_deleted_it_does_not_come_back_until_it_is_restored(course: Run) -> None:
    course("session", "delete", "1", "--yes")
    assert waiting(course, 7) == []
    course("session", "restore", "1")
    assert waiting(course, 7) == [(1, "2026-11-30")]


def test_without_the_one_that_held_it_again_it_waits_once_more(course: Run) -> None:
    again(course, 7, **{"since.came": "Two questions"})
    course("session", "delete", "2", "--yes")
    assert waiting(course, 7) == [(1, "2026-11-30")]
    person = again(course, 8)
    assert person.helps["since.came"].endswith("23 Nov: One open question a day")
    assert waiting(course, 8) == []
    course("session", "restore", "2")
    assert waiting(course, 8) == []


def test_moved_to_another_day_it_comes_back_counted_from_there(course: Run) -> None:
    assert course("session", "edit", "1", "--on", "2026-11-20").code == 0
    assert returns(course) == ["2026-11-27", "2027-01-01"]


def test_a_template_that_comes_back_after_months_counts_calendar_months(
    run: Run, home: Path
) -> None:
    own_template(home, "solo", '["10 days", "3m", "2 years"]')
    hold(run, person=None, relationship=None, template="look", held_on="2026-08-31")
    assert returns(run) == [
        date(2026, 9, 10).isoformat(),
        date(2026, 11, 30).isoformat(),
        date(2028, 8, 31).isoformat(),
    ]


def test_what_does_not_come_back_says_nothing_of_it(run: Run) -> None:
    saved = hold(run, template="quick")
    assert "comes back" not in saved.out
    assert (waiting(run, 90), returns(run)) == ([], [])


def test_when_two_people_become_one_what_comes_back_stays_with_them(
    run: Run, home: Path
) -> None:
    own_template(home, "one-to-one")
    run("person", "add", "Priya S", "-r", "report")
    hold(run, template="look", person="Priya S", relationship=None)
    run("person", "add", "Priya Shah", "-r", "report")
    assert run("person", "merge", "priya-shah", "priya-s", "--yes").code == 0
    (known,) = run("--json", clock=after(7)).json["today"]["recurrences"]
    assert known["handles"] == ["priya-shah"]
