"""An id of a request is sane, whoever chose it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from serving.edge.request_id import request_id_of


@given(given_=st.binary(max_size=80))
def test_whatever_is_sent_the_id_is_one_sane_word(given_):
    assert re.fullmatch(r"[A-Za-z0-9._-]{8,64}", request_id_of([(b"x-request-id", given_)]))


def test_two_ids_and_what_looks_like_a_key_are_not_taken_over():
    one = (b"x-request-id", b"crm-000017")
    assert request_id_of([one]) == "crm-000017"
    assert request_id_of([one, one]) != "crm-000017"
    assert not request_id_of([(b"x-request-id", b"qf_0123456789ab")]).startswith("qf_")
