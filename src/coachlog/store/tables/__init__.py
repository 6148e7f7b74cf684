"""The tables of the journal: the one definition of its schema. Rows never leave the store."""
