"""Why words that look like a date are not one."""


class DateFault(Exception):
    """Words were understood, but are not a date; `reason` says why, in one clause or question.

    Never leaves this package: `parsing` turns it into an error that quotes the words.
    """

    def __init__(self, reason: str, verdict: str = "is not a date") -> None:
        super().__init__(reason)
        self.reason = reason
        self.verdict = verdict
