"""The edition around the real site: what of it is kept, and what never is."""

from __future__ import annotations

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client

from groundwave.delivery.edition.serving import layer_around, with_edition
from groundwave.people.models import User
from groundwave.stations.models import Licensee


pytestmark = pytest.mark.django_db(transaction=True)


class Readers:
    """Ask the layer as readers do, and say whether it answered from memory."""

    def __init__(self):
        self.layer = layer_around(get_wsgi_application())

    def get(self, path="/", method="GET", **headers):
        said = []
        environ = Client()._base_environ(
            REQUEST_METHOD=method, PATH_INFO=path, HTTP_HOST="localhost", **headers
        )
        before = self.layer.figures().hits
        response = self.layer(environ, lambda *args: said.append(args))
        body = b"".join(response)
        if close := getattr(response, "close", None):
            close()
        ((status, head),) = said
        return int(status[:3]), dict(head), body, self.layer.figures().hits > before


@pytest.fixture
def readers(kgnd):
    return Readers()


@pytest.mark.parametrize(
    "path", ["/", "/schedule/", "/shows/", "/text/", "/robots.txt", "/nowhere/"]
)
def test_what_everybody_reads_is_kept(readers, path):
    first, again = readers.get(path), readers.get(path)

    assert again[3]
    assert again[2] == first[2]
    assert "Set-Cookie" not in first[1]


def test_what_is_kept_is_compressed_once(readers):
    for encoding in ("gzip", "br"):
        head = readers.get(HTTP_ACCEPT_ENCODING=encoding)[1]
        assert head["Content-Encoding"] == encoding
    assert not readers.layer.figures().misses > 1


@pytest.mark.parametrize(
    "path", ["/admin/login/", "/health", "/static/nothing.css", "/media/x", "/admin/"]
)
def test_what_has_rules_of_its_own_is_never_kept(readers, path):
    readers.get(path)
    readers.get(path)

    assert readers.layer.figures().kept == 0


def test_a_correction_is_read_at_once(readers):
    assert b"KGND Community Radio" in readers.get()[2]
    Licensee.objects.update(name="KGND, Corrected")

    assert b"KGND, Corrected" in readers.get()[2]


def test_who_signed_in_has_a_page_of_their_own_and_nobody_else_has_it(readers):
    client = Client()
    client.force_login(User.objects.create_superuser("ines@kgnd.example", "x"))
    cookie = f"sessionid={client.cookies['sessionid'].value}"

    assert b'href="/admin/"' in readers.get(HTTP_COOKIE=cookie)[2]
    assert b'href="/admin/"' not in readers.get()[2]


def test_health_says_how_it_does(readers):
    readers.get()
    readers.get()

    assert b'"hits": 1' in readers.get("/health")[2]


def test_it_can_be_left_out(settings):
    site = get_wsgi_application()
    settings.GROUNDWAVE_EDITION_MEGABYTES = 0

    assert with_edition(site) is site
