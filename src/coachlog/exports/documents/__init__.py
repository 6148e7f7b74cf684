"""The pages that are handed over, one module each: model values in, a tree of blocks out."""
