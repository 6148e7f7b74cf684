"""A page as a Word file, by python-docx: its styles, so that Word's outline and lists know them.

Imported only where such a file is written, as the library takes long to load.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document as OpenTemplate
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell as TableCell
from docx.table import _Row as TableRow
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from coachlog.dates import format_medium_day
from coachlog.escaping.word_xml import escape_word_text
from coachlog.exports.blocks import (
    BlankSpace,
    BulletList,
    Checklist,
    DayText,
    Document,
    Emphasis,
    FlatBlock,
    Heading,
    Inline,
    LineBreak,
    Paragraph,
    PlainText,
    StatusText,
    Strikethrough,
    StrongText,
    Table,
    Task,
    Tone,
    TypedText,
    Words,
    WritingLines,
    flatten_blocks,
    format_plain_text,
)

_FONT = "Calibri"
_LANGUAGE = "en-GB"
_INK, _SOFT, _ACCENT = (
    RGBColor(0x1D, 0x25, 0x23),
    RGBColor(0x56, 0x61, 0x5C),
    RGBColor(0x0B, 0x5F, 0x59),
)
_TONE_COLORS = {
    Tone.GOOD: RGBColor(0x1A, 0x68, 0x40),
    Tone.SOON: RGBColor(0x83, 0x53, 0x00),
    Tone.BAD: RGBColor(0xA1, 0x2A, 0x3C),
    Tone.QUIET: _SOFT,
}
_HEADING_SIZES = {1: Pt(20), 2: Pt(14), 3: Pt(12)}
_LINE_COLOR = "B5BAB6"
_BOX, _TICKED_BOX = "\N{BALLOT BOX}", "\N{BALLOT BOX WITH CHECK}"
_TASK_STYLES = {False: "Open Task", True: "Done Task"}
_BULLET_STYLE, _CELL_STYLE = "List Bullet", "Table Cell"
_LED_TO = (BulletList, Checklist, Table)
"""What a paragraph before it leads to."""
_MARGIN = Mm(20)
_TEXT_WIDTH = 170
"""What is between the margins of A4 paper, in millimetres."""
_LETTER_WIDTH, _CELL_PADDING = 2.05, 4.5
"""The width of a letter in a table, and what is beside the words of a cell, in millimetres."""
_WIDEST_WORD, _WIDEST_CELL = 14, 60
"""The characters of a word that is not broken, and of a cell before it takes two lines."""


def format_word_page(document: Document) -> bytes:
    """Return the page as a file for A4 paper."""
    page = OpenTemplate()
    _prepare_page(page, document)
    _drop_thumbnail(page)
    _add_page_numbers(page)
    blocks = (Heading(1, document.title), *document.blocks)
    for block, next_block in pairwise([*flatten_blocks(blocks), None]):
        assert block is not None
        _add_block(page, block, next_block)
    file = BytesIO()
    page.save(file)
    return _drop_file_times(file)


def _drop_file_times(file: BytesIO) -> bytes:
    """Return the archive without the minute at which each of its files was written.

    A page may be one that must not say on which day it was made.
    """
    plain_file = BytesIO()
    with ZipFile(file) as archive, ZipFile(plain_file, "w", ZIP_DEFLATED) as plain:
        for name in archive.namelist():
            # Without a time, an entry has the first day that such an archive can hold.
            plain.writestr(ZipInfo(name), archive.read(name), ZIP_DEFLATED)
    return plain_file.getvalue()


def _prepare_page(page: WordDocument, document: Document) -> None:
    """Set the paper, the styles and the title; the library's own name as author goes."""
    properties = page.core_properties
    properties.title = escape_word_text(format_plain_text(document.title))[:255]
    properties.author = properties.comments = ""
    properties.language = _LANGUAGE
    if document.made_on is not None:
        # Else the file has the day on which the library's own page was written.
        day = datetime.combine(document.made_on, time(), UTC)
        properties.created = properties.modified = day
    properties.last_modified_by = ""
    _set_language(page)
    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    body = _get_style(page, "Normal")
    body.font.name, body.font.size, body.font.color.rgb = _FONT, Pt(10.5), _INK
    body.paragraph_format.space_after = Pt(6)
    cell = page.styles.add_style(_CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(cell, ParagraphStyle)
    cell.base_style, cell.font.size = body, Pt(9.5)
    cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(2)
    body.paragraph_format.line_spacing = 1.15
    for level, size in _HEADING_SIZES.items():
        _prepare_heading(_get_style(page, f"Heading {level}"), size)
    bullets = _get_style(page, _BULLET_STYLE)
    bullets.paragraph_format.space_after = Pt(3)
    # Without it entries of several lines run into one another.
    for mark in bullets.element.pPr.findall(qn("w:contextualSpacing")):
        bullets.element.pPr.remove(mark)
    for is_done, name in _TASK_STYLES.items():
        _add_task_style(page, name, _TICKED_BOX if is_done else _BOX)


def _set_language(page: WordDocument) -> None:
    """Let Word check the spelling of the page as British English."""
    for language in page.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)
    for language in page.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), _LANGUAGE)


