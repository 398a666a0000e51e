"""What each contribution is called, whatever it is of."""

import pytest

from reports.contribution_words import contribution_label


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", ("We talk to the decision maker", "Authority of our contact")),
        ("fr", ("Nous parlons au décideur", "Pouvoir de décision")),
    ],
)
def test_criteria_and_fields_go_by_their_labels_and_knockouts_by_their_reasons(
    policy, language, labels
):
    criterion, knockout = policy.criteria[0], policy.knockouts[0]
    called = (
        contribution_label(policy, "criterion", criterion.id, language),
        contribution_label(policy, "field", "authority", language),
    )
    assert called == labels
    reason = contribution_label(policy, "knockout", knockout.id, language)
    assert reason == knockout.reason.in_(language)
