from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from io import StringIO

import pytest
from rich.console import Console
from typer.testing import CliRunner

from groundwave.project.bench import cli, importing, report
from groundwave.project.bench.far_documents import REPORTERS, Network
from groundwave.project.bench.far_service import NetworkServer
from groundwave.project.bench.import_orders import Round, Serve
from groundwave.project.bench.importing import Plan
from groundwave.wire.cds.answers import documents_in
from groundwave.wire.cds.query import By, Query, Sort, Span, write_query
from groundwave.wire.cds.reading import read
from groundwave.wire.cds.writing import write


BEGUN = datetime(2026, 2, 1, 6, tzinfo=UTC)
PLAN = Plan(documents=100, stories=1_000)


def one(archive, kind="new", *, queries=50.0, seconds=10.0, live=100):
    return Round(
        archive=archive,
        kind=kind,
        documents=100,
        live=live,
        seconds=seconds / 2,
        cpu=seconds / 3,
        indexing=seconds / 2,
        tasks=5.0,
        queries=queries,
        slowest=0.5,
        peak_rss=150_000_000,
        bytes=2_000_000,
    )


def rounds(**last):
    return [
        one(archive, kind, **(last if archive == 1_000 else {}))
        for archive in PLAN.archives
        for kind in ("new", "unchanged", "changed")
    ]


def test_it_is_measured_among_none_a_tenth_and_all_of_the_stories():
    assert Plan(2_000, 100_000).archives == (0, 10_000, 100_000)


@pytest.mark.parametrize(
    ("last", "met"),
    [
        ({}, True),
        ({"queries": 52.0}, True),
        ({"queries": 53.0}, False),
        ({"seconds": 12.0}, True),
        ({"seconds": 13.0}, False),
        ({"live": 99}, False),
    ],
)
def test_the_lines_are_as_many_queries_and_nearly_the_pace_and_nothing_lost(last, met):
    assert importing.sum_up(PLAN, rounds(**last)).met is met


def test_without_a_second_archive_there_is_nothing_to_compare_with():
    result = importing.sum_up(PLAN, rounds()[:3])

    assert [line.measured for line in result.lines[:4]] == [None] * 4
    assert not result.met


def test_the_result_is_shown_round_by_round_with_what_is_wanted():
    output = StringIO()
    result = importing.sum_up(PLAN, rounds())
    report.show_import(result, Console(file=output, width=160))

    assert "unchanged" in output.getvalue()
    assert "at least 0.8 of those among none" in output.getvalue()


def test_the_command_says_what_it_needs():
    help_text = CliRunner().invoke(cli.bench, ["import", "--help"]).output

    assert "gigabytes" in help_text


# --- the network it is imported from ---


@pytest.mark.parametrize("number", [0, 1, 19])
@pytest.mark.parametrize("version", [1, 2])
def test_its_stories_are_what_a_network_accepts_and_have_everything_on_them(
    number, version
):
    story = Network("http://127.0.0.1:8090", BEGUN).story(
        "0", number, version=version, of=20
    )
    reading = read(write(story))

    assert reading.oddities == ()
    assert reading.document.primary_image
    assert reading.document.audio
    assert reading.document.bylines
    assert bool(reading.document.corrections) is (number == 0)


def test_a_version_says_something_new_and_is_younger():
    network = Network("http://127.0.0.1:8090", BEGUN)
    first, second = (network.story("0", 7, version=v, of=20) for v in (1, 2))

    assert first.title == second.title
    assert first.assets["text-3"] != second.assets["text-3"]
    assert first.assets["text-4"] == second.assets["text-4"]
    was, is_ = (e.editorial_last_modified_date_time for e in (first, second))
    assert was < is_


@contextmanager
def network(documents=30):
    with NetworkServer(Serve(documents, BEGUN)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield lambda path, method="GET": asked(server.server_port, path, method)
        finally:
            server.shutdown()


def asked(port, path, method):
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def documents(answer):
    status, body = answer
    assert status == 200, body
    return [read(each).document for each in documents_in(body)]


OLDEST_FIRST = (Sort(By.MODIFIED, ascending=True),)


def test_the_network_answers_a_span_of_time_in_order_a_page_at_a_time():
    query = Query(
        editorial_last_modified_date_time=Span(BEGUN),
        sort=OLDEST_FIRST,
        limit=20,
        offset=20,
    )
    with network() as ask:
        found = documents(ask(f"/0/v1/documents?{write_query(query)}"))

    assert [each.id for each in found] == [f"far-0-{n}" for n in range(20, 30)]


def test_the_network_has_who_wrote_it_by_id_and_its_brand_and_its_pictures():
    ids = ("far-reporter-3", "far-reporter-4", "far-nobody")
    query = write_query(Query(ids=ids, sort=OLDEST_FIRST))
    with network() as ask:
        found = documents(ask(f"/0/v1/documents?{query}"))
        (one_by_itself,) = documents(ask("/0/v1/documents/far-0-3"))
        missing, _ = ask("/0/v1/documents/far-0-30")
        _, brand = ask("/v4/services/s901")
        _, picture = ask("/pictures/far-0-3.jpg")

    assert [each.id for each in found] == list(ids[:2])
    assert REPORTERS > 4
    assert one_by_itself.id == "far-0-3"
    assert missing == 404
    assert b"Far Shore Radio" in brand
    assert picture.startswith(b"\xff\xd8")


def test_the_network_changes_the_stories_of_one_shelf():
    with network() as ask:
        status, _ = ask("/0/version/2", "PUT")
        (changed,) = documents(ask("/0/v1/documents/far-0-3"))
        (other,) = documents(ask("/1/v1/documents/far-1-3"))

    assert status == 200
    assert "version 2" in changed.assets["text-3"].text
    assert "version 1" in other.assets["text-3"].text


def test_what_the_network_cannot_read_it_refuses():
    with network() as ask:
        assert ask("/0/v1/documents?limit=many")[0] == 400
        assert ask("/elsewhere")[0] == 404
