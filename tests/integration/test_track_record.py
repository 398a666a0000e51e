"""A track record from closed deals to the artifact and back, with the same numbers."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from starlette.testclient import TestClient

from features import Deal, DealTable, load_policy
from models.artifact import load_artifact, save_artifact
from serving.api import make_app
from simulation.market import simulate, write_deals
from simulation.settings import MarketSettings
from training.closed_deals import closed_deals
from training.fit import fit_model
from training.intake import read_deals

EXAMPLE = Path(__file__).parents[2] / "examples" / "demo_company" / "policy.yaml"


@pytest.fixture(scope="module")
def tracked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tracked")
    text = EXAMPLE.read_text(encoding="utf-8")
    text = text.replace(
        "  closed_on: closed_on", "  closed_on: closed_on\n  track_record: [account]"
    )
    text = text.replace(
        "\nfields:\n", "\nfields:\n  account: {type: category, used_by_model: false}\n"
    )
    (folder / "policy.yaml").write_text(text, encoding="utf-8")
    policy = load_policy(folder / "policy.yaml")
    write_deals(simulate(MarketSettings(n_deals=600, seed=3)), folder / "deals.csv")
    on_file = read_deals(folder / "deals.csv", policy, as_of=date(2027, 1, 1), needs_outcome=True)
    deals = closed_deals(on_file, policy)
    model = fit_model(deals, policy, seed=0)
    save_artifact(model, policy, folder / "artifact")
    return deals, model, load_artifact(folder / "artifact")


def test_the_artifact_answers_with_the_same_bits(tracked):
    deals, model, loaded = tracked
    day = date(2027, 1, 1)
    asked = [Deal(as_of=day, facts=deals.table.deal(row).facts) for row in range(20)]
    table = DealTable.of(asked, loaded.policy.fields)
    assert np.array_equal(model.p_win(table)[0], loaded.model.p_win(table)[0])
    assert loaded.model.track_record.to_data() == model.track_record.to_data()


def test_the_past_of_an_account_is_part_of_what_it_says(tracked):
    deals, _, loaded = tracked
    assert "account" in loaded.model.schema.fields()
    (decision,) = loaded.decide([Deal(as_of=date(2027, 1, 1), facts=deals.table.deal(0).facts)])
    assert "account" in decision.estimate.contributions


def test_a_deal_after_the_day_changes_nothing(tracked):
    """The record asked for an early day gives the early numbers, whatever closed since."""
    deals, model, _ = tracked
    early = model.track_record.features({"account": ["A000655"]}, [date(2000, 1, 1)])
    assert early[0, 0] == 0.0
    assert deals.closed_on.min() > np.datetime64("2000-01-01")


def test_a_file_and_a_request_get_the_same_bits(tracked, tmp_path):
    """Training's table, a file to score and a request over HTTP walk one road."""
    _, _, loaded = tracked
    day = date(2027, 1, 1)
    write_deals(simulate(MarketSettings(n_deals=100, seed=9)), tmp_path / "open.csv")
    table = read_deals(tmp_path / "open.csv", loaded.policy, as_of=day, needs_outcome=False).table
    scored = [loaded.decide([table.deal(row)])[0].estimate.p_win for row in range(len(table))]
    together = [decision.estimate.p_win for decision in loaded.decide(
        [table.deal(row) for row in range(len(table))])]  # fmt: skip
    app = make_app()
    app.state.champion = SimpleNamespace(current=SimpleNamespace(qualifier=loaded))
    with_record = 0
    client = TestClient(app)
    for row in range(len(table)):
        deal = table.deal(row)
        facts = {
            name: fact.isoformat() if isinstance(fact, date) else fact
            for name, fact in deal.facts.items()
        }
        reply = client.post("/v1/score", json={"facts": facts, "as_of": str(deal.as_of)})
        assert reply.status_code == 200, reply.text
        assert reply.json()["p_win"] == scored[row] == together[row]
        with_record += "account" in facts
    assert with_record > len(table) / 2


def test_without_the_account_the_record_says_nothing_and_the_answer_is_another(tracked):
    deals, _, loaded = tracked
    facts = dict(deals.table.deal(0).facts)
    known, unknown = (
        loaded.decide([Deal(as_of=date(2027, 1, 1), facts=one)])[0].estimate.p_win
        for one in (facts, {name: fact for name, fact in facts.items() if name != "account"})
    )
    assert known != unknown
