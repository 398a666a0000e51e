"""What was fitted says the same once it is restored without scikit-learn around it."""

import numpy as np

from models.fitted import FittedWinProbability
from models.forest import Forest
from models.win_probability import WinProbability


def test_what_is_restored_says_what_was_fitted():
    random = np.random.default_rng(3)
    X = random.normal(size=(300, 3))
    y = (X[:, 0] + random.normal(size=300) > 0).astype(int)
    fitted = WinProbability(directions=(1, 0, 0)).fit(X, y)
    restored = FittedWinProbability.restored(
        logistic=fitted.logistic_,
        forest=Forest(fitted.forest_.text),
        stack=fitted.stack_,
        evidence=fitted.evidence_,
        background=fitted.background_,
        contradicted=fitted.contradicted_,
        conflicts=fitted.conflicts_,
        stability=fitted.stability_,
    )
    assert restored.log_odds(X).tobytes() == fitted.log_odds(X).tobytes()
    for ours, theirs in zip(restored.contributions(X), fitted.contributions(X), strict=True):
        assert ours.tobytes() == theirs.tobytes()
    assert (restored.moved(0.5).log_odds(X) == fitted.moved(0.5).log_odds(X)).all()
    assert not isinstance(restored, WinProbability)
