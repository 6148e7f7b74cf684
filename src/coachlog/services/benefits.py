"""What the programme was worth to the owner: benefits recorded, listed, weighed and dropped."""

from collections.abc import Callable
from typing import TypeVar

from coachlog.model.worth import AmountUnit, Benefit, BenefitFields, Worth
from coachlog.named_tuples import NamedTuple
from coachlog.services.desk import Desk
from coachlog.services.inputs import (
    ask_checked_words,
    build_hand_back,
    build_missing_error,
    read_option_text,
)
from coachlog.services.results import UNDO_STEP, Result
from coachlog.text import clean_line

Value = TypeVar("Value")
_AMOUNT_HELP = (
    "Such as £1,200 or 40 hours; an estimate on the low side. Enter if nobody can say."
)
_SKIP_HELP = "Enter if you do not know."


class BenefitOptions(NamedTuple):
    """A benefit on the command line, as typed; None for an option that was not given."""

    what: str | None = None
    noticed_by: str | None = None
    evidence: str | None = None
    gain: str | None = None
    amount: str | None = None
    months: str | None = None
    share: str | None = None
    sure: str | None = None

    @property
    def has_gain(self) -> bool:
        """Return whether anything was given of what can be counted."""
        numbers = (self.gain, self.amount, self.months, self.share, self.sure)
        return any(text is not None for text in numbers)


class _Amount(NamedTuple):
    """The part of a benefit that can be counted; the fields are those of `Benefit`."""

    gain: str | None = None
    amount: int | None = None
    unit: AmountUnit | None = None
    months: int | None = None
    share: int | None = None
    sure: int | None = None


