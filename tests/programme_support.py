"""A programme with two holders and their keys, and contributions as managers send them."""

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

from coachlog.model.programme import Breakdown, Contribution, Holder, Programme
from coachlog.rules.programme_shares import split_numbers
from coachlog.rules.programme_vector import INDICATORS, NUMBERS, build_usual_caps
from coachlog.sealed.age_files import create_age_key
from coachlog.sealed.halves import name_half_file, seal_halves
from coachlog.sealed.join_files import digest_terms, write_join_file
from coachlog.sealed.keys import write_key_file
from coachlog.services.desk import Desk
from conftest import Run

QUARTER = "2026Q4"
SENT_ON = date(2027, 1, 4)
SUMMED_AT = datetime(2027, 1, 11, 9, tzinfo=UTC)
REGIONS = ("Isles", "North", "South")
ANY_TERMS = "0" * 64
"""In place of the digest of the programme that a contribution is sent to."""
COORDINATOR, GOVERNANCE = Holder.COORDINATOR, Holder.GOVERNANCE


KEYS = {holder: create_age_key() for holder in Holder}


def build_programme(*, is_split: bool = True, code: str = "k7m2p9qd") -> Programme:
    holders = list(Holder) if is_split else [COORDINATOR]
    return Programme(
        code=code,
        name="Leading well",
        breakdown=Breakdown.REGION,
        choices={
            Breakdown.COHORT: ("2025", "2026"),
            Breakdown.REGION: REGIONS,
            Breakdown.BAND: (),
        },
        keys={holder: KEYS[holder].public for holder in holders},
        caps=build_usual_caps(),
    )


def build_contribution(
    member: int, region: str = "North", edition: int = 1, quarter: str = QUARTER
) -> Contribution:
    """Return a whole contribution with every number about the usual, by the member."""
    random = Random(f"{member} {edition} {quarter}")
    caps = build_usual_caps()
    return Contribution(
        programme="k7m2p9qd",
        quarter=quarter,
        holder=COORDINATOR,
        number=f"{random.getrandbits(128):032x}",
        member=f"{member:016x}",
        edition=edition,
        places={Breakdown.COHORT: "2025", Breakdown.REGION: region},
        made_on=SENT_ON,
        numbers=[
            random.randrange(2) if name in INDICATORS else random.randrange(caps[name])
            for name in NUMBERS
        ],
        terms=ANY_TERMS,
    )


def split_contribution_of(whole: Contribution, seed: int = 0) -> list[Contribution]:
    random = Random(f"{seed} {whole.number}")
    shares = split_numbers(whole.numbers, random.randrange)
    return [
        whole._replace(holder=holder, numbers=numbers)
        for holder, numbers in zip(Holder, shares, strict=True)
    ]


def write_other_programme(folder: Path) -> None:
    """Write a programme that was not joined yet into a folder."""
    north = build_programme(code="n7m2p9qd")
    north = north._replace(choices={**north.choices, Breakdown.BAND: ("7", "8a")})
    (folder / "north.toml").write_text(write_join_file(north), encoding="utf-8")


def join_programme_file(run: Run, folder: Path) -> None:
    """Join the programme k7m2p9qd by its file, which is left in the folder."""
    path = folder / "joined.toml"
    path.write_text(write_join_file(build_programme()), encoding="utf-8")
    places = ("--region", "North", "--cohort", "2025")
    ran = run("programme", "join", str(path), *places, "--yes")
    assert ran.code == 0, ran.err


class Office(NamedTuple):
    """The folders of everybody: what each holder has, and a home for each."""

    root: Path
    programme: Programme

    @property
    def join_file(self) -> Path:
        return self.root / "join.toml"

    def folder(self, holder: Holder = COORDINATOR) -> Path:
        return self.root / f"{holder}-halves"

    def key(self, holder: Holder = COORDINATOR) -> Path:
        return self.root / f"{holder}-key.txt"

    def file(self, name: str, holder: Holder = COORDINATOR) -> Path:
        return self.root / f"{holder}-{name}"

    def desk(self, holder: Holder = COORDINATOR, at: datetime = SUMMED_AT) -> Desk:
        return Desk(self.root / f"{holder}-home", lambda: at, "UTC")

    def send(
        self, whole: Contribution, holders: Iterable[Holder] = tuple(Holder)
    ) -> list[Path]:
        """Put what a manager sends into the folders, and return its files."""
        is_split = self.programme.is_split
        if whole.terms == ANY_TERMS:
            whole = whole._replace(terms=digest_terms(self.programme))
        halves = split_contribution_of(whole) if is_split else [whole]
        sealed = seal_halves(halves, self.programme)
        paths = []
        for holder in holders:
            if holder in sealed:
                name = name_half_file(
                    whole.quarter, whole.number, holder, self.programme
                )
                path = self.folder(holder) / name
                path.write_bytes(sealed[holder])
                paths.append(path)
        return paths


def open_office(root: Path, *, is_split: bool = True) -> Office:
    """Return an office with keys and a programme, and no contribution yet."""
    office = Office(root, build_programme(is_split=is_split))
    office.join_file.write_text(write_join_file(office.programme), encoding="utf-8")
    for holder in office.programme.keys:
        office.key(holder).write_text(write_key_file(KEYS[holder]))
        office.folder(holder).mkdir()
    return office


def fill_office(office: Office, sizes: Sequence[int] = (3, 9, 8)) -> list[Contribution]:
    """Send so many contributions from each region, and return them."""
    regions = [
        region for region, size in zip(REGIONS, sizes, strict=True) for _ in range(size)
    ]
    sent = [build_contribution(member, region) for member, region in enumerate(regions)]
    for whole in sent:
        office.send(whole)
    return sent


def make_sparse_file(path: Path, size: int) -> None:
    with path.open("wb") as file:
        os.truncate(file.fileno(), size)
