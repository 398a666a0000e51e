"""The records of a batch or a plan, put into the policy's own words before they are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from features.crm.field_names import CrmMapping
from features.errors import FactsError
from features.policy import Policy
from serving.crm_record import Refused, told_absent, translated
from serving.routes.deals_body import DealsBody, untold


@dataclass(frozen=True, slots=True)
class CrmDeals:
    """The deals of a body in the policy's own words, and the headers that say what none had."""

    body: DealsBody
    headers: Mapping[str, str] = field(default_factory=dict)


def deals_in_policy_words(body: DealsBody, policy: Policy, mapping: CrmMapping | None) -> CrmDeals:
    """Return the deals of a body as they would have been sent without a preset.

    A record that cannot be read stands there as refused, and spoils no other. A field is absent
    where no record has it: one that a single record lacks is mostly the CRM's way to say nothing.
    """
    if mapping is None:
        return CrmDeals(body)
    absent = set(mapping.fields)
    deals = [_in_policy_words(one, policy, mapping, absent) for one in body.deals]
    in_order = [name for name in mapping.fields if name in absent]
    return CrmDeals(replace(body, deals=deals), told_absent(in_order, len(mapping.fields)))


def _in_policy_words(
    value: object, policy: Policy, mapping: CrmMapping, absent: set[str]
) -> object:
    """Return one deal; the fields that it has are taken out of those that are absent."""
    if not isinstance(value, dict):
        return value
    if problems := untold(value):
        return Refused(problems)
    try:
        told = translated(value, {}, policy, mapping)
    except FactsError as error:
        return Refused(error.problems)
    if told.reading is not None:
        absent.difference_update(told.reading.read)
    return told.body
