import pytest

from training.policy_draft.scales import in_order


@pytest.mark.parametrize(
    ("answers", "ordered"),
    [
        (["High", "Low", "Mid"], ("Low", "Mid", "High")),
        (["élevé", "moyen", "faible"], ("faible", "moyen", "élevé")),
        (["Big", "Small"], ("Small", "Big")),
        (["01.High", "02.Medium", "03.Low"], ("03.Low", "02.Medium", "01.High")),
        (["Very important", "Unimportant", "Average important"],
         ("Unimportant", "Average important", "Very important")),
        (["Low", "low"], None),  # two writings of one word have no order
        (["Low", "High", "Unknown"], None),
        (["A", "B", "C"], None),  # nobody knows which end is the good one
        (["Mid"], None),
        (["Yes", "No"], None),
    ],
)  # fmt: skip
def test_only_words_of_one_scale_are_put_in_order(answers, ordered):
    assert in_order(answers) == ordered
