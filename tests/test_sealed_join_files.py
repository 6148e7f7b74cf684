"""The file of a programme: read as it was written, and refused with the line to look at."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.programme import Breakdown, Programme
from coachlog.rules.programme_vector import build_usual_caps
from coachlog.sealed.faults import CutFile, FaultyFile, NewerFile
from coachlog.sealed.join_files import parse_join_file, write_join_file
from coachlog.sealed.keys import write_key_file
from coachlog.text import clean_line, fold_text
from programme_support import COORDINATOR, GOVERNANCE, KEYS, build_programme

TEXT = write_join_file(build_programme())

lines = (
    st.text(min_size=1, max_size=40)
    .map(clean_line)
    .filter(lambda line: line and fold_text(line) != "other")
)
choices = st.lists(lines, min_size=1, max_size=4, unique_by=fold_text)


@given(
    name=lines,
    regions=choices,
    cohorts=choices,
    minutes=st.integers(2, 1_000_000),
    is_split=st.booleans(),
)
def test_a_programme_is_read_as_it_was_written(
    name: str, regions: list[str], cohorts: list[str], minutes: int, is_split: bool
) -> None:
    programme = build_programme(is_split=is_split)._replace(
        name=name,
        choices={
            Breakdown.COHORT: tuple(cohorts),
            Breakdown.REGION: tuple(regions),
            Breakdown.BAND: (),
        },
        caps=build_usual_caps() | {"minutes": minutes},
    )
    assert parse_join_file(write_join_file(programme).encode()) == programme


def test_people_can_read_it() -> None:
    assert TEXT.startswith(
        "# The programme “Leading well”. To join: coachlog programme join FILE\n"
        'coachlog = "programme"\n'
    )
    assert "# minutes = 2160\n" in TEXT
    assert "Each half\n# alone is noise" in TEXT
    single = write_join_file(build_programme(is_split=False))
    assert "can read the numbers of each manager: contributions are not split" in single


def test_only_caps_that_differ_have_no_mark() -> None:
    programme = build_programme()
    caps = {**programme.caps, "minutes": 3000}
    text = write_join_file(programme._replace(caps=caps))
    caps_text = text.partition("[caps]\n")[2]
    assert re.findall(r"^\w.*", caps_text, re.MULTILINE) == ["minutes = 3000"]
    assert "contributed" not in caps_text


def test_a_file_without_caps_and_without_what_is_empty_has_the_usual_ones() -> None:
    text = TEXT.partition("[caps]")[0].replace("band = []\n", "")
    assert parse_join_file(text.encode()) == build_programme()


def replace(before: str, after: str) -> bytes:
    assert before in TEXT
    return TEXT.replace(before, after).encode()


KEY, OTHER_KEY = KEYS[COORDINATOR].public, KEYS[GOVERNANCE].public
REGION_LINE = 'region = ["Isles", "North", "South"]'


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        pytest.param(b"  \n", CutFile, "is empty", id="empty"),
        pytest.param(
            replace("vector = 1", "vector = 2"),
            NewerFile,
            "is from a newer coachlog",
            id="newer-vector",
        ),
        pytest.param(
            replace('coachlog = "programme"', 'coachlog = "sums"'),
            FaultyFile,
            "is a file of sums, not the file of a programme",
            id="another-kind",
        ),
        pytest.param(
            b'title = "GROW"',
            FaultyFile,
            "is another kind of file, not the file of a programme",
            id="template",
        ),
        pytest.param(b"\xff\xfd", FaultyFile, "is not UTF-8 text", id="no-text"),
        pytest.param(
            b"age-enc/v1",
            FaultyFile,
            "is not the file of a programme, as `programme new` writes it",
            id="no-toml",
        ),
        pytest.param(
            replace("[choices]", "[choices"),
            FaultyFile,
            "is not the file of a programme: Expected",
            id="edited",
        ),
        pytest.param(
            write_key_file(KEYS[COORDINATOR]).encode(),
            FaultyFile,
            "is a holder's secret key, not the file of a programme",
            id="secret-key",
        ),
        pytest.param(
            replace('code = "k7m2p9qd"', 'code = "../../x"'),
            FaultyFile,
            "is not as coachlog writes it: see “code”",
            id="code",
        ),
        pytest.param(
            replace('name = "Leading well"', 'name = " Leading"'),
            FaultyFile,
            "is not as coachlog writes it: see “name”",
            id="name",
        ),
        pytest.param(
            replace("code = ", "codes = "),
            FaultyFile,
            "is not complete: it has no “code”",
            id="missing",
        ),
        pytest.param(
            replace("[choices]", "[choices]\nteam = []"),
            FaultyFile,
            "is not as coachlog writes it: “choices.team” is not known",
            id="unknown",
        ),
        pytest.param(
            replace(REGION_LINE, "region = []"),
            FaultyFile,
            "has no region, and its groups are made by region",
            id="nothing-to-choose",
        ),
        pytest.param(
            replace(REGION_LINE, 'region = ["Ynys Môn", "ynys mon"]'),
            FaultyFile,
            "has the same region twice",
            id="twice",
        ),
        pytest.param(
            replace(REGION_LINE, 'region = ["North", "Other"]'),
            FaultyFile,
            "has a region “Other”, which has another meaning in reports",
            id="other",
        ),
        pytest.param(
            replace(REGION_LINE, 'region = ["North", 5]'),
            FaultyFile,
            "is not as coachlog writes it: see “choices.region”",
            id="no-line",
        ),
        pytest.param(
            replace(REGION_LINE, f"region = {[str(n) for n in range(201)]}"),
            FaultyFile,
            "has more than 200 for “region”",
            id="too-many",
        ),
        pytest.param(
            replace(OTHER_KEY, KEY),
            FaultyFile,
            "has the same key twice: one holder could read both halves of a contribution",
            id="same-key",
        ),
        pytest.param(
            replace(KEY, KEY[:-1]),
            FaultyFile,
            "is not as coachlog writes it: see “keys.coordinator”",
            id="cut-key",
        ),
        pytest.param(
            replace(KEY, KEYS[COORDINATOR].secret),
            FaultyFile,
            "is not as coachlog writes it: see “keys.coordinator”",
            id="secret-key",
        ),
        pytest.param(
            # A sum would be an exact count of managers.
            replace("# minutes = 2160", "minutes = 1"),
            FaultyFile,
            "is not as coachlog writes it: see “caps”",
            id="no-cap",
        ),
        pytest.param(
            replace("# minutes = 2160", "minutes = 1_000_001"),
            FaultyFile,
            "is not as coachlog writes it: see “caps”",
            id="large-cap",
        ),
        pytest.param(
            replace("# minutes = 2160", "contributed = 5"),
            FaultyFile,
            "has a cap for “contributed”, which is not a number with one",
            id="cap-of-an-indicator",
        ),
    ],
)
def test_what_is_wrong_with_a_programme_is_said(
    data: bytes, kind: type[FaultyFile], reason: str
) -> None:
    with pytest.raises(FaultyFile) as refusal:
        parse_join_file(data)
    assert type(refusal.value) is kind
    assert refusal.value.reason.startswith(reason)


def test_one_key_alone_is_a_programme_of_one_holder() -> None:
    data = replace(f'governance = "{OTHER_KEY}"\n', "")
    programme: Programme = parse_join_file(data)
    assert not programme.is_split
