"""Values in columns of JSON."""

import json


def format_json_column(value: object) -> str:
    """Return a value as it is stored in a column of JSON."""
    return json.dumps(value, ensure_ascii=False)
