from __future__ import annotations

import pytest
from wagtail.search.models import IndexEntry

from groundwave.programming.models import Show
from groundwave.project.up.indexing import index_everything, is_indexed
from groundwave.project.up.preparing import index_for_search


pytestmark = pytest.mark.django_db


@pytest.fixture
def unindexed(django_capture_on_commit_callbacks):
    """A show as an older release left it, which did not index anything."""
    show = Show.objects.create(title="Bell Jar", slug="bell-jar")
    IndexEntry.objects.all().delete()
    return show


def test_what_was_made_before_is_found_after_an_upgrade(
    client, unindexed, settings, capsys
):
    assert "/shows/bell-jar/" not in client.get("/search/?q=bell").content.decode()

    index_for_search(settings.GROUNDWAVE)

    assert "/shows/bell-jar/" in client.get("/search/?q=bell").content.decode()
    assert "Preparing the search" in capsys.readouterr().out


def test_it_is_done_once_and_again_when_other_fields_are_searched(
    tmp_path, unindexed, monkeypatch
):
    stamp = tmp_path / "search.stamp"
    assert not is_indexed(stamp)

    index_everything(stamp)
    assert is_indexed(stamp)

    monkeypatch.setattr(Show, "search_fields", Show.search_fields[:1])
    assert not is_indexed(stamp)
