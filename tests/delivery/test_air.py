from __future__ import annotations

import pytest
from django.test import RequestFactory

from groundwave.delivery.air import air_origin
from groundwave.stations.address import Socket, air_socket, air_url


pytestmark = pytest.mark.django_db


@pytest.fixture
def seen_at(settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def seen_at(host, scheme="http"):
        headers = {"host": host, "x-forwarded-proto": scheme}
        return RequestFactory().get("/", headers=headers)

    return seen_at


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("localhost:8080", "http://localhost:8000"),
        ("kgnd.example", "http://kgnd.example:8000"),
        ("192.168.1.20:8080", "http://192.168.1.20:8000"),
        ("[::1]:8080", "http://[::1]:8000"),
    ],
)
def test_the_air_is_where_the_visitor_found_the_site(seen_at, host, url):
    assert air_url(seen_at(host)) == url


def test_a_deployment_can_say_where_the_air_is(seen_at, settings):
    settings.GROUNDWAVE_AIR_URL = "https://air.kgnd.example"
    request = seen_at("kgnd.example", "https")

    assert air_origin(request) == "https://air.kgnd.example"
    assert air_socket(request) == Socket("air.kgnd.example", 443)


def test_an_encoder_is_told_host_and_port(seen_at):
    assert air_socket(seen_at("[fe80::1]:8080")) == Socket("fe80::1", 8000)
