"""``qualifox answer`` and ``qualifox what-if``, as people call them."""

import json

import pytest

from models.exploration import place_of
from qualifox.cli import run
from tests.integration.conftest import DEMO_POLICY

DAY = ("--as-of", "2026-01-05")


@pytest.fixture
def facts(tmp_path):
    place = tmp_path / "facts.json"
    place.write_text(json.dumps({"amount": 300_000, "relationship": "new"}))
    return str(place)


def files_of(home):
    """Return what is kept: the registry's own locks and access times are no news of a deal."""
    kept = [file for file in home.rglob("*") if file.is_file() and file.suffix != ".lock"]
    return {file: file.read_bytes() for file in kept if not file.name.startswith("mlflow.db")}


def told(capsys):
    return capsys.readouterr()


def test_questions_are_asked_with_a_model_and_all_numbers_are_data(home, facts, capsys):
    assert run(["answer", facts, "--json", *DAY]) == 0
    data = json.loads(told(capsys).out)
    assert data["recommendation"] in {"find_out", "no_go"}
    assert all(one["past_deals"] > 0 for one in data["questions"])
    nets = [one["net"] for one in data["questions"]]
    assert nets == sorted(nets, reverse=True)
    assert data["flips"]["tried"] > 0


def test_questions_in_words_in_french(home, facts, capsys):
    assert run(["answer", facts, "--language", "fr", *DAY]) == 0
    out = told(capsys).out
    assert "Par ordre de ce que savoir rapporte" in out
    assert "affaires closes" in out


def test_under_the_policy_alone_there_is_no_evidence_and_it_says_so(new_home, facts, capsys):
    assert run(["answer", facts, "--policy", str(DEMO_POLICY), *DAY]) == 0
    assert "No closed deal to learn from yet" in told(capsys).out


def test_what_if_shows_before_and_after_and_writes_nothing(home, facts, capsys):
    before = files_of(home)
    arguments = ["what-if", facts, "--set", "insolvency_proceeding=liquidation"]
    assert run([*arguments, "--unset", "amount", *DAY]) == 0
    out = told(capsys).out
    assert "Insolvency proceeding: unknown → liquidation" in out
    assert "→ No-go" in out
    assert run([*arguments, "--json", *DAY]) == 0
    data = json.loads(told(capsys).out)
    assert data["changed"] == ["insolvency_proceeding"]
    assert data["after"]["recommendation"] == "no_go"
    assert files_of(home) == before


def test_every_wrong_change_is_told(home, facts, capsys):
    arguments = ["--set", "amout=3", "--set", "amount=many", "--set", "need", "--unset", "amount"]
    assert run(["what-if", facts, *arguments, *DAY]) == 2
    err = told(capsys).err
    assert "did you mean 'amount'?" in err
    assert "amount: is changed twice" in err
    assert "--set: 'need' is no change" in err


def test_facts_are_read_as_strictly_as_by_the_service(home, tmp_path, capsys):
    place = tmp_path / "facts.json"
    for text, said in (("[1]", "not a JSON object"), ('{"amount": "x"}', "amount"),
                       ('{"amount": 1, "amount": 2}', "given twice")):  # fmt: skip
        place.write_text(text)
        assert run(["answer", str(place), *DAY]) == 2
        assert said in told(capsys).err
    assert run(["answer", str(tmp_path / "nowhere.json"), *DAY]) == 1


def test_a_refused_deal_that_was_drawn_goes_ahead_in_the_answer_and_says_why(
    home, tmp_path, capsys
):
    drawn = next(f"D{n}" for n in range(1_000) if place_of(1, f"D{n}") < 0.05)
    refused = {
        "request_type": "open tender", "relationship": "new", "specified_by_us": False,
        "insolvency_proceeding": "none", "financial_health": "sound", "exposure": 0,
        "credit_limit": 9000, "delivery_load_percent": 80, "budget_confirmed": True,
        "need": "clear", "estimated_hours": 20, "deliverable": "services", "amount": 40000,
        "contact_level": "user", "competitors": 3, "strategic": False, "incumbent": "nobody",
    }  # fmt: skip
    place = tmp_path / "drawn.json"
    answers = {}
    for name in (drawn, "nobody drew this"):
        place.write_text(json.dumps({"facts": refused, "id": name}))
        assert run(["answer", str(place), "--json", *DAY]) == 0
        answers[name] = json.loads(told(capsys).out)
    assert answers[drawn]["recommendation"] == "go"
    assert answers[drawn]["exploration"] == {"explored": True, "propensity": 0.05}
    assert answers[drawn]["reasons"][0]["code"] == "EXPLORATION"
    assert answers["nobody drew this"]["recommendation"] == "no_go"
