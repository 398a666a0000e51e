"""``qualifox deals report``, as people call it."""

import json
from pathlib import Path

import pytest

from qualifox.cli import run

ROOT = Path(__file__).parent.parent.parent
POLICY = ROOT / "examples" / "demo_company" / "policy.yaml"


def test_the_report_is_printed_and_written_as_a_page(demo_deals, tmp_path, capsys):
    page = tmp_path / "report.html"
    assert run(["deals", "report", str(demo_deals), "--html", str(page)]) == 0
    told = capsys.readouterr()
    assert "3,000\xa0deals" in told.out
    assert str(page) in told.err
    html = page.read_text(encoding="utf-8")
    assert 'lang="en"' in html
    assert 'lang="fr"' in html


def test_as_json_it_holds_the_alerts_and_nothing_else_is_printed(demo_deals, capsys):
    arguments = ["deals", "report", str(demo_deals), "--policy", str(POLICY), "--json"]
    assert run([*arguments, "--language", "fr"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert sum(told["outcomes"].values()) == 3000
    assert {leak["column"] for leak in told["leaks"] if not leak["made_of"]} <= {"closed_on"}
    assert isinstance(told["alerts"], list)
    used = {one["column"] for one in told["columns"] if one["used"]}
    assert "amount" in used
    assert "closed_on" not in used


def test_french_is_french(demo_deals, capsys):
    assert run(["deals", "report", str(demo_deals), "--language", "fr"]) == 0
    assert "Remplissage des colonnes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        ("a,b\n1,2\n", [], "no column says which deals were won"),
        ("Status,b\nWon,2\nLost,1\n", ["--outcome", "Statsu"], "did you mean 'Status'?"),
        ("Status,Etat\nWon,Perdue\nLost,Gagnée\n", [], "several columns may say"),
    ],
)
def test_mistakes_are_told_without_a_page(tmp_path, capsys, text, options, told):
    file, page = tmp_path / "deals.csv", tmp_path / "report.html"
    file.write_text(text, encoding="utf-8")
    assert run(["deals", "report", str(file), "--html", str(page), *options]) == 2
    err = capsys.readouterr().err
    assert told in err
    assert "Traceback" not in err
    assert not page.exists()


def test_a_tiny_file_has_a_report(tmp_path, capsys):
    file = tmp_path / "deals.csv"
    file.write_text("Status,b\nWon,2\nLost,1\n", encoding="utf-8")
    assert run(["deals", "report", str(file)]) == 0
    assert "Too few closed deals" in capsys.readouterr().out
