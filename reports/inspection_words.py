"""The words of an inspection, in French and in English."""

from collections.abc import Mapping

from features.texts import Text

TARGETS: Mapping[str, Text] = {
    "deal_id": Text(en="deal id", fr="identifiant de l'affaire"),
    "deal_name": Text(en="deal name", fr="nom de l'affaire"),
    "created_on": Text(en="created on", fr="créée le"),
    "closed_on": Text(en="closed on", fr="close le"),
    "expected_close": Text(en="expected close", fr="clôture prévue"),
    "amount": Text(en="amount", fr="montant"),
    "currency": Text(en="currency", fr="devise"),
    "stage": Text(en="stage", fr="étape"),
    "pipeline": Text(en="pipeline", fr="pipeline"),
    "deal_type": Text(en="deal type", fr="type d'affaire"),
    "source": Text(en="source", fr="origine"),
    "owner": Text(en="owner", fr="propriétaire"),
    "account": Text(en="account", fr="compte"),
    "country": Text(en="country", fr="pays"),
    "industry": Text(en="industry", fr="secteur d'activité"),
    "employees": Text(en="employees", fr="effectif"),
    "annual_revenue": Text(en="annual revenue", fr="chiffre d'affaires annuel"),
    "loss_reason": Text(en="loss reason", fr="motif de perte"),
    "human_probability": Text(en="probability given by people", fr="probabilité saisie"),
}

OUTCOMES: Mapping[str, Text] = {
    "won": Text(en="won", fr="gagnées"),
    "lost": Text(en="lost", fr="perdues"),
    "no_decision": Text(en="no decision", fr="sans suite"),
    "declined_by_us": Text(en="declined by us", fr="déclinées par nous"),
    "open": Text(en="open", fr="en cours"),
}

WORDS: Mapping[str, Text] = {
    "recognised": Text(
        en="{where}: {deals}, as {title} exports them",
        fr="{where} : {deals}, telles que {title} les exporte",
    ),
    "not_recognised": Text(
        en="{where}: {deals}; no CRM recognised in the headers",
        fr="{where} : {deals} ; aucun CRM reconnu dans les en-têtes",
    ),
    "candidates": Text(en="headers known: {names}", fr="en-têtes connus : {names}"),
    "as_of": Text(
        en="day of decision, unless the policy says otherwise: '{column}'",
        fr="jour de la décision, sauf avis contraire de la politique : « {column} »",
    ),
    "no_as_of": Text(
        en="no column dates the day of decision: name one in the policy, as deals.as_of",
        fr="aucune colonne ne date la décision : nommez-en une dans la politique, deals.as_of",
    ),
    "close_is_expected": Text(
        en="'{column}' is the closing day of closed deals; while a deal is open, the expected one",
        fr="« {column} » est le jour de clôture des affaires closes ; tant qu'une affaire est en "
        "cours, le jour prévu",
    ),
    "outcome": Text(en="outcome: {how}", fr="issue : {how}"),
    "counts": Text(en="deals: {counts}", fr="affaires : {counts}"),
    "unrecorded": Text(
        en="{n} without a recorded outcome, taken as open",
        fr="{n} sans issue enregistrée, comptées en cours",
    ),
    "left_out": Text(en="set aside: {n} ({reason})", fr="mises à part : {n} ({reason})"),
    "rising": Text(
        en="ever more deals have no recorded outcome in the last months: recent win rates look "
        "better than they are",
        fr="toujours plus d'affaires restent sans issue enregistrée ces derniers mois : les taux "
        "de gain récents paraissent meilleurs qu'ils ne sont",
    ),
    "advice": Text(en="advice: {text}", fr="conseil : {text}"),
    "note": Text(en="note: {text}", fr="note : {text}"),
    "warning": Text(en="warning: {text}", fr="attention : {text}"),
    "columns_title": Text(en="Columns", fr="Colonnes"),
    "column": Text(en="Column", fr="Colonne"),
    "is": Text(en="Is", fr="Désigne"),
    "use": Text(en="Used by the model", fr="Utilisée par le modèle"),
    "yes": Text(en="yes", fr="oui"),
    "no": Text(en="no ({leak}): {reason}", fr="non ({leak}) : {reason}"),
    "day": Text(en="as the day of decision", fr="comme jour de la décision"),
    "own": Text(en="your own", fr="colonne à vous"),
    "words_title": Text(en="Words of the outcome", fr="Mots de l'issue"),
    "word": Text(en="Word", fr="Mot"),
    "means": Text(en="Means", fr="Signifie"),
    "deals": Text(en="Deals", fr="Affaires"),
    "months_title": Text(
        en="Deals that should have ended, and those without a recorded outcome",
        fr="Affaires qui auraient dû se terminer, et celles sans issue enregistrée",
    ),
    "month": Text(en="Month", fr="Mois"),
    "due": Text(en="Due", fr="Échues"),
    "unrecorded_title": Text(en="Unrecorded", fr="Sans issue"),
    "no_month": Text(en="no day known", fr="sans date"),
}

DEAL, DEALS = Text(en="deal", fr="affaire"), Text(en="deals", fr="affaires")
