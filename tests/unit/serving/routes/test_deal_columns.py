"""Deals read as columns are those, and have those problems, that they have one by one."""

import json
from datetime import date
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features import parse_policy
from features.columns import NumericColumn
from features.deal import Deal
from features.table import DealTable
from serving.messages import RequestError
from serving.routes import deal_columns
from serving.routes.deal_columns import read_table
from serving.routes.deals_body import MOST_DEALS, DealsBody, read_deals
from tests.conftest import POLICY_TEXT

TODAY = date(2026, 1, 5)
FIELDS = """
  asked_on: {type: date, min: 2020-01-01}
  due_on: {type: date, not_applicable: [none]}
  days_left: {type: days_between, start: asked_on, end: due_on}
  share: {type: ratio, of: exposure, to: amount}
  notes: {type: text, unknown: ["?"]}
  visits: {type: number, not_applicable: [never], unknown: [unclear], valid_for_days: 30}
  visited: {type: boolean, not_applicable: [none], unknown: [unclear]}
"""
WAIVER = "    waiver: {by: [finance], days: 400}\n    owner: credit control\n"
POLICY = parse_policy(
    POLICY_TEXT.replace("\ncriteria:", FIELDS + "\ncriteria:", 1)
    .replace("    owner: credit control\n", WAIVER, 1)
    .encode()
)
PLAIN_POLICY = parse_policy(POLICY_TEXT.replace("authority", "facts").encode())

TEXTS = [
    "High", "Low", "Highest", " Mid ", "", "?", "never", "unclear", "none", "To ask", "a:b", ":",
    "x", 'a "quoted": one', "back\\slash", "\u00e9", "\U0001f600", "\x00", "Partner",
    "2026-02-03", "2026-13-01", "2019-01-01", "x" * 201, "x" * 5001, "\ud800",
]  # fmt: skip
NUMBERS = ["0", "-0", "-0.0", "7", "1.5", "-1", "1e3", "5000001", "1e15", "1e16", "1e400", "NaN",
           "Infinity", "18446744073709551616", "9007199254740993", "-9223372036854775809",
           "9" * 400, "9" * 5000, "1e-400", "0.1000000000000000055511"]  # fmt: skip
NAMES = [*POLICY.fields, "nobody", "amount ", "a:b", "value", "facts", "id"]
DICTS = [
    '{"value": 3, "observed_on": "2026-01-02"}', '{"value": 3, "observed_on": "2020-01-02"}',
    '{"not_applicable": true}', '{"value": 1, "value": 2}', '{"value": "High"}', "{}",
    '{"value" :"never", "observed_on": null}', "[]", '[{"a": 1, "a": 2}]', '{"value": 1e16}',
    '{"value": 18446744073709551616}',
]  # fmt: skip


@st.composite
def texts(draw):
    text = draw(st.sampled_from(TEXTS) | st.text(max_size=4))
    return json.dumps(text, ensure_ascii=draw(st.booleans()) or "\ud800" in text)


VALUES = (
    texts()
    | st.sampled_from(NUMBERS)
    | st.sampled_from(["true", "false", "null"])
    | st.sampled_from(DICTS)
    | st.integers(-5, 2_000_000).map(str)
    | st.floats(-1e6, 1e6).map(repr)
)


@st.composite
def objects(draw, names, values, most=6):
    """Return an object as a text: keys may stand twice, and spaces before a colon."""
    pairs = draw(st.lists(st.tuples(names, values), max_size=most))
    if draw(st.integers(0, 9)):
        pairs = [*dict(pairs).items()]
    colon = draw(st.sampled_from([":", ": ", ":", ":", " :", "\n:"]))
    return "{" + ", ".join(json.dumps(name) + colon + value for name, value in pairs) + "}"


GOOD = st.fixed_dictionaries(
    {},
    optional={
        "amount": st.integers(0, 2_000_000).map(str),
        "authority": st.sampled_from(['"High"', '"Low"', "null"]),
        "insolvency": st.sampled_from(["true", "false"]),
        "source": st.sampled_from(['"Referral"', '"To ask"', '"\\u00e9"']),
        "asked_on": st.just('"2026-01-02"'),
        "visits": st.sampled_from(["3", '"never"', "2.5"]),
    },
).map(lambda one: "{" + ",".join(f'"{name}":{value}' for name, value in one.items()) + "}")
FACTS = GOOD | GOOD | objects(st.sampled_from(NAMES), VALUES)
WAIVED = (
    '[{"knockout": "insolvent_customer", "by": "finance", "reason": "known", '
    '"granted_on": "2026-01-02", "until": "2026-03-01"}]'
)
WAIVERS = [
    WAIVED,
    '[{"knockout": "nobody"}]', "[]", "null", "3",
]  # fmt: skip
IDS = texts() | st.sampled_from(['"D-1"', '"crm:7"', "null", "3", '"' + "i" * 201 + '"'])
DAYS = st.sampled_from(['"2026-02-03"', "null", '"soon"', "3"])


@st.composite
def deals(draw):
    kind = draw(st.integers(0, 9))
    if kind < 2:
        return draw(FACTS)
    if kind == 2:
        return draw(st.sampled_from(["null", "3", "[]", '"x"', '{"facts": 3}', '{"id": "x"}']))
    pairs = [("facts", draw(FACTS))]
    pairs += [("id", draw(IDS))] if draw(st.booleans()) else []
    pairs += [("as_of", draw(DAYS))] if kind > 7 else []
    pairs += [("waivers", draw(st.sampled_from(WAIVERS)))] if kind == 9 else []
    pairs += [(draw(st.sampled_from(NAMES)), draw(VALUES))] if kind == 3 else []
    return "{" + ",".join(f'"{name}":{value}' for name, value in pairs) + "}"


