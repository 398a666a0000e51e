"""What happened in a training run, kept in MLflow: parameters, metrics, fingerprints, review."""

from collections.abc import Mapping
from dataclasses import dataclass

import mlflow

from features.policy import Policy
from models.registry import Registry
from models.version import CODE_VERSION
from reports.evaluation import EvaluationSummary
from reports.review import Review
from training.closed_deals import ClosedDeals

REVIEW_FILE = "review/review.json"
EVALUATION_FILE = "evaluation/evaluation.json"


@dataclass(frozen=True, slots=True)
class Tracker:
    """Writes runs to the registry's store."""

    registry: Registry

    def start(self, policy: Policy, deals: ClosedDeals, parameters: Mapping[str, object]) -> str:
        """Open a run for a training that has been done, and return its id."""
        with mlflow.start_run(experiment_id=self.registry.experiment(policy.name)) as run:
            mlflow.set_tags(
                {
                    "qualifox.code": CODE_VERSION,
                    "qualifox.policy": policy.fingerprint,
                    "qualifox.data": deals.fingerprint,
                    "qualifox.effort": str(parameters.get("effort", "normal")),
                }
            )
            mlflow.log_params({"closed_deals": len(deals), "won": deals.n_won, **parameters})
            return str(run.info.run_id)

    def record_recalibration(
        self,
        policy: Policy,
        data_fingerprint: str,
        figures: Mapping[str, float],
        texts: Mapping[str, str],
        tags: Mapping[str, str],
    ) -> str:
        """Write a run in which one number was learned, and return its id.

        ``texts`` maps the names of files to what they hold.
        """
        with mlflow.start_run(experiment_id=self.registry.experiment(policy.name)) as run:
            mlflow.set_tags(
                {
                    "qualifox.code": CODE_VERSION,
                    "qualifox.policy": policy.fingerprint,
                    "qualifox.data": data_fingerprint,
                    **tags,
                }
            )
            mlflow.log_metrics(dict(figures))
            for name, text in texts.items():
                mlflow.log_text(text, name)
            return str(run.info.run_id)

    def record(
        self,
        run_id: str,
        evaluation: EvaluationSummary,
        review: Review,
        pages: Mapping[str, str],
        figures: Mapping[str, str] | None = None,
        *,
        files: Mapping[str, str] | None = None,
    ) -> None:
        """Write the numbers, the review, its pages and figures to a run.

        ``pages`` maps the names of HTML files to texts, ``figures`` those of SVG files; ``files``
        are further texts, by where they belong.
        """
        with mlflow.start_run(run_id=run_id):
            mlflow.log_metrics(run_metrics(evaluation))
            mlflow.log_text(review.model_dump_json(indent=1), REVIEW_FILE)
            for name, text in pages.items():
                mlflow.log_text(text, f"review/{name}")
            mlflow.log_text(evaluation.model_dump_json(indent=1), EVALUATION_FILE)
            for name, text in (figures or {}).items():
                mlflow.log_text(text, f"figures/{name}")
            for place, text in (files or {}).items():
                mlflow.log_text(text, place)


def run_metrics(evaluation: EvaluationSummary) -> dict[str, float]:
    """Return the evaluation as flat metrics, for MLflow and for the manifest.

    The ends of an interval stand beside its figure as ``_low`` and ``_high``.
    """
    flat = {f"held_out_{name}": value for name, value in evaluation.metrics.items()}
    flat |= {f"held_out_{name}_sd": value for name, value in evaluation.spread.items()}
    for name, (low, high) in evaluation.intervals.items():
        flat |= {f"held_out_{name}_low": low, f"held_out_{name}_high": high}
    flat |= {f"base_rate_{name}": value for name, value in evaluation.base_rate.items()}
    flat["confidence_over_base_rate"] = evaluation.confidence
    return {**flat, **_of_checks(evaluation), **_of_baselines(evaluation), **_of_time(evaluation)}


def _of_checks(evaluation: EvaluationSummary) -> dict[str, float]:
    flat: dict[str, float] = {}
    if evaluation.calibration is not None:
        flat["calibrated"] = float(evaluation.calibration.passed)
    if evaluation.calibration_error is not None:
        error = evaluation.calibration_error
        flat |= {"null_ece_low": error.null_low, "null_ece_high": error.null_high}
    if evaluation.affordable is not None:
        flat["affordable_parameters"] = float(evaluation.affordable.parameters)
    return flat


def _of_baselines(evaluation: EvaluationSummary) -> dict[str, float]:
    flat: dict[str, float] = {}
    for one in evaluation.baselines:
        flat[f"gain_over_{one.name}"] = one.gain
        flat[f"gain_over_{one.name}_low"], flat[f"gain_over_{one.name}_high"] = one.interval
    return flat


def _of_time(evaluation: EvaluationSummary) -> dict[str, float]:
    flat = {f"cut_{n}_log_loss": one.log_loss for n, one in enumerate(evaluation.rolling, 1)}
    if evaluation.optimism is not None and evaluation.optimism.auc_gap is not None:
        flat["optimism_auc"] = evaluation.optimism.auc_gap
        flat["optimism_log_loss"] = evaluation.optimism.log_loss_gap
    if evaluation.forgetting is not None and evaluation.forgetting.half_life_months is not None:
        flat["half_life_months"] = float(evaluation.forgetting.half_life_months)
    return flat
