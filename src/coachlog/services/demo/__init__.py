"""The believable year of `coachlog demo`: the story in `year/*.toml`, and what writes it."""
