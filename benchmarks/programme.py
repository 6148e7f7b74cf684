"""Times how long a holder's sums of a closed quarter take, and how much memory they need.

    python benchmarks/programme.py [--halves 1000,100000] [--folder FOLDER] [--rounds 3]

The coordinator's halves of so many contributions are made, with the manifest that counts all of
them; the sums run in a process of their own. Printed are the time, the time of the processor and
the most memory, beside how busy the machine is.
"""

import argparse
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from coachlog.model.programme import (
    Breakdown,
    Contribution,
    Holder,
    Manifest,
    ManifestEntry,
    Programme,
)
from coachlog.rules.programme_shares import SHARE_MODULUS
from coachlog.rules.programme_vector import NUMBERS, build_usual_caps
from coachlog.sealed.age_files import AgeKey, create_age_key
from coachlog.sealed.halves import name_half_file, open_half, seal_halves
from coachlog.sealed.join_files import (
    digest_terms,
    parse_join_file,
    write_join_file,
)
from coachlog.sealed.keys import write_key_file
from coachlog.sealed.manifests import write_manifest_file
from coachlog.services.desk import Desk
from coachlog.services.programme.summing import sum_folder

REGIONS = ("East", "Isles", "North", "South", "West")
QUARTER = "2026Q4"
DAY = date(2027, 1, 4)
DONE = "done"
"""A file that says that all halves are there."""


def make_quarter(folder: Path, count: int) -> None:
    """Write so many halves, the manifest, the programme and the coordinator's key."""
    halves = folder / "halves"
    halves.mkdir(parents=True)
    key, other_key = create_age_key(), create_age_key()
    programme = Programme(
        code="k7m2p9qd",
        name="Leading well",
        breakdown=Breakdown.REGION,
        choices={Breakdown.REGION: REGIONS},
        keys={Holder.COORDINATOR: key.public, Holder.GOVERNANCE: other_key.public},
        caps=build_usual_caps(),
    )
    join_file = write_join_file(programme)
    (folder / "join.toml").write_text(join_file, encoding="utf-8")
    # Members make their halves from the file, and say which it was.
    terms = digest_terms(parse_join_file(join_file.encode()))
    (folder / "key.txt").write_text(write_key_file(key), encoding="utf-8")
    # Only one half of each is needed here, so nothing has to be of equal length.
    alone = programme._replace(keys={Holder.COORDINATOR: key.public})
    opener = AgeKey(key.secret)
    entries = []
    for number in range(count):
        half = build_half(REGIONS[number % len(REGIONS)], terms)
        sealed = seal_halves([half], alone)[Holder.COORDINATOR]
        name = name_half_file(QUARTER, half.number, Holder.COORDINATOR, programme)
        (halves / f"{half.number[8:16]}-{name}").write_bytes(sealed)
        opened = open_half(sealed, opener)
        digests = {Holder.COORDINATOR: opened.digest, Holder.GOVERNANCE: "0" * 64}
        group = half.places[Breakdown.REGION]
        entries.append(ManifestEntry(half.number, group, digests))
    manifest = Manifest(
        programme=programme.code,
        quarter=QUARTER,
        breakdown=Breakdown.REGION,
        holders=tuple(programme.keys),
        closed_on=DAY,
        groups={region: count // len(REGIONS) for region in REGIONS},
        entries=tuple(entries),
    )
    with (folder / "manifest.jsonl").open("wb") as file:
        file.writelines(write_manifest_file(manifest))
    (folder / DONE).touch()


def build_half(region: str, terms: str) -> Contribution:
    return Contribution(
        programme="k7m2p9qd",
        quarter=QUARTER,
        holder=Holder.COORDINATOR,
        number=secrets.token_hex(16),
        member=secrets.token_hex(8),
        edition=1,
        places={Breakdown.REGION: region},
        made_on=DAY,
        numbers=[secrets.randbelow(SHARE_MODULUS) for _ in NUMBERS],
        terms=terms,
    )


def sum_quarter(folder: Path) -> None:
    """Sum the quarter in this process, and print what it took."""
    import resource
    import time

    start = time.perf_counter()
    desk = Desk(folder / "home", lambda: datetime(2027, 1, 5, 9, tzinfo=UTC), "UTC")
    run = sum_folder(
        desk,
        folder / "halves",
        folder / "manifest.jsonl",
        folder / "key.txt",
        folder / "join.toml",
        folder / "sums.json",
        force=True,
    )
    seconds = time.perf_counter() - start
    total = sum(group.contributions for group in run.sums.groups)
    own = resource.getrusage(resource.RUSAGE_SELF)
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    own_seconds = own.ru_utime + own.ru_stime
    worker_seconds = workers.ru_utime + workers.ru_stime
    memory = max(own.ru_maxrss, workers.ru_maxrss) / 1024
    load = os.getloadavg()[0]
    print(
        f"{total:7} halves: {seconds:6.1f} s, processor {own_seconds:5.1f} s and "
        f"{worker_seconds:5.1f} s of workers, most memory {memory:4.0f} MB (load {load:.1f})"
    )


def list_quarters(folder: Path, counts: Sequence[int]) -> Iterator[Path]:
    """Yield the folder of each size, made if need be."""
    for count in counts:
        quarter = folder / str(count)
        if not (quarter / DONE).exists():
            shutil.rmtree(quarter, ignore_errors=True)
            make_quarter(quarter, count)
        yield quarter


def main(words: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--halves", default="1000,100000")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sum", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.sum:
        sum_quarter(options.sum)
        return
    counts = [int(count) for count in options.halves.split(",")]
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        quarters = list(list_quarters(folder, counts))
        for quarter in chain.from_iterable([quarters] * options.rounds):
            subprocess.run(
                [sys.executable, __file__, "--sum", str(quarter)], check=True
            )


if __name__ == "__main__":
    main(sys.argv[1:])
