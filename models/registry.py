"""The one door to MLflow's registry: publish an artifact, name it, fetch it back.

Everything lives under one home folder: a SQLite file for runs and versions, and a folder for
artifacts.
"""

import logging
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TypeAlias

import mlflow
from alembic.util.exc import CommandError
from mlflow.entities import Experiment, Metric
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, TensorSpec
from mlflow.types import Schema as ColumnTypes
from sqlalchemy.exc import SQLAlchemyError

from features.errors import RegistryError, did_you_mean
from features.fields import AS_OF, PolicyField
from features.policy import Policy
from models.artifact import is_whole
from models.boosting import Effort
from models.lock import locked
from models.published import (
    CODE_TAG,
    EFFORT_TAG,
    NO,
    POLICY_TAG,
    PROVISIONAL_TAG,
    ROLLED_BACK_TAG,
    TRAINING_TAG,
    VERSION_TAG,
    YES,
    Published,
)
from models.version import CODE_VERSION

__all__ = ["ARTIFACT_NAME", "FOLDER_NAME", "Alias", "Published", "Registry"]

Alias: TypeAlias = Literal["champion", "challenger"]

ARTIFACT_NAME = "qualifier"
FOLDER_NAME = "artifact"
"""MLflow keeps the name of the folder that it was given."""


