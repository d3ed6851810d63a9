from __future__ import annotations

import pytest

from equipment.broken_database import failing, failing_once


pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    """Somebody who gets a page for a fault, and not the fault."""
    client.raise_request_exception = False
    return client


@pytest.mark.urls("equipment.troubled_urls")
def test_a_fault_of_ours_keeps_the_player_and_the_way_on(reader, week):
    assert_the_way_on(reader.get("/fails/"))


def test_a_database_that_is_busy_for_a_moment_costs_one_page(reader, week):
    with failing_once('FROM "programming_show"'):
        assert_the_way_on(reader.get("/shows/"))
        assert reader.get("/shows/").status_code == 200


def assert_the_way_on(response):
    page = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong on our side" in page
    assert 'id="groundwave-player"' in page
    assert 'href="/schedule/"' in page


def test_without_a_database_there_is_a_plain_page(reader, week):
    with failing("unable to open database file"):
        response = reader.get("/shows/")

    assert response.status_code == 500
    assert "The radio itself is not affected." in response.content.decode()
    assert "<script" not in response.content.decode()


def test_whatever_breaks_the_page_for_a_fault_there_is_a_plain_one(reader, settings):
    manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    files = {"staticfiles": {"BACKEND": manifest}}  # which nobody has collected
    settings.STORAGES = {**settings.STORAGES, **files}

    response = reader.get("/shows/")

    assert response.status_code == 500
    assert "The radio itself is not affected." in response.content.decode()
    assert "<script" not in response.content.decode()
