import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.sources.identifiers import arxiv_id, doi, web_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2403.01234", "2403.01234"),
        ("2403.01234v12", "2403.01234"),
        ("0704.0001", "0704.0001"),
        ("arXiv:2403.01234v2", "2403.01234"),
        ("https://arxiv.org/abs/2403.01234v2", "2403.01234"),
        ("http://www.arxiv.org/pdf/2403.01234v2.pdf", "2403.01234"),
        ("https://arxiv.org/pdf/2403.01234?download=1", "2403.01234"),
        ("https://huggingface.co/papers/2403.01234", "2403.01234"),
        ("10.48550/arXiv.2403.01234", "2403.01234"),
        ("https://doi.org/10.48550/ARXIV.2403.01234", "2403.01234"),
        ("cs.CL/0301001", "cs/0301001"),
        ("https://arxiv.org/abs/hep-th/9901001v1", "hep-th/9901001"),
        ("arXiv:math.GT/0309136", "math/0309136"),
        ("2413.01234", None),
        ("12.34", None),
        ("https://example.org/2403.01234", None),
        ("10.1000/2403.01234", None),
        ("2403.012345678", None),
        ("", None),
    ],
)
def test_an_arxiv_id_is_found_in_ids_and_addresses(text, expected):
    """An arXiv id is known in all its forms and loses its version."""

    assert arxiv_id(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1000/ABC", "10.1000/abc"),
        ("doi:10.1000/abc.", "10.1000/abc"),
        ("https://doi.org/10.1000/abc", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/(SICI)1", "10.1000/(sici)1"),
        ("10.48550/arXiv.2403.01234", None),
        ("https://example.org/10.1000/abc", None),
        ("10.1234/\ud800x", None),
        ("10.1234/a\u200bx", None),
        ("10.1234/(1998)49<693::AID>3.0.CO;2-O", None),
        ('10.1234/a"b', None),
        ("11.1000/abc", None),
    ],
)
def test_a_doi_is_found_with_and_without_resolver(text, expected):
    """A DOI is lower case without resolver; one that arXiv gives out is an arXiv id."""

    assert doi(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" https://example.org/a?b#c ", "https://example.org/a?b#c"),
        ("http://example.org", "http://example.org"),
        ("ftp://example.org", None),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("http://[", None),
        ("https://example.org/a b", None),
        ("example.org", None),
    ],
)
def test_only_http_addresses_are_addresses(text, expected):
    """An address begins with http or https, names a host and holds no space."""

    assert web_address(text) == expected


@given(st.text(max_size=200))
def test_no_text_makes_them_raise(text):
    """What is found is a part of the text, or nothing."""
    found = doi(text)

    assert found is None or found in text.lower()
    assert web_address(text) in (None, text.strip())
    assert arxiv_id(text) is None or "/" in text or "." in text
