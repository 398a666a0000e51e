"""``qualifox deals inspect``, as people call it."""

import json
from pathlib import Path

import pytest

from qualifox.cli import run

CRM = Path(__file__).parent.parent / "fixtures" / "crm"


def test_inspect_shows_the_crm_the_mapping_and_the_outcomes(capsys):
    assert run(["deals", "inspect", str(CRM / "hubspot_fr.csv"), "--as-of", "2026-01-01"]) == 0
    told = capsys.readouterr()
    assert "as HubSpot exports them" in told.out
    assert "4 won, 3 lost, 3 open" in told.out
    assert "Décideur rencontré" in told.out
    assert told.err == ""


def test_inspect_speaks_french(capsys):
    arguments = ["deals", "inspect", str(CRM / "pipedrive_fr.csv"), "--language", "fr"]
    assert run([*arguments, "--as-of", "2026-01-01"]) == 0
    told = capsys.readouterr().out
    assert "telles que Pipedrive les exporte" in told
    assert "4 gagnées, 4 perdues, 2 en cours" in told


def test_inspect_as_json_is_one_line_and_the_same_numbers(capsys):
    arguments = ["deals", "inspect", str(CRM / "odoo_en.csv"), "--json", "--as-of", "2026-01-01"]
    assert run(arguments) == 0
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert told["preset"] == "odoo"
    assert told["outcome"]["counts"]["lost"] == 3


def test_a_file_that_hides_its_losses_is_a_failed_check_that_says_what_to_do(capsys, tmp_path):
    lines = (CRM / "odoo_en.csv").read_text().splitlines(keepends=True)
    hidden = tmp_path / "odoo.csv"
    hidden.write_text("".join(line for line in lines if '"False"' not in line))
    assert run(["deals", "inspect", str(hidden)]) == 1
    told = capsys.readouterr()
    assert "no deal was lost" in told.err
    assert "hint: Odoo archives lost deals" in told.err
    assert "Odoo CRM" in told.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no_such_file.csv"], "no_such_file.csv: cannot be read"),
        ([str(CRM / "zoho_en.csv"), "--preset", "zohoo"], "did you mean 'zoho'?"),
        ([str(CRM / "zoho_en.csv"), "--language", "de"], "'de' is not a language"),
    ],
)
def test_a_wrong_call_is_told_in_a_line_and_a_hint(arguments, said, capsys):
    assert run(["deals", "inspect", *arguments]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""
