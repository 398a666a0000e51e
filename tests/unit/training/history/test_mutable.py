"""Columns that go on changing."""

from training.history.mutable import mutable_columns

HEADERS = ("Amount", "Étape", "hs_forecast_amount", "Industry", "OwnerId")


def test_names_are_found_whatever_their_case_accents_and_blanks():
    changing = ("amount", "etape", "hs_forecast_*", "Owner Id")
    assert mutable_columns(HEADERS, changing) == (HEADERS[0], HEADERS[1], HEADERS[2], HEADERS[4])


def test_what_was_rewound_or_is_confirmed_may_stay():
    changing = ("amount", "etape", "ownerid")
    assert mutable_columns(HEADERS, changing, rewound=["Étape"], confirmed=["OwnerId"]) == (
        "Amount",
    )


def test_a_name_is_the_whole_name():
    assert mutable_columns(["Amount", "Amount 2", "net amount"], ["amount"]) == ("Amount",)
