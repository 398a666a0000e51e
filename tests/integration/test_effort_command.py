"""``qualifox effort`` on the demo company: hours add up, people are told apart only on request."""

import json

import pytest
import typer

from qualifox.effort import effort
from tests.integration.conftest import DEMO_POLICY

SEEN = "2026-01-05"


@pytest.fixture(scope="module")
def run_effort():
    """Return the command as one of its own, as ``qualifox.cli`` registers it."""
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(effort)
    return lambda *arguments: app(list(arguments), standalone_mode=False)


@pytest.fixture(scope="module")
def few_deals(demo_deals, tmp_path_factory):
    """Return the first deals of the demo company, which are quick to learn from."""
    place = tmp_path_factory.mktemp("few") / "deals.csv"
    lines = demo_deals.read_text(encoding="utf-8").splitlines(keepends=True)
    place.write_text("".join(lines[:401]), encoding="utf-8")
    return place


def test_json_page_and_terminal_say_the_same(run_effort, few_deals, tmp_path, capsys):
    page = tmp_path / "pages" / "effort.html"
    given = ["--deals", str(few_deals), "--policy", str(DEMO_POLICY), "--as-of", SEEN]
    run_effort(*given, "--json", "--page", str(page))
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert f"page: {page}" in said.err
    assert found["hours_from"] == "file"
    assert found["sellers"] is None
    hours = found["pursued"]["hours"]
    for lot in ("bands", "teams"):
        assert sum(one["spent"]["hours"] for one in found[lot]) == pytest.approx(hours)
    assert sum(one["pursued"]["hours"] for one in found["quarters"]) == pytest.approx(hours)
    n_apart = sum(one["deals"] for one in found["apart"])
    assert found["pursued"]["deals"] + n_apart == 400
    written = page.read_text(encoding="utf-8")
    assert f"{found['unwinnable']['spent']['deals']} deals" in written.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    run_effort(*given, "--by-seller", "--language", "fr")
    said = capsys.readouterr().out
    assert said.startswith("Sur ")
    assert "Par vendeur" in said


def test_two_policies_at_once_are_wrong_use(run_effort, few_deals):
    from features.errors import InputError

    with pytest.raises(InputError, match="both say which policy"):
        run_effort("--deals", str(few_deals), "--policy", str(DEMO_POLICY), "--model", "demo")
