"""Patterns that are compiled when they are used."""

import re

import pytest

from coachlog.patterns import compile_later


def test_it_is_a_pattern() -> None:
    pattern = compile_later(r"(?P<first>a)(b*)", re.IGNORECASE)
    match = pattern.match("ABBc")
    assert match is not None
    assert (match["first"], match.end()) == ("A", 3)
    assert pattern.sub("-", "ab ABB c") == "- - c"
    assert [found.start() for found in pattern.finditer("ab ab")] == [0, 3]
    assert pattern.fullmatch("abc") is None
    assert pattern.pattern == r"(?P<first>a)(b*)"


def test_it_is_compiled_once_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile = re.compile

    def note(pattern: str, flags: int = 0) -> "re.Pattern[str]":
        compiled.append(pattern)
        return compile(pattern, flags)

    monkeypatch.setattr(re, "compile", note)
    pattern = compile_later("a+")
    assert compiled == []
    assert [pattern.match("aa") is None for _ in range(3)] == [False] * 3
    assert compiled == ["a+"]