BODIES = st.lists(deals(), min_size=1, max_size=5).map(
    lambda some: ('{"deals": [' + ",".join(some) + "]}").encode("utf-8", "surrogatepass")
)


def one_by_one(body, policy, query):
    read = read_deals(body).read(policy, query, today=TODAY)
    deals = {row: one for row, one in enumerate(read) if isinstance(one, Deal)}
    problems = {row: one for row, one in enumerate(read) if not isinstance(one, Deal)}
    return DealTable.of([*deals.values()], policy.fields), [*deals], problems


def refusal_of(reading):
    try:
        reading()
    except RequestError as error:
        return error.status, error.problems
    return None


def require_same(body, policy=POLICY, query=None):
    query = query or {}
    refused = refusal_of(partial(one_by_one, body, policy, query))
    assert refusal_of(partial(read_table, body, policy, query, today=TODAY)) == refused
    if refused is not None:
        return
    table, rows, problems = one_by_one(body, policy, query)
    read = read_table(body, policy, query, today=TODAY)
    assert (read.rows.tolist(), dict(read.problems)) == (rows, problems)
    assert read.table.ids == table.ids
    assert read.table.as_of.tolist() == table.as_of.tolist()
    assert dict(read.table.waivers) == dict(table.waivers)
    assert list(read.table.columns) == list(table.columns)
    for name, column in table.columns.items():
        same_column(read.table.columns[name], column)


def same_column(found, wanted):
    assert type(found) is type(wanted)
    if isinstance(wanted, NumericColumn):
        assert found.kind == wanted.kind
        assert found.values.tobytes() == wanted.values.tobytes()
        assert found.not_applicable().tolist() == wanted.not_applicable().tolist()
        assert (found.inapplicable is None) == (wanted.inapplicable is None)
    else:
        assert found.levels == wanted.levels
        assert found.codes.tolist() == wanted.codes.tolist()
        assert found.codes.dtype == wanted.codes.dtype


@settings(max_examples=400, deadline=None)
@given(body=BODIES)
def test_any_body_is_read_as_its_deals_are_one_by_one(body):
    require_same(body)


@settings(max_examples=60, deadline=None)
@given(body=BODIES, day=st.sampled_from(["2025-02-03", "soon"]))
def test_so_it_is_on_another_day(body, day):
    require_same(body, query={"as_of": day})


@settings(max_examples=60, deadline=None)
@given(body=BODIES)
def test_so_it_is_where_a_field_is_called_facts(body):
    require_same(body, PLAIN_POLICY)


BROKEN = [
    "", "[]", "{}", '{"deals": {}}', '{"deals": []}', '{"deals": [{}], "x": 1}',
    '{"deals": [{}]} ', '\ufeff{"deals": [{}]}', '{"deals": [{}], "deals": [{}]}',
    '{"deals" :[{}]}', '{"deals": [{}, ]}', '{"de\\u0061ls": [{"amount": 1}]}',
    "[" * 3000, '{"deals": [' + "{}," * MOST_DEALS + "{}]}",
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(body=st.sampled_from(BROKEN) | st.text(max_size=12))
def test_what_is_no_list_of_deals_is_refused_the_same_way(body):
    require_same(body.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "body",
    [
        b'{"deals": [{"facts": {"amount": 1, "amount": 2}}, {"amount": 3}]}',
        b'{"deals": [{"facts": {"source": "a:b", "source": "c"}}]}',
        b'{"deals": [{"facts": {"notes": ":"}, "facts": {}}]}',
        b'{"deals": [{"facts": {"amount" :1, "amount": 2, "notes": ":x"}}]}',
        b'{"deals": [{"facts": {"amount": {"value": 1, "value": 2}}}]}',
        b'{"deals": [{"facts": {"notes": "\\":"}, "id": "1", "id": "2"}]}',
    ],
)
def test_a_key_given_twice_is_found(body):
    require_same(body)
    assert 0 in read_table(body, POLICY, {}, today=TODAY).problems


def test_plain_deals_take_the_fast_road_and_odd_ones_alone_the_slow_one(monkeypatch):
    """The negative control: it is the columns that are compared above, not the slow road."""
    seen = []
    slow = DealsBody.read

    def counted(self, *rest, **more):
        seen.append(len(self.deals))
        return slow(self, *rest, **more)

    monkeypatch.setattr(DealsBody, "read", counted)
    many = [{"facts": {"amount": n, "source": "crm:7"}, "id": f"D:{n}"} for n in range(50)]
    read_table(json.dumps({"deals": [*many, {"amount": -1}]}).encode(), POLICY, {}, today=TODAY)
    assert seen == [1]


def test_a_lost_key_would_be_noticed(monkeypatch):
    """The negative control of the count: without it a key given twice is not found."""
    monkeypatch.setattr(deal_columns._Plain, "may_have_keys_twice", lambda self, body: False)
    body = b'{"deals": [{"facts": {"amount": 1, "amount": 2}}]}'
    assert not read_table(body, POLICY, {}, today=TODAY).problems
    assert np.array_equal(read_table(body, POLICY, {}, today=TODAY).rows, [0])
