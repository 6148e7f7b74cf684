"""Times coachlog against `python -c pass`, another version and its peers, in the same rounds.

    python benchmarks/run.py --sessions 1000,100000 --other ../before/src --peers

README.md beside it says how. What is timed, and how long it may take, is in cases.py.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

import tables
from cases import (
    CASES,
    CHECK_CASE,
    MOST_PLAIN_READS,
    PROMPTS,
    SMALL_JOURNAL,
    STARTS,
    WHOLE_JOURNAL,
)
from first_prompt import time_bare_prompt
from peers import ADD, LIST, Peer, PeerJournal, find_peers
from plain_read import time_byte_read, time_plain_read
from programs import (
    Bench,
    Cost,
    LineFailed,
    Program,
    Source,
    choose_settings,
    make_journal,
    time_bare,
)
from rounds import BARE, BARE_PROMPT, Key, Timers, interleave

HERE = Path(__file__).parents[1] / "src"


def main() -> None:
    """Measure and print tables, for each size of journal."""
    options = read_options()
    sources = [Source("now", HERE)]
    if options.other:
        sources.insert(0, Source("before", options.other.absolute()))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = options.journals or folder / "kept"
        print(tables.describe_machine(folder))
        for sessions in options.sessions:
            homes = {
                source: make_journal(source, sessions, folder, kept)
                for source in sources
            }
            bench = Bench(sessions, options.rounds, homes, options.only)
            is_with_peers = options.peers is not None
            peers = choose_peers(sessions, options.peers) if is_with_peers else []
            journals = {
                peer.program: PeerJournal(peer, folder / peer.program, sessions)
                for peer in peers
            }
            if bench.rounds:
                print_times(bench, journals)
                print_check(bench)
            if options.instructions:
                print_instructions(bench)


def read_options() -> argparse.Namespace:
    """Return what is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--sessions", type=parse_sizes, default=[1000])
    parser.add_argument("--only", default="", help="a pattern of what to measure")
    parser.add_argument("--other", type=Path, help="the src of another version")
    parser.add_argument(
        "--peers", nargs="?", const="", metavar="VENV", help="time peers beside"
    )
    parser.add_argument("--instructions", action="store_true", help="by callgrind")
    parser.add_argument("--journals", type=Path, help="where journals are kept")
    return parser.parse_args()


def parse_sizes(typed: str) -> list[int]:
    """Return the numbers of sessions in `1000,100000`."""
    return [int(number) for number in typed.split(",")]


def choose_peers(sessions: int, venv: str) -> list[Peer]:
    """Return the peers to time; say which are not installed, or that journals are too long."""
    if sessions > SMALL_JOURNAL:
        print(f"\nPeers are left out: some take minutes for {sessions:,} rows.")
        return []
    peers, missing = find_peers(venv)
    if missing:
        print(f"\nNot installed, so left out: {', '.join(missing)}.")
    return peers


def print_times(bench: Bench, journals: dict[str, PeerJournal]) -> None:
    """Time everything in the same rounds, then weigh it; print the tables."""
    programs = bench.build_programs(CASES)
    prompts = bench.build_programs(PROMPTS)
    load = tables.read_load()
    times = interleave(build_timers(programs, prompts, journals), bench.rounds)
    bare = statistics.median(times[BARE]) * 1000
    print(
        f"\n{bench.size}, {bench.rounds} rounds, load {load} before and"
        f" {tables.read_load()} after them; `{BARE.title}` takes {bare:.1f} ms"
    )
    memory = {key: program.weigh().memory for key, program in programs.items()}
    print_table(tables.build_time_table(bench, CASES, BARE, times, memory))
    if prompts:
        bare_prompt = tables.format_time(times, BARE_PROMPT, BARE)
        print(
            f"\n{BARE_PROMPT.title} takes {bare_prompt}; these take so many times as long"
        )
        print_table(tables.build_time_table(bench, PROMPTS, BARE_PROMPT, times, {}))
    if journals:
        print_table(tables.build_peer_table(bench, journals, times))
    print_table(tables.build_whole_table(bench, measure_costs(bench)))


def build_timers(
    programs: dict[Key, Program],
    prompts: dict[Key, Program],
    journals: dict[str, PeerJournal],
) -> Timers:
    """Return all that is timed in one round, with the two bare runs that it is divided by."""
    timers: Timers = {BARE: time_bare}
    timers |= {key: program.time for key, program in programs.items()}
    if prompts:
        timers[BARE_PROMPT] = lambda: time_bare_prompt(choose_settings())
    timers |= {key: program.time_first_prompt for key, program in prompts.items()}
    for name, journal in journals.items():
        timers[Key(name, LIST)] = journal.time_list
        timers[Key(name, ADD)] = journal.time_add
    return timers


def measure_costs(bench: Bench) -> dict[Key, Cost]:
    """Return what printing the whole journal takes, with the memory over that of a start."""
    version = bench._replace(pattern="").build_programs(STARTS[:1])
    starts = {key.column: program.weigh().memory for key, program in version.items()}
    costs = {
        key: program.weigh()
        for key, program in bench.build_programs(WHOLE_JOURNAL).items()
    }
    return {
        key: Cost(cost.seconds, cost.memory - starts[key.column])
        for key, cost in costs.items()
    }


def print_check(bench: Bench) -> None:
    """Weigh `check` against a plain read of every row, and of the bytes; print all three."""
    for key, program in bench.build_programs((CHECK_CASE,)).items():
        home = program.home
        seconds = program.weigh().seconds
        rows, octets = time_plain_read(home), time_byte_read(home)
        print(
            f"\n`{CHECK_CASE.title}`, {key.column}: {seconds:.2f} s of the processor. "
            f"A plain read of every row takes {rows:.2f} s, {seconds / rows:.1f} times less "
            f"(at most {MOST_PLAIN_READS} times in a long journal), "
            f"its bytes alone {octets:.2f} s.",
            flush=True,
        )


def print_instructions(bench: Bench) -> None:
    """Count the instructions of each line by callgrind, and print them in millions."""
    counts = {
        key: program.count_instructions()
        for key, program in bench.build_programs(CASES).items()
    }
    print_table(tables.build_count_table(bench, CASES, counts))


def print_table(table: tables.Table) -> None:
    """Print a table; nothing for one that has a head alone."""
    if table[1:]:
        print(f"\n{tables.format_table(table)}", flush=True)


if __name__ == "__main__":
    try:
        main()
    except LineFailed as error:
        sys.exit(str(error))
