"""Every code has a page whose example gives the finding, and whose mended form does not."""

import re

import pytest

from features.errors import InputError
from features.lint import EXPLANATIONS, explanation_of
from features.lint.pages import families, unknown_facts

CODES = sorted(EXPLANATIONS)


def test_the_flawless_policy_has_no_finding(lint):
    assert lint() == ()
    assert lint(deals=True) == ()


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_a_page_gives_its_finding_in_the_file_of_the_example(code, lint):
    found = [one for one in lint(EXPLANATIONS[code].example, deals=True) if one.code == code]
    assert found
    assert all(one.where.startswith("addition.yaml:") for one in found)
    assert {one.severity for one in found} == {EXPLANATIONS[code].severity}


@pytest.mark.parametrize("code", CODES)
def test_the_mended_example_does_not(code, lint):
    page = EXPLANATIONS[code]
    assert page.mended != page.example
    assert code not in {one.code for one in lint(page.mended, deals=True)}


def test_no_code_has_two_pages():
    assert sum(map(len, families())) == len(EXPLANATIONS)
    assert unknown_facts.PAGES[0].code in EXPLANATIONS


def test_every_code_that_the_linter_can_say_has_a_page(lint_sources):
    said = set(re.findall(r'"([A-Z]{2,}(?:_[A-Z]+)*)"', lint_sources))
    assert said - {"EXPLANATIONS", "SEVERITIES"} == set(EXPLANATIONS)


def test_an_unknown_code_gets_the_nearest_one():
    with pytest.raises(InputError, match="did you mean 'DUPLICATE'") as caught:
        explanation_of("DUPLICATES")
    assert "there is no code 'DUPLICATES'" in str(caught.value)


@pytest.mark.parametrize("written", ["SHADOWED", "shadowed", " Shadowed "])
def test_a_code_is_found_however_it_is_written(written):
    assert explanation_of(written).code == "SHADOWED"
