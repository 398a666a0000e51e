"""Whatever CRM the facts come from, and whatever stands around them, they are the same facts."""

from hypothesis import given
from hypothesis import strategies as st

from features import parse_policy
from features.crm.field_names import crm_mapping
from features.crm.preset import presets
from features.crm.reading import facts_of_record, look_at_record
from features.facts import deal_from_facts
from tests.conftest import POLICY_TEXT
from tests.unit.serving.routes.conftest import TODAY

POLICY = parse_policy(POLICY_TEXT.encode())
IN_FRENCH = parse_policy(
    POLICY_TEXT.replace("  amount: {type", "  amount: {column: Montant, type").encode()
)
"""Learned from an export whose amount is called as the French pages of three CRMs call it."""
FACTS = st.fixed_dictionaries({}, optional={
    "amount": st.integers(0, 5_000_000).map(float) | st.sampled_from([0.5, 1234.25, 1e6]),
    "exposure": st.integers(0, 10**9).map(float),
    "budget_allocated": st.booleans(),
    "insolvency": st.booleans(),
    "authority": st.sampled_from(["Low", "Mid", "High"]),
    "source": st.sampled_from(["Référence", "a;b", "12"]),
})  # fmt: skip
NOISE = st.dictionaries(
    st.text(min_size=1, max_size=8).filter(lambda name: name[:1] in "xyz"),
    st.none() | st.text(max_size=3) | st.lists(st.integers()) | st.just({"deep": {"er": 1}}),
    max_size=4,
)
KEYS = st.text(max_size=4) | st.sampled_from(
    ["properties", "data", "result", "custom_fields", "value", "label", "name", "Amount", "amount",
     "authority", "Authority__c", "x@OData.Community.Display.V1.FormattedValue", "insolvency"]
)  # fmt: skip
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
NAMES = {  # what each API calls a field; the others go by the policy's names, as custom fields do
    "salesforce": {"amount": "Amount", "source": "LeadSource", "authority": "Authority__c",
                   "insolvency": "Insolvency__c", "budget_allocated": "Budget_Allocated__c"},
    "hubspot": {"amount": "amount", "source": "hs_analytics_source"},
    "dynamics": {"amount": "estimatedvalue", "budget_allocated": "cr4f2_budgetallocated"},
    "pipedrive": {"amount": "value", "source": "origin"},
    "odoo": {"amount": "expected_revenue", "authority": "x_studio_authority",
             "exposure": "x_exposure"},
    "zoho": {"amount": "Amount", "source": "Lead_Source"},
}  # fmt: skip


def written(value, as_text):
    """Return a fact as an API writes it: as it is, or everything as texts."""
    if not as_text:
        return value
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def wrapped(preset, record):
    inside = presets()[preset].record.inside
    return {inside[0]: record} if inside else record


@given(st.sampled_from(sorted(NAMES)), FACTS, NOISE, st.booleans(), st.randoms())
def test_facts_come_back_from_every_crm(preset, facts, noise, as_text, random):
    names = NAMES[preset]
    entries = [(names.get(name, name), written(value, as_text)) for name, value in facts.items()]
    entries += noise.items()
    random.shuffle(entries)
    knows_french = preset in {"salesforce", "hubspot", "zoho"} and random.random() < 0.5
    policy = IN_FRENCH if knows_french else POLICY
    mapping = crm_mapping(policy, preset)
    if not facts:
        return
    found = facts_of_record(wrapped(preset, dict(entries)), mapping, policy)
    assert found.facts == facts
    assert set(found.read) == set(facts)
    assert set(found.absent) == set(POLICY.asked) - set(facts)
    deal = deal_from_facts(found.facts, POLICY.fields, as_of=TODAY)
    assert deal == deal_from_facts(facts, POLICY.fields, as_of=TODAY)


@given(st.sampled_from(sorted(presets())), st.dictionaries(KEYS, ANY_JSON, max_size=5))
def test_whatever_json_holds_is_read_or_refused_with_both_names(preset, record):
    found, told = look_at_record(record, crm_mapping(POLICY, preset), POLICY)
    assert all(problem.where and problem.what for problem in told)
    if not told:
        deal_from_facts(found.facts, POLICY.fields, as_of=TODAY)
