"""What a training found, in a few lines."""

from reports.training_words import training_lines


def test_the_lines_say_the_verdict_in_the_readers_language(make_review):
    review = make_review()
    promoted = "\n".join(training_lines(review, promoted=True, language="en"))
    refused = "\n".join(training_lines(review, promoted=False, language="fr"))
    assert "promoted:" in promoted
    assert "not promoted" not in promoted
    assert "non promu" in refused
    assert "taux de base" in refused
