"""What the client promises, shown over sockets of this machine."""

from __future__ import annotations

import errno
import gzip
import io
import os
import socket
import ssl
import threading
import time
from pathlib import Path

import pytest

from equipment.network.disguises import disguises
from equipment.network.faults import (
    CutOff,
    Dripping,
    Flood,
    GzipBomb,
    HangUp,
    Redirected,
    Slow,
    Unavailable,
)
from equipment.network.stories import story
from groundwave.outbound.client import Client, Limits
from groundwave.outbound.errors import (
    BrokenOff,
    CertificateRefused,
    NotHttp,
    NotPublic,
    Refused,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    UnknownHost,
    Unreachable,
    UnusableAddress,
)
from groundwave.wire.http.host import Host


VECTORS = Path(__file__).parents[1] / "vectors" / "tls"
ATOM = "/feeds/news.atom"
# Given to nobody yet, so that nobody is there.
NOBODY = "2d00::1"
HASTY = Limits(seconds=0.4)
SMALL = Limits(length=100_000)


@pytest.fixture
def lookups(monkeypatch):
    """Answer for the name service: each list of addresses once, the last for ever."""
    asked: list[str] = []

    def answer(*addresses_in_turn):
        turns = list(addresses_in_turn)

        def getaddrinfo(host, port, *_arguments, **_more):
            asked.append(host)
            found = turns.pop(0) if len(turns) > 1 else turns[0]
            return [
                (
                    socket.AF_INET6 if ":" in each else socket.AF_INET,
                    1,
                    6,
                    "",
                    (each, port),
                )
                for each in found
            ]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return asked

    return answer


def saying_ok(body: bytes, *headers: str) -> bytes:
    head = ["HTTP/1.1 200 OK", *headers, "", ""]
    return "\r\n".join(head).encode() + body


# --- what is asked and answered ---------------------------------------------------


def test_an_answer_comes_with_all_that_is_known_of_it(network, client):
    network.publish(story("far-1", title="Ferry runs again"))

    answer = client.get(network.url + ATOM)

    assert (answer.status, answer.content_type) == (200, "application/atom+xml")
    assert answer.url == network.url + ATOM
    assert b"Ferry runs again" in answer.body
    assert answer.expect_success() is answer


def test_what_is_unchanged_is_not_sent_again(network, client):
    network.publish(story("far-1"))
    first = client.get(network.url + ATOM)

    again = client.get(network.url + ATOM, known=first.known)
    assert again.is_unchanged
    assert again.body == b""
    assert again.expect_success() is again

    network.publish(story("far-2"))
    assert client.get(network.url + ATOM, known=first.known).status == 200


def test_a_time_is_given_back_as_it_was_told(saying):
    told = "Mon, 02 Mar 2026 18:00:00 GMT"
    server = saying(saying_ok(b"", f"Last-Modified: {told}", "Content-Length: 0"))
    client = Client(allowed=[Host("127.0.0.1", None)])

    client.get(server.url, known=client.get(server.url).known)

    assert b"If-Modified-Since" not in server.asked[0]
    assert f"If-Modified-Since: {told}\r\n".encode() in server.asked[1]


def test_a_document_is_put_with_its_headers(network, client):
    network.admit("mine", prefix="own", services=("s999",))
    answer = client.send(
        "PUT",
        network.url + "/v1/documents/own-1",
        b"{}",
        headers={"Authorization": "Bearer mine", "Content-Type": "application/json"},
    )

    (asked,) = network.asked
    assert (asked.method, asked.body, asked.token) == ("PUT", b"{}", "mine")
    assert asked.headers["content-type"] == "application/json"
    assert answer.status == 400


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_every_way_of_packing_that_is_asked_for_is_understood(network, client, coding):
    client.get(network.url + ATOM)

    assert coding in network.asked[0].headers["accept-encoding"]


def test_a_no_is_an_answer_until_a_yes_is_expected(network, client):
    answer = client.get(network.url + "/nowhere")

    assert answer.status == 404
    with pytest.raises(Refused, match="404") as refused:
        answer.expect_success()
    assert refused.value.permanent


