"""What a deal is worth in words: never unknown without its bounds, in both languages."""

from dataclasses import replace

import pytest

from features.texts import LANGUAGES
from models.decision import Worth
from reports.value_words import between, details_of, main_in_words, signed_money, worth_in_words

WORTH = Worth(
    currency="EUR", expected_value=4_200.0, if_won=20_000.0, remaining_cost=8_000.0,
    break_even=0.4, left_out=(), needs=(), lowest=4_200.0, highest=4_200.0, hours=100.0,
    per_hour=42.0, cost_share=0.032, sunk_cost=3_000.0,
)  # fmt: skip
UNKNOWN = replace(
    WORTH, expected_value=None, if_won=None, break_even=None, needs=("amount",),
    lowest=-1_200.0, highest=48_000.0,
)  # fmt: skip


def plain(text):
    return text.replace("\xa0", " ").replace("\u202f", " ")


def test_what_a_deal_is_worth_has_its_stories(policy):
    stories = {
        "gain": WORTH,
        "loss": replace(WORTH, expected_value=-300.0),
        "never": replace(WORTH, expected_value=-300.0, if_won=-5.0, break_even=None),
        "too dear": replace(WORTH, expected_value=-300.0, break_even=1.2),
        "bounded": UNKNOWN,
        "at least": replace(UNKNOWN, highest=None),
        "at most": replace(UNKNOWN, lowest=None),
        "unbounded": replace(UNKNOWN, lowest=None, highest=None),
        "no numbers": replace(UNKNOWN, lowest=None, highest=None, needs=()),
    }
    for language in LANGUAGES:
        told = {name: main_in_words(worth, policy, language) for name, worth in stories.items()}
        del told["too dear"]
        assert len(set(told.values())) == len(stories) - 1
    assert plain(told["gain"]) == (
        "La poursuivre rapporte 4 200 € en moyenne ; elle rapporte à partir d'une probabilité "
        "de 40 %"
    )
    assert plain(told["loss"]).startswith("La poursuivre coûte 300 €")
    assert told["never"].endswith("elle ne rapporte rien, même gagnée")
    assert main_in_words(stories["too dear"], policy, "en").endswith("it does not pay even if won")
    free = replace(WORTH, remaining_cost=0.0, break_even=0.0)
    assert main_in_words(free, policy, "en").endswith("from a probability of 0% on")


@pytest.mark.parametrize(
    ("ends", "english", "french"),
    [
        ((-1_200.0, 48_000.0), "between −€1,200 and €48,000", "entre −1 200 € et 48 000 €"),
        ((-1_200.0, None), "at least −€1,200", "au moins −1 200 €"),
        ((None, 48_000.0), "at most €48,000", "au plus 48 000 €"),
    ],
)  # fmt: skip
def test_an_unknown_value_says_between_what_it_is_and_what_is_unknown(
    policy, ends, english, french
):
    worth = replace(UNKNOWN, lowest=ends[0], highest=ends[1])
    assert main_in_words(worth, policy, "en") == (
        f"Pursuing it is worth {english} on average as long as this is unknown: Amount"
    )
    assert plain(main_in_words(worth, policy, "fr")) == (
        f"La poursuivre rapporte {french} en moyenne tant que ceci est inconnu : Amount"
    )


def test_without_bounds_the_policy_is_told_to_give_limits(policy):
    worth = replace(UNKNOWN, lowest=None, highest=None)
    assert main_in_words(worth, policy, "en") == (
        "What it is worth has no bounds, as the policy gives no limits for what is unknown: Amount"
    )
    assert between(*worth.bounds, "EUR", "fr") == "sans bornes"


def test_the_details_say_what_it_is_made_of_and_what_is_spent(policy):
    assert [plain(one) for one in details_of(WORTH, "en")] == [
        "Won, it brings €20,000",
        "The pursuit still costs €8,000, 3% of the revenue",
        "100 hours of work remain, each worth €42",
        "Already spent, and not counted: €3,000",
    ]
    assert [plain(one) for one in details_of(WORTH, "fr")] == [
        "Gagnée, elle rapporte 20 000 €",
        "La poursuite coûte encore 8 000 €, soit 3 % du chiffre d'affaires",
        "Il reste 100 heures de travail, dont chacune vaut 42 €",
        "Déjà dépensé, et non compté : 3 000 €",
    ]
    bare = replace(WORTH, cost_share=None, per_hour=None, sunk_cost=None)
    assert [plain(one) for one in details_of(bare, "en")][1:] == [
        "The pursuit still costs €8,000", "100 hours of work remain",
    ]  # fmt: skip
    nothing = replace(UNKNOWN, remaining_cost=None, hours=None, sunk_cost=0.0)
    assert list(details_of(nothing, "en")) == []


def test_the_whole_is_one_text(policy):
    text = plain(worth_in_words(replace(WORTH, left_out=("contacts",)), policy, "en"))
    assert "40% on (not counted: visits and calls). Won, it brings" in text


def test_money_added_or_taken_has_its_sign():
    assert signed_money(0.4, "EUR", "en") == "€0"
    assert plain(signed_money(1_660.0, "EUR", "fr")) == "+1 660 €"
    assert between(0, 10, "GBP", "en") == "between £0 and £10"
