from __future__ import annotations

import configparser

import pytest
from hypothesis import given, strategies as st

from groundwave.delivery.playlists import m3u, pls


URLS = ["http://air.example:8000/kgnd.mp3", "http://air.example:8000/kgnd.aac"]


def test_an_m3u_names_the_station_before_each_address():
    assert m3u("KGND", URLS).splitlines() == [
        "#EXTM3U",
        "#EXTINF:-1,KGND",
        URLS[0],
        "#EXTINF:-1,KGND",
        URLS[1],
    ]


@given(st.text())
def test_whatever_a_station_is_called_an_m3u_has_its_addresses_only(name):
    lines = m3u(name, URLS).split("\n")

    assert [line for line in lines if line and not line.startswith("#")] == URLS


@given(st.text())
def test_whatever_a_station_is_called_a_pls_can_be_read(name):
    parsed = configparser.RawConfigParser(delimiters="=", strict=True)
    parsed.read_string(pls(name, URLS).replace("\n", "\n"))

    section = parsed["playlist"]
    assert [section["File1"], section["File2"]] == URLS
    assert section["NumberOfEntries"] == "2"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "content_type"), [("m3u", "audio/x-mpegurl"), ("pls", "audio/x-scpls")]
)
def test_a_program_gets_the_file_at_the_stations_address(
    client, kgnd, kind, content_type
):
    response = client.get(f"/listen/kgnd.{kind}")

    assert response.headers["Content-Type"].startswith(content_type)
    assert b"http://testserver:8000/kgnd.mp3" in response.content
    # A browser that played it in place would leave the page, and its sound.
    kept = f'attachment; filename="kgnd.{kind}"'
    assert response.headers["Content-Disposition"] == kept


@pytest.mark.django_db
def test_there_is_no_file_for_a_station_that_is_not_there(client, kgnd):
    assert client.get("/listen/kxyz.m3u").status_code == 404
