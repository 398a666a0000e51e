"""``qualifox explain``: the page behind a code of ``qualifox policy check``."""

from typing import Annotated

import typer

from qualifox.options import JsonOption, LanguageOption, chosen_language
from qualifox.terminal import out, print_json


def explain(
    code: Annotated[
        str | None, typer.Argument(help="The code of a finding; without one, all are listed.")
    ] = None,
    *,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Explain a finding: what it means, an example, how to mend it, why it matters."""
    from features.lint import EXPLANATIONS, explanation_of

    tongue = chosen_language(language)
    if code is not None:
        page = explanation_of(code)
        if json:
            print_json(page.to_data(tongue))
        else:
            out.print(page.page(tongue), markup=False)
        return
    pages = EXPLANATIONS.values()
    if json:
        print_json([page.to_data(tongue) for page in pages])
        return
    wide = max(len(page.code) for page in pages)
    for page in pages:
        line = f"{page.code.ljust(wide)}  {page.severity.ljust(7)}  {page.title.in_(tongue)}"
        out.print(line, markup=False)
