"""Charts, sections and statuses: drawn in HTML, in words everywhere else."""

import re
from datetime import date

import pytest

from coachlog.exports.blocks import (
    Chart,
    ChartGroup,
    ChartPoint,
    Document,
    Heading,
    PageSection,
    Paragraph,
    PlainText,
    StatusText,
    Table,
    Tone,
    TypedText,
    Words,
)
from coachlog.exports.documents.own_plan_page import build_own_plan_page
from coachlog.exports.documents.value_charts import (
    build_goal_charts,
    build_value_chart,
)
from coachlog.exports.formats import html, markdown, text
from coachlog.exports.svg_charts import draw_svg_chart
from coachlog.model.goals import Goal, GoalScale, Rating
from coachlog.model.own_plans import OwnPlan
from coachlog.model.people import Person, Relationship

READER = Person(1, "u", "Ruth Ellis", "ruth-ellis", Relationship.COACH)
DAYS = (date(2026, 1, 5), date(2026, 3, 5), date(2026, 6, 5))


def words(text: str) -> Words:
    return (PlainText(text),)


def chart(*values: int, target: int | None = None) -> Chart:
    points = [ChartPoint(DAYS[i % 3], value) for i, value in enumerate(values)]
    (drawn,) = build_value_chart((TypedText("Rota"),), 1, 10, points, target)
    return drawn


PAGE = Document(
    words("T"),
    (
        Paragraph(words("Facts")),
        PageSection(
            "",
            (
                Heading(2, words("2026")),
                PageSection(
                    "Conversations",
                    (
                        Paragraph((StatusText("kept on time", Tone.GOOD),)),
                        PageSection("Promises", (Paragraph(words("Ask")),)),
                    ),
                ),
            ),
        ),
        ChartGroup((chart(3, 4, 6, target=8),)),
    ),
    ("Conversations", "Promises"),
)


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        pytest.param(
            markdown,
            "# T\n\nFacts\n\n## 2026\n\nkept on time\n\nAsk\n\n"
            "- **Rota**: 3 on 5 January 2026, 4 on 5 March 2026, 6 on 5 June 2026; "
            "from 1 to 10, target 8\n",
            id="markdown",
        ),
        pytest.param(
            text,
            "T\n\nFacts\n\n2026\nkept on time\n\nAsk\n\n"
            "• Rota: 3 on 5 January 2026, 4 on 5 March 2026, 6 on 5 June 2026; "
            "from 1 to 10, target 8\n",
            id="text",
        ),
    ],
)
def test_a_format_without_pictures_has_their_words(
    format: object, expected: str
) -> None:
    assert format.write(PAGE).decode() == expected  # type: ignore[attr-defined]


def test_a_section_has_the_kinds_in_it_as_classes() -> None:
    page = html.write(PAGE).decode()
    assert re.findall(r'<div class="(part.*?)">', page) == [
        "part timeline of-conversations of-promises",
        "part of-conversations of-promises",
        "part of-promises",
    ]
    assert '<span class="status good">kept on time</span>' in page
    ids = re.findall(r'id="show-(.*?)"( checked)?', page)
    assert ids == [("everything", " checked"), ("conversations", ""), ("promises", "")]


def test_a_page_without_kinds_has_no_choice() -> None:
    page = html.write(PAGE._replace(filters=())).decode()
    assert ("fieldset" in page, ":has(#show" in page) == (False, False)


def test_two_values_are_no_chart() -> None:
    points = [ChartPoint(day, 3) for day in DAYS[:2]]
    assert list(build_value_chart(words("a"), 1, 10, points)) == []


def test_of_many_values_the_first_the_last_and_the_ends_are_said() -> None:
    many = chart(*[3, 9, 5] * 4)
    assert many.words == (
        "3 on 5 January 2026, then 10 more between 3 and 9, and 5 on 5 June 2026; "
        "from 1 to 10"
    )


