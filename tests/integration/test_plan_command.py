"""``qualifox plan`` and ``qualifox accounts`` on a file, from the command line."""

import json
import subprocess
import sys

import pytest

from qualifox.cli import run
from reports.accounts.report import Accounts
from reports.plan.report import Plan
from tests.integration.conftest import DEMO_POLICY

AS_OF = "2025-12-31"


@pytest.fixture
def call(demo_deals, capsys):
    def command(name, *more, policy=DEMO_POLICY):
        capsys.readouterr()
        given = [] if policy is None else ["--policy", str(policy)]
        status = run([name, "--deals", str(demo_deals), "--as-of", AS_OF, *given, *more])
        return status, capsys.readouterr()

    return command


def test_a_plan_of_a_trained_model_has_the_evidence_beside_it(home, call):
    status, said = call("plan", "--hours", "1500", "--json", policy=None)
    found = Plan.model_validate_json(said.out)
    assert status == 0
    assert (found.assumed, found.evidence_level) == (False, "plenty")
    assert found.hours <= 1_500
    assert found.promise.comparable_value is not None
    assert found.promise.wins_low <= found.promise.wins <= found.promise.wins_high
    assert all(one.comparable_deals for one in found.chosen)
    assert all(one.value > 0 for one in found.chosen)
    assert "left out" in said.err
    price = found.capacities[0].price
    assert price > 0
    for one in found.no_room:
        assert one.loss is None or one.loss >= 0
        assert one.hours_worth == pytest.approx(price * one.hours)
        assert one.loss is None or one.displaced or one.joining or one.loss < price * 1_500


def test_a_person_reads_what_to_do_first_and_the_page_says_the_same(call, tmp_path):
    page = tmp_path / "pages" / "plan.html"
    status, said = call("plan", "--hours", "800", "--most-deals", "9", "--language", "fr",
                        "--page", str(page))  # fmt: skip
    assert status == 0
    assert said.out.startswith("Travailler ")
    assert "Affaires au plus" in said.out
    assert f"page: {page}" in said.err
    written = page.read_text(encoding="utf-8")
    assert said.out.splitlines()[0].strip() in written.replace("&#39;", "'")
    assert "Aucun modèle ne décide encore" in written


def test_the_hours_are_those_of_the_policy_where_none_are_given(call):
    found = Plan.model_validate_json(call("plan", "--json")[1].out)
    assert [(one.role, one.there) for one in found.capacities] == [(None, 2_500)]


def test_all_wrong_uses_are_told_with_a_hint(call):
    for more, told in (
        (["--hours", "many"], "write 400, or presales=120"),
        (["--hours", "presales=120"], "the policy has no roles"),
        (["--hours", "5", "--hours", "6"], "given twice"),
        (["--hours", "-5"], "no number of hours"),
        (["--model", "demo_company"], "--model is given as well"),
    ):
        status, said = call("plan", *more)
        assert status == 2
        assert told in said.err
        assert said.out == ""


def test_stdout_holds_the_json_and_nothing_else(demo_deals):
    """In a process of its own, as the solver may print below Python."""
    arguments = ["plan", "--deals", str(demo_deals), "--as-of", AS_OF, "--hours", "3000",
                 "--most-deals", "20", "--policy", str(DEMO_POLICY), "--json"]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "qualifox", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["deals"] > 100


def test_accounts_are_ranked_and_shown(call, tmp_path):
    page = tmp_path / "accounts.html"
    status, said = call("accounts", "--json", "--page", str(page))
    found = Accounts.model_validate_json(said.out)
    assert status == 0
    totals = [one.total for one in found.accounts]
    assert totals == sorted(totals, reverse=True)
    assert found.knocked_out
    assert {len(one.knocked_out_by) > 0 for one in found.knocked_out} == {True}
    assert "account_potential" in page.read_text(encoding="utf-8")
    by_bought = Accounts.model_validate_json(call("accounts", "--json", "--by", "bought")[1].out)
    bought = [one.bought for one in by_bought.accounts]
    assert bought == sorted(bought, reverse=True)
    assert call("accounts", "--language", "fr")[1].out.startswith("Classés selon")


def test_a_policy_without_accounts_is_told_what_to_write(call, tmp_path):
    bare = tmp_path / "bare.yaml"
    text = DEMO_POLICY.read_text(encoding="utf-8")
    bare.write_text(text.replace("  account: account ", "  #account: account "), encoding="utf-8")
    status, said = call("accounts", policy=bare)
    assert status == 2
    assert "write account: COLUMN under deals" in said.err
    status, said = call("accounts", "--by", "size")
    assert (status, "one of: total, bought" in said.err) == (2, True)
