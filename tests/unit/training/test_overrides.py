"""The book is only ever added to, survives two writers at once, and tells of damaged lines."""

import multiprocessing
from dataclasses import replace

import pytest

from features.override import override_of
from tests.unit.features.test_override import WRITTEN
from training.overrides import BOOK, append_override, read_book

ONE = override_of(WRITTEN)
EACH = 40


def write_many(home, name):
    for number in range(EACH):
        append_override(home, replace(ONE, deal=f"{name}-{number}", why="né " * 200))


def test_what_was_written_reads_back_in_order(tmp_path):
    assert read_book(tmp_path).overrides == ()
    others = [replace(ONE, deal=deal, why=why) for deal, why in
              [("É", "a\nb\u2028c"), ("D-1", "two"), ("É", "another word")]]  # fmt: skip
    for one in others:
        append_override(tmp_path / "home", one)
    book = read_book(tmp_path / "home")
    assert book.overrides == tuple(others)
    assert book.damaged == ()
    assert book.latest()["É"].why == "another word"


def test_nothing_written_is_ever_changed(tmp_path):
    before = b""
    for number in range(5):
        place = append_override(tmp_path, replace(ONE, deal=str(number)))
        assert place.read_bytes().startswith(before)
        before = place.read_bytes()


def test_two_writers_at_once_lose_nothing(tmp_path):
    tmp_path.joinpath("home").mkdir()
    spawned = multiprocessing.get_context("fork")
    writers = [spawned.Process(target=write_many, args=(tmp_path / "home", name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    book = read_book(tmp_path / "home")
    assert not book.damaged
    assert len(book.latest()) == len(book.overrides) == 2 * EACH
    for name in "ab":  # each writer's own lines are in its order
        own = [one.deal for one in book.overrides if one.deal.startswith(name)]
        assert own == [f"{name}-{number}" for number in range(EACH)]


@pytest.mark.parametrize("torn", [b'{"deal": "D-9", "by', b"\xff\xfe", b'{"deal": "D-9"}'])
def test_what_a_crash_left_is_told_and_harms_no_other_line(tmp_path, torn):
    append_override(tmp_path, ONE)
    with (tmp_path / BOOK).open("ab") as file:
        file.write(torn)
    append_override(tmp_path, replace(ONE, deal="D-2"))
    book = read_book(tmp_path)
    assert [one.deal for one in book.overrides] == ["D-1", "D-2"]
    assert book.damaged == (f"{BOOK}:2",)
