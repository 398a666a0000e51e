"""What a training leaves in MLflow: what was set, what was chosen, and what came of it."""

from collections.abc import Iterable, Mapping
from typing import cast

from features.texts import LANGUAGES
from models.registry import Registry
from models.win_model import WinModel
from models.win_probability import WinProbability
from reports.data_page import render_data_report
from reports.model_page import model_figures, render_model
from reports.review import DirectionConflict, Review
from reports.review_page import render_review
from training.data_report import data_report
from training.labelled_source import labelled_source
from training.promotion.gate import Teaching
from training.tracking import Tracker

POLICY_FILE = "policy/policy.yaml"
DATA_PAGE, DATA_FILE = "data/data_report.html", "data/data_report.json"

NONE = "none"
"""What a parameter says where there is nothing: an empty cell would look like a forgotten one."""
LONGEST = 500
TREE_SETTINGS = (
    "num_leaves",
    "learning_rate",
    "min_data_in_leaf",
    "lambda_l2",
    "feature_fraction",
    "max_bin",
    "extra_trees",
)

Parameter = str | int | float | bool


def record_run(
    registry: Registry,
    teaching: Teaching,
    model: WinModel,
    review: Review,
    pages: Mapping[str, str],
) -> str:
    """Write the run of a training with its pages and figures, and return its id.

    ``pages`` are further files, by where they belong, such as `data_pages` makes.
    """
    tracker = Tracker(registry)
    parameters = run_parameters(teaching, model, review)
    run_id = tracker.start(teaching.policy, teaching.deals, parameters)
    reviewed = {f"review.{name}.html": render_review(review, name) for name in LANGUAGES}
    reviewed |= {f"model.{name}.html": render_model(review, name) for name in LANGUAGES}
    figures = {
        f"{figure}.{name}.svg": text
        for name in LANGUAGES
        for figure, text in model_figures(review.evaluation, name).items()
    }
    files = {POLICY_FILE: teaching.policy.text, **pages}
    tracker.record(run_id, review.evaluation, review, reviewed, figures, files=files)
    return run_id


def data_pages(teaching: Teaching) -> dict[str, str]:
    """Return the report on the source that taught, as a page in both languages and as JSON."""
    deals, source = labelled_source(teaching.on_file.raw, teaching.policy)
    found = data_report(deals, source)
    return {
        DATA_PAGE: render_data_report(found, LANGUAGES[0]),
        DATA_FILE: found.model_dump_json(indent=1),
    }


def run_parameters(teaching: Teaching, model: WinModel, review: Review) -> dict[str, Parameter]:
    """Return what was set and what was chosen, the same keys for every run.

    The model must have been trained just now: how it was chosen is no part of an artifact.
    """
    evaluation, forgetting = review.evaluation, review.evaluation.forgetting
    months = None if forgetting is None else forgetting.half_life_months
    return {
        "effort": teaching.effort,
        "seed": teaching.seed,
        "as_of": teaching.as_of.isoformat(),
        "split": evaluation.split,
        "n_splits": evaluation.n_splits,
        "half_life_months": NONE if months is None else months,
        "evidence_level": model.provenance.evidence_level,
        "columns": len(model.schema.columns),
        "criteria": len(model.criteria),
        "twins": review.twins,
        "no_decision": model.no_decision is not None,
        **_of_the_parts(model),
        "directions_given_up": _names(one for one in review.conflicts if one.given_up),
        "directions_kept": _names(one for one in review.conflicts if not one.given_up),
    }


def _of_the_parts(model: WinModel) -> dict[str, Parameter]:
    """Return what was chosen of the two parts and of their blend."""
    fitted = cast("WinProbability", model.estimator)
    recipe, logistic, stack = fitted.recipe_, fitted.logistic_, fitted.stack_
    penalties, trees = recipe.penalties, recipe.trees
    weighed = zip(penalties.values, penalties.weights, strict=True)
    settings = {} if trees is None else {n: _short(trees.settings[n]) for n in TREE_SETTINGS}
    return {
        "penalties": ", ".join(f"{value:g}: {weight:.3f}" for value, weight in weighed),
        "points_slope": _short(logistic.slope),
        "stack_logistic": _short(stack.logistic),
        "stack_trees": _short(stack.trees),
        "stack_intercept": _short(stack.intercept),
        "trees_rounds": NONE if trees is None else trees.rounds,
        **{f"trees_{name}": settings.get(name, NONE) for name in TREE_SETTINGS},
    }


def _short(value: float | int) -> float | int:
    """Return a fraction with as many digits as one compares; whole numbers as they are."""
    return float(f"{value:.6g}") if isinstance(value, float) else value


def _names(conflicts: Iterable[DirectionConflict]) -> str:
    names = ", ".join(one.name for one in conflicts)
    return (names if len(names) <= LONGEST else f"{names[:LONGEST]} …") or NONE
