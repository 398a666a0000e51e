"""The benchmark of the plan, in small: it runs, and its bars hold where two years can tell."""

from benchmarks.decision.portfolio import measure


def test_it_reaches_its_bars():
    bars = {bar.name: bar for bar in measure(small=True)}
    assert len(bars) == 17
    assert [name for name, bar in bars.items() if not bar.ok] == []
    of_oracle = {
        name: float(bar.reached) for name, bar in bars.items() if "over the oracle" in name
    }
    control = of_oracle.pop(next(name for name in of_oracle if "shuffled" in name))
    assert all(0.9 <= reached <= 1.1 for reached in of_oracle.values())
    assert control < 0.8
