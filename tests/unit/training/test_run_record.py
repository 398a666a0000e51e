"""What a run records: the same keys whatever was learned, so that runs can be compared."""

from datetime import date

import pytest

from models import recipe
from training.run_record import DATA_FILE, DATA_PAGE, NONE, data_pages, run_parameters
from training.train import learn, read_teaching

DAY = date(2026, 1, 5)


def deals(n):
    """Return rows of deals, a third of them won, the small ones more often."""
    lines = []
    for i in range(n):
        won = "Won" if i % 3 == 0 else "Lost"
        amount = (i * 7 % 50) + (10 if won == "Lost" else 0)
        source = "Web" if i % 2 else "Fair"
        lines.append(f"{i},{won},,,,{amount},yes,Private,{source},\n")
    return "".join(lines)


@pytest.fixture
def taught(shop, write, header):
    def teach(n, **more):
        file = write(header + deals(n))
        teaching = read_teaching(shop, file, as_of=DAY, n_splits=2, **more)
        model, review = learn(shop, teaching.deals, seed=0, n_splits=2, effort=teaching.effort)
        return teaching, model, review

    return teach


def test_the_keys_are_the_same_with_trees_and_without(taught, monkeypatch):
    many = run_parameters(*taught(120, effort="quick"))
    monkeypatch.setattr(recipe, "FEWEST_FOR_TREES", 1_000)
    few = run_parameters(*taught(45))
    assert list(many) == list(few)
    assert (many["effort"], few["effort"]) == ("quick", "normal")
    assert few["trees_rounds"] == few["trees_num_leaves"] == NONE
    assert isinstance(many["trees_rounds"], int)
    assert few["half_life_months"] == NONE
    assert many["as_of"] == DAY.isoformat()
    assert few["stack_trees"] == 0


def test_conflicts_are_named(taught):
    teaching, model, review = taught(60)
    (one,) = [
        type(review).model_validate(
            review.to_data() | {"conflicts": [{
                "id": "source", "kind": "field", "label": {"en": "S", "fr": "S"}, "level": "Web",
                "given_up": True, "standard_errors": 2.0,
            }]}
        )
    ]  # fmt: skip
    found = run_parameters(teaching, model, one)
    assert found["directions_given_up"] == "source=Web"
    assert found["directions_kept"] == NONE


def test_the_report_on_the_source_comes_as_a_page_and_its_twin(taught):
    teaching, _, _ = taught(60)
    pages = data_pages(teaching)
    assert set(pages) == {DATA_PAGE, DATA_FILE}
    assert pages[DATA_PAGE].count("<html") == 1
    assert f'"won": {teaching.deals.n_won}' in pages[DATA_FILE]
