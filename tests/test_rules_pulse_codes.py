"""Reply codes, and the rule that no single reply can be seen."""

from math import factorial, prod
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog.errors import InvalidInput
from coachlog.model.replies import Reply, ReplyCounts, ReplyKey
from coachlog.phrasing.replies import describe_reply_standing
from coachlog.rules import pulse_results, reply_codes, reply_counts

KEY = ReplyKey(1, "K7", "00112233445566778899aabbccddeeff")
OTHER = ReplyKey(2, "K8", "ffeeddccbbaa99887766554433221100")
SAME_TAG = ReplyKey(3, "K7", OTHER.secret)
CODE = "K7QF-3MZC-HJSR"
"""4 and 5, under the first key with the nonce QF3MZ."""

NONCES = st.text(
    reply_codes.CODE_ALPHABET,
    min_size=reply_codes.NONCE_LENGTH,
    max_size=reply_codes.NONCE_LENGTH,
)
ANSWERS = st.tuples(st.integers(1, 5), st.integers(1, 5))
KEYS = st.builds(
    ReplyKey,
    st.integers(1, 9),
    st.text(
        reply_codes.CODE_ALPHABET,
        min_size=reply_codes.TAG_LENGTH,
        max_size=reply_codes.TAG_LENGTH,
    ),
    st.text("0123456789abcdef", min_size=32, max_size=32),
    st.just((5, 5)),
)


def refusal(text: str, *keys: ReplyKey) -> str | None:
    """Return why a code is refused; None if it is read."""
    try:
        reply_codes.parse_reply_code(text, keys)
    except InvalidInput as error:
        return error.message
    return None


# Codes


def test_a_code_as_it_is_for_ever() -> None:
    """Pages that were handed out make codes like this one: another layout would refuse them."""
    assert reply_codes.format_reply_code(KEY, "QF3MZ", (4, 5)) == CODE
    assert reply_codes.parse_reply_code(CODE, [KEY]) == Reply(1, "QF3MZ", (4, 5))


@given(KEYS, NONCES, ANSWERS)
def test_what_is_written_is_read(
    key: ReplyKey, nonce: str, answers: tuple[int, int]
) -> None:
    code = reply_codes.format_reply_code(key, nonce, answers)
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert reply_codes.parse_reply_code(code, [key]) == Reply(
        key.survey, nonce, answers
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(CODE.lower(), id="lower-case"),
        pytest.param(CODE.replace("-", ""), id="no-hyphens"),
        pytest.param(CODE.replace("-", " "), id="spaces"),
        pytest.param(CODE.replace("-", " – "), id="dashes-of-a-word-processor"),
        pytest.param(f"  {CODE}\u200b\ufeff", id="invisible-characters"),
        pytest.param("k7 qf 3m zc hj sr", id="in-twos"),
    ],
)
def test_how_a_code_may_be_typed(text: str) -> None:
    assert reply_codes.parse_reply_code(text, [KEY]).answers == (4, 5)


def test_letters_that_look_like_digits_are_read_as_those() -> None:
    key = ReplyKey(1, "01", KEY.secret)
    code = reply_codes.format_reply_code(key, "10101", (1, 5))
    assert (
        reply_codes.parse_reply_code(
            code.replace("0", "O").replace("1", "l"), [key]
        ).nonce
        == "10101"
    )
    assert (
        reply_codes.parse_reply_code(
            code.replace("0", "o").replace("1", "I"), [key]
        ).nonce
        == "10101"
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", "has 0 characters; a code has 12", id="empty"),
        pytest.param(CODE[:-1], "has 11 characters; a code has 12", id="too-short"),
        pytest.param(CODE + "7", "has 13 characters; a code has 12", id="too-long"),
        pytest.param(
            "7" * 5000, "has 5000 characters; a code has 12", id="far-too-long"
        ),
        pytest.param(
            "K7QU-3MZC-HJSR",
            "contains “U”, which is not used in codes",
            id="wrong-letter",
        ),
        pytest.param(
            "K7QF-3MZC-HJéR",
            "contains “É”, which is not used in codes",
            id="wrong-alphabet",
        ),
        pytest.param(
            "\x1b[31m",
            "contains “\ufffd”, which is not used in codes",
            id="control-character",
        ),
        pytest.param("K7QF-3MCZ-HJSR", "is damaged or made up", id="two-swapped"),
        pytest.param(
            "K7QF-3MZC-HJRS", "is damaged or made up", id="two-swapped-in-the-check"
        ),
        pytest.param("K7QF-3MZS-HJSR", "is damaged or made up", id="other-answers"),
        pytest.param(
            "K9QF-3MZC-HJSR",
            "is for a pulse that is not in this journal, or its first two characters are wrong",
            id="unknown-tag",
        ),
    ],
)
def test_what_is_no_code(text: str, why: str) -> None:
    assert refusal(text, KEY, OTHER) == why