class _BenefitForm:
    """The questions of a benefit, with what was typed to them so far."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.interactive = desk.interactive
        self.typed_texts: list[str] = []

    def ask_line(
        self, question: str, help: str | None = None, *, is_required: bool = False
    ) -> str:
        """Return one line; '' where it is skipped."""
        words = self._desk.asker.ask_words(question, help, is_required=is_required)
        self.typed_texts.append(words)
        return clean_line(words)

    def ask_value(
        self, question: str, parse: Callable[[str], Value], help: str
    ) -> Value:
        """Return what is made of the words typed, asked for again until they can be read."""

        def take(words: str) -> tuple[str, Value]:
            return words, parse(words)

        words, value = ask_checked_words(self._desk.asker, question, take, help)
        self.typed_texts.append(words)
        return value


def _collect_benefit_fields(
    form: _BenefitForm, options: BenefitOptions, amount: _Amount | None
) -> BenefitFields:
    """Return the fields of a benefit, those asked for that no option gives."""
    what = _collect_what(form, options.what)
    noticed_by = _collect_line(form, options.noticed_by, "Who noticed it?")
    evidence = _collect_line(form, options.evidence, "What shows it?")
    if amount is None:
        amount = _ask_amount(form, options)
    return BenefitFields(what, noticed_by, evidence, *amount)


def add_benefit(desk: Desk, options: BenefitOptions) -> Result:
    """Record what changed, who noticed it, what shows it, and what of it can be counted.

    What is missing is asked for where somebody can be asked. Raises InvalidInput for a number that
    is none, or an amount without a share and how sure it is.
    """
    options = _leave_out_dashes(desk, options)
    amount = _parse_amount_options(options)
    form = _BenefitForm(desk)
    try:
        fields = _collect_benefit_fields(form, options, amount)
    except KeyboardInterrupt as stop:
        typed_texts = [*form.typed_texts, *map(str, stop.args)]
        raise build_hand_back("Nothing was saved.", typed_texts) from None
    from coachlog.store.writing.worth_changes import insert_benefit

    with desk.change(create=True) as change:
        id = insert_benefit(change, fields, on=desk.today)
    return Result(
        f"Recorded benefit {id}{_phrase_bound(fields)}. Next: coachlog worth show"
    )


def _leave_out_dashes(desk: Desk, options: BenefitOptions) -> BenefitOptions:
    """Return options without a dash alone where nothing is piped in: there it means nothing."""
    if not desk.interactive:
        return options
    skipped = {"noticed_by": "", "evidence": ""}
    dashes = [field for field, text in options._asdict().items() if text == "-"]
    return options._replace(**{field: skipped.get(field) for field in dashes})


def _phrase_bound(fields: BenefitFields) -> str:
    """Return what an amount counts at least, and why; '' without one."""
    if fields.amount is None or fields.unit is None:
        return ""
    from coachlog.phrasing.worth import describe_amount
    from coachlog.rules.lower_bounds import compute_lower_bound

    share, sure = fields.share or 0, fields.sure or 0
    bound = compute_lower_bound(fields.amount, share, sure)
    whole = describe_amount(fields.amount, fields.unit)
    least = describe_amount(bound, fields.unit)
    return f": {whole} × {share}% × {sure}% = at least {least}"


def _collect_what(form: _BenefitForm, words: str | None) -> str:
    """Return what changed: as typed, or else asked for. Raises InvalidInput where it is missing."""
    typed_words = read_option_text(words)
    if typed_words is not None:
        return typed_words
    if words is not None or not form.interactive:
        raise build_missing_error("to know what changed", "--what TEXT")
    return form.ask_line("What changed?", is_required=True)


def _collect_line(form: _BenefitForm, words: str | None, question: str) -> str | None:
    """Return a line as typed, or else asked for; None where it is skipped."""
    if words is not None or not form.interactive:
        return read_option_text(words)
    return form.ask_line(question) or None


def _parse_amount_options(options: BenefitOptions) -> _Amount | None:
    """Return what is counted by the options; None where they are not complete.

    So a number that is none is said before anything is asked.
    """
    from coachlog.rules import lower_bounds

    amount, unit = (
        lower_bounds.parse_amount(options.amount) if options.amount else (None, None)
    )
    months = lower_bounds.parse_months(options.months) if options.months else None
    share = lower_bounds.parse_percent(options.share) if options.share else None
    sure = lower_bounds.parse_percent(options.sure) if options.sure else None
    if None in (amount, share, sure):
        return None
    gain = read_option_text(options.gain)
    return _Amount(gain, amount, unit, months, share, sure)


def _ask_amount(form: _BenefitForm, options: BenefitOptions) -> _Amount:
    """Return what is counted, asked for where it is missing; nothing where that is skipped.

    Raises InvalidInput where a part of it is missing and nobody can be asked.
    """
    if not form.interactive:
        return _require_no_amount(options)
    from coachlog.rules import lower_bounds

    gain = read_option_text(options.gain)
    if not options.has_gain:
        gain = (
            form.ask_line(
                "Was anything saved or earned that can be counted? What?",
                "Enter if not: most of what changes cannot be.",
            )
            or None
        )
        if gain is None:
            return _Amount()
    # Whoever gave a share or how sure they are has an amount.
    parse = lower_bounds.parse_amount if options.has_gain else _parse_optional_amount
    typed_amount = _take_value(
        form, options.amount, "How much, in all?", parse, _AMOUNT_HELP
    )
    if typed_amount is None:
        return _Amount(gain)
    amount, unit = typed_amount
    months = None
    if options.months is not None:
        months = lower_bounds.parse_months(options.months)
    elif not options.has_gain:
        months = _take_value(
            form, None, "Over how many months?", _parse_optional_months, _SKIP_HELP
        )
    share = _take_value(
        form,
        options.share,
        "How much of that is due to the programme, from 0 to 100%?",
        lower_bounds.parse_percent,
        "The rest came from others, from chance, or would have come anyway.",
    )
    sure = _take_value(
        form,
        options.sure,
        "How sure are you of these numbers, from 0 to 100%?",
        lower_bounds.parse_percent,
        "A guess is below 50.",
    )
    return _Amount(gain, amount, unit, months, share, sure)


def _parse_optional_amount(words: str) -> tuple[int, AmountUnit] | None:
    from coachlog.rules.lower_bounds import parse_amount

    return parse_amount(words) if words.strip() else None


def _parse_optional_months(words: str) -> int | None:
    from coachlog.rules.lower_bounds import parse_months

    return parse_months(words) if words else None


def _take_value(
    form: _BenefitForm,
    words: str | None,
    question: str,
    parse: Callable[[str], Value],
    help: str,
) -> Value:
    """Return what is made of the words of an option, or else of those that are asked for."""
    if words is not None:
        return parse(words)
    return form.ask_value(question, parse, help)


def _require_no_amount(options: BenefitOptions) -> _Amount:
    """Return no amount. Raises InvalidInput if a part of one was given."""
    if not options.has_gain:
        return _Amount()
    for value, need, flag in (
        (options.amount, "to know how much it was", "--amount £1,200"),
        (options.share, "to know which share is due to the programme", "--share 50"),
        (options.sure, "to know how sure you are", "--sure 80"),
    ):
        if not value:
            raise build_missing_error(need, flag)
    raise AssertionError("a complete amount is parsed before")


def list_benefits(desk: Desk) -> list[Benefit]:
    """Return the benefits, the oldest first. Raises `DamagedRow` if one is damaged."""
    from coachlog.store.reading.worth_queries import read_benefits

    with desk.read() as db:
        return read_benefits(db)


def load_worth(desk: Desk, *, cost: str | None, rate: str | None) -> Worth:
    """Return what the programme was worth at least, beside the cost that is typed.

    `rate` is what an hour is worth. Raises InvalidInput if one of them is not money.
    """
    from coachlog.rules.lower_bounds import parse_pounds, weigh_benefits

    pounds = parse_pounds(cost) if cost is not None else None
    hour_pounds = parse_pounds(rate) if rate is not None else None
    return weigh_benefits(list_benefits(desk), rate=hour_pounds, cost=pounds)


def drop_benefit(desk: Desk, id: int) -> Result:
    """Remove a benefit. Raises `NotFound` if there is none."""
    from coachlog.store.writing.worth_changes import delete_benefit

    with desk.change() as change:
        delete_benefit(change, id)
    return Result(f"Dropped benefit {id}. {UNDO_STEP}")
