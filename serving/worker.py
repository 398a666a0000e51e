"""One worker of the service: what it opens, what it answers with, and what it closes."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from starlette.types import ASGIApp

from serving.api import make_app
from serving.bootstrap import open_champion
from serving.champion.champion import Champion, ChampionEvent
from serving.decision_log.archive import archived
from serving.decision_log.log import DecisionLog
from serving.decision_log.policy_archive import archived_policy, keep_policy
from serving.decision_log.settings import LogSettings
from serving.edge.composition import HOME, edge_of
from serving.front_door import FrontDoor
from serving.heads import let_heads_come_in_time
from serving.metrics import Metrics
from serving.orphan import end_with_parent, is_worker
from serving.routes.shadowing import shadow_of
from serving.settings import Settings
from serving.shadow_figures import ShadowFigures


class Worker:
    """The composition root of a process that answers; BentoML asks for it in this order."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        if is_worker():
            end_with_parent()  # first of all: whoever is started may be left at any moment
        self._environment = environment
        self.app = make_app()
        self.app.state.champion = Champion()

    def application(self, bentoml: ASGIApp) -> ASGIApp:
        """Return what the server asks: the guard, our routes behind it, and BentoML's health."""
        let_heads_come_in_time()
        state = self.app.state
        figures = state.metrics = Metrics()
        state.shadow_figures = ShadowFigures(figures.registry)
        return edge_of(FrontDoor(self.app, bentoml), self._environment, figures)

    def open(self) -> None:
        """Hold what answers, and open the log.

        Raises
        ------
        QualifoxError
            When either cannot be had; the worker does not start then.
        """
        state, home = self.app.state, Path(self._environment.get(HOME, "."))
        state.champion = champion = open_champion(Settings.of(self._environment))
        champion.listeners.append(self._count_swap)
        self._tell_versions()
        champion.start()
        state.log = log = DecisionLog.open(LogSettings.of(self._environment, home))
        state.archive = partial(archived, home / "served")
        state.policy_archive = partial(archived_policy, home / "served")
        if champion.current is not None and champion.current.qualifier.model is None:
            keep_policy(home / "served", champion.current.qualifier.policy)
        state.shadow = shadow_of(state)
        if state.metrics is not None:
            state.metrics.watch_backlog(lambda: log.backlog)

    @property
    def is_ready(self) -> bool:
        """Whether a qualifier has answered, and answers can be kept."""
        state = self.app.state
        return bool(state.champion.is_ready and state.log.is_writable)

    def close(self) -> None:
        """Stop following, leave the roll of workers, and write what waits."""
        state = self.app.state
        state.champion.stop()
        state.shadow.stop()
        state.log.close()

    def _count_swap(self, event: ChampionEvent) -> None:
        """Name the version that answers from now on, and count what was refused."""
        if event.reason and self.app.state.metrics is not None:
            self.app.state.metrics.refused_model()
        self._tell_versions()

    def _tell_versions(self) -> None:
        """Let the figures name what answers, once there are figures and something answers."""
        figures, held = self.app.state.metrics, self.app.state.champion.current
        if figures is not None and held is not None:
            figures.answers_with(held.qualifier.versions())
