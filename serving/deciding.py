"""Deals that are asked about at the same moment, decided as one batch.

A batch of sixteen costs each deal less than half of what it costs alone, and gives the same
answer to the last bit, so that it matters to nobody who else asked. Nothing waits for company:
what has arrived by the time that the event loop has read its sockets is decided together.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from features.deal import Deal
from models.decision import Decision

MOST_AT_ONCE = 32
"""So many keep the event loop for some ten milliseconds; a batch of more gains no more."""


class Decides(Protocol):
    """What decides about deals; `models.qualifier.Qualifier` is one."""

    def decide(self, deals: Sequence[Deal]) -> list[Decision]:
        """Return the whole answer about each deal."""


@dataclass(slots=True)
class _Asked:
    deal: Deal
    waiter: asyncio.Future[Decision]


@dataclass(slots=True)
class Deciding:
    """Gathers the deals of one event loop, each under what answers its request."""

    _asked: dict[int, tuple[Decides, list[_Asked]]] = field(default_factory=dict)

    async def decide(self, qualifier: Decides, deal: Deal) -> Decision:
        """Return what is decided about a deal; whatever it raises is its own."""
        loop = asyncio.get_running_loop()
        asked = _Asked(deal, loop.create_future())
        if not self._asked:
            # Twice around: once for the requests that are read already to get here.
            loop.call_soon(loop.call_soon, self._decide_all)
        self._asked.setdefault(id(qualifier), (qualifier, []))[1].append(asked)
        return await asked.waiter

    def _decide_all(self) -> None:
        asked, self._asked = self._asked, {}
        for qualifier, deals in asked.values():
            for start in range(0, len(deals), MOST_AT_ONCE):
                _settle(qualifier, deals[start : start + MOST_AT_ONCE])


def _settle(qualifier: Decides, asked: list[_Asked]) -> None:
    """Decide some deals together; where that fails, one by one, so that one spoils no other."""
    waiting = [one for one in asked if not one.waiter.done()]
    if not waiting:
        return
    try:
        decisions = qualifier.decide([one.deal for one in waiting])
    except Exception as error:  # noqa: BLE001 (it goes to whoever asked)
        if len(waiting) > 1:
            for one in waiting:
                _settle(qualifier, [one])
        else:
            waiting[0].waiter.set_exception(error)
        return
    for one, decision in zip(waiting, decisions, strict=True):
        one.waiter.set_result(decision)