@pytest.mark.parametrize("answers", [(1, 1), (3, 3), (4, 5), (5, 1)])
def test_every_single_changed_character_is_refused(answers: tuple[int, int]) -> None:
    code = reply_codes.format_reply_code(KEY, "QF3MZ", answers).replace("-", "")
    changed = [
        code[:at] + other + code[at + 1 :]
        for at in range(reply_codes.CODE_LENGTH)
        for other in reply_codes.CODE_ALPHABET
        if other != code[at]
    ]
    assert len(changed) == 12 * 31
    assert [code for code in changed if refusal(code, KEY) is None] == []


@pytest.mark.parametrize("answers", [(1, 1), (3, 3), (4, 5), (5, 1)])
def test_every_two_swapped_characters_are_refused(answers: tuple[int, int]) -> None:
    code = reply_codes.format_reply_code(KEY, "QF3MZ", answers).replace("-", "")
    for place in range(reply_codes.CODE_LENGTH):
        for two in range(place):
            swapped = list(code)
            swapped[place], swapped[two] = code[two], code[place]
            if (text := "".join(swapped)) != code:
                assert refusal(text, KEY)


def test_codes_of_another_pulse_are_told_by_their_tag() -> None:
    code = reply_codes.format_reply_code(OTHER, "QF3MZ", (4, 5))
    assert reply_codes.parse_reply_code(code, [KEY, OTHER]).survey == 2
    assert (
        refusal(code, KEY)
        == "is for a pulse that is not in this journal, or its first two characters are wrong"
    )


def test_two_pulses_may_have_the_same_tag() -> None:
    assert reply_codes.parse_reply_code(CODE, [SAME_TAG, KEY]).survey == 1
    assert (
        reply_codes.parse_reply_code(
            reply_codes.format_reply_code(SAME_TAG, "QF3MZ", (1, 2)), [KEY, SAME_TAG]
        ).survey
        == 3
    )


def test_no_character_of_a_code_gives_the_answers_away() -> None:
    """Equal answers look different, and each way the covered character can look comes of each."""
    nonces = [
        f"{first}{second}000"
        for first in reply_codes.CODE_ALPHABET
        for second in reply_codes.CODE_ALPHABET
    ]
    for answers in ((1, 1), (5, 5)):
        masked_characters = {
            reply_codes.format_reply_code(KEY, nonce, answers).replace("-", "")[7]
            for nonce in nonces
        }
        assert masked_characters == set(reply_codes.CODE_ALPHABET)


@given(st.text())
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    for code in reply_codes.split_reply_codes(text):
        assert refusal(code, KEY)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" \n , ;\n", [], id="nothing-between"),
        pytest.param(CODE, [CODE], id="one"),
        pytest.param(f"{CODE}\n{CODE}\n", [CODE, CODE], id="lines"),
        pytest.param(
            f"{CODE} {CODE},{CODE};{CODE}", [CODE] * 4, id="spaces-and-commas"
        ),
        pytest.param("K7QF 3MZC HJSR", ["K7QF 3MZC HJSR"], id="groups"),
        pytest.param(
            "K7QF 3MZC HJSR K7QF 3MZC HJSS",
            ["K7QF 3MZC HJSR", "K7QF 3MZC HJSS"],
            id="groups-of-two-codes",
        ),
        pytest.param(
            f"K7QF 3MZC HJSR {CODE} K7QF",
            ["K7QF 3MZC HJSR", CODE, "K7QF"],
            id="mixed-with-a-rest",
        ),
        pytest.param("K7 QF 3M ZC HJ SR", ["K7 QF 3M ZC HJ SR"], id="in-twos"),
        pytest.param(
            f"> - “{CODE}”.\r\n> * {CODE}\r\n", [CODE, CODE], id="quoted-in-mail"
        ),
        pytest.param(
            "K7QF-3MZ\nC-HJSR", ["K7QF-3MZ", "C-HJSR"], id="never-across-lines"
        ),
        pytest.param(
            f"{CODE}, thank you", [CODE, "thank", "you"], id="words-are-not-skipped"
        ),
    ],
)
def test_how_codes_are_found_in_text(text: str, codes: list[str]) -> None:
    assert reply_codes.split_reply_codes(text) == codes


