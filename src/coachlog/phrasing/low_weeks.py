"""The kind word after three low weeks."""

_LOW_WEEKS = "Three low weeks in a row. Please do not carry that alone"


def describe_low_weeks(help: str | None) -> str:
    """Return a kind word after three low weeks; `help` is whom the owner's settings name, if any.

    Otherwise it names no telephone number: nobody knows which is theirs.
    """
    if help is None:
        return f"{_LOW_WEEKS}: talk to somebody you trust, or to your GP."
    return f"{_LOW_WEEKS}: talk to somebody you trust, or {help}."
