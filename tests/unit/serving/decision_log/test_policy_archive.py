"""A policy that answered alone is kept whole, found by its fingerprint, and by nothing else."""

import pytest

from features import parse_policy
from serving.decision_log.policy_archive import archived_policy, keep_policy
from tests.conftest import POLICY_TEXT


@pytest.fixture
def policy():
    return parse_policy(POLICY_TEXT.encode())


def test_it_is_found_again_and_written_once(tmp_path, policy):
    assert archived_policy(tmp_path, policy.fingerprint) is None
    assert keep_policy(tmp_path, policy)
    found = archived_policy(tmp_path, policy.fingerprint)
    assert found is not None
    assert found.model is None
    assert found.policy.fingerprint == policy.fingerprint
    (place,) = (tmp_path / "policies").iterdir()
    written = place.stat()
    assert keep_policy(tmp_path, policy)
    assert place.stat().st_mtime_ns == written.st_mtime_ns


def test_a_file_that_is_damaged_is_not_believed_and_written_anew(tmp_path, policy):
    keep_policy(tmp_path, policy)
    (place,) = (tmp_path / "policies").iterdir()
    for damaged in (b"", b"policy: [", policy.text.replace("points: 20", "points: 25").encode()):
        place.write_bytes(damaged)
        assert archived_policy(tmp_path, policy.fingerprint) is None
    assert keep_policy(tmp_path, policy)
    assert archived_policy(tmp_path, policy.fingerprint)


@pytest.mark.parametrize("name", ["", "x", "../../etc/passwd", "A" * 64, "a" * 63 + "/"])
def test_what_is_no_fingerprint_names_no_file(tmp_path, name):
    assert archived_policy(tmp_path, name) is None


def test_a_folder_that_cannot_be_written_costs_replays_only(tmp_path, policy, caplog):
    (tmp_path / "policies").write_text("a file", encoding="utf-8")
    assert not keep_policy(tmp_path, policy)
    assert "not kept for replays" in caplog.text
