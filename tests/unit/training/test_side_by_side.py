"""Side by side, and as if one after the other."""

import pytest

from training.side_by_side import side_by_side


def test_results_come_in_order_and_the_first_error_is_raised():
    assert list(side_by_side(lambda n: 10 // n, range(1, 50))) == [10 // n for n in range(1, 50)]
    with pytest.raises(ZeroDivisionError):
        list(side_by_side(lambda n: 1 // n, [1, 0, 2]))