def _drop_thumbnail(page: WordDocument) -> None:
    """Leave out the picture of the library's own page, which some programs show for the file."""
    relations = page.part.package.rels
    for key in [key for key, rel in relations.items() if "thumbnail" in rel.reltype]:
        del relations[key]
    for mark in page.settings.element.findall(qn("w:savePreviewPicture")):
        page.settings.element.remove(mark)


def _add_page_numbers(page: WordDocument) -> None:
    """Add `Page 1 of 3` below each page, counted by Word."""
    footer = page.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for lead, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        _style_footer_run(footer.add_run(lead))
        number = _build_element("w:fldSimple", instr=field)
        run = footer.add_run("1")
        _style_footer_run(run)
        number.append(run._r)
        footer._p.append(number)


def _style_footer_run(run: Run) -> None:
    run.font.size, run.font.color.rgb = Pt(9), _SOFT


def _add_paragraph(page: WordDocument, style: str = "") -> WordParagraph:
    """Add a paragraph of this style at the end, and return it.

    The library looks for the end from the beginning, and for each style among all: that takes long
    on a long page.
    """
    element: Any = OxmlElement("w:p")
    # The last in it is not a block, but says on what paper they are.
    page.element.body[-1].addprevious(element)
    if style:
        element.style = _build_style_id(style)
    return WordParagraph(element, page._body)


def _build_style_id(name: str) -> str:
    """Return how a file knows a style, as the library names them."""
    return name.replace(" ", "")


def _get_style(page: WordDocument, name: str) -> ParagraphStyle:
    style = page.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _prepare_heading(style: ParagraphStyle, size: Pt) -> None:
    style.font.name, style.font.size, style.font.color.rgb = _FONT, size, _INK
    # Word takes the font of a heading from its theme, unless there is none.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = size, Pt(4)
    spacing.keep_with_next = True


def _add_task_style(page: WordDocument, name: str, box: str) -> None:
    """Add the style of a list whose bullets are boxes, ticked or not."""
    numbering = page.part.numbering_part.element
    ids = [int(item.get(qn("w:abstractNumId"))) for item in _find_lists(numbering)]
    list_id = max(ids, default=0) + 1
    numbering.insert(len(ids), _build_list(list_id, box))
    number = numbering.add_num(list_id)
    style = page.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = page.styles[_BULLET_STYLE]
    properties = style.element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = number.numId


def _find_lists(numbering: Any) -> list[Any]:
    return list(numbering.findall(qn("w:abstractNum")))


