from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.outbound.errors import UnusableAddress
from groundwave.outbound.target import Origin, Target
from groundwave.wire.http.host import Host
from groundwave.wire.http.writers import request


def test_an_address_is_taken_apart():
    target = Target.read(" HTTPS://Far.Example:8443/a b/ü?q=1 2#top")

    assert target.origin == Origin("https", "far.example", 8443)
    assert target.path == "/a%20b/%C3%BC?q=1%202"
    assert target.host == Host("far.example", 8443)
    assert target.host_header == "far.example:8443"
    assert target.authorization == ""


@pytest.mark.parametrize(
    ("url", "header"),
    [
        ("http://far.example", "far.example"),
        ("https://far.example:443/", "far.example"),
        ("http://far.example:443/", "far.example:443"),
        ("http://[::1]/", "[::1]"),
        ("http://[::1]:81/", "[::1]:81"),
        ("http://fär.example/", "xn--fr-via.example"),
    ],
)
def test_its_host_is_written_as_servers_know_it(url, header):
    assert Target.read(url).host_header == header


@pytest.mark.parametrize("before", ["https://ann:p%40ss", "ht\ttps://ann:p@s\ts"])
def test_a_user_and_password_become_a_header_and_nothing_else(before):
    target = Target.read(f"{before}@far.example/a@b?c@d")

    assert target.origin.host == "far.example"
    assert target.authorization == "Basic YW5uOnBAc3M="
    assert target.url == "https://far.example/a@b?c@d"
    assert target.led_on("/e").url == "https://far.example/e"
    assert target.led_on("//ann:pass@else.example").url == "https://else.example"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "far.example",
        "//far.example/",
        "file:///etc/passwd",
        "ftp://far.example/",
        "gopher://far.example/",
        "http://",
        "http:///path",
        "http://far.example:port/",
        "http://far.example:65536/",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://far..example/",
        "http://far example/",
        f"http://{'a' * 64}.example/",
        f"http://far.example/{'a' * 8192}",
        "http://far.example/\ud800",
    ],
)
def test_what_is_no_address_of_the_web_is_refused_with_a_sentence(url):
    with pytest.raises(UnusableAddress) as refused:
        Target.read(url)

    assert "http:// or https://" in refused.value.sentence
    assert refused.value.permanent


@pytest.mark.parametrize(
    ("reference", "led"),
    [
        ("/b", "http://far.example:81/b"),
        ("//else.example/b", "http://else.example/b"),
        ("https://else.example", "https://else.example"),
    ],
)
def test_it_is_led_on_from_where_it_was(reference, led):
    assert Target.read("http://far.example:81/a").led_on(reference).url == led


@pytest.mark.parametrize("reference", ["file:///etc/passwd", "http://[", "data:,x"])
def test_it_is_not_led_out_of_the_web(reference):
    with pytest.raises(UnusableAddress):
        Target.read("http://far.example/").led_on(reference)


def test_no_sentence_tells_a_secret():
    with pytest.raises(UnusableAddress) as refused:
        Target.read("ftp://ann:secret@far.example/?token=secret")

    assert "far.example" in refused.value.sentence
    assert "secret" not in str(refused.value)


@given(url=st.one_of(st.text(), st.text().map("http://{}".format)))
def test_whatever_can_be_read_can_be_asked_in_one_line(url):
    try:
        target = Target.read(url)
    except UnusableAddress:
        return
    head = request("GET", target.path, [("Host", target.host_header)])
    assert head.count(b"\r\n") == 3
    again = Target.read(f"{target.origin.scheme}://{target.host_header}{target.path}")
    assert (again.origin, again.path) == (target.origin, target.path)
