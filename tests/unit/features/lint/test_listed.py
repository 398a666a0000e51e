"""Names in a row."""

from features.lint.listed import MOST_NAMES, listed


def test_many_names_are_counted_and_few_are_not():
    names = [f"n{place}" for place in range(MOST_NAMES)]
    assert listed(names).en == ", ".join(names) == listed(names).fr
    assert listed([*names, "x"]).en.endswith("n5 and 1 more")
    assert listed([*names, "x"]).fr.endswith("n5 et 1 de plus")
