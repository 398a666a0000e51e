"""Names that speak of what comes later, in English and in French."""

import pytest

from training.leaks.names import telling_name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("close_value", "outcome"),
        ("Closed Lost Reason", "outcome"),
        ("Affaire - Raison de la perte", "outcome"),
        ("Probabilité (%)", "outcome"),
        ("ForecastCategoryName", "outcome"),
        ("Date de clôture", "outcome"),
        ("Étape", "outcome"),
        ("Elapsed Days In Sales Stage", "course"),
        ("Ratio Days Identified To Total Days", "course"),
        ("Nombre de changements d'étape", "course"),
        ("Durée", "course"),
        ("Lead Quality", "judgement"),
        ("Asymmetrique Activity Score", "judgement"),
        ("Last Notable Activity", "judgement"),
        ("LastModifiedDate", "judgement"),
        ("Dernière activité", "judgement"),
        ("N° de facture", "judgement"),
    ],
)
def test_telling_names(name, kind):
    found = telling_name(name)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "name",
    [
        "days_to_deadline", "delivery_load_percent", "financial_health", "credit_limit",
        "insolvency_proceeding", "Opportunity Amount USD", "Competitor Type", "Authority",
        "Enclosure type", "Window count", "Région", "Concurrent en place", "Montant", "Secteur",
        "Revenue From Client Past Two Years (USD)", "Needs_def", "Lead Origin",
    ],
)  # fmt: skip
def test_honest_names(name):
    assert telling_name(name) is None
