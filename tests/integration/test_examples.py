"""The example policies load, their deals get all four recommendations, and for good reasons."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from features.policy import load_policy
from models.qualifier import Qualifier
from qualifox.cli import run
from training.intake import read_deals

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = {
    "industrial_equipment/policy.yaml": "industrial_equipment/deals.csv",
    "industrial_equipment/pieces_et_prestations.yaml": "industrial_equipment/deals.csv",
    "public_tenders/policy.yaml": "public_tenders/deals.csv",
    "b2b_software/policy.yaml": "b2b_software/deals.csv",
}
FOUR = {"go", "conditional_go", "find_out", "no_go"}
A_FEW = 8

# Every deal below is told by hand in simulation/recipes: a good deal, and what differs from it.
VERDICTS = {
    "industrial_equipment/policy.yaml": {
        # A customer who buys from us, decides, has a budget and pays: nothing stands in the way.
        "SAINE-EQUIPEMENT": ("go", set()),
        # The same customer in distress. Equipment without a guarantee is refused; with a bank
        # guarantee it needs a down payment; parts are prepaid; services are paid visit by visit.
        "DIFFICULTE-EQUIPEMENT": ("no_go", {"difficulte_equipement"}),
        "DIFFICULTE-GARANTIE": ("conditional_go", {"difficulte_equipement_garanti"}),
        "DIFFICULTE-PIECES": ("conditional_go", {"difficulte_pieces"}),
        "DIFFICULTE-PRESTATION": ("conditional_go", {"difficulte_prestations"}),
        # A proceeding refuses equipment and lets parts go against payment before dispatch.
        "REDRESSEMENT-EQUIPEMENT": ("no_go", {"redressement_equipement"}),
        "REDRESSEMENT-PIECES": ("conditional_go", {"redressement_pieces_prestations"}),
        # 95 k€ owed under a limit of 80 k€, and no guarantee.
        "PLAFOND-DEPASSE": ("no_go", {"plafond_depasse"}),
        # Pays cash: a limit does not apply, which is an answer and asks nothing.
        "COMPTANT": ("go", set()),
        # 75 days overdue: over the company's 60.
        "RETARD-75-JOURS": ("no_go", {"retard_grave"}),
        # Only a user has been met at the quoting stage: too little for equipment, enough for a
        # small service, which the segment of complex deals leaves out.
        "SANS-DECIDEUR": ("no_go", {"decideur_hors_de_portee"}),
        "SANS-DECIDEUR-RAPIDE": ("go", set()),
        # Nobody has asked credit control: neither sound nor in distress, so we ask.
        "SANTE-INCONNUE": ("find_out", set()),
        # Qualified on 6 July 2026, when the workshop runs on two lines; only what needs it minds.
        "ETE-2026": ("conditional_go", {"atelier_reduit"}),
        "ETE-2026-EN-STOCK": ("go", set()),
    },
    "industrial_equipment/pieces_et_prestations.yaml": {
        # The segment's file lets 75 days pass under a condition; the company's rules stay.
        "RETARD-75-JOURS": ("conditional_go", {"retard"}),
        "DIFFICULTE-PIECES": ("conditional_go", {"difficulte_pieces"}),
        "COMPTANT": ("go", set()),
    },
    "public_tenders/policy.yaml": {
        # Known before the notice, trusted, every must-have met, priced under the estimate.
        "PREPARED": ("go", set()),
        # One mandatory requirement unmet makes the bid void, however good the rest.
        "MUST-HAVE-MISSING": ("no_go", {"mandatory_requirement_unmet"}),
        # 2 references of 3, and 90 of 120 requirements: a partner repairs either.
        "REFERENCES-SHORT": ("conditional_go", {"references_short"}),
        "COVERAGE-75": ("conditional_go", {"coverage_thin"}),
        # Heard through the notice, unknown to the buyer, another in place.
        "WIRED": ("no_go", {"wired_for_another"}),
        # 16 days for 4 M€: too late, unless we had prepared it.
        "LARGE-AND-LATE": ("no_go", {"no_time_for_a_large_one"}),
        "LARGE-LATE-PREPARED": ("go", set()),
        # Nobody has read the specification yet: asked. Nobody has looked for a conflict of
        # interest: refused until somebody has.
        "SPEC-UNREAD": ("find_out", set()),
        "CONFLICT-UNCHECKED": ("no_go", set()),
        # The rule on the lowest price came with July 2025; earlier deals are judged without it.
        "LOWEST-PRICE-2024": ("go", set()),
        "LOWEST-PRICE-2026": ("no_go", {"price_only"}),
        "NO-VISIT-HELD": ("go", set()),
        # Nothing forbids it, and it has less than 25 points.
        "WEAK": ("no_go", set()),
    },
    "b2b_software/policy.yaml": {
        "TEXTBOOK": ("go", set()),
        # A latent pain and no date: the usual end is no decision at all.
        "NOTHING-MAKES-THEM-ACT": ("no_go", {"no_reason_to_act"}),
        # A proposal of 90 k€ without having met who signs; in discovery, or for 9 k€, it is fine.
        "NO-BUYER-LATE": ("no_go", {"no_budget_holder"}),
        "NO-BUYER-EARLY": ("go", set()),
        "NO-BUYER-SMALL": ("go", set()),
        # A budget of 36 k€ for 90 k€ a year.
        "BUDGET-40": ("no_go", {"budget_too_small"}),
        # An entrenched competitor is refused, unless a tested champion sells for us.
        "ENTRENCHED": ("no_go", {"competitor_entrenched"}),
        "ENTRENCHED-WITH-CHAMPION": ("go", set()),
        "DISCOUNT-30": ("conditional_go", {"discount_deep"}),
        "SECURITY-NOT-BEGUN": ("conditional_go", {"security_not_begun"}),
        "SECURITY-NOT-ASKED": ("go", set()),
        "SANCTIONS-UNCHECKED": ("no_go", set()),
        # 59 days since the last contact.
        "GOING-COLD": ("conditional_go", {"going_cold"}),
        # No date to act by, and nobody knows whether it hurts: one answer settles it.
        "PAIN-UNKNOWN": ("find_out", set()),
    },
}


@pytest.fixture(scope="module")
def decided():
    """Return every example's decisions, by the id of the deal."""
    found = {}
    for policy_file, deals_file in FILES.items():
        policy = load_policy(EXAMPLES / policy_file)
        table = read_deals(
            EXAMPLES / deals_file, policy, as_of=date(2026, 7, 31), needs_outcome=False
        ).table
        decisions = Qualifier(policy).decide([table.deal(row) for row in range(len(table))])
        found[policy_file] = {str(decision.deal_id): decision for decision in decisions}
    return found


