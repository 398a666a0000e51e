"""What stands around a number comes off the same, alone or among a thousand others."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from training.readers.number_parts import NumberParts

FEWER = settings(max_examples=settings().max_examples // 4)
TEXTS = st.sampled_from(
    ["12", "-12", "1 234,5 €", "1\u202f234,5\u00a0€", "€ 12", "CHF 12", "12 EUR", "(12)", "12-",
     "(12 €)", "-12 €", "12 %", "1e5", "x", "", "+3", "--3", "-", "12 $", "12 km", "€", "- 12"]
)  # fmt: skip


def said(parts, place):
    return (
        parts.body[place].as_py(), parts.power[place].as_py() or "",
        bool(parts.negative[place]), bool(parts.fits[place]),
    )  # fmt: skip


@FEWER
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_a_text_comes_apart_the_same_in_any_company(texts):
    together = NumberParts.of(pa.array(texts))
    alone = [NumberParts.of(pa.array([text])) for text in texts]
    for place, parts in enumerate(alone):
        if parts.body[0].is_valid:
            assert said(together, place) == said(parts, 0), texts[place]
        else:
            assert not together.body[place].is_valid
    assert set(together.currencies) <= {code for parts in alone for code in parts.currencies}


def test_currencies_are_named_by_their_code():
    texts = ["12 €", "£ 3", "$4.5", "Fr. 7", "US$ 2", "6 $US", "8 PLN"]
    found = NumberParts.of(pa.array(texts)).currencies
    assert found == ("CHF", "EUR", "GBP", "PLN", "USD")
