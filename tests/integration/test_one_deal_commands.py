"""``qualifox answer`` and ``qualifox what-if``, as people call them."""

import json

import pytest

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
    assert data["after"]["recommendation"] == "no_go" == data["recommendation"]
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
