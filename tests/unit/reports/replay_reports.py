"""Replays of made-up pasts: one whole, beside another policy; one that knows next to nothing."""

from features.texts import Text
from reports.replay.efficiency import GRID, ORDERS, Curve, Efficiency, OperatingPoint, Track
from reports.replay.parts import RECOMMENDATIONS
from reports.replay.report import (
    Combination,
    Count,
    DeclinedDeals,
    Effect,
    Figure,
    Flip,
    KnockoutReplay,
    Move,
    NamedDeal,
    NetBenefit,
    OtherCombinations,
    PolicyReplay,
    Population,
    ProbabilitySource,
    Replay,
    Side,
    StoppedBy,
    SwapSet,
    WinBounds,
)

HOSTILE = "<script>alert('won')</script> & \"{{ 7 * 7 }}\""


def figure(value, *, wide=True):
    reach = 0.1 * abs(value) + 0.01
    return (
        Figure(value=value, low=value - reach, high=value + reach) if wide else Figure(value=value)
    )


def share(value):
    """Return a share with an interval that is wider above than below."""
    return Figure(value=value, low=value - 0.06, high=min(value + 0.08, 1.0))


def count(deals, won, **changes):
    plain = {
        "deals": deals, "won": won, "lost": deals - won, "no_decision": 0, "hours": 16.5 * deals,
        "cost": 1320.0 * deals, "value": 24_000.0 * won - 1320.0 * deals,
    }  # fmt: skip
    return Count(**(plain | changes))


def side(deals, won, *, money=True):
    return Side(
        deals=figure(deals),
        won=figure(won),
        lost=figure(deals - won),
        no_decision=figure(0),
        hours=figure(37.9 * deals) if money else None,
        cost=figure(1320.0 * deals) if money else None,
        value=figure(24_000.0 * won - 1320.0 * deals) if money else None,
        money_unknown=3 if money else 0,
    )


def effect(kept, saved):
    deals = kept.deals.value + saved.deals.value
    return Effect(
        kept=kept,
        saved=saved,
        deals_saved_share=Figure(value=saved.deals.value / deals, low=0.4, high=0.48),
        hours_saved_share=Figure(value=0.4, low=0.35, high=0.45),
        wins_kept_share=Figure(value=0.95, low=0.9, high=1.0),
        won_value_kept_share=Figure(value=0.9, low=0.8, high=0.97),
        win_rate=Figure(value=0.42, low=0.38, high=0.46),
    )


def deal(**changes):
    plain = {
        "id": "D7", "name": HOSTILE, "account": "Aciéries & Fils", "revenue": 90_000.0,
        "value": 31_000.0, "hours": 240.0, "p_win": 0.18, "recommendation": "no_go",
        "before": None, "as_of": "2025-03-01", "closed_on": "2025-06-03", "stopped_by": (
            StoppedBy(kind="knockout", id="k1", label=Text(en="Insolvent", fr="Insolvable")),
            StoppedBy(kind="expected_value", id="go_at", reached=-1200.0, threshold=0.0),
        ),
    }  # fmt: skip
    return NamedDeal(**(plain | changes))


SAVED = figure(-40_000.0)


def knockout(name="k1", *, stops=True, value=SAVED):
    return KnockoutReplay(
        id=name,
        label=Text(en="Insolvent" if name == "k1" else "No budget", fr="Insolvable"),
        stops=stops,
        on_unknown="find_out",
        fires=count(30, 2),
        unknown=count(11, 3),
        alone=count(12, 1),
        dropped=(Move(before="no_go", after="go", deals=count(9, 1)),
                 Move(before="no_go", after="find_out", deals=count(3, 0))),
        value_back=value,
    )  # fmt: skip


def bounds(deals):
    return WinBounds(
        deals=deals, lowest=0, highest=deals, at_half=deals * 0.15, at_base_rate=deals * 0.3,
        at_one_and_a_half=deals * 0.45, value_lowest=-900.0 * deals, value_highest=4000.0 * deals,
        money_unknown=2,
    )  # fmt: skip


def policy(**changes):
    plain = {
        "name": "shop",
        "title": Text(en=HOSTILE, fr="Boutique"),
        "version": "2026.2",
        "fingerprint": "abc",
        "go": side(50, 30),
        "conditional_go": side(9, 4),
        "find_out": side(20, 6),
        "no_go": side(61, 2),
        "if_stopped": effect(side(59, 34), side(81, 8)),
        "if_pursued": effect(side(79, 40), side(61, 2)),
        "net_benefit": NetBenefit(
            if_stopped=figure(738_000.0), if_pursued=figure(855_000.0),
            pursue_all=figure(823_000.0), pursue_none=Figure(value=0.0, low=0.0, high=0.0),
            people=figure(823_000.0), best_possible=figure(990_000.0),
        ),
        "lost_wins": (deal(), deal(id=None, name=None, where="deals.csv:12", value=17_000.0)),
        "asked_wins": (
            deal(name="Fonderie", recommendation="find_out", stopped_by=(
                StoppedBy(kind="unknown_knockout", id="k2", label=Text(en="No budget", fr="Sans")),
            )),
        ),
        "knockouts": (knockout(), knockout("k2", value=figure(50_000.0)),
                      knockout("k3", value=Figure(value=10.0, low=-900.0, high=900.0)),
                      knockout("k4", stops=False, value=None)),
        "combinations": (
            Combination(knockouts=("k1",), fires=count(20, 1), alone=count(12, 1), dropped=()),
            Combination(knockouts=("k1", "k2"), fires=count(8, 1), alone=count(5, 0), dropped=()),
        ),
        "other_combinations": OtherCombinations(
            combinations=4, fires=count(4, 0), alone=count(2, 0)
        ),
        "sensitivity": (Flip(changed="cost", factor=1.2, deals=7, moves=(
            Move(before="go", after="no_go", deals=count(7, 2)),)),
            Flip(changed="margin", factor=0.8, deals=0, moves=())),
        "declined": DeclinedDeals(
            deals=60, base_rate=0.3, would_stop=bounds(40), would_find_out=bounds(5),
            would_pursue=bounds(15),
        ),
        "unrecorded": DeclinedDeals(
            deals=3, base_rate=0.3, would_stop=bounds(2), would_find_out=bounds(0),
            would_pursue=bounds(1),
        ),
    }  # fmt: skip
    return PolicyReplay(**(plain | changes))


