"""One story by its address: into its editor, or a sentence why not."""

from __future__ import annotations

import pytest
from django.urls import reverse

from equipment.network.server import Network
from equipment.network.stories import story
from groundwave.newsroom.models import Story
from groundwave.syndication.models import Connection, Original
from groundwave.wire.http.host import read_host
from syndication.carried import longwave


pytestmark = pytest.mark.django_db


@pytest.fixture
def network(settings):
    with Network() as network:
        host = read_host(network.url.removeprefix("http://"))
        settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset([host])
        network.publish(story("far-1", title="Watch: Ferry runs again"))
        yield network


@pytest.fixture
def upstream(network, news):
    return longwave(news, address=network.url, key=network.token, arrival="draft")


@pytest.fixture
def editor(sign_in):
    return sign_in("Editor")


def paste(client, connection, address):
    said = {"address": address, "connection": connection.pk}
    return client.post(reverse("carried_stories:import"), said)


def test_the_button_is_where_one_looks_for_it(editor, page_of):
    url = reverse("carried_stories:import")

    assert url in page_of("carried_stories:index")


def test_a_story_comes_that_the_connection_would_leave_out(editor, upstream):
    response = paste(editor, upstream, "far-1")

    made = Story.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert not made.live
    assert Original.objects.get().check_due_at is not None
    page = editor.get(response.url).content.decode()
    assert "is here: kept as a draft." in page
    assert (
        "Imported by its address"
        in editor.get(
            reverse("wagtailadmin_pages:history", args=[made.pk])
        ).content.decode()
    )


def test_who_pastes_it_again_comes_to_the_same_story(editor, upstream):
    first = paste(editor, upstream, "far-1")

    assert paste(editor, upstream, "far-1").url == first.url
    assert Story.objects.count() == 1


def test_one_that_somebody_deleted_comes_again(editor, upstream):
    paste(editor, upstream, "far-1")
    Story.objects.get().delete()

    response = paste(editor, upstream, "far-1")

    made = Story.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[made.pk])


def test_what_is_not_there_is_said_in_words(editor, upstream):
    page = paste(editor, upstream, "far-99").content.decode()

    assert "has no document for far-99." in page
    assert not Original.objects.exists()


def test_what_must_not_be_shown_is_not_taken(editor, network, upstream):
    network.publish(
        story("far-2", isRestrictedToAuthorizedOrgServiceIds=True),
    )

    page = paste(editor, upstream, "far-2").content.decode()

    assert "restricted" in page
    assert not Story.objects.exists()


def test_an_upstream_that_does_not_answer_is_said_in_words(editor, network, upstream):
    network.expel(network.token)

    page = paste(editor, upstream, "far-1").content.decode()

    assert "401" in page
    assert network.token not in page


def test_the_connection_is_asked_for_where_there_are_several(
    editor, news, upstream, page_of
):
    assert "Connection" not in page_of("carried_stories:import").split("<main")[1]

    longwave(news, name="Other")

    assert "Other" in page_of("carried_stories:import").split("<main")[1]


def test_a_host_imports_nothing(sign_in, upstream, network):
    host = sign_in("Host")

    assert paste(host, Connection.objects.get(), "far-1").status_code == 302
    assert not Original.objects.exists()
    assert not network.asked
