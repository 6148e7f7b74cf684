"""`coachlog worth`: whether the programme was worth it, as the owner says, for oneself."""

from typing import Annotated

from coachlog.cli import suggestions
from coachlog.cli.arguments import build_id_argument
from coachlog.cli.declare import ASK, Noun, Option
from coachlog.cli.options import JsonOption
from coachlog.terminal.console import Console

app = Noun(
    "worth",
    "Whether the programme was worth it: what changed, for yourself.",
    """
    coachlog worth add               it asks what changed
    coachlog worth show --cost 3000  a lower bound, beside the cost
    """,
)

BenefitIdArgument = Annotated[
    int,
    build_id_argument(
        "BENEFIT",
        help="The number shown by `worth list`",
        autocompletion=suggestions.suggest_benefits,
    ),
]


@app.command("add")
def worth_add(
    console: Console,
    what: Annotated[
        str | None,
        Option("--what", metavar="TEXT", help="What changed; - reads standard input."),
    ] = None,
    noticed_by: Annotated[
        str | None, Option("--noticed-by", metavar="WHO", help="Who noticed it.")
    ] = None,
    evidence: Annotated[
        str | None, Option("--evidence", metavar="TEXT", help="What shows it.")
    ] = None,
    gain: Annotated[
        str | None,
        Option("--gain", metavar="TEXT", help="What was saved or earned."),
    ] = None,
    amount: Annotated[
        str | None,
        Option("--amount", metavar="AMOUNT", help="How much in all: £1,200 or 40h."),
    ] = None,
    months: Annotated[
        str | None,
        Option("--months", metavar="MONTHS", help="Over how many months."),
    ] = None,
    share: Annotated[
        str | None,
        Option(
            "--share",
            metavar="PERCENT",
            help="How much of it the programme did: 0-100.",
        ),
    ] = None,
    sure: Annotated[
        str | None,
        Option("--sure", metavar="PERCENT", help="How sure you are of that: 0-100."),
    ] = None,
) -> None:
    """Record a benefit: what changed, who noticed, what shows it, and what can be counted of it.

    You are asked for what is missing. It is for yourself: no export, share or report has it.

    Examples:
      coachlog worth add                            it asks
      coachlog worth add --what "Calmer handovers"  and asks for the rest
    """
    from coachlog.services import benefits

    options = benefits.BenefitOptions(
        what, noticed_by, evidence, gain, amount, months, share, sure
    )
    console.print_message(benefits.add_benefit(console.desk, options))


@app.command("list")
def worth_list(console: Console, as_json: JsonOption = False) -> None:
    """List the benefits that you recorded, the oldest first.

    Examples:
      coachlog worth list         what changed, and who noticed
      coachlog worth list --json  for a script
    """
    from coachlog.services import benefits

    entries = benefits.list_benefits(console.desk)
    if as_json:
        return console.print_json("benefits", entries)
    if not entries:
        return console.print_empty_list("No benefits yet: coachlog worth add")
    from coachlog.screens.benefits import render_benefits

    return console.print_list(
        render_benefits(entries, console.desk.today, console.list_width)
    )


@app.command("show")
def worth_show(
    console: Console,
    cost: Annotated[
        str | None,
        Option("--cost", metavar="AMOUNT", help="What the programme cost: £3,000."),
    ] = None,
    rate: Annotated[
        str | None,
        Option(
            "--rate",
            metavar="AMOUNT",
            help="What an hour is worth: £20. Without it, hours are not money.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what the benefits are worth at least: amount x share due to it x how sure you are.

    It is self-reported, and stands beside the cost; it is not a return on investment.

    Examples:
      coachlog worth show              what was counted
      coachlog worth show --cost 3000  beside the cost
      coachlog worth show --rate 20    with hours at £20 each
    """
    from coachlog.services import benefits

    view = benefits.load_worth(console.desk, cost=cost, rate=rate)
    if as_json:
        return console.print_json("worth", view)
    from coachlog.screens.benefits import render_worth

    return console.print_pages(render_worth(view))


@app.command("drop")
def worth_drop(console: Console, id: BenefitIdArgument = ASK) -> None:
    """Remove a benefit that you recorded.

    Examples:
      coachlog worth drop 2     benefit 2
      coachlog worth drop rota  by its words
    """
    from coachlog.services import benefits

    console.print_message(benefits.drop_benefit(console.desk, id))
