from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import parse_qsl

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from groundwave.wire.cds.errors import NotAllowed, NotCds
from groundwave.wire.cds.oddity import Odd
from groundwave.wire.cds.query import (
    FURTHEST,
    MOST_AT_ONCE,
    TRANSCLUSIONS,
    By,
    Days,
    Missing,
    Query,
    Sort,
    Span,
    query_faults,
    write_query,
)
from groundwave.wire.cds.query_reading import LONGEST_QUERY, read_query


NEWEST = (Sort(By.PUBLISHED),)
NOON = datetime(2026, 2, 1, 19, tzinfo=UTC)

words = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters=","),
    min_size=1,
    max_size=6,
)
any_of = st.lists(words, max_size=2).map(tuple)
all_of = st.lists(st.lists(words, min_size=1, max_size=2).map(tuple), max_size=2).map(
    tuple
)


def ends(
    moments: st.SearchStrategy[object],
) -> st.SearchStrategy[tuple[object, object]]:
    return st.tuples(st.none() | moments, st.none() | moments).filter(any)


spans = ends(st.datetimes(timezones=st.just(UTC))).map(lambda pair: Span(*pair))
days = ends(st.dates()).map(lambda pair: Days(*pair))
sorts = st.builds(
    Sort,
    st.sampled_from(sorted(set(By) - {By.EDITORIAL})),
    st.booleans(),
    st.sampled_from(Missing),
)
queries = st.builds(
    Query,
    ids=any_of,
    excluded_ids=any_of,
    profile_ids=all_of,
    excluded_profile_ids=any_of,
    collection_ids=all_of,
    owner_hrefs=all_of,
    excluded_owner_hrefs=any_of,
    npr_website_paths=any_of,
    publish_date_time=st.none() | spans,
    editorial_last_modified_date_time=st.none() | spans,
    recommend_until_date_time=st.none() | spans,
    show_dates=st.none() | days,
    season_number=st.none() | st.integers(0, 99),
    sort=st.lists(sorts, min_size=1, max_size=2).map(tuple),
    limit=st.integers(1, MOST_AT_ONCE),
    offset=st.integers(0, FURTHEST - MOST_AT_ONCE),
    transclude=st.lists(st.sampled_from(sorted(TRANSCLUSIONS)), max_size=2).map(tuple),
)


@settings(deadline=None, max_examples=50)
@given(queries)
def test_a_query_is_read_as_it_was_written(query):
    assert read_query(write_query(query)) == query


def test_a_query_is_written_as_the_service_wants_it():
    query = Query(
        profile_ids=(("story", "podcast-episode"), ("has-audio",)),
        owner_hrefs=(("https://organization.api.npr.org/v4/services/s9901",),),
        editorial_last_modified_date_time=Span(NOON),
        show_dates=Days(None, date(2026, 2, 1)),
        sort=(Sort(By.MODIFIED, ascending=True, missing=Missing.LAST), *NEWEST),
        limit=100,
    )

    assert write_query(query) == (
        "profileIds=story,podcast-episode&profileIds=has-audio"
        "&ownerHrefs=https://organization.api.npr.org/v4/services/s9901"
        "&editorialLastModifiedDateTime=2026-02-01T19:00:00Z..."
        "&showDates=...2026-02-01"
        "&sort=editorialLastModifiedDateTime:asc:last,publishDateTime:desc"
        "&limit=100&offset=0"
    )


def test_instants_are_asked_for_in_utc():
    there = NOON.astimezone(timezone(timedelta(hours=-7)))

    query = write_query(Query(publish_date_time=Span(there, NOON), sort=NEWEST))

    assert ("publishDateTime", "2026-02-01T19:00:00Z...2026-02-01T19:00:00Z") in (
        parse_qsl(query)
    )


@pytest.mark.parametrize(
    ("changes", "where", "what"),
    [
        ({"sort": ()}, "/sort", Odd.MISSING),
        ({"limit": 0}, "/limit", Odd.BAD_NUMBER),
        ({"limit": 301}, "/limit", Odd.BAD_NUMBER),
        ({"offset": -1}, "/offset", Odd.BAD_NUMBER),
        ({"offset": 1981}, "/offset", Odd.BAD_NUMBER),
        ({"season_number": -1}, "/seasonNumber", Odd.BAD_NUMBER),
        ({"transclude": ("owners",)}, "/transclude", Odd.BAD_WORD),
        ({"ids": ("a,b",)}, "/ids", Odd.BAD_WORD),
        ({"ids": ("",)}, "/ids", Odd.BAD_WORD),
        ({"profile_ids": ((),)}, "/profileIds", Odd.EMPTY),
        ({"publish_date_time": Span()}, "/publishDateTime", Odd.EMPTY),
        ({"show_dates": Days()}, "/showDates", Odd.EMPTY),
        (
            {"publish_date_time": Span(NOON.replace(tzinfo=None))},
            "/publishDateTime",
            Odd.NO_ZONE,
        ),
        ({"sort": (Sort(By.EDITORIAL),)}, "/collectionIds", Odd.BAD_NUMBER),
        (
            {"sort": (*NEWEST, Sort(By.EDITORIAL)), "collection_ids": (("1",),)},
            "/sort",
            Odd.BAD_WORD,
        ),
    ],
)
def test_what_the_service_would_refuse_is_not_asked(changes, where, what):
    with pytest.raises(NotAllowed) as refusal:
        write_query(msgspec.structs.replace(Query(sort=NEWEST), **changes))

    (fault,) = refusal.value.faults
    assert (fault.where, fault.what) == (where, what)


def test_the_order_of_editors_is_asked_of_one_collection():
    query = Query(collection_ids=(("1002",),), sort=(Sort(By.EDITORIAL),))

    assert query_faults(query) == ()
    assert read_query(write_query(query)) == query


def test_a_day_stands_for_all_of_it_in_the_services_zone():
    query = read_query("publishDateTime=2026-07-01&showDates=2026-07-01")

    first, last = datetime(2026, 7, 1, 5, tzinfo=UTC), timedelta(hours=24, seconds=-1)
    assert query.publish_date_time == Span(first, first + last)
    assert query.show_dates == Days(date(2026, 7, 1), date(2026, 7, 1))


def test_a_query_that_says_nothing_asks_for_the_first_twenty():
    assert read_query("") == Query(limit=20, offset=0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tides=high", "tides"),
        ("limit=1&limit=2", "limit"),
        ("ids=1&ids=2", "ids"),
        ("ids=", "ids"),
        ("limit=many", "limit"),
        ("limit=0", "limit"),
        ("offset=1990", "offset"),
        ("sort=tides", "tides"),
        ("sort=publishDateTime:up", "publishDateTime:up"),
        ("sort=publishDateTime:asc:middle", "publishDateTime:asc:middle"),
        ("sort=editorial:asc", "editorial:asc"),
        ("publishDateTime=soon", "publishDateTime"),
        ("publishDateTime=...", "publishDateTime"),
        ("publishDateTime=2026-02-01T00:00:00...", "publishDateTime"),
        ("publishDateTime=2026-02-30", "publishDateTime"),
        ("publishDateTime=9999-12-31", "publishDateTime"),
        ("showDates=2026-02-01T00:00:00Z", "showDates"),
        ("showDates=20260201", "showDates"),
        ("x\x1b[31m=1", "“x [31m”"),
        ("&".join(["profileIds=a"] * 101), "parameters"),
        ("ids=" + "1" * LONGEST_QUERY, "too long"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(text, said):
    with pytest.raises(NotCds) as refusal:
        read_query(text)

    assert said in refusal.value.sentence
    assert refusal.value.sentence.endswith(".")
