"""Policies that hands, editors and attackers have spoilt: told within a second in clear words.

``make laws`` tries ten thousand of them; every other run a few hundred.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TypeAlias

import pytest

from features import Policy, PolicyError, Problem, load_policy, parse_policy

ROOT = Path(__file__).parents[2]
FILES = (*sorted(ROOT.glob("examples/*/policy.yaml")),
         ROOT / "tests" / "unit" / "features" / "policy" / "every_setting.yaml")  # fmt: skip
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
N_SPOILT = 10_000 if THOROUGH else 300
MOST_SECONDS = 1.0 if sys.gettrace() is None else 5.0
"""The bar, of processor time: the clock on the wall also counts what else the machine does. To
measure coverage makes the work several times longer, and then only what hangs is found;
`make laws` measures without."""

Spoil: TypeAlias = Callable[[bytes, Random], bytes]

TOKENS = (
    b"\x00", b"\t", b"\r", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\x1b[31m",
    b"&a ", b"*a", b"!!python/object/apply:os.system ['true']", b"!!binary ", b"<<: *a\n",
    b"? ", b"- ", b": ", b"{", b"}", b"[", b"]", b"'", b'"', b"|\n", b">\n", b"#", b"\n---\n",
    b"...\n", b"%YAML 9.9\n", b"null", b"~", b"true", b"No", b"1e400", b".nan", b"-0",
    b"9" * 5000, b"0x10", b"\\U0001F600", b"\\uD800", "é".encode(), b"", b"{field: amount}",
    b"{en: a, fr: b}", b"any: [{}]", b"extends: policy.yaml\n", b"2026-02-30", b"[[[[", b"=",
)  # fmt: skip
BOMB = b"".join(
    b"l%d: &l%d [%s]\n" % (n, n, b",".join([b"*l%d" % (n - 1)] * 10)) for n in range(1, 10)
)


def _place(content: bytes, random: Random) -> int:
    return random.randrange(len(content) + 1)


def insert(content: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + random.choice(TOKENS) + content[at:]


def cut(content: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + content[at + random.choice([1, 2, 5, 20, 100, 10**6]) :]


def repeat(content: bytes, random: Random) -> bytes:
    at, length = _place(content, random), random.choice([1, 10, 100, 1000])
    part = content[at : at + length]
    return content[:at] + part * random.choice([2, 3, 10, 100, 400]) + content[at:]


def replace_word(content: bytes, random: Random) -> bytes:
    words = content.split(b" ")
    words[random.randrange(len(words))] = random.choice([*TOKENS, random.choice(words)])
    return b" ".join(words)


def swap_lines(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def repeat_line(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    at = random.randrange(len(lines))
    return b"\n".join(lines[:at] + [lines[at]] * random.choice([2, 2, 50]) + lines[at:])


def indent(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    at = random.randrange(len(lines))
    lines[at] = random.choice([b"\t", b" ", b"  ", b"      "]) + lines[at].lstrip(b" ")
    return b"\n".join(lines)


def recode(content: bytes, random: Random) -> bytes:
    text = content.decode("utf-8", "replace")
    coding = random.choice(
        ["latin-1", "cp1252", "utf-16", "utf-16-le", "utf-32", "utf-7", "cp037"]
    )
    return text.encode(coding, "replace")


def flip(content: bytes, random: Random) -> bytes:
    at = random.randrange(max(len(content), 1))
    return content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]


def bomb(content: bytes, random: Random) -> bytes:
    return random.choice([
        content + b"l0: &l0 [lol]\n" + BOMB,
        content + b"x: " + b"[" * random.choice([50, 300, 50_000]),
        content + b"x: " + b"{a: " * 30_000,
        content + b"- " * 50_000,
        content + b"a: 1\n" * 90_000,
        content + b"".join(b"x%d: 1\n" % n for n in range(40_000)),
        content * (10_000_000 // (len(content) + 1)),
        content + b"x: " + b"y" * 450_000,
        content + b"'" + b"a\n" * 100_000,
    ])  # fmt: skip


SPOILS: tuple[Spoil, ...] = (
    insert, insert, cut, repeat, replace_word, replace_word, swap_lines, repeat_line, indent, flip,
)  # fmt: skip
RARE: tuple[Spoil, ...] = (recode, bomb)


def spoilt(content: bytes, random: Random) -> bytes:
    for _ in range(random.choice([1, 1, 2, 3, 8])):
        spoil = random.choice(RARE if random.random() < 0.02 else SPOILS)
        content = spoil(content, random)[:11_000_000]
    return content


def check_told(read: Callable[[], Policy]) -> tuple[Problem, ...]:
    """Check that reading ends within a second, with a policy or with problems in clear words."""
    start = time.process_time()
    try:
        policy = read()
        problems: tuple[Problem, ...] = ()
        assert policy.fingerprint
    except PolicyError as error:
        problems = error.problems
        assert problems
    assert time.process_time() - start < MOST_SECONDS
    for problem in problems:
        assert problem.what.isprintable()
        assert len(problem.what) < 400
        assert problem.where
        assert problem.hint
        str(problem).encode()
    return problems


def test_a_spoilt_policy_is_read_or_told_in_clear_words_within_a_second():
    random = Random(20260105)
    contents = [file.read_bytes() for file in FILES]
    assert len(contents) >= 4
    refused = 0
    for _ in range(N_SPOILT):
        content = spoilt(random.choice(contents), random)
        refused += bool(check_told(lambda content=content: parse_policy(content)))  # type: ignore[misc]
    assert refused > N_SPOILT / 2


def test_spoilt_files_that_extend_each_other_are_told_too(tmp_path):
    random = Random(7)
    base, own = tmp_path / "base.yaml", tmp_path / "own.yaml"
    text = FILES[-1].read_bytes()
    additions = [
        b"extends: base.yaml\n" + text[: random.randrange(100, 400)],
        b"extends: base.yaml\npolicy: own\nknockouts: [{id: too_late, when: {insolvent: true}}]\n",
        b"extends: base.yaml\npolicy: own\ndecision: {go_at: {p_win: 0.9}}\nfields: {}\n",
        b"extends: own.yaml\npolicy: own\n",
        b"extends: base.yaml\ncriteria: null\nfields: []\n",
    ]
    for _ in range(N_SPOILT // 5):
        base.write_bytes(spoilt(text, random) if random.random() < 0.5 else text)
        own.write_bytes(spoilt(random.choice(additions), random))
        check_told(lambda: load_policy(own))


@pytest.mark.parametrize(
    "name",
    ["nowhere.yaml", ".", "..", "/dev/zero", "a" * 5000, '"a\\0b"', "own.yaml", "base.yaml/x",
     "{a: b}", "[a]", "''", "42", "loop.yaml", "binary.yaml", "https://example.org/policy.yaml"],
)  # fmt: skip
def test_a_file_that_cannot_be_extended_is_told_at_the_line_that_names_it(tmp_path, name):
    own = tmp_path / "own.yaml"
    own.write_text(f"policy: own\nextends: {name}\n", encoding="utf-8")
    (tmp_path / "base.yaml").write_bytes(FILES[-1].read_bytes())
    (tmp_path / "binary.yaml").write_bytes(bytes(range(256)))
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    problems = check_told(lambda: load_policy(own))
    wheres = [problem.where for problem in problems]
    assert f"{own}:2" in wheres or wheres[0].startswith(f"{tmp_path / 'binary.yaml'}:")


def test_files_that_extend_each_other_without_end_are_told(tmp_path):
    for here, there in (("a", "b"), ("b", "c"), ("c", "a")):
        (tmp_path / f"{here}.yaml").write_text(f"extends: {there}.yaml\n", encoding="utf-8")
    problems = check_told(lambda: load_policy(tmp_path / "a.yaml"))
    assert any("extends it in turn" in problem.what for problem in problems)
    for n in range(9):
        (tmp_path / f"{n}.yaml").write_text(f"extends: {n + 1}.yaml\n", encoding="utf-8")
    problems = check_told(lambda: load_policy(tmp_path / "0.yaml"))
    assert any("one too many" in problem.what for problem in problems)


@pytest.mark.parametrize(
    "place", ["/dev/zero", "/dev/null", "missing.yaml", ".", "a\0b", "x" * 5000]
)
def test_what_is_no_file_of_text_is_told(tmp_path, place):
    check_told(lambda: load_policy(tmp_path / place))
