"""``qualifox monitor`` on real registries: a still market is steady, a drifting one is flagged."""

import json

import pytest

from models.artifact import load_artifact
from models.registry import Registry
from qualifox.cli import run
from simulation import MarketSettings, simulate, write_deals

from .conftest import DEMO_POLICY

TRAINED_ON, SEEN = "2024-09-30", "2026-01-05"


@pytest.fixture(scope="module")
def markets(tmp_path_factory):
    """Return two companies that trained at the end of September 2024: homes and files of deals."""
    made = {}
    with pytest.MonkeyPatch.context() as patch:
        for name, drift in (("still", 0.0), ("drifting", -0.8)):
            place = tmp_path_factory.mktemp(name)
            deals, home = place / "deals.csv", place / "home"
            settings = MarketSettings(
                n_deals=2_500, seed=1, drift_per_year=drift, competition_drift_per_year=0.0
            )
            write_deals(simulate(settings), deals)
            patch.setenv("QUALIFOX_HOME", str(home))
            arguments = ["--policy", str(DEMO_POLICY), "--deals", str(deals)]
            assert run(["train", *arguments, "--as-of", TRAINED_ON]) == 0
            made[name] = home, deals
    return made


@pytest.fixture
def watch(markets, monkeypatch, capsys):
    def run_on(name, *more):
        home, deals = markets[name]
        monkeypatch.setenv("QUALIFOX_HOME", str(home))
        capsys.readouterr()
        status = run(["monitor", "--deals", str(deals), "--as-of", SEEN, *more])
        return status, capsys.readouterr()

    return run_on


def test_a_still_market_is_steady(watch):
    status, said = watch("still", "--json", "--policy", str(DEMO_POLICY))
    found = json.loads(said.out)
    assert (status, found["verdict"], found["triggers"]) == (0, "steady", [])
    assert found["trained_on"] <= TRAINED_ON
    assert found["overall"]["deals"] > 500
    assert abs(found["overall"]["gap"]) < 0.05
    assert found["refresh"]["reasons"] == ["more_deals", "age"]


def test_a_drifting_market_is_flagged_with_exit_1_and_what_to_do(watch):
    status, said = watch("drifting", "--json")
    found = json.loads(said.out)
    assert status == 1
    assert found["verdict"] in {"recalibrate", "retrain"}
    assert "cusum_fewer" in found["triggers"]
    assert found["intercept_shift"]["value"] < -0.3
    assert found["refit"]["after"] < found["refit"]["before"]


def test_early_on_it_says_so_and_is_content(watch):
    status, said = watch("drifting", "--json", "--as-of", "2024-10-08")
    assert (status, json.loads(said.out)["verdict"]) == (0, "too_early")


def test_a_person_reads_the_verdict_first_and_the_page_says_the_same(watch, tmp_path):
    page = tmp_path / "pages" / "monitoring.html"
    status, said = watch("drifting", "--page", str(page), "--language", "fr")
    assert status == 1
    assert said.out.startswith("À recaler")
    assert f"page: {page}" in said.err
    written = page.read_text(encoding="utf-8")
    assert "À recaler" in written
    assert "Recalibrate" in written
    assert len(written) < 200_000


def test_it_answers_alike_whatever_happens_later(watch):
    """What closes after the day to pretend to be is open, hence changes nothing."""
    early = watch("still", "--json", "--as-of", "2025-06-30")[1].out
    found = json.loads(early)
    assert found["seen_until"] <= "2025-06-30"
    assert sum(one["deals"] for one in found["periods"]) == found["overall"]["deals"]
    assert found["periods"][-1]["period"] <= "2025-06"


@pytest.mark.parametrize(
    ("since", "word"), [("last week", "not a day"), ("2026-02-01", "is after 2026-01-05")]
)
def test_a_wrong_day_is_wrong_use(watch, since, word):
    status, said = watch("still", "--since", since)
    assert status == 2
    assert word in said.err


def test_an_unknown_model_is_told_with_a_hint(watch):
    status, said = watch("still", "--model", "demo_compny")
    assert status == 1
    assert "demo_company" in said.err


def test_the_registry_is_left_as_it_was(watch, markets):
    home, _ = markets["drifting"]
    registry = Registry(home)
    before = registry.get("demo_company")
    watch("drifting")
    assert registry.get("demo_company") == before
    assert load_artifact(registry.fetch(before)).model is not None
