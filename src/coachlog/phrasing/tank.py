"""What is said of the owner's own tank in words."""

_LOW_WEEKS = "Three low weeks in a row. Please do not carry that alone"


def describe_low_weeks(help: str | None) -> str:
    """Return a kind word after three low weeks; `help` is whom the owner's settings name, if any.

    Without it there is no number in it, as nobody knows which one is theirs.
    """
    if help is None:
        return f"{_LOW_WEEKS}: talk to somebody you trust, or to your GP."
    return f"{_LOW_WEEKS}: talk to somebody you trust, or {help}."
