"""Facts of another day, read by the policy of today: what fits, and what does not."""

from datetime import date

from tests.unit.training.logged.conftest import logged
from training.logged.facts import facts_today, number_text


def test_facts_that_fit_are_as_they_were(policy):
    told = {"amount": 5, "need": {"value": "clear", "observed_on": "2026-01-02"}, "depth": None}
    found = facts_today(logged(facts=told), policy)
    assert dict(found.known) == {"amount": 5.0, "need": "clear"}
    assert found.observed_on == {"need": date(2026, 1, 2)}
    assert (found.misfits, found.is_foreign) == ((), False)


def test_what_says_nothing_is_no_misfit_whatever_its_name(policy):
    told = {"gone": None, "away": "", "off": {"value": None}, "amount": 5, "served": True}
    assert facts_today(logged(facts=told), policy).misfits == ()


def test_half_that_does_not_fit_is_another_policy_s_deal(policy):
    def is_foreign(**told):
        return facts_today(logged(facts=told), policy).is_foreign

    assert is_foreign(amount=5, gone=1)
    assert not is_foreign(amount=5, served=True, gone=1)
    assert not is_foreign()
    assert is_foreign(gone={"not_applicable": True})


def test_every_number_is_written_to_its_last_bit():
    for value in (0.1, 1 / 3, 1e-300, 123456789.123, -0.001, 1e15, 2.5e-7, 0.0):
        assert float(number_text(value)) == value
        assert float(number_text(value, ",").replace(",", ".")) == value
        assert "e" not in number_text(value)
