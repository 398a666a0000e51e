"""What a training found, in a few lines."""

from reports.training_words import training_lines


def test_the_lines_say_what_was_found_in_the_readers_language(make_review):
    review = make_review()
    english = "\n".join(training_lines(review, language="en"))
    french = "\n".join(training_lines(review, language="fr"))
    assert "base rate" in english
    assert "taux de base" in french
