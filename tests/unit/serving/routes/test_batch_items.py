"""Items of a batch: whatever became of its deals, the bytes are JSON that counts right."""

import json

from hypothesis import given
from hypothesis import strategies as st

from features.errors import Problem
from models.qualifier import Qualifier
from serving.messages import RequestError
from serving.routes.batch_items import Tally, Told, versions_data, whole, written
from tests.logged import qualifier

ANSWERS = st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2)
VERSIONS = st.sampled_from(["a", "b"]).map(lambda one: {"model": one})
TOLD = st.builds(
    lambda answer, versions, decision: Told(
        answer=written(answer), versions=versions, decision=decision
    ),
    ANSWERS, VERSIONS, st.none() | st.just("0a1b"),
)  # fmt: skip
PROBLEMS = st.text(max_size=5).map(lambda what: (Problem(where="amount", what=what),))
ERRORS = st.sampled_from([409, 410, 500, 503]).map(lambda status: RequestError(status, "No"))
ENDS = st.lists(TOLD | PROBLEMS | ERRORS, min_size=1, max_size=8)


@given(ends=ENDS, cut=st.integers(0, 8))
def test_items_are_in_order_and_the_counts_are_theirs(ends, cut):
    by_row = dict(enumerate(ends))
    tally = Tally("now")
    items = []
    for rows in (range(min(cut, len(ends))), range(min(cut, len(ends)), len(ends))):
        items += tally.items({row: by_row[row] for row in reversed(rows)}, asked="first")
    told = json.loads(whole(items, written(tally.summary(qualifier().versions()))))
    assert [item["row"] for item in told["items"]] == list(by_row)
    for item, end in zip(told["items"], ends, strict=True):
        if isinstance(end, Told):
            assert written(item["answer"]) == end.answer
            assert item.get("decision") == end.decision
            assert "problem" not in item
        else:
            status = end.status if isinstance(end, RequestError) else 422
            assert item["problem"]["status"] == status
            assert item["problem"]["instance"] == ("first" if status in {410, 422} else "now")
    answered = [end for end in ends if isinstance(end, Told)]
    assert told["counts"] == {
        "deals": len(ends), "answered": len(answered), "failed": len(ends) - len(answered),
    }  # fmt: skip
    others = [told["versions"], *told.get("other_versions", [])]
    if answered:
        assert others == list({one.versions["model"]: dict(one.versions) for one in answered}
                              .values())  # fmt: skip
    else:
        assert others == [versions_data(qualifier().versions())]


def test_versions_have_the_names_of_the_answer(policy):
    from reports.answer import answer

    one = Qualifier(policy)
    (decision,) = one.decide([next(iter(deals()))])
    assert versions_data(one.versions()) == answer(decision, policy, "en")["versions"]


def deals():
    from datetime import date

    from features import Deal

    yield Deal(id="D", as_of=date(2026, 1, 5), facts={})
