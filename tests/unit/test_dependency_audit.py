"""No pinned version has a fault that is written down; an old one would be found."""

from typing import Any

from tests.dependency_audit import ROOT, known_faults, pinned, told

ADVISORIES = (ROOT / "tests" / "advisories.toml").read_text(encoding="utf-8")


def test_no_pinned_version_has_a_known_fault():
    versions = pinned((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    assert {"bentoml", "mlflow"} <= versions.keys()
    assert known_faults(versions, ADVISORIES) == []


def test_an_old_version_is_found():
    (fault,) = known_faults({"bentoml": "1.4.9", "mlflow": "3.17.2"}, ADVISORIES)
    assert fault.startswith("bentoml 1.4.9: CVE-2024-2912")


def test_an_answer_that_looked_nothing_up_is_none():
    skipped: dict[str, Any] = {"name": "numpy", "skip_reason": "not found"}
    assert told([skipped]) is None
    looked_up: dict[str, Any] = {"name": "numpy", "version": "2.4.6", "vulns": [{"id": "PYSEC-1"}]}
    assert told([skipped, looked_up]) == ["numpy 2.4.6: PYSEC-1"]
    assert told([{**looked_up, "vulns": []}]) == []
