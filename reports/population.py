"""Of whom a report speaks, in words: every figure on outcomes is of deals that were pursued."""

from features.texts import Text
from reports.numbers import counted
from reports.typography import pair

_DEAL, _DEALS = pair("deal", "affaire"), pair("deals", "affaires")
_THE_DEAL = pair("deal that was pursued", "affaire travaillée")
_THE_DEALS = pair("deals that were pursued", "affaires travaillées")
_PURSUED = pair("These figures speak of {pursued}.", "Ces chiffres parlent de {pursued}.")
_DECLINED = pair(
    " Of {declined} that we declined nobody knows how they would have ended: they are in no "
    "figure.",
    " De {declined} que nous avons déclinées, personne ne sait comment elles auraient fini : "
    "elles n'entrent dans aucun chiffre.",
)
_ONE_DECLINED = pair(
    " Of {declined} that we declined nobody knows how it would have ended: it is in no figure.",
    " De {declined} que nous avons déclinée, personne ne sait comment elle aurait fini : elle "
    "n'entre dans aucun chiffre.",
)
_NO_EXPLORATION = pair(
    " No refused deal was drawn to be worked all the same: of deals like those refused there is "
    "no evidence.",
    " Aucune affaire refusée n'a été tirée au sort pour être travaillée quand même : sur celles "
    "qui leur ressemblent, il n'y a aucune preuve.",
)
_EXPLORED = pair(
    " {explored} of them were drawn among refused deals.",
    " Parmi elles, {explored} ont été tirées au sort parmi les refusées.",
)
_ONE_EXPLORED = pair(
    " {explored} of them was drawn among refused deals.",
    " Parmi elles, {explored} a été tirée au sort parmi les refusées.",
)


def population_in_words(pursued: int, declined: int = 0, explored: int = 0) -> Text:
    r"""Return of whom the figures of a report speak, in a few sentences.

    Parameters
    ----------
    pursued
        Deals that were worked to their end: won, lost, or left without a decision.
    declined
        Deals that we refused, of which there is no outcome.
    explored
        Those of the pursued that were refused, and drawn to be worked all the same.

    Examples
    --------
    >>> population_in_words(1200).en
    'These figures speak of 1,200\xa0deals that were pursued.'
    >>> population_in_words(900, 0, 1).en.partition(". ")[2]
    '1\xa0deal of them was drawn among refused deals.'
    """
    written = {}
    for language in ("en", "fr"):
        told = counted(pursued, _THE_DEAL, _THE_DEALS, language).strip()
        parts = [_PURSUED.in_(language).format(pursued=told)]
        if explored:
            words = _ONE_EXPLORED if explored == 1 else _EXPLORED
            number = counted(explored, _DEAL, _DEALS, language)
            parts.append(words.in_(language).format(explored=number))
        if declined:
            words = _ONE_DECLINED if declined == 1 else _DECLINED
            number = counted(declined, _DEAL, _DEALS, language)
            parts.append(words.in_(language).format(declined=number))
        if declined and not explored:
            parts.append(_NO_EXPLORATION.in_(language))
        written[language] = "".join(parts)
    return Text(en=written["en"], fr=written["fr"])
