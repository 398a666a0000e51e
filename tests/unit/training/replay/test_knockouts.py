"""What each knockout does, and each set of them."""

import numpy as np

from training.replay.knockouts import numbered_sets


def test_a_knockout_is_told_by_what_it_does_alone_and_given_the_others(found):
    insolvent, tender, very_large = found.policy.knockouts
    assert [one.fires.deals for one in found.policy.knockouts] == [2, 2, 1]
    assert [one.unknown.deals for one in found.policy.knockouts] == [1, 0, 1]
    assert (insolvent.alone.deals, insolvent.alone.won, insolvent.alone.value) == (1, 1, 40)
    assert (tender.alone.deals, tender.alone.won, very_large.alone.deals) == (1, 1, 0)
    assert insolvent.value_back.value == 40
    assert [(m.before, m.after, m.deals.deals) for m in insolvent.dropped] == [
        ("find_out", "go", 1), ("no_go", "go", 1),
    ]  # fmt: skip
    assert [(m.before, m.after, m.deals.deals) for m in very_large.dropped] == [
        ("conditional_go", "go", 1), ("find_out", "go", 1),
    ]  # fmt: skip


def test_knockouts_that_fire_together_are_a_set_of_their_own(found):
    told = {both.knockouts: both for both in found.policy.combinations}
    assert {names: both.fires.deals for names, both in told.items()} == {
        ("insolvent",): 1, ("tender",): 1, ("insolvent", "tender"): 1, ("very_large",): 1,
    }  # fmt: skip
    both = told["insolvent", "tender"]
    assert (both.alone.deals, both.alone.lost) == (1, 1)
    assert found.policy.other_combinations is None


def test_sets_are_told_apart_however_many_knockouts_there_are():
    masks = np.random.default_rng(0).random((80, 300)) < 0.02
    number, first = numbered_sets(masks)
    told: dict[bytes, set[int]] = {}
    for place, mask in enumerate(masks.T):
        told.setdefault(mask.tobytes(), set()).add(int(number[place]))
    assert all(len(numbers) == 1 for numbers in told.values())
    assert len(told) == len(first) == number.max() + 1
    assert number[first].tolist() == list(range(len(first)))
