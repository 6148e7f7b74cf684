"""The pages that coachlog hands over, one module each: model values in, a tree of blocks out."""
