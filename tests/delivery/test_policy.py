from __future__ import annotations

import pytest

from groundwave.delivery.policy import PROGRESS_BAR


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

    assert policy["media-src"] == ["'self'", "http://testserver:8000", "blob:"]
    assert policy["connect-src"] == ["'self'", "http://testserver:8000"]


def test_a_public_address_of_the_air_is_the_one_allowed(client, kgnd, settings):
    settings.GROUNDWAVE_AIR_URL = "https://air.kgnd.example/radio"

    assert "https://air.kgnd.example" in policy_of(client, "/")["media-src"]


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