@given(
    st.lists(st.tuples(NONCES, ANSWERS), max_size=20),
    st.sampled_from(["\n", ", ", "; ", " "]),
)
def test_codes_that_are_joined_are_found_again(
    replies: list[tuple[str, tuple[int, int]]], between: str
) -> None:
    codes = [reply_codes.format_reply_code(KEY, *reply) for reply in replies]
    assert reply_codes.split_reply_codes(between.join(codes)) == codes


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        pytest.param("4 5", (4, 5), id="space"),
        pytest.param(" 1,2 ", (1, 2), id="comma"),
        pytest.param("3/3", (3, 3), id="slash"),
        pytest.param("45", (4, 5), id="together"),
        pytest.param("6 1", None, id="above-5"),
        pytest.param("0 1", None, id="below-1"),
        pytest.param("4", None, id="one-number"),
        pytest.param("4 5 3", None, id="three-numbers"),
        pytest.param("", None, id="empty"),
        pytest.param("four five", None, id="words"),
        pytest.param("٤ ٥", None, id="other-digits"),
    ],
)
def test_what_a_paper_slip_says(text: str, answers: tuple[int, int] | None) -> None:
    if answers is not None:
        assert pulse_results.parse_paper_slip(text) == answers
        return
    with pytest.raises(
        InvalidInput, match=r"does not look like a paper slip\. Nothing was added\."
    ):
        pulse_results.parse_paper_slip(text)


# Counts


def count_replies(
    answers: list[tuple[int, int]], before: ReplyCounts | None = None
) -> ReplyCounts:
    return reply_counts.take_replies(
        before or pulse_results.build_pulse_counts(), answers
    )


def total(counts: Any) -> int:
    return sum(counts[0])


@pytest.mark.parametrize(
    ("batches", "standings"),
    [
        pytest.param(
            [1, 1, 1, 1, 1], [(1, 0), (2, 0), (3, 0), (4, 0), (5, 5)], id="one-by-one"
        ),
        pytest.param([7], [(7, 7)], id="seven-at-once"),
        pytest.param([3, 4], [(3, 0), (7, 7)], id="past-five"),
        pytest.param([6, 1], [(6, 6), (7, 6)], id="one-waits"),
        pytest.param(
            [6, 1, 3, 1], [(6, 6), (7, 6), (10, 6), (11, 11)], id="until-five-wait"
        ),
        pytest.param([5, 0], [(5, 5), (5, 5)], id="nothing-new"),
    ],
)
def test_replies_are_taken_in_five_or_more_at_a_time(
    batches: list[int], standings: list[tuple[int, int]]
) -> None:
    counts, totals = pulse_results.build_pulse_counts(), []
    for count in batches:
        counts = count_replies([(3, 4)] * count, counts)
        totals.append(
            (
                total(counts.result_counts) + total(counts.waiting_counts),
                total(counts.result_counts),
            )
        )
    assert totals == standings


@settings(max_examples=200)
@given(st.lists(st.lists(ANSWERS, max_size=8), max_size=12))
def test_no_result_and_no_difference_is_of_fewer_than_five(
    batches: list[list[tuple[int, int]]],
) -> None:
    counts, came = pulse_results.build_pulse_counts(), 0
    for batch in batches:
        before, counts = counts, count_replies(batch, counts)
        came += len(batch)
        grown = total(counts.result_counts) - total(before.result_counts)
        assert grown == 0 or grown >= 5
        assert grown > 0 or counts.result_counts == before.result_counts
        assert total(counts.waiting_counts) < 5
        assert total(counts.result_counts) + total(counts.waiting_counts) == came
        assert total(counts.result_counts) == sum(counts.result_counts[1])


