"""The challenger in the champion's shadow: asked the same after the answer, and never answering.

It is asked in a thread of its own, from a queue that forgets rather than grows: a slow challenger
costs comparisons, not answers. The thread shares the interpreter with what answers, so it rests
after each deal: however much is asked, it takes a fixed share of one processor.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar

from features.deal import Deal
from features.errors import FactsError
from features.policy import Policy
from models.decision import Decision
from serving.champion.champion import Champion
from serving.champion.held import Serving

logger = logging.getLogger("qualifox.serving")

About = TypeVar("About")
MOST_WAITING = 256
SHARE = 0.1
"""Of one processor, that the challenger may take from what answers."""
LONGEST_REST_SECONDS = 5.0
LONGEST_DEAL_SECONDS = 60.0
"""A challenger that takes longer over one deal hangs, and is not asked any more."""
MOST_TOGETHER = 100
EVERY_SECONDS = 1.0
"""What was said is handed on so rarely: each time is a commit that answers may wait for."""
LONGEST_STOP_SECONDS = 1.0

MakeDeal: TypeAlias = Callable[[Policy], Deal]
"""Reads the same request under another policy; raises `FactsError` where it cannot."""
Lost: TypeAlias = Literal["full", "failed", "not_kept"]
"""Why a deal was forgotten: too many waited, the challenger failed, what it said was not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadowed(Generic[About]):
    """One request as both saw it; ``about`` is what the asker calls it.

    ``decision`` is None where the facts do not fit the challenger's policy.
    """

    about: About
    answered: Decision
    challenger: Serving
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[About]):
    about: About
    answered: Decision
    challenger: Serving
    make_deal: MakeDeal


class Shadow(Generic[About]):
    """Asks the challenger, and hands what it says to ``heard``, for the log.

    Parameters
    ----------
    heard
        Told what the challenger said, some deals together; returns whether that was kept.
    lost
        Told why deals are forgotten, and how many.
    share
        Of one processor, in (0, 1].
    """

    def __init__(
        self,
        champion: Champion,
        heard: Callable[[Sequence[Shadowed[About]]], bool],
        lost: Callable[[Lost, int], None] = lambda _, __: None,
        *,
        share: float = SHARE,
    ) -> None:
        self.champion, self.heard, self.lost = champion, heard, lost
        self._rest = 1 / share - 1
        self._waiting: queue.Queue[_Waiting[About] | None] = queue.Queue(MOST_WAITING)
        self._said: list[Shadowed[About]] = []
        self._told_at = 0.0
        self._telling = threading.Lock()
        self._failed: set[str | None] = set()
        self._hung: set[str | None] = set()
        self._in_hand: tuple[float, str | None] | None = None
        self._starting, self._stopped = threading.Lock(), threading.Event()
        self._thread: threading.Thread | None = None

    def ask(self, about: About, answered: Decision, make_deal: MakeDeal) -> None:
        """Queue one answered deal; returns at once, whether there is room or not."""
        challenger = self.champion.challenger
        if challenger is None or self._stopped.is_set():
            return
        self._give_up_what_hangs()
        if challenger.version in self._hung:
            self.lost("failed", 1)
            return
        if self._thread is None:
            self._start()
        try:
            self._waiting.put_nowait(_Waiting(about, answered, challenger, make_deal))
        except queue.Full:
            self.lost("full", 1)

    def settle(self) -> None:
        """Wait until everything that was asked has been heard, and hand it on."""
        self._waiting.join()
        self._hand_on(now=True)

    def stop(self) -> None:
        """Ask nothing any more; what waits is forgotten, and a deal in hand gets a second."""
        self._stopped.set()
        if self._thread is not None:
            # Where it is full, the thread waits for no deal, and sees that it has been stopped.
            with suppress(queue.Full):
                self._waiting.put_nowait(None)
            self._thread.join(LONGEST_STOP_SECONDS)
            self._hand_on(now=True)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._listen, args=(self._waiting,), name="shadow", daemon=True
                )
                self._thread.start()

    def _give_up_what_hangs(self) -> None:
        """Leave a thread that a challenger does not give back, with what waits behind it."""
        in_hand = self._in_hand
        if in_hand is None or time.monotonic() - in_hand[0] < LONGEST_DEAL_SECONDS:
            return
        with self._starting:
            if self._in_hand is not in_hand:
                return  # another request has seen to it, or it has come back
            self._in_hand, self._thread = None, None
            self._hung.add(in_hand[1])
            left, self._waiting = self._waiting, queue.Queue(MOST_WAITING)
        logger.error("the challenger hangs, and is not asked any more: %.16s", in_hand[1])
        self.lost("failed", 1 + left.qsize())

    def _listen(self, own: "queue.Queue[_Waiting[About] | None]") -> None:
        while own is self._waiting and not self._stopped.is_set():
            try:
                waiting = own.get(timeout=EVERY_SECONDS if self._said else None)
            except queue.Empty:
                self._hand_on(now=True)
                continue
            started = time.thread_time()
            if waiting is not None:
                self._in_hand = time.monotonic(), waiting.challenger.version
                said = self._said_to(waiting)
                if own is not self._waiting:
                    return  # it was given up, and comes too late
                self._in_hand = None
                with self._telling:
                    self._said += said
            own.task_done()
            taken = time.thread_time() - started
            self._stopped.wait(min(taken * self._rest, LONGEST_REST_SECONDS))
            self._hand_on()

    def _said_to(self, waiting: _Waiting[About]) -> list[Shadowed[About]]:
        """Return what the challenger says; nothing where it fails."""
        challenger = waiting.challenger
        try:
            decision = _decision(challenger, waiting.make_deal)
        except Exception:
            if challenger.version not in self._failed:  # told once: it may fail at every deal
                self._failed.add(challenger.version)
                logger.exception("the challenger could not be asked")
            self.lost("failed", 1)
            return []
        said = Shadowed(
            about=waiting.about,
            answered=waiting.answered,
            challenger=challenger,
            decision=decision,
        )
        return [said]

    def _hand_on(self, *, now: bool = False) -> None:
        """Tell what was said, if it is time; what is not kept is lost."""
        with self._telling:
            late = time.monotonic() - self._told_at >= EVERY_SECONDS
            if not self._said or not (now or late or len(self._said) >= MOST_TOGETHER):
                return
            said, self._said, self._told_at = self._said, [], time.monotonic()
        try:
            kept = self.heard(said)
        except Exception:
            logger.exception("what the challenger said could not be kept")
            kept = False
        if not kept:
            self.lost("not_kept", len(said))


def _decision(challenger: Serving, make_deal: MakeDeal) -> Decision | None:
    try:
        deal = make_deal(challenger.qualifier.policy)
    except FactsError:
        return None
    return challenger.qualifier.decide([deal])[0]
