"""Benefits as a list, and what they are worth together."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.model.worth import AmountUnit, Benefit, CountedBenefit, Worth
from coachlog.phrasing.worth import (
    FORMULA,
    SELF_REPORT,
    describe_amount,
    describe_basis,
    describe_benefit_amount,
    describe_uncounted_hours,
)
from coachlog.screens import styling
from coachlog.screens.columns import (
    Columns,
    render_facts,
    render_sentence,
    render_two_line_rows,
)
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.texts import Text
from coachlog.screens.widths import has_no_end

_SEPARATOR = " · "


def render_benefits(benefits: Sequence[Benefit], today: date, width: int) -> Columns:
    """Return benefits one per row; two lines each on a screen, where they are sentences."""
    if not has_no_end(width):
        rows = [_build_two_lines(benefit, today) for benefit in benefits]
        return render_two_line_rows("what changed", rows)
    names = ("#", "what changed", "recorded", "noticed by", "evidence", "gain")
    table = Columns(*names, "amount", "due to it", "how sure", wide="what changed")
    for benefit in benefits:
        table.add_row(
            str(benefit.id),
            styling.format_typed_words(benefit.what),
            dates.format_short_day(benefit.recorded_on, today),
            styling.format_typed_words(benefit.noticed_by),
            styling.format_typed_words(benefit.evidence),
            styling.format_typed_words(benefit.gain),
            describe_benefit_amount(benefit),
            _format_percent(benefit.share),
            _format_percent(benefit.sure),
        )
    return table


def _build_two_lines(benefit: Benefit, today: date) -> tuple[int, Text, Text]:
    """Return a benefit's number, what changed, and below it all that is known of it."""
    facts = [Text(dates.format_short_day(benefit.recorded_on, today))]
    for label, words in (
        ("noticed by ", benefit.noticed_by),
        ("evidence: ", benefit.evidence),
    ):
        if words:
            typed_words = styling.format_typed_words(words)
            facts.append(Text(label).append_text(typed_words))
    if benefit.amount is not None:
        facts.append(_format_counting(benefit))
    details = Text(_SEPARATOR).join(facts)
    details.stylize(styling.QUIET)
    return benefit.id, styling.format_typed_words(benefit.what), details


def _format_counting(benefit: Benefit) -> Text:
    """Return what can be counted: `agency shifts: £6,000 in 6 months, 50% due to it, 80% sure`."""
    words = Text("")
    if benefit.gain:
        words.append_text(styling.format_typed_words(benefit.gain)).append(": ")
    words.append(describe_benefit_amount(benefit))
    return words.append(f", {benefit.share}% due to it, {benefit.sure}% sure")


def _format_percent(share: int | None) -> str:
    return "" if share is None else f"{share}%"


def render_worth(worth: Worth) -> Group:
    """Return what the programme was worth at least, beside its cost, and what that is not."""
    parts: list[Renderable] = [styling.format_heading("What it was worth"), ""]
    if worth.gains:
        parts += [_render_gains(worth.gains), ""]
    parts.append(render_facts(_list_facts(worth)))
    hours = describe_uncounted_hours(worth)
    if hours:
        parts.append(render_sentence(hours))
    parts.append("")
    if worth.gains:
        parts.append(render_sentence(FORMULA, styling.QUIET))
    else:
        words = "To record what can be counted: coachlog worth add"
        parts.append(render_sentence(words, styling.QUIET))
    parts.append(render_sentence(SELF_REPORT, styling.QUIET))
    return Group(*parts)


def _render_gains(gains: Sequence[CountedBenefit]) -> Columns:
    numbers = ("amount", "due to it", "how sure", "at least")
    names = ("#", "what changed", *numbers)
    table = Columns(*names, right=("#", *numbers), wide="what changed")
    for benefit, lower_bound in gains:
        assert benefit.unit is not None
        table.add_row(
            str(benefit.id),
            _format_what(benefit),
            describe_benefit_amount(benefit),
            _format_percent(benefit.share),
            _format_percent(benefit.sure),
            describe_amount(lower_bound, benefit.unit),
        )
    return table


def _format_what(benefit: Benefit) -> Text:
    """Return what changed and what was gained by it: `Fewer sick days (agency shifts)`."""
    words = styling.format_typed_words(benefit.what)
    if benefit.gain:
        gain = styling.format_typed_words(benefit.gain)
        words = Text.assemble(words, " (", gain, ")")
    return words


def _has_hours(worth: Worth) -> bool:
    return any(amount_sum.unit is AmountUnit.HOURS for amount_sum in worth.sums)


def _list_facts(worth: Worth) -> Iterator[tuple[str, Text]]:
    """Yield what stands below the table, each with its name."""
    if worth.lower_bound is not None:
        pounds = describe_amount(worth.lower_bound, AmountUnit.POUNDS)
        words = Text().append(pounds, style="bold")
        if worth.rate is not None and _has_hours(worth):
            words.append(f", with hours at £{worth.rate:,} each, as you typed")
        yield "worth at least", words
    elif worth.gains:
        yield "worth at least", Text("no money was counted")
    if worth.cost is not None:
        cost = describe_amount(worth.cost, AmountUnit.POUNDS)
        yield "cost", Text(f"{cost}, as you typed")
    yield "from", Text(describe_basis(worth))
