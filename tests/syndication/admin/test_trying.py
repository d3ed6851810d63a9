"""A connection on trial: what would come, in words, and nothing is taken over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from equipment.network.server import Network
from equipment.network.stories import story
from groundwave.newsroom.models import Story
from groundwave.syndication.models import Connection, Original, Outcome
from groundwave.wire.http.host import read_host
from syndication.carried import longwave


pytestmark = pytest.mark.django_db


@pytest.fixture
def network(settings):
    with Network() as network:
        host = read_host(network.url.removeprefix("http://"))
        settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset([host])
        yield network


@pytest.fixture
def upstream(network, news):
    facts = {"address": network.url, "key": network.token, "arrival": "hold"}
    return longwave(news, **facts)


def on_trial(client, connection):
    url = reverse("connections:try", args=[connection.pk])
    return client.post(url).content.decode()


def test_it_says_what_would_come_and_takes_nothing_over(chief, network, upstream):
    network.publish(
        story("far-1", title="Ferry runs again"),
        story("far-2", title="Watch: The ferry"),
    )
    ahead = timezone.now() + timedelta(minutes=1)
    Connection.objects.update(watermark=ahead)

    page = on_trial(chief, upstream)

    assert "Ferry runs again" in page
    assert "It would be held for 120 minutes, and published then." in page
    assert "Its headline begins with “Watch:”" in page
    assert network.token not in page
    assert not Story.objects.exists()
    assert not Original.objects.exists()
    assert not Outcome.objects.exists()
    kept = Connection.objects.get()
    assert (kept.watermark, kept.polled_at) == (ahead, None)


def test_a_refusal_is_said_in_words(chief, network, upstream):
    network.expel(network.token)

    page = on_trial(chief, upstream)

    assert "401" in page
    assert network.token not in page
    assert Connection.objects.get().failures == 0


def test_an_upstream_without_news_is_no_trouble(chief, network, upstream):
    assert "there is nothing new since yesterday" in on_trial(chief, upstream)


def test_who_comes_by_its_address_is_led_back(chief, upstream):
    response = chief.get(reverse("connections:try", args=[upstream.pk]))

    assert response.url == reverse("connections:show", args=[upstream.pk])


def test_an_editor_does_not_ask_others_servers_on_trial(sign_in, network, upstream):
    url = reverse("connections:try", args=[upstream.pk])

    assert sign_in("Editor").post(url).status_code == 302
    assert not network.asked
