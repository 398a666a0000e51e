"""The sentences of a replay hold its numbers, and claim nothing where nothing is known."""

from features.texts import LANGUAGES
from reports.replay.parts import Figure
from reports.replay.sentences import (
    basis_sentences,
    headline,
    more_sentences,
    population_sentence,
    share_of,
    source_sentences,
)
from tests.unit.reports.replay_reports import next_to_nothing, policy, replay, side

NBSP = "\N{NO-BREAK SPACE}"


def flat(text):
    return text.replace(NBSP, " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_the_sentence_a_director_checks():
    told = headline(replay())
    assert flat(told.en) == (
        "This policy would have stopped 61 of 140 pursuits (44%, 90% interval 40–48%), saved "
        "2,312 hours (2,081 to 2,543) and lost 2 won deals, which had left €48,000."
    )
    assert flat(told.fr) == (
        "Cette politique aurait arrêté 61 des 140 affaires poursuivies (44 %, intervalle à 90 % "
        "40–48 %), épargné 2 312 heures (2 081 à 2 543) et perdu 2 affaires gagnées, qui avaient "
        "laissé 48 000 €."
    )


def test_what_is_asked_about_is_no_claim_either_way():
    more = [flat(one.en) for one in more_sentences(replay())]
    assert "About 20 deals it would have asked first; won among these: 6." in more[0]
    assert "between €738,000 and €855,000" in more[2]
    none = policy(find_out=side(0, 0))
    assert not any("asked first" in one.en for one in more_sentences(replay(policy=none)))


def test_nothing_is_said_of_hours_and_money_that_nobody_knows():
    quiet = next_to_nothing()
    assert "none of 12" in flat(headline(quiet).en)
    told = " ".join(one.en for one in (*more_sentences(quiet), *basis_sentences(quiet)))
    assert "counts no money" in told
    assert "Neither the file nor the policy" in told
    assert "left" not in told
    assert "Jan" not in population_sentence(quiet).en


def test_a_share_without_an_interval_has_none():
    assert share_of(None, "en") == "–"
    assert share_of(Figure(value=0.25), "fr") == f"25{NBSP}%"


def test_where_probabilities_come_from_is_always_said():
    found = replay().probability
    for method, word in (("rolling_origin", "At each of 6 days"), ("cross_fit", "no days"),
                         ("none", "too little to learn")):  # fmt: skip
        told = source_sentences(found.model_copy(update={"method": method}))
        assert word in told[0].en
        assert all(one.in_(language) for one in told for language in LANGUAGES)
    assert len(source_sentences(found)) == 2
    assert len(source_sentences(found.model_copy(update={"without": 0}))) == 1
