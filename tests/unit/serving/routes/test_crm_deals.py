"""Records of a batch stand in the policy's words before they are read; one spoils no other."""

from serving.crm_record import Refused, mapping_of
from serving.routes.crm_deals import deals_in_policy_words
from serving.routes.deals_body import DealsBody


def test_each_record_is_put_into_the_policys_words_by_itself(policy):
    mapping = mapping_of({"preset": "salesforce"}, policy)
    deals = [{"Id": "006", "Amount": "90"}, {"Id": "007", "Insolvency__c": "maybe"}, 5]
    found = deals_in_policy_words(DealsBody(deals, {}), policy, mapping)
    first, second, third = found.body.deals
    assert first == {"facts": {"amount": 90.0}, "id": "006"}
    assert isinstance(second, Refused)
    assert third == 5
    assert "authority" in found.headers["qualifox-fields-absent"]
    assert "amount" not in found.headers["qualifox-fields-absent"]


def test_without_a_preset_nothing_is_touched(policy):
    body = DealsBody([{"amount": 1}], {})
    found = deals_in_policy_words(body, policy, None)
    assert (found.body, found.headers) == (body, {})
