from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from groundwave.delivery.compression import CompressedText


LONG = b"<p>Along the ground.</p>" * 100


def answered(response, **headers):
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip", **headers})
    return CompressedText(lambda _: response)(request)


def test_a_page_travels_compressed():
    response = answered(HttpResponse(LONG))

    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert gzip.decompress(response.content) == LONG
    assert len(response.content) < len(LONG) / 3


def test_whoever_does_not_take_it_has_it_as_it_is():
    response = answered(HttpResponse(LONG), accept_encoding="identity")

    assert response.content == LONG


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(LONG, content_type="audio/mpeg"),
        HttpResponse(LONG, content_type="image/webp"),
    ],
)
def test_sound_and_pictures_are_left_alone(response):
    assert "Content-Encoding" not in answered(response)


def test_what_is_sent_piece_by_piece_is_left_alone_whatever_it_is():
    response = StreamingHttpResponse([LONG], content_type="text/plain")

    assert "Content-Encoding" not in answered(response)
