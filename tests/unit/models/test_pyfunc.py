"""The face that MLflow sees scores a frame as the qualifier scores a table."""

from dataclasses import replace

import pandas as pd
import pytest

from features import DealTable
from features.fields import WrongFactError
from models.artifact import save_artifact
from models.logistic import Logistic
from models.pyfunc import QualifoxModel, _load_pyfunc
from models.qualifier import Qualifier
from models.registry import _signature


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


@pytest.fixture
def of_three(qualifier):
    """Return a model that knows of deals without a decision."""
    part: Logistic = qualifier.model.estimator.logistic_
    return QualifoxModel(Qualifier(qualifier.policy, replace(qualifier.model, no_decision=part)))


FRAME = pd.DataFrame({"fit": [1.0, None, -2.0]})


def test_every_road_has_the_columns_that_the_signature_names(model, of_three, qualifier):
    named = _signature(qualifier.policy.fields).outputs.input_types_dict()
    for one in (model, of_three, QualifoxModel(Qualifier(qualifier.policy))):
        found = one.predict(FRAME)
        assert list(found) == list(named)
        kinds = {name: "DataType.double" if found[name].dtype == float else "DataType.string"
                 for name in found}  # fmt: skip
        assert kinds == {name: str(kind) for name, kind in named.items()}


def test_three_probabilities_sum_to_one_or_two_are_missing(model, of_three):
    three = of_three.predict(FRAME)[["p_win", "p_lost", "p_no_decision"]]
    assert three.sum(axis=1).to_list() == pytest.approx([1, 1, 1], abs=1e-15)
    assert (three > 0).all(axis=None)
    assert model.predict(FRAME)[["p_lost", "p_no_decision"]].isna().all(axis=None)


def test_the_level_is_said_in_every_row_also_by_a_policy_alone(model, qualifier):
    assert set(model.predict(FRAME)["evidence_level"]) == {"enough"}
    alone = QualifoxModel(Qualifier(qualifier.policy)).predict(FRAME)
    assert set(alone["evidence_level"]) == {"none"}
    assert alone["p_win"].between(0.01, 0.99).all()
    bare = QualifoxModel(Qualifier(replace(qualifier.policy, criteria=()))).predict(FRAME)
    assert bare["p_win"].isna().all()
    assert set(bare["evidence_level"]) == {"none"}
