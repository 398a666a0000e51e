"""Requests are read strictly, and every problem is told in one shape."""

import pytest

from serving.messages import RequestError, preferred_language, problem_body, read_object


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"  \n", 400),
        (b"{", 400),
        (b"[1]", 400),
        (b'"text"', 400),
        (b"null", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"a": ' + b"1" * 10_000 + b"}", 400),
        (b'{"a": 1, "a": 2}', 422),
        (b'{"\\ud800": 1}', 400),
        (b'{"a": "\\udfff"}', 400),
    ],
)
def test_a_body_that_is_not_one_json_object_is_refused_with_its_problem(body, status):
    with pytest.raises(RequestError) as refused:
        read_object(body)
    assert refused.value.status == status
    assert refused.value.problems


def test_a_plain_object_is_read_as_it_is():
    assert read_object(b'{"a": 1, "b": null, "c": "x"}') == {"a": 1, "b": None, "c": "x"}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en;q=0.5, fr;q=0.4", "en"),
        ("de, fr;q=0.1", "fr"),
        ("fr;q=much, en", "en"),
        ("*", "en"),
    ],
)
def test_the_reader_gets_the_language_asked_for(header, language):
    assert preferred_language({"accept-language": header}) == language


def test_an_error_is_problem_details_with_its_status():
    assert problem_body(404, "Nothing here") == {
        "type": "about:blank",
        "title": "Nothing here",
        "status": 404,
        "problems": [],
    }
