"""Who asks at the same moment is decided together, and nobody notices."""

import asyncio
from datetime import date

import pytest

from features import Deal
from models.qualifier import Qualifier
from serving.deciding import MOST_AT_ONCE, Deciding

TODAY = date(2026, 1, 5)
FACTS: tuple[dict[str, str], ...] = ({}, {"authority": "High"}, {"authority": "Low"})


class Counting:
    """A qualifier that notes how many deals it is asked about together."""

    def __init__(self, policy, *, spoilt=()):
        self.inner, self.sizes, self.spoilt = Qualifier(policy), [], spoilt

    def decide(self, deals):
        self.sizes.append(len(deals))
        if any(deal.id in self.spoilt for deal in deals):
            raise ZeroDivisionError
        return self.inner.decide(deals)


def deals(n):
    return [Deal(id=f"D-{place}", as_of=TODAY, facts=FACTS[place % 3]) for place in range(n)]


def asked(deciding, of, some):
    async def ask():
        coming = (deciding.decide(of, deal) for deal in some)
        return await asyncio.gather(*coming, return_exceptions=True)

    return asyncio.run(ask())


@pytest.mark.parametrize("n", [1, 2, 5, MOST_AT_ONCE + 3])
def test_everybody_gets_the_answer_that_they_would_get_alone(policy, n):
    of = Counting(policy)
    found = asked(Deciding(), of, deals(n))
    assert found == [Qualifier(policy).decide([deal])[0] for deal in deals(n)]
    assert of.sizes == [n] if n <= MOST_AT_ONCE else [MOST_AT_ONCE, n - MOST_AT_ONCE]


def test_one_that_fails_spoils_no_other(policy):
    of = Counting(policy, spoilt={"D-1"})
    found = asked(Deciding(), of, deals(3))
    assert isinstance(found[1], ZeroDivisionError)
    assert [one.deal_id for one in (found[0], found[2])] == ["D-0", "D-2"]


def test_each_is_decided_by_what_answers_its_own_request(policy):
    deciding, before, after = Deciding(), Counting(policy), Counting(policy)

    async def ask():
        first, second, third = deals(3)
        await asyncio.gather(
            deciding.decide(before, first), deciding.decide(after, second),
            deciding.decide(after, third),
        )  # fmt: skip

    asyncio.run(ask())
    assert (before.sizes, after.sizes) == ([1], [2])


def test_who_has_gone_away_is_not_decided_about(policy):
    of = Counting(policy)

    async def ask():
        deciding = Deciding()
        leaving, staying = (asyncio.ensure_future(deciding.decide(of, deal)) for deal in deals(2))
        await asyncio.sleep(0)
        leaving.cancel()
        return await staying

    assert asyncio.run(ask()).deal_id == "D-1"
    assert of.sizes == [1]