def _build_list(list_id: int, bullet: str) -> Any:
    """Return the definition of a list with this bullet, as the file has it."""
    definition = _build_element("w:abstractNum", abstractNumId=list_id)
    definition.append(_build_element("w:multiLevelType", val="singleLevel"))
    level = _build_element("w:lvl", ilvl=0)
    level.append(_build_element("w:start", val=1))
    level.append(_build_element("w:numFmt", val="bullet"))
    level.append(_build_element("w:lvlText", val=bullet))
    level.append(_build_element("w:lvlJc", val="left"))
    properties = _build_element("w:pPr")
    properties.append(_build_element("w:ind", left=400, hanging=400))
    level.append(properties)
    definition.append(level)
    return definition


def _build_element(name: str, **attributes: object) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), str(value))
    return element


def _add_block(
    page: WordDocument, block: FlatBlock, next_block: FlatBlock | None
) -> None:
    """Add a block; what leads to a list or a table is on the page on which that begins."""
    match block:
        case Heading(level, words):
            _add_words(_add_paragraph(page, f"Heading {level}"), words)
        case Paragraph(words):
            paragraph = _add_paragraph(page)
            _add_words(paragraph, words)
            _keep_with_next(paragraph, isinstance(next_block, _LED_TO))
        case Table():
            _add_table(page, block)
        case BulletList(entries):
            _add_bullets(page, entries)
        case Checklist(tasks):
            for task in tasks:
                _add_task(page, task)
        case WritingLines(lines):
            for _ in range(lines):
                _add_writing_line(page)


def _keep_with_next(paragraph: WordParagraph, is_kept: bool) -> None:
    """Let a paragraph be on one page with the next; without that it says nothing about it."""
    if is_kept:
        paragraph.paragraph_format.keep_with_next = True


def _add_bullets(page: WordDocument, entries: Sequence[Words]) -> None:
    for number, entry in enumerate(entries, 1):
        paragraph = _add_paragraph(page, _BULLET_STYLE)
        _add_words(paragraph, entry)
        # Whoever signs, all do on one page.
        is_signed = any(isinstance(inline, BlankSpace) for inline in entry)
        _keep_with_next(paragraph, is_signed and number < len(entries))
        if number == len(entries):
            paragraph.paragraph_format.space_after = Pt(8)


def _add_table(page: WordDocument, table: Table) -> None:
    """Add a table whose first row is repeated on each page, and whose rows are never broken."""
    grid = page.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_line_color(grid)
    grid.autofit = False
    widths = _choose_widths(table)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    names = tuple((StrongText((PlainText(name),)),) for name in table.columns)
    head = grid.rows[0]
    _fill_row(head, names, widths, "w:tblHeader")
    _align_figures(head, table)
    for cells in table.rows:
        row = grid.add_row()
        _fill_row(row, cells, widths, "w:cantSplit")
        _align_figures(row, table)
    # Without it the next block would stand at the edge of the table.
    _add_paragraph(page).paragraph_format.space_after = Pt(0)


def _fill_row(
    row: TableRow, words_of_cells: Iterable[Words], widths: Iterable[Mm], mark: str
) -> None:
    row._tr.get_or_add_trPr().append(_build_element(mark, val="true"))
    # Asked for the cells of a row, the library looks at the rows above it as well.
    for cell, words, width in zip(row._tr.tc_lst, words_of_cells, widths, strict=True):
        cell.width = width
        _add_words(_get_cell_paragraph(TableCell(cell, row.table)), words)


def _align_figures(row: TableRow, table: Table) -> None:
    for cell, column in zip(row._tr.tc_lst, table.columns, strict=True):
        if column in table.right:
            paragraph = _get_cell_paragraph(TableCell(cell, row.table))
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _choose_widths(table: Table) -> list[Mm]:
    """Return the width of each column: its longest word, and what is left by how much is in it."""
    needs, wishes = [], []
    for place, name in enumerate(table.columns):
        cells: list[Words] = [(PlainText(name),), *(row[place] for row in table.rows)]
        longest_cell = max(len(format_plain_text(cell)) for cell in cells)
        word = max(map(_measure_word, cells))
        needs.append(word * _LETTER_WIDTH + _CELL_PADDING)
        wishes.append(1 + max(0, min(longest_cell, _WIDEST_CELL) - word))
    room = max(0.0, _TEXT_WIDTH - sum(needs))
    scale = min(1.0, _TEXT_WIDTH / sum(needs))
    return [
        Mm(need * scale + room * wish / sum(wishes))
        for need, wish in zip(needs, wishes, strict=True)
    ]


