"""``qualifox review``: the evidence for each criterion and knockout of the champion."""

from pathlib import Path
from typing import Annotated

import typer

from qualifox.home import home_folder
from qualifox.options import JsonOption, LanguageOption, ModelOption, chosen_language, chosen_model
from qualifox.terminal import out, print_json, say

REVIEW_FILE = "review/review.json"


def review(
    *,
    model: ModelOption = None,
    page: Annotated[
        Path | None,
        typer.Option(help="Where to write the page; by default under the home folder."),
    ] = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Show what closed deals say of each criterion and knockout, and write it as a page."""
    from models.registry import Registry
    from reports.model_page import render_model
    from reports.review import Review
    from reports.review_page import render_review
    from reports.review_table import review_lines

    tongue, registry = chosen_language(language), Registry(home_folder())
    champion = chosen_model(registry, model, promoted=False)
    found = Review.model_validate_json(registry.run_file(champion, REVIEW_FILE))
    place = page or home_folder() / "reviews" / f"{champion.name}.{tongue}.html"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(render_review(found, tongue), encoding="utf-8")
    if json:
        print_json(found.to_data())
    else:
        for table in review_lines(found, tongue):
            out.print(table)
    judged = place.with_name(f"{place.stem}.model{place.suffix}")
    judged.write_text(render_model(found, tongue), encoding="utf-8")
    say(f"page: {place}")
    say(f"how the model was judged: {judged}")
