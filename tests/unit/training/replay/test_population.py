"""Which deals a replay speaks of."""


def test_the_population_is_told_apart(found):
    told = found.population
    assert (told.on_file, told.pursued, told.declined, told.open, told.unrecorded) == (
        12, 8, 2, 1, 1,
    )  # fmt: skip
    assert (told.won, told.lost, told.no_decision) == (4, 3, 1)
    assert told.accounts == 5  # A, B, C, and two deals without one
    assert (told.first_day, told.last_day) == ("2025-01-01", "2025-01-08")