def track(bend):
    kept = tuple((n / (GRID - 1)) ** bend for n in range(GRID))
    return Track(
        kept=kept,
        marks=tuple(Figure(value=share**bend, low=share**bend - 0.04, high=share**bend + 0.03)
                    for share in (0.25, 0.5, 0.75)),
        enough_at=Figure(value=0.9 ** (1 / bend), low=0.7, high=0.95),
    )  # fmt: skip


def efficiency(deals=140):
    curves = tuple(
        Curve(
            order=order, wins_by_deals=track(1 / (1 + place / 3)),
            wins_by_hours=None, value_by_deals=None, value_by_hours=track(1 / (1 + place / 2)),
            net_by_deals=None,
        )
        for place, order in enumerate(ORDERS)
    )  # fmt: skip
    stopped = OperatingPoint(
        deals=share(0.42), hours=share(0.5), wins=share(0.81), value=share(0.8), net=figure(1.0)
    )
    pursued = OperatingPoint(
        deals=share(0.56), hours=share(0.6), wins=share(0.95), value=share(0.9), net=figure(1.0)
    )
    return Efficiency(deals=deals, hours_deals=deals, money_deals=deals - 3, curves=curves,
                      if_stopped=stopped, if_pursued=pursued)  # fmt: skip


def swap():
    cells = tuple(
        Move(before=before, after=after, deals=count(5, 1 if before == after else 0))
        for before in RECOMMENDATIONS
        for after in RECOMMENDATIONS
    )
    return SwapSet(
        cells=cells,
        kept_by_both=count(70, 36),
        newly_stopped=count(21, 2),
        newly_kept=count(9, 4),
        stopped_by_both=count(40, 0),
        wins_lost=(deal(before="go"),),
        wins_back=(deal(before="no_go", recommendation="go", stopped_by=()),),
        stopped_gain=figure(12.0),
        wins_kept_gain=figure(2.0),
        hours_saved_gain=figure(310.0),
        net_benefit_gain=Figure(value=33_000.0, low=-4_000.0, high=71_000.0),
    )


def replay(**changes):
    plain = {
        "as_of": "2026-01-05",
        "population": Population(
            on_file=220, pursued=140, won=42, lost=70, no_decision=28, declined=60, open=17,
            unrecorded=3, accounts=55, first_day="2023-01-01", last_day="2025-12-08",
        ),
        "currency": "EUR",
        "hours": "mixed",
        "hours_actual": 120,
        "hours_estimated": 15,
        "hours_unknown": 5,
        "counts_money": True,
        "money_unknown": 3,
        "probability": ProbabilitySource(
            method="rolling_origin", origins=6, first_origin="2023-09-01",
            last_origin="2025-08-01", deals=110, without=30,
        ),
        "everything": side(140, 42),
        "policy": policy(),
        "against": policy(name="before", version=None),
        "against_probability": None,
        "swap": swap(),
        "efficiency": efficiency(),
    }  # fmt: skip
    return Replay(**(plain | changes))


def next_to_nothing():
    """Neither hours, money, models, days nor declined deals; nothing is stopped."""
    plain, none = side(12, 3, money=False), side(0, 0, money=False)
    unknown = Effect(
        kept=plain, saved=none, deals_saved_share=None, hours_saved_share=None,
        wins_kept_share=None, won_value_kept_share=None, win_rate=None,
    )  # fmt: skip
    nothing = bounds(0).model_copy(update={"value_lowest": None, "value_highest": None})
    quiet = policy(
        title=Text(en="Shop", fr="Boutique"), version=None, go=plain, conditional_go=none,
        find_out=none, no_go=none, if_stopped=unknown, if_pursued=unknown, net_benefit=None,
        lost_wins=(), asked_wins=(), knockouts=(), combinations=(), other_combinations=None,
        sensitivity=(), unrecorded=None,
        declined=DeclinedDeals(deals=0, base_rate=None, would_stop=nothing,
                               would_find_out=nothing, would_pursue=nothing),
    )  # fmt: skip
    return replay(
        population=Population(
            on_file=12, pursued=12, won=3, lost=9, no_decision=0, declined=0, open=0,
            unrecorded=0, accounts=None, first_day=None, last_day=None,
        ),
        currency=None, hours="none", hours_actual=0, hours_estimated=0, hours_unknown=12,
        counts_money=False, money_unknown=0,
        probability=ProbabilitySource(method="none", origins=0, first_origin=None,
                                      last_origin=None, deals=0, without=12),
        everything=plain, policy=quiet, against=None, swap=None, efficiency=None,
    )  # fmt: skip
