"""Guided conversations as files: found, read strictly, checked, described, begun anew."""
