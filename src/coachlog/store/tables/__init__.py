"""The tables of the journal, which define its schema. Rows never leave the store."""
