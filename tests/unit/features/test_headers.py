import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from features.headers import HeaderIndex, normal, plain

WORD = st.text(alphabet="abcéèêçàûîôœßABCÉÈŽ0189İﬁ²", min_size=1, max_size=8)
HEADER = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


@given(st.text(max_size=40))
@example("Deal - Deal - Value")
@example("property_property_type")
@example("Opportunity opportunity name")
@example("Affaire - Opportunity")
def test_normalising_twice_changes_nothing(header):
    assert normal(normal(header)) == normal(header)
    assert plain(plain(header)) == plain(header)


@given(
    HEADER, st.sampled_from(["{}", "Deal - {}", "Affaire - {}", "property_{}", "properties.{}"])
)
def test_case_accents_and_the_object_make_no_difference(header, written):
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", header) if not unicodedata.combining(c)
    )
    for other in (header, header.upper(), bare, header.replace(" ", "_")):
        assert normal(written.format(other)) == normal(header)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Étape", "Etape"),
        ("ID de l’opportunité", "ID de l'opportunité"),
        ("Deal - Currency of Value", "Deal - Currency of value"),
        ("Affaire – Titre", "Affaire - Titre"),
        ("Closed\u00a0Date", "Closed Date"),
        ("hs_is_closed_won", "HS Is Closed Won"),
    ],
)
def test_what_people_mean_by_one_name_is_one(one, other):
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Property type", "type"),  # a house agent's own column, not HubSpot's prefix
        ("Deal Name", "Name"),
        ("Dealer - Name", "Name"),
        ("Organization - ID", "ID"),
    ],
)
def test_a_prefix_is_dropped_only_where_it_is_one(one, other):
    assert normal(one) != normal(other)


def test_an_object_alone_stays():
    assert normal("Opportunity") == "opportunity"
    assert normal("Affaire - ") == "affaire"
    assert normal("???") == ""


def test_an_index_finds_every_header_once_and_nothing_for_an_empty_name():
    index = HeaderIndex(["Amount", "Deal - Amount", "!!", "Stage"])
    assert index.find(["amount", "AMOUNT"]) == ("Amount", "Deal - Amount")
    assert index.find(["??"]) == ()