@pytest.mark.parametrize("policy_file", FILES)
def test_all_four_recommendations_are_given_and_not_once_only(policy_file, decided):
    counts = Counter(one.recommendation.value for one in decided[policy_file].values())
    assert set(counts) == FOUR
    assert min(counts.values()) >= A_FEW, counts


@pytest.mark.parametrize("policy_file", FILES)
def test_the_deals_told_by_hand_get_the_verdict_that_people_would_give(policy_file, decided):
    for deal, (recommendation, fired) in VERDICTS[policy_file].items():
        decision = decided[policy_file][deal]
        assert decision.recommendation.value == recommendation, deal
        assert {v.knockout.id for v in decision.knockouts if v.state == "fired"} == fired, deal


def test_the_one_answer_that_is_missing_is_the_one_that_is_asked(decided):
    health = decided["industrial_equipment/policy.yaml"]["SANTE-INCONNUE"]
    assert health.find_out == ("sante_financiere",)
    assert decided["b2b_software/policy.yaml"]["PAIN-UNKNOWN"].find_out == ("pain",)


@pytest.mark.parametrize("policy_file", FILES)
def test_every_rule_is_met_by_some_deal_and_by_not_every_deal(policy_file, decided):
    decisions = list(decided[policy_file].values())
    for n, one in enumerate(decisions[0].scorecard.criteria):
        earned = {decision.scorecard.criteria[n].points for decision in decisions}
        assert earned >= {case.points for case in one.criterion.cases}, one.criterion.id
    states = {(v.knockout.id, v.state.value) for one in decisions for v in one.knockouts}
    for rule in load_policy(EXAMPLES / policy_file).knockouts:
        assert (rule.id, "fired") in states, rule.id
        assert {(rule.id, "clear"), (rule.id, "cannot_fire")} & states, rule.id


def test_the_command_scores_an_example(capsys):
    folder = EXAMPLES / "public_tenders"
    command = ["score", "--policy", str(folder / "policy.yaml"), "--deals"]
    assert run([*command, str(folder / "deals.csv")]) == 0
    printed = capsys.readouterr().out
    assert "MUST-HAVE-MISSING,no_go" in printed
    assert {row.split(",")[1] for row in printed.splitlines()[1:]} == FOUR
