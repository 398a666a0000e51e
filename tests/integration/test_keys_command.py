"""``qualifox keys``, as people call it."""

import json

import pytest

from features.errors import InputError
from qualifox.keys import create, list_, revoke


def test_a_key_is_created_listed_and_revoked(new_home, capsys):
    create(name="crm", scope=["score", "outcome"])
    made = capsys.readouterr()
    token = made.out.strip()
    assert token.startswith("qf_")
    assert token not in made.err
    list_(json=True)
    listed = capsys.readouterr().out
    (key,) = json.loads(listed)
    assert (key["name"], key["scopes"], key["state"]) == ("crm", ["outcome", "score"], "live")
    assert token.split("_")[2] not in listed
    assert "sha256" not in listed
    revoke(key["id"])
    list_()
    assert "revoked" in capsys.readouterr().out
    with pytest.raises(InputError):
        revoke("0" * 12)


def test_wrong_use_is_told_with_a_hint(new_home):
    with pytest.raises(InputError, match="did you mean 'score'"):
        create(name="crm", scope=["scor"])
    with pytest.raises(InputError, match="2027-01-31"):
        create(name="crm", scope=["score"], expires="soon")
    with pytest.raises(InputError, match="is past"):
        create(name="crm", scope=["score"], expires="2020-01-01")
    assert not (new_home / "keys.json").exists()


def test_a_key_may_end(new_home, capsys):
    create(name="crm", scope=["read"], expires="2999-01-01", json=True)
    assert json.loads(capsys.readouterr().out)["state"] == "until 2999-01-01"
    list_()
    assert "until 2999-01-01" in capsys.readouterr().out
