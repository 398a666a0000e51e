"""Reports on refused deals as tests read them, with words that would break a page."""

from features.texts import Text
from reports.refused.report import (
    Population,
    QuarterOfRefusals,
    Rate,
    Refused,
    RefusedDeals,
    Stress,
)
from tests.unit.reports.test_review_page import HOSTILE

NO_DEALS = Rate(deals=0, won=0, effective=0, rate=None, low=0, high=1)
TITLE = Text(en="Shop", fr="Boutique")
QUARTERS = ("2025Q4", "2026Q1", "2026Q2", "2026Q3")


def rate(won, deals, low, high):
    return Rate(deals=deals, won=won, effective=deals, rate=won / deals, low=low, high=high)


def rule(**more):
    settings = {
        "id": "abroad", "kind": "knockout", "label": Text(en="Abroad", fr="À l'étranger"),
        "testable": True, "refused": 1260, "declined": 1200, "open": 3, "not_worked": 0,
        "explored": rate(16, 52, 0.2, 0.42), "recent": rate(15, 30, 0.35, 0.65),
        "by_choice": NO_DEALS, "overridden": 0, "threshold": 0.2, "proven_low": 0.33,
        "proven_high": 0.7, "naive": 0.114, "verdict": "work_again", "needed": 44,
        "quarters": tuple(QuarterOfRefusals(period=name, refused=60, explored=7, won=3)
                          for name in QUARTERS),
        "stress": tuple(Stress(factor=factor, rate=factor * 0.3, wins=factor * 360, overall=0.3,
                               pays=factor > 0.6) for factor in (0.5, 1.0, 1.5)),
    }  # fmt: skip
    return RefusedDeals.model_validate({**settings, **more})


def report(*rules, share=0.1, **more):
    settings = {
        "policy": "shop", "title": TITLE, "model": "m", "as_of": "2026-10-15",
        "quarters": QUARTERS, "share": share, "base": rate(300, 1000, 0.28, 0.32),
        "population": Population(deals=2300, pursued=1052, explored=52, by_choice=0,
                                 declined=1200, open=48),
        "rules": rules or (rule(),),
    }  # fmt: skip
    return Refused.model_validate({**settings, **more})


WHOLE = report(
    rule(not_worked=4, by_choice=rate(8, 9, 0.6, 0.98)),
    rule(id="late", label=Text(en=HOSTILE, fr=HOSTILE), verdict="no_evidence",
         recent=rate(1, 4, 0.05, 0.6)),
    rule(id="small", verdict="undecided"), rule(id="old", verdict="refusing_is_right"),
    rule(id="broke", verdict="not_tested", testable=False, explored=NO_DEALS, recent=NO_DEALS,
         proven_low=None, proven_high=None, needed=None),
    rule(id=None, kind="threshold", verdict="no_threshold", threshold=None, proven_low=None,
         proven_high=None, needed=None, naive=None),
)  # fmt: skip
OFF = report(
    rule(explored=NO_DEALS, recent=NO_DEALS, verdict="no_evidence", proven_low=0.0,
         proven_high=1.0, quarters=()),
    share=None,
    population=Population(deals=2200, pursued=1000, explored=0, by_choice=0, declined=1200,
                          open=0),
)  # fmt: skip
EMPTY = report(
    rule(refused=0, declined=0, explored=NO_DEALS, recent=NO_DEALS, verdict="no_evidence"),
    population=Population(deals=0, pursued=0, explored=0, by_choice=0, declined=0, open=0),
    base=NO_DEALS,
)
