from __future__ import annotations

import pytest

from groundwave.delivery.policy import PROGRESS_BAR, may_be_played
from groundwave.wire.http.host import Host


pytestmark = pytest.mark.django_db


def policy_of(client, path):
    header = client.get(path).headers["Content-Security-Policy"]
    directives = (part.strip().split() for part in header.split(";"))
    return {name: sources for name, *sources in directives}


def test_the_public_pages_run_our_own_scripts_only(client, kgnd):
    policy = policy_of(client, "/")

    assert policy["default-src"] == ["'self'"]
    assert policy["script-src"] == ["'self'"]
    assert policy["style-src"] == ["'self'", PROGRESS_BAR]
    assert policy["object-src"] == ["'none'"]


def test_sound_and_news_come_from_the_air(client, kgnd):
    policy = policy_of(client, "/")

    assert policy["media-src"] == [
        "'self'",
        "http://testserver:8000",
        "blob:",
        "https:",
    ]
    assert policy["connect-src"] == ["'self'", "http://testserver:8000"]


def test_a_public_address_of_the_air_is_the_one_allowed(client, kgnd, settings):
    settings.GROUNDWAVE_AIR_URL = "https://air.kgnd.example/radio"

    assert "https://air.kgnd.example" in policy_of(client, "/")["media-src"]


def test_sounds_of_others_are_played_from_any_page_of_ours(client, kgnd, settings):
    """The page that was opened first decides for those that are visited from there."""
    settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset(
        [Host("10.0.0.7", 8080), Host("cms.kgnd.lan", None), Host("[fd00::7]", 80)]
    )

    for path in ("/", "/people/", "/corrections/"):
        assert policy_of(client, path)["media-src"][-3:] == [
            "https:",
            "http://10.0.0.7:8080",
            "http://cms.kgnd.lan:*",
        ]


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://far-shore.example/ferry.mp3", True),
        ("http://far-shore.example/ferry.mp3", False),
        ("http://10.0.0.7:8080/ferry.mp3", True),
        ("http://10.0.0.7/ferry.mp3", False),
        ("http://cms.kgnd.lan:81/ferry.mp3", True),
        ("javascript:alert(1)", False),
        ("http://10.0.0.7:none/ferry.mp3", False),
        ("https://[far-shore/ferry.mp3", False),
        ("", False),
    ],
)
def test_what_the_policy_lets_be_played_is_what_pages_offer(settings, url, may):
    settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset(
        [Host("10.0.0.7", 8080), Host("cms.kgnd.lan", None)]
    )

    assert may_be_played(url) is may


def test_uploaded_files_may_come_from_where_they_are_kept(client, kgnd, settings):
    assert policy_of(client, "/")["img-src"] == ["'self'", "data:"]
    settings.MEDIA_URL = "https://files.kgnd.example/of-ours/"

    for path in ("/", "/admin/login/"):
        policy = policy_of(client, path)
        assert "https://files.kgnd.example" in policy["media-src"], path
        assert "https://files.kgnd.example" in policy["img-src"], path
    assert "blob:" in policy["img-src"]


def test_the_admin_alone_may_have_inline_scripts(client, kgnd):
    assert "'unsafe-inline'" in policy_of(client, "/admin/login/")["script-src"]
    assert "'unsafe-inline'" not in policy_of(client, "/administration/")["script-src"]


def test_a_host_we_do_not_know_is_refused(client, kgnd, settings):
    settings.ALLOWED_HOSTS = ["kgnd.example"]

    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
