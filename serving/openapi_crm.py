"""The shapes of what speaks of a CRM, with a record of each as its API gives it."""

from collections.abc import Mapping
from typing import Any, Final

Schema = dict[str, Any]
_LABEL: Final = "@OData.Community.Display.V1.FormattedValue"
RECORDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "salesforce": {
        "attributes": {
            "type": "Opportunity",
            "url": "/services/data/v62.0/sobjects/Opportunity/0061",
        },
        "Id": "0061",
        "StageName": "Qualification",
        "Amount": 300000.0,
        "CloseDate": "2026-06-30",
        "Contact_Level__c": "user",
        "Budget_Confirmed__c": False,
        "Deliverable__c": "equipment",
    },
    "hubspot": {
        "id": "51",
        "properties": {
            "amount": "300000",
            "dealstage": "qualifiedtobuy",
            "contact_level": "user",
            "budget_confirmed": "false",
            "deliverable": "",
        },
    },
    "dynamics": {
        "@odata.etag": 'W/"4067"',
        "opportunityid": "9d1b2b1c-0000-4000-8000-000000000001",
        "estimatedvalue": 300000.0,
        f"estimatedvalue{_LABEL}": "€300,000.00",
        "new_contactlevel": 100000001,
        f"new_contactlevel{_LABEL}": "user",
        "new_budgetconfirmed": False,
    },
    "pipedrive": {
        "success": True,
        "data": {
            "id": 7,
            "title": "Acme, line 4",
            "value": 300000,
            "currency": "EUR",
            "custom_fields": {"contact_level": "user", "budget_confirmed": None},
        },
    },
}
"""What each CRM sends of one deal; the fields that a company made itself are those of the demo."""

CRM_RECORD: Final[Schema] = {
    "type": "object",
    "description": "With ?preset: one deal as the API of the CRM gives it. It is read as the "
    "cells of an export are; what is no field of the policy is passed over.",
    "examples": list(RECORDS.values()),
}
_TEXTS: Final[Schema] = {"type": "array", "items": {"type": "string"}}
_TEXT: Final[Schema] = {"type": "string"}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(properties: Schema) -> Schema:
    return {"type": "array", "items": _object(properties)}


SCHEMAS_OF_CRMS: Final[Mapping[str, Schema]] = {
    "CrmRecord": CRM_RECORD,
    "FactsRead": _object(
        {
            "preset": _TEXT,
            "deal": {"type": ["string", "null"]},
            "facts": {"type": "object"},
            "read": {"type": "object", "additionalProperties": _TEXT},
            "absent": _list(
                {"field": _TEXT, "names": _TEXTS, "nearest": {"type": ["string", "null"]}}
            ),
            "passed_over": _TEXTS,
            "problems": {"type": "array", "items": {"type": "object"}},
        }
    ),
    "Presets": _object(
        {
            "policy": _TEXT,
            "trained_with": {"type": ["string", "null"]},
            "presets": _list(
                {
                    "preset": _TEXT,
                    "title": _TEXT,
                    "id": _TEXTS,
                    "fields": _list(
                        {"field": _TEXT, "label": _TEXT, "type": _TEXT, "names": _TEXTS}
                    ),
                }
            ),
        }
    ),
}
