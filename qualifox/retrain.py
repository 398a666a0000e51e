"""``qualifox retrain``: new closed deals to a verdict, in one command fit for cron."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from features.texts import Language, Text
from qualifox.home import home_folder
from qualifox.logged import (
    FactsOption,
    FromLogOption,
    MaybeDealsOption,
    deals_of_log,
    require_source,
)
from qualifox.options import (
    AcknowledgeOption,
    AsOfOption,
    EffortOption,
    JsonOption,
    LanguageOption,
    PolicyOption,
    QueryOption,
    SheetOption,
    chosen_day,
    chosen_effort,
    chosen_language,
)
from qualifox.terminal import out, print_json, progress, say

if TYPE_CHECKING:
    from training.retrain import Retrained
    from training.sources.location import Location

CHECK_FAILED = 1
NOTHING_NEW = Text(en="nothing new", fr="rien de nouveau")
TRAINED = Text(en="{n} closed deals learned", fr="{n} affaires closes apprises")
VERSION = Text(en="version {number}", fr="version {number}")


def retrain(
    *,
    policy: PolicyOption,
    deals: MaybeDealsOption = None,
    from_log: FromLogOption = False,
    facts: FactsOption = "first",
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Fixes every draw.")] = 0,
    effort: EffortOption = "normal",
    acknowledge_leak: AcknowledgeOption = False,
    query: QueryOption = None,
    sheet: SheetOption = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> int:
    """Learn from new closed deals and promote what deserves it; the same deals again do nothing.

    With --from-log, from those of the decision log whose outcomes were told.

    Exit 0: promoted, or nothing new. Exit 1: a check kept the champion. Exit 2: wrong use.
    """
    from features.policy import load_policy
    from models.registry import Registry
    from training.retrain import retrain as retrain_model

    tongue, day, loaded = chosen_language(language), chosen_day(as_of), load_policy(policy)
    tried = chosen_effort(effort)
    require_source(deals, from_log=from_log)
    source: Location = deals or ""
    if from_log:
        source = deals_of_log(
            loaded, beside=deals, query=query, sheet=sheet, facts=facts, language=tongue
        ).raw
    with progress() as tell:
        done = retrain_model(
            loaded,
            source,
            lambda: Registry(home_folder()),
            as_of=day,
            seed=seed,
            effort=tried,
            query=query,
            sheet=sheet,
            acknowledged=acknowledge_leak,
            tell=tell,
        )
    for note in done.notes:
        say(f"note: {note}")
    if json:
        print_json(_summary(done))
    else:
        out.print(_line(done, tongue), markup=False)
    return CHECK_FAILED if done.is_news and not done.report.promotes else 0


def _line(done: "Retrained", language: Language) -> str:
    from reports.numbers import whole
    from reports.promotion_words import verdict_sentence

    learned = TRAINED.in_(language).format(n=whole(done.closed_deals, language))
    what = learned if done.trained else NOTHING_NEW.in_(language)
    version = VERSION.in_(language).format(number=done.published.number)
    return f"{done.published.name} {version}: {what}; {verdict_sentence(done.report, language)}"


def _summary(done: "Retrained") -> dict[str, Any]:
    return {
        "model": done.published.name,
        "version": done.published.number,
        "artifact": done.published.artifact,
        "trained": done.trained,
        "news": done.is_news,
        "closed_deals": done.closed_deals,
        "promotion": done.report.to_data(),
    }
