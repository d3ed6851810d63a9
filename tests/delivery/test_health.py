from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from groundwave.delivery import health


@pytest.fixture(autouse=True)
def _never_asked_before():
    health._known_to_be_migrated.clear()


@pytest.mark.django_db
def test_a_site_that_can_work_is_well(client):
    response = client.get("/health")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_a_database_that_is_behind_is_trouble_and_says_what_to_do(client):
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("stations")
    MigrationRecorder(connection).record_unapplied(*newest)

    response = client.get("/health")

    assert response.status_code == 503
    assert "groundwave manage migrate" in response.json()["trouble"]


@pytest.mark.django_db
def test_health_is_never_answered_from_a_cache(client):
    assert "no-store" in client.get("/health").headers["Cache-Control"]


def test_a_database_that_is_gone_is_trouble(tmp_path, monkeypatch, django_db_blocker):
    from django.db.backends.sqlite3.base import DatabaseWrapper

    away = connection.settings_dict | {"NAME": str(tmp_path / "gone" / "site.sqlite3")}
    monkeypatch.setattr(health, "connection", DatabaseWrapper(away, "away"))

    with django_db_blocker.unblock():
        found = health.check_health()

    assert found.status == 503
    assert "disk" in found.trouble
