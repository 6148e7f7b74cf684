"""The pages that are handed over, one module each."""