def test_who_cannot_answer_now_is_worth_another_try(network, client):
    with network.suffering(Unavailable(times=1, retry_after=7)):
        answer = client.get(network.url + ATOM)

    assert answer.headers.get("retry-after") == "7"
    with pytest.raises(Refused, match="Try again later") as refused:
        answer.expect_success()
    assert not refused.value.permanent


def test_hints_that_come_before_the_answer_are_passed_over(saying):
    hint = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    server = saying(hint + hint + saying_ok(b"Here", "Content-Length: 4"))

    assert Client([Host("127.0.0.1", None)]).get(server.url).body == b"Here"


# --- where nobody is asked --------------------------------------------------------


@pytest.mark.parametrize("name", disguises(80))
def test_no_disguise_of_this_machine_is_fallen_for(network, port, name):
    with pytest.raises((NotPublic, UnusableAddress, UnknownHost)) as refused:
        Client().get(disguises(port)[name])

    assert refused.value.sentence
    assert network.asked == []


@pytest.mark.parametrize("name", sorted(disguises(80).keys() - {"plain"}))
def test_no_disguise_is_fallen_for_in_a_redirect(network, client, port, name):
    """Not even one of a host that may be asked by its plain address."""
    with (
        network.suffering(Redirected(disguises(port)[name] + "private")),
        pytest.raises((NotPublic, UnusableAddress, UnknownHost)),
    ):
        client.get(network.url + ATOM)

    assert [each.path for each in network.asked] == [ATOM]


def test_a_redirect_leads_to_no_other_port_of_an_allowed_host(network, client, saying):
    secret = saying(saying_ok(b"secret", "Content-Length: 6"))

    with network.suffering(Redirected(secret.url)), pytest.raises(NotPublic) as refused:
        client.get(network.url + ATOM)

    assert secret.asked == []
    assert refused.value.facts == {"host": "127.0.0.1", "addresses": "127.0.0.1"}
    assert "GROUNDWAVE_OUTBOUND_ALLOW" in refused.value.sentence


@pytest.mark.parametrize(
    "to", ["http://169.254.169.254/latest/meta-data/", "file:///etc/passwd"]
)
def test_a_redirect_leads_to_no_secrets(network, client, to):
    with (
        network.suffering(Redirected(to)),
        pytest.raises((NotPublic, UnusableAddress)),
    ):
        client.get(network.url + ATOM)


def test_a_name_means_what_it_meant_when_it_was_checked(network, port, lookups):
    """Between the check and the call the name service changes its mind."""
    asked = lookups([NOBODY], ["127.0.0.1"])

    with pytest.raises((Unreachable, TooSlow)):
        Client().get(f"http://far.example:{port}/", limits=HASTY)

    assert asked == ["far.example"]
    assert network.asked == []


def test_a_name_is_checked_again_when_a_redirect_comes_back_to_it(
    network, port, lookups
):
    lookups(["127.0.0.1"], ["169.254.169.254"])
    here = f"http://127.0.0.1:{port}"
    client = Client(allowed=[Host("127.0.0.1", port)])

    with (
        network.suffering(Redirected(f"http://far.example:{port}/")),
        pytest.raises(NotPublic),
    ):
        client.get(here + ATOM)

    assert len(network.asked) == 1


def test_of_a_names_addresses_the_private_ones_are_left_out(network, port, lookups):
    lookups([NOBODY, "127.0.0.1", "::1"])

    with pytest.raises((Unreachable, TooSlow)):
        Client().get(f"http://far.example:{port}/", limits=HASTY)

    assert network.asked == []


def test_a_name_that_is_allowed_may_be_private(network, port, lookups):
    lookups(["127.0.0.1"])
    network.publish(story("far-1"))

    client = Client(allowed=[Host("cms.kgnd.example", None)])

    assert client.get(f"http://CMS.kgnd.example:{port}{ATOM}").status == 200


def test_a_name_that_nobody_knows_is_said_to_be_that(monkeypatch):
    def unknown(*_arguments, **_more):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(UnknownHost, match=r"far\.example") as refused:
        Client().get("http://far.example/")
    assert not refused.value.permanent


