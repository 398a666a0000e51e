"""The pointer is read as it was written, refused when it is not one, and moved whole."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.errors import ArtifactError
from serving.champion.pointer import FORMAT, Pointer, Tried, move_pointer, read_pointer


def version(name):
    return Tried(folder=name, version=name * 4, policy="p", number=name)


ONE, TWO, THREE = map(version, "abc")


def test_what_is_written_is_read_and_nothing_is_none(tmp_path):
    place = tmp_path / "shop.json"
    assert read_pointer(place) is None
    pointer = Pointer(champion=ONE, before=TWO, challenger=THREE, held_back="x", moved_at="then")
    assert move_pointer(place, lambda _: pointer) == read_pointer(place) == pointer
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".json"] == ["shop.json"]


def test_a_swap_keeps_who_was_before_and_the_same_again_does_not_lose_it():
    swapped = Pointer(champion=ONE).with_champion(TWO, "")
    assert (swapped.champion, swapped.before) == (TWO, ONE)
    assert swapped.with_champion(replace(TWO, number="9"), "").before == ONE


def test_taking_back_swaps_the_two_and_holds_the_later_back():
    taken = Pointer(champion=TWO, before=ONE).rolled_back("")
    assert (taken.champion, taken.before, taken.held_back) == (ONE, TWO, TWO.version)
    with pytest.raises(ArtifactError, match="no version before"):
        Pointer(champion=ONE).rolled_back("")


@pytest.mark.parametrize("folder", ["../up", "/etc", "", ".", "..", "a/b"])
def test_a_folder_elsewhere_is_refused(tmp_path, folder):
    place = tmp_path / "shop.json"
    champion = {"folder": folder, "version": "v", "policy": "p", "number": "1"}
    place.write_text(json.dumps({"format": FORMAT, "champion": champion}), encoding="utf-8")
    with pytest.raises(ArtifactError, match="beside"):
        read_pointer(place)


@given(text=st.text() | st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda x: st.dictionaries(st.sampled_from(["format", "champion", "before", "folder"]), x), max_leaves=6).map(json.dumps))  # fmt: skip  # noqa: E501
def test_whatever_lies_there_is_a_pointer_or_refused(tmp_path_factory, text):
    place = tmp_path_factory.mktemp("pointers") / "p.json"
    place.write_text(text, encoding="utf-8")
    with pytest.raises(ArtifactError):
        read_pointer(place)


def test_movers_come_one_after_another_so_no_move_is_lost(tmp_path):
    place = tmp_path / "shop.json"
    move_pointer(place, lambda _: Pointer(champion=replace(ONE, number="0")))

    def one_more(pointer):
        number = str(int(pointer.champion.number) + 1)
        return replace(pointer, champion=replace(ONE, number=number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: move_pointer(place, one_more), range(40)))
    found = read_pointer(place)
    assert found is not None
    assert found.champion.number == "40"
