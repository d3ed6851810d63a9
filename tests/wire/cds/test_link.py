from __future__ import annotations

import pytest

from groundwave.wire.cds.link import Link, to_asset, to_document


@pytest.mark.parametrize(
    ("href", "asset", "document", "url", "service"),
    [
        ("#/assets/a-1", "a-1", "", "", ""),
        ("#/assets/a-1/text", "", "", "", ""),
        ("#/title", "", "", "", ""),
        ("/v1/documents/1001", "", "1001", "", ""),
        ("/v1/documents/1001/x", "", "", "", ""),
        ("/v1/profiles/story", "", "", "", ""),
        (
            "https://lowtide.example/v1/documents/a-1",
            "",
            "a-1",
            "https://lowtide.example/v1/documents/a-1",
            "",
        ),
        ("https://kgnd.example", "", "", "https://kgnd.example", ""),
        (
            "https://organization.api.npr.org/v4/services/s9901",
            "",
            "",
            "https://organization.api.npr.org/v4/services/s9901",
            "s9901",
        ),
        ("javascript:alert(1)", "", "", "", ""),
        ("//kgnd.example/a", "", "", "", ""),
        ("https:///a", "", "", "", ""),
        ("https://@/a", "", "", "", ""),
        (" https://kgnd.example", "", "", "", ""),
        ("https://kgnd.example/\nX-Fog: 1", "", "", "", ""),
        ("https://kgnd.example/a b", "", "", "https://kgnd.example/a b", ""),
        ("/v1/documents/..", "", "", "", ""),
        ("/v1/documents/1?transclude=items", "", "", "", ""),
        ("https://[a", "", "", "", ""),
    ],
)
def test_a_link_says_where_it_leads(href, asset, document, url, service):
    link = Link(href=href)

    assert (link.asset_id, link.document_id) == (asset, document)
    assert (link.url, link.service_id) == (url, service)


@pytest.mark.parametrize(
    "href",
    [
        "",
        " ",
        "null",
        "undefined",
        "/v1/documents/",
        "/v1/documents/null",
        "https://content.example/v1/documents/undefined",
    ],
)
def test_what_a_program_made_out_of_nothing_leads_nowhere(href):
    assert Link(href=href).leads_nowhere
    assert not Link(href=href).document_id


def test_links_that_were_made_lead_where_they_should():
    assert to_asset("a/b", "primary").asset_id == "a/b"
    assert to_document("a-1", "topic").document_id == "a-1"
    assert not to_document("a-1").leads_nowhere