def test_nobody_at_the_door_is_said():
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]

    with pytest.raises(Unreachable, match=str(port)) as refused:
        Client([Host("127.0.0.1", None)]).get(f"http://127.0.0.1:{port}/")
    assert refused.value.facts["reason"] == os.strerror(errno.ECONNREFUSED)


# --- redirects and secrets --------------------------------------------------------


def test_a_redirect_is_followed(network, client):
    with network.suffering(Redirected("/v4/services/s1"), at="/feeds"):
        answer = client.get(network.url + ATOM)

    assert (answer.status, answer.url) == (200, network.url + "/v4/services/s1")


def test_no_answer_says_with_which_password_it_was_asked_for(network, client):
    url = network.url.replace("://", "://ann:secret@")
    with network.suffering(Redirected("/v4/services/s1"), at="/feeds"):
        answer = client.get(url + ATOM)

    assert answer.url == network.url + "/v4/services/s1"
    assert [each.headers["authorization"] for each in network.asked] == [
        "Basic YW5uOnNlY3JldA=="
    ] * 2


def test_what_leads_on_and_on_is_left(network, client):
    with (
        network.suffering(Redirected("/feeds/again")),
        pytest.raises(TooManyRedirects) as refused,
    ):
        client.get(network.url + ATOM)

    assert refused.value.facts == {"limit": 5}
    assert len(network.asked) == 6


def test_a_token_goes_along_on_the_same_server(network, client):
    with network.suffering(Redirected("/v1/documents"), at="/feeds"):
        client.get(network.url + ATOM, headers={"Authorization": "Bearer mine"})

    assert [each.token for each in network.asked] == ["mine", "mine"]


@pytest.mark.parametrize("given", ["a header", "the address"])
def test_a_token_never_goes_to_another_server_nor_comes_back(
    network, port, saying, given
):
    back = f"HTTP/1.1 302 Found\r\nLocation: {network.url}/end\r\n\r\n"
    other = saying(back.encode())
    client = Client(allowed=[Host("127.0.0.1", None)])
    secret = "Basic YW5uOnNlY3JldA=="
    url = network.url + ATOM
    headers = {"Authorization": secret, "X-Key": "k"}
    if given == "the address":
        headers = {}
        url = url.replace("://", "://ann:secret@")

    with network.suffering(Redirected(other.url), at="/feeds"):
        client.get(url, headers=headers)

    first, last = network.asked
    assert first.headers["authorization"] == secret
    assert b"uthorization" not in other.asked[0]
    assert b"X-Key" not in other.asked[0]
    assert "authorization" not in last.headers


def test_what_is_sent_is_sent_nowhere_else(network, client):
    with network.suffering(Redirected("/elsewhere", status=307)):
        answer = client.send("PUT", network.url + "/v1/documents/a", b"{}")

    assert answer.status == 307
    assert len(network.asked) == 1


# --- limits -----------------------------------------------------------------------


@pytest.mark.parametrize("fault", [GzipBomb(), Flood(), Flood(declared=True)])
def test_two_hundred_megabytes_are_left_after_few(network, client, fault):
    with network.suffering(fault), pytest.raises(TooLarge) as refused:
        client.get(network.url + ATOM, limits=SMALL)

    assert refused.value.facts == {"limit": SMALL.length}


PACKED = gzip.compress(b"All of it.")


@pytest.mark.parametrize(
    "said",
    [
        saying_ok(PACKED + bytes(200_000), "Content-Encoding: gzip"),
        saying_ok(
            (b"1;" + b"x" * 200 + b"\r\ny\r\n") * 2000, "Transfer-Encoding: chunked"
        ),
    ],
)
def test_what_comes_is_counted_although_nothing_is_made_of_it(saying, said):
    with pytest.raises(TooLarge):
        Client([Host("127.0.0.1", None)]).get(saying(said).url, limits=SMALL)


@pytest.mark.parametrize("fault", [Dripping(0.05), Slow()])
def test_time_ends_for_the_slow(network, client, fault):
    began = time.monotonic()

    with network.suffering(fault), pytest.raises(TooSlow) as refused:
        client.get(network.url + ATOM, limits=HASTY)

    assert time.monotonic() - began < 2
    assert refused.value.facts == {"seconds": HASTY.seconds}


