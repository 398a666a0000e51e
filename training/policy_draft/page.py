"""What stands in a drafted file, block by block, with what people should look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from features.policy import Policy
from features.table import DealTable
from features.texts import Language, Text
from models.scorecard import add_points
from reports.typography import honest_share
from training.policy_draft.columns import DraftColumn, Use
from training.policy_draft.criteria import Candidate, evidence_of, question_of
from training.policy_draft.deals_block import DealsBlock
from training.policy_draft.evidence import STEP, Compared
from training.policy_draft.fields import DraftField
from training.policy_draft.written import Page

_TOP = Text(
    en="A draft, made from {where}: {closed} closed deals, {won} of them won. It loads as it "
    "is; go through it with sales, finance and presales, and make it yours.",
    fr="Un brouillon, tiré de {where} : {closed} affaires closes, dont {won} gagnées. Il se "
    "charge tel quel ; reprenez-le avec la vente, la finance et l'avant-vente, et faites-en le "
    "vôtre.",
)
_FIELDS = Text(
    en="The questions. Look at: labels in quotes (headers nobody has translated yet), the lists "
    "of answers and the ranges (anything else is refused as a slip), and what is not known yet on "
    "the day you decide: take that out.",
    fr="Les questions. À vérifier : les libellés entre guillemets (en-têtes encore sans "
    "traduction), les listes de réponses et les bornes (le reste est refusé comme une faute de "
    "saisie), et ce qui n'est pas encore connu le jour où vous décidez : à retirer.",
)
_NOT_MODEL = Text(en="not for the model: {why}", fr="pas pour le modèle : {why}")
_ALMOST_TOO_GOOD = Text(
    en="almost too good: {why}; if it is written while the deal is worked, write "
    "used_by_model: false",
    fr="presque trop beau : {why} ; si c'est écrit pendant que l'affaire est travaillée, écrivez "
    "used_by_model: false",
)
_DAY = Text(
    en="the model does not see days: derive days with type: days_between",
    fr="le modèle ne voit pas les jours : déduisez des durées avec type: days_between",
)
_DOUBT = Text(
    en="'{word}' is kept as an answer; if it means that nobody knows, write unknown: ['{word}'] "
    "and take it from values{evidence}",
    fr="« {word} » reste une réponse ; si c'est qu'on ne sait pas, écrivez unknown: ['{word}'] et "
    "retirez-le de values{evidence}",
)
_CRITERIA = Text(
    en="Candidates, from closed deals: answers whose win rate differs from that of the other "
    "known answers of the same field, at a false discovery rate of 5 %. Ten points double the "
    "odds. In brackets the 90 % interval. That they go together is no proof that one makes the "
    "other: keep those you believe, and write direction: as_points where the model must too.",
    fr="Des candidats, tirés des affaires closes : les réponses dont le taux de gain diffère de "
    "celui des autres réponses connues du même champ, au taux de fausses découvertes de 5 %. Dix "
    "points doublent la cote. Entre crochets, l'intervalle à 90 %. Aller ensemble n'est pas "
    "causer : gardez ceux auxquels vous croyez, et écrivez direction: as_points là où le modèle "
    "doit y croire aussi.",
)
_NO_CRITERIA = Text(
    en="No answer tells won from lost deals beyond chance, or there are too few closed deals: "
    "write the criteria that you believe in.",
    fr="Aucune réponse ne distingue les affaires gagnées au-delà du hasard, ou il y a trop peu "
    "d'affaires closes : écrivez les critères auxquels vous croyez.",
)
_KNOCKOUTS = Text(
    en="Knockouts are decided by people, never learned. Hardly any of these deals was won: if "
    "that is a rule of yours, take the signs away and name an owner.",
    fr="Les critères éliminatoires sont décidés, jamais appris. Presque aucune de ces affaires "
    "n'a été gagnée : si c'est une règle pour vous, retirez les signes et nommez un responsable.",
)
_NO_KNOCKOUTS = Text(
    en="No knockouts yet: write what makes a deal indigestible, whatever its chances.",
    fr="Pas encore de critères éliminatoires : écrivez ce qui rend une affaire indigeste, quelles "
    "que soient ses chances.",
)
_DECISION = Text(
    en="From where a deal is worth its effort. Here: the share of closed deals that were won "
    "({rate}). Better: what the pursuit of a deal costs, divided by the margin of a won one. The "
    "points count while there is no model; {share} of the deals of the file reach them.",
    fr="À partir d'où une affaire vaut son effort. Ici : la part des affaires closes gagnées "
    "({rate}). Mieux : ce que coûte la poursuite d'une affaire, divisé par la marge d'une affaire "
    "gagnée. Les points comptent tant qu'il n'y a pas de modèle ; {share} des affaires du fichier "
    "les atteignent.",
)
_DECISION_ALONE = Text(
    en="From where a deal is worth its effort. Here: the share of closed deals that were won "
    "({rate}). Better: what the pursuit of a deal costs, divided by the margin of a won one.",
    fr="À partir d'où une affaire vaut son effort. Ici : la part des affaires closes gagnées "
    "({rate}). Mieux : ce que coûte la poursuite d'une affaire, divisé par la marge d'une affaire "
    "gagnée.",
)
_KEPT_OUT = Text(en="Columns kept out, and why:", fr="Colonnes écartées, et pourquoi :")
_LOWEST, _HIGHEST = 0.01, 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that stands in the file. ``points`` is the threshold while there is no model."""

    name: str
    title: Text
    where: str
    deals: DealsBlock
    fields: Mapping[str, DraftField]
    kept_out: tuple[DraftColumn, ...]
    closed_deals: int
    won: int
    criteria: tuple[Candidate, ...] = ()
    knockouts: tuple[Candidate, ...] = ()
    compared: tuple[Compared, ...] = field(default=(), repr=False)
    points: float | None = None
    reached: float | None = None

    @property
    def p_win(self) -> float:
        """The base rate, kept from 0 and 1."""
        rate = self.won / max(1, self.closed_deals)
        return round(min(max(rate, _LOWEST), _HIGHEST), 2)

    def with_candidates(
        self,
        criteria: Sequence[Candidate],
        knockouts: Sequence[Candidate],
        compared: Sequence[Compared],
    ) -> "Draft":
        """Return the draft with what closed deals suggest."""
        return replace(
            self, criteria=tuple(criteria), knockouts=tuple(knockouts), compared=tuple(compared)
        )

    def with_threshold(self, policy: Policy, deals: DealTable) -> "Draft":
        """Return the draft with the points that about half of the deals reach.

        One criterion alone does not reach them, unless no deal would.
        """
        if not policy.criteria:
            return self
        earned = add_points(policy, deals).earned
        alone = max(max(one.attainable()) for one in policy.criteria)
        several = len(policy.criteria) > 1
        limits = np.arange(earned.min() // STEP * STEP + STEP, earned.max() + STEP, STEP)
        limits = np.array([x for x in limits if x <= 0 or x > alone or not several])
        shares = np.array([(earned >= limit).mean() for limit in limits])
        useful = (shares > 0) & (shares < 1)
        if not useful.any():
            return self
        place = int(np.argmin(np.where(useful, np.abs(shares - 0.5), np.inf)))
        return replace(self, points=float(limits[place]), reached=float(shares[place]))


def draft_text(draft: Draft, language: Language | None) -> str:
    """Return the file: YAML with remarks in one language, or (None) in both."""
    page = Page(language)
    closed, won = str(draft.closed_deals), str(draft.won)
    page.remark(_filled(_TOP, where=draft.where, closed=closed, won=won))
    page.entry("policy", draft.name)
    page.entry("title", {"en": draft.title.en, "fr": draft.title.fr})
    _write_deals(page, draft)
    _write_fields(page, draft)
    _write_criteria(page, draft)
    _write_knockouts(page, draft)
    _write_decision(page, draft)
    _write_kept_out(page, draft)
    return page.text()


def _write_deals(page: Page, draft: Draft) -> None:
    page.blank()
    page.lines.append("deals:")
    for setting, value in draft.deals.data.items():
        for remark in draft.deals.remarks.get(setting, ()):
            page.remark(remark, 2)
        if isinstance(value, dict):
            page.block(setting, value, 2)
        else:
            page.entry(setting, value, 2)
    names = [
        name
        for name, one in draft.fields.items()
        if one.column.has_track_record and one.data["type"] == "category"
    ]
    if names and draft.deals.dated:
        page.entry("track_record", names, 2)


def _write_fields(page: Page, draft: Draft) -> None:
    page.heading(_FIELDS)
    page.lines.append("fields:")
    asked = {one.field for one in draft.criteria}
    for name, one in draft.fields.items():
        for remark in _field_remarks(one, draft):
            page.remark(remark, 2)
        data = dict(one.data)
        if name in asked:
            data["question"] = question_of(one)
        page.block(name, data, 2)


def _field_remarks(one: DraftField, draft: Draft) -> list[Text]:
    remarks = []
    if one.column.use is Use.SHOWN and one.column.why is not None:
        why = one.column.why
        remarks.append(
            Text(en=_NOT_MODEL.en.format(why=why.en), fr=_NOT_MODEL.fr.format(why=why.fr))
        )
    elif one.column.doubt is not None:
        doubt = one.column.doubt
        remarks.append(
            Text(
                en=_ALMOST_TOO_GOOD.en.format(why=doubt.en),
                fr=_ALMOST_TOO_GOOD.fr.format(why=doubt.fr),
            )
        )
    elif one.data["type"] == "date":
        remarks.append(_DAY)
    return [*remarks, *(_doubt(word, one, draft) for word in (*one.doubtful, *one.nones))]


def _doubt(word: str, one: DraftField, draft: Draft) -> Text:
    found = [c for c in draft.compared if c.field == one.name and c.answer.word == word]
    said = evidence_of(found[0]) if found else None
    told = ("", "") if said is None else (f" ({said.en})", f" ({said.fr})")
    return Text(
        en=_DOUBT.en.format(word=word, evidence=told[0]),
        fr=_DOUBT.fr.format(word=word, evidence=told[1]),
    )


def _write_criteria(page: Page, draft: Draft) -> None:
    page.heading(_CRITERIA if draft.criteria else _NO_CRITERIA)
    if draft.criteria:
        page.lines.append("criteria:")
    for one in draft.criteria:
        for remark in one.evidence:
            page.remark(remark, 2)
        page.item(one.data)


def _write_knockouts(page: Page, draft: Draft) -> None:
    page.heading(_KNOCKOUTS if draft.knockouts else _NO_KNOCKOUTS)
    if draft.knockouts:
        page.lines.append("# knockouts:")
    for one in draft.knockouts:
        for remark in one.evidence:
            page.remark(remark)
        page.proposal(one.data, 0)


def _write_decision(page: Page, draft: Draft) -> None:
    text = _DECISION_ALONE if draft.points is None else _DECISION
    rate, reached = draft.won / max(1, draft.closed_deals), draft.reached or 0.0
    page.heading(
        Text(
            en=text.en.format(rate=honest_share(rate, "en"), share=honest_share(reached, "en")),
            fr=text.fr.format(rate=honest_share(rate, "fr"), share=honest_share(reached, "fr")),
        )
    )
    go_at: dict[str, float] = {"p_win": draft.p_win}
    if draft.points is not None:
        go_at["points"] = int(draft.points)
    page.block("decision", {"go_at": go_at})


def _write_kept_out(page: Page, draft: Draft) -> None:
    if not draft.kept_out:
        return
    page.heading(_KEPT_OUT)
    for one in draft.kept_out:
        if one.why is not None:
            header = one.header
            page.remark(Text(en=f"- {header}: {one.why.en}", fr=f"- {header} : {one.why.fr}"))


def _filled(text: Text, **values: str) -> Text:
    return Text(en=text.en.format(**values), fr=text.fr.format(**values))
