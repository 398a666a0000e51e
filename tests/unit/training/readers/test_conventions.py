"""Other columns have a say where one is undecided, and only there."""

import pyarrow as pa

from training.readers.conventions import Conventions
from training.readers.date_texts import DateTexts
from training.readers.number_texts import NumberTexts

TABLE = pa.table(
    {
        "amount": ["1.234", "5.678"], "price": ["1,5", "2"], "day": ["01/02/2026", "03/04/2026"],
        "other": ["13/04/2026", "01/02/2026"], "words": ["7.5 or so", "x"],
    }
)  # fmt: skip


def test_a_column_that_is_undecided_asks_the_others():
    conventions = Conventions(TABLE)
    assert conventions.number_way(NumberTexts.of(TABLE["amount"])) == "decimal_comma"
    assert conventions.date_way(DateTexts.of(TABLE["day"])) == "day_first"


def test_the_policy_comes_before_the_others():
    conventions = Conventions(TABLE, numbers="decimal_point", dates="month_first")
    assert conventions.number_way(NumberTexts.of(TABLE["amount"])) == "decimal_point"
    assert conventions.number_way(NumberTexts.of(TABLE["price"])) == "decimal_comma"
    assert conventions.date_way(DateTexts.of(TABLE["day"])) == "month_first"


def test_nobody_knows_where_nobody_is_sure():
    alone = Conventions(TABLE.select(["amount", "day", "words"]))
    assert alone.number_way(NumberTexts.of(TABLE["amount"])) is None
    assert alone.date_way(DateTexts.of(TABLE["day"])) is None
