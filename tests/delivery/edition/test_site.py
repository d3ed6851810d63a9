"""The edition around the real site: what of it is kept, and what never is."""

from __future__ import annotations

import json

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client

from equipment.fronts import Around
from groundwave.delivery.edition.counter import counter
from groundwave.delivery.front.house import our_house
from groundwave.people.models import User
from groundwave.stations.models import Licensee


pytestmark = pytest.mark.django_db(transaction=True)


class Readers(Around):
    """Ask the front of the real site as readers do."""

    def __init__(self, data):
        here, connection = counter(data), connections["default"]
        connection.inc_thread_sharing()
        super().__init__(
            get_wsgi_application(),
            house=our_house(is_behind_tls=False),
            room=10_000_000,
            edition=lambda: here.number,
            beforehand=lambda: connections.__setitem__("default", connection),
        )

    def close(self):
        super().close()
        connections["default"].dec_thread_sharing()

    def read(self, path="/", **headers):
        """Return the status, the head, the page, and whether it came from memory."""
        before = self.front.figures().hits
        answer = self.get(path, host="localhost", **headers)
        return *answer, self.front.figures().hits > before


@pytest.fixture
def readers(kgnd, settings):
    readers = Readers(settings.GROUNDWAVE.data)
    yield readers
    readers.close()


@pytest.mark.parametrize(
    "path", ["/", "/schedule/", "/shows/", "/text/", "/robots.txt", "/nowhere/"]
)
def test_what_everybody_reads_is_kept(readers, path):
    first, again = readers.read(path), readers.read(path)

    assert again[3]
    assert again[2] == first[2]
    assert "set-cookie" not in first[1]


def test_what_is_kept_is_compressed_once(readers):
    for encoding in ("gzip", "br"):
        head = readers.read(accept_encoding=encoding)[1]
        assert head["content-encoding"] == encoding
    assert readers.front.figures().misses == 1


@pytest.mark.parametrize(
    "path", ["/admin/login/", "/health", "/static/nothing.css", "/media/x", "/admin/"]
)
def test_what_has_rules_of_its_own_is_never_kept(readers, path):
    readers.read(path)
    readers.read(path)

    assert readers.front.figures().kept == 0


def test_a_correction_is_read_at_once(readers):
    assert b"KGND Community Radio" in readers.read()[2]
    Licensee.objects.update(name="KGND, Corrected")

    assert b"KGND, Corrected" in readers.read()[2]


def test_who_signed_in_has_a_page_of_their_own_and_nobody_else_has_it(readers):
    client = Client()
    client.force_login(User.objects.create_superuser("ines@kgnd.example", "x"))
    cookie = f"sessionid={client.cookies['sessionid'].value}"

    assert b'href="/admin/"' in readers.read(cookie=cookie)[2]
    assert b'href="/admin/"' not in readers.read()[2]


def test_health_says_how_it_does(readers):
    readers.read()
    readers.read()

    said = json.loads(readers.read("/health")[2])
    assert (said["edition"]["hits"], said["edition"]["misses"]) == (1, 1)
