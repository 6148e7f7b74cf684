"""Cells of CSV in a real spreadsheet, which takes nothing that was typed for a formula."""

import csv
import subprocess
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from coachlog.escaping.comma_separated import escape_cell, read_cell

FORMULAS = [
    "=1+1",
    '=HYPERLINK("https://x.test","here")',
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "＝1+1",
    "'=1+1",
    "''",
    "\t=1+1",
    '="a"&"b"',
    "=cmd|' /C calc'!A0",
    "a, =1+1",
    'a", "=1+1',
    "a\n=1+1",
]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.mark.skipif(
    not [*Path("/usr/lib/libreoffice/program").glob("libsclo.so")],
    reason="LibreOffice Calc is not installed here",
)
def test_libreoffice_evaluates_none_of_it(tmp_path: Path) -> None:
    """Every cell is words: what was typed, with the guard where there is one."""
    source = tmp_path / "typed.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        sheet = csv.writer(file)
        for words in FORMULAS:
            sheet.writerow([-7, escape_cell(words)])
        # Without its guard it is a formula: the test can fail.
        sheet.writerow([-7, "=1+1"])
    comma, quote, utf_8, first_line = 44, 34, 76, 1
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/office"),
            *("--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path)),
            f"--infilter=CSV:{comma},{quote},{utf_8},{first_line},,0,false,true",
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    rows = read_sheet(tmp_path / "typed.xlsx")
    assert rows == [
        *(("n", "-7", "s", words) for words in FORMULAS),
        ("n", "-7", "formula", "2"),
    ]


def read_sheet(path: Path) -> list[tuple[str, ...]]:
    """Return of each row of a workbook what kind its cells are of, and what is in them."""
    with ZipFile(path) as workbook:
        sheet = ElementTree.fromstring(workbook.read("xl/worksheets/sheet1.xml"))
        strings = ElementTree.fromstring(workbook.read("xl/sharedStrings.xml"))
    texts = ["".join(entry.itertext()) for entry in strings]
    rows = []
    for row in sheet.iter(f"{SHEET}row"):
        cells: list[str] = []
        for cell in row:
            value = cell.findtext(f"{SHEET}v") or ""
            kind = cell.get("t", "n")
            if kind == "s":
                value = read_cell(texts[int(value)])
            if cell.find(f"{SHEET}f") is not None:
                kind = "formula"
            cells += [kind, value]
        rows.append(tuple(cells))
    return rows