@given(st.lists(ANSWERS, min_size=5, max_size=30))
def test_the_counts_are_how_often_each_value_was_given(
    answers: list[tuple[int, int]],
) -> None:
    assert count_replies(answers) == ReplyCounts(
        tuple(
            tuple(sum(pair[n] == value for pair in answers) for value in range(1, 6))
            for n in (0, 1)
        ),
        pulse_results.build_pulse_counts().waiting_counts,
    )


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param((0, 0, 5, 0, 0), 3.0, id="all-alike"),
        pytest.param((1, 1, 1, 1, 1), 3.0, id="one-each"),
        pytest.param((0, 0, 0, 3, 4), 4.6, id="rounded-up"),
        pytest.param((0, 0, 3, 4, 0), 3.6, id="rounded-down-to-3.57"),
        pytest.param((0, 0, 15, 5, 0), 3.3, id="half-is-rounded-up"),
    ],
)
def test_the_mean_to_one_decimal(counts: tuple[int, ...], expected: float) -> None:
    assert reply_counts.compute_reply_mean(counts) == expected


# Results

COUNTS = st.tuples(*[st.integers(0, 12)] * 5).filter(any)


def bands_of(counts: tuple[int, ...]) -> tuple[int, int, int]:
    return counts[0] + counts[1], counts[2], counts[3] + counts[4]


@given(COUNTS)
def test_results_always_have_bands_and_numbers_only_where_that_is_safe(
    counts: tuple[int, ...],
) -> None:
    result = pulse_results.build_statement_result("One.", counts)
    is_exact = sum(counts) >= 10 and max(counts) < sum(counts)
    assert result.bands == bands_of(counts)
    assert result.counts == (counts if is_exact else None)
    assert (result.mean is not None) == is_exact
    assert (result.before, result.before_bands, result.change) == (None, None, None)


@given(COUNTS, COUNTS, COUNTS)
def test_below_ten_nothing_tells_two_replies_of_one_band_apart(
    counts: tuple[int, ...], moved: tuple[int, ...], earlier: tuple[int, ...]
) -> None:
    """However the answers lie within their bands, the results are the same."""
    ones, twos, threes, fours, fives = (count % 3 for count in counts)
    low, high = moved[0] % (ones + twos + 1), moved[4] % (fours + fives + 1)
    given_counts = ones, twos, threes, fours, fives
    other_counts = low, ones + twos - low, threes, fours + fives - high, high
    if not 0 < sum(given_counts) < 10:
        return
    before = pulse_results.build_statement_result("One.", earlier)
    build = pulse_results.build_statement_result
    assert build("One.", given_counts, before) == build("One.", other_counts, before)


@pytest.mark.parametrize(
    ("bands", "before", "change"),
    [
        pytest.param((1, 3, 2), (1, 2, 4), "unclear", id="six-and-seven"),
        pytest.param((0, 0, 5), (5, 0, 0), "higher", id="all-the-way-up"),
        pytest.param((5, 0, 0), (0, 0, 5), "lower", id="all-the-way-down"),
        pytest.param((0, 0, 9), (0, 9, 0), "higher", id="from-the-middle-up"),
        pytest.param((9, 0, 0), (0, 9, 0), "lower", id="from-the-middle-down"),
        pytest.param((9, 0, 9), (0, 18, 0), "apart", id="to-both-ends"),
        pytest.param((0, 18, 0), (9, 0, 9), "together", id="to-the-middle"),
        pytest.param((3, 3, 3), (3, 3, 3), "unclear", id="the-same"),
        pytest.param((20, 20, 60), (20, 40, 40), "higher", id="many-replies"),
        pytest.param((20, 20, 60), (2, 2, 6), "unclear", id="few-before"),
    ],
)
def test_how_replies_differ_from_those_before(
    bands: tuple[int, int, int], before: tuple[int, int, int], change: str
) -> None:
    assert pulse_results.judge_pulse_change(bands, before) == change


