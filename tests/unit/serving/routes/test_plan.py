"""A plan over HTTP is the plan of the house, and a wrong one says everything that is wrong."""

import json
import subprocess
import sys
from datetime import date

import pytest

from features.table import DealTable
from models.portfolio.capacity import capacity_of
from models.qualifier import Qualifier
from reports.plan.planning import plan_of
from serving.envelope import deal_of

PATH = "/v1/plan"
DAY = "2026-01-05"


@pytest.fixture
def deals(demo_policy):
    numbers = [name for name, one in demo_policy.fields.items() if one.kind == "number"]
    return [
        {"id": f"D-{n}", "facts": {"amount": 100_000 + 50_000 * n} if "amount" in numbers else {}}
        for n in range(8)
    ]


def test_it_is_the_plan_of_the_house(demo, demo_policy, deals):
    reply = demo.post(PATH, {"deals": deals, "hours": 200, "as_of": DAY})
    assert reply.status_code == 200, reply.text
    day = date.fromisoformat(DAY)
    read = [deal_of(one, {"as_of": DAY}, demo_policy, today=day) for one in deals]
    qualifier = Qualifier(demo_policy)
    table = DealTable.of(read, demo_policy.fields)
    capacity = capacity_of(demo_policy.economics, {None: 200.0})
    expected = plan_of(qualifier, table, capacity, as_of=day).to_data()
    assert reply.json() == json.loads(json.dumps(expected))
    assert reply.json()["as_of"] == DAY


def test_every_problem_of_every_deal_is_told_with_its_place(demo, deals):
    wrong = [*deals[:2], {"facts": {"amount": "much"}}, 7]
    reply = demo.post(PATH, {"deals": wrong, "hours": 10})
    assert reply.status_code == 422
    assert [one["field"] for one in reply.json()["problems"]] == ["deals[2].amount", "deals[3]"]


@pytest.mark.parametrize(
    ("beside", "fields"),
    [
        ({"hours": "many"}, {"hours"}),
        ({"hours": True}, {"hours"}),
        ({"hours": -1}, {"hours"}),
        ({"hours": 10**400}, {"hours"}),
        ({"hours": 4, "hours_by_role": []}, {"hours_by_role"}),
        ({"hours_by_role": {"nobody": 4}}, {"hours"}),
        ({"hours": 4, "most_deals": 1.5}, {"most_deals"}),
        ({"hours": 4, "most_deals": -1}, {"most_deals"}),
        ({"hours": 4, "as_of": 7}, {"as_of"}),
        ({"hours": 4, "as_of": "soon"}, {"deals[0].as_of"}),
        ({"hours": 4, "hour": 4}, {"hour"}),
    ],
)
def test_hours_that_are_none_are_refused(demo, beside, fields):
    reply = demo.post(PATH, {"deals": [{"facts": {}}], **beside})
    assert reply.status_code == 422, reply.text
    assert {one["field"] for one in reply.json()["problems"]} >= fields


def test_a_policy_without_money_cannot_plan_and_says_so(service):
    reply = service.post(PATH, {"deals": [{}], "hours": 10})
    assert reply.status_code == 422
    assert "economics" in reply.text


def test_before_something_is_loaded_it_says_that_it_is_starting(starting):
    assert starting.post(PATH, {"deals": [{}]}).status_code == 503


SCRIPT = """
import ctypes, threading
from models.portfolio.solver_output import solver_on_stderr
c = ctypes.CDLL(None)
def chatter():
    for _ in range(200):
        with solver_on_stderr():
            c.puts(b"chatter")
threads = [threading.Thread(target=chatter) for _ in range(4)]
[one.start() for one in threads]
[one.join() for one in threads]
print("data")
"""


def test_two_plans_at_once_leave_stdout_where_it_was():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    assert done.stdout == "data\n"
    assert done.stderr.count("chatter") == 800
