"""How to read a replay: the words at the foot of its page."""

from collections.abc import Mapping

from features.texts import Text
from reports.typography import pair

KEYS = ("replay", "interval", "find_out", "left", "alone", "hindsight")
GLOSSARY: Mapping[str, Text] = {
    "gloss_replay": pair("Replay", "Rejeu"),
    "gloss_replay_text": pair(
        "Every past deal is put before the policy as it was known on the day of its decision, and "
        "its answer is laid beside what came. Nothing that was learned later counts.",
        "Chaque affaire passée est soumise à la politique telle qu'on la connaissait le jour de "
        "sa décision, et la réponse est mise à côté de ce qui est venu. Rien de ce qu'on a appris "
        "plus tard ne compte.",
    ),
    "gloss_interval": pair("90% interval", "Intervalle à 90 %"),
    "gloss_interval_text": pair(
        "Another past with the same kind of accounts would have given a figure inside it nine "
        "times of ten. Whole accounts are drawn, since the deals of one are alike.",
        "Un autre passé, avec des clients du même genre, aurait donné neuf fois sur dix un "
        "chiffre dedans. On tire des clients entiers, car les affaires d'un même client se "
        "ressemblent.",
    ),
    "gloss_find_out": pair("Find out first", "À compléter"),
    "gloss_find_out_text": pair(
        "The policy would have asked before going on, and nobody knows what the answer would have "
        "been. So figures come in twos: all of them stopped, or all of them pursued. The truth is "
        "in between.",
        "La politique aurait demandé avant d'aller plus loin, et personne ne sait quelle aurait "
        "été la réponse. Les chiffres vont donc par deux : toutes arrêtées, ou toutes "
        "poursuivies. La vérité est entre les deux.",
    ),
    "gloss_left": pair("Left", "Reste"),
    "gloss_left_text": pair(
        "What a deal brought if it was won, less what its pursuit cost, by the economics of the "
        "policy. Deals of which an amount is not known are left out and counted.",
        "Ce qu'une affaire a rapporté si elle fut gagnée, moins le coût de sa poursuite, selon "
        "l'économie de la politique. Les affaires dont un montant n'est pas connu sont mises à "
        "part et comptées.",
    ),
    "gloss_alone": pair("Alone", "Seul"),
    "gloss_alone_text": pair(
        "Knockouts overlap: many a deal is stopped by two. Only what one of them stops alone "
        "would come back if it were dropped.",
        "Les critères se recouvrent : bien des affaires sont arrêtées par deux. Seul ce que l'un "
        "arrête à lui seul reviendrait s'il était supprimé.",
    ),
    "gloss_hindsight": pair("In hindsight", "Après coup"),
    "gloss_hindsight_text": pair(
        "An order by what really came. No policy and no model can know it beforehand; it says how "
        "much there was to gain at most.",
        "Un ordre selon ce qui est vraiment venu. Aucune politique ni aucun modèle ne peut le "
        "connaître d'avance ; il dit combien il y avait à gagner au plus.",
    ),
}
