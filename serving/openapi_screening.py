"""The shape of what a screening says besides its figures."""

from typing import Any, Final

from models.reason_codes import ReasonCode
from models.reasons import MOST_MODEL_REASONS
from serving.routes.screened_json import UNIT

CODES: Final = (ReasonCode.MODEL_CRITERION, ReasonCode.MODEL_FACT)
_STRONGEST: Final[dict[str, Any]] = {
    "type": "object",
    "description": "A criterion or a field, and what it adds to the probability; 1 is 100 points.",
    "properties": {
        "code": {"type": "string", "enum": [str(code) for code in CODES]},
        "about": {"type": "string"},
        "contribution": {"type": "number"},
        "unit": {"type": "string", "enum": [UNIT]},
    },
    "required": ["code", "about", "contribution", "unit"],
    "additionalProperties": False,
}
WHY: Final[dict[str, Any]] = {
    "knockouts": {"type": "array", "items": {"type": "string"}},
    "reasons": {"type": "array", "items": _STRONGEST, "maxItems": MOST_MODEL_REASONS},
}
"""The knockouts that fire, and what weighs most."""
