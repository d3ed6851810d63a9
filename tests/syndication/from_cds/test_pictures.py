"""A photo's files go by their own names."""

from __future__ import annotations

import pytest

from equipment.network.oddities import ODDITIES
from groundwave.syndication.from_cds.pictures import file_name
from syndication.from_cds.reading import came


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.example/b/mast.jpg", "mast.jpg"),
        ("https://a.example/b/mast.jpg?width=3", "mast.jpg"),
        ("https://a.example/x/?url=https%3A%2F%2Fb.example%2Fbell%2520buoy.jpg", "bell-buoy.jpg"),
        ("https://a.example/?url=https://b.example/?url=https://c.example/d.png", "d.png"),
        ("https://a.example/../..%2f..%2fetc%2fpasswd", "passwd"),
        ("https://a.example/.htaccess", "htaccess"),
        ("https://a.example/", ""),
        ("https://[", ""),
    ],
)  # fmt: skip
def test_a_file_has_the_name_of_the_original(url, name):
    assert file_name(url) == name


def test_a_wrapped_picture_is_called_by_what_is_wrapped():
    lead = came(ODDITIES["a wrapped picture"]).lead

    assert lead is not None
    assert [cut.name for cut in lead.cuts] == ["bell-buoy.jpg"]
