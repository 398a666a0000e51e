"""What the effort report says in sentences: what the unwinnable deals took, and what they won."""

from collections.abc import Iterator

from features.texts import Language, Text
from reports.effort.report import COVERAGE, Band, Effort, Group, Spent
from reports.effort.words import HOURS_FROM, WORDS, word
from reports.figures import counted_text, hours_text, in_both, money_text
from reports.numbers import decimal, money, percent, percent_range, whole
from reports.replay.sentences import source_sentences
from reports.typography import day, filled, honest_share, pair

_WENT = pair(
    "Of {hours} on {deals} pursued to the end, {lost} ({share}) went to {unwinnable} "
    "that the policy would not have pursued.",
    "Sur {hours} consacrées à {deals} menées à leur terme, {lost} ({share}) sont "
    "allées à {unwinnable} que la politique n'aurait pas poursuivies.",
)
_WITH_INTERVAL = pair(
    "{share}, {coverage} interval {ends}", "{share}, intervalle à {coverage} {ends}"
)
_NONE = pair(
    "None of {deals} pursued to the end, which took {hours}, is one that the policy would have "
    "refused.",
    "Aucune des {deals} menées à leur terme, qui ont pris {hours}, n'est de celles que la "
    "politique aurait refusées.",
)
_COST = pair("These hours cost {money}.", "Ces heures ont coûté {money}.")
_WON = pair("Won among them: {won:count}.", "Gagnées parmi elles : {won:count}.")
_WON_AND_BROUGHT = pair(
    "Won among them: {won:count}, which brought {brought}.",
    "Gagnées parmi elles : {won:count}, qui ont rapporté {brought}.",
)
_EXPECTED = pair(
    "Models that had not seen them expected {expected} wins of {estimated:count}; {came:count} "
    "came.",
    "Des modèles qui ne les avaient pas vues attendaient {expected} gains sur {estimated:count} ; "
    "il en est venu {came:count}.",
)
_UNKNOWN = pair(
    "Of {deals} more the hours are not known, and they are in no share.",
    "De {deals} de plus les heures ne sont pas connues, et elles ne sont dans aucune part.",
)
_NOT_ESTIMATED = pair(
    "Of {deals} no model could know the win probability when they were decided: the unwinnable "
    "among them are only those that the policy knocks out, or that no win would have paid.",
    "De {deals} aucun modèle ne pouvait connaître la probabilité de gain à la décision : les "
    "ingagnables parmi elles ne sont que celles que la politique élimine, ou qu'aucun gain "
    "n'aurait payées.",
)
_NO_MODEL = pair(
    "There was too little to learn from: no deal has a win probability.",
    "Il y avait trop peu pour apprendre : aucune affaire n'a de probabilité de gain.",
)
_PERIOD = pair("Decided from {first} to {last}.", "Décidées du {first} au {last}.")


def headline(found: Effort) -> Text:
    """Return the one sentence: the hours on the deals that the policy would not have pursued."""
    spent, unwinnable = found.pursued, found.unwinnable.spent
    gaps: dict[str, float | str | Text] = {
        "hours": hours_text(spent.hours),
        "deals": _deals(spent.deals),
    }
    if not unwinnable.deals:
        return filled(_NONE, gaps)
    return filled(
        _WENT,
        gaps
        | {
            "lost": hours_text(unwinnable.hours),
            "share": in_both(lambda language: _share(unwinnable, language)),
            "unwinnable": _deals(unwinnable.deals),
        },
    )


def outcome_sentences(found: Effort) -> tuple[Text, ...]:
    """Return what these deals cost and won, and what was expected of them."""
    spent = found.unwinnable.spent
    return tuple(_outcomes(spent, found.currency)) if spent.deals else ()


def basis_sentences(found: Effort) -> tuple[Text, ...]:
    """Return what the figures rest on, and what is missing."""
    return tuple(_basis(found))