def _measure_word(cell: Words) -> int:
    """Return the characters of the longest word of a cell, as far as it is kept whole; of a day."""
    if cell and isinstance(cell[0], DayText):
        return len(format_plain_text(cell))
    longest_word = max(map(len, format_plain_text(cell).split()), default=1)
    return min(longest_word, _WIDEST_WORD)


def _set_line_color(grid: Any) -> None:
    borders = _build_element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(
            _build_element(f"w:{side}", val="single", sz=4, space=0, color=_LINE_COLOR)
        )
    grid._tbl.tblPr.append(borders)


def _get_cell_paragraph(cell: TableCell) -> WordParagraph:
    element: Any = cell._tc.p_lst[0]
    element.style = _build_style_id(_CELL_STYLE)
    return WordParagraph(element, cell)


def _add_task(page: WordDocument, task: Task) -> None:
    paragraph = _add_paragraph(page, _TASK_STYLES[task.is_done])
    parts = [task.words]
    if task.due:
        parts.append((PlainText(format_medium_day(task.due)),))
    for number, words in enumerate([*parts, *task.details]):
        if number:
            paragraph.add_run(" · ")
        _add_words(paragraph, words)


def _add_writing_line(page: WordDocument) -> None:
    paragraph = _add_paragraph(page)
    paragraph.paragraph_format.space_before = Pt(14)
    borders = _build_element("w:pBdr")
    # Between two such paragraphs Word draws neither line, unless it is asked for.
    for side in ("bottom", "between"):
        borders.append(
            _build_element(f"w:{side}", val="single", sz=4, space=1, color=_LINE_COLOR)
        )
    paragraph._p.get_or_add_pPr().append(borders)


def _add_words(paragraph: WordParagraph, words: Words) -> None:
    for inline in words:
        _add_inline(paragraph, inline, ())


def _add_inline(
    paragraph: WordParagraph, inline: Inline, around: tuple[type, ...]
) -> None:
    """Add words as runs; `around` are the kinds of words that they stand within."""
    match inline:
        case PlainText(words) | TypedText(words):
            _style_run(paragraph.add_run(_escape_run(inline)), around)
        case StatusText(words, tone):
            run = paragraph.add_run(escape_word_text(words))
            run.font.color.rgb = _TONE_COLORS[tone]
        case StrongText(inside) | Emphasis(inside) | Strikethrough(inside):
            for part in inside:
                _add_inline(paragraph, part, (*around, type(inline)))
        case BlankSpace(width):
            paragraph.add_run("_" * width)
        case DayText(day):
            _style_run(paragraph.add_run(format_medium_day(day)), around)
        case LineBreak():
            paragraph.add_run().add_break()


def _escape_run(inline: PlainText | TypedText) -> str:
    """Return the words of a run; blanks at the ends of coachlog's own part it from the next."""
    words = inline.words
    escaped = escape_word_text(words)
    if isinstance(inline, TypedText) or not escaped:
        return escaped if isinstance(inline, TypedText) else words
    start = " " if words[0] == " " else ""
    end = " " if words[-1] == " " else ""
    return f"{start}{escaped}{end}"


def _style_run(run: Run, around: Iterable[type]) -> None:
    kinds = set(around)
    if StrongText in kinds:
        run.bold = True
    if Emphasis in kinds:
        run.font.color.rgb = _SOFT
    if Strikethrough in kinds:
        run.font.strike = True