class Registry:
    """The registry under a home folder; opening it makes what is missing."""

    def __init__(self, home: Path) -> None:
        if set("?%") & set(str(home)):
            raise RegistryError(f"{home}: a home folder's path cannot hold ? or %")
        self.home = home
        home.mkdir(parents=True, exist_ok=True)
        self.uri = f"sqlite:///{home / 'mlflow.db'}"
        logging.getLogger("alembic").setLevel(logging.WARNING)
        mlflow.set_tracking_uri(self.uri)
        mlflow.set_registry_uri(self.uri)
        # Two processes that make the same new database at once both fail, hence the lock.
        with locked(home, "registry"):
            self._client = self._opened()

    def _opened(self) -> mlflow.MlflowClient:
        try:
            client = mlflow.MlflowClient(self.uri, self.uri)
            client.search_experiments(max_results=1)
            client.search_registered_models(max_results=1)
        except (MlflowException, SQLAlchemyError, CommandError) as error:
            reason = str(error).splitlines()[0][:200]
            hint = "move it away to start anew, or put a copy of it back"
            raise RegistryError(
                f"{self.home / 'mlflow.db'} cannot be opened: {reason}\n  hint: {hint}"
            ) from None
        return client

    def experiment(self, name: str) -> str:
        """Return the id of a model's experiment, its artifacts under the home folder."""
        with locked(self.home, "registry"):
            found: Experiment | None = self._client.get_experiment_by_name(name)
            if found is not None:
                return str(found.experiment_id)
            place = (self.home / "artifacts" / name).as_uri()
            return str(self._client.create_experiment(name, artifact_location=place))

    def publish(
        self,
        folder: Path,
        artifact: str,
        policy: Policy,
        run_id: str,
        *,
        training: str = "",
        effort: Effort = "normal",
        more: Mapping[str, str] | None = None,
    ) -> Published:
        """Log a folder to a run as a model, and register it as a new version.

        The folder is named `FOLDER_NAME`, as MLflow keeps that name inside the logged model. A
        version is whole once it names its artifact, which is the last thing written. ``more`` are
        further tags of the version, in place of the usual ones where they have their names.
        """
        with mlflow.start_run(run_id=run_id), warnings.catch_warnings():
            # It asks for an input example, and would serve it for half a minute to try it out;
            # the artifact has been tried already.
            warnings.simplefilter("ignore", UserWarning)
            logged = mlflow.pyfunc.log_model(
                name=ARTIFACT_NAME,
                loader_module="models.pyfunc",
                data_path=str(folder),
                signature=_signature(policy.fields),
                pip_requirements=[f"qualifox=={CODE_VERSION}"],
                metadata={VERSION_TAG: artifact},
            )
        with locked(self.home, "registry"):
            if policy.name not in self.model_names():
                self._client.create_registered_model(policy.name)
        version = self._client.create_model_version(
            policy.name, logged.model_uri, run_id, model_id=logged.model_id
        )
        number = str(version.version)
        tags = {
            POLICY_TAG: policy.fingerprint,
            CODE_TAG: CODE_VERSION,
            TRAINING_TAG: training,
            EFFORT_TAG: effort,
            **(more or {}),
            VERSION_TAG: artifact,
        }
        for tag, value in tags.items():
            self._client.set_model_version_tag(policy.name, number, tag, value)
        return self._published(self._client.get_model_version(policy.name, number))

    def name_it(self, published: Published, alias: Alias) -> None:
        """Give a version the name that the service and the reports ask for."""
        self._client.set_registered_model_alias(published.name, alias, published.number)

    def unname(self, name: str, alias: Alias) -> None:
        """Take an alias away from whatever version holds it."""
        self._client.delete_registered_model_alias(name, alias)

    def model_names(self) -> list[str]:
        """Return the names of the registered models, the latest trained first."""
        models = self._client.search_registered_models()
        latest = {m.name: max((v.creation_timestamp for v in self._versions(m.name)), default=0)
                  for m in models}  # fmt: skip
        return sorted(latest, key=lambda name: (-latest[name], name))

    def find(self, name: str, alias: Alias = "champion") -> Published | None:
        """Return the version that holds an alias, None when none does."""
        try:
            return self._published(self._client.get_model_version_by_alias(name, alias))
        except MlflowException:
            return None

    def get(self, name: str, alias: Alias = "champion") -> Published:
        """Return the version that holds an alias; raises `RegistryError` when none does."""
        found = self.find(name, alias)
        if found is not None:
            return found
        names = self.model_names()
        if name not in names:
            hint = did_you_mean(name, names) if names else "train one: qualifox train --help"
            raise RegistryError(f"there is no model '{name}'\n  hint: {hint}")
        raise RegistryError(f"the model '{name}' has no {alias}\n  hint: qualifox train promotes")

    def versions(self, name: str) -> list[Published]:
        """Return the whole versions of a model, the latest first."""
        found = [self._published(one) for one in self._versions(name)]
        whole = [one for one in found if one.artifact]
        return sorted(whole, key=lambda one: -int(one.number))

    def sweep(self, name: str) -> int:
        """Delete the versions whose making was interrupted, and return how many there were.

        Only for whoever holds the lock under which versions are made.
        """
        half = [one for one in self._versions(name) if not one.tags.get(VERSION_TAG)]
        for one in half:
            self._client.delete_model_version(name, str(one.version))
        return len(half)

    def notes(self, name: str) -> dict[str, str]:
        """Return what was noted about a model, by key; nothing where there is no such model."""
        try:
            return dict(self._client.get_registered_model(name).tags)
        except MlflowException:
            return {}

    def note(self, name: str, key: str, text: str) -> None:
        """Note something about a model, in place of what the key said."""
        self._client.set_registered_model_tag(name, key, text)

    def mark(self, published: Published, key: str, text: str) -> None:
        """Write a tag on a version and on its run, where ``mlflow ui`` shows it."""
        self._client.set_model_version_tag(published.name, published.number, key, text)
        self._client.set_tag(published.run_id, key, text)

    def mark_rolled_back(self, published: Published, *, rolled_back: bool) -> None:
        """Say of a version whether people took it back."""
        self.mark(published, ROLLED_BACK_TAG, YES if rolled_back else NO)

    def mark_provisional(self, published: Published, *, provisional: bool) -> None:
        """Say of a version whether it takes the seat without proof."""
        self.mark(published, PROVISIONAL_TAG, YES if provisional else NO)

    def keep_with_run(
        self, published: Published, texts: Mapping[str, str], metrics: Mapping[str, float]
    ) -> None:
        """Add files and metrics to the run that a version comes from; texts are by file name."""
        for file, text in texts.items():
            self._client.log_text(published.run_id, text, file)
        now = int(time.time() * 1000)
        kept = [Metric(key, value, now, 0) for key, value in metrics.items()]
        self._client.log_batch(published.run_id, metrics=kept)

    def fetch(self, published: Published) -> Path:
        """Return a local folder with a version's artifact, kept whole under the home folder."""
        if not published.artifact:
            raise RegistryError(
                f"version {published.number} of {published.name} was never finished\n"
                "  hint: train again"
            )
        folder = self.home / "served" / published.artifact[:16]
        with locked(self.home, "served"):
            if is_whole(folder, published.artifact):
                return folder
            shutil.rmtree(folder, ignore_errors=True)
            with self._download(published) as download:
                folder.parent.mkdir(parents=True, exist_ok=True)
                draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".draft-"))
                shutil.copytree(download, draft, dirs_exist_ok=True)
                draft.rename(folder)
        return folder

    def run_file(self, published: Published, name: str) -> str:
        """Return the text of a file that was stored with a version's run."""
        try:
            return self.text_of_run(published.run_id, name)
        except RegistryError:
            raise RegistryError(f"{published.name}: its run holds no {name}") from None

    def text_of_run(self, run_id: str, name: str) -> str:
        """Return the text of a file that was stored with a run."""
        with tempfile.TemporaryDirectory() as place:
            try:
                path = self._client.download_artifacts(run_id, name, place)
            except (MlflowException, OSError):
                raise RegistryError(f"the run {run_id} holds no {name}") from None
            return Path(path).read_text(encoding="utf-8")

    @contextmanager
    def _download(self, published: Published) -> Iterator[Path]:
        with tempfile.TemporaryDirectory() as place:
            uri = f"models:/{published.name}/{published.number}"
            folder = Path(mlflow.artifacts.download_artifacts(artifact_uri=uri, dst_path=place))
            yield folder / "data" / FOLDER_NAME

    def _versions(self, name: str) -> Sequence[ModelVersion]:
        return list(self._client.search_model_versions(f"name='{name}'"))

    def _published(self, found: ModelVersion) -> Published:
        return Published.of_tags(
            found.tags,
            name=found.name,
            number=str(found.version),
            run_id=str(found.run_id),
            created=int(found.creation_timestamp),
        )


def _signature(fields: Mapping[str, PolicyField]) -> ModelSignature:
    """Return the columns that a frame of deals may have; those that are derived nobody gives."""
    kinds = {"number": "double", "boolean": "boolean", "date": "datetime"}
    inputs: list[ColSpec | TensorSpec] = [
        ColSpec(kinds.get(field.kind, "string"), name, required=False)
        for name, field in fields.items()
        if not field.derived
    ]
    inputs.append(ColSpec("datetime", AS_OF, required=False))
    outputs: list[ColSpec | TensorSpec] = [
        ColSpec("string", "recommendation"),
        ColSpec("double", "p_win"),
        ColSpec("double", "points"),
        ColSpec("double", "p_lost"),
        ColSpec("double", "p_no_decision"),
        ColSpec("string", "evidence_level"),
    ]
    return ModelSignature(ColumnTypes(inputs), ColumnTypes(outputs))
