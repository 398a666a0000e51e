"""Keys as a caller meets them: made by the command line, checked by a running service."""

import json
import time
from pathlib import Path

from qualifox.cli import run

ROOT = Path(__file__).parent.parent.parent
POLICY = ROOT / "examples" / "b2b_solutions" / "policy.yaml"
SECONDS = 10


def test_a_key_opens_its_routes_until_it_is_revoked(tmp_path, serving, monkeypatch, capsys):
    json_type = {"content-type": "application/json"}
    with serving(tmp_path, "--policy", str(POLICY)) as client:
        assert client.score({})[0] == 200  # nobody has a key yet, so this machine may ask
        assert client.ask("GET", "/v1/policy", host="evil.example")[0] == 403
        capsys.readouterr()
        assert run(["keys", "create", "--name", "crm", "--scope", "score"]) == 0
        token = capsys.readouterr().out.strip()
        bearer = {"authorization": f"Bearer {token}"}
        for _ in range(10 * SECONDS):
            if client.score({})[0] == 401:
                break
            time.sleep(0.1)
        assert client.score({})[0] == 401
        assert client.score({}, **bearer)[0] == 200
        assert client.ask("GET", "/v1/model", **bearer)[0] == 403
        body = json.dumps({"deals": [{}, {"nobody": 1}]}).encode()
        status, told = client.ask("POST", "/v1/score/batch", body, **json_type, **bearer)
        assert (status, json.loads(told)["counts"]["failed"]) == (200, 1)
        assert client.ask("GET", "/v1/openapi.json")[0] == 200
        assert client.ask("GET", "/livez")[0] == 200
        assert run(["keys", "revoke", token.split("_")[1]]) == 0
        for _ in range(10 * SECONDS):
            if client.score({}, **bearer)[0] == 401:
                break
            time.sleep(0.1)
        assert client.score({}, **bearer)[0] == 401
        assert client.score({})[0] == 401  # a closed key does not open loopback again
    logged = "".join(file.read_text() for file in (tmp_path / "logs").rglob("*") if file.is_file())
    assert token.split("_")[2] not in logged
    assert '"log":"access"' in logged


def test_another_address_needs_a_key(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QUALIFOX_HOME", str(tmp_path))
    assert run(["serve", "--policy", str(POLICY), "--host", "0.0.0.0"]) == 2
    assert "qualifox keys create" in capsys.readouterr().err
