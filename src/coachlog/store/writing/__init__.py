"""Every change to the journal, made through SQLModel in a transaction that the caller opens.

A function raises `NotFound` or `Refusal` before it changes anything; the caller's block then undoes
the whole transaction, so that `action done 1 2 3` does all of it or nothing.
"""
