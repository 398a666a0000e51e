"""Each contribution in words: points, probability and money, as far as they are counted."""

import pytest

from models.contributions import Contribution
from models.scorecard import CriterionState, CriterionVerdict
from reports.contribution_words import contribution_in_words


def told(policy, language, state=CriterionState.NOT_MET, **figures):
    criterion = policy.criteria[0]
    one = Contribution(about=criterion.id, kind="criterion", fields=("authority",), **figures)
    points = figures.get("points", 0.0)
    low, high = (0.0, 20.0) if state is CriterionState.TO_COMPLETE else (points, points)
    verdict = CriterionVerdict(criterion, state, points, low, high, ("authority",))
    text = contribution_in_words(one, verdict, policy, language)
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("state", "figures", "english", "french"),
    [
        (CriterionState.MET, {"points": 20.0, "points_lost": 0.0},
         "We talk to the decision maker: +20 points, the best it can bring",
         "Nous parlons au décideur : +20 points, le mieux possible"),
        (CriterionState.NOT_MET, {"points": 0.0, "points_lost": -20.0, "share": -0.083},
         "We talk to the decision maker: 0 points, 20 less than at best; −8.3 pp of probability",
         ("Nous parlons au décideur : 0 point, 20 de moins qu'au mieux ; "
         "−8,3 pts de probabilité")),
        (CriterionState.TO_COMPLETE,
         {"points": 0.0, "points_lost": -20.0, "share": 0.01, "money": 200.0},
         ("We talk to the decision maker: to complete (Authority of our contact), between 0 and "
         "20 points; +1.0 pp of probability; +200"),
         ("Nous parlons au décideur : à compléter (Pouvoir de décision), entre 0 et 20 points ; "
         "+1,0 pts de probabilité ; +200")),
    ],
)  # fmt: skip
def test_it_says_points_probability_and_money(policy, state, figures, english, french):
    assert told(policy, "en", state, **figures) == english
    assert told(policy, "fr", state, **figures) == french
