from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from groundwave.delivery.days import Day
from groundwave.delivery.programme import rows_of, zone_of
from groundwave.programming.actions import pre_empt, set_default_show
from groundwave.stations.actions import open_station


pytestmark = pytest.mark.django_db


def text_of(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def times(response):
    return re.findall(
        r'<time datetime="([^"]+)">([^<]+)</time>', response.content.decode()
    )


def test_today_is_the_stations_today(client, week):
    page = client.get("/schedule/")

    assert page.status_code == 200
    assert "Sunday, November 1" in text_of(page)
    assert "Times are Denver time (MDT, then MST)." in text_of(page)


def test_every_show_of_the_day_is_there_with_its_instant(client, week):
    page = client.get("/schedule/?date=2026-11-02")

    assert ("2026-11-02T13:00:00Z", "6 a.m.") in times(page)
    assert ("2026-11-02T18:00:00Z", "11 a.m.") in times(page)
    for each in ("Morning Light", "with Ida Marsh", "Noon Edition"):
        assert each in text_of(page)


def test_what_nobody_planned_is_the_default_shows(client, week):
    assert "Music from the Valley" in text_of(client.get("/schedule/?date=2026-11-02"))


def test_without_a_default_show_nothing_is_made_up(client, kgnd, now):
    page = client.get("/schedule/")

    assert "Nothing is announced for this time." in text_of(page)


def test_what_is_on_now_is_marked(client, week):
    page = client.get("/schedule/").content.decode()

    (marked,) = re.findall(r'aria-current="time">(.*?)</li>', page, re.DOTALL)
    assert "Noon Edition" in marked
    assert 'data-from="2026-11-01T18:00:00Z"' in page


@pytest.mark.parametrize(
    ("on", "hours"), [("2026-11-01", 25), ("2027-03-14", 23), ("2026-11-02", 24)]
)
def test_the_rows_of_a_day_fill_it_whatever_the_clocks_do(week, kgnd, now, on, hours):
    day = Day(date.fromisoformat(on), zone_of(kgnd))

    rows = rows_of(day, kgnd, now=now)

    assert rows[0].starts_at == day.starts_at
    assert rows[-1].ends_at == day.ends_at
    assert rows[-1].ends_at - rows[0].starts_at == timedelta(hours=hours)
    assert all(before.ends_at == after.starts_at for before, after in pairwise(rows))


def test_the_day_the_clocks_go_back_says_so_and_names_the_zone_of_each_time(
    client, week
):
    page = client.get("/schedule/?date=2026-11-01")

    assert "The clocks are put back on this day, to 1 a.m." in text_of(page)
    assert ("2026-11-01T06:00:00Z", "midnight MDT") in times(page)
    assert ("2026-11-01T13:00:00Z", "6 a.m. MST") in times(page)


def test_the_day_the_clocks_go_forward_says_so(client, week):
    page = client.get("/schedule/?date=2027-03-14")

    assert "The clocks are put forward on this day, to 3 a.m." in text_of(page)


def test_the_public_sees_what_airs_and_no_conflict(client, week, plan, show):
    plan(show("Rival"), "06:00", 60)

    page = client.get("/schedule/?date=2026-11-02")

    (row,) = [each for each in times(page) if each[1] == "6 a.m."]
    assert row == ("2026-11-02T13:00:00Z", "6 a.m.")
    for word in ("conflict", "clash", "overlap"):
        assert word not in text_of(page).lower()


def test_what_is_pre_empted_goes_on_and_says_that_it_does(
    client, week, show, now, kgnd
):
    starts_at = datetime(2026, 11, 2, 14, tzinfo=UTC)
    pre_empt(
        kgnd,
        show=show("Special"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        now=now,
    )

    page = client.get("/schedule/?date=2026-11-02")

    assert re.search(r"Special.*Morning Light continued", text_of(page))


def test_another_station_is_chosen_by_its_address_and_keeps_its_own_zone(
    client, week, kgnd, show, now
):
    jazz = open_station(
        kgnd.licensee, slug="jazz", name="KGND Jazz", timezone="America/St_Johns"
    )
    set_default_show(jazz, show("All Jazz"))

    page = client.get("/schedule/?station=jazz")

    assert "All Jazz" in text_of(page)
    assert "Times are St Johns time" in text_of(page)
    assert 'value="jazz" selected' in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "station=nobody",
        "date=2026-02-30",
        "date=tomorrow",
        "date=0001-01-01",
        "date=9999-12-31",
        "date=<script>",
        "station=%00",
    ],
)
def test_what_does_not_exist_is_not_found(client, week, query):
    for path in ("/schedule/", "/schedule/week/", "/text/schedule/"):
        assert client.get(f"{path}?{query}").status_code == 404


@pytest.mark.parametrize("on", ["1920-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_there_is_can_be_asked_for(client, week, on):
    for path in ("/schedule/", "/schedule/week/"):
        assert client.get(f"{path}?date={on}").status_code == 200


def test_a_week_has_seven_days_and_each_leads_to_its_own_page(client, week):
    page = client.get("/schedule/week/?date=2026-11-04").content.decode()

    days = re.findall(r'id="day-(2026-\d\d-\d\d)"', page)
    assert days == [f"2026-11-0{n}" for n in range(1, 8)]
    assert 'href="/schedule/?station=kgnd&amp;date=2026-11-07"' in page
    assert page.count("Morning Light") == 7


@pytest.mark.parametrize("path", ["/schedule/", "/schedule/week/?date=2026-10-04"])
def test_the_week_opens_at_the_day_where_the_reader_was(client, now, kgnd, path):
    today = now.astimezone(ZoneInfo(kgnd.timezone)).date()
    page = client.get(path).content.decode()

    (link,) = re.findall(r'href="(/schedule/week/[^"]*#day-[^"]*)"', page)
    week, _, place = html.unescape(link).partition("#")

    assert place == f"day-{today}"
    assert f'id="{place}"' in client.get(week).content.decode()


def test_a_show_that_goes_past_midnight_is_in_both_days_of_the_week(
    client, now, kgnd, show, plan
):
    plan(show("Late Ferry"), "22:00", 240, "", starts_on=date(2026, 11, 4))

    page = client.get("/schedule/week/?date=2026-11-04").content.decode()

    assert page.count("Late Ferry") == 2
    assert "continued" in page


def test_before_the_first_station_the_page_says_so(client, db):
    for path in ("/schedule/", "/schedule/week/", "/text/schedule/"):
        page = client.get(path)
        assert page.status_code == 200
        assert "There is no station here yet" in text_of(page)


def test_a_hostile_title_stays_a_title(client, now, kgnd, show, plan):
    plan(show("<script>alert(1)</script>", slug="hostile"), "06:00", 60)

    for path in ("/", "/schedule/", "/schedule/week/", "/shows/", "/text/schedule/"):
        assert "<script>alert" not in client.get(path).content.decode(), path


def test_pages_of_the_schedule_cost_few_queries(
    client, week, django_assert_max_num_queries
):
    for path in ("/schedule/", "/schedule/week/"):
        with django_assert_max_num_queries(20):
            client.get(path)
