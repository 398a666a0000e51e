"""The challenger in the champion's shadow: asked the same after the answer, and never answering.

It is asked in a thread of its own, from a queue that forgets rather than grows: a slow challenger
costs comparisons, not answers.
"""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from features.deal import Deal
from features.errors import FactsError
from features.policy import Policy
from models.decision import Decision
from serving.champion.champion import Champion
from serving.champion.held import Serving

logger = logging.getLogger("qualifox.serving")

MOST_WAITING = 256

MakeDeal: TypeAlias = Callable[[Policy], Deal]
"""Reads the same request under another policy; raises `FactsError` where it cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadowed:
    """One request as both saw it.

    ``decision`` is None where the facts do not fit the challenger's policy.
    """

    request_id: str
    answered: Decision
    challenger: Serving
    decision: Decision | None


class Shadow:
    """Asks the challenger, and hands what it says to ``heard``, for the log."""

    def __init__(self, champion: Champion, heard: Callable[[Shadowed], None]) -> None:
        self.champion, self.heard = champion, heard
        self.forgotten = 0
        self._waiting: queue.Queue[tuple[str, Decision, Serving, MakeDeal]]
        self._waiting = queue.Queue(MOST_WAITING)
        self._started = threading.Lock()
        self._thread: threading.Thread | None = None

    def ask(self, request_id: str, answered: Decision, make_deal: MakeDeal) -> None:
        """Queue one answered request; returns at once, whether there is room or not."""
        challenger = self.champion.challenger
        if challenger is None:
            return
        try:
            self._waiting.put_nowait((request_id, answered, challenger, make_deal))
        except queue.Full:
            self.forgotten += 1
        if self._thread is None:
            self._start()

    def settle(self) -> None:
        """Wait until everything that was asked has been heard."""
        self._waiting.join()

    def _start(self) -> None:
        with self._started:
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="shadow", daemon=True)
                self._thread.start()

    def _listen(self) -> None:
        while True:
            request_id, answered, challenger, make_deal = self._waiting.get()
            try:
                decision = _decision(challenger, make_deal)
                self.heard(
                    Shadowed(
                        request_id=request_id,
                        answered=answered,
                        challenger=challenger,
                        decision=decision,
                    )
                )
            except Exception:
                logger.exception("the challenger could not be asked")
            finally:
                self._waiting.task_done()


def _decision(challenger: Serving, make_deal: MakeDeal) -> Decision | None:
    try:
        deal = make_deal(challenger.qualifier.policy)
    except FactsError:
        return None
    return challenger.qualifier.decide([deal])[0]
