"""What a file of deals looks like, as the policy says it."""

import pytest
from pydantic import ValidationError

from features.policy.deals_file import DealsFile, OutcomeColumn, OutcomeFlags, StageEntry

COLUMN = {"column": "Status", "won": ["Won"], "lost": ["Lost"]}
FLAGS = {"closed": "IsClosed", "won": "IsWon", "reason": "Reason", "no_decision": ["Stalled"]}


def test_an_outcome_is_a_column_of_words_or_two_flags():
    assert isinstance(DealsFile.model_validate({"outcome": COLUMN}).outcome, OutcomeColumn)
    assert isinstance(DealsFile.model_validate({"outcome": FLAGS}).outcome, OutcomeFlags)


def test_either_an_outcome_or_a_preset_says_how_deals_end():
    assert DealsFile.model_validate({"preset": "salesforce"}).outcome is None
    with pytest.raises(ValidationError, match="nothing says how deals end"):
        DealsFile.model_validate({})


def test_a_missing_outcome_is_told_beside_the_other_mistakes():
    with pytest.raises(ValidationError) as refused:
        DealsFile.model_validate({"numbers": "comma", "ids": "Deal"})
    assert refused.value.error_count() == 3


@pytest.mark.parametrize("as_of", ["creation", "qualification", {"stage": "Offer"}])
def test_a_history_is_used_as_of_an_event(as_of):
    file = DealsFile.model_validate(
        {"preset": "salesforce", "history": {"file": "history.csv", "as_of": as_of}}
    )
    assert file.history is not None
    expected = StageEntry(stage="Offer") if isinstance(as_of, dict) else as_of
    assert file.history.as_of == expected


def test_a_track_record_names_fields():
    file = DealsFile.model_validate({"preset": "x", "track_record": ["customer", "source"]})
    assert file.track_record == ("customer", "source")
