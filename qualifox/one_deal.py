"""``qualifox answer`` and ``qualifox what-if``: one deal as it is, and with facts changed."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualifox.judges import chosen_qualifier
from qualifox.options import (
    AsOfOption,
    JsonOption,
    LanguageOption,
    ModelOption,
    chosen_day,
    chosen_language,
)
from qualifox.terminal import out, print_json, say

if TYPE_CHECKING:
    from features.deal import Deal, Fact
    from features.policy import Policy
    from features.texts import Language
    from models.qualifier import Qualifier

FactsArgument = Annotated[
    Path,
    typer.Argument(help="The facts of one deal, as JSON; - reads them from the standard input."),
]
PolicyAloneOption = Annotated[
    Path | None, typer.Option("--policy", help="Answer under this policy alone, without a model.")
]


def answer(
    facts: FactsArgument,
    *,
    model: ModelOption = None,
    policy: PolicyAloneOption = None,
    as_of: AsOfOption = None,
    html: Annotated[Path | None, typer.Option(help="Write it as a page, too.")] = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Answer about one deal: what to do, why, what to find out next, and what would turn it."""
    from reports.answer import answer as answer_data
    from reports.answer_html import render_answer
    from reports.answer_lines import answer_lines
    from reports.answer_page import answer_page

    day, tongue = chosen_day(as_of), chosen_language(language)
    qualifier = chosen_qualifier(model, policy)
    deal = _deal(facts, qualifier.policy, day)
    (decision,) = qualifier.decide([deal])
    told = _told_of(qualifier, deal, tongue)
    page = answer_page(
        decision,
        qualifier.policy,
        tongue,
        questions=[told["questions_text"], *_worth_asking(told), *told["idle_texts"]],
        flips=[told["flips"]["text"], *(one["text"] for one in told["flips"]["found"])],
    )
    if html is not None:
        html.parent.mkdir(parents=True, exist_ok=True)
        html.write_text(render_answer(page), encoding="utf-8")
        say(f"page: {html}")
    if json:
        print_json({**told, **answer_data(decision, qualifier.policy, tongue)})
        return
    for line in answer_lines(page):
        out.print(line)


def what_if(
    facts: FactsArgument,
    *,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="A fact to change, like budget=yes.")
    ] = None,
    unset: Annotated[
        list[str] | None, typer.Option("--unset", help="A fact to make unknown.")
    ] = None,
    model: ModelOption = None,
    policy: PolicyAloneOption = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Answer for a deal with some facts changed, before and after; nothing is written down."""
    from models.what_if import what_if as answer_for
    from reports.answer import answer as answer_data
    from reports.flip_words import what_if_in_words

    day, tongue = chosen_day(as_of), chosen_language(language)
    qualifier = chosen_qualifier(model, policy)
    deal = _deal(facts, qualifier.policy, day)
    changes = _changes(set_ or [], unset or [], qualifier.policy)
    told = answer_for(qualifier, deal, changes)
    after = _told_of(qualifier, told.other, tongue)
    if json:
        decisions = (
            answer_data(one, qualifier.policy, tongue) for one in (told.before, told.after)
        )
        both = dict(zip(("before", "after"), decisions, strict=True))
        print_json({"changed": list(told.changed), **both, **after})
        return
    for line in what_if_in_words(told, qualifier.policy, tongue):
        out.print(line, markup=False)
    _print_lists(after)


def _told_of(qualifier: "Qualifier", deal: "Deal", language: "Language") -> dict[str, Any]:
    """Return the questions and the flips of a deal as data, with their sentences."""
    from models.flips.flips import flips_of
    from models.questions.questions import questions_of
    from reports.flip_words import flips_data
    from reports.question_words import idle_in_words, order_in_words, question_data

    asked, flips = questions_of(qualifier, deal), flips_of(qualifier, deal)
    reference = None if qualifier.model is None else qualifier.model.reference
    n_declined = 0 if reference is None else reference.n_declined
    return {
        "questions_text": order_in_words(asked, language, n_declined=n_declined),
        "questions": [question_data(one, qualifier.policy, language) for one in asked],
        "idle_texts": idle_in_words(asked, qualifier.policy, language),
        "flips": flips_data(flips, qualifier.policy, language),
    }


def _worth_asking(told: dict[str, Any]) -> list[str]:
    """Return the questions whose answer alone may change something, as sentences."""
    return [one["text"] for one in told["questions"] if not one["changes_nothing"]]


def _print_lists(told: dict[str, Any]) -> None:
    out.print("\n" + told["questions_text"], markup=False)
    for number, text in enumerate(_worth_asking(told), start=1):
        out.print(f"  {number}. {text}", markup=False)
    for line in told["idle_texts"]:
        out.print(f"  {line}", markup=False)
    out.print("\n" + told["flips"]["text"], markup=False)
    for one in told["flips"]["found"]:
        out.print(f"  - {one['text']}", markup=False)


def _deal(facts: Path, policy: "Policy", today: date) -> "Deal":
    """Return the deal that a file describes, as strictly as the service reads it."""
    from features.errors import FactsError
    from serving.envelope import deal_of
    from serving.messages import RequestError, read_object

    body = typer.get_binary_stream("stdin").read() if str(facts) == "-" else facts.read_bytes()
    try:
        data = read_object(body)
    except RequestError as error:
        raise FactsError(error.problems) from None
    return deal_of(data, {}, policy, today=today)


def _changes(given: list[str], unset: list[str], policy: "Policy") -> "dict[str, Fact | None]":
    """Return the changes that the options name; raises with every problem in them."""
    from features.errors import FactsError, Problem
    from features.written_fact import changes_of

    texts: dict[str, str | None] = {}
    problems = []
    for option, written in [("--set", one) for one in given] + [("--unset", one) for one in unset]:
        name, equals, text = written.partition("=")
        if (option == "--set") != bool(equals):
            hint = "like --set budget=yes, or --unset budget"
            problems.append(Problem(where=option, what=f"'{written}' is no change", hint=hint))
        elif name in texts:
            problems.append(Problem(where=name, what="is changed twice", hint="say it once"))
        else:
            texts[name] = text if equals else None
    changes, wrong = changes_of(texts, policy.fields)
    if problems or wrong:
        raise FactsError([*problems, *wrong])
    return changes