def test_time_ends_for_a_silent_name_service(monkeypatch):
    over = threading.Event()

    def silent(*_a, **_k):
        over.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)

    with pytest.raises(TooSlow):
        Client().get("http://far.example/", limits=HASTY)
    over.set()


@pytest.mark.parametrize("fault", [CutOff(), HangUp()])
def test_an_answer_that_breaks_off_is_none(network, client, fault):
    with network.suffering(fault), pytest.raises(BrokenOff):
        client.get(network.url + ATOM)


CHUNKED = "Transfer-Encoding: chunked"


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b"", BrokenOff),
        (b"HTTP/1.1 200 OK\r\n", BrokenOff),
        (b"SSH-2.0-OpenSSH_9.2\r\n", NotHttp),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000 + b"\r\n", NotHttp),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 50, NotHttp),
        (saying_ok(b"abc", "Content-Length: -3"), NotHttp),
        (saying_ok(b"abc", "Content-Length: ²"), NotHttp),
        (saying_ok(b"abc", f"Content-Length: {'9' * 500}"), TooLarge),
        (saying_ok(b"abc", "Content-Length: 5"), BrokenOff),
        (saying_ok(b"3\r\nabc\r\n", CHUNKED), BrokenOff),
        (saying_ok(b"chunk!\r\n", CHUNKED), NotHttp),
        (saying_ok(b"abc", "Content-Encoding: zstd"), NotHttp),
        (saying_ok(b"abc", "Content-Encoding: gzip"), NotHttp),
    ],
)
def test_what_makes_no_sense_is_said_to_make_none(saying, said, error):
    with pytest.raises(error) as refused:
        Client([Host("127.0.0.1", None)]).get(saying(said).url)

    assert "127.0.0.1" in refused.value.sentence


def test_an_answer_that_says_no_length_ends_with_the_connection(saying):
    server = saying(saying_ok(b"All of it."))

    assert Client([Host("127.0.0.1", None)]).get(server.url).body == b"All of it."


# --- TLS --------------------------------------------------------------------------


@pytest.fixture
def secure(saying):
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(VECTORS / "localhost.crt", VECTORS / "localhost.key")
    return saying(saying_ok(b"Well met.", "Content-Length: 9"), serving)


@pytest.fixture
def believing():
    return ssl.create_default_context(cafile=VECTORS / "localhost.crt")


def test_the_name_is_verified_although_an_address_is_called(secure, believing):
    client = Client([Host("localhost", secure.port)], believing)

    assert client.get(f"https://localhost:{secure.port}/").body == b"Well met."


def test_a_certificate_of_another_name_is_refused(secure, believing):
    client = Client([Host("127.0.0.1", secure.port)], believing)

    with pytest.raises(CertificateRefused) as refused:
        client.get(f"https://127.0.0.1:{secure.port}/")
    assert secure.asked == []
    assert refused.value.permanent


def test_a_certificate_of_nobodys_is_refused(secure):
    client = Client([Host("localhost", secure.port)])

    with pytest.raises(CertificateRefused):
        client.get(f"https://localhost:{secure.port}/")
    assert secure.asked == []


def test_a_server_without_tls_is_not_taken_for_one(network, client):
    with pytest.raises(Unreachable):
        client.get(network.url.replace("http:", "https:"))


# --- into a file ---


def test_a_body_goes_into_a_file_as_it_comes(network, client):
    whole = client.get(f"{network.url}/sounds/ferry.mp3").body
    into = io.BytesIO()

    answer = client.get(f"{network.url}/sounds/ferry.mp3", into=into)

    assert (answer.status, answer.body) == (200, b"")
    assert into.getvalue() == whole


@pytest.mark.parametrize(
    ("fault", "error"), [(Flood(megabytes=3), TooLarge), (CutOff(), BrokenOff)]
)
def test_what_goes_wrong_with_it_goes_wrong_all_the_same(network, client, fault, error):
    into = io.BytesIO()

    with network.suffering(fault), pytest.raises(error):
        client.get(f"{network.url}/sounds/ferry.mp3", into=into, limits=SMALL)

    assert len(into.getvalue()) < 2 * SMALL.length
