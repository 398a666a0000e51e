"""What is measured of the challenger in the shadow: what it said, and what was forgotten."""

from typing import Literal, TypeAlias, get_args

import prometheus_client as prometheus

from serving.champion.shadow import Lost

Said: TypeAlias = Literal["same", "other", "unreadable"]
"""The champion's recommendation, another one, or that the facts do not fit its policy."""


class ShadowFigures:
    """Two counters beside those of `serving.metrics`; there from the start, at zero."""

    def __init__(self, registry: prometheus.CollectorRegistry) -> None:
        decisions = prometheus.Counter(
            "qualifox_shadow_decisions",
            "Deals about which the challenger was asked, by what it said.",
            ["said"],
            registry=registry,
        )
        forgotten = prometheus.Counter(
            "qualifox_shadow_forgotten",
            "Deals that were not compared, by why: answering comes first.",
            ["why"],
            registry=registry,
        )
        self._decisions = {one: decisions.labels(one) for one in get_args(Said)}
        self._forgotten = {one: forgotten.labels(one) for one in get_args(Lost)}

    def said(self, said: Said) -> None:
        """Count what the challenger said."""
        self._decisions[said].inc()

    def lost(self, why: Lost, deals: int) -> None:
        """Count deals that were forgotten."""
        self._forgotten[why].inc(deals)
