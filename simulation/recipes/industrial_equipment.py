"""The deals of a French maker of equipment, who sells parts and services too; all invented."""

from datetime import date
from typing import Final

from simulation.draws import Count, DayNear, Number, OneOf, Unless
from simulation.recipes.recipe import Ledger, Recipe, Told

_SOUND: Told = {
    "nature_demande": "gré à gré", "relation": "actuel", "interlocuteur": "décideur",
    "besoin": "clair", "budget": "confirmé", "marche_cible": "non",
    "cahier_des_charges": "avec nous", "fournisseur_en_place": "nous", "concurrents": "1",
    "capacite": "disponible", "sante_financiere": "saine", "procedure_collective": "aucune",
    "encours": "12000", "plafond_credit": "80000", "jours_de_retard": "0",
    "delai_de_paiement": "45", "garantie": "aucune", "plafond_penalites": "sans pénalité",
    "risque_pays": "A2", "machine": "la nôtre", "etape": "chiffrage", "commercial": "Hélène",
    "Issue": "en cours",
    "Qualifiée le": "2026-06-10", "Santé vérifiée le": "2026-06-01", "remise_le": "2026-07-10",
}  # fmt: skip
_EQUIPMENT: Told = {"objet": "équipement", "Montant HT": "240000", "Marge prévue": "55000"}
_PARTS: Told = {"objet": "pièces", "Montant HT": "9000", "Marge prévue": "3400"}
_SERVICE: Told = {"objet": "prestations", "Montant HT": "21000", "Marge prévue": "6500"}
_DISTRESSED: Told = {"sante_financiere": "en difficulté"}

TOLD: tuple[Told, ...] = (
    _SOUND | _EQUIPMENT | {"Affaire": "SAINE-EQUIPEMENT", "Client": "Laiterie Valmont"},
    _SOUND | _EQUIPMENT | _DISTRESSED
    | {"Affaire": "DIFFICULTE-EQUIPEMENT", "Client": "Fonderie Morel"},
    _SOUND | _EQUIPMENT | _DISTRESSED
    | {"Affaire": "DIFFICULTE-GARANTIE", "Client": "Fonderie Morel",
       "garantie": "caution bancaire"},
    _SOUND | _PARTS | _DISTRESSED | {"Affaire": "DIFFICULTE-PIECES", "Client": "Fonderie Morel"},
    _SOUND | _SERVICE | _DISTRESSED
    | {"Affaire": "DIFFICULTE-PRESTATION", "Client": "Fonderie Morel"},
    _SOUND | _EQUIPMENT
    | {"Affaire": "REDRESSEMENT-EQUIPEMENT", "Client": "Plasturgie Roux",
       "procedure_collective": "redressement"},
    _SOUND | _PARTS
    | {"Affaire": "REDRESSEMENT-PIECES", "Client": "Plasturgie Roux",
       "procedure_collective": "redressement"},
    _SOUND | _EQUIPMENT
    | {"Affaire": "PLAFOND-DEPASSE", "Client": "Brasserie du Lac", "encours": "95000"},
    _SOUND | _PARTS
    | {"Affaire": "COMPTANT", "Client": "Scierie Aubry", "encours": "0",
       "plafond_credit": "comptant"},
    _SOUND | _PARTS
    | {"Affaire": "RETARD-75-JOURS", "Client": "Papeterie Lenoir", "jours_de_retard": "75"},
    _SOUND | _EQUIPMENT
    | {"Affaire": "SANS-DECIDEUR", "Client": "Cimenterie Gaillard",
       "interlocuteur": "utilisateur", "cahier_des_charges": "neutre"},
    _SOUND | _SERVICE
    | {"Affaire": "SANS-DECIDEUR-RAPIDE", "Client": "Cimenterie Gaillard",
       "interlocuteur": "utilisateur"},
    _SOUND | _EQUIPMENT
    | {"Affaire": "SANTE-INCONNUE", "Client": "Verrerie Colas", "sante_financiere": "",
       "Santé vérifiée le": ""},
    _SOUND | _EQUIPMENT
    | {"Affaire": "ETE-2026", "Client": "Sucrerie Petit", "Qualifiée le": "2026-07-06",
       "Santé vérifiée le": "2026-07-01", "remise_le": "2026-08-03", "capacite": "partielle"},
    _SOUND | _EQUIPMENT
    | {"Affaire": "ETE-2026-EN-STOCK", "Client": "Sucrerie Petit", "Qualifiée le": "2026-07-06",
       "Santé vérifiée le": "2026-07-01", "remise_le": "2026-08-03"},
)  # fmt: skip

