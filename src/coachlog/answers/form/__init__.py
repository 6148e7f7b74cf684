"""A conversation as one Markdown form: what an editor opens, and a person fills in.

Every question is a heading that ends with its key, `{#will.sure}`, so that headings can be moved
about. coachlog's own explanations are comments of one line each; everything else is the person's.
"""
