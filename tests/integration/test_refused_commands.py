"""``qualifox refused`` and ``qualifox override`` on files, as a person runs them."""

import json

import pytest
import typer

from features.errors import InputError
from models.exploration import place_of
from qualifox.override import override
from qualifox.refused import refused
from tests.unit.training.refused_world import POLICY
from training.overrides import BOOK

HEADER = "id,Result,decided,closed,abroad,broke,size,chance\n"
FILE = POLICY.replace(
    "deals: {outcome: {column: Result, won: [Won], lost: [Lost]}}",
    "deals: {id: id, as_of: decided, closed_on: closed, propensity: chance, "
    "outcome: {column: Result, won: [Won], lost: [Lost], declined_by_us: [No], open: [Open]}}",
)
app = typer.Typer()
app.command()(override)
app.command()(refused)


def lines(result, n, *, abroad, chance="", closed="2026-08-15", start=0):
    made: list[str] = []
    number = start
    while len(made) < n:
        number += 1
        if chance and place_of(0, f"D{number}") >= 0.4:
            continue
        end = closed if result in {"Won", "Lost"} else ""
        made.append(f"D{number},{result},2026-05-05,{end},{abroad},no,1,{chance}")
    return "\n".join(made) + "\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QUALIFOX_HOME", str(tmp_path / "home"))
    policy, deals = tmp_path / "policy.yaml", tmp_path / "deals.csv"
    policy.write_text(FILE, encoding="utf-8")
    deals.write_text(
        HEADER
        + lines("Won", 20, abroad="no", start=10_000)
        + lines("Lost", 50, abroad="no", start=11_000)
        + lines("Won", 15, abroad="yes", chance="0.4")
        + lines("Lost", 14, abroad="yes", chance="0.4", start=1_000)
        + lines("No", 40, abroad="yes", start=5_000)
        + lines("Won", 6, abroad="yes", start=20_000)
        + lines("Open", 1, abroad="yes", start=21_000),
        encoding="utf-8",
    )  # fmt: skip

    def run_it(*arguments):
        capsys.readouterr()
        given = [str(one) for one in arguments]
        if given[0] == "refused" or "--report" in given:
            given += ["--policy", str(policy), "--deals", str(deals)]
        app(given, standalone_mode=False)
        return capsys.readouterr()

    return run_it


def let_through(run, deal, day="2026-06-01"):
    return run("override", deal, "--by", "Head of sales", "--why", "We know them", "--until",
               "2026-12-31", "--as-of", day)  # fmt: skip


def rule_of(said):
    return next(one for one in json.loads(said.out)["rules"] if one["id"] == "abroad")


def test_drawn_deals_loosen_a_rule_and_a_page_says_so(run, tmp_path):
    page = tmp_path / "pages" / "refused.html"
    said = run("refused", "--as-of", "2026-10-01", "--page", page)
    assert "▲ “Abroad”: worth working again. Drawn deals closed: 29, won: 15" in said.out
    assert "These figures speak of 105\xa0deals that were pursued." in said.out
    assert f"page: {page}" in said.err
    assert "à retravailler" in page.read_text(encoding="utf-8")
    found = rule_of(run("refused", "--as-of", "2026-10-01", "--json"))
    assert (found["verdict"], found["refused"], found["declined"]) == ("work_again", 76, 40)
    assert found["by_choice"]["deals"] == 6
    early = rule_of(run("refused", "--as-of", "2026-09-29", "--json"))
    assert early["verdict"] == "no_evidence"  # their quarter is not over


def test_in_french(run):
    said = run("refused", "--as-of", "2026-10-01", "--language", "fr")
    assert "à retravailler" in said.out
    assert "affaires travaillées" in said.out


def test_overrides_go_into_the_book_and_later_their_outcomes_are_told(run, tmp_path):
    for number in range(20_001, 20_007):
        let_through(run, f"D{number}")
    said = let_through(run, "D21001")
    assert said.out == ""
    assert "D21001: go until 2026-12-31, instead of no_go" in said.err
    listed = json.loads(run("override", "--list", "--json").out)
    assert [one["deal"] for one in listed][-1] == "D21001"
    assert "Head of sales" in run("override", "--list").out
    report = json.loads(run("override", "--report", "--as-of", "2026-10-01", "--json").out)
    assert (report["let_through"], report["found"], report["open"]) == (7, 7, 1)
    assert (report["rate"]["deals"], report["rate"]["won"]) == (6, 6)
    assert (report["own"]["deals"], report["own"]["won"]) == (70, 20)
    assert "right more often" in run("override", "--report", "--as-of", "2026-10-01").out
    found = rule_of(run("refused", "--as-of", "2026-10-01", "--json"))
    assert found["overridden"] == 6
    assert found["explored"]["deals"] == 29
    before = run("override", "--report", "--as-of", "2026-05-31", "--json").out
    assert json.loads(before)["let_through"] == 0  # nobody had decided yet
    with (tmp_path / "home" / BOOK).open("a", encoding="utf-8") as book:
        book.write("{torn\n")
    assert f"{BOOK}:8: this line is damaged" in run("override", "--list").err


@pytest.mark.parametrize(("arguments", "told"), [
    ([], "nothing to write down or to read"),
    (["D1", "--list"], "DEAL and --list at once"),
    (["D1", "--by", "me"], "--why: 'why' is missing\n  hint: give --why\n--until: 'until' is"),
    (["D1", "--by", "me", "--why", "x", "--until", "2020-01-01", "--as-of", "2026-01-01"],
     "--until: 2020-01-01 is before 2026-01-01"),
    (["D1", "--by", "me", "--why", "x", "--until", "2027-01-01", "--done", "no_go",
      "--as-of", "2026-01-01"], "--done: 'no_go' is what was recommended"),
])  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_written(run, tmp_path, arguments, told):
    with pytest.raises(InputError) as refused_it:
        run("override", *arguments)
    assert told in str(refused_it.value)
    assert not (tmp_path / "home" / BOOK).exists()