INDUSTRIAL_EQUIPMENT: Final = Recipe(
    ledger=Ledger(
        id="Affaire", account="Client", as_of="Qualifiée le", closed_on="Close le",
        outcome="Issue", words=("gagnée", "perdue", "sans suite", "déclinée", "en cours"),
    ),
    prefix="AF-",
    accounts=(
        "Laiterie Valmont", "Fonderie Morel", "Plasturgie Roux", "Brasserie du Lac",
        "Scierie Aubry", "Papeterie Lenoir", "Cimenterie Gaillard", "Verrerie Colas",
        "Sucrerie Petit", "Conserverie Jaouen", "Forges Delmas", "Textiles Weber",
        "Meunerie Fabre", "Chimie Perrin", "Tôlerie Masson", "Câblerie Royer",
    ),
    draws={
        "objet": OneOf({"équipement": 0.4, "pièces": 0.3, "prestations": 0.3}),
        "Montant HT": Number(
            by="objet", medians={"équipement": 220_000, "pièces": 8_000, "prestations": 24_000},
            spread=0.7, step=100,
        ),
        "Marge prévue": Number(of="Montant HT", median=0.22, spread=0.5, step=100),
        "nature_demande": OneOf(
            {"appel d'offres ouvert": 0.2, "consultation restreinte": 0.35, "gré à gré": 0.45}, 0.4
        ),
        "remise_le": DayNear(24, 0.7),
        "etape": OneOf(
            {"prospection": 0.15, "qualification": 0.35, "chiffrage": 0.35, "négociation": 0.15}
        ),
        "relation": OneOf({"nouveau": 0.3, "ancien": 0.2, "actuel": 0.5}, 0.4),
        "interlocuteur": OneOf({"utilisateur": 0.25, "prescripteur": 0.4, "décideur": 0.35}, 0.5),
        "besoin": OneOf({"flou": 0.15, "partiel": 0.3, "clair": 0.55}, 0.4),
        "budget": OneOf({"aucun": 0.2, "pressenti": 0.35, "confirmé": 0.45}, 0.5),
        "marche_cible": OneOf({"non": 0.75, "oui": 0.25}),
        "cahier_des_charges": OneOf(
            {"pour un concurrent": 0.15, "neutre": 0.5, "avec nous": 0.35}, 0.6
        ),
        "fournisseur_en_place": OneOf({"concurrent": 0.3, "aucun": 0.3, "nous": 0.4}, 0.4),
        "concurrents": Count(1.8, -0.5),
        "capacite": OneOf({"aucune": 0.1, "partielle": 0.3, "disponible": 0.6}),
        "sante_financiere": OneOf(
            {"en difficulté": 0.12, "à surveiller": 0.23, "saine": 0.65}, 0.15
        ),
        "Santé vérifiée le": DayNear(40, 0.6, before=True),
        "procedure_collective": OneOf(
            {"liquidation": 0.01, "redressement": 0.03, "sauvegarde": 0.02, "aucune": 0.94}
        ),
        "encours": Number(14_000, 0.9, step=100),
        "plafond_credit": Unless("comptant", 0.12, Number(60_000, 0.5, step=1_000)),
        "jours_de_retard": Number(5, 1.4, largest=150),
        "delai_de_paiement": OneOf({"90": 0.06, "60": 0.34, "45": 0.4, "30": 0.2}),
        "garantie": OneOf(
            {"aucune": 0.7, "assurance-crédit": 0.18, "caution bancaire": 0.08,
             "crédit documentaire": 0.04}
        ),
        "plafond_penalites": Unless(
            "sans pénalité", 0.35, OneOf({"15": 0.1, "10": 0.3, "5": 0.6})
        ),
        "risque_pays": OneOf(
            {"D": 0.04, "C": 0.03, "B": 0.03, "A4": 0.1, "A3": 0.1, "A2": 0.6, "A1": 0.1}
        ),
        "commercial": OneOf({"Hélène": 0.4, "Karim": 0.3, "Yann": 0.3}),
        "commentaire": OneOf(
            {"": 0.8, "Rappeler après la visite": 0.1, "Attend l'accord du siège": 0.1}
        ),
        "machine": Unless("sans machine", 0.2, OneOf({"d'un concurrent": 0.35, "la nôtre": 0.65})),
    },
    blanks={
        "Marge prévue": 0.1, "interlocuteur": 0.06, "budget": 0.12, "besoin": 0.05,
        "cahier_des_charges": 0.1, "concurrents": 0.15, "capacite": 0.1, "sante_financiere": 0.1,
        "procedure_collective": 0.06, "plafond_credit": 0.06, "jours_de_retard": 0.04,
        "plafond_penalites": 0.2, "fournisseur_en_place": 0.08,
    },
    told=TOLD,
    first_day=date(2024, 9, 1),
    last_day=date(2026, 6, 30),
    median_days=75,
    seed=11,
    delimiter=";",
)  # fmt: skip
