"""A conversation from its first question to its last correction."""
