"""The document names the reasons that a screening can give."""

import jsonschema
import pytest

from serving.openapi_screening import CODES, WHY

REASON = {"code": "MODEL_FACT", "about": "need", "contribution": 0.1, "unit": "percentage_points"}


def test_a_reason_of_a_model_fits_and_another_does_not():
    jsonschema.validate([REASON], WHY["reasons"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{**REASON, "code": "CLOSE_CALL"}], WHY["reasons"])
    assert all(code.startswith("MODEL_") for code in CODES)
