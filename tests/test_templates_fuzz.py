"""Template files damaged in every way: each can be used, or is refused with a list of faults."""

from collections.abc import Callable
from io import StringIO
from random import Random

import pytest
from rich.console import Console

from coachlog.errors import FaultyTemplate
from coachlog.model.answers import PromptKind
from coachlog.model.templates import Template
from coachlog.screens.templates import render_template, render_template_checks
from coachlog.templates import advice, library, parsing

SHIPPED = [
    path.read_bytes() for path in sorted(library.find_builtin_folder().glob("*.toml"))
]
BIG = 64 * 1024
DEEP = ".".join("a" * (BIG // 2 - 64))
TOP = 'title = "T"\nsummary = "S"\naudience = "solo"\nminutes = 5\n'
STAGE = '[[stage]]\nid = "s"\ntitle = "S"\n'


# Damage: each takes the lines of a file and makes one thing of it wrong.

Lines = list[bytes]
VALUES = (
    *(
        b"1",
        b"-1",
        b"0",
        b"1e400",
        b"nan",
        b"-inf",
        b"true",
        b'""',
        b'"x"',
        b"[]",
        b"[[1]]",
    ),
    *(
        b"{}",
        b"{ a = 1 }",
        b"2026-11-27",
        b"09:30:00",
        b'["a", "b"]',
        b"[{}]",
        b"0x" + b"f" * 390,
    ),
    *(
        b'"$them $boss"',
        b'"\\u001b[31m"',
        b'"\\ud800"',
        b"'''",
        b'"""',
        b"\xff",
        b'"\\q"',
    ),
    *(f'"{kind}"'.encode() for kind in PromptKind),
    b'{ prompt = "will.sure", below = 7 }',
    b"{ prompt = [], is = {} }",
)


def delete(lines: Lines, random: Random) -> None:
    del lines[random.randrange(len(lines))]


def duplicate(lines: Lines, random: Random) -> None:
    lines.insert(random.randrange(len(lines)), random.choice(lines))


def repeat(lines: Lines, random: Random) -> None:
    start = random.randrange(len(lines))
    lines += lines[start : start + random.randrange(1, 12)] * random.randrange(1, 20)


def swap(lines: Lines, random: Random) -> None:
    one, two = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]


def swap_values(lines: Lines, random: Random) -> None:
    """Give two keys each other's value."""
    keys = [number for number, line in enumerate(lines) if b" = " in line]
    if len(keys) < 2:
        return
    one, two = random.sample(keys, 2)
    (name, value), (other, another) = (
        lines[one].split(b" = ", 1),
        lines[two].split(b" = ", 1),
    )
    lines[one], lines[two] = name + b" = " + another, other + b" = " + value


def other_value(lines: Lines, random: Random) -> None:
    number = random.randrange(len(lines))
    lines[number] = lines[number].split(b" = ")[0] + b" = " + random.choice(VALUES)


def random_bytes(lines: Lines, random: Random) -> None:
    lines.insert(
        random.randrange(len(lines)), random.randbytes(random.randrange(1, 60))
    )


def flip(lines: Lines, random: Random) -> None:
    """Change single bytes wherever they stand."""
    data = bytearray(b"\n".join(lines))
    for _ in range(random.randrange(1, 9)):
        if data:
            data[random.randrange(len(data))] = random.randrange(256)
    lines[:] = bytes(data).split(b"\n")


def nest(lines: Lines, random: Random) -> None:
    opened = random.choice((b"[", b"{a=", b"[\n", b"[[", b"{a=[", b"'''[", b"([{"))
    many = random.choice((3, 30, 33, 400, 2000))
    lines.insert(
        random.randrange(len(lines)), b"options = " + opened * many + b"]" * many
    )


def deep_key(lines: Lines, random: Random) -> None:
    key = random.choice((b".", b" . ", b".'b'.", b'."".')).join(
        [b"a"] * random.randrange(2, 4000)
    )
    line = random.choice(
        (b"%s = 1", b"[%s]", b"[[%s]]", b"when = { %s = 1 }", b"[[stage.%s]]")
    )
    lines.insert(random.randrange(len(lines)), line % key)


def unclosed(lines: Lines, random: Random) -> None:
    mark = random.choice(
        (b'"', b"'", b'"""', b"'''", b'"\\', b'"""\\', b"[", b"{", b"[[stage")
    )
    number = random.randrange(len(lines))
    place = random.randrange(len(lines[number]) + 1)
    lines[number] = lines[number][:place] + mark + lines[number][place:]


def huge_number(lines: Lines, random: Random) -> None:
    digits = b"9" * random.choice((1, 20, 390, 399, 400, 5000, 30_000))
    sign = random.choice((b"", b"-", b"0x", b"0b", b"1e", b"1.", b"1_"))
    key = random.choice(
        (b"minutes", b"low", b"high", b"title", b"when = { prompt = 'a.b', is")
    )
    lines.insert(random.randrange(len(lines)), key + b" = " + sign + digits)


def truncated(lines: Lines, random: Random) -> None:
    data = b"\n".join(lines)
    lines[:] = data[: random.randrange(len(data) + 1)].split(b"\n")


def long_text(lines: Lines, random: Random) -> None:
    piece = random.choice(
        (b"?", b"a", b"$them", b"$", b" and ", b"\\u0301", b"\xf0\x9f\x9a\xb6")
    )
    number = random.randrange(len(lines))
    lines[number] = lines[number].split(b" = ")[0] + b' = "' + piece * 900 + b'"'


def joined(lines: Lines, random: Random) -> None:
    """Let another template follow, from some line on."""
    other = random.choice(SHIPPED).split(b"\n")
    lines += other[random.randrange(len(other)) :]


def letter(lines: Lines, random: Random) -> None:
    """Write something else into a text, which most templates survive."""
    number = random.randrange(len(lines))
    place = lines[number].find(b'"') + 1
    written = random.choice(
        (b"$", b"$x", b"?", b"-", b"\\u202e", b"\xc2\x80", b" ", b"\xcc\x81")
    )
    if place:
        place = random.randrange(place, len(lines[number]) + 1)
        lines[number] = lines[number][:place] + written + lines[number][place:]


def block(lines: Lines, random: Random) -> None:
    """Move a stage or a prompt to another place, or take it out."""
    blocks = b"\n".join(lines).split(b"\n\n")
    moved = blocks.pop(random.randrange(len(blocks)))
    if random.random() < 0.5:
        blocks.insert(random.randrange(len(blocks) + 1), moved)
    lines[:] = b"\n\n".join(blocks).split(b"\n")


DAMAGE: tuple[Callable[[Lines, Random], None], ...] = (
    *(
        delete,
        duplicate,
        repeat,
        swap,
        swap_values,
        other_value,
        random_bytes,
        flip,
        nest,
    ),
    *(deep_key, unclosed, huge_number, truncated, long_text, joined),
    *(letter, letter, block, block),
)


def damaged(seed: int) -> bytes:
    """Return a shipped template with one to three things made wrong, the same for each seed."""
    random = Random(seed)
    lines = random.choice(SHIPPED).split(b"\n")
    for _ in range(random.randrange(1, 4)):
        random.choice(DAMAGE)(lines, random)
        lines = lines or [b""]
    return b"\n".join(lines)


def outcome(data: bytes) -> str:
    """Return how a file ends: used, or refused with faults."""
    try:
        found = parsing.parse_template(data, "damaged", name="damaged.toml")
    except FaultyTemplate as error:
        refused = error
    else:
        return used(found, data)
    assert refused.faults
    assert "\x1b" not in refused.message
    return "refused"


def used(found: Template, data: bytes) -> str:
    """Check, show and read again a template that can be used."""
    again = parsing.parse_template(found.text.encode(), "damaged", name="damaged.toml")
    assert again == found
    result = advice.check_template(data, "damaged", "damaged.toml", [found])
    page = Console(file=StringIO(), width=80)
    page.print(render_template(found), render_template_checks([result]))
    return "used"


def tried(seeds: range) -> dict[str, int]:
    """Return how many of these files ended how; an exception names the seed."""
    counted = {"used": 0, "refused": 0}
    for seed in seeds:
        try:
            counted[outcome(damaged(seed))] += 1
        except Exception as error:
            error.add_note(f"damaged({seed})")
            raise
    return counted


def test_400_damaged_files_are_used_or_refused() -> None:
    counted = tried(range(400))
    assert sum(counted.values()) == 400
    assert min(counted.values()) > 20  # both happen, so that both are tried


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("start", range(0, 20_000, 2_000))
def test_20_000_damaged_files_are_used_or_refused(start: int) -> None:
    assert sum(tried(range(start, start + 2_000)).values()) == 2_000


# What is small enough to be read, and meant to cost a careless reader seconds or its stack. The
# time limit stops a hang; each is to be refused in under 50 ms, which is measured by hand.
HOSTILE = {
    "deep-key": f"{DEEP} = 1",
    "deep-table": f"[{DEEP}]",
    "deep-array-of-tables": f"[[stage.{DEEP}]]",
    "deep-key-in-a-when": f"{TOP}{STAGE}[[stage.prompt]]\nwhen = {{ {DEEP} = 1 }}",
    "deep-key-in-quotes": ".".join(['"a"'] * (BIG // 4 - 8)) + " = 1",
    "deep-keys-of-8-parts": "\n".join(f"a.b.c.d.e.f.g.k{n} = 1" for n in range(2_500)),
    "brackets": "a = " + "[" * (BIG - 4),
    "brackets-over-lines": "a = " + "[\n" * (BIG // 2 - 4),
    "brackets-31-a-line": "a = " + ("[" * 31 + "\n") * (BIG // 32 - 1),
    "braces": "a = " + "{a=" * (BIG // 3 - 4),
    "tables-in-tables": "[[stage]]\n" + "[[stage.prompt.a]]\n" * 3_000,
    "array-of-empty-tables": TOP + "stage = [" + "{},\n" * 15_000 + "]",
    "prompts-that-are-empty": TOP + "[[stage]]\nprompt = [" + "{},\n" * 15_000 + "]",
    "unknown-keys": TOP + "".join(f"k{n} = 1\n" for n in range(6_000)),
    "unknown-keys-like-a-known-one": TOP
    + "".join(f"title{n} = 1\n" for n in range(4_000)),
    "unknown-keys-in-a-when": (
        f"{TOP}{STAGE}[[stage.prompt]]\nid = 'x'\nask = '?'\nkind = 'text'\n"
        f"when = {{ {', '.join(f'k{n} = 1' for n in range(6_000))} }}"
    ),
    "whens-that-point-nowhere": TOP
    + STAGE
    + "".join(
        f'[[stage.prompt]]\nid="p{n}"\nkind="text"\nwhen={{prompt="s.q{n}",is=1}}\n'
        for n in range(900)
    ),
    "options-that-come-from-nowhere": TOP
    + STAGE
    + "".join(
        f'[[stage.prompt]]\nid="p{n}"\nkind="choice"\noptions_from="s.q{n}"\n'
        for n in range(900)
    ),
    "long-key": TOP + "gz" * 30_000 + " = 1",
    "long-value": TOP.replace('"solo"', '"' + "solo" * 15_000 + '"'),
    "long-id": TOP + STAGE.replace('"s"', '"' + "a-" * 30_000 + '"'),
    "long-number": TOP.replace("= 5", "= 1" + "0" * 60_000),
    "long-hexadecimal-number": TOP.replace("= 5", "= 0x1" + "0" * 390),
    "escaped-quotes-without-an-end": 'a = "' + '\\"' * (BIG // 2 - 4),
    "open-texts-on-every-line": '"""\\"\n' * (BIG // 6),
    "signs-on-letters": TOP.replace('"solo"', '"a' + "\u0301" * 30_000 + '"'),
}


@pytest.mark.timeout(5)
@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_hostile_toml_is_refused_and_said_in_words(source: str) -> None:
    assert len(source.encode()) <= BIG
    found = advice.check_template(source.encode(), "hostile", "hostile.toml")
    assert found.faults != ()
    assert [fault for fault in found.faults if "\n" in fault or len(fault) > 400] == []


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "words",
    ["?", "? ", "n't ", "and ", ", and", "$", "$a", "w", "'", "–", "a\u0301", "what? "],
)
def test_a_very_long_question_is_checked_like_any_other(words: str) -> None:
    ask = words * (60_000 // len(words.encode()))
    prompt = f'[[stage.prompt]]\nid = "x"\nask = "{ask}"\nkind = "actions"\n'
    found = advice.check_template((TOP + STAGE + prompt).encode(), "long", "long.toml")
    assert (found.file, found.id) == ("long.toml", "long")
