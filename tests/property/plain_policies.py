"""Policies of plain fields and rules by condition: small enough to look at every deal."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.property.strategies import TEXT, Data, conditions, policy_data

PLAIN = ("b1", "b2", "c1", "c2", "n1", "n2", "n3")


def plain_fields(most: int = 4) -> SearchStrategy[tuple[str, ...]]:
    """Return sets of fields that somebody answers."""
    names = st.lists(st.sampled_from(PLAIN), min_size=1, max_size=most, unique=True)
    return names.map(lambda drawn: tuple(sorted(drawn)))


@st.composite
def plain_policies(draw: DrawFn, depth: int = 2) -> Data:
    """Return a policy as data, with some criteria and knockouts."""
    fields = draw(plain_fields())
    parts = conditions(fields, depth)
    points = st.integers(-20, 20) | st.sampled_from([0.5, -2.25])
    thens: SearchStrategy[Any] = st.sampled_from(["no_go", {"conditional_go": TEXT}])
    on_unknowns = st.sampled_from([None, "find_out", "ignore", "no_go"])
    criteria = draw(st.lists(st.tuples(parts, points), max_size=2))
    knockouts = draw(st.lists(st.tuples(parts, thens, on_unknowns), max_size=3))
    return policy_data(
        fields,
        criteria=[
            {"id": f"c{place}", "label": TEXT, "when": when, "points": worth}
            for place, (when, worth) in enumerate(criteria)
        ],
        knockouts=[
            {"id": f"k{place}", "when": when, "then": then, "reason": TEXT}
            | ({} if on_unknown is None else {"on_unknown": on_unknown})
            for place, (when, then, on_unknown) in enumerate(knockouts)
        ],
        go_at={"p_win": 0.4},
    )
