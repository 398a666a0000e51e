"""A deal sent as the CRM's API gives it: ``?preset=salesforce``, the record as the body.

The record is put into the policy's own words before anything else looks at it. What is decided,
logged and replayed are facts under the policy's names; no CRM is known beyond this file. A record
may also stand in the envelope, under ``facts``, with waivers, an id and a day beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from features.crm.field_names import CrmMapping, crm_mapping
from features.crm.reading import CrmReading, facts_of_record
from features.errors import InputError, Problem
from features.policy import Policy
from serving.messages import RequestError

PRESET = "preset"
MOST_NAMED = 50
"""Fields that a header names; there are seldom so many."""


@dataclass(frozen=True, slots=True)
class InPolicyWords:
    """A request in the policy's own words, and how a record was read, if it was one."""

    body: Mapping[str, Any]
    query: Mapping[str, str]
    reading: CrmReading | None = None

    @property
    def headers(self) -> dict[str, str]:
        """What an answer says of the record: how many fields it had, and which it had not."""
        if self.reading is None:
            return {}
        total = len(self.reading.read) + len(self.reading.absent)
        return told_absent(self.reading.absent, total)


@dataclass(frozen=True, slots=True)
class Refused:
    """Stands among the deals of a body for a record that could not be read."""

    problems: tuple[Problem, ...]


def told_absent(absent: Sequence[str], total: int) -> dict[str, str]:
    """Return the headers that say how many fields there were, and which there were not.

    >>> told_absent(["need"], 3)
    {'qualifox-fields-read': '2/3', 'qualifox-fields-absent': 'need'}
    """
    told = {"qualifox-fields-read": f"{total - len(absent)}/{total}"}
    more = [f"and {len(absent) - MOST_NAMED} more"] if len(absent) > MOST_NAMED else []
    if absent:
        told["qualifox-fields-absent"] = ", ".join([*absent[:MOST_NAMED], *more])
    return told


def mapping_of(query: Mapping[str, str], policy: Policy) -> CrmMapping | None:
    """Return what the CRM that a query names calls the policy's fields, None without one.

    Raises
    ------
    RequestError
        422 where there is no such preset.
    """
    if PRESET not in query:
        return None
    try:
        return crm_mapping(policy, query[PRESET])
    except InputError as error:
        raise RequestError(422, "The query cannot be used", error.problems) from None


def in_policy_words(
    body: Mapping[str, Any], query: Mapping[str, str], policy: Policy
) -> InPolicyWords:
    """Return a request as it would have been sent without a preset; without one, as it is.

    Raises
    ------
    FactsError
        With every entry of the record that cannot be read.
    RequestError
        422 where there is no such preset.
    """
    mapping = mapping_of(query, policy)
    if mapping is None:
        return InPolicyWords(body, query)
    asked = {name: text for name, text in query.items() if name != PRESET}
    return translated(body, asked, policy, mapping)


def translated(
    body: Mapping[str, Any], query: Mapping[str, str], policy: Policy, mapping: CrmMapping
) -> InPolicyWords:
    """Return a record, or an envelope around one, in the policy's own words.

    Raises
    ------
    FactsError
        With every entry of the record that cannot be read.
    """
    wrapped = isinstance(body.get("facts"), dict)
    record = body["facts"] if wrapped else body
    beside = {name: value for name, value in body.items() if name != "facts"} if wrapped else {}
    reading = facts_of_record(record, mapping, policy)
    if reading.id is not None and "deal" not in query and beside.get("id") is None:
        beside["id"] = reading.id
    if "facts" not in policy.fields:
        return InPolicyWords({"facts": reading.facts, **beside}, query, reading)
    # Such a policy is asked with plain facts: what stands beside them goes into the query.
    named = {"deal": beside.get("id"), "as_of": beside.get("as_of")}
    told = {name: str(value) for name, value in named.items() if value is not None}
    return InPolicyWords(reading.facts, {**told, **query}, reading)
