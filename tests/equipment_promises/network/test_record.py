"""What the network was asked is kept for the test to look at."""

from __future__ import annotations

from threading import Thread

from equipment.network.server import Network
from equipment.network.stories import story


def test_every_request_is_kept_with_all_it_said(network, ask):
    ask.query(limit=5)
    ask(
        "/v1/documents/far-1",
        method="PUT",
        body={"id": "far-1"},
        **{"User-Agent": "Me"},
    )

    queried, put = network.asked

    assert (queried.method, queried.path) == ("GET", "/v1/documents")
    assert queried.parameters == [("limit", "5")]
    assert queried.token == network.token
    assert (put.method, put.headers["user-agent"]) == ("PUT", "Me")
    assert put.json() == {"id": "far-1"}


def test_requests_are_found_by_address_and_method(network, ask):
    ask("/v1/documents/far-1")
    ask("/v1/documents/far-1", method="DELETE")
    ask("/pictures/mast.jpg")

    assert len(network.asked_for("/v1/documents")) == 2
    assert len(network.asked_for("/v1/documents", "DELETE")) == 1


def test_a_test_can_wait_for_a_request(network, ask):
    asking = Thread(target=lambda: [ask("/v1/documents") for _ in range(3)])
    asking.start()

    network.until_asked("/v1/documents", times=3)

    asking.join()
    assert len(network.asked_for("/v1/documents")) == 3


def test_two_networks_know_nothing_of_each_other(network, ask):
    with Network() as other:
        other.publish(story("far-1"))

        assert other.url != network.url
        assert ask("/v1/documents/far-1").status == 404
