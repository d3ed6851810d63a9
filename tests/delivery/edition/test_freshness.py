from __future__ import annotations

import pytest

from groundwave.delivery.edition.freshness import MOST_SECONDS, keep_seconds


@pytest.mark.parametrize("status", [200, 301, 308, 404, 410])
def test_what_holds_for_everybody_is_kept_for_a_minute_at_most(status):
    assert keep_seconds(status, {}) == MOST_SECONDS == 60


@pytest.mark.parametrize("status", [201, 204, 206, 302, 304, 400, 403, 500, 503])
def test_anything_else_is_asked_again(status):
    assert keep_seconds(status, {}) == 0


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("public, max-age=600", 60),
        ("public, max-age=20", 20),
        ("max-age=20, s-maxage=5", 5),
        ("max-age=0", 0),
        ('max-age="7"', 7),
        ("max-age=-1", 60),
        ("MAX-AGE=3", 3),
        ("no-store", 0),
        ("Private", 0),
        ("no-cache", 0),
        ('private="x", max-age=9', 0),
        ("max-age=31536000, immutable, public", 60),
    ],
)
def test_an_answer_is_kept_no_longer_than_it_says(said, seconds):
    assert keep_seconds(200, {"cache-control": said}) == seconds


@pytest.mark.parametrize(
    ("vary", "kept"),
    [
        ("Accept-Encoding", True),
        ("Cookie, Accept-Encoding", True),
        ("Accept-Language", False),
        ("Cookie, Origin", False),
        ("*", False),
    ],
)
def test_an_answer_that_depends_on_more_than_we_know_is_not_kept(vary, kept):
    assert bool(keep_seconds(200, {"vary": vary})) is kept


@pytest.mark.parametrize("name", ["set-cookie", "content-encoding"])
def test_a_cookie_or_foreign_compression_is_not_kept(name):
    assert keep_seconds(200, {name: "x"}) == 0
