"""Values in columns of JSON."""


def format_json_column(value: object) -> str:
    """Return a value as it is stored in a column of JSON: as `json.dumps` writes it, not in ASCII.

    Raises `TypeError` for what JSON has no form for.
    """
    if value is None:
        return "null"
    if isinstance(value, str) and _needs_no_escape(value):
        return f'"{value}"'
    if type(value) is int:
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(format_json_column, value))}]"
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        fields = [
            f"{format_json_column(key)}: {format_json_column(item)}"
            for key, item in value.items()
        ]
        return f"{{{', '.join(fields)}}}"
    # To load it takes a thirtieth of a small change, and what is above is nearly all there is.
    import json

    return json.dumps(value, ensure_ascii=False)


def _needs_no_escape(value: str) -> bool:
    """Return whether a text needs no escape in JSON."""
    return value.isprintable() and '"' not in value and "\\" not in value
