"""A screen saved as a picture. Rich draws it; it loads no font or script from anywhere."""

from io import StringIO

from rich.console import Console, RenderableType

PICTURE_KINDS = ("svg", "html")
PICTURE_WIDTH = 100
_MONO = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', 'Courier New', monospace"

# Rich's own formats load a font from a server; these name fonts that the reader already has.
_SVG = (
    '<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">\n<style>\n'
    f".{{unique_id}}-matrix {{{{ font-family: {_MONO}; font-size: {{char_height}}px; "
    "line-height: {line_height}px }}\n"
    ".{unique_id}-title {{ font: bold 18px sans-serif }}\n"
    "{styles}\n</style>\n<defs>\n"
    '<clipPath id="{unique_id}-clip-terminal">'
    '<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>\n'
    "{lines}\n</defs>\n{chrome}\n"
    '<g transform="translate({terminal_x}, {terminal_y})" '
    'clip-path="url(#{unique_id}-clip-terminal)">\n{backgrounds}\n'
    '<g class="{unique_id}-matrix">\n{matrix}\n</g>\n</g>\n</svg>\n'
)
_HTML = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="UTF-8">\n'
    "<title>TITLE</title>\n<style>\n{stylesheet}\n"
    "body {{ color: {foreground}; background-color: {background} }}\n"
    f"pre {{{{ font-family: {_MONO} }}}}\n"
    "</style>\n</head>\n<body>\n<pre>{code}</pre>\n</body>\n</html>\n"
)


def draw_picture(page: RenderableType, kind: str, title: str) -> str:
    """Return the page as SVG or HTML, dark on white, `PICTURE_WIDTH` characters wide.

    `kind` is one of `PICTURE_KINDS`.
    """
    from html import escape

    from rich.terminal_theme import DEFAULT_TERMINAL_THEME

    console = Console(
        file=StringIO(),
        record=True,
        width=PICTURE_WIDTH,
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(page)
    if kind == "svg":
        return console.export_svg(
            title=title, theme=DEFAULT_TERMINAL_THEME, code_format=_SVG
        )
    # Rich fills in the template with str.format, so braces in a title must be doubled.
    html_title = escape(title).replace("{", "{{").replace("}", "}}")
    return console.export_html(
        theme=DEFAULT_TERMINAL_THEME, code_format=_HTML.replace("TITLE", html_title)
    )
