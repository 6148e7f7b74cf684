"""Walks a conversation question by question, and checks every answer.

A conversation is a pure sequence: `build_conversation_questions` says which question comes next,
given the answers so far. Going back, resuming a draft and reading an answers file are therefore one
mechanism: the same sequence, with other answers already in it.
"""
