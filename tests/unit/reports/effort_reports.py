"""Effort reports on made-up companies: whole, without money, and where nothing was lost."""

from features.texts import Text
from reports.effort.report import (
    Apart,
    Band,
    Effort,
    Group,
    Quarter,
    Reason,
    Spent,
    UnlikelyWin,
    Unwinnable,
)
from reports.replay.report import ProbabilitySource

HOSTILE = "<script>alert('won')</script> & \"{{ 7 * 7 }}\""


def spent(deals=10, hours=100.0, share=0.25, **changes):
    plain = {
        "deals": deals, "hours": hours, "unknown_hours": 0, "share": share,
        "share_low": None if share is None else max(0.0, share - 0.05),
        "share_high": None if share is None else min(1.0, share + 0.06),
        "money": 80 * hours, "unknown_money": 0,
        "won": deals // 4, "lost": deals - deals // 4 - deals // 5, "no_decision": deals // 5,
        "brought": 9000.0 * (deals // 4), "unknown_brought": 0,
        "estimated": deals, "estimated_won": deals // 4, "expected_won": deals * 0.234,
    }  # fmt: skip
    return Spent(**(plain | changes))


def win(**changes):
    plain = {
        "deal": "D7", "name": HOSTILE, "account": "Aciéries & Fils", "decided_on": "2025-03-01",
        "why": "knocked_out", "p_win": 0.3, "expected_value": -500.0, "hours": 40.0,
        "brought": 48_000.0,
    }  # fmt: skip
    return UnlikelyWin(**(plain | changes))


NOTHING = spent(0, 0.0, 0.0, share_low=None, share_high=None, brought=0.0, expected_won=0.0)


def report(**changes):
    bands = ("never_pays", "below_break_even", "low", "middle", "top", "unknown")
    ends = ((None, None), (None, 0.0), (0.0, 1500.0), (1500.0, 9000.0), (9000.0, None),
            (None, None))  # fmt: skip
    plain = {
        "policy": "shop",
        "title": Text(en=HOSTILE, fr="Boutique"),
        "currency": "EUR",
        "first_day": "2024-01-02",
        "last_day": "2025-12-30",
        "hours_from": "file",
        "bands_by": "value",
        "threshold": None,
        "source": ProbabilitySource(
            method="rolling_origin", origins=8, first_origin="2024-05-02",
            last_origin="2025-06-22", deals=120, without=20,
        ),
        "accounts": 60,
        "pursued": spent(140, 12_340.0, 1.0, share_low=1.0, share_high=1.0, unknown_hours=7),
        "bands": tuple(
            Band(name=name, least=least, most=most, spent=spent(23, 2_000.0, 0.16))
            for name, (least, most) in zip(bands, ends, strict=True)
        ),
        "unwinnable": Unwinnable(
            spent=spent(61, 2_310.0, 0.187, won=2, brought=48_000.0, unknown_hours=1),
            reasons=(
                Reason(why="knocked_out", spent=spent(21, 1_310.0, 0.106)),
                Reason(why="below_zero", spent=spent(40, 1_000.0, 0.081)),
            ),
            wins=(win(), win(name=None, decided_on=None, why="below_zero", p_win=None)),
        ),
        "teams": (
            Group(name="Export", pooled=0, spent=spent(80, 7_000.0, 0.57)),
            Group(name=None, pooled=0, spent=spent(50, 5_000.0, 0.4)),
            Group(name=None, pooled=3, spent=spent(10, 340.0, 0.03)),
        ),
        "sellers": None,
        "quarters": (
            Quarter(period="2025Q3", pursued=spent(70), unwinnable=spent(30, 1_000.0, 0.2)),
            Quarter(period="2025Q4", pursued=spent(60), unwinnable=spent(28, 1_200.0, 0.18)),
            Quarter(period=None, pursued=spent(10), unwinnable=spent(3, 110.0, None)),
        ),
        "apart": (
            Apart(kind="declined_by_us", deals=300, hours=12.0, unknown_hours=288),
            Apart(kind="open", deals=20, hours=0.0, unknown_hours=20),
            Apart(kind="unrecorded", deals=0, hours=0.0, unknown_hours=0),
        ),
    }  # fmt: skip
    return Effort(**(plain | changes))


def without_money():
    """The policy counts no money, and the hours are its estimate."""
    plain = {"money": None, "brought": None}
    bands = tuple(
        Band(name="p_win", least=least, most=most, spent=spent(46, 4_000.0, 0.33, **plain))
        for least, most in ((0.0, 0.1), (0.1, 0.2), (0.2, 1.0))
    )
    return report(
        hours_from="policy",
        bands_by="p_win",
        threshold=0.2,
        currency=None,
        first_day=None,
        last_day=None,
        pursued=spent(140, 12_340.0, 1.0, estimated=100, **plain),
        bands=(*bands, Band(name="unknown", least=None, most=None, spent=NOTHING)),
        unwinnable=Unwinnable(
            spent=spent(1, 1.0, 0.001, share_low=None, share_high=None, won=0, **plain),
            reasons=(Reason(why="below_threshold", spent=spent(1, 1.0, 0.001, **plain)),),
            wins=(),
        ),
        teams=None,
        quarters=(),
    )


def nothing_lost():
    return report(
        unwinnable=Unwinnable(
            spent=NOTHING, reasons=(Reason(why="knocked_out", spent=NOTHING),), wins=()
        ),
        sellers=(Group(name="Ann", pooled=0, spent=spent()),),
    )
