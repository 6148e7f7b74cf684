"""Every change of the journal, through SQLModel, each inside one transaction that the caller opens.

A function raises `NotFound` or `Refused` before it changes anything; the caller's block then undoes
the transaction as a whole, so `action done 1 2 3` does all or nothing.
"""
