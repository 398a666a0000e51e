"""The months of three languages, however they are shortened."""

import pytest
from babel.dates import get_month_names

from features.month_names import LANGUAGES, month_numbers, plain_word


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
def test_every_name_is_its_month(language, width):
    for number, name in get_month_names(width, "format", language).items():
        assert month_numbers()[plain_word(name)] == number
        assert month_numbers()[plain_word(name.upper() + ".")] == number
