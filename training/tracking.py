"""What happened in a training run, kept in MLflow: parameters, metrics, fingerprints, review."""

from collections.abc import Mapping
from dataclasses import dataclass

import mlflow

from features.policy import Policy
from models.registry import Registry
from models.version import CODE_VERSION
from reports.review import EvaluationSummary, Review
from training.closed_deals import ClosedDeals

REVIEW_FILE = "review/review.json"


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
                }
            )
            mlflow.log_params({"closed_deals": len(deals), "won": deals.n_won, **parameters})
            return str(run.info.run_id)

    def record(
        self, run_id: str, evaluation: EvaluationSummary, review: Review, pages: Mapping[str, str]
    ) -> None:
        """Write the figures, the review and its pages to a run; ``pages`` maps names to texts."""
        with mlflow.start_run(run_id=run_id):
            mlflow.log_metrics(run_metrics(evaluation))
            mlflow.log_text(review.model_dump_json(indent=1), REVIEW_FILE)
            for name, text in pages.items():
                mlflow.log_text(text, f"review/{name}")


def run_metrics(evaluation: EvaluationSummary) -> dict[str, float]:
    """Return the evaluation as flat metrics, for MLflow and for the manifest."""
    flat = {f"held_out_{name}": value for name, value in evaluation.metrics.items()}
    flat |= {f"held_out_{name}_sd": value for name, value in evaluation.spread.items()}
    flat |= {f"base_rate_{name}": value for name, value in evaluation.base_rate.items()}
    flat["confidence_over_base_rate"] = evaluation.confidence
    return flat