def test_a_chart_labels_its_ends_and_is_named_by_its_words() -> None:
    drawing = draw_svg_chart(chart(3, 4, 6, target=8), 'a "b" <c>')
    label = re.search(r'aria-label="(.*?)"', drawing)
    assert label
    assert label[1].startswith("a &quot;b&quot; &lt;c&gt;: 3 on 5 January 2026, ")
    assert re.findall(r">([^<>]+)</text>", drawing) == [
        *("1", "10", "target 8"),
        *("3", "5 Jan 2026", "6", "5 Jun 2026"),
    ]


def test_levels_have_their_signs() -> None:
    points = [
        ChartPoint(day, value) for day, value in zip(DAYS, (-2, 0, 1), strict=True)
    ]
    (levels,) = build_value_chart(words("a"), -2, 2, points, 1)
    assert levels.words == (
        "-2 on 5 January 2026, 0 on 5 March 2026, +1 on 5 June 2026; "
        "from -2 to +2, target +1"
    )
    texts = re.findall(r">([^<>]+)</text>", draw_svg_chart(levels, "a"))
    assert texts[:3] == ["-2", "+2", "target +1"]
    assert (texts[3], texts[5]) == ("-2", "+1")


@pytest.mark.parametrize(
    ("target", "expected"), [(None, 0), (1, 1)], ids=["expected", "agreed"]
)
def test_levels_come_to_their_target_or_to_what_was_expected(
    target: int | None, expected: int
) -> None:
    ratings = tuple(Rating(day, -1) for day in DAYS)
    goal = Goal("a", scale=GoalScale.ATTAINMENT, target=target, ratings=ratings)
    (drawn,) = build_goal_charts([goal])
    assert (drawn.low, drawn.high, drawn.target) == (-2, 2, expected)


@pytest.mark.parametrize(
    ("reader", "count"), [(None, 1), (READER, 0)], ids=["for-me", "for-ruth"]
)
def test_how_a_goal_was_rated_is_on_the_owners_own_copy_alone(
    reader: Person | None, count: int
) -> None:
    ratings = tuple(Rating(day, 4) for day in DAYS)
    plan = OwnPlan("Sam", reader, goals=(Goal("a", id=1, ratings=ratings),))
    page = build_own_plan_page(plan)
    assert sum(isinstance(block, ChartGroup) for block in page.blocks) == count


@pytest.mark.parametrize("target", range(1, 11))
@pytest.mark.parametrize("first", range(1, 11))
@pytest.mark.parametrize("last", [1, 5, 10])
def test_no_label_of_a_chart_covers_another(first: int, last: int, target: int) -> None:
    drawing = draw_svg_chart(chart(first, 5, last, target=target), "a")
    boxes = []
    for kind, x, y, label in re.findall(
        r'<text class="(.*?)" x="(.*?)" y="(.*?)">(.*?)</text>', drawing
    ):
        width, height = len(label) * 7, 11
        left = float(x) - {"end": width, "day last": width, "value first": 4}.get(
            kind, 0
        )
        boxes.append((left, left + width, float(y) - height + 2, float(y)))
    for place, (left, right, top, bottom) in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = right <= other[0] or other[1] <= left
            assert apart or bottom <= other[2] or other[3] <= top, (drawing, other)


def test_values_of_one_day_are_drawn_too() -> None:
    points = tuple(ChartPoint(DAYS[0], value) for value in (1, 5, 10))
    drawing = draw_svg_chart(Chart(words("a"), 1, 10, points, ""), "a")
    places = re.search(r'points="(.*?)"', drawing)
    assert places
    assert len({place.split(",")[0] for place in places[1].split()}) == 1


def test_a_long_word_may_be_broken_in_a_cell_alone() -> None:
    word = "https://x.test/" + "a" * 20
    cell: Words = (TypedText(word),)
    page = html.write(
        Document(words("T"), (Table(("A",), ((cell,),)), Paragraph(cell)))
    )
    assert b"https://<wbr>x.test/a<wbr>a" in page
    assert page.count(b"<wbr>") == 4
    assert f"<p><bdi>{word}</bdi></p>".encode() in page
