"""Word files: a page to go on writing in, with headings, tables and lists as Word has them.

python-docx writes them. It is an extra, `coachlog[docx]`, since few need it and it brings lxml.
"""

from importlib.util import find_spec

from coachlog.errors import StorageFailure
from coachlog.exports.blocks import Document

SUFFIXES = (".docx",)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUMMARY = "a document to go on writing in, with Word or LibreOffice"


def find_missing_library() -> str:
    """Return the name of the library, if it is not installed; '' if it is."""
    return "" if find_spec("docx") else "python-docx"


def write(document: Document) -> bytes:
    """Return the file as bytes: a zip archive of XML.

    Raises `StorageFailure` where the library is installed but does not load.
    """
    try:
        from coachlog.exports.word_pages import format_word_page
    except ImportError as error:
        raise StorageFailure(
            f"python-docx, which writes Word files, does not load ({error}). "
            "Nothing was written.",
            "To install it anew: pip install --force-reinstall python-docx lxml. "
            "Or choose another format: --format html",
        ) from error

    return format_word_page(document)
