"""The face that MLflow sees scores a frame as the qualifier scores a table."""

import pandas as pd
import pytest

from features import DealTable
from features.fields import WrongFactError
from models.artifact import save_artifact
from models.pyfunc import _load_pyfunc


@pytest.fixture
def model(qualifier, tmp_path):
    save_artifact(qualifier.model, qualifier.policy, tmp_path / "artifact")
    return _load_pyfunc(str(tmp_path / "artifact"))


def test_a_frame_gets_the_same_answers_row_by_row(model, qualifier, shop_deals):
    deals, _ = shop_deals
    names = list(qualifier.policy.fields)
    frame = pd.DataFrame([{name: deal.facts.get(name) for name in names} for deal in deals])
    found = model.predict(frame)
    verdicts = qualifier.judge(DealTable.of(deals, qualifier.policy.fields))
    assert (found["p_win"].to_numpy() == verdicts.p_win).all()
    assert list(found["recommendation"]) == [str(name) for name in verdicts.recommendations]


def test_a_missing_column_is_unknown_and_a_wrong_value_is_refused(model):
    few = pd.DataFrame({"fit": [1.0, None]}, index=[7, 9])
    assert list(model.predict(few).index) == [7, 9]
    with pytest.raises(WrongFactError):
        model.predict(pd.DataFrame({"fit": [1e300]}))


def test_words_that_mean_unknown_are_unknown_here_too(model):
    found = model.predict(
        pd.DataFrame({"sector": ["", "a"], "budget": [None, True]}, dtype=object)
    )
    assert found["p_win"].notna().all()