def probability_sentences(found: Effort) -> tuple[Text, ...]:
    """Return where the probabilities come from; nothing where nobody said."""
    if found.source is None:
        return ()
    return (_NO_MODEL,) if found.source.method == "none" else source_sentences(found.source)[:1]


def band_name(band: Band) -> Text:
    """Return what a band is called; one of probabilities is its range."""
    if band.name != "p_win":
        return WORDS[band.name]
    return in_both(lambda language: percent_range(band.least, band.most, language))


def band_range(band: Band, currency: str | None) -> Text | None:
    """Return the ends of a band of values; None where its name says enough."""
    if band.name not in {"low", "middle", "top"}:
        return None
    least, most = band.least, band.most

    def written(language: Language) -> str:
        ends = {
            name: money(end, currency, language)
            for name, end in (("least", least), ("most", most))
            if end is not None
        }
        key = "band_between" if len(ends) > 1 else "band_from" if "least" in ends else "band_below"
        return word(key, language, **ends)

    return None if least is None and most is None else in_both(written)


def group_name(group: Group) -> Text:
    """Return the name of a team or seller, of those without one, or of the small ones together."""
    if group.pooled:
        return in_both(lambda language: word("others", language, n=whole(group.pooled, language)))
    return WORDS["no_name"] if group.name is None else Text(en=group.name, fr=group.name)


def won_note(spent: Spent, language: Language) -> str | None:
    """Return how many wins were expected, and of how many deals if not of all; None of none."""
    if not spent.estimated:
        return None
    key = "expected_won" if spent.estimated == spent.deals else "expected_of"
    expected = decimal(spent.expected_won, language, digits=1)
    return word(key, language, n=expected, estimated=whole(spent.estimated, language))


def quarters_note(found: Effort) -> Text | None:
    """Return why some quarters tell too little; None where all deals were estimated."""
    partly = any(one.pursued.estimated < one.pursued.deals for one in found.quarters)
    return WORDS["quarters_at_least"] if partly else None


def pursuits_note(pursued: Spent, language: Language) -> str:
    """Return of how many pursuits a quarter tells, and how many nobody could estimate."""
    missing = pursued.deals - pursued.estimated
    key = "of_pursuits_some_unknown" if missing else "of_pursuits"
    return word(key, language, n=whole(pursued.deals, language), missing=whole(missing, language))


def _deals(count: int) -> Text:
    return counted_text(count, WORDS["deal"], WORDS["deals"])


def _share(spent: Spent, language: Language) -> str:
    share = honest_share(spent.share, language)
    if spent.share_low is None or spent.share_high is None:
        return share
    ends = percent_range(spent.share_low, spent.share_high, language)
    coverage = percent(COVERAGE, language)
    return _WITH_INTERVAL.in_(language).format(share=share, coverage=coverage, ends=ends)


def _outcomes(spent: Spent, currency: str | None) -> Iterator[Text]:
    if spent.money is not None and spent.unknown_money < spent.deals:
        yield filled(_COST, {"money": money_text(spent.money, currency)})
    if spent.brought is None or not spent.won or spent.unknown_brought == spent.won:
        yield filled(_WON, {"won": spent.won})
    else:
        brought = money_text(spent.brought, currency)
        yield filled(_WON_AND_BROUGHT, {"won": spent.won, "brought": brought})
    if spent.estimated:
        yield filled(
            _EXPECTED,
            {
                "expected": in_both(lambda tongue: decimal(spent.expected_won, tongue, digits=1)),
                "estimated": spent.estimated,
                "came": spent.estimated_won,
            },
        )


def _basis(found: Effort) -> Iterator[Text]:
    yield HOURS_FROM[found.hours_from]
    if found.pursued.unknown_hours:
        yield filled(_UNKNOWN, {"deals": _deals(found.pursued.unknown_hours)})
    missing = found.pursued.deals - found.pursued.estimated
    if missing:
        yield filled(_NOT_ESTIMATED, {"deals": _deals(missing)})
    if found.first_day is not None and found.last_day is not None:
        yield filled(_PERIOD, {"first": day(found.first_day), "last": day(found.last_day)})
