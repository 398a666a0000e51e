"""Every word of a ranking of accounts, in both languages."""

from collections.abc import Mapping

from features.texts import LANGUAGES, Language, Text
from models.accounts import HORIZONS, HorizonName, RankedBy
from reports import numbers
from reports.accounts.report import AccountHorizon, AccountRow, Accounts
from reports.typography import day, pair


def word(key: str, language: Language, **values: str) -> str:
    """Return the words of a key, their gaps filled.

    >>> word("unknown_deals", "fr", count="2")
    '+ 2 inconnues'
    """
    return WORDS[key].in_(language).format(**values)


RANKINGS: Mapping[RankedBy, Text] = {
    "total": pair("all that is known of the terms", "tout ce qu'on sait des échéances"),
    "bought": pair("what was bought in twelve months", "les achats de douze mois"),
    "soon": pair("what closes within 3 months", "ce qui se conclut sous 3 mois"),
    "later": pair("what closes in 3 to 12 months", "ce qui se conclut entre 3 et 12 mois"),
    "long": pair("what closes after 12 months", "ce qui se conclut après 12 mois"),
    "reachable": pair("the reachable potential", "le potentiel atteignable"),
}
WORDS: Mapping[str, Text] = {
    "kind_of_page": pair("Accounts", "Comptes"),
    "page_title": pair("{title}: accounts", "{title} : comptes"),
    "lead": pair(
        "Ranked by {ranking}, from the shortest to the longest term: won since {since}, expected "
        "of open deals by the months to their close, and what the account could buy beyond.",
        "Classés selon {ranking}, du plus court au plus long terme : gagné depuis le {since}, "
        "attendu des affaires ouvertes selon les mois avant leur conclusion, et ce que le compte "
        "pourrait acheter au-delà.",
    ),
    "unknown_hint": pair(
        "Sums are of what is known; “+ 2 unknown” counts deals that they leave out. A dash: no "
        "such deal, or nobody knows.",
        "Les sommes portent sur ce qui est connu ; « + 2 inconnues » compte les affaires qu'elles "
        "omettent. Un tiret : aucune affaire, ou nul ne sait.",
    ),
    "assumed": pair(
        "No model decides yet: the win probabilities are the points of the policy around an "
        "assumed win rate.",
        "Aucun modèle ne décide encore : les probabilités de gain sont les points de la politique "
        "autour d'un taux de gain supposé.",
    ),
    "no_potential": pair(
        "Nobody says what an account could buy: account_potential under economics would.",
        "Rien ne dit ce qu'un compte pourrait acheter : account_potential, sous economics, le "
        "dirait.",
    ),
    "no_months": pair(
        "Nobody says when open deals close: months_to_close under economics would.",
        "Rien ne dit quand se concluent les affaires ouvertes : months_to_close, sous economics, "
        "le dirait.",
    ),
    "without_account": pair(
        "{count} deals have no account and are left out.",
        "{count} affaires n'ont pas de compte et sont omises.",
    ),
    "table_title": pair("Accounts", "Comptes"),
    "none": pair("No account.", "Aucun compte."),
    "column_rank": pair("Rank", "Rang"),
    "column_account": pair("Account", "Compte"),
    "column_bought": pair("Bought, 12 months", "Achats, 12 mois"),
    "column_soon": pair("Up to 3 months", "Sous 3 mois"),
    "column_later": pair("3 to 12", "3 à 12 mois"),
    "column_long": pair("Over 12", "Plus de 12 mois"),
    "column_undated": pair("Open, no date", "Ouvertes, sans date"),
    "column_reachable": pair("Beyond", "Au-delà"),
    "column_total": pair("Known in all", "Connu en tout"),
    "column_value": pair("Worth pursuing", "Valeur des affaires"),
    "unknown_deals": pair("+ {count} unknown", "+ {count} inconnues"),
    "more_accounts": pair("and {count} more, in the JSON", "et {count} de plus, dans le JSON"),
    "knocked_out_title": pair("Knocked out", "Écartés"),
    "knocked_out_hint": pair(
        "Knockouts about the customer refuse every open deal of these accounts: what they bought "
        "is no promise.",
        "Des critères éliminatoires qui tiennent au client refusent toutes les affaires ouvertes "
        "de ces comptes : leurs achats ne promettent rien.",
    ),
    "column_open": pair("Open deals", "Affaires ouvertes"),
    "column_reason": pair("Refused because", "Refusées car"),
}


def lead_sentences(found: Accounts) -> tuple[Text, ...]:
    """Return by what accounts are ranked, and what that leaves out."""
    since = day(found.since)
    told = [
        _both(
            "lead",
            {
                language: {
                    "ranking": RANKINGS[found.ranked_by].in_(language),
                    "since": since.in_(language),
                }
                for language in LANGUAGES
            },
        ),
    ]
    told += [WORDS["assumed"]] if found.assumed else []
    told += [] if found.has_months else [WORDS["no_months"]]
    told += [] if found.has_potential else [WORDS["no_potential"]]
    if found.without_account:
        counts = {
            language: {"count": numbers.whole(found.without_account, language)}
            for language in LANGUAGES
        }
        told.append(_both("without_account", counts))
    return tuple(told)


def horizons_shown(found: Accounts) -> tuple[HorizonName, ...]:
    """Return the horizons worth a column: one alone where nobody says when deals close."""
    return HORIZONS if found.has_months else HORIZONS[-1:]


def horizon_in_words(one: AccountHorizon, currency: str | None, language: Language) -> str:
    """Return the expected revenue of a horizon, and how many deals it leaves out."""
    if not one.deals:
        return numbers.NOTHING
    return _sum(one.expected_revenue, one.unknown_revenue, one.deals, currency, language)


def bought_in_words(row: AccountRow, currency: str | None, language: Language) -> str:
    """Return what an account bought, and how many deals of unknown revenue."""
    return _sum(row.bought, row.bought_unknown, 0, currency, language)


def reachable_in_words(row: AccountRow, currency: str | None, language: Language) -> str:
    """Return what an account could buy beyond; a dash where nobody knows."""
    if row.reachable is None:
        return numbers.NOTHING
    return numbers.money(row.reachable, currency, language)


def value_of_row(row: AccountRow) -> float:
    """Return what pursuing the open deals of an account is worth, as far as it is known."""
    return sum(one.value for one in row.horizons.values())


def _sum(known: float, unknown: int, deals: int, currency: str | None, language: Language) -> str:
    left_out = word("unknown_deals", language, count=numbers.whole(unknown, language))
    if unknown and unknown == deals:
        return left_out.removeprefix("+ ")
    told = numbers.money(known, currency, language)
    return f"{told} {left_out}" if unknown else told


def _both(key: str, gaps: Mapping[Language, Mapping[str, str]]) -> Text:
    told = {language: WORDS[key].in_(language).format(**gaps[language]) for language in LANGUAGES}
    return Text(en=told["en"], fr=told["fr"])
