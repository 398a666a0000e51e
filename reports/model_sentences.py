"""What the page about a model says in whole sentences."""

from collections.abc import Iterator

from features.texts import Language
from reports.evaluation import EvaluationSummary, Windows
from reports.evaluation_words import DIGITS, optimism_words
from reports.model_words import WORDS, word
from reports.numbers import counted, decimal, percent, whole
from reports.typography import day

Said = tuple[bool, str]
"""A sentence, and whether it is an alarm."""


def lead(found: EvaluationSummary, language: Language) -> str:
    """Return what the model learned from and was judged by."""
    deals = counted(found.held_out, WORDS["deal"], WORDS["deals"], language)
    if found.windows is not None and found.windows.cut is not None:
        cut = day(found.windows.cut).in_(language)
        return word("lead_time", language, cut=cut, held_out=deals)
    return word("lead_grouped", language, n=whole(found.n_splits, language), held_out=deals)


def said_of_time(found: EvaluationSummary, language: Language) -> list[Said]:
    """Return what there is to say of time; nothing where deals carry no dates."""
    if found.windows is None:
        return []
    said: list[Said] = []
    if found.optimism is not None:
        text = optimism_words(found.optimism, language)
        if found.optimism.sampled:
            n = whole(found.optimism.taught, language)
            text += " " + word("optimism_sampled", language, n=n)
        said.append((found.optimism.alarming, text))
    said += _of_strict_future(found, language)
    said += _of_windows(found.windows, language)
    if found.forgetting is not None:
        months = found.forgetting.half_life_months
        key = "forgets_not" if months is None else "forgets"
        said.append((False, word(key, language, months=str(months))))
    return said


def _of_strict_future(found: EvaluationSummary, language: Language) -> Iterator[Said]:
    later = found.strict_future
    if later is not None:
        yield (
            False,
            word(
                "strict",
                language,
                deals=whole(later.deals, language),
                loss=decimal(later.log_loss, language, digits=DIGITS),
                base=decimal(later.base_log_loss, language, digits=DIGITS),
                auc=decimal(later.auc, language, digits=DIGITS),
            ),
        )


def _of_windows(found: Windows, language: Language) -> Iterator[Said]:
    if found.siblings:
        yield False, word("siblings", language, deals=whole(found.siblings, language))
    if not found.twins_apart:
        yield True, word("twins_together", language)
    yield from burn_in_words(found, language)


def burn_in_words(found: Windows, language: Language) -> Iterator[Said]:
    """Yield what became of the closings as the records began."""
    if found.burn_in_end is not None and found.burn_in_deals:
        first = day(found.burn_in_end).in_(language)
        yield (
            False,
            word("burn_in", language, deals=whole(found.burn_in_deals, language), day=first),
        )
    elif found.burn_in_end is None and found.burn_in_share:
        yield True, word("burn_in_large", language, share=percent(found.burn_in_share, language))


def said_of_parameters(found: EvaluationSummary, language: Language) -> str | None:
    """Return what so many deals can feed; None where it was not told."""
    one = found.affordable
    if one is None:
        return None
    deals = whole(one.deals, language)
    if one.deals_needed is None:
        return word("affordable_nothing", language, deals=deals)
    return word(
        "affordable",
        language,
        deals=deals,
        r2=decimal(one.r2, language, digits=2),
        parameters=whole(one.parameters, language),
        columns=whole(one.columns, language),
        needed=whole(one.deals_needed, language),
    )
