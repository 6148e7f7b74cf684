"""Every figure is counted a second time, from the tables alone, in random and in edged histories.

`figures.sql` has the definitions of docs/figures.md; neither it nor `recount.py` uses the code that
it checks. The local day on which a row was recorded comes from whoever typed the commands. What a
command shows and the recount does not know is a difference, so a new figure needs a recount.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from edges import EDGES_SEED
from journals import Journal, read_journal, write_journal
from spoilt_rules import SPOILT_RULES

from shared_builds import once

QUICK_SEEDS = range(8)
LONG_SEEDS = range(100, 400)
MOST_REFUSED = 0.2
"""So many lines of a history may be refused: those change nothing, and so prove nothing."""

OpenJournal = Callable[[int], Journal]


@pytest.fixture(scope="module")
def open_journal(tmp_path_factory: pytest.TempPathFactory) -> OpenJournal:
    """Return the journal of a seed, which is written for the first who asks."""

    def open_one(seed: int) -> Journal:
        folder = once(
            tmp_path_factory,
            f"history{seed}",
            lambda part: write_journal(part, seed),
        )
        return read_journal(folder)

    return open_one


def list_journal_differences(
    journal: Journal, spoilt: tuple[str, str] | None = None
) -> Iterator[str]:
    """Yield each figure that a command shows otherwise than the tables say, with the command."""
    recount = journal.open_recount(spoilt)
    for look, output in zip(journal.list_looks(), journal.outputs, strict=True):
        for difference in look.list_differences(output, recount):
            yield f"{look.today} {' '.join(look.words)}: {difference}"
    recount.close()


@pytest.mark.parametrize("seed", [EDGES_SEED, *QUICK_SEEDS])
def test_all_figures_are_what_the_tables_say(
    seed: int, open_journal: OpenJournal
) -> None:
    assert list(list_journal_differences(open_journal(seed))) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", LONG_SEEDS)
def test_all_figures_of_many_more_histories(seed: int, tmp_path: Path) -> None:
    write_journal(tmp_path / "history", seed)
    journal = read_journal(tmp_path / "history")
    assert list(list_journal_differences(journal)) == []


@pytest.mark.parametrize("spoilt", SPOILT_RULES.values(), ids=SPOILT_RULES)
def test_a_spoilt_rule_is_noticed(
    spoilt: tuple[str, str], open_journal: OpenJournal
) -> None:
    """With one rule of the recount changed, some figure of the journal with all edges differs."""
    differences = list_journal_differences(open_journal(EDGES_SEED), spoilt)
    assert next(differences, None) is not None


def test_all_that_can_happen_has_happened(open_journal: OpenJournal) -> None:
    """A command that is always refused would leave its figures unchecked."""
    typed: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for seed in QUICK_SEEDS:
        for line in open_journal(seed).lines:
            counts = refused if line.refusal else typed
            counts[" ".join(line.words[:2])] += 1
    assert {*refused} - {*typed} == set()
    assert refused.total() < MOST_REFUSED * typed.total()
