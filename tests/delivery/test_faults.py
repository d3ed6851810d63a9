from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from groundwave.delivery import faults, show_pages


pytestmark = pytest.mark.django_db


@pytest.fixture
def broken(client, monkeypatch):
    """A site on which the list of shows has a fault."""

    def fail():
        raise ZeroDivisionError

    monkeypatch.setattr(show_pages, "listed_shows", fail)
    client.raise_request_exception = False
    return client


def test_a_fault_of_ours_keeps_the_player_and_the_way_on(broken, week):
    response = broken.get("/shows/")

    page = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong on our side" in page
    assert 'id="groundwave-player"' in page
    assert 'href="/schedule/"' in page


def test_without_a_database_there_is_a_plain_page(week, monkeypatch):
    def unreachable(*facts, **more):
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(
        "groundwave.delivery.context.Licensee.objects.first", unreachable
    )
    request = RequestFactory().get("/shows/")

    response = faults.server_error(request)

    assert response.status_code == 500
    assert "The radio itself is not affected." in response.content.decode()
    assert "<script" not in response.content.decode()