def all_bands(total: int) -> list[tuple[int, int, int]]:
    return [
        (low, total - low - high, high)
        for low in range(total + 1)
        for high in range(total - low + 1)
    ]


def likelihood(bands: tuple[int, ...], shares: tuple[float, ...]) -> float:
    """Return how likely these replies are from people who answer in these shares."""
    orders = factorial(sum(bands)) // prod(map(factorial, bands))
    chances = (share**count for share, count in zip(shares, bands, strict=True))
    return orders * prod(chances)


@pytest.mark.parametrize(("replies", "before"), [(5, 5), (6, 7), (8, 8), (10, 10)])
@pytest.mark.parametrize(
    "shares", [(0.4, 0.2, 0.4), (0.3, 0.4, 0.3), (0.1, 0.4, 0.5), (0.05, 0.15, 0.8)]
)
def test_a_team_that_did_not_change_is_seldom_said_to_have(
    replies: int, before: int, shares: tuple[float, float, float]
) -> None:
    """In 7 of 100 comparisons at most; with 95 % for each end it would be in up to 14."""
    wrong = sum(
        likelihood(now, shares) * likelihood(then, shares)
        for now in all_bands(replies)
        for then in all_bands(before)
        if pulse_results.judge_pulse_change(now, then) != "unclear"
    )
    assert wrong < 0.07


@pytest.mark.parametrize(
    ("replies", "team_size", "rate"),
    [
        pytest.param(6, 8, 0.75, id="three-quarters"),
        pytest.param(0, 8, 0.0, id="nobody-yet"),
        pytest.param(8, 8, 1.0, id="everybody"),
        pytest.param(9, 8, None, id="more-than-there-are"),
        pytest.param(6, None, None, id="not-known"),
    ],
)
def test_the_response_rate(
    replies: int, team_size: int | None, rate: float | None
) -> None:
    assert pulse_results.compute_response_rate(replies, team_size) == rate


@pytest.mark.parametrize(
    ("replies", "result_replies", "words"),
    [
        pytest.param(0, 0, "0 of 5 replies needed.", id="none"),
        pytest.param(3, 0, "3 of 5 replies needed.", id="too-few"),
        pytest.param(7, 7, "The results cover 7 replies.", id="all-shown"),
        pytest.param(
            *(7, 6),
            "7 replies so far; the results cover 6. The other is held back until 4 more arrive, "
            "so that two looks do not differ by a single reply.",
            id="one-waits",
        ),
        pytest.param(
            *(10, 6),
            "10 replies so far; the results cover 6. The other 4 are held back until "
            "1 more arrives, so that two looks do not differ by a single reply.",
            id="four-wait",
        ),
    ],
)
def test_how_far_a_pulse_is_in_words(
    replies: int, result_replies: int, words: str
) -> None:
    assert describe_reply_standing(replies, result_replies) == words


# Statements

USUAL = pulse_results.USUAL_STATEMENTS


@pytest.mark.parametrize(
    ("typed_statements", "statements"),
    [
        pytest.param([], USUAL, id="the-usual"),
        pytest.param(["One.", "Two."], ("One.", "Two."), id="own"),
        pytest.param(["x" * 200, "é" * 200], ("x" * 200, "é" * 200), id="longest"),
    ],
)
def test_the_statements_of_a_pulse(
    typed_statements: list[str], statements: tuple[str, str]
) -> None:
    assert pulse_results.validate_statements(typed_statements) == statements


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        pytest.param(["One."], "A pulse has two statements; you gave 1.", id="one"),
        pytest.param(
            ["1", "2", "3"], "A pulse has two statements; you gave 3.", id="three"
        ),
        pytest.param(["One.", ""], "Statement 2 is empty.", id="empty"),
        pytest.param(
            ["x" * 201, "y"],
            "Statement 1 is too long: 201 characters (the limit is 200).",
            id="too-long",
        ),
        pytest.param(
            ["One.", "oné."], "The two statements are the same.", id="the-same"
        ),
    ],
)
def test_statements_that_cannot_be_asked(statements: list[str], message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        pulse_results.validate_statements(statements)
    assert caught.value.message == message
